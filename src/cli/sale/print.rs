//! A replay as text.

use anyhow::Result;

use super::{Replayed, told};
use crate::analytics::sale::{BreakEven, Lift, Scenario, said};
use crate::cli::output::{self, count};
use crate::model::{Currency, TooLittle};

pub fn replayed(of: &Replayed, lift: &Result<Lift, TooLittle>) -> Result<()> {
    let (plan, replay) = (&of.plan, &of.replay);
    output::line(format!("{}: {}", plan.name, said::headline(replay)))?;
    output::line(said::verdict(&of.judged, replay))?;
    for line in said::reasons(&of.judged, replay, lift) {
        output::line(format!("  {line}"))?;
    }
    for sale in lift.iter().flat_map(|lift| &lift.sales) {
        output::line(format!("    {}", said::past_sale(sale)))?;
    }
    output::line("")?;
    output::line(tiers(of))?;
    output::line("")?;
    output::line(scenarios(of))?;
    for (featured, sums) in plan.featured.iter().zip(&replay.featured) {
        output::line(format!("* {}", said::featured(featured, *sums)))?;
    }
    for line in said::notes(plan, replay) {
        output::line(format!("* {line}"))?;
    }
    of.prepared.problems.iter().try_for_each(|problem| output::line(format!("! {}", told(problem))))
}

fn money(currency: Currency, minor: Option<i64>) -> String {
    minor.map_or_else(|| "—".to_owned(), |minor| currency.display(minor))
}

fn tiers(Replayed { plan, replay, .. }: &Replayed) -> String {
    let shown = |minor| money(replay.currency, Some(minor));
    let row = |(tier, sums): (&crate::model::plan::Tier, &crate::analytics::sale::TierOutcome)| {
        vec![
            tier.name.clone(),
            tier.in_words(),
            count(sums.qualifies),
            count(sums.applied),
            count(sums.overshadowed),
            count(sums.used_up),
            if tier.when.from.is_some() { count(sums.near) } else { "—".into() },
            shown(sums.discount),
            shown(sums.shipping),
            shown(sums.gifts),
            shown(sums.to_full_price),
            money(replay.currency, sums.baskets.margin()),
        ]
    };
    let rows: Vec<_> = plan.tiers.iter().zip(&replay.tiers).map(row).collect();
    let header = [
        "Tier",
        "Offer",
        "Qualify",
        "Apply",
        "Overshadowed",
        "Used up",
        "Just below",
        "Discount",
        "Shipping",
        "Gifts",
        "To full-price buyers",
        "Margin left",
    ];
    output::table(&header, &rows, &[1])
}

fn scenarios(Replayed { plan, replay, judged, .. }: &Replayed) -> String {
    let currency = replay.currency;
    let row = |name: &str, assumes: String, scenario: &Scenario| {
        vec![
            name.to_owned(),
            assumes,
            count(scenario.orders),
            currency.display(scenario.revenue),
            money(currency, scenario.margin),
            money(currency, scenario.against),
        ]
    };
    let top_up = format!("{} of {} near baskets reach a tier", plan.assumptions.top_up, count(replay.near));
    let mut rows = vec![
        row("No sale", "the same baskets before discounts".into(), &judged.no_sale),
        row("Nobody changes", "the same baskets, cheaper".into(), &judged.nobody),
        row("Near baskets top up", top_up, &judged.top_up),
    ];
    match &judged.lifted {
        Ok(lifted) => {
            for (scenario, which) in lifted.iter().zip(["mean", "low end of the next one", "high end"]) {
                rows.push(row("Lift as in past sales", which.into(), scenario));
            }
        }
        Err(_) => rows.push(vec!["Lift as in past sales".into(), "cannot tell".into()]),
    }
    output::table(&["If …", "What it assumes", "Orders", "Revenue", "Margin left", "Against no sale"], &rows, &[1])
}

/// Variants beside each other.
pub fn side_by_side(variants: &[Replayed]) -> Result<()> {
    let rows: Vec<_> = variants
        .iter()
        .map(|Replayed { plan, replay, judged, .. }| {
            let at = match judged.break_even {
                BreakEven::At(at) => output::percent(Some(at)),
                BreakEven::Never => "never".into(),
                BreakEven::Unknown => "—".into(),
            };
            vec![
                plan.name.clone(),
                count(replay.nobody.served),
                replay.currency.display(replay.nobody.given()),
                money(replay.currency, judged.nobody.against),
                money(replay.currency, judged.top_up.against),
                money(replay.currency, judged.lifted.as_ref().ok().and_then(|lifted| lifted[0].against)),
                at,
            ]
        })
        .collect();
    let header = [
        "Variant",
        "Baskets served",
        "Given away",
        "Nobody changes",
        "Top up",
        "Lift as in past sales",
        "Breaks even at",
    ];
    output::line(output::table(&header, &rows, &[]))
}
