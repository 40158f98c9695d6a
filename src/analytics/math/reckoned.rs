//! An amount above zero that is known up to a factor.

use super::normal::{student_quantile, student_two_sided};

/// An amount above zero that is known up to a factor: the logarithm of truth ÷ middle has Student's t distribution.
/// Factors multiply, so an expected amount times a lift, each with its own doubt, is one of these again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reckoned {
    /// As likely too high as too low.
    pub middle: f64,
    /// Scale of the logarithm; 0 = exact.
    pub spread: f64,
    /// Degrees of freedom of the scale.
    pub freedom: f64,
}

impl Reckoned {
    /// An amount without doubt.
    pub fn exact(amount: f64) -> Self {
        Self { middle: amount, spread: 0.0, freedom: f64::INFINITY }
    }

    /// An amount that was off by this much of itself in the root of the mean square, over so many independent times.
    pub fn off_by(amount: f64, relative: f64, times: f64) -> Self {
        Self { middle: amount, spread: (relative * relative).ln_1p().sqrt(), freedom: times }
    }

    /// What the next of several ratios will be, if it is like them; `None` for fewer than two, or one at zero.
    pub fn next_of(ratios: &[f64]) -> Option<Self> {
        let of_one = Self::spread_of(ratios)?;
        Some(Self { spread: of_one.spread * (1.0 + 1.0 / ratios.len() as f64).sqrt(), ..of_one })
    }

    /// The mean of several ratios: of logarithms, so that twice as many and half as many cancel out.
    pub fn mean_of(ratios: &[f64]) -> Option<Self> {
        let of_one = Self::spread_of(ratios)?;
        Some(Self { spread: of_one.spread * (1.0 / ratios.len() as f64).sqrt(), ..of_one })
    }

    fn spread_of(ratios: &[f64]) -> Option<Self> {
        let n = ratios.len() as f64;
        if ratios.len() < 2 || ratios.iter().any(|ratio| !ratio.is_finite() || *ratio <= 0.0) {
            return None;
        }
        let mean = ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / n;
        let square = ratios.iter().map(|ratio| (ratio.ln() - mean).powi(2)).sum::<f64>() / (n - 1.0);
        Some(Self { middle: mean.exp(), spread: square.sqrt(), freedom: n - 1.0 })
    }

    /// The product with another one that is off for other reasons.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let (a, b) = (self.spread.powi(2), other.spread.powi(2));
        let square = a + b;
        // Welch and Satterthwaite: the degrees of freedom of a sum of variances.
        let freedom =
            if square > 0.0 { square * square / (a * a / self.freedom + b * b / other.freedom) } else { f64::INFINITY };
        Self { middle: self.middle * other.middle, spread: square.sqrt(), freedom }
    }

    /// How often this one fits into an amount that is known exactly.
    #[must_use]
    pub fn in_exactly(self, amount: f64) -> Self {
        Self { middle: amount / self.middle, ..self }
    }

    /// In which the truth lies with this probability, each side missed equally often.
    pub fn within(&self, probability: f64) -> (f64, f64) {
        let reach = (self.spread * quantile(0.5 + probability / 2.0, self.freedom)).exp();
        (self.middle / reach, self.middle * reach)
    }

    /// The probability that the truth is above an amount.
    pub fn chance_above(&self, amount: f64) -> f64 {
        if amount <= 0.0 {
            return 1.0;
        }
        let above = (amount / self.middle).ln();
        if self.spread <= 0.0 {
            return f64::from(u8::from(above < 0.0));
        }
        let t = above / self.spread;
        let tail = student_two_sided(t, self.freedom) / 2.0;
        if t < 0.0 { 1.0 - tail } else { tail }
    }
}

/// Quantile of Student's t.
pub fn quantile(at: f64, freedom: f64) -> f64 {
    let freedom = freedom.max(1.0);
    if at < 0.5 { -student_quantile(2.0 * at, freedom) } else { student_quantile(2.0 * (1.0 - at), freedom) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_ratio_is_students_t_over_logarithms() {
        // Ratios 1.5, 2 and 3: logarithms have mean 0.732408 and spread 0.348234; t(0.975; 2) = 4.302653.
        let next = Reckoned::next_of(&[1.5, 2.0, 3.0]).unwrap();
        assert!((next.within(0.95).1 - (0.732_408_f64 + 1.730_131).exp()).abs() < 1e-3);
        let mean = Reckoned::mean_of(&[1.5, 2.0, 3.0]).unwrap();
        assert!((mean.within(0.95).0 - (0.732_408_f64 - 0.865_066).exp()).abs() < 1e-4);
        assert!((next.chance_above(next.middle) - 0.5).abs() < 1e-9);
        assert!((next.chance_above(next.within(0.95).0) - 0.975).abs() < 1e-6);
        assert!(Reckoned::next_of(&[1.0]).is_none() && Reckoned::next_of(&[1.0, 0.0]).is_none());
    }

    #[test]
    fn doubts_of_a_product_add_up_and_an_exact_factor_adds_none() {
        let a = Reckoned { middle: 100.0, spread: 0.3, freedom: 10.0 };
        let b = Reckoned { middle: 2.0, spread: 0.4, freedom: 20.0 };
        let both = a.times(b);
        assert!((both.middle - 200.0).abs() < 1e-9 && (both.spread - 0.5).abs() < 1e-12);
        assert!(both.freedom > 10.0 && both.freedom < 30.0, "{}", both.freedom);
        let same = a.times(Reckoned::exact(3.0));
        assert!((same.spread - 0.3).abs() < 1e-12 && (same.freedom - 10.0).abs() < 1e-9);
        assert_eq!(Reckoned::exact(5.0).chance_above(4.0), 1.0);
        assert_eq!(Reckoned::exact(5.0).within(0.95), (5.0, 5.0));
    }
}
