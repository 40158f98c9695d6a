//! Seeded chance. Every person, order and product draws from a stream of its own, so that any of them can be made
//! again alone, and a change in one leaves the others as they are.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Beta, Distribution, Exp1, Gamma, StandardNormal};

/// What a stream is for. The number is part of the seed: never reuse one.
#[derive(Debug, Clone, Copy)]
pub enum Purpose {
    /// Products of the catalogue.
    Catalogue = 1,
    /// Who a person is, and when the person buys.
    Person = 2,
    /// What lies in an order and what becomes of it.
    Order = 3,
    /// What a person agreed to.
    Consent = 4,
    /// Carts that were left.
    Cart = 5,
    /// Orders without identity.
    Stranger = 6,
    /// What was sent and spent.
    Campaign = 11,
    /// Looks at products that led to nothing.
    Look = 7,
    /// Looks at products before an order.
    LookBefore = 8,
    /// Stock that ran out and came back.
    Stock = 9,
    /// Who got which variant of an experiment.
    Experiment = 12,
    /// Touchpoints before an order.
    Journey = 13,
    /// Touchpoints that led to nothing.
    JourneyToNothing = 14,
    /// What a touchpoint says beside its channel.
    Touch = 15,
}

/// Makes the streams of one seed.
#[derive(Debug, Clone)]
pub struct Dicebox(ChaCha8Rng);

impl Dicebox {
    /// The streams of `seed`.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// The stream of one thing.
    pub fn dice(&self, purpose: Purpose, index: u32) -> Dice {
        let mut rng = self.0.clone();
        rng.set_stream((purpose as u64) << 32 | u64::from(index));
        Dice(rng)
    }
}

/// One stream of chance.
#[derive(Debug, Clone)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// Uniform in 0 ≤ x < 1.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform among `0..n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// Index into running totals of weights, each with the probability of its weight.
    pub fn pick(&mut self, running_totals: &[f64]) -> usize {
        let Some(&all) = running_totals.last() else { return 0 };
        let at = self.unit() * all;
        running_totals.partition_point(|&total| total <= at).min(running_totals.len() - 1)
    }

    /// Exponential with mean 1.
    pub fn exponential(&mut self) -> f64 {
        Exp1.sample(&mut self.0)
    }

    /// Normal with mean 0 and standard deviation 1.
    pub fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.0)
    }

    /// Gamma with a shape and a rate (mean shape ÷ rate); 0 unless both are positive.
    pub fn gamma(&mut self, shape: f64, rate: f64) -> f64 {
        Gamma::new(shape, rate.recip()).map_or(0.0, |gamma| gamma.sample(&mut self.0))
    }

    /// Beta with mean a ÷ (a + b); 0 unless both are positive.
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        Beta::new(a, b).map_or(0.0, |beta| beta.sample(&mut self.0))
    }

    /// How many events of rate 1 fall into a stretch of length `mean` (Poisson).
    pub fn events(&mut self, mean: f64) -> u32 {
        let mut at = self.exponential();
        let mut n = 0;
        while at < mean {
            n += 1;
            at += self.exponential();
        }
        n
    }
}

/// Running totals of weights, for [`Dice::pick`].
pub fn running_totals(weights: impl IntoIterator<Item = f64>) -> Vec<f64> {
    weights
        .into_iter()
        .scan(0.0, |sum, w| {
            *sum += w;
            Some(*sum)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_for_a_seed_and_differ_by_purpose_and_index() {
        let draw = |seed, purpose, index| Dicebox::new(seed).dice(purpose, index).unit();
        assert_eq!(draw(1, Purpose::Person, 5), draw(1, Purpose::Person, 5));
        assert_ne!(draw(1, Purpose::Person, 5), draw(2, Purpose::Person, 5));
        assert_ne!(draw(1, Purpose::Person, 5), draw(1, Purpose::Order, 5));
        assert_ne!(draw(1, Purpose::Person, 5), draw(1, Purpose::Person, 6));
    }

    #[test]
    fn distributions_have_the_means_asked_for() {
        let mut dice = Dicebox::new(7).dice(Purpose::Person, 0);
        let n = 20_000;
        let mut mean = |f: &dyn Fn(&mut Dice) -> f64| (0..n).map(|_| f(&mut dice)).sum::<f64>() / f64::from(n);
        assert!((mean(&|d| d.gamma(0.7, 2.0)) - 0.35).abs() < 0.02);
        assert!((mean(&|d| d.beta(1.0, 3.0)) - 0.25).abs() < 0.01);
        assert!((mean(&|d| f64::from(d.events(1.5))) - 1.5).abs() < 0.05);
        assert!((mean(&|d| d.below(4) as f64) - 1.5).abs() < 0.05);
        assert!((mean(&|d| d.pick(&[1.0, 1.0, 4.0]) as f64) - 1.5).abs() < 0.05);
    }
}
