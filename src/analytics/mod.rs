//! Analyses: pure functions of the dataset, the definitions, an as-of day and their parameters.
//!
//! No clock, no files, no unseeded randomness: the same input gives the same output, on every thread count.

pub mod aftermath;
pub mod attribution;
pub mod claims;
pub mod clv;
pub mod cohorts;
pub mod compare;
pub mod costs;
pub mod course;
pub mod demand;
pub mod discounts;
pub mod door;
pub mod experiment;
pub mod explain;
pub mod facts;
pub mod forecast;
pub mod holdout;
pub mod journey;
pub mod kpi;
pub mod math;
pub mod media;
pub mod movement;
pub mod next_action;
pub mod outlook;
pub mod pacing;
pub mod paths;
pub mod person;
pub mod price_response;
pub mod prior_price;
pub mod results;
pub mod revenue;
pub mod rfm;
pub mod roi;
pub mod rules;
pub mod sale;
pub mod segments;
pub mod spend;
pub mod success;
pub mod triggers;
