//! The planted chain of touchpoints: where journeys begin, which touch follows which, and where they end.

use serde::Serialize;

use super::super::dice::{Dice, running_totals};
use crate::model::Traffic;

/// Number of channels.
pub const STATES: usize = 8;

/// A first-order Markov chain with two ends: an order, or nothing. Rows of `steps`, `orders` and `nothing` add up to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chain {
    /// The channels, in the order of everything else.
    pub channels: [Traffic; STATES],
    /// Probability that a journey begins with a channel.
    pub start: [f64; STATES],
    /// Probability that a touch on one channel is followed by one on another.
    pub steps: [[f64; STATES]; STATES],
    /// Probability that a touch is the last one before an order.
    pub orders: [f64; STATES],
    /// Probability that a touch is the last one, and nothing is ordered.
    pub nothing: [f64; STATES],
}

/// How readily each channel follows another, before what belongs together is added.
const FOLLOWS: [f64; STATES] = [0.20, 0.16, 0.14, 0.08, 0.15, 0.05, 0.05, 0.17];
/// What a channel is followed by more than others: from, to, times.
const TIES: [(usize, usize, f64); 5] = [(2, 0, 2.0), (2, 1, 1.8), (3, 2, 1.6), (4, 4, 2.2), (1, 7, 1.7)];

impl Chain {
    /// The chain of the sample shop.
    pub fn planted() -> Self {
        use Traffic::*;
        let orders = [0.10, 0.12, 0.03, 0.025, 0.14, 0.06, 0.11, 0.15];
        let nothing = [0.29, 0.27, 0.34, 0.36, 0.18, 0.31, 0.24, 0.22];
        let mut steps = [[0.0; STATES]; STATES];
        for (from, row) in steps.iter_mut().enumerate() {
            *row = FOLLOWS;
            for (_, to, times) in TIES.iter().filter(|(of, _, _)| *of == from) {
                row[*to] *= times;
            }
            let all: f64 = row.iter().sum();
            row.iter_mut().for_each(|p| *p *= (1.0 - orders[from] - nothing[from]) / all);
        }
        Self {
            channels: [OrganicSearch, PaidSearch, PaidSocial, OrganicSocial, Email, Referral, Affiliates, Direct],
            start: [0.22, 0.17, 0.21, 0.10, 0.09, 0.06, 0.05, 0.10],
            steps,
            orders,
            nothing,
        }
    }

    /// Probability that a journey that is at a channel ends with an order, for each channel.
    pub fn orders_from(&self) -> [f64; STATES] {
        self.orders_without(None)
    }

    /// Probability that a journey ends with an order.
    pub fn conversion(&self) -> f64 {
        dot(&self.start, &self.orders_from())
    }

    /// Removal effect of each channel: the share of orders that would not be, were every journey over that reaches it.
    pub fn removal_effects(&self) -> [f64; STATES] {
        let all = self.conversion();
        std::array::from_fn(|gone| 1.0 - dot(&self.start, &self.orders_without(Some(gone))) / all)
    }

    /// The solution of h = orders + steps × h, where nothing is ordered from the channel that is gone.
    fn orders_without(&self, gone: Option<usize>) -> [f64; STATES] {
        let kept = |i: usize| Some(i) != gone;
        let mut left: [[f64; STATES]; STATES] = std::array::from_fn(|i| {
            std::array::from_fn(|j| {
                let unit = if i == j { 1.0 } else { 0.0 };
                if kept(i) { unit - self.steps[i][j] } else { unit }
            })
        });
        let mut right: [f64; STATES] = std::array::from_fn(|i| if kept(i) { self.orders[i] } else { 0.0 });
        // Every row adds up to less than 1, so that the diagonal is never the smaller part: no pivoting.
        for at in 0..STATES {
            let (pivot, of_pivot) = (left[at], right[at]);
            for row in at + 1..STATES {
                let times = left[row][at] / pivot[at];
                left[row].iter_mut().zip(&pivot).for_each(|(cell, own)| *cell -= times * own);
                right[row] -= times * of_pivot;
            }
        }
        for at in (0..STATES).rev() {
            let later: f64 = (at + 1..STATES).map(|j| left[at][j] * right[j]).sum();
            right[at] = (right[at] - later) / left[at][at];
        }
        right
    }
}

fn dot(a: &[f64; STATES], b: &[f64; STATES]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The chain given how its journeys end (Doob's h-transform): drawing from it, and leaving out what ended otherwise,
/// are one.
#[derive(Debug, Clone)]
pub struct Given {
    start: Vec<f64>,
    /// By channel: the next channel, and last the end.
    next: Vec<Vec<f64>>,
}

impl Given {
    /// Journeys that end with an order, or those that do not.
    pub fn new(chain: &Chain, with_order: bool) -> Self {
        let orders = chain.orders_from();
        let reaches = |i: usize| if with_order { orders[i] } else { 1.0 - orders[i] };
        let ends = |i: usize| if with_order { chain.orders[i] } else { chain.nothing[i] };
        let row = |i: usize| {
            let next = (0..STATES).map(|j| chain.steps[i][j] * reaches(j));
            running_totals(next.chain([ends(i)]))
        };
        Self {
            start: running_totals((0..STATES).map(|i| chain.start[i] * reaches(i))),
            next: (0..STATES).map(row).collect(),
        }
    }

    /// The channels of one journey, first to last.
    pub fn draw(&self, dice: &mut Dice) -> Vec<usize> {
        let mut path = vec![dice.pick(&self.start)];
        loop {
            match dice.pick(&self.next[path[path.len() - 1]]) {
                STATES => return path,
                next => path.push(next),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::dice::{Dicebox, Purpose};
    use super::*;

    #[test]
    fn rows_add_up_and_the_closed_form_solves_them() {
        let chain = Chain::planted();
        assert!((chain.start.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let h = chain.orders_from();
        for i in 0..STATES {
            let row = chain.steps[i].iter().sum::<f64>() + chain.orders[i] + chain.nothing[i];
            assert!((row - 1.0).abs() < 1e-12);
            assert!((h[i] - chain.orders[i] - dot(&chain.steps[i], &h)).abs() < 1e-12);
        }
        assert!((0.2..0.35).contains(&chain.conversion()), "{}", chain.conversion());
        assert!(chain.removal_effects().iter().all(|effect| (0.05..0.7).contains(effect)));
    }

    #[test]
    fn journeys_given_their_end_are_journeys_of_the_chain() {
        let chain = Chain::planted();
        let mut dice = Dicebox::new(5).dice(Purpose::Journey, 0);
        let (won, lost) = (Given::new(&chain, true), Given::new(&chain, false));
        let n = 40_000;
        let mut first = [0.0; STATES];
        for _ in 0..n {
            let path = if dice.chance(chain.conversion()) { won.draw(&mut dice) } else { lost.draw(&mut dice) };
            first[path[0]] += 1.0 / f64::from(n);
        }
        assert!(first.iter().zip(&chain.start).all(|(found, planted)| (found - planted).abs() < 0.008), "{first:?}");
    }
}
