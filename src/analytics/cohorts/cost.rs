//! What a new customer cost: imported spend divided by the new customers of the same time.
//!
//! A cohort of a period takes the spend of its period; one of a channel the spend of that channel (names compared
//! without letter case) in the periods with any; all others, and all together, the spend of the shop in the periods
//! with any. A period without a row of spend is left out: nobody knows whether nothing was spent or nothing was
//! imported. One row in a currency without a rate, and nobody can tell.

use serde::Serialize;

use super::Grouping;
use super::group::Name;
use super::periods::Calendar;
use crate::analytics::revenue::divide_rounded;
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

/// Cost per new customer by group, and of all together; `sizes` are the new customers by group and period.
pub(super) fn costs(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    (calendar, by): (&Calendar, Grouping),
    (names, sizes): (&[Name], &[Vec<u64>]),
) -> (Vec<Option<i64>>, Option<i64>) {
    let of = |channel: Option<&str>| by_period(data, definitions, as_of, calendar, channel);
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

/// Spend divided by new customers, over the periods that have both.
fn cost(spend: &[Sum], new: &[u64]) -> Option<i64> {
    let (mut amount, mut customers) = (0_i128, 0_u64);
    for (sum, n) in spend.iter().zip(new).filter(|(sum, n)| sum.rows > 0 && **n > 0) {
        if sum.unrated {
            return None;
        }
        amount += i128::from(sum.amount);
        customers += n;
    }
    (customers > 0).then(|| divide_rounded(amount, i128::from(customers))).and_then(|cost| i64::try_from(cost).ok())
}

fn by_period(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    calendar: &Calendar,
    channel: Option<&str>,
) -> Vec<Sum> {
    let mut sums = vec![Sum::default(); calendar.starts.len()];
    let Some(&first) = calendar.starts.first() else { return sums };
    let wanted = |own: &str| channel.is_none_or(|channel| own.to_lowercase() == channel.to_lowercase());
    for spend in data.spend.iter().filter(|s| s.day >= first && s.day <= as_of && wanted(&s.channel)) {
        let sum = &mut sums[calendar.period(spend.day) as usize];
        sum.rows += 1;
        match definitions.convert(spend.amount, spend.currency) {
            Some(amount) => sum.amount += amount,
            None => sum.unrated = true,
        }
    }
    sums
}
