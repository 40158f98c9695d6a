//! From what was seen to what is said: every metric, every variant, in one call.

use super::always::Sequence;
use super::belief;
use super::checks::{Test, checks};
use super::contrast::Contrast;
use super::correct;
use super::cuped::{AdjustedContrast, adjusted};
use super::estimate;
use super::problems::problems;
use super::reading::{
    Adjusted, Analysis, ArmFigure, Belief, Check, Comparison, Effect, Interval, MetricReading, Verdict,
};
use super::rule::{Rule, tuned_for};
use super::sample::{Arm, Measure, Measured};
use super::settings::{Correction, MetricSpec, Prior, Role, Settings, Wanted};
use super::{said, verdict};
use crate::analytics::math::beta_law::{BetaLaw, best};

/// What a test shows. Where the numbers cannot be, only that is told.
pub fn analyse(arms: &[Arm], metrics: &[MetricSpec], settings: &Settings) -> Analysis {
    let names = arms.iter().map(|arm| arm.name.clone()).collect();
    let problems = problems(arms, metrics, settings);
    if let Some(first) = problems.first() {
        let sentence = format!("Nothing can be said: {}", said::lowered(&first.words));
        return Analysis {
            arms: names,
            metrics: Vec::new(),
            checks: Vec::new(),
            problems,
            comparisons: 0,
            verdict: Verdict::Invalid,
            sentence,
        };
    }
    let checks = checks(&Test { arms, metrics, settings });
    let mut drafts: Vec<Draft> = Vec::new();
    for metric in 0..metrics.len() {
        drafts.extend((1..arms.len()).map(|arm| Draft::of(arms, metric, arm, settings)));
    }
    let comparisons = correct_all(&mut drafts, metrics, settings);
    let readings: Vec<MetricReading> = metrics
        .iter()
        .enumerate()
        .map(|(metric, spec)| {
            let of_metric = drafts.iter().filter(|draft| draft.metric == metric);
            reading(arms, spec, metric, of_metric.collect(), settings, &checks)
        })
        .collect();
    let (verdict, sentence) = verdict::of_test(metrics, &readings, &checks);
    Analysis { arms: names, metrics: readings, checks, problems, comparisons, verdict, sentence }
}

/// A comparison before the correction for all of them.
struct Draft {
    metric: usize,
    arm: usize,
    plain: Option<Contrast>,
    adjusted: Option<AdjustedContrast>,
    /// Under the rule of the looks, of what the verdict rests on.
    p: f64,
    p_corrected: f64,
    /// Error that its corrected interval may have.
    error: f64,
}

impl Draft {
    fn of(arms: &[Arm], metric: usize, arm: usize, settings: &Settings) -> Self {
        let (control, variant) = (pair(&arms[0], metric), pair(&arms[arm], metric));
        let plain = Contrast::of((&control.0.measure, control.1), (&variant.0.measure, variant.1));
        // All arms or none, so that variants are read alike.
        let all = arms.iter().all(|arm| arm.measures[metric].covariate.is_some());
        let adjusted = if all { adjusted(control, variant) } else { None };
        let rested = adjusted.map(|found| found.contrast).or(plain);
        let error = 1.0 - settings.confidence;
        let p = rested.map_or(1.0, |contrast| Rule::p(settings, &contrast));
        Self { metric, arm, plain, adjusted, p, p_corrected: p, error }
    }

    /// What the verdict rests on.
    fn rested(&self) -> Option<Contrast> {
        self.adjusted.map(|found| found.contrast).or(self.plain)
    }
}

fn pair(arm: &Arm, metric: usize) -> (&Measured, u64) {
    (&arm.measures[metric], arm.users)
}

/// Corrects primary and secondary metrics together; guards stay as they are, since they should rather warn too often.
/// How many comparisons there are.
fn correct_all(drafts: &mut [Draft], metrics: &[MetricSpec], settings: &Settings) -> usize {
    let family: Vec<usize> = (0..drafts.len()).filter(|i| metrics[drafts[*i].metric].role != Role::Guard).collect();
    let p: Vec<f64> = family.iter().map(|i| drafts[*i].p).collect();
    let corrected = correct::adjusted(settings.correction, &p);
    let error = correct::interval_error(settings.correction, 1.0 - settings.confidence, &corrected);
    for (i, p) in family.iter().zip(&corrected) {
        drafts[*i].p_corrected = *p;
        drafts[*i].error = error;
    }
    family.len()
}

fn reading(
    arms: &[Arm],
    spec: &MetricSpec,
    metric: usize,
    drafts: Vec<&Draft>,
    settings: &Settings,
    checks: &[Check],
) -> MetricReading {
    let laws = laws(arms, spec, metric);
    let mut beliefs: Vec<Option<Belief>> =
        drafts.iter().map(|draft| belief_of(draft, laws.as_deref(), spec, settings)).collect();
    correct_beliefs(&mut beliefs, spec, settings);
    let rules =
        drafts.first().map(|draft| [1.0 - settings.confidence, draft.error].map(|error| Rule::new(settings, error)));
    let comparisons = drafts.iter().zip(beliefs).filter_map(|(draft, belief)| {
        let mut found = comparison(draft, rules.as_ref()?, belief, settings);
        found.verdict = verdict::of(&found, draft.p_corrected, spec, arms, settings, checks);
        found.sentence = said::comparison(&found, spec, &arms[0].name, &arms[draft.arm].name, settings);
        Some(found)
    });
    let comparisons: Vec<Comparison> = comparisons.collect();
    let (best, loss) = ranks(laws, arms, metric, &comparisons, spec);
    let error = 1.0 - settings.confidence;
    let arms = arms.iter().enumerate().map(|(i, arm)| figure(arm, i, metric, &drafts, error)).collect();
    MetricReading { name: spec.name.clone(), role: spec.role, arms, comparisons, best, loss }
}

fn figure(arm: &Arm, i: usize, metric: usize, drafts: &[&Draft], error: f64) -> ArmFigure {
    let measure = &arm.measures[metric].measure;
    // Brought to where the covariate of the control is, which leaves the control as it was.
    let adjusted = drafts.iter().find(|draft| draft.arm == i).and_then(|draft| {
        let contrast = draft.adjusted?.contrast;
        Some(contrast.levels[0] + contrast.difference())
    });
    ArmFigure {
        users: arm.users,
        value: estimate::Estimate::of(measure, arm.users).map(|found| found.value),
        interval: estimate::interval(measure, arm.users, error),
        adjusted,
    }
}

/// The laws of shares that are read exactly: where no prior is of the change and nothing is adjusted.
fn laws(arms: &[Arm], spec: &MetricSpec, metric: usize) -> Option<Vec<BetaLaw>> {
    if !matches!(spec.prior, Prior::Flat | Prior::Beta { .. }) {
        return None;
    }
    let law = |arm: &Arm| match arm.measures[metric] {
        Measured { measure: Measure::Proportion { successes }, covariate: None } => {
            Some(belief::share(spec.prior, successes, arm.users))
        }
        _ => None,
    };
    arms.iter().map(law).collect()
}

fn belief_of(draft: &Draft, laws: Option<&[BetaLaw]>, spec: &MetricSpec, settings: &Settings) -> Option<Belief> {
    let found = match laws {
        Some(laws) => belief::shares(&laws[0], &laws[draft.arm], spec.prior, settings.confidence),
        None => belief::normal(&draft.rested()?, spec.prior, settings.confidence),
    }?;
    Some(if spec.wanted == Wanted::Down { found.where_less_is_better() } else { found })
}

/// Over the variants of one metric; a guard stays as it is.
fn correct_beliefs(beliefs: &mut [Option<Belief>], spec: &MetricSpec, settings: &Settings) {
    let correction = if spec.role == Role::Guard { Correction::None } else { settings.correction };
    let chances: Vec<f64> = beliefs.iter().flatten().map(|belief| belief.chance_to_win).collect();
    let corrected = correct::chances(correction, &chances);
    for (belief, chance) in beliefs.iter_mut().flatten().zip(corrected) {
        belief.chance_corrected = chance;
    }
}

/// By the rule for one comparison and by that for all of them.
fn comparison(draft: &Draft, [one, all]: &[Rule; 2], belief: Option<Belief>, settings: &Settings) -> Comparison {
    let error = 1.0 - settings.confidence;
    let sequence = Sequence::new(error, tuned_for(settings));
    let effects = |contrast: &Contrast| {
        let is_apart = one.interval(contrast).is_some_and(|range| !range.holds(0.0));
        let is_found = settings.correction == Correction::Holm && draft.p_corrected <= error && is_apart;
        let ended = |range: Interval, estimate: f64| if is_found { range.on_side_of(estimate) } else { range };
        let absolute = Effect {
            estimate: contrast.difference(),
            error: contrast.error(),
            interval: contrast.interval(error),
            corrected: all.interval(contrast).map(|range| ended(range, contrast.difference())),
        };
        let relative = contrast.relative().map(|(estimate, of)| Effect {
            estimate,
            error: of,
            interval: contrast.relative_interval(error),
            corrected: all.relative(contrast).map(|range| ended(range, estimate)),
        });
        (absolute, relative)
    };
    let plain = draft.plain.as_ref().map(effects);
    let adjusted = draft.adjusted.as_ref().map(|found| {
        let (absolute, relative) = effects(&found.contrast);
        Adjusted {
            absolute,
            relative,
            p: found.contrast.p(),
            always: sequence.read(&found.contrast),
            slope: found.slope,
            variance_ratio: found.variance_ratio,
        }
    });
    Comparison {
        arm: draft.arm,
        absolute: plain.map(|(absolute, _)| absolute),
        relative: plain.and_then(|(_, relative)| relative),
        p: draft.plain.and_then(|contrast| contrast.p()),
        p_corrected: draft.rested().map(|_| draft.p_corrected),
        belief,
        always: draft.plain.as_ref().and_then(|contrast| sequence.read(contrast)),
        adjusted,
        verdict: Verdict::CannotTell,
        sentence: String::new(),
    }
}

/// Chance of each arm to be the best and what is lost by taking it: for two arms from their belief, else exactly for
/// shares, and from the normal laws of unadjusted values where nothing is believed beforehand.
fn ranks(
    laws: Option<Vec<BetaLaw>>,
    arms: &[Arm],
    metric: usize,
    comparisons: &[Comparison],
    spec: &MetricSpec,
) -> (Vec<f64>, Vec<f64>) {
    if let ([Comparison { belief: Some(belief), .. }], 2) = (comparisons, arms.len()) {
        let chance = belief.chance_to_win;
        return (vec![1.0 - chance, chance], vec![belief.loss_if_kept, belief.loss_if_taken]);
    }
    let is_up = spec.wanted == Wanted::Up;
    if let Some(laws) = laws {
        return if is_up { best(&laws) } else { best(&laws.iter().map(BetaLaw::turned).collect::<Vec<_>>()) };
    }
    let law = |arm: &Arm| {
        let found = estimate::Estimate::of(&arm.measures[metric].measure, arm.users)?;
        let mean = if is_up { found.value } else { -found.value };
        let is_plain = arm.measures[metric].covariate.is_none() && found.square() > 0.0 && arm.users > 1;
        is_plain.then(|| belief::Normal { mean, spread: found.square().sqrt() })
    };
    let laws: Option<Vec<belief::Normal>> = arms.iter().map(law).collect();
    laws.filter(|_| spec.prior == Prior::Flat).map_or_else(Default::default, |laws| belief::best(&laws))
}
