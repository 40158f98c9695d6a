//! A replay for programs.

use serde_json::{Map, Value, json};

use crate::analytics::triggers::{Fate, MessageOutcome, Replay, said};
use crate::model::Currency;
use crate::model::Day;
use crate::model::sequence::Pressure;

/// The replay with its verdict and notes.
pub fn replayed(replay: &Replay, pressure: &Pressure) -> Value {
    let verdict = said::verdict(replay);
    let collisions: Vec<Value> = (0..replay.sequences.len())
        .flat_map(|a| (a + 1..replay.sequences.len()).map(move |b| (a, b)))
        .filter(|&(a, b)| replay.collisions_of(a, b) > 0)
        .map(|(a, b)| {
            json!({
                "sequences": [replay.sequences[a].name, replay.sequences[b].name],
                "pairs": replay.collisions_of(a, b),
            })
        })
        .collect();
    let n = replay.sequences.len().max(1);
    let days: Map<String, Value> = (0..replay.days.len() / n)
        .filter(|day| replay.on_day(*day) > 0)
        .map(|day| (Day(replay.first.0 + day as i32).to_string(), replay.on_day(day).into()))
        .collect();
    let weeks: Map<String, Value> =
        replay.weeks.iter().enumerate().skip(1).map(|(n, weeks)| (n.to_string(), (*weeks).into())).collect();
    let outcome = |outcome: &crate::analytics::triggers::SequenceOutcome| {
        json!({
            "name": outcome.name,
            "active": outcome.active,
            "missing": outcome.missing.map(|missing| json!({ "what": missing.what, "file": missing.file })),
            "fired": outcome.fired,
            "not_in_audience": outcome.outside,
            "not_again": outcome.again,
            "entered": outcome.entered,
            "customers": outcome.heads,
            "messages": outcome.messages.iter().map(|m| message(m, replay.currency)).collect::<Vec<_>>(),
        })
    };
    json!({
        "from": replay.first,
        "as_of": replay.as_of,
        "definitions": replay.definitions,
        "currency": replay.currency.code(),
        "verdict": verdict.as_ref().ok(),
        "cannot_tell": verdict.as_ref().err().map(|missing| missing.what),
        "customers": replay.customers,
        "sent": replay.sent,
        "customers_written_to": replay.heads,
        "bought_before": said::bought_before(replay),
        "sequences": replay.sequences.iter().map(outcome).collect::<Vec<_>>(),
        "messages_in_a_heads_week": weeks,
        "collisions": collisions,
        "customers_with_collisions": replay.collided,
        "sent_by_day": days,
        "limits": pressure,
        "notes": said::notes(replay, pressure),
    })
}

fn message(message: &MessageOutcome, currency: Currency) -> Value {
    let fates: Map<String, Value> =
        Fate::ALL.into_iter().map(|fate| (fate.name().to_owned(), message.of(fate).into())).collect();
    json!({
        "step": message.step,
        "subject": message.subject,
        "day": message.day,
        "became": fates,
        "bought_before": message.bought_before,
        "sent_on_assumed_consent": message.assumed,
        "settled": message.settled,
        "followed_by_order": message.followed,
        "share_followed": message.conversion(),
        "share_expected": message.expected.map(crate::model::plan::Percent::share),
        "orders_after": message.orders,
        "revenue_after": currency.major(message.revenue),
        "orders_promised_anyway": message.given_orders,
        "discount_promised_anyway": currency.major(message.given),
    })
}
