//! Distinct routes, how many journeys took each, and how models share them out.

use rustc_hash::FxHashMap;

use super::paths::Paths;
use super::settings::{Model, Settings};

/// The distinct sequences of channels among paths.
#[derive(Debug, Clone, Default)]
pub(super) struct Routes {
    begin: Vec<usize>,
    steps: Vec<u16>,
    /// Route of each path.
    pub of_path: Vec<u32>,
}

impl Routes {
    /// The routes of paths, in the order they are met.
    pub fn new(paths: &Paths) -> Self {
        let mut index: FxHashMap<&[u16], u32> = FxHashMap::default();
        let mut routes = Self { begin: vec![0], steps: Vec::new(), of_path: Vec::with_capacity(paths.len()) };
        for path in 0..paths.len() {
            let next = index.len() as u32;
            let route = *index.entry(paths.of(path)).or_insert(next);
            if route == next {
                routes.steps.extend(paths.of(path));
                routes.begin.push(routes.steps.len());
            }
            routes.of_path.push(route);
        }
        routes
    }

    /// Number of routes.
    pub fn len(&self) -> usize {
        self.begin.len() - 1
    }

    /// Steps of a route.
    pub fn of(&self, route: usize) -> &[u16] {
        &self.steps[self.begin[route]..self.begin[route + 1]]
    }

    /// All routes, in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u16]> {
        (0..self.len()).map(|route| self.of(route))
    }
}

/// Journeys that ended in an order, what these were worth, and journeys that ended without.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sum {
    pub conversions: f64,
    pub value: f64,
    pub nulls: f64,
}

impl Sum {
    pub fn add(&mut self, other: Self) {
        self.conversions += other.conversions;
        self.value += other.value;
        self.nulls += other.nulls;
    }
}

/// How a model shares rows (routes, or paths where moments matter) out to channels: shares of one row add up to 1.
#[derive(Debug, Clone, Default)]
pub(super) struct Shares {
    begin: Vec<usize>,
    part: Vec<(u16, f64)>,
}

impl Shares {
    fn build<'a>(rows: impl Iterator<Item = &'a [u16]>, mut weigh: impl FnMut(usize, &[u16], &mut Vec<f64>)) -> Self {
        let (mut shares, mut weights) = (Self { begin: vec![0], part: Vec::new() }, Vec::new());
        for (row, steps) in rows.enumerate() {
            weights.clear();
            weigh(row, steps, &mut weights);
            let (from, sum) = (shares.part.len(), weights.iter().sum::<f64>());
            for (&channel, weight) in steps.iter().zip(&weights).filter(|(_, weight)| **weight > 0.0) {
                match shares.part[from..].iter_mut().find(|part| part.0 == channel) {
                    Some(part) => part.1 += weight / sum,
                    None => shares.part.push((channel, weight / sum)),
                }
            }
            shares.begin.push(shares.part.len());
        }
        shares
    }

    /// Shares of routes by a model that looks at their order only; `None` for the others.
    pub fn of_routes(model: Model, routes: &Routes, direct: Option<u16>, settings: &Settings) -> Option<Self> {
        let one = |out: &mut Vec<f64>, n: usize, at: usize| out.extend((0..n).map(|i| f64::from(u8::from(i == at))));
        let weigh = |_: usize, steps: &[u16], out: &mut Vec<f64>| {
            let n = steps.len();
            match model {
                Model::FirstTouch => one(out, n, 0),
                Model::LastNonDirect => {
                    one(out, n, steps.iter().rposition(|step| Some(*step) != direct).unwrap_or(n - 1));
                }
                Model::Linear => out.resize(n, 1.0),
                Model::Position => position(settings.position, n, out),
                Model::Shapley => out.extend((0..n).map(|i| f64::from(u8::from(!steps[..i].contains(&steps[i]))))),
                Model::LastTouch | Model::TimeDecay | Model::Markov => one(out, n, n - 1),
            }
        };
        let by_order = !matches!(model, Model::TimeDecay | Model::Markov);
        by_order.then(|| Self::build(routes.iter(), weigh))
    }

    /// Shares of paths by time decay; `None` where the moments of touches are not told.
    pub fn of_moments(paths: &Paths, half_life: f64) -> Option<Self> {
        if paths.before.is_empty() || paths.before.iter().any(|days| !days.is_finite()) {
            return None;
        }
        let weigh = |path: usize, _: &[u16], out: &mut Vec<f64>| {
            let days = paths.days_before(path).unwrap_or_default();
            // Counted from the last touch, so that weights of long ago do not all vanish.
            let last = days.iter().copied().fold(f32::INFINITY, f32::min);
            out.extend(days.iter().map(|day| (-(f64::from(*day) - f64::from(last)) / half_life).exp2()));
        };
        Some(Self::build((0..paths.len()).map(|path| paths.of(path)), weigh))
    }

    /// Orders and value that each channel gets of rows with these sums.
    pub fn give(&self, sums: &[Sum], channels: usize) -> Vec<(f64, f64)> {
        let mut got = vec![(0.0, 0.0); channels];
        for (row, sum) in sums.iter().enumerate().filter(|(_, sum)| sum.conversions > 0.0) {
            for &(channel, share) in &self.part[self.begin[row]..self.begin[row + 1]] {
                let got = &mut got[usize::from(channel)];
                got.0 += share * sum.conversions;
                got.1 += share * sum.value;
            }
        }
        got
    }
}

/// Weights of a route by position: fixed parts at both ends, the rest between; with nothing between the ends share all.
fn position((first, last): (f64, f64), n: usize, out: &mut Vec<f64>) {
    let between = 1.0 - first - last;
    match n {
        1 => out.push(1.0),
        2 if first + last > 0.0 => out.extend([first, last]),
        2 => out.extend([0.5, 0.5]),
        _ => {
            out.push(first);
            out.resize(n - 1, between / (n - 2) as f64);
            out.push(last);
            // Parts that add up to nothing: rounding of 0.5 and 0.5 leaves the middle a hair below zero.
            out.iter_mut().for_each(|weight| *weight = weight.max(0.0));
        }
    }
}
