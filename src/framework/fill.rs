//! Sections filled from analyses: what the panels show, as a document to hand over.

use std::collections::BTreeMap;

use super::SEGMENTS;
use super::words::{self, MISSING, count, fact, percent};
use crate::analytics::segments::{Segment, SegmentRow, SegmentTable};
use crate::model::{Currency, Day, Locale, MetricId};
use crate::report::document::{Bars, Block, Cell};

/// A file the figures rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedFile {
    /// Its name.
    pub file: String,
    /// What it was recognised as: "Shopify orders".
    pub source: String,
    /// Day of the import, in the shop's zone.
    pub day: Day,
    /// Rows that were accepted.
    pub rows: u64,
}

/// The personalization focus of a segment: what was typed, else the framework's default.
pub fn focus(typed: &BTreeMap<Segment, String>, segment: Segment) -> &str {
    typed.get(&segment).map_or_else(|| super::default_text(SEGMENTS, segment.key()), String::as_str)
}

/// What the data say of the segments: who brings what, whom the shares leave out, and the rules in words.
pub fn segments_blocks(table: &SegmentTable) -> Vec<Block> {
    let mut blocks = vec![Block::Text(finding(table)), Block::Bars(bars(table))];
    blocks.extend(table.beside(Locale::En).into_iter().map(|words| format!("{words}.")).map(Block::Note));
    blocks.push(Block::Heading(2, "Rules in words".into()));
    blocks.push(Block::Text(
        "New Customers come first, then from top to bottom; the first rule that fits counts.".into(),
    ));
    blocks.push(Block::Facts(table.rows.iter().map(|row| fact(name(row), row.rule.clone())).collect()));
    blocks.push(Block::Note(table.rules_from.in_words().into()));
    blocks
}

/// What the table says, in a sentence or two.
fn finding(table: &SegmentTable) -> String {
    let mut text = match table.concentration() {
        Some(top) => format!(
            "{}, {} of customers, bring {} of {}.",
            name(top),
            top.customer_share.map_or_else(|| MISSING.into(), percent),
            top.revenue_share.map_or_else(|| MISSING.into(), percent),
            if table.unidentified.revenue == 0 { "revenue" } else { "identified revenue" },
        ),
        None => "Nobody ordered in the last 12 months.".to_owned(),
    };
    let browsers = table.rows.iter().find(|row| row.segment == Some(Segment::Browsers) && row.customers > 0);
    if let Some(share) = browsers.and_then(|row| row.customer_share) {
        text += &format!(" Browsers, {} of all customers, have not ordered yet.", percent(share));
    }
    text
}

fn name(row: &SegmentRow) -> &'static str {
    row.segment.map_or("All customers", Segment::name)
}

/// All customers together, below the framework's table of segments.
pub fn all_customers(table: &SegmentTable) -> Vec<Cell> {
    segment_cells(&table.total, table.currency)
}

/// In the order of the section's columns.
fn segment_cells(row: &SegmentRow, currency: Currency) -> Vec<Cell> {
    let money = |minor: Option<i64>| match minor {
        Some(minor) => Cell::number(currency.major(minor), currency.display(minor)),
        None => Cell::text(MISSING),
    };
    let number = |value: Option<f64>, text: fn(f64) -> String| match value {
        Some(value) => Cell::number(value, text(value)),
        None => Cell::text(MISSING),
    };
    vec![
        Cell::text(name(row)),
        Cell::number(row.customers as f64, count(row.customers)),
        number(row.revenue_share, percent),
        money(row.aov),
        number(row.frequency_per_year, |n| format!("{n:.1}x/yr")),
        money(row.ltv),
        Cell::default(),
    ]
}

fn bars(table: &SegmentTable) -> Bars {
    let shares = |share: fn(&SegmentRow) -> Option<f64>| table.rows.iter().map(|r| share(r).unwrap_or(0.0)).collect();
    Bars {
        caption: "Share of customers above, share of revenue below, last 12 months".into(),
        parts: table.rows.iter().map(|row| name(row).to_owned()).collect(),
        bars: vec![
            ("Customers".into(), shares(|row| row.customer_share)),
            ("Revenue".into(), shares(|row| row.revenue_share)),
        ],
    }
}

/// Of which days and whom the figures are, and what the columns of the segments mean.
pub fn scope(table: &SegmentTable, filter: &str) -> Vec<(String, String)> {
    let metric = |name: &str, id: MetricId| fact(name, id.metric().in_words);
    let mut facts = vec![
        fact("As of", format!("End of {}", table.as_of.display())),
        fact("Period", format!("Last 12 months, {}", words::period(table.period))),
        fact("Filter", if filter.is_empty() { "All customers" } else { filter }),
        metric("Size", MetricId::Customers),
        metric("Revenue share", MetricId::RevenueShare),
        metric("AOV", MetricId::Aov),
        metric("Frequency", MetricId::Frequency),
        metric("LTV", MetricId::LtvToDate),
    ];
    let year = table.period.1.0 - table.period.0.0 + 1;
    if table.observed_days < year {
        facts.push(fact("History", format!("{} of the {year} days of the period", table.observed_days)));
    }
    facts
}
