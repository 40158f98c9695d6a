//! A sale that is going on: what came so far against what should have come by then, and where it ends.
//!
//! The share of a sale that should be over by then is that of ordinary days by weekday and hour, times what past sales
//! of the shop had by the same part of their time relative to the same ordinary days.

pub mod said;

use crate::analytics::forecast::{History, Measure, Part, Span};
use crate::analytics::math::reckoned::Reckoned;
use crate::analytics::sale::PastSale;
use crate::analytics::sale::lift::FEWEST;
use crate::model::Day;

/// Days before the sale from which weekdays are taken.
const WEEKDAY_DAYS: usize = 26 * 7;

/// How one measure stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// What is counted.
    pub of: Measure,
    /// What came so far.
    pub so_far: f64,
    /// The share of the whole that past sales, or ordinary days, had by then.
    pub share: Reckoned,
    /// Past sales behind the share; below three only ordinary days are, and their doubt is not known.
    pub sales: usize,
    /// What was expected of the whole.
    pub expected: Option<Reckoned>,
}

impl Pace {
    /// What should have come by then.
    pub fn expected_by_now(&self) -> Option<Reckoned> {
        self.expected.map(|expected| expected.times(self.share))
    }

    /// What it ends with, going on like this, and in which that lies with 95 %, where it can be told. `None` before
    /// anything came.
    pub fn projected(&self) -> Option<(f64, Option<(f64, f64)>)> {
        let end = self.share.in_exactly(self.so_far);
        // What came does not go away again.
        let at_least = |value: f64| value.max(self.so_far);
        let within = (self.sales >= FEWEST).then(|| end.within(0.95));
        (self.so_far > 0.0 && self.share.middle > 0.0)
            .then(|| (at_least(end.middle), within.map(|(low, high)| (at_least(low), at_least(high)))))
    }

    /// Whether what came lies above (`Greater`), within or below what should have come by then with 95 %.
    pub fn stands(&self) -> Option<std::cmp::Ordering> {
        let (low, high) = self.expected_by_now()?.within(0.95);
        Some(match self.so_far {
            so_far if so_far < low => std::cmp::Ordering::Less,
            so_far if so_far > high => std::cmp::Ordering::Greater,
            _ => std::cmp::Ordering::Equal,
        })
    }
}

/// How a measure stands at a moment of a sale, with what came so far; `expected` is what was expected of the whole.
pub fn pace(
    history: &History,
    sales: &[PastSale],
    of: Measure,
    (span, moment): (Span, i64),
    so_far: f64,
    expected: Option<Reckoned>,
) -> Pace {
    let moment = moment.clamp(span.from, span.to);
    let over = |span: Span, part: f64| span.from + ((span.to - span.from) as f64 * part) as i64;
    let elapsed = (moment - span.from) as f64 / (span.to - span.from).max(1) as f64;
    let origin = Day(history.zone.day(span.from).0 - 1);
    let pattern = Pattern::before(history, of, origin);
    let usual = pattern.share(history, span, moment);
    let ratios: Vec<f64> = sales
        .iter()
        .filter(|sale| sale.last <= origin && sale.last > sale.first)
        .filter_map(|sale| {
            let past = Span::of_days(sale.first, sale.last, history.zone);
            let until = over(past, elapsed);
            let whole = history.sum(of, &past);
            let had = history.sum(of, &Span { from: past.from, to: until });
            let usual = Pattern::before(history, of, Day(sale.first.0 - 1)).share(history, past, until);
            (whole > 0.0 && had > 0.0 && usual > 0.0).then(|| had / whole / usual)
        })
        .collect();
    let factor = if ratios.len() < FEWEST { None } else { Reckoned::next_of(&ratios) };
    let share = Reckoned::exact(usual).times(factor.unwrap_or(Reckoned::exact(1.0)));
    Pace {
        of,
        so_far,
        share: Reckoned { middle: share.middle.clamp(0.0, 1.0), ..share },
        sales: ratios.len(),
        expected,
    }
}

/// What ordinary weekdays and hours look like.
struct Pattern {
    weekdays: [f64; 7],
    profile: crate::analytics::forecast::Profile,
}

impl Pattern {
    fn before(history: &History, of: Measure, origin: Day) -> Self {
        let end = history.at(origin).map_or(0, |at| at + 1);
        let mut sums = [(0.0, 0.0); 7];
        for at in (end.saturating_sub(WEEKDAY_DAYS)..end).filter(|at| history.is_ordinary(*at)) {
            let own = &mut sums[weekday(Day(history.first.0 + at as i32))];
            *own = (own.0 + history.day(of, at) as f64, own.1 + 1.0);
        }
        let all = sums.iter().map(|sum| sum.0).sum::<f64>();
        let mean = |(sum, n): (f64, f64)| if all > 0.0 && n > 0.0 { sum / n } else { f64::from(u8::from(all <= 0.0)) };
        Self { weekdays: sums.map(mean), profile: history.profile(of, end) }
    }

    /// The share of a span that is over at a moment.
    fn share(&self, history: &History, span: Span, moment: i64) -> f64 {
        let weight = |part: &Part| self.weekdays[weekday(part.day)] * self.profile.share(part);
        let sum = |span: Span| span.parts(history.zone).iter().map(weight).sum::<f64>();
        let whole = sum(span);
        if moment <= span.from || whole <= 0.0 { 0.0 } else { sum(Span { from: span.from, to: moment }) / whole }
    }
}

fn weekday(day: Day) -> usize {
    day.0.rem_euclid(7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Zone;

    #[test]
    fn a_third_of_three_equal_days_is_over_after_one() {
        let mut days = vec![2_400; 60];
        days.extend([4_800, 4_800, 4_800]);
        let history = History::of_days(Day(0), Zone::UTC, &days);
        let span = Span::of_days(Day(60), Day(62), Zone::UTC);
        let pace =
            pace(&history, &[], Measure::Orders, (span, span.from + 86_400), 4_800.0, Some(Reckoned::exact(15_000.0)));
        assert!((pace.share.middle - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(pace.projected().map(|(end, within)| (end.round(), within)), Some((14_400.0, None)));
        assert_eq!(pace.stands(), Some(std::cmp::Ordering::Less));
    }
}
