//! What the models need to know of each customer, from the orders.
//!
//! Whoever orders is a customer, whatever the order is worth: as in the papers, an order of no value counts in the
//! rhythm of orders, also where the definitions leave it out of revenue and averages.

use rayon::prelude::*;

use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::Day;
use crate::model::dataset::Dataset;
use crate::model::definitions::Definitions;

/// A customer who bought, in whole calendar days. Orders of one day count once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Buyer {
    /// Repeat orders: days with an order after the first.
    pub x: u32,
    /// Days from the first to the last order.
    pub tx: u32,
    /// Days from the first order to the as-of day.
    pub t: u32,
    /// Revenue after the first day, net of refunds, minor units. Can be negative.
    pub repeat_spend: i64,
    /// Revenue since the beginning: the historic value.
    pub historic: i64,
}

/// Every customer who bought by the end of `as_of`, by customer index.
pub fn buyers(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    progress: &Progress,
) -> Result<Vec<Option<Buyer>>, Cancelled> {
    const CHUNK: usize = 16_384;
    let revenue = Revenue::new(data, definitions, as_of);
    let mut buyers = vec![None; data.customers.id.len()];
    buyers.par_chunks_mut(CHUNK).enumerate().try_for_each(|(chunk, out)| {
        if progress.is_cancelled() {
            return Err(Cancelled);
        }
        for (offset, buyer) in out.iter_mut().enumerate() {
            *buyer = buyer_of(data, &revenue, as_of, chunk * CHUNK + offset);
        }
        Ok(())
    })?;
    for (r, &order) in data.refunds.order.iter().enumerate() {
        let customer = data.orders.customer[order as usize] as usize;
        if let Some(buyer) = buyers.get_mut(customer).and_then(Option::as_mut) {
            let (amount, first) = (revenue.refunded(r), as_of.0 - buyer.t as i32);
            buyer.historic -= amount;
            if data.orders.day[order as usize].0 > first {
                buyer.repeat_spend -= amount;
            }
        }
    }
    Ok(buyers)
}

fn buyer_of(data: &Dataset, revenue: &Revenue<'_>, as_of: Day, customer: usize) -> Option<Buyer> {
    let orders = &data.orders;
    let (mut days, mut first, mut last) = (0, as_of, as_of);
    let (mut historic, mut repeat_spend) = (0, 0);
    for i in orders.of_customer(customer) {
        let day = orders.day[i];
        if day > as_of {
            break;
        }
        let is_order = revenue.is_order(i);
        if !is_order && !revenue.is_counted(i) {
            continue;
        }
        let value = if revenue.is_counted(i) { revenue.before_refunds(i) } else { 0 };
        historic += value;
        if is_order {
            if days == 0 {
                (first, last, days) = (day, day, 1);
            } else if day > last {
                (last, days) = (day, days + 1);
            }
        }
        // A return without a purchase before it says nothing of repeat orders.
        if days > 0 && day > first {
            repeat_spend += value;
        }
    }
    let length = |from: Day, to: Day| u32::try_from(i64::from(to.0) - i64::from(from.0)).unwrap_or(0);
    (days > 0).then(|| Buyer { x: days - 1, tx: length(first, last), t: length(first, as_of), repeat_spend, historic })
}
