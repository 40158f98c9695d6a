//! Days for which there seems to be no data: so long without an order as chance does not bring about. Weekdays on which
//! the shop is closed are no such days, since nothing is expected of them.

use crate::analytics::forecast::{History, Measure};
use crate::model::Day;

/// Days on each side from which the usual orders of a weekday are taken.
const AROUND: usize = 56;
/// So many orders expected, and not one: a chance of one in 160,000.
const EXPECTED: f64 = 12.0;
/// Shorter is a holiday.
const SHORTEST: usize = 3;

/// Runs of days without data, first and last one.
pub fn gaps(history: &History) -> Vec<(Day, Day)> {
    let orders: Vec<f64> = (0..history.len()).map(|at| history.day(Measure::Orders, at) as f64).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < orders.len() {
        let run = orders[at..].iter().take_while(|orders| **orders == 0.0).count();
        if run >= SHORTEST && expected(&orders, at, at + run) >= EXPECTED {
            let (from, to) = trimmed(&orders, at, at + run);
            found.push((Day(history.first.0 + from as i32), Day(history.first.0 + to as i32 - 1)));
        }
        at += run.max(1);
    }
    found
}

/// Orders on such days of the week around a run.
fn expected(orders: &[f64], from: usize, to: usize) -> f64 {
    (from..to).map(|at| usual(orders, (from, to), at)).sum()
}

/// Without days at its ends on which nothing was expected.
fn trimmed(orders: &[f64], from: usize, to: usize) -> (usize, usize) {
    let open = |at: &usize| usual(orders, (from, to), *at) > 0.0;
    ((from..to).find(open).unwrap_or(from), (from..to).rev().find(open).map_or(to, |at| at + 1))
}

fn usual(orders: &[f64], (from, to): (usize, usize), at: usize) -> f64 {
    let around = (from.saturating_sub(AROUND)..from).chain(to..(to + AROUND).min(orders.len()));
    let (sum, n) = around.filter(|day| day % 7 == at % 7).fold((0.0, 0), |(sum, n), day| (sum + orders[day], n + 1));
    if n > 0 { sum / f64::from(n) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Zone;

    fn of(days: &[i64]) -> Vec<(i32, i32)> {
        let history = History::of_days(Day(0), Zone::UTC, days);
        gaps(&history).into_iter().map(|(from, to)| (from.0, to.0)).collect()
    }

    #[test]
    fn a_missing_month_is_told_from_closed_weekdays() {
        // Closed on the sixth and seventh day of a week; days 100 to 129 are missing.
        let mut days: Vec<i64> = (0..300).map(|at| if at % 7 >= 5 { 0 } else { 8 }).collect();
        assert_eq!(of(&days), []);
        days[100..130].fill(0);
        assert_eq!(of(&days), [(100, 129)]);
        // An order a week: a month without is chance, half a year is not.
        let mut seldom: Vec<i64> = (0..800).map(|at| i64::from(at % 7 == 2)).collect();
        seldom[100..130].fill(0);
        assert_eq!(of(&seldom), []);
        seldom[300..480].fill(0);
        assert_eq!(of(&seldom).len(), 1);
    }
}
