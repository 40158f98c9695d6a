//! What an experiment is measured by.

use serde::{Deserialize, Serialize};

/// A measure of an experiment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Share of the visitors who bought.
    #[default]
    Conversion,
    /// Revenue per visitor.
    Revenue,
    /// Gross profit per visitor: revenue less the cost of the goods.
    Profit,
    /// Average order value: revenue per order.
    OrderValue,
    /// Orders per visitor.
    Orders,
    /// Share of the buyers who bought more than once.
    Repeat,
    /// Something that only the user's data know.
    Named(Named),
}

/// A measure that is not the shop's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// What it is called.
    pub name: String,
    /// What it counts.
    pub unit: Unit,
    /// Whether less of it is better, as of returns.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub less_is_better: bool,
}

/// What a measure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share of people, 0–1.
    Share,
    /// Money: minor units of the shop's currency.
    Money,
    /// Anything else, per head.
    Number,
}

/// How a measure is made of what is known of each visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Visitors who did something, among all.
    Share,
    /// A value per visitor.
    Mean,
    /// A sum divided by another sum.
    Ratio,
}

/// What there is to say of a measure.
#[derive(Debug, Clone, Copy)]
pub struct MetricInfo {
    /// For people: "Revenue per visitor".
    pub name: &'static str,
    /// Stable name on the command line and in files.
    pub key: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// How it is made.
    pub shape: Shape,
    /// In a sentence.
    pub words: &'static str,
}

/// The shop's own measures.
pub const METRICS: [(Metric, MetricInfo); 6] = [
    (Metric::Conversion, info("Conversion", "conversion", Unit::Share, Shape::Share, "visitors who bought")),
    (Metric::Revenue, info("Revenue per visitor", "revenue", Unit::Money, Shape::Mean, "revenue less refunds")),
    (
        Metric::Profit,
        info("Gross profit per visitor", "profit", Unit::Money, Shape::Mean, "revenue less the cost of the goods"),
    ),
    (
        Metric::OrderValue,
        info("Average order value", "order_value", Unit::Money, Shape::Ratio, "revenue divided by orders"),
    ),
    (Metric::Orders, info("Orders per visitor", "orders", Unit::Number, Shape::Mean, "orders")),
    (Metric::Repeat, info("Repeat rate", "repeat", Unit::Share, Shape::Ratio, "buyers who bought more than once")),
];

const fn info(name: &'static str, key: &'static str, unit: Unit, shape: Shape, words: &'static str) -> MetricInfo {
    MetricInfo { name, key, unit, shape, words }
}

impl Metric {
    /// What there is to say of one of the shop's own; `None` for others.
    pub fn info(&self) -> Option<&'static MetricInfo> {
        METRICS.iter().find(|(metric, _)| metric == self).map(|(_, info)| info)
    }

    /// For people.
    pub fn name(&self) -> &str {
        match self {
            Self::Named(named) => &named.name,
            own => own.info().map_or("", |info| info.name),
        }
    }

    /// What it counts.
    pub fn unit(&self) -> Unit {
        match self {
            Self::Named(named) => named.unit,
            own => own.info().map_or(Unit::Number, |info| info.unit),
        }
    }

    /// Whether less of it is better.
    pub fn less_is_better(&self) -> bool {
        matches!(self, Self::Named(Named { less_is_better: true, .. }))
    }

    /// How it is made.
    pub fn shape(&self) -> Shape {
        match self {
            Self::Named(Named { unit: Unit::Share, .. }) => Shape::Share,
            Self::Named(_) => Shape::Mean,
            own => own.info().map_or(Shape::Mean, |info| info.shape),
        }
    }

    /// One of the shop's own by its stable name, in any letter case.
    pub fn parse(key: &str) -> Option<Self> {
        let key = key.trim().to_lowercase().replace(['-', ' '], "_");
        METRICS.iter().find(|(_, info)| info.key == key).map(|(metric, _)| metric.clone())
    }
}
