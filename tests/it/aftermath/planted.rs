//! A made-up shop of regular buyers, in which it is known what a sale pulled forward.

use std::sync::Arc;

use cartwright::model::dataset::{Customers, Dataset, Orders, Products};
use cartwright::model::{Currency, Day};
use cartwright::sample::{Dice, Dicebox, Purpose};

/// First and last day of the sale.
pub const SALE: (Day, Day) = (Day(600), Day(606));
/// The last day.
const END: i32 = 760;
/// Regular customers, those won by the sale, and those who come all the time without a discount.
const REGULAR: u32 = 3_000;
const BY_SALE: u32 = 250;
const COMING: u32 = 2_500;
/// Share of the purchases of four weeks that is made in the sale instead.
const PULLED: f64 = 0.35;

pub struct Made {
    pub data: Dataset,
    /// Purchases that were made in the sale instead of afterwards.
    pub pulled: usize,
}

struct Order {
    customer: u32,
    at: i64,
    discount: i64,
}

fn at(day: f64) -> i64 {
    (day * 86_400.0) as i64
}

/// Pauses have mean 40 days and are more even than chance would make them.
fn regular(dice: &mut Dice) -> Vec<f64> {
    let mut moments = vec![dice.unit() * 300.0];
    while moments[moments.len() - 1] < f64::from(END) {
        let next = moments[moments.len() - 1] + dice.gamma(3.0, 3.0 / 40.0);
        moments.push(next);
    }
    moments.pop();
    moments
}

pub fn shop(seed: u64) -> Made {
    let dicebox = Dicebox::new(seed);
    let mut orders = Vec::new();
    let mut pulled = 0;
    let (begins, ends) = (f64::from(SALE.0.0), f64::from(SALE.1.0 + 1));
    for customer in 0..REGULAR {
        let mut dice = dicebox.dice(Purpose::Person, customer);
        for moment in regular(&mut dice) {
            let soon = (ends..ends + 28.0).contains(&moment) && dice.chance(PULLED);
            pulled += usize::from(soon);
            let moment = if soon { begins + dice.unit() * (ends - begins) } else { moment };
            let discount = if (begins..ends).contains(&moment) { 1_000 } else { 0 };
            orders.push(Order { customer, at: at(moment), discount });
        }
    }
    for customer in REGULAR..REGULAR + BY_SALE + COMING {
        let mut dice = dicebox.dice(Purpose::Person, customer);
        let by_sale = customer < REGULAR + BY_SALE;
        let first = if by_sale { begins + dice.unit() * (ends - begins) } else { 100.0 + dice.unit() * 650.0 };
        let discount = if (begins..ends).contains(&first) { 1_000 } else { 0 };
        orders.push(Order { customer, at: at(first), discount });
        let again = first + 10.0 + dice.unit() * 60.0;
        if dice.chance(if by_sale { 0.1 } else { 0.4 }) && again < f64::from(END) {
            orders.push(Order {
                customer,
                at: at(again),
                discount: if (begins..ends).contains(&again) { 1_000 } else { 0 },
            });
        }
    }
    Made { data: columns(orders, REGULAR + BY_SALE + COMING), pulled }
}

fn columns(mut orders: Vec<Order>, customers: u32) -> Dataset {
    orders.sort_by_key(|order| (order.customer, order.at));
    let mut o = Orders::default();
    for (id, order) in (1..).zip(&orders) {
        o.id.push(id);
        o.customer.push(order.customer);
        o.placed_at.push(order.at);
        o.day.push(Day((order.at / 86_400) as i32));
        o.total.push(5_000 - order.discount);
        o.tax.push(0);
        o.shipping.push(0);
        o.discount.push(order.discount);
        o.status.push(0);
        o.flags.push(0);
        o.currency.push(0);
        o.channel.push(0);
        o.line_start.push(0);
        o.line_count.push(0);
    }
    o.by_customer = (0..=customers).map(|c| orders.partition_point(|order| order.customer < c) as u32).collect();
    let days = o.day.iter().map(|day| day.0);
    let span = (Day(days.clone().min().unwrap()), Day(days.max().unwrap()));
    Dataset {
        customers: Arc::new(Customers {
            id: (1..=customers).collect(),
            created: vec![Day(0); customers as usize],
            country: vec![0; customers as usize],
        }),
        orders: Arc::new(o),
        products: Arc::new(Products {
            id: vec![0],
            category: vec![0],
            price: vec![None],
            cost: vec![None],
            stock: vec![None],
        }),
        currencies: vec![Currency::USD],
        labels: Arc::new(vec![String::new()]),
        span: Some(span),
        ..Dataset::default()
    }
}
