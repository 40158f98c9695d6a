//! The histories that a model is fitted to: repeat orders and whole ticks of time, equal ones grouped.

use rayon::prelude::*;

/// The purchase history of a buyer, as the papers have it. Times are in one unit, whatever it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct History {
    /// Repeat orders; orders of one day count once.
    pub x: f64,
    /// Time from the first to the last order.
    pub tx: f64,
    /// Time from the first order to the as-of day.
    pub t: f64,
}

/// Buyers with one and the same history, times in ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Repeat orders.
    pub x: u32,
    /// Ticks from the first order to the as-of day.
    pub t: u32,
    /// Ticks from the first to the last order.
    pub tx: u32,
    /// Number of buyers.
    pub weight: u32,
}

impl Row {
    /// The history where a tick lasts `tick` units of time.
    pub fn history(&self, tick: f64) -> History {
        History { x: f64::from(self.x), tx: f64::from(self.tx) * tick, t: f64::from(self.t) * tick }
    }
}

/// Histories of a shop's buyers, sorted, each once.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    rows: Vec<Row>,
}

/// Rows that are summed by one thread. Sums of chunks are added in order, so that the result is the same on every
/// number of threads.
pub(super) const CHUNK: usize = 4096;

impl Sample {
    /// Groups histories (x, t_x, T in ticks); also says for each one its row.
    pub fn new(histories: &[(u32, u32, u32)]) -> (Self, Vec<u32>) {
        // One number each, which sorts faster: x, T, t_x and the place.
        let pack = |(&(x, tx, t), i): (&(u32, u32, u32), u128)| {
            u128::from(x) << 96 | u128::from(t) << 64 | u128::from(tx.min(t)) << 32 | i
        };
        let mut order: Vec<u128> = histories.iter().zip(0_u32..).map(|(h, i)| pack((h, i.into()))).collect();
        order.par_sort_unstable();
        let mut rows: Vec<Row> = Vec::new();
        let mut row_of = vec![0; histories.len()];
        for packed in order {
            let part = |bits: u32| (packed >> bits) as u32;
            let (x, t, tx, i) = (part(96), part(64), part(32), part(0));
            match rows.last_mut() {
                Some(row) if (row.x, row.t, row.tx) == (x, t, tx) => row.weight += 1,
                _ => rows.push(Row { x, t, tx, weight: 1 }),
            }
            row_of[i as usize] = (rows.len() - 1) as u32;
        }
        (Self { rows }, row_of)
    }

    /// The rows, by repeat orders, then by T, then by t_x.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// A part of the rows, evenly over all: close enough to start from.
    pub(super) fn thinned(&self, rows: usize) -> Self {
        let every = (self.rows.len() / rows.max(1)).max(1);
        Self { rows: self.rows.iter().step_by(every).copied().collect() }
    }

    /// Number of buyers.
    pub fn buyers(&self) -> u64 {
        self.rows.iter().map(|row| u64::from(row.weight)).sum()
    }

    /// Number of buyers with a repeat order.
    pub fn repeat_buyers(&self) -> u64 {
        self.rows.iter().filter(|row| row.x > 0).map(|row| u64::from(row.weight)).sum()
    }

    /// Repeat orders of all buyers.
    pub fn repeat_orders(&self) -> u64 {
        self.rows.iter().map(|row| u64::from(row.weight) * u64::from(row.x)).sum()
    }

    /// Mean of T in ticks; `None` when no time has passed.
    pub fn mean_time(&self) -> Option<f64> {
        let all: u64 = self.rows.iter().map(|row| u64::from(row.weight) * u64::from(row.t)).sum();
        (all > 0).then(|| all as f64 / self.buyers() as f64)
    }

    pub(super) fn most_orders(&self) -> u32 {
        self.rows.last().map_or(0, |row| row.x)
    }

    pub(super) fn last_tick(&self) -> u32 {
        self.rows.iter().map(|row| row.t).max().unwrap_or(0)
    }
}

/// ln and inverse of a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Logarithm {
    pub log: f64,
    pub inverse: f64,
}

/// Logarithms of `value` at every tick: there are far fewer ticks than histories.
pub(super) fn steps(last: u32, value: impl Fn(u32) -> f64) -> Vec<Logarithm> {
    (0..=last).map(value).map(|v| Logarithm { log: v.ln(), inverse: 1.0 / v }).collect()
}

/// A running product as its logarithm, with the sum of inverses that is its slope.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Step {
    pub log: f64,
    pub inverse: f64,
}

impl Step {
    pub fn multiply(&mut self, factor: f64) {
        self.log += factor.ln();
        self.inverse += 1.0 / factor;
    }
}

/// Adds the sums of chunks, in order: the value and its gradient.
pub(super) fn add_up<const N: usize>(parts: &[[f64; 5]]) -> (f64, [f64; N]) {
    let total = |k: usize| parts.iter().filter_map(|part| part.get(k)).sum::<f64>();
    (total(0), std::array::from_fn(|i| total(i + 1)))
}
