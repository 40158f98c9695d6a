//! What a campaign came to, by the measures it was planned with.
//!
//! Nothing here says that the campaign caused it; what a sale brought beyond an ordinary time is the post-mortem's.

use super::costs::{Costs, speak_for_all};
use super::results::{CampaignResult, Results};
use super::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::campaign::{MetricKind, Target};
use crate::model::dataset::{NO_CUSTOMER, NO_DAY};
use crate::model::results::{CampaignKey, SendKind};
use crate::model::{Campaign, Currency, Dataset, Day, Definitions, Details};

/// A customer is active who ordered within so many days.
pub const ACTIVE_DAYS: i64 = 180;
const DAY: i64 = 86_400;

/// What happened in the window of a campaign, up to the as-of day, beside as many days before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Success {
    /// Whether the whole window lies before the as-of day's end.
    pub over: bool,
    /// Revenue of the orders, minor units of the shop's currency.
    pub revenue: i64,
    /// Orders that count.
    pub orders: u64,
    /// Revenue less the cost of goods; `None` where too little of the cost is known.
    pub margin: Option<i64>,
    /// Customers who agreed to e-mail; `None` where no file tells the day of any consent.
    pub subscribers: Option<u64>,
    /// Share of the buyers who had bought before: in the window, and before it.
    pub repeat: [Option<f64>; 2],
    /// Share of the active customers who did not order: in the window, and before it.
    pub churn: [Option<f64>; 2],
}

/// Opened and delivered messages of a campaign's sends, and the open rate of the sends before.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Opens {
    /// Opened by so many.
    pub opened: u64,
    /// Delivered to so many.
    pub delivered: u64,
    /// Median open rate of the sends before.
    pub before: Option<f64>,
}

impl Opens {
    /// Those of imported campaigns; the sends before are the ones that were over within [`ACTIVE_DAYS`] before `starts`.
    /// `None` when no tool tells what was delivered.
    pub fn of(tied: &[CampaignKey], results: &Results, starts: Day) -> Option<Self> {
        let ours = |result: &&CampaignResult| tied.contains(&result.key);
        let told = |result: &CampaignResult| Some((result.opens?, result.delivered.filter(|n| *n > 0)?));
        let (opened, delivered) = results
            .campaigns
            .iter()
            .filter(ours)
            .filter_map(told)
            .fold((0, 0), |(opened, delivered), (o, d)| (opened + o, delivered + d));
        let mut rates: Vec<f64> = results
            .campaigns
            .iter()
            .filter(|result| !ours(result) && result.kind == Some(SendKind::Campaign))
            .filter(|result| result.days.1 < starts && i64::from(starts.0 - result.days.1.0) <= ACTIVE_DAYS)
            .filter_map(|result| told(result).map(|(opened, delivered)| opened as f64 / delivered as f64))
            .collect();
        rates.sort_by(f64::total_cmp);
        let middle = |n: usize| rates.get(n).copied();
        let before = match rates.len() {
            0 => None,
            n if n % 2 == 1 => middle(n / 2),
            n => middle(n / 2 - 1).zip(middle(n / 2)).map(|(a, b)| (a + b) / 2.0),
        };
        let count = |n: i64| u64::try_from(n).unwrap_or(0);
        (delivered > 0).then(|| Self { opened: count(opened), delivered: count(delivered), before })
    }
}

/// Looks at the window of a campaign.
///
/// # Errors
/// When the work was cancelled.
pub fn success(
    data: &Dataset,
    details: &Details,
    definitions: &Definitions,
    as_of: Day,
    campaign: &Campaign,
    progress: &Progress,
) -> Result<Success, Cancelled> {
    let zone = definitions.zone;
    let (from, to) = (zone.to_utc(campaign.starts), zone.to_utc(campaign.ends));
    let end_of_day = as_of.0.checked_add(1).and_then(|day| Day(day).date().and_hms_opt(0, 0, 0));
    let known = end_of_day.map_or(i64::MAX, |moment| zone.to_utc(moment));
    let seen = to.min(known).max(from);
    // As many seconds of the time before, so that an unfinished window is held against an equal part.
    let spans = [(from, seen), (from - (seen - from), from)];
    let revenue = Revenue::new(data, definitions, as_of);
    let costs = Costs::new(data, definitions.default_margin);
    let mut found = Success {
        over: to <= known,
        revenue: 0,
        orders: 0,
        margin: None,
        subscribers: None,
        repeat: [None; 2],
        churn: [None; 2],
    };
    let (mut left, mut costed) = (0_i64, 0_i64);
    for i in 0..data.orders.id.len() {
        if i % 65_536 == 0 {
            progress.step(i as u64)?;
        }
        if !(from..seen).contains(&data.orders.placed_at[i]) || !revenue.is_counted(i) {
            continue;
        }
        let refunded: i64 = revenue.refunds_of(i, i + 1).map(|r| revenue.refunded(r)).sum();
        let worth = revenue.before_refunds(i) - refunded;
        // A return that is booked as an order takes from revenue and is no order.
        found.orders += u64::from(revenue.is_purchase(i));
        found.revenue += worth;
        if let Some(margin) = costs.margin(i, worth) {
            left += margin;
            costed += worth;
        }
    }
    // Goods of known cost speak for the others, where they are most of them.
    found.margin = speak_for_all(costed, found.revenue)
        .then(|| (left as f64 * found.revenue as f64 / costed as f64).round() as i64);
    for (n, span) in spans.into_iter().enumerate() {
        (found.repeat[n], found.churn[n]) = customers(data, &revenue, span);
    }
    found.subscribers = subscribers(details, campaign.days(), as_of);
    Ok(found)
}

/// Repeat share of the buyers of a span, and the share of the active customers who stayed away.
fn customers(data: &Dataset, revenue: &Revenue<'_>, (from, to): (i64, i64)) -> (Option<f64>, Option<f64>) {
    let (mut buyers, mut again, mut active, mut away) = (0_u64, 0_u64, 0_u64, 0_u64);
    for customer in 0..data.customers.id.len() {
        let (mut before, mut lately, mut within) = (false, false, false);
        for i in data.orders.of_customer(customer) {
            let at = data.orders.placed_at[i];
            if data.orders.customer[i] == NO_CUSTOMER || at >= to || !revenue.is_purchase(i) {
                continue;
            }
            within |= at >= from;
            before |= at < from;
            lately |= at < from && at >= from - ACTIVE_DAYS * DAY;
        }
        buyers += u64::from(within);
        again += u64::from(within && before);
        active += u64::from(lately);
        away += u64::from(lately && !within);
    }
    let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
    (share(again, buyers), share(away, active))
}

fn subscribers(details: &Details, (first, last): (Day, Day), as_of: Day) -> Option<u64> {
    let answers = details.consents.get("email")?;
    let dated = answers.iter().any(|answer| answer.day != NO_DAY);
    let new = answers.iter().filter(|answer| answer.granted && (first..=last.min(as_of)).contains(&answer.day));
    dated.then(|| new.count() as u64)
}

/// What a measure came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Came {
    /// Money, minor units of the shop's currency.
    Money(i64),
    /// A share, or a change relative to before; below 0 where it went the other way.
    Share(f64),
    /// A number.
    Count(u64),
}

impl Came {
    /// As a number that targets compare to: major units, percent, or a count.
    fn number(self, currency: Currency) -> f64 {
        match self {
            Self::Money(minor) => currency.major(minor),
            Self::Share(share) => share * 100.0,
            Self::Count(count) => count as f64,
        }
    }

    /// Whether it is as much as the target or more; `None` where the two are not of one kind.
    pub fn reaches(self, target: Target, currency: Currency) -> Option<bool> {
        let wanted = match (self, target) {
            (Self::Money(_), Target::Amount(amount)) if amount.currency == currency => currency.major(amount.minor),
            (Self::Share(_), Target::Percent(percent)) => percent.share() * 100.0,
            (Self::Count(_), Target::Count(count)) => count as f64,
            _ => return None,
        };
        Some(self.number(currency) >= wanted)
    }

    /// What somebody typed.
    pub fn typed(target: Target) -> Self {
        match target {
            Target::Amount(amount) => Self::Money(amount.minor),
            Target::Percent(percent) => Self::Share(percent.share()),
            Target::Count(count) => Self::Count(count),
        }
    }
}

impl Success {
    /// What a measure came to; `None` where nobody can tell.
    pub fn of(&self, kind: MetricKind, opens: Option<Opens>) -> Option<Came> {
        let change = |here: f64, before: f64| (before > 0.0).then(|| here / before - 1.0);
        let rate = opens.filter(|opens| opens.delivered > 0).map(|o| (o.opened as f64 / o.delivered as f64, o.before));
        Some(match kind {
            MetricKind::Revenue => Came::Money(self.revenue),
            MetricKind::Orders => Came::Count(self.orders),
            MetricKind::Margin => Came::Money(self.margin?),
            MetricKind::NewSubscribers => Came::Count(self.subscribers?),
            MetricKind::RepeatRateRise => Came::Share(change(self.repeat[0]?, self.repeat[1]?)?),
            MetricKind::ChurnFall => Came::Share(-change(self.churn[0]?, self.churn[1]?)?),
            MetricKind::OpenRate => Came::Share(rate?.0),
            MetricKind::OpenRateRise => Came::Share(change(rate?.0, rate?.1?)?),
            MetricKind::SocialEngagementRise | MetricKind::LoyaltyActivation => return None,
        })
    }
}
