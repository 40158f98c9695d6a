//! How metrics are told apart: how they fold, what their values are, which way is good, where they come from.

use serde::{Deserialize, Serialize};

/// How a metric folds its rows, which fixes how its rows are listed and summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MetricKind {
    /// A sum over rows.
    Sum,
    /// One sum divided by another.
    Ratio,
    /// A count of distinct things.
    Count,
    /// What a fitted model foretells: the same orders and settings give the same value.
    Model,
    /// What somebody measured elsewhere: there are no rows.
    Measured,
}

/// What the value of a metric is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Minor units of a currency.
    Money,
    /// A share, 0–1; it changes by percentage points.
    Share,
    /// A relative change: 0.2 = 20% more. It changes by percentage points.
    Growth,
    /// So many times: 4.2×.
    Ratio,
    /// A number of things.
    Count,
    /// A plain number.
    Number,
    /// Days.
    Days,
    /// Seconds.
    Seconds,
    /// A score of a scale of its own.
    Score,
}

impl Unit {
    /// For people, after a number or in a list.
    pub fn name(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Share => "%",
            Self::Growth => "% change",
            Self::Ratio => "×",
            Self::Count => "count",
            Self::Number => "number",
            Self::Days => "days",
            Self::Seconds => "seconds",
            Self::Score => "score",
        }
    }
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither by itself.
    Neither,
}

impl Better {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher is better",
            Self::Lower => "lower is better",
            Self::Neither => "neither way is better by itself",
        }
    }

    /// Whether a rise is good, where it can be said.
    pub fn is_rise_good(self) -> Option<bool> {
        match self {
            Self::Higher => Some(true),
            Self::Lower => Some(false),
            Self::Neither => None,
        }
    }
}

/// A group of the catalogue of KPIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// How customers are won.
    Acquisition,
    /// How customers find it.
    Experience,
    /// Whether customers come back.
    Retention,
    /// What the shop earns.
    Business,
    /// What marketing brings.
    Marketing,
    /// What people do with site and messages.
    Engagement,
}

impl Group {
    /// All of them, in the order of the catalogue.
    pub const ALL: [Self; 6] =
        [Self::Acquisition, Self::Experience, Self::Retention, Self::Business, Self::Marketing, Self::Engagement];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Acquisition => "Customer acquisition",
            Self::Experience => "Customer experience",
            Self::Retention => "Customer retention",
            Self::Business => "Business impact",
            Self::Marketing => "Marketing performance",
            Self::Engagement => "Engagement",
        }
    }

    /// Stable name on the command line and in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Acquisition => "acquisition",
            Self::Experience => "experience",
            Self::Retention => "retention",
            Self::Business => "business",
            Self::Marketing => "marketing",
            Self::Engagement => "engagement",
        }
    }

    /// The group of a key or a name, in any letter case.
    pub fn parse(text: &str) -> Option<Self> {
        let is = |group: &Self| text.eq_ignore_ascii_case(group.key()) || text.eq_ignore_ascii_case(group.name());
        Self::ALL.into_iter().find(is)
    }
}

/// Where the value of a metric comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Imported orders, with their lines, refunds and customers.
    Orders,
    /// Visits, as web analytics or touchpoints count them.
    Visits,
    /// Carts and events.
    Carts,
    /// Spend on advertising.
    Spend,
    /// Results of messages, as mailing tools report them.
    Messages,
    /// A model of the analyses.
    Model,
    /// Somebody types it, or a table of metrics by period brings it.
    Measured,
}

impl Source {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Visits => "visits",
            Self::Carts => "carts and events",
            Self::Spend => "ad spend",
            Self::Messages => "results of messages",
            Self::Model => "a model",
            Self::Measured => "typed or imported",
        }
    }

    /// How it is brought in, as a sentence.
    pub fn how(self) -> &'static str {
        match self {
            Self::Orders | Self::Model => "Import orders of the period",
            Self::Visits => "Import visits from web analytics or a table of touchpoints, or type the value",
            Self::Carts => "Import abandoned checkouts or events of carts, or type the value",
            Self::Spend => "Import the spend on advertising, or type the value",
            Self::Messages => "Import the campaigns of the mailing tool, or type the value",
            Self::Measured => "Type the value, or import a table of metrics by period",
        }
    }

    /// Whether somebody may type the value: what orders say is counted.
    pub fn can_be_typed(self) -> bool {
        !matches!(self, Self::Orders | Self::Model)
    }
}
