//! Small shops of which the answer is known, and laws that every shop obeys.

mod changes;
mod differences;

use std::sync::Arc;

use proptest::prelude::*;

use crate::model::dataset::*;
use crate::model::definitions::{Definitions, Part};
use crate::model::{Currency, Dataset, Day, Zone};

const CUSTOMERS: u32 = 6;
const PRODUCTS: u32 = 4;
const DAY: i64 = 86_400;

/// An order as the strategies draw it.
#[derive(Debug, Clone)]
pub struct Made {
    /// The last number stands for nobody.
    pub customer: u32,
    /// UTC seconds.
    pub at: i64,
    /// Product, units, price of one, discount on the line.
    pub lines: Vec<(u32, i64, i64, i64)>,
    /// Discount on the order beyond that.
    pub off: i64,
    pub tax: i64,
    pub shipping: i64,
    pub status: u8,
    pub flags: u8,
    pub channel: u32,
    pub currency: u8,
    /// Amount, and days after the order; a negative number of days = not said.
    pub refund: Option<(i64, i32)>,
}

impl Made {
    /// An order of one product without anything else.
    pub fn plain(customer: u32, day: i64, units: i64, price: i64) -> Self {
        Self {
            customer,
            at: day * DAY,
            lines: vec![(0, units, price, 0)],
            off: 0,
            tax: 0,
            shipping: 0,
            status: 0,
            flags: 0,
            channel: 0,
            currency: 0,
            refund: None,
        }
    }

    fn given(&self) -> i64 {
        self.off + self.lines.iter().map(|line| line.3).sum::<i64>()
    }

    fn total(&self) -> i64 {
        let goods: i64 = self.lines.iter().map(|line| line.1 * line.2).sum();
        let total = goods - self.given() + self.tax + self.shipping;
        if self.flags & flag::RETURN != 0 { -total.max(0) } else { total.max(0) }
    }
}

pub fn dataset(made: &[Made], zone: Zone) -> Dataset {
    let mut sorted: Vec<&Made> = made.iter().collect();
    sorted.sort_by_key(|order| (order.customer, order.at));
    let (mut o, mut l, mut r) = (Orders::default(), Lines::default(), Refunds::default());
    for (i, order) in (0_u32..).zip(&sorted) {
        let day = zone.day(order.at);
        o.id.push(i + 1);
        o.customer.push(if order.customer == CUSTOMERS { NO_CUSTOMER } else { order.customer });
        o.placed_at.push(order.at);
        o.day.push(day);
        o.total.push(order.total());
        o.tax.push(order.tax * order.total().signum());
        o.shipping.push(order.shipping * order.total().signum());
        o.discount.push(order.given());
        o.status.push(order.status);
        o.flags.push(order.flags);
        o.currency.push(order.currency);
        o.channel.push(order.channel);
        o.line_start.push(l.product.len() as u32);
        o.line_count.push(order.lines.len() as u32);
        for &(product, units, price, off) in &order.lines {
            let sign = if order.flags & flag::RETURN != 0 { -1 } else { 1 };
            l.product.push(product);
            l.quantity_milli.push(sign * units * 1_000);
            l.amount.push(sign * units * price);
            l.discount.push(sign * off);
        }
        if let Some((amount, after)) = order.refund.filter(|_| order.total() > 0) {
            r.order.push(i);
            r.day.push(if after < 0 { NO_DAY } else { Day(day.0 + after) });
            r.imported.push(Day(400));
            r.amount.push(amount.min(order.total()));
        }
    }
    o.by_customer = (0..=CUSTOMERS).map(|c| sorted.iter().filter(|order| order.customer < c).count() as u32).collect();
    let span = o.day.iter().min().copied().zip(o.day.iter().max().copied());
    let n = CUSTOMERS as usize;
    Dataset {
        customers: Arc::new(Customers {
            id: (1..=CUSTOMERS).collect(),
            created: vec![NO_DAY; n],
            country: (0..CUSTOMERS).map(|c| c % 3).collect(),
        }),
        orders: Arc::new(o),
        lines: Arc::new(l),
        products: Arc::new(Products {
            id: (1..=PRODUCTS).collect(),
            category: (0..PRODUCTS).map(|p| p % 3).collect(),
            price: vec![None; PRODUCTS as usize],
            cost: vec![None; PRODUCTS as usize],
            stock: vec![None; PRODUCTS as usize],
        }),
        refunds: Arc::new(r),
        currencies: vec![Currency::USD, Currency::parse("EUR").unwrap(), Currency::parse("CHF").unwrap()],
        labels: Arc::new(vec![String::new(), "Web".into(), "Shop floor".into()]),
        span,
        ..Dataset::default()
    }
}

pub fn orders() -> impl Strategy<Value = Vec<Made>> {
    let line = (0..PRODUCTS, 0_i64..4, 0_i64..5_000, 0_i64..300);
    let lines = prop::collection::vec(line, 0..4);
    let amounts = (0_i64..400, 0_i64..300, 0_i64..600);
    let flags = prop::sample::select(vec![0, 0, 0, 0, flag::RETURN, flag::TEST, flag::TAX_UNKNOWN]);
    let status = prop::sample::select(vec![0_u8, 0, 0, 0, 1, 2, 3, 4, 5]);
    let refund = prop::option::weighted(0.3, (1_i64..9_000, -1_i32..40));
    let one = (0..=CUSTOMERS, 0_i64..120 * DAY, lines, amounts, status, flags, 0_u32..3, 0_u8..3, refund);
    let made = one.prop_map(|(customer, at, lines, (off, tax, shipping), status, flags, channel, currency, refund)| {
        Made { customer, at, lines, off, tax, shipping, status, flags, channel, currency, refund }
    });
    prop::collection::vec(made, 0..60)
}

/// Definitions of all kinds; euros have a rate, francs none.
pub fn definitions() -> impl Strategy<Value = Definitions> {
    let part = || prop::sample::select(vec![Part::Included, Part::Excluded]);
    let zone = prop::sample::select(vec!["UTC", "America/New_York", "Asia/Tokyo"]);
    (part(), part(), part(), part(), zone).prop_map(|(tax, shipping, refunds, free_orders, zone)| Definitions {
        tax,
        shipping,
        refunds,
        free_orders,
        zone: Zone::parse(zone).unwrap(),
        rates: [(Currency::parse("EUR").unwrap(), 1_083_700)].into(),
        ..Definitions::default()
    })
}
