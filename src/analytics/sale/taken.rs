//! What was really sold in some moments.

use std::collections::BTreeMap;

use crate::analytics::costs::{Costs, speak_for_all};
use crate::analytics::revenue::Revenue;
use crate::analytics::rules::in_shop_currency;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Dataset, Day, Definitions};

/// What was sold, minor units of the shop's currency.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Taken {
    /// Orders.
    pub orders: u64,
    /// Of them, those that had a discount.
    pub discounted: u64,
    /// Revenue by the shop's definitions, after the refunds that are known.
    pub revenue: i64,
    /// Goods at the price before discounts.
    pub goods: i64,
    /// Discounts, lines and orders together.
    pub discounts: i64,
    /// Revenue of orders whose goods have a known cost, before refunds.
    pub costed: i64,
    /// What is left of that after the cost of goods.
    pub margin_of_costed: i64,
    /// Revenue before refunds.
    pub before_refunds: i64,
    /// By product index.
    pub products: BTreeMap<u32, Sold>,
}

/// What was sold of a product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sold {
    /// Thousandths of a unit.
    pub milli: i64,
    /// Paid for it after discounts on its lines, minor units of the shop's currency.
    pub paid: i64,
}

impl Taken {
    /// What orders of `moments` (UTC seconds, the second one no more in it) come to, as known at the end of `as_of`.
    ///
    /// # Errors
    /// When the work was cancelled.
    pub fn of(
        data: &Dataset,
        definitions: &Definitions,
        moments: (i64, i64),
        as_of: Day,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let revenue = Revenue::new(data, definitions, as_of);
        let costs = Costs::new(data, definitions.default_margin);
        let orders = &data.orders;
        let mut taken = Self::default();
        for i in 0..orders.id.len() {
            if i % 65_536 == 0 {
                progress.step(i as u64)?;
            }
            if (moments.0..moments.1).contains(&orders.placed_at[i]) && revenue.is_counted(i) {
                taken.add(data, definitions, &revenue, &costs, i);
            }
        }
        taken.revenue = taken.before_refunds;
        for r in 0..data.refunds.order.len() {
            if (moments.0..moments.1).contains(&orders.placed_at[data.refunds.order[r] as usize]) {
                taken.revenue -= revenue.refunded(r);
            }
        }
        Ok(taken)
    }

    fn add(&mut self, data: &Dataset, definitions: &Definitions, revenue: &Revenue<'_>, costs: &Costs<'_>, i: usize) {
        let value = revenue.before_refunds(i);
        self.before_refunds += value;
        if !revenue.is_purchase(i) {
            return;
        }
        let orders = &data.orders;
        let converted = |minor| in_shop_currency(data, definitions, i, minor);
        let off = converted(orders.discount.get(i));
        self.orders += 1;
        self.discounted += u64::from(off > 0);
        self.discounts += off;
        self.goods += off + converted(orders.total.get(i) - orders.tax.get(i) - orders.shipping.get(i));
        if let Some(margin) = costs.margin(i, value) {
            self.costed += value;
            self.margin_of_costed += margin;
        }
        let first = orders.line_start[i] as usize;
        for line in first..first + orders.line_count[i] as usize {
            let sold = self.products.entry(data.lines.product[line]).or_default();
            sold.milli += data.lines.quantity_milli.get(line);
            sold.paid += converted(data.lines.amount.get(line) - data.lines.discount.get(line));
        }
    }

    /// What is left of a unit of revenue after the cost of goods; `None` where too little of it has a known cost.
    pub fn margin_rate(&self) -> Option<f64> {
        speak_for_all(self.costed, self.before_refunds).then(|| self.margin_of_costed as f64 / self.costed as f64)
    }

    /// What is left of the revenue after the cost of goods: goods of known cost speak for the others.
    pub fn margin(&self) -> Option<f64> {
        self.margin_rate().map(|rate| rate * self.revenue as f64)
    }

    /// Revenue of an order.
    pub fn per_order(&self) -> Option<f64> {
        (self.orders > 0).then(|| self.revenue as f64 / self.orders as f64)
    }

    /// Discounts ÷ goods before them.
    pub fn depth(&self) -> Option<f64> {
        (self.goods > 0).then(|| self.discounts as f64 / self.goods as f64)
    }
}
