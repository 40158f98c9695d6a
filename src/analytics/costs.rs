//! What the goods of an order cost.

use super::revenue::divide_rounded;
use crate::model::Dataset;

/// Whether orders whose goods have a known cost can speak for the others: they bring at least half of the revenue.
pub fn speak_for_all(costed: i64, revenue: i64) -> bool {
    costed > 0 && revenue > 0 && costed.saturating_mul(2) >= revenue
}

/// The one place where the cost of an order's goods is found.
pub struct Costs<'a> {
    data: &'a Dataset,
    default_margin: Option<f64>,
    /// Whether the unit cost of any product is known.
    any: bool,
}

impl<'a> Costs<'a> {
    /// Costs by the products' unit costs; where one is not known, by the shop's default margin.
    pub fn new(data: &'a Dataset, default_margin: Option<f64>) -> Self {
        Self { data, default_margin, any: data.products.cost.iter().any(Option::is_some) }
    }

    /// What the goods of an order cost as a fraction of what they were sold for, `(cost, sold)`; where a unit cost is
    /// not known, by the default margin. `None` when that is not known either.
    pub fn share(&self, order: usize) -> Option<(i128, i128)> {
        let (data, orders) = (self.data, &self.data.orders);
        let default = || self.default_margin.map(|margin| (((1.0 - margin) * 1e6).round() as i128, 1_000_000));
        let from = orders.line_start[order] as usize;
        let lines = from..from + orders.line_count[order] as usize;
        if lines.is_empty() || !self.any {
            return default();
        }
        let (mut cost, mut goods) = (0_i128, 0_i128);
        for line in lines {
            let sold = i128::from(data.lines.amount.get(line) - data.lines.discount.get(line));
            goods += sold;
            let unit = data.products.cost.get(data.lines.product[line] as usize).copied().flatten();
            cost += match unit {
                Some(unit) => divide_rounded(i128::from(unit) * i128::from(data.lines.quantity_milli.get(line)), 1_000),
                None => {
                    let (part, whole) = default()?;
                    divide_rounded(sold * part, whole)
                }
            };
        }
        if goods == 0 { default() } else { Some((cost, goods)) }
    }

    /// What is left of a revenue after the cost of its goods; `None` where the cost is not known.
    pub fn margin(&self, order: usize, revenue: i64) -> Option<i64> {
        let (cost, goods) = self.share(order)?;
        Some(revenue - i64::try_from(divide_rounded(i128::from(revenue) * cost, goods)).unwrap_or(0))
    }
}
