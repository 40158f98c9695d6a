//! What is written down of an experiment: the seal of its plan, what was decided, what that is worth.

use serde::{Deserialize, Serialize};

use super::Metric;
use crate::model::Day;
use crate::model::plan::Amount;

/// The plan as it was before data came. It is never changed; a plan that is no longer the same is told to differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// When it was sealed, UTC seconds.
    pub at: i64,
    /// SHA-256 over the text of the plan, in hexadecimal digits.
    pub sha256: String,
    /// The plan: the very text that was hashed.
    pub text: String,
}

/// What was decided, with what the data said then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What.
    pub choice: Choice,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub memo: String,
    /// When.
    pub on: Day,
    /// What the measure that decides had shown by then, for each variant but the control.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<Found>,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// This variant is used from now on.
    Adopt(String),
    /// Everything stays as it was.
    Keep,
    /// The data do not tell.
    CannotTell,
}

impl Choice {
    /// For people.
    pub fn words(&self) -> String {
        match self {
            Self::Adopt(variant) => format!("Adopt {variant}"),
            Self::Keep => "Keep the control".into(),
            Self::CannotTell => "Cannot tell".into(),
        }
    }
}

/// What was found for a variant: what past tests leave for the next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// Which.
    pub variant: String,
    /// In which measure.
    pub metric: Metric,
    /// Relative difference to the control: 0.05 = 5% more.
    pub lift: f64,
    /// Its standard error.
    pub error: f64,
}

/// What an experiment is worth in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Impact {
    /// How much; less than nothing where it costs.
    pub amount: Amount,
    /// How that was reckoned, in words and numbers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub formula: String,
}
