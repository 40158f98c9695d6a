//! What products tell together, and each of them in its light.

use super::estimate::Own;
use super::{Together, Told};

/// Fewer products tell nothing together.
const FEWEST: usize = 3;
/// Products are taken to differ by at least so much: a few alike ones are no proof that all are.
const DIFFER: f64 = 0.3;

/// Mean and spread of elasticities with their errors: the spread at which they scatter as much as they should (Paule and
/// Mandel 1982).
pub fn together(products: &[(f64, f64)]) -> Option<Together> {
    if products.len() < FEWEST {
        return None;
    }
    let weighted = |spread: f64| {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (elasticity, error) in products {
            let weight = 1.0 / (error * error + spread * spread);
            (sum, weights) = (sum + weight * elasticity, weights + weight);
        }
        let mean = sum / weights;
        let scatter: f64 =
            products.iter().map(|(e, error)| (e - mean).powi(2) / (error * error + spread * spread)).sum();
        (mean, weights, scatter)
    };
    let freedom = products.len() as f64 - 1.0;
    let (mut low, mut high) = (0.0, 20.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if weighted(middle).2 > freedom { low = middle } else { high = middle }
    }
    let spread = f64::midpoint(low, high).max(DIFFER);
    let (mean, weights, _) = weighted(spread);
    let reach = 1.96 / weights.sqrt();
    let mean = Told { middle: mean, within_95: (mean - reach, mean + reach) };
    Some(Together { products: products.len() as u32, mean, spread })
}

/// What a product tells, drawn towards what all tell, the more the less it knows by itself.
pub fn drawn(own: &Own, together: Option<&Together>) -> Told {
    let Some(together) = together else { return own.told() };
    let (own_weight, weight) = (1.0 / (own.error * own.error), 1.0 / (together.spread * together.spread));
    let share = weight / (own_weight + weight);
    let middle = (1.0 - share) * own.elasticity + share * together.mean.middle;
    let of_mean = (together.mean.within_95.1 - together.mean.within_95.0) / 2.0 / 1.96;
    let reach = 1.96 * (1.0 / (own_weight + weight) + (share * of_mean).powi(2)).sqrt();
    Told { middle, within_95: (middle - reach, middle + reach) }
}
