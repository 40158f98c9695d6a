//! The change of a product, shared out over its factors.

/// What each factor adds to the change of the product of all, from `before` to `after`: the mean of what it adds over
/// all orders in which the factors can be replaced one by one. The shares sum to the change, up to rounding of the last
/// bit; swapping the sides turns their signs exactly.
pub(super) fn shapley<const N: usize>(before: [f64; N], after: [f64; N]) -> [f64; N] {
    std::array::from_fn(|k| {
        let others: Vec<usize> = (0..N).filter(|&j| j != k).collect();
        let all: usize = (1 << others.len()) - 1;
        // What the other factors make together when those of the mask are replaced already.
        let product = |mask: usize| -> f64 {
            others.iter().enumerate().map(|(bit, &j)| if mask >> bit & 1 == 1 { after[j] } else { before[j] }).product()
        };
        // A set and its complement together, so that swapping the sides changes no sum.
        let pairs = (0..=all / 2).map(|mask| {
            let both = if all == 0 { product(0) } else { product(mask) + product(all - mask) };
            weight(N, mask.count_ones() as usize) * both
        });
        (after[k] - before[k]) * pairs.sum::<f64>()
    })
}

/// The share of the orders of `n` factors in which exactly a given set of `first` stands before a given factor:
/// first! (n − 1 − first)! ÷ n!.
fn weight(n: usize, first: usize) -> f64 {
    let factorial = |n: usize| (1..=n).map(|k| k as f64).product::<f64>();
    factorial(first) * factorial(n - 1 - first) / factorial(n)
}

/// Whole numbers that sum to `total`, each as near to its share as that allows: the largest remainders are rounded
/// up. With all signs turned the result has its signs turned.
pub(super) fn whole(total: i64, shares: &[f64]) -> Vec<i64> {
    let mut rounded: Vec<i64> = shares.iter().map(|share| share.round() as i64).collect();
    let mut left = i128::from(total) - rounded.iter().map(|&n| i128::from(n)).sum::<i128>();
    let sign = left.signum() as i64;
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let rest = |at: usize| (shares[at] - shares[at].round()) * sign as f64;
    order.sort_by(|&a, &b| rest(b).total_cmp(&rest(a)).then(a.cmp(&b)));
    for &at in order.iter().cycle().take(usize::try_from(left.unsigned_abs()).unwrap_or(0)) {
        rounded[at] += sign;
        left -= i128::from(sign);
    }
    debug_assert!(left == 0 || shares.is_empty());
    rounded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All orders of replacing factors, one by one.
    fn naive<const N: usize>(before: [f64; N], after: [f64; N]) -> [f64; N] {
        fn orders(left: &[usize]) -> Vec<Vec<usize>> {
            if left.is_empty() {
                return vec![Vec::new()];
            }
            let mut all = Vec::new();
            for &first in left {
                let rest: Vec<usize> = left.iter().copied().filter(|&n| n != first).collect();
                all.extend(orders(&rest).into_iter().map(|tail| [vec![first], tail].concat()));
            }
            all
        }
        let orders = orders(&(0..N).collect::<Vec<_>>());
        let mut sums = [0.0; N];
        for order in &orders {
            let mut state = before;
            for &k in order {
                let was: f64 = state.iter().product();
                state[k] = after[k];
                sums[k] += state.iter().product::<f64>() - was;
            }
        }
        sums.map(|sum| sum / orders.len() as f64)
    }

    #[test]
    fn three_factors_by_hand() {
        // 10 × 2 × 5 = 100 becomes 12 × 2 × 6 = 144: 2 × 2 × 5.5 and 2 × 11.
        assert_eq!(shapley([10.0, 2.0, 5.0], [12.0, 2.0, 6.0]), [22.0, 0.0, 22.0]);
    }

    #[test]
    fn the_largest_remainder_gets_the_cent() {
        assert_eq!(whole(10, &[3.4, 3.4, 3.2]), [4, 3, 3]);
        assert_eq!(whole(-10, &[-3.4, -3.4, -3.2]), [-4, -3, -3]);
        assert_eq!(whole(2, &[-0.5, 1.5]), [0, 2]);
    }

    proptest! {
        #[test]
        fn agrees_with_all_orders_one_by_one(
            a in prop::array::uniform4(-1e3..1e3_f64),
            b in prop::array::uniform4(-1e3..1e3_f64),
        ) {
            let (fast, slow) = (shapley(a, b), naive(a, b));
            for (fast, slow) in fast.iter().zip(slow) {
                prop_assert!((fast - slow).abs() <= 1e-2, "{} {}", fast, slow);
            }
            let change = b.iter().product::<f64>() - a.iter().product::<f64>();
            prop_assert!((fast.iter().sum::<f64>() - change).abs() <= 1e-2);
            prop_assert_eq!(shapley(b, a), fast.map(|share| -share));
        }

        #[test]
        fn whole_numbers_add_up(shares in prop::collection::vec(-1e6..1e6_f64, 1..9), off in -3_i64..4) {
            let total = shares.iter().sum::<f64>().round() as i64 + off;
            let rounded = whole(total, &shares);
            prop_assert_eq!(rounded.iter().sum::<i64>(), total);
            let turned: Vec<f64> = shares.iter().map(|share| -share).collect();
            prop_assert_eq!(whole(-total, &turned), rounded.iter().map(|n| -n).collect::<Vec<_>>());
        }
    }
}
