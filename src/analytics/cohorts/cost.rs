//! What a new customer cost: imported spend divided by the new customers of the same time.
//!
//! A cohort of a period takes the spend of its period; one of a channel the spend of that channel (names compared
//! without letter case) in the periods with any; all others, and all together, the spend of the shop in the periods
//! with any. A period without a row of spend is left out: nobody knows whether nothing was spent or nothing was
//! imported. One row in a currency without a rate, and nobody can tell; nor can they of a period that shares the sum of
//! an advertising report with another one.

use std::ops::RangeInclusive;

use serde::Serialize;

use super::Grouping;
use super::group::Name;
use super::periods::Calendar;
use crate::analytics::revenue::divide_rounded;
use crate::analytics::spend::apart;
use crate::model::dataset::Spend;
use crate::model::{Dataset, Day, Definitions};

/// Where a cost comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CacFrom {
    /// The user typed it.
    Typed,
    /// Imported spend ÷ new customers.
    Spend,
}

/// What a new customer cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cac {
    /// Minor units of the shop's currency.
    pub amount: i64,
    /// Where that comes from.
    pub from: CacFrom,
}

/// Spend of a period.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    rows: u32,
    amount: i64,
    unrated: bool,
}

/// One sum for more than one period.
struct Shared {
    /// The periods.
    of: RangeInclusive<usize>,
    /// `None` = in a currency without a rate.
    amount: Option<i64>,
    /// Whether part of it lies before the first period or after the as-of day.
    beyond: bool,
}

/// What was spent.
struct Spent {
    by_period: Vec<Sum>,
    shared: Vec<Shared>,
}

/// Cost per new customer by group, and of all together; `sizes` are the new customers by group and period.
pub(super) fn costs(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    (calendar, by): (&Calendar, Grouping),
    (names, sizes): (&[Name], &[Vec<u64>]),
) -> (Vec<Option<i64>>, Option<i64>) {
    let counted = apart(&data.spend);
    let of = |channel: Option<&str>| spent(&counted, definitions, as_of, calendar, channel);
    let shop = of(None);
    let mut everybody = vec![0; calendar.starts.len()];
    for sizes in sizes {
        everybody.iter_mut().zip(sizes).for_each(|(all, n)| *all += n);
    }
    let total = cost(&shop, &everybody);
    let group = |(name, sizes): (&Name, &Vec<u64>)| match (by, name) {
        (Grouping::FirstOrder, _) => cost(&shop, sizes),
        (Grouping::Channel, Name::Text(channel)) => cost(&of(Some(channel)), sizes),
        _ => total,
    };
    (names.iter().zip(sizes).map(group).collect(), total)
}

/// Spend divided by new customers, over the periods that have both. A sum that is shared with a period that has no new
/// customers, or with days that are not looked at, tells nothing.
fn cost(spend: &Spent, new: &[u64]) -> Option<i64> {
    let mut amount = 0_i128;
    let mut counts: Vec<bool> = spend.by_period.iter().map(|sum| sum.rows > 0).collect();
    for sum in &spend.shared {
        let of = &new[sum.of.clone()];
        if of.iter().all(|n| *n == 0) {
            continue;
        }
        if sum.beyond || of.contains(&0) {
            return None;
        }
        amount += i128::from(sum.amount?);
        counts[sum.of.clone()].fill(true);
    }
    let mut customers = 0;
    for ((sum, n), _) in spend.by_period.iter().zip(new).zip(counts).filter(|((_, n), counts)| *counts && **n > 0) {
        if sum.unrated {
            return None;
        }
        amount += i128::from(sum.amount);
        customers += n;
    }
    (customers > 0).then(|| divide_rounded(amount, i128::from(customers))).and_then(|cost| i64::try_from(cost).ok())
}

fn spent(
    counted: &[&Spend],
    definitions: &Definitions,
    as_of: Day,
    calendar: &Calendar,
    channel: Option<&str>,
) -> Spent {
    let mut spent = Spent { by_period: vec![Sum::default(); calendar.starts.len()], shared: Vec::new() };
    let Some(&first) = calendar.starts.first() else { return spent };
    let wanted = |own: &str| channel.is_none_or(|channel| own.to_lowercase() == channel.to_lowercase());
    for spend in counted.iter().filter(|s| s.until >= first && s.day <= as_of && wanted(&s.channel)) {
        let amount = definitions.convert(spend.amount, spend.currency);
        let beyond = spend.day < first || spend.until > as_of;
        let of = [spend.day.max(first), spend.until.min(as_of)].map(|day| calendar.period(day) as usize);
        if beyond || of[0] != of[1] {
            spent.shared.push(Shared { of: of[0]..=of[1], amount, beyond });
            continue;
        }
        let sum = &mut spent.by_period[of[0]];
        sum.rows += 1;
        match amount {
            Some(amount) => sum.amount += amount,
            None => sum.unrated = true,
        }
    }
    spent
}
