//! One arm in one metric: a value, and the variance that one user adds to it.

use super::reading::Interval;
use super::sample::Measure;
use crate::analytics::math::beta::wilson_at;
use crate::analytics::math::beta_law::BetaLaw;
use crate::analytics::math::normal::{student_quantile, two_sided};

/// A value that is a mean over users, or nearly so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Rate, mean or ratio.
    pub value: f64,
    /// Variance per user; divided by the users it is that of the value.
    pub variance: f64,
    /// Users.
    pub users: f64,
}

impl Estimate {
    /// Of a measure; `None` without users, and of a ratio without a denominator. The variance of a ratio is that of its
    /// linear form (the delta method).
    pub fn of(measure: &Measure, users: u64) -> Option<Self> {
        if users == 0 {
            return None;
        }
        let n = users as f64;
        let (value, variance) = match *measure {
            Measure::Proportion { successes } => {
                let share = successes as f64 / n;
                (share, share * (1.0 - share))
            }
            Measure::Mean { values } => (values.mean, values.variance),
            Measure::Count { events } => (events as f64 / n, events as f64 / n),
            Measure::Ratio { numerator, denominator, covariance } => {
                if denominator.mean <= 0.0 {
                    return None;
                }
                let ratio = numerator.mean / denominator.mean;
                let spread = numerator.variance - 2.0 * ratio * covariance + ratio * ratio * denominator.variance;
                // Rounding may leave a little below nothing.
                (ratio, (spread / (denominator.mean * denominator.mean)).max(0.0))
            }
        };
        (value.is_finite() && variance.is_finite()).then_some(Self { value, variance, users: n })
    }

    /// Variance of the value.
    pub fn square(&self) -> f64 {
        self.variance / self.users
    }
}

/// The interval of one arm's value that misses the truth with this probability: Wilson's of a share, that of the score
/// test of a count, Student's of a mean or a ratio. `None` where there is nothing to tell it from.
pub fn interval(measure: &Measure, users: u64, error: f64) -> Option<Interval> {
    match *measure {
        Measure::Proportion { successes } => {
            let (low, high) = wilson_at(successes, users, error)?;
            Interval::of(low, high)
        }
        Measure::Count { events } => {
            if users == 0 {
                return None;
            }
            let (z, x) = (two_sided(error), events as f64);
            let half = z * (x + z * z / 4.0).sqrt();
            let middle = x + z * z / 2.0;
            Interval::of((middle - half).max(0.0) / users as f64, (middle + half) / users as f64)
        }
        Measure::Mean { .. } | Measure::Ratio { .. } => {
            let found = Estimate::of(measure, users)?;
            if users < 2 || found.variance <= 0.0 {
                return None;
            }
            let half = student_quantile(error, found.users - 1.0) * found.square().sqrt();
            Interval::of(found.value - half, found.value + half)
        }
    }
}

/// The exact interval of a share, `k` of `n`, that misses the truth with at most this probability.
///
/// C. J. Clopper, E. S. Pearson (1934), "The use of confidence or fiducial limits illustrated in the case of the
/// binomial", Biometrika 26, 404–413.
pub fn exact_share(k: u64, n: u64, error: f64) -> Option<Interval> {
    if n == 0 || k > n {
        return None;
    }
    let (k, n) = (k as f64, n as f64);
    let low = if k > 0.0 { BetaLaw::new(k, n - k + 1.0).quantile(error / 2.0) } else { 0.0 };
    let high = if k < n { BetaLaw::new(k + 1.0, n - k).quantile(1.0 - error / 2.0) } else { 1.0 };
    Interval::of(low, high)
}
