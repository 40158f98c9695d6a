//! A post-mortem in sentences, for command line and window alike.

use super::{Aftermath, Effect, HORIZONS, TopUp};
use crate::model::{Currency, Locale, SalePlan, TooLittle};

fn signed(text: String, value: f64) -> String {
    if value > 0.0 { format!("+{text}") } else { text }
}

/// A difference in money: `+$1,200.00`.
pub fn money(currency: Currency, minor: f64) -> String {
    signed(currency.display(minor.round() as i64), minor)
}

/// A difference as a share: `+12.3%`.
pub fn share(value: f64) -> String {
    signed(Locale::En.percent(value, 1), value)
}

/// A difference as a number: `+120`.
pub fn number(value: f64) -> String {
    signed(Locale::En.number(value, 0), value)
}

fn interval(of: impl Fn(f64) -> String, (middle, (low, high)): (f64, (f64, f64))) -> String {
    format!("{} ({} to {} with 95%)", of(middle), of(low), of(high))
}

/// What is left out of pace and outcome when some may buy before the sale.
pub fn early_access(plan: &SalePlan) -> Option<String> {
    let early = plan.early_access.as_ref()?;
    Some(format!(
        "Orders of early access from {} to {} are not part of these figures: they are ordinary days for everybody else",
        early.starts.format("%Y-%m-%d %H:%M"),
        plan.starts.format("%Y-%m-%d %H:%M")
    ))
}

fn missing(missing: &TooLittle) -> String {
    format!("cannot tell yet: {} of {} {}", missing.have, missing.need, missing.what)
}

/// Whether the sale brought anything, in one sentence.
pub fn verdict(found: &Aftermath, currency: Currency) -> String {
    let net = found.revenue.net();
    let word = match net.1 {
        (low, _) if low > 0.0 => "The sale brought more than its days would have brought anyway",
        (_, high) if high < 0.0 => "The sale brought less than its days would have brought anyway",
        _ => "What the sale brought may be chance",
    };
    format!("{word}: {} of revenue", interval(|value| money(currency, value), net))
}

/// Net lift, margin, dip, pull-forward and customers, one sentence each.
pub fn reasons(found: &Aftermath, currency: Currency) -> Vec<String> {
    let cash = |value: f64| money(currency, value);
    let lift = |what: &str, effect: &Effect, show: &dyn Fn(f64) -> String| {
        format!(
            "{what}: {} instead of {}, {} above the baseline ({})",
            show(effect.came),
            show(effect.baseline.sum.middle),
            interval(share, effect.lift()),
            interval(|value| signed(show(value), value), effect.net())
        )
    };
    let amount = |value: f64| currency.display(value.round() as i64);
    let count = |value: f64| Locale::En.number(value, 0);
    let mut reasons = vec![lift("Revenue", &found.revenue, &amount), lift("Orders", &found.orders, &count)];
    reasons.push(match &found.margin {
        Some(margin) => format!(
            "Margin: {} at {} of revenue instead of {}, {} above the baseline",
            amount(margin.came),
            Locale::En.percent(margin.rate, 1),
            Locale::En.percent(margin.usual_rate, 1),
            interval(cash, margin.net)
        ),
        None => "Margin: cannot tell, the cost of less than half of the goods is known".into(),
    });
    reasons.push(match &found.after {
        Ok(after) => format!(
            "Afterwards, up to {}: revenue {}, orders {} against the baseline; sale and days after together brought {} above \
             it",
            after.until.display(),
            interval(share, after.revenue.lift()),
            interval(share, after.orders.lift()),
            interval(cash, after.revenue_together.net())
        ),
        Err(too_little) => format!("Afterwards: {}", missing(too_little)),
    });
    reasons.push(match &found.pulled {
        Ok(pulled) => {
            let of_net = pulled.share().map_or_else(String::new, |of_net| {
                format!(", {} of the orders above the baseline", interval(|value| Locale::En.percent(value, 0), of_net))
            });
            format!(
                "Pulled forward: {} orders{of_net}; {} earlier customers bought {} times in the {} days after, held against \
                 their own rhythms and {} ordinary windows",
                interval(|value| Locale::En.number(value, 0), pulled.orders()),
                Locale::En.count(pulled.customers),
                Locale::En.count(pulled.seen),
                pulled.days,
                pulled.windows
            )
        }
        Err(too_little) => format!("Pulled forward: {}", missing(too_little)),
    });
    for (horizon, (_, _, difference)) in HORIZONS.iter().zip(&found.won.followed) {
        reasons.push(match difference {
            Ok(difference) => format!(
                "Customers won at a discount, {horizon} days on: {} percentage points ordered again, {} a head, against \
                 others of the season",
                interval(|value| signed(Locale::En.number(value * 100.0, 1), value), difference.repeat),
                interval(cash, difference.per_customer)
            ),
            Err(too_little) => format!("Customers won at a discount, {horizon} days on: {}", missing(too_little)),
        });
    }
    reasons
}

/// What the next plan should assume.
pub fn next(found: &Aftermath, top_up: Option<&TopUp>) -> Vec<String> {
    let mut next = vec![format!("Lift of orders {}", interval(share, found.orders.lift()))];
    next.push(match top_up {
        Some(top_up) => {
            let percent = |value| Locale::En.percent(value, 0);
            format!(
                "Near baskets that top up {}: {} of baskets were near in the sale, {} before",
                interval(percent, (top_up.share, top_up.within)),
                Locale::En.percent(top_up.near_in_sale, 1),
                Locale::En.percent(top_up.near_before, 1)
            )
        }
        None => "Near baskets that top up: cannot tell, too few were near a threshold".into(),
    });
    next.push(match found.taken.depth() {
        Some(depth) => format!("Discounts take {} off the goods", Locale::En.percent(depth, 1)),
        None => "Discounts: cannot tell, no goods were sold".into(),
    });
    next
}
