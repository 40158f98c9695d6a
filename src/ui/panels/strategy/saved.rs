//! The plans as they are edited, and their saving: one record, of which every change is a step that can be undone.

use egui::Ui;

use crate::framework::guide::{self, checks};
use crate::jobs::Progress;
use crate::model::strategy::{Item, StrategyPlan};
use crate::ops::now;
use crate::ui::cx::Cx;
use crate::ui::draft::{Draft, Followed};
use crate::ui::shop::{Home, Snapshot};
use crate::ui::widgets::fields::typing::Typing;

/// The plans that are being edited, and what is being typed.
pub struct Saved {
    draft: Draft<StrategyPlan>,
    /// Texts that are no values yet.
    pub typing: Typing,
}

impl Default for Saved {
    fn default() -> Self {
        Self { draft: Draft::of(0, &StrategyPlan::default()), typing: Typing::default() }
    }
}

impl Saved {
    /// The plans as they stand in the fields.
    pub fn plan(&self) -> &StrategyPlan {
        &self.draft.value
    }

    /// The plans, to be changed.
    pub fn plan_mut(&mut self) -> &mut StrategyPlan {
        &mut self.draft.value
    }

    /// The plans to be changed, beside what is being typed.
    pub fn fields(&mut self) -> (&mut StrategyPlan, &mut Typing) {
        (&mut self.draft.value, &mut self.typing)
    }

    /// Takes in what was saved: what was sent from here changes nothing, what somebody else changed or undid does.
    pub fn follow(&mut self, facts: &Snapshot) {
        if self.draft.follow(&facts.strategy, |_, _| {}) == Followed::Replaced {
            self.typing.clear();
        }
        self.typing.problems = checks::problems(&self.draft.value);
    }

    /// Saves what was changed, once nobody is typing; what is wrong waits until it is mended.
    pub fn keep(&mut self, cx: &mut Cx, ui: &Ui) {
        if checks::problems(&self.draft.value).iter().any(|problem| problem.stops) {
            return;
        }
        let before = self.draft.saved().clone();
        if let Some(plan) = self.draft.due(ui, StrategyPlan::settled) {
            save(cx, &before, plan);
        }
    }

    /// Saves what was changed when the page is left, unless it is wrong.
    pub fn leave(&mut self, cx: &mut Cx) {
        if cx.shop.as_ref().is_none_or(|shop| shop.facts.handed_over.is_some()) {
            return;
        }
        if checks::problems(&self.draft.value).iter().any(|problem| problem.stops) {
            return;
        }
        let before = self.draft.saved().clone();
        if let Some(plan) = self.draft.due_on_leaving(StrategyPlan::settled) {
            save(cx, &before, plan);
        }
    }
}

fn save(cx: &mut Cx, before: &StrategyPlan, plan: StrategyPlan) {
    let label = step(before, &plan);
    let work = move |home: &mut Home, _: &Progress| home.session()?.save_strategy(&label, now(), &plan);
    cx.write("Saving the plan", work, |_, ()| {});
}

/// What the step that leads from one plan to another is called in the history.
fn step(before: &StrategyPlan, after: &StrategyPlan) -> String {
    let none = Item::default();
    let keys = before.items.keys().chain(after.items.keys().filter(|key| !before.items.contains_key(*key)));
    let of = |plan: &StrategyPlan, key: &str| plan.items.get(key).unwrap_or(&none).clone();
    let changed: Vec<&String> = keys.filter(|key| of(before, key) != of(after, key)).collect();
    if let [one] = changed.as_slice() {
        let title = guide::place(one).map_or(one.as_str(), |place| place.item.title.as_str());
        let (from, to) = (of(before, one), of(after, one));
        return match () {
            () if from.status != to.status => format!("“{title}”: {}", to.status.name().to_lowercase()),
            () if from.stage != to.stage => format!("Move “{title}”"),
            () if from.rating != to.rating => format!("Rate “{title}”"),
            () => format!("Change “{title}”"),
        };
    }
    let words = match () {
        () if !changed.is_empty() => "Change the plan",
        () if before.content != after.content => "Change the content plan",
        () if before.cases != after.cases => "Change case studies",
        () if before.references != after.references => "Change reference customers",
        () if before.external != after.external => "Change outside sources",
        () => "Change the first day of the plan",
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strategy::ItemStatus;

    #[test]
    fn steps_are_called_by_what_they_change() {
        let before = StrategyPlan::default();
        let mut after = before.clone();
        after.items.insert("nowhere.else".into(), Item { status: ItemStatus::Done, ..Item::default() });
        assert_eq!(step(&before, &after), "“nowhere.else”: done");
        after.items.insert("nowhere.more".into(), Item { rating: Some(3), ..Item::default() });
        assert_eq!(step(&before, &after), "Change the plan");
        assert_eq!(
            step(&before, &StrategyPlan { cases: vec![Default::default()], ..before.clone() }),
            "Change case studies"
        );
    }
}
