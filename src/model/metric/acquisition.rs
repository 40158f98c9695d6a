//! How customers are won.

use super::{Better, Group, Metric, MetricId, MetricKind, Source, Unit};

/// What most of them have in common.
const BASE: Metric = Metric {
    id: MetricId::NewCustomers,
    key: "",
    name: "",
    short: "",
    kind: MetricKind::Ratio,
    unit: Unit::Share,
    better: Better::Higher,
    group: Some(Group::Acquisition),
    source: Source::Orders,
    in_words: "",
};

pub const METRICS: &[Metric] = &[
    Metric {
        id: MetricId::NewCustomers,
        key: "new_customers",
        name: "New customers",
        short: "New customers",
        kind: MetricKind::Count,
        unit: Unit::Count,
        in_words: "Customers whose first order that counts was placed in the period",
        ..BASE
    },
    Metric {
        id: MetricId::Cac,
        key: "cac",
        name: "Cost per new customer",
        short: "CAC",
        kind: MetricKind::Ratio,
        unit: Unit::Money,
        better: Better::Lower,
        source: Source::Spend,
        in_words: "Spend on advertising in the period divided by new customers of the period",
        ..BASE
    },
    Metric {
        id: MetricId::Conversion,
        key: "conversion",
        name: "Conversion rate",
        short: "Conversion",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        source: Source::Visits,
        in_words: "Purchases of visits divided by visits, as web analytics count both; without them the share of touchpoints that were the last before an order",
        ..BASE
    },
    Metric {
        id: MetricId::TimeToFirstPurchase,
        key: "time_to_first_purchase",
        name: "Time to first purchase",
        short: "Time to first",
        kind: MetricKind::Ratio,
        unit: Unit::Days,
        better: Better::Lower,
        in_words: "Median days from the making of an account to its first order, of customers who had an account by then and first bought in the period",
        ..BASE
    },
    Metric {
        id: MetricId::CustomerQuality,
        key: "customer_quality",
        name: "Customer quality",
        short: "Quality",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        in_words: "New customers of the period who bought again within 90 days, divided by new customers of the period whose 90 days are over",
        ..BASE
    },
    Metric {
        id: MetricId::CustomerQualityValue,
        key: "customer_quality_value",
        name: "Revenue of a new customer in 90 days",
        short: "Value in 90 days",
        kind: MetricKind::Ratio,
        unit: Unit::Money,
        in_words: "Revenue in the 90 days from the first order on, divided by new customers of the period whose 90 days are over",
        ..BASE
    },
];
