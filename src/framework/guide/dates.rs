//! When items are: typed days first, else counted from the start of the plan.

use chrono::{Days, Months};

use super::{GuideGroup, Place, Span, place};
use crate::model::Day;
use crate::model::strategy::{ItemStatus, StrategyPlan};

const DAYS_OF_WEEK: u64 = 7;

/// First and last day of a group; `None` while the plan has no start. Without a last day it goes on.
pub fn group_dates(plan: &StrategyPlan, group: &GuideGroup) -> Option<(Day, Option<Day>)> {
    let before = |date: chrono::NaiveDate| date.pred_opt().map(Day::from_date);
    match group.span? {
        Span::Months(from, to) => {
            let start = plan.product_start?.date();
            let after = |months: u32| start.checked_add_months(Months::new(months));
            Some((Day::from_date(after(from)?), to.and_then(after).and_then(before)))
        }
        Span::Weeks(from, to) => {
            let start = plan.marketing_start?.date();
            let after = |weeks: u32| start.checked_add_days(Days::new(u64::from(weeks) * DAYS_OF_WEEK));
            Some((Day::from_date(after(from.saturating_sub(1))?), after(to).and_then(before)))
        }
        Span::Days(from, to) => Some((from, to)),
    }
}

/// First and last day of an item: as somebody typed them, else those of its group. `None` while nobody can say when it
/// begins.
pub fn dates(plan: &StrategyPlan, key: &str) -> Option<(Day, Option<Day>)> {
    let Place { list, group, .. } = place(key)?;
    let typed = plan.items.get(key);
    let group = typed
        .and_then(|item| item.stage.as_deref())
        .and_then(|stage| list.groups.iter().find(|group| group.key == stage))
        .unwrap_or(group);
    let counted = group_dates(plan, group);
    let (from, due) = typed.map_or((None, None), |item| (item.from, item.due));
    let due = due.or(counted.and_then(|(_, due)| due));
    let from = from.or(counted.map(|(from, _)| from)).or(due)?;
    // A first day that was typed after the last one that was counted leaves the last one unsaid.
    Some((from, due.filter(|due| *due >= from)))
}

/// Whether an item should be done by a day and is not.
pub fn overdue(plan: &StrategyPlan, key: &str, as_of: Day) -> bool {
    let status = plan.items.get(key).map_or(ItemStatus::Open, |item| item.status);
    let running = matches!(status, ItemStatus::Open | ItemStatus::Doing);
    running && dates(plan, key).and_then(|(_, due)| due).is_some_and(|due| due < as_of)
}
