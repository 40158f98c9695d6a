//! How the form stands: what data say, what was typed, what is open, and where two places disagree.

mod changes;
mod contradictions;
mod looked;
mod written;

use std::collections::BTreeMap;

use super::template::{FormField, Template};
use crate::model::Day;
use crate::model::figure::Figure;
use crate::model::strategy::{Answers, FieldValue};

pub use changes::{between, changes};
pub use written::{LONGEST, allowed, apart, exact, figure, read, written};

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

/// What people typed on other pages, by key of the field: the focus of a segment, a tactic of the journey, a target.
pub type Kept = BTreeMap<String, FieldValue>;

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

impl FieldState {
    /// Its value, typed or from data.
    pub fn value(&self) -> Option<&FieldValue> {
        match &self.source {
            Source::Data(data) => Some(&data.value),
            Source::Typed { value, .. } => Some(value),
            Source::Open(_) => None,
        }
    }

    /// What data say of it, whether that stands there or not.
    pub fn data(&self) -> Option<&FromData> {
        match &self.source {
            Source::Data(data) => Some(data),
            Source::Typed { data, .. } => data.as_ref(),
            Source::Open(_) => None,
        }
    }

    /// Its value as documents print it: figures from data with the decimals of their pages, what was typed with its own.
    pub fn text(&self, field: &FormField) -> Option<String> {
        match &self.source {
            Source::Data(data) => Some(figure(field, &data.value)),
            Source::Typed { value, .. } => Some(written(field, value)),
            Source::Open(_) => None,
        }
    }

    /// Whether a person said it.
    pub fn is_typed(&self) -> bool {
        matches!(self.source, Source::Typed { .. })
    }
}

impl State {
    /// The field with a key.
    pub fn field(&self, key: &str) -> Option<&FieldState> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The value of the field with a key.
    pub fn value(&self, key: &str) -> Option<&FieldValue> {
        self.field(key)?.value()
    }

    /// How much of the whole form is filled.
    pub fn progress_in_all(&self) -> Progress {
        self.progress.iter().fold(Progress::default(), |sum, one| Progress {
            data: sum.data + one.data,
            typed: sum.typed + one.typed,
            open: sum.open + one.open,
        })
    }
}

impl Progress {
    /// Fields that have a value.
    pub fn filled(self) -> usize {
        self.data + self.typed
    }

    /// All fields.
    pub fn all(self) -> usize {
        self.filled() + self.open
    }
}

/// The form as it stands. What was typed stands above what data say: what another page keeps first, then the form's own
/// answers.
pub fn state(template: &Template, answers: &Answers, fills: &Fills, kept: &Kept) -> State {
    let mut state = State::default();
    for section in &template.sections {
        let mut progress = Progress::default();
        for field in section.groups.iter().flat_map(|group| &group.fields) {
            let answer = answers.fields.get(&field.key);
            let typed = kept.get(&field.key).or_else(|| answer?.value.as_ref());
            let data = fills.get(&field.key);
            let source = match (typed, data) {
                (Some(value), data) => {
                    // What the other page keeps and data merely repeat is no second opinion.
                    let other = data.and_then(|found| found.as_ref().ok()).filter(|found| found.value != *value);
                    Source::Typed { value: value.clone(), data: other.cloned() }
                }
                (None, Some(Ok(found))) => Source::Data(found.clone()),
                (None, Some(Err(missing))) => Source::Open(Some(missing.clone())),
                (None, None) => Source::Open(None),
            };
            match &source {
                Source::Data(_) => progress.data += 1,
                Source::Typed { .. } => progress.typed += 1,
                Source::Open(_) => progress.open += 1,
            }
            let comment = answer.map(|answer| answer.comment.clone()).unwrap_or_default();
            state.fields.push(FieldState { key: field.key.clone(), source, comment });
        }
        state.progress.push(progress);
    }
    state.contradictions = contradictions::contradictions(template, &state);
    state
}

#[cfg(test)]
mod tests;
