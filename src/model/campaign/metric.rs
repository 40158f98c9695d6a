//! What campaigns are measured by.

use serde::{Deserialize, Serialize};

use crate::model::plan::{Amount, Percent};

/// A measure of success with its target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// What is measured.
    pub kind: MetricKind,
    /// What it should come to.
    pub target: Target,
    /// What it came to, where no data tell it and somebody typed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed: Option<Target>,
}

/// What is measured; the eight measures of the framework's campaigns, and two that every sale is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MetricKind {
    /// Revenue within the window.
    Revenue,
    /// Orders within the window.
    Orders,
    /// Margin within the window.
    Margin,
    /// Rise of the open rate against the sends before.
    OpenRateRise,
    /// Rise of engagement in social networks.
    SocialEngagementRise,
    /// People who agreed to be written to within the window.
    NewSubscribers,
    /// Rise of the share of buyers who buy again.
    RepeatRateRise,
    /// Fall of the share of customers who stay away.
    ChurnFall,
    /// Share of the delivered messages that were opened.
    OpenRate,
    /// Share of members who used the loyalty program.
    LoyaltyActivation,
}

/// A value of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Money.
    Amount(Amount),
    /// A share, or a change relative to before.
    Percent(Percent),
    /// A number.
    Count(u64),
}

impl Target {
    /// For people.
    pub fn display(self) -> String {
        match self {
            Self::Amount(amount) => amount.display(),
            Self::Percent(percent) => percent.to_string(),
            Self::Count(count) => count.to_string(),
        }
    }
}

/// Where the value of a metric comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Imported orders.
    Orders,
    /// Consents with their day, from customers and lists of subscribers.
    Consents,
    /// Imported results of sends.
    Sends,
    /// Nothing that is imported: somebody types it.
    Typed,
}

impl Source {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Orders => "from orders",
            Self::Consents => "from consents",
            Self::Sends => "from imported sends",
            Self::Typed => "typed",
        }
    }
}

/// A metric in the list.
pub struct MetricInfo {
    /// Which.
    pub id: MetricKind,
    /// For people.
    pub name: &'static str,
    /// What it means.
    pub about: &'static str,
    /// Where its value comes from.
    pub source: Source,
}

/// Every metric.
pub const METRICS: &[MetricInfo] = &[
    MetricInfo {
        id: MetricKind::Revenue,
        name: "Revenue",
        about: "Revenue of the orders within the window, as the definitions say what revenue is",
        source: Source::Orders,
    },
    MetricInfo {
        id: MetricKind::Orders,
        name: "Orders",
        about: "Orders within the window that count by the definitions",
        source: Source::Orders,
    },
    MetricInfo {
        id: MetricKind::Margin,
        name: "Margin",
        about: "Revenue of the orders within the window less the cost of their goods",
        source: Source::Orders,
    },
    MetricInfo {
        id: MetricKind::OpenRateRise,
        name: "Rise of the open rate",
        about: "Opens per delivered message of the campaign’s sends, against the median of the sends of the 180 days before",
        source: Source::Sends,
    },
    MetricInfo {
        id: MetricKind::SocialEngagementRise,
        name: "Rise of social engagement",
        about: "Likes, comments and shares against before; social networks export nothing that this program reads",
        source: Source::Typed,
    },
    MetricInfo {
        id: MetricKind::NewSubscribers,
        name: "New e-mail subscribers",
        about: "Customers who agreed to e-mail within the window, by the day of their consent",
        source: Source::Consents,
    },
    MetricInfo {
        id: MetricKind::RepeatRateRise,
        name: "Rise of the repeat purchase rate",
        about: "Share of the buyers of the window who had bought before, against as many days before it",
        source: Source::Orders,
    },
    MetricInfo {
        id: MetricKind::ChurnFall,
        name: "Fall of churn",
        about: "Share of the customers active before the window who did not order in it, against as many days before it",
        source: Source::Orders,
    },
    MetricInfo {
        id: MetricKind::OpenRate,
        name: "Open rate",
        about: "Opens per delivered message of the campaign’s sends",
        source: Source::Sends,
    },
    MetricInfo {
        id: MetricKind::LoyaltyActivation,
        name: "Loyalty program activation",
        about: "Share of members who used the program; no import brings it",
        source: Source::Typed,
    },
];

/// The line of a metric in the list.
pub fn metric(kind: MetricKind) -> &'static MetricInfo {
    // The list stands in the order of the enum; a test holds it to that.
    &METRICS[kind as usize]
}

impl Metric {
    /// A metric with a target.
    pub fn new(kind: MetricKind, target: Target) -> Self {
        Self { kind, target, typed: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_stands_in_the_order_of_the_enum() {
        for (n, info) in METRICS.iter().enumerate() {
            assert_eq!(info.id as usize, n);
        }
        assert_eq!(MetricKind::LoyaltyActivation as usize, METRICS.len() - 1);
    }
}
