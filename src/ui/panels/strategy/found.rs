//! What the shop's data say about the items of a framework, asked for while somebody looks.

use std::sync::Arc;

use crate::framework::guide::evidence::Evidence;
use crate::model::strategy::StrategyPlan;
use crate::model::{Day, Definitions};
use crate::ui::cx::Cx;
use crate::ui::shop::Snapshot;
use crate::ui::slot::{Slot, View};

/// What the answers depend on: the data, the last change that was not one of the plans, what words mean, the day.
type Key = (u64, u64, Definitions, Day);

/// The answers, and since which change they hold.
pub struct Found {
    evidence: Slot<Key, Arc<Evidence>>,
    /// Revision and plans that were seen last.
    seen: (u64, Arc<StrategyPlan>),
    /// The revision that the answers hold for: steps of the plans themselves do not change them.
    basis: u64,
}

impl Default for Found {
    fn default() -> Self {
        Self {
            evidence: Slot::new("Looking at what your data say"),
            seen: (0, Arc::new(StrategyPlan::default())),
            basis: 0,
        }
    }
}

impl Found {
    /// Asks for the answers; nothing where no data are there.
    pub fn ask(&mut self, cx: &Cx) {
        let Some(shop) = &cx.shop else { return };
        self.basis = self.basis_of(&shop.facts);
        if shop.is_empty() || shop.data().is_none() {
            return;
        }
        let as_of = shop.as_of();
        let key = (shop.data_key(), self.basis, shop.facts.definitions.clone(), as_of);
        self.evidence.ask(key, || {
            cx.from_session(move |home, progress| {
                Ok(Ok(Arc::new(home.session()?.strategy_evidence(Some(as_of), progress)?)))
            })
        });
    }

    fn basis_of(&mut self, facts: &Snapshot) -> u64 {
        if facts.revision == self.seen.0 {
            return self.basis;
        }
        // One step, and the plans differ: it was one of theirs. Anything else may have changed what data say.
        let of_plans = facts.revision == self.seen.0 + 1 && *facts.strategy != *self.seen.1;
        self.seen = (facts.revision, facts.strategy.clone());
        if of_plans { self.basis } else { facts.revision }
    }

    /// The newest answers there are.
    pub fn evidence(&self) -> Option<Arc<Evidence>> {
        self.evidence.latest().map(|(_, found)| found.clone())
    }

    /// In a word how far the answers are; `None` once they are there.
    pub fn waiting(&self, empty: bool) -> Option<String> {
        if empty {
            return Some("Import files, and your data are set against it".to_owned());
        }
        match self.evidence.view() {
            View::Working(step, _) => Some(step.words),
            View::Failed(why) => Some(format!("What your data say could not be found out: {why}")),
            View::Ready(_) | View::TooLittle(_) => None,
        }
    }
}
