//! Pairs of periods that people compare.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::analytics::facts::year_to;
use crate::model::Day;

/// A pair of periods that ends on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// The last 12 months against the 12 months before.
    #[default]
    Year,
    /// The month up to the day against as many days of the month before.
    Month,
    /// The month up to the day against the same days a year ago.
    MonthAYearAgo,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Year, Self::Month, Self::MonthAYearAgo];

    /// Its key on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::MonthAYearAgo => "month-a-year-ago",
        }
    }

    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "Last 12 months against the 12 before",
            Self::Month => "This month against the one before",
            Self::MonthAYearAgo => "This month against a year ago",
        }
    }

    /// The earlier and the later period; a month that is over is compared whole.
    pub fn periods(self, as_of: Day) -> [(Day, Day); 2] {
        let year = year_to(as_of);
        let date = as_of.date();
        let month = (Day::from_date(date.with_day(1).unwrap_or(date)), as_of);
        let back = |months| [as_of, month.0].map(|day| earlier(day.date(), months));
        match self {
            Self::Year => [year_to(Day(year.0.0 - 1)), year],
            Self::Month | Self::MonthAYearAgo => {
                let [to, from] = back(if self == Self::Month { 1 } else { 12 });
                let to = if is_last_of_month(date) { last_of_month(to) } else { to };
                [(Day::from_date(from), Day::from_date(to)), month]
            }
        }
    }
}

/// The last month that is over at the end of a day.
pub fn last_month(as_of: Day) -> (Day, Day) {
    let date = as_of.date();
    let month = if is_last_of_month(date) { date } else { earlier(date, 1) };
    (Day::from_date(month.with_day(1).unwrap_or(month)), Day::from_date(last_of_month(month)))
}

/// The same day some months before; the last day of a month that is shorter.
fn earlier(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_sub_months(Months::new(months)).unwrap_or(date)
}

fn is_last_of_month(date: NaiveDate) -> bool {
    date.succ_opt().is_none_or(|next| next.day() == 1)
}

fn last_of_month(date: NaiveDate) -> NaiveDate {
    let first = date.with_day(1).unwrap_or(date);
    first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_end_on_the_day_and_compare_like_with_like() {
        let periods = |preset: Preset, day: &str| {
            preset.periods(Day::parse(day).unwrap()).map(|(from, to)| format!("{from}..{to}")).join(" ")
        };
        assert_eq!(periods(Preset::Year, "2026-10-14"), "2024-10-15..2025-10-14 2025-10-15..2026-10-14");
        assert_eq!(periods(Preset::Month, "2026-10-14"), "2026-09-01..2026-09-14 2026-10-01..2026-10-14");
        assert_eq!(periods(Preset::Month, "2026-02-28"), "2026-01-01..2026-01-31 2026-02-01..2026-02-28");
        assert_eq!(periods(Preset::Month, "2026-03-30"), "2026-02-01..2026-02-28 2026-03-01..2026-03-30");
        let month = |day: &str| last_month(Day::parse(day).unwrap()).1.to_string();
        assert_eq!([month("2026-03-14"), month("2026-03-31")], ["2026-02-28", "2026-03-31"]);
        assert_eq!(periods(Preset::MonthAYearAgo, "2024-02-29"), "2023-02-01..2023-02-28 2024-02-01..2024-02-29");
    }
}
