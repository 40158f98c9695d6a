//! Plan against outcome, line by line.

use std::cmp::Ordering;

use super::Aftermath;
use crate::model::plan::{Amount, Expected, Likely};

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Revenue, minor units.
    Revenue,
    /// Orders.
    Orders,
    /// Revenue of an order, minor units.
    PerOrder,
    /// Discounts off the goods, minor units; shipping given away and gifts are not seen in orders.
    Discounts,
    /// What is left after the cost of goods, before shipping given away and gifts, minor units.
    Margin,
    /// Units of a featured product, by SKU.
    Units(String),
}

impl What {
    /// For people.
    pub fn name(&self) -> String {
        match self {
            Self::Revenue => "Revenue".into(),
            Self::Orders => "Orders".into(),
            Self::PerOrder => "Revenue per order".into(),
            Self::Discounts => "Discounts off goods".into(),
            Self::Margin => "Margin of goods".into(),
            Self::Units(sku) => format!("Units of {sku}"),
        }
    }

    /// Whether it is an amount of money.
    pub fn is_money(&self) -> bool {
        !matches!(self, Self::Orders | Self::Units(_))
    }
}

/// A line: what was planned, and what came.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is about.
    pub what: What,
    /// What was expected; of a featured product, the units in the sale.
    pub planned: Option<f64>,
    /// In which it was to lie with 95 %.
    pub within: Option<(f64, f64)>,
    /// What came; `None` where it is not known.
    pub came: Option<f64>,
}

impl Line {
    /// What came ÷ what was planned − 1.
    pub fn off(&self) -> Option<f64> {
        self.planned.zip(self.came).filter(|(planned, _)| *planned > 0.0).map(|(planned, came)| came / planned - 1.0)
    }

    /// Whether what came lies below, within or above the interval.
    pub fn stands(&self) -> Option<Ordering> {
        let ((low, high), came) = self.within.zip(self.came)?;
        Some(match came {
            came if came < low => Ordering::Less,
            came if came > high => Ordering::Greater,
            _ => Ordering::Equal,
        })
    }
}

/// Units of a featured product: SKU, planned, sold.
pub type Units = (String, f64, f64);

/// Plan against outcome. Without an expectation only what came is told.
pub fn lines(found: &Aftermath, expected: Option<&Expected>, units: &[Units]) -> Vec<Line> {
    let money = |likely: Option<Likely<Amount>>| {
        likely.map(|likely| {
            let minor = |amount: Amount| amount.minor as f64;
            Likely { middle: minor(likely.middle), within_95: likely.within_95.map(|(a, b)| (minor(a), minor(b))) }
        })
    };
    let line = |what, planned: Option<Likely<f64>>, came| Line {
        what,
        planned: planned.map(|planned| planned.middle),
        within: planned.and_then(|planned| planned.within_95),
        came,
    };
    let of = |pick: fn(&Expected) -> Option<Likely<Amount>>| money(expected.and_then(pick));
    let (revenue, orders) = (of(|expected| expected.revenue), expected.and_then(|expected| expected.orders));
    let per_order = revenue.zip(orders).filter(|(_, orders)| orders.middle > 0.0);
    let per_order =
        per_order.map(|(revenue, orders)| Likely { middle: revenue.middle / orders.middle, within_95: None });
    let taken = &found.taken;
    let mut all = vec![
        line(What::Revenue, revenue, Some(taken.revenue as f64)),
        line(What::Orders, orders, Some(taken.orders as f64)),
        line(What::PerOrder, per_order, taken.per_order()),
        line(What::Discounts, of(|expected| expected.discounts), Some(taken.discounts as f64)),
        line(What::Margin, of(|expected| expected.margin), taken.margin()),
    ];
    all.extend(units.iter().map(|(sku, planned, sold)| {
        line(What::Units(sku.clone()), Some(Likely { middle: *planned, within_95: None }), Some(*sold))
    }));
    all
}
