//! What others reach, or what a plan says should be reached.

use serde::{Deserialize, Serialize};

use crate::model::{Day, MetricId};

/// What a benchmark says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BenchmarkKind {
    /// What others reach.
    #[default]
    Benchmark,
    /// What should be reached.
    Target,
    /// By what part of the baseline it should rise.
    Lift,
}

impl BenchmarkKind {
    /// Its word in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Benchmark => "benchmark",
            Self::Target => "target",
            Self::Lift => "lift",
        }
    }

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Benchmark => "benchmark",
            Self::Target => "target",
            Self::Lift => "target above the baseline",
        }
    }
}

/// A benchmark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benchmark {
    /// Key of its metric.
    pub key: String,
    /// What it says.
    #[serde(default)]
    pub kind: BenchmarkKind,
    /// For people.
    pub name: String,
    /// The value, in the unit of its metric: shares and lifts as parts of 1, money in the shop's currency.
    pub value: f64,
    /// What it is a value of, in words.
    pub of: String,
    /// Who says so.
    pub source: String,
    /// When that was written.
    pub dated: Day,
}

impl Benchmark {
    /// Its metric; `None` for one that this program does not know.
    pub fn metric(&self) -> Option<MetricId> {
        MetricId::parse(&self.key)
    }
}
