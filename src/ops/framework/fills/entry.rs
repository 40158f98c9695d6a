//! An entry of the fills, and the words that all sections share.

use crate::framework::state::FromData;
use crate::model::figure::{Figure, Value};
use crate::model::strategy::FieldValue;
use crate::model::{Day, Locale};

/// What data say of a field: a value, or in a sentence what is missing.
pub type Fill = Result<FromData, String>;
/// Fields with what data say of them.
pub type Entries = Vec<(String, Fill)>;

/// All words are written as documents have them.
pub const EN: Locale = Locale::En;
/// Scope of what somebody typed.
pub const AS_TYPED: &str = "As it is typed there";

/// What values of a page have in common.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its title.
    pub title: &'static str,
    /// Last day that counts.
    pub as_of: Day,
    /// Period and filter in words.
    pub scope: String,
}

impl Page {
    /// A page on a day over a scope.
    pub fn new(title: &'static str, as_of: Day, scope: impl Into<String>) -> Self {
        Self { title, as_of, scope: scope.into() }
    }

    /// A value with how it was found.
    pub fn told(&self, value: FieldValue, how: impl Into<String>) -> Fill {
        let (as_of, scope, page) = (self.as_of, self.scope.clone(), self.title);
        Ok(FromData { value, how: how.into(), as_of, scope, page, figure: None })
    }

    /// The value of a figure whose rows can be opened; `missing` where it has none.
    pub fn figure(&self, figure: Figure, how: impl Into<String>, missing: impl FnOnce() -> String) -> Fill {
        let value = figure.value.map(field).ok_or_else(missing)?;
        let mut told = self.told(value, how)?;
        told.figure = Some(figure);
        Ok(told)
    }

    /// A text that the page keeps; `what` says what nobody wrote yet.
    pub fn text(&self, text: &str, what: &str) -> Fill {
        match text.trim() {
            "" => Err(format!("Nobody wrote yet {what}; write it here, and the page {} has it too", self.title)),
            text => self.told(FieldValue::Text(text.to_owned()), self.typed()),
        }
    }

    /// How a text or number came there that somebody typed.
    pub fn typed(&self) -> String {
        format!("Typed on the page {}", self.title)
    }
}

/// The value of a figure as that of a field.
pub fn field(value: Value) -> FieldValue {
    match value {
        Value::Money(minor, currency) => FieldValue::Money(minor, currency),
        Value::Count(n) => FieldValue::Number(n as f64),
        Value::Share(share) => FieldValue::Percent(share),
        Value::Number(number) => FieldValue::Number(number),
    }
}

/// `15 Oct 2025 – 14 Oct 2026`.
pub fn days((first, last): (Day, Day)) -> String {
    format!("{} – {}", first.display(), last.display())
}

/// Words after each other: `a, b and c`.
pub fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}

/// Ends a sentence that may have its full stop already, without one.
pub fn plain(sentence: &str) -> &str {
    sentence.trim().trim_end_matches('.')
}
