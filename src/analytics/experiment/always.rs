//! Intervals that hold at every look at once, so that a test may be read early and often.
//!
//! The asymptotic confidence sequence of I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas (2021), "Time-uniform
//! central limit theory and asymptotic confidence sequences", arXiv 2103.06476: the mixture boundary of a sum of normal
//! steps, with the variance that is seen.

use super::contrast::Contrast;
use super::reading::{AlwaysValid, Interval};

/// Users for whom the sequence is narrowest, where no size is planned.
pub const TUNED_FOR: f64 = 5_000.0;

/// A confidence sequence that is narrowest at one number of users.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sequence {
    /// The parameter ρ of the boundary, squared.
    rho2: f64,
    error: f64,
}

impl Sequence {
    /// That misses the truth ever with probability `error`, narrowest at so many users of both arms together.
    pub fn new(error: f64, tuned_for: f64) -> Self {
        let twice = -2.0 * error.ln();
        Self { rho2: (twice + (twice + 1.0).ln()) / tuned_for.max(2.0), error }
    }

    /// How many standard errors wide it is at so many users.
    pub fn bound(&self, users: f64) -> f64 {
        let grown = users * self.rho2;
        let log = (grown + 1.0).ln() / 2.0 - self.error.ln();
        (2.0 * (grown + 1.0) / grown * log).sqrt()
    }

    /// Evidence against no difference of an estimate so many standard errors from it.
    pub fn p(&self, z: f64, users: f64) -> f64 {
        let grown = users * self.rho2;
        let log = grown * z * z / (2.0 * (grown + 1.0)) - (grown + 1.0).ln() / 2.0;
        (-log).exp().min(1.0)
    }

    /// Read at a contrast; `None` without spread.
    pub fn read(&self, contrast: &Contrast) -> Option<AlwaysValid> {
        let bound = self.bound(contrast.users());
        let interval = contrast.at_bound(bound)?;
        let p = self.p(contrast.difference() / contrast.error(), contrast.users());
        Some(AlwaysValid { interval, relative: self.relative(contrast), p })
    }

    /// The interval of the relative change.
    pub fn relative(&self, contrast: &Contrast) -> Option<Interval> {
        contrast.relative_at_bound(self.bound(contrast.users()))
    }
}
