//! What makes somebody enter a sequence.

use serde::{Deserialize, Serialize};

use super::Percent;
use crate::model::Rule;

/// What makes somebody enter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// The first order.
    FirstOrder,
    /// The order of this number, counted from 1.
    NthOrder {
        /// Its number.
        n: u32,
    },
    /// Again and again from the order of this number on.
    Regularly {
        /// Its number, counted from 1.
        n: u32,
        /// Days from one time to the next.
        days: u32,
    },
    /// No order for so long after one.
    NoOrder {
        /// Days.
        days: u32,
    },
    /// Becoming a member, as seen at the end of each month.
    Joins {
        /// Of whom.
        audience: Rule,
    },
    /// A product was looked at; then no further look, cart or order for so long.
    BrowseAbandoned {
        /// Hours.
        hours: u32,
    },
    /// A cart was left; then no further cart and no order for so long.
    CartAbandoned {
        /// Hours.
        hours: u32,
    },
    /// A product that one looked at or left in a cart costs less, and was not bought since.
    PriceDrop {
        /// So much less than the lowest price of the 30 days before.
        percent: Percent,
        /// Days for which a look or a cart counts.
        interest_days: u32,
    },
    /// A product that one looked at or left in a cart is in stock again, and was not bought since.
    BackInStock {
        /// Days for which a look or a cart counts.
        interest_days: u32,
    },
    /// The usual time between two purchases of a product passed without the next one: the customer's own median of at
    /// least two times, else that of the product.
    Replenishment {
        /// So many times a product must have been bought again for its own median to count.
        repeats: u32,
    },
    /// The birthday.
    Birthday {
        /// So many days before.
        days_before: u32,
    },
    /// A new account.
    Signup,
}

/// A kind of trigger with its name.
#[derive(Debug, Clone, Copy)]
pub struct TriggerKind {
    /// In files.
    pub key: &'static str,
    /// In the interface.
    pub name: &'static str,
    /// A trigger of this kind to begin with.
    pub make: fn() -> Trigger,
}

impl Trigger {
    /// Every kind of trigger.
    pub const KINDS: &[TriggerKind] = &[
        TriggerKind { key: "first_order", name: "First order", make: || Self::FirstOrder },
        TriggerKind { key: "nth_order", name: "Order of a number", make: || Self::NthOrder { n: 2 } },
        TriggerKind { key: "regularly", name: "Regularly after an order", make: || Self::Regularly { n: 2, days: 61 } },
        TriggerKind { key: "no_order", name: "No order for a time", make: || Self::NoOrder { days: 120 } },
        TriggerKind { key: "joins", name: "Joins an audience", make: || Self::Joins { audience: Rule::default() } },
        TriggerKind {
            key: "browse_abandoned",
            name: "Browse abandonment",
            make: || Self::BrowseAbandoned { hours: 24 },
        },
        TriggerKind { key: "cart_abandoned", name: "Cart abandonment", make: || Self::CartAbandoned { hours: 4 } },
        TriggerKind {
            key: "price_drop",
            name: "Price drop",
            make: || Self::PriceDrop { percent: Percent::whole(10), interest_days: 60 },
        },
        TriggerKind { key: "back_in_stock", name: "Back in stock", make: || Self::BackInStock { interest_days: 60 } },
        TriggerKind { key: "replenishment", name: "Replenishment", make: || Self::Replenishment { repeats: 20 } },
        TriggerKind { key: "birthday", name: "Birthday", make: || Self::Birthday { days_before: 0 } },
        TriggerKind { key: "signup", name: "New account", make: || Self::Signup },
    ];

    /// Its place in [`Self::KINDS`].
    pub fn kind(&self) -> &'static TriggerKind {
        let n = match self {
            Self::FirstOrder => 0,
            Self::NthOrder { .. } => 1,
            Self::Regularly { .. } => 2,
            Self::NoOrder { .. } => 3,
            Self::Joins { .. } => 4,
            Self::BrowseAbandoned { .. } => 5,
            Self::CartAbandoned { .. } => 6,
            Self::PriceDrop { .. } => 7,
            Self::BackInStock { .. } => 8,
            Self::Replenishment { .. } => 9,
            Self::Birthday { .. } => 10,
            Self::Signup => 11,
        };
        &Self::KINDS[n]
    }

    /// As a sentence.
    pub fn in_words(&self) -> String {
        match self {
            Self::FirstOrder => "the first order".into(),
            Self::NthOrder { n } => format!("order number {n}"),
            Self::Regularly { n, days } => format!("every {days} days from order number {n} on"),
            Self::NoOrder { days } => format!("no order for {days} days"),
            Self::Joins { audience: Rule::InSegment(name) } => format!("becoming a member of “{name}”"),
            Self::Joins { .. } => "becoming a member of an audience".into(),
            Self::BrowseAbandoned { hours } => format!("a look at a product and nothing more for {hours} hours"),
            Self::CartAbandoned { hours } => format!("a cart without an order for {hours} hours"),
            Self::PriceDrop { percent, .. } => format!("a price that fell by {percent} or more"),
            Self::BackInStock { .. } => "a product back in stock".into(),
            Self::Replenishment { .. } => "the usual time between two purchases of a product".into(),
            Self::Birthday { days_before: 0 } => "the birthday".into(),
            Self::Birthday { days_before } => format!("{days_before} days before the birthday"),
            Self::Signup => "a new account".into(),
        }
    }
}
