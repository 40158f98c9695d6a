//! Rows of the dashboard: a metric over the period beside everything it is held against.

use super::Shop;
use super::answer::Answer;
use super::frame::{Frame, Window};
use super::measured::measured;
use super::orders::Orders;
use super::outside::Outside;
use super::pass::{Found, WATCHED};
use super::told::{KpiRow, Point, Reached, TargetFrom, YearBefore};
use crate::analytics::compare::Change;
use crate::model::figure::Value;
use crate::model::kpi::{Baseline, Benchmark, BenchmarkKind, Target};
use crate::model::metric::{Better, Source, Unit};
use crate::model::{Day, MetricId};

/// Everything that rows are made of.
pub struct Rows<'a> {
    pub shop: &'a Shop<'a>,
    pub frame: &'a Frame,
    pub found: &'a Found,
    pub orders: Orders<'a>,
    pub outside: Outside<'a>,
    pub benchmarks: Vec<Benchmark>,
    steps: Vec<(Window, Window)>,
}

impl<'a> Rows<'a> {
    pub fn new(shop: &'a Shop<'a>, frame: &'a Frame, found: &'a Found) -> Self {
        Self {
            shop,
            frame,
            found,
            orders: Orders { found, as_of: shop.as_of, currency: shop.definitions.currency },
            outside: Outside::new(shop.known, shop.data, shop.definitions, shop.as_of),
            benchmarks: shop.board.benchmarks(shop.benchmarks),
            steps: frame.steps(found),
        }
    }

    /// A metric over some days: what the data say, else what was measured.
    pub fn answer(&self, metric: MetricId, window: &Window) -> Answer {
        if let Some(answer) = self.orders.answer(metric, window) {
            return answer;
        }
        let told = self.outside.answer(metric, window.days, &self.orders);
        let told = told.unwrap_or_else(|| Answer::unknown(metric.metric().source.how()));
        if told.value.is_some() {
            return told;
        }
        measured(metric, window.days, self.shop.measurements, self.shop.definitions).unwrap_or(told)
    }

    /// A metric over days that something is compared with: nothing where these are not known from their first on.
    fn compared(&self, metric: MetricId, window: &Window) -> Option<Value> {
        let (from, to) = window.days;
        let covers = match (metric, metric.metric().source) {
            (MetricId::RepeatWithin90, _) => self.orders.covers((Day(from.0 - WATCHED), to)),
            (_, Source::Orders) => self.orders.covers((from, to)),
            (_, Source::Measured | Source::Model) => true,
            _ => {
                self.outside.covers(metric, (from, to)) || self.shop.measurements.iter().any(|one| one.metric == metric)
            }
        };
        covers.then(|| self.answer(metric, window).value).flatten()
    }

    fn over(&self, metric: MetricId, days: (Day, Day)) -> Option<Value> {
        self.compared(metric, &self.frame.window(days, self.found))
    }

    /// The row of a metric.
    pub fn row(&self, metric: MetricId) -> KpiRow {
        let here = self.answer(metric, &self.frame.window(self.frame.period, self.found));
        let previous = self.over(metric, self.frame.against);
        let (weekdays, dates) =
            (self.over(metric, self.frame.last_year), self.over(metric, self.frame.last_year_dates));
        let change = Change::between(previous, here.value);
        let baseline = match self.shop.board.baselines.get(&metric) {
            Some(Baseline::Value(value)) => Some(*value),
            _ => self.frame.baseline_of(metric, self.shop.board).and_then(|days| self.over(metric, days)),
        };
        let benchmark = self.file(metric, BenchmarkKind::Benchmark).cloned();
        // A share of touchpoints is not the share of visits that targets and benchmarks speak of.
        let judged = here.value.filter(|_| here.n.is_none_or(|(_, of)| of != "touchpoints"));
        let beats = benchmark.as_ref().and_then(|one| is_reached(metric, judged?, self.value_of(metric, one.value)?));
        let last_year = (weekdays.is_some() || dates.is_some()).then(|| YearBefore {
            weekdays,
            change: Change::between(weekdays, here.value),
            dates,
            change_dates: Change::between(dates, here.value),
        });
        KpiRow {
            metric,
            value: here.value,
            why_not: here.why_not,
            from: here.from,
            n: here.n,
            interval: here.interval,
            previous,
            good: is_good(metric, change),
            change,
            last_year,
            baseline,
            target: self.target(metric, judged, baseline),
            beats,
            benchmark,
            owner: self.shop.board.owners.get(&metric).cloned().unwrap_or_default(),
            course: self.course(metric),
        }
    }

    fn file(&self, metric: MetricId, kind: BenchmarkKind) -> Option<&Benchmark> {
        self.benchmarks.iter().find(|one| one.kind == kind && one.metric() == Some(metric))
    }

    /// A number of a file as a value of a metric.
    pub fn value_of(&self, metric: MetricId, number: f64) -> Option<Value> {
        metric.metric().unit.value(number, self.shop.definitions.currency)
    }

    /// The shop's own target, else that of a file.
    fn target(&self, metric: MetricId, value: Option<Value>, baseline: Option<Value>) -> Option<Reached> {
        let currency = self.shop.definitions.currency;
        let lifted = |lift: f64| {
            // Below zero, as scores can be, a rise still goes up.
            let number = baseline?.number();
            let raised = number + number.abs() * lift;
            let raised = if metric.metric().unit == Unit::Share { raised.clamp(0.0, 1.0) } else { raised };
            metric.metric().unit.value(raised, currency)
        };
        let of_file = |one: &Benchmark| TargetFrom::File { source: one.source.clone(), dated: one.dated };
        let (target, from) = match self.shop.board.targets.get(&metric) {
            Some(Target::Value(target)) => (*target, TargetFrom::Typed),
            Some(Target::Lift(lift)) => (lifted(*lift)?, TargetFrom::Lift(*lift)),
            Some(Target::Assumption(key)) => {
                let assumed = self.value_of(metric, *self.shop.assumptions.get(key)?)?;
                (assumed, TargetFrom::Assumption(key.clone()))
            }
            None => match (self.file(metric, BenchmarkKind::Target), self.file(metric, BenchmarkKind::Lift)) {
                (Some(one), _) => (self.value_of(metric, one.value)?, of_file(one)),
                (None, Some(one)) => (lifted(one.value)?, of_file(one)),
                (None, None) => return None,
            },
        };
        Some(Reached { value: target, from, reached: value.and_then(|value| is_reached(metric, value, target)) })
    }

    fn course(&self, metric: MetricId) -> Vec<Point> {
        let point = |(step, before): &(Window, Window)| Point {
            from: step.days.0,
            to: step.days.1,
            value: self.answer(metric, step).value,
            year_before: self.compared(metric, before),
            unfinished: step.unfinished,
        };
        self.steps.iter().map(point).collect()
    }
}

/// Whether a value is at least as good as another one.
fn is_reached(metric: MetricId, value: Value, wanted: Value) -> Option<bool> {
    match metric.metric().better {
        Better::Higher => Some(value.number() >= wanted.number()),
        Better::Lower => Some(value.number() <= wanted.number()),
        Better::Neither => None,
    }
}

/// Whether a change is good; `None` where it is neither.
pub fn is_good(metric: MetricId, change: Change) -> Option<bool> {
    let (Change::Relative(amount) | Change::Points(amount)) = change else { return None };
    metric.metric().better.is_rise_good().filter(|_| amount != 0.0).map(|good| good == (amount > 0.0))
}
