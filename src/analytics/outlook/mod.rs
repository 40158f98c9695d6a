//! The outlook: orders, revenue and revenue per order by day, week or month, with an interval that widens.
//!
//! Rules foretell single days, which are put together to days, weeks or months; days in and just after sales are left
//! out of what is learnt and checked. Each rule foretells the past again from many earlier days on, knowing nothing of
//! what came, in the very steps that are asked for; the one that was nearest is used, and if that is the seasonal naive
//! one, it is used and said so. Intervals come from those errors, step by step. Sales that are planned, and holidays
//! that past years tell of, are put on top with their own doubt.

mod contest;
mod errors;
mod events;
mod gaps;
mod notes;
mod put_together;
mod rules;
pub mod said;
mod seasons;
mod steps;
mod told;
mod trial;

use self::contest::Contest;
use self::events::Applied;
use self::put_together::put_together;
use self::steps::Step;
use self::trial::{Room, Trial};
use super::forecast::{History, Measure};
use super::sale::PastSale;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Currency, Day, TooLittle};

pub use self::told::{
    Ahead, Asked, Event, EventKind, HeldOut, Known, Named, Of, Outlook, Past, Planned, RuleError, Season, Told, most,
    usual,
};
pub use crate::model::kpi::Grain;

/// Fewer orders tell nothing.
const FEWEST_ORDERS: u64 = 30;

/// No day further ahead is looked at.
const FARTHEST: usize = 400;

/// What an outlook rests on.
pub struct Ground<'a> {
    /// What was sold, up to the last day that is known; days in and just after sales are no ordinary ones.
    pub history: &'a History,
    /// Past sales that can be compared with ordinary days.
    pub sales: &'a [PastSale],
    /// First and last days of all past sales.
    pub on_sale: &'a [(Day, Day)],
    /// Sales that are planned.
    pub planned: &'a [Planned],
    /// Holidays of the past years and of the days ahead.
    pub named: &'a [Named],
    /// Currency of revenue.
    pub currency: Currency,
    /// Version of the definitions.
    pub definitions: u32,
}

/// What is expected after the last known day.
///
/// # Errors
/// When the work was cancelled; inside, when the history is too short.
pub fn outlook(
    ground: &Ground<'_>,
    asked: &Asked,
    progress: &Progress,
) -> Result<Result<Outlook, TooLittle>, Cancelled> {
    let origin = ground.history.last();
    let (history, gaps, holidays) = prepared(ground, asked, origin);
    let steps = steps::ahead(asked.grain, origin, asked.steps());
    let (days, orders) = known(&history);
    let horizon = steps.last().map_or(0, |step| step.ahead.end);
    let Some(room) = Room::of(days as usize, asked.grain, horizon) else {
        let need = Room::need(asked.grain) as u64;
        return Ok(Err(TooLittle { have: days, need, what: "days with data before a forecast" }));
    };
    if orders < FEWEST_ORDERS {
        return Ok(Err(TooLittle { have: orders, need: FEWEST_ORDERS, what: "orders on ordinary days" }));
    }
    let asked_for = steps.len();
    let steps: Vec<Step> = steps.into_iter().filter(|step| step.ahead.end <= room.farthest).collect();
    let trial = Trial::new(&history, room, &steps);
    let mut applied = events::sales(&history, ground.sales, ground.planned, asked.of, origin);
    applied.extend(holidays);
    progress.step(0)?;
    let contest = Contest::new(&history, &trial, asked);
    let Some(tellings) = contest.held(progress)? else {
        return Ok(Err(TooLittle { have: 0, need: 1, what: "rules that could foretell the past days" }));
    };
    progress.step(1)?;
    let mut outlook = put_together(ground, &history, asked, (&trial, &steps), &tellings, &applied);
    outlook.notes = notes::notes(ground, &history, &gaps, &trial, asked_for, &outlook);
    Ok(Ok(outlook))
}

/// The history without days of missing data and of holidays that do something; the latter ahead.
fn prepared(ground: &Ground<'_>, asked: &Asked, origin: Day) -> (History, Vec<(Day, Day)>, Vec<Applied>) {
    let mut history = ground.history.clone();
    let gaps = gaps::gaps(&history);
    gaps.iter().for_each(|(from, to)| history.leave_out(*from, *to));
    let (holidays, past) = events::holidays(&history, ground.named, asked.of, origin, FARTHEST);
    past.into_iter().for_each(|day| history.leave_out(day, day));
    (history, gaps, holidays)
}

/// Days and orders that are ordinary.
fn known(history: &History) -> (u64, u64) {
    let ordinary = (0..history.len()).filter(|at| history.is_ordinary(*at));
    ordinary.fold((0, 0), |(days, orders), at| {
        (days + 1, orders + u64::try_from(history.day(Measure::Orders, at)).unwrap_or(0))
    })
}
