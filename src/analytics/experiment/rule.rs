//! When a test may be read, as a rule for its intervals.

use super::always::{Sequence, TUNED_FOR};
use super::contrast::Contrast;
use super::group;
use super::reading::Interval;
use super::settings::{Looks, Settings};

/// Reads contrasts as the settings say, each with the same error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// Once.
    Fixed {
        /// Probability that an interval misses the truth.
        error: f64,
    },
    /// At any time.
    Always(Sequence),
    /// At planned looks.
    Planned {
        /// The bound of this look, in standard errors.
        bound: f64,
    },
}

/// The users for whom an always-valid interval is narrowest.
pub fn tuned_for(settings: &Settings) -> f64 {
    settings.planned_users.map_or(TUNED_FOR, |users| users as f64)
}

impl Rule {
    /// With this error for each interval.
    pub fn new(settings: &Settings, error: f64) -> Self {
        match settings.looks {
            Looks::AtTheEnd => Self::Fixed { error },
            Looks::Always => Self::Always(Sequence::new(error, tuned_for(settings))),
            Looks::Planned { spending, looks, look } => {
                let bounds = group::bounds(spending, error, looks, look);
                Self::Planned { bound: bounds.last().copied().unwrap_or(f64::INFINITY) }
            }
        }
    }

    /// The interval of the difference.
    pub fn interval(&self, contrast: &Contrast) -> Option<Interval> {
        match self {
            Self::Fixed { error } => contrast.interval(*error),
            Self::Always(sequence) => contrast.at_bound(sequence.bound(contrast.users())),
            Self::Planned { bound } => contrast.at_bound(*bound),
        }
    }

    /// The interval of the relative change.
    pub fn relative(&self, contrast: &Contrast) -> Option<Interval> {
        match self {
            Self::Fixed { error } => contrast.relative_interval(*error),
            Self::Always(sequence) => sequence.relative(contrast),
            Self::Planned { bound } => contrast.relative_at_bound(*bound),
        }
    }

    /// Evidence against no difference that is honest under the rule. 1 where there is no spread to judge by.
    pub fn p(settings: &Settings, contrast: &Contrast) -> f64 {
        if let Looks::AtTheEnd = settings.looks {
            return contrast.p().unwrap_or(1.0);
        }
        if !contrast.has_spread() {
            return 1.0;
        }
        let z = contrast.difference() / contrast.error();
        match settings.looks {
            Looks::Planned { spending, looks, look } => group::p(spending, z, looks, look),
            _ => Sequence::new(1.0 - settings.confidence, tuned_for(settings)).p(z, contrast.users()),
        }
    }
}
