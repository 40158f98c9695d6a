//! The ledger of claims: what each platform says it sold, against the orders that there are.
//!
//! Every platform counts an order that its advertisement or mail may have touched as its own, so that together they claim
//! more than was sold. The over-claim factor says how much more. Of one platform alone it is certain only that it claims
//! too much where it claims more than everything; where journeys are known, orders that none of its touches came before
//! cannot be its own ([`Claim::supported`], an upper bound).

mod per_order;
mod periods;
pub mod said;

use serde::Serialize;

use super::revenue::Revenue;
use super::spend::apart_of_campaign;
use crate::jobs::{Cancelled, Progress};
use crate::model::channels::{ChannelNames, Said};
use crate::model::claims::{Claimant, Platform};
use crate::model::{Currency, Dataset, Day, Definitions, Touches};
pub use per_order::{Claimable, Combination};
pub use periods::Step;

/// Platforms that are told apart; more than these share the last place.
pub const MOST_PLATFORMS: usize = 63;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// How the days are grouped.
    pub by: Step,
    /// Days before an order within which a touch may have led to it.
    pub look_back: u32,
}

/// What the ledger is made of.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The shop.
    pub data: &'a Dataset,
    /// What each platform claims.
    pub platforms: &'a [Platform],
    /// Touchpoints; none where no file told of any.
    pub touches: &'a Touches,
    /// Names of channels.
    pub names: &'a ChannelNames,
}

/// A platform in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claiming {
    /// Where its rows came from.
    pub origin: String,
    /// Its name for people.
    pub title: String,
    /// The channel that its touches have; `None` = all of them (web analytics).
    pub channel: Option<String>,
    /// What kind of tool it is.
    pub kind: Claimant,
    /// First day of which it claims anything.
    pub first: Day,
    /// Last day of which it claims anything.
    pub last: Day,
    /// Other platforms have the same channel: its touches are theirs as well.
    pub shares_channel: bool,
}

/// What a platform claims of a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Claim {
    /// Orders, thousandths: platforms count fractions. `None` = it does not say.
    pub orders_milli: Option<i64>,
    /// Revenue, minor units of the shop's currency. `None` = it does not say, or there is no rate.
    pub revenue: Option<i64>,
    /// Claimed orders ÷ all orders.
    pub share_of_orders: Option<f64>,
    /// Claimed revenue ÷ all revenue.
    pub share_of_revenue: Option<f64>,
    /// The least factor by which it must claim too much: claimed ÷ all orders, where that is more than 1.
    pub least_over_claim: Option<f64>,
    /// Orders with a touch of its channel within the look-back: more than these it cannot have brought. `None` = no
    /// journeys are known.
    pub supported: Option<u64>,
    /// Claimed orders beyond those, thousandths, at least 0.
    pub unsupported_milli: Option<i64>,
    /// Days of the period between its first and last report.
    pub covered_days: u32,
    /// Part of it was shared out by days from reports that tell one sum for more than the period.
    pub spread: bool,
}

/// Claims of a period against what was sold in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Period {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Orders that count by the definitions.
    pub orders: u64,
    /// Their revenue, minor units.
    pub revenue: i64,
    /// One for each platform of [`Ledger::platforms`].
    pub claims: Vec<Claim>,
    /// Orders that all platforms claim together, thousandths.
    pub claimed_milli: i64,
    /// Revenue that all claim together, minor units.
    pub claimed_revenue: i64,
    /// Claimed ÷ sold, orders. `None` = nothing was sold or no platform says.
    pub over_claim: Option<f64>,
    /// Claimed ÷ sold, revenue.
    pub over_claim_revenue: Option<f64>,
    /// Orders with a touch of any channel within the look-back; `None` = no journeys are known.
    pub touched: Option<u64>,
}

impl Period {
    /// A period of which nothing is known yet.
    fn new(from: Day, to: Day) -> Self {
        Self {
            from,
            to,
            orders: 0,
            revenue: 0,
            claims: Vec::new(),
            claimed_milli: 0,
            claimed_revenue: 0,
            over_claim: None,
            over_claim_revenue: None,
            touched: None,
        }
    }

    /// Days of the period.
    pub fn days(&self) -> u32 {
        u32::try_from(self.to.0 - self.from.0 + 1).unwrap_or(0)
    }

    /// Whether a platform's reports cover only part of the period.
    pub fn is_partly_covered(&self, claim: &Claim) -> bool {
        claim.covered_days < self.days()
    }
}

/// The ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ledger {
    /// What was asked.
    pub settings: Settings,
    /// Currency of all amounts.
    pub currency: Currency,
    /// Version of the definitions.
    pub definitions: u32,
    /// Who claims, those with the most claimed orders first.
    pub platforms: Vec<Claiming>,
    /// By day, week or month.
    pub periods: Vec<Period>,
    /// All days together.
    pub total: Period,
    /// Which platforms can claim which orders; `None` = no journeys are known.
    pub claimable: Option<Claimable>,
    /// Claimed revenue without a rate: its currency and how many rows.
    pub unrated: Vec<(Currency, u64)>,
    /// Orders in the days without a rate, which are left out.
    pub unrated_orders: u64,
}

/// Makes the ledger.
///
/// # Errors
/// When cancelled.
pub fn ledger(
    sources: Sources<'_>,
    definitions: &Definitions,
    settings: Settings,
    progress: &Progress,
) -> Result<Ledger, Cancelled> {
    let mut platforms: Vec<(Claiming, &Platform)> =
        sources.platforms.iter().filter_map(|platform| Some((claiming(platform, sources.names)?, platform))).collect();
    platforms.truncate(MOST_PLATFORMS);
    progress.step(0)?;
    let mut ledger = Ledger {
        settings,
        currency: definitions.currency,
        definitions: definitions.version,
        platforms: Vec::new(),
        periods: periods::between(settings.from, settings.to, settings.by),
        total: Period::new(settings.from, settings.to),
        claimable: None,
        unrated: Vec::new(),
        unrated_orders: 0,
    };
    let claims = periods::claims(&platforms, &mut ledger, definitions);
    sort(&mut platforms, &mut ledger, claims);
    mark_shared(&mut platforms);
    ledger.platforms = platforms.into_iter().map(|(claiming, _)| claiming).collect();
    progress.step(0)?;
    let revenue = Revenue::new(sources.data, definitions, last_known(sources.data, settings.to));
    per_order::count_orders(sources, definitions, &revenue, &mut ledger, progress)?;
    let Ledger { periods, total, .. } = &mut ledger;
    periods.iter_mut().chain([total]).for_each(Period::settle);
    Ok(ledger)
}

/// Facts are known until the last day of the data: a refund after the period is one all the same.
fn last_known(data: &Dataset, to: Day) -> Day {
    data.span.map_or(to, |(_, last)| last.max(to))
}

/// A platform as the ledger knows it; `None` where it claims nothing at all.
fn claiming(platform: &Platform, names: &ChannelNames) -> Option<Claiming> {
    let rows = || platform.groups.iter().flatten();
    let claims = || rows().filter(|row| row.conversions_milli.is_some() || row.value.is_some());
    claims().next()?;
    let channel = match platform.kind {
        Claimant::Analytics => None,
        Claimant::Ads => Some(names.name(&Said::spend(&platform.channel)).0),
        Claimant::Messages => Some(names.name(&Said::channel(&platform.channel)).0),
    };
    Some(Claiming {
        origin: platform.origin.clone(),
        title: said::title(platform),
        channel,
        kind: platform.kind,
        first: rows().map(|row| row.day).min()?,
        last: rows().map(|row| row.until).max()?,
        shares_channel: false,
    })
}

/// Puts the platforms with the most claimed orders first, and their claims with them.
fn sort(platforms: &mut Vec<(Claiming, &Platform)>, ledger: &mut Ledger, claims: periods::Claims) {
    let mut order: Vec<usize> = (0..platforms.len()).collect();
    let most =
        |&n: &usize| (std::cmp::Reverse(claims.total[n].orders_milli), std::cmp::Reverse(claims.total[n].revenue));
    order.sort_by_key(|n| (most(n), *n));
    let arranged = |own: &[Claim]| order.iter().map(|&n| own[n]).collect();
    for (period, own) in ledger.periods.iter_mut().zip(&claims.periods) {
        period.claims = arranged(own);
    }
    ledger.total.claims = arranged(&claims.total);
    let mut taken: Vec<Option<(Claiming, &Platform)>> = std::mem::take(platforms).into_iter().map(Some).collect();
    platforms.extend(order.iter().filter_map(|&n| taken[n].take()));
}

fn mark_shared(platforms: &mut [(Claiming, &Platform)]) {
    let channels: Vec<_> = platforms.iter().map(|(claiming, _)| claiming.channel.clone()).collect();
    for (claiming, _) in platforms {
        let same = channels.iter().filter(|channel| channel.is_some() && **channel == claiming.channel).count();
        claiming.shares_channel = same > 1;
    }
}

impl Period {
    /// Works out what follows from orders, revenue and claims.
    fn settle(&mut self) {
        let days = self.days();
        let (orders, revenue) = (self.orders as f64, self.revenue as f64);
        let share = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
        for claim in &mut self.claims {
            claim.covered_days = claim.covered_days.min(days);
            claim.share_of_orders = claim.orders_milli.and_then(|n| share(n as f64 / 1_000.0, orders));
            claim.share_of_revenue = claim.revenue.and_then(|n| share(n as f64, revenue));
            claim.least_over_claim = claim.share_of_orders.filter(|share| *share > 1.0);
            claim.unsupported_milli = claim.orders_milli.zip(claim.supported).map(|(claimed, supported)| {
                claimed.saturating_sub(i64::try_from(supported).unwrap_or(i64::MAX).saturating_mul(1_000)).max(0)
            });
        }
        let sum = |of: fn(&Claim) -> Option<i64>| self.claims.iter().filter_map(of).fold(0, i64::saturating_add);
        (self.claimed_milli, self.claimed_revenue) = (sum(|claim| claim.orders_milli), sum(|claim| claim.revenue));
        let says = |of: fn(&Claim) -> bool| self.claims.iter().any(of);
        let claimed = says(|claim| claim.orders_milli.is_some()).then_some(self.claimed_milli as f64 / 1_000.0);
        self.over_claim = claimed.and_then(|claimed| share(claimed, orders));
        let claimed = says(|claim| claim.revenue.is_some()).then_some(self.claimed_revenue as f64);
        self.over_claim_revenue = claimed.and_then(|claimed| share(claimed, revenue));
    }
}

#[cfg(test)]
mod tests;
