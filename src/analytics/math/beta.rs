//! Shares of small numbers: Wilson's interval, and shrinkage towards what is usual by a beta prior that is learnt from
//! all groups together (the beta-binomial model).

use statrs::function::gamma::{digamma, ln_gamma};

use super::beta_law::BetaLaw;
use super::minimise::descend;
use super::normal::two_sided;

/// Wilson's 95 % interval of a share: `k` of `n`. `None` of nothing.
pub fn wilson(k: u64, n: u64) -> Option<(f64, f64)> {
    wilson_at(k, n, 0.05)
}

/// Wilson's interval of a share, `k` of `n`, that misses the truth with this probability. `None` of nothing.
///
/// E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22, 209–212.
pub fn wilson_at(k: u64, n: u64, error: f64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let (n, share) = (n as f64, k.min(n) as f64 / n as f64);
    let z = two_sided(error);
    let z2 = z * z;
    let middle = share + z2 / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
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
        BetaLaw::new(self.a, self.b).within(0.95)
    }

    /// The share below which `p` lies.
    pub fn quantile(self, p: f64) -> f64 {
        BetaLaw::new(self.a, self.b).quantile(p)
    }

    /// Probability of a share below `x`.
    pub fn below(self, x: f64) -> f64 {
        BetaLaw::new(self.a, self.b).below(x)
    }
}

fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}
