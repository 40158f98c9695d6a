//! How many days the calendar shows, and what stands above them.

use chrono::{Datelike, Months, NaiveDate};

use crate::model::Day;
use crate::planner::pressure::monday;
use crate::planner::rounds::Span;

/// How many days are on view. Weeks begin on Monday, as those of the contact limit do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// One day, hour by hour.
    Day,
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// Eight weeks, one of them before the day in question.
    #[default]
    Weeks,
    /// Three calendar months.
    Quarter,
    /// A calendar year.
    Year,
}

/// A caption above the days: where it begins, in days from the first, and its words.
pub type Head = (f32, String);

impl Scale {
    /// Every one with its name.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Day, "Day"),
        (Self::Week, "Week"),
        (Self::Month, "Month"),
        (Self::Weeks, "8 weeks"),
        (Self::Quarter, "Quarter"),
        (Self::Year, "Year"),
    ];

    /// The first day on view so that `day` is on view.
    pub fn first(self, day: Day) -> Day {
        let date = day.date();
        let month = |month: u32| NaiveDate::from_ymd_opt(date.year(), month, 1).map_or(day, Day::from_date);
        match self {
            Self::Day => day,
            Self::Week => monday(day),
            Self::Month => month(date.month()),
            Self::Weeks => Day(monday(day).0 - 7),
            Self::Quarter => month((date.month0() / 3) * 3 + 1),
            Self::Year => month(1),
        }
    }

    /// First and last day on view.
    pub fn span(self, first: Day) -> Span {
        let days = |days: i32| (first, Day(first.0.saturating_add(days - 1)));
        match self {
            Self::Day => days(1),
            Self::Week => days(7),
            Self::Weeks => days(56),
            Self::Month | Self::Quarter | Self::Year => (first, Day(self.stepped(first, 1).0 - 1)),
        }
    }

    /// The first day on view after going on or back by so many steps.
    pub fn stepped(self, first: Day, by: i32) -> Day {
        let months = |months: i32| {
            let (date, count) = (first.date(), Months::new((by * months).unsigned_abs()));
            let there = if by < 0 { date.checked_sub_months(count) } else { date.checked_add_months(count) };
            there.map_or(first, Day::from_date)
        };
        match self {
            Self::Day => Day(first.0 + by),
            Self::Week => Day(first.0 + 7 * by),
            Self::Weeks => Day(first.0 + 28 * by),
            Self::Month => months(1),
            Self::Quarter => months(3),
            Self::Year => months(12),
        }
    }

    /// The upper and the lower captions.
    pub fn heads(self, (first, last): Span) -> (Vec<Head>, Vec<Head>) {
        let days = || (first.0..=last.0).map(Day);
        let at = |day: Day| (day.0 - first.0) as f32;
        let captions = |begins: &dyn Fn(NaiveDate) -> bool, form: &str| -> Vec<Head> {
            let those = days().filter(|day| begins(day.date()));
            those.map(|day| (at(day), day.date().format(form).to_string())).collect()
        };
        let month = |date: NaiveDate| date.day() == 1 || date == first.date();
        let week = |date: NaiveDate| date.weekday() == chrono::Weekday::Mon;
        match self {
            Self::Day => {
                let hours = (0..24_u8).step_by(3).map(|hour| (f32::from(hour) / 24.0, format!("{hour:02}:00")));
                (captions(&month, "%A, %-d %B %Y"), hours.collect())
            }
            Self::Week => (captions(&month, "%B %Y"), captions(&|_| true, "%a %-d %b")),
            Self::Month => (captions(&month, "%B %Y"), captions(&|_| true, "%-d")),
            Self::Weeks | Self::Quarter => (captions(&month, "%B %Y"), captions(&week, "%-d %b")),
            Self::Year => (captions(&|date| date == first.date(), "%Y"), captions(&month, "%b")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_holds_its_day_and_steps_lead_back() {
        for day in (20_000..20_800).step_by(13).map(Day) {
            for (scale, name) in Scale::ALL {
                let first = scale.first(day);
                let (from, to) = scale.span(first);
                assert!(from <= day && day <= to, "{name} {day}");
                assert_eq!(scale.stepped(scale.stepped(first, 1), -1), first, "{name} {day}");
                let (upper, lower) = scale.heads((from, to));
                assert!(!upper.is_empty() && !lower.is_empty());
            }
        }
        let october = Scale::Weeks.span(Scale::Weeks.first(Day::parse("2026-10-14").unwrap()));
        assert_eq!((october.0.to_string(), october.1.to_string()), ("2026-10-05".into(), "2026-11-29".into()));
    }
}
