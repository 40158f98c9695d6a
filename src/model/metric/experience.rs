//! How customers find it: measured outside of orders.

use super::{Better, Group, Metric, MetricId, MetricKind, Source, Unit};

/// What most of them have in common.
const BASE: Metric = Metric {
    id: MetricId::Nps,
    key: "",
    name: "",
    short: "",
    kind: MetricKind::Ratio,
    unit: Unit::Share,
    better: Better::Higher,
    group: Some(Group::Experience),
    source: Source::Measured,
    in_words: "",
};

pub const METRICS: &[Metric] = &[
    Metric {
        id: MetricId::Nps,
        key: "nps",
        name: "Net promoter score",
        short: "NPS",
        kind: MetricKind::Measured,
        unit: Unit::Score,
        in_words: "Share of people who answer 9 or 10 to whether they would recommend the shop less the share who answer 0 to 6, in points from −100 to 100",
        ..BASE
    },
    Metric {
        id: MetricId::Csat,
        key: "csat",
        name: "Customer satisfaction",
        short: "CSAT",
        kind: MetricKind::Measured,
        unit: Unit::Share,
        in_words: "People who say that they are satisfied divided by all who answered",
        ..BASE
    },
    Metric {
        id: MetricId::Ces,
        key: "ces",
        name: "Customer effort score",
        short: "CES",
        kind: MetricKind::Measured,
        unit: Unit::Score,
        in_words: "Mean answer to how easy it was, where more is easier; the scale is that of the survey",
        ..BASE
    },
    Metric {
        id: MetricId::PageLoad,
        key: "page_load",
        name: "Page load time",
        short: "Page load",
        kind: MetricKind::Measured,
        unit: Unit::Seconds,
        better: Better::Lower,
        in_words: "Time until the largest part of a page stands, as the measuring tool says it",
        ..BASE
    },
    Metric {
        id: MetricId::SiteScore,
        key: "site_score",
        name: "Website performance score",
        short: "Site score",
        kind: MetricKind::Measured,
        unit: Unit::Score,
        in_words: "Score of the website by the measuring tool, mostly 0 to 100",
        ..BASE
    },
];
