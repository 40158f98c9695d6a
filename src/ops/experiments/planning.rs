//! How many must take part in an experiment and for how long, by what the shop's own customers or sessions do.

use anyhow::{Result, anyhow};

use super::analyse::looks;
use super::baseline::{Baseline, Takers};
use crate::analytics::experiment::Problem;
use crate::analytics::experiment::estimate::Estimate;
use crate::analytics::experiment::plan::{self as sizes, Base, Size, WhatIf, weeks, what_if};
use crate::analytics::experiment::sample::{Measure, Measured};
use crate::jobs::Progress;
use crate::model::Day;
use crate::model::experiment::{Covariate, Metric, Plan};
use crate::ops::Session;

/// Points of the curve of power.
const POINTS: usize = 60;
/// Weeks after which what can be seen is told, where users come week by week.
const WEEKS: [u32; 4] = [1, 2, 4, 8];
/// Days in which orders count where a plan does not say.
const WINDOW: u32 = 28;

/// What is known beforehand of the measure that decides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// What it is like now.
    pub base: Base,
    /// Its correlation with what is known of everybody before; 0 = nothing is.
    pub correlation: f64,
    /// How many come in a week.
    pub per_week: Option<f64>,
    /// How many there are in all, where that is known.
    pub available: Option<u64>,
}

/// What a plan needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Needed {
    /// What it rests on.
    pub known: Known,
    /// What cannot be planned, at its field.
    pub problems: Vec<Problem>,
    /// Users of each variant, the control first.
    pub size: Option<Size>,
    /// Whole weeks until they are there.
    pub weeks: Option<u32>,
    /// Whether there are not so many.
    pub too_few: bool,
    /// The smallest relative change that so many users show: after some weeks, or of all there are.
    pub detectable: Vec<(Seen, f64)>,
    /// Power over numbers of users.
    pub curve: Vec<(f64, f64)>,
    /// What changes the size.
    pub what_if: Vec<WhatIf>,
}

/// Of whom a change is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Of those who come in so many weeks.
    Weeks(u32),
    /// Of everybody.
    All(u64),
}

impl Session {
    /// What a plan needs by what the shop's customers or sessions did up to `as_of`, with what that rests on.
    ///
    /// # Errors
    /// A sentence when nothing is known of the measure that decides; when the work was cancelled.
    pub fn plan_experiment(
        &mut self,
        plan: &Plan,
        takers: Takers,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<(Needed, Baseline)> {
        let before = match plan.covariate {
            Some(Covariate::RevenueBefore(days)) => Some(days),
            _ => None,
        };
        let window = plan.window_days.unwrap_or(WINDOW);
        let baseline = self.experiment_baseline(takers, window, before, as_of, progress)?;
        let known = known(&baseline, &plan.primary)
            .ok_or_else(|| anyhow!("what the shop knows does not tell {} of {}", plan.primary.name(), takers.name()))?;
        Ok((needed(plan, known), baseline))
    }
}

/// What a baseline tells of a measure.
pub fn known(baseline: &Baseline, metric: &Metric) -> Option<Known> {
    let measured = baseline.of(metric)?;
    let estimate = Estimate::of(&measured.measure, baseline.users)?;
    let base = match measured.measure {
        Measure::Proportion { .. } => Base::Share { rate: estimate.value },
        _ => Base::Value { mean: estimate.value, deviation: estimate.variance.sqrt() },
    };
    Some(Known {
        base,
        correlation: correlation(measured, estimate),
        per_week: baseline.per_week,
        available: (baseline.takers == Takers::Customers).then_some(baseline.users),
    })
}

/// Correlation of a measure with what was known before; of a ratio, of its linear form.
fn correlation(measured: &Measured, estimate: Estimate) -> f64 {
    let Some(before) = measured.covariate else { return 0.0 };
    let covariance = match measured.measure {
        Measure::Ratio { denominator, .. } => {
            (before.covariance - estimate.value * before.with_denominator) / denominator.mean
        }
        _ => before.covariance,
    };
    let found = covariance / (estimate.variance * before.values.variance).sqrt();
    if found.is_finite() { found.clamp(-0.999, 0.999) } else { 0.0 }
}

/// What a plan needs. Its smallest effect must be stated, else 5% is taken.
pub fn needed(plan: &Plan, known: Known) -> Needed {
    let sized = sizes::Plan {
        base: known.base,
        change: plan.effect.unwrap_or(0.05),
        confidence: 1.0 - plan.alpha,
        power: plan.power,
        shares: plan.variants.iter().map(|variant| variant.share).collect(),
        correction: super::analyse::correction(plan.correction),
        metrics: 1,
        looks: looks(plan, 0),
        correlation: known.correlation,
    };
    let size = sized.size();
    let users = size.as_ref().map(|size| size.users);
    let seen = |users: f64| sized.detectable(users);
    let mut detectable: Vec<(Seen, f64)> = Vec::new();
    if let Some(per_week) = known.per_week {
        let after = |n: u32| Some((Seen::Weeks(n), seen(per_week * f64::from(n))?));
        detectable.extend(WEEKS.into_iter().filter_map(after));
    }
    if let Some(all) = known.available {
        detectable.extend(seen(all as f64).map(|change| (Seen::All(all), change)));
    }
    Needed {
        problems: sized.problems(),
        weeks: users.zip(known.per_week).and_then(|(users, per_week)| weeks(users, per_week)),
        too_few: users.zip(known.available).is_some_and(|(users, available)| users > available),
        detectable,
        curve: sized.curve(POINTS),
        what_if: what_if(&sized),
        size,
        known,
    }
}
