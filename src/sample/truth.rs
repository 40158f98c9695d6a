//! What is planted in the sample shop: the answers that analyses are tested against.

use chrono::Datelike;
use serde::Serialize;

use super::journeys::Chain;
use super::rhythm::sales_within;
use crate::model::Day;

/// The planted parameters of a shop.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Truth {
    /// How often people buy and when they stop.
    pub purchase: Purchase,
    /// Share of customers with an account and no order.
    pub browsers: f64,
    /// Relative intensity in the middle of each month, January first. Between two middles it runs straight.
    pub season: [f64; 12],
    /// Relative intensity by weekday, Monday first.
    pub weekdays: [f64; 7],
    /// Past sales, oldest first.
    pub sales: Vec<Sale>,
    /// Products bought together more often than chance (or less).
    pub pairs: Vec<Pair>,
    /// Probability that a line is sent back, by category.
    pub refunds: Vec<(&'static str, f64)>,
    /// Probability that an order gets part of its total back as goodwill.
    pub goodwill: f64,
    /// Probability that an order is cancelled.
    pub cancelled: f64,
    /// First purchases at the end of the window, relative to the beginning, minus 1.
    pub growth: f64,
    /// Extra first purchases at the very beginning, by customers the shop had before the window.
    pub base_surge: f64,
    /// Mean number of visits by a customer in the last year on which products were looked at and nothing was bought.
    pub idle_visits: f64,
    /// Share of the last year's orders of known customers with a look at one of their products within the hour before.
    pub looks_before: f64,
    /// Share of products that ran out of stock once in the last year and came back.
    pub ran_out: f64,
    /// How touchpoints follow each other until an order, or until nothing.
    pub journeys: Chain,
}

/// Buy-till-you-die, the BG/NBD model: a buyer's rate is Gamma(r, alpha) distributed, the chance to be lost after each
/// repeat purchase Beta(a, b). Time runs in exposure: days of average intensity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Purchase {
    /// Shape of the rates.
    pub r: f64,
    /// Days; the mean rate is r ÷ alpha purchases a day.
    pub alpha: f64,
    /// First parameter of the dropout probabilities.
    pub a: f64,
    /// Second parameter; the mean dropout is a ÷ (a + b).
    pub b: f64,
}

impl Purchase {
    /// Mean purchases per day while a customer lives.
    pub fn mean_rate(&self) -> f64 {
        self.r / self.alpha
    }

    /// Mean probability to be lost after a repeat purchase.
    pub fn mean_dropout(&self) -> f64 {
        self.a / (self.a + self.b)
    }
}

/// A past sale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sale {
    /// What it was called.
    pub name: String,
    /// First day.
    pub first: Day,
    /// Last day, included.
    pub last: Day,
    /// Depth of the discount in percent.
    pub percent: u32,
    /// The code to type; without one every line is marked down.
    pub code: Option<&'static str>,
    /// Orders per day, relative to the same days without the sale.
    pub lift: f64,
}

impl Sale {
    /// Whether the sale runs on a day.
    pub fn contains(&self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// Two products with a known tie. Whether an order has them is drawn apart from the rest of the basket, so that their
/// shares and lift hold for all orders.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// One product's SKU.
    pub left: String,
    /// The other's.
    pub right: String,
    /// Share of orders with the first.
    pub left_share: f64,
    /// Share of orders with the second.
    pub right_share: f64,
    /// Share of orders with both ÷ (share with one × share with the other).
    pub lift: f64,
}

impl Pair {
    /// Share of orders with both.
    pub fn both(&self) -> f64 {
        self.lift * self.left_share * self.right_share
    }
}

impl Truth {
    /// The truth of a shop whose history covers a window of days; pairs and refund rates come with the catalogue.
    pub fn planted(first: Day, last: Day) -> Self {
        Self {
            purchase: Purchase { r: 0.7, alpha: 0.7 * 365.0 / 4.0, a: 0.8, b: 4.0 },
            browsers: 0.272,
            season: [0.88, 0.85, 0.92, 0.97, 1.02, 0.95, 0.88, 0.91, 0.98, 1.06, 1.27, 1.31],
            weekdays: [1.08, 1.02, 0.98, 0.97, 0.90, 0.93, 1.12],
            sales: sales_within(first, last),
            pairs: Vec::new(),
            refunds: Vec::new(),
            goodwill: 0.01,
            cancelled: 0.012,
            growth: 0.9,
            base_surge: 2.0,
            idle_visits: 0.5,
            looks_before: 0.4,
            ran_out: 0.15,
            journeys: Chain::planted(),
        }
    }

    /// Relative intensity of the season on a day.
    pub fn season_on(&self, day: Day) -> f64 {
        let date = day.date();
        // Months since the middle of January; the middle of a month is noon of its 15th or thereabouts.
        let position = f64::from(date.month0()) + (f64::from(date.day()) - 15.7) / 30.4;
        let before = position.floor();
        let value = |month: f64| self.season[(month as i64).rem_euclid(12) as usize];
        value(before) + (position - before) * (value(before + 1.0) - value(before))
    }
}
