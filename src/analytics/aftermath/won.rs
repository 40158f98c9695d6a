//! Customers won at a discount in a sale against those won without one in the same season.

use super::Question;
use crate::analytics::math::beta::wilson;
use crate::analytics::math::reckoned::quantile;
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Day, TooLittle};

/// Days after the first order.
pub const HORIZONS: [i32; 3] = [30, 60, 90];
/// Days before and after the sale in which others were won.
const SEASON: i32 = 28;
/// Fewer customers tell nothing.
pub const FEWEST: u64 = 30;

/// What customers did in the days after their first order.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Followed {
    /// Customers whose days are over.
    pub customers: u64,
    /// Of them, those who ordered again.
    pub repeated: u64,
    /// Revenue of all orders after the first, minor units.
    pub revenue: i64,
    squares: f64,
}

impl Followed {
    fn add(&mut self, repeated: bool, revenue: i64) {
        self.customers += 1;
        self.repeated += u64::from(repeated);
        self.revenue += revenue;
        self.squares += (revenue as f64).powi(2);
    }

    /// Share that ordered again.
    pub fn repeat_share(&self) -> Option<f64> {
        (self.customers > 0).then(|| self.repeated as f64 / self.customers as f64)
    }

    /// Wilson's 95 % interval of that share.
    pub fn repeat_within(&self) -> Option<(f64, f64)> {
        wilson(self.repeated, self.customers)
    }

    /// Revenue after the first order per customer, minor units.
    pub fn per_customer(&self) -> Option<f64> {
        (self.customers > 0).then(|| self.revenue as f64 / self.customers as f64)
    }

    /// Square of the standard error of that.
    fn variance_of_mean(&self) -> f64 {
        let n = self.customers as f64;
        let mean = self.revenue as f64 / n;
        ((self.squares / n - mean * mean).max(0.0) * n / (n - 1.0)) / n
    }
}

/// Won at a discount minus won without, some days after the first order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Share that ordered again: expected, and in which it lies with 95 % (Newcombe's interval from Wilson's two).
    pub repeat: (f64, (f64, f64)),
    /// Revenue per customer, minor units: expected, and in which it lies with 95 % (Welch's interval).
    pub per_customer: (f64, (f64, f64)),
}

/// Customers won in a sale and around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Won {
    /// Customers whose first order was in the sale, at a discount.
    pub at_a_discount: u64,
    /// Customers whose first order was in the same season without a discount.
    pub without: u64,
    /// By horizon: those won at a discount, those without, and the difference or what is missing to tell.
    pub followed: [(Followed, Followed, Result<Difference, TooLittle>); 3],
}

/// Follows the customers won in a sale, and those won without a discount in the four weeks around it.
///
/// # Errors
/// When the work was cancelled.
pub fn won(question: &Question<'_>, progress: &Progress) -> Result<Won, Cancelled> {
    let Question { data, definitions, history, span, as_of, .. } = *question;
    let (orders, revenue) = (&data.orders, Revenue::new(data, definitions, as_of));
    let (first, last) = (history.zone.day(span.from), history.zone.day(span.to - 1));
    let season = Day(first.0 - SEASON)..=Day(last.0 + SEASON);
    let known = history.last();
    let mut counts = [0_u64; 2];
    let mut followed = [[Followed::default(); 2]; HORIZONS.len()];
    for customer in 0..data.customers.id.len() {
        if customer % 65_536 == 0 {
            progress.step(customer as u64)?;
        }
        let own = orders.of_customer(customer);
        let Some(won) = own.clone().find(|i| revenue.is_purchase(*i)) else { continue };
        let (day, discounted) = (orders.day[won], orders.discount.get(won) > 0);
        let group = match discounted {
            true if span.contains(orders.placed_at[won]) => 0,
            false if season.contains(&day) => 1,
            _ => continue,
        };
        counts[group] += 1;
        for (horizon, followed) in HORIZONS.iter().zip(&mut followed) {
            if day.0 + horizon <= known.0 {
                let later =
                    (won + 1..own.end).filter(|i| orders.day[*i].0 <= day.0 + horizon && revenue.is_counted(*i));
                let (repeated, value) = later.fold((false, 0), |(repeated, value), i| {
                    let refunds: i64 = revenue.refunds_of(i, i + 1).map(|r| revenue.refunded(r)).sum();
                    (repeated || revenue.is_purchase(i), value + revenue.before_refunds(i) - refunds)
                });
                followed[group].add(repeated, value);
            }
        }
    }
    // Whoever is followed for a group's last customers must be followed for all of it: else the early ones speak alone.
    let complete = |horizon: i32| last.0 + horizon <= known.0;
    let told = |at: usize| {
        let [discount, without] = followed[at];
        (discount, without, difference(&discount, &without, complete(HORIZONS[at]), (HORIZONS[at], known.0 - last.0)))
    };
    Ok(Won { at_a_discount: counts[0], without: counts[1], followed: [told(0), told(1), told(2)] })
}

fn difference(
    discount: &Followed,
    without: &Followed,
    complete: bool,
    (horizon, days): (i32, i32),
) -> Result<Difference, TooLittle> {
    if !complete {
        let (have, need) = (u64::try_from(days).unwrap_or(0), u64::try_from(horizon).unwrap_or(0));
        return Err(TooLittle { have, need, what: "days after the sale" });
    }
    let have = discount.customers.min(without.customers);
    let few = TooLittle { have, need: FEWEST, what: "customers won at a discount and without one" };
    if have < FEWEST {
        return Err(few);
    }
    let shares = discount.repeat_share().zip(without.repeat_share());
    let widths = discount.repeat_within().zip(without.repeat_within());
    let means = discount.per_customer().zip(without.per_customer());
    let Some(((share, widths), means)) = shares.zip(widths).zip(means) else { return Err(few) };
    // R. G. Newcombe (1998), "Interval estimation for the difference between independent proportions", method 10.
    let reach = |a: f64, b: f64| (a * a + b * b).sqrt();
    let middle = share.0 - share.1;
    let low = middle - reach(share.0 - widths.0.0, widths.1.1 - share.1);
    let high = middle + reach(widths.0.1 - share.0, share.1 - widths.1.0);
    let (a, b) = (discount.variance_of_mean(), without.variance_of_mean());
    let squares = a * a / (discount.customers as f64 - 1.0) + b * b / (without.customers as f64 - 1.0);
    let freedom = if squares > 0.0 { (a + b).powi(2) / squares } else { have as f64 };
    let (mean, width) = (means.0 - means.1, quantile(0.975, freedom) * (a + b).sqrt());
    Ok(Difference { repeat: (middle, (low, high)), per_customer: (mean, (mean - width, mean + width)) })
}
