//! The one place that writes figures and days for the window, in the user's locale.
//!
//! The window is drawn by one thread, so the locale is that thread's: what widgets print needs no further argument.

use std::cell::Cell;

use chrono::{DateTime, Local, Weekday};

use crate::model::kpi::Grain;
use crate::model::{Currency, Day, Locale};

thread_local! {
    static LOCALE: Cell<Locale> = const { Cell::new(Locale::En) };
    static WEEK: Cell<Weekday> = const { Cell::new(Weekday::Mon) };
}

/// The locale of the window.
pub fn current() -> Locale {
    LOCALE.get()
}

/// The day that weeks begin with.
pub fn first_weekday() -> Weekday {
    WEEK.get()
}

/// Changes the locale of the window, and the day that weeks begin with.
pub fn set(locale: Locale, first_weekday: Weekday) {
    LOCALE.set(locale);
    WEEK.set(first_weekday);
}

/// A number of things.
pub fn count(n: u64) -> String {
    current().count(n)
}

/// `3 files`, `1 file`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    current().counted(n, one, many)
}

/// A number with a fixed count of decimals.
pub fn number(value: f64, decimals: u32) -> String {
    current().number(value, decimals)
}

/// An amount with its currency.
pub fn money(minor: i64, currency: Currency) -> String {
    current().money(minor, currency)
}

/// A share as a percentage.
pub fn percent(share: f64, decimals: u32) -> String {
    current().percent(share, decimals)
}

/// A relative change or a bias with its sign, one decimal.
pub fn signed_percent(share: f64) -> String {
    let sign = if share < 0.0 { "−" } else { "+" };
    format!("{sign}{}", percent(share.abs(), 1))
}

/// The name of a step under a chart, by its first day.
pub fn step(grain: Grain, from: Day) -> String {
    match grain {
        Grain::Month => from.date().format("%b %y").to_string(),
        Grain::Day | Grain::Week => from.date().format("%-d %b").to_string(),
    }
}

/// A day.
pub fn date(day: Day) -> String {
    current().date(day)
}

/// Day and time of UTC seconds where the computer stands.
pub fn moment(at: i64) -> String {
    let Some(time) = DateTime::from_timestamp(at, 0).map(|time| time.with_timezone(&Local)) else {
        return String::new();
    };
    format!("{} {}", date(Day::from_date(time.date_naive())), time.format("%H:%M"))
}

/// The day of UTC seconds where the computer stands.
pub fn day_of(at: i64) -> String {
    let time = DateTime::from_timestamp(at, 0).map(|time| time.with_timezone(&Local).date_naive());
    time.map_or_else(String::new, |day| date(Day::from_date(day)))
}
