//! Issues: the framework as it stood when a document was handed over, kept for comparison.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::FieldValue;
use crate::model::Day;
use crate::model::plan::Version;

/// All issues of a shop, oldest first. One record of the workspace.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issues {
    /// The form in files.
    #[serde(default)]
    pub version: Version,
    /// Oldest first.
    #[serde(default)]
    pub issues: Vec<Issue>,
}

/// One version of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Its name: "Draft for the client".
    pub name: String,
    /// The as-of day of its figures.
    pub as_of: Day,
    /// When it was kept, seconds since 1970 in UTC.
    pub at: i64,
    /// Every field that had a value, by key.
    pub fields: BTreeMap<String, Issued>,
}

/// A field as it was handed over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issued {
    /// Its value.
    pub value: FieldValue,
    /// Whether it was typed; else data filled it.
    pub typed: bool,
}
