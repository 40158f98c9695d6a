//! What is computed for the page: everything that is read of the shop once, and from it evidence, funnel and stages of
//! life, figures of the two tables, benchmarks.

use std::sync::Arc;

use crate::analytics::journey::{By, ContentRow, Funnel, Journey, Lives, OmnichannelTable};
use crate::model::Day;
use crate::ops::journey::{Against, Filters, JourneyData, WITHIN_DAYS};
use crate::ui::cx::Cx;
use crate::ui::slot::{Same, Slot, View};

/// What is read of the shop depends on this.
#[derive(Debug, Clone, PartialEq)]
struct Key {
    revision: u64,
    as_of: Day,
}

/// What people did, by group, and where in life they are.
pub struct People {
    /// The funnel.
    pub funnel: Funnel,
    /// Stages of life on the as-of day.
    pub lives: Lives,
    /// What others reach.
    pub against: Vec<Against>,
}

/// Figures of the two tables.
pub struct Tables {
    /// Where customers meet the shop.
    pub channels: OmnichannelTable,
    /// What contents follow the person.
    pub contents: Vec<ContentRow>,
}

type Base = Same<JourneyData>;

/// What is computed for the page.
pub struct Found {
    base: Slot<Key, Arc<JourneyData>>,
    journey: Slot<(Base, Filters), Arc<Journey>>,
    people: Slot<(Base, Filters, By), Arc<People>>,
    tables: Slot<Base, Arc<Tables>>,
}

impl Default for Found {
    fn default() -> Self {
        Self {
            base: Slot::new("Reading what people did"),
            journey: Slot::new("Looking at every touchpoint"),
            people: Slot::new("Following people through the funnel"),
            tables: Slot::new("Looking at channels and contents"),
        }
    }
}

impl Found {
    /// Asks for what the matrix and the tables show, of these people.
    pub fn ask(&mut self, cx: &Cx, filters: &Filters) {
        let Some(shop) = &cx.shop else { return };
        let key = Key { revision: shop.facts.revision, as_of: shop.as_of() };
        let as_of = key.as_of;
        self.base.ask(key, || {
            cx.from_session(move |home, progress| {
                Ok(Ok(Arc::new(home.session()?.journey_data(Some(as_of), None, progress)?)))
            })
        });
        let Some(base) = self.base() else { return };
        let (data, of) = (base.clone(), filters.clone());
        self.journey.ask((Same(base.clone()), filters.clone()), || {
            cx.compute(move |progress| Ok(Ok(Arc::new(data.journey(WITHIN_DAYS, &of, progress)?))))
        });
        let data = base.clone();
        self.tables.ask(Same(base), || {
            cx.compute(move |progress| {
                let tables = Tables { channels: data.omnichannel(WITHIN_DAYS, progress)?, contents: data.content() };
                Ok(Ok(Arc::new(tables)))
            })
        });
    }

    /// Asks for the funnel.
    pub fn ask_people(&mut self, cx: &Cx, filters: &Filters, by: By) {
        let (Some(base), Some(journey)) = (self.base(), self.journey().cloned()) else { return };
        let (data, of) = (base.clone(), filters.clone());
        self.people.ask((Same(base), filters.clone(), by), || {
            cx.compute(move |progress| {
                Ok(Ok(Arc::new(People {
                    funnel: data.funnel(by, WITHIN_DAYS, &of, progress)?,
                    lives: data.lives(data.as_of),
                    against: data.against(&journey, WITHIN_DAYS),
                })))
            })
        });
    }

    /// What was read of the shop, the newest there is.
    pub fn base(&self) -> Option<Arc<JourneyData>> {
        self.base.latest().map(|(_, base)| base.clone())
    }

    /// The evidence of the matrix, the newest there is.
    pub fn journey(&self) -> Option<&Arc<Journey>> {
        self.journey.latest().map(|(_, journey)| journey)
    }

    /// Why the evidence could not be found.
    pub fn failure(&self) -> Option<&str> {
        self.base.failure().or_else(|| self.journey.failure())
    }

    /// Funnel, stages of life and benchmarks.
    pub fn people(&self) -> View<Arc<People>> {
        match (self.base.view(), self.people.latest()) {
            (View::Failed(why), _) => View::Failed(why),
            (View::Working(step, _), None) => View::Working(step, None),
            _ => self.people.view(),
        }
    }

    /// Stops the funnel.
    pub fn stop(&mut self) {
        self.people.stop();
    }

    /// Figures of the two tables.
    pub fn tables(&self) -> Option<&Arc<Tables>> {
        self.tables.latest().map(|(_, tables)| tables)
    }
}
