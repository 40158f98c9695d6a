//! Sales and spend by week, Monday to Sunday; only whole weeks.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analytics::revenue::Revenue;
use crate::analytics::spend::apart;
use crate::jobs::{Cancelled, Progress};
use crate::model::dataset::Spend;
use crate::model::{Currency, Dataset, Day, Definitions};

/// More channels than these are looked at as one.
pub const MOST_CHANNELS: usize = 10;
/// Name of the channels that are looked at as one.
pub const OTHERS: &str = "All other channels";
/// Name of spend that names no channel.
const UNNAMED: &str = "Channel not said";

/// A channel's spend by week.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// Minor units of the shop's currency, at least 0.
    pub spend: Vec<f64>,
}

/// A shop week by week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weeks {
    /// The Monday of the first week.
    pub first: Day,
    /// Revenue of orders of each week, minor units.
    pub revenue: Vec<f64>,
    /// Orders of each week.
    pub orders: Vec<f64>,
    /// Share of the days of each week on which the shop had a sale.
    pub on_sale: Vec<f64>,
    /// Channels with spend, the largest first.
    pub channels: Vec<Channel>,
    /// Currency of all amounts.
    pub currency: Currency,
    /// Version of the definitions.
    pub definitions: u32,
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Sums of periods that were spread evenly over their days.
    pub spread: u64,
    /// Weeks of a channel in which credits were more than its spend, which then counts as 0.
    pub credits: u64,
    /// Reports in a currency without a rate, left out.
    pub unrated: u64,
    /// Channels that are looked at as one.
    pub joined: u64,
}

impl Weeks {
    /// Number of weeks.
    pub fn len(&self) -> usize {
        self.revenue.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.revenue.is_empty()
    }

    /// Weeks in which any channel spent.
    pub fn with_spend(&self) -> u64 {
        (0..self.len()).filter(|week| self.channels.iter().any(|channel| channel.spend[*week] > 0.0)).count() as u64
    }
}

/// Monday of the week of a day.
fn monday(day: Day) -> Day {
    // 1970-01-01 was a Thursday.
    Day(day.0 - (day.0 + 3).rem_euclid(7))
}

/// The whole weeks in which spend is known and the shop had orders, up to a day. `name` says what the channel of a report
/// is called; `on_sale` are first and last days of the shop's sales.
///
/// # Errors
/// When the work was cancelled.
pub fn weeks(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    on_sale: &[(Day, Day)],
    name: &dyn Fn(&str) -> String,
    progress: &Progress,
) -> Result<Weeks, Cancelled> {
    let told: Vec<&Spend> = apart(&data.spend).into_iter().filter(|row| row.day <= as_of).collect();
    let (first, end) = span(data, &told, as_of);
    let n = usize::try_from((end.0 - first.0) / 7).unwrap_or(0);
    let mut weeks = Weeks {
        first,
        revenue: vec![0.0; n],
        orders: vec![0.0; n],
        on_sale: (0..n).map(|week| share_on_sale(on_sale, first.0 + 7 * week as i32)).collect(),
        channels: Vec::new(),
        currency: definitions.currency,
        definitions: definitions.version,
        as_of,
        spread: 0,
        credits: 0,
        unrated: 0,
        joined: 0,
    };
    weeks.sell(data, definitions, progress)?;
    weeks.spend(&told, definitions, name);
    Ok(weeks)
}

/// The first Monday, and the Monday after the last week.
fn span(data: &Dataset, told: &[&Spend], as_of: Day) -> (Day, Day) {
    let Some((first_order, last_order)) = data.span else { return (Day(0), Day(0)) };
    let amounts = || told.iter().filter(|row| row.amount != 0);
    let (Some(first), Some(last)) = (amounts().map(|row| row.day).min(), amounts().map(|row| row.until).max()) else {
        return (Day(0), Day(0));
    };
    let begin = monday(Day(first.max(first_order).0 + 6));
    let end = monday(Day(last.min(last_order).min(as_of).0 + 1));
    (begin, end.max(begin))
}

fn share_on_sale(on_sale: &[(Day, Day)], monday: i32) -> f64 {
    let is_on_sale = |day: i32| on_sale.iter().any(|(from, to)| (from.0..=to.0).contains(&day));
    (monday..monday + 7).filter(|day| is_on_sale(*day)).count() as f64 / 7.0
}

impl Weeks {
    /// The week of a day, if it is one of these.
    fn week(&self, day: Day) -> Option<usize> {
        let week = usize::try_from((day.0 - self.first.0).div_euclid(7)).ok()?;
        (week < self.revenue.len()).then_some(week)
    }

    fn sell(&mut self, data: &Dataset, definitions: &Definitions, progress: &Progress) -> Result<(), Cancelled> {
        let revenue = Revenue::new(data, definitions, self.as_of);
        let orders = &data.orders;
        progress.expect(orders.id.len() as u64);
        let refunds = &data.refunds;
        let mut refund = 0;
        for order in 0..orders.id.len() {
            if order % 65_536 == 0 {
                progress.step(order as u64)?;
            }
            let mut refunded = 0;
            while refunds.order.get(refund).is_some_and(|of| *of as usize <= order) {
                refunded += if refunds.order[refund] as usize == order { revenue.refunded(refund) } else { 0 };
                refund += 1;
            }
            if let Some(week) = self.week(orders.day[order]).filter(|_| revenue.is_counted(order)) {
                self.revenue[week] += (revenue.before_refunds(order) - refunded) as f64;
                self.orders[week] += f64::from(u8::from(revenue.is_purchase(order)));
            }
        }
        Ok(())
    }

    fn spend(&mut self, told: &[&Spend], definitions: &Definitions, name: &dyn Fn(&str) -> String) {
        let mut by_name: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for row in told {
            let Some(amount) = definitions.convert(row.amount, row.currency) else {
                self.unrated += 1;
                continue;
            };
            let called = name(&row.channel);
            let called = if called.trim().is_empty() { UNNAMED.to_owned() } else { called };
            let weekly = by_name.entry(called).or_insert_with(|| vec![0.0; self.revenue.len()]);
            let days = i64::from(row.until.0) - i64::from(row.day.0) + 1;
            self.spread += u64::from(days > 1);
            // Days outside the weeks get their part too, but nobody looks at it.
            let (from, to) =
                (row.day.0.max(self.first.0), row.until.0.min(self.first.0 + 7 * self.revenue.len() as i32));
            for day in from..=to {
                let week = usize::try_from((day - self.first.0).div_euclid(7)).ok();
                if let Some(sum) = week.and_then(|week| weekly.get_mut(week)) {
                    *sum += amount as f64 / days as f64;
                }
            }
        }
        for sum in by_name.values_mut().flatten().filter(|sum| **sum < 0.0) {
            (*sum, self.credits) = (0.0, self.credits + 1);
        }
        let mut channels: Vec<Channel> = by_name.into_iter().map(|(name, spend)| Channel { name, spend }).collect();
        let total = |channel: &Channel| channel.spend.iter().sum::<f64>();
        channels.retain(|channel| total(channel) > 0.0);
        channels.sort_by(|a, b| total(b).total_cmp(&total(a)).then_with(|| a.name.cmp(&b.name)));
        if channels.len() > MOST_CHANNELS {
            let rest = channels.split_off(MOST_CHANNELS - 1);
            self.joined = rest.len() as u64;
            let sum = |week: usize| rest.iter().map(|channel| channel.spend[week]).sum();
            channels.push(Channel { name: OTHERS.into(), spend: (0..self.revenue.len()).map(sum).collect() });
        }
        self.channels = channels;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_mondays() {
        assert_eq!(monday(Day(0)), Day(-3), "the Monday before Thursday, 1 January 1970");
        assert_eq!((monday(Day(4)), monday(Day(10)), monday(Day(11))), (Day(4), Day(4), Day(11)));
        assert!((share_on_sale(&[(Day(5), Day(6)), (Day(10), Day(40))], 4) - 3.0 / 7.0).abs() < 1e-12);
    }
}
