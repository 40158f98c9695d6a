//! Lines of the lists of outputs.

use super::{Better, Output, OutputId};
use crate::analytics::roi::{Numbers, Why};
use crate::model::assumption::Unit;

/// What an output is called: key, name, symbol.
pub type Names = (&'static str, &'static str, &'static str);

/// An output of which more is better.
pub const fn line(
    id: OutputId,
    (key, name, symbol): Names,
    unit: Unit,
    formula: &'static str,
    of: fn(&Numbers) -> Result<f64, Why>,
) -> Output {
    Output { id, key, name, symbol, unit, better: Better::Higher, note: "", even: None, formula, instead: None, of }
}

impl Output {
    /// Which way is better.
    pub(super) const fn better(self, better: Better) -> Self {
        Self { better, ..self }
    }

    /// What it is, as a sentence.
    pub(super) const fn note(self, note: &'static str) -> Self {
        Self { note, ..self }
    }

    /// From where on it is a gain.
    pub(super) const fn even(self, even: f64) -> Self {
        Self { even: Some(even), ..self }
    }

    /// Another formula in some cases.
    pub(super) const fn instead(self, when: fn(&Numbers) -> bool, formula: &'static str) -> Self {
        Self { instead: Some((when, formula)), ..self }
    }
}
