//! Price response in sentences, for command line and window alike.

use super::{Doubt, Hint, PriceResponse, ProductResponse, Told};
use crate::model::{Currency, Locale};

/// `−1.8 (−2.3–−1.3)` without brackets: middle and interval.
pub fn told(told: &Told) -> String {
    let number = |value| Locale::En.number(value, 2);
    format!("{} ({} to {} with 95%)", number(told.middle), number(told.within_95.0), number(told.within_95.1))
}

/// What can be told at all, first of all.
pub fn verdict(response: &PriceResponse) -> String {
    let count = |n: usize| Locale::En.count(n as u64);
    let together = response.together.map_or_else(String::new, |together| {
        format!(
            "; {} products whose price varied enough have an elasticity of {} on average",
            count(together.products as usize),
            told(&together.mean)
        )
    });
    format!(
        "How demand answers to the price can be told for {} of {} products{together}",
        Locale::En.count(response.told.into()),
        count(response.products.len())
    )
}

/// How demand for a product answers, or why nobody can tell.
pub fn product(product: &ProductResponse) -> String {
    let doubts: Vec<String> = product.doubts.iter().map(doubt).collect();
    match product.elasticity.filter(|_| doubts.is_empty()) {
        Some(elasticity) => {
            let tenth = |elasticity: f64| 0.9_f64.powf(elasticity) - 1.0;
            let (low, high) = (tenth(elasticity.within_95.1), tenth(elasticity.within_95.0));
            let percent = |share| Locale::En.percent(share, 0);
            format!(
                "A price lower by 10% goes together with {} more units ({} to {} with 95%)",
                percent(tenth(elasticity.middle)),
                percent(low),
                percent(high)
            )
        }
        None => format!("Cannot tell: {}", doubts.join("; ")),
    }
}

/// What is missing.
pub fn doubt(doubt: &Doubt) -> String {
    let percent = |share| Locale::En.percent(share, 1);
    match doubt {
        Doubt::FewWeeks { have, need } => format!("{have} weeks with a sale of the {need} that it takes"),
        Doubt::FewUnits { have, need } => format!("{have} units of the {need} that it takes"),
        Doubt::SteadyPrice { spread, need } => {
            format!("the price varied by {} where it takes {} or three levels", percent(*spread), percent(*need))
        }
        Doubt::MixedPrices { share, most } => format!(
            "{} of its order lines had another price than most of their week, such as for many units or with a code, where at \
             most {} can be told",
            percent(*share),
            percent(*most)
        ),
        Doubt::EitherWay => {
            "more and fewer units at a lower price are both possible; it takes more weeks at different prices".into()
        }
    }
}

/// What the stock suggests.
pub fn hint(hint: &Hint, currency: Currency) -> String {
    let days = |days: f64| Locale::En.counted(days.round().max(0.0) as u64, "day", "days");
    let money = |minor: f64| currency.display(minor.round() as i64);
    match hint {
        Hint::Discount { off, price, cover_days, then_days, margin, is_limit } => {
            let margin = margin.map_or_else(
                || "; its cost is not known".to_owned(),
                |margin| format!(", which leaves {} a unit", money(margin)),
            );
            let limit = if *is_limit { "; lower prices were never tried or are below cost" } else { "" };
            format!(
                "Stock lasts {}; {} off ({}{margin}) would make that {} ({} to {} with 95%){limit}",
                days(*cover_days),
                Locale::En.percent(*off, 0),
                money(*price),
                days(then_days.middle),
                days(then_days.within_95.0),
                days(then_days.within_95.1)
            )
        }
        Hint::NoDiscount { cover_days } => {
            format!("Stock lasts {}: no discount, it would only sell out sooner", days(*cover_days))
        }
        Hint::AsItIs { cover_days } => format!("Stock lasts {}: as it should", days(*cover_days)),
        Hint::CannotTell { cover_days } => {
            format!("Stock lasts {}; whether a discount would help cannot be told", days(*cover_days))
        }
    }
}

/// What one must know to read it.
pub fn notes(response: &PriceResponse) -> Vec<String> {
    let mut notes = vec![
        "Prices are what most buyers of a week paid for a unit, discounts taken off; a week without a sale is taken to \
         have had the price of the week before"
            .to_owned(),
        "What moved together is not always cause: a price that was lowered because something else changed gets the credit, \
         and a sale of the whole shop is seen as the shop's"
            .to_owned(),
    ];
    if let Some(together) = response.together {
        notes.push(format!(
            "What a product tells by itself is drawn towards the mean of all, the more the less it knows; products are taken \
             to differ by {}",
            Locale::En.number(together.spread, 2)
        ));
    }
    notes
}
