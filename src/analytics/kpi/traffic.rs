//! Visits by channel and by device.

use std::collections::BTreeMap;

use super::frame::Frame;
use super::outside::Known;
use super::told::{DeviceRow, SourceRow};
use crate::analytics::compare::Change;
use crate::analytics::math::beta::wilson;
use crate::model::Day;
use crate::model::figure::Value;

/// Visits and purchases by channel.
type ByChannel = BTreeMap<String, (u64, Option<u64>)>;

/// Visits by channel, most first: of the reports that tell channels the fullest one, else touchpoints.
pub fn traffic(known: &Known, frame: &Frame) -> Vec<SourceRow> {
    let here = by_channel(known, frame.period);
    let covered = first_day(known).is_some_and(|first| first <= frame.against.0);
    let before = covered.then(|| by_channel(known, frame.against));
    let all: u64 = here.values().map(|(visits, _)| visits).sum();
    let row = |(channel, (visits, purchases)): (String, (u64, Option<u64>))| {
        let previous = before.as_ref().map(|before| before.get(&channel).map_or(0, |(visits, _)| *visits));
        let bought = purchases.filter(|bought| *bought <= visits);
        SourceRow {
            share: visits as f64 / all.max(1) as f64,
            conversion: bought.map(|bought| bought as f64 / visits.max(1) as f64),
            interval: bought.and_then(|bought| wilson(bought, visits)),
            change: Change::between(previous.map(Value::Count), Some(Value::Count(visits))),
            channel,
            visits,
            purchases,
            previous,
        }
    };
    let mut rows: Vec<SourceRow> = here.into_iter().map(row).collect();
    rows.sort_by(|a, b| b.visits.cmp(&a.visits).then_with(|| a.channel.cmp(&b.channel)));
    rows
}

fn first_day(known: &Known) -> Option<Day> {
    let reports = known.web.iter().filter(|report| report.by_channel);
    let web = reports.flat_map(|report| report.rows.iter().map(|row| row.day)).min();
    web.or_else(|| known.visits.rows.first().map(|row| row.day))
}

fn by_channel(known: &Known, days: (Day, Day)) -> ByChannel {
    let within = |from: Day, to: Day| from >= days.0 && to <= days.1;
    let of_report = |report: &crate::model::events::WebReport| {
        let mut sums = ByChannel::new();
        for row in report.rows.iter().filter(|row| within(row.day, row.until)) {
            let sum = sums.entry(row.channel.clone()).or_default();
            sum.0 += row.sessions;
            sum.1 = match (sum.1, row.purchases) {
                (Some(a), Some(b)) => Some(a + b),
                (a, b) => a.or(b),
            };
        }
        sums.retain(|_, (visits, _)| *visits > 0);
        sums
    };
    let reports = known.web.iter().filter(|report| report.by_channel).map(of_report);
    let fullest = reports.max_by_key(|sums| sums.values().map(|(visits, _)| *visits).sum::<u64>());
    if let Some(sums) = fullest.filter(|sums| !sums.is_empty()) {
        return sums;
    }
    let mut sums = ByChannel::new();
    for row in known.visits.rows.iter().filter(|row| within(row.day, row.day)) {
        let Some(channel) = known.visits.channels.get(usize::from(row.channel)) else { continue };
        let sum = sums.entry(channel.clone()).or_default();
        (sum.0, sum.1) = (sum.0 + row.visits, Some(sum.1.unwrap_or(0) + row.sold));
    }
    sums.retain(|_, (visits, _)| *visits > 0);
    sums
}

/// Touchpoints by device, most first; those of which nobody knows the device are left out.
pub fn devices(known: &Known, (from, to): (Day, Day)) -> Vec<DeviceRow> {
    let mut sums: BTreeMap<u16, (u64, u64)> = BTreeMap::new();
    for row in known.visits.rows.iter().filter(|row| row.day >= from && row.day <= to && row.device > 0) {
        let sum = sums.entry(row.device).or_default();
        (sum.0, sum.1) = (sum.0 + row.visits, sum.1 + row.sold);
    }
    let row = |(device, (visits, sold)): (u16, (u64, u64))| {
        Some(DeviceRow {
            device: known.visits.devices.get(usize::from(device))?.clone(),
            visits,
            sold,
            conversion: (visits > 0).then(|| sold as f64 / visits as f64),
            interval: wilson(sold, visits),
        })
    };
    let mut rows: Vec<DeviceRow> = sums.into_iter().filter_map(row).collect();
    rows.sort_by(|a, b| b.visits.cmp(&a.visits).then_with(|| a.device.cmp(&b.device)));
    rows
}
