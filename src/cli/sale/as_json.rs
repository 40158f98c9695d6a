//! A replay as JSON: amounts in major units, shares 0–1, moments in RFC 3339.

use chrono::{DateTime, SecondsFormat};
use serde_json::{Value, json};

use super::Replayed;
use crate::analytics::sale::{
    Basis, BreakEven, Distribution, Judged, Lift, Outcome, Replay, Scenario, TierOutcome, UNIT, Verdict, said,
};
use crate::model::TooLittle;
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
        "judged": judged(replay, &of.judged),
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

/// A tier of a replay.
pub fn tier(replay: &Replay, tier: &Tier, sums: &TierOutcome) -> Value {
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

fn judged(replay: &Replay, judged: &Judged) -> Value {
    let major = |minor: i64| replay.currency.major(minor);
    let scenario = |scenario: &Scenario| {
        json!({
            "orders": scenario.orders,
            "revenue": major(scenario.revenue),
            "margin": scenario.margin.map(major),
            "against_no_sale": scenario.against.map(major),
        })
    };
    let lifted = judged
        .lifted
        .as_ref()
        .ok()
        .map(|[mean, low, high]| json!({"mean": scenario(mean), "low": scenario(low), "high": scenario(high)}));
    let (break_even, kind) = match judged.break_even {
        BreakEven::At(at) => (Some(at), "at"),
        BreakEven::Never => (None, "never"),
        BreakEven::Unknown => (None, "unknown"),
    };
    json!({
        "verdict": match judged.verdict {
            Verdict::Pays => "probably_pays",
            Verdict::DoesNot => "probably_does_not",
            Verdict::CannotTell => "cannot_tell",
        },
        "words": said::verdict(judged, replay),
        "break_even": kind,
        "break_even_lift": break_even,
        "break_even_formula": "margin without the sale / margin of the same orders with it - 1",
        "chance": judged.chance,
        "no_sale": scenario(&judged.no_sale),
        "nobody_changes": scenario(&judged.nobody),
        "near_baskets_top_up": scenario(&judged.top_up),
        "lift_as_in_past_sales": lifted,
        "past_sales_within": judged.within.iter().map(|sale| json!([sale.first, sale.last])).collect::<Vec<_>>(),
        "ordinary_share": judged.ordinary,
    })
}

/// What past sales brought.
pub fn past_sales(lift: &Result<Lift, TooLittle>) -> Value {
    let lift = match lift {
        Ok(lift) => lift,
        Err(missing) => return json!({"have": missing.have, "need": missing.need, "of": missing.what}),
    };
    let sale = |sale: &crate::analytics::sale::PastSale| {
        json!({
            "first_day": sale.first,
            "last_day": sale.last,
            "orders": sale.orders,
            "expected": sale.expected,
            "lift": sale.lift(),
            "discounted_share": sale.discounted,
            "depth": sale.depth,
        })
    };
    json!({
        "sales": lift.sales.iter().map(sale).collect::<Vec<_>>(),
        "lift": lift.mean,
        "interval": [lift.of_mean.0, lift.of_mean.1],
        "interval_of_the_next": [lift.of_next.0, lift.of_next.1],
    })
}
