//! Ratios of sums, with their intervals.

use crate::analytics::math::normal::student_quantile;

/// Standard deviations on both sides of a 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// A value with its interval of 95 %, where that can be told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Lower and upper end.
    pub interval: Option<(f64, f64)>,
}

impl Estimate {
    fn around(value: f64, by: f64) -> Self {
        Self { value, interval: by.is_finite().then_some((value - by, value + by)) }
    }

    /// The same, so many times.
    pub fn times(self, by: f64) -> Self {
        Self { value: self.value * by, interval: self.interval.map(|(low, high)| (low * by, high * by)) }
    }
}

/// A ratio of two sums over clusters, such as customers: what one of them adds to both goes together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ratio {
    top: f64,
    bottom: f64,
    squares: [f64; 3],
    clusters: u64,
}

impl Ratio {
    /// Adds what a cluster has of both.
    pub fn add(&mut self, top: f64, bottom: f64) {
        if top == 0.0 && bottom == 0.0 {
            return;
        }
        self.top += top;
        self.bottom += bottom;
        let squares = [top * top, top * bottom, bottom * bottom];
        self.squares.iter_mut().zip(squares).for_each(|(sum, square)| *sum += square);
        self.clusters += 1;
    }

    /// Adds all clusters of another one.
    pub fn join(&mut self, other: &Self) {
        self.top += other.top;
        self.bottom += other.bottom;
        self.squares.iter_mut().zip(other.squares).for_each(|(sum, square)| *sum += square);
        self.clusters += other.clusters;
    }

    /// What was divided by.
    pub fn bottom(&self) -> f64 {
        self.bottom
    }

    /// Sum over sum, with the interval of its linear approximation; `None` where nothing is divided by.
    pub fn estimate(&self) -> Option<Estimate> {
        if self.bottom <= 0.0 {
            return None;
        }
        let (ratio, n) = (self.top / self.bottom, self.clusters as f64);
        let [tt, tb, bb] = self.squares;
        let residuals = (tt - 2.0 * ratio * tb + ratio * ratio * bb).max(0.0);
        let by = Z * (residuals * n / (n - 1.0)).sqrt() / self.bottom;
        Some(Estimate::around(ratio, if n > 1.0 { by } else { f64::NAN }))
    }
}

/// The mean of months, with Student's interval from three on.
pub fn mean_of(months: &[f64]) -> Estimate {
    let n = months.len() as f64;
    let mean = months.iter().sum::<f64>() / n.max(1.0);
    let variance = months.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let by = if n >= 3.0 { student_quantile(0.05, n - 1.0) * (variance / n).sqrt() } else { f64::NAN };
    Estimate::around(mean, by)
}

/// Sum over sum of months, with Student's interval of its linear approximation from three on.
pub fn ratio_of(months: &[(f64, f64)]) -> Option<Estimate> {
    let n = months.len() as f64;
    let (top, bottom) = months.iter().fold((0.0, 0.0), |(a, b), (top, bottom)| (a + top, b + bottom));
    let ratio = (bottom > 0.0).then(|| top / bottom)?;
    let squares: f64 = months.iter().map(|(top, bottom)| (top - ratio * bottom).powi(2)).sum();
    let deviation = (squares * n / (n - 1.0)).sqrt() / bottom;
    Some(Estimate::around(ratio, if n >= 3.0 { student_quantile(0.05, n - 1.0) * deviation } else { f64::NAN }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_of_customers_with_one_order_each_is_a_mean() {
        let values = [10.0, 12.0, 9.0, 15.0, 11.0, 30.0];
        let mut ratio = Ratio::default();
        values.iter().for_each(|value| ratio.add(*value, 1.0));
        let found = ratio.estimate().unwrap();
        let mean = values.iter().sum::<f64>() / 6.0;
        let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 5.0;
        assert!((found.value - mean).abs() < 1e-12);
        assert!((found.interval.unwrap().1 - (mean + Z * (variance / 6.0).sqrt())).abs() < 1e-9);
        let months: Vec<(f64, f64)> = values.iter().map(|value| (*value, 1.0)).collect();
        let (a, b) = (ratio_of(&months).unwrap(), mean_of(&values));
        assert!((a.interval.unwrap().0 - b.interval.unwrap().0).abs() < 1e-9);
        // Student's t of five degrees: 2.5706.
        assert!((b.interval.unwrap().1 - mean - 2.570_581_8 * (variance / 6.0).sqrt()).abs() < 1e-5);
    }

    #[test]
    fn too_few_have_no_interval() {
        let mut ratio = Ratio::default();
        assert_eq!(ratio.estimate(), None);
        ratio.add(5.0, 1.0);
        assert_eq!(ratio.estimate(), Some(Estimate { value: 5.0, interval: None }));
        assert_eq!(mean_of(&[1.0, 2.0]).interval, None);
        assert_eq!(ratio_of(&[(1.0, 0.0)]), None);
    }
}
