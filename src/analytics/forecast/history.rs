//! What a shop sold by day and hour: the series that forecasts continue.

use chrono::NaiveTime;

use super::smooth::WEEK;
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Dataset, Day, Definitions, Zone};

/// Hours of a day. The 25th of the day on which clocks go back counts to the 24th.
pub const HOURS: usize = 24;
/// Days after a sale that are no ordinary ones either: who bought in it does not buy again at once.
const AFTERMATH: i32 = 7;
/// Days from which the hours of a day are taken.
const PROFILE_DAYS: usize = 52 * WEEK;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Orders.
    Orders,
    /// Revenue by the shop's definitions, minor units.
    Revenue,
}

/// Moments, UTC seconds: the first one, and the first one after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first moment.
    pub from: i64,
    /// The first moment after it.
    pub to: i64,
}

/// A part of a day, in hours since its midnight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The day.
    pub day: Day,
    /// From this hour.
    pub from: f64,
    /// To this one; 24 = to its end.
    pub to: f64,
}

impl Span {
    /// Whole days, both included.
    pub fn of_days(first: Day, last: Day, zone: Zone) -> Self {
        Self { from: midnight(first, zone), to: midnight(Day(last.0 + 1), zone) }
    }

    /// The days it touches, each with its hours.
    pub fn parts(&self, zone: Zone) -> Vec<Part> {
        let (first, last) = (zone.day(self.from), zone.day(self.to - 1));
        let part = |day: i32| {
            let (begins, ends) = (midnight(Day(day), zone), midnight(Day(day + 1), zone));
            let hour = |at: i64| ((at - begins) as f64 / 3_600.0).clamp(0.0, HOURS as f64);
            Part {
                day: Day(day),
                from: hour(self.from),
                to: if self.to >= ends { HOURS as f64 } else { hour(self.to) },
            }
        };
        (first.0..=last.0).map(part).collect()
    }

    /// Whether a moment lies in it.
    pub fn contains(&self, at: i64) -> bool {
        (self.from..self.to).contains(&at)
    }
}

fn midnight(day: Day, zone: Zone) -> i64 {
    zone.to_utc(day.date().and_time(NaiveTime::MIN))
}

/// What a shop sold, by day and hour.
#[derive(Debug, Clone)]
pub struct History {
    /// First day.
    pub first: Day,
    /// Days begin at midnight of this zone.
    pub zone: Zone,
    orders: Vec<[i64; HOURS]>,
    revenue: Vec<[i64; HOURS]>,
    ordinary: Vec<bool>,
}

impl History {
    /// Orders and revenue up to the end of `as_of`. Days of `sales` (both included) and the week after each are no
    /// ordinary days: forecasts neither learn from them nor are checked on them.
    ///
    /// # Errors
    /// When the work was cancelled.
    pub fn new(
        data: &Dataset,
        definitions: &Definitions,
        as_of: Day,
        sales: &[(Day, Day)],
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let (first, last) = data.span.map_or((as_of, Day(as_of.0 - 1)), |(first, last)| (first, last.min(as_of)));
        let days = usize::try_from(last.0 - first.0 + 1).unwrap_or(0);
        let zone = definitions.zone;
        let mut history = Self {
            first,
            zone,
            orders: vec![[0; HOURS]; days],
            revenue: vec![[0; HOURS]; days],
            ordinary: vec![true; days],
        };
        let midnights: Vec<i64> = (0..days).map(|at| midnight(Day(first.0 + at as i32), zone)).collect();
        let revenue = Revenue::new(data, definitions, last);
        let place = |i: usize| {
            let at = usize::try_from(data.orders.day[i].0 - first.0).ok()?;
            let hour = (data.orders.placed_at[i] - midnights.get(at)?) / 3_600;
            Some((at, hour.clamp(0, HOURS as i64 - 1) as usize))
        };
        for i in 0..data.orders.id.len() {
            if i % 65_536 == 0 {
                progress.step(i as u64)?;
            }
            if !revenue.is_counted(i) {
                continue;
            }
            if let Some((at, hour)) = place(i) {
                history.revenue[at][hour] += revenue.before_refunds(i);
                history.orders[at][hour] += i64::from(revenue.is_purchase(i));
            }
        }
        for r in 0..data.refunds.order.len() {
            if let Some((at, hour)) = place(data.refunds.order[r] as usize) {
                history.revenue[at][hour] -= revenue.refunded(r);
            }
        }
        for day in sales.iter().flat_map(|(from, to)| from.0..=to.0 + AFTERMATH) {
            if let Some(at) = history.at(Day(day)) {
                history.ordinary[at] = false;
            }
        }
        Ok(history)
    }

    /// Whole days by value, the same for orders and revenue, for series that come from elsewhere; all are ordinary.
    pub fn of_days(first: Day, zone: Zone, values: &[i64]) -> Self {
        Self::of_series(first, zone, values, values)
    }

    /// Whole days by orders and revenue, for series that come from elsewhere; all are ordinary.
    pub fn of_series(first: Day, zone: Zone, orders: &[i64], revenue: &[i64]) -> Self {
        let by_hour = |value: &i64| {
            let mut hours = [value / HOURS as i64; HOURS];
            hours[HOURS / 2] += value % HOURS as i64;
            hours
        };
        let days = orders.len().min(revenue.len());
        let all = |values: &[i64]| values[..days].iter().map(by_hour).collect();
        Self { first, zone, orders: all(orders), revenue: all(revenue), ordinary: vec![true; days] }
    }

    /// Makes some days, both included, no ordinary ones.
    pub fn leave_out(&mut self, first: Day, last: Day) {
        for day in first.0.max(self.first.0)..=last.0.min(self.last().0) {
            self.ordinary[(day - self.first.0) as usize] = false;
        }
    }

    /// The same, known only up to the end of a day.
    #[must_use]
    pub fn until(&self, last: Day) -> Self {
        let mut known = self.clone();
        let days = usize::try_from(last.0 - self.first.0 + 1).unwrap_or(0).min(self.len());
        known.orders.truncate(days);
        known.revenue.truncate(days);
        known.ordinary.truncate(days);
        known
    }

    /// Days in it.
    pub fn len(&self) -> usize {
        self.ordinary.len()
    }

    /// Whether it has no day.
    pub fn is_empty(&self) -> bool {
        self.ordinary.is_empty()
    }

    /// The last day; the day before the first when there is none.
    pub fn last(&self) -> Day {
        Day(self.first.0 + self.len() as i32 - 1)
    }

    /// Position of a day in it.
    pub fn at(&self, day: Day) -> Option<usize> {
        usize::try_from(day.0 - self.first.0).ok().filter(|at| *at < self.len())
    }

    /// Whether the day at a position is neither in a sale nor just after one.
    pub fn is_ordinary(&self, at: usize) -> bool {
        self.ordinary.get(at).copied().unwrap_or(false)
    }

    fn grid(&self, of: Measure) -> &[[i64; HOURS]] {
        match of {
            Measure::Orders => &self.orders,
            Measure::Revenue => &self.revenue,
        }
    }

    /// All of the day at a position; 0 beyond the history.
    pub fn day(&self, of: Measure, at: usize) -> i64 {
        self.grid(of).get(at).map_or(0, |hours| hours.iter().sum())
    }

    /// A part of the day at a position; within an hour it runs evenly.
    pub fn part(&self, of: Measure, at: usize, part: &Part) -> f64 {
        self.grid(of).get(at).map_or(0.0, |hours| share_of(|hour| hours[hour] as f64, part))
    }

    /// Sum over moments.
    pub fn sum(&self, of: Measure, span: &Span) -> f64 {
        let parts = span.parts(self.zone);
        parts.iter().filter_map(|part| self.at(part.day).map(|at| self.part(of, at, part))).sum()
    }

    /// The days at positions `from..end`; those that are not ordinary are `None`.
    pub fn ordinary_days(&self, of: Measure, from: usize, end: usize) -> Vec<Option<f64>> {
        (from..end).map(|at| self.is_ordinary(at).then(|| self.day(of, at) as f64)).collect()
    }

    /// The share of each hour in an ordinary day, over the year before position `end`; all the same without any.
    pub fn profile(&self, of: Measure, end: usize) -> Profile {
        let mut sums = [0.0; HOURS];
        for at in (end.saturating_sub(PROFILE_DAYS)..end).filter(|at| self.is_ordinary(*at)) {
            sums.iter_mut().zip(&self.grid(of)[at]).for_each(|(sum, value)| *sum += (*value).max(0) as f64);
        }
        let all: f64 = sums.iter().sum();
        Profile(if all > 0.0 { sums.map(|sum| sum / all) } else { [1.0 / HOURS as f64; HOURS] })
    }
}

/// The share of each hour in a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Profile([f64; HOURS]);

impl Profile {
    /// The share of a part of a day.
    pub fn share(&self, part: &Part) -> f64 {
        share_of(|hour| self.0[hour], part)
    }
}

fn share_of(value: impl Fn(usize) -> f64, part: &Part) -> f64 {
    let overlap = |hour: usize| (part.to.min(hour as f64 + 1.0) - part.from.max(hour as f64)).max(0.0);
    (0..HOURS).map(|hour| value(hour) * overlap(hour)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_days_from_ten_in_the_morning_touch_four() {
        let zone = Zone::parse("America/New_York").unwrap();
        let at = |text: &str| zone.to_utc(text.parse().unwrap());
        let span = Span { from: at("2026-10-23T10:00:00"), to: at("2026-10-26T10:00:00") };
        let parts = span.parts(zone);
        let hours: Vec<(f64, f64)> = parts.iter().map(|part| (part.from, part.to)).collect();
        assert_eq!(hours, [(10.0, 24.0), (0.0, 24.0), (0.0, 24.0), (0.0, 10.0)]);
        assert_eq!(parts[0].day.to_string(), "2026-10-23");
        // Clocks go back on 1 November: the day has 25 hours and is whole all the same.
        let longer = Span::of_days(Day::parse("2026-11-01").unwrap(), Day::parse("2026-11-01").unwrap(), zone);
        assert_eq!(longer.to - longer.from, 25 * 3_600);
        assert_eq!(longer.parts(zone), [Part { day: Day::parse("2026-11-01").unwrap(), from: 0.0, to: 24.0 }]);
    }

    #[test]
    fn hours_are_shared_out() {
        let history = History::of_days(Day(0), Zone::UTC, &[24_000; 30]);
        let part = Part { day: Day(3), from: 6.5, to: 12.0 };
        assert_eq!(history.part(Measure::Orders, 3, &part), 5_500.0);
        let profile = history.profile(Measure::Orders, 30);
        assert!((profile.share(&part) - 5.5 / 24.0).abs() < 1e-12);
        assert_eq!(history.sum(Measure::Orders, &Span { from: 86_400, to: 3 * 86_400 + 3_600 }), 49_000.0);
    }
}
