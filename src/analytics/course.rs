//! The course of one customer: the days that decide the segment, and the segments that follow from them day by day.

use super::facts::{CustomerFacts, year_to};
use super::revenue::Revenue;
use super::segments::{Segment, SegmentRules};
use crate::model::dataset::NO_DAY;
use crate::model::{Dataset, Day};

/// The days that decide the segment of one customer.
pub struct Course {
    created: Day,
    has_orders: bool,
    /// First day with any order that is a fact, counted or not.
    seen: Option<Day>,
    /// First day with something that changed revenue.
    bought: Option<Day>,
    /// First day with an order in a currency without a rate.
    unrated: Option<Day>,
    purchases: Vec<Day>,
}

impl Course {
    /// The course of the customer with an index.
    pub fn of(data: &Dataset, revenue: &Revenue<'_>, customer: usize) -> Self {
        let orders = &data.orders;
        let range = orders.of_customer(customer);
        let days = |wanted: &dyn Fn(usize) -> bool| range.clone().find(|&i| wanted(i)).map(|i| orders.day[i]);
        Self {
            created: data.customers.created[customer],
            has_orders: !range.is_empty(),
            seen: days(&|_| true),
            bought: days(&|i| revenue.is_counted(i)),
            unrated: days(&|i| !revenue.is_counted(i) && !revenue.convertible(i)),
            purchases: range.filter(|&i| revenue.is_purchase(i)).map(|i| orders.day[i]).collect(),
        }
    }

    /// The facts that segments look at, as they were at the end of a day; revenue is none of them.
    pub fn facts(&self, day: Day) -> CustomerFacts {
        let by = |when: Option<Day>| when.is_some_and(|when| when <= day);
        let known = &self.purchases[..self.purchases.partition_point(|p| *p <= day)];
        let in_year = known.len() - known.partition_point(|p| *p < year_to(day).0);
        let account = self.created <= day && (self.created != NO_DAY || !self.has_orders);
        CustomerFacts {
            orders: known.len() as u32,
            orders_in_year: in_year as u32,
            first: known.first().copied().unwrap_or(NO_DAY),
            last: known.last().copied().unwrap_or(NO_DAY),
            revenue: 0,
            revenue_in_year: 0,
            bought: by(self.bought),
            unrated: by(self.unrated),
            present: by(self.seen) || account,
        }
    }

    /// The first day of the unbroken stay in the segment of `until`.
    pub fn since(&self, rules: &SegmentRules, until: Day) -> Option<Day> {
        let here = rules.segment(&self.facts(until), until);
        let first = self.begins()?;
        // Segments change within the longest of their windows, and at the first day there is.
        let mut day = until;
        while day > first && rules.segment(&self.facts(Day(day.0 - 1)), Day(day.0 - 1)) == here {
            day = Day(day.0 - 1);
        }
        Some(day)
    }

    /// The first day that the customer was there; `None` for an account of unknown age that never ordered.
    fn begins(&self) -> Option<Day> {
        self.seen.into_iter().chain((self.created != NO_DAY).then_some(self.created)).min()
    }

    /// Every stay in a segment up to the end of `until`, oldest first: the day-by-day answer of the segment table,
    /// with days of the same answer taken together.
    pub fn stays(&self, rules: &SegmentRules, until: Day) -> Vec<Stay> {
        let on = |day: Day| rules.segment(&self.facts(day), day);
        let Some(first) = self.begins() else {
            return vec![Stay { segment: on(until), from: None }];
        };
        let mut stays: Vec<Stay> = Vec::new();
        for day in (first.0..=until.0).map(Day) {
            let segment = on(day);
            if stays.last().is_none_or(|stay| stay.segment != segment) {
                stays.push(Stay { segment, from: Some(day) });
            }
        }
        stays
    }
}

/// An unbroken stay in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// Which; `None` where nobody can tell (bought only in currencies without a rate).
    pub segment: Option<Segment>,
    /// Its first day; `None` = ever since, for accounts of unknown age.
    pub from: Option<Day>,
}
