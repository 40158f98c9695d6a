//! Cartwright: the offline workbench of an e-commerce marketing team.
//!
//! Data flows one way: files → [`import`] → [`workspace`] (one SQLite file per shop) →
//! [`model::dataset::Dataset`] → [`analytics`] → the window ([`ui`]), the command line ([`cli`])
//! and documents ([`report`]), which all show the same values. See `ARCHITECTURE.md`.

pub mod analytics;
pub mod cli;
pub mod framework;
pub mod import;
pub mod jobs;
pub mod model;
pub mod ops;
pub mod planner;
pub mod report;
pub mod sample;
pub mod ui;
pub mod workspace;
