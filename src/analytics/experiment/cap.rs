//! Outlying values, capped by a rule that is stated before the data come.

/// The cap at a quantile of the values of all arms together, zeros left out: the smallest value that at least this share
/// of them do not exceed. `None` without such values.
///
/// Of all arms together, because a cap of each arm would bring them nearer to each other.
pub fn cap_at<'a>(arms: impl IntoIterator<Item = &'a [f64]>, quantile: f64) -> Option<f64> {
    let mut values: Vec<f64> = arms.into_iter().flatten().copied().filter(|v| v.is_finite() && *v != 0.0).collect();
    if values.is_empty() {
        return None;
    }
    let at = ((quantile.clamp(0.0, 1.0) * values.len() as f64).ceil() as usize).clamp(1, values.len()) - 1;
    let (_, value, _) = values.select_nth_unstable_by(at, f64::total_cmp);
    Some(*value)
}

/// Values above the cap become the cap; how many there were.
pub fn cap(values: &mut [f64], at: f64) -> usize {
    let mut capped = 0;
    for value in values.iter_mut().filter(|value| **value > at) {
        *value = at;
        capped += 1;
    }
    capped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cap_is_that_of_all_arms_and_leaves_most_values_as_they_are() {
        let arms = [[0.0, 10.0, 20.0, 0.0, 30.0].as_slice(), [40.0, f64::NAN, 1_000.0].as_slice()];
        assert_eq!(cap_at(arms, 0.8), Some(40.0), "four of five values that are not zero");
        assert_eq!((cap_at(arms, 1.0), cap_at([[0.0].as_slice()], 0.9)), (Some(1_000.0), None));
        let mut values = [0.0, 10.0, 1_000.0, 40.0];
        assert_eq!((cap(&mut values, 40.0), values), (1, [0.0, 10.0, 40.0, 40.0]));
    }
}
