//! What an experiment shows: what was observed, read by the rules of its plan.

use anyhow::Result;

use super::observed::{Observed, PartOf};
use super::{factors, programme};
use crate::analytics::experiment as engine;
use crate::analytics::experiment::factorial::FactorEffect;
use crate::analytics::experiment::sample::Arm;
use crate::analytics::experiment::series::{Point, series};
use crate::analytics::experiment::{Analysis, Course, Looks, MetricSpec, Role, Settings, Wanted, analyse};
use crate::jobs::Progress;
use crate::model::experiment::{
    Cap, Choice, Correction, Data, Decision, Found, LeftOut, Metric, Plan, Prior, Spending, StopRule, Unit,
};
use crate::model::plan::Problem;
use crate::model::{Currency, Day, Experiment};
use crate::ops::Session;

/// What an experiment shows, with everything that it rests on.
#[derive(Debug, Clone)]
pub struct Analysed {
    /// The experiment as it was read.
    pub experiment: Experiment,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// What was observed.
    pub observed: Observed,
    /// How its measures were read, in the order of the readings.
    pub specs: Vec<MetricSpec>,
    /// How it was read.
    pub settings: Settings,
    /// What is found.
    pub analysis: Analysis,
    /// The same in parts of the visitors, in the measure that decides.
    pub parts: Vec<PartRead>,
    /// The measure that decides over the days of [`Observed::series`]: for each variant but the control, a point a day.
    pub course: Vec<Vec<Option<Point>>>,
    /// Of a multivariate test, what each level changes in the measure that decides.
    pub factors: Vec<FactorEffect>,
    /// Why there is nothing to say of the factors, where there is not.
    pub no_factors: Option<String>,
    /// Rows of its file that are not kept.
    pub left_out: LeftOut,
    /// Currency of amounts.
    pub currency: Currency,
}

/// What a part of the visitors shows.
#[derive(Debug, Clone)]
pub struct PartRead {
    /// By what they are told apart.
    pub by: String,
    /// Which they are.
    pub value: String,
    /// What is found.
    pub analysis: Analysis,
}

impl Session {
    /// What an experiment shows by what is known at the end of `as_of`, the last day with an order where that is left
    /// out. The experiment need not be saved as it is given; `id` names the customers kept beside it.
    ///
    /// # Errors
    /// A sentence when it has no data, or they cannot be read; when the work was cancelled.
    pub fn analyse_experiment(
        &mut self,
        id: i64,
        experiment: &Experiment,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Analysed> {
        let observed = self.observed(id, experiment, as_of, progress)?;
        let prior = match experiment.plan.prior {
            Prior::PastTests => {
                let (saved, metric) = (self.saved_experiments()?, &experiment.plan.primary);
                Some(programme::memory(&saved, &experiment.name, Some(metric)).programme.prior)
            }
            _ => None,
        };
        Ok(analysed(experiment, observed, self.definitions()?.currency, prior))
    }
}

/// Reads what was observed by the rules of a plan. `past` is what past tests say of the next, where the plan asks.
pub fn analysed(
    experiment: &Experiment,
    observed: Observed,
    currency: Currency,
    past: Option<engine::Prior>,
) -> Analysed {
    let plan = &experiment.plan;
    let specs: Vec<MetricSpec> =
        observed.metrics.iter().map(|metric| spec(metric, plan, &observed, currency, past)).collect();
    let left_out = match &experiment.data {
        Some(Data::Customers(kept)) => kept.left_out,
        _ => LeftOut::default(),
    };
    let settings = settings(plan, &observed, left_out);
    let mut analysis = analyse(&observed.arms, &specs, &settings);
    let parts = observed.parts.iter().map(|part| part_read(part, &specs, &settings, observed.parts.len())).collect();
    let days: Vec<Vec<Arm>> = observed.series.iter().map(|(_, arms)| arms.clone()).collect();
    let course = (1..observed.arms.len()).map(|variant| series(&days, 0, variant, &settings)).collect();
    let (factors, no_factors) = match factors::effects(plan, &observed, &settings) {
        Ok(effects) => (effects, None),
        Err(why) => (Vec::new(), Some(why)),
    };
    let mut problems = experiment.problems(currency);
    if let Some((metric, why)) = observed.missing.iter().find(|(metric, _)| *metric == plan.primary) {
        let words = format!("{} decides, and is not known: {why}; choose another measure", metric.name());
        // Nothing else decides in its place.
        analysis.verdict = engine::Verdict::CannotTell;
        analysis.sentence = words.clone();
        problems.push(Problem { at: "plan.primary".into(), words, stops: true });
    }
    Analysed {
        problems,
        experiment: experiment.clone(),
        observed,
        specs,
        settings,
        analysis,
        parts,
        course,
        factors,
        no_factors,
        left_out,
        currency,
    }
}

fn part_read(part: &PartOf, specs: &[MetricSpec], settings: &Settings, tried: usize) -> PartRead {
    // A part is no test of its own: neither its size nor its days were planned.
    let settings =
        Settings { segments_tried: tried as u32, planned_users: None, course: Course::default(), ..settings.clone() };
    let analysis = analyse(&part.arms, &specs[..specs.len().min(1)], &settings);
    PartRead { by: part.by.clone(), value: part.value.clone(), analysis }
}

fn spec(
    metric: &Metric,
    plan: &Plan,
    observed: &Observed,
    currency: Currency,
    past: Option<engine::Prior>,
) -> MetricSpec {
    let decides = *metric == plan.primary;
    let role = match metric {
        metric if *metric == plan.primary => Role::Primary,
        // What was not planned costs what was nothing: gross profit beside it can only warn.
        metric if plan.guards.contains(metric) || *metric == Metric::Profit => Role::Guard,
        _ => Role::Secondary,
    };
    let prior = match plan.prior {
        Prior::Normal { mean, spread } => engine::Prior::Normal { mean, spread },
        Prior::PastTests => past.unwrap_or_default(),
        Prior::Flat => engine::Prior::Flat,
    };
    let is_capped = observed.caps.iter().any(|(capped, _)| capped == metric);
    MetricSpec {
        name: metric.name().to_owned(),
        role,
        wanted: if metric.less_is_better() { Wanted::Down } else { Wanted::Up },
        unit: match metric.unit() {
            Unit::Share => engine::Unit::Share,
            Unit::Money => engine::Unit::Money { currency: currency.to_string(), decimals: currency.exponent() as u8 },
            Unit::Number => engine::Unit::Number,
        },
        worth: plan.effect.map(f64::abs).filter(|_| decides),
        prior: if decides { prior } else { engine::Prior::Flat },
        capped_at: match plan.cap {
            Some(Cap::Quantile(quantile)) if is_capped => Some(quantile),
            _ => None,
        },
    }
}

fn settings(plan: &Plan, observed: &Observed, left_out: LeftOut) -> Settings {
    let users: u64 = observed.arms.iter().map(|arm| arm.users).sum();
    let counts = observed.counts;
    // Days on which visitors joined: orders that follow are no part of the weeks.
    let days =
        observed.days.or_else(|| plan.starts.zip(plan.ends)).map(|(first, last)| (last.0 - first.0 + 1).max(0) as u32);
    Settings {
        confidence: 1.0 - plan.alpha,
        correction: correction(plan.correction),
        looks: looks(plan, users),
        shares: Some(plan.variants.iter().map(|variant| variant.share).collect()),
        planned_users: plan.visitors,
        segments_tried: 0,
        course: Course {
            days,
            double: left_out.twice,
            late: counts.too_late,
            unknown: left_out.unknown,
            halves: observed.halves.clone(),
        },
    }
}

/// The same correction, as the statistics call it.
pub(super) fn correction(correction: Correction) -> engine::Correction {
    match correction {
        Correction::None => engine::Correction::None,
        Correction::Bonferroni => engine::Correction::Bonferroni,
        Correction::Holm => engine::Correction::Holm,
        Correction::BenjaminiHochberg => engine::Correction::BenjaminiHochberg,
    }
}

/// When a plan is read, with so many users.
pub(super) fn looks(plan: &Plan, users: u64) -> Looks {
    match plan.stop {
        StopRule::FixedDate => Looks::AtTheEnd,
        StopRule::AlwaysValid => Looks::Always,
        StopRule::GroupSequential { looks, spending } => Looks::Planned {
            spending: match spending {
                Spending::Late => engine::Spending::ObrienFleming,
                Spending::Even => engine::Spending::Pocock,
            },
            looks,
            look: look(users, plan.visitors, looks),
        },
    }
}

/// Which of the planned looks this is, by the visitors there are.
fn look(users: u64, planned: Option<u64>, looks: u32) -> u32 {
    // Without a planned number nobody knows which look it is: the strictest bound is safe.
    let share = planned.map_or(0.0, |planned| users as f64 / planned.max(1) as f64);
    ((share * f64::from(looks)).floor() as u32).clamp(1, looks.max(1))
}

impl Analysed {
    /// A decision with what the data say now, to be written down.
    pub fn decision(&self, choice: Choice, memo: &str, on: Day) -> Decision {
        let metric = self.observed.metrics.first();
        let found = |of: &engine::Comparison| {
            let effect = of.relative?;
            let finite = effect.estimate.is_finite() && effect.error.is_finite() && effect.error > 0.0;
            finite.then(|| Found {
                variant: self.analysis.arms.get(of.arm).cloned().unwrap_or_default(),
                metric: metric.cloned().unwrap_or_default(),
                lift: effect.estimate,
                error: effect.error,
            })
        };
        let readings = self.analysis.metrics.first().map(|reading| reading.comparisons.as_slice()).unwrap_or_default();
        Decision { choice, memo: memo.trim().to_owned(), on, found: readings.iter().filter_map(found).collect() }
    }
}
