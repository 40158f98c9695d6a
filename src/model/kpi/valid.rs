//! What is wrong with a board or a measurement, told at the field where it is typed.

use super::{Baseline, BenchmarkKind, Board, Measurement, Target};
use crate::model::assumption::{AssumptionId, Kind};
use crate::model::figure::Value;
use crate::model::metric::{Metric, MetricId, Unit};
use crate::model::plan::Problem;

/// A longer name of an owner fits no list.
pub const LONGEST_NAME: usize = 80;
/// A longer source fits no line.
pub const LONGEST_SOURCE: usize = 200;
/// A target further above its baseline is a slip.
pub const LARGEST_LIFT: f64 = 100.0;
/// Amounts beyond this are no amounts; it keeps sums within range.
const LARGEST: i64 = 1_000_000_000_000_000;
const LARGEST_NUMBER: f64 = 1e12;

/// Why a value cannot be one of a metric, as a sentence.
///
/// # Errors
/// The sentence.
pub fn fits(metric: MetricId, value: Value) -> Result<(), String> {
    let named = metric.metric();
    let is_kind = match named.unit {
        Unit::Money => matches!(value, Value::Money(..)),
        Unit::Count => matches!(value, Value::Count(_)),
        Unit::Share | Unit::Growth => matches!(value, Value::Share(_)),
        _ => matches!(value, Value::Number(_)),
    };
    let large = match value {
        Value::Money(minor, _) => minor.unsigned_abs() > LARGEST.unsigned_abs(),
        other => other.number().abs() > LARGEST_NUMBER || !other.number().is_finite(),
    };
    match value {
        _ if !is_kind => Err(format!("{} is told in {}", named.name, named.unit.name())),
        _ if large => Err(format!("{} cannot be as large as that", named.name)),
        Value::Share(share) if named.unit == Unit::Share && !(0.0..=1.0).contains(&share) => {
            Err(format!("{} lies between 0% and 100%", named.name))
        }
        Value::Number(score) if metric == MetricId::Nps && !(-100.0..=100.0).contains(&score) => {
            Err(format!("{} lies between −100 and 100", named.name))
        }
        Value::Number(number) if number < 0.0 && !matches!(named.unit, Unit::Score | Unit::Number) => {
            Err(format!("{} cannot be less than 0", named.name))
        }
        _ => Ok(()),
    }
}

/// Whether an assumption of a kind can be the target of a metric: never a ratio for a share.
pub fn can_aim(metric: &Metric, kind: Kind) -> bool {
    matches!(
        (metric.unit, kind),
        (Unit::Money, Kind::Money)
            | (Unit::Share | Unit::Growth, Kind::Share)
            | (Unit::Count, Kind::Count)
            | (Unit::Ratio, Kind::Ratio)
    )
}

impl Measurement {
    /// Why it cannot be kept, as a sentence.
    ///
    /// # Errors
    /// The sentence.
    pub fn check(&self) -> Result<(), String> {
        let named = self.metric.metric();
        if named.group.is_none() || !named.source.can_be_typed() {
            return Err(format!("{} is counted from {} and cannot be typed", named.name, named.source.name()));
        }
        if self.to < self.from {
            return Err("the last day lies before the first one".into());
        }
        if self.source.chars().count() > LONGEST_SOURCE {
            return Err(format!("the source may have {LONGEST_SOURCE} letters"));
        }
        fits(self.metric, self.value)
    }
}

impl Board {
    /// What is wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut stop = |at: String, words: String| found.push(Problem { at, words, stops: true });
        for (metric, target) in &self.targets {
            let at = format!("targets.{}", metric.metric().key);
            match target {
                Target::Value(value) => {
                    if let Err(words) = fits(*metric, *value) {
                        stop(at, words);
                    }
                }
                Target::Lift(lift) if !(-1.0..=LARGEST_LIFT).contains(lift) => {
                    stop(at, format!("a target lies between −100% and +{}% of the baseline", LARGEST_LIFT * 100.0));
                }
                Target::Assumption(key) => match AssumptionId::parse(key) {
                    None => stop(at, format!("there is no assumption “{}”", key.trim())),
                    Some(id) if !can_aim(metric.metric(), id.get().unit.kind) => {
                        let words = format!("“{}” is no {}", id.get().name, metric.metric().unit.name());
                        stop(at, format!("{words}, which {} is told in", metric.metric().name));
                    }
                    Some(_) => {}
                },
                Target::Lift(_) => {}
            }
        }
        for (metric, owner) in &self.owners {
            if owner.chars().count() > LONGEST_NAME {
                stop(format!("owners.{}", metric.metric().key), format!("a name may have {LONGEST_NAME} letters"));
            }
        }
        for (metric, baseline) in &self.baselines {
            let at = format!("baselines.{}", metric.metric().key);
            match baseline {
                Baseline::Value(value) => {
                    if let Err(words) = fits(*metric, *value) {
                        stop(at, words);
                    }
                }
                Baseline::Period(from, to) if to < from => {
                    stop(at, "the last day lies before the first one".into());
                }
                Baseline::Period(..) => {}
            }
        }
        if self.baseline.is_some_and(|(from, to)| to < from) {
            stop("baseline".into(), "the last day lies before the first one".into());
        }
        for (list, name) in [(&self.pinned, "pinned"), (&self.order, "order")] {
            for (n, id) in list.iter().enumerate() {
                if list[..n].contains(id) {
                    stop(format!("{name}[{n}]"), format!("{} stands there twice", id.metric().name));
                } else if id.metric().group.is_none() {
                    stop(format!("{name}[{n}]"), format!("{} is no KPI of the catalogue", id.metric().name));
                }
            }
        }
        found.extend(self.wrong_benchmarks());
        found
    }

    fn wrong_benchmarks(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        for (n, one) in self.benchmarks.iter().enumerate() {
            let mut stop = |field: &str, words: String| {
                found.push(Problem { at: format!("benchmarks[{n}].{field}"), words, stops: true });
            };
            let Some(metric) = one.metric().filter(|id| id.metric().group.is_some()) else {
                let near: Vec<&str> = MetricId::near(&one.key).iter().map(|metric| metric.key).collect();
                stop("key", format!("no metric is called “{}”; near to it are {}", one.key, near.join(", ")));
                continue;
            };
            let fits_unit = match (one.kind, metric.metric().unit) {
                (BenchmarkKind::Lift, _) => (-1.0..=LARGEST_LIFT).contains(&one.value),
                (_, Unit::Share) => (0.0..=1.0).contains(&one.value),
                _ => one.value.is_finite() && one.value.abs() <= LARGEST_NUMBER,
            };
            if !fits_unit {
                stop("value", format!("{} is no value of {}", one.value, metric.metric().name));
            }
            if one.source.trim().is_empty() {
                stop("source", "a benchmark says who says so".into());
            }
            let same = |other: &&super::Benchmark| other.key == one.key && other.kind == one.kind;
            if self.benchmarks[..n].iter().any(|other| same(&other)) {
                stop("key", format!("{} stands there twice as a {}", one.key, one.kind.name()));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Currency, Day};

    #[test]
    fn what_cannot_be_is_told_at_its_field() {
        let mut board = Board::default();
        assert_eq!(board.problems(), []);
        board.targets.insert(MetricId::Conversion, Target::Value(Value::Share(3.5)));
        board.targets.insert(MetricId::Aov, Target::Value(Value::Share(0.1)));
        board.baselines.insert(MetricId::Revenue, Baseline::Period(Day(9), Day(3)));
        board.pinned.push(MetricId::Revenue);
        let told: Vec<String> = board.problems().iter().map(|p| format!("{}: {}", p.at, p.words)).collect();
        assert_eq!(
            told,
            [
                "targets.aov: Average order value is told in money",
                "targets.conversion: Conversion rate lies between 0% and 100%",
                "baselines.revenue: the last day lies before the first one",
                "pinned[6]: Revenue stands there twice",
            ]
        );
    }

    #[test]
    fn what_orders_say_is_not_typed() {
        let mut one = Measurement {
            metric: MetricId::Revenue,
            from: Day(1),
            to: Day(2),
            value: Value::Money(1, Currency::USD),
            n: None,
            source: String::new(),
            typed: true,
        };
        assert!(one.check().unwrap_err().contains("counted from orders"));
        (one.metric, one.value) = (MetricId::Nps, Value::Number(120.0));
        assert!(one.check().unwrap_err().contains("−100 and 100"));
        one.value = Value::Number(-12.0);
        assert_eq!(one.check(), Ok(()));
    }
}
