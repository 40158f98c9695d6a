//! What an order is worth by the shop's definitions, as known at the end of a day.

use crate::model::dataset::{Dataset, NO_DAY, flag};
use crate::model::definitions::{Definitions, Part, UndatedRefund};
use crate::model::record::OrderStatus;
use crate::model::{Currency, Day};

/// The one place where the revenue of an order is computed.
///
/// Revenue = total − tax − shipping (each unless the definitions include it) − refunds known by the as-of day.
/// A refund takes away the same share of revenue as it is of the total, since it gives back its part of tax and
/// shipping too. A refund belongs to the day of its order, so that an order's revenue is one number.
pub struct Revenue<'a> {
    data: &'a Dataset,
    definitions: &'a Definitions,
    as_of: Day,
    counted: [bool; OrderStatus::ALL.len()],
    tax: bool,
    shipping: bool,
    refunds: bool,
    free: bool,
    tests: bool,
    foreign: Vec<Option<Currency>>,
    single_currency: bool,
}

impl<'a> Revenue<'a> {
    /// Revenue of the orders of `data` by `definitions`, with what was known at the end of `as_of`.
    pub fn new(data: &'a Dataset, definitions: &'a Definitions, as_of: Day) -> Self {
        let foreign: Vec<_> = data.currencies.iter().map(|&c| (c != definitions.currency).then_some(c)).collect();
        Self {
            data,
            definitions,
            as_of,
            counted: OrderStatus::ALL.map(|s| definitions.counts(s)),
            tax: definitions.tax == Part::Included,
            shipping: definitions.shipping == Part::Included,
            refunds: definitions.refunds == Part::Included,
            free: definitions.free_orders == Part::Included,
            tests: false,
            single_currency: foreign.iter().all(Option::is_none),
            foreign,
        }
    }

    /// The same with test orders, as tools count that cannot tell them.
    pub fn with_tests(self, tests: bool) -> Self {
        Self { tests, ..self }
    }

    /// Whether the order is a fact by the as-of day and neither a test nor of a status that does not count.
    #[inline]
    fn stands(&self, i: usize) -> bool {
        let o = &self.data.orders;
        o.day[i] <= self.as_of
            && (self.tests || o.flags[i] & flag::TEST == 0)
            && self.counted.get(usize::from(o.status[i])).copied().unwrap_or(true)
            && (self.single_currency || self.convertible(i))
    }

    /// Whether somebody ordered, for money or for nothing: it stands and is no return.
    #[inline]
    pub fn is_order(&self, i: usize) -> bool {
        let o = &self.data.orders;
        self.stands(i) && o.flags[i] & flag::RETURN == 0 && o.total.get(i) >= 0
    }

    /// Whether the order counts as a purchase: it stands, is no return, and has a value (unless free orders count).
    #[inline]
    pub fn is_purchase(&self, i: usize) -> bool {
        let o = &self.data.orders;
        self.stands(i) && o.flags[i] & flag::RETURN == 0 && (self.free || o.total.get(i) > 0)
    }

    /// Whether the order changes revenue: a purchase, or a return booked as an order of its own.
    #[inline]
    pub fn is_counted(&self, i: usize) -> bool {
        self.is_purchase(i) || (self.refunds && self.stands(i) && self.data.orders.flags[i] & flag::RETURN != 0)
    }

    /// Revenue of an order before refunds, minor units of the shop's currency. Zero when it cannot be converted.
    #[inline]
    pub fn before_refunds(&self, i: usize) -> i64 {
        self.in_shop_currency(i, self.base(i))
    }

    #[inline]
    fn base(&self, i: usize) -> i64 {
        let o = &self.data.orders;
        let tax = if self.tax { 0 } else { o.tax.get(i) };
        let shipping = if self.shipping { 0 } else { o.shipping.get(i) };
        o.total.get(i) - tax - shipping
    }

    #[inline]
    fn in_shop_currency(&self, i: usize, minor: i64) -> i64 {
        if self.single_currency {
            return minor;
        }
        match self.foreign.get(usize::from(self.data.orders.currency[i])).copied().flatten() {
            Some(currency) => self.definitions.convert(minor, currency).unwrap_or(0),
            None => minor,
        }
    }

    /// Discounts that were taken off an order, minor units of the shop's currency. Zero when they cannot be converted.
    #[inline]
    pub fn discount(&self, i: usize) -> i64 {
        self.in_shop_currency(i, self.data.orders.discount.get(i))
    }

    /// Whether the order is in the shop's currency or in one with a rate.
    pub fn convertible(&self, i: usize) -> bool {
        match self.foreign.get(usize::from(self.data.orders.currency[i])).copied().flatten() {
            Some(currency) => self.definitions.rates.contains_key(&currency),
            None => true,
        }
    }

    /// What refund number `r` of [`crate::model::dataset::Refunds`] takes from the revenue of its order, by the as-of day.
    pub fn refunded(&self, r: usize) -> i64 {
        let refunds = &self.data.refunds;
        let i = refunds.order[r] as usize;
        if !self.refunds || self.refund_day(r) > self.as_of || !self.is_purchase(i) {
            return 0;
        }
        let total = self.data.orders.total.get(i);
        let (amount, base) = (i128::from(refunds.amount[r]), i128::from(self.base(i)));
        let share = if total == 0 { amount } else { divide_rounded(amount * base, i128::from(total)) };
        self.in_shop_currency(i, i64::try_from(share).unwrap_or(i64::MAX))
    }

    /// The day of a refund, by the definitions where its source did not say.
    pub fn refund_day(&self, r: usize) -> Day {
        let refunds = &self.data.refunds;
        match (refunds.day[r], self.definitions.undated_refunds) {
            (NO_DAY, UndatedRefund::OrderDate) => self.data.orders.day[refunds.order[r] as usize],
            (NO_DAY, UndatedRefund::ImportDate) => refunds.imported[r],
            (day, _) => day,
        }
    }

    /// Refunds of the orders at positions `from..to`, as a range of [`crate::model::dataset::Refunds`].
    pub fn refunds_of(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let orders = &self.data.refunds.order;
        orders.partition_point(|&o| (o as usize) < from)..orders.partition_point(|&o| (o as usize) < to)
    }
}

/// `a / b`, rounded half away from zero. `b` must not be zero.
pub fn divide_rounded(a: i128, b: i128) -> i128 {
    let half = b.abs() / 2;
    if (a < 0) == (b < 0) { (a.abs() + half) / b.abs() } else { -((a.abs() + half) / b.abs()) }
}
