//! The past foretold again, in the steps that are asked for.

use std::ops::Range;

use rayon::prelude::*;

use super::rules::{BEFORE_YEARS, Rule};
use super::steps::Step;
use super::{Grain, Of};
use crate::analytics::forecast::{History, LONGEST, Measure, Yearly};
use crate::model::Day;

/// Days before the first that is foretold again.
const FEWEST_DAYS: usize = 56;
/// Two years; a single one cannot tell its season from its trend.
const TWO_YEARS: usize = 730;
/// The past year is foretold again.
const HELD_OUT_DAYS: usize = 365;
/// Origins are spread over at least so many days.
const FEWEST_ORIGINS: usize = 21;
/// From so many earlier days on; more say the same again.
const MOST_ORIGINS: usize = 90;

/// A rule is fitted anew so many times while the past is foretold again.
const FITS: usize = 5;

/// What can be tried on a history of so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Days known before the first origin.
    pub base: usize,
    /// Days ahead that can be tried.
    pub tested: usize,
    /// Days ahead that can be foretold.
    pub farthest: usize,
}

impl Room {
    /// `None` where not even one step can be tried.
    pub fn of(days: usize, grain: Grain, horizon: usize) -> Option<Self> {
        let base = if days >= TWO_YEARS { BEFORE_YEARS } else { FEWEST_DAYS };
        (days >= Self::need(grain)).then(|| {
            let room = (days - base) / 2;
            Self { base, tested: horizon.min(room), farthest: if days >= TWO_YEARS { usize::MAX } else { 2 * room } }
        })
    }

    /// Days that it takes for any forecast.
    pub fn need(grain: Grain) -> usize {
        let one = match grain {
            Grain::Day => FEWEST_ORIGINS / 2,
            Grain::Week => 14,
            Grain::Month => 31,
        };
        FEWEST_DAYS + 2 * one
    }
}

/// The days of a measure, with the season of the year as it was known at each origin, and at the end.
pub struct Track {
    pub days: Vec<Option<f64>>,
    factors: Vec<Option<Vec<f64>>>,
}

impl Track {
    /// Whether the season of the year can be told at every origin.
    pub fn is_seasonal(&self) -> bool {
        self.factors.iter().all(Option::is_some)
    }
}

/// Where the past is foretold again.
pub struct Trial {
    first: Day,
    known: usize,
    pub origins: Vec<usize>,
    pub tested: usize,
    horizon: usize,
    pub steps: Vec<Range<usize>>,
}

/// What a rule foretells, by day.
pub struct Foretold {
    /// From each origin.
    pub past: Vec<Vec<f64>>,
    /// From the end on.
    pub ahead: Vec<f64>,
}

/// A step of the past: what was foretold for its ordinary days, and what came.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// Which step ahead.
    pub step: usize,
    pub foretold: f64,
    pub came: f64,
    /// What errors are measured by.
    pub yardstick: f64,
}

/// What an error is measured by: as counts scatter, the larger the more is foretold, but by its root.
pub fn yardstick(foretold: f64, mean: f64) -> f64 {
    (foretold.max(0.1 * mean) * mean).sqrt()
}

impl Trial {
    /// The last days of a history, up to `origin`, and steps after it.
    pub fn new(history: &History, room: Room, steps: &[Step]) -> Self {
        let known = history.len().min(LONGEST);
        let horizon = steps.last().map_or(0, |step| step.ahead.end);
        let last = known - room.tested;
        let first = last.saturating_sub(HELD_OUT_DAYS).max(room.base).min(last - FEWEST_ORIGINS.min(last));
        let stride = (last - first).div_ceil(MOST_ORIGINS).max(1);
        Self {
            first: Day(history.last().0 + 1 - known as i32),
            known,
            origins: (first..=last).step_by(stride).collect(),
            tested: room.tested,
            horizon,
            steps: steps.iter().map(|step| step.ahead.clone()).collect(),
        }
    }

    /// Days known at the first origin.
    pub fn begins(&self) -> usize {
        self.origins.first().copied().unwrap_or(self.known)
    }

    /// Whether rules may look a year back from every origin.
    pub fn year_known(&self) -> bool {
        self.begins() >= BEFORE_YEARS
    }

    /// First and last day that is foretold again.
    pub fn span(&self) -> (Day, Day) {
        let last = self.origins.last().copied().unwrap_or(self.known) + self.tested;
        (Day(self.first.0 + self.begins() as i32), Day(self.first.0 + last as i32 - 1))
    }

    /// The days of a measure.
    pub fn track(&self, history: &History, of: Measure) -> Track {
        let days = history.ordinary_days(of, history.len() - self.known, history.len());
        let seasonal = self.known >= TWO_YEARS && self.year_known();
        let factors = |known: &usize| {
            let season = Yearly::of(&days[..*known], self.first).filter(|_| seasonal)?;
            let reach = if *known == self.known { self.horizon } else { self.tested };
            Some((0..known + reach).map(|at| season.factor(Day(self.first.0 + at as i32))).collect())
        };
        let factors = self.origins.par_iter().chain([self.known].par_iter()).map(factors).collect();
        Track { days, factors }
    }

    /// What a rule foretold from each origin, fitted anew at times to what was known, and what it foretells, fitted to
    /// everything; by day.
    pub fn foretold(&self, track: &Track, rule: Rule) -> Option<Foretold> {
        let at_once = self.origins.len().div_ceil(FITS);
        let blocks = self.origins.chunks(at_once).zip(track.factors.chunks(at_once));
        let (mut past, mut fitted) = (Vec::with_capacity(self.origins.len()), None);
        for (origins, factors) in blocks {
            let known = &track.days[..*origins.first()?];
            let ready = rule.fitted(known, factors.first()?.as_deref(), fitted.as_ref())?;
            for (origin, factors) in origins.iter().zip(factors) {
                past.push(ready.after(&track.days[..*origin], factors.as_deref(), self.tested)?);
            }
            fitted = Some(ready);
        }
        let factors = track.factors.last()?.as_deref();
        let ahead = rule.fitted(&track.days, factors, fitted.as_ref())?.after(&track.days, factors, self.horizon)?;
        Some(Foretold { past, ahead })
    }

    /// What was foretold and what came in some days after every origin, as long as half of them are ordinary.
    fn windows_of(&self, track: &Track, retold: &[Vec<f64>], ahead: &Range<usize>) -> Vec<Option<(f64, f64)>> {
        let window = |(origin, foretold): (&usize, &Vec<f64>)| {
            let days = ahead.clone().filter_map(|day| Some((foretold[day], track.days[origin + day]?)));
            let (sum, came, n) =
                days.fold((0.0, 0.0, 0), |(sum, all, n), (foretold, came)| (sum + foretold, all + came, n + 1));
            (n * 2 >= ahead.len() && n > 0).then_some((sum, came))
        };
        self.origins.iter().zip(retold).map(window).collect()
    }

    /// Every step that lies within the days that are tried, of some measures' tracks with what was foretold for them.
    pub fn windows(&self, of: Of, tracks: &[(&Track, &[Vec<f64>])]) -> Vec<Window> {
        let tried = self.steps.iter().enumerate().filter(|(_, ahead)| ahead.end <= self.tested);
        let mut found: Vec<Window> = tried.flat_map(|(step, ahead)| self.joined(of, tracks, step, ahead)).collect();
        if of != Of::Aov {
            // By the mean day, so that the rest of a step that has begun has a shorter yardstick.
            let days = |step: usize| self.steps[step].len() as f64;
            let sum: f64 = found.iter().map(|window| window.foretold).sum();
            let all: f64 = found.iter().map(|window| days(window.step)).sum();
            for window in &mut found {
                let mean = sum / all.max(1.0) * self.whole();
                window.yardstick = yardstick(window.foretold, mean);
            }
        }
        found
    }

    /// Days of a whole step.
    pub fn whole(&self) -> f64 {
        self.steps.iter().map(Range::len).max().unwrap_or(1) as f64
    }

    /// All days that are tried, together.
    pub fn totals(&self, of: Of, tracks: &[(&Track, &[Vec<f64>])]) -> Vec<Window> {
        self.joined(of, tracks, 0, &(0..self.tested))
    }

    fn joined(&self, of: Of, tracks: &[(&Track, &[Vec<f64>])], step: usize, ahead: &Range<usize>) -> Vec<Window> {
        let mut each = tracks.iter().map(|(track, retold)| self.windows_of(track, retold, ahead));
        let (Some(first), second) = (each.next(), each.next()) else { return Vec::new() };
        let pairs = first.into_iter().enumerate().filter_map(|(at, window)| match (of, &second) {
            (Of::Aov, Some(revenue)) => {
                let (orders, revenue) = (window?, (*revenue.get(at)?)?);
                (orders.0 > 0.0 && orders.1 > 0.0).then(|| (revenue.0 / orders.0, revenue.1 / orders.1))
            }
            _ => window,
        });
        pairs.map(|(foretold, came)| Window { step, foretold, came, yardstick: foretold }).collect()
    }

    /// Mean difference between days that are as long as a whole step and those a season before, over the days before the
    /// first origin.
    pub fn season_scale(&self, of: Of, grain: Grain, tracks: &[&Track]) -> Option<f64> {
        let len = self.whole() as usize;
        let lag = match grain {
            Grain::Day => 7,
            _ if self.year_known() => super::rules::YEAR,
            _ => len,
        };
        let sum = |track: &Track, from: usize| {
            let seen: Vec<f64> = track.days[from..from + len].iter().flatten().copied().collect();
            (seen.len() * 2 >= len && !seen.is_empty())
                .then(|| seen.iter().sum::<f64>() / seen.len() as f64 * len as f64)
        };
        let at = |from: usize| {
            let first = sum(tracks.first()?, from)?;
            match (of, tracks.get(1)) {
                (Of::Aov, Some(revenue)) => (first > 0.0).then(|| sum(revenue, from).map(|sum| sum / first))?,
                _ => Some(first),
            }
        };
        let last = (self.begins()).checked_sub(len)?;
        let off: Vec<f64> = (lag..=last).filter_map(|from| Some((at(from)? - at(from - lag)?).abs())).collect();
        let mean = off.iter().sum::<f64>() / off.len().max(1) as f64;
        (mean > 0.0).then_some(mean)
    }
}
