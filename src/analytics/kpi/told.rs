//! What the dashboard tells: rows of metrics, of the framework's table, of channels and devices.

use serde::Serialize;

use crate::analytics::compare::Change;
use crate::model::figure::Value;
use crate::model::kpi::Benchmark;
use crate::model::{Day, MetricId};

/// A metric over the period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KpiRow {
    /// Which.
    pub metric: MetricId,
    /// What it came to; `None` = cannot be told.
    pub value: Option<Value>,
    /// Why it cannot be told and how it is brought in, as a sentence.
    pub why_not: Option<String>,
    /// Where the value comes from, in words; empty without a value.
    pub from: String,
    /// How many things stand behind it, and what they are: visits, orders, new customers.
    pub n: Option<(u64, &'static str)>,
    /// 95% interval (Wilson), where the metric is a proportion of so many.
    pub interval: Option<(f64, f64)>,
    /// What it came to in the days before; `None` where these are not known whole.
    pub previous: Option<Value>,
    /// Change against the days before.
    pub change: Change,
    /// Whether that change is good; `None` where it is neither, or there is none.
    pub good: Option<bool>,
    /// Against a year before; `None` where that is not known whole.
    pub last_year: Option<YearBefore>,
    /// What it is compared with in the framework's sense.
    pub baseline: Option<Value>,
    /// What it should come to.
    pub target: Option<Reached>,
    /// What others reach.
    pub benchmark: Option<Benchmark>,
    /// Whether it is at least as good as the benchmark.
    pub beats: Option<bool>,
    /// Who looks after it; empty = nobody.
    pub owner: String,
    /// Its course, oldest first.
    pub course: Vec<Point>,
}

/// A metric a year before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct YearBefore {
    /// On the same weekdays: as many Mondays, as many Sundays.
    pub weekdays: Option<Value>,
    /// Change against them.
    pub change: Change,
    /// On the same dates.
    pub dates: Option<Value>,
    /// Change against them.
    pub change_dates: Change,
}

/// A step of a course.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// First day.
    pub from: Day,
    /// Last day; of a step that is not over the last one that is known.
    pub to: Day,
    /// What the metric came to; `None` = not told.
    pub value: Option<Value>,
    /// What it came to on the same weekdays a year before.
    pub year_before: Option<Value>,
    /// Whether the step is not over, so that it must not be compared with whole ones.
    pub unfinished: bool,
}

/// Where a target comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetFrom {
    /// The shop's own.
    Typed,
    /// So much above the baseline, by the shop.
    Lift(f64),
    /// The scenario in use, by the key of the assumption.
    Assumption(String),
    /// A file of benchmarks: who says so, and when.
    File {
        /// Who says so.
        source: String,
        /// When that was written.
        dated: Day,
    },
}

/// A target and whether it is reached.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reached {
    /// What it should come to.
    pub value: Value,
    /// Where that comes from.
    pub from: TargetFrom,
    /// Whether it is reached; `None` without a value.
    pub reached: Option<bool>,
}

/// A row of the framework's table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FrameworkRow {
    /// Which.
    pub metric: MetricId,
    /// The value before.
    pub baseline: Option<Value>,
    /// The value of the period.
    pub current: Option<Value>,
    /// The value to reach.
    pub target: Option<Value>,
    /// (Current − baseline) ÷ baseline.
    pub lift: Option<f64>,
    /// (Target − baseline) ÷ baseline.
    pub target_lift: Option<f64>,
    /// Whether the lift is good; `None` where there is none.
    pub good: Option<bool>,
    /// What the change since the baseline is worth over the period, minor units; the other KPIs held as they are.
    pub impact: Option<i64>,
    /// What the way from here to the target would be worth over a period as long, minor units.
    pub to_target: Option<i64>,
    /// The formula of both, in words.
    pub formula: &'static str,
    /// What the change is multiplied with, and what that is called; empty where it is not known.
    pub factors: Vec<(&'static str, Value)>,
    /// Why there is no impact, as a sentence.
    pub why_not: Option<String>,
    /// What others reach.
    pub benchmark: Option<Value>,
}

/// Visits of a channel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceRow {
    /// Name of the channel.
    pub channel: String,
    /// Visits in the period.
    pub visits: u64,
    /// Share of all visits.
    pub share: f64,
    /// Purchases in them; `None` = not told.
    pub purchases: Option<u64>,
    /// Purchases ÷ visits.
    pub conversion: Option<f64>,
    /// 95% interval of the conversion.
    pub interval: Option<(f64, f64)>,
    /// Visits in the days before; `None` where these are not known whole.
    pub previous: Option<u64>,
    /// Change of the visits.
    pub change: Change,
}

/// Visits on a device.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeviceRow {
    /// Name of the device, as touchpoints tell it.
    pub device: String,
    /// Touchpoints on it.
    pub visits: u64,
    /// Those that were the last before an order.
    pub sold: u64,
    /// Share of the touchpoints that were the last before an order.
    pub conversion: Option<f64>,
    /// 95% interval of it.
    pub interval: Option<(f64, f64)>,
}

/// What happened meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AnnotationKind {
    /// A campaign or sale.
    Campaign,
    /// An experiment.
    Experiment,
    /// Prices changed.
    Price,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Annotation {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// What it is.
    pub kind: AnnotationKind,
    /// Its name.
    pub text: String,
}
