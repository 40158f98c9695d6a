//! Planning: how many users a test needs, what it can see, and how long it takes.
//!
//! Sizes are those at which a difference is found with the wanted probability by the rule the test is read with: its
//! bound is that of the end, of the planned looks, or of the always-valid interval at the planned size. Shares are
//! reckoned by the score test (Fleiss), means and ratios by the normal distribution.

mod more;
mod what_if;

use serde::{Deserialize, Serialize};

use super::always::Sequence;
use super::group;
use super::reading::Problem;
use super::settings::{Correction, Looks};
use crate::analytics::math::normal::{above, quantile, two_sided};
use crate::analytics::math::two::{Aim, smallest_mean, smallest_share};

pub use more::{More, more_conversions, more_value};
pub use what_if::{WhatIf, what_if};

/// What the metric is like now.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// A share of users.
    Share {
        /// 0–1.
        rate: f64,
    },
    /// A value per user; of a ratio, its linear form.
    Value {
        /// Mean, or the ratio.
        mean: f64,
        /// Standard deviation over users.
        deviation: f64,
    },
}

impl Base {
    fn value(self) -> f64 {
        match self {
            Self::Share { rate } => rate,
            Self::Value { mean, .. } => mean,
        }
    }
}

/// A test to be sized.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The primary metric now.
    pub base: Base,
    /// The relative change it is to find, up or down: 0.05 = 5 %.
    pub change: f64,
    /// Confidence of the verdict, 0.95 as a rule.
    pub confidence: f64,
    /// Probability to find the change, 0.8 as a rule.
    pub power: f64,
    /// Planned shares of users, the control first.
    pub shares: Vec<f64>,
    /// How several comparisons are corrected.
    pub correction: Correction,
    /// Metrics that decide, beside each other.
    pub metrics: u32,
    /// When it is read.
    pub looks: Looks,
    /// Correlation of the metric with what is known of the users from before; zero without an adjustment.
    #[serde(default)]
    pub correlation: f64,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            base: Base::Share { rate: 0.03 },
            change: 0.1,
            confidence: 0.95,
            power: 0.8,
            shares: vec![0.5, 0.5],
            correction: Correction::Holm,
            metrics: 1,
            looks: Looks::Always,
            correlation: 0.0,
        }
    }
}

/// How many users a plan needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Size {
    /// Per arm, rounded up, the control first.
    pub arms: Vec<u64>,
    /// Of all arms.
    pub users: u64,
    /// Error that each comparison is planned with.
    pub error: f64,
}

impl Plan {
    /// What in the plan cannot be, at its field.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut tell = |is_sound: bool, field: &str, words: &str| {
            if !is_sound {
                found.push(Problem { field: field.to_owned(), words: words.to_owned() });
            }
        };
        match self.base {
            Base::Share { rate } => {
                tell(rate > 0.0 && rate < 1.0, "base.rate", "The rate lies between 0% and 100%");
                let moved = rate * (1.0 + self.change);
                tell(moved > 0.0 && moved < 1.0, "change", "With this change the rate would leave 0% to 100%");
            }
            Base::Value { mean, deviation } => {
                tell(mean.is_finite() && mean != 0.0, "base.mean", "The mean is a number other than zero");
                tell(
                    deviation.is_finite() && deviation > 0.0,
                    "base.deviation",
                    "The standard deviation is above zero",
                );
            }
        }
        tell(self.change.is_finite() && self.change != 0.0, "change", "The change to be found is not zero");
        tell((0.5..=0.9999).contains(&self.confidence), "confidence", "The confidence lies between 50% and 99.99%");
        tell((0.5..=0.9999).contains(&self.power), "power", "The power lies between 50% and 99.99%");
        tell((0.0..1.0).contains(&self.correlation.abs()), "correlation", "A correlation is below 1");
        tell(self.metrics >= 1, "metrics", "At least one metric decides");
        let sum: f64 = self.shares.iter().sum();
        tell(self.shares.len() >= 2, "shares", "A test compares at least two variants");
        tell(self.shares.iter().all(|share| *share > 0.0), "shares", "Every variant needs a share above zero");
        tell((sum - 1.0).abs() <= 1e-3, "shares", "The planned shares add up to 100%");
        if let Looks::Planned { looks, .. } = self.looks {
            tell((1..=group::MOST_LOOKS).contains(&looks), "looks", "Between 1 and 50 looks can be planned");
        }
        found
    }

    /// The error of each comparison: its part of the whole one, whichever correction there is (the others find a little
    /// more than they are planned for).
    pub fn error(&self) -> f64 {
        let comparisons = (self.shares.len().saturating_sub(1)).max(1) as f64 * f64::from(self.metrics.max(1));
        let whole = 1.0 - self.confidence;
        if self.correction == Correction::None { whole } else { whole / comparisons }
    }

    fn aim(&self) -> Aim {
        let error = self.error();
        let bound = match self.looks {
            Looks::AtTheEnd => two_sided(error),
            // At its tuned size, which is the planned one, the bound does not depend on the size.
            Looks::Always => Sequence::new(error, 1e4).bound(1e4),
            Looks::Planned { spending, looks, .. } => {
                group::bounds(spending, error, looks, looks).last().copied().unwrap_or(f64::INFINITY)
            }
        };
        Aim { bound, power: self.power }
    }

    /// Variance per user that an adjustment leaves.
    fn left(&self) -> f64 {
        1.0 - self.correlation * self.correlation
    }

    /// Users of the control, as a number with its fraction. `None` where something in the plan cannot be.
    pub fn size_of_control(&self) -> Option<f64> {
        if !self.problems().is_empty() {
            return None;
        }
        let aim = self.aim();
        let control = self.shares[1..].iter().map(|share| self.control_size(share / self.shares[0], aim));
        // Floats beyond this are no counts of people.
        Some(control.fold(0.0, f64::max)).filter(|users| *users < 1e15)
    }

    /// How many users it needs. `None` where something in the plan cannot be.
    pub fn size(&self) -> Option<Size> {
        let control = self.size_of_control()?;
        let arms = self.shares.iter().map(|share| (control * (share / self.shares[0])).ceil().max(1.0) as u64);
        let arms: Vec<u64> = arms.collect();
        Some(Size { users: arms.iter().sum(), arms, error: self.error() })
    }

    /// The same for a variant with `ratio` times as many.
    fn control_size(&self, ratio: f64, aim: Aim) -> f64 {
        let (value, power) = (self.base.value(), quantile(aim.power));
        let difference = value * self.change;
        let square = match self.base {
            Base::Share { rate } => {
                let moved = rate * (1.0 + self.change);
                let pooled = (rate + ratio * moved) / (1.0 + ratio);
                let chance = ((1.0 + 1.0 / ratio) * pooled * (1.0 - pooled)).sqrt();
                let truth = (rate * (1.0 - rate) + moved * (1.0 - moved) / ratio).sqrt();
                (aim.bound * chance + power * truth).powi(2)
            }
            Base::Value { deviation, .. } => ((aim.bound + power) * deviation).powi(2) * (1.0 + 1.0 / ratio),
        };
        square / (difference * difference) * self.left()
    }

    /// The probability to find the planned change with so many users in all, in either direction.
    pub fn power_at(&self, users: f64) -> Option<f64> {
        if !self.problems().is_empty() || users < 2.0 {
            return None;
        }
        let bound = self.aim().bound;
        let each = self.shares[1..].iter().map(|share| {
            let (n, m) = (users * self.shares[0] / self.left(), users * share / self.left());
            let (p, q) = (self.base.value(), self.base.value() * (1.0 + self.change));
            let (chance, truth) = match self.base {
                Base::Share { .. } => {
                    let pooled = (p * n + q * m) / (n + m);
                    (
                        (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt(),
                        (p * (1.0 - p) / n + q * (1.0 - q) / m).sqrt(),
                    )
                }
                Base::Value { deviation, .. } => {
                    let error = deviation * (1.0 / n + 1.0 / m).sqrt();
                    (error, error)
                }
            };
            let off = (q - p).abs();
            above((bound * chance - off) / truth) + above((bound * chance + off) / truth)
        });
        let least = each.fold(1.0, f64::min);
        least.is_finite().then_some(least)
    }

    /// The smallest relative rise that so many users in all show with the planned power. `None` where even the largest
    /// possible one would not be seen.
    pub fn detectable(&self, users: f64) -> Option<f64> {
        let sized = Self { change: 1e-9, ..self.clone() };
        if !sized.problems().is_empty() || users < 2.0 {
            return None;
        }
        let (aim, value) = (self.aim(), self.base.value());
        let mut each = self.shares[1..].iter().map(|share| {
            let (n, m) = (users * self.shares[0] / self.left(), users * share / self.left());
            match self.base {
                Base::Share { rate } => smallest_share(rate, n, m, aim).map(|share| share - rate),
                Base::Value { deviation, .. } => Some(smallest_mean(deviation * deviation, n, m, aim)),
            }
        });
        each.try_fold(0.0_f64, |largest, one| Some(largest.max(one?))).map(|change| change / value.abs())
    }

    /// Power over numbers of users up to twice what is needed, for a picture.
    pub fn curve(&self, points: usize) -> Vec<(f64, f64)> {
        let Some(size) = self.size() else { return Vec::new() };
        let most = 2.0 * size.users as f64;
        let at = |k: usize| most * k as f64 / points.max(1) as f64;
        (1..=points).filter_map(|k| Some((at(k), self.power_at(at(k))?))).collect()
    }
}

/// Whole weeks that so many users take, when so many come in a week. `None` without users a week, or beyond twenty years.
pub fn weeks(users: u64, a_week: f64) -> Option<u32> {
    let weeks = (users as f64 / a_week).ceil();
    (a_week > 0.0 && weeks <= 1_040.0).then(|| (weeks as u32).max(1))
}
