//! Figures of the dashboard in the locale of the window, and their hovers.

use std::cmp::Ordering;

use crate::analytics::compare::Change;
use crate::analytics::kpi::{KpiRow, Kpis, said};
use crate::model::figure::{Figure, Filter, Scope, Value};
use crate::model::metric::Metric;
use crate::model::{Definitions, MetricId};
use crate::report::table_export::Value as Exported;
use crate::ui::locale;
use crate::ui::widgets::figure::Tip;
use crate::ui::widgets::kpi::Delta;

/// A value.
pub fn value(metric: &Metric, value: Value) -> String {
    said::value(locale::current(), metric.id, Some(value))
}

/// A value that fits a card: millions as `$2.65M`.
pub fn short(metric: &Metric, known: Value) -> String {
    const MILLION: f64 = 1e6;
    match known {
        Value::Money(minor, currency) if currency.major(minor).abs() >= MILLION => {
            let words = locale::money((minor as f64 / MILLION).round() as i64, currency);
            // Some locales write the currency behind the number.
            let end = words.rfind(|c: char| c.is_ascii_digit()).map_or(words.len(), |at| at + 1);
            format!("{}M{}", &words[..end], &words[end..])
        }
        other => value(metric, other),
    }
}

/// A value that may be unknown.
pub fn maybe(metric: &Metric, known: Option<Value>) -> String {
    said::value(locale::current(), metric.id, known)
}

/// A number of a metric as charts have it: money in major units.
pub fn plain(metric: &Metric, kpis: &Kpis, number: f64) -> String {
    metric.unit.value(number, kpis.currency).map_or_else(String::new, |known| value(metric, known))
}

/// A value as exports hold it.
pub fn exported(known: Option<Value>) -> Exported {
    match known {
        Some(Value::Money(minor, currency)) => Exported::Money(minor, currency),
        Some(other) => Exported::Number(other.number()),
        None => Exported::Empty,
    }
}

/// A relative change with its sign.
pub fn signed(share: f64) -> String {
    said::lift(locale::current(), Some(share))
}

/// A change: relative in per cent, of a share in percentage points; `None` where nobody can tell.
pub fn change(change: Change) -> Option<String> {
    (change != Change::Unknown).then(|| said::change(locale::current(), change))
}

/// How a metric moved, for its card.
pub fn delta(row: &KpiRow, against: &str) -> Option<Delta> {
    let direction = match row.change {
        Change::Relative(by) | Change::Points(by) => by.partial_cmp(&0.0).unwrap_or(Ordering::Equal),
        Change::None | Change::Unknown => Ordering::Equal,
    };
    Some(Delta { change: change(row.change)?, direction, good: row.good, against: against.to_owned() })
}

/// The hover of a metric's figure.
pub fn tip(kpis: &Kpis, row: &KpiRow, definitions: &Definitions) -> Tip {
    let scope =
        Scope { as_of: kpis.as_of, period: Some(kpis.period), filter: Filter::Shop, definitions: kpis.definitions };
    let figure = Figure { metric: row.metric, scope, value: row.value };
    let counts = row.n.map_or_else(String::new, |(n, of)| format!("{} {of}", locale::count(n)));
    let mut tip = Tip::of(&figure, definitions, counts);
    if !row.from.is_empty() {
        tip.rows.push(("From", row.from.clone()));
    }
    if let Some(words) = said::sure(locale::current(), row).filter(|_| row.interval.is_some()) {
        tip.rows.push(("How sure", words));
    }
    tip
}

/// What a metric is judged by: target, else benchmark, else why there is no value.
pub fn judged_by(row: &KpiRow) -> String {
    said::foot(locale::current(), row)
}

/// A benchmark, which is a plain number of the metric's unit.
pub fn benchmark(metric: &Metric, number: f64) -> String {
    said::benchmark(locale::current(), metric.id, number)
}

/// The name of a metric.
pub fn name(metric: MetricId) -> &'static str {
    metric.metric().name
}
