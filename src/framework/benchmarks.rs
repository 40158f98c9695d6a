//! What others reach and what plans ask for, as `assets/benchmarks.toml` has it, each value with its source and date; and
//! the same as a file that people edit.

use std::sync::LazyLock;

use serde::Deserialize;

pub use crate::model::kpi::{Benchmark, BenchmarkKind};

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    benchmark: Vec<Benchmark>,
}

static BENCHMARKS: LazyLock<Vec<Benchmark>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the text is part of the program, and a test reads it")]
    let file: File =
        toml::from_str(include_str!("../../assets/benchmarks.toml")).expect("assets/benchmarks.toml is whole");
    file.benchmark
});

/// Every benchmark that comes with the program.
pub fn benchmarks() -> &'static [Benchmark] {
    &BENCHMARKS
}

/// What others reach, by the key of the metric.
pub fn benchmark(key: &str) -> Option<&'static Benchmark> {
    BENCHMARKS.iter().find(|benchmark| benchmark.key == key && benchmark.kind == BenchmarkKind::Benchmark)
}

/// Reads a file of benchmarks.
///
/// # Errors
/// Where and why it is none, in the words of its reader.
pub fn read(text: &str) -> Result<Vec<Benchmark>, String> {
    toml::from_str::<File>(text).map(|file| file.benchmark).map_err(|why| why.to_string())
}

/// Benchmarks as a file that people edit.
pub fn write(benchmarks: &[Benchmark]) -> String {
    const HEAD: &str = "# Benchmarks that figures are held against: what others reach or a plan asks for, who says so and when.
# `key` is that of a metric (`cartwright kpi list` names them); `kind` is benchmark, target, or lift = above the baseline.
# Shares and lifts are parts of 1 (0.035 = 3.5%), money is in the shop's currency, dates are YYYY-MM-DD.
";
    // A string of JSON is one of TOML.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let one = |of: &Benchmark| {
        format!(
            "\n[[benchmark]]\nkey = {}\nkind = {}\nname = {}\nvalue = {:?}\nof = {}\nsource = {}\ndated = \"{}\"\n",
            quoted(&of.key),
            quoted(of.kind.key()),
            quoted(&of.name),
            of.value,
            quoted(&of.of),
            quoted(&of.source),
            of.dated,
        )
    };
    format!("{HEAD}{}", benchmarks.iter().map(one).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Board, Day};

    #[test]
    fn every_benchmark_has_a_metric_a_source_and_a_place_of_its_own() {
        for one in benchmarks() {
            assert!(one.metric().is_some() && !one.source.is_empty() && one.dated > Day(0), "{}", one.key);
            let same = benchmarks().iter().filter(|other| other.key == one.key && other.kind == one.kind);
            assert_eq!(same.count(), 1);
        }
        let board = Board { benchmarks: benchmarks().to_vec(), ..Board::default() };
        assert_eq!(board.problems(), []);
    }

    #[test]
    fn the_frameworks_values_are_there() {
        let value = |key: &str, kind| benchmarks().iter().find(|one| one.key == key && one.kind == kind).unwrap().value;
        use BenchmarkKind::{Benchmark, Lift, Target};
        // Seed 004, "MVP Industry Benchmarks" and "Post-MVP Success Metrics".
        let given =
            [("conversion", 0.0235), ("cart_abandonment", 0.685), ("email_open", 0.125), ("mobile_conversion", 0.0125)];
        given.into_iter().for_each(|(key, wanted)| assert_eq!(value(key, Benchmark), wanted, "{key}"));
        let wanted =
            [("conversion", 0.035), ("cart_abandonment", 0.55), ("email_open", 0.18), ("mobile_conversion", 0.02)];
        wanted.into_iter().for_each(|(key, wanted)| assert_eq!(value(key, Target), wanted, "{key}"));
        let lifts = [("revenue", 0.2), ("ltv_to_date", 0.2), ("retention", 0.15)];
        lifts.into_iter().for_each(|(key, wanted)| assert_eq!(value(key, Lift), wanted, "{key}"));
        assert_eq!(value("revenue_growth_year", Target), 0.2);
    }

    #[test]
    fn a_file_is_written_and_read_again() {
        assert_eq!(read(&write(benchmarks())).unwrap(), benchmarks());
        assert!(read("[[benchmark]]\nkey = 3").is_err());
        assert_eq!(read("").unwrap(), []);
    }
}
