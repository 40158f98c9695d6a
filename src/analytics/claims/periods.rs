//! What is claimed in which period. Reports that tell one sum for more days than a period has are shared out evenly over
//! their days; nothing gets lost in rounding.

use std::collections::BTreeMap;

use super::{Claim, Claiming, Ledger, Period, Platform, apart_of_campaign};
pub use crate::analytics::cohorts::Step;
use crate::model::results::AdSpend;
use crate::model::{Currency, Day, Definitions};

/// Claims by period and altogether, one for each platform.
pub struct Claims {
    pub periods: Vec<Vec<Claim>>,
    pub total: Vec<Claim>,
}

/// The periods from one day to another, the first and last cut off at these days.
pub fn between(from: Day, to: Day, by: Step) -> Vec<Period> {
    let mut periods = Vec::new();
    let mut first = from;
    while first <= to {
        let next = by.next(by.start(first));
        let last = Day(next.0 - 1).min(to);
        periods.push(Period::new(first, last));
        // A calendar that ends stands still.
        first = Day(last.0.saturating_add(1)).max(Day(first.0.saturating_add(1)));
    }
    periods
}

/// The period that holds a day.
pub fn place(periods: &[Period], day: Day) -> Option<usize> {
    let at = periods.partition_point(|period| period.to < day);
    periods.get(at).filter(|period| period.from <= day).map(|_| at)
}

/// Adds up what each platform claims; what has no rate is noted in the ledger.
pub fn claims(platforms: &[(Claiming, &Platform)], ledger: &mut Ledger, definitions: &Definitions) -> Claims {
    let blank = |span: &Period| -> Vec<Claim> {
        let covered = |(claiming, _): &(Claiming, &Platform)| {
            let days = claiming.last.min(span.to).0 - claiming.first.max(span.from).0 + 1;
            Claim { covered_days: u32::try_from(days).unwrap_or(0), ..Claim::default() }
        };
        platforms.iter().map(covered).collect()
    };
    let mut claims = Claims { periods: ledger.periods.iter().map(blank).collect(), total: blank(&ledger.total) };
    let mut unrated: BTreeMap<String, (Currency, u64)> = BTreeMap::new();
    for (n, (_, platform)) in platforms.iter().enumerate() {
        for row in platform.groups.iter().flat_map(|group| apart_of_campaign(group)) {
            let value = row.value.map(|value| definitions.convert(value, row.currency));
            if value == Some(None) && overlaps(row, &ledger.total) {
                unrated.entry(row.currency.to_string()).or_insert((row.currency, 0)).1 += 1;
            }
            let told = Told { row, orders: row.conversions_milli, value: value.flatten() };
            for (period, own) in ledger.periods.iter().zip(&mut claims.periods) {
                told.add(period, &mut own[n]);
            }
            told.add(&ledger.total, &mut claims.total[n]);
        }
    }
    ledger.unrated = unrated.into_values().collect();
    claims
}

fn overlaps(row: &AdSpend, period: &Period) -> bool {
    row.day <= period.to && row.until >= period.from
}

/// A row with its revenue in the shop's currency.
struct Told<'a> {
    row: &'a AdSpend,
    orders: Option<i64>,
    value: Option<i64>,
}

impl Told<'_> {
    /// Adds the part of the row that lies within a period.
    fn add(&self, period: &Period, claim: &mut Claim) {
        if !overlaps(self.row, period) {
            return;
        }
        let (first, days) = (self.row.day.0, i64::from(self.row.until.0 - self.row.day.0) + 1);
        let before = i64::from((period.from.0 - first).max(0));
        let until = i64::from(period.to.min(self.row.until).0 - first) + 1;
        // Of running totals the differences add up to the whole.
        let part = |whole: i64| {
            let up_to = |day: i64| i128::from(whole) * i128::from(day) / i128::from(days);
            i64::try_from(up_to(until) - up_to(before)).unwrap_or(0)
        };
        let add = |sum: &mut Option<i64>, told: Option<i64>| {
            if let Some(told) = told {
                *sum = Some(sum.unwrap_or(0).saturating_add(part(told)));
            }
        };
        add(&mut claim.orders_milli, self.orders);
        add(&mut claim.revenue, self.value);
        claim.spread |= until - before < days;
    }
}
