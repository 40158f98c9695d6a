//! What past sales of the shop brought: periods in which unusually many orders had a discount, against the ordinary
//! days around them.

use chrono::Datelike;
use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::analytics::revenue::Revenue;
use crate::analytics::rules::in_shop_currency;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Dataset, Day, Definitions, TooLittle};

/// Fewer past sales tell nothing about the next one.
pub const FEWEST: usize = 3;
/// A day is unusual when its share of discounted orders is so far above the usual one, and beyond chance.
const ABOVE: f64 = 0.2;
/// Days on each side from which the usual share is taken (the median).
const USUAL_DAYS: usize = 45;
/// A longer period is no sale but a way of selling.
const LONGEST: i32 = 31;
/// Fewer orders in a period are too few to compare.
const FEWEST_ORDERS: u32 = 20;
/// A period is more than chance when its share of discounted orders is so many standard errors above the usual one.
/// Years have many days, and only those that stand out were looked at.
const BEYOND_CHANCE: f64 = 6.0;
/// Ordinary days compared with, before and after a period.
const AROUND: i32 = 28;
/// Days after a period that are left out, since people who bought in it do not buy again at once.
const AFTERMATH: i32 = 7;
/// Fewer ordinary days before a period are no baseline.
const FEWEST_DAYS: usize = 14;

/// A past sale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PastSale {
    /// First day.
    pub first: Day,
    /// Last day, included.
    pub last: Day,
    /// Orders in it.
    pub orders: u64,
    /// Orders that such days would have had without it.
    pub expected: f64,
    /// Orders that had a discount ÷ orders.
    pub discounted: f64,
    /// Discounts ÷ goods before them, of all its orders.
    pub depth: f64,
}

impl PastSale {
    /// Orders above those expected, relative to them.
    pub fn lift(&self) -> f64 {
        self.orders as f64 / self.expected - 1.0
    }
}

/// What past sales brought, and what the next one may.
#[derive(Debug, Clone, PartialEq)]
pub struct Lift {
    /// Past sales, oldest first.
    pub sales: Vec<PastSale>,
    /// Mean lift: of logarithms, so that twice as many and half as many cancel out.
    pub mean: f64,
    /// In which the mean lies with 95 %.
    pub of_mean: (f64, f64),
    /// In which the lift of the next sale lies with 95 %, if it is like the past ones.
    pub of_next: (f64, f64),
    logs: Logs,
}

/// Mean and spread of the logarithms of 1 + lift.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Logs {
    mean: f64,
    spread: f64,
    n: f64,
}

impl Lift {
    /// What some past sales say.
    ///
    /// # Errors
    /// When they are too few.
    pub fn of(sales: Vec<PastSale>) -> Result<Self, TooLittle> {
        let have = sales.len();
        let too_few =
            TooLittle { have: have as u64, need: FEWEST as u64, what: "past sales with ordinary days around them" };
        if have < FEWEST {
            return Err(too_few);
        }
        let logs: Vec<f64> = sales.iter().map(|sale| sale.lift().ln_1p()).collect();
        let n = have as f64;
        let mean = logs.iter().sum::<f64>() / n;
        let spread = (logs.iter().map(|log| (log - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        let t = StudentsT::new(0.0, 1.0, n - 1.0).map(|t| t.inverse_cdf(0.975));
        let Some(t) = t.ok().filter(|_| mean.is_finite() && spread.is_finite()) else { return Err(too_few) };
        let within = |width: f64| ((mean - t * spread * width).exp_m1(), (mean + t * spread * width).exp_m1());
        Ok(Self {
            sales,
            mean: mean.exp_m1(),
            of_mean: within((1.0 / n).sqrt()),
            of_next: within((1.0 + 1.0 / n).sqrt()),
            logs: Logs { mean, spread, n },
        })
    }

    /// The chance that the next sale, if it is like the past ones, lifts orders by more than this.
    pub fn chance_above(&self, lift: f64) -> f64 {
        if lift <= -1.0 {
            return 1.0;
        }
        let Logs { mean, spread, n } = self.logs;
        let above = lift.ln_1p() - mean;
        match StudentsT::new(0.0, spread * (1.0 + 1.0 / n).sqrt(), n - 1.0) {
            Ok(t) => 1.0 - t.cdf(above),
            // Past sales all brought the same.
            Err(_) => f64::from(u8::from(above < 0.0)),
        }
    }
}

/// Orders of one day.
#[derive(Debug, Clone, Copy, Default)]
struct OfDay {
    orders: u32,
    discounted: u32,
    goods: i64,
    off: i64,
}

impl OfDay {
    fn share(&self) -> Option<f64> {
        (self.orders > 0).then(|| f64::from(self.discounted) / f64::from(self.orders))
    }
}

/// The past sales of a shop, oldest first, those without ordinary days around them left out.
///
/// # Errors
/// When the work was cancelled.
pub fn past_sales(data: &Dataset, definitions: &Definitions, progress: &Progress) -> Result<Vec<PastSale>, Cancelled> {
    let Some((first, last)) = data.span else { return Ok(Vec::new()) };
    let days = by_day(data, definitions, (first, last), progress)?;
    let periods = discount_periods(&days);
    let mut on_sale = vec![false; days.len()];
    periods.iter().for_each(|&(from, to)| on_sale[from..=to].fill(true));
    let weekdays = weekday_factors(&days, &on_sale, first);
    let mut found = Vec::new();
    for &(from, to) in periods.iter().filter(|(from, to)| to - from < LONGEST as usize) {
        let sum = sum(&days[from..=to]);
        let expected = expected(&days, &on_sale, &weekdays, first, (from, to));
        if let Some((expected, discounted)) = expected.zip(sum.share()) {
            found.push(PastSale {
                first: Day(first.0 + from as i32),
                last: Day(first.0 + to as i32),
                orders: sum.orders.into(),
                expected,
                discounted,
                depth: if sum.goods > 0 { sum.off as f64 / sum.goods as f64 } else { 0.0 },
            });
        }
    }
    Ok(found)
}

/// Every period in which unusually many orders had a discount, as first and last day: those that cannot be compared
/// with ordinary days too.
///
/// # Errors
/// When the work was cancelled.
pub fn days_on_sale(
    data: &Dataset,
    definitions: &Definitions,
    progress: &Progress,
) -> Result<Vec<(Day, Day)>, Cancelled> {
    let Some(span) = data.span else { return Ok(Vec::new()) };
    let day = |at: usize| Day(span.0.0 + at as i32);
    let periods = discount_periods(&by_day(data, definitions, span, progress)?);
    let sales = periods.into_iter().filter(|(from, to)| to - from < LONGEST as usize);
    Ok(sales.map(|(from, to)| (day(from), day(to))).collect())
}

fn discount_periods(days: &[OfDay]) -> Vec<(usize, usize)> {
    let usual = usual_shares(days);
    let unusual: Vec<bool> = days.iter().zip(&usual).map(|(day, usual)| is_unusual(day, *usual)).collect();
    periods(&unusual).into_iter().filter(|&(from, to)| is_beyond_chance(&days[from..=to], usual[from])).collect()
}

fn sum(days: &[OfDay]) -> OfDay {
    days.iter().fold(OfDay::default(), |sum, day| OfDay {
        orders: sum.orders + day.orders,
        discounted: sum.discounted + day.discounted,
        goods: sum.goods + day.goods,
        off: sum.off + day.off,
    })
}

fn is_beyond_chance(days: &[OfDay], usual: f64) -> bool {
    let sum = sum(days);
    // A share of 0 has no spread; nobody knows it that well.
    let usual = usual.clamp(0.02, 0.98);
    let (n, k) = (f64::from(sum.orders), f64::from(sum.discounted));
    sum.orders >= FEWEST_ORDERS && k - n * usual >= BEYOND_CHANCE * (n * usual * (1.0 - usual)).sqrt()
}

fn by_day(
    data: &Dataset,
    definitions: &Definitions,
    (first, last): (Day, Day),
    progress: &Progress,
) -> Result<Vec<OfDay>, Cancelled> {
    let revenue = Revenue::new(data, definitions, last);
    let orders = &data.orders;
    let mut days = vec![OfDay::default(); (last.0 - first.0 + 1).max(0) as usize];
    for i in 0..orders.id.len() {
        if i % 65_536 == 0 {
            progress.step(i as u64)?;
        }
        let at = orders.day[i].0 - first.0;
        let Some(day) = usize::try_from(at).ok().and_then(|at| days.get_mut(at)) else { continue };
        if revenue.is_purchase(i) {
            let off = orders.discount.get(i);
            let paid = orders.total.get(i) - orders.tax.get(i) - orders.shipping.get(i);
            day.orders += 1;
            day.discounted += u32::from(off > 0);
            day.off += in_shop_currency(data, definitions, i, off);
            day.goods += in_shop_currency(data, definitions, i, paid + off);
        }
    }
    Ok(days)
}

/// The usual share of discounted orders around each day: the median of weeks, since a day of a small shop has too few
/// orders for a share.
fn usual_shares(days: &[OfDay]) -> Vec<f64> {
    let around = |at: usize, by: usize| at.saturating_sub(by)..(at + by + 1).min(days.len());
    let weeks: Vec<Option<f64>> = (0..days.len()).map(|at| sum(&days[around(at, 3)]).share()).collect();
    (0..days.len())
        .map(|at| {
            let mut shares: Vec<f64> = weeks[around(at, USUAL_DAYS)].iter().flatten().copied().collect();
            shares.sort_by(f64::total_cmp);
            shares.get(shares.len() / 2).copied().unwrap_or(0.0)
        })
        .collect()
}

fn is_unusual(day: &OfDay, usual: f64) -> bool {
    let Some(share) = day.share() else { return false };
    // Three standard errors of a share; one order more or less where the usual share is 0 or 1.
    let n = f64::from(day.orders);
    let by_chance = 3.0 * (usual * (1.0 - usual) / n).sqrt().max(1.0 / n / 3.0);
    share >= usual + by_chance.max(ABOVE)
}

/// Runs of unusual days; one ordinary day between two is no end.
fn periods(unusual: &[bool]) -> Vec<(usize, usize)> {
    let mut periods: Vec<(usize, usize)> = Vec::new();
    for at in (0..unusual.len()).filter(|&at| unusual[at]) {
        match periods.last_mut() {
            Some((_, last)) if at - *last <= 2 => *last = at,
            _ => periods.push((at, at)),
        }
    }
    periods
}

/// Orders of a weekday relative to the week around it, Monday first, over weeks without a sale.
fn weekday_factors(days: &[OfDay], on_sale: &[bool], first: Day) -> [f64; 7] {
    let (mut sums, mut weeks) = ([0.0; 7], [0.0; 7]);
    for at in 3..days.len().saturating_sub(3) {
        let week = at - 3..=at + 3;
        let orders: u32 = days[week.clone()].iter().map(|day| day.orders).sum();
        if orders > 0 && !on_sale[week].contains(&true) {
            let weekday = weekday(first, at);
            sums[weekday] += f64::from(days[at].orders) * 7.0;
            weeks[weekday] += f64::from(orders);
        }
    }
    std::array::from_fn(|weekday| if weeks[weekday] > 0.0 { sums[weekday] / weeks[weekday] } else { 1.0 })
}

fn weekday(first: Day, at: usize) -> usize {
    Day(first.0 + at as i32).date().weekday().num_days_from_monday() as usize
}

/// Orders that days `from..=to` would have had: a straight line through the ordinary days around them, each brought to
/// an average weekday, at the weekdays of the period. Without enough ordinary days afterwards the line is level.
fn expected(
    days: &[OfDay],
    on_sale: &[bool],
    weekdays: &[f64; 7],
    first: Day,
    (from, to): (usize, usize),
) -> Option<f64> {
    let ordinary = |at: &usize| !on_sale[*at] && weekdays[weekday(first, *at)] > 0.0;
    let before: Vec<usize> = (from.saturating_sub(AROUND as usize)..from).filter(ordinary).collect();
    let after_from = (to + 1 + AFTERMATH as usize).min(days.len());
    let after: Vec<usize> = (after_from..(after_from + AROUND as usize).min(days.len())).filter(ordinary).collect();
    if before.len() < FEWEST_DAYS {
        return None;
    }
    let sloped = after.len() >= FEWEST_DAYS;
    let points: Vec<(f64, f64)> = before
        .iter()
        .chain(after.iter().filter(|_| sloped))
        .map(|&at| (at as f64, f64::from(days[at].orders) / weekdays[weekday(first, at)]))
        .collect();
    let n = points.len() as f64;
    let (mean_x, mean_y) = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
    let slope = if sloped {
        let (xy, xx) = points
            .iter()
            .fold((0.0, 0.0), |(xy, xx), p| (xy + (p.0 - mean_x) * (p.1 - mean_y), xx + (p.0 - mean_x).powi(2)));
        xy / xx
    } else {
        0.0
    };
    let of_day = |at: usize| (mean_y + slope * (at as f64 - mean_x)).max(0.0) * weekdays[weekday(first, at)];
    Some((from..=to).map(of_day).sum::<f64>()).filter(|expected| *expected > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sale(orders: u64, expected: f64) -> PastSale {
        PastSale { first: Day(0), last: Day(2), orders, expected, discounted: 1.0, depth: 0.2 }
    }

    #[test]
    fn the_interval_is_that_of_students_t_over_logarithms() {
        // Lifts of 50 %, 100 % and 200 %: logarithms 0.405465, 0.693147, 1.098612; mean 0.732408, spread 0.348234.
        let lift = Lift::of(vec![sale(150, 100.0), sale(200, 100.0), sale(300, 100.0)]).unwrap();
        assert!((lift.mean - 1.080_084).abs() < 1e-5, "{}", lift.mean);
        // t(0.975; 2) = 4.302653; half a width of 0.865066 for the mean and 1.730131 for the next one.
        assert!((lift.of_mean.0 - (0.732_408_f64 - 0.865_066).exp_m1()).abs() < 1e-4, "{:?}", lift.of_mean);
        assert!((lift.of_next.1 - (0.732_408_f64 + 1.730_131).exp_m1()).abs() < 1e-3, "{:?}", lift.of_next);
        assert!((lift.chance_above(lift.mean) - 0.5).abs() < 1e-9);
        assert!((lift.chance_above(lift.of_next.0) - 0.975).abs() < 1e-6);
        assert_eq!(Lift::of(vec![sale(150, 100.0)]).unwrap_err().have, 1);
    }

    #[test]
    fn equal_sales_leave_no_doubt() {
        let lift = Lift::of(vec![sale(150, 100.0); 4]).unwrap();
        assert_eq!((lift.chance_above(0.4), lift.chance_above(0.6)), (1.0, 0.0));
    }

    #[test]
    fn a_sale_stands_out_of_a_growing_shop_with_quiet_sundays() {
        // 400 days: 100 orders a day and one more every 10 days, half as many on Sundays; 10 % have a discount, and
        // from day 200 to 203 there are twice as many orders, of which 80 % have one.
        let first = Day::parse("2025-01-06").unwrap();
        let normal = |at: usize| (100.0 + at as f64 / 10.0) * if weekday(first, at) == 6 { 0.5 } else { 1.0 };
        let days: Vec<OfDay> = (0..400)
            .map(|at| {
                let on_sale = (200..=203).contains(&at);
                let orders = (normal(at) * if on_sale { 2.0 } else { 1.0 }).round() as u32;
                OfDay { orders, discounted: if on_sale { orders * 8 / 10 } else { orders / 10 }, goods: 1, off: 0 }
            })
            .collect();
        let usual = usual_shares(&days);
        let unusual: Vec<bool> = days.iter().zip(&usual).map(|(day, usual)| is_unusual(day, *usual)).collect();
        let found = periods(&unusual);
        assert_eq!(found, [(200, 203)]);
        let mut on_sale = vec![false; 400];
        on_sale[200..=203].fill(true);
        let factors = weekday_factors(&days, &on_sale, first);
        let expected = expected(&days, &on_sale, &factors, first, (200, 203)).unwrap();
        let truth: f64 = (200..=203).map(normal).sum();
        assert!((expected / truth - 1.0).abs() < 0.01, "{expected} {truth}");
    }
}
