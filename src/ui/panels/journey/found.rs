//! What is computed for the page: everything that is read of the shop once, and from it evidence, funnel and stages of
//! life, figures of the two tables, benchmarks, and what the models of attribution give to channels.

use std::sync::Arc;

use crate::analytics::attribution::{Attribution, Scope, Settings, attribution};
use crate::analytics::journey::{By, ContentRow, Funnel, Journey, Lives, OmnichannelTable};
use crate::model::{Day, Definitions};
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
    shared: Slot<((u64, u64), Definitions, Day), Arc<Attribution>>,
}

impl Default for Found {
    fn default() -> Self {
        Self {
            base: Slot::new("Reading what people did"),
            journey: Slot::new("Looking at every touchpoint"),
            people: Slot::new("Following people through the funnel"),
            tables: Slot::new("Looking at channels and contents"),
            shared: Slot::new("Sharing orders out to channels"),
        }
    }
}

impl Found {
    /// Asks for what the matrix and the tables show, of these people.
    pub fn ask(&mut self, cx: &mut Cx, filters: &Filters) {
        self.ask_shared(cx);
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

    fn ask_shared(&mut self, cx: &mut Cx) {
        let touched = cx.ask_touches().filter(|touched| !touched.base.1.is_empty());
        let (Some(touched), Some(shop)) = (touched, &cx.shop) else { return };
        let (definitions, as_of) = (shop.facts.definitions.clone(), shop.as_of());
        self.shared.ask((touched.key, definitions.clone(), as_of), || {
            cx.compute(move |progress| {
                // The bands need no intervals here.
                let settings = Settings { resamples: 0, ..Settings::default() };
                let scope = Scope { as_of, period: crate::analytics::facts::year_to(as_of), who: None };
                let found = attribution(&touched.base.1, &touched.base.0, &definitions, scope, &settings, progress)?;
                Ok(found.map(Arc::new))
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

    /// The least and the most share of the orders that a model gives to these channels together.
    pub fn share(&self, channels: &[String]) -> Option<(f64, f64)> {
        let found = self.shared.latest().map(|(_, found)| found)?;
        let of: Vec<_> = found.channels.iter().filter(|one| channels.contains(&one.channel)).collect();
        let models = of.first()?.credits.len();
        let share =
            |model: usize| of.iter().map(|one| Some(one.credits.get(model)?.as_ref()?.share)).sum::<Option<f64>>();
        let mut shares = (0..models).filter_map(share);
        let first = shares.next()?;
        Some(shares.fold((first, first), |(least, most), share| (least.min(share), most.max(share))))
    }
}
