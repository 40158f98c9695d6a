//! Forecasts of orders and revenue by day, and for any hours of coming days.
//!
//! Several rules compete, from “as last week” to smoothing with a season of the year. Each foretells the past again
//! from many earlier days on, knowing nothing of what came; the one whose sums over windows of the same shape and single
//! days were nearest is used, and how far it was off then is its interval. Days in and just after sales are left out.

mod candidates;
mod event;
mod held_out;
mod history;
pub mod said;
mod smooth;
mod yearly;

use rayon::prelude::*;

use self::held_out::{Shape, Trial};
use super::math::reckoned::{Reckoned, quantile};
use crate::jobs::{Cancelled, Progress};
use crate::model::{Day, TooLittle};

pub use self::candidates::{Candidate, Fitted, Method};
pub use self::event::{EventForecast, EventLift, PastLift, event_forecast, event_lift};
pub use self::held_out::HeldOut;
pub use self::history::{History, Measure, Part, Profile, Span};
pub use self::smooth::{Errors, Form, Smoother, State, Trend, Weekdays, Weights, fit};
pub use self::yearly::Yearly;

/// Older days were another shop.
pub const LONGEST: usize = 3 * 366;
/// A forecast for later days would rest on nothing.
pub const FARTHEST: usize = 366;

/// What is foretold for some moments.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// What is counted.
    pub of: Measure,
    /// The last day that was known.
    pub origin: Day,
    /// The moments.
    pub span: Span,
    /// The sum over them.
    pub sum: Reckoned,
    /// By day.
    pub days: Vec<ForetoldDay>,
    /// The rule that was nearest.
    pub rule: Candidate,
    /// How it did on the past.
    pub held_out: HeldOut,
    /// Every rule that was tried, nearest first, with the errors of its sums and of its days ÷ what came, together.
    pub tried: Vec<(Candidate, f64)>,
}

/// A day, or the part of it that lies in the moments.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ForetoldDay {
    /// The day.
    pub day: Day,
    /// Expected.
    pub middle: f64,
    /// In which it lies with 80 %.
    pub within_80: (f64, f64),
    /// In which it lies with 95 %.
    pub within_95: (f64, f64),
}

/// Foretells a measure for some moments after `origin`, from the days up to it.
///
/// # Errors
/// When the work was cancelled; inside, when the history is too short for moments that far ahead.
pub fn forecast(
    history: &History,
    of: Measure,
    origin: Day,
    span: Span,
    progress: &Progress,
) -> Result<Result<Forecast, TooLittle>, Cancelled> {
    let end = history.at(origin).map_or(history.len(), |at| at + 1);
    let origin = Day(history.first.0 + end as i32 - 1);
    let parts = span.parts(history.zone);
    let too_little = |need: usize| TooLittle { have: end as u64, need: need as u64, what: "days before the forecast" };
    let Some(shape) = Shape::new(&parts, origin) else {
        return Ok(Err(TooLittle { have: 0, need: 1, what: "days that lie within a year after the last known one" }));
    };
    let trial = match Trial::new(history, of, end, shape) {
        Ok(trial) => trial,
        Err(need) => return Ok(Err(too_little(need))),
    };
    progress.step(0)?;
    let candidates = Candidate::all(trial.is_seasonal());
    let tried: Vec<_> = candidates
        .into_par_iter()
        .map(|candidate| if progress.is_cancelled() { Err(Cancelled) } else { Ok(trial.of(candidate)) })
        .collect::<Result<Vec<_>, Cancelled>>()?;
    let mut tried: Vec<(Candidate, HeldOut)> = tried.into_iter().flatten().collect();
    // Of equally near ones the simpler one stays first.
    tried.sort_by(|a, b| a.1.badness().total_cmp(&b.1.badness()));
    // A day without sales since then may rule out factors.
    let nearest = tried.iter().find_map(|(rule, held_out)| Some((*rule, *held_out, trial.foretold(*rule)?)));
    let Some((rule, held_out, foretold)) = nearest else {
        return Ok(Err(too_little(end + trial.shape.horizon())));
    };
    progress.step(1)?;
    let sum: f64 = foretold.iter().sum();
    Ok(Ok(Forecast {
        of,
        origin,
        span,
        sum: Reckoned::off_by(sum, held_out.off, held_out.independent),
        days: days(&parts, &foretold, &held_out),
        rule,
        held_out,
        tried: tried.iter().map(|(candidate, held_out)| (*candidate, held_out.badness())).collect(),
    }))
}

fn days(parts: &[Part], foretold: &[f64], held_out: &HeldOut) -> Vec<ForetoldDay> {
    let mean = foretold.iter().sum::<f64>() / foretold.len().max(1) as f64;
    let day = |(part, &middle): (&Part, &f64)| {
        let within = |probability: f64| {
            // A closed day stays closed.
            let off = if middle > 0.0 { held_out.off_by_day * held_out::yardstick(middle, mean) } else { 0.0 };
            let reach = off * quantile(0.5 + probability / 2.0, f64::from(held_out.windows));
            ((middle - reach).max(0.0), middle + reach)
        };
        ForetoldDay { day: part.day, middle, within_80: within(0.8), within_95: within(0.95) }
    };
    parts.iter().zip(foretold).map(day).collect()
}
