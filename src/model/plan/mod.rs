//! The plan of a sale: a window, offers, who and what they are for, and what is assumed. Plain data that is saved as
//! JSON; `analytics::sale` replays it over past baskets.

mod amount;
mod expected;
mod tier;
mod valid;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::Rule;

pub use amount::{Amount, Percent};
pub use expected::{Expected, Likely};
pub use tier::{Benefit, BuyGet, Caps, Gift, Stacking, Tier, When};
pub use valid::{Known, Problem};

/// A replay stays readable, and a basket's answers fit a word.
pub const MOST_TIERS: usize = 20;

/// A sale as it is planned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SalePlan {
    /// The form of this plan in files.
    #[serde(default)]
    pub version: Version,
    /// What it is called; no other plan is called so.
    pub name: String,
    /// When it begins, by the clocks of the shop's zone.
    pub starts: NaiveDateTime,
    /// When it is over: the first moment that is not in it.
    pub ends: NaiveDateTime,
    /// The offers, in the user's order, which decides nothing.
    pub tiers: Vec<Tier>,
    /// Over all offers: discounts on one order, and everything given in all.
    #[serde(default, skip_serializing_if = "Caps::are_none")]
    pub caps: Caps,
    /// What is not in the sale: neither cheaper nor counted towards a threshold.
    #[serde(default, skip_serializing_if = "Excluded::is_nothing")]
    pub excluded: Excluded,
    /// Who may buy earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub early_access: Option<EarlyAccess>,
    /// Products of which only so many units are in the sale.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub featured: Vec<Featured>,
    /// The code that buyers type; `None` = it applies by itself. A replay takes it that everybody types it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What no data tell.
    #[serde(default)]
    pub assumptions: Assumptions,
}

/// The form of a plan in files: 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Version;

impl Version {
    const NUMBER: u32 = 1;
}

impl Serialize for Version {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(Self::NUMBER)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            Self::NUMBER => Ok(Self),
            other => {
                let reason = format!("the plan has form {other}, this program reads form 1; use a newer program");
                Err(serde::de::Error::custom(reason))
            }
        }
    }
}

/// What is not in a sale.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Excluded {
    /// Products, by SKU.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// Categories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Lines that were marked down already.
    pub discounted_lines: bool,
}

impl Excluded {
    /// Whether everything is in.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Who may buy before a sale begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlyAccess {
    /// These customers.
    pub audience: Rule,
    /// From this moment on, by the clocks of the shop's zone.
    pub starts: NaiveDateTime,
}

/// A product of which only some units are in a sale. They go in the order of the orders, to whoever buys; what is bought
/// beyond them is not in the sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Featured {
    /// Its SKU.
    pub product: String,
    /// Units.
    pub units: u32,
}

/// What no data tell. Every value has a default that is stated where it is used.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Assumptions {
    /// Share of the price left after the cost of goods, where no unit cost is known; the shop's own when `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<Percent>,
    /// What shipping an order costs; what each basket really paid when `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping: Option<Amount>,
    /// A basket is near a threshold when it misses at most this share of it.
    pub near: Percent,
    /// Share of the near baskets that buy what is missing.
    pub top_up: Percent,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self { margin: None, shipping: None, near: Percent::whole(20), top_up: Percent::whole(30) }
    }
}
