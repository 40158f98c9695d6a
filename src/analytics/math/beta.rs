//! Shares of small numbers: Wilson's interval, and shrinkage towards what is usual by a beta prior that is learnt from
//! all groups together (the beta-binomial model).

use statrs::function::gamma::{digamma, ln_gamma};

use super::minimise::descend;

/// The 97.5 % point of the normal distribution: intervals of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval of a share: `k` of `n`. `None` of nothing.
///
/// E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22, 209–212.
pub fn wilson(k: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let (n, share) = (n as f64, k.min(n) as f64 / n as f64);
    let z2 = Z * Z;
    let middle = share + z2 / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let bound = |value: f64| (value / (1.0 + z2 / n)).clamp(0.0, 1.0);
    Some((bound(middle - half), bound(middle + half)))
}

/// Groups with one and the same outcome: `k` of `n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tally {
    /// Trials.
    pub n: u64,
    /// Successes among them.
    pub k: u64,
    /// How many groups had this outcome.
    pub groups: u64,
}

/// A beta distribution of a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beta {
    /// Successes it is worth.
    pub a: f64,
    /// Failures it is worth.
    pub b: f64,
}

impl Beta {
    /// How the true shares of groups are spread, by the greatest likelihood of the beta-binomial model. A weak prior on
    /// its strength a + b (around 30, a factor of twelve either way) keeps it finite where groups do not differ.
    /// `None` without both successes and failures.
    pub fn fit(tallies: &[Tally]) -> Option<Self> {
        const STRENGTH: (f64, f64) = (3.4, 2.5);
        let total = |of: fn(&Tally) -> u64| tallies.iter().map(|t| of(t) as f64 * t.groups as f64).sum::<f64>();
        let (n, k) = (total(|t| t.n), total(|t| t.k));
        if k <= 0.0 || k >= n {
            return None;
        }
        let groups = tallies.iter().map(|t| t.groups as f64).sum::<f64>();
        let loss = |at: &[f64; 2]| {
            let [logit, log_strength] = *at;
            let (mean, strength) = (1.0 / (1.0 + (-logit).exp()), log_strength.clamp(-20.0, 20.0).exp());
            let (a, b) = (mean * strength, (1.0 - mean) * strength);
            let off = (log_strength - STRENGTH.0) / (STRENGTH.1 * STRENGTH.1);
            let (mut sum, mut by_a, mut by_b) = (-0.5 * off * (log_strength - STRENGTH.0), 0.0, 0.0);
            for t in tallies {
                let (n, k, weight) = (t.n as f64, t.k as f64, t.groups as f64);
                sum += weight * (ln_beta(a + k, b + n - k) - ln_beta(a, b));
                let all = digamma(a + b) - digamma(a + b + n);
                by_a += weight * (digamma(a + k) - digamma(a) + all);
                by_b += weight * (digamma(b + n - k) - digamma(b) + all);
            }
            let by_logit = (by_a - by_b) * strength * mean * (1.0 - mean);
            let by_strength = by_a * a + by_b * b - off;
            (-sum / groups, [-by_logit / groups, -by_strength / groups])
        };
        let start = (k / n / (1.0 - k / n)).ln();
        let [logit, log_strength] = descend(&loss, [start, STRENGTH.0])?;
        let (mean, strength) = (1.0 / (1.0 + (-logit).exp()), log_strength.exp());
        let found = Self { a: mean * strength, b: (1.0 - mean) * strength };
        (found.a.is_finite() && found.b.is_finite() && found.a > 0.0 && found.b > 0.0).then_some(found)
    }

    /// What is known of the share once `k` of `n` were seen.
    pub fn after(self, k: u64, n: u64) -> Self {
        Self { a: self.a + k as f64, b: self.b + n.saturating_sub(k) as f64 }
    }

    /// Expected share.
    pub fn mean(self) -> f64 {
        self.a / (self.a + self.b)
    }

    /// The interval that holds 95 %, with as much below as above.
    pub fn interval(self) -> (f64, f64) {
        (self.quantile(0.025), self.quantile(0.975))
    }

    /// The share below which `p` lies. By halving: it always arrives.
    pub fn quantile(self, p: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if self.below(middle) < p { low = middle } else { high = middle }
        }
        (low + high) / 2.0
    }

    /// Probability of a share below `x`: the regularised incomplete beta function by its continued fraction.
    pub fn below(self, x: f64) -> f64 {
        let (a, b) = (self.a, self.b);
        if x <= 0.0 || x >= 1.0 {
            return if x <= 0.0 { 0.0 } else { 1.0 };
        }
        let front = (a * x.ln() + b * (1.0 - x).ln() - ln_beta(a, b)).exp();
        if x < (a + 1.0) / (a + b + 2.0) {
            front * fraction(a, b, x) / a
        } else {
            1.0 - front * fraction(b, a, 1.0 - x) / b
        }
    }
}

fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// Abramowitz & Stegun 26.5.8, by Lentz's method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..20_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        h *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    h
}
