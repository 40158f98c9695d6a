//! How many units may be asked for: whole ones, scattered at least as Poisson's law has it, else as the negative binomial.

use crate::analytics::math::normal;

/// Above this mean the normal law is near enough, and quicker.
const MANY: f64 = 400.0;

/// Mean and variance of a number of units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    mean: f64,
    variance: f64,
}

impl Spread {
    /// Counts never scatter less than Poisson's law has it.
    pub fn of(mean: f64, variance: f64) -> Self {
        Self { mean: mean.max(0.0), variance: variance.max(mean).max(0.0) }
    }

    /// Variance.
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// The smallest number that is not exceeded with a probability.
    pub fn quantile(&self, probability: f64) -> f64 {
        if self.mean <= 0.0 {
            return 0.0;
        }
        if self.mean > MANY {
            return (self.mean + normal::quantile(probability) * self.variance.sqrt()).max(0.0).ceil();
        }
        // Chances one after the other: p(k + 1) ÷ p(k) = (k + r) q ÷ (k + 1), which is mean ÷ (k + 1) for Poisson.
        let over = self.variance - self.mean;
        let (mut chance, step): (f64, Box<dyn Fn(f64) -> f64>) = if over > 1e-9 * self.mean {
            let (r, q) = (self.mean * self.mean / over, over / self.variance);
            ((r * (1.0 - q).ln()).exp(), Box::new(move |k| (k + r) * q / (k + 1.0)))
        } else {
            let mean = self.mean;
            ((-mean).exp(), Box::new(move |k| mean / (k + 1.0)))
        };
        let (mut sum, mut k) = (chance, 0.0);
        let most = self.mean + 20.0 * self.variance.sqrt() + 20.0;
        while sum < probability && k < most {
            chance *= step(k);
            k += 1.0;
            sum += chance;
        }
        k
    }

    /// In which the number lies with a probability.
    pub fn within(&self, probability: f64) -> (f64, f64) {
        (self.quantile(0.5 - probability / 2.0), self.quantile(0.5 + probability / 2.0))
    }

    /// Whether a number lies in that interval.
    pub fn holds(&self, number: f64, probability: f64) -> bool {
        let (low, high) = self.within(probability);
        (low..=high).contains(&number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SciPy: `poisson.ppf`, `nbinom.ppf(q, r, p)` with r = mean² ÷ (variance − mean), p = mean ÷ variance.
    #[test]
    fn quantiles_are_those_of_the_laws() {
        let poisson = Spread::of(3.5, 1.0);
        assert_eq!((poisson.quantile(0.95), poisson.quantile(0.025), poisson.quantile(0.5)), (7.0, 0.0, 3.0));
        let binomial = Spread::of(10.0, 40.0);
        assert_eq!((binomial.quantile(0.95), binomial.quantile(0.5), binomial.quantile(0.025)), (22.0, 9.0, 1.0));
        assert_eq!(Spread::of(0.0, 0.0).quantile(0.99), 0.0);
        let many = Spread::of(10_000.0, 10_000.0);
        assert_eq!(many.quantile(0.975), 10_196.0);
    }
}
