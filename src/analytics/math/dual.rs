//! Numbers that carry their derivatives along, so that a computation written once gives its gradient too.

use std::ops::{Add, Div, Mul, Sub};

/// What a computation needs of its numbers.
pub trait Number:
    Copy + From<f64> + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    /// The number itself.
    fn value(&self) -> f64;
}

impl Number for f64 {
    fn value(&self) -> f64 {
        *self
    }
}

/// A number with its derivatives by `N` parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dual<const N: usize> {
    /// The number.
    pub value: f64,
    /// Its derivatives.
    pub slopes: [f64; N],
}

impl<const N: usize> Dual<N> {
    /// Parameter number `at`, whose value is this.
    pub fn parameter(value: f64, at: usize) -> Self {
        Self::scaled(value, at, 1.0)
    }

    /// A function of parameter number `at`, with its derivative.
    pub fn scaled(value: f64, at: usize, slope: f64) -> Self {
        let mut slopes = [0.0; N];
        slopes[at] = slope;
        Self { value, slopes }
    }

    #[inline]
    fn with(mut self, value: f64, by_own: f64, other: &Self, by_other: f64) -> Self {
        for (own, other) in self.slopes.iter_mut().zip(&other.slopes) {
            *own = *own * by_own + other * by_other;
        }
        self.value = value;
        self
    }
}

impl<const N: usize> From<f64> for Dual<N> {
    fn from(value: f64) -> Self {
        Self { value, slopes: [0.0; N] }
    }
}

impl<const N: usize> Number for Dual<N> {
    fn value(&self) -> f64 {
        self.value
    }
}

impl<const N: usize> Add for Dual<N> {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        self.with(self.value + other.value, 1.0, &other, 1.0)
    }
}

impl<const N: usize> Sub for Dual<N> {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        self.with(self.value - other.value, 1.0, &other, -1.0)
    }
}

impl<const N: usize> Mul for Dual<N> {
    type Output = Self;
    #[inline]
    fn mul(self, other: Self) -> Self {
        self.with(self.value * other.value, other.value, &other, self.value)
    }
}

impl<const N: usize> Div for Dual<N> {
    type Output = Self;
    #[inline]
    fn div(self, other: Self) -> Self {
        let quotient = self.value / other.value;
        self.with(quotient, other.value.recip(), &other, -quotient / other.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_those_of_the_calculus() {
        let (x, y) = (Dual::<2>::parameter(3.0, 0), Dual::<2>::parameter(2.0, 1));
        // f = (x·y + x) ÷ (y − 5): f = −3, ∂f/∂x = −1, ∂f/∂y = x(y−5)−(xy+x) over (y−5)² = −18/9.
        let f = (x * y + x) / (y - 5.0.into());
        assert_eq!(f.value, -3.0);
        assert!((f.slopes[0] + 1.0).abs() < 1e-12 && (f.slopes[1] + 2.0).abs() < 1e-12, "{:?}", f.slopes);
    }
}
