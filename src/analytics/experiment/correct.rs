//! Several comparisons at once: what each one's evidence and interval become.

use super::settings::Correction;

/// Evidence of each comparison after the correction.
pub fn adjusted(correction: Correction, p: &[f64]) -> Vec<f64> {
    let m = p.len() as f64;
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|i, j| p[*i].total_cmp(&p[*j]));
    let mut out = vec![0.0; p.len()];
    match correction {
        Correction::None => out.copy_from_slice(p),
        Correction::Bonferroni => out.iter_mut().zip(p).for_each(|(to, from)| *to = (from * m).min(1.0)),
        Correction::Holm => {
            let mut largest = 0.0_f64;
            for (rank, i) in order.into_iter().enumerate() {
                largest = largest.max((p[i] * (m - rank as f64)).min(1.0));
                out[i] = largest;
            }
        }
        Correction::BenjaminiHochberg => {
            let mut smallest = 1.0_f64;
            for (rank, i) in order.into_iter().enumerate().rev() {
                smallest = smallest.min(p[i] * m / (rank as f64 + 1.0));
                out[i] = smallest;
            }
        }
    }
    out
}

/// The error that each interval may have so that all together keep to `error`.
///
/// For Bonferroni and Holm each gets its part of it (Holm's own intervals tell no more, Strassburger and Bretz 2008). For
/// Benjamini and Hochberg's rule the part grows with the number of changes that were found, so that of the intervals of
/// those at most this share is wrong (Benjamini and Yekutieli 2005).
pub fn interval_error(correction: Correction, error: f64, adjusted: &[f64]) -> f64 {
    let m = adjusted.len().max(1) as f64;
    match correction {
        Correction::None => error,
        Correction::Bonferroni | Correction::Holm => error / m,
        Correction::BenjaminiHochberg => error * adjusted.iter().filter(|p| **p <= error).count().max(1) as f64 / m,
    }
}

/// Chances to win after the correction. The probability of the less likely direction, doubled, is taken as the evidence
/// of its comparison, corrected by the same rule, and halved again: so a chance is moved towards a half.
pub fn chances(correction: Correction, chances: &[f64]) -> Vec<f64> {
    let evidence: Vec<f64> = chances.iter().map(|chance| 2.0 * chance.min(1.0 - chance)).collect();
    let corrected = adjusted(correction, &evidence);
    chances.iter().zip(corrected).map(|(chance, p)| if *chance > 0.5 { 1.0 - p / 2.0 } else { p / 2.0 }).collect()
}
