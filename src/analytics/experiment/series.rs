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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analytics::experiment::sample::Measure;

    fn day(users: u64, a: u64, b: u64) -> Vec<Arm> {
        let arm = |name: &str, successes| Arm {
            name: name.into(),
            users,
            measures: vec![Measure::Proportion { successes }.into()],
        };
        vec![arm("A", a), arm("B", b)]
    }

    #[test]
    fn the_shared_band_only_narrows_and_days_without_users_are_left_open() {
        let days = [day(0, 0, 0), day(500, 50, 60), day(1_000, 100, 112), day(20_000, 2_000, 2_300)];
        let found = series(&days, 0, 1, &Settings::default());
        assert!(found[0].is_none());
        let bands: Vec<Interval> = found.iter().flatten().filter_map(|point| point.shared).collect();
        assert_eq!(bands.len(), 3);
        assert!(bands.windows(2).all(|pair| pair[0].low <= pair[1].low && pair[1].high <= pair[0].high));
        assert!(bands[2].low > 0.0 && found[3].unwrap().users == 40_000);
        let turned = [day(50_000, 5_000, 6_000), day(500_000, 60_000, 50_000)];
        assert_eq!(
            series(&turned, 0, 1, &Settings::default())[1].unwrap().shared,
            None,
            "the effect itself has changed"
        );
    }
}
