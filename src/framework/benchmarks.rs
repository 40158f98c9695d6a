//! What others reach, as `assets/benchmarks.toml` has it, each value with its source and date.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::model::Day;

/// A benchmark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benchmark {
    /// Stable name.
    pub key: String,
    /// For people.
    pub name: String,
    /// The share that others reach, 0–1.
    pub value: f64,
    /// Of what it is a share.
    pub of: String,
    /// Who says so.
    pub source: String,
    /// When that was written.
    pub dated: Day,
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    benchmark: Vec<Benchmark>,
}

static BENCHMARKS: LazyLock<Vec<Benchmark>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the text is part of the program, and a test reads it")]
    let file: File =
        toml::from_str(include_str!("../../assets/benchmarks.toml")).expect("assets/benchmarks.toml is whole");
    file.benchmark
});

/// Every benchmark.
pub fn benchmarks() -> &'static [Benchmark] {
    &BENCHMARKS
}

/// The benchmark with a key.
pub fn benchmark(key: &str) -> Option<&'static Benchmark> {
    BENCHMARKS.iter().find(|benchmark| benchmark.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_benchmark_is_a_share_with_a_source_and_a_key_of_its_own() {
        for one in benchmarks() {
            assert!((0.0..=1.0).contains(&one.value) && !one.source.is_empty() && one.dated > Day(0), "{}", one.key);
            assert_eq!(benchmarks().iter().filter(|other| other.key == one.key).count(), 1);
        }
        assert_eq!(benchmark("cart_abandonment").map(|one| one.value), Some(0.685));
    }
}
