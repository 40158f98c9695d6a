//! What is told of price response: plain data for command line, window and documents.

use serde::{Deserialize, Serialize};

use crate::model::{Currency, Day};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Days that a stock should last; more is overstock.
    pub target_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { target_days: 60 }
    }
}

/// Prices at which a product was sold, minor units of the shop's currency.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Prices {
    /// Lowest price of a week, the odd week left aside.
    pub low: f64,
    /// Highest price of a week, the odd week left aside.
    pub high: f64,
    /// Price of the last weeks.
    pub present: f64,
    /// Prices that differ by 2 % or more.
    pub levels: u32,
}

/// A number with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Told {
    /// Middle.
    pub middle: f64,
    /// In which it lies with 95 %.
    pub within_95: (f64, f64),
}

/// Why nobody can tell how demand for a product answers to its price.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Doubt {
    /// Too few weeks with sales.
    FewWeeks {
        /// Weeks that there are.
        have: u32,
        /// Weeks that it takes.
        need: u32,
    },
    /// Too few units.
    FewUnits {
        /// Units that there are.
        have: u32,
        /// Units that it takes.
        need: u32,
    },
    /// The price hardly varied.
    SteadyPrice {
        /// Highest ÷ lowest price − 1.
        spread: f64,
        /// What it takes.
        need: f64,
    },
    /// Buyers of the same week paid different prices, such as for many units or with a code: what demand answered to is not
    /// known.
    MixedPrices {
        /// Share of order lines at another price than most of their week, 0–1.
        share: f64,
        /// At most so much can be told.
        most: f64,
    },
    /// The interval holds both more and fewer units at a lower price.
    EitherWay,
}

/// What the stock suggests for a price.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Hint {
    /// More stock than is sold in time: the discount that would sell it.
    Discount {
        /// Off the present price, 0–1.
        off: f64,
        /// The price then, minor units.
        price: f64,
        /// Days that stock lasts at the present price.
        cover_days: f64,
        /// Days that it would last then, middle and 95 % interval.
        then_days: Told,
        /// Margin of a unit then, minor units; `None` where costs are not known.
        margin: Option<f64>,
        /// Whether that is not enough to sell the stock in time: prices go no lower than they were tried, nor below cost.
        is_limit: bool,
    },
    /// Stock is short: a discount would only sell it out sooner.
    NoDiscount {
        /// Days that stock lasts at the present price.
        cover_days: f64,
    },
    /// Stock is as it should be.
    AsItIs {
        /// Days that stock lasts at the present price.
        cover_days: f64,
    },
    /// More stock than is sold in time, but no discount that is known to help.
    CannotTell {
        /// Days that stock lasts at the present price.
        cover_days: f64,
    },
}

/// How demand for a product answers to its price.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProductResponse {
    /// Product index.
    pub product: u32,
    /// Weeks with a price and stock.
    pub weeks: u32,
    /// Units in them.
    pub units: f64,
    /// Its prices; `None` where it was never sold.
    pub prices: Option<Prices>,
    /// Elasticity by its own weeks: by how many per cent units change when the price rises by 1 %.
    pub own: Option<Told>,
    /// The same, drawn towards what all products tell.
    pub elasticity: Option<Told>,
    /// Why it cannot be told; none where it can.
    pub doubts: Vec<Doubt>,
    /// What the stock suggests; `None` where stock is not imported.
    pub hint: Option<Hint>,
}

/// What products tell together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Together {
    /// Products whose price varied enough.
    pub products: u32,
    /// Their mean elasticity.
    pub mean: Told,
    /// How much products really differ: standard deviation.
    pub spread: f64,
}

/// How demand answers to prices.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PriceResponse {
    /// What was asked for.
    pub settings: Settings,
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Currency of amounts.
    pub currency: Currency,
    /// Version of the definitions.
    pub definitions: u32,
    /// Products that were sold in the last two years: those that can be told first, then by units.
    pub products: Vec<ProductResponse>,
    /// Products that can be told.
    pub told: u32,
    /// All products together; `None` for fewer than three.
    pub together: Option<Together>,
    /// What one must know to read it, in sentences.
    pub notes: Vec<String>,
}
