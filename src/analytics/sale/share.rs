//! Percentages and shares of minor units.

/// So many hundredths of a percent of an amount (at least 0), rounded half up.
pub fn percent(amount: i64, hundredths: i64) -> i64 {
    // In two parts, so that no amount of money is too large for it.
    (amount / 10_000) * hundredths + ((amount % 10_000) * hundredths + 5_000) / 10_000
}

/// `amount × part ÷ whole`, rounded half up; all of it when `whole` is not more than 0.
pub fn portion(amount: i64, part: i64, whole: i64) -> i64 {
    if part >= whole || whole <= 0 {
        return amount;
    }
    let (amount, part, whole) = (i128::from(amount), i128::from(part), i128::from(whole));
    i64::try_from((amount * part * 2 + whole) / (whole * 2)).unwrap_or(i64::MAX)
}

/// `amount × part ÷ whole` of numbers from 0 on, rounded half up. `whole` is more than 0.
#[inline]
pub fn proportion(amount: i64, part: i64, whole: i64) -> i64 {
    // Nearly every product fits; division of wider numbers takes ten times as long.
    if let Some(product) = amount.checked_mul(part).and_then(|product| product.checked_add(whole / 2)) {
        return product / whole;
    }
    let exact = (i128::from(amount) * i128::from(part) + i128::from(whole / 2)) / i128::from(whole);
    i64::try_from(exact).unwrap_or(i64::MAX)
}

/// Splits an amount by weights, so that the parts add up to it: each gets the whole units of its share, and those with
/// the largest remainders (the earlier ones of equals) one more. No part exceeds its weight while the amount does not
/// exceed the sum of weights.
pub fn split(amount: i64, weights: &[i64], parts: &mut Vec<i64>) {
    parts.clear();
    let sum: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    if sum <= 0 {
        parts.resize(weights.len(), 0);
        return;
    }
    let mut rest = amount;
    let mut remainders: Vec<(i128, usize)> = Vec::with_capacity(weights.len());
    for (at, &weight) in weights.iter().enumerate() {
        let product = i128::from(amount) * i128::from(weight);
        let part = (product / sum) as i64;
        rest -= part;
        parts.push(part);
        remainders.push((-(product % sum), at));
    }
    remainders.sort_unstable();
    for (_, at) in remainders.into_iter().take(rest.max(0) as usize) {
        parts[at] += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_round_up() {
        assert_eq!(percent(10, 1_500), 2); // 1.5
        assert_eq!(percent(333, 1_500), 50); // 49.95
        assert_eq!(percent(3, 1_500), 0); // 0.45
        assert_eq!(portion(100, 1, 3), 33);
        assert_eq!(portion(5, 1, 2), 3);
    }

    proptest! {
        #[test]
        fn percentages_are_exact(amount in 0_i64..1_000_000_000_000_000, hundredths in 0_i64..=10_000) {
            let exact = (i128::from(amount) * i128::from(hundredths) + 5_000) / 10_000;
            prop_assert_eq!(i128::from(percent(amount, hundredths)), exact);
        }

        #[test]
        fn parts_add_up_and_stay_within_their_weights(weights in prop::collection::vec(0_i64..100_000, 1..12), share in 0_i64..=100) {
            let sum: i64 = weights.iter().sum();
            let (amount, mut parts) = (sum * share / 100, Vec::new());
            split(amount, &weights, &mut parts);
            prop_assert_eq!(parts.iter().sum::<i64>(), amount);
            prop_assert!(parts.iter().zip(&weights).all(|(part, weight)| *part >= 0 && part <= weight));
        }
    }
}
