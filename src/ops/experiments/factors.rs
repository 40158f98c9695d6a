//! What each level of a multivariate test changes.

use super::observed::Observed;
use crate::analytics::experiment::Settings;
use crate::analytics::experiment::estimate::Estimate;
use crate::analytics::experiment::factorial::{self, Cell, Factor, FactorEffect};
use crate::model::experiment::{Kind, Plan};

/// The effects of all levels in the measure that decides; none where the test is not multivariate.
///
/// # Errors
/// Why nothing can be said of them, as a sentence.
pub fn effects(plan: &Plan, observed: &Observed, settings: &Settings) -> Result<Vec<FactorEffect>, String> {
    if plan.kind != Kind::Multivariate {
        return Ok(Vec::new());
    }
    let at = observed.metrics.iter().position(|metric| *metric == plan.primary);
    let at = at.ok_or_else(|| format!("{} is not known", plan.primary.name()))?;
    let factors = factors(plan);
    let mut cells = Vec::with_capacity(plan.variants.len());
    for (variant, arm) in plan.variants.iter().zip(&observed.arms) {
        let level = |factor: &Factor| {
            let own = variant.factors.get(&factor.name)?;
            factor.levels.iter().position(|level| level == own)
        };
        let levels = factors.iter().map(level).collect::<Option<Vec<usize>>>();
        let levels = levels.ok_or_else(|| format!("{} does not say its level of every factor", variant.name))?;
        let estimate = arm.measures.get(at).and_then(|measured| Estimate::of(&measured.measure, arm.users));
        cells.push(Cell { levels, estimate: estimate.ok_or_else(|| format!("{} has no data", variant.name))? });
    }
    factorial::effects(&factors, &cells, settings.confidence, settings.correction).map_err(|problems| {
        problems.into_iter().next().map_or_else(|| "the variants cannot be told apart".into(), |problem| problem.words)
    })
}

/// Factors with their levels, that of the control first.
fn factors(plan: &Plan) -> Vec<Factor> {
    let mut factors: Vec<Factor> = Vec::new();
    for (name, level) in plan.variants.iter().flat_map(|variant| &variant.factors) {
        let at = factors.iter().position(|factor| factor.name == *name).unwrap_or_else(|| {
            factors.push(Factor { name: name.clone(), levels: Vec::new() });
            factors.len() - 1
        });
        if !factors[at].levels.contains(level) {
            factors[at].levels.push(level.clone());
        }
    }
    factors
}
