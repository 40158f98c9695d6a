//! Integrals by Gauss–Legendre quadrature.

use std::f64::consts::PI;
use std::sync::OnceLock;

/// Nodes of the rule.
pub const NODES: usize = 32;

/// Nodes within 0–1 and their weights, which sum to 1. Exact for polynomials up to degree 63.
pub fn legendre() -> &'static [(f64, f64); NODES] {
    static RULE: OnceLock<[(f64, f64); NODES]> = OnceLock::new();
    RULE.get_or_init(|| std::array::from_fn(node))
}

/// Node `i`: a root of the Legendre polynomial by Newton's method from its usual approximation.
fn node(i: usize) -> (f64, f64) {
    let n = NODES as f64;
    let mut x = (PI * (i as f64 + 0.75) / (n + 0.5)).cos();
    let mut slope = 1.0;
    for _ in 0..20 {
        let (mut before, mut value) = (1.0, x);
        for k in 2..=NODES {
            let k = k as f64;
            (before, value) = (value, ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k);
        }
        slope = n * (x * value - before) / (x * x - 1.0);
        x -= value / slope;
    }
    ((1.0 - x) / 2.0, 1.0 / ((1.0 - x * x) * slope * slope))
}

/// Integrates over `from..to` a function whose scale is `scale` at `from` and grows with the distance: the nodes lie
/// evenly in ln(1 + distance ÷ scale). `each` is given the place and its weight.
pub fn over_growing_scale(from: f64, to: f64, scale: f64, mut each: impl FnMut(f64, f64)) {
    let length = ((to - from) / scale).ln_1p();
    for (share, weight) in legendre() {
        let u = share * length;
        each(from + scale * u.exp_m1(), weight * length * scale * u.exp());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_and_powers_are_integrated_exactly() {
        let sum = |f: &dyn Fn(f64) -> f64| legendre().iter().map(|(x, w)| w * f(*x)).sum::<f64>();
        assert!((sum(&|_| 1.0) - 1.0).abs() < 1e-14);
        assert!((sum(&|x| x.powi(63)) - 1.0 / 64.0).abs() < 1e-15);
        let mut power = 0.0;
        over_growing_scale(0.0, 1e6, 0.01, |x, w| power += w * (0.01 + x).powf(-1.5));
        assert!((power / (2.0 * (0.01_f64.powf(-0.5) - 1_000_000.01_f64.powf(-0.5))) - 1.0).abs() < 1e-11);
    }
}
