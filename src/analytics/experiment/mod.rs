//! Experiments: what a test shows, from sums.
//!
//! `sample` holds what each arm did, `settings` how the test is read, `reading` what is found. Everything is computed
//! from sums of the arms, so that it takes microseconds however many customers there were. [`analyse`] goes through it:
//! `problems` in the numbers, `checks`, then per metric and variant a `contrast` (adjusted by `cuped`), read by a `rule`
//! (once, `always`, or at the looks of a `group` sequence), corrected for all comparisons (`correct`), with a `belief`
//! beside it, a `verdict` on it, `said` in a sentence.

pub mod always;
mod analyse;
pub mod belief;
pub mod by_day;
pub mod cap;
pub mod checks;
pub mod contrast;
pub mod correct;
pub mod cuped;
pub mod estimate;
pub mod factorial;
pub mod group;
pub mod joined;
pub mod mismatch;
pub mod plan;
mod problems;
pub mod programme;
pub mod reading;
pub mod rule;
pub mod said;
pub mod sample;
pub mod series;
pub mod settings;
pub mod totals;
pub mod values;
pub mod verdict;

pub use analyse::analyse;
pub use problems::problems;
pub use reading::{Analysis, Check, Comparison, Effect, Grade, Interval, MetricReading, Problem, Verdict};
pub use sample::{Arm, Covariate, Measure, Measured, Moments, covariance, covariance_of};
pub use settings::{Correction, Course, Looks, MetricSpec, Prior, Role, Settings, Spending, Unit, Wanted};
