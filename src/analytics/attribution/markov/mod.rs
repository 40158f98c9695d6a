//! The Markov chain of journeys and its removal effects.
//!
//! A state is the last channels that were met, as many as the order says (fewer where the whole journey is shorter); equal
//! states in a row are one. A journey starts in its first state, moves from state to state, and ends in an order or
//! without. The removal effect of a channel is the share of orders that is lost when every move into a state with it ends
//! without an order (Anderl et al. 2016). It follows from the chain by sums alone, nothing is simulated.

mod choice;
mod flow;

pub use choice::Candidate;
pub(super) use choice::candidates;

use rustc_hash::FxHashMap;

use super::routes::{Routes, Sum};

/// States and moves of the routes at one order: what stays the same whoever is drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    /// Channels of each state.
    pub states: Vec<Box<[u16]>>,
    /// Moves between states: from, to. Sorted by from.
    pub moves: Vec<(u32, u32)>,
    /// First state of each route, and its last.
    ends: Vec<(u32, u32)>,
    /// Moves of route `r` are `begin[r]..begin[r + 1]` of `taken`, which points into `moves`.
    begin: Vec<usize>,
    taken: Vec<u32>,
    /// Channels that are in any state.
    pub channels: Vec<u16>,
}

/// How often each start, move and end was seen.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    pub starts: Vec<f64>,
    pub moves: Vec<f64>,
    pub ends: Vec<Sum>,
}

/// What the chain says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Removal {
    /// The probability that a journey ends in an order.
    pub conversion: f64,
    /// Share of orders lost without each channel, in the order of [`Layout::channels`].
    pub orders: Vec<f64>,
    /// Share of value lost; `None` where journeys bring none.
    pub value: Option<Vec<f64>>,
}

impl Layout {
    /// The chain of an order over routes.
    pub fn new(routes: &Routes, order: usize) -> Self {
        let mut layout = Self { begin: vec![0], ..Self::default() };
        let mut states: FxHashMap<&[u16], u32> = FxHashMap::default();
        let mut moves: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        for steps in routes.iter() {
            let (mut first, mut at) = (0, None);
            for state in windows(steps, order) {
                let next = states.len() as u32;
                let state = *states.entry(state).or_insert_with(|| {
                    layout.states.push(state.into());
                    next
                });
                match at {
                    None => first = state,
                    Some(from) if from == state => continue,
                    Some(from) => {
                        let next = moves.len() as u32;
                        layout.taken.push(*moves.entry((from, state)).or_insert(next));
                    }
                }
                at = Some(state);
            }
            layout.ends.push((first, at.unwrap_or(first)));
            layout.begin.push(layout.taken.len());
        }
        layout.sort_moves(&moves);
        let mut channels: Vec<u16> = layout.states.iter().flatten().copied().collect();
        channels.sort_unstable();
        channels.dedup();
        layout.channels = channels;
        layout
    }

    /// Brings moves into the order of where they begin.
    fn sort_moves(&mut self, found: &FxHashMap<(u32, u32), u32>) {
        let mut sorted: Vec<((u32, u32), u32)> = found.iter().map(|(pair, number)| (*pair, *number)).collect();
        sorted.sort_unstable();
        let mut place = vec![0; sorted.len()];
        for (at, (_, number)) in (0_u32..).zip(&sorted) {
            place[*number as usize] = at;
        }
        self.moves = sorted.into_iter().map(|(pair, _)| pair).collect();
        self.taken.iter_mut().for_each(|number| *number = place[*number as usize]);
    }

    /// Counts starts, moves and ends of journeys.
    pub fn count(&self, sums: &[Sum]) -> Seen {
        let states = self.states.len();
        let mut seen =
            Seen { starts: vec![0.0; states], moves: vec![0.0; self.moves.len()], ends: vec![Sum::default(); states] };
        for (route, sum) in sums.iter().enumerate() {
            let journeys = sum.conversions + sum.nulls;
            if journeys <= 0.0 {
                continue;
            }
            let (first, last) = self.ends[route];
            seen.starts[first as usize] += journeys;
            for &taken in &self.taken[self.begin[route]..self.begin[route + 1]] {
                seen.moves[taken as usize] += journeys;
            }
            seen.ends[last as usize].add(*sum);
        }
        seen
    }

    /// Removal effects; `None` where no journey ends in an order, or the chain goes round for too long.
    pub fn removal(&self, seen: &Seen) -> Option<Removal> {
        let chain = flow::Chain::new(self, seen)?;
        let absorbed = chain.absorbed(self)?;
        let (all, without) = absorbed.split_first()?;
        let lost = |all: f64, without: f64| (1.0 - without / all).clamp(0.0, 1.0);
        let value = (all.value > 0.0).then(|| without.iter().map(|left| lost(all.value, left.value)).collect());
        let orders = without.iter().map(|left| lost(all.orders, left.orders)).collect();
        (all.orders > 0.0).then_some(Removal { conversion: all.orders, orders, value })
    }
}

/// The states of a route before equal ones are joined.
fn windows(steps: &[u16], order: usize) -> impl Iterator<Item = &[u16]> {
    let n = (steps.len() + 1).saturating_sub(order).max(1);
    (0..n).map(move |i| &steps[i..(i + order).min(steps.len())])
}
