//! Touchpoints that are channels: touches on them, what tools and web analytics report of them, partners' codes.

use crate::analytics::journey::evidence::{Evidence, Piece, Quantity, State, Trend, Volume};
use crate::analytics::journey::follow::{Credit, LAST_TOUCH, net};
use crate::analytics::journey::ground::{Ground, capital, fact, meant, share};
use crate::analytics::journey::trail::DAY;
use crate::analytics::spend::{apart, apart_of_campaign};
use crate::model::Day;
use crate::model::campaign::Media;
use crate::model::channels::{NamedBy, Said};
use crate::model::journey::{Cell, Linked, Links, Stage, mentions, plain};
use crate::model::traffic::TRAFFIC;

use super::sends::{Sent, sent};

/// Touches in a time.
#[derive(Default)]
pub(super) struct Visits {
    pub count: u64,
    /// Everybody with the moment of the first one.
    pub people: Vec<(u32, i64)>,
    /// What files say that they cost; `None` where they say nothing.
    pub cost: Option<i64>,
}

/// Visits on these channels.
pub(super) fn visits(ground: &Ground<'_>, wanted: &[bool], days: (Day, Day)) -> Visits {
    let touches = ground.q.shop.touches;
    let (first, end) = ground.moments(days);
    let device = ground.q.device.map(|device| touches.devices.iter().position(|known| known == device));
    let mut found = Visits::default();
    for person in (0..ground.trail.persons).filter(|&person| ground.counts(person)) {
        let mut came = None;
        for i in ground.trail.touches(person) {
            let fits = wanted[usize::from(touches.channel[i])]
                && (first..end).contains(&touches.at[i])
                && ground.trail.touch_steps[usize::from(touches.kind[i])].is_some()
                && device.is_none_or(|device| device == Some(usize::from(touches.device[i])));
            if fits {
                found.count += 1;
                came = came.or(Some(touches.at[i]));
                if let Some(cost) = touches.cost[i] {
                    found.cost = Some(found.cost.unwrap_or(0).saturating_add(cost));
                }
            }
        }
        found.people.extend(came.map(|at| (person as u32, at)));
    }
    found
}

/// What advertising reports say.
#[derive(Default)]
struct Ads {
    /// `None` = no report.
    spend: Option<i64>,
    clicks: Option<i64>,
    impressions: Option<i64>,
    claimed: Option<i64>,
}

fn add(sum: &mut Option<i64>, more: Option<i64>) {
    if let Some(more) = more {
        *sum = Some(sum.unwrap_or(0).saturating_add(more));
    }
}

/// Reports whose days lie within: of campaigns linked to the cell, and of its channels. What has no standard channel
/// counts where advertising is.
fn ads(ground: &Ground<'_>, cell: &Cell, links: &Links, is_paid: bool, days: (Day, Day)) -> Ads {
    let (data, definitions) = (ground.q.shop.data, ground.q.shop.definitions);
    let ours = |channel: &str| {
        let (name, by) = ground.q.names.name(&Said::spend(channel));
        links.channels.iter().any(|own| plain(own) == plain(&name))
            || (is_paid && matches!(by, NamedBy::Own | NamedBy::Spelling))
    };
    let within = |day: Day, until: Day| day >= days.0 && until <= days.1;
    let mut sums = Ads::default();
    for campaign in ground.q.campaigns.iter().filter(|campaign| campaign.kind.is_none()) {
        let is_linked = cell.linked.contains(&Linked::Imported(campaign.key.clone()));
        if !is_linked && !ours(campaign.channel.as_deref().unwrap_or_default()) {
            continue;
        }
        for ad in apart_of_campaign(&campaign.ads).into_iter().filter(|ad| within(ad.day, ad.until)) {
            add(&mut sums.spend, definitions.convert(ad.amount, ad.currency));
            add(&mut sums.clicks, ad.clicks);
            add(&mut sums.impressions, ad.impressions);
            add(&mut sums.claimed, ad.value.and_then(|value| definitions.convert(value, ad.currency)));
        }
    }
    // What belongs to no campaign is known by its channel alone.
    let loose: Vec<_> = data.spend.iter().filter(|row| row.campaign == 0).cloned().collect();
    for row in apart(&loose).into_iter().filter(|row| within(row.day, row.until) && ours(&row.channel)) {
        add(&mut sums.spend, definitions.convert(row.amount, row.currency));
    }
    sums
}

/// Orders with one of the words among their codes.
fn coded(ground: &Ground<'_>, links: &Links) -> Credit {
    let labels = &ground.q.shop.data.labels;
    let ours =
        |code: u32| labels.get(code as usize).is_some_and(|code| links.words.iter().any(|word| mentions(code, word)));
    let mut credit = Credit::default();
    let mut before = None;
    for (order, code) in &ground.q.details.codes {
        let i = *order as usize;
        let day = ground.q.shop.data.orders.day[i];
        let fits = day >= ground.q.period.0 && day <= ground.q.period.1 && ground.revenue.is_purchase(i);
        if fits && before != Some(i) && ground.counts(ground.q.shop.data.orders.customer[i] as usize) && ours(*code) {
            credit.add(Credit { orders: 1, revenue: net(&ground.revenue, i) });
            before = Some(i);
        }
    }
    credit
}

fn is_paid(channel: &str) -> bool {
    TRAFFIC.iter().any(|(_, name, media)| name.eq_ignore_ascii_case(channel) && *media == Some(Media::Paid))
}

fn says(channels: &[String], names: &[&str]) -> bool {
    channels.iter().any(|channel| names.iter().any(|name| channel.eq_ignore_ascii_case(name)))
}

/// Visits that web analytics count on these channels.
fn web(ground: &Ground<'_>, links: &Links, at: usize) -> Option<u64> {
    let ours = |channel: &str| links.channels.iter().any(|own| plain(own) == plain(channel));
    let channels = &ground.q.web[at]?.channels;
    let counted: Vec<u64> = channels.iter().filter(|(channel, ..)| ours(channel)).map(|(_, n, _)| *n).collect();
    (!counted.is_empty()).then(|| counted.iter().sum())
}

pub fn measure(ground: &Ground<'_>, cell: &Cell, stage: Stage) -> Evidence {
    let links = cell.links();
    let touches = ground.q.shop.touches;
    let wanted = meant(&touches.channels, &links.channels);
    let now_visits = visits(ground, &wanted, ground.q.period);
    let of_partners = says(&links.channels, &["Influencers", "Affiliates"]);
    let is_paid = links.channels.iter().any(|channel| is_paid(channel)) && !of_partners;
    let is_mail = says(&links.channels, &["E-mail", "SMS", "Push"]);
    let mut evidence = Evidence::nothing(&cell.id, stage, "", "");
    evidence.channels =
        touches.channels.iter().zip(&wanted).filter(|(_, wanted)| **wanted).map(|(name, _)| name.clone()).collect();
    // Sums of tools tell nothing of some customers or devices.
    let whole = !ground.is_filtered();
    let spent = if whole && (is_paid || of_partners) {
        ads(ground, cell, &links, is_paid, ground.q.period)
    } else {
        Ads::default()
    };
    let mailed =
        (whole && is_mail).then(|| sent(ground, cell, &links, ground.q.period, true)).filter(|sent| sent.sends > 0);
    let codes = if of_partners { coded(ground, &links) } else { Credit::default() };
    tell(&mut evidence, &spent, mailed.as_ref(), codes);
    evidence.cost = spent.spend.or(now_visits.cost);
    if now_visits.count > 0 {
        from_touches(ground, &mut evidence, &now_visits, &wanted, is_paid);
    } else {
        from_sums(ground, &mut evidence, &links, &spent, mailed.as_ref(), codes);
    }
    evidence
}

fn from_touches(ground: &Ground<'_>, evidence: &mut Evidence, found: &Visits, wanted: &[bool], is_paid: bool) {
    let tied = &ground.q.shop.touches.tied;
    let people = found.people.len() as u64;
    evidence.volume = Some(Volume { count: found.count, what: "visits", people: Some(people) });
    // A trend takes touches of all of the time before.
    let since = ground.q.shop.touches.at.iter().min().copied();
    let covered = since.is_some_and(|since| since < ground.moments(ground.before()).0 + DAY);
    evidence.trend = covered.then(|| Trend::of(visits(ground, wanted, ground.before()).count, found.count));
    evidence.conversion = Some(ground.went_on(&found.people, evidence.stage));
    let mut credit = Credit::default();
    wanted.iter().zip(&ground.last).filter(|(wanted, _)| **wanted).for_each(|(_, more)| credit.add(*more));
    evidence.followed = Some(credit.followed(LAST_TOUCH));
    evidence.cost_each = evidence.cost.map(|cost| cost as f64 / found.count as f64);
    evidence.headline = vec![Quantity::Count(found.count).into(), " visits".into()];
    if let Some(each) = evidence.cost_each {
        evidence.headline.extend([Piece::from(", "), Quantity::Each(each).into(), " each".into()]);
    }
    let all: u64 = ground.last.iter().map(|credit| credit.orders).sum();
    if let Some(part) = share(credit.orders, all) {
        evidence.beside = vec![Quantity::Share(part).into(), " of orders by last touch".into()];
        evidence.facts.push(fact("Share of orders by last touch", Quantity::Share(part)));
    }
    if tied.by_customer + tied.by_order + tied.by_visitor == 0 {
        evidence.state = State::Partly;
        evidence.reason = "orders not tied".into();
        evidence.import = "Touches that name a customer, an e-mail or an order".into();
    } else if is_paid && evidence.cost.is_none() {
        evidence.state = State::Partly;
        evidence.reason = "spend not imported".into();
        evidence.import = "A report of Google Ads, Meta Ads or another ad platform, by day and campaign".into();
    } else {
        evidence.state = State::Measured;
    }
}

/// Without touches: what the first of the tools says that says anything.
fn from_sums(
    ground: &Ground<'_>,
    evidence: &mut Evidence,
    links: &Links,
    spent: &Ads,
    mailed: Option<&Sent>,
    codes: Credit,
) {
    evidence.state = State::Partly;
    evidence.reason = "orders not tied".into();
    evidence.import = "Touches: who came when, through which channel".into();
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    if codes.orders > 0 {
        evidence.reason = "visits not imported".into();
        evidence.headline = vec![Quantity::Count(codes.orders).into(), " orders by code".into()];
        evidence.beside = vec![Quantity::Money(codes.revenue).into()];
        evidence.volume = Some(Volume { count: codes.orders, what: "orders by code", people: None });
        evidence.followed = Some(codes.followed("Orders with a partner’s code"));
    } else if let Some(sent) = mailed {
        sent.headline(evidence);
    } else if let Some(clicks) = spent.clicks.map(count).filter(|clicks| *clicks > 0) {
        evidence.volume = Some(Volume { count: clicks, what: "clicks", people: None });
        evidence.headline = vec![Quantity::Count(clicks).into(), " clicks".into()];
        evidence.cost_each = evidence.cost.map(|cost| cost as f64 / clicks as f64);
        if let Some(each) = evidence.cost_each {
            evidence.headline.extend([Piece::from(", "), Quantity::Each(each).into(), " each".into()]);
        }
    } else if let Some(spend) = spent.spend {
        evidence.headline = vec![Quantity::Money(spend).into(), " spent".into()];
        evidence.reason = "clicks and orders not tied".into();
    } else if let Some(sessions) = (!ground.is_filtered()).then(|| web(ground, links, 0)).flatten() {
        evidence.volume = Some(Volume { count: sessions, what: "visits", people: None });
        evidence.headline = vec![Quantity::Count(sessions).into(), " visits".into()];
        evidence.trend = web(ground, links, 1).map(|before| Trend::of(before, sessions));
    } else {
        evidence.state = State::NoData;
        evidence.reason = nothing_known(ground, links).into();
    }
}

fn nothing_known(ground: &Ground<'_>, links: &Links) -> &'static str {
    if ground.q.device.is_some() {
        "No visits on this device"
    } else if ground.q.who.is_some() {
        "No visits of these customers"
    } else if says(&links.channels, &["Influencers", "Affiliates"]) {
        "Needs a code or UTM per partner"
    } else {
        "No visits imported"
    }
}

/// What reports say, as figures beside the others.
fn tell(evidence: &mut Evidence, spent: &Ads, mailed: Option<&Sent>, codes: Credit) {
    let count = |n: i64| Quantity::Count(u64::try_from(n).unwrap_or(0));
    let facts = &mut evidence.facts;
    facts.extend(spent.impressions.map(|n| fact("Impressions", count(n))));
    facts.extend(spent.clicks.map(|n| fact("Ad clicks, by platforms", count(n))));
    let each = |n: Option<i64>| Some(spent.spend? as f64 / n.filter(|n| *n > 0)? as f64);
    facts.extend(each(spent.clicks).map(|each| fact("Cost per click", Quantity::Each(each))));
    facts.extend(spent.claimed.map(|claimed| fact("Revenue that platforms claim", Quantity::Money(claimed))));
    if let Some(sent) = mailed {
        facts.extend(sent.facts());
    }
    if codes.orders > 0 {
        facts.push(fact(capital("orders with a partner’s code"), Quantity::Count(codes.orders)));
        facts.push(fact("Revenue of these", Quantity::Money(codes.revenue)));
    }
}
