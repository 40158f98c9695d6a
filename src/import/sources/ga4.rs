//! Google Analytics 4, reports of where visits came from: by campaign, channel group, source and medium, or date. Other
//! reports (pages, events, the snapshot) say nothing of campaigns and are refused by name.

use crate::import::field::{Field, TableKind};
use crate::import::plan::{DecimalMark, Layout, Mapping};
use crate::import::preview::{Doubt, Preview, Topic};
use crate::import::row::{Header, Row};
use crate::import::sources::Source;
use crate::import::sources::shape;
use crate::model::Day;

const DATE: &[&str] = &["Date", "Day"];
const CAMPAIGN: &[&str] = &["Session campaign", "Campaign", "First user campaign"];
const CHANNEL: &[&str] = &[
    "Session primary channel group (Default Channel Group)",
    "Session primary channel group (Default channel group)",
    "Session default channel group",
    "Session default channel grouping",
    "Default channel group",
    "First user primary channel group (Default Channel Group)",
    "First user default channel group",
];
const SOURCE: &[&str] = &[
    "Session source / medium",
    "Source / medium",
    "First user source / medium",
    "Session source",
    "First user source",
    "Session medium",
];

/// Dimensions over which one visit counts more than once.
const OTHER: &[&str] =
    &["Event name", "Page path + query string", "Page path and screen class", "Page title", "Nth day"];

pub struct Traffic;

impl Source for Traffic {
    fn name(&self) -> &'static str {
        "ga4-traffic"
    }

    fn title(&self) -> &'static str {
        "Google Analytics traffic"
    }

    fn origin(&self) -> &'static str {
        "ga4"
    }

    fn table(&self) -> TableKind {
        TableKind::Visits
    }

    fn matches(&self, preview: &Preview) -> f64 {
        let header = Header::new(&preview.header);
        let any = |names: &[&str]| names.iter().any(|name| header.has(name));
        let dated = self.period(preview).is_some() || any(DATE);
        let origin = any(CAMPAIGN) || any(CHANNEL) || any(SOURCE);
        // A bare table of dates and sessions is one of these only below the lines that the tool writes.
        let is_one = dated && (origin || self.period(preview).is_some()) && header.has("Sessions");
        if is_one && !any(OTHER) && (origin || any(DATE)) { 0.9 } else { 0.0 }
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        shape::mapping(
            preview,
            TableKind::Visits,
            Layout::Flat,
            &[
                (Field::VisitedOn, DATE),
                (Field::Campaign, CAMPAIGN),
                (Field::AdChannel, CHANNEL),
                (Field::TrafficSource, SOURCE),
                (Field::Users, &["Total users", "Active users", "Users"]),
                (Field::Sessions, &["Sessions"]),
                (Field::Conversions, &["Key events", "Conversions"]),
                (Field::Purchases, &["Ecommerce purchases", "Purchases", "Transactions"]),
                (Field::ConversionValue, &["Purchase revenue", "Total revenue"]),
            ],
        )
    }

    fn doubts(&self, preview: &Preview) -> Vec<Doubt> {
        let header = Header::new(&preview.header);
        let mut doubts = shape::note(
            "The report names no currency: its revenue is taken for the shop’s currency",
            "Where the property differs, say --currency",
        );
        if !DATE.iter().any(|name| header.has(name)) {
            doubts.push(match self.period(preview) {
                Some((first, last)) => shape::of_a_period(first, last),
                None => Doubt {
                    topic: Topic::Source,
                    column: None,
                    what: "The report says neither the days nor the period of its visits".into(),
                    repair: "Download it again with the lines above its table, or with the dimension Date".into(),
                    question: true,
                },
            });
        }
        doubts
    }

    fn period(&self, preview: &Preview) -> Option<(Day, Day)> {
        let lines = || preview.preamble.iter().map(|line| line.trim_start_matches('#').trim());
        let dated = |word: &str| lines().find_map(|line| day(line.strip_prefix(word)?.trim()));
        match (dated("Start date:"), dated("End date:")) {
            (Some(first), Some(last)) => Some((first, last)),
            // An exploration has both in one line.
            _ => lines().find_map(|line| line.split_once('-').and_then(|(a, b)| Some((day(a)?, day(b)?)))),
        }
        .filter(|(first, last)| first <= last)
    }

    fn decimal(&self) -> Option<DecimalMark> {
        Some(DecimalMark::Point)
    }

    fn is_total(&self, row: &Row) -> bool {
        row.cells().iter().next_back() == Some("Grand total")
    }
}

/// A day written as `20251231`.
fn day(text: &str) -> Option<Day> {
    let text = text.trim();
    let (year, rest) = text.is_ascii().then(|| text.split_at_checked(4)).flatten()?;
    let (month, day) = rest.split_at_checked(2)?;
    Day::parse(&format!("{year}-{month}-{day}"))
}
