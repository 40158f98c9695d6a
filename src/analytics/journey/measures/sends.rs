//! Touchpoints that are messages: sends and flows of mailing tools by name, tag or link.

use crate::analytics::journey::evidence::{Evidence, Fact, Followed, Quantity, State, Trend, Volume};
use crate::analytics::journey::ground::{Ground, fact, share};
use crate::analytics::results::whole;
use crate::model::Day;
use crate::model::journey::{Cell, FRAMEWORK, Linked, Links, Stage, mentions};
use crate::model::results::{ImportedCampaign, SendKind};

use super::used;

/// What mailing tools say of sends in a time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sent {
    /// Sends, versions of one counted once; days of flows.
    pub sends: u64,
    pub delivered: u64,
    pub opens: Option<u64>,
    pub clicks: Option<u64>,
    pub unsubscribes: Option<u64>,
    pub conversions: Option<u64>,
    /// Revenue that the tools claim, minor units.
    pub claimed: Option<i64>,
}

impl Sent {
    pub fn facts(&self) -> Vec<Fact> {
        let rate = |name: &str, k: Option<u64>| Some(fact(name, Quantity::Share(share(k?, self.delivered)?)));
        let mut facts =
            vec![fact("Sends", Quantity::Count(self.sends)), fact("Delivered", Quantity::Count(self.delivered))];
        facts.extend(rate("Open rate", self.opens));
        facts.extend(rate("Click rate", self.clicks));
        facts.extend(rate("Unsubscribe rate", self.unsubscribes));
        facts.extend(self.conversions.map(|n| fact("Orders that tools claim", Quantity::Count(n))));
        facts.extend(self.claimed.map(|claimed| fact("Revenue that tools claim", Quantity::Money(claimed))));
        facts
    }

    /// Opens first, else clicks, else what arrived.
    pub fn headline(&self, evidence: &mut Evidence) {
        evidence.volume = Some(Volume { count: self.delivered, what: "messages delivered", people: None });
        let part = |k: Option<u64>| share(k?, self.delivered);
        evidence.headline = match (part(self.opens), part(self.clicks)) {
            (Some(open), _) => vec![Quantity::Share(open).into(), " open".into()],
            (None, Some(click)) => vec![Quantity::Share(click).into(), " click".into()],
            (None, None) => vec![Quantity::Count(self.delivered).into(), " delivered".into()],
        };
        if let Some(claimed) = self.claimed {
            evidence.followed =
                self.conversions.map(|orders| Followed { orders, revenue: claimed, rule: "What mailing tools claim" });
        }
    }
}

/// Sends of a cell: linked ones, those whose name or tag speaks of one of its words and of no other touchpoint's longer
/// one; `all` = all e-mail campaigns that are no other touchpoint's.
pub fn sent(ground: &Ground<'_>, cell: &Cell, links: &Links, days: (Day, Day), all: bool) -> Sent {
    let definitions = ground.q.shop.definitions;
    let (mut sum, mut moments) = (Sent::default(), Vec::new());
    for campaign in ground.q.campaigns.iter().filter(|campaign| campaign.kind.is_some()) {
        if !is_ours(campaign, cell, links, all) {
            continue;
        }
        moments.clear();
        for send in whole(&campaign.sends) {
            let day = definitions.zone.day(send.at);
            if day < days.0 || day > days.1 || day > ground.q.shop.as_of {
                continue;
            }
            moments.push(send.at);
            let figures = &send.figures;
            let arrived = figures.delivered.or_else(|| Some(send.recipients? - figures.bounces.unwrap_or(0)));
            sum.delivered += count(arrived).unwrap_or(0);
            add(&mut sum.opens, count(figures.opens));
            add(&mut sum.clicks, count(figures.clicks));
            add(&mut sum.unsubscribes, count(figures.unsubscribes));
            add(&mut sum.conversions, count(figures.conversions));
            let claimed = figures.revenue.and_then(|revenue| definitions.convert(revenue, send.currency));
            sum.claimed = claimed.map(|claimed| sum.claimed.unwrap_or(0).saturating_add(claimed)).or(sum.claimed);
        }
        moments.sort_unstable();
        moments.dedup();
        sum.sends += moments.len() as u64;
    }
    sum
}

fn count(n: Option<i64>) -> Option<u64> {
    n.and_then(|n| u64::try_from(n).ok())
}

fn add(sum: &mut Option<u64>, more: Option<u64>) {
    if let Some(more) = more {
        *sum = Some(sum.unwrap_or(0) + more);
    }
}

fn is_ours(campaign: &ImportedCampaign, cell: &Cell, links: &Links, all: bool) -> bool {
    if cell.linked.contains(&Linked::Imported(campaign.key.clone())) {
        return true;
    }
    let texts = || campaign.tags.iter().chain([&campaign.name]);
    let longest = |words: &mut dyn Iterator<Item = &str>| {
        words.filter(|word| texts().any(|text| mentions(text, word))).map(str::len).max().unwrap_or(0)
    };
    let own = longest(&mut links.words.iter().map(String::as_str));
    let others = FRAMEWORK.iter().filter(|of| of.id != cell.id && !of.words.is_empty() && is_message(of.id));
    let other = longest(&mut others.flat_map(|of| of.words.iter().copied()));
    let is_mail =
        campaign.channel.as_deref().is_none_or(|channel| mentions(channel, "email") || mentions(channel, "e-mail"));
    (own > 0 && own >= other) || (all && other == 0 && is_mail && campaign.kind == Some(SendKind::Campaign))
}

/// Touchpoints that are messages of their own, whose sends are no newsletter.
fn is_message(id: &str) -> bool {
    ["abandoned_cart", "order_updates", "product_education", "review_requests", "replenishment", "loyalty"]
        .contains(&id)
}

pub fn measure(ground: &Ground<'_>, cell: &Cell, stage: Stage) -> Evidence {
    let links = cell.links();
    let import = format!(
        "A report of the mailing tool with sends or flows that speak of {}",
        links.words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ")
    );
    let uses = used::uses(ground, &links);
    if ground.is_filtered() && uses.is_empty() {
        return Evidence::nothing(&cell.id, stage, "Sends are known as sums, not by customer or device", "");
    }
    let sent_in = |days| if ground.is_filtered() { Sent::default() } else { sent(ground, cell, &links, days, false) };
    let sums = sent_in(ground.q.period);
    if sums.sends == 0 {
        return if uses.is_empty() {
            Evidence::nothing(&cell.id, stage, "No such messages imported", import)
        } else {
            used::of_uses(ground, cell, stage, &uses)
        };
    }
    let mut evidence = Evidence::nothing(&cell.id, stage, "no link to orders", "Events: who got which message when");
    evidence.state = State::Partly;
    sums.headline(&mut evidence);
    evidence.facts = sums.facts();
    evidence.trend = Some(Trend::of(sent_in(ground.before()).delivered, sums.delivered));
    let people = used::first_in(ground, &uses, ground.q.period);
    if !people.is_empty() {
        let answered = people.len() as u64;
        evidence.state = State::Measured;
        (evidence.reason, evidence.import) = (String::new(), String::new());
        evidence.conversion = Some(ground.went_on(&people, stage));
        if let Some(part) = share(answered, sums.delivered) {
            evidence.beside = vec![Quantity::Share(part).into(), " answer".into()];
        }
        evidence.facts.push(fact("People with such an event", Quantity::Count(answered)));
    }
    evidence
}
