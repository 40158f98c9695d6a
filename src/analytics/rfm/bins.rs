//! Values into bins.

use rayon::prelude::*;

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

/// 1 + the number of limits (going up) that the value reaches.
pub fn at_least(values: &[i64], limits: &[i64]) -> Vec<u8> {
    values.par_iter().map(|&v| 1 + limits.iter().filter(|&&limit| limit <= v).count() as u8).collect()
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
