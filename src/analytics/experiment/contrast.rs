//! Two arms in one metric: their difference and their ratio, at a fixed number of users.

use super::estimate::{Estimate, exact_share};
use super::reading::Interval;
use super::sample::Measure;
use crate::analytics::math::beta_law::BetaLaw;
use crate::analytics::math::binomial::fisher;
use crate::analytics::math::normal::{student_quantile, student_two_sided, two_sided};
use crate::analytics::math::two::shares_at;

/// A relative change is told only of a control whose value is above zero by so many of its standard errors: nearer to
/// zero the ratio has no honest interval.
const CLEAR_OF_ZERO: f64 = 3.0;

/// What two measures are counted from, where there is an exact or a score method for them.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Counted {
    Shares { control: (u64, u64), variant: (u64, u64) },
    Events { control: (u64, u64), variant: (u64, u64) },
    Values,
}

/// A variant against the control.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// The control.
    pub control: Estimate,
    /// The variant.
    pub variant: Estimate,
    /// Their unadjusted values, to which relative changes are related.
    pub levels: [f64; 2],
    counted: Counted,
}

impl Contrast {
    /// Of two measures of the same kind; `None` where one has no value.
    pub fn of(control: (&Measure, u64), variant: (&Measure, u64)) -> Option<Self> {
        let (a, b) = (Estimate::of(control.0, control.1)?, Estimate::of(variant.0, variant.1)?);
        let counted = match (control.0, variant.0) {
            (Measure::Proportion { successes: k }, Measure::Proportion { successes: l }) => {
                Counted::Shares { control: (*k, control.1), variant: (*l, variant.1) }
            }
            (Measure::Count { events: k }, Measure::Count { events: l }) => {
                Counted::Events { control: (*k, control.1), variant: (*l, variant.1) }
            }
            _ => Counted::Values,
        };
        Some(Self { control: a, variant: b, levels: [a.value, b.value], counted })
    }

    /// Of two adjusted values, related to the unadjusted ones.
    pub fn adjusted(control: Estimate, variant: Estimate, levels: [f64; 2]) -> Self {
        Self { control, variant, levels, counted: Counted::Values }
    }

    /// The variant less the control.
    pub fn difference(&self) -> f64 {
        self.variant.value - self.control.value
    }

    /// Standard error of the difference, the variances not being pooled.
    pub fn error(&self) -> f64 {
        (self.control.square() + self.variant.square()).sqrt()
    }

    /// Users of both arms.
    pub fn users(&self) -> f64 {
        self.control.users + self.variant.users
    }

    /// Degrees of freedom by Welch and Satterthwaite.
    pub fn freedom(&self) -> f64 {
        let both = self.control.square() + self.variant.square();
        let each = |arm: &Estimate| {
            let part = arm.square() / both;
            if part > 0.0 { part * part / (arm.users - 1.0) } else { 0.0 }
        };
        1.0 / (each(&self.control) + each(&self.variant))
    }

    /// Whether there is any spread to judge the difference by: more than rounding leaves of values that are all the same.
    pub fn has_spread(&self) -> bool {
        let least = if self.counted == Counted::Values { 2.0 } else { 1.0 };
        let rounding = 1e-15 * self.control.value.abs().max(self.variant.value.abs());
        self.control.users >= least && self.variant.users >= least && self.error() > rounding.max(1e-100)
    }

    /// Whether the control is far enough from zero for relative changes.
    pub fn has_ratio(&self) -> bool {
        self.levels[0] > 0.0 && self.levels[0] > CLEAR_OF_ZERO * self.control.square().sqrt()
            || matches!(self.counted, Counted::Shares { control: (k, _), .. } | Counted::Events { control: (k, _), .. } if k > 0)
    }

    /// The variant over the control, less one, and its standard error by the delta method. `None` where the control is
    /// not clear of zero.
    pub fn relative(&self) -> Option<(f64, f64)> {
        let found = (self.difference() / self.levels[0], self.relative_error());
        (self.has_ratio() && found.0.is_finite() && found.1.is_finite()).then_some(found)
    }

    /// Standard error of the relative change by the delta method.
    pub fn relative_error(&self) -> f64 {
        let [a, b] = self.levels;
        (self.variant.square().sqrt() / a).hypot(self.control.square().sqrt() / a * (b / a))
    }

    /// The interval of the difference that misses the truth with this probability: Newcombe's of shares, Welch's of
    /// means and ratios, the normal one of counts.
    pub fn interval(&self, error: f64) -> Option<Interval> {
        match self.counted {
            Counted::Shares { control, variant } => {
                let (_, (low, high)) = shares_at(variant, control, error)?;
                Interval::of(low, high)
            }
            Counted::Events { .. } => self.at_bound(two_sided(error)),
            Counted::Values if self.has_spread() => self.at_bound(student_quantile(error, self.freedom())),
            Counted::Values => None,
        }
    }

    /// The difference give or take so many standard errors.
    pub fn at_bound(&self, bound: f64) -> Option<Interval> {
        if !self.has_spread() {
            return None;
        }
        let half = bound * self.error();
        Interval::of(self.difference() - half, self.difference() + half)
    }

    /// The relative change give or take so many standard errors.
    pub fn relative_at_bound(&self, bound: f64) -> Option<Interval> {
        let (estimate, error) = self.relative()?;
        (error > 0.0).then(|| Interval::of(estimate - bound * error, estimate + bound * error)).flatten()
    }

    /// The interval of the relative change that misses the truth with this probability: Katz's of shares, the exact one of
    /// counts, Fieller's of means and ratios, and that of the delta method after an adjustment.
    pub fn relative_interval(&self, error: f64) -> Option<Interval> {
        if !self.has_ratio() {
            return None;
        }
        match self.counted {
            Counted::Shares { control, variant } => katz(control, variant, error),
            Counted::Events { control, variant } => exact_ratio(control, variant, error),
            Counted::Values if !self.has_spread() => None,
            Counted::Values if self.levels == [self.control.value, self.variant.value] => {
                self.fieller(student_quantile(error, self.freedom()))
            }
            Counted::Values => self.relative_at_bound(student_quantile(error, self.freedom())),
        }
    }

    /// Fieller's interval of the relative change at this quantile. `None` where it has no end.
    ///
    /// E. C. Fieller (1954), "Some problems in interval estimation", JRSS B 16, 175–185.
    pub fn fieller(&self, quantile: f64) -> Option<Interval> {
        let (a, b) = (self.control.value, self.variant.value);
        let (of_a, of_b) = (quantile * quantile * self.control.square(), quantile * quantile * self.variant.square());
        let (square, cross) = (a * a - of_a, a * b);
        let inside = cross * cross - square * (b * b - of_b);
        if square <= 0.0 || inside < 0.0 {
            return None;
        }
        Interval::of((cross - inside.sqrt()) / square - 1.0, (cross + inside.sqrt()) / square - 1.0)
    }

    /// Evidence against no difference: the probability of one at least as large in either direction if there were none.
    /// Of shares by the score test (Fisher's exact one where fewer than five would be expected in a cell), of counts by
    /// the exact one, else by Welch's.
    pub fn p(&self) -> Option<f64> {
        match self.counted {
            Counted::Shares { control, variant } if few(control, variant) => fisher(control, variant),
            Counted::Shares { control, variant } => {
                Some(pooled(control, variant).map_or(1.0, |z| student_two_sided(z, f64::INFINITY)))
            }
            Counted::Events { control, variant } => exact_p(control, variant),
            Counted::Values if self.has_spread() => {
                Some(student_two_sided(self.difference() / self.error(), self.freedom()))
            }
            Counted::Values => None,
        }
    }
}

/// Whether a cell of the two by two table would hold fewer than five.
fn few((k, n): (u64, u64), (l, m): (u64, u64)) -> bool {
    let (good, all) = ((k + l) as f64, (n + m) as f64);
    let least = good.min(all - good) * (n.min(m) as f64) / all;
    least < 5.0
}

/// The score statistic of two shares, their variance pooled; `None` where nobody or everybody succeeds.
pub fn pooled((k, n): (u64, u64), (l, m): (u64, u64)) -> Option<f64> {
    let (n, m) = (n as f64, m as f64);
    let both = (k + l) as f64 / (n + m);
    let square = both * (1.0 - both) * (1.0 / n + 1.0 / m);
    (square > 0.0).then(|| (l as f64 / m - k as f64 / n) / square.sqrt())
}

/// The interval of the relative change of a share, from the normal distribution of the logarithm of the ratio.
///
/// D. Katz, J. Baptista, S. P. Azen, M. C. Pike (1978), "Obtaining confidence intervals for the risk ratio in cohort
/// studies", Biometrics 34, 469–474.
fn katz((k, n): (u64, u64), (l, m): (u64, u64), error: f64) -> Option<Interval> {
    // Where all or none did it in both, its error would be none.
    if k == 0 || l == 0 || (k == n && l == m) {
        return None;
    }
    let part = |k: u64, n: u64| 1.0 / k as f64 - 1.0 / n as f64;
    let ratio = l as f64 / m as f64 / (k as f64 / n as f64);
    let reach = two_sided(error) * (part(k, n) + part(l, m)).sqrt();
    Interval::of(ratio * (-reach).exp() - 1.0, ratio * reach.exp() - 1.0)
}

/// The interval of the relative change of a rate of events: given their sum, the variant's part of them is binomial.
fn exact_ratio((k, n): (u64, u64), (l, m): (u64, u64), error: f64) -> Option<Interval> {
    let part = exact_share(l, k + l, error)?;
    let scale = n as f64 / m as f64;
    let ratio = |p: f64| p / (1.0 - p) * scale - 1.0;
    Interval::of(ratio(part.low), ratio(part.high))
}

/// Evidence against equal rates of events: twice the smaller tail of the variant's part of them.
fn exact_p((k, n): (u64, u64), (l, m): (u64, u64)) -> Option<f64> {
    if k + l == 0 {
        return Some(1.0);
    }
    let fair = m as f64 / (n + m) as f64;
    // P(X ≥ l) and P(X ≤ l) of a binomial are probabilities of a Beta.
    let at_least = if l == 0 { 1.0 } else { BetaLaw::new(l as f64, k as f64 + 1.0).sides(fair)[0] };
    let at_most = if k == 0 { 1.0 } else { BetaLaw::new(l as f64 + 1.0, k as f64).sides(fair)[1] };
    Some((2.0 * at_least.min(at_most)).min(1.0))
}
