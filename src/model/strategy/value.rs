//! The value of one field of the framework.

use serde::{Deserialize, Serialize};

use crate::model::{Currency, Day};

/// What may be written into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Words.
    Text,
    /// A number; its unit stands with the field ("/10", "x/yr").
    Number,
    /// An amount in the shop's currency.
    Money,
    /// A share: 0.25 = 25%.
    Percent,
    /// So many to one: 3.2 = "3.2:1".
    Ratio,
    /// A day.
    Date,
    /// One of a list.
    Choice,
}

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldValue {
    /// Words, kept exactly as they were typed.
    Text(String),
    /// A number.
    Number(f64),
    /// Minor units.
    Money(i64, Currency),
    /// A share, 0.25 = 25%.
    Percent(f64),
    /// So many to one.
    Ratio(f64),
    /// A day.
    Date(Day),
    /// One of the field's choices, by its words.
    Choice(String),
}

impl FieldValue {
    /// What kind of field it fits.
    pub fn kind(&self) -> FieldKind {
        match self {
            Self::Text(_) => FieldKind::Text,
            Self::Number(_) => FieldKind::Number,
            Self::Money(..) => FieldKind::Money,
            Self::Percent(_) => FieldKind::Percent,
            Self::Ratio(_) => FieldKind::Ratio,
            Self::Date(_) => FieldKind::Date,
            Self::Choice(_) => FieldKind::Choice,
        }
    }
}
