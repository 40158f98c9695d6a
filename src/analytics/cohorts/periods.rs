//! Days as numbered periods: one look-up per order.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::model::{Dataset, Day};

/// Length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Calendar days.
    Day,
    /// Weeks from Monday (ISO 8601).
    Week,
    /// Calendar months.
    #[default]
    Month,
    /// Quarters.
    Quarter,
    /// Years.
    Year,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// Its word: `month`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The first day of the period that holds a day.
    pub fn start(self, day: Day) -> Day {
        let date = day.date();
        let first = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(date);
        Day::from_date(match self {
            Self::Day => date,
            Self::Week => date - Days::new(date.weekday().num_days_from_monday().into()),
            Self::Month => first(date.year(), date.month()),
            Self::Quarter => first(date.year(), (date.month0() / 3) * 3 + 1),
            Self::Year => first(date.year(), 1),
        })
    }

    /// The first day of the next period.
    pub fn next(self, start: Day) -> Day {
        let date = start.date();
        let months = |n| date.checked_add_months(Months::new(n)).unwrap_or(date);
        Day::from_date(match self {
            Self::Day => return Day(start.0 + 1),
            Self::Week => return Day(start.0 + 7),
            Self::Month => months(1),
            Self::Quarter => months(3),
            Self::Year => months(12),
        })
    }

    /// The name of a period: `2026-10`, `2026-W41`, `2026 Q4`.
    pub fn name(self, start: Day) -> String {
        let date = start.date();
        match self {
            Self::Day => date.format("%Y-%m-%d").to_string(),
            Self::Week => date.format("%G-W%V").to_string(),
            Self::Month => date.format("%Y-%m").to_string(),
            Self::Quarter => format!("{} Q{}", date.year(), date.month0() / 3 + 1),
            Self::Year => date.year().to_string(),
        }
    }
}

/// The periods of a shop's history up to the as-of day.
#[derive(Debug, Clone)]
pub struct Calendar {
    first: Day,
    of_day: Vec<u32>,
    /// First day of each period.
    pub starts: Vec<Day>,
    /// Whether the last period is over at the end of the as-of day.
    pub is_over: bool,
    step: Step,
}

impl Calendar {
    /// Periods from the first order to the as-of day.
    pub fn new(data: &Dataset, as_of: Day, step: Step) -> Self {
        let first = data.span.map_or(as_of, |(first, _)| first).min(as_of);
        let (mut starts, mut of_day) = (Vec::new(), Vec::with_capacity((as_of.0 - first.0 + 1).max(0) as usize));
        let mut start = step.start(first);
        while start <= as_of {
            let next = step.next(start);
            let (from, to) = (start.0.max(first.0), next.0.min(as_of.0 + 1));
            of_day.extend(std::iter::repeat_n(starts.len() as u32, (to - from).max(0) as usize));
            starts.push(start);
            start = next;
        }
        Self { first, of_day, starts, is_over: start.0 == as_of.0 + 1, step }
    }

    /// The number of the period of a day up to the as-of day.
    #[inline]
    pub fn period(&self, day: Day) -> u32 {
        let at = usize::try_from(day.0 - self.first.0).unwrap_or(0);
        self.of_day.get(at).or(self.of_day.last()).copied().unwrap_or(0)
    }

    /// The number of the last period.
    pub fn last(&self) -> u32 {
        (self.starts.len() as u32).saturating_sub(1)
    }

    /// The name of a period.
    pub fn name(&self, period: u32) -> String {
        self.starts.get(period as usize).map_or_else(String::new, |start| self.step.name(*start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_lies_in_the_period_that_holds_it() {
        let day = |text: &str| Day::parse(text).unwrap();
        for step in Step::ALL {
            let span = (day("2024-01-17"), day("2026-03-05"));
            let data = Dataset { span: Some(span), ..Dataset::default() };
            let calendar = Calendar::new(&data, span.1, step);
            for n in span.0.0..=span.1.0 {
                let start = calendar.starts[calendar.period(Day(n)) as usize];
                assert_eq!(start, step.start(Day(n)), "{step:?} {}", Day(n).date());
            }
        }
        assert_eq!(Step::Week.name(Step::Week.start(day("2027-01-01"))), "2026-W53");
        assert_eq!(Step::Quarter.name(Step::Quarter.start(day("2026-11-21"))), "2026 Q4");
        let month = |as_of: &str| Calendar::new(&Dataset::default(), day(as_of), Step::Month).is_over;
        assert!(month("2026-02-28") && !month("2026-02-27"));
    }
}
