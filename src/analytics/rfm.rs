//! Recency, frequency, monetary value: scores from 1 (worst) to `bins` (best).
//!
//! Two ways to bin. [`Binning::Ntile`] cuts the ranking into equal parts and splits ties by customer index;
//! [`Binning::Cut`] cuts the values at their quantiles (linear interpolation, R-7), so that equal values share a score.
//! Source of the model: A. M. Hughes, Strategic Database Marketing (1994).

use rayon::prelude::*;
use serde::Serialize;

use super::facts::CustomerFacts;
use crate::model::{Day, TooLittle};

/// How values become scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Binning {
    /// Equal parts of the ranking; ties are split by customer index.
    Ntile,
    /// Cuts at the quantiles of the values; ties share a score.
    Cut,
}

/// Scores of one customer; 0 = never bought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Scores {
    /// Recency: best = bought last.
    pub r: u8,
    /// Frequency: best = most orders.
    pub f: u8,
    /// Monetary: best = most revenue.
    pub m: u8,
}

/// Named groups of scores, tested in this order, for five bins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Group {
    /// R, F and M at least 4.
    Champions,
    /// R at least 3, F at least 4.
    Loyal,
    /// R at least 4, F at most 2.
    New,
    /// R at most 2, F at least 3.
    AtRisk,
    /// Everybody else who bought.
    Others,
}

impl Group {
    /// All groups, in the order they are tested.
    pub const ALL: [Self; 5] = [Self::Champions, Self::Loyal, Self::New, Self::AtRisk, Self::Others];

    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Champions => "Champions",
            Self::Loyal => "Loyal",
            Self::New => "New",
            Self::AtRisk => "At risk",
            Self::Others => "Others",
        }
    }

    /// The rule in words.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Champions => "R, F and M 4 or 5",
            Self::Loyal => "R 3 to 5, F 4 or 5",
            Self::New => "R 4 or 5, F 1 or 2",
            Self::AtRisk => "R 1 or 2, F 3 to 5",
            Self::Others => "Everybody else who bought",
        }
    }

    /// The group of five-bin scores; `None` for customers who never bought.
    pub fn of(s: Scores) -> Option<Self> {
        Some(match (s.r, s.f, s.m) {
            (0, _, _) => return None,
            (4.., 4.., 4..) => Self::Champions,
            (3.., 4.., _) => Self::Loyal,
            (4.., ..=2, _) => Self::New,
            (..=2, 3.., _) => Self::AtRisk,
            _ => Self::Others,
        })
    }
}

/// Scores of every customer who bought by `as_of`, with `bins` from 2 to 9.
pub fn scores(facts: &[CustomerFacts], as_of: Day, bins: u8, binning: Binning) -> Result<Vec<Scores>, TooLittle> {
    let buyers: Vec<u32> = (0_u32..).zip(facts).filter(|(_, f)| f.orders > 0).map(|(i, _)| i).collect();
    let bins = bins.clamp(2, 9);
    if buyers.len() < usize::from(bins) {
        return Err(TooLittle { have: buyers.len() as u64, need: u64::from(bins), what: "buyers" });
    }
    let column = |value: fn(&CustomerFacts, Day) -> i64| -> Vec<u8> {
        let values: Vec<i64> = buyers.iter().map(|&i| value(&facts[i as usize], as_of)).collect();
        match binning {
            Binning::Ntile => ntile(&values, bins),
            Binning::Cut => cut(&values, bins),
        }
    };
    let ((r, f), m) = rayon::join(
        || (column(|f, as_of| i64::from(f.last.0) - i64::from(as_of.0)), column(|f, _| i64::from(f.orders))),
        || column(|f, _| f.revenue),
    );
    let mut scores = vec![Scores::default(); facts.len()];
    for (n, &i) in buyers.iter().enumerate() {
        scores[i as usize] = Scores { r: r[n], f: f[n], m: m[n] };
    }
    Ok(scores)
}

/// SQL's `NTILE(bins)` over the values in ascending order, ties by position: the first `n mod bins` tiles get one more.
pub fn ntile(values: &[i64], bins: u8) -> Vec<u8> {
    let mut ranked: Vec<(i64, u32)> = values.iter().copied().zip(0_u32..).collect();
    let (size, larger) = (values.len() / usize::from(bins), values.len() % usize::from(bins));
    // The first of each further tile is all that needs to be found; sorting would find the rest as well.
    let mut firsts = Vec::with_capacity(usize::from(bins));
    let mut passed = 0;
    for tile in 1..usize::from(bins) {
        let rank = tile * size + tile.min(larger);
        if rank < values.len() {
            firsts.push(*ranked[passed..].select_nth_unstable(rank - passed).1);
            passed = rank;
        }
    }
    let tile = |ranked: (i64, u32)| 1 + firsts.iter().filter(|first| **first <= ranked).count() as u8;
    values.iter().copied().zip(0_u32..).map(tile).collect()
}

/// 1 + the number of quantiles (at 1/bins, 2/bins …) that lie strictly below the value.
pub fn cut(values: &[i64], bins: u8) -> Vec<u8> {
    let cuts = quantiles(values, bins);
    values.par_iter().map(|&v| 1 + cuts.iter().filter(|&&c| c < v as f64).count() as u8).collect()
}

/// The inner quantiles of `bins` equal parts by linear interpolation (Hyndman and Fan's definition 7).
pub fn quantiles(values: &[i64], bins: u8) -> Vec<f64> {
    if values.is_empty() {
        return Vec::new();
    }
    let mut sorted = values.to_vec();
    let mut from = 0;
    (1..bins)
        .map(|k| {
            let position = (sorted.len() - 1) as f64 * f64::from(k) / f64::from(bins);
            let below = position.floor() as usize;
            // Each selection only has to look at what the one before left above it.
            let (_, &mut low, above) = sorted[from..].select_nth_unstable(below - from);
            let high = above.iter().min().copied().unwrap_or(low);
            from = below;
            low as f64 + (position - below as f64) * (high - low) as f64
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ntile_gives_the_first_tiles_one_more() {
        assert_eq!(ntile(&[10, 20, 30, 40, 50, 60, 70], 5), [1, 1, 2, 2, 3, 4, 5]);
        assert_eq!(ntile(&[5, 5, 5, 5, 5], 5), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn quantiles_interpolate_as_numpy_does() {
        let values: Vec<i64> = vec![9, 1, 7, 3, 5, 11];
        // numpy.quantile([1,3,5,7,9,11], [.2,.4,.6,.8])
        assert_eq!(quantiles(&values, 5), [3.0, 5.0, 7.0, 9.0]);
        assert_eq!(quantiles(&[1, 2], 4), [1.25, 1.5, 1.75]);
        assert_eq!(cut(&values, 5), [4, 1, 3, 1, 2, 5]);
    }
}
