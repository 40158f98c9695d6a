//! Days, weeks and months: what is known of the past, and what lies ahead.

use std::ops::Range;

use super::{Grain, Of, Past};
use crate::analytics::forecast::{History, LONGEST, Measure};
use crate::model::Day;

/// A step ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Its days after the last known one, counted from that on: 0 is the next day.
    pub ahead: Range<usize>,
}

/// So many whole steps after the last known day, before them the rest of one that has begun.
pub fn ahead(grain: Grain, origin: Day, whole: u32) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut from, mut to) = grain.around(Day(origin.0 + 1));
    let begun = u32::from(from <= origin);
    for _ in 0..whole + begun {
        let first = from.0.max(origin.0 + 1);
        steps.push(Step { from, to, ahead: (first - origin.0 - 1) as usize..(to.0 - origin.0) as usize });
        (from, to) = grain.around(Day(to.0 + 1));
    }
    steps
}

/// Sums of some days: orders, revenue, days that are not ordinary.
pub fn sums(history: &History, from: Day, to: Day) -> (f64, f64, u32) {
    let days = (from.0..=to.0).filter_map(|day| history.at(Day(day)));
    days.fold((0.0, 0.0, 0), |(orders, revenue, left_out), at| {
        (
            orders + history.day(Measure::Orders, at) as f64,
            revenue + history.day(Measure::Revenue, at) as f64,
            left_out + u32::from(!history.is_ordinary(at)),
        )
    })
}

/// What these sums are of a measure; `None` for revenue per order without orders.
pub fn value(of: Of, orders: f64, revenue: f64) -> Option<f64> {
    match of {
        Of::Orders => Some(orders),
        Of::Revenue => Some(revenue),
        Of::Aov => (orders > 0.0).then(|| revenue / orders),
    }
}

/// Whole steps that are known, oldest first.
pub fn past(history: &History, of: Of, grain: Grain) -> Vec<Past> {
    let first = Day(history.first.0.max(history.last().0 + 1 - LONGEST as i32));
    let mut steps = Vec::new();
    let (mut from, mut to) = grain.around(first);
    while to <= history.last() {
        if from >= history.first {
            let (orders, revenue, left_out) = sums(history, from, to);
            steps.push(Past { from, to, value: value(of, orders, revenue), left_out });
        }
        (from, to) = grain.around(Day(to.0 + 1));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn steps_begin_after_the_last_known_day() {
        let months = ahead(Grain::Month, day("2026-01-20"), 2);
        let shown: Vec<_> = months.iter().map(|step| (step.from.to_string(), step.ahead.clone())).collect();
        assert_eq!(
            shown,
            [("2026-01-01".to_owned(), 0..11), ("2026-02-01".to_owned(), 11..39), ("2026-03-01".to_owned(), 39..70)]
        );
        // A Sunday ends its week.
        let weeks = ahead(Grain::Week, day("2026-11-22"), 2);
        assert_eq!((weeks.len(), weeks[0].from, weeks[0].ahead.clone()), (2, day("2026-11-23"), 0..7));
        let weeks = ahead(Grain::Week, day("2026-11-20"), 1);
        assert_eq!((weeks.len(), weeks[0].ahead.clone(), weeks[1].to), (2, 0..2, day("2026-11-29")));
        assert_eq!(ahead(Grain::Day, day("2026-11-20"), 3)[2].ahead, 2..3);
    }
}
