//! How the form stands: what data say, what was typed, what is open, and where two places disagree.

use std::collections::BTreeMap;

use crate::model::Day;
use crate::model::figure::Figure;
use crate::model::strategy::FieldValue;

/// What data say of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct FromData {
    /// The value.
    pub value: FieldValue,
    /// What it is and how it was found, in a sentence: metric, definition.
    pub how: String,
    /// Last day that counts.
    pub as_of: Day,
    /// Period and filter in words: "last 12 months, segment is VIP/Loyal".
    pub scope: String,
    /// Page that shows it, by the title of its panel: "Segments".
    pub page: &'static str,
    /// The figure itself, when its rows can be opened.
    pub figure: Option<Figure>,
}

/// What data say of the fields, by key: a value, or in a sentence what is missing. Fields that only a person can fill
/// have no entry.
pub type Fills = BTreeMap<String, Result<FromData, String>>;

/// Where a value of the form comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// From data, as they stand.
    Data(FromData),
    /// Typed; what data would say stands beside it.
    Typed {
        /// As it was typed.
        value: FieldValue,
        /// What data say.
        data: Option<FromData>,
    },
    /// Nobody said anything yet; in a sentence what data lack, when data could fill it.
    Open(Option<String>),
}

/// One field as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldState {
    /// Its key.
    pub key: String,
    /// Its value and where that comes from.
    pub source: Source,
    /// A remark beside it.
    pub comment: String,
}

/// Two places that disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Contradiction {
    /// What is wrong, in a sentence with both values.
    pub sentence: String,
    /// Keys of the fields.
    pub fields: Vec<String>,
}

/// How much of a section is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Fields filled from data.
    pub data: usize,
    /// Fields that were typed.
    pub typed: usize,
    /// Fields nobody said anything about.
    pub open: usize,
}

/// What became different since an issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Key of the field.
    pub key: String,
    /// What stood there; `None` = nothing.
    pub before: Option<FieldValue>,
    /// What stands there; `None` = nothing any more.
    pub after: Option<FieldValue>,
}

/// The whole form as it stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    /// Every field of the template, in its order.
    pub fields: Vec<FieldState>,
    /// Where two places disagree.
    pub contradictions: Vec<Contradiction>,
    /// One for each section of the template, in its order.
    pub progress: Vec<Progress>,
}
