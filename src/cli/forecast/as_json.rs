//! Forecasts as JSON: money in major units, shares 0–1.

use serde_json::{Value, json};

use crate::analytics::demand::{Demand, said};
use crate::analytics::outlook::{Ahead, Outlook, Past, RuleError, Told, said as outlook_said};
use crate::analytics::price_response::{self, PriceResponse, said as prices_said};

pub fn outlook(found: &Outlook) -> Value {
    let major = |value: f64| outlook_said::major(found.of, found.currency, value);
    let pair = |(low, high): (f64, f64)| [major(low), major(high)];
    let past = |step: &Past| json!({"from": step.from, "to": step.to, "value": step.value.map(major), "days_left_out": step.left_out});
    let ahead = |step: &Ahead| {
        json!({
            "from": step.from,
            "to": step.to,
            "middle": major(step.middle),
            "within_80": pair(step.within_80),
            "within_95": pair(step.within_95),
            "known": step.known.map(|known| json!({"days": known.days, "value": major(known.value)})),
            "events": step.events,
        })
    };
    let told = |told: &Told| json!({"middle": major(told.middle), "within_80": pair(told.within_80), "within_95": pair(told.within_95)});
    let error =
        |error: &RuleError| json!({"rule": error.rule, "wape": error.wape, "mase": error.mase, "bias": error.bias});
    json!({
        "of": found.of,
        "by": found.grain,
        "known_until": found.origin,
        "currency": found.currency,
        "definitions": found.definitions,
        "history": found.history.iter().map(past).collect::<Vec<_>>(),
        "ahead": found.ahead.iter().map(ahead).collect::<Vec<_>>(),
        "total": told(&found.total),
        "events": found.events.iter().map(|event| json!({
            "kind": event.kind,
            "name": event.name,
            "from": event.from,
            "to": event.to,
            "factor": event.factor.map(|(middle, (low, high))| json!({"middle": middle, "within_95": [low, high]})),
            "past": event.past,
            "words": outlook_said::event(event),
        })).collect::<Vec<_>>(),
        "rule": found.rule,
        "used_naive": found.used_naive,
        "held_out": {
            "origins": found.held_out.origins,
            "first_day": found.held_out.days.0,
            "last_day": found.held_out.days.1,
            "own": error(&found.held_out.own),
            "naive": error(&found.held_out.naive),
            "within_80": found.held_out.within_80,
            "within_95": found.held_out.within_95,
        },
        "tried": found.tried.iter().map(error).collect::<Vec<_>>(),
        "weekdays": found.weekdays,
        "months": found.months,
        "growth": found.growth,
        "verdict": outlook_said::verdict(found),
        "why": outlook_said::rule(found),
        "notes": found.notes,
    })
}

pub fn demand(found: &Demand, shown: &[(usize, String)]) -> Value {
    let product = |(at, name): &(usize, String)| {
        let product = &found.products[*at];
        json!({
            "product": name,
            "units_in_52_weeks": product.units,
            "revenue_in_52_weeks": found.currency.major(product.revenue),
            "weeks": product.weeks,
            "days_without_stock": product.days_without_stock,
            "expected": product.expected.as_ref().ok(),
            "cannot_tell": product.expected.as_ref().err(),
            "stock": product.stock,
            "words": said::stock(product),
        })
    };
    json!({
        "as_of": found.as_of,
        "currency": found.currency,
        "definitions": found.definitions,
        "settings": found.settings,
        "products": shown.iter().map(product).collect::<Vec<_>>(),
        "products_in_all": found.products.len(),
        "products_that_cannot_be_told": found.untold,
        "products_with_stock": found.with_stock,
        "held_out": found.held_out,
        "verdict": said::verdict(found),
        "notes": found.notes,
    })
}

pub fn prices(found: &PriceResponse, shown: &[(usize, String)]) -> Value {
    let money = |minor: f64| minor / found.currency.scale() as f64;
    let hint = |hint: &price_response::Hint| {
        let mut value = json!(hint);
        for key in ["price", "margin"] {
            if let Some(minor) = value[key].as_f64() {
                value[key] = json!(money(minor));
            }
        }
        value["words"] = json!(prices_said::hint(hint, found.currency));
        value
    };
    let product = |(at, name): &(usize, String)| {
        let product = &found.products[*at];
        json!({
            "product": name,
            "weeks": product.weeks,
            "units": product.units,
            "prices": product.prices.map(|prices| json!({
                "low": money(prices.low),
                "high": money(prices.high),
                "present": money(prices.present),
                "levels": prices.levels,
            })),
            "own": product.own,
            "elasticity": product.elasticity,
            "told": product.doubts.is_empty(),
            "doubts": product.doubts,
            "hint": product.hint.as_ref().map(hint),
            "words": prices_said::product(product),
        })
    };
    json!({
        "as_of": found.as_of,
        "currency": found.currency,
        "definitions": found.definitions,
        "settings": found.settings,
        "products": shown.iter().map(product).collect::<Vec<_>>(),
        "products_in_all": found.products.len(),
        "products_that_can_be_told": found.told,
        "together": found.together,
        "verdict": prices_said::verdict(found),
        "notes": found.notes,
    })
}
