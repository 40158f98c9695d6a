//! What a replay says of itself in sentences: its basis, and what is assumed or not known.

use super::{Basis, Replay};
use crate::model::plan::Benefit;
use crate::model::{Locale, SalePlan};

/// Which baskets were replayed, and how they were found.
pub fn headline(replay: &Replay) -> String {
    let (first, last) = replay.window.days;
    let days = if first == last { first.display() } else { format!("{} – {}", first.display(), last.display()) };
    let basis = match replay.window.basis {
        Basis::SameSeason(1) => "the same weekdays a year before the sale".to_owned(),
        Basis::SameSeason(years) => {
            format!("the same weekdays {years} years before the sale, the latest that data cover")
        }
        Basis::Latest => "the latest days with orders, since none are known of that season".to_owned(),
        Basis::Chosen => "as chosen".to_owned(),
    };
    let baskets = Locale::En.counted(replay.before.baskets, "basket", "baskets");
    let goods = replay.currency.display(replay.before.goods);
    format!("replayed on {days} ({basis}): {baskets}, goods of {goods} before discounts")
}

/// What is assumed, and what nobody knows.
pub fn notes(plan: &SalePlan, replay: &Replay) -> Vec<String> {
    let (were, count) = (&replay.were, |n| Locale::En.count(n));
    let money = |minor| replay.currency.display(minor);
    let mut notes = vec![
        "Goods count at their price before any discount, without shipping; a percentage is rounded half up once per \
         tier and order"
            .to_owned(),
    ];
    if were.discounted > 0 {
        notes.push(format!(
            "{} of {} baskets really had discounts of {} in all; they are taken off the table",
            count(were.discounted),
            count(replay.before.baskets),
            money(were.had)
        ));
    }
    notes.push(format!("Buyers who paid the full price are given {}", money(were.to_full_price)));
    let ships = plan.tiers.iter().any(|tier| tier.benefit == Benefit::FreeShipping);
    match plan.assumptions.shipping {
        Some(cost) if ships => notes.push(format!("Shipping is taken to cost {} an order", cost.display())),
        None if ships && were.with_shipping == 0 => {
            notes.push("None of these baskets paid shipping, so what free shipping costs is not known; type what an order costs".into());
        }
        None if ships => notes.push("Free shipping gives away what each basket really paid for it".into()),
        _ => {}
    }
    let assumed = replay.before.goods - were.costed - replay.before.uncosted;
    if replay.before.uncosted > 0 {
        notes.push(format!(
            "What goods of {} cost is not known, so neither is the margin; type a margin",
            money(replay.before.uncosted)
        ));
    } else if assumed > 0 {
        let whose = if plan.assumptions.margin.is_some() { "plan's" } else { "shop's" };
        notes.push(format!("Goods of {} have no unit cost; the {whose} margin stands in for it", money(assumed)));
    }
    if were.lineless > 0 {
        notes.push(format!("{} orders tell no lines; each counts as one of no product", count(were.lineless)));
    }
    let by_name = plan.early_access.is_some() || plan.tiers.iter().any(|tier| tier.when.audience.is_some());
    if by_name && were.unidentified > 0 {
        notes.push(format!(
            "{} baskets are of buyers nobody knows; they belong to no audience",
            count(were.unidentified)
        ));
    }
    if let Some(code) = &plan.code {
        notes.push(format!("Everybody who qualifies is taken to type {code}: the most it can cost"));
    }
    notes
}
