//! A replay as text.

use anyhow::Result;

use super::{Replayed, told};
use crate::analytics::sale::{Outcome, said};
use crate::cli::output::{self, count};
use crate::model::Currency;

pub fn replayed(of: &Replayed) -> Result<()> {
    let (plan, replay) = (&of.plan, &of.replay);
    output::line(format!("{}: {}", plan.name, said::headline(replay)))?;
    output::line("")?;
    output::line(tiers(of))?;
    output::line("")?;
    output::line(outcomes(of))?;
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

fn outcomes(Replayed { replay, .. }: &Replayed) -> String {
    let currency = replay.currency;
    let row = |name: &str, outcome: &Outcome| {
        let against = outcome.margin().zip(replay.before.margin()).map(|(with, without)| with - without);
        vec![
            name.to_owned(),
            count(outcome.baskets),
            money(currency, Some(outcome.goods)),
            money(currency, Some(outcome.discount)),
            money(currency, Some(outcome.shipping + outcome.gifts)),
            money(currency, Some(outcome.revenue())),
            money(currency, outcome.margin()),
            money(currency, against),
        ]
    };
    let rows = [
        row("No sale", &replay.before),
        row("Nobody changes", &replay.nobody),
        row("Every near basket tops up", &replay.topped_up),
    ];
    let header =
        ["If …", "Orders", "Goods", "Discount", "Shipping and gifts", "Revenue", "Margin left", "Against no sale"];
    output::table(&header, &rows, &[])
}
