//! One customer in figures on a day: what the segment table, RFM and the course say of this person.

use super::course::{Course, Stay};
use super::door::average;
use super::facts::CustomerFacts;
use super::revenue::Revenue;
use super::rfm::{self, Group, Scores};
use super::segments::SegmentTable;
use crate::model::figure::{Figure, Filter, MetricId, Scope, Value};
use crate::model::{Dataset, Day, Definitions, Segment};

/// What is known of one customer on the day of a segment table.
#[derive(Debug, Clone, PartialEq)]
pub struct Portrait {
    /// Index in the dataset.
    pub customer: u32,
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Orders, revenue, first and last day.
    pub facts: CustomerFacts,
    /// The segment; `None` when the customer was not there yet, or nobody can tell.
    pub segment: Option<Segment>,
    /// RFM scores among all buyers of the day; `None` for those who never bought and in too small a shop.
    pub scores: Option<Scores>,
    /// The named group of the scores.
    pub group: Option<Group>,
    /// Revenue per order since the beginning, minor units; `None` without orders.
    pub average: Option<i64>,
    /// Stays in segments by the cut-offs of the table, oldest first.
    pub stays: Vec<Stay>,
    /// Days of purchase up to the as-of day, oldest first, each with its revenue after refunds. Several orders of one
    /// day stand apart.
    pub purchases: Vec<Purchase>,
}

/// A purchase as it counts by the definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purchase {
    /// Position in the orders of the dataset.
    pub order: u32,
    /// Its day.
    pub day: Day,
    /// Revenue less refunds known by the as-of day, minor units of the shop's currency.
    pub revenue: i64,
}

impl Portrait {
    /// The customer with an index, as a segment table of the same data and definitions has them. `None` when there is
    /// no such customer.
    pub fn of(
        data: &Dataset,
        definitions: &Definitions,
        scoring: &rfm::Settings,
        table: &SegmentTable,
        customer: u32,
    ) -> Option<Self> {
        let at = customer as usize;
        let facts = *table.facts.get(at)?;
        let revenue = Revenue::new(data, definitions, table.as_of);
        let scores = rfm::scores(&table.facts, table.as_of, scoring).ok();
        let scores = scores.and_then(|scores| scores.get(at).copied()).filter(|scores| scores.r > 0);
        Some(Self {
            customer,
            as_of: table.as_of,
            facts,
            segment: table.segment_of.get(at).and_then(|number| Segment::from_number(*number)),
            scores,
            group: scores.and_then(|scores| Group::of(scores, scoring.bins)),
            average: average(facts.revenue, u64::from(facts.orders)),
            stays: Course::of(data, &revenue, at).stays(&table.rules, table.as_of),
            purchases: purchases(data, &revenue, at),
        })
    }
}

impl SegmentTable {
    /// Orders, revenue or average order value of one customer as a figure, of the last 12 months or since the
    /// beginning.
    pub fn customer_figure(&self, customer: u32, metric: MetricId, in_year: bool) -> Figure {
        let money = |minor: i64| Value::Money(minor, self.currency);
        let of = |facts: &CustomerFacts| {
            let (orders, revenue) = match in_year {
                true => (facts.orders_in_year, facts.revenue_in_year),
                false => (facts.orders, facts.revenue),
            };
            match metric {
                MetricId::Orders => Some(Value::Count(orders.into())),
                MetricId::Aov => average(revenue, orders.into()).map(money),
                _ => Some(money(revenue)),
            }
        };
        let value = self.facts.get(customer as usize).and_then(of);
        let metric = if matches!(metric, MetricId::Orders | MetricId::Aov) { metric } else { MetricId::Revenue };
        let (period, filter) = (in_year.then_some(self.period), Filter::Customer(customer));
        Figure { metric, scope: Scope { as_of: self.as_of, period, filter, definitions: self.definitions }, value }
    }
}

fn purchases(data: &Dataset, revenue: &Revenue<'_>, customer: usize) -> Vec<Purchase> {
    let refunds = |i: usize| revenue.refunds_of(i, i + 1).map(|r| revenue.refunded(r)).sum::<i64>();
    let orders = data.orders.of_customer(customer).filter(|&i| revenue.is_purchase(i));
    orders
        .map(|i| Purchase { order: i as u32, day: data.orders.day[i], revenue: revenue.before_refunds(i) - refunds(i) })
        .collect()
}
