//! What is said of a comparison, and of a test.

use super::checks::ENOUGH;
use super::reading::{Check, Comparison, Effect, Grade, MetricReading, Verdict};
use super::sample::Arm;
use super::settings::{Looks, MetricSpec, Role, Settings, Wanted};

/// The verdict on a comparison. It rests on the adjusted difference where there is one, under the rule of the looks and
/// after the correction; both its evidence and its interval must tell.
pub fn of(
    found: &Comparison,
    p: f64,
    spec: &MetricSpec,
    arms: &[Arm],
    settings: &Settings,
    checks: &[Check],
) -> Verdict {
    if checks.iter().any(|check| check.grade == Grade::Stop && check.name != ENOUGH) {
        return Verdict::Invalid;
    }
    let users: u64 = arms.iter().map(|arm| arm.users).sum();
    let is_early = settings.planned_users.is_some_and(|planned| users < planned);
    let is_little = checks.iter().any(|check| check.grade == Grade::Stop);
    if is_little || (settings.looks == Looks::AtTheEnd && is_early) {
        return Verdict::NotYet;
    }
    let open = if is_early { Verdict::NotYet } else { Verdict::CannotTell };
    let Some((absolute, relative)) = rested(found) else { return open };
    let Some(range) = absolute.corrected else { return open };
    let sign = if spec.wanted == Wanted::Up { 1.0 } else { -1.0 };
    if p <= 1.0 - settings.confidence && range.low >= 0.0 && range.high > 0.0 {
        return if sign > 0.0 { Verdict::Better } else { Verdict::Worse };
    }
    if p <= 1.0 - settings.confidence && range.high <= 0.0 && range.low < 0.0 {
        return if sign > 0.0 { Verdict::Worse } else { Verdict::Better };
    }
    let is_small = spec.worth.is_some_and(|worth| {
        relative.and_then(|effect| effect.corrected).is_some_and(|range| range.low > -worth && range.high < worth)
    });
    if is_small { Verdict::AsGoodAsEqual } else { open }
}

/// The effects that a verdict rests on: adjusted, if they are.
pub fn rested(found: &Comparison) -> Option<(Effect, Option<Effect>)> {
    match found.adjusted {
        Some(adjusted) => Some((adjusted.absolute, adjusted.relative)),
        None => found.absolute.map(|absolute| (absolute, found.relative)),
    }
}

/// The verdict on the primary metric of the variant that is best in it, with a word on guards that got worse and on what
/// stops the verdict.
pub fn of_test(metrics: &[MetricSpec], readings: &[MetricReading], checks: &[Check]) -> (Verdict, String) {
    let primary = metrics.iter().position(|spec| spec.role == Role::Primary).unwrap_or(0);
    let (Some(spec), Some(reading)) = (metrics.get(primary), readings.get(primary)) else {
        return (Verdict::CannotTell, "Nothing was measured".into());
    };
    let sign = if spec.wanted == Wanted::Up { 1.0 } else { -1.0 };
    let gain = |found: &&Comparison| rested(found).map_or(f64::NEG_INFINITY, |(effect, _)| sign * effect.estimate);
    let Some(best) = reading.comparisons.iter().max_by(|a, b| {
        (a.verdict == Verdict::Better).cmp(&(b.verdict == Verdict::Better)).then(gain(a).total_cmp(&gain(b)))
    }) else {
        return (Verdict::CannotTell, "Nothing can be compared".into());
    };
    let mut sentence = best.sentence.clone();
    if best.verdict == Verdict::Invalid
        && let Some(stop) = checks.iter().find(|check| check.grade == Grade::Stop)
    {
        sentence = format!("The verdict does not stand: {}; {}", stop.seen, super::said::lowered(&stop.advice));
    }
    let worse = metrics.iter().zip(readings).filter(|(spec, reading)| {
        spec.role == Role::Guard
            && reading.comparisons.iter().any(|found| found.arm == best.arm && found.verdict == Verdict::Worse)
    });
    for (spec, _) in worse {
        sentence.push_str(&format!("; but its guard got worse: {}", super::said::lowered(&spec.name)));
    }
    (best.verdict, sentence)
}
