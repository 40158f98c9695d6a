//! Every figure is a door: the rows that make it, folded again by the metric's own rule.
//!
//! A figure carries no rows. They are found by running its metric again over its scope, and folding them gives the
//! figure exactly, because the table and the door divide with the same functions ([`average`], [`share`],
//! [`per_year`]).

use super::facts::year_to;
use super::revenue::{Revenue, divide_rounded};
use super::rules::Picked;
use super::segments::{NOT_PRESENT, SegmentTable};
use crate::jobs::{Cancelled, Progress};
use crate::model::dataset::Dataset;
use crate::model::definitions::{Definitions, YEAR_DAYS};
use crate::model::figure::{Figure, Filter, MetricId, Value};
use crate::model::{Day, Scope};

/// Customers between two reports of progress.
const STEP: usize = 16_384;

/// What the rows of a term are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Orders: positions in [`crate::model::dataset::Orders`], values in minor units.
    Revenue,
    /// Orders, each counted once.
    Orders,
    /// Customers by index, each counted once.
    Customers,
    /// Customers by index, values in minor units.
    Value,
    /// Customers by index, values in millionths: chances and expected numbers.
    Foretold,
}

impl Rows {
    /// Whether the rows are customers, not orders.
    pub fn are_customers(self) -> bool {
        matches!(self, Self::Customers | Self::Value | Self::Foretold)
    }
}

/// A row of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Position of the order, or index of the customer.
    pub at: u32,
    /// What it adds to the sum.
    pub value: i64,
}

/// A sum that goes into a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What is summed, in words.
    pub words: &'static str,
    /// What the rows are.
    pub of: Rows,
    /// The rows, oldest first within each customer.
    pub rows: Vec<Row>,
    /// The sum of its rows, taken once: whoever draws it would add up millions.
    pub sum: i64,
}

impl Term {
    /// A sum over rows.
    pub fn new(words: &'static str, of: Rows, rows: Vec<Row>) -> Self {
        let sum = rows.iter().map(|row| row.value).sum();
        Self { words, of, rows, sum }
    }
}

/// A figure taken apart: one term, or two of which the first is divided by the second.
#[derive(Debug, Clone, PartialEq)]
pub struct Door {
    /// The figure.
    pub figure: Figure,
    /// Its terms.
    pub terms: Vec<Term>,
    /// The rows folded by the metric's rule. It equals the value of the figure.
    pub folded: Option<Value>,
    /// Days of the period for which the shop has a history; rates per year are scaled by it.
    pub observed_days: i32,
}

/// Finds the rows of a figure of the segment table, or of a customer in it. A figure of a model has none here: its
/// customers are found by [`super::clv::LifetimeValue::open`].
///
/// # Errors
/// When the work was cancelled.
pub fn open(
    figure: &Figure,
    table: &SegmentTable,
    data: &Dataset,
    definitions: &Definitions,
    progress: &Progress,
) -> Result<Door, Cancelled> {
    open_picked(figure, table, data, definitions, None, progress)
}

/// The same, where the figure may be of customers whom a rule picked.
///
/// # Errors
/// When the work was cancelled.
pub fn open_picked(
    figure: &Figure,
    table: &SegmentTable,
    data: &Dataset,
    definitions: &Definitions,
    picked: Option<&Picked>,
    progress: &Progress,
) -> Result<Door, Cancelled> {
    let find = Find { table, data, picked, revenue: Revenue::new(data, definitions, figure.scope.as_of), progress };
    let Scope { as_of, period, filter, .. } = figure.scope;
    let year = Some(year_to(as_of));
    let terms = match figure.metric {
        MetricId::Customers => vec![find.customers("Customers", filter, |_| true)?],
        MetricId::CustomerShare => vec![
            find.customers("Customers of the segment", filter, |_| true)?,
            match filter {
                // A rule looks at all who were there, also at those who are in no segment.
                Filter::Picked(_) => find.present()?,
                _ => find.customers("All customers", Filter::All, |_| true)?,
            },
        ],
        MetricId::BuyerShare => {
            let ever = |c: usize| table.facts[c].orders > 0;
            vec![find.customers("Buyers of the group", filter, ever)?, find.customers("Buyers", Filter::All, ever)?]
        }
        MetricId::Revenue => vec![find.revenue("Revenue", filter, period)?],
        MetricId::RevenueShare => vec![
            find.revenue("Revenue of the segment", filter, period)?,
            find.revenue("Revenue of all customers", Filter::All, period)?,
        ],
        MetricId::Orders => vec![find.orders(filter, period)?],
        MetricId::Aov => vec![find.revenue("Revenue", filter, period)?, find.orders(filter, period)?],
        MetricId::Frequency => {
            let in_year = |c: usize| table.facts[c].orders_in_year > 0;
            vec![find.orders(filter, year)?, find.customers("Buyers of the period", filter, in_year)?]
        }
        MetricId::LtvToDate => {
            let ever = |c: usize| table.facts[c].orders > 0;
            vec![find.revenue("Revenue since the first order", filter, None)?, find.customers("Buyers", filter, ever)?]
        }
        // The models foretell customers; KPIs of the whole shop are opened by `kpi`.
        _ => Vec::new(),
    };
    let folded = fold(figure.metric, &terms, table);
    Ok(Door { figure: *figure, terms, folded, observed_days: table.observed_days })
}

/// The value that the terms make by the metric's rule.
fn fold(metric: MetricId, terms: &[Term], table: &SegmentTable) -> Option<Value> {
    let sum = |i: usize| terms.get(i).map_or(0, |term| term.sum);
    let count = |i: usize| u64::try_from(sum(i)).unwrap_or(0);
    let money = |minor: i64| Value::Money(minor, table.currency);
    match metric {
        MetricId::Customers | MetricId::Orders => Some(Value::Count(count(0))),
        MetricId::Revenue => Some(money(sum(0))),
        MetricId::Aov | MetricId::LtvToDate => average(sum(0), count(1)).map(money),
        MetricId::CustomerShare | MetricId::BuyerShare | MetricId::RevenueShare => {
            share(sum(0) as f64, sum(1) as f64).map(Value::Share)
        }
        MetricId::Frequency => per_year(count(0), count(1), table.observed_days).map(Value::Number),
        _ => None,
    }
}

/// An amount per thing, rounded half away from zero; `None` for none.
pub fn average(sum: i64, n: u64) -> Option<i64> {
    (n > 0).then(|| divide_rounded(i128::from(sum), i128::from(n))).and_then(|v| i64::try_from(v).ok())
}

/// A part of a whole, 0–1; `None` of nothing.
pub fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// Fewer days than this tell nothing of a year.
const LEAST_DAYS: i32 = 30;

/// Orders per buyer, scaled from the observed days to a year; `None` without buyers, and where the history is too
/// short to tell.
pub fn per_year(orders: u64, buyers: u64, observed_days: i32) -> Option<f64> {
    if observed_days < LEAST_DAYS {
        return None;
    }
    share(orders as f64, buyers as f64).map(|n| n * f64::from(YEAR_DAYS) / f64::from(observed_days))
}

/// Finds rows in a scope.
struct Find<'a> {
    table: &'a SegmentTable,
    data: &'a Dataset,
    picked: Option<&'a Picked>,
    revenue: Revenue<'a>,
    progress: &'a Progress,
}

impl Find<'_> {
    /// Calls `each` with every customer of a filter.
    fn each_customer(&self, filter: Filter, mut each: impl FnMut(usize)) -> Result<(), Cancelled> {
        for (customer, &segment) in self.table.segment_of.iter().enumerate() {
            if customer.is_multiple_of(STEP) {
                self.progress.step(customer as u64)?;
            }
            let wanted = match filter {
                Filter::All | Filter::Shop => segment != NOT_PRESENT,
                Filter::Segment(wanted) => segment == wanted as u8,
                Filter::Customer(index) => customer == index as usize,
                Filter::Picked(key) => {
                    self.picked.is_some_and(|picked| picked.key == key && picked.members.has(customer))
                }
            };
            if wanted {
                each(customer);
            }
        }
        Ok(())
    }

    /// All who were there.
    fn present(&self) -> Result<Term, Cancelled> {
        self.progress.step(0)?;
        let present = (0_u32..).zip(&self.table.facts).filter(|(_, facts)| facts.present);
        Ok(Term::new("All customers", Rows::Customers, present.map(|(at, _)| Row { at, value: 1 }).collect()))
    }

    fn customers(
        &self,
        words: &'static str,
        filter: Filter,
        counts: impl Fn(usize) -> bool,
    ) -> Result<Term, Cancelled> {
        let mut rows = Vec::new();
        self.each_customer(filter, |customer| {
            if counts(customer) {
                rows.push(Row { at: customer as u32, value: 1 });
            }
        })?;
        Ok(Term::new(words, Rows::Customers, rows))
    }

    fn orders(&self, filter: Filter, period: Option<(Day, Day)>) -> Result<Term, Cancelled> {
        let rows = self.each_order(filter, period, |i| self.revenue.is_purchase(i).then_some(1))?;
        Ok(Term::new("Orders", Rows::Orders, rows))
    }

    fn revenue(&self, words: &'static str, filter: Filter, period: Option<(Day, Day)>) -> Result<Term, Cancelled> {
        let counted = |i: usize| self.revenue.is_counted(i).then(|| self.revenue.before_refunds(i));
        let mut rows = self.each_order(filter, period, counted)?;
        // A refund belongs to its order. Both lists go up by the position of the order.
        for (r, order) in self.data.refunds.order.iter().enumerate() {
            if let Ok(n) = rows.binary_search_by_key(order, |row| row.at) {
                rows[n].value -= self.revenue.refunded(r);
            }
        }
        Ok(Term::new(words, Rows::Revenue, rows))
    }

    fn each_order(
        &self,
        filter: Filter,
        period: Option<(Day, Day)>,
        value: impl Fn(usize) -> Option<i64>,
    ) -> Result<Vec<Row>, Cancelled> {
        let orders = &self.data.orders;
        let from = period.map_or(Day(i32::MIN), |(from, _)| from);
        let mut rows = Vec::new();
        self.each_customer(filter, |customer| {
            let in_period = orders.of_customer(customer).filter(|&i| orders.day[i] >= from);
            rows.extend(in_period.filter_map(|i| Some(Row { at: i as u32, value: value(i)? })));
        })?;
        Ok(rows)
    }
}
