//! What people do with site and messages.

use super::{Better, Group, Metric, MetricId, MetricKind, Source, Unit};

/// What most of them have in common.
const BASE: Metric = Metric {
    id: MetricId::TimeOnSite,
    key: "",
    name: "",
    short: "",
    kind: MetricKind::Ratio,
    unit: Unit::Share,
    better: Better::Higher,
    group: Some(Group::Engagement),
    source: Source::Messages,
    in_words: "",
};

pub const METRICS: &[Metric] = &[
    Metric {
        id: MetricId::TimeOnSite,
        key: "time_on_site",
        name: "Time on site",
        short: "Time on site",
        kind: MetricKind::Measured,
        unit: Unit::Seconds,
        source: Source::Measured,
        in_words: "Mean time of a visit, as web analytics say it",
        ..BASE
    },
    Metric {
        id: MetricId::PagesPerSession,
        key: "pages_per_session",
        name: "Pages per session",
        short: "Pages / visit",
        kind: MetricKind::Measured,
        unit: Unit::Number,
        source: Source::Measured,
        in_words: "Mean number of pages of a visit, as web analytics say it",
        ..BASE
    },
    Metric {
        id: MetricId::ReturnVisitors,
        key: "return_visitors",
        name: "Return visitor rate",
        short: "Return visitors",
        kind: MetricKind::Measured,
        unit: Unit::Share,
        source: Source::Measured,
        in_words: "Visitors who had been there before divided by all visitors, as web analytics say it",
        ..BASE
    },
    Metric {
        id: MetricId::EmailOpen,
        key: "email_open",
        name: "Email open rate",
        short: "Open rate",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        in_words: "People who opened divided by messages delivered, over the e-mails sent in the period",
        ..BASE
    },
    Metric {
        id: MetricId::EmailCtr,
        key: "email_ctr",
        name: "Email CTR",
        short: "CTR",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        in_words: "People who clicked divided by messages delivered, over the e-mails sent in the period",
        ..BASE
    },
    Metric {
        id: MetricId::EmailClickToOpen,
        key: "email_click_to_open",
        name: "Email click-to-open rate",
        short: "Click to open",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        in_words: "People who clicked divided by people who opened, over the e-mails sent in the period",
        ..BASE
    },
    Metric {
        id: MetricId::EmailUnsubscribe,
        key: "email_unsubscribe",
        name: "Email unsubscribe rate",
        short: "Unsubscribed",
        kind: MetricKind::Ratio,
        unit: Unit::Share,
        better: Better::Lower,
        in_words: "People who unsubscribed divided by messages delivered, over the e-mails sent in the period",
        ..BASE
    },
];
