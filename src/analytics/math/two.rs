//! Two groups compared: the difference of two shares or means with its interval, and the smallest one that can be seen.

use super::beta::wilson_at;
use super::normal::{quantile, student_quantile};

/// `k` of `n` people.
pub type Counts = (u64, u64);

/// A value for each of so many people.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sample {
    /// People.
    pub n: u64,
    /// Mean of the values.
    pub mean: f64,
    /// Variance of the values (divided by n − 1).
    pub variance: f64,
}

impl Sample {
    /// Of values.
    pub fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let mean = if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / n };
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Self { n: values.len() as u64, mean, variance: if values.len() > 1 { squares / (n - 1.0) } else { 0.0 } }
    }
}

/// The first share less the second, with its 95 % interval, over so many comparisons (Bonferroni). `None` without
/// people.
pub fn shares(a: Counts, b: Counts, comparisons: usize) -> Option<(f64, (f64, f64))> {
    shares_at(a, b, 0.05 / comparisons.max(1) as f64)
}

/// The first share less the second, with an interval that misses the truth with this probability. `None` without people.
///
/// R. G. Newcombe (1998), "Interval estimation for the difference between independent proportions: comparison of eleven
/// methods", Statistics in Medicine 17, 873–890, method 10.
pub fn shares_at(a: Counts, b: Counts, error: f64) -> Option<(f64, (f64, f64))> {
    if a.1 == 0 || b.1 == 0 {
        return None;
    }
    let (p, q) = (a.0 as f64 / a.1 as f64, b.0 as f64 / b.1 as f64);
    let (of_p, of_q) = (wilson_at(a.0, a.1, error)?, wilson_at(b.0, b.1, error)?);
    let low = p - q - ((p - of_p.0).powi(2) + (of_q.1 - q).powi(2)).sqrt();
    let high = p - q + ((of_p.1 - p).powi(2) + (q - of_q.0).powi(2)).sqrt();
    Some((p - q, (low, high)))
}

/// The first mean less the second, with its 95 % interval. `None` with fewer than two people in a group, or without any
/// spread.
///
/// B. L. Welch (1947), "The generalization of 'Student's' problem when several different population variances are
/// involved", Biometrika 34, 28–35.
pub fn means(a: Sample, b: Sample) -> Option<(f64, (f64, f64))> {
    if a.n < 2 || b.n < 2 {
        return None;
    }
    let (of_a, of_b) = (a.variance / a.n as f64, b.variance / b.n as f64);
    let both = of_a + of_b;
    if both <= 0.0 {
        return None;
    }
    let freedom = both * both / (of_a * of_a / (a.n as f64 - 1.0) + of_b * of_b / (b.n as f64 - 1.0));
    let half = student_quantile(0.05, freedom) * both.sqrt();
    let difference = a.mean - b.mean;
    Some((difference, (difference - half, difference + half)))
}

/// What a comparison is made to see: how often it may find a difference that is none, and how often it must find one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    /// How many standard errors a difference must be from zero to be found.
    pub bound: f64,
    /// Probability with which it is to be found.
    pub power: f64,
}

impl Aim {
    /// Found at 5 % two-sided.
    pub fn at_five_percent(power: f64) -> Self {
        Self { bound: quantile(0.975), power }
    }

    /// How far a share `q` of `m` is from being found against `p` of `n`, as a difference of shares: above zero it is
    /// found with more than the power.
    ///
    /// |q − p| − √(p̄(1 − p̄)(1/n + 1/m)) · bound − √(p(1 − p)/n + q(1 − q)/m) · z(power): J. L. Fleiss, B. Levin, M. C.
    /// Paik (2003), "Statistical Methods for Rates and Proportions", third edition, chapter 4, without continuity correction.
    pub fn excess(self, (p, n): (f64, f64), (q, m): (f64, f64)) -> f64 {
        let pooled = (p * n + q * m) / (n + m);
        let chance = (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt();
        (q - p).abs() - self.bound * chance - quantile(self.power) * (p * (1.0 - p) / n + q * (1.0 - q) / m).sqrt()
    }
}

/// The smallest share above `usual` that a comparison of so many people sees. `None` where not even a share of one would
/// be seen.
pub fn smallest_share(usual: f64, n: f64, m: f64, aim: Aim) -> Option<f64> {
    let excess = |q: f64| aim.excess((usual, n), (q, m));
    if n < 1.0 || m < 1.0 || excess(1.0) < 0.0 {
        return None;
    }
    let (mut low, mut high) = (usual, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if excess(middle) < 0.0 { low = middle } else { high = middle }
    }
    Some(high)
}

/// The smallest difference of means that a comparison of so many people sees:
/// (bound + z(power)) · √(variance · (1/n + 1/m)).
pub fn smallest_mean(variance: f64, n: f64, m: f64, aim: Aim) -> f64 {
    (aim.bound + quantile(aim.power)) * (variance * (1.0 / n + 1.0 / m)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe's table II: 56 of 70 against 48 of 80 by method 10 is 0.0524 to 0.3339.
    #[test]
    fn the_difference_of_shares_has_the_interval_of_the_paper() {
        let (difference, (low, high)) = shares((56, 70), (48, 80), 1).unwrap();
        assert!((difference - 0.2).abs() < 1e-12);
        assert!((low - 0.0524).abs() < 5e-5 && (high - 0.3339).abs() < 5e-5, "{low} {high}");
        assert_eq!(shares((0, 0), (1, 2), 1), None);
    }

    /// The example of R's `power.prop.test`: p1 = .50, p2 = .75, power = .90 takes 76.7 in each group.
    #[test]
    fn the_smallest_share_is_that_of_r() {
        let seen = smallest_share(0.5, 76.652_94, 76.652_94, Aim::at_five_percent(0.9)).unwrap();
        assert!((seen - 0.75).abs() < 2e-4, "{seen}");
        assert_eq!(smallest_share(0.5, 3.0, 3.0, Aim::at_five_percent(0.8)), None);
    }

    /// The example of R's `power.t.test` by the normal law: 20 in each group and a deviation of 1 see
    /// (1.959964 + 0.841621) · √(1/10) = 0.885939.
    #[test]
    fn the_smallest_mean_follows_from_the_deviation() {
        assert!((smallest_mean(1.0, 20.0, 20.0, Aim::at_five_percent(0.8)) - 0.885_939).abs() < 1e-5);
    }

    /// By hand: means 2 and 5, variances 1 and 4, three each: error √(5/3), freedom 25/9 ÷ (1/18 + 16/18) = 2.941.
    #[test]
    fn means_differ_by_welch() {
        let (a, b) = (Sample::of(&[1.0, 2.0, 3.0]), Sample::of(&[3.0, 5.0, 7.0]));
        let (difference, (low, high)) = means(a, b).unwrap();
        assert!((difference + 3.0).abs() < 1e-12);
        let half = (high - low) / 2.0 / (5.0_f64 / 3.0).sqrt();
        assert!((3.18..3.24).contains(&half), "t of 2.94 degrees lies a little above that of 3, 3.182: {half}");
    }
}
