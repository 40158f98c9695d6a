//! The steps of the funnel and the stages of a life, as lists with their rules in words.

use serde::Serialize;

use super::evidence::Conversion;
use crate::model::Day;

/// A step of the funnel. Whoever takes one has taken those before it: an order without a look at its product is a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Came to the shop.
    Visited,
    /// Looked at a product.
    Considered,
    /// Began a cart or a checkout.
    Started,
    /// Ordered.
    Bought,
    /// Ordered again.
    Again,
}

/// Every step, in order.
pub const STEPS: [Step; 5] = [Step::Visited, Step::Considered, Step::Started, Step::Bought, Step::Again];

impl Step {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Visited => "Visited",
            Self::Considered => "Looked at products",
            Self::Started => "Started a cart",
            Self::Bought => "Ordered",
            Self::Again => "Ordered again",
        }
    }

    /// Stable name in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Visited => "visited",
            Self::Considered => "considered",
            Self::Started => "started",
            Self::Bought => "bought",
            Self::Again => "again",
        }
    }

    /// What counts as it, in a sentence.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Visited => "The first touch, look, cart or order in the period",
            Self::Considered => "A look at a product, a use of what helps to choose, or anything after it",
            Self::Started => "A cart or checkout, or an order",
            Self::Bought => "An order that counts as a purchase",
            Self::Again => "Another such order, on a later day",
        }
    }

    /// Its place in [`STEPS`].
    pub fn index(self) -> usize {
        self as usize
    }
}

/// What people are told apart by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// By nothing.
    #[default]
    All,
    /// By the channel they came through first in the period.
    Channel,
    /// By the device of that touch.
    Device,
    /// By their segment on the as-of day.
    Segment,
    /// By month: of those who came in a month, how far they went. Whoever came in several is in each of them.
    Period,
}

impl By {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::All, Self::Channel, Self::Device, Self::Segment, Self::Period];

    /// Stable name on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Channel => "channel",
            Self::Device => "device",
            Self::Segment => "segment",
            Self::Period => "period",
        }
    }

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "Everybody",
            Self::Channel => "Channel",
            Self::Device => "Device",
            Self::Segment => "Segment",
            Self::Period => "Month",
        }
    }
}

/// A step as a group took it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Taken {
    /// Which.
    pub step: Step,
    /// People who took it within the time; `None` where nobody can tell, as no file tells of carts. Without touches
    /// those who came are those of whom anything is known.
    pub people: Option<u64>,
    /// Of those who came, the share: with interval, and the time since they came. `None` for the first step of which
    /// anything is told.
    pub of_all: Option<Conversion>,
    /// Of those at the step before that is known: the same, timed from that step.
    pub of_before: Option<Conversion>,
}

/// People who came in the period, followed for some days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// Steps, in the order of [`STEPS`]. People whose time is not over are in none of them.
    pub steps: Vec<Taken>,
    /// People who came too late to have had all of the time.
    pub open: u64,
}

/// The funnel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Funnel {
    /// Everything up to the end of this day.
    pub as_of: Day,
    /// First and last day on which people came, both included.
    pub period: (Day, Day),
    /// Days within which a step is looked for after somebody came.
    pub within_days: u32,
    /// What the groups are told apart by.
    pub by: By,
    /// Everybody.
    pub total: Group,
    /// The groups, the largest first; months in order. Empty for [`By::All`].
    pub groups: Vec<Group>,
    /// Orders in the period that belong to nobody: their buyers are in no group but came, and bought.
    pub nameless: u64,
}

/// Where in life with the shop somebody is on a day: exactly one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Life {
    /// Came, and no more.
    Visited,
    /// Looked at products or left a cart, and has not bought.
    Considered,
    /// Bought once, not too long ago.
    Bought,
    /// Bought on several days, the last one not too long ago.
    Repeated,
    /// Bought, and not for a long time.
    Lapsed,
}

/// Every stage of life, in order.
pub const LIVES: [Life; 5] = [Life::Visited, Life::Considered, Life::Bought, Life::Repeated, Life::Lapsed];

impl Life {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Visited => "Visited",
            Self::Considered => "Considered",
            Self::Bought => "Bought",
            Self::Repeated => "Repeated",
            Self::Lapsed => "Lapsed",
        }
    }

    /// Stable name in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Visited => "visited",
            Self::Considered => "considered",
            Self::Bought => "bought",
            Self::Repeated => "repeated",
            Self::Lapsed => "lapsed",
        }
    }

    /// The rule, in a sentence.
    pub fn rule(self, lapsed_days: u32) -> String {
        match self {
            Self::Visited => {
                "Has an account or a touch, and neither looked at a product nor left a cart nor bought".into()
            }
            Self::Considered => {
                "Looked at a product, used what helps to choose or left a cart, and never bought".into()
            }
            Self::Bought => format!("Bought on one day only, within the last {lapsed_days} days"),
            Self::Repeated => format!("Bought on two days or more, the last within the last {lapsed_days} days"),
            Self::Lapsed => format!("Bought, the last time more than {lapsed_days} days ago"),
        }
    }
}

/// People by stage of life on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lives {
    /// The day, at its end.
    pub day: Day,
    /// Days after which a buyer is lapsed.
    pub lapsed_days: u32,
    /// Customers, in the order of [`LIVES`].
    pub customers: [u64; 5],
    /// Visitors and buyers without a name, in the same order.
    pub nameless: [u64; 5],
}

impl Lives {
    /// Everybody in a stage.
    pub fn people(&self, life: Life) -> u64 {
        self.customers[life as usize] + self.nameless[life as usize]
    }
}
