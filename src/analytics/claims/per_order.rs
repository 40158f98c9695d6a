//! Which platforms can claim which orders: those with a touch of their channel within the look-back.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::periods::place;
use super::{Ledger, Sources};
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::dataset::NO_CUSTOMER;
use crate::model::definitions::Definitions;
use crate::model::time::DayClock;
use crate::model::touch::NO_ORDER;
use crate::model::{Dataset, Day, Touches};

/// Orders between two looks at [`Progress`].
const STEP: usize = 65_536;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// A set of platforms that can all claim the same orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Combination {
    /// Positions in [`Ledger::platforms`].
    pub platforms: Vec<usize>,
    /// Orders that just these can claim.
    pub orders: u64,
    /// Their revenue, minor units.
    pub revenue: i64,
}

/// Which platforms can claim which orders. An order that three platforms have touched is claimed three times.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Claimable {
    /// Orders by how many platforms can claim them, beginning with none.
    pub by_platforms: Vec<u64>,
    /// Sets of platforms, those with the most orders first; the empty one is left out.
    pub combinations: Vec<Combination>,
    /// Orders that some platform can claim: position in the dataset, and a bit for each platform.
    #[serde(skip)]
    pub orders: Vec<(u32, u64)>,
}

impl Claimable {
    /// Positions of the platforms of a set of bits.
    pub fn platforms(bits: u64) -> impl Iterator<Item = usize> {
        (0..64).filter(move |n| bits >> n & 1 == 1)
    }
}

/// Counts orders and revenue by period and, where touches are known, who can claim them.
pub fn count_orders(
    sources: Sources<'_>,
    definitions: &Definitions,
    revenue: &Revenue<'_>,
    ledger: &mut Ledger,
    progress: &Progress,
) -> Result<(), Cancelled> {
    let Sources { data, touches, .. } = sources;
    let (from, to) = (ledger.settings.from, ledger.settings.to);
    let mut journeys = (!touches.is_empty()).then(|| Journeys::new(data, touches, ledger));
    if journeys.is_some() {
        let zero = |period: &mut super::Period| {
            period.touched = Some(0);
            period.claims.iter_mut().for_each(|claim| claim.supported = Some(0));
        };
        ledger.periods.iter_mut().chain([&mut ledger.total]).for_each(zero);
    }
    let mut clock = DayClock::new(definitions.zone);
    let mut found: BTreeMap<u64, (u64, i64)> = BTreeMap::new();
    let mut orders = Vec::new();
    for i in 0..data.orders.id.len() {
        if i % STEP == 0 {
            progress.step(0)?;
        }
        let day = data.orders.day[i];
        if !(from..=to).contains(&day) {
            continue;
        }
        ledger.unrated_orders += u64::from(!revenue.convertible(i));
        let Some(period) = place(&ledger.periods, day).filter(|_| revenue.is_counted(i)) else { continue };
        let refunds = revenue.refunds_of(i, i + 1).map(|r| revenue.refunded(r)).fold(0, i64::saturating_add);
        let worth = revenue.before_refunds(i).saturating_sub(refunds);
        let counts = revenue.is_purchase(i);
        let reached = journeys.as_mut().filter(|_| counts).map(|j| j.reached(i, clock.local(data.orders.placed_at[i])));
        for span in [&mut ledger.periods[period], &mut ledger.total] {
            span.revenue = span.revenue.saturating_add(worth);
            span.orders += u64::from(counts);
            let Some((touched, bits)) = reached else { continue };
            span.touched = span.touched.map(|n| n + u64::from(touched));
            for n in Claimable::platforms(bits) {
                let supported = &mut span.claims[n].supported;
                *supported = supported.map(|orders| orders + 1);
            }
        }
        if let Some((_, bits)) = reached {
            let (n, sum) = found.entry(bits).or_default();
            *n += 1;
            *sum = sum.saturating_add(worth);
            if bits != 0 {
                orders.push((i as u32, bits));
            }
        }
    }
    if let Some(journeys) = &journeys {
        // Of a platform whose channel no touch tells of nobody knows what it can have touched.
        let told = journeys.told(from, to);
        let unknown = |period: &mut super::Period| {
            let untold = period.claims.iter_mut().enumerate().filter(|(n, _)| told >> n & 1 == 0);
            untold.for_each(|(_, claim)| claim.supported = None);
        };
        ledger.periods.iter_mut().chain([&mut ledger.total]).for_each(unknown);
        ledger.claimable = Some(claimable(found, orders, ledger.platforms.len()));
    }
    Ok(())
}

fn claimable(found: BTreeMap<u64, (u64, i64)>, orders: Vec<(u32, u64)>, platforms: usize) -> Claimable {
    let mut by_platforms = vec![0; platforms + 1];
    for (bits, (n, _)) in &found {
        by_platforms[bits.count_ones() as usize] += n;
    }
    let sets = found.into_iter().filter(|(bits, _)| *bits != 0);
    let mut combinations: Vec<Combination> = sets
        .map(|(bits, (orders, revenue))| Combination {
            platforms: Claimable::platforms(bits).collect(),
            orders,
            revenue,
        })
        .collect();
    combinations.sort_by(|a, b| (b.orders, &a.platforms).cmp(&(a.orders, &b.platforms)));
    Claimable { by_platforms, combinations, orders }
}

/// Touches by customer and by order, with the platforms of each channel.
struct Journeys<'a> {
    data: &'a Dataset,
    touches: &'a Touches,
    /// Touches of each customer.
    of_customer: Vec<Range<u32>>,
    /// Touches of the person to whom touches tie an order without a customer.
    of_order: FxHashMap<u32, Range<u32>>,
    /// Touches that name their order.
    named: FxHashMap<u32, Vec<u32>>,
    /// Bits of the platforms by channel.
    platforms: Vec<u64>,
    look_back: i64,
}

impl<'a> Journeys<'a> {
    fn new(data: &'a Dataset, touches: &'a Touches, ledger: &Ledger) -> Self {
        let bits = |name: &String| {
            let claims = |channel: &Option<String>| channel.as_ref().is_none_or(|own| own == name);
            let all = ledger.platforms.iter().enumerate().filter(|(_, platform)| claims(&platform.channel));
            all.fold(0_u64, |bits, (n, _)| bits | 1 << n)
        };
        let mut journeys = Self {
            data,
            touches,
            of_customer: vec![0..0; data.customers.id.len()],
            of_order: FxHashMap::default(),
            named: FxHashMap::default(),
            platforms: touches.channels.iter().map(bits).collect(),
            look_back: i64::from(ledger.settings.look_back) * DAY,
        };
        for range in touches.by_person() {
            let own = range.start as u32..range.end as u32;
            if let Some(slot) = journeys.of_customer.get_mut(touches.person[range.start] as usize) {
                *slot = own.clone();
            }
            for i in range.filter(|&i| touches.order[i] != NO_ORDER) {
                journeys.named.entry(touches.order[i]).or_default().push(i as u32);
                if data.orders.customer[touches.order[i] as usize] == NO_CUSTOMER {
                    journeys.of_order.insert(touches.order[i], own.clone());
                }
            }
        }
        journeys
    }

    /// Platforms of whose channels any touch of these days, and of the look-back before them, tells.
    fn told(&self, from: Day, to: Day) -> u64 {
        let (first, end) = (i64::from(from.0) * DAY - self.look_back, (i64::from(to.0) + 1) * DAY);
        let within = self.touches.at.iter().zip(&self.touches.channel).filter(|(at, _)| (first..end).contains(*at));
        within.fold(0, |told, (_, channel)| told | self.platforms[usize::from(*channel)])
    }

    /// Whether anything touched the buyer of an order within the look-back, and which platforms did.
    fn reached(&mut self, order: usize, placed_at: i64) -> (bool, u64) {
        let customer = self.data.orders.customer[order];
        let own = match self.of_customer.get(customer as usize) {
            Some(own) => own.clone(),
            None => self.of_order.get(&(order as u32)).cloned().unwrap_or_default(),
        };
        let own = own.start as usize..own.end as usize;
        let at = &self.touches.at[own.clone()];
        let first = own.start + at.partition_point(|at| *at < placed_at - self.look_back);
        let last = own.start + at.partition_point(|at| *at <= placed_at);
        // A touch that names another order belongs to that one alone.
        let is_its = |i: &usize| matches!(self.touches.order[*i], NO_ORDER) || self.touches.order[*i] as usize == order;
        let within = (first..last).filter(is_its);
        // What names the order itself may be noted a little after it, by another clock.
        let named = self.named.get(&(order as u32)).into_iter().flatten().map(|&i| i as usize);
        let named = named.filter(|&i| self.touches.at[i] <= placed_at + DAY);
        within
            .chain(named)
            .fold((false, 0), |(_, bits), i| (true, bits | self.platforms[usize::from(self.touches.channel[i])]))
    }
}
