//! Orders over time, as the time rail draws them.

use chrono::{Datelike, Months as Step};

use crate::model::{Dataset, Day};

/// Orders over time, for the time rail: by month, in a young shop by week or by day.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// First day of each bar and the orders in it.
    pub bars: Vec<(Day, u32)>,
    /// The day after the last bar.
    pub end: Day,
    /// How long a bar is.
    pub unit: Unit,
}

/// How long a bar of the time rail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A month of the calendar.
    Month,
}

/// Up to so many days have a bar each, and up to so many a bar a week; longer spans have one a month.
const DAYS: i32 = 62;
const WEEKS: i32 = 366;

/// Counts orders over the days that are known.
pub fn timeline(data: &Dataset) -> Timeline {
    let Some((first, last)) = data.span else {
        return Timeline { bars: Vec::new(), end: Day(0), unit: Unit::Month };
    };
    let days = last.0 - first.0 + 1;
    let (unit, start) = if days <= DAYS {
        (Unit::Day, first)
    } else if days <= WEEKS {
        (Unit::Week, first)
    } else {
        (Unit::Month, Day::from_date(first.date().with_day(1).unwrap_or(first.date())))
    };
    let next = |day: Day| match unit {
        Unit::Day => Day(day.0 + 1),
        Unit::Week => Day(day.0 + 7),
        Unit::Month => day.date().checked_add_months(Step::new(1)).map_or(Day(day.0 + 31), Day::from_date),
    };
    let (mut bars, mut at) = (Vec::new(), start);
    let mut bar_of_day = Vec::with_capacity((last.0 - start.0 + 31).max(0) as usize);
    while at <= last {
        let end = next(at);
        bar_of_day.resize((end.0 - start.0).max(0) as usize, bars.len());
        bars.push((at, 0));
        at = end;
    }
    for day in &data.orders.day {
        if let Some(bar) = usize::try_from(day.0 - start.0).ok().and_then(|i| bar_of_day.get(i)) {
            bars[*bar].1 += 1;
        }
    }
    Timeline { bars, end: at, unit }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::dataset::Orders;
    use std::sync::Arc;

    #[test]
    fn every_order_falls_into_its_month() {
        let day = |text: &str| Day::parse(text).unwrap();
        let days = vec![day("2025-01-31"), day("2025-02-01"), day("2025-02-28"), day("2026-02-01")];
        let span = Some((days[0], days[3]));
        let data = Dataset { orders: Arc::new(Orders { day: days, ..Orders::default() }), span, ..Dataset::default() };
        let line = timeline(&data);
        assert_eq!((line.unit, line.bars.len(), line.end), (Unit::Month, 14, day("2026-03-01")));
        let counts: Vec<u32> = line.bars.iter().map(|(_, n)| *n).collect();
        assert_eq!((counts[0], counts[1], counts[2], counts[13]), (1, 2, 0, 1));
    }

    #[test]
    fn a_young_shop_has_bars_by_day_then_by_week() {
        let of = |from: i32, to: i32| {
            let orders = Orders { day: vec![Day(from), Day(to)], ..Orders::default() };
            timeline(&Dataset { orders: Arc::new(orders), span: Some((Day(from), Day(to))), ..Dataset::default() })
        };
        let (days, weeks) = (of(100, 129), of(100, 300));
        assert_eq!((days.unit, days.bars.len(), days.bars[29]), (Unit::Day, 30, (Day(129), 1)));
        assert_eq!((weeks.unit, weeks.bars.len(), weeks.bars[28].1), (Unit::Week, 29, 1));
    }
}
