//! Finished documents: one value, several formats.

pub mod document;

pub use document::{Block, Document};
