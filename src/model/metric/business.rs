//! What the shop earns.

use super::{Better, Group, Metric, MetricId, MetricKind, Source, Unit};

/// What most of them have in common.
const BASE: Metric = Metric {
    id: MetricId::Revenue,
    key: "",
    name: "",
    short: "",
    kind: MetricKind::Ratio,
    unit: Unit::Share,
    better: Better::Higher,
    group: Some(Group::Business),
    source: Source::Orders,
    in_words: "",
};

pub const METRICS: &[Metric] = &[
    Metric {
        id: MetricId::Revenue,
        key: "revenue",
        name: "Revenue",
        short: "Revenue",
        kind: MetricKind::Sum,
        unit: Unit::Money,
        in_words: "Revenue in the period by the shop's definition",
        ..BASE
    },
    Metric {
        id: MetricId::RevenueGrowthMonth,
        key: "revenue_growth_month",
        name: "Revenue growth, month on month",
        short: "Growth m/m",
        kind: MetricKind::Ratio,
        unit: Unit::Growth,
        in_words: "Revenue of the last whole month up to the end of the period against the month before",
        ..BASE
    },
    Metric {
        id: MetricId::RevenueGrowthYear,
        key: "revenue_growth_year",
        name: "Revenue growth, year on year",
        short: "Growth y/y",
        kind: MetricKind::Ratio,
        unit: Unit::Growth,
        in_words: "Revenue of the period against the same weekdays a year before, 364 days earlier",
        ..BASE
    },
    Metric {
        id: MetricId::Orders,
        key: "orders",
        name: "Orders",
        short: "Orders",
        kind: MetricKind::Count,
        unit: Unit::Count,
        in_words: "Orders in the period that count by the shop's definition",
        ..BASE
    },
    Metric {
        id: MetricId::Aov,
        key: "aov",
        name: "Average order value",
        short: "AOV",
        kind: MetricKind::Ratio,
        unit: Unit::Money,
        in_words: "Revenue divided by orders in the period",
        ..BASE
    },
    Metric {
        id: MetricId::Buyers,
        key: "buyers",
        name: "Customers who bought",
        short: "Buyers",
        kind: MetricKind::Count,
        unit: Unit::Count,
        in_words: "Identified customers with an order that counts in the period",
        ..BASE
    },
    Metric {
        id: MetricId::ItemsPerOrder,
        key: "items_per_order",
        name: "Items per order",
        short: "Items / order",
        kind: MetricKind::Ratio,
        unit: Unit::Number,
        in_words: "Units on the lines of orders divided by orders whose lines are known",
        ..BASE
    },
    Metric {
        id: MetricId::GrossProfit,
        key: "gross_profit",
        name: "Gross profit",
        short: "Gross profit",
        kind: MetricKind::Sum,
        unit: Unit::Money,
        in_words: "Revenue less the cost of goods, where that is known for at least half of the revenue, and for the rest as for that part",
        ..BASE
    },
    Metric {
        id: MetricId::Margin,
        key: "margin",
        name: "Profitability",
        short: "Margin",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        in_words: "Gross profit divided by revenue, of the orders whose cost of goods is known",
        ..BASE
    },
    Metric {
        id: MetricId::DiscountRate,
        key: "discount_rate",
        name: "Discount rate",
        short: "Discount rate",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        better: Better::Lower,
        in_words: "Discounts divided by what orders would have cost without them",
        ..BASE
    },
    Metric {
        id: MetricId::RefundRate,
        key: "refund_rate",
        name: "Refund rate",
        short: "Refund rate",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        better: Better::Lower,
        in_words: "Revenue given back, as refunds or returns, divided by revenue before it; refunds belong to the day of their order",
        ..BASE
    },
    Metric {
        id: MetricId::ReturnRate,
        key: "return_rate",
        name: "Return rate",
        short: "Return rate",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        better: Better::Lower,
        in_words: "Orders of the period with a refund or a return, divided by orders; returns booked as rows of their own count in the period of their day",
        ..BASE
    },
    Metric {
        id: MetricId::ChargebackRate,
        key: "chargeback_rate",
        name: "Chargeback rate",
        short: "Chargebacks",
        kind: MetricKind::Measured,
        unit: Unit::Share,
        better: Better::Lower,
        source: Source::Measured,
        in_words: "Orders that the bank took back divided by orders, as the payment provider says it",
        ..BASE
    },
    Metric {
        id: MetricId::RiskShare,
        key: "risk_share",
        name: "Orders at risk",
        short: "At risk",
        kind: MetricKind::Measured,
        unit: Unit::Share,
        better: Better::Lower,
        source: Source::Measured,
        in_words: "Orders that the shop system or the payment provider marks as risky divided by orders",
        ..BASE
    },
    Metric {
        id: MetricId::MarketShare,
        key: "market_share",
        name: "Market share",
        short: "Market share",
        kind: MetricKind::Measured,
        unit: Unit::Share,
        source: Source::Measured,
        in_words: "Share of the market, by the study that is named as its source",
        ..BASE
    },
    Metric {
        id: MetricId::BrandValue,
        key: "brand_value",
        name: "Brand value",
        short: "Brand value",
        kind: MetricKind::Measured,
        unit: Unit::Money,
        source: Source::Measured,
        in_words: "Value of the brand, by the valuation that is named as its source",
        ..BASE
    },
];
