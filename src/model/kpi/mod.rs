//! The KPI dashboard as a shop arranges it: targets, owners, baselines, order and form of its cards, benchmarks of its
//! own; and what was measured outside of the data. One record of the workspace, plain data that is saved as JSON.

mod benchmark;
mod measurement;
mod period;
mod valid;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use benchmark::{Benchmark, BenchmarkKind};
pub use measurement::{MeasuredRecord, Measurement};
pub use period::{Grain, PERIODS, Period, same_dates, same_weekdays};
pub use valid::{LARGEST_LIFT, LONGEST_NAME, LONGEST_SOURCE, can_aim, fits};

use super::currency::Currency;
use super::figure::Value;
use super::metric::{Group, Metric, MetricId, kpis};
use super::time::Day;

/// What a metric should come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// This value.
    Value(Value),
    /// So much above the baseline, as a part of it: 0.2 = 20% more, −0.1 = 10% less.
    Lift(f64),
    /// What the scenario in use assumes for it, by the key of the assumption.
    Assumption(String),
}

/// What a metric is compared with, to say how far it was lifted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Baseline {
    /// What it came to from this day to that, both included.
    Period(Day, Day),
    /// This value.
    Value(Value),
}

/// How a metric is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Value and change.
    Card,
    /// The same with its course.
    #[default]
    Sparkline,
    /// Value against baseline, target and benchmark.
    Bullet,
    /// Its course with what happened meanwhile.
    Series,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Card, Self::Sparkline, Self::Bullet, Self::Series];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Card => "Card",
            Self::Sparkline => "Card with sparkline",
            Self::Bullet => "Bullet",
            Self::Series => "Time series",
        }
    }
}

/// How a shop arranges its dashboard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Board {
    /// What metrics should come to.
    pub targets: BTreeMap<MetricId, Target>,
    /// Who looks after a metric.
    pub owners: BTreeMap<MetricId, String>,
    /// What metrics are compared with; those that are not named here, with the period below.
    pub baselines: BTreeMap<MetricId, Baseline>,
    /// First and last day of the baseline of all others; `None` = the same weekdays a year before.
    pub baseline: Option<(Day, Day)>,
    /// Metrics on top, in their order.
    pub pinned: Vec<MetricId>,
    /// The order of all others; those that are not named follow in the order of the catalogue.
    pub order: Vec<MetricId>,
    /// How metrics are drawn, where it is not the usual way.
    pub forms: BTreeMap<MetricId, Form>,
    /// Groups on view; none = all.
    pub groups: Vec<Group>,
    /// Whether metrics that nobody can tell are left out.
    pub told_only: bool,
    /// Benchmarks of the shop's own; one of the same key and kind as one of the program takes its place.
    pub benchmarks: Vec<Benchmark>,
}

impl Default for Board {
    fn default() -> Self {
        use MetricId::{Aov, Cac, Conversion, Orders, RepeatWithin90, Revenue};
        Self {
            targets: BTreeMap::new(),
            owners: BTreeMap::new(),
            baselines: BTreeMap::new(),
            baseline: None,
            pinned: vec![Revenue, Orders, Aov, Conversion, RepeatWithin90, Cac],
            order: Vec::new(),
            forms: BTreeMap::new(),
            groups: Vec::new(),
            told_only: false,
            benchmarks: Vec::new(),
        }
    }
}

impl Board {
    /// Every metric of the catalogue: pinned ones first, then by the order, then by the catalogue.
    pub fn arranged(&self) -> Vec<MetricId> {
        let mut all: Vec<MetricId> = Vec::new();
        let named = self.pinned.iter().chain(&self.order).copied();
        for id in named.chain(kpis().map(|metric| metric.id)) {
            if id.metric().group.is_some() && !all.contains(&id) {
                all.push(id);
            }
        }
        all
    }

    /// Whether a metric is on view by its group.
    pub fn shows(&self, metric: &Metric) -> bool {
        metric.group.is_some_and(|group| self.groups.is_empty() || self.groups.contains(&group))
    }

    /// How a metric is drawn.
    pub fn form(&self, id: MetricId) -> Form {
        self.forms.get(&id).copied().unwrap_or_default()
    }

    /// Currencies of typed targets and baselines.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> {
        let targets = self.targets.values().filter_map(|target| match target {
            Target::Value(value) => Some(*value),
            Target::Lift(_) | Target::Assumption(_) => None,
        });
        let baselines = self.baselines.values().filter_map(|baseline| match baseline {
            Baseline::Value(value) => Some(*value),
            Baseline::Period(..) => None,
        });
        targets.chain(baselines).filter_map(|value| match value {
            Value::Money(_, currency) => Some(currency),
            _ => None,
        })
    }

    /// Benchmarks with the shop's own in the place of those of the same key and kind, then the others of its own.
    pub fn benchmarks(&self, given: &[Benchmark]) -> Vec<Benchmark> {
        let same = |a: &Benchmark, b: &Benchmark| a.key == b.key && a.kind == b.kind;
        let own = |one: &Benchmark| self.benchmarks.iter().find(|mine| same(mine, one)).unwrap_or(one).clone();
        let new = self.benchmarks.iter().filter(|mine| !given.iter().any(|one| same(mine, one)));
        given.iter().map(own).chain(new.cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_survives_its_file_and_every_metric_has_a_place() {
        let mut board = Board::default();
        board.targets.insert(MetricId::Revenue, Target::Lift(0.2));
        board.baselines.insert(MetricId::Conversion, Baseline::Value(Value::Share(0.02)));
        board.order = vec![MetricId::Nps, MetricId::Revenue];
        let text = serde_json::to_string(&board).unwrap();
        assert_eq!(serde_json::from_str::<Board>(&text).unwrap(), board);
        let arranged = board.arranged();
        assert_eq!(arranged[..2], [MetricId::Revenue, MetricId::Orders]);
        assert_eq!(arranged[6], MetricId::Nps);
        assert_eq!(arranged.len(), kpis().count());
    }

    #[test]
    fn benchmarks_of_the_shop_take_the_place_of_others() {
        let one = |key: &str, value| Benchmark {
            key: key.into(),
            kind: BenchmarkKind::Benchmark,
            name: key.into(),
            value,
            of: "x".into(),
            source: "y".into(),
            dated: Day(1),
        };
        let board = Board { benchmarks: vec![one("b", 0.5), one("c", 0.1)], ..Board::default() };
        let all = board.benchmarks(&[one("a", 0.1), one("b", 0.2)]);
        assert_eq!(all, [one("a", 0.1), one("b", 0.5), one("c", 0.1)]);
    }
}
