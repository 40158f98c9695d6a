//! What is told of demand: plain data for command line, window and documents.

use serde::{Deserialize, Serialize};

use crate::model::{Currency, Day, TooLittle};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Days from an order to its delivery.
    pub lead_days: u32,
    /// Days between two looks at the stock.
    pub review_days: u32,
    /// The chance with which stock is to last until the next delivery, 0–1.
    pub service: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { lead_days: 14, review_days: 7, service: 0.95 }
    }
}

/// How the demand for a product is foretold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// As in the last weeks: their mean, as many as the lead time has.
    Naive,
    /// Exponential smoothing.
    Smoothing,
    /// Croston (1972) as corrected by Syntetos and Boylan (2005).
    Croston,
    /// Teunter, Syntetos and Babai (2011).
    Tsb,
}

impl Rule {
    /// All of them, the simplest first.
    pub const ALL: [Self; 4] = [Self::Naive, Self::Smoothing, Self::Croston, Self::Tsb];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Naive => "as in the last weeks",
            Self::Smoothing => "exponential smoothing",
            Self::Croston => "Croston, Syntetos and Boylan",
            Self::Tsb => "Teunter, Syntetos and Babai",
        }
    }
}

/// What is expected of a product.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Expected {
    /// The rule that was nearest.
    pub rule: Rule,
    /// Units a week.
    pub per_week: f64,
    /// Units until the delivery after next look: over lead time and review period.
    pub units: f64,
    /// In which they lie with 80 %.
    pub within_80: (f64, f64),
    /// In which they lie with 95 %.
    pub within_95: (f64, f64),
    /// Units that suffice with the chance that is asked for.
    pub enough: f64,
    /// Error of such sums on the product's past, units: root of the mean square.
    pub error: f64,
    /// That of the naive rule.
    pub naive_error: f64,
}

/// How long the stock lasts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Stock {
    /// Units at hand.
    pub units: i64,
    /// The day on which that was seen.
    pub seen: Option<Day>,
    /// Days that they last at the expected demand; `None` where none is expected.
    pub cover_days: Option<f64>,
    /// Days that they last with the chance that is asked for.
    pub safe_days: Option<f64>,
    /// The last day on which to order, if stock is to last with that chance until it is delivered; the as-of day when it
    /// is already too late. `None` where none is expected.
    pub order_by: Option<Day>,
    /// Whether that day is past: stock may run out before a delivery.
    pub is_late: bool,
    /// How many to order then, so that they last until the delivery after.
    pub order_units: u32,
}

/// What is known of the demand for a product.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProductDemand {
    /// Product index.
    pub product: u32,
    /// Units in the last 52 weeks, returns taken off.
    pub units: f64,
    /// Revenue of its lines in those weeks before refunds, minor units.
    pub revenue: i64,
    /// Units of the last weeks, oldest first; `None` for a week without stock.
    pub weeks: Vec<Option<f64>>,
    /// Days of those weeks without stock, where the history of stock says so.
    pub days_without_stock: u32,
    /// What is expected; what is missing where nobody can tell.
    pub expected: Result<Expected, TooLittle>,
    /// Its stock, where it is imported.
    pub stock: Option<Stock>,
}

/// How the products together were foretold on their past.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct HeldOut {
    /// Products.
    pub products: u32,
    /// Weeks that were foretold again.
    pub weeks: u32,
    /// Absolute errors ÷ what was asked for, of the rules that are used.
    pub wape: f64,
    /// Of the naive rule.
    pub naive_wape: f64,
    /// Share of sums that lay in the 95 % interval, 0–1.
    pub within_95: f64,
}

/// What is expected of all products.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Demand {
    /// What was asked for.
    pub settings: Settings,
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Currency of amounts.
    pub currency: Currency,
    /// Version of the definitions.
    pub definitions: u32,
    /// Products with demand in the last 52 weeks: those to order soonest first, then by revenue.
    pub products: Vec<ProductDemand>,
    /// Products of which nobody can tell what is expected.
    pub untold: u32,
    /// Products whose stock is known.
    pub with_stock: u32,
    /// How the rules did on the past.
    pub held_out: HeldOut,
    /// What one must know to read it, in sentences.
    pub notes: Vec<String>,
}
