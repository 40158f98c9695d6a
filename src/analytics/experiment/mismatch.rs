//! Whether users were split as planned: the first thing to look at, since a wrong split makes every figure wrong.

use statrs::function::gamma::{gamma_ur, ln_gamma};

/// How far a split is from the planned one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mismatch {
    /// Pearson's statistic.
    pub chi2: f64,
    /// Its degrees of freedom.
    pub freedom: f64,
    /// Probability of a split at least as far from the plan by chance.
    pub p: f64,
    /// Its logarithm to base ten, also where the probability is too small for a number.
    pub log10_p: f64,
}

/// Of users per arm against their planned shares, which are divided by their sum. `None` without users, or where a share
/// is not above zero.
pub fn mismatch(users: &[u64], shares: &[f64]) -> Option<Mismatch> {
    let (all, whole) = (users.iter().map(|n| *n as f64).sum::<f64>(), shares.iter().sum::<f64>());
    let all_planned = shares.iter().all(|share| *share > 0.0);
    if users.len() < 2 || users.len() != shares.len() || all <= 0.0 || !all_planned {
        return None;
    }
    let chi2: f64 = users
        .iter()
        .zip(shares)
        .map(|(n, share)| {
            let expected = share / whole * all;
            (*n as f64 - expected).powi(2) / expected
        })
        .sum();
    let freedom = users.len() as f64 - 1.0;
    let ln = ln_above(freedom, chi2);
    Some(Mismatch { chi2, freedom, p: ln.exp(), log10_p: ln / std::f64::consts::LN_10 })
}

/// Logarithm of the probability that chi-square exceeds a value: far out by the continued fraction of Legendre
/// (Abramowitz & Stegun 6.5.31).
fn ln_above(freedom: f64, chi2: f64) -> f64 {
    let (a, x) = (freedom / 2.0, chi2 / 2.0);
    if x < a + 1.0 {
        return if x <= 0.0 { 0.0 } else { gamma_ur(a, x).ln() };
    }
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1e300, 1.0 / b);
    let mut h = d;
    for i in 1..500 {
        let i = f64::from(i);
        let an = -i * (i - a);
        b += 2.0;
        d = 1.0 / (an * d + b);
        c = b + an / c;
        h *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    a * x.ln() - x - ln_gamma(a) + h.ln()
}
