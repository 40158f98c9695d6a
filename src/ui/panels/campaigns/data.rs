//! What a replay of a sale comes to, computed off the window's thread.

use std::sync::Arc;

use anyhow::Result;

use crate::analytics::forecast::EventForecast;
use crate::analytics::sale::{Judged, Lift, Replay, judge};
use crate::jobs::Progress;
use crate::model::plan::Problem;
use crate::model::{Day, Definitions, SalePlan, TooLittle};
use crate::ui::shop::Home;

/// A plan that was replayed, or why it cannot be.
pub struct Replayed {
    /// The plan.
    pub plan: SalePlan,
    /// What the shop knows against it, or found odd.
    pub problems: Vec<Problem>,
    /// What it comes to; `None` while a problem stops it.
    pub done: Option<(Replay, Judged)>,
}

/// Plans side by side, the one that is open first.
pub struct Replays {
    /// One or several.
    pub plans: Vec<Replayed>,
    /// What past sales of the shop brought.
    pub lift: Result<Lift, TooLittle>,
    /// What the plan that is open is expected to bring; a sentence where that cannot be told.
    pub forecast: Result<EventForecast, String>,
}

/// What replays are computed for: the data, what words mean, the plans, the days.
pub type Key = (u64, Definitions, Vec<SalePlan>, Option<(Day, Day)>);

/// Replays plans.
pub fn replay(home: &mut Home, key: &Key, progress: &Progress) -> Result<Arc<Replays>> {
    home.dataset(key.0, progress)?;
    let session = home.session()?;
    let lift = session.sale_lift(progress)?;
    let forecast = match key.2.first().map(|plan| session.forecast_sale(plan, None, progress)) {
        Some(Ok(Ok(found))) => Ok(found),
        Some(Ok(Err(missing))) => {
            Err(format!("it takes {} {}, there are {}", missing.need, missing.what, missing.have))
        }
        Some(Err(error)) if error.downcast_ref::<crate::jobs::Cancelled>().is_some() => return Err(error),
        Some(Err(error)) => Err(format!("{error:#}")),
        None => Err(String::new()),
    };
    let mut plans = Vec::new();
    for plan in &key.2 {
        let prepared = session.prepare_sale(plan, key.3, progress);
        let (problems, done) = match prepared {
            Ok(prepared) if prepared.check().is_ok() => {
                let (prepared, replay) = session.replay_sale(plan, key.3, progress)?;
                let judged = judge(&replay, plan.assumptions.top_up, &lift);
                (prepared.problems, Some((replay, judged)))
            }
            Ok(prepared) => (prepared.problems, None),
            Err(error) if error.downcast_ref::<crate::jobs::Cancelled>().is_some() => return Err(error),
            Err(error) => {
                let mut problems = session.sale_problems(plan, progress)?;
                if problems.iter().all(|problem| !problem.stops) {
                    problems.push(Problem { at: "window".into(), words: format!("{error:#}"), stops: true });
                }
                (problems, None)
            }
        };
        plans.push(Replayed { plan: plan.clone(), problems, done });
    }
    Ok(Arc::new(Replays { plans, lift, forecast }))
}
