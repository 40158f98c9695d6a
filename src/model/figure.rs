//! A figure is a value with its metric and scope, small enough to stand behind every number on the screen.

use serde::Serialize;

use super::{Currency, Day, Segment};

/// How a metric folds its rows, which fixes how its rows are listed and summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MetricKind {
    /// A sum over rows.
    Sum,
    /// One sum divided by another.
    Ratio,
    /// A count of distinct things.
    Count,
    /// What a fitted model foretells: the same orders and settings give the same value.
    Model,
}

/// Names a metric in [`METRICS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MetricId {
    /// Customers.
    Customers,
    /// Share of all customers.
    CustomerShare,
    /// Share of all who ever bought.
    BuyerShare,
    /// Revenue by the shop's definition.
    Revenue,
    /// Share of the revenue of identified customers.
    RevenueShare,
    /// Orders that count.
    Orders,
    /// Average order value.
    Aov,
    /// Orders per buyer and year.
    Frequency,
    /// Revenue per buyer since the first order.
    LtvToDate,
    /// Expected discounted revenue of the time ahead.
    PredictedValue,
    /// Expected orders of the time ahead.
    PredictedOrders,
    /// Expected number of buyers who are customers still; of one customer the probability.
    StillCustomers,
    /// Share of buyers expected to have stopped.
    Stopped,
}

/// What a metric is called and what it means.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Its id.
    pub id: MetricId,
    /// Name in the interface.
    pub name: &'static str,
    /// Column header, without unit.
    pub short: &'static str,
    /// How it folds rows.
    pub kind: MetricKind,
    /// The formula in words.
    pub in_words: &'static str,
}

/// Every metric there is. Hovers, column headers, documents and JSON read this list.
pub const METRICS: &[Metric] = &[
    Metric {
        id: MetricId::Customers,
        name: "Customers",
        short: "Size",
        kind: MetricKind::Count,
        in_words: "Customers of the segment on the as-of date",
    },
    Metric {
        id: MetricId::CustomerShare,
        name: "Share of customers",
        short: "Share of customers",
        kind: MetricKind::Ratio,
        in_words: "Customers of the segment divided by all customers",
    },
    Metric {
        id: MetricId::BuyerShare,
        name: "Share of buyers",
        short: "Share of buyers",
        kind: MetricKind::Ratio,
        in_words: "Customers of the group divided by all customers who ever bought",
    },
    Metric {
        id: MetricId::Revenue,
        name: "Revenue",
        short: "Revenue",
        kind: MetricKind::Sum,
        in_words: "Revenue in the period by the shop's definition",
    },
    Metric {
        id: MetricId::RevenueShare,
        name: "Share of revenue",
        short: "Share of revenue",
        kind: MetricKind::Ratio,
        in_words: "Revenue of the segment divided by the revenue of all identified customers in the period",
    },
    Metric {
        id: MetricId::Orders,
        name: "Orders",
        short: "Orders",
        kind: MetricKind::Count,
        in_words: "Orders in the period that count by the shop's definition",
    },
    Metric {
        id: MetricId::Aov,
        name: "Average order value",
        short: "AOV",
        kind: MetricKind::Ratio,
        in_words: "Revenue divided by orders in the period",
    },
    Metric {
        id: MetricId::Frequency,
        name: "Orders per year",
        short: "Orders / yr",
        kind: MetricKind::Ratio,
        in_words: "Orders in the period per buyer of the period, scaled to a year when the shop's history is shorter",
    },
    Metric {
        id: MetricId::LtvToDate,
        name: "Lifetime value to date",
        short: "LTV",
        kind: MetricKind::Ratio,
        in_words: "Revenue since the first order divided by customers who ever bought",
    },
    Metric {
        id: MetricId::PredictedValue,
        name: "Expected value",
        short: "Expected value",
        kind: MetricKind::Model,
        in_words: "Expected orders of each customer times the expected value of an order, discounted month by month",
    },
    Metric {
        id: MetricId::PredictedOrders,
        name: "Expected orders",
        short: "Expected orders",
        kind: MetricKind::Model,
        in_words: "Days with an order that the model of buying expects in the period; orders of one day count once",
    },
    Metric {
        id: MetricId::StillCustomers,
        name: "Chance to be active",
        short: "Chance to be active",
        kind: MetricKind::Model,
        in_words: "Probability that a customer who bought is a customer still, by the model of buying; summed over customers",
    },
    Metric {
        id: MetricId::Stopped,
        name: "Expected to have stopped",
        short: "Stopped",
        kind: MetricKind::Model,
        in_words: "Customers expected to have stopped divided by all who ever bought",
    },
];

impl MetricId {
    /// The entry in [`METRICS`].
    pub fn metric(self) -> &'static Metric {
        METRICS.iter().find(|m| m.id == self).unwrap_or(&METRICS[0])
    }
}

/// Which customers a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// All who were there on the as-of day.
    All,
    /// Those in a segment on the as-of day.
    Segment(Segment),
    /// One, by index in the dataset.
    Customer(u32),
    /// Those that a rule picked; the number names the set.
    Picked(u64),
}

impl Filter {
    /// The filter in words.
    pub fn in_words(self) -> String {
        match self {
            Self::All => "All customers".into(),
            Self::Segment(segment) => format!("Segment is {}", segment.name()),
            Self::Customer(_) => "One customer".into(),
            Self::Picked(_) => "Customers picked by a rule".into(),
        }
    }
}

/// What a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Scope {
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// First and last day that count, both included; `None` = since the beginning.
    pub period: Option<(Day, Day)>,
    /// Which customers.
    pub filter: Filter,
    /// Version of the definitions.
    pub definitions: u32,
}

/// A value with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Minor units.
    Money(i64, Currency),
    /// A number of things.
    Count(u64),
    /// A share, 0–1.
    Share(f64),
    /// A plain number.
    Number(f64),
}

/// "Cannot tell": what there is, what it would take.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TooLittle {
    /// What is there.
    pub have: u64,
    /// What is needed.
    pub need: u64,
    /// Of what: "orders", "buyers".
    pub what: &'static str,
}

/// A value that knows what it is and what it covers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figure {
    /// What is measured.
    pub metric: MetricId,
    /// Over what.
    pub scope: Scope,
    /// The value; `None` = not defined here (no orders, no buyers).
    pub value: Option<Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_stands_in_the_list_once() {
        for metric in METRICS {
            assert_eq!(METRICS.iter().filter(|m| m.id == metric.id).count(), 1);
            assert_eq!(metric.id.metric().name, metric.name);
        }
    }
}
