//! What platforms count up beside their tables.

use rustc_hash::FxHashMap;

use crate::jobs::{Cancelled, Progress};
use crate::model::record::OrderStatus;
use crate::sample::{Buyer, Order, Shop, ZONE};

/// A customer's orders, cancelled ones left out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spending {
    /// How many.
    pub orders: u32,
    /// Totals minus refunds, minor units.
    pub amount: i64,
    /// When the last was placed, UTC seconds.
    pub last: Option<i64>,
}

/// What each customer spent, by number.
pub fn spending(shop: &Shop, progress: &Progress) -> Result<Vec<Spending>, Cancelled> {
    let mut all = vec![Spending::default(); shop.people().len()];
    for_each_order(shop, progress, |order| {
        if let Buyer::Person(person) = order.buyer
            && order.basket.status != OrderStatus::Cancelled
        {
            let one = &mut all[person as usize];
            one.orders += 1;
            one.amount += order.basket.total - order.basket.refund.map_or(0, |r| r.amount);
            one.last = Some(order.placed_at);
        }
    })?;
    Ok(all)
}

/// How often each code was used, and each sale without a code, by its name.
pub fn code_uses(shop: &Shop, progress: &Progress) -> Result<FxHashMap<String, u64>, Cancelled> {
    let mut uses = FxHashMap::default();
    for_each_order(shop, progress, |order| {
        let marked_down = order.basket.lines.iter().any(|line| line.discount > 0);
        let day = ZONE.day(order.placed_at);
        let sale = shop.truth.sales.iter().find(|sale| marked_down && sale.contains(day));
        if let Some(name) = order.basket.code.or(sale.map(|sale| sale.name.as_str())) {
            *uses.entry(name.to_string()).or_default() += 1;
        }
    })?;
    Ok(uses)
}

/// The most lines any order has.
pub fn most_lines(shop: &Shop) -> usize {
    (0..shop.order_count()).map(|i| shop.order(i).basket.lines.len()).max().unwrap_or(0)
}

fn for_each_order(shop: &Shop, progress: &Progress, mut f: impl FnMut(&Order)) -> Result<(), Cancelled> {
    progress.expect(shop.order_count() as u64);
    for position in 0..shop.order_count() {
        if position.is_multiple_of(1_024) {
            progress.step(position as u64)?;
        }
        f(&shop.order(position));
    }
    Ok(())
}
