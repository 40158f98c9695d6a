//! How the demand of a week is foretold from the weeks before it.

use super::Rule;

/// How fast smoothing may forget.
const RATES: [f64; 4] = [0.05, 0.1, 0.2, 0.4];
/// Of Croston's method and that of Teunter, Syntetos and Babai, as those who made them use them.
const SIZES: f64 = 0.1;
/// How fast the chance of demand is learnt.
const CHANCES: f64 = 0.05;
/// Weeks from which a first level is taken.
const FIRST: usize = 8;

/// Expected units a week, after each week: element `n` knows the first `n` weeks. `last` weeks are those of the naive rule.
pub fn levels(rule: Rule, weeks: &[Option<f64>], last: usize) -> Vec<f64> {
    match rule {
        Rule::Naive => (0..=weeks.len()).map(|known| mean(&weeks[..known], last)).collect(),
        Rule::Smoothing => smoothed(weeks),
        Rule::Croston => croston(weeks),
        Rule::Tsb => tsb(weeks),
    }
}

/// Mean of the last weeks that tell anything.
fn mean(weeks: &[Option<f64>], last: usize) -> f64 {
    let seen: Vec<f64> = weeks.iter().rev().flatten().take(last).copied().collect();
    seen.iter().sum::<f64>() / seen.len().max(1) as f64
}

fn first_level(weeks: &[Option<f64>]) -> f64 {
    let seen: Vec<f64> = weeks.iter().flatten().take(FIRST).copied().collect();
    seen.iter().sum::<f64>() / seen.len().max(1) as f64
}

/// By the rate that was nearest one week ahead.
fn smoothed(weeks: &[Option<f64>]) -> Vec<f64> {
    let of = |rate: f64| {
        let (mut level, mut squares) = (first_level(weeks), 0.0);
        let mut levels = vec![level];
        for week in weeks {
            if let Some(units) = week {
                squares += (units - level).powi(2);
                level += rate * (units - level);
            }
            levels.push(level);
        }
        (squares, levels)
    };
    let nearest = RATES.map(of).into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
    nearest.map(|(_, levels)| levels).unwrap_or_default()
}

/// Croston (1972): size of a demand ÷ weeks between demands, each smoothed when there is one; times 1 − rate ÷ 2, since
/// the quotient is too high on average (Syntetos and Boylan 2005).
fn croston(weeks: &[Option<f64>]) -> Vec<f64> {
    let (mut size, mut between) = first_demands(weeks);
    let mut since = 0.0;
    let level = |size: f64, between: f64| (1.0 - SIZES / 2.0) * size / between.max(1.0);
    let mut levels = vec![level(size, between)];
    for week in weeks {
        if let Some(units) = week {
            since += 1.0;
            if *units > 0.0 {
                size += SIZES * (units - size);
                between += SIZES * (since - between);
                since = 0.0;
            }
        }
        levels.push(level(size, between));
    }
    levels
}

/// Teunter, Syntetos and Babai (2011): the chance of a demand is learnt every week, so that it dies away.
fn tsb(weeks: &[Option<f64>]) -> Vec<f64> {
    let (mut size, between) = first_demands(weeks);
    let mut chance = 1.0 / between.max(1.0);
    let mut levels = vec![chance * size];
    for week in weeks {
        if let Some(units) = week {
            chance += CHANCES * (f64::from(u8::from(*units > 0.0)) - chance);
            if *units > 0.0 {
                size += SIZES * (units - size);
            }
        }
        levels.push(chance * size);
    }
    levels
}

/// Mean size and distance of the first demands.
fn first_demands(weeks: &[Option<f64>]) -> (f64, f64) {
    let seen: Vec<f64> = weeks.iter().flatten().take(2 * FIRST).copied().collect();
    let demands: Vec<f64> = seen.iter().copied().filter(|units| *units > 0.0).collect();
    let n = demands.len().max(1) as f64;
    (demands.iter().sum::<f64>() / n, seen.len().max(1) as f64 / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: size 4, distance 2 at the start (two demands of 4 in the first four weeks).
    #[test]
    fn croston_and_tsb_are_those_of_the_papers() {
        let weeks = [4.0, 0.0, 4.0, 0.0].map(Some);
        let own = croston(&weeks);
        // After week 1 the distance is 2 + 0.1 (1 − 2) = 1.9; after week 3 it is 1.9 + 0.1 (2 − 1.9) = 1.91.
        assert!((own[0] - 0.95 * 2.0).abs() < 1e-12 && (own[1] - 0.95 * 4.0 / 1.9).abs() < 1e-12);
        assert!((own[4] - 0.95 * 4.0 / 1.91).abs() < 1e-12);
        let own = tsb(&weeks);
        // Chance 0.5, then 0.525, 0.49875, …
        assert!((own[1] - 4.0 * 0.525).abs() < 1e-12 && (own[2] - 4.0 * 0.525 * 0.95).abs() < 1e-12);
    }

    #[test]
    fn weeks_without_stock_teach_nothing() {
        let full: Vec<Option<f64>> = (0..40).map(|week| Some(f64::from(week % 3))).collect();
        let mut gap = full.clone();
        gap.splice(20..20, [None; 6]);
        for rule in Rule::ALL {
            let (own, other) = (levels(rule, &full, 3), levels(rule, &gap, 3));
            assert_eq!(own.last(), other.last(), "{rule:?}");
            assert_eq!((own.len(), other.len()), (41, 47));
        }
    }
}
