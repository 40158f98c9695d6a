//! Where an output lies when every assumption is somewhere in its range (Monte Carlo).
//!
//! A typed range is drawn from the triangle over least, value and most. An interval from data is drawn from a normal
//! distribution with half of it on each side of the value, on the scale that keeps the bounds of what is drawn:
//! logarithms for amounts and counts, log odds for shares. Assumptions are drawn independently of each other. Number and
//! assumption of a draw decide its chance, so that the same draws meet any scenario, on any number of threads.

use rayon::prelude::*;
use serde::Serialize;

use super::{Input, Inputs, Numbers, Origin, OutputId};
use crate::analytics::math::chance::Chance;
use crate::analytics::math::normal;
use crate::jobs::{Cancelled, Progress};
use crate::model::assumption::{Assumption, AssumptionId, Kind};

/// Draws where nobody says how many.
pub const DRAWS: u32 = 20_000;
/// Quantiles that are told.
pub const LEVELS: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];
const BINS: usize = 40;
const CHUNK: usize = 4_096;

/// Draws from here up to there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// From this value on.
    pub from: f64,
    /// Up to this one.
    pub to: f64,
    /// How many draws.
    pub count: u64,
}

/// Where an output lies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spread {
    /// The output.
    pub output: OutputId,
    /// Its value with every assumption at its value.
    pub base: Option<f64>,
    /// How often it was drawn.
    pub draws: u64,
    /// Draws in which it cannot be told; they are in none of the figures below.
    pub untold: u64,
    /// Seed of the draws.
    pub seed: u64,
    /// Assumptions that were drawn.
    pub drawn: Vec<AssumptionId>,
    /// Mean; `None` where no draw tells it.
    pub mean: Option<f64>,
    /// Quantiles at 5, 10, 25, 50, 75, 90 and 95 %.
    pub quantiles: Vec<(f64, f64)>,
    /// Draws by value; the first and the last bin hold what lies beyond them.
    pub bins: Vec<Bin>,
    /// Share of the draws below 0.
    pub below_zero: f64,
    /// From where on the output is a gain, and the share of the draws below it.
    pub below_even: Option<(f64, f64)>,
}

/// Draws an output `draws` times over the ranges of its assumptions.
///
/// # Errors
/// When the work was cancelled.
pub fn monte_carlo(
    output: OutputId,
    inputs: &Inputs,
    draws: u32,
    seed: u64,
    progress: &Progress,
) -> Result<Spread, Cancelled> {
    let line = output.get();
    let base = inputs.numbers();
    let laws: Vec<Law> = inputs.values.iter().filter_map(|(id, input)| Law::of(*id, input)).collect();
    let numbers: Vec<u64> = (0..u64::from(draws)).collect();
    progress.expect(u64::from(draws));
    let chunks: Vec<Vec<f64>> = numbers
        .par_chunks(CHUNK)
        .map(|chunk| {
            progress.step(chunk.first().copied().unwrap_or(0))?;
            Ok(chunk.iter().filter_map(|draw| line.value(&drawn(base, &laws, seed, *draw)).ok()).collect())
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut values: Vec<f64> = chunks.concat();
    values.par_sort_unstable_by(f64::total_cmp);
    let told = values.len() as f64;
    let below = |limit: f64| if values.is_empty() { 0.0 } else { values.partition_point(|v| *v < limit) as f64 / told };
    Ok(Spread {
        output,
        base: line.value(&base).ok(),
        draws: u64::from(draws),
        untold: u64::from(draws) - values.len() as u64,
        seed,
        drawn: laws.iter().map(|law| law.of.id).collect(),
        mean: (!values.is_empty()).then(|| mean(&values)),
        quantiles: LEVELS.iter().filter_map(|&level| Some((level, quantile(&values, level)?))).collect(),
        bins: bins(&values),
        below_zero: below(0.0),
        below_even: line.even.map(|even| (even, below(even))),
    })
}

/// The mean of sorted values, which does not overflow where they do not.
fn mean(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    values.iter().map(|value| value / n).sum()
}

/// A quantile of sorted values, between two of them in proportion (Hyndman and Fan 1996, type 7).
fn quantile(values: &[f64], level: f64) -> Option<f64> {
    let place = level * (values.len().checked_sub(1)?) as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    let (low, high) = (*values.get(below)?, *values.get((below + 1).min(values.len() - 1))?);
    Some(if low == high { low } else { low * (1.0 - part) + high * part })
}

/// Bins of one width from the lowest half percent to the highest.
fn bins(values: &[f64]) -> Vec<Bin> {
    let Some((from, to)) = quantile(values, 0.005).zip(quantile(values, 0.995)) else {
        return Vec::new();
    };
    let width = (to - from) / BINS as f64;
    if width.is_nan() || width <= from.abs().max(to.abs()) * 1e-12 {
        return vec![Bin { from, to, count: values.len() as u64 }];
    }
    let edge = |n: usize| if n == BINS { to } else { from + width * n as f64 };
    let before = |n: usize| match n {
        0 => 0,
        BINS => values.len(),
        _ => values.partition_point(|value| *value < edge(n)),
    };
    let bin = |n: usize| Bin { from: edge(n), to: edge(n + 1), count: (before(n + 1) - before(n)) as u64 };
    (0..BINS).map(bin).collect()
}

fn drawn(mut numbers: Numbers, laws: &[Law], seed: u64, draw: u64) -> Numbers {
    for law in laws {
        let u = Chance::new(seed ^ ((law.of.id as u64 + 1) << 40), draw).even();
        numbers = numbers.with(law.of.id, law.at(u));
    }
    numbers
}

/// How an assumption is drawn.
struct Law {
    of: &'static Assumption,
    low: f64,
    value: f64,
    high: f64,
    form: Form,
}

enum Form {
    Triangle,
    Normal(Scale),
}

#[derive(Clone, Copy)]
enum Scale {
    Plain,
    Logarithm,
    LogOdds,
}

impl Law {
    fn of(id: AssumptionId, input: &Input) -> Option<Self> {
        let (low, high) = input.range.filter(|(low, high)| low < high)?;
        let form = match input.origin {
            Origin::Data => Form::Normal(Scale::of(id.get(), low, high)),
            Origin::Typed | Origin::Stack => Form::Triangle,
        };
        Some(Self { of: id.get(), low, value: input.value.clamp(low, high), high, form })
    }

    /// The value below which a share `u` of the draws lies.
    fn at(&self, u: f64) -> f64 {
        let Self { low, value, high, .. } = *self;
        let value = match self.form {
            Form::Triangle => {
                let (left, width) = (value - low, high - low);
                if u * width < left {
                    low + (u * width * left).sqrt()
                } else {
                    high - ((1.0 - u) * width * (high - value)).sqrt()
                }
            }
            Form::Normal(scale) => {
                let middle = scale.there(value);
                let z = normal::quantile(u) / normal::quantile(0.975);
                let end = scale.there(if z < 0.0 { low } else { high });
                scale.back(middle + z.abs() * (end - middle))
            }
        };
        value.clamp(self.of.least, self.of.most)
    }
}

impl Scale {
    fn of(assumption: &Assumption, low: f64, high: f64) -> Self {
        let is_share = assumption.unit.kind == Kind::Share && assumption.least == 0.0 && assumption.most == 1.0;
        match is_share {
            true if low > 0.0 && high < 1.0 => Self::LogOdds,
            false if low > 0.0 && assumption.least >= 0.0 => Self::Logarithm,
            _ => Self::Plain,
        }
    }

    fn there(self, x: f64) -> f64 {
        match self {
            Self::Plain => x,
            Self::Logarithm => x.ln(),
            Self::LogOdds => (x / (1.0 - x)).ln(),
        }
    }

    fn back(self, y: f64) -> f64 {
        match self {
            Self::Plain => y,
            Self::Logarithm => y.exp(),
            Self::LogOdds => 1.0 / (1.0 + (-y).exp()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law(id: AssumptionId, origin: Origin, value: f64, range: (f64, f64)) -> Law {
        Law::of(id, &Input { value, range: Some(range), origin }).unwrap()
    }

    #[test]
    fn a_triangle_has_its_ends_and_its_mode() {
        let law = law(AssumptionId::Lifespan, Origin::Typed, 18.0, (12.0, 24.0));
        assert!((law.at(1e-15) - 12.0).abs() < 1e-5 && (law.at(1.0 - 1e-15) - 24.0).abs() < 1e-5);
        assert!((law.at(0.5) - 18.0).abs() < 1e-12);
    }

    #[test]
    fn an_interval_from_data_holds_95_of_100_draws_and_keeps_the_bounds() {
        for (id, value, range) in [
            (AssumptionId::Aov, 80.0, (70.0, 95.0)),
            (AssumptionId::RepeatRate, 0.02, (0.005, 0.06)),
            (AssumptionId::Margin, 0.2, (-0.1, 0.4)),
            (AssumptionId::Churn, 0.0, (0.0, 0.1)),
        ] {
            let law = law(id, Origin::Data, value, range);
            assert!((law.at(0.025) - range.0).abs() < 1e-9, "{id:?}");
            assert!((law.at(0.975) - range.1).abs() < 1e-9, "{id:?}");
            assert!((law.at(0.5) - value).abs() < 1e-12, "{id:?}");
            for u in [1e-12, 0.1, 0.9, 1.0 - 1e-12] {
                assert!(id.get().allows(law.at(u)), "{id:?} {u}");
            }
        }
    }

    #[test]
    fn quantiles_are_between_the_values() {
        assert_eq!(quantile(&[1.0, 2.0, 3.0, 5.0], 0.5), Some(2.5));
        assert_eq!(quantile(&[7.0], 0.95), Some(7.0));
        assert_eq!(quantile(&[], 0.5), None);
        let bins = bins(&[1.0; 9]);
        assert_eq!((bins.len(), bins[0].count), (1, 9));
    }
}
