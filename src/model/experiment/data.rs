//! What was observed in an experiment.

use serde::{Deserialize, Serialize};

use super::{LeftOut, Metric};
use crate::model::plan::Amount;

/// Where the observations of an experiment come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Data {
    /// Sums of each variant, typed or of a file.
    Totals(Totals),
    /// Customers, each with a variant, of a file; they are kept beside the experiment.
    Customers(Attached),
    /// The hold-out of this name: those held out are the control, those written to the variant.
    Holdout(String),
}

/// Sums of each variant.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Totals {
    /// The file they are of; empty = typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Each variant.
    pub variants: Vec<VariantTotals>,
    /// The same by the values of a dimension, where the file has one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
}

/// Sums of those with one value of a dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// "country".
    pub dimension: String,
    /// "DE".
    pub value: String,
    /// Each variant.
    pub variants: Vec<VariantTotals>,
}

/// Sums of a variant.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VariantTotals {
    /// Which.
    pub variant: String,
    /// Visitors who got it.
    pub visitors: u64,
    /// What is known of them.
    pub values: Vec<MetricTotal>,
}

impl VariantTotals {
    /// What is known of a measure.
    pub fn of(&self, metric: &Metric) -> Option<&MetricTotal> {
        self.values.iter().find(|value| value.metric == *metric)
    }
}

/// A measure of a variant, over all its visitors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricTotal {
    /// Which.
    pub metric: Metric,
    /// Its sum.
    pub sum: Sum,
    /// How it is spread over the visitors; not needed for shares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<Spread>,
}

/// A sum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sum {
    /// People or things.
    Count(i64),
    /// Money.
    Amount(Amount),
    /// Anything else.
    Number(f64),
}

impl Sum {
    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        match self {
            Self::Count(count) => count == 0,
            Self::Amount(amount) => amount.minor == 0,
            Self::Number(number) => number == 0.0,
        }
    }
}

/// How values are spread, in the unit of the sum: of money in major units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spread {
    /// Standard deviation of the value of a visitor.
    Deviation(f64),
    /// Sum of the squares of the values.
    Squares(f64),
}

/// A file of customers that is kept beside the experiment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attached {
    /// Its name.
    pub file: String,
    /// Customers who are kept.
    pub customers: u64,
    /// Rows that are not.
    #[serde(default)]
    pub left_out: LeftOut,
}

/// What a file about an experiment tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Results as GrowthBook exports them.
    GrowthBook,
    /// A row for each variant.
    Summary,
    /// A row for each customer.
    Customers,
}
