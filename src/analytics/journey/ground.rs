//! What every measure of a touchpoint reads.

use super::evidence::{Conversion, Evidence, Fact, Lift, Quantity};
use super::follow::{Credit, converted, last_touches};
use super::steps::Step;
use super::trail::{DAY, Shop, Trail};
use crate::analytics::math::normal::two_sided;
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::events::WebVisits;
use crate::model::experiment::{Choice, same_name};
use crate::model::journey::{Cell, Linked, Links, Stage, mentions, plain};
use crate::model::results::ImportedCampaign;
use crate::model::{ChannelNames, Day, Details, Experiment};

/// The matrix, the shop, and what of its time is asked for.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// Orders, carts, events and touches; the matrix with them.
    pub shop: Shop<'a>,
    /// Attributes, tags and codes.
    pub details: &'a Details,
    /// Sends and ads as tools report them.
    pub campaigns: &'a [ImportedCampaign],
    /// Visits that web analytics counted in the period and in the time before it; channels by their names.
    pub web: [Option<&'a WebVisits>; 2],
    /// What channels of spend are called.
    pub names: &'a ChannelNames,
    /// Kept experiments.
    pub experiments: &'a [Experiment],
    /// First and last day that count, both included.
    pub period: (Day, Day),
    /// Days within which something follows.
    pub within_days: u32,
    /// Whether a customer counts; `None` = everybody, those without a name too.
    pub who: Option<&'a [bool]>,
    /// Only touches on this device.
    pub device: Option<&'a str>,
}

/// What is read once for all cells.
pub struct Ground<'a> {
    pub q: &'a Question<'a>,
    pub revenue: Revenue<'a>,
    pub trail: &'a Trail,
    /// Orders of the period by the channel of their last touch; the last entry those without any.
    pub last: Vec<Credit>,
}

impl<'a> Ground<'a> {
    pub fn new(q: &'a Question<'a>, trail: &'a Trail, progress: &Progress) -> Result<Self, Cancelled> {
        let revenue = Revenue::new(q.shop.data, q.shop.definitions, q.shop.as_of);
        let last = last_touches(&q.shop, trail, &revenue, q.period, q.within_days, q.who);
        progress.step(0)?;
        Ok(Self { q, revenue, trail, last })
    }

    /// First and last day of as long a time before the period.
    pub fn before(&self) -> (Day, Day) {
        before(self.q.period)
    }

    /// Moments of days, the end not included.
    pub fn moments(&self, (first, last): (Day, Day)) -> (i64, i64) {
        (i64::from(first.0) * DAY, ((i64::from(last.0) + 1) * DAY).min(self.q.shop.end()))
    }

    /// Whether a person counts.
    pub fn counts(&self, person: usize) -> bool {
        self.q.who.is_none_or(|who| who.get(person).copied().unwrap_or(false))
    }

    /// Whether only some are asked for, of whom sums of tools do not tell.
    pub fn is_filtered(&self) -> bool {
        self.q.who.is_some() || self.q.device.is_some()
    }

    /// Orders of the period that count, of the people asked for.
    pub fn orders(&self, days: (Day, Day)) -> impl Iterator<Item = usize> + '_ {
        let orders = &self.q.shop.data.orders;
        (0..orders.id.len()).filter(move |&i| {
            let day = orders.day[i];
            day >= days.0 && day <= days.1 && self.revenue.is_purchase(i) && self.counts(orders.customer[i] as usize)
        })
    }

    /// Of people with a moment each, those who reached the stage after this one.
    pub fn went_on(&self, people: &[(u32, i64)], stage: Stage) -> Conversion {
        let to = match stage {
            Stage::Awareness if self.trail.knows(Step::Considered) => Step::Considered,
            Stage::Consideration if self.trail.knows(Step::Started) => Step::Started,
            Stage::Awareness | Stage::Consideration | Stage::Purchase => Step::Bought,
            Stage::PostPurchase => Step::Again,
        };
        converted(self.trail, people, to, self.q.within_days, self.q.shop.end())
    }

    /// What decided experiments on a cell found: those linked to it, and those that speak of one of its words.
    pub fn lifts(&self, cell: &Cell, links: &Links) -> Vec<Lift> {
        let linked = |one: &Experiment| {
            let is =
                |linked: &Linked| matches!(linked, Linked::Experiment(name) if same_name(name) == same_name(&one.name));
            cell.linked.iter().any(is) || links.words.iter().any(|word| speaks_of(one, word))
        };
        self.q.experiments.iter().filter(|one| linked(one)).flat_map(lifts_of).collect()
    }
}

/// First and last day of as long a time before a period.
pub fn before((first, last): (Day, Day)) -> (Day, Day) {
    let days = last.0 - first.0 + 1;
    (Day(first.0 - days), Day(first.0 - 1))
}

/// Whether name, change or tags of an experiment speak of something.
pub fn speaks_of(experiment: &Experiment, word: &str) -> bool {
    let plan = &experiment.plan;
    [&experiment.name, &plan.changes].into_iter().chain(&plan.tags).any(|text| mentions(text, word))
}

/// What a decided experiment found, one line a variant.
pub fn lifts_of(experiment: &Experiment) -> Vec<Lift> {
    let Some(decision) = &experiment.decision else { return Vec::new() };
    let width = two_sided(0.05);
    let primary = decision.found.iter().filter(|found| found.metric == experiment.plan.primary);
    primary
        .map(|found| Lift {
            experiment: experiment.name.clone(),
            variant: found.variant.clone(),
            metric: found.metric.name().to_owned(),
            lift: found.lift,
            error: found.error,
            interval: (found.lift - width * found.error, found.lift + width * found.error),
            adopted: matches!(&decision.choice, Choice::Adopt(name) if *name == found.variant),
        })
        .collect()
}

/// Which of a list of words are meant by the links of a cell.
pub fn meant(words: &[String], links: &[String]) -> Vec<bool> {
    let links: Vec<String> = links.iter().map(|link| plain(link)).collect();
    words.iter().map(|word| links.contains(&plain(word))).collect()
}

/// A figure under a name.
pub fn fact(name: impl Into<String>, value: Quantity) -> Fact {
    Fact { name: name.into(), value }
}

/// k ÷ n; `None` of nothing.
pub fn share(k: u64, n: u64) -> Option<f64> {
    (n > 0).then(|| k as f64 / n as f64)
}

/// The mean; `None` of nothing.
pub fn mean(sum: i64, n: u64) -> Option<f64> {
    (n > 0).then(|| sum as f64 / n as f64)
}

/// Puts the facts that everybody has behind the own ones.
pub fn finish(mut evidence: Evidence) -> Evidence {
    if let Some(volume) = &evidence.volume {
        let mut facts = vec![fact(capital(volume.what), Quantity::Count(volume.count))];
        facts.extend(volume.people.map(|people| fact("People", Quantity::Count(people))));
        facts.append(&mut evidence.facts);
        evidence.facts = facts;
    }
    evidence.facts.extend(evidence.cost.map(|cost| fact("Cost", Quantity::Money(cost))));
    evidence
}

/// With a capital letter at the beginning.
pub fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
