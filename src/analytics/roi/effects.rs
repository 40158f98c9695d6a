//! What moves when assumptions change: every output that becomes another one, and the targets that rest on them.

use serde::Serialize;

use super::{CALCULATORS, Inputs, OutputId};
use crate::model::assumption::{AssumptionId, Unit};

/// One side of a change.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// A number in the unit of what moves; money in major units.
    Number(f64),
    /// A text.
    Text(String),
    /// It cannot be told.
    Unknown,
}

/// Where something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The calculators.
    Calculators,
    /// A planned sale.
    Sales,
    /// Targets of KPIs.
    Targets,
    /// The document.
    Document,
}

impl Place {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Calculators => "ROI and value",
            Self::Sales => "Planned sales",
            Self::Targets => "KPI targets",
            Self::Document => "Document",
        }
    }
}

/// Something that moves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// What it is.
    pub what: String,
    /// Where it is shown.
    pub place: Place,
    /// What its numbers count in.
    pub unit: Unit,
    /// Before the change.
    pub before: Side,
    /// After it.
    pub after: Side,
}

/// A target that rests on an assumption: what it is of, the assumption, and what that is multiplied by.
pub type TargetOn = (String, AssumptionId, f64);

impl Side {
    fn of(value: Option<f64>) -> Self {
        value.map_or(Self::Unknown, Self::Number)
    }
}

/// Outputs and targets that move from one set of inputs to the other. Outputs stand in the order of their calculators,
/// each once.
pub fn moved(before: &Inputs, after: &Inputs, targets: &[TargetOn]) -> Vec<Moved> {
    let (old, new) = (before.numbers(), after.numbers());
    let mut seen: Vec<OutputId> = Vec::new();
    let mut found = Vec::new();
    for id in CALCULATORS.iter().flat_map(|calculator| calculator.outputs) {
        if seen.contains(id) {
            continue;
        }
        seen.push(*id);
        let output = id.get();
        found.extend(one(
            output.name,
            Place::Calculators,
            output.unit,
            (output.value(&old).ok(), output.value(&new).ok()),
        ));
    }
    for (what, id, factor) in targets {
        let value = |numbers: &super::Numbers| numbers.get(*id).ok().map(|value| value * factor);
        found.extend(one(what, Place::Targets, id.get().unit, (value(&old), value(&new))));
    }
    found
}

fn one(what: &str, place: Place, unit: Unit, (before, after): (Option<f64>, Option<f64>)) -> Option<Moved> {
    let same = match before.zip(after) {
        Some((before, after)) => (after - before).abs() <= 1e-12 * before.abs().max(after.abs()),
        None => before.is_none() && after.is_none(),
    };
    (!same).then(|| Moved { what: what.into(), place, unit, before: Side::of(before), after: Side::of(after) })
}
