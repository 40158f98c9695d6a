//! One customer's figures with their 95 % intervals.
//!
//! Of expectations (P(alive), expected orders, value) the interval says how well the parameters are known: the delta
//! method, with the covariance of their logarithms and slopes by central differences, on the logit of P(alive) and
//! the logarithm of the others. What one person does is left to chance beyond that; the ranges of orders and of the
//! next order's day tell it, at the parameters found.

use super::fit::Z;
use super::gamma_gamma::GammaGamma;
use super::outlook::{Outlook, Spend};
use super::{CustomerValue, Estimate, PerCustomer};
use crate::analytics::math::matrix::quadratic_form;

/// What is foretold of one customer, with intervals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CustomerOutlook {
    /// Probability to be a customer still; the interval is of the parameters.
    pub p_alive: Estimate,
    /// Expected orders within the horizon; the interval is of the parameters.
    pub orders: Estimate,
    /// Expected discounted value within the horizon, major units; the interval is of the parameters.
    pub value: Estimate,
    /// Fewest and most orders within the horizon by chance: 95 of 100 such customers lie within.
    pub orders_range: (u32, u32),
    /// Days from the as-of day to the next order of somebody who stays a customer: the median, and what 95 of 100
    /// such customers lie within.
    pub next_order: Estimate,
}

impl PerCustomer {
    /// The figures of a customer with their intervals.
    pub fn with_intervals(&self, customer: &CustomerValue) -> CustomerOutlook {
        let (outlook, buyer, history) = (self.outlook(), &customer.buyer, customer.buyer.history());
        let figures = |o: &Outlook| {
            let row = o.of(&history);
            let logit = row.p_alive.ln() - (-row.p_alive).ln_1p();
            [logit, row.orders.ln(), o.value(buyer, &row, self.scale()).ln()]
        };
        let at = figures(&outlook);
        let slopes = slopes(&outlook, figures);
        let deviation = |k: usize| self.variance(&slopes.map(|row| row[k])).sqrt();
        let around = |k: usize, back: fn(f64) -> f64| {
            let by = Z * deviation(k);
            if !at[k].is_finite() || !by.is_finite() {
                let value = back(at[k]);
                return Estimate { value, low: value, high: value };
            }
            Estimate { value: back(at[k]), low: back(at[k] - by), high: back(at[k] + by) }
        };
        let next = |share| outlook.params.next_order(&history, share);
        CustomerOutlook {
            p_alive: around(0, |v| 1.0 / (1.0 + (-v).exp())),
            orders: around(1, f64::exp),
            value: around(2, f64::exp),
            orders_range: orders_range(&outlook.params.more_than(&history, outlook.horizon, 0.025)),
            next_order: Estimate { value: next(0.5), low: next(0.025), high: next(0.975) },
        }
    }

    /// Variance of a figure with these slopes, from what the parameters are known to.
    pub(super) fn variance(&self, slopes: &[f64; 7]) -> f64 {
        let [r, alpha, c, d, p, q, v] = *slopes;
        let of_spend = self.spend.fit.as_ref().map_or(0.0, |fit| quadratic_form(&fit.covariance, &[p, q, v]));
        quadratic_form(&self.fit.parameters.covariance, &[r, alpha, c, d]) + of_spend
    }
}

/// The middle 95 % of the number of orders, from the probabilities of more than 0, 1, …
fn orders_range(more_than: &[f64]) -> (u32, u32) {
    let first_under = |limit: f64| more_than.iter().position(|&p| p < limit).unwrap_or(more_than.len()) as u32;
    (first_under(0.975), first_under(0.025))
}

/// Derivatives of `figures` by the logarithm of every parameter: four of the model, three of spend.
pub(super) fn slopes<const N: usize>(outlook: &Outlook, figures: impl Fn(&Outlook) -> [f64; N]) -> [[f64; N]; 7] {
    const STEP: f64 = 1e-4;
    std::array::from_fn(|i| {
        let at = |by: f64| shifted(outlook, i, by.exp()).map(|o| figures(&o));
        match (at(STEP), at(-STEP)) {
            (Some(up), Some(down)) => std::array::from_fn(|k| (up[k] - down[k]) / (2.0 * STEP)),
            _ => [0.0; N],
        }
    })
}

/// The outlook with parameter `i` multiplied; `None` where there is no such parameter.
fn shifted(outlook: &Outlook, i: usize, factor: f64) -> Option<Outlook> {
    let mut out = *outlook;
    match (out.params.values.get_mut(i), &mut out.spend) {
        (Some(value), _) => *value *= factor,
        (None, Spend::GammaGamma(GammaGamma { p, q, v })) => *[p, q, v].into_iter().nth(i - 4)? *= factor,
        (None, Spend::Mean(_)) => return None,
    }
    Some(out)
}
