//! What campaigns brought, as the tools that ran them report it: rates with intervals, against the shop's own past, and
//! which hour, weekday, subject, channel and audience did better.
//!
//! Revenue is what each tool credits to itself. Tools look at different windows and count the same order each for
//! itself: figures of one tool compare with one another, sums over tools are an upper bound.

mod groups;
mod rate;
mod ties;
mod versions;

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Timelike};
use serde::Serialize;

pub use groups::{By, Group, Groups, LEAST_SENDS, Standing};
pub use rate::{LEAST_PAST, LEAST_REACHED, Past, Place, Rate, RateKind};
pub use ties::{Summed, suggestions, summed};
pub use versions::{Version, Versions};

use crate::analytics::spend::apart_of_campaign;
use crate::jobs::{Cancelled, Progress};
use crate::model::results::{CampaignKey, CampaignVisits, ImportedCampaign, Send, SendKind};
use crate::model::{Currency, Day, Definitions, TooLittle, Zone};
use groups::Observation;

/// Money of a campaign, minor units of the shop's currency. `None` = not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Money {
    /// Revenue that its tool credits to it.
    pub revenue: Option<i64>,
    /// What was spent on it.
    pub spend: Option<i64>,
    /// Whether an amount was left out, since its currency has no rate.
    pub unrated: bool,
}

impl Money {
    /// (Revenue − spend) ÷ spend.
    pub fn roi(&self) -> Option<f64> {
        Some(self.roas()? - 1.0)
    }

    /// Revenue ÷ spend.
    pub fn roas(&self) -> Option<f64> {
        let spend = self.spend.filter(|spend| *spend > 0 && !self.unrated)?;
        Some(self.revenue? as f64 / spend as f64)
    }
}

/// What web analytics ascribe to links of a campaign: another count of the same buyers, never added to what its tool
/// claims.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Visited {
    /// Visits.
    pub sessions: i64,
    /// Purchases in them.
    pub purchases: Option<i64>,
    /// What was paid in them, minor units of the shop's currency.
    pub revenue: Option<i64>,
    /// Whether revenue was left out, since its currency has no rate.
    pub unrated: bool,
}

/// What a campaign brought.
#[derive(Debug, Clone, PartialEq)]
pub struct CampaignResult {
    /// Its key.
    pub key: CampaignKey,
    /// Its name.
    pub name: String,
    /// Channel, in the words of its source.
    pub channel: String,
    /// How its messages are sent; `None` = advertising.
    pub kind: Option<SendKind>,
    /// Lists it went to.
    pub lists: Vec<String>,
    /// First and last day with a send or spend.
    pub days: (Day, Day),
    /// Whether part of its spend is known only as the sum of a period.
    pub in_periods: bool,
    /// Sends, versions of one counted once.
    pub sends: u64,
    /// People it was sent to.
    pub recipients: Option<i64>,
    /// Messages delivered.
    pub delivered: Option<i64>,
    /// People who opened.
    pub opens: Option<i64>,
    /// How often it was shown.
    pub impressions: Option<i64>,
    /// People who clicked; of advertising clicks.
    pub clicks: Option<i64>,
    /// Conversions, thousandths.
    pub conversions_milli: Option<i64>,
    /// People who unsubscribed.
    pub unsubscribes: Option<i64>,
    /// Visits that web analytics ascribe to links of this name.
    pub visits: Option<Visited>,
    /// Revenue and spend.
    pub money: Money,
    /// Rates, in the order of [`RateKind::ALL`].
    pub rates: [Option<Rate>; 4],
    /// Versions by click rate, where it was split.
    pub versions: Option<Versions>,
}

impl CampaignResult {
    /// A rate.
    pub fn rate(&self, kind: RateKind) -> Option<&Rate> {
        self.rates[kind as usize].as_ref()
    }

    /// Revenue per message delivered, minor units.
    pub fn revenue_per_recipient(&self) -> Option<f64> {
        let reached = self.delivered.filter(|n| *n > 0 && !self.money.unrated)?;
        Some(self.money.revenue? as f64 / reached as f64)
    }
}

/// All campaigns and what they teach.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// Everything up to the end of this day.
    pub as_of: Day,
    /// Version of the definitions.
    pub definitions: u32,
    /// Currency of all money.
    pub currency: Currency,
    /// The campaigns, newest first.
    pub campaigns: Vec<CampaignResult>,
    /// Sends to lists in groups: for every way to group them, by click rate. Flows are left out, as nobody chooses
    /// their hour.
    pub groups: Vec<Groups>,
    /// All money of all campaigns.
    pub total: Money,
}

impl Results {
    /// Sends grouped in a way.
    pub fn grouped(&self, by: By) -> Option<&Groups> {
        self.groups.iter().find(|groups| groups.by == by)
    }
}

/// What campaigns brought up to a day. `segments` are names of segments, by which lists are told that are one.
///
/// # Errors
/// When the work was cancelled; inside, when no campaign was imported by that day.
pub fn results(
    campaigns: &[ImportedCampaign],
    visits: &[CampaignVisits],
    segments: &[String],
    definitions: &Definitions,
    as_of: Day,
    progress: &Progress,
) -> Result<Result<Results, TooLittle>, Cancelled> {
    progress.expect(campaigns.len() as u64);
    let mut found = Vec::new();
    let mut observations: [Vec<Observation>; 4] = Default::default();
    for (i, campaign) in campaigns.iter().enumerate() {
        progress.step(i as u64)?;
        let sends: Vec<&Send> =
            whole(&campaign.sends).into_iter().filter(|s| definitions.zone.day(s.at) <= as_of).collect();
        if campaign.kind == Some(SendKind::Campaign) {
            observe(campaign, &sends, segments, definitions.zone, &mut observations);
        }
        found.extend(result(campaign, &sends, visits, definitions, as_of));
    }
    if found.is_empty() {
        return Ok(Err(TooLittle { have: 0, need: 1, what: "imported campaigns" }));
    }
    found.sort_by(|a, b| (b.days.1, b.days.0, &a.name).cmp(&(a.days.1, a.days.0, &b.name)));
    place(&mut found);
    let mut total = Money::default();
    for one in &found {
        ties::add(&mut total.revenue, one.money.revenue);
        ties::add(&mut total.spend, one.money.spend);
        total.unrated |= one.money.unrated;
    }
    let groups = By::ALL.into_iter().zip(observations).map(|(by, of)| groups::groups(by, RateKind::Click, of));
    Ok(Ok(Results {
        as_of,
        definitions: definitions.version,
        currency: definitions.currency,
        campaigns: found,
        groups: groups.collect(),
        total,
    }))
}

/// The sends that are counted: where a file told the whole of a campaign and another one its versions, the whole.
pub fn whole(sends: &[Send]) -> Vec<&Send> {
    let wholes: Vec<&Send> = sends.iter().filter(|send| send.variant.is_none()).collect();
    if wholes.is_empty() { sends.iter().collect() } else { wholes }
}

fn result(
    campaign: &ImportedCampaign,
    sends: &[&Send],
    visits: &[CampaignVisits],
    definitions: &Definitions,
    as_of: Day,
) -> Option<CampaignResult> {
    let ads: Vec<_> = apart_of_campaign(&campaign.ads).into_iter().filter(|ad| ad.until <= as_of).collect();
    let sent = sends.iter().map(|send| definitions.zone.day(send.at));
    let first = sent.clone().chain(ads.iter().map(|ad| ad.day)).min()?;
    let last = sent.chain(ads.iter().map(|ad| ad.until)).max()?;
    let mut one = CampaignResult {
        key: campaign.key.clone(),
        name: campaign.name.clone(),
        channel: campaign.channel.clone().unwrap_or_default(),
        kind: campaign.kind,
        lists: campaign.lists.clone(),
        days: (first, last),
        in_periods: ads.iter().any(|ad| ad.until > ad.day),
        sends: sends.iter().map(|send| send.at).collect::<BTreeSet<_>>().len() as u64,
        recipients: None,
        delivered: None,
        opens: None,
        impressions: None,
        clicks: None,
        conversions_milli: None,
        unsubscribes: None,
        visits: visited(&campaign.name, visits, definitions, as_of),
        money: Money::default(),
        rates: [None; 4],
        versions: None,
    };
    for send in sends {
        let f = &send.figures;
        ties::add(&mut one.recipients, send.recipients);
        ties::add(&mut one.delivered, delivered(send));
        ties::add(&mut one.opens, f.opens);
        ties::add(&mut one.clicks, f.clicks);
        ties::add(&mut one.conversions_milli, f.conversions.map(|n| n.saturating_mul(1_000)));
        ties::add(&mut one.unsubscribes, f.unsubscribes);
        take(&mut one.money.revenue, &mut one.money.unrated, f.revenue, send.currency, definitions);
    }
    for ad in ads {
        ties::add(&mut one.impressions, ad.impressions);
        ties::add(&mut one.clicks, ad.clicks);
        ties::add(&mut one.conversions_milli, ad.conversions_milli);
        take(&mut one.money.spend, &mut one.money.unrated, Some(ad.amount), ad.currency, definitions);
        take(&mut one.money.revenue, &mut one.money.unrated, ad.value, ad.currency, definitions);
    }
    let bought = one.conversions_milli.map(|milli| (milli + 500) / 1_000);
    one.rates = if campaign.kind.is_some() {
        [one.opens, one.clicks, bought, one.unsubscribes].map(|k| Rate::of(k, one.delivered))
    } else {
        [None, Rate::of(one.clicks, one.impressions), Rate::of(bought, one.clicks), None]
    };
    if campaign.kind == Some(SendKind::Campaign) {
        let all: Vec<&Send> = campaign.sends.iter().filter(|s| definitions.zone.day(s.at) <= as_of).collect();
        one.versions = versions::versions(RateKind::Click, &all, |s| Rate::of(s.figures.clicks, delivered(s)));
    }
    Some(one)
}

/// Messages that arrived; where the tool does not say, those sent less those returned.
pub fn delivered(send: &Send) -> Option<i64> {
    send.figures.delivered.or_else(|| Some(send.recipients? - send.figures.bounces.unwrap_or(0)))
}

fn take(sum: &mut Option<i64>, unrated: &mut bool, amount: Option<i64>, currency: Currency, definitions: &Definitions) {
    let Some(amount) = amount else { return };
    match definitions.convert(amount, currency) {
        Some(amount) => ties::add(sum, Some(amount)),
        None => *unrated = true,
    }
}

/// Visits by links that are called like the campaign. Of reports that overlap the longest is taken.
fn visited(name: &str, visits: &[CampaignVisits], definitions: &Definitions, as_of: Day) -> Option<Visited> {
    let name = ties::plain(name);
    let mut own: Vec<&CampaignVisits> =
        visits.iter().filter(|v| v.until <= as_of && ties::plain(&v.campaign) == name).collect();
    own.sort_by_key(|v| (v.day.0 - v.until.0, v.day));
    let mut counted: Vec<&CampaignVisits> = Vec::new();
    for row in own {
        let repeats = |other: &&CampaignVisits| other.day <= row.until && row.day <= other.until;
        if !counted.iter().any(|other| repeats(other) && (other.day, other.until) != (row.day, row.until)) {
            counted.push(row);
        }
    }
    let first = Visited::default();
    (!counted.is_empty()).then(|| {
        counted.into_iter().fold(first, |mut sum, one| {
            sum.sessions += one.sessions;
            ties::add(&mut sum.purchases, one.purchases);
            take(&mut sum.revenue, &mut sum.unrated, one.revenue, one.currency, definitions);
            sum
        })
    })
}

/// Puts every rate among those of earlier campaigns of the same channel and kind.
fn place(found: &mut [CampaignResult]) {
    // Newest first: the earlier ones come after.
    for i in 0..found.len() {
        let (until, rest) = found.split_at_mut(i + 1);
        let Some(one) = until.last_mut() else { continue };
        let past = |other: &&CampaignResult| {
            other.channel == one.channel && other.kind == one.kind && other.days.1 < one.days.1
        };
        let past: Vec<&CampaignResult> = rest.iter().filter(past).collect();
        for kind in RateKind::ALL {
            let earlier = past.iter().filter_map(|other| other.rate(kind)).filter(|rate| rate.n >= LEAST_REACHED);
            let earlier: Vec<f64> = earlier.map(|rate| rate.rate).collect();
            if let Some(rate) = &mut one.rates[kind as usize] {
                rate.among(earlier);
            }
        }
    }
}

/// Adds the sends of a campaign to the groups they belong to.
fn observe(
    campaign: &ImportedCampaign,
    sends: &[&Send],
    segments: &[String],
    zone: Zone,
    observations: &mut [Vec<Observation>; 4],
) {
    let segment = match campaign.lists.as_slice() {
        [list] => segments.iter().find(|segment| ties::plain(segment) == ties::plain(list)),
        _ => None,
    };
    for send in sends {
        let Some(rate) = Rate::of(send.figures.clicks, delivered(send)) else { continue };
        let local = DateTime::from_timestamp(send.at + i64::from(zone.offset_at(send.at)), 0).unwrap_or_default();
        let weekday = local.weekday();
        let names = [
            Some((local.hour(), format!("{:02}:00", local.hour()))),
            Some((weekday.num_days_from_monday(), local.format("%A").to_string())),
            campaign.channel.clone().map(|channel| (0, channel)),
            segment.map(|segment| (0, segment.clone())),
        ];
        for (of, group) in observations.iter_mut().zip(names) {
            of.extend(group.map(|group| Observation { group, k: rate.k, n: rate.n }));
        }
    }
}
