//! Which past days a sale is replayed on.

use chrono::{Datelike, Days, NaiveDateTime, NaiveTime, TimeDelta};

use crate::analytics::revenue::Revenue;
use crate::model::{Dataset, Day, Definitions, SalePlan, TooLittle};

/// How the past days were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The same season so many years before the sale: the nearest equal weekdays, the same hours.
    SameSeason(u32),
    /// The last days with orders, since no earlier season has any.
    Latest,
    /// The user's own.
    Chosen,
}

/// Past moments, UTC seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastWindow {
    /// The first one.
    pub from: i64,
    /// The first one after it.
    pub to: i64,
    /// From when on those with early access may buy.
    pub early: Option<i64>,
    /// First and last day of `from..to` in the shop's zone.
    pub days: (Day, Day),
    /// How it was found.
    pub basis: Basis,
}

impl PastWindow {
    /// The first moment that concerns anybody.
    pub fn begins(&self) -> i64 {
        self.early.map_or(self.from, |early| early.min(self.from))
    }
}

/// Seasons further back are another shop.
const YEARS_BACK: u32 = 30;

/// The past window of a plan: `chosen` days (both included), else the same season in the latest year before the sale
/// that has orders then, else the last days with orders.
///
/// # Errors
/// When there is no order in it.
pub fn past_window(
    data: &Dataset,
    definitions: &Definitions,
    plan: &SalePlan,
    chosen: Option<(Day, Day)>,
) -> Result<PastWindow, TooLittle> {
    let none = TooLittle { have: 0, need: 1, what: "orders in the days to replay the sale on" };
    let Some((first, last)) = data.span else { return Err(none) };
    let revenue = Revenue::new(data, definitions, last);
    let has_orders = |window: &PastWindow| {
        let range = window.from..window.to;
        (0..data.orders.id.len()).any(|i| range.contains(&data.orders.placed_at[i]) && revenue.is_purchase(i))
    };
    let of = |from, to, basis| window(definitions, plan, from, to, basis);
    if let Some((from, to)) = chosen {
        let window = of(midnight(from), midnight(Day(to.0 + 1)), Basis::Chosen);
        return if has_orders(&window) { Ok(window) } else { Err(none) };
    }
    let length = plan.ends - plan.starts;
    for years in 1..=YEARS_BACK {
        let from = years_before(plan.starts, years);
        let Some((from, to)) = from.and_then(|from| Some((from, from.checked_add_signed(length)?))) else { continue };
        let window = of(from, to, Basis::SameSeason(years));
        if window.days.0 < first {
            break;
        }
        if window.days.1 <= last && has_orders(&window) {
            return Ok(window);
        }
    }
    let end = midnight(Day(last.0 + 1));
    let window = end.checked_sub_signed(length).map(|from| of(from, end, Basis::Latest));
    window.filter(has_orders).ok_or(none)
}

fn window(
    definitions: &Definitions,
    plan: &SalePlan,
    from: NaiveDateTime,
    to: NaiveDateTime,
    basis: Basis,
) -> PastWindow {
    let zone = definitions.zone;
    let ahead = plan.early_access.as_ref().map(|early| plan.starts - early.starts);
    let early = ahead.and_then(|ahead| from.checked_sub_signed(ahead)).map(|early| zone.to_utc(early));
    let (from, to) = (zone.to_utc(from), zone.to_utc(to));
    PastWindow { from, to, early, days: (zone.day(from), zone.day(to - 1)), basis }
}

fn midnight(day: Day) -> NaiveDateTime {
    day.date().and_time(NaiveTime::MIN)
}

/// The moment on the nearest equal weekday to the same date so many years before.
fn years_before(moment: NaiveDateTime, years: u32) -> Option<NaiveDateTime> {
    let date = moment.date();
    let year = date.year() - years as i32;
    // There is no 29 February in most years.
    let same = date.with_year(year).or_else(|| date.checked_sub_days(Days::new(1))?.with_year(year))?;
    let ahead = (7 + date.weekday().num_days_from_monday() as i64 - same.weekday().num_days_from_monday() as i64) % 7;
    let nearest = if ahead > 3 { ahead - 7 } else { ahead };
    same.checked_add_signed(TimeDelta::days(nearest)).map(|date| date.and_time(moment.time()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_season_of_another_year_begins_on_the_same_weekday() {
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        assert_eq!(years_before(at("2026-10-23 10:00"), 1), Some(at("2025-10-24 10:00")));
        assert_eq!(years_before(at("2024-02-29 08:30"), 1), Some(at("2023-03-02 08:30")));
        for years in 1..=30 {
            let back = years_before(at("2026-11-27 00:00"), years).unwrap();
            assert_eq!(back.weekday(), at("2026-11-27 00:00").weekday());
            assert!((back.ordinal() as i32 - 331).abs() <= 4, "{back}");
        }
    }
}
