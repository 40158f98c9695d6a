//! Spend of overlapping reports: a period's sum and the days within it are one amount, told twice.

use std::collections::BTreeMap;

use crate::model::Day;
use crate::model::dataset::Spend;
use crate::model::results::AdSpend;

/// What has days and an amount.
trait Told {
    fn days(&self) -> (Day, Day);
    fn amount(&self) -> i64;
}

impl Told for Spend {
    fn days(&self) -> (Day, Day) {
        (self.day, self.until)
    }

    fn amount(&self) -> i64 {
        self.amount
    }
}

impl Told for AdSpend {
    fn days(&self) -> (Day, Day) {
        (self.day, self.until)
    }

    fn amount(&self) -> i64 {
        self.amount
    }
}

/// The rows of spend that are counted, so that nothing counts twice.
///
/// Days stand apart by themselves. Where a tool also told the sum of a period for the same campaign, channel and
/// currency, the parts within it are taken if they add up to exactly that sum, else the sum. Of two periods that
/// overlap in part, the longer is taken (of equally long ones the earlier): nobody knows what lies in both.
pub fn apart(spend: &[Spend]) -> Vec<&Spend> {
    let key = |s: &Spend| (s.origin, s.campaign, s.channel.clone(), s.currency);
    let mut groups: BTreeMap<_, Vec<&Spend>> = BTreeMap::new();
    for period in spend.iter().filter(|s| s.until > s.day) {
        groups.entry(key(period)).or_default();
    }
    if groups.is_empty() {
        return spend.iter().collect();
    }
    let mut counted = Vec::with_capacity(spend.len());
    for row in spend {
        match groups.get_mut(&key(row)) {
            Some(group) => group.push(row),
            None => counted.push(row),
        }
    }
    counted.extend(groups.into_values().flat_map(of_group));
    counted
}

/// The same for the rows of one campaign.
pub fn apart_of_campaign(ads: &[AdSpend]) -> Vec<&AdSpend> {
    if ads.iter().all(|ad| ad.day == ad.until) {
        return ads.iter().collect();
    }
    let mut groups: BTreeMap<_, Vec<&AdSpend>> = BTreeMap::new();
    ads.iter().for_each(|ad| groups.entry(ad.currency).or_default().push(ad));
    groups.into_values().flat_map(of_group).collect()
}

fn of_group<T: Told>(mut rows: Vec<&T>) -> Vec<&T> {
    let length = |row: &T| row.days().1.0 - row.days().0.0;
    rows.sort_by_key(|row| (std::cmp::Reverse(length(row)), row.days()));
    let mut counted: Vec<&T> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let (first, last) = row.days();
        let same_day = |other: &T| first == last && other.days() == (first, last);
        let overlaps = |other: &T| other.days().0 <= last && first <= other.days().1;
        if counted.iter().any(|other| overlaps(other) && !same_day(other)) {
            continue;
        }
        let within = || rows[i + 1..].iter().filter(|part| part.days().0 >= first && part.days().1 <= last);
        let told_in_parts = first < last
            && within().next().is_some()
            && within().map(|part| part.amount()).sum::<i64>() == row.amount();
        if !told_in_parts {
            counted.push(row);
        }
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Currency;

    fn row(day: i32, until: i32, amount: i64, campaign: i64) -> Spend {
        let (day, until) = (Day(day), Day(until));
        Spend { day, until, channel: "Ads".into(), amount, currency: Currency::USD, origin: 1, campaign }
    }

    fn counted(rows: &[Spend]) -> Vec<i64> {
        let mut amounts: Vec<i64> = apart(rows).iter().map(|s| s.amount).collect();
        amounts.sort_unstable();
        amounts
    }

    #[test]
    fn a_sum_and_its_parts_count_once() {
        let days = [row(1, 1, 30, 1), row(2, 2, 70, 1)];
        assert_eq!(counted(&[&days[..], &[row(1, 10, 100, 1)]].concat()), [30, 70], "the parts are the whole");
        assert_eq!(counted(&[&days[..], &[row(1, 10, 150, 1)]].concat()), [150], "the parts are not all");
        assert_eq!(counted(&[&days[..], &[row(1, 10, 150, 2)]].concat()), [30, 70, 150], "another campaign");
        assert_eq!(counted(&[row(1, 10, 5, 1), row(5, 30, 7, 1), row(31, 31, 1, 1)]), [1, 7], "the longer of two");
        assert_eq!(counted(&days), [30, 70]);
    }
}
