//! The dashboard in words, for command line, window and documents alike.

use super::Kpis;
use super::told::{FrameworkRow, KpiRow, Reached, TargetFrom};
use crate::analytics::compare::Change;
use crate::model::figure::Value;
use crate::model::metric::Unit;
use crate::model::{Locale, MetricId};

/// What nobody can tell.
pub const MISSING: &str = "—";
/// What the framework's impacts are and are not.
pub const OVERLAP: &str =
    "Each impact is of one KPI with the others held as they are in the period; impacts overlap and are never added up";

/// A value of a metric: `$90.12`, `2.41%`, `4.2×`, `1.8 s`.
pub fn value(locale: Locale, metric: MetricId, value: Option<Value>) -> String {
    let unit = metric.metric().unit;
    match value {
        None => MISSING.into(),
        Some(Value::Money(minor, currency)) if is_each(metric) => locale.money(minor, currency),
        Some(Value::Money(minor, currency)) => locale.money_whole(minor, currency),
        Some(Value::Count(n)) => locale.count(n),
        Some(Value::Share(share)) if unit == Unit::Growth => signed(share, locale.percent(share, 1)),
        // Small shares differ in their second decimal.
        Some(Value::Share(share)) => locale.percent(share, if share.abs() < 0.1 { 2 } else { 1 }),
        Some(Value::Number(number)) => match unit {
            Unit::Ratio => format!("{}×", locale.number(number, 2)),
            Unit::Seconds => format!("{} s", locale.number(number, if number < 10.0 { 1 } else { 0 })),
            Unit::Days => format!("{} days", locale.number(number, if number.fract() == 0.0 { 0 } else { 1 })),
            _ => locale.number(number, if number.abs() >= 100.0 { 0 } else { 2 }),
        },
    }
}

/// Whether an amount is of one thing, so that its cents matter.
fn is_each(metric: MetricId) -> bool {
    use MetricId::{Aov, Cac, CustomerQualityValue, LtvToDate};
    matches!(metric, Aov | Cac | CustomerQualityValue | LtvToDate)
}

fn signed(amount: f64, text: String) -> String {
    if amount > 0.0 { format!("+{text}") } else { text }
}

/// A change: relative ones in percent, those of shares in percentage points.
pub fn change(locale: Locale, change: Change) -> String {
    match change {
        Change::None => "no change".into(),
        Change::Unknown => MISSING.into(),
        Change::Relative(share) => signed(share, locale.percent(share, 1)),
        Change::Points(points) => {
            let decimals = if points.abs() < 0.01 { 2 } else { 1 };
            signed(points, format!("{} pp", locale.number(points * 100.0, decimals)))
        }
    }
}

/// A lift over the baseline, a part of it.
pub fn lift(locale: Locale, lift: Option<f64>) -> String {
    lift.map_or_else(|| MISSING.into(), |lift| signed(lift, locale.percent(lift, 1)))
}

/// Money with its sign, in whole units.
pub fn impact(locale: Locale, minor: Option<i64>, of: &Kpis) -> String {
    minor.map_or_else(|| MISSING.into(), |minor| signed(minor as f64, locale.money_whole(minor, of.currency)))
}

/// What a metric should come to, and who says so.
pub fn target(locale: Locale, metric: MetricId, target: &Reached) -> String {
    let shown = value(locale, metric, Some(target.value));
    match &target.from {
        TargetFrom::Typed => shown,
        TargetFrom::Lift(by) => format!("{shown}, {} on the baseline", lift(locale, Some(*by))),
        TargetFrom::Assumption(key) => format!("{shown}, assumed as {key}"),
        TargetFrom::File { source, dated } => format!("{shown}; {source}, {}", locale.date(*dated)),
    }
}

/// Below a card: the target, else the benchmark, else why there is no value.
pub fn foot(locale: Locale, row: &KpiRow) -> String {
    let metric = row.metric;
    match (&row.value, &row.target, &row.benchmark) {
        (None, ..) => row.why_not.clone().unwrap_or_default(),
        (_, Some(target), _) => format!("Target {}", value(locale, metric, Some(target.value))),
        (_, None, Some(one)) => format!("Benchmark {}", benchmark(locale, metric, one.value)),
        (_, None, None) => String::new(),
    }
}

/// The value of a benchmark; money and all that is no share is told plainly.
pub fn benchmark(locale: Locale, metric: MetricId, number: f64) -> String {
    match metric.metric().unit {
        Unit::Share | Unit::Growth => value(locale, metric, Some(Value::Share(number))),
        _ => value(locale, metric, Some(Value::Number(number))),
    }
}

/// How sure a proportion is, and of how many: `2.30% – 2.52%, of 61,412 visits`.
pub fn sure(locale: Locale, row: &KpiRow) -> Option<String> {
    let of = row.n.map(|(n, what)| format!("of {} {what}", locale.count(n)));
    let within = row.interval.map(|(low, high)| {
        let share = |share| value(locale, row.metric, Some(Value::Share(share)));
        format!("{} – {} with 95%", share(low), share(high))
    });
    match (within, of) {
        (Some(within), Some(of)) => Some(format!("{within}, {of}")),
        (one, other) => one.or(other),
    }
}

/// The formula of an impact with its numbers: `61,412 visits × +0.13 pp × $90.12 average order value`.
pub fn with_numbers(locale: Locale, row: &FrameworkRow) -> Option<String> {
    let (from, to) = (row.baseline?, row.current?);
    row.impact?;
    let moved = match (from, to) {
        (Value::Money(a, currency), Value::Money(b, _)) => signed((b - a) as f64, locale.money(b - a, currency)),
        _ => change(locale, Change::between(Some(from), Some(to))),
    };
    let factors = row.factors.iter().map(|(what, factor)| match factor {
        Value::Count(n) => format!("{} {what}", locale.count(*n)),
        Value::Money(minor, currency) => format!("{} {what}", locale.money(*minor, *currency)),
        Value::Share(number) | Value::Number(number) => format!("{} {what}", locale.number(*number, 3)),
    });
    let mut parts: Vec<String> = factors.collect();
    parts.insert(1.min(parts.len()), moved);
    Some(parts.join(" × "))
}

/// What the year before is: the same weekdays, and how far back.
pub fn year_before(locale: Locale, of: &Kpis) -> String {
    format!(
        "{} – {}: 364 days earlier, so that weekdays lie upon weekdays",
        locale.date(of.last_year.0),
        locale.date(of.last_year.1)
    )
}

/// What the period is and is compared with.
pub fn period(locale: Locale, of: &Kpis) -> String {
    let (from, to) = of.period;
    format!("{} – {} against {}", locale.date(from), locale.date(to), of.settings.period.before_in_words())
}
