//! Experiments: what a test shows, from sums.
//!
//! `sample` holds what each arm did, `settings` how the test is read, `reading` what is found. Everything is computed
//! from sums of the arms, so that it takes microseconds however many customers there were.

pub mod joined;
pub mod reading;
pub mod sample;
pub mod series;
pub mod settings;
pub mod totals;
pub mod values;

pub use reading::{Analysis, Check, Comparison, Effect, Grade, Interval, MetricReading, Problem, Verdict};
pub use sample::{Arm, Covariate, Measure, Measured, Moments, covariance, covariance_of};
pub use settings::{Correction, Course, Looks, MetricSpec, Prior, Role, Settings, Spending, Unit, Wanted};
