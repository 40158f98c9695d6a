//! What the shop's tests come to together: the framework's programme table, and what they say of the next one.

use super::SavedExperiment;
use crate::analytics::experiment::programme::{self, Past, Programme};
use crate::model::Currency;
use crate::model::experiment::{Choice, Found, Kind, Metric, Status};
use crate::model::plan::Amount;

/// A line of the programme: tests of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgrammeRow {
    /// Which kind.
    pub kind: Kind,
    /// Tests that are going on.
    pub running: u64,
    /// Tests that were decided.
    pub decided: u64,
    /// Of them, those of which a variant was adopted.
    pub won: u64,
    /// Share of the decided tests that were won.
    pub win_rate: Option<f64>,
    /// Mean relative difference of the adopted variants, in the measure that decided.
    pub average_lift: Option<f64>,
    /// Share of the adopted variants that the shop works with now.
    pub implementation_rate: Option<f64>,
    /// What those are worth in a year; `None` = nobody said.
    pub annual_impact: Option<Amount>,
}

/// The programme table: a line for each kind, in the framework's order. Tests that were put away count.
pub fn programme(saved: &[SavedExperiment], currency: Currency) -> Vec<ProgrammeRow> {
    Kind::ALL.into_iter().map(|kind| row(kind, saved, currency)).collect()
}

fn row(kind: Kind, saved: &[SavedExperiment], currency: Currency) -> ProgrammeRow {
    let of: Vec<_> = saved.iter().map(|saved| &saved.experiment).filter(|one| one.plan.kind == kind).collect();
    let decided: Vec<_> = of.iter().filter_map(|one| one.decision.as_ref().map(|decision| (*one, decision))).collect();
    let (mut won, mut lifts, mut implemented, mut impact) = (0_u64, Vec::new(), 0_u64, None);
    for (experiment, decision) in &decided {
        let Choice::Adopt(variant) = &decision.choice else { continue };
        won += 1;
        lifts.extend(decision.found.iter().find(|found| found.variant == *variant).map(|found| found.lift));
        if !experiment.implemented {
            continue;
        }
        implemented += 1;
        if let Some(worth) = experiment.impact.as_ref().filter(|worth| worth.amount.currency == currency) {
            impact = Some(impact.unwrap_or(0_i64).saturating_add(worth.amount.minor));
        }
    }
    let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
    ProgrammeRow {
        kind,
        running: of.iter().filter(|one| one.status == Status::Running).count() as u64,
        decided: decided.len() as u64,
        won,
        win_rate: share(won, decided.len() as u64),
        average_lift: (!lifts.is_empty()).then(|| lifts.iter().sum::<f64>() / lifts.len() as f64),
        implementation_rate: share(implemented, won),
        annual_impact: impact.map(|minor| Amount { minor, currency }),
    }
}

/// What past tests teach of the next one.
#[derive(Debug, Clone, PartialEq)]
pub struct Memory {
    /// The tests, each with what its variant did: the one that was adopted, else the first.
    pub tests: Vec<(String, Found)>,
    /// What they teach together.
    pub programme: Programme,
}

/// What decided tests teach, but for the one of this name; those only that were decided by a measure, where one is given.
pub fn memory(saved: &[SavedExperiment], but: &str, metric: Option<&Metric>) -> Memory {
    let others = saved.iter().map(|saved| &saved.experiment).filter(|one| one.name != but);
    let tests: Vec<(String, Found)> = others
        .filter_map(|one| {
            let decision = one.decision.as_ref()?;
            let adopted = |found: &&Found| matches!(&decision.choice, Choice::Adopt(name) if *name == found.variant);
            let wanted = || decision.found.iter().filter(|found| metric.is_none_or(|metric| found.metric == *metric));
            Some((one.name.clone(), wanted().find(adopted).or_else(|| wanted().next())?.clone()))
        })
        .collect();
    let good = |found: &Found| if found.metric.less_is_better() { -found.lift } else { found.lift };
    let past: Vec<Past> = tests.iter().map(|(_, found)| Past { change: good(found), error: found.error }).collect();
    Memory { programme: programme::programme(&past, CONFIDENCE), tests }
}

/// The confidence at which past tests were read, each by itself.
const CONFIDENCE: f64 = 0.95;
