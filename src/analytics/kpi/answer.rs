//! What is told of a metric over some days.

use crate::analytics::door::average;
use crate::analytics::math::beta::wilson;
use crate::model::Currency;
use crate::model::figure::Value;

/// An answer, or why there is none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The value.
    pub value: Option<Value>,
    /// How many things stand behind it, and what they are.
    pub n: Option<(u64, &'static str)>,
    /// 95% interval of a proportion.
    pub interval: Option<(f64, f64)>,
    /// Where it comes from, in words.
    pub from: String,
    /// Why there is none, as a sentence.
    pub why_not: Option<String>,
}

impl Answer {
    /// A value from somewhere.
    pub fn of(value: Value, from: impl Into<String>) -> Self {
        Self { value: Some(value), from: from.into(), ..Self::default() }
    }

    /// Nobody can tell, as a sentence.
    pub fn unknown(why: impl Into<String>) -> Self {
        Self { why_not: Some(why.into()), ..Self::default() }
    }

    /// A number of things.
    pub fn count(n: u64, from: &str) -> Self {
        Self::of(Value::Count(n), from)
    }

    /// So many of so many; without any of the latter nobody can tell, and more than all is no share.
    pub fn share((k, n): (u64, u64), of: &'static str, from: impl Into<String>) -> Self {
        if n == 0 {
            return Self::unknown(format!("There are no {of} in these days"));
        }
        if k > n {
            return Self::unknown(format!("More are counted than there are {of}: the sources count different things"));
        }
        Self { n: Some((n, of)), interval: wilson(k, n), ..Self::of(Value::Share(k as f64 / n as f64), from) }
    }

    /// A part of an amount of money.
    pub fn part(part: i64, whole: i64, of: &'static str, from: &str) -> Self {
        match whole > 0 {
            true => Self::of(Value::Share(part as f64 / whole as f64), from),
            false => Self::unknown(format!("There is no {of} in these days")),
        }
    }

    /// An amount per thing.
    pub fn average(sum: i64, n: u64, currency: Currency, of: &'static str, from: &str) -> Self {
        match average(sum, n) {
            Some(minor) => Self { n: Some((n, of)), ..Self::of(Value::Money(minor, currency), from) },
            None => Self::unknown(format!("There are no {of} in these days")),
        }
    }

    /// Things per thing.
    pub fn per(a: f64, n: u64, of: &'static str, from: &str) -> Self {
        match n > 0 {
            true => Self { n: Some((n, of)), ..Self::of(Value::Number(a / n as f64), from) },
            false => Self::unknown(format!("There are no {of} in these days")),
        }
    }
}
