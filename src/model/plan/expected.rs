//! What was expected of a sale when its plan was frozen, so that what came can be held against it.

use serde::{Deserialize, Serialize};

use super::Amount;
use crate::model::Day;

/// What was expected of a sale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The day on which the plan was frozen.
    pub frozen: Day,
    /// The last day that was known then.
    pub known_until: Day,
    /// Revenue to reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Amount>,
    /// Orders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orders: Option<Likely<f64>>,
    /// Revenue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revenue: Option<Likely<Amount>>,
    /// Discounts off the goods, without shipping and gifts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discounts: Option<Likely<Amount>>,
    /// What is left after the cost of goods, before shipping given away and gifts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin: Option<Likely<Amount>>,
}

/// An expected value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Likely<T> {
    /// As likely too high as too low.
    pub middle: T,
    /// In which it lies with 95 %; `None` where that was not told.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub within_95: Option<(T, T)>,
}

fn none<T>() -> Option<T> {
    None
}
