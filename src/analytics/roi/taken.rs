//! What the shop's data say of assumptions.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::assumption::AssumptionId;
use crate::model::{Currency, Day};

/// How an interval of 95 % was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// From how much customers differ, in sums of customers (linearised ratio, normal approximation).
    Customers,
    /// From how much months differ (Student's t).
    Months,
    /// Of a share of people (Wilson).
    Share,
    /// Of a fitted model (delta method).
    Model,
}

impl Interval {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Customers => "from how much customers differ (normal approximation)",
            Self::Months => "from how much months differ (Student’s t)",
            Self::Share => "of a share of people (Wilson)",
            Self::Model => "of the fitted model (delta method)",
        }
    }
}

/// What data say of an assumption.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Given {
    /// The value, money in major units; `None` where data cannot tell it.
    pub value: Option<f64>,
    /// Its interval of 95 %, within what the assumption can be.
    pub interval: Option<(f64, f64)>,
    /// How that was found.
    pub how: Option<Interval>,
    /// From how many of `of`.
    pub n: u64,
    /// What was counted: orders, customers, months, messages.
    pub of: &'static str,
    /// Where it comes from, as a sentence; why there is no value, where there is none.
    pub from: String,
}

/// What the shop's data say on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Taken {
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Currency of all money.
    pub currency: Currency,
    /// Version of the definitions.
    pub definitions: u32,
    /// By assumption, for all that data can give.
    pub values: BTreeMap<AssumptionId, Given>,
}
