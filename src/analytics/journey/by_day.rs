//! Visits and carts of everybody by day, so that any days can be summed.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::steps::Step;
use super::trail::{DAY, Did, Shop, Trail};
use crate::analytics::revenue::Revenue;
use crate::model::Day;
use crate::model::time::DayClock;

/// A cart that is ordered within so many seconds was finished.
pub const FINISHED: i64 = DAY;
/// Persons in one task.
const CHUNK: usize = 8_192;

/// Visits of a day on a channel and device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitDay {
    /// The day.
    pub day: Day,
    /// Index into [`VisitDays::channels`].
    pub channel: u16,
    /// Index into [`VisitDays::devices`].
    pub device: u16,
    /// Touches that are visits.
    pub visits: u64,
    /// Those that an order followed within some days, as the last before it.
    pub sold: u64,
}

/// Visits by day, channel and device.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisitDays {
    /// The rows, by day.
    pub rows: Vec<VisitDay>,
    /// Names of channels after merging.
    pub channels: Vec<String>,
    /// Devices, in lower case; entry 0 is empty = not said.
    pub devices: Vec<String>,
}

/// Carts begun on a day. Those whose day is not over are in neither number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CartDay {
    /// The day.
    pub day: Day,
    /// Begun.
    pub begun: u64,
    /// Of them, ordered within a day.
    pub finished: u64,
}

/// Adds visits and those that sold to rows by day, channel and device.
type Counted = BTreeMap<(i32, u16, u16), (u64, u64)>;

/// Visits of everybody up to the end of what is known; one sold that was the last before an order within some days.
pub fn visits_by_day(shop: &Shop<'_>, trail: &Trail, within_days: u32) -> VisitDays {
    let (touches, data) = (shop.touches, shop.data);
    let revenue = Revenue::new(data, shop.definitions, shop.as_of);
    let within = i64::from(within_days) * DAY;
    let visit = |i: usize| trail.touch_steps[usize::from(touches.kind[i])].is_some();
    let key = |i: usize| (touches.at[i].div_euclid(DAY) as i32, touches.channel[i], touches.device[i]);
    let of_chunk = |chunk: usize| {
        let mut clock = DayClock::new(shop.definitions.zone);
        let mut rows = Counted::new();
        for person in chunk * CHUNK..trail.persons.min((chunk + 1) * CHUNK) {
            let range = trail.touches(person);
            for i in range.clone().filter(|&i| visit(i) && touches.at[i] < shop.end()) {
                rows.entry(key(i)).or_default().0 += 1;
            }
            let mut before = None;
            for order in trail.purchases(data, &revenue, person) {
                let at = clock.local(data.orders.placed_at[order]);
                let end = range.start + touches.at[range.clone()].partition_point(|&touch| touch <= at);
                let last = (range.start..end).rev().take_while(|&i| touches.at[i] >= at - within).find(|&i| visit(i));
                if let Some(i) = last.filter(|_| last != before) {
                    rows.entry(key(i)).or_default().1 += 1;
                }
                before = last.or(before);
            }
        }
        rows
    };
    let sum = |mut a: Counted, b: Counted| {
        for (key, (visits, sold)) in b {
            let row = a.entry(key).or_default();
            (row.0, row.1) = (row.0 + visits, row.1 + sold);
        }
        a
    };
    let rows = (0..trail.persons.div_ceil(CHUNK)).into_par_iter().map(of_chunk).reduce(Counted::new, sum);
    let row = |((day, channel, device), (visits, sold))| VisitDay { day: Day(day), channel, device, visits, sold };
    VisitDays {
        rows: rows.into_iter().map(row).collect(),
        channels: touches.channels.clone(),
        devices: touches.devices.clone(),
    }
}

/// Calls `each` with the carts of somebody: when they were begun, and when ordered, if they were within a day.
pub fn each_cart(did: &[Did], mut each: impl FnMut(i64, Option<i64>)) {
    // The cart that is open, and its beginning.
    let mut cart: Option<i64> = None;
    for did in did {
        if let Some(began) = cart.filter(|began| did.at() - began > FINISHED) {
            each(began, None);
            cart = None;
        }
        if did.step() == Step::Started.index() {
            cart = cart.or(Some(did.at()));
        } else if did.step() == Step::Bought.index() {
            each(cart.take().unwrap_or(did.at()), Some(did.at()));
        }
    }
    if let Some(began) = cart {
        each(began, None);
    }
}

/// Carts of everybody up to a moment, the end of what is known.
pub fn carts_by_day(trail: &Trail, end: i64) -> Vec<CartDay> {
    let mut days: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
    for person in 0..trail.persons {
        each_cart(trail.of(person), |began, bought| {
            if began < end && (bought.is_some() || began + FINISHED <= end) {
                let day = days.entry(began.div_euclid(DAY)).or_default();
                (day.0, day.1) = (day.0 + 1, day.1 + u64::from(bought.is_some()));
            }
        });
    }
    let row = |(day, (begun, finished))| CartDay { day: Day(day as i32), begun, finished };
    days.into_iter().map(row).collect()
}
