//! A forecast in sentences, for command line and window alike.

use super::{EventForecast, Forecast, Measure};
use crate::analytics::math::reckoned::Reckoned;
use crate::model::{Currency, Locale};

/// An amount of a measure for people.
pub fn amount(of: Measure, currency: Currency, value: f64) -> String {
    match of {
        Measure::Orders => Locale::En.number(value, 0),
        Measure::Revenue => currency.display(value.round() as i64),
    }
}

/// `$41,000.00 ($32,100.00–$52,300.00 with 95%)`.
pub fn within(of: Measure, currency: Currency, reckoned: &Reckoned) -> String {
    let (low, high) = reckoned.within(0.95);
    let show = |value| amount(of, currency, value);
    format!("{} ({}–{} with 95%)", show(reckoned.middle), show(low), show(high))
}

/// Which rule foretells, and how far it was off on the past.
pub fn held_out(forecast: &Forecast) -> String {
    let held_out = &forecast.held_out;
    let percent = |share| Locale::En.percent(share, 1);
    let scaled = held_out.scaled_error.map_or_else(String::new, |scaled| {
        format!(" (scaled error {}; “as last week” has 1)", Locale::En.number(scaled, 2))
    });
    format!(
        "{}: {}; over {} past windows of the same shape ({} – {}) sums were off by {} and days by {}{scaled}, and the 95% \
         interval held {} of the sums",
        match forecast.of {
            Measure::Orders => "Orders",
            Measure::Revenue => "Revenue",
        },
        forecast.rule.name(),
        held_out.windows,
        held_out.days.0.display(),
        held_out.days.1.display(),
        percent(held_out.error),
        percent(held_out.day_error),
        percent(held_out.within_95),
    )
}

/// What the sale is expected to bring, first of all.
pub fn verdict(event: &EventForecast, currency: Currency, target: Option<i64>) -> String {
    let Some(revenue) = event.revenue_with_sale() else {
        return format!(
            "Cannot tell what the sale adds; its hours bring {} without it",
            within(Measure::Revenue, currency, &event.revenue.sum)
        );
    };
    let expected = within(Measure::Revenue, currency, &revenue);
    match target.zip(target.and_then(|target| event.chance_of(target))) {
        Some((target, chance)) => {
            let chance = match chance {
                chance if chance >= 0.995 => "All but certain".to_owned(),
                chance if chance < 0.005 => "Next to no chance".to_owned(),
                chance => format!("A chance of {}", Locale::En.percent(chance, 0)),
            };
            format!("{chance} to reach {}: {expected} are expected", currency.display(target))
        }
        None => format!("Expected are {expected} of revenue"),
    }
}

/// What it rests on.
pub fn reasons(event: &EventForecast, currency: Currency) -> Vec<String> {
    let orders = |orders: &Reckoned| within(Measure::Orders, currency, orders);
    let with = event.orders_with_sale().map_or_else(String::new, |with| format!("; with it {} orders", orders(&with)));
    let mut reasons = vec![format!(
        "Without the sale its hours bring {} and {} orders{with}",
        within(Measure::Revenue, currency, &event.revenue.sum),
        orders(&event.orders.sum)
    )];
    let times = |reckoned: &Reckoned| {
        let (low, high) = reckoned.within(0.95);
        let number = |value| Locale::En.number(value, 2);
        format!("{} times ({}–{})", number(reckoned.middle), number(low), number(high))
    };
    reasons.push(match &event.lift {
        Ok(lift) => format!(
            "{} past sales say that the next one like them brings {} the revenue and {} the orders of such hours, with 95%",
            event.past.len(),
            times(&lift.revenue),
            times(&lift.orders)
        ),
        Err(missing) => format!(
            "What a sale adds: cannot tell, {} of the {} past sales that it takes are in the history",
            missing.have, missing.need
        ),
    });
    reasons.push(held_out(&event.revenue));
    reasons.push(held_out(&event.orders));
    reasons
}
