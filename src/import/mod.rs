//! From a file to typed records: [`preview::preview`] looks, the user edits a [`plan::Plan`], [`run::run`] reads.
//!
//! Writes into a [`crate::model::record::Sink`]; knows no SQL and no window.

mod arrival;
pub mod asked;
pub mod cells;
pub mod experiment;
pub mod field;
mod flat;
pub mod identity;
mod look;
mod measured;
mod orders;
mod page;
pub mod paths_table;
pub mod plain;
pub mod plan;
pub mod preview;
mod profile;
pub mod reader;
pub mod refuse;
pub mod rejects;
pub mod row;
pub mod run;
mod secret;
pub mod sources;
