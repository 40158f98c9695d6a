//! Columns of analyses that stand in no group of the catalogue.

use super::{Better, Metric, MetricId, MetricKind, Source, Unit};

/// What most of them have in common.
const BASE: Metric = Metric {
    id: MetricId::Customers,
    key: "",
    name: "",
    short: "",
    kind: MetricKind::Ratio,
    unit: Unit::Share,
    better: Better::Higher,
    group: None,
    source: Source::Orders,
    in_words: "",
};

pub const METRICS: &[Metric] = &[
    Metric {
        id: MetricId::Customers,
        key: "customers",
        name: "Customers",
        short: "Size",
        kind: MetricKind::Count,
        unit: Unit::Count,
        in_words: "Customers of the segment on the as-of date",
        ..BASE
    },
    Metric {
        id: MetricId::CustomerShare,
        key: "customer_share",
        name: "Share of customers",
        short: "Share of customers",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        better: Better::Neither,
        in_words: "Customers of the segment divided by all customers",
        ..BASE
    },
    Metric {
        id: MetricId::BuyerShare,
        key: "buyer_share",
        name: "Share of buyers",
        short: "Share of buyers",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        better: Better::Neither,
        in_words: "Customers of the group divided by all customers who ever bought",
        ..BASE
    },
    Metric {
        id: MetricId::RevenueShare,
        key: "revenue_share",
        name: "Share of revenue",
        short: "Share of revenue",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        better: Better::Neither,
        in_words: "Revenue of the segment divided by the revenue of all identified customers in the period",
        ..BASE
    },
    Metric {
        id: MetricId::Frequency,
        key: "frequency",
        name: "Orders per year",
        short: "Orders / yr",
        kind: MetricKind::Ratio,
        unit: Unit::Number,
        in_words: "Orders in the period per buyer of the period, scaled to a year when the shop's history is shorter",
        ..BASE
    },
    Metric {
        id: MetricId::PredictedValue,
        key: "predicted_value",
        name: "Expected value",
        short: "Expected value",
        kind: MetricKind::Model,
        unit: Unit::Money,
        source: Source::Model,
        in_words: "Expected orders of each customer times the expected value of an order, discounted month by month",
        ..BASE
    },
    Metric {
        id: MetricId::PredictedOrders,
        key: "predicted_orders",
        name: "Expected orders",
        short: "Expected orders",
        kind: MetricKind::Model,
        unit: Unit::Number,
        source: Source::Model,
        in_words: "Days with an order that the model of buying expects in the period; orders of one day count once",
        ..BASE
    },
    Metric {
        id: MetricId::StillCustomers,
        key: "still_customers",
        name: "Chance to be active",
        short: "Chance to be active",
        kind: MetricKind::Model,
        unit: Unit::Number,
        source: Source::Model,
        in_words: "Probability that a customer who bought is a customer still, by the model of buying; summed over customers",
        ..BASE
    },
    Metric {
        id: MetricId::Stopped,
        key: "stopped",
        name: "Expected to have stopped",
        short: "Stopped",
        kind: MetricKind::Model,
        unit: Unit::Share,
        better: Better::Lower,
        source: Source::Model,
        in_words: "Customers expected to have stopped divided by all who ever bought",
        ..BASE
    },
];
