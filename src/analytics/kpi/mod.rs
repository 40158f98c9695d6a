//! The KPI dashboard: every metric of the catalogue over a period, against the period before, a year before, target and
//! benchmark; its course; and what a change of the framework's six is worth with the others held.

mod answer;
pub mod door;
mod frame;
mod framework;
mod measured;
mod orders;
mod outside;
mod pass;
mod rows;
pub mod said;
mod sums;
mod told;
mod traffic;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use frame::Frame;
pub use framework::SIX;
pub use outside::Known;
pub use sums::{Daily, Sums};

pub use told::{
    Annotation, AnnotationKind, DeviceRow, FrameworkRow, KpiRow, Point, Reached, SourceRow, TargetFrom, YearBefore,
};

use crate::jobs::{Cancelled, Progress};
use crate::model::kpi::{Benchmark, Grain, Measurement, Period};
use crate::model::{Board, Currency, Dataset, Day, Definitions, MetricId};

/// What is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub struct KpiSettings {
    /// The period, counted back from the as-of day.
    pub period: Period,
    /// Steps of the courses; `None` = those that suit the period.
    pub grain: Option<Grain>,
}

/// What the dashboard is made of.
#[derive(Clone, Copy)]
pub struct Shop<'a> {
    /// Orders and customers.
    pub data: &'a Dataset,
    /// What the shop's words mean.
    pub definitions: &'a Definitions,
    /// The last day that is known.
    pub as_of: Day,
    /// How the shop arranges its KPIs.
    pub board: &'a Board,
    /// Benchmarks that come with the program.
    pub benchmarks: &'a [Benchmark],
    /// What the scenario in use assumes, by key: shares as parts of 1, money in major units of the shop's currency.
    pub assumptions: &'a BTreeMap<String, f64>,
    /// What was measured elsewhere.
    pub measurements: &'a [Measurement],
    /// Visits, carts, sends and ads.
    pub known: &'a Known,
    /// What happened, whenever it was.
    pub annotations: &'a [Annotation],
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

/// Computes the dashboard: one pass over the orders, folded into all periods and steps.
///
/// # Errors
/// When the work was cancelled.
pub fn kpis(shop: &Shop<'_>, settings: &KpiSettings, progress: &Progress) -> Result<Kpis, Cancelled> {
    let frame = Frame::new(settings, shop.board, shop.as_of);
    let found = pass::pass(shop.data, shop.definitions, shop.as_of, &frame.asked(), progress)?;
    let source = rows::Rows::new(shop, &frame, &found);
    let rows: Vec<KpiRow> = shop.board.arranged().into_par_iter().map(|metric| source.row(metric)).collect();
    progress.step(0)?;
    let mut annotations: Vec<Annotation> = shop.annotations.to_vec();
    annotations.retain(|one| one.from <= frame.period.1 && one.to >= frame.period.0);
    annotations.sort();
    Ok(Kpis {
        as_of: shop.as_of,
        currency: shop.definitions.currency,
        definitions: shop.definitions.version,
        settings: *settings,
        period: frame.period,
        against: frame.against,
        last_year: frame.last_year,
        last_year_dates: frame.last_year_dates,
        baseline: frame.baseline,
        grain: frame.grain,
        framework: framework::framework(&source, &rows),
        traffic: traffic::traffic(shop.known, &frame),
        devices: traffic::devices(shop.known, frame.period),
        notes: notes(&frame, &source),
        annotations,
        rows,
    })
}

/// What to know of the figures.
fn notes(frame: &Frame, rows: &rows::Rows<'_>) -> Vec<String> {
    let daily = &rows.found.daily;
    if daily.last() < daily.first {
        return vec!["There are no orders up to this day".into()];
    }
    let first = daily.first;
    let mut notes = Vec::new();
    if first > frame.period.0 {
        notes.push(format!("The first order is of {}, within the period: it is not known whole", first.display()));
    } else if first > frame.against.0 {
        notes.push(format!("The first order is of {}: nothing can be compared with days before", first.display()));
    } else if first > frame.last_year.0 {
        notes.push(format!("The first order is of {}: there is no year before to compare with", first.display()));
    }
    let sums = rows.orders.sums(frame.period);
    let nameless = sums.orders - sums.named_orders;
    if nameless > 0 {
        let all = sums.orders;
        notes.push(format!(
            "{nameless} of {all} orders have no identified customer; figures of customers leave them out"
        ));
    }
    if sums.given_back > 0 {
        notes.push("Refunds belong to the day of their order, as far as they are known on the as-of day".into());
    }
    notes
}
