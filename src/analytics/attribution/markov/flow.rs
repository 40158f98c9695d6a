//! What comes out at the ends of a chain: by elimination of states, or, where there are many, by letting the journeys flow.

use super::{Layout, Seen};

/// Up to so many states are eliminated one by one.
const FEW: usize = 64;
/// So many where the flow takes too long.
const MORE: usize = 400;
/// Rounds of the flow.
const ROUNDS: usize = 20_000;
/// The flow ends when less than this share of the orders may still come.
const REST: f64 = 1e-15;

/// Probabilities of a chain.
pub(super) struct Chain {
    start: Vec<f64>,
    moves: Vec<f64>,
    order: Vec<f64>,
    nothing: Vec<f64>,
    /// Mean value of an order from each state.
    worth: Vec<f64>,
}

/// What comes out of a chain for each journey that starts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Absorbed {
    pub orders: f64,
    pub value: f64,
}

impl Chain {
    /// Probabilities by what was seen; `None` where nothing was.
    pub fn new(layout: &Layout, seen: &Seen) -> Option<Self> {
        let starts: f64 = seen.starts.iter().sum();
        let mut leave: Vec<f64> = seen.ends.iter().map(|end| end.conversions + end.nulls).collect();
        for (&(from, _), n) in layout.moves.iter().zip(&seen.moves) {
            leave[from as usize] += n;
        }
        let share = |n: f64, of: f64| if of > 0.0 { n / of } else { 0.0 };
        let ends = || seen.ends.iter().zip(&leave);
        (starts > 0.0).then(|| Self {
            start: seen.starts.iter().map(|n| n / starts).collect(),
            moves: layout
                .moves
                .iter()
                .zip(&seen.moves)
                .map(|((from, _), n)| share(*n, leave[*from as usize]))
                .collect(),
            order: ends().map(|(end, all)| share(end.conversions, *all)).collect(),
            nothing: ends().map(|(end, all)| share(end.nulls, *all)).collect(),
            worth: seen.ends.iter().map(|end| share(end.value, end.conversions)).collect(),
        })
    }

    /// What comes out of the whole chain, then without each channel in turn.
    pub fn absorbed(&self, layout: &Layout) -> Option<Vec<Absorbed>> {
        let states = layout.states.len();
        let by_elimination = || {
            let all = std::iter::once(None).chain(layout.channels.iter().map(Some));
            all.map(|gone| self.eliminated(layout, gone.copied())).collect()
        };
        if states <= FEW {
            return Some(by_elimination());
        }
        self.flowed(layout).or_else(|| (states <= MORE).then(by_elimination))
    }

    /// Takes one state after the other out of the chain and gives its moves to those that lead to it (Grassmann, Taksar
    /// and Heyman 1985): sums and quotients of numbers above zero only, so that nothing cancels out.
    fn eliminated(&self, layout: &Layout, gone: Option<u16>) -> Absorbed {
        let stays: Vec<bool> =
            layout.states.iter().map(|state| gone.is_none_or(|channel| !state.contains(&channel))).collect();
        let mut place = vec![None; stays.len()];
        let kept: Vec<usize> = (0..stays.len()).filter(|state| stays[*state]).collect();
        kept.iter().enumerate().for_each(|(at, state)| place[*state] = Some(at));
        let n = kept.len();
        // A row for each state and one for the start: moves, then nothing, order, value.
        let width = n + 3;
        let mut rows = vec![0.0; (n + 1) * width];
        for (at, &state) in kept.iter().enumerate() {
            rows[n * width + at] = self.start[state];
            let row = &mut rows[at * width..][..width];
            (row[n], row[n + 1]) = (self.nothing[state], self.order[state]);
            row[n + 2] = self.order[state] * self.worth[state];
        }
        for (&(from, to), &p) in layout.moves.iter().zip(&self.moves) {
            match (place[from as usize], place[to as usize]) {
                (Some(from), Some(to)) => rows[from * width + to] = p,
                (Some(from), None) => rows[from * width + n] += p,
                (None, _) => {}
            }
        }
        for k in (0..n).rev() {
            let pivot = rows[k * width..][..width].to_vec();
            let leaves: f64 = pivot[..k].iter().sum::<f64>() + pivot[n] + pivot[n + 1];
            for i in (0..k).chain([n]) {
                let row = &mut rows[i * width..][..width];
                if row[k] == 0.0 || leaves == 0.0 {
                    continue;
                }
                let share = row[k] / leaves;
                for j in (0..k).chain(n..width) {
                    row[j] += share * pivot[j];
                }
            }
        }
        Absorbed { orders: rows[n * width + n + 1], value: rows[n * width + n + 2] }
    }

    /// Lets journeys flow from state to state until next to none is on its way, for the whole chain and without each
    /// channel side by side. What is on its way can end in one order at most each, which bounds the error by
    /// [`REST`]. `None` where it takes too many rounds.
    fn flowed(&self, layout: &Layout) -> Option<Vec<Absorbed>> {
        let (states, lanes) = (layout.states.len(), layout.channels.len() + 1);
        // 0 where a state has the channel of a lane.
        let mut stays = vec![1.0; states * lanes];
        for (state, channels) in layout.states.iter().enumerate() {
            for channel in channels.iter() {
                let lane = layout.channels.binary_search(channel).map_or(0, |at| at + 1);
                stays[state * lanes + lane] = 0.0;
            }
        }
        let mut at: Vec<f64> = vec![0.0; states * lanes];
        for (state, lane) in (0..states).flat_map(|state| (0..lanes).map(move |lane| (state, lane))) {
            at[state * lanes + lane] = self.start[state] * stays[state * lanes + lane];
        }
        let mut out = vec![Absorbed::default(); lanes];
        let mut next = vec![0.0; states * lanes];
        for _ in 0..ROUNDS {
            for state in 0..states {
                let here = &at[state * lanes..][..lanes];
                for (out, mass) in out.iter_mut().zip(here) {
                    out.orders += mass * self.order[state];
                    out.value += mass * self.order[state] * self.worth[state];
                }
            }
            next.fill(0.0);
            for (&(from, to), p) in layout.moves.iter().zip(&self.moves) {
                let (from, to) = (from as usize * lanes, to as usize * lanes);
                for (next, mass) in next[to..][..lanes].iter_mut().zip(&at[from..][..lanes]) {
                    *next += mass * p;
                }
            }
            next.iter_mut().zip(&stays).for_each(|(next, stays)| *next *= stays);
            std::mem::swap(&mut at, &mut next);
            // The whole chain holds more than any other.
            let rest: f64 = at.iter().step_by(lanes).sum();
            if rest <= REST * out[0].orders {
                return Some(out);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::paths::{PathRow, Paths};
    use super::super::super::routes::{Routes, Sum};
    use super::*;

    /// A few hundred routes over eight channels, some going round often.
    fn some() -> (Routes, Vec<Sum>) {
        let mut at = 7_u64;
        let mut next = |n: u64| {
            at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (at >> 33) % n
        };
        let rows: Vec<PathRow> = (0..400)
            .map(|_| PathRow {
                steps: (0..next(9) + 1).map(|_| format!("c{}", next(8))).collect(),
                conversions: next(4),
                value: next(900) as f64,
                nulls: next(9),
                ..PathRow::default()
            })
            .collect();
        let paths = Paths::of_table(&rows).unwrap();
        let routes = Routes::new(&paths);
        let mut sums = vec![Sum::default(); routes.len()];
        for path in 0..paths.len() {
            let (conversions, nulls) = (paths.conversions[path] as f64, paths.nulls[path] as f64);
            sums[routes.of_path[path] as usize].add(Sum { conversions, value: paths.value[path], nulls });
        }
        (routes, sums)
    }

    #[test]
    fn elimination_and_flow_come_to_the_same() {
        let (routes, sums) = some();
        for order in 1..=3 {
            let layout = Layout::new(&routes, order);
            let chain = Chain::new(&layout, &layout.count(&sums)).unwrap();
            let flowed = chain.flowed(&layout).unwrap();
            let all = std::iter::once(None).chain(layout.channels.iter().copied().map(Some));
            for (gone, flowed) in all.zip(flowed) {
                let exact = chain.eliminated(&layout, gone);
                assert!((exact.orders / flowed.orders - 1.0).abs() < 1e-12, "{order} {gone:?} {exact:?} {flowed:?}");
                assert!((exact.value / flowed.value - 1.0).abs() < 1e-12, "{order} {gone:?} {exact:?} {flowed:?}");
            }
        }
    }
}
