//! Bounds for a few planned looks, by what each of them may spend of the error.
//!
//! K. K. G. Lan, D. L. DeMets (1983), "Discrete sequential boundaries for clinical trials", Biometrika 70, 659–663; the
//! probability to be still within the bounds is carried from look to look by P. Armitage, C. K. McPherson, B. C. Rowe
//! (1969), "Repeated significance tests on accumulating data", JRSS A 132, 235–244. Looks are taken to be evenly spaced.

use super::settings::Spending;
use crate::analytics::math::normal::{above, density, two_sided};
use crate::analytics::math::quadrature::legendre;
use crate::analytics::math::root::{newton, root_within};

/// Most looks that are worth planning; beyond them, the always-valid interval is the simpler rule.
pub const MOST_LOOKS: u32 = 50;

/// No bound is further out.
const FAR: f64 = 9.0;

impl Spending {
    /// The error that may be spent by this part of the test.
    pub fn spent(self, error: f64, part: f64) -> f64 {
        match self {
            // Half of the error for each direction, each with a function of its own.
            Self::ObrienFleming => 4.0 * above(two_sided(error / 2.0) / part.sqrt()),
            Self::Pocock => error * ((1.0_f64.exp() - 1.0) * part).ln_1p(),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::ObrienFleming => "O’Brien–Fleming",
            Self::Pocock => "Pocock",
        }
    }
}

/// The bound of each look up to `look` of `looks`, in standard errors.
pub fn bounds(spending: Spending, error: f64, looks: u32, look: u32) -> Vec<f64> {
    let looks = looks.clamp(1, MOST_LOOKS);
    let part = |k: u32| f64::from(k) / f64::from(looks);
    let step = part(1).sqrt();
    let mut out = Vec::new();
    // Sums of evidence from zero on that are still within the bounds, and their probability; as many are below zero.
    let mut within: Vec<(f64, f64)> = vec![(0.0, 0.5)];
    let mut spent = 0.0;
    for k in 1..=look.clamp(1, looks) {
        let may = spending.spent(error, part(k)) - spent;
        let scale = part(k).sqrt();
        // How far the logarithm of what lies outside is below that of what may be spent, and its slope.
        let left = |bound: f64| {
            let at = bound * scale;
            let each = within.iter().map(|(x, mass)| {
                let (near, far) = ((at - x) / step, (at + x) / step);
                (mass * (above(near) + above(far)), mass * (density(near) + density(far)))
            });
            let (outside, slope) = each.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            (may.ln() - (2.0 * outside).ln(), slope * scale / step / outside)
        };
        let start = out.last().copied().unwrap_or(two_sided(may.max(1e-18)));
        let bound = if left(FAR).0 <= 0.0 { FAR } else { newton(start, (0.0, FAR), 1e-8, left) };
        out.push(bound);
        spent += may;
        within = carried(&within, bound * scale, step);
    }
    out
}

/// The probability of the next sum from zero to `edge`, on panels of at most five steps, each of 32 points.
fn carried(within: &[(f64, f64)], edge: f64, step: f64) -> Vec<(f64, f64)> {
    let panels = (0.2 * edge / step).ceil().max(1.0);
    let width = edge / panels;
    let height = |at: f64| {
        let each = within.iter().map(|(x, mass)| mass * (density((at - x) / step) + density((at + x) / step)));
        each.sum::<f64>() / step
    };
    let places = (0..panels as usize).flat_map(|panel| legendre().iter().map(move |(x, w)| (panel as f64 + x, *w)));
    places.map(|(at, weight)| (at * width, weight * width * height(at * width))).collect()
}

/// The smallest error, down to 1e-12, at which an estimate so many standard errors out would have crossed the bound of this
/// look.
pub fn p(spending: Spending, z: f64, looks: u32, look: u32) -> f64 {
    let z = z.abs().min(FAR - 1e-9);
    // The bound is nearly a straight line over the normal value of the error, and no nearer to zero than that.
    let bound = |w: f64| bounds(spending, 2.0 * above(w), looks, look).last().copied().unwrap_or(FAR);
    let (low, high) = (1e-3, z.clamp(2e-3, 7.1));
    if bound(low) >= z {
        return 1.0;
    }
    if bound(high) <= z {
        return 2.0 * above(high);
    }
    2.0 * above(root_within(low, high, 1e-8, |w| bound(w) - z))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bounds of five looks at 5 % by Lan and DeMets' program (D. M. Reboussin and others 2000, "Computations for
    /// group sequential boundaries using the Lan–DeMets spending function method", Controlled Clinical Trials 21), whose
    /// grid is coarse; the second one is 3.357012 by mpmath.
    #[test]
    fn five_looks_have_the_bounds_of_the_tables() {
        for (spending, table) in [
            (Spending::ObrienFleming, [4.8769, 3.3569, 2.6803, 2.2898, 2.0310]),
            (Spending::Pocock, [2.4380, 2.4268, 2.4101, 2.3966, 2.3859]),
        ] {
            for (found, truth) in bounds(spending, 0.05, 5, 5).into_iter().zip(table) {
                assert!((found - truth).abs() < 1.2e-4, "{spending:?}: {found} is not {truth}");
            }
        }
        assert!((bounds(Spending::ObrienFleming, 0.05, 5, 2)[1] - 3.357_011_921_57).abs() < 1e-9);
        assert!((bounds(Spending::Pocock, 0.05, 1, 1)[0] - 1.959_964).abs() < 1e-6);
    }

    #[test]
    fn the_evidence_at_a_bound_is_the_error_it_was_made_for() {
        let bound = bounds(Spending::ObrienFleming, 0.05, 4, 3)[2];
        assert!((p(Spending::ObrienFleming, bound, 4, 3) - 0.05).abs() < 1e-8);
        assert_eq!(p(Spending::Pocock, 0.0, 4, 2), 1.0);
    }
}
