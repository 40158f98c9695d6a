//! Periods of the dashboard, and what each is compared with.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::model::Day;
use crate::model::definitions::YEAR_DAYS;

/// Days by which a year is shifted back so that weekdays lie upon weekdays.
const WEEKS_OF_YEAR: i32 = 364;

/// A period, counted back from the as-of day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// 7 days.
    Week,
    /// 28 days.
    FourWeeks,
    /// 90 days.
    NinetyDays,
    /// The month of the as-of day, as far as it has come.
    MonthToDate,
    /// The month before that.
    LastMonth,
    /// The quarter of the as-of day, as far as it has come.
    QuarterToDate,
    /// 365 days.
    #[default]
    Year,
    /// The calendar year of the as-of day, as far as it has come.
    YearToDate,
    /// From this day to that, both included.
    Days(Day, Day),
}

/// Periods with a name, in the order of menus: which, its name, its key on the command line.
pub const PERIODS: &[(Period, &str, &str)] = &[
    (Period::Week, "Last 7 days", "7d"),
    (Period::FourWeeks, "Last 28 days", "28d"),
    (Period::NinetyDays, "Last 90 days", "90d"),
    (Period::MonthToDate, "Month to date", "mtd"),
    (Period::LastMonth, "Last month", "month"),
    (Period::QuarterToDate, "Quarter to date", "quarter"),
    (Period::Year, "Last 12 months", "12m"),
    (Period::YearToDate, "Year to date", "ytd"),
];

impl Period {
    /// The period of a key (`12m`) or of two days (`2026-01-01..2026-03-31`).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((from, to)) = text.split_once("..") {
            let (from, to) = (Day::parse(from)?, Day::parse(to)?);
            return (from <= to).then_some(Self::Days(from, to));
        }
        PERIODS.iter().find(|(_, _, key)| text.eq_ignore_ascii_case(key)).map(|(period, ..)| *period)
    }

    /// For people; days typed by hand are named by themselves.
    pub fn name(self) -> String {
        match self {
            Self::Days(from, to) => format!("{} – {}", from.display(), to.display()),
            named => {
                PERIODS.iter().find(|(one, ..)| *one == named).map_or_else(String::new, |(_, name, _)| (*name).into())
            }
        }
    }

    /// What it is compared with, for people: `the 12 months before`.
    pub fn before_in_words(self) -> &'static str {
        match self {
            Self::Week => "the 7 days before",
            Self::FourWeeks => "the 28 days before",
            Self::NinetyDays => "the 90 days before",
            Self::MonthToDate => "the same days of the month before",
            Self::LastMonth => "the month before",
            Self::QuarterToDate => "the same days of the quarter before",
            Self::Year => "the 12 months before",
            Self::YearToDate => "the same days of the year before",
            Self::Days(..) => "as many days before",
        }
    }

    /// First and last day, both included, none after the as-of day.
    pub fn days(self, as_of: Day) -> (Day, Day) {
        let back = |days: i32| (Day(as_of.0 - days + 1), as_of);
        let month = first_of_month(as_of);
        match self {
            Self::Week => back(7),
            Self::FourWeeks => back(28),
            Self::NinetyDays => back(90),
            Self::Year => back(YEAR_DAYS),
            Self::MonthToDate => (month, as_of),
            Self::LastMonth => (months_back(month, 1), Day(month.0 - 1)),
            Self::QuarterToDate => (months_back(month, as_of.date().month0() % 3), as_of),
            Self::YearToDate => (months_back(month, as_of.date().month0()), as_of),
            Self::Days(from, to) => (from.min(as_of), to.min(as_of)),
        }
    }

    /// The days before that it is compared with. Of a month, quarter or year that is not over, as many days of the one
    /// before, so that a part is never compared with a whole.
    pub fn before(self, as_of: Day) -> (Day, Day) {
        let (from, to) = self.days(as_of);
        let length = to.0 - from.0;
        let of_calendar = |months: u32| {
            let first = months_back(from, months);
            (first, Day((first.0 + length).min(from.0 - 1)))
        };
        match self {
            Self::MonthToDate => of_calendar(1),
            Self::QuarterToDate => of_calendar(3),
            Self::YearToDate => of_calendar(12),
            Self::LastMonth => (months_back(from, 1), Day(from.0 - 1)),
            _ => (Day(from.0 - length - 1), Day(from.0 - 1)),
        }
    }
}

/// The same weekdays a year before: 364 days earlier.
pub fn same_weekdays(days: (Day, Day)) -> (Day, Day) {
    (Day(days.0.0 - WEEKS_OF_YEAR), Day(days.1.0 - WEEKS_OF_YEAR))
}

/// The same dates a year before; of 29 February the 28th.
pub fn same_dates(days: (Day, Day)) -> (Day, Day) {
    (months_back(days.0, 12), months_back(days.1, 12))
}

fn first_of_month(day: Day) -> Day {
    Day(day.0 - day.date().day0() as i32)
}

fn months_back(day: Day, months: u32) -> Day {
    day.date().checked_sub_months(Months::new(months)).map_or(day, Day::from_date)
}

/// Steps of a course.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// Days.
    Day,
    /// Weeks from Monday on.
    #[default]
    Week,
    /// Calendar months.
    Month,
}

impl Grain {
    /// All of them, with their names on the command line.
    pub const ALL: [(Self, &'static str); 3] = [(Self::Day, "day"), (Self::Week, "week"), (Self::Month, "month")];

    /// The one that suits a period.
    pub fn of(days: (Day, Day)) -> Self {
        match days.1.0 - days.0.0 + 1 {
            ..=35 => Self::Day,
            36..=120 => Self::Week,
            _ => Self::Month,
        }
    }

    /// For people.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(grain, _)| *grain == self).map_or("", |(_, name)| name)
    }

    /// First and last day of the step that a day lies in.
    pub fn around(self, day: Day) -> (Day, Day) {
        match self {
            Self::Day => (day, day),
            Self::Week => {
                let monday = Day(day.0 - day.date().weekday().num_days_from_monday() as i32);
                (monday, Day(monday.0 + 6))
            }
            Self::Month => {
                let first = first_of_month(day);
                let next: Option<NaiveDate> = first.date().checked_add_months(Months::new(1));
                let last = next.and_then(|next| next.checked_sub_days(Days::new(1)));
                (first, last.map_or(day, Day::from_date))
            }
        }
    }

    /// The steps of a period: those that begin in it, whole, the last one perhaps beyond its end; where none begins in
    /// it, the one around it.
    pub fn steps(self, days: (Day, Day)) -> Vec<(Day, Day)> {
        let mut steps = Vec::new();
        let mut step = self.around(days.0);
        if step.0 < days.0 && step.1 < days.1 {
            step = self.around(Day(step.1.0 + 1));
        }
        while step.0 <= days.1 {
            steps.push(step);
            step = self.around(Day(step.1.0 + 1));
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn shown((from, to): (Day, Day)) -> String {
        format!("{from} {to}")
    }

    #[test]
    fn a_part_of_a_month_is_compared_with_the_same_part() {
        let as_of = day("2026-03-30");
        assert_eq!(shown(Period::MonthToDate.days(as_of)), "2026-03-01 2026-03-30");
        assert_eq!(shown(Period::MonthToDate.before(as_of)), "2026-02-01 2026-02-28");
        assert_eq!(shown(Period::MonthToDate.before(day("2026-03-10"))), "2026-02-01 2026-02-10");
        assert_eq!(shown(Period::LastMonth.days(as_of)), "2026-02-01 2026-02-28");
        assert_eq!(shown(Period::LastMonth.before(as_of)), "2026-01-01 2026-01-31");
        assert_eq!(shown(Period::QuarterToDate.days(day("2026-06-14"))), "2026-04-01 2026-06-14");
        assert_eq!(shown(Period::QuarterToDate.before(day("2026-06-14"))), "2026-01-01 2026-03-16");
        assert_eq!(shown(Period::YearToDate.before(as_of)), "2025-01-01 2025-03-30");
        assert_eq!(shown(Period::Year.days(as_of)), "2025-03-31 2026-03-30");
        assert_eq!(shown(Period::Year.before(as_of)), "2024-03-31 2025-03-30");
        assert_eq!(shown(Period::parse("2026-01-01..2026-12-31").unwrap().days(as_of)), "2026-01-01 2026-03-30");
        assert_eq!(Period::parse("2026-02-01..2026-01-01"), None);
        for (period, _, key) in PERIODS {
            assert_eq!(Period::parse(key), Some(*period));
        }
    }

    #[test]
    fn a_year_before_lies_on_the_same_weekdays_or_dates() {
        let days = (day("2024-02-29"), day("2024-03-06"));
        assert_eq!(shown(same_weekdays(days)), "2023-03-02 2023-03-08");
        assert_eq!(shown(same_dates(days)), "2023-02-28 2023-03-06");
    }

    #[test]
    fn steps_are_whole_and_only_the_last_may_be_open() {
        let year = Grain::Month.steps((day("2025-10-15"), day("2026-10-14")));
        assert_eq!(year.len(), 12);
        assert_eq!((shown(year[0]), shown(year[11])), ("2025-11-01 2025-11-30".into(), "2026-10-01 2026-10-31".into()));
        assert_eq!(Grain::Month.steps((day("2026-10-02"), day("2026-10-14"))).len(), 1);
        assert_eq!(Grain::Week.steps((day("2026-10-05"), day("2026-10-18"))).len(), 2);
        assert_eq!(Grain::Day.steps((day("2026-10-05"), day("2026-10-18"))).len(), 14);
    }
}
