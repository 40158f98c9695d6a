//! The season of the year: a factor for every day, from two years or more.

use chrono::Datelike;

use super::history::{History, Measure};
use crate::model::Day;

/// Two years; a single one cannot tell its season from its trend.
pub const FEWEST_DAYS: usize = 730;
/// Sines and cosines of a year, of half a year, of a third.
const WAVES: usize = 3;
/// Level, slope and bend of the trend, then the waves.
const TERMS: usize = 3 + 2 * WAVES;
/// A wave must be seen well above chance: as if some weeks had said that there is none.
const RIDGE: f64 = 1.0;

/// The season of the year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Yearly([f64; 2 * WAVES]);

impl Yearly {
    /// The season of a shop as it was known on a day; `None` before two years are.
    pub fn of_history(history: &History, of: Measure, origin: Day) -> Option<Self> {
        let end = history.at(origin)? + 1;
        let days = history.ordinary_days(of, 0, end);
        if end < FEWEST_DAYS { None } else { Self::of(&days, history.first) }
    }

    /// The mean factor of some days, both included.
    pub fn mean(&self, first: Day, last: Day) -> f64 {
        let days = (first.0..=last.0).map(|day| self.factor(Day(day)));
        days.sum::<f64>() / f64::from((last.0 - first.0 + 1).max(1))
    }

    /// The season of days (`None` = left out) from `first` on: waves and a trend through the logarithms of weekly
    /// means. `None` for too few weeks with a value.
    pub fn of(days: &[Option<f64>], first: Day) -> Option<Self> {
        let (mut normal, mut right) = ([[0.0; TERMS]; TERMS], [0.0; TERMS]);
        let mut weeks = 0;
        for (n, week) in days.chunks_exact(7).enumerate() {
            // Weeks that lack a day lack a weekday: they would speak of it, not of the season.
            let seen: Vec<f64> = week.iter().flatten().copied().collect();
            let sum = seen.iter().sum::<f64>();
            if seen.len() < 7 || sum <= 0.0 {
                continue;
            }
            weeks += 1;
            let at = n as f64 * 7.0 / days.len() as f64;
            let waves = waves(Day(first.0 + n as i32 * 7 + 3));
            let terms: [f64; TERMS] = std::array::from_fn(|i| if i < 3 { at.powi(i as i32) } else { waves[i - 3] });
            for i in 0..TERMS {
                right[i] += terms[i] * sum.ln();
                (0..TERMS).for_each(|k| normal[i][k] += terms[i] * terms[k]);
            }
        }
        (3..TERMS).for_each(|i| normal[i][i] += RIDGE);
        let solved = solved(normal, right).filter(|_| weeks > 2 * TERMS)?;
        Some(Self(std::array::from_fn(|wave| solved[3 + wave])))
    }

    /// How much is bought on a day of the year, relative to the year.
    pub fn factor(&self, day: Day) -> f64 {
        self.0.iter().zip(waves(day)).map(|(weight, wave)| weight * wave).sum::<f64>().exp()
    }
}

fn waves(day: Day) -> [f64; 2 * WAVES] {
    let turn = f64::from(day.date().ordinal0()) / 365.25 * std::f64::consts::TAU;
    std::array::from_fn(|i| {
        let angle = turn * (1 + i / 2) as f64;
        if i % 2 == 0 { angle.sin() } else { angle.cos() }
    })
}

/// Solves by elimination; `None` when there is no single answer.
fn solved(mut m: [[f64; TERMS]; TERMS], mut right: [f64; TERMS]) -> Option<[f64; TERMS]> {
    for i in 0..TERMS {
        let pivot = (i..TERMS).max_by(|&a, &b| m[a][i].abs().total_cmp(&m[b][i].abs()))?;
        if m[pivot][i].abs() < 1e-9 {
            return None;
        }
        m.swap(i, pivot);
        right.swap(i, pivot);
        for below in i + 1..TERMS {
            let share = m[below][i] / m[i][i];
            let from = m[i];
            m[below].iter_mut().zip(from).for_each(|(own, other)| *own -= share * other);
            right[below] -= share * right[i];
        }
    }
    for i in (0..TERMS).rev() {
        let known: f64 = (i + 1..TERMS).map(|k| m[i][k] * right[k]).sum();
        right[i] = (right[i] - known) / m[i][i];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_season_is_found_beside_growth() {
        let first = Day::parse("2024-01-01").unwrap();
        let season = |day: Day| {
            let turn = f64::from(day.date().ordinal0()) / 365.25 * std::f64::consts::TAU;
            (0.2 * turn.cos() + 0.1 * (2.0 * turn).sin()).exp()
        };
        let days: Vec<Option<f64>> =
            (0..900).map(|at| Some(100.0 * (1.0 + f64::from(at) / 900.0) * season(Day(first.0 + at)))).collect();
        let found = Yearly::of(&days, first).unwrap();
        for at in (0..365).step_by(10) {
            let day = Day(first.0 + 900 + at);
            assert!((found.factor(day) / season(day) - 1.0).abs() < 0.02, "{day}");
        }
        assert!(Yearly::of(&days[..100], first).is_none());
    }
}
