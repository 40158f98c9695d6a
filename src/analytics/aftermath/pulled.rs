//! Pull-forward: what customers would have bought soon anyway, from each one's own rhythm.
//!
//! Whoever bought before has a rhythm: purchases so far over the time since the first one and one mean pause of the
//! shop. That tells how many purchases some weeks should have. The weeks after a window come to a share of it, the weeks
//! before it to another; the ratio of the two takes out what a shop has in common with itself a month before, and the
//! season of the year, where two years tell it, what changes with it. In ordinary windows of the past that ratio is what
//! it is without any sale; how far the sale's ratio lies below it is what was pulled forward, and how much it varies
//! there is the doubt.

use rayon::prelude::*;

use super::{DAYS_AFTER, Effect, Question};
use crate::analytics::forecast::{History, Measure, Span, Yearly};
use crate::analytics::math::reckoned::Reckoned;
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Day, TooLittle};

/// Past windows that are looked at, at most.
const MOST_WINDOWS: usize = 12;
/// Fewer tell nothing about chance.
const FEWEST_WINDOWS: usize = 4;
/// Fewer purchases after a window leave its ratio to chance.
const FEWEST_PURCHASES: u64 = 10;
/// Windows further back are another shop.
const YEARS_BACK: i32 = 2;
/// Customers in one task.
const CHUNK: usize = 16_384;
const DAY: f64 = 86_400.0;
/// Seconds of the weeks before and after a window.
const WEEKS: i64 = DAYS_AFTER as i64 * 86_400;

/// What was pulled forward.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pulled {
    /// Days after the sale that were looked at.
    pub days: i32,
    /// Customers who had bought before the sale.
    pub customers: u64,
    /// What they bought in the days after.
    pub seen: u64,
    /// What they would have bought ÷ what they bought.
    pub ratio: Reckoned,
    /// Ordinary windows that it was compared with.
    pub windows: usize,
    /// Orders of the sale above the baseline.
    pub net_orders: f64,
}

impl Pulled {
    /// Orders that were pulled forward: expected, and in which they lie with 95 %. Below zero when customers bought more
    /// afterwards than they use to.
    pub fn orders(&self) -> (f64, (f64, f64)) {
        let of = |ratio: f64| self.seen as f64 * (ratio - 1.0);
        let (low, high) = self.ratio.within(0.95);
        (of(self.ratio.middle), (of(low), of(high)))
    }

    /// The same as a share of the orders that the sale brought above the baseline; `None` where it brought none.
    pub fn share(&self) -> Option<(f64, (f64, f64))> {
        let (middle, (low, high)) = self.orders();
        let net = self.net_orders;
        (net > 0.0).then(|| (middle / net, (low / net, high / net)))
    }
}

/// What a sale pulled forward from the weeks after it.
///
/// # Errors
/// When the work was cancelled; inside, when the weeks after are not over, or too little is known of ordinary ones.
pub fn pulled_forward(
    question: &Question<'_>,
    orders: &Effect,
    progress: &Progress,
) -> Result<Result<Pulled, TooLittle>, Cancelled> {
    let Question { history, span, .. } = *question;
    let last = history.zone.day(span.to - 1);
    let have = u64::try_from(history.last().0 - last.0).unwrap_or(0);
    if have < DAYS_AFTER as u64 {
        return Ok(Err(TooLittle { have, need: DAYS_AFTER as u64, what: "days after the sale" }));
    }
    let first = history.zone.day(span.from);
    let ordinary = (first.0 - DAYS_AFTER..first.0).filter_map(|day| history.at(Day(day)));
    let have = ordinary.filter(|at| history.is_ordinary(*at)).count() as u64;
    if have < DAYS_AFTER as u64 {
        return Ok(Err(TooLittle { have, need: DAYS_AFTER as u64, what: "ordinary days before the sale" }));
    }
    let windows: Vec<Span> = std::iter::once(span).chain(ordinary_windows(history, span)).collect();
    let mut counted = count(question, &windows, progress)?;
    if let Some(season) = Yearly::of_history(history, Measure::Orders, Day(first.0 - 1)) {
        for (window, counted) in windows.iter().zip(&mut counted) {
            let (first, last) = (history.zone.day(window.from), history.zone.day(window.to - 1));
            counted.before.expected *= season.mean(Day(first.0 - DAYS_AFTER), Day(first.0 - 1));
            counted.after.expected *= season.mean(Day(last.0 + 1), Day(last.0 + DAYS_AFTER));
        }
    }
    let usual: Vec<f64> = counted[1..].iter().filter_map(Counted::ratio).collect();
    if usual.len() < FEWEST_WINDOWS {
        let (have, need) = (usual.len() as u64, FEWEST_WINDOWS as u64);
        return Ok(Err(TooLittle {
            have,
            need,
            what: "ordinary windows of this length with ordinary weeks around them",
        }));
    }
    let after = counted[0].after;
    let Some((ratio, usual)) = counted[0].ratio().zip(Reckoned::next_of(&usual)) else {
        return Ok(Err(TooLittle {
            have: after.seen,
            need: FEWEST_PURCHASES,
            what: "later purchases of earlier customers",
        }));
    };
    Ok(Ok(Pulled {
        days: DAYS_AFTER,
        customers: after.customers,
        seen: after.seen,
        ratio: usual.times(Reckoned::exact(1.0 / ratio)),
        windows: counted.len() - 1,
        net_orders: orders.net().0,
    }))
}

/// Windows as long as the sale, before it, that lie with the weeks around them on ordinary days; latest first.
fn ordinary_windows(history: &History, span: Span) -> Vec<Span> {
    let zone = history.zone;
    let (first, last) = (zone.day(span.from), zone.day(span.to - 1));
    let step = (last.0 - first.0 + 1).max(7);
    let oldest = (first.0 - YEARS_BACK * 365).max(history.first.0 + 90);
    let shifted =
        |back: i32| Span { from: span.from - i64::from(back) * 86_400, to: span.to - i64::from(back) * 86_400 };
    let is_ordinary = |back: &i32| {
        let mut days = first.0 - back - DAYS_AFTER..=last.0 - back + DAYS_AFTER;
        days.all(|day| history.at(Day(day)).is_some_and(|at| history.is_ordinary(at)))
    };
    let nearest = last.0 - first.0 + 1 + DAYS_AFTER;
    (nearest..=first.0 - oldest).step_by(step as usize).filter(is_ordinary).take(MOST_WINDOWS).map(shifted).collect()
}

/// Purchases of customers in some weeks, and what their rhythms make of them.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    customers: u64,
    seen: u64,
    expected: f64,
}

impl Share {
    fn of(&self) -> Option<f64> {
        (self.seen >= FEWEST_PURCHASES && self.expected > 0.0).then(|| self.seen as f64 / self.expected)
    }

    fn plus(self, other: Self) -> Self {
        Self {
            customers: self.customers + other.customers,
            seen: self.seen + other.seen,
            expected: self.expected + other.expected,
        }
    }
}

/// Earlier customers in the weeks before and after a window.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    before: Share,
    after: Share,
}

impl Counted {
    fn ratio(&self) -> Option<f64> {
        Some(self.after.of()? / self.before.of()?)
    }
}

/// Purchase moments of customers, and the shop's mean pause between two.
struct Rhythms<'a> {
    question: &'a Question<'a>,
    revenue: Revenue<'a>,
    pause: f64,
}

fn count(question: &Question<'_>, windows: &[Span], progress: &Progress) -> Result<Vec<Counted>, Cancelled> {
    let Question { data, definitions, as_of, span, .. } = *question;
    let mut rhythms = Rhythms { question, revenue: Revenue::new(data, definitions, as_of), pause: 0.0 };
    let customers: Vec<u32> = (0..data.customers.id.len() as u32).collect();
    let (repeats, time) = customers
        .par_chunks(CHUNK)
        .map(|chunk| rhythms.repeats(chunk, span.from))
        .reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    rhythms.pause = time as f64 / DAY / f64::from(u32::try_from(repeats).unwrap_or(u32::MAX)).max(1.0);
    // Chunk by chunk in their order: sums of floating point numbers are the same on any number of threads.
    let parts = customers
        .par_chunks(CHUNK)
        .map(|chunk| if progress.is_cancelled() { Err(Cancelled) } else { Ok(rhythms.count(chunk, windows)) });
    let parts = parts.collect::<Result<Vec<_>, Cancelled>>()?;
    Ok(parts.into_iter().fold(vec![Counted::default(); windows.len()], |sums, part| {
        let plus =
            |(a, b): (Counted, Counted)| Counted { before: a.before.plus(b.before), after: a.after.plus(b.after) };
        sums.into_iter().zip(part).map(plus).collect()
    }))
}

impl Rhythms<'_> {
    fn moments(&self, customer: u32, into: &mut Vec<i64>) {
        let orders = &self.question.data.orders;
        into.clear();
        let own = orders.of_customer(customer as usize).filter(|i| self.revenue.is_purchase(*i));
        into.extend(own.map(|i| orders.placed_at[i]));
    }

    /// Purchases after the first before a moment, and the seconds from the first to it.
    fn repeats(&self, customers: &[u32], until: i64) -> (u64, i64) {
        let mut moments = Vec::new();
        let mut sums = (0, 0);
        for &customer in customers {
            self.moments(customer, &mut moments);
            let before = moments.partition_point(|at| *at < until);
            if before > 0 {
                sums = (sums.0 + before as u64 - 1, sums.1 + until - moments[0]);
            }
        }
        sums
    }

    fn count(&self, customers: &[u32], windows: &[Span]) -> Vec<Counted> {
        let mut moments = Vec::new();
        let mut counted = vec![Counted::default(); windows.len()];
        for &customer in customers {
            self.moments(customer, &mut moments);
            for (window, counted) in windows.iter().zip(&mut counted) {
                self.weeks(&moments, window.from - WEEKS, window.from - WEEKS, &mut counted.before);
                self.weeks(&moments, window.from, window.to, &mut counted.after);
            }
        }
        counted
    }

    /// Adds the weeks from `begins` on of a customer, by the rhythm that was known at `known`.
    fn weeks(&self, moments: &[i64], known: i64, begins: i64, share: &mut Share) {
        let until = |at: i64| moments.partition_point(|moment| *moment < at);
        let before = until(known);
        if before == 0 {
            return;
        }
        let time = (known - moments[0]) as f64 / DAY;
        share.customers += 1;
        share.seen += (until(begins + WEEKS) - until(begins)) as u64;
        // All repeat purchases, and one at the mean pace.
        share.expected += before as f64 / (time + self.pause) * f64::from(DAYS_AFTER);
    }
}
