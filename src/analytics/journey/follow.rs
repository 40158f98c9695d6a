//! What followed: who went on after a moment, and which orders came last from where.

use rayon::prelude::*;

use super::by_day::{VisitDay, visits_by_day};
use super::evidence::{Conversion, Followed};
use super::steps::Step;
use super::trail::{DAY, Shop, Trail, from};
use crate::analytics::revenue::Revenue;
use crate::model::Day;
use crate::model::time::DayClock;

/// Persons in one task.
const CHUNK: usize = 8_192;

/// When somebody took a step at or after a moment; [`Step::Again`] = an order on a later day.
pub fn next(trail: &Trail, person: u32, at: i64, to: Step) -> Option<i64> {
    let did = from(trail.of(person as usize), at);
    let (step, after) = match to {
        Step::Again => (Step::Bought.index(), (at.div_euclid(DAY) + 1) * DAY),
        to => (to.index(), at),
    };
    did.iter().find(|did| did.step() >= step && did.at() >= after).map(|did| did.at())
}

/// Of people with a moment each, those who took a step within some days of it.
pub fn converted(trail: &Trail, people: &[(u32, i64)], to: Step, within_days: u32, end: i64) -> Conversion {
    let within = i64::from(within_days) * DAY;
    let old_enough = |at: i64| at + within <= end;
    let open = people.iter().filter(|(_, at)| !old_enough(*at)).count() as u64;
    let times: Vec<i64> = people
        .par_iter()
        .filter(|(_, at)| old_enough(*at))
        .filter_map(|(person, at)| next(trail, *person, *at, to).map(|then| then - at).filter(|took| *took <= within))
        .collect();
    Conversion::of(to.name(), within_days, [people.len() as u64 - open, times.len() as u64, open], times)
}

/// Revenue of an order after refunds, minor units of the shop's currency.
pub fn net(revenue: &Revenue<'_>, order: usize) -> i64 {
    let refunds = revenue.refunds_of(order, order + 1).map(|r| revenue.refunded(r)).sum::<i64>();
    revenue.before_refunds(order) - refunds
}

/// Orders and revenue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Credit {
    pub orders: u64,
    pub revenue: i64,
}

impl Credit {
    pub fn add(&mut self, other: Self) {
        self.orders += other.orders;
        self.revenue += other.revenue;
    }

    pub fn followed(self, rule: &'static str) -> Followed {
        Followed { orders: self.orders, revenue: self.revenue, rule }
    }
}

/// What the rule of [`last_touches`] is called.
pub const LAST_TOUCH: &str = "Orders whose last touch it was";

/// Orders of a period by the channel of the last touch before each within some days; `None` in the place of a channel
/// that has no touches. The last entry are orders without any touch.
pub fn last_touches(
    shop: &Shop<'_>,
    trail: &Trail,
    revenue: &Revenue<'_>,
    period: (Day, Day),
    within_days: u32,
    who: Option<&[bool]>,
) -> Vec<Credit> {
    let (touches, orders) = (shop.touches, &shop.data.orders);
    let within = i64::from(within_days) * DAY;
    let none = touches.channels.len();
    let visit = |i: usize| trail.touch_steps[usize::from(touches.kind[i])].is_some();
    let of_chunk = |chunk: usize| {
        let mut credits = vec![Credit::default(); none + 1];
        let mut clock = DayClock::new(shop.definitions.zone);
        for person in chunk * CHUNK..trail.persons.min((chunk + 1) * CHUNK) {
            if who.is_some_and(|who| !who.get(person).copied().unwrap_or(false)) {
                continue;
            }
            let range = trail.touches(person);
            for order in trail.purchases(shop.data, revenue, person) {
                if orders.day[order] < period.0 || orders.day[order] > period.1 {
                    continue;
                }
                let at = clock.local(orders.placed_at[order]);
                let before = range.start + touches.at[range.clone()].partition_point(|&touch| touch <= at);
                let last =
                    (range.start..before).rev().take_while(|&i| touches.at[i] >= at - within).find(|&i| visit(i));
                let credit = &mut credits[last.map_or(none, |i| usize::from(touches.channel[i]))];
                credit.add(Credit { orders: 1, revenue: net(revenue, order) });
            }
        }
        credits
    };
    let sum = |mut a: Vec<Credit>, b: Vec<Credit>| {
        a.iter_mut().zip(b).for_each(|(a, b)| a.add(b));
        a
    };
    (0..trail.persons.div_ceil(CHUNK)).into_par_iter().map(of_chunk).reduce(|| vec![Credit::default(); none + 1], sum)
}

/// Visits of a period that an order followed within some days, as the last before it, and all visits; on one device where
/// one is given. `None` without a visit.
pub fn visits_that_sold(
    shop: &Shop<'_>,
    trail: &Trail,
    period: (Day, Day),
    within_days: u32,
    device: Option<&str>,
) -> Option<(u64, u64)> {
    let found = visits_by_day(shop, trail, within_days);
    let is_device = |row: &VisitDay| device.is_none_or(|wanted| found.devices[usize::from(row.device)] == wanted);
    let rows = found.rows.iter().filter(|row| row.day >= period.0 && row.day <= period.1 && is_device(row));
    let (sold, all) = rows.fold((0, 0), |(sold, all), row| (sold + row.sold, all + row.visits));
    (all > 0).then_some((sold, all))
}

/// Orders of a period that came within some days after a use: uses by person, sorted.
pub fn after_uses(
    shop: &Shop<'_>,
    trail: &Trail,
    revenue: &Revenue<'_>,
    uses: &[(u32, i64)],
    period: (Day, Day),
    within_days: u32,
) -> Credit {
    let orders = &shop.data.orders;
    let within = i64::from(within_days) * DAY;
    let mut clock = DayClock::new(shop.definitions.zone);
    let mut credit = Credit::default();
    for theirs in uses.chunk_by(|a, b| a.0 == b.0) {
        for order in trail.purchases(shop.data, revenue, theirs[0].0 as usize) {
            let at = clock.local(orders.placed_at[order]);
            let in_period = orders.day[order] >= period.0 && orders.day[order] <= period.1;
            if in_period && theirs.iter().any(|(_, used)| *used <= at && at - used <= within) {
                credit.add(Credit { orders: 1, revenue: net(revenue, order) });
            }
        }
    }
    credit
}
