//! Lifetime value of the open shop: what is asked of the models, and the slot for their answer.

use std::sync::Arc;

use anyhow::anyhow;

use super::cx::Cx;
use super::shop::Shop;
use super::slot::{Slot, View};
use crate::analytics::clv::{LifetimeValue, Settings, Unfit, lifetime_value};
use crate::model::{Day, Definitions};

/// What the models depend on.
#[derive(Debug, Clone, PartialEq)]
pub struct LifetimeKey {
    data: u64,
    as_of: Day,
    definitions: Definitions,
    settings: Settings,
}

/// What is asked of the models, and their answer.
pub struct Lifetime {
    /// Model, horizon, discount.
    pub settings: Settings,
    /// The answer; filled while somebody looks.
    pub slot: Slot<LifetimeKey, Arc<LifetimeValue>>,
}

impl Default for Lifetime {
    fn default() -> Self {
        Self { settings: Settings::default(), slot: Slot::new("Fitting the model and checking it on the past") }
    }
}

impl Shop {
    /// Keeps the answer filled; to be called while somebody looks at it.
    pub fn ask_lifetime(&mut self, cx: &Cx) {
        let wanted = LifetimeKey {
            data: self.data_key(),
            as_of: self.as_of(),
            definitions: self.facts.definitions.clone(),
            settings: self.lifetime.settings,
        };
        let Some(data) = self.dataset.latest().filter(|(have, _)| **have == wanted.data).map(|(_, data)| data.clone())
        else {
            return;
        };
        let key = wanted.clone();
        self.lifetime.slot.ask(wanted, || {
            cx.compute(move |progress| {
                match lifetime_value(&data, &key.definitions, key.as_of, &key.settings, progress)? {
                    Ok(value) => Ok(Ok(Arc::new(value))),
                    Err(Unfit::TooLittle(missing)) => Ok(Err(missing)),
                    Err(unfit) => Err(anyhow!("{unfit}")),
                }
            })
        });
    }

    /// The answer as it is to be drawn: first the orders are read, then the models are fitted.
    pub fn lifetime_view(&self) -> View<Arc<LifetimeValue>> {
        match self.dataset.view() {
            View::Working(step, _) => View::Working(step, self.lifetime_value().cloned()),
            View::Failed(why) => View::Failed(why),
            _ => self.lifetime.slot.view(),
        }
    }

    /// The newest answer there is.
    pub fn lifetime_value(&self) -> Option<&Arc<LifetimeValue>> {
        self.lifetime.slot.latest().map(|(_, value)| value)
    }
}
