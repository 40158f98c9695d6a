//! Customers who were picked by a rule, under a name: what lists and the rows behind figures are asked for.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::bits::Bits;
use super::sieve::Count;
use crate::model::figure::{Filter, Scope, Value};
use crate::model::{Currency, Day, Figure, MetricId};

/// Picked customers.
#[derive(Debug, Clone)]
pub struct Picked {
    /// Names the set: another rule, day or state of the shop has another key.
    pub key: u64,
    /// What they are called.
    pub name: String,
    /// The customers, by index.
    pub members: Bits,
}

impl PartialEq for Picked {
    fn eq(&self, other: &Self) -> bool {
        (self.key, &self.name) == (other.key, &other.name)
    }
}

impl Eq for Picked {}

impl Picked {
    /// These customers under a name.
    pub fn new(name: String, members: Bits) -> Self {
        let mut hasher = DefaultHasher::new();
        members.words().hash(&mut hasher);
        members.len().hash(&mut hasher);
        Self { key: hasher.finish(), name, members }
    }

    /// A figure of them with its scope, from what was counted of them.
    pub fn figure(&self, metric: MetricId, count: &Count, currency: Currency, as_of: Day, definitions: u32) -> Figure {
        let year = Some(crate::analytics::facts::year_to(as_of));
        let (value, period) = match metric {
            MetricId::CustomerShare => (count.customer_share.map(Value::Share), None),
            MetricId::Revenue => (Some(Value::Money(count.revenue, currency)), year),
            MetricId::RevenueShare => (count.revenue_share.map(Value::Share), year),
            MetricId::Orders => (Some(Value::Count(count.orders)), year),
            _ => (Some(Value::Count(count.customers)), None),
        };
        let metric = if period.is_none() && metric != MetricId::CustomerShare { MetricId::Customers } else { metric };
        Figure { metric, scope: Scope { as_of, period, filter: Filter::Picked(self.key), definitions }, value }
    }
}
