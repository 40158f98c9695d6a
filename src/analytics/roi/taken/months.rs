//! Whole months of a shop's history.

use chrono::{Datelike, Months};

use crate::model::{Dataset, Day};

/// Months that are looked at, at most: a year, and the year before.
const MOST: usize = 24;
/// Fewer whole months than this are no basis for a month's figures.
pub const LEAST: usize = 3;

/// The last whole months up to a day.
#[derive(Debug, Clone)]
pub struct Window {
    /// First days of the months, and the first day after them.
    starts: Vec<Day>,
}

impl Window {
    /// The months that lie wholly within the history and are over at the end of `as_of`.
    pub fn new(data: &Dataset, as_of: Day) -> Self {
        let mut starts = Vec::new();
        if let Some((first, _)) = data.span {
            let mut next = month_after(as_of, 0);
            if month_after(as_of, 1).is_some_and(|after| after.0 == as_of.0 + 1) {
                next = month_after(as_of, 1);
            }
            while let Some(start) = next.filter(|start| *start >= first && starts.len() <= MOST) {
                starts.push(start);
                next = Day(start.0 - 1).date().with_day(1).map(Day::from_date);
            }
        }
        starts.reverse();
        Self { starts }
    }

    /// How many months there are.
    pub fn months(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The months of the last year: from this number on.
    pub fn year(&self) -> std::ops::Range<usize> {
        self.months().saturating_sub(12)..self.months()
    }

    /// The month of a day, by number.
    #[inline]
    pub fn month(&self, day: Day) -> Option<usize> {
        let after = self.starts.partition_point(|start| *start <= day);
        (after > 0 && after < self.starts.len()).then(|| after - 1)
    }

    /// First and last day of the last year's months.
    pub fn year_days(&self) -> Option<(Day, Day)> {
        let year = self.year();
        let (from, to) = (self.starts.get(year.start)?, self.starts.get(year.end)?);
        (!year.is_empty()).then_some((*from, Day(to.0 - 1)))
    }

    /// `12 whole months (1 Oct 2025 – 30 Sep 2026)`.
    pub fn in_words(&self) -> String {
        let n = self.year().len();
        let months = if n == 1 { "month" } else { "months" };
        let days = self.year_days().map(|(from, to)| format!(" ({} – {})", from.display(), to.display()));
        format!("{n} whole {months}{}", days.unwrap_or_default())
    }
}

/// First day of the month so many after that of a day.
fn month_after(day: Day, months: u32) -> Option<Day> {
    day.date().with_day(1)?.checked_add_months(Months::new(months)).map(Day::from_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(first: &str, as_of: &str) -> Window {
        let day = |text| Day::parse(text).unwrap();
        Window::new(&Dataset { span: Some((day(first), day(as_of))), ..Dataset::default() }, day(as_of))
    }

    #[test]
    fn months_are_whole() {
        let told = |first, as_of| window(first, as_of).in_words();
        assert_eq!(told("2024-01-05", "2026-10-14"), "12 whole months (1 Oct 2025 – 30 Sep 2026)");
        assert_eq!(told("2026-01-01", "2026-02-28"), "2 whole months (1 Jan 2026 – 28 Feb 2026)");
        assert_eq!(told("2026-01-02", "2026-02-27"), "0 whole months");
        assert_eq!(window("2020-01-01", "2026-10-14").months(), 24);
        let window = window("2026-01-01", "2026-02-28");
        let month = |text| window.month(Day::parse(text).unwrap());
        assert_eq!((month("2025-12-31"), month("2026-01-01"), month("2026-02-28")), (None, Some(0), Some(1)));
        assert_eq!(month("2026-03-01"), None);
    }
}
