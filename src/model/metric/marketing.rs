//! What marketing brings.

use super::{Better, Group, Metric, MetricId, MetricKind, Source, Unit};

/// What most of them have in common.
const BASE: Metric = Metric {
    id: MetricId::Visits,
    key: "",
    name: "",
    short: "",
    kind: MetricKind::Ratio,
    unit: Unit::Share,
    better: Better::Higher,
    group: Some(Group::Marketing),
    source: Source::Visits,
    in_words: "",
};

pub const METRICS: &[Metric] = &[
    Metric {
        id: MetricId::Visits,
        key: "visits",
        name: "Visits",
        short: "Visits",
        kind: MetricKind::Sum,
        unit: Unit::Count,
        in_words: "Visits as web analytics count them; without them touchpoints by which people came",
        ..BASE
    },
    Metric {
        id: MetricId::AddToCart,
        key: "add_to_cart",
        name: "Cart rate",
        short: "Cart rate",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        source: Source::Carts,
        in_words: "Carts begun in the period divided by visits",
        ..BASE
    },
    Metric {
        id: MetricId::CartAbandonment,
        key: "cart_abandonment",
        name: "Cart abandonment",
        short: "Abandonment",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        better: Better::Lower,
        source: Source::Carts,
        in_words: "Carts that were not ordered within a day divided by carts begun",
        ..BASE
    },
    Metric {
        id: MetricId::MobileConversion,
        key: "mobile_conversion",
        name: "Mobile conversion rate",
        short: "Mobile conversion",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        in_words: "Touchpoints on phones that were the last before an order, divided by all touchpoints on phones",
        ..BASE
    },
    Metric {
        id: MetricId::DesktopConversion,
        key: "desktop_conversion",
        name: "Desktop conversion rate",
        short: "Desktop conversion",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        in_words: "Touchpoints on computers that were the last before an order, divided by all touchpoints on computers",
        ..BASE
    },
    Metric {
        id: MetricId::AdSpend,
        key: "ad_spend",
        name: "Ad spend",
        short: "Ad spend",
        kind: MetricKind::Sum,
        unit: Unit::Money,
        better: Better::Neither,
        source: Source::Spend,
        in_words: "Spend on advertising in the period",
        ..BASE
    },
    Metric {
        id: MetricId::Roas,
        key: "roas",
        name: "Return on ad spend",
        short: "ROAS",
        kind: MetricKind::Ratio,
        unit: Unit::Ratio,
        source: Source::Spend,
        in_words: "Revenue that platforms claim for their ads divided by what was spent on these ads",
        ..BASE
    },
    Metric {
        id: MetricId::Mer,
        key: "mer",
        name: "Marketing efficiency ratio",
        short: "MER",
        kind: MetricKind::Ratio,
        unit: Unit::Ratio,
        source: Source::Spend,
        in_words: "All revenue of the period divided by all spend on advertising",
        ..BASE
    },
    Metric {
        id: MetricId::LtvToCac,
        key: "ltv_to_cac",
        name: "Lifetime value to cost of a customer",
        short: "LTV : CAC",
        kind: MetricKind::Ratio,
        unit: Unit::Ratio,
        source: Source::Spend,
        in_words: "Lifetime value to date divided by the cost per new customer of the period",
        ..BASE
    },
    Metric {
        id: MetricId::MarketPosition,
        key: "market_position",
        name: "Market position",
        short: "Position",
        kind: MetricKind::Measured,
        unit: Unit::Score,
        better: Better::Lower,
        source: Source::Measured,
        in_words: "Place among competitors, 1 = first, by the study that is named as its source",
        ..BASE
    },
    Metric {
        id: MetricId::BrandAwareness,
        key: "brand_awareness",
        name: "Brand awareness",
        short: "Awareness",
        kind: MetricKind::Measured,
        unit: Unit::Share,
        source: Source::Measured,
        in_words: "People asked who know the brand divided by all who were asked",
        ..BASE
    },
];
