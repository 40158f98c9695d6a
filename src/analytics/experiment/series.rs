//! A test over time: its result after each day, with the band that holds over all of them.

use serde::Serialize;

use super::always::Sequence;
use super::contrast::Contrast;
use super::cuped::adjusted;
use super::reading::Interval;
use super::rule::tuned_for;
use super::sample::Arm;
use super::settings::Settings;

/// One variant against the control after one more day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// Users of both so far.
    pub users: u64,
    /// The variant less the control.
    pub difference: f64,
    /// As if this were the only look.
    pub once: Option<Interval>,
    /// Valid over all looks.
    pub always: Option<Interval>,
    /// The part of the always-valid bands up to here that all of them share; narrows only. `None` from where they share
    /// nothing, which says that the difference itself has changed.
    pub shared: Option<Interval>,
}

/// The result of one variant in one metric after each of several days, whose arms hold everything up to then. Where every
/// arm has a covariate it is adjusted. `None` on days without a value.
pub fn series(days: &[Vec<Arm>], metric: usize, variant: usize, settings: &Settings) -> Vec<Option<Point>> {
    let error = 1.0 - settings.confidence;
    let sequence = Sequence::new(error, tuned_for(settings));
    let mut shared: Option<Option<Interval>> = None;
    let each = days.iter().map(|arms| {
        let contrast = contrast(arms, metric, variant)?;
        let always = contrast.at_bound(sequence.bound(contrast.users()));
        if let Some(band) = always {
            shared = Some(match shared {
                None => Some(band),
                Some(before) => before.and_then(|b| Interval::of(b.low.max(band.low), b.high.min(band.high))),
            });
        }
        Some(Point {
            users: contrast.users() as u64,
            difference: contrast.difference(),
            once: contrast.interval(error),
            always,
            shared: shared.flatten(),
        })
    });
    each.collect()
}

fn contrast(arms: &[Arm], metric: usize, variant: usize) -> Option<Contrast> {
    let (control, variant) = (arms.first()?, arms.get(variant)?);
    let (a, b) = (control.measures.get(metric)?, variant.measures.get(metric)?);
    match adjusted((a, control.users), (b, variant.users)) {
        Some(found) => Some(found.contrast),
        None => Contrast::of((&a.measure, control.users), (&b.measure, variant.users)),
    }
}
