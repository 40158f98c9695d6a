//! Events of known customers other than looks at products, which [`super::Signals`] has. Read on first use, beside the
//! [`super::Dataset`] of the same revision, whose positions they use.
//!
//! Moments are seconds of the shop's clock, as those of [`super::signals`]: a day has 86,400 of them.

/// Events in columns, sorted by customer, then moment.
#[derive(Debug, Clone, Default)]
pub struct Events {
    /// Customer index.
    pub customer: Vec<u32>,
    /// When.
    pub at: Vec<i64>,
    /// What, index into [`Events::kinds`].
    pub kind: Vec<u16>,
    /// Kinds, as their files write them.
    pub kinds: Vec<String>,
    /// Revision of the imported data this was read at.
    pub revision: u64,
}

/// Visits that web analytics counted, as sums that belong to nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebVisits {
    /// All of them.
    pub sessions: u64,
    /// Purchases in them; `None` = not told.
    pub purchases: Option<u64>,
    /// Visits by channel in the words of the report, with the purchases in them; empty where no report tells channels.
    pub channels: Vec<(String, u64, Option<u64>)>,
    /// First and last day of the reports.
    pub days: Option<(super::Day, super::Day)>,
}

/// A report of web analytics that is split in a way of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebReport {
    /// Whether it tells channels.
    pub by_channel: bool,
    /// Its rows.
    pub rows: Vec<WebRow>,
}

/// Visits of some days, on a channel where the report tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebRow {
    /// First day.
    pub day: super::Day,
    /// Last day.
    pub until: super::Day,
    /// The channel; empty = not told.
    pub channel: String,
    /// Visits.
    pub sessions: u64,
    /// Purchases in them; `None` = not told.
    pub purchases: Option<u64>,
}
