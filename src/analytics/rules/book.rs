//! Orders as rules see them on one day: what each is worth, and whether it counts.

use rayon::prelude::*;

use super::bits::Bits;
use crate::analytics::revenue::Revenue;
use crate::model::dataset::{Dataset, Money, flag};
use crate::model::{Day, Definitions};

/// Every order by position, as known at the end of a day.
pub struct Book {
    /// Orders that count as purchases.
    pub purchase: Bits,
    /// Orders that change revenue: purchases, and returns booked as orders.
    pub counted: Bits,
    /// Orders that would count, were there a rate for their currency.
    pub unrated: Bits,
    /// Revenue of the counted ones less refunds, minor units of the shop's currency.
    pub value: Money,
}

impl Book {
    /// The book of `as_of`.
    pub fn new(data: &Dataset, definitions: &Definitions, as_of: Day) -> Self {
        let revenue = Revenue::new(data, definitions, as_of);
        let n = data.orders.id.len();
        let purchase = Bits::of(n, |i| revenue.is_purchase(i));
        let counted = Bits::of(n, |i| revenue.is_counted(i));
        let unrated = Bits::of(n, |i| is_unrated(data, definitions, &revenue, i) && data.orders.day[i] <= as_of);
        let mut values: Vec<i64> =
            (0..n).into_par_iter().map(|i| if counted.has(i) { revenue.before_refunds(i) } else { 0 }).collect();
        for (r, order) in data.refunds.order.iter().enumerate() {
            values[*order as usize] -= revenue.refunded(r);
        }
        let mut value = Money::default();
        value.reserve(n);
        values.iter().for_each(|minor| value.push(*minor));
        Self { purchase, counted, unrated, value }
    }
}

/// Whether the order would count, were there a rate for its currency.
pub fn is_unrated(data: &Dataset, definitions: &Definitions, revenue: &Revenue<'_>, i: usize) -> bool {
    !revenue.convertible(i) && definitions.counts(data.orders.status(i)) && data.orders.flags[i] & flag::TEST == 0
}

/// An amount of an order in the shop's currency; 0 without a rate.
pub fn in_shop_currency(data: &Dataset, definitions: &Definitions, order: usize, minor: i64) -> i64 {
    let currency = data.currencies.get(usize::from(data.orders.currency[order]));
    currency.and_then(|currency| definitions.convert(minor, *currency)).unwrap_or(0)
}
