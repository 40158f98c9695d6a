//! Whether customers come back.

use super::{Better, Group, Metric, MetricId, MetricKind, Source, Unit};

/// What most of them have in common.
const BASE: Metric = Metric {
    id: MetricId::Retention,
    key: "",
    name: "",
    short: "",
    kind: MetricKind::Ratio,
    unit: Unit::Share,
    better: Better::Higher,
    group: Some(Group::Retention),
    source: Source::Orders,
    in_words: "",
};

pub const METRICS: &[Metric] = &[
    Metric {
        id: MetricId::Retention,
        key: "retention",
        name: "Customer retention rate",
        short: "Retention",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        in_words: "Customers who bought in the period before and in this one, divided by customers who bought in the period before",
        ..BASE
    },
    Metric {
        id: MetricId::Churn,
        key: "churn",
        name: "Churn rate",
        short: "Churn",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        better: Better::Lower,
        in_words: "Customers who bought in the period before and not in this one, divided by customers who bought in the period before",
        ..BASE
    },
    Metric {
        id: MetricId::LtvToDate,
        key: "ltv_to_date",
        name: "Lifetime value to date",
        short: "LTV",
        kind: MetricKind::Ratio,
        unit: Unit::Money,
        in_words: "Revenue since the first order divided by customers who ever bought",
        ..BASE
    },
    Metric {
        id: MetricId::RepeatRate,
        key: "repeat_rate",
        name: "Repeat purchase rate",
        short: "Repeat rate",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        in_words: "Customers of the period who had bought before or bought twice in it, divided by all customers of the period",
        ..BASE
    },
    Metric {
        id: MetricId::RepeatWithin90,
        key: "repeat_within90",
        name: "Repeat within 90 days",
        short: "Repeat in 90 days",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        in_words: "New customers whose 90 days ended in the period and who bought again within them, divided by all whose 90 days ended in the period",
        ..BASE
    },
    Metric {
        id: MetricId::ReturningCustomers,
        key: "returning_customers",
        name: "Returning customers",
        short: "Returning",
        kind: MetricKind::Count,
        unit: Unit::Count,
        in_words: "Customers who bought in the period and had bought before it",
        ..BASE
    },
    Metric {
        id: MetricId::OrdersPerCustomer,
        key: "orders_per_customer",
        name: "Orders per customer",
        short: "Orders / customer",
        kind: MetricKind::Ratio,
        unit: Unit::Number,
        in_words: "Orders of identified customers in the period divided by these customers",
        ..BASE
    },
];
