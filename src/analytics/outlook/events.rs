//! Days ahead that are not ordinary: planned sales, with what past ones of the shop brought, and holidays, with what they
//! did in past years.

use super::errors::Beside;
use super::{Event, EventKind, Named, Of, Planned};
use crate::analytics::forecast::{History, Measure, event_lift};
use crate::analytics::math::reckoned::Reckoned;
use crate::analytics::sale::PastSale;
use crate::model::Day;

/// Past years in which a holiday must have been seen.
const FEWEST_YEARS: usize = 2;
/// A holiday does something when its days are off by so many standard errors of a usual day.
const BEYOND_CHANCE: f64 = 3.0;
/// Weeks on each side with which a day is compared.
const WEEKS: i32 = 3;
/// Fewer such days tell nothing.
const FEWEST_DAYS: usize = 3;
/// A day without orders counts as so much of a usual one.
const NOTHING: f64 = 0.02;

/// What is put on some days ahead.
pub struct Applied {
    /// As it is told.
    pub event: Event,
    /// Days after the last known one, and which share of the day it lasts.
    days: Vec<(usize, f64)>,
    orders: Option<Reckoned>,
    revenue: Option<Reckoned>,
}

/// What events do to some days: by how much more, and how well that is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct Effect {
    pub more: f64,
    pub beside: Beside,
}

impl Applied {
    fn factor(&self, of: Measure) -> Option<Reckoned> {
        match of {
            Measure::Orders => self.orders,
            Measure::Revenue => self.revenue,
        }
    }

    /// What it adds to ordinary days ahead.
    pub fn effect(&self, of: Measure, ordinary: &[f64], ahead: &std::ops::Range<usize>) -> Effect {
        let Some(factor) = self.factor(of) else { return Effect::default() };
        let base = self.base(ordinary, ahead);
        let around = |probability| {
            let (low, high) = factor.within(probability);
            (base * (factor.middle - low), base * (high - factor.middle))
        };
        Effect { more: base * (factor.middle - 1.0), beside: Beside { by_80: around(0.8), by_95: around(0.95) } }
    }

    /// What its part of some days ahead would bring without it.
    pub fn base(&self, ordinary: &[f64], ahead: &std::ops::Range<usize>) -> f64 {
        let days = self.days.iter().filter(|(day, _)| ahead.contains(day));
        days.filter_map(|(day, share)| Some(ordinary.get(*day)? * share)).sum()
    }

    /// Whether it has days among these.
    pub fn touches(&self, ahead: &std::ops::Range<usize>) -> bool {
        self.days.iter().any(|(day, _)| ahead.contains(day))
    }
}

/// Sales that are planned for the days after `origin`.
pub fn sales(history: &History, past: &[PastSale], planned: &[Planned], of: Of, origin: Day) -> Vec<Applied> {
    let (seen, lift) = event_lift(history, past, origin);
    let lift = lift.ok();
    let apply = |sale: &Planned| {
        let parts = sale.span.parts(history.zone);
        let (from, to) = (parts.first()?.day, parts.last()?.day);
        let days: Vec<(usize, f64)> = parts
            .iter()
            .filter_map(|part| {
                let ahead = usize::try_from(part.day.0 - origin.0 - 1).ok()?;
                Some((ahead, history.profile(Measure::Orders, history.len()).share(part)))
            })
            .collect();
        let (orders, revenue) = (lift.map(|lift| lift.orders), lift.map(|lift| lift.revenue));
        let factor = shown(of, orders, revenue);
        let name = sale.name.clone();
        let event = Event { kind: EventKind::Sale, name, from, to, factor, past: seen.len() as u32 };
        (!days.is_empty()).then_some(Applied { event, days, orders, revenue })
    };
    planned.iter().filter_map(apply).collect()
}

fn shown(of: Of, orders: Option<Reckoned>, revenue: Option<Reckoned>) -> Option<(f64, (f64, f64))> {
    let told = |factor: Reckoned| (factor.middle, factor.within(0.95));
    match of {
        Of::Orders => orders.map(told),
        Of::Revenue => revenue.map(told),
        Of::Aov => orders.zip(revenue).filter(|(orders, _)| orders.middle > 0.0).map(|(orders, revenue)| {
            // Orders and revenue of a sale rise together: what is left is the doubt of their quotient.
            let spread = (revenue.spread.powi(2) - orders.spread.powi(2)).abs().sqrt();
            told(Reckoned { middle: revenue.middle / orders.middle, spread, freedom: revenue.freedom })
        }),
    }
}

/// What a holiday did.
struct Told {
    name: String,
    orders: Reckoned,
    revenue: Reckoned,
    past: Vec<Day>,
}

/// Holidays on which the past years tell of something, and the days of the past that they were.
pub fn holidays(history: &History, named: &[Named], of: Of, origin: Day, reach: usize) -> (Vec<Applied>, Vec<Day>) {
    let is_named: std::collections::BTreeSet<Day> = named.iter().map(|named| named.day).collect();
    let usual = usual_scatter(history, &is_named);
    let mut by_name: std::collections::BTreeMap<&str, Vec<Day>> = std::collections::BTreeMap::new();
    named.iter().for_each(|named| by_name.entry(&named.name).or_default().push(named.day));
    let told: Vec<Told> =
        by_name.iter().filter_map(|(name, days)| effect(history, name, days, &is_named, usual?)).collect();
    let mut applied = Vec::new();
    for holiday in &told {
        for day in by_name.get(holiday.name.as_str()).into_iter().flatten() {
            let ahead = usize::try_from(day.0 - origin.0 - 1).ok().filter(|ahead| *ahead < reach);
            let taken = |other: &Applied| Some(other.event.from) == Some(*day);
            let Some(ahead) = ahead.filter(|_| !applied.iter().any(taken)) else { continue };
            let factor = shown(of, Some(holiday.orders), Some(holiday.revenue));
            let (name, past) = (holiday.name.clone(), holiday.past.len() as u32);
            let event = Event { kind: EventKind::Holiday, name, from: *day, to: *day, factor, past };
            let (orders, revenue) = (Some(holiday.orders), Some(holiday.revenue));
            applied.push(Applied { event, days: vec![(ahead, 1.0)], orders, revenue });
        }
    }
    applied.sort_by_key(|applied| applied.event.from);
    (applied, told.into_iter().flat_map(|told| told.past).collect())
}

/// A day against the same weekdays of the weeks around it; `None` where it cannot be compared.
fn ratio(history: &History, of: Measure, day: Day, is_named: &std::collections::BTreeSet<Day>) -> Option<f64> {
    let own = history.at(day).filter(|at| history.is_ordinary(*at))?;
    let around = (-WEEKS..=WEEKS).filter(|week| *week != 0).map(|week| Day(day.0 + 7 * week));
    let seen: Vec<f64> = around
        .filter(|day| !is_named.contains(day))
        .filter_map(|day| history.at(day).filter(|at| history.is_ordinary(*at)))
        .map(|at| history.day(of, at) as f64)
        .collect();
    let mean = seen.iter().sum::<f64>() / seen.len().max(1) as f64;
    (seen.len() >= FEWEST_DAYS && mean > 0.0).then(|| (history.day(of, own) as f64 / mean).max(NOTHING))
}

/// How much the logarithm of such ratios scatters on days that have no name: by quartiles, which single days do not move.
fn usual_scatter(history: &History, is_named: &std::collections::BTreeSet<Day>) -> Option<f64> {
    let days = (0..history.len()).map(|at| Day(history.first.0 + at as i32)).filter(|day| !is_named.contains(day));
    let mut logs: Vec<f64> =
        days.filter_map(|day| ratio(history, Measure::Orders, day, is_named)).map(f64::ln).collect();
    logs.sort_by(f64::total_cmp);
    let quartile = |share: f64| logs.get((logs.len() as f64 * share) as usize).copied();
    // A normal value has 1.349 deviations between its quartiles.
    Some((quartile(0.75)? - quartile(0.25)?) / 1.349).filter(|scatter| *scatter > 0.0)
}

fn effect(
    history: &History,
    name: &str,
    days: &[Day],
    is_named: &std::collections::BTreeSet<Day>,
    usual: f64,
) -> Option<Told> {
    let seen: Vec<(Day, f64, f64)> = days
        .iter()
        .filter_map(|day| {
            let orders = ratio(history, Measure::Orders, *day, is_named)?;
            Some((*day, orders.ln(), ratio(history, Measure::Revenue, *day, is_named)?.ln()))
        })
        .collect();
    let n = seen.len() as f64;
    let mean = |of: fn(&(Day, f64, f64)) -> f64| seen.iter().map(of).sum::<f64>() / n;
    let (orders, revenue) = (mean(|seen| seen.1), mean(|seen| seen.2));
    let same_side = seen.iter().all(|seen| (seen.1 > 0.0) == (orders > 0.0));
    if seen.len() < FEWEST_YEARS || !same_side || orders.abs() < BEYOND_CHANCE * usual / n.sqrt() {
        return None;
    }
    // The scatter of a day is in the errors of the rule already; here only how well its mean is known.
    let reckoned = |log: f64| {
        let middle = if log <= NOTHING.ln() + 1e-9 { 0.0 } else { log.exp() };
        Reckoned { middle, spread: usual / n.sqrt(), freedom: f64::INFINITY }
    };
    let past = seen.iter().map(|seen| seen.0).collect();
    Some(Told { name: name.to_owned(), orders: reckoned(orders), revenue: reckoned(revenue), past })
}
