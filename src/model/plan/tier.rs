//! One offer of a sale: what is given, to whom, from what on, up to how much.

use serde::{Deserialize, Serialize};

use super::{Amount, Percent};
use crate::model::Rule;

/// One offer of a sale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// What it is called, in the plan and nowhere else twice.
    pub name: String,
    /// What is given.
    pub benefit: Benefit,
    /// What a basket must be like.
    #[serde(default, skip_serializing_if = "When::is_anything")]
    pub when: When,
    /// How it goes together with the others.
    #[serde(default)]
    pub stacking: Stacking,
    /// Where offers compete, the smaller number goes first; among equals the one that gives the buyer more.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub priority: i32,
    /// Up to how much.
    #[serde(default, skip_serializing_if = "Caps::are_none")]
    pub caps: Caps,
}

/// What is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Benefit {
    /// Percent off the goods that the offer covers, as a whole, rounded half up to the minor unit once.
    PercentOff(Percent),
    /// An amount off the goods that the offer covers, at most what they cost.
    AmountOff(Amount),
    /// A gift, and what it costs the shop.
    Gift(Gift),
    /// Of every `buy + get` whole units the `get` cheapest for less.
    BuyGet(BuyGet),
    /// The shop pays the shipping.
    FreeShipping,
}

/// A gift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gift {
    /// What it is.
    pub name: String,
    /// What one costs the shop.
    pub cost: Amount,
}

/// Buy some, get some for less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuyGet {
    /// Units at their price.
    pub buy: u32,
    /// Units for less.
    pub get: u32,
    /// How much less; 100 = for nothing.
    pub percent: Percent,
}

/// What a basket must be like. Value and units are those of the goods that the offer covers: all goods in the sale, or
/// those of the products and categories that are named. Goods count at their price before any discount, without
/// shipping.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// Goods worth this much or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Amount>,
    /// So many units or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<u32>,
    /// Only these products, by SKU.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// Only products of these categories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Only these customers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<Rule>,
}

/// How an offer goes together with the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stacking {
    /// Of the offers of this kind only the best one applies.
    #[default]
    BestOnly,
    /// Applies beside others.
    WithOthers,
    /// Applies alone or not at all.
    Exclusive,
}

/// Up to how much.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Caps {
    /// Given on one order at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_order: Option<Amount>,
    /// Given in all; the order that reaches it gets the rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<Amount>,
    /// Units sold for less in all. Of gifts, amounts and free shipping: orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<u32>,
}

impl Caps {
    /// In words, such as `up to $20.00 an order`; nothing when there is none.
    pub fn in_words(&self) -> String {
        let order = self.per_order.map(|most| format!("up to {} an order", most.display()));
        let budget = self.budget.map(|most| format!("up to {} in all", most.display()));
        let units = self.units.map(|most| format!("up to {most} units"));
        order.into_iter().chain(budget).chain(units).collect::<Vec<_>>().join(", ")
    }
}

impl Stacking {
    /// In words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::BestOnly => "only the best of these applies",
            Self::WithOthers => "applies beside others",
            Self::Exclusive => "applies alone or not at all",
        }
    }
}

impl When {
    /// Whether every basket will do.
    pub fn is_anything(&self) -> bool {
        *self == Self::default()
    }
}

impl Caps {
    /// Whether there are none.
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }
}

impl Benefit {
    /// In words: `15% off`, `buy 2, get 1 at 50% off`.
    pub fn in_words(&self) -> String {
        match self {
            Self::PercentOff(percent) => format!("{percent} off"),
            Self::AmountOff(amount) => format!("{} off", amount.display()),
            Self::Gift(gift) => format!("gift: {}", gift.name),
            Self::BuyGet(BuyGet { buy, get, percent }) if *percent == Percent::whole(100) => {
                format!("buy {buy}, get {get} free")
            }
            Self::BuyGet(BuyGet { buy, get, percent }) => format!("buy {buy}, get {get} at {percent} off"),
            Self::FreeShipping => "free shipping".into(),
        }
    }
}

impl Tier {
    /// The offer in words: `15% off from $50`.
    pub fn in_words(&self) -> String {
        let mut words = self.benefit.in_words();
        if let Some(from) = self.when.from {
            words += &format!(" from {}", from.display());
        }
        if let Some(units) = self.when.units {
            words += &format!(" from {units} units");
        }
        let named: Vec<&str> = self.when.products.iter().chain(&self.when.categories).map(String::as_str).collect();
        if !named.is_empty() {
            words += &format!(" on {}", named.join(", "));
        }
        words
    }

    /// Every amount it states, with the field it stands in.
    pub fn amounts(&self) -> Vec<(&'static str, Amount)> {
        let of_benefit = match &self.benefit {
            Benefit::AmountOff(amount) => Some(("benefit", *amount)),
            Benefit::Gift(gift) => Some(("benefit.cost", gift.cost)),
            _ => None,
        };
        let of = |field, amount: Option<Amount>| amount.map(|amount| (field, amount));
        let all = [
            of_benefit,
            of("when.from", self.when.from),
            of("caps.per_order", self.caps.per_order),
            of("caps.budget", self.caps.budget),
        ];
        all.into_iter().flatten().collect()
    }
}

fn is_zero(n: &i32) -> bool {
    *n == 0
}
