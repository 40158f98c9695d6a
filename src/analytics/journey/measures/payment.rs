//! Ways to pay, where orders keep theirs as an attribute.

use std::collections::BTreeMap;

use crate::analytics::journey::evidence::{Evidence, Quantity, State, Trend, Volume};
use crate::analytics::journey::ground::{Ground, fact};
use crate::model::Day;
use crate::model::journey::{Cell, Stage, plain};

/// Ways listed one by one.
const LISTED: usize = 12;

/// Orders by the attribute of one of these names, largest first, and those without it.
fn ways(ground: &Ground<'_>, names: &[String], days: (Day, Day)) -> (Vec<(String, u64)>, u64) {
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let kept = &ground.q.details.order_attributes;
    let Some(values) = names.iter().find_map(|name| kept.iter().find(|(kept, _)| plain(kept) == *name)).map(|(_, v)| v)
    else {
        return (Vec::new(), 0);
    };
    let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
    let mut without = 0;
    for order in ground.orders(days) {
        match values.binary_search_by_key(&(order as u32), |(of, _)| *of) {
            Ok(at) => *counts.entry(values[at].1).or_default() += 1,
            Err(_) => without += 1,
        }
    }
    let text = |value: u32| ground.q.details.texts.get(value).to_owned();
    let mut ways: Vec<(String, u64)> = counts.into_iter().map(|(value, n)| (text(value), n)).collect();
    ways.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    (ways, without)
}

pub fn measure(ground: &Ground<'_>, cell: &Cell, stage: Stage) -> Evidence {
    let links = cell.links();
    if ground.q.device.is_some() {
        return Evidence::nothing(&cell.id, stage, "Ways to pay are not told by device", "");
    }
    let (ways, without) = ways(ground, &links.attributes, ground.q.period);
    let all: u64 = ways.iter().map(|(_, n)| n).sum();
    let Some((first, most)) = ways.first() else {
        let import = "Orders again, with their column of the payment method kept as “payment method”";
        return Evidence::nothing(&cell.id, stage, "No payment method imported", import);
    };
    let mut evidence = Evidence::nothing(&cell.id, stage, "", "");
    let part = |n: u64| n as f64 / all as f64;
    evidence.volume = Some(Volume { count: all, what: "orders", people: None });
    let (before, _) = self::ways(ground, &links.attributes, ground.before());
    evidence.trend = Some(Trend::of(before.iter().map(|(_, n)| n).sum(), all));
    evidence.headline = vec![Quantity::Share(part(*most)).into(), format!(" pay by {first}").into()];
    evidence.beside = vec![Quantity::Count(ways.len() as u64).into(), " ways to pay".into()];
    evidence.facts = ways.iter().take(LISTED).map(|(way, n)| fact(way, Quantity::Share(part(*n)))).collect();
    evidence.state = State::Measured;
    if without > all {
        evidence.state = State::Partly;
        evidence.reason = "not known of most orders".into();
        evidence.import = "Orders again, with their column of the payment method kept as “payment method”".into();
    }
    evidence
}
