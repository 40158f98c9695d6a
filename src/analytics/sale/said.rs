//! What a replay says of itself in sentences: its basis, and what is assumed or not known.

use super::{Basis, BreakEven, FeaturedOutcome, Judged, Lift, PastSale, Replay, UNIT, Verdict};
use crate::analytics::revenue::divide_rounded;
use crate::model::plan::{Amount, Benefit, Featured};
use crate::model::{Locale, SalePlan, TooLittle};

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
        "Goods count at their price before any discount and before refunds, without shipping, with tax where prices hold \
         it; a percentage is rounded half up once per tier and order"
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
    if replay.before.uncosted > 0 && replay.before.margin().is_some() {
        notes.push(format!(
            "What goods of {} cost is not known; the others, {} of all, speak for them",
            money(replay.before.uncosted),
            Locale::En.percent(1.0 - replay.before.uncosted as f64 / replay.before.goods as f64, 0)
        ));
    } else if replay.before.uncosted > 0 {
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

/// What these baskets wanted of a featured product, and what of it was in the sale.
pub fn featured(featured: &Featured, sums: FeaturedOutcome) -> String {
    let units = |milli: i64| Locale::En.number(milli as f64 / UNIT as f64, 0);
    format!(
        "{}: these baskets ask for {} units, {} of the {} in the sale are sold",
        featured.product,
        units(sums.asked),
        units(sums.sold),
        Locale::En.count(featured.units.into())
    )
}

/// Whether the sale pays, in one sentence.
pub fn verdict(judged: &Judged, replay: &Replay) -> String {
    let word = match judged.verdict {
        Verdict::Pays => "Probably pays",
        Verdict::DoesNot => "Probably does not pay",
        Verdict::CannotTell => "Cannot tell",
    };
    // Nobody foretells cents.
    let money = |minor: i64| {
        let scale = i128::from(replay.currency.scale());
        let whole = i64::try_from(divide_rounded(minor.into(), scale) * scale).unwrap_or(minor);
        let text = Amount { minor: whole, currency: replay.currency }.display();
        if whole > 0 { format!("+{text}") } else { text }
    };
    let against = |n: usize| judged.lifted.as_ref().ok().and_then(|lifted| lifted[n].against);
    match (judged.break_even, against(0), against(1), against(2)) {
        (BreakEven::Never, ..) => format!("{word}: every order loses, so that more of them lose more"),
        (BreakEven::Unknown, ..) => format!("{word}: what the goods cost is not known"),
        (_, Some(mean), Some(low), Some(high)) => {
            format!("{word}: {} margin against no sale, between {} and {}", money(mean), money(low), money(high))
        }
        (BreakEven::At(at), ..) if at <= 0.0 => format!("{word}: it leaves no less than no sale, whatever buyers do"),
        _ => format!("{word}: too little is known of what sales bring to this shop"),
    }
}

/// Where it breaks even with the formula, and what past sales brought.
pub fn reasons(judged: &Judged, replay: &Replay, lift: &Result<Lift, TooLittle>) -> Vec<String> {
    let signed = |share: f64| format!("{}{}", if share > 0.0 { "+" } else { "" }, Locale::En.percent(share, 0));
    let mut reasons = Vec::new();
    if let (BreakEven::At(at), Some(before), Some(with)) =
        (judged.break_even, replay.before.margin(), replay.nobody.margin())
    {
        let money = |minor| replay.currency.display(minor);
        reasons.push(format!(
            "It breaks even at {} orders: margin without the sale {} ÷ margin of the same orders with it {} − 1",
            signed(at),
            money(before),
            money(with)
        ));
    }
    match lift {
        Ok(lift) => {
            let depths: Vec<f64> = lift.sales.iter().map(|sale| sale.depth).collect();
            let depth = depths.iter().sum::<f64>() / depths.len() as f64;
            reasons.push(format!(
                "{} past sales brought {} orders ({} to {}); the next one like them brings {} to {} with 95%",
                lift.sales.len(),
                signed(lift.mean),
                signed(lift.of_mean.0),
                signed(lift.of_mean.1),
                signed(lift.of_next.0),
                signed(lift.of_next.1)
            ));
            if replay.nobody.goods > 0 {
                reasons.push(format!(
                    "Those took {} off the goods on average, this one takes {}",
                    Locale::En.percent(depth, 1),
                    Locale::En.percent(replay.nobody.discount as f64 / replay.nobody.goods as f64, 1)
                ));
            }
        }
        Err(missing) => reasons.push(format!(
            "Lift as in past sales: cannot tell, {} of the {} past sales that it takes are in the history",
            missing.have, missing.need
        )),
    }
    reasons.extend(
        judged
            .chance
            .map(|chance| format!("The chance to bring more than break-even is {}", Locale::En.percent(chance, 0))),
    );
    for sale in &judged.within {
        reasons.push(format!("The replayed days were a sale themselves: {}", past_sale(sale)));
    }
    if judged.ordinary < 1.0 {
        reasons.push(format!(
            "Margins of the scenarios are told for {} of the replayed orders, as many as such days have without a sale; \
             replay other days to compare",
            Locale::En.percent(judged.ordinary, 0)
        ));
    }
    reasons
}

/// A past sale in words.
pub fn past_sale(sale: &PastSale) -> String {
    format!(
        "{} – {}: {} orders instead of {}",
        sale.first.display(),
        sale.last.display(),
        Locale::En.count(sale.orders),
        Locale::En.number(sale.expected, 0)
    )
}
