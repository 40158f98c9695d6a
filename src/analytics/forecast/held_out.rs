//! How far a rule was off on the shop's own past, foretold again from many earlier days on.

use rayon::prelude::*;

use super::candidates::Candidate;
use super::history::{History, Measure, Part, Profile};
use super::smooth::WEEK;
use super::yearly::{self, Yearly};
use super::{FARTHEST, LONGEST};
use crate::analytics::math::reckoned::Reckoned;
use crate::model::Day;

/// Nothing is foretold from fewer days.
const FEWEST_DAYS: usize = 8 * WEEK;
/// The last year is foretold again.
const HELD_OUT_DAYS: usize = 365;
/// Days before the first that is foretold with a season of the year.
const BEFORE_SEASONS: usize = 420;
/// From so many earlier days on; more say the same again.
const MOST_ORIGINS: usize = 90;
/// Fewer windows tell no interval.
const FEWEST_WINDOWS: u32 = 8;

/// What an error of a day is measured by: as counts scatter, the larger the more is foretold, but by its root.
pub fn yardstick(foretold: f64, mean: f64) -> f64 {
    (foretold.max(FLOOR * mean) * mean).sqrt()
}

/// A day for which less than this share of a mean day is foretold counts as so much.
const FLOOR: f64 = 0.1;

/// Where moments lie after the last known day.
pub struct Shape {
    /// Days between the last known day and the first of the moments.
    lead: usize,
    /// Their parts of days.
    parts: Vec<Part>,
}

impl Shape {
    /// `None` unless they lie after the origin and not too far.
    pub fn new(parts: &[Part], origin: Day) -> Option<Self> {
        let lead = usize::try_from(parts.first()?.day.0 - origin.0 - 1).ok()?;
        (lead + parts.len() <= FARTHEST).then(|| Self { lead, parts: parts.to_vec() })
    }

    /// Days from the last known one to the last of the moments.
    pub fn horizon(&self) -> usize {
        self.lead + self.parts.len()
    }
}

/// How a rule did on the past.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeldOut {
    /// Windows of the same shape that were foretold again.
    pub windows: u32,
    /// Of them, how many do not overlap.
    pub independent: f64,
    /// First and last day that was foretold.
    pub days: (Day, Day),
    /// Absolute errors of sums over windows ÷ what came.
    pub error: f64,
    /// Error of such a sum relative to what was foretold: root of the mean square.
    pub off: f64,
    /// Absolute errors of single days ÷ what came.
    pub day_error: f64,
    /// Error of a single day relative to the root of what was foretold for it times that for a mean day: root of the
    /// mean square.
    pub off_by_day: f64,
    /// Mean absolute error of single days ÷ that of “as last week” over the days before; below 1 is better.
    pub scaled_error: Option<f64>,
    /// Share of the windows whose sum lay in the 80 % interval.
    pub within_80: f64,
    /// In the 95 % interval.
    pub within_95: f64,
}

impl HeldOut {
    /// What rules are ranked by: errors of sums and of days together. Sums are what is asked for, but windows overlap
    /// and tell less than they seem to; days are many.
    pub fn badness(&self) -> f64 {
        self.error + self.day_error
    }
}

/// The past as it is foretold again.
pub struct Trial<'a> {
    history: &'a History,
    of: Measure,
    /// Ordinary days, from position `offset` of the history on.
    days: Vec<Option<f64>>,
    offset: usize,
    /// Last known days of the trial, as numbers of days known.
    origins: Vec<usize>,
    /// Factors of the season of the year as known at each origin, and at the end.
    factors: Vec<Option<Vec<f64>>>,
    pub shape: Shape,
}

impl<'a> Trial<'a> {
    /// The days up to position `end`.
    ///
    /// # Errors
    /// How many days are needed, when these are too few.
    pub fn new(history: &'a History, of: Measure, end: usize, shape: Shape) -> Result<Self, usize> {
        let offset = end.saturating_sub(LONGEST);
        let days = history.ordinary_days(of, offset, end);
        let (n, horizon) = (days.len(), shape.horizon());
        let need = FEWEST_DAYS + horizon + 3 * WEEK;
        if n < need {
            return Err(need);
        }
        let seasonal = n >= yearly::FEWEST_DAYS && n >= BEFORE_SEASONS + horizon + 8 * WEEK;
        let held_out = n.saturating_sub(horizon + HELD_OUT_DAYS);
        let first =
            held_out.max(n / 2).max(if seasonal { BEFORE_SEASONS } else { FEWEST_DAYS }).min(n - horizon - 2 * WEEK);
        let step = (n - horizon - first).div_ceil(MOST_ORIGINS).max(1);
        let origins: Vec<usize> = (first..=n - horizon).step_by(step).collect();
        let day = Day(history.first.0 + offset as i32);
        let of_origin = |known: &usize| {
            let season = Yearly::of(&days[..*known], day).filter(|_| seasonal)?;
            Some((0..known + horizon).map(|at| season.factor(Day(day.0 + at as i32))).collect())
        };
        let factors = origins.par_iter().chain([n].par_iter()).map(of_origin).collect();
        Ok(Self { history, of, offset, origins, factors, shape, days })
    }

    /// Whether the season of the year can be told.
    pub fn is_seasonal(&self) -> bool {
        self.factors.iter().all(Option::is_some)
    }

    /// What a rule foretells for the moments, by day, fitted to everything that is known.
    pub fn foretold(&self, rule: Candidate) -> Option<Vec<f64>> {
        let factors = self.factors.last()?.as_deref();
        let days = rule.fitted(&self.days, factors)?.after(&self.days, factors, self.shape.horizon());
        let profile = self.history.profile(self.of, self.offset + self.days.len());
        Some(self.in_parts(&days, &profile))
    }

    fn in_parts(&self, days: &[f64], profile: &Profile) -> Vec<f64> {
        self.shape.parts.iter().zip(&days[self.shape.lead..]).map(|(part, day)| day * profile.share(part)).collect()
    }

    /// How a rule did, fitted to what was known before the first day that is foretold. `None` where it cannot be told.
    pub fn of(&self, rule: Candidate) -> Option<(Candidate, HeldOut)> {
        let first = *self.origins.first()?;
        let fitted = rule.fitted(&self.days[..first], self.factors.first()?.as_deref())?;
        let profile = self.history.profile(self.of, self.offset + first);
        let mut sums = Sums::default();
        for (&origin, factors) in self.origins.iter().zip(&self.factors) {
            let days = fitted.after(&self.days[..origin], factors.as_deref(), self.shape.horizon());
            let begins = self.offset + origin + self.shape.lead;
            let window = begins..begins + self.shape.parts.len();
            // Days in and after sales are left out on both sides, as long as most of the window is ordinary.
            let came = self.shape.parts.iter().zip(window).zip(self.in_parts(&days, &profile));
            let ordinary = came.filter(|((_, at), _)| self.history.is_ordinary(*at));
            let pairs: Vec<(f64, f64)> =
                ordinary.map(|((part, at), foretold)| (foretold, self.history.part(self.of, at, part))).collect();
            if pairs.len() * 3 >= self.shape.parts.len() * 2 {
                sums.add(&pairs);
            }
        }
        let last = self.origins.last()? + self.shape.horizon();
        let day = |at: usize| Day(self.history.first.0 + (self.offset + at) as i32);
        let span = (day(first + self.shape.lead), day(last - 1));
        let independent = (span.1.0 - span.0.0 + 1) as f64 / self.shape.parts.len() as f64;
        Some((rule, sums.told(span, independent, self.as_last_week(first))?))
    }

    /// Mean difference between a day and the one a week before it, over the first days.
    fn as_last_week(&self, until: usize) -> Option<f64> {
        let pairs = self.days[..until].iter().zip(self.days[..until].iter().skip(WEEK));
        let off: Vec<f64> = pairs.filter_map(|(before, day)| Some(((*before)? - (*day)?).abs())).collect();
        let mean = off.iter().sum::<f64>() / off.len().max(1) as f64;
        (mean > 0.0).then_some(mean)
    }
}

/// What was foretold, and what came.
#[derive(Default)]
struct Sums {
    windows: Vec<(f64, f64)>,
    days: u32,
    came: f64,
    off: f64,
    relative: f64,
}

impl Sums {
    /// Adds a window: what was foretold for its parts, and what came.
    fn add(&mut self, parts: &[(f64, f64)]) {
        let sum: f64 = parts.iter().map(|part| part.0).sum();
        let mean = sum / parts.len().max(1) as f64;
        if mean <= 0.0 {
            return;
        }
        self.windows.push((sum, parts.iter().map(|part| part.1).sum()));
        for (foretold, came) in parts {
            self.days += 1;
            self.came += came;
            self.off += (foretold - came).abs();
            self.relative += ((foretold - came) / yardstick(*foretold, mean)).powi(2);
        }
    }

    fn told(self, days: (Day, Day), independent: f64, as_last_week: Option<f64>) -> Option<HeldOut> {
        let n = self.windows.len() as f64;
        let windows = u32::try_from(self.windows.len()).ok().filter(|n| *n >= FEWEST_WINDOWS)?;
        let came: f64 = self.windows.iter().map(|window| window.1).sum();
        if came <= 0.0 || self.came <= 0.0 {
            return None;
        }
        let absolute: f64 = self.windows.iter().map(|(foretold, came)| (foretold - came).abs()).sum();
        let squares: f64 = self.windows.iter().map(|(foretold, came)| (came / foretold - 1.0).powi(2)).sum();
        let (off, independent) = ((squares / n).sqrt(), independent.min(n).max(2.0));
        let within = |probability: f64| {
            let inside = |(foretold, came): &&(f64, f64)| {
                let (low, high) = Reckoned::off_by(*foretold, off, independent).within(probability);
                (low..=high).contains(came)
            };
            self.windows.iter().filter(inside).count() as f64 / n
        };
        Some(HeldOut {
            windows,
            independent,
            days,
            error: absolute / came,
            off,
            day_error: self.off / self.came,
            off_by_day: (self.relative / f64::from(self.days)).sqrt(),
            scaled_error: as_last_week.map(|scale| self.off / f64::from(self.days) / scale),
            within_80: within(0.8),
            within_95: within(0.95),
        })
    }
}
