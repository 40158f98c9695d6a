//! A replay as JSON: amounts in major units, shares 0–1, moments in RFC 3339.

use chrono::{DateTime, SecondsFormat};
use serde_json::{Value, json};

use super::Replayed;
use crate::analytics::sale::{Basis, Distribution, Outcome, Replay, TierOutcome, UNIT, said};
use crate::model::plan::Tier;

pub fn replayed(of: &Replayed) -> Value {
    let (plan, replay) = (&of.plan, &of.replay);
    let major = |minor: i64| replay.currency.major(minor);
    let problem = |problem: &crate::model::plan::Problem| json!({"at": problem.at, "words": problem.words});
    let featured = plan.featured.iter().zip(&replay.featured).map(|(featured, sums)| {
        json!({
            "product": featured.product,
            "units": featured.units,
            "asked": sums.asked as f64 / UNIT as f64,
            "sold": sums.sold as f64 / UNIT as f64,
        })
    });
    let were = &replay.were;
    json!({
        "plan": plan,
        "currency": replay.currency,
        "definitions": replay.definitions,
        "window": window(replay),
        "baskets": {
            "count": replay.before.baskets,
            "goods": major(replay.before.goods),
            "full_price": were.full_price,
            "full_price_goods": major(were.full_price_goods),
            "discounted": were.discounted,
            "discounted_goods": major(were.discounted_goods),
            "discounts_they_had": major(were.had),
            "shipping": major(were.shipping),
            "without_identity": were.unidentified,
            "without_lines": were.lineless,
            "goods_with_unit_cost": major(were.costed),
            "given_to_full_price_buyers": major(were.to_full_price),
        },
        "no_sale": outcome(replay, &replay.before),
        "nobody_changes": outcome(replay, &replay.nobody),
        "every_near_basket_tops_up": outcome(replay, &replay.topped_up),
        "near": {"baskets": replay.near, "missing": major(replay.added)},
        "tiers": plan.tiers.iter().zip(&replay.tiers).map(|(plan, sums)| tier(replay, plan, sums)).collect::<Vec<_>>(),
        "distribution": distribution(replay, &replay.distribution),
        "featured": featured.collect::<Vec<_>>(),
        "notes": said::notes(plan, replay),
        "problems": of.prepared.problems.iter().map(problem).collect::<Vec<_>>(),
    })
}

fn moment(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn window(replay: &Replay) -> Value {
    let window = &replay.window;
    let (basis, years) = match window.basis {
        Basis::SameSeason(years) => ("same_season", Some(years)),
        Basis::Latest => ("latest", None),
        Basis::Chosen => ("chosen", None),
    };
    json!({
        "from": moment(window.from),
        "to": moment(window.to),
        "early_from": window.early.map(moment),
        "first_day": window.days.0,
        "last_day": window.days.1,
        "basis": basis,
        "years_before": years,
    })
}

fn outcome(replay: &Replay, outcome: &Outcome) -> Value {
    let major = |minor: i64| replay.currency.major(minor);
    json!({
        "orders": outcome.baskets,
        "served": outcome.served,
        "goods": major(outcome.goods),
        "discount": major(outcome.discount),
        "shipping": major(outcome.shipping),
        "gifts": major(outcome.gifts),
        "revenue": major(outcome.revenue()),
        "margin": outcome.margin().map(major),
        "goods_without_cost": major(outcome.uncosted),
    })
}

fn tier(replay: &Replay, tier: &Tier, sums: &TierOutcome) -> Value {
    let major = |minor: i64| replay.currency.major(minor);
    json!({
        "name": tier.name,
        "offer": tier.in_words(),
        "qualifies": sums.qualifies,
        "applied": sums.applied,
        "overshadowed": sums.overshadowed,
        "used_up": sums.used_up,
        "just_below": sums.near,
        "just_below_missing": major(sums.near_missing),
        "below_by_5_percent": sums.below,
        "discount": major(sums.discount),
        "shipping": major(sums.shipping),
        "gifts": major(sums.gifts),
        "units": sums.milli as f64 / UNIT as f64,
        "given_to_full_price_buyers": major(sums.to_full_price),
        "baskets": outcome(replay, &sums.baskets),
    })
}

fn distribution(replay: &Replay, distribution: &Distribution) -> Value {
    let bar = |bar: &crate::analytics::sale::Bar| json!({"served": bar.served, "near": bar.near, "other": bar.other});
    json!({
        "step": replay.currency.major(distribution.step),
        "bars": distribution.bars.iter().map(bar).collect::<Vec<_>>(),
    })
}
