//! Attribution as JSON: money in major units, shares from 0 to 1.

use serde_json::{Map, Value, json};

use super::AttributionArgs;
use crate::analytics::attribution::{
    Attribution, Band, ChannelCredit, Credit, Effect, MODELS, Range, Stop, Transition,
};
use crate::ops::attribution::OfTable;

/// Everything, of the models that are wanted.
pub fn as_json(args: &AttributionArgs, found: &Attribution, table: Option<&OfTable>) -> Value {
    let scale = found.currency.map_or(100, |currency| currency.scale()) as f64;
    let money = |minor: f64| minor / scale;
    let models: Vec<Value> = MODELS
        .iter()
        .filter(|about| args.wants(about.model))
        .map(|about| json!({"model": about.key, "name": about.name, "does": about.does, "source": about.source}))
        .collect();
    let counts = &found.counts;
    let left_out: Map<String, Value> =
        counts.left_out().into_iter().map(|(why, n)| (why.to_owned(), json!(n))).collect();
    let mut all = json!({
        "as_of": found.as_of,
        "period": found.period.map(|(from, to)| json!({"from": from, "to": to})),
        "currency": found.currency,
        "definitions": found.definitions,
        "settings": found.settings,
        "orders": found.orders,
        "value": money(found.value),
        "orders_without_touch": counts.orders_without_touch,
        "value_without_touch": money(counts.value_without_touch as f64),
        "journeys_without_order": found.journeys_without_order,
        "conversion": found.conversion,
        "touches": {"all": counts.touches, "used": counts.used, "left_out": left_out},
        "open_journeys": counts.open_journeys,
        "models": models,
        "channels": found.channels.iter().map(|one| channel(args, one, &money)).collect::<Vec<_>>(),
        "markov": {"order": found.order, "candidates": found.candidates},
        "resamples": found.resamples,
        "notes": found.notes,
    });
    if let Some(table) = table {
        all["table"] = json!({
            "file": table.read.file,
            "rows": table.read.rows,
            "rows_without_step": table.without_step,
            "rejected": table.read.rejected,
            "reasons": table.read.reasons.iter().map(|(line, why)| json!({"line": line, "reason": why})).collect::<Vec<_>>(),
        });
        if let Some(all) = all.as_object_mut() {
            ["touches", "open_journeys", "as_of", "period", "definitions"].iter().for_each(|key| {
                all.remove(*key);
            });
        }
    }
    if args.transitions {
        all["transitions"] = found.transitions.iter().map(|one| transition(found, one)).collect();
    }
    all
}

fn channel(args: &AttributionArgs, one: &ChannelCredit, money: &dyn Fn(f64) -> f64) -> Value {
    let worth = |range: Range| [money(range.0), money(range.1)];
    let credit = |credit: &Credit| {
        json!({
            "orders": credit.conversions,
            "orders_interval": credit.conversions_interval,
            "value": money(credit.value),
            "value_rounded": money(credit.value_minor as f64),
            "value_interval": credit.value_interval.map(worth),
            "share": credit.share,
        })
    };
    let credits: Map<String, Value> = MODELS
        .iter()
        .zip(&one.credits)
        .filter(|(about, _)| args.wants(about.model))
        .map(|(about, told)| (about.key.to_owned(), told.as_ref().map_or(Value::Null, credit)))
        .collect();
    let effect = |effect: Effect| json!({"effect": effect.effect, "interval": effect.interval});
    let band = |band: Band, scaled: &dyn Fn(Range) -> [f64; 2]| json!({"models": scaled(band.models), "with_intervals": scaled(band.widened)});
    json!({
        "channel": one.channel,
        "touches": one.touches,
        "journeys": one.journeys,
        "journeys_with_order": one.orders,
        "cost": one.cost.map(|cost| money(cost as f64)),
        "orders": band(one.conversions, &|range| [range.0, range.1]),
        "value": band(one.value, &worth),
        "removal_effect": one.removal.map(effect),
        "removal_effect_value": one.removal_value.map(effect),
        "credits": credits,
    })
}

fn transition(found: &Attribution, one: &Transition) -> Value {
    json!({
        "from": stop(found, one.from),
        "to": stop(found, one.to),
        "journeys": one.count,
        "probability": one.probability,
    })
}

/// A stop as people write it.
pub fn stop(found: &Attribution, stop: Stop) -> &str {
    match stop {
        Stop::Start => "(start)",
        Stop::Order => "(order)",
        Stop::Nothing => "(nothing)",
        Stop::Channel(at) => found.names.get(usize::from(at)).map_or("", String::as_str),
    }
}
