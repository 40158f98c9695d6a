//! Customers of an experiment with the variant that each of them got, in columns.

use serde::{Deserialize, Serialize};

use super::{Metric, column};
use crate::model::holdout::Steps;

/// Who got what when, and what a file tells of them. Rows ascend by customer; no customer has two.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Exposures {
    /// Variants as the file names them.
    pub variants: Vec<String>,
    /// Which of them each customer got.
    #[serde(with = "column")]
    pub variant: Vec<u32>,
    /// Each customer's row in the workspace; 0 = not of the shop.
    #[serde(with = "Steps")]
    pub customer: Vec<u32>,
    /// When each joined, UTC seconds; empty = the file does not tell.
    #[serde(with = "column", skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<i64>,
    /// What the file tells that they did.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcomes>,
    /// What the file tells of them before, in numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub covariates: Vec<Covariates>,
    /// The same in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Groups>,
}

/// A measure of each customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcomes {
    /// Which.
    pub metric: Metric,
    /// 0 or 1 for a share, minor units for money, thousandths for anything else.
    #[serde(with = "column")]
    pub values: Vec<i64>,
}

/// A number that was known of each customer before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Covariates {
    /// Its column.
    pub name: String,
    /// Thousandths.
    #[serde(with = "column")]
    pub values: Vec<i64>,
}

/// A word for each customer, by which a result can be told apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Groups {
    /// Its column.
    pub name: String,
    /// The words.
    pub words: Vec<String>,
    /// Which of them is each customer's.
    #[serde(with = "column")]
    pub of: Vec<u32>,
}

/// Rows of a file that are not kept, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LeftOut {
    /// Rows of other experiments in the same file.
    #[serde(skip_serializing_if = "is_zero")]
    pub other_experiments: u64,
    /// Rows without a variant, or with one that is not of the experiment.
    #[serde(skip_serializing_if = "is_zero")]
    pub no_variant: u64,
    /// Rows with a cell that cannot be read.
    #[serde(skip_serializing_if = "is_zero")]
    pub unreadable: u64,
    /// Rows that name nobody of the shop, and tell nothing that they did.
    #[serde(skip_serializing_if = "is_zero")]
    pub unknown: u64,
    /// Further rows of the same customer with the same variant.
    #[serde(skip_serializing_if = "is_zero")]
    pub again: u64,
    /// Customers who got two variants: none of their rows is kept.
    #[serde(skip_serializing_if = "is_zero")]
    pub twice: u64,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl Exposures {
    /// How many customers there are.
    pub fn len(&self) -> usize {
        self.variant.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.variant.is_empty()
    }

    /// Whether all columns are of one length and point to what is there.
    pub fn is_whole(&self) -> bool {
        let n = self.len();
        let long = |len: usize| len == n;
        long(self.customer.len())
            && (self.at.is_empty() || long(self.at.len()))
            && self.variant.iter().all(|v| (*v as usize) < self.variants.len())
            && self.outcomes.iter().all(|outcomes| long(outcomes.values.len()))
            && self.covariates.iter().all(|covariates| long(covariates.values.len()))
            && self.groups.iter().all(|groups| {
                long(groups.of.len()) && groups.of.iter().all(|word| (*word as usize) < groups.words.len())
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_survive_storing_in_little_room() {
        let exposures = Exposures {
            variants: vec!["Control".into(), "B, or not".into()],
            variant: vec![0, 1, 1],
            customer: vec![0, 7, 70_000],
            at: vec![1_700_000_000, 0, i64::MIN],
            outcomes: vec![Outcomes { metric: Metric::Revenue, values: vec![0, -250, i64::MAX] }],
            covariates: vec![Covariates { name: "history".into(), values: vec![0, 0, 142_440] }],
            groups: vec![Groups { name: "channel".into(), words: vec!["Web".into()], of: vec![0, 0, 0] }],
        };
        assert!(exposures.is_whole());
        let text = serde_json::to_string(&exposures).unwrap();
        assert!(text.contains(r#"",,31wo,""#), "{text}");
        assert_eq!(serde_json::from_str::<Exposures>(&text).unwrap(), exposures);
        let none = Exposures::default();
        assert_eq!(serde_json::from_str::<Exposures>(&serde_json::to_string(&none).unwrap()).unwrap(), none);
        let torn = Exposures { variant: vec![0, 2, 1], ..exposures };
        assert!(!torn.is_whole());
    }
}
