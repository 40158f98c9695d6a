//! Explained changes and differences as JSON: money in major units beside its currency, shares 0–1.

use serde_json::{Value, json};

use crate::analytics::explain::{Change, Difference, Part, Row, Sums, said};
use crate::model::{Currency, Day, Locale};

pub fn change(found: &Change) -> Value {
    let currency = found.currency;
    let row = |row: &Row| {
        json!({
            "group": said::name(row),
            "groups": row.joined,
            "before": sums(&row.before, currency),
            "after": sums(&row.after, currency),
            "change": currency.major(row.amount()),
            "parts": parts(&row.parts, currency),
        })
    };
    json!({
        "as_of": found.as_of,
        "currency": currency,
        "definitions": found.definitions,
        "before": period(found.settings.before, &found.before, currency),
        "after": period(found.settings.after, &found.after, currency),
        "change": currency.major(found.amount()),
        "change_share": found.share(),
        "parts": parts(&found.parts, currency),
        "calendar": found.calendar.map(|minor| currency.major(minor)),
        "by": found.settings.by.key(),
        "groups": found.rows.iter().map(row).collect::<Vec<_>>(),
        "verdict": said::verdict(found, Locale::En),
        "notes": said::notes(found, Locale::En),
    })
}

fn period((from, to): (Day, Day), of: &Sums, currency: Currency) -> Value {
    let mut told = sums(of, currency);
    told["from"] = json!(from);
    told["to"] = json!(to);
    told
}

fn sums(of: &Sums, currency: Currency) -> Value {
    let major = |minor: i64| currency.major(minor);
    json!({
        "revenue": major(of.revenue()),
        "before_refunds": major(of.gross),
        "refunds": major(of.refunds),
        "customers": of.customers,
        "orders": of.orders,
        "orders_without_customer": of.nameless,
        "orders_per_customer": of.orders_per_customer(),
        "order_value": of.order_value().map(major),
        "units": of.units_milli as f64 / 1_000.0,
        "list_price": major(of.list),
        "discounts": major(of.given),
        "discount_share": of.depth(),
    })
}

fn parts(of: &[Part], currency: Currency) -> Value {
    let part = |part: &Part| {
        let mut told = json!({"factor": part.factor, "amount": currency.major(part.amount)});
        if !part.of.is_empty() {
            told["of"] = parts(&part.of, currency);
        }
        told
    };
    of.iter().map(part).collect()
}

pub fn difference(found: &Difference) -> Value {
    let major = |minor: i64| found.currency.major(minor);
    let step = |step: &crate::analytics::explain::Step| {
        json!({
            "step": said::what(step.what),
            "rule": step.what,
            "amount": major(step.amount),
            "orders": step.orders,
            "after": major(step.after),
        })
    };
    json!({
        "as_of": found.as_of,
        "currency": found.currency,
        "definitions": found.definitions,
        "from": found.asked.days.0,
        "to": found.asked.days.1,
        "as": found.asked.platform.key(),
        "zone": found.asked.zone,
        "revenue": major(found.ours),
        "orders": found.our_orders,
        "steps": found.steps.iter().map(step).collect::<Vec<_>>(),
        "by_their_rules": major(found.by_their_rules),
        "their_orders": found.their_orders,
        "theirs": found.asked.theirs.map(|theirs| major(theirs.amount)),
        "theirs_imported": found.asked.theirs.map(|theirs| theirs.imported),
        "not_explained": found.not_explained.map(major),
        "verdict": said::outcome(found, Locale::En),
        "left_open": found.left.iter().map(|left| said::left(left, found.currency, Locale::En)).collect::<Vec<_>>(),
        "hints": found.asked.platform.hints(),
    })
}
