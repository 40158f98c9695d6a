//! Intervals: journeys are drawn anew, and everything is computed again.
//!
//! Each person counts as often as a number from Poisson's distribution with mean 1 says, all their journeys together
//! (Hanley and MacGibbon 2006, who show that this equals drawing with replacement where there are many). In a table of
//! counted paths every journey is somebody else's. The intervals are quantiles of what the draws say. They tell what would
//! vary had other people come by; that a model is the wrong one they do not tell.

use rayon::prelude::*;

use super::Range;
use super::paths::Paths;
use super::routes::Sum;
use super::settings::{MODELS, Settings};
use super::share_out::{Figures, Ground};
use crate::analytics::math::chance::Chance;
use crate::jobs::{Cancelled, Progress};

/// Fewer orders give no interval.
pub const LEAST_ORDERS: u64 = 30;
/// Draws between two looks at whether the work was cancelled.
const AT_ONCE: u32 = 8;

/// How often each path counts.
pub(super) struct Drawn {
    pub by_path: Vec<Sum>,
}

impl Drawn {
    /// Every path as often as it was seen.
    pub fn all(paths: &Paths) -> Self {
        let of = |path: usize| Sum {
            conversions: paths.conversions[path] as f64,
            value: paths.value[path],
            nulls: paths.nulls[path] as f64,
        };
        Self { by_path: (0..paths.len()).map(of).collect() }
    }

    /// Draw number `n`.
    fn anew(paths: &Paths, seed: u64, n: u32) -> Self {
        let mut chance = Chance::new(seed, u64::from(n));
        let (mut whose, mut times) = (None, 0.0);
        let mut of = |path: usize| {
            let (orders, nulls) = (paths.conversions[path] as f64, paths.nulls[path] as f64);
            let Some(cluster) = paths.cluster.get(path) else {
                let drawn = chance.poisson(orders);
                let value = if orders > 0.0 { paths.value[path] * (drawn / orders) } else { 0.0 };
                return Sum { conversions: drawn, value, nulls: chance.poisson(nulls) };
            };
            if whose != Some(*cluster) {
                (whose, times) = (Some(*cluster), f64::from(chance.poisson_1()));
            }
            Sum { conversions: orders * times, value: paths.value[path] * times, nulls: nulls * times }
        };
        Self { by_path: (0..paths.len()).map(&mut of).collect() }
    }

    /// Summed up by route.
    pub fn by_route(&self, ground: &Ground<'_>) -> Vec<Sum> {
        let mut sums = vec![Sum::default(); ground.routes.len()];
        for (sum, &route) in self.by_path.iter().zip(&ground.routes.of_path) {
            sums[route as usize].add(*sum);
        }
        sums
    }
}

/// Intervals of shares by model and channel, and of removal effects by channel.
#[derive(Default)]
pub(super) struct Intervals {
    shares: Vec<Vec<(Option<Range>, Option<Range>)>>,
    removal: Vec<(Option<Range>, Option<Range>)>,
    pub resamples: u32,
    /// Why there are none.
    pub why_none: Option<String>,
}

impl Intervals {
    /// Of shares of orders and of value.
    pub fn shares(&self, model: usize, channel: usize) -> (Option<Range>, Option<Range>) {
        self.shares.get(model).and_then(|of| of.get(channel)).copied().unwrap_or_default()
    }

    /// Of orders and of value lost.
    pub fn removal(&self, channel: usize) -> (Option<Range>, Option<Range>) {
        self.removal.get(channel).copied().unwrap_or_default()
    }
}

/// Draws journeys anew.
pub(super) fn intervals(ground: &Ground<'_>, settings: &Settings, progress: &Progress) -> Result<Intervals, Cancelled> {
    let paths = ground.paths;
    let orders = paths.total_conversions();
    if settings.resamples < 20 {
        return Ok(Intervals::default());
    }
    if orders < LEAST_ORDERS {
        let why = format!("{orders} orders are too few for intervals; it takes {LEAST_ORDERS}");
        return Ok(Intervals { why_none: Some(why), ..Intervals::default() });
    }
    progress.expect(u64::from(settings.resamples));
    let mut draws: Vec<Figures> = Vec::with_capacity(settings.resamples as usize);
    for first in (0..settings.resamples).step_by(AT_ONCE as usize) {
        progress.step(u64::from(first))?;
        let last = (first + AT_ONCE).min(settings.resamples);
        let some: Vec<Figures> =
            (first..last).into_par_iter().map(|n| ground.figures(&Drawn::anew(paths, settings.seed, n))).collect();
        draws.extend(some.into_iter().filter(|figures| figures.removal.is_some()));
    }
    let tail = (1.0 - settings.level) / 2.0;
    let both = |of: &dyn Fn(&Figures) -> Option<(f64, f64)>| {
        let orders = quantiles(draws.iter().filter_map(|draw| Some(of(draw)?.0)), tail);
        let value = draws.iter().filter(|draw| draw.has_value).filter_map(|draw| Some(of(draw)?.1));
        (orders, quantiles(value, tail))
    };
    let channels = 0..paths.channels.len();
    let of_model = |model: usize| {
        channels.clone().map(|c| both(&|draw| draw.shares[model].as_ref().map(|shares| shares[c]))).collect()
    };
    Ok(Intervals {
        shares: (0..MODELS.len()).map(of_model).collect(),
        removal: channels.clone().map(|c| both(&|draw| draw.removal.as_ref().map(|effects| effects[c]))).collect(),
        resamples: draws.len() as u32,
        why_none: None,
    })
}

/// Quantiles at both tails, between neighbours; `None` for few draws.
fn quantiles(draws: impl Iterator<Item = f64>, tail: f64) -> Option<Range> {
    let mut draws: Vec<f64> = draws.filter(|value| value.is_finite()).collect();
    if draws.len() < 20 {
        return None;
    }
    draws.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (draws.len() - 1) as f64;
        let below = place.floor() as usize;
        let above = (below + 1).min(draws.len() - 1);
        draws[below] + (place - below as f64) * (draws[above] - draws[below])
    };
    Some((at(tail), at(1.0 - tail)))
}
