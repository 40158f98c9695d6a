//! When people buy: growth of the shop, season, weekday, time of day, and the past sales.
//!
//! Buying runs on *exposure*: days of average intensity. A day in December or in a sale is worth more than one, a
//! Monday in February less. Measured in exposure the purchase process has constant rates, which is what makes the
//! planted parameters exact.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};

use super::dice::running_totals;
use super::truth::{Sale, Truth};
use crate::model::{Day, Zone};

/// Share of the day's orders by hour, 0–23.
const HOURS: [f64; 24] = [
    1.0, 0.6, 0.4, 0.3, 0.3, 0.6, 1.4, 2.6, 3.8, 5.0, 5.8, 6.2, 6.6, 6.2, 5.6, 5.4, 5.4, 5.8, 6.6, 7.6, 8.4, 7.4, 4.6,
    2.4,
];

/// Time as the shop's customers feel it.
#[derive(Debug, Clone)]
pub struct Rhythm {
    first: Day,
    zone: Zone,
    /// Running total of exposure at the end of each day.
    buying: Vec<f64>,
    /// Running total of first purchases (any scale) at the end of each day.
    arriving: Vec<f64>,
    hours: Vec<f64>,
}

impl Rhythm {
    /// The rhythm of a window of days, both included.
    pub fn new(first: Day, last: Day, zone: Zone, truth: &Truth) -> Self {
        let days = (first.0..=last.0).map(Day);
        let intensity: Vec<f64> = days.map(|day| intensity(day, truth)).collect();
        let mean = intensity.iter().sum::<f64>() / intensity.len().max(1) as f64;
        let arriving = intensity.iter().enumerate().map(|(i, w)| {
            let (age, all) = (i as f64, intensity.len() as f64);
            // A history that starts in the midst of a shop's life sees its old customers first.
            w * (1.0 + truth.base_surge * (-age / 60.0).exp()) * (1.0 + truth.growth * age / all)
        });
        Self {
            first,
            zone,
            arriving: running_totals(arriving),
            buying: running_totals(intensity.iter().map(|w| w / mean)),
            hours: running_totals(HOURS),
        }
    }

    /// Exposure from the start of the window to the end of a day.
    pub fn exposure_until(&self, day: Day) -> f64 {
        let index = i64::from(day.0) - i64::from(self.first.0);
        let last = self.buying.len() as i64 - 1;
        if index < 0 { 0.0 } else { self.buying.get(index.min(last) as usize).copied().unwrap_or(0.0) }
    }

    /// Exposure of the whole window.
    pub fn exposure(&self) -> f64 {
        self.buying.last().copied().unwrap_or(0.0)
    }

    /// The moment (UTC seconds) at which a share (0 ≤ share < 1) of all first purchases was reached, and its exposure.
    pub fn arrival(&self, share: f64) -> Option<(i64, f64)> {
        let (day, fraction) = locate(&self.arriving, share * self.arriving.last()?)?;
        let (before, after) = (total_before(&self.buying, day), self.buying[day]);
        Some((self.moment(day, fraction), before + fraction * (after - before)))
    }

    /// The moment (UTC seconds) at which an exposure was reached; `None` beyond the window.
    pub fn at(&self, exposure: f64) -> Option<i64> {
        let (day, fraction) = locate(&self.buying, exposure)?;
        Some(self.moment(day, fraction))
    }

    /// The moment in UTC seconds when a fraction of a day's orders was placed.
    fn moment(&self, day: usize, fraction: f64) -> i64 {
        let of_hours = fraction * self.hours[self.hours.len() - 1];
        let seconds = locate(&self.hours, of_hours).map_or(0.0, |(hour, part)| (hour as f64 + part) * 3600.0);
        let midnight = Day(self.first.0 + day as i32).date().and_time(NaiveTime::MIN);
        self.zone.to_utc(midnight + TimeDelta::seconds(seconds as i64))
    }
}

/// The step in which a running total passes `at`, and the part of the step before that.
fn locate(running_totals: &[f64], at: f64) -> Option<(usize, f64)> {
    let step = running_totals.partition_point(|&total| total <= at);
    let total = *running_totals.get(step)?;
    let before = total_before(running_totals, step);
    Some((step, ((at - before) / (total - before)).clamp(0.0, 1.0 - f64::EPSILON)))
}

fn total_before(running_totals: &[f64], step: usize) -> f64 {
    if step == 0 { 0.0 } else { running_totals[step - 1] }
}

/// Relative number of orders on a day.
fn intensity(day: Day, truth: &Truth) -> f64 {
    let lift: f64 = truth.sales.iter().filter(|sale| sale.contains(day)).map(|sale| sale.lift).product();
    truth.season_on(day) * truth.weekdays[day.date().weekday().num_days_from_monday() as usize] * lift
}

/// A kind of sale that comes back every year.
struct YearlySale {
    name: &'static str,
    code: Option<&'static str>,
    percent: u32,
    lift: f64,
    days: i32,
    starts: fn(i32) -> Option<NaiveDate>,
}

const YEARLY_SALES: &[YearlySale] = &[
    YearlySale {
        name: "January clearance",
        code: None,
        percent: 30,
        lift: 1.4,
        days: 7,
        starts: |year| NaiveDate::from_ymd_opt(year, 1, 8),
    },
    YearlySale {
        name: "Spring sale",
        code: Some("SPRING15"),
        percent: 15,
        lift: 1.5,
        days: 7,
        starts: |year| NaiveDate::from_ymd_opt(year, 4, 10),
    },
    YearlySale {
        name: "Summer sale",
        code: Some("SUMMER20"),
        percent: 20,
        lift: 1.7,
        days: 10,
        starts: |year| NaiveDate::from_ymd_opt(year, 6, 24),
    },
    YearlySale {
        name: "Black Friday",
        code: None,
        percent: 25,
        lift: 2.6,
        days: 4,
        starts: |year| NaiveDate::from_weekday_of_month_opt(year, 11, chrono::Weekday::Thu, 4)?.succ_opt(),
    },
];

/// The sales that lie wholly within a window of days, oldest first.
pub fn sales_within(first: Day, last: Day) -> Vec<Sale> {
    let years = first.date().year()..=last.date().year();
    let mut sales: Vec<Sale> = years
        .flat_map(|year| {
            YEARLY_SALES.iter().filter_map(move |kind| {
                let start = Day::from_date((kind.starts)(year)?);
                Some(Sale {
                    name: format!("{} {year}", kind.name),
                    first: start,
                    last: Day(start.0 + kind.days - 1),
                    percent: kind.percent,
                    code: kind.code,
                    lift: kind.lift,
                })
            })
        })
        .filter(|sale| sale.first >= first && sale.last <= last)
        .collect();
    sales.sort_by_key(|sale| sale.first);
    sales
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn black_friday_is_the_day_after_the_fourth_thursday_of_november() {
        let sales = sales_within(day("2024-01-01"), day("2026-10-14"));
        let fridays: Vec<_> =
            sales.iter().filter(|s| s.name.starts_with("Black")).map(|s| s.first.to_string()).collect();
        assert_eq!(fridays, ["2024-11-29", "2025-11-28"]);
        assert_eq!(sales.len(), 11);
    }

    #[test]
    fn exposure_and_moments_are_inverse_and_average_one_a_day() {
        let (first, last) = (day("2024-01-01"), day("2026-10-14"));
        let zone = Zone::parse("America/New_York").unwrap();
        let rhythm = Rhythm::new(first, last, zone, &Truth::planted(first, last));
        assert!((rhythm.exposure() - f64::from(last.0 - first.0 + 1)).abs() < 1e-6);
        for step in 0..500 {
            let exposure = rhythm.exposure() * f64::from(step) / 500.0;
            let on = zone.day(rhythm.at(exposure).unwrap());
            assert!(rhythm.exposure_until(Day(on.0 - 1)) <= exposure && exposure <= rhythm.exposure_until(on));
        }
        assert_eq!(rhythm.at(rhythm.exposure()), None);
    }
}
