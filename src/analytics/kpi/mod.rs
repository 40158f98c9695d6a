//! The KPI dashboard: every metric of the catalogue over a period, against the period before, a year before, target and
//! benchmark; its course; and what a change of the framework's six is worth with the others held.

mod told;

use serde::Serialize;

pub use told::{
    Annotation, AnnotationKind, DeviceRow, FrameworkRow, KpiRow, Point, Reached, SourceRow, TargetFrom, YearBefore,
};

use crate::model::kpi::{Grain, Period};
use crate::model::{Currency, Day, MetricId};

/// What is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub struct KpiSettings {
    /// The period, counted back from the as-of day.
    pub period: Period,
    /// Steps of the courses; `None` = those that suit the period.
    pub grain: Option<Grain>,
}

/// The dashboard.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kpis {
    /// All facts up to the end of this day. Refunds known by then are taken off the orders of every period.
    pub as_of: Day,
    /// Currency of all money.
    pub currency: Currency,
    /// Version of the definitions used.
    pub definitions: u32,
    /// What was asked.
    pub settings: KpiSettings,
    /// First and last day, both included.
    pub period: (Day, Day),
    /// The days before that it is compared with.
    pub against: (Day, Day),
    /// The same weekdays a year before.
    pub last_year: (Day, Day),
    /// The same dates a year before.
    pub last_year_dates: (Day, Day),
    /// First and last day of the baseline of metrics without one of their own.
    pub baseline: (Day, Day),
    /// Steps of the courses.
    pub grain: Grain,
    /// Every metric of the catalogue, in the order of the board.
    pub rows: Vec<KpiRow>,
    /// What happened meanwhile, by first day.
    pub annotations: Vec<Annotation>,
    /// The framework's table of six KPIs.
    pub framework: Vec<FrameworkRow>,
    /// Visits by channel, most first; empty where nobody tells.
    pub traffic: Vec<SourceRow>,
    /// Visits by device, most first; empty where nobody tells.
    pub devices: Vec<DeviceRow>,
    /// What to know of the figures, as sentences without a full stop.
    pub notes: Vec<String>,
}

impl Kpis {
    /// The row of a metric.
    pub fn row(&self, metric: MetricId) -> Option<&KpiRow> {
        self.rows.iter().find(|row| row.metric == metric)
    }
}
