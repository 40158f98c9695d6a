//! The rows behind KPIs that orders give: found again and folded by the metric's own rule.

use std::collections::BTreeSet;

use super::pass::WATCHED;
use super::{KpiRow, Kpis};
use crate::analytics::door::{Door, Row, Rows, Term, average, share};
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::dataset::{Dataset, NO_DAY};
use crate::model::definitions::{Definitions, YEAR_DAYS};
use crate::model::figure::{Figure, Filter, Scope, Value};
use crate::model::metric::Unit;
use crate::model::{Day, MetricId};

/// Metrics whose figures open their rows; all others say how they are computed.
pub const OPENED: &[MetricId] = &[
    MetricId::Revenue,
    MetricId::Orders,
    MetricId::Aov,
    MetricId::NewCustomers,
    MetricId::Buyers,
    MetricId::ReturningCustomers,
    MetricId::OrdersPerCustomer,
    MetricId::RepeatRate,
    MetricId::RepeatWithin90,
    MetricId::CustomerQuality,
    MetricId::LtvToDate,
    MetricId::DiscountRate,
    MetricId::RefundRate,
    MetricId::ReturnRate,
];

impl Kpis {
    /// The value of a row as a figure with its scope.
    pub fn figure(&self, row: &KpiRow) -> Figure {
        self.figure_of(row.metric, self.period, row.value)
    }

    /// A value of some days as a figure with its scope.
    pub fn figure_of(&self, metric: MetricId, days: (Day, Day), value: Option<Value>) -> Figure {
        let scope =
            Scope { as_of: self.as_of, period: Some(days), filter: Filter::Shop, definitions: self.definitions };
        Figure { metric, scope, value }
    }
}

/// Finds the rows of a figure of the whole shop; without terms where its metric has none.
///
/// # Errors
/// When the work was cancelled.
pub fn open(
    figure: &Figure,
    data: &Dataset,
    definitions: &Definitions,
    progress: &Progress,
) -> Result<Door, Cancelled> {
    let days = figure.scope.period.unwrap_or((Day(i32::MIN), figure.scope.as_of));
    let find = Find { data, revenue: Revenue::new(data, definitions, figure.scope.as_of), progress };
    let later = |by: i32| (Day(days.0.0.saturating_sub(by)), Day(days.1.0 - by));
    let ended = (days.0, days.1.min(Day(figure.scope.as_of.0 - WATCHED)));
    let terms = match figure.metric {
        MetricId::Revenue => vec![find.net("Revenue", days, false)?],
        MetricId::Orders => vec![find.purchases(days)?],
        MetricId::Aov => vec![find.net("Revenue", days, false)?, find.purchases(days)?],
        MetricId::NewCustomers => vec![find.people("New customers", |c| find.is_new(c, days))?],
        MetricId::Buyers => vec![find.buyers(days)?],
        MetricId::ReturningCustomers => {
            let is_back = |c: usize| find.bought(c, days, |_| true) && !find.is_new(c, days);
            vec![find.people("Customers who had bought before", is_back)?]
        }
        MetricId::OrdersPerCustomer => vec![find.named_purchases(days)?, find.buyers(days)?],
        MetricId::RepeatRate => {
            let again = |c: usize| find.first(c).is_some_and(|first| find.bought(c, days, |day| day > first));
            vec![find.people("Customers who bought again", again)?, find.buyers(days)?]
        }
        MetricId::RepeatWithin90 => find.came_back("New customers whose 90 days ended", later(WATCHED))?,
        MetricId::CustomerQuality => find.came_back("New customers after 90 days", ended)?,
        MetricId::LtvToDate => {
            let until = (Day(i32::MIN), days.1);
            vec![find.net("Revenue since the first order", until, true)?, find.buyers(until)?]
        }
        MetricId::DiscountRate => {
            let listed = |i: usize| find.revenue.before_refunds(i) + find.revenue.discount(i);
            let discount = find.each("Discounts", days, |i| find.revenue.discount(i))?;
            vec![discount, find.each("Prices before discounts", days, listed)?]
        }
        MetricId::RefundRate => {
            let before = find.each("Revenue before refunds", days, |i| find.revenue.before_refunds(i))?;
            vec![find.given_back(days)?, before]
        }
        MetricId::ReturnRate => vec![find.returned(days)?, find.purchases(days)?],
        _ => Vec::new(),
    };
    let folded = fold(figure, &terms, definitions);
    Ok(Door { figure: *figure, terms, folded, observed_days: YEAR_DAYS })
}

/// The value that the terms make by the metric's rule; of a figure without rows its own.
fn fold(figure: &Figure, terms: &[Term], definitions: &Definitions) -> Option<Value> {
    let money = |minor: i64| Value::Money(minor, definitions.currency);
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    match (terms, figure.metric.metric().unit) {
        ([], _) => figure.value,
        ([only], Unit::Money) => Some(money(only.sum)),
        ([only], _) => Some(Value::Count(count(only.sum))),
        ([above, below, ..], Unit::Money) => average(above.sum, count(below.sum)).map(money),
        ([above, below, ..], Unit::Share) => share(above.sum as f64, below.sum as f64)
            .filter(|share| *share <= 1.0 || figure.metric != MetricId::ReturnRate)
            .map(Value::Share),
        ([above, below, ..], _) => share(above.sum as f64, below.sum as f64).map(Value::Number),
    }
}

/// Finds rows.
struct Find<'a> {
    data: &'a Dataset,
    revenue: Revenue<'a>,
    progress: &'a Progress,
}

/// Rows between two looks at whether the work was cancelled.
const STEP: usize = 65_536;

impl Find<'_> {
    fn rows(
        &self,
        words: &'static str,
        of: Rows,
        (from, to): (Day, Day),
        value: impl Fn(usize) -> Option<i64>,
    ) -> Result<Term, Cancelled> {
        let days = &self.data.orders.day;
        let mut rows = Vec::new();
        for (i, day) in days.iter().enumerate() {
            if i.is_multiple_of(STEP) {
                self.progress.step(i as u64)?;
            }
            if *day >= from
                && *day <= to
                && let Some(value) = value(i)
            {
                rows.push(Row { at: i as u32, value });
            }
        }
        Ok(Term::new(words, of, rows))
    }

    fn refunded(&self, i: usize) -> i64 {
        self.revenue.refunds_of(i, i + 1).map(|r| self.revenue.refunded(r)).sum()
    }

    fn is_named(&self, i: usize) -> bool {
        !self.data.orders.unidentified().contains(&i)
    }

    /// Revenue less refunds, of all or of identified customers alone.
    fn net(&self, words: &'static str, days: (Day, Day), named: bool) -> Result<Term, Cancelled> {
        let counts = |i: usize| self.revenue.is_counted(i) && (!named || self.is_named(i));
        self.rows(words, Rows::Revenue, days, |i| counts(i).then(|| self.revenue.before_refunds(i) - self.refunded(i)))
    }

    /// An amount of each order that counts.
    fn each(&self, words: &'static str, days: (Day, Day), amount: impl Fn(usize) -> i64) -> Result<Term, Cancelled> {
        self.rows(words, Rows::Revenue, days, |i| self.revenue.is_purchase(i).then(|| amount(i)))
    }

    fn purchases(&self, days: (Day, Day)) -> Result<Term, Cancelled> {
        self.rows("Orders", Rows::Orders, days, |i| self.revenue.is_purchase(i).then_some(1))
    }

    fn named_purchases(&self, days: (Day, Day)) -> Result<Term, Cancelled> {
        let counts = |i: usize| self.revenue.is_purchase(i) && self.is_named(i);
        self.rows("Orders of identified customers", Rows::Orders, days, |i| counts(i).then_some(1))
    }

    /// What refunds and returns took away.
    fn given_back(&self, days: (Day, Day)) -> Result<Term, Cancelled> {
        self.rows("Given back", Rows::Revenue, days, |i| match self.revenue.is_purchase(i) {
            true => Some(self.refunded(i)).filter(|sum| *sum != 0),
            false => self.revenue.is_counted(i).then(|| -self.revenue.before_refunds(i)),
        })
    }

    fn returned(&self, days: (Day, Day)) -> Result<Term, Cancelled> {
        self.rows("Orders that came back", Rows::Orders, days, |i| match self.revenue.is_purchase(i) {
            true => (self.refunded(i) != 0).then_some(1),
            false => self.revenue.is_counted(i).then_some(1),
        })
    }

    /// Customers of whom something holds.
    fn people(&self, words: &'static str, holds: impl Fn(usize) -> bool) -> Result<Term, Cancelled> {
        let mut rows = Vec::new();
        for customer in 0..self.data.customers.id.len() {
            if customer.is_multiple_of(STEP) {
                self.progress.step(customer as u64)?;
            }
            if holds(customer) {
                rows.push(Row { at: customer as u32, value: 1 });
            }
        }
        Ok(Term::new(words, Rows::Customers, rows))
    }

    fn buyers(&self, days: (Day, Day)) -> Result<Term, Cancelled> {
        self.people("Customers who bought", |c| self.bought(c, days, |_| true))
    }

    fn days_of(&self, customer: usize) -> impl Iterator<Item = Day> + '_ {
        let purchases = self.data.orders.of_customer(customer).filter(|&i| self.revenue.is_purchase(i));
        purchases.map(|i| self.data.orders.day[i])
    }

    fn first(&self, customer: usize) -> Option<Day> {
        self.days_of(customer).next().filter(|day| *day != NO_DAY)
    }

    fn is_new(&self, customer: usize, (from, to): (Day, Day)) -> bool {
        self.first(customer).is_some_and(|first| first >= from && first <= to)
    }

    fn bought(&self, customer: usize, (from, to): (Day, Day), wanted: impl Fn(Day) -> bool) -> bool {
        self.days_of(customer).any(|day| day >= from && day <= to && wanted(day))
    }

    /// New customers of some days, and before them those who bought again on a later day within 90 days.
    fn came_back(&self, words: &'static str, days: (Day, Day)) -> Result<Vec<Term>, Cancelled> {
        let new = self.people(words, |c| self.is_new(c, days))?;
        let of_them: BTreeSet<u32> = new.rows.iter().map(|row| row.at).collect();
        let is_back = |c: usize| {
            of_them.contains(&(c as u32))
                && self
                    .first(c)
                    .is_some_and(|first| self.bought(c, (Day(first.0 + 1), Day(first.0 + WATCHED)), |_| true))
        };
        Ok(vec![self.people("Of them bought again within 90 days", is_back)?, new])
    }
}
