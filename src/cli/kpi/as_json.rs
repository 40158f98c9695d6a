//! KPIs as JSON: money in major units beside its currency, shares and growth as parts of 1, changes of shares in
//! percentage points.

use serde_json::{Value, json};

use crate::analytics::compare::Change;
use crate::analytics::kpi::{FrameworkRow, KpiRow, Kpis, Point, Reached, TargetFrom, said};
use crate::model::figure::Value as Figured;
use crate::model::metric::{Metric, kpis as metrics};

fn value(value: Option<Figured>) -> Value {
    match value {
        None => Value::Null,
        Some(Figured::Count(n)) => n.into(),
        Some(other) => other.number().into(),
    }
}

fn change(change: Change) -> Value {
    match change {
        Change::None => json!({ "relative": 0.0 }),
        Change::Unknown => Value::Null,
        Change::Relative(share) => json!({ "relative": share }),
        Change::Points(points) => json!({ "percentage_points": points * 100.0 }),
    }
}

fn target(target: &Reached) -> Value {
    let from = match &target.from {
        TargetFrom::Typed => json!("typed"),
        TargetFrom::Lift(lift) => json!({ "lift": lift }),
        TargetFrom::Assumption(key) => json!({ "assumption": key }),
        TargetFrom::File { source, dated } => json!({ "source": source, "dated": dated }),
    };
    json!({ "value": value(Some(target.value)), "from": from, "reached": target.reached })
}

fn row(row: &KpiRow, currency: &str) -> Value {
    let metric = row.metric.metric();
    let point = |point: &Point| {
        json!({
            "from": point.from,
            "to": point.to,
            "value": value(point.value),
            "year_before": value(point.year_before),
            "unfinished": point.unfinished,
        })
    };
    let is_money = metric.unit == crate::model::metric::Unit::Money;
    json!({
        "metric": metric.key,
        "name": metric.name,
        "group": metric.group,
        "unit": metric.unit,
        "currency": is_money.then_some(currency),
        "value": value(row.value),
        "why_not": row.why_not,
        "from": row.from,
        "n": row.n.map(|(n, _)| n),
        "n_of": row.n.map(|(_, what)| what),
        "interval_95": row.interval,
        "before": value(row.previous),
        "change": change(row.change),
        "good": row.good,
        "year_before": row.last_year.map(|before| json!({
            "same_weekdays": value(before.weekdays),
            "change": change(before.change),
            "same_dates": value(before.dates),
            "change_same_dates": change(before.change_dates),
        })),
        "baseline": value(row.baseline),
        "target": row.target.as_ref().map(target),
        "benchmark": row.benchmark,
        "beats_benchmark": row.beats,
        "owner": row.owner,
        "course": row.course.iter().map(point).collect::<Vec<_>>(),
    })
}

fn framework_row(of: &FrameworkRow, found: &Kpis) -> Value {
    let major = |minor: Option<i64>| minor.map(|minor| found.currency.major(minor));
    json!({
        "metric": of.metric.metric().key,
        "name": of.metric.metric().name,
        "baseline": value(of.baseline),
        "current": value(of.current),
        "target": value(of.target),
        "lift": of.lift,
        "target_lift": of.target_lift,
        "good": of.good,
        "revenue_impact": major(of.impact),
        "revenue_impact_to_target": major(of.to_target),
        "formula": of.formula,
        "factors": of.factors.iter().map(|(what, factor)| json!({ "what": what, "value": value(Some(*factor)) }))
            .collect::<Vec<_>>(),
        "why_not": of.why_not,
        "benchmark": value(of.benchmark),
    })
}

/// The framework's table.
pub fn framework(found: &Kpis) -> Value {
    json!({
        "as_of": found.as_of,
        "currency": found.currency,
        "period": found.period,
        "baseline": found.baseline,
        "rows": found.framework.iter().map(|row| framework_row(row, found)).collect::<Vec<_>>(),
        "impacts": said::OVERLAP,
    })
}

/// The dashboard.
pub fn kpis(found: &Kpis) -> Value {
    json!({
        "as_of": found.as_of,
        "currency": found.currency,
        "definitions": found.definitions,
        "period": found.period,
        "against": found.against,
        "year_before": { "same_weekdays": found.last_year, "same_dates": found.last_year_dates },
        "grain": found.grain,
        "rows": found.rows.iter().map(|one| row(one, found.currency.code())).collect::<Vec<_>>(),
        "framework": framework(found),
        "traffic": found.traffic.iter().map(|row| json!({
            "channel": row.channel,
            "visits": row.visits,
            "share": row.share,
            "purchases": row.purchases,
            "conversion": row.conversion,
            "interval_95": row.interval,
            "before": row.previous,
            "change": change(row.change),
        })).collect::<Vec<_>>(),
        "devices": found.devices.iter().map(|row| json!({
            "device": row.device,
            "touchpoints": row.visits,
            "last_before_an_order": row.sold,
            "share": row.conversion,
            "interval_95": row.interval,
        })).collect::<Vec<_>>(),
        "annotations": found.annotations,
        "notes": found.notes,
    })
}

/// The catalogue.
pub fn catalogue() -> Value {
    let one = |metric: &Metric| {
        json!({
            "key": metric.key,
            "name": metric.name,
            "group": metric.group,
            "unit": metric.unit,
            "better": metric.better,
            "source": metric.source,
            "formula": metric.in_words,
            "can_be_typed": metric.source.can_be_typed(),
        })
    };
    json!({ "metrics": metrics().map(one).collect::<Vec<_>>() })
}
