//! What rules look at beyond the columns: read once for all pages, when the first of them asks.

use std::sync::Arc;

use super::cx::Cx;
use super::shop::{Shop, TableKey};
use crate::analytics::rules;
use crate::model::{Dataset, Details};

/// The columns and what stands beside them.
pub type Base = Arc<(Arc<Dataset>, Arc<Details>)>;

impl Shop {
    /// Keeps the details filled; to be called while somebody looks. They are there once they are those of the shop's
    /// data now.
    pub fn ask_details(&mut self, cx: &Cx) -> Option<Base> {
        let key = self.data_key();
        self.details.ask(key, || {
            cx.from_session(move |home, progress| {
                let data = home.dataset(key, progress)?;
                let details = Arc::new(home.session()?.read_details(&data, progress)?);
                Ok(Ok(Arc::new((data, details))))
            })
        });
        self.details.latest().filter(|(have, _)| **have == key).map(|(_, base)| base.clone())
    }
}

impl Cx {
    /// The details of the open shop, asked for where they are not there yet.
    pub fn ask_details(&mut self) -> Option<Base> {
        let mut shop = self.shop.take()?;
        let details = shop.ask_details(self);
        self.shop = Some(shop);
        details
    }
}

impl TableKey {
    /// The shop as rules see it.
    pub fn rules_shop(&self, base: &Base) -> rules::Shop {
        rules::Shop {
            data: base.0.clone(),
            details: base.1.clone(),
            lines: Arc::default(),
            definitions: self.definitions.clone(),
            segment_rules: self.rules,
            scored: self.scored.clone(),
        }
    }
}
