//! The figures of the page, and the customers behind each: folding their rows gives the figure.

use super::LifetimeValue;
use crate::analytics::door::{Door, Row, Rows, Term, share};
use crate::jobs::{Cancelled, Progress};
use crate::model::figure::{Figure, Filter, MetricId, Value};
use crate::model::{Day, Scope};

/// Rows of orders and chances are in millionths, so that they add up exactly.
pub const MILLION: f64 = 1e6;

/// Figures of all customers.
pub(super) const METRICS: [MetricId; 4] =
    [MetricId::PredictedValue, MetricId::PredictedOrders, MetricId::StillCustomers, MetricId::Stopped];

fn millionths(value: f64) -> i64 {
    (value * MILLION).round() as i64
}

impl LifetimeValue {
    /// A figure of the model, of all who bought or of one customer. `None` in it where the metric is not the model's.
    pub fn figure(&self, metric: MetricId, filter: Filter) -> Figure {
        let known = |figure: &&Figure| figure.metric == metric && figure.scope.filter == filter;
        if let Some(figure) = self.figures.iter().find(known) {
            return *figure;
        }
        let ahead = self.base.settings.horizon.round() as i32;
        let period = match metric {
            MetricId::PredictedValue | MetricId::PredictedOrders => {
                Some((Day(self.base.as_of.0 + 1), Day(self.base.as_of.0.saturating_add(ahead))))
            }
            _ => None,
        };
        let scope = Scope { as_of: self.base.as_of, period, filter, definitions: self.definitions };
        let mut figure = Figure { metric, scope, value: None };
        figure.value = self.fold(metric, &self.terms(&figure));
        figure
    }

    /// Finds the customers behind a figure.
    ///
    /// # Errors
    /// When the work was cancelled.
    pub fn open(&self, figure: &Figure, progress: &Progress) -> Result<Door, Cancelled> {
        progress.step(0)?;
        let terms = self.terms(figure);
        let folded = self.fold(figure.metric, &terms);
        let observed_days = self.base.settings.horizon.round() as i32;
        Ok(Door { figure: *figure, terms, folded, observed_days })
    }

    fn terms(&self, figure: &Figure) -> Vec<Term> {
        let rows = |value: &dyn Fn(&super::CustomerValue) -> i64| -> Vec<Row> {
            let row = |(at, c): (u32, &super::CustomerValue)| Row { at, value: value(c) };
            match figure.scope.filter {
                Filter::Customer(index) => {
                    let found = self.base.customers.get(index as usize).and_then(Option::as_ref);
                    found.map(|c| row((index, c))).into_iter().collect()
                }
                _ => self.base.buyers().map(row).collect(),
            }
        };
        match figure.metric {
            MetricId::PredictedValue => vec![Term::new("Expected value", Rows::Value, rows(&|c| c.value))],
            MetricId::PredictedOrders => {
                vec![Term::new("Expected orders", Rows::Foretold, rows(&|c| millionths(c.orders)))]
            }
            MetricId::StillCustomers => {
                vec![Term::new("Chance to be active", Rows::Foretold, rows(&|c| millionths(c.p_alive)))]
            }
            MetricId::Stopped => vec![
                Term::new("Chance to have stopped", Rows::Foretold, rows(&|c| millionths(1.0 - c.p_alive))),
                Term::new("Customers who bought", Rows::Customers, rows(&|_| 1)),
            ],
            _ => Vec::new(),
        }
    }

    fn fold(&self, metric: MetricId, terms: &[Term]) -> Option<Value> {
        let sum = |i: usize| terms.get(i).map(|term| term.sum);
        let parts = |i: usize| sum(i).map(|millionths| millionths as f64 / MILLION);
        match metric {
            MetricId::PredictedValue => sum(0).map(|minor| Value::Money(minor, self.base.currency)),
            MetricId::PredictedOrders | MetricId::StillCustomers => parts(0).map(Value::Number),
            MetricId::Stopped => share(parts(0)?, sum(1)? as f64).map(Value::Share),
            _ => None,
        }
    }
}
