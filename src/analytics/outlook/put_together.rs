//! An outlook of its parts: what is known of steps that have begun, what rules tell of ordinary days, what events put on
//! top, and how wide intervals are.

use std::ops::Range;

use super::contest::{Tellings, measures};
use super::errors::{Beside, Scatter, held, told, yard};
use super::events::Applied;
use super::steps::{self, Step};
use super::trial::Trial;
use super::{Ahead, Asked, Ground, HeldOut, Known, Of, Outlook, Told, seasons};
use crate::analytics::forecast::History;
use crate::model::Day;

/// Sums of days ahead and of what is known of their step.
#[derive(Debug, Clone, Copy, Default)]
struct Amount {
    known: f64,
    /// Ordinary days.
    ordinary: f64,
    /// With events.
    lifted: f64,
    /// Doubt of the events.
    beside: Beside,
}

impl Amount {
    fn all(&self) -> f64 {
        self.known + self.lifted
    }
}

/// Everything that steps are made of.
struct Parts<'a> {
    of: Of,
    history: &'a History,
    origin: Day,
    tellings: &'a Tellings,
    applied: &'a [Applied],
    trial: &'a Trial,
    /// Whether some step of the past was below zero.
    below_zero: bool,
}

/// The outlook, without notes.
pub fn put_together(
    ground: &Ground<'_>,
    history: &History,
    asked: &Asked,
    (trial, steps): (&Trial, &[Step]),
    tellings: &Tellings,
    applied: &[Applied],
) -> Outlook {
    let (own, origin) = (tellings.own(), history.last());
    let past = steps::past(history, asked.of, asked.grain);
    let below_zero = past.iter().any(|step| step.value.is_some_and(|value| value < 0.0));
    let parts = Parts { of: asked.of, history, origin, tellings, applied, trial, below_zero };
    let middles = middles(&trial.steps);
    let span = trial.span();
    let scatter = Scatter::of(&own.windows, &middles, f64::from(span.1.0 - span.0.0 + 1));
    let ahead: Vec<Ahead> =
        steps.iter().zip(&middles).map(|(step, middle)| parts.step(step, &scatter, *middle)).collect();
    let seasons = seasons::Seasons::of(history, asked.of);
    Outlook {
        of: asked.of,
        grain: asked.grain,
        origin,
        currency: ground.currency,
        definitions: ground.definitions,
        history: past,
        total: parts.total(steps),
        ahead,
        events: applied.iter().map(|applied| applied.event.clone()).collect(),
        rule: own.score.rule.clone(),
        used_naive: tellings.naive == 0,
        held_out: HeldOut {
            origins: trial.origins.len() as u32,
            days: span,
            own: own.score.clone(),
            naive: tellings.naive().score.clone(),
            within_80: held(&own.windows, &middles, &scatter, 0.8),
            within_95: held(&own.windows, &middles, &scatter, 0.95),
        },
        tried: tellings.nearest_first.iter().map(|telling| telling.score.clone()).collect(),
        weekdays: seasons.weekdays,
        months: seasons.months,
        growth: seasons.growth,
        notes: Vec::new(),
    }
}

/// Days ahead of the middle of each step.
fn middles(steps: &[Range<usize>]) -> Vec<f64> {
    steps.iter().map(|ahead| (ahead.start + ahead.end) as f64 / 2.0).collect()
}

impl Parts<'_> {
    /// Sums of a measure over some days ahead.
    fn amount(&self, at: usize, known: Option<(f64, f64)>, ahead: &Range<usize>) -> Amount {
        let (measure, days) = (measures(self.of)[at], &self.tellings.own().days[at]);
        let ordinary: f64 = days.get(ahead.clone()).map_or(0.0, |days| days.iter().sum());
        let effects = self.applied.iter().map(|applied| applied.effect(measure, days, ahead));
        let known = known.map_or(0.0, |(orders, revenue)| match measure {
            crate::analytics::forecast::Measure::Orders => orders,
            crate::analytics::forecast::Measure::Revenue => revenue,
        });
        let start = Amount { known, ordinary, lifted: ordinary, beside: Beside::default() };
        effects.fold(start, |sum, effect| Amount {
            lifted: sum.lifted + effect.more,
            beside: sum.beside.and(effect.beside),
            ..sum
        })
    }

    fn step(&self, step: &Step, scatter: &Scatter, middle: f64) -> Ahead {
        let sums = (step.from <= self.origin).then(|| steps::sums(self.history, step.from, self.origin));
        let known = sums.map(|(orders, revenue, _)| (orders, revenue));
        let told = self.told(known, &step.ahead, scatter, middle);
        let days = (self.origin.0 - step.from.0 + 1).max(0) as u32;
        let value = known.and_then(|(orders, revenue)| steps::value(self.of, orders, revenue));
        Ahead {
            from: step.from,
            to: step.to,
            middle: told.middle,
            within_80: told.within_80,
            within_95: told.within_95,
            known: value.map(|value| Known { days, value }),
            events: (0..self.applied.len()).filter(|at| self.applied[*at].touches(&step.ahead)).collect(),
        }
    }

    fn told(&self, known: Option<(f64, f64)>, ahead: &Range<usize>, scatter: &Scatter, middle: f64) -> Told {
        let floor = if self.below_zero { f64::NEG_INFINITY } else { 0.0 };
        let first = self.amount(0, known, ahead);
        if self.of != Of::Aov {
            let lift = if first.ordinary > 0.0 { first.lifted / first.ordinary } else { 1.0 };
            let yard = yard(self.of, first.ordinary, self.mean_step()) * lift;
            return told(first.all(), yard, scatter, middle, first.beside, floor.max(first.known.min(0.0)));
        }
        let revenue = self.amount(1, known, ahead);
        let per_order = if first.all() > 0.0 { revenue.all() / first.all() } else { 0.0 };
        // What is known already is not in doubt.
        let share = if first.all() > 0.0 { first.lifted / first.all() } else { 1.0 };
        told(per_order, per_order * share, scatter, middle, self.beside_per_order(per_order, &first, ahead), floor)
    }

    /// The doubt of events about revenue per order: that of their own orders, by their part of all.
    fn beside_per_order(&self, per_order: f64, orders: &Amount, ahead: &Range<usize>) -> Beside {
        let days = &self.tellings.own().days[0];
        self.applied.iter().fold(Beside::default(), |sum, applied| {
            let effect = applied.effect(measures(self.of)[0], days, ahead);
            let base: f64 = applied.base(days, ahead);
            let (Some((middle, (low, high))), true) = (applied.event.factor, orders.all() > 0.0) else { return sum };
            let share = (base + effect.more) / orders.all() * per_order / middle.max(f64::MIN_POSITIVE);
            let by_95 = ((middle - low) * share, (high - middle) * share);
            let by_80 = (by_95.0 * 0.65, by_95.1 * 0.65);
            sum.and(Beside { by_80, by_95 })
        })
    }

    /// What is foretold for a whole step on average.
    fn mean_step(&self) -> f64 {
        let days = &self.tellings.own().days[0];
        days.iter().sum::<f64>() / days.len().max(1) as f64 * self.trial.whole()
    }

    /// All steps together.
    fn total(&self, steps: &[Step]) -> Told {
        let horizon = steps.last().map_or(0, |step| step.ahead.end);
        let begun = steps.first().filter(|step| step.from <= self.origin);
        let known = begun.map(|step| {
            let (orders, revenue, _) = steps::sums(self.history, step.from, self.origin);
            (orders, revenue)
        });
        let (from, to) = self.trial.span();
        let tested = self.trial.tested as f64;
        let scatter = Scatter::of(&self.tellings.own().totals, &[tested], f64::from(to.0 - from.0 + 1))
            .widened(horizon as f64 / tested.max(1.0));
        let ahead = 0..horizon;
        if self.of == Of::Aov {
            return self.told(known, &ahead, &scatter, tested);
        }
        let sum = self.amount(0, known, &ahead);
        let floor = if self.below_zero { f64::NEG_INFINITY } else { 0.0 };
        told(sum.all(), sum.lifted, &scatter, tested, sum.beside, floor)
    }
}
