//! Adjustment by what was known of the users before: it takes chance differences between arms out of the result.
//!
//! A. Deng, Y. Xu, R. Kohavi, T. Walker (2013), "Improving the sensitivity of online controlled experiments by utilizing
//! pre-experiment data", WSDM, 123–132. The slope is that over the users of both arms together.

use super::contrast::Contrast;
use super::estimate::Estimate;
use super::sample::{Measure, Measured, Moments};

/// A contrast after the adjustment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdjustedContrast {
    /// The adjusted arms, with their unadjusted levels.
    pub contrast: Contrast,
    /// The slope on the covariate.
    pub slope: f64,
    /// Variance of the adjusted difference over that of the unadjusted one.
    pub variance_ratio: f64,
}

/// An arm with its covariate, in the linear form of its measure.
struct Linear {
    estimate: Estimate,
    before: Moments,
    covariance: f64,
}

impl Linear {
    fn of(measured: &Measured, users: u64) -> Option<Self> {
        let estimate = Estimate::of(&measured.measure, users)?;
        let covariate = measured.covariate?;
        let covariance = match measured.measure {
            Measure::Proportion { .. } | Measure::Mean { .. } => covariate.covariance,
            Measure::Ratio { denominator, .. } => {
                (covariate.covariance - estimate.value * covariate.with_denominator) / denominator.mean
            }
            Measure::Count { .. } => return None,
        };
        Some(Self { estimate, before: covariate.values, covariance })
    }

    /// The variance per user of a mean, divided by users − 1 also for shares, so that it fits the covariance.
    fn adjusted(&self, slope: f64) -> Estimate {
        let variance = self.estimate.variance + slope * slope * self.before.variance - 2.0 * slope * self.covariance;
        Estimate {
            value: self.estimate.value - slope * self.before.mean,
            variance: variance.max(0.0),
            users: self.estimate.users,
        }
    }
}

/// The variant against the control, adjusted; `None` without a covariate in both, or one that is the same for all.
pub fn adjusted(control: (&Measured, u64), variant: (&Measured, u64)) -> Option<AdjustedContrast> {
    let plain = Contrast::of((&control.0.measure, control.1), (&variant.0.measure, variant.1))?;
    let (a, b) = (Linear::of(control.0, control.1)?, Linear::of(variant.0, variant.1)?);
    let within = |of: fn(&Linear) -> f64| (a.estimate.users - 1.0) * of(&a) + (b.estimate.users - 1.0) * of(&b);
    let between = a.estimate.users * b.estimate.users / (a.estimate.users + b.estimate.users);
    let apart = b.before.mean - a.before.mean;
    let square = within(|arm| arm.before.variance) + between * apart * apart;
    let product = within(|arm| arm.covariance) + between * apart * (b.estimate.value - a.estimate.value);
    if square <= 0.0 || plain.error() <= 0.0 {
        return None;
    }
    let slope = product / square;
    let contrast = Contrast::adjusted(a.adjusted(slope), b.adjusted(slope), plain.levels);
    let variance_ratio = (contrast.error() / plain.error()).powi(2);
    (slope.is_finite() && variance_ratio.is_finite()).then_some(AdjustedContrast { contrast, slope, variance_ratio })
}
