//! On which day of a year a holiday falls.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::model::Day;

/// A rule for a day of each year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum On {
    /// The same month and day.
    Fixed(u32, u32),
    /// The nth weekday of a month; the last one when `None`.
    Nth(Weekday, Option<u8>, u32),
    /// The first such weekday on or after a month and day.
    From(Weekday, u32, u32),
    /// The last such weekday on or before a month and day.
    Until(Weekday, u32, u32),
    /// Days from Easter Sunday.
    Easter(i32),
    /// Days from another day of the same country.
    After(String, i32),
}

impl On {
    /// Reads a rule as `assets/holidays.toml` writes it.
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(' ').collect();
        if let [weekday, which, "of", month] = words.as_slice()
            && let Ok(weekday) = weekday.parse()
        {
            let nth = if *which == "last" { None } else { Some(which.parse().ok().filter(|n| (1..=4).contains(n))?) };
            return Some(Self::Nth(weekday, nth, month.parse().ok().filter(|month| (1..=12).contains(month))?));
        }
        if let [weekday, side @ ("from" | "until"), date] = words.as_slice()
            && let Ok(weekday) = weekday.parse()
        {
            let (month, day) = month_and_day(date)?;
            return Some(if *side == "from" {
                Self::From(weekday, month, day)
            } else {
                Self::Until(weekday, month, day)
            });
        }
        if let Some((month, day)) = month_and_day(text) {
            return Some(Self::Fixed(month, day));
        }
        let at = text.rfind(['+', '-']).unwrap_or(text.len());
        let (name, days) = text.split_at(at);
        let days = if days.is_empty() { 0 } else { days.parse().ok()? };
        Some(if name == "easter" { Self::Easter(days) } else { Self::After(name.to_owned(), days) })
    }

    /// The day in a year; `other` looks up days of the same country by name.
    pub fn day(&self, year: i32, other: &dyn Fn(&str) -> Option<Day>) -> Option<Day> {
        let date = |month, day| NaiveDate::from_ymd_opt(year, month, day).map(Day::from_date);
        match self {
            Self::Fixed(month, day) => date(*month, *day),
            Self::Nth(weekday, Some(n), month) => {
                NaiveDate::from_weekday_of_month_opt(year, *month, *weekday, *n).map(Day::from_date)
            }
            Self::Nth(weekday, None, month) => {
                let next = if *month == 12 { NaiveDate::from_ymd_opt(year + 1, 1, 1) } else { None };
                let next = next.or_else(|| NaiveDate::from_ymd_opt(year, month + 1, 1))?;
                Some(until(Day(Day::from_date(next).0 - 1), *weekday))
            }
            Self::From(weekday, month, day) => {
                let first = date(*month, *day)?;
                Some(until(Day(first.0 + 6), *weekday))
            }
            Self::Until(weekday, month, day) => Some(until(date(*month, *day)?, *weekday)),
            Self::Easter(days) => Some(Day(easter(year)?.0 + days)),
            Self::After(name, days) => Some(Day(other(name)?.0 + days)),
        }
    }
}

/// `05-18`.
fn month_and_day(text: &str) -> Option<(u32, u32)> {
    let (month, day) = text.split_once('-').filter(|(month, day)| month.len() == 2 && day.len() == 2)?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    NaiveDate::from_ymd_opt(2000, month, day).map(|_| (month, day))
}

/// The last such weekday on or before a day.
fn until(day: Day, weekday: Weekday) -> Day {
    let back = day.date().weekday().days_since(weekday);
    Day(day.0 - back as i32)
}

/// Easter Sunday of the Western churches, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8).
pub fn easter(year: i32) -> Option<Day> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?).map(Day::from_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read() {
        assert_eq!(On::parse("12-25"), Some(On::Fixed(12, 25)));
        assert_eq!(On::parse("monday 3 of 01"), Some(On::Nth(Weekday::Mon, Some(3), 1)));
        assert_eq!(On::parse("monday last of 05"), Some(On::Nth(Weekday::Mon, None, 5)));
        assert_eq!(On::parse("saturday from 06-20"), Some(On::From(Weekday::Sat, 6, 20)));
        assert_eq!(On::parse("easter-2"), Some(On::Easter(-2)));
        assert_eq!(On::parse("easter"), Some(On::Easter(0)));
        assert_eq!(On::parse("Thanksgiving+1"), Some(On::After("Thanksgiving".into(), 1)));
        assert_eq!(On::parse("monday 5 of 01"), None);
        assert_eq!(On::parse("monday 1 of 13"), None);
    }

    /// U.S. Census Bureau and the Book of Common Prayer: extremes and several years.
    #[test]
    fn easter_falls_where_the_church_says() {
        for (year, date) in [
            (1818, "1818-03-22"),
            (1943, "1943-04-25"),
            (2000, "2000-04-23"),
            (2008, "2008-03-23"),
            (2011, "2011-04-24"),
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2026, "2026-04-05"),
            (2027, "2027-03-28"),
            (2038, "2038-04-25"),
            (2285, "2285-03-22"),
        ] {
            assert_eq!(easter(year).map(|day| day.to_string()).as_deref(), Some(date));
        }
    }
}
