//! From a file to typed records: [`preview::preview`] looks, the user edits a [`plan::Plan`], [`run::run`] reads.
//!
//! Writes into a [`crate::model::record::Sink`]; knows no SQL and no window.

pub mod cells;
pub mod field;
pub mod identity;
pub mod plan;
pub mod preview;
pub mod reader;
pub mod refuse;
pub mod row;
pub mod sources;
