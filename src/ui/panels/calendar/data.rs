//! What the page shows of contacts, computed off the window's thread.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analytics::rules::{Bits, Count, Picked, Sieve};
use crate::jobs::{Cancelled, Progress};
use crate::model::{Day, MetricId};
use crate::ops::calendar::Contacts;
use crate::ops::campaigns::SavedCampaign;
use crate::ops::segments::{SavedSegment, library_of};
use crate::planner::pressure::{Collision, Week, monday};
use crate::planner::rounds::Span;
use crate::ui::locale;
use crate::ui::widgets::figure::Tip;

/// Customers and what they come to, ready to be a figure.
pub struct People {
    /// The customers.
    pub picked: Arc<Picked>,
    count: Count,
}

/// Two campaigns in a week, with those who get both.
pub struct Clash {
    /// Which, and how many.
    pub of: Collision,
    /// Who.
    pub both: People,
    /// The one that is better held back, and for how many days.
    pub hold: Option<(i64, i32)>,
}

/// What is to be known of a week.
pub struct Told {
    /// The week.
    pub week: Week,
    /// Who gets more than the limit; `None` = nobody.
    pub above: Option<People>,
    /// The campaigns that write to the same people, when somebody gets more than the limit.
    pub clash: Option<Clash>,
}

/// Messages per head and week, and whom campaigns reach.
pub struct Found {
    /// Whom campaigns write to.
    pub contacts: Contacts,
    /// Every week on view.
    pub weeks: Vec<Told>,
    sieve: Arc<Sieve>,
}

impl Found {
    /// Counts messages in the weeks of a span.
    pub fn of(
        sieve: Arc<Sieve>,
        campaigns: &[SavedCampaign],
        segments: &[SavedSegment],
        (span, limit): (Span, Option<u32>),
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let contacts = Contacts::new(&sieve, &library_of(segments), campaigns, (span, limit), progress)?;
        let names: BTreeMap<i64, &str> = campaigns.iter().map(|saved| (saved.id, &*saved.campaign.name)).collect();
        let people = |name: String, members: Bits| {
            let count = sieve.count_of(&members);
            People { picked: Arc::new(Picked::new(name, members)), count }
        };
        let told = |week: Week| {
            let words = week.monday.display();
            let above = (week.above > 0).then(|| {
                people(format!("Above the contact limit in the week of {words}"), contacts.above(week.monday))
            });
            let clash = week.collisions.first().filter(|clash| clash.above > 0).map(|&of| {
                let name = |id: i64| names.get(&id).copied().unwrap_or_default();
                let words = format!("{} and {}, week of {words}", name(of.one), name(of.other));
                // The smaller one gives way.
                let heads = |id: i64| contacts.reach.get(&id).map_or(0, |reach| reach.by_email);
                let less = if heads(of.other) <= heads(of.one) { of.other } else { of.one };
                let hold = contacts.hold(less, week.monday).map(|days| (less, days));
                Clash { of, both: people(words, contacts.both(week.monday, of.one, of.other)), hold }
            });
            Told { week, above, clash }
        };
        let weeks = contacts.weeks(span).into_iter().map(told).collect();
        Ok(Self { contacts, weeks, sieve })
    }

    /// The week of a day.
    pub fn week(&self, day: Day) -> Option<&Told> {
        self.weeks.iter().find(|told| told.week.monday == monday(day))
    }

    /// Everybody whom figures on view speak of.
    pub fn people(&self) -> Vec<Arc<Picked>> {
        let people = |told: &Told| {
            let clash = told.clash.iter().map(|clash| clash.both.picked.clone());
            told.above.iter().map(|above| above.picked.clone()).chain(clash).collect::<Vec<_>>()
        };
        self.weeks.iter().flat_map(people).collect()
    }

    /// The hover of how many there are.
    pub fn tip(&self, people: &People) -> Tip {
        let definitions = &self.sieve.shop.definitions;
        let metric = MetricId::Customers;
        let (as_of, version) = (self.sieve.as_of, definitions.version);
        let figure = people.picked.figure(metric, &people.count, definitions.currency, as_of, version);
        let rows = locale::counted(people.count.customers, "customer", "customers");
        Tip::of(&figure, definitions, rows).named(&people.picked.name)
    }
}
