//! What was measured outside of the data: typed, or imported as a table of metrics by period.

use serde::{Deserialize, Serialize};

use crate::model::figure::Value;
use crate::model::metric::Unit;
use crate::model::{Currency, Day, MetricId};

/// A value of a metric over a period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// What was measured.
    pub metric: MetricId,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// What it came to.
    pub value: Value,
    /// How many answers, visits or messages stand behind it; `None` = not said.
    pub n: Option<u64>,
    /// Who says so: the study, the tool; empty = not said.
    pub source: String,
    /// Whether somebody typed it; else a file brought it.
    pub typed: bool,
}

/// Units of a stored amount in 1: what is no money is kept in millionths.
const MILLION: f64 = 1e6;

impl Unit {
    /// A number of this unit as a value: money is in major units of `currency`; `None` where the number cannot be one.
    pub fn value(self, number: f64, currency: Currency) -> Option<Value> {
        let whole = |n: f64| (n.is_finite() && n.abs() < 9e15).then(|| n.round());
        Some(match self {
            Self::Money => Value::Money(whole(number * currency.scale() as f64)? as i64, currency),
            Self::Count => Value::Count(whole(number).filter(|n| *n >= 0.0)? as u64),
            Self::Share | Self::Growth => Value::Share(number).filter_finite()?,
            _ => Value::Number(number).filter_finite()?,
        })
    }

    /// A stored amount as a value: minor units of `currency`, of everything else millionths.
    pub fn stored(self, amount: i64, currency: Currency) -> Option<Value> {
        match self {
            Self::Money => Some(Value::Money(amount, currency)),
            unit => unit.value(amount as f64 / MILLION, currency),
        }
    }
}

impl Value {
    fn filter_finite(self) -> Option<Self> {
        self.number().is_finite().then_some(self)
    }

    /// The value as a number, for charts and files: money in major units.
    pub fn number(self) -> f64 {
        match self {
            Self::Money(minor, currency) => currency.major(minor),
            Self::Count(n) => n as f64,
            Self::Share(number) | Self::Number(number) => number,
        }
    }

    /// What [`Unit::stored`] reads; `None` where it is too large.
    pub fn amount(self) -> Option<i64> {
        match self {
            Self::Money(minor, _) => Some(minor),
            other => Some((other.number() * MILLION).round()).filter(|n| n.abs() < 9e18).map(|n| n as i64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_survive_their_storing() {
        for (unit, value) in [
            (Unit::Money, Value::Money(-1_234_567, Currency::USD)),
            (Unit::Share, Value::Share(0.023_5)),
            (Unit::Count, Value::Count(61_412)),
            (Unit::Score, Value::Number(-12.5)),
        ] {
            assert_eq!(unit.stored(value.amount().unwrap(), Currency::USD), Some(value));
            assert_eq!(unit.value(value.number(), Currency::USD), Some(value));
        }
        assert_eq!(Unit::Count.value(-1.0, Currency::USD), None);
        assert_eq!(Unit::Share.value(f64::NAN, Currency::USD), None);
    }
}
