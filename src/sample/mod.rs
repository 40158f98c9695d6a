//! The sample shop: an invented shop for home and kitchen ware of any size, made from a seed.
//!
//! What is planted in it is known ([`Truth`]), so that tests can ask analyses to find it again. A shop keeps who buys
//! when; what lies in an order is made again from its number whenever it is asked for, so that a million customers
//! take little memory. The same parameters give the same records everywhere.

mod basket;
pub mod campaigns;
mod catalogue;
mod codes;
mod dice;
mod experiments;
pub mod export;
pub mod journey_matrix;
pub mod journeys;
mod looks;
pub mod measured;
mod people;
mod plans;
mod records;
mod rhythm;
mod shop;
mod totals;
mod truth;
mod wares;

pub use basket::{Basket, Line, Refund};
pub use catalogue::{Catalogue, Product};
pub use dice::{Dice, Dicebox, Purpose};
pub use experiments::{SampleTest, Taking};
pub use people::{Kind, Person};
pub use plans::campaigns;
pub use records::email;
pub use shop::{Buyer, Cart, Order, Shop, generate};
pub use totals::Totals;
pub use truth::{Pair, Purchase, Sale, Truth};
pub use wares::{CATEGORIES, Category, REGIONS, Region};

use crate::model::{Currency, Day, Zone};

/// What a sample shop is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    /// Customers with an identity. From 100 on it looks like a shop; a million is the most that is tried.
    pub customers: u32,
    /// Seed of all chance.
    pub seed: u64,
    /// Last day of the history.
    pub end: Day,
    /// Months before that of `end`, from the first day of the first.
    pub months: u32,
}

impl Default for Params {
    /// 20,000 customers from January 2024 to 14 October 2026.
    fn default() -> Self {
        // Day 20740 since 1970-01-01.
        Self { customers: 20_000, seed: 42, end: Day(20_740), months: 33 }
    }
}

impl Params {
    /// First day of the history.
    pub fn first(&self) -> Day {
        use chrono::Datelike;
        let month = self.end.date().with_day(1).unwrap_or_default();
        Day::from_date(month.checked_sub_months(chrono::Months::new(self.months)).unwrap_or(month))
    }
}

/// The currency of all prices.
pub const CURRENCY: Currency = Currency::USD;

/// The shop's time zone: days begin at its midnight.
pub const ZONE: Zone = Zone(chrono_tz::America::New_York);
