//! A figure is a value with its metric and scope, small enough to stand behind every number on the screen.

use serde::{Deserialize, Serialize};

pub use super::metric::{METRICS, Metric, MetricId, MetricKind};
use super::{Currency, Day, Segment};

/// Which customers a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// All who were there on the as-of day.
    All,
    /// The whole shop: orders of nobody known count as well.
    Shop,
    /// Those in a segment on the as-of day.
    Segment(Segment),
    /// One, by index in the dataset.
    Customer(u32),
    /// Those that a rule picked; the number names the set.
    Picked(u64),
}

impl Filter {
    /// The filter in words.
    pub fn in_words(self) -> String {
        match self {
            Self::All => "All customers".into(),
            Self::Shop => "The whole shop".into(),
            Self::Segment(segment) => format!("Segment is {}", segment.name()),
            Self::Customer(_) => "One customer".into(),
            Self::Picked(_) => "Customers picked by a rule".into(),
        }
    }
}

/// What a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Scope {
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// First and last day that count, both included; `None` = since the beginning.
    pub period: Option<(Day, Day)>,
    /// Which customers.
    pub filter: Filter,
    /// Version of the definitions.
    pub definitions: u32,
}

/// A value with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Minor units.
    Money(i64, Currency),
    /// A number of things.
    Count(u64),
    /// A share, 0–1.
    Share(f64),
    /// A plain number.
    Number(f64),
}

/// "Cannot tell": what there is, what it would take.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TooLittle {
    /// What is there.
    pub have: u64,
    /// What is needed.
    pub need: u64,
    /// Of what: "orders", "buyers".
    pub what: &'static str,
}

/// A value that knows what it is and what it covers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figure {
    /// What is measured.
    pub metric: MetricId,
    /// Over what.
    pub scope: Scope,
    /// The value; `None` = not defined here (no orders, no buyers).
    pub value: Option<Value>,
}
