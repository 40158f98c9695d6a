//! All integration tests in one binary: it links once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod aftermath;
mod analytics;
mod calendar;
mod campaigns;
mod carry;
mod cli;
mod clv;
mod discounts;
mod experiments;
mod exports;
mod figures;
mod forecast;
mod history;
mod holdout;
mod house;
mod import;
mod layering;
mod next_action;
mod oracles;
mod paths;
mod person;
mod report;
mod results;
mod rfm;
mod rules;
mod sale;
mod sample;
mod shared;
mod shares;
mod source;
mod sources;
mod spend;
mod triggers;
mod window;
mod workspace;
