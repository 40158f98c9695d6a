//! Which discount sufficed for how many.

use super::{Class, Habit};
use crate::analytics::door::share;

/// Distance of the points of a curve, in percent.
pub const STEP: u32 = 5;
const POINTS: usize = (100 / STEP) as usize;

/// Customers by the smallest discount they bought at: numbers up to each rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// Customers who bought at a discount of at most `STEP`, `2 × STEP` … percent, rates rounded to whole percent.
    pub all: Vec<u64>,
    /// The same of those who buy only on sale.
    pub only: Vec<u64>,
}

impl Curve {
    pub(super) fn of(habits: &[Habit]) -> Self {
        let (mut all, mut only) = (vec![0; POINTS], vec![0; POINTS]);
        for habit in habits.iter().filter(|habit| habit.smallest > 0) {
            let percent = (habit.smallest + 5_000) / 10_000;
            let at = (percent.div_ceil(STEP).max(1) as usize - 1).min(POINTS - 1);
            all[at] += 1;
            only[at] += u64::from(habit.class() == Some(Class::Only));
        }
        // Rates above the last one that occurs tell nothing.
        let end = all.iter().rposition(|n| *n > 0).map_or(0, |at| at + 1);
        for counts in [&mut all, &mut only] {
            counts.truncate(end);
            let mut sum = 0;
            counts.iter_mut().for_each(|n| {
                sum += *n;
                *n = sum;
            });
        }
        Self { all, only }
    }

    /// Rate of each point in percent.
    pub fn percents(&self) -> impl Iterator<Item = u32> + use<> {
        (1..=self.all.len() as u32).map(|n| n * STEP)
    }

    /// Share of the counted customers up to each point.
    pub fn shares(counts: &[u64]) -> Vec<Option<f64>> {
        let whole = counts.last().copied().unwrap_or(0) as f64;
        counts.iter().map(|&n| share(n as f64, whole)).collect()
    }

    /// The least point at which a share of the counted customers bought, in percent.
    pub fn reaches(counts: &[u64], wanted: f64) -> Option<u32> {
        let at = Self::shares(counts).iter().position(|share| share.is_some_and(|share| share >= wanted))?;
        Some((at as u32 + 1) * STEP)
    }
}
