//! How far a list or a group is, and where the cards of the roadmap stand.

use super::{GuideGroup, GuideItem, GuideList, place};
use crate::model::Day;
use crate::model::strategy::{ItemStatus, StrategyPlan};

/// How many items stand how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    /// Not begun.
    pub open: usize,
    /// Begun.
    pub doing: usize,
    /// Done.
    pub done: usize,
    /// Left out on purpose.
    pub dropped: usize,
    /// Of those open or begun, how many should be done.
    pub overdue: usize,
}

impl Done {
    /// Items that are to be done: all but those left out.
    pub fn wanted(self) -> usize {
        self.open + self.doing + self.done
    }

    /// Share that is done, 0–1; `None` where nothing is to be done.
    pub fn share(self) -> Option<f64> {
        (self.wanted() > 0).then(|| self.done as f64 / self.wanted() as f64)
    }
}

/// How far items are on a day.
pub fn done<'a>(plan: &StrategyPlan, items: impl IntoIterator<Item = &'a GuideItem>, as_of: Day) -> Done {
    let mut found = Done::default();
    for item in items {
        let status = plan.items.get(&item.key).map_or(ItemStatus::Open, |item| item.status);
        let count = match status {
            ItemStatus::Open => &mut found.open,
            ItemStatus::Doing => &mut found.doing,
            ItemStatus::Done => &mut found.done,
            ItemStatus::Dropped => &mut found.dropped,
        };
        *count += 1;
        found.overdue += usize::from(super::overdue(plan, &item.key, as_of));
    }
    found
}

/// Key of the stage that a card of the roadmap stands in: where it was moved to, else the framework's own.
pub fn stage<'a>(plan: &'a StrategyPlan, key: &str) -> Option<&'a str> {
    let found = place(key)?;
    let moved = plan.items.get(key).and_then(|item| item.stage.as_deref());
    moved.filter(|stage| found.list.groups.iter().any(|group| group.key == *stage)).or(Some(&found.group.key))
}

/// The cards of a stage of the roadmap, moved ones behind its own.
pub fn on_roadmap<'a>(plan: &'a StrategyPlan, list: &'a GuideList, of: &'a GuideGroup) -> Vec<&'a GuideItem> {
    let stands = |item: &&GuideItem| stage(plan, &item.key) == Some(of.key.as_str());
    let own = of.items.iter().filter(stands);
    let others = list.groups.iter().filter(|group| group.key != of.key).flat_map(|group| &group.items);
    own.chain(others.filter(stands)).collect()
}
