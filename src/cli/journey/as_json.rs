//! The same as JSON: money in major units beside its currency, shares 0–1, times in seconds.

use serde_json::{Value, json};

use crate::analytics::journey::{
    ContentRow, Conversion, Evidence, Funnel, Group, Journey, LIVES, Lives, OmnichannelTable, Quantity, STEPS, said,
};
use crate::model::events::WebVisits;
use crate::model::journey::{FIELDS, Matrix, STAGES};
use crate::model::{Currency, Locale};
use crate::ops::journey::Against;

pub fn journey(matrix: &Matrix, found: &Journey, against: &[Against]) -> Value {
    let stage = |stage: crate::model::journey::Stage| {
        let figure = found.stages.iter().find(|figure| figure.stage == stage);
        let cells = matrix.stage(stage).iter().filter_map(|cell| {
            let fields = FIELDS.iter().map(|field| (field.key.to_owned(), json!((field.text)(cell))));
            let mut one: serde_json::Map<String, Value> = fields.collect();
            one.insert("id".into(), json!(cell.id));
            one.insert("linked".into(), json!(cell.linked));
            one.insert("links".into(), json!(cell.links()));
            one.insert("evidence".into(), evidence(found.cell(&cell.id)?, found.currency));
            Some(Value::Object(one))
        });
        json!({
            "stage": stage.key(),
            "name": stage.name(),
            "people": figure.and_then(|figure| figure.count),
            "who": figure.map(|figure| figure.what),
            "reason": figure.map(|figure| &figure.reason),
            "went_on": figure.and_then(|figure| figure.conversion.as_ref()).map(conversion),
            "needs": matrix.needs(stage).lines().collect::<Vec<_>>(),
            "pains": matrix.pains(stage).lines().collect::<Vec<_>>(),
            "touchpoints": cells.collect::<Vec<_>>(),
        })
    };
    json!({
        "as_of": found.as_of,
        "from": found.period.0,
        "to": found.period.1,
        "within_days": found.within_days,
        "definitions": found.definitions,
        "currency": found.currency,
        "stages": STAGES.map(stage),
        "benchmarks": benchmarks(against),
    })
}

fn conversion(found: &Conversion) -> Value {
    json!({
        "to": found.to,
        "people": found.people,
        "moved": found.moved,
        "open": found.open,
        "within_days": found.within_days,
        "rate": found.rate,
        "interval_95": found.interval,
        "seconds": found.seconds.map(|[lower, median, upper]| json!({"lower_quartile": lower, "median": median, "upper_quartile": upper})),
    })
}

fn evidence(found: &Evidence, currency: Currency) -> Value {
    let line = |pieces| said::line(pieces, Locale::En, currency);
    let money = |minor: i64| currency.major(minor);
    let fact = |value: Quantity| match value {
        Quantity::Count(n) => json!(n),
        Quantity::Money(minor) => json!(money(minor)),
        Quantity::Each(minor) => json!(minor / 10_f64.powi(currency.exponent() as i32)),
        Quantity::Share(n) | Quantity::Change(n) | Quantity::Number(n) | Quantity::Seconds(n) => json!(n),
    };
    json!({
        "state": found.state,
        "reason": found.reason,
        "what_would_tell": found.import,
        "headline": line(&found.headline),
        "beside": line(&found.beside),
        "volume": found.volume.as_ref().map(|volume| json!({"count": volume.count, "of": volume.what, "people": volume.people})),
        "went_on": found.conversion.as_ref().map(conversion),
        "cost": found.cost.map(money),
        "cost_each": found.cost_each.map(|each| each / 10_f64.powi(currency.exponent() as i32)),
        "followed": found.followed.map(|followed| json!({
            "orders": followed.orders, "revenue": money(followed.revenue), "rule": followed.rule,
        })),
        "trend": found.trend,
        "channels": found.channels,
        "attribution_band": found.band.map(|(least, most)| [least, most]),
        "figures": found.facts.iter().map(|one| json!({"name": one.name, "value": fact(one.value)})).collect::<Vec<_>>(),
        "lifts": found.lifts,
    })
}

pub fn funnel(found: &Funnel, web: Option<&WebVisits>, against: &[Against]) -> Value {
    let group = |group: &Group| {
        let steps = group.steps.iter().map(|taken| {
            json!({
                "step": taken.step.key(),
                "people": taken.people,
                "of_all": taken.of_all.as_ref().map(conversion),
                "of_before": taken.of_before.as_ref().map(conversion),
            })
        });
        json!({"name": group.name, "open": group.open, "steps": steps.collect::<Vec<_>>()})
    };
    json!({
        "as_of": found.as_of,
        "from": found.period.0,
        "to": found.period.1,
        "within_days": found.within_days,
        "by": found.by.key(),
        "total": group(&found.total),
        "groups": found.groups.iter().map(group).collect::<Vec<_>>(),
        "orders_without_identity": found.nameless,
        "rules": STEPS.map(|step| json!({"step": step.key(), "rule": step.rule()})),
        "web_analytics": web.map(|web| json!({
            "sessions": web.sessions, "purchases": web.purchases, "days": web.days,
        })),
        "benchmarks": benchmarks(against),
    })
}

fn benchmarks(against: &[Against]) -> Value {
    let one = |one: &Against| {
        json!({
            "key": one.benchmark.key,
            "name": one.benchmark.name,
            "others": one.benchmark.value,
            "value": one.value,
            "interval_95": one.interval,
            "counted": one.counted,
            "source": one.benchmark.source,
            "dated": one.benchmark.dated,
        })
    };
    against.iter().map(one).collect()
}

pub fn lives(found: &Lives) -> Value {
    let stages = LIVES.map(|life| {
        json!({
            "stage": life.key(),
            "customers": found.customers[life as usize],
            "without_a_name": found.nameless[life as usize],
            "rule": life.rule(found.lapsed_days),
        })
    });
    json!({"day": found.day, "lapsed_days": found.lapsed_days, "stages": stages})
}

pub fn omnichannel(found: &OmnichannelTable) -> Value {
    let rows = found.rows.iter().map(|row| {
        json!({
            "id": row.id,
            "name": row.name,
            "features": row.features,
            "sync": row.sync,
            "usage": row.usage,
            "satisfaction": row.satisfaction,
            "revenue_share": row.revenue,
            "customers": row.customers,
            "orders": row.orders,
            "revenue": found.currency.major(row.amount),
        })
    });
    json!({
        "as_of": found.as_of,
        "from": found.period.0,
        "to": found.period.1,
        "currency": found.currency,
        "active_customers": found.active,
        "channels": rows.collect::<Vec<_>>(),
    })
}

pub fn content(rows: &[ContentRow]) -> Value {
    json!({"contents": rows})
}
