//! What the shop's records add up to.

use serde::Serialize;

use super::people::Kind;
use super::shop::{Buyer, Order, STEP, Shop};
use crate::jobs::{Cancelled, Progress};
use crate::model::record::OrderStatus;

/// Sums over all records of a shop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Customers with an identity: accounts and guests.
    pub customers: u64,
    /// Customers with an account.
    pub accounts: u64,
    /// Product variants.
    pub products: u64,
    /// Orders of every status, test orders included.
    pub orders: u64,
    /// Orders that nobody's name is on.
    pub unidentified: u64,
    /// Test orders.
    pub tests: u64,
    /// Cancelled orders.
    pub cancelled: u64,
    /// Order lines.
    pub lines: u64,
    /// Refunds.
    pub refunds: u64,
    /// Sum of order totals, minor units, neither cancelled nor test.
    pub charged: i64,
    /// Of that, tax.
    pub tax: i64,
    /// Of that, shipping.
    pub shipping: i64,
    /// Discounts already taken off, lines and orders together.
    pub discounts: i64,
    /// Given back.
    pub refunded: i64,
    /// Carts that were left.
    pub carts: u64,
}

impl Shop {
    /// Adds up all records. Makes every order once: about two seconds for a million customers.
    ///
    /// # Errors
    /// When cancelled.
    pub fn totals(&self, progress: &Progress) -> Result<Totals, Cancelled> {
        let mut totals = Totals {
            customers: self.people().len() as u64,
            accounts: self.people().iter().filter(|p| p.kind != Kind::Guest).count() as u64,
            products: self.catalogue().products.len() as u64,
            orders: self.order_count() as u64,
            carts: self.cart_count() as u64,
            ..Totals::default()
        };
        progress.expect(totals.orders);
        for position in 0..self.order_count() {
            totals.add(&self.order(position));
            if position.is_multiple_of(STEP) {
                progress.step(position as u64)?;
            }
        }
        Ok(totals)
    }
}

impl Totals {
    fn add(&mut self, order: &Order) {
        let basket = &order.basket;
        self.lines += basket.lines.len() as u64;
        self.unidentified += u64::from(!matches!(order.buyer, Buyer::Person(_)));
        self.tests += u64::from(order.buyer == Buyer::Test);
        self.cancelled += u64::from(basket.status == OrderStatus::Cancelled);
        self.refunds += u64::from(basket.refund.is_some());
        if order.buyer == Buyer::Test || basket.status == OrderStatus::Cancelled {
            return;
        }
        self.charged += basket.total;
        self.tax += basket.tax;
        self.shipping += basket.shipping;
        self.discounts += basket.discount + basket.lines.iter().map(|line| line.discount).sum::<i64>();
        self.refunded += basket.refund.map_or(0, |refund| refund.amount);
    }
}
