//! Demand in sentences, for command line and window alike.

use super::weeks::Weeks;
use super::{Demand, ProductDemand};
use crate::model::{Locale, TooLittle};

/// Units for people: with a decimal below ten.
pub fn units(units: f64) -> String {
    Locale::En.number(units, u32::from(units.abs() < 10.0))
}

/// Days for people.
pub fn days(days: f64) -> String {
    Locale::En.counted(days.round().max(0.0) as u64, "day", "days")
}

/// What all products need, first of all.
pub fn verdict(demand: &Demand) -> String {
    let count = |n: usize| Locale::En.count(n as u64);
    let of = |is: fn(&ProductDemand) -> bool| demand.products.iter().filter(|product| is(product)).count();
    if demand.with_stock == 0 {
        return format!(
            "{} products sold in the last 52 weeks; stock is not imported, so nobody can tell when to order",
            count(demand.products.len())
        );
    }
    let late = of(|product| product.stock.is_some_and(|stock| stock.is_late));
    format!(
        "{} of {} products with stock may run out before a delivery that is ordered today",
        count(late),
        Locale::En.count(demand.with_stock.into())
    )
}

/// How the rules did on the past.
pub fn held_out(demand: &Demand) -> String {
    let (held_out, percent) = (&demand.held_out, |share| Locale::En.percent(share, 1));
    format!(
        "On the past of {} products such sums were off by {}, by the naive rule by {}; the 95% interval held {}",
        Locale::En.count(held_out.products.into()),
        percent(held_out.wape),
        percent(held_out.naive_wape),
        percent(held_out.within_95)
    )
}

/// What is missing to tell the demand for a product.
pub fn missing(missing: &TooLittle) -> String {
    format!("Cannot tell: {} of {} {}", missing.have, missing.need, missing.what)
}

/// What to do about the stock of a product.
pub fn stock(product: &ProductDemand) -> String {
    let Some(stock) = product.stock else { return "Stock is not imported".into() };
    let Some((cover, order_by)) = stock.cover_days.zip(stock.order_by) else {
        return "No demand is expected".into();
    };
    let order = match stock.order_units {
        0 => "nothing to order yet".to_owned(),
        n if stock.is_late => {
            format!("order {} today; stock may run out before they arrive", Locale::En.count(n.into()))
        }
        n => format!("order {} by {}", Locale::En.count(n.into()), order_by.display()),
    };
    format!("{} in stock last {}; {order}", Locale::En.count(stock.units.max(0) as u64), days(cover))
}

/// What one must know to read it.
pub fn notes(demand: &Demand, weeks: &Weeks) -> Vec<String> {
    let mut notes = vec![format!(
        "Units of the last {} weeks, returns booked as orders taken off; refunds of money tell no units; no season of the \
         year is put on",
        weeks.known
    )];
    if demand.products.iter().any(|product| product.days_without_stock > 0) {
        notes.push("Weeks with four days or more without stock are left out, shorter ones are filled up".into());
    } else if demand.with_stock > 0 {
        notes.push(
            "No day without stock is known: stock is seen when products are imported, so import them often, or sold-out \
             days count as days without demand"
                .into(),
        );
    }
    if demand.untold > 0 {
        notes.push(format!(
            "Of {} nobody can tell what is expected: too few weeks or sales",
            Locale::En.counted(demand.untold.into(), "product", "products")
        ));
    }
    notes
}
