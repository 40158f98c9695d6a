//! What is told beside the steps: weekdays, months, growth.

use super::{Of, Season};
use crate::analytics::forecast::{History, Measure, Yearly};
use crate::model::Day;
use chrono::Datelike;

use super::rules::YEAR;

/// Weeks without a closed day and the like, so that each weekday is seen often enough.
const FEWEST_WEEKS: usize = 4;
/// Days that must be comparable with those of a year before.
const FEWEST_PAIRS: usize = 180;

/// What is told of a history.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seasons {
    pub weekdays: Vec<Season>,
    pub months: Vec<Season>,
    pub growth: Option<f64>,
}

impl Seasons {
    /// By the ordinary days.
    pub fn of(history: &History, of: Of) -> Self {
        Self { weekdays: weekdays(history, of), months: months(history, of), growth: growth(history, of) }
    }
}

/// Orders and revenue of an ordinary day.
fn day(history: &History, at: usize) -> Option<(f64, f64)> {
    let day = |of| history.day(of, at) as f64;
    history.is_ordinary(at).then(|| (day(Measure::Orders), day(Measure::Revenue)))
}

fn mean(of: Of, days: &[(f64, f64)]) -> Option<f64> {
    let (orders, revenue) = days.iter().fold((0.0, 0.0), |(a, b), (orders, revenue)| (a + orders, b + revenue));
    let n = days.len() as f64;
    match of {
        Of::Orders => Some(orders / n),
        Of::Revenue => Some(revenue / n),
        Of::Aov => (orders > 0.0).then(|| revenue / orders),
    }
}

/// Means of the weekdays of the last year ÷ their mean.
fn weekdays(history: &History, of: Of) -> Vec<Season> {
    let mut seen: [Vec<(f64, f64)>; 7] = Default::default();
    for at in history.len().saturating_sub(YEAR)..history.len() {
        let weekday = Day(history.first.0 + at as i32).date().weekday().num_days_from_monday() as usize;
        seen[weekday].extend(day(history, at));
    }
    if seen.iter().any(|days| days.len() < FEWEST_WEEKS) {
        return Vec::new();
    }
    let means: Vec<Option<f64>> = seen.iter().map(|days| mean(of, days)).collect();
    let all = means.iter().flatten().sum::<f64>() / means.iter().flatten().count().max(1) as f64;
    if all <= 0.0 {
        return Vec::new();
    }
    // A weekday without an order has no revenue per order.
    let season = |(at, mean): (usize, Option<f64>)| Some(Season { at: at as u32, factor: mean? / all });
    means.into_iter().enumerate().filter_map(season).collect()
}

/// Mean factors of the months of a year; of revenue per order those of revenue ÷ those of orders.
fn months(history: &History, of: Of) -> Vec<Season> {
    let season = |of| Yearly::of_history(history, of, history.last());
    let year = history.last().date().year() + 1;
    let factors = |season: Yearly| -> Vec<f64> {
        let month = |month: u32| {
            let first = chrono::NaiveDate::from_ymd_opt(year, month, 1).map(Day::from_date)?;
            Some(season.mean(first, Day(first.0 + i32::from(first.date().num_days_in_month()) - 1)))
        };
        let factors: Vec<f64> = (1..=12).filter_map(month).collect();
        let mean = factors.iter().sum::<f64>() / factors.len().max(1) as f64;
        factors.into_iter().map(|factor| factor / mean).collect()
    };
    let told = match of {
        Of::Orders => season(Measure::Orders).map(factors),
        Of::Revenue => season(Measure::Revenue).map(factors),
        Of::Aov => season(Measure::Orders).zip(season(Measure::Revenue)).map(|(orders, revenue)| {
            let quotients = factors(revenue).into_iter().zip(factors(orders));
            quotients.map(|(revenue, orders)| revenue / orders).collect()
        }),
    };
    let season = |(at, factor): (usize, f64)| Season { at: at as u32 + 1, factor };
    told.unwrap_or_default().into_iter().enumerate().map(season).collect()
}

/// The last year against the one before it, over days that are ordinary in both.
fn growth(history: &History, of: Of) -> Option<f64> {
    let from = history.len().checked_sub(YEAR)?;
    let pairs = (from..history.len()).filter_map(|at| Some((day(history, at)?, day(history, at.checked_sub(YEAR)?)?)));
    let (own, before): (Vec<_>, Vec<_>) = pairs.unzip();
    let before = mean(of, &before).filter(|_| own.len() >= FEWEST_PAIRS)?;
    (before > 0.0).then(|| mean(of, &own).map(|own| own / before - 1.0))?
}
