//! What a user can do to a workspace. The command line and the window call the same functions.
//!
//! Everything here blocks: the window calls it from a worker thread.

pub mod aftermath;
pub mod attribution;
pub mod audience;
pub mod brief;
pub mod calendar;
pub mod campaigns;
mod channels;
pub mod claims;
pub mod discounts;
pub mod document;
pub mod experiments;
mod explain;
pub mod files;
pub mod forecast;
pub mod framework;
pub mod history;
pub mod holdout;
pub mod import;
pub mod journey;
mod kpi;
pub mod media;
pub mod members;
pub mod outlook;
pub mod pack;
pub mod paths;
pub mod person;
pub mod plans;
pub mod results;
pub mod roi;
pub mod sale;
pub mod sale_results;
pub mod sample;
pub mod segments;
pub mod sequences;
pub mod session;
pub mod setup;
pub mod strategy;
pub mod tables;

pub use session::Session;

/// Seconds since 1970 in UTC, for stamping what was done when.
pub fn now() -> i64 {
    chrono::Utc::now().timestamp()
}
