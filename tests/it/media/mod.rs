//! Media response: against planted truth, and where nothing can be told.

mod plain;
mod planted;
