//! How much more a variant must have: the question that people ask before a test.

use serde::Serialize;

use crate::analytics::experiment::contrast::Contrast;
use crate::analytics::experiment::rule::Rule;
use crate::analytics::experiment::sample::{Measure, Moments};
use crate::analytics::experiment::settings::Settings;

/// The least of a variant that is found to be better.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct More {
    /// Conversions, or the sum of the values, that the variant needs.
    pub needed: f64,
    /// What it would have at the rate of the control.
    pub same: f64,
}

impl More {
    /// How many more than at the rate of the control.
    pub fn more(self) -> f64 {
        self.needed - self.same
    }
}

/// The fewest conversions of a variant with so many users that are better than `k` of `n`, by the rule of the settings and
/// for so many comparisons. `None` where not even all of them would do.
pub fn more_conversions((k, n): (u64, u64), users: u64, comparisons: u32, settings: &Settings) -> Option<More> {
    if k > n || n == 0 || users == 0 {
        return None;
    }
    let settings = part_of(settings, comparisons);
    let rule = Rule::new(&settings, 1.0 - settings.confidence);
    let is_found = |l: u64| {
        let of = |successes, users| (Measure::Proportion { successes }, users);
        let (a, b) = (of(k, n), of(l, users));
        let Some(contrast) = Contrast::of((&a.0, a.1), (&b.0, b.1)) else { return false };
        let is_above = rule.interval(&contrast).is_some_and(|range| range.low > 0.0);
        is_above && Rule::p(&settings, &contrast) <= 1.0 - settings.confidence
    };
    let same = k as f64 / n as f64 * users as f64;
    let (mut low, mut high) = (same.floor() as u64, users);
    if !is_found(high) {
        return None;
    }
    while high - low > 1 {
        let middle = u64::midpoint(low, high);
        if is_found(middle) { high = middle } else { low = middle }
    }
    // Where small numbers are tested exactly and larger ones are not, finding is not quite monotone.
    while high as f64 > same + 1.0 && is_found(high - 1) {
        high -= 1;
    }
    Some(More { needed: high as f64, same })
}

/// The least sum of values of a variant with so many users that is better than the control, if it spreads as the control
/// does. `None` without spread.
pub fn more_value(values: Moments, n: u64, users: u64, comparisons: u32, settings: &Settings) -> Option<More> {
    let settings = part_of(settings, comparisons);
    let of = |users| (Measure::Mean { values }, users);
    let (a, b) = (of(n), of(users));
    let contrast = Contrast::of((&a.0, a.1), (&b.0, b.1))?;
    // The interval does not change its width where the means move.
    let half = Rule::new(&settings, 1.0 - settings.confidence).interval(&contrast)?.high;
    Some(More { needed: (values.mean + half) * users as f64, same: values.mean * users as f64 })
}

/// The settings with the part of the error that one of several comparisons gets.
fn part_of(settings: &Settings, comparisons: u32) -> Settings {
    let confidence = 1.0 - (1.0 - settings.confidence) / f64::from(comparisons.max(1));
    Settings { confidence, ..settings.clone() }
}
