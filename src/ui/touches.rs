//! Touchpoints: read once for all pages, when the first of them asks.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::cx::Cx;
use super::shop::Shop;
use crate::model::{Dataset, Touches};

/// The columns and the touches beside them.
pub type TouchBase = Arc<(Arc<Dataset>, Arc<Touches>)>;

/// Touches with what names their state: that of the data, and that of the names of channels.
#[derive(Clone)]
pub struct Touched {
    /// Equal for equal touches.
    pub key: (u64, u64),
    /// The touches.
    pub base: TouchBase,
}

impl Shop {
    /// Keeps the touches filled; to be called while somebody looks. They are there once they are those of the shop's
    /// data and channel names of now.
    pub fn ask_touches(&mut self, cx: &Cx) -> Option<Touched> {
        let key = (self.data_key(), hash_of(&(&self.facts.merged, self.facts.definitions.version)));
        self.touches.ask(key, || {
            cx.from_session(move |home, progress| {
                let data = home.dataset(key.0, progress)?;
                let touches = home.session()?.touches(progress)?;
                Ok(Ok(Arc::new((data, touches))))
            })
        });
        self.touches.latest().filter(|(have, _)| **have == key).map(|(_, base)| Touched { key, base: base.clone() })
    }
}

/// Names a state by what is in it.
fn hash_of(state: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    state.hash(&mut hasher);
    hasher.finish()
}

impl Cx {
    /// The touches of the open shop, asked for where they are not there yet.
    pub fn ask_touches(&mut self) -> Option<Touched> {
        let mut shop = self.shop.take()?;
        let touches = shop.ask_touches(self);
        self.shop = Some(shop);
        touches
    }
}
