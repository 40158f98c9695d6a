//! Probabilities of counts, exact to the last digits at any size: the saddle-point form, which never takes the
//! difference of large logarithms.
//!
//! C. Loader (2000), "Fast and accurate computation of binomial probabilities".

use std::f64::consts::PI;

use statrs::function::gamma::ln_gamma;

/// How far the logarithm of n! is from Stirling's formula.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        return ln_gamma(n + 1.0) - (n + 0.5) * n.max(f64::MIN_POSITIVE).ln() + n - (2.0 * PI).ln() / 2.0;
    }
    let w = 1.0 / (n * n);
    (1.0 / 12.0 - w * (1.0 / 360.0 - w * (1.0 / 1260.0 - w * (1.0 / 1680.0 - w / 1188.0)))) / n
}

/// x·ln(x ÷ m) + m − x without losing digits where x is near m.
fn deviance(x: f64, m: f64) -> f64 {
    let v = (x - m) / (x + m);
    if v.abs() >= 0.1 {
        return x * (x / m).ln() + m - x;
    }
    let (mut sum, mut power) = ((x - m) * v, 2.0 * x * v);
    for k in 1..40 {
        power *= v * v;
        let next = sum + power / f64::from(2 * k + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// Probability of `k` successes in `n` trials whose chance is `p`, and `q` the rest of it.
fn binomial(k: f64, n: f64, p: f64, q: f64) -> f64 {
    if k <= 0.0 {
        return if p < 0.1 { (-n * p - deviance(n, n * q)).exp() } else { (n * q.ln()).exp() };
    }
    if k >= n {
        return if q < 0.1 { (-n * q - deviance(n, n * p)).exp() } else { (n * p.ln()).exp() };
    }
    let exponent =
        stirling_error(n) - stirling_error(k) - stirling_error(n - k) - deviance(k, n * p) - deviance(n - k, n * q);
    exponent.exp() * (n / (2.0 * PI * k * (n - k))).sqrt()
}

/// Probability that `k` of `drawn` are successes, where `good` of all `n` are.
fn hypergeometric(k: f64, drawn: f64, good: f64, n: f64) -> f64 {
    if drawn <= 0.0 || drawn >= n {
        return 1.0;
    }
    let (p, q) = (drawn / n, (n - drawn) / n);
    binomial(k, good, p, q) / binomial(drawn, n, p, q) * binomial(drawn - k, n - good, p, q)
}

/// Fisher's exact test of `k` of `n` against `l` of `m`, in both directions: the probability of all tables with the same
/// margins that are no more likely than this one. `None` with more successes than trials.
pub fn fisher((k, n): (u64, u64), (l, m): (u64, u64)) -> Option<f64> {
    if k > n || l > m {
        return None;
    }
    let (drawn, good, all) = (n as f64, (k + l) as f64, (n + m) as f64);
    let (low, high) = ((good - m as f64).max(0.0), good.min(drawn));
    let seen = hypergeometric(k as f64, drawn, good, all);
    // Tables as likely as this one count, rounding or not.
    let limit = seen * (1.0 + 1e-7);
    let mode = (((drawn + 1.0) * (good + 1.0) / (all + 2.0)).floor()).clamp(low, high);
    // From k outwards, and on the other side of the mode from where tables become as rare.
    let outwards = |from: f64, by: f64| {
        let (mut sum, mut at, mut probability) = (0.0, from, hypergeometric(from, drawn, good, all));
        while at >= low && at <= high && probability > sum * 1e-18 {
            sum += probability;
            probability *= if by > 0.0 {
                (good - at) * (drawn - at) / ((at + 1.0) * (all - good - drawn + at + 1.0))
            } else {
                at * (all - good - drawn + at) / ((good - at + 1.0) * (drawn - at + 1.0))
            };
            at += by;
        }
        sum
    };
    let side = if k as f64 > mode { 1.0 } else { -1.0 };
    if hypergeometric(mode, drawn, good, all) <= limit {
        return Some(1.0);
    }
    // Halving finds the first table on the other side that is no more likely.
    let (mut near, mut far) = (mode, if side > 0.0 { low } else { high });
    let other = if hypergeometric(far, drawn, good, all) > limit {
        0.0
    } else {
        while (far - near).abs() > 1.0 {
            let middle = f64::midpoint(near, far).floor();
            if hypergeometric(middle, drawn, good, all) > limit { near = middle } else { far = middle }
        }
        outwards(far, -side)
    };
    Some((outwards(k as f64, side) + other).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SciPy 1.17, `stats.fisher_exact`.
    #[test]
    fn fishers_exact_test_is_that_of_scipy() {
        for (a, b, truth) in [
            ((1_000, 10_000), (1_100, 10_000), 0.022_378_874_800_480_137),
            ((0, 500), (6, 510), 0.030_832_542_017_388_196),
            ((25, 25), (27, 30), 0.242_424_242_424_242_38),
            ((2_262, 21_306), (3_894, 21_307), 5.437_359_027_952_21e-113),
        ] {
            let found = fisher(a, b).unwrap();
            assert!((found / truth - 1.0).abs() < 1e-9, "{found} is not {truth}");
            assert!((fisher(b, a).unwrap() / truth - 1.0).abs() < 1e-9);
        }
        assert_eq!(fisher((0, 500), (0, 480)), Some(1.0));
        assert_eq!(fisher((1, 0), (0, 1)), None);
    }
}
