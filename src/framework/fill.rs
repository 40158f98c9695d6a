//! Sections filled from analyses: what the panels show, as a document to hand over.

use std::collections::BTreeMap;

use super::words::{self, MISSING, count, fact, percent};
use super::{SEGMENTS, Section, framework, section};
use crate::analytics::segments::{Segment, SegmentRow, SegmentTable};
use crate::model::{Currency, Day, Definitions, Locale, MetricId};
use crate::report::document::{Bars, Block, Cell, Column, Document, Table};

/// What the company says of itself; `None` = still open.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Name of the shop.
    pub company: String,
    /// Visitors of a month.
    pub monthly_visitors: Option<u64>,
    /// Share of visits that should end in an order, 0–1.
    pub conversion_target: Option<f64>,
    /// By how much the average order value should rise, 0–1.
    pub aov_target: Option<f64>,
}

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

/// Everything section 1 shows.
#[derive(Debug, Clone, Copy)]
pub struct SegmentsInput<'a> {
    /// The company's own figures.
    pub profile: &'a Profile,
    /// The table to show.
    pub table: &'a SegmentTable,
    /// The definitions it was computed with.
    pub definitions: &'a Definitions,
    /// Typed personalization focus; segments without an entry keep the framework's default.
    pub focus: &'a BTreeMap<Segment, String>,
    /// The filter in words; empty = all customers.
    pub filter: &'a str,
    /// Imports that the figures rest on, oldest first.
    pub imports: &'a [ImportedFile],
    /// Whether the shop was generated.
    pub sample: bool,
}

/// The personalization focus of a segment: what was typed, else the framework's default.
pub fn focus(typed: &BTreeMap<Segment, String>, segment: Segment) -> &str {
    typed.get(&segment).map_or_else(|| super::default_text(SEGMENTS, segment.key()), String::as_str)
}

/// Section 1 of the framework, filled from the shop's data.
pub fn segments_document(input: &SegmentsInput<'_>) -> Document {
    let table = input.table;
    let mut blocks = Vec::new();
    if input.sample {
        blocks.push(Block::Note("Sample data: a made-up shop, not a real one".into()));
    }
    blocks.push(Block::Heading(1, framework().profile.title.clone()));
    blocks.push(Block::Facts(profile(input.profile, table)));
    if let Some(section) = section(SEGMENTS) {
        blocks.push(Block::Heading(1, format!("{} {}", section.number, section.title)));
        blocks.push(Block::Text(section.intro.clone()));
        blocks.push(Block::Text(finding(table)));
        blocks.push(Block::Table(segments_table(section, input)));
    }
    blocks.push(Block::Bars(bars(table)));
    blocks.extend(table.beside(Locale::En).into_iter().map(|words| format!("{words}.")).map(Block::Note));
    blocks.push(Block::Heading(2, "Rules in words".into()));
    blocks.push(Block::Text(
        "New Customers come first, then from top to bottom; the first rule that fits counts.".into(),
    ));
    blocks.push(Block::Facts(table.rows.iter().map(|row| fact(name(row), row.rule.clone())).collect()));
    blocks.push(Block::Note(table.rules_from.in_words().into()));
    blocks.push(Block::Heading(2, "How the figures are computed".into()));
    blocks.push(Block::Facts(scope(input)));
    blocks.push(Block::Heading(2, "Where the data comes from".into()));
    blocks.push(provenance(input.imports));
    let company = if input.profile.company.is_empty() { "Unnamed shop" } else { &input.profile.company };
    Document {
        title: format!("{company}: {}", framework().title.to_lowercase()),
        subtitle: format!("As of {}, amounts in {}", table.as_of.display(), table.currency),
        as_of: Some(table.as_of),
        blocks,
        ..Document::default()
    }
}

fn profile(profile: &Profile, table: &SegmentTable) -> Vec<(String, String)> {
    let names = &framework().profile;
    let open = || "Open".to_owned();
    vec![
        fact(&names.company, if profile.company.is_empty() { open() } else { profile.company.clone() }),
        fact(&names.customers, count(table.total.customers)),
        fact(&names.monthly_visitors, profile.monthly_visitors.map_or_else(open, count)),
        fact(&names.conversion_target, profile.conversion_target.map_or_else(open, percent)),
        fact(&names.aov_target, profile.aov_target.map_or_else(open, percent)),
    ]
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

fn segments_table(section: &Section, input: &SegmentsInput<'_>) -> Table {
    let numeric = |index: usize| index > 0 && index + 1 < section.columns.len();
    let columns = section.columns.iter().enumerate().map(|(i, header)| Column::new(header.clone(), numeric(i)));
    let currency = input.table.currency;
    let cells = |row: &SegmentRow| {
        let focus = row.segment.map_or("", |segment| focus(input.focus, segment));
        segment_cells(row, currency, focus)
    };
    Table {
        caption: format!("Segments, {}", words::period(input.table.period)),
        columns: columns.collect(),
        rows: input.table.rows.iter().map(cells).collect(),
        total: Some(cells(&input.table.total)),
    }
}

/// In the order of the section's columns.
fn segment_cells(row: &SegmentRow, currency: Currency, focus: &str) -> Vec<Cell> {
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
        Cell::text(focus),
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

fn scope(input: &SegmentsInput<'_>) -> Vec<(String, String)> {
    let table = input.table;
    let metric = |name: &str, id: MetricId| fact(name, id.metric().in_words);
    let filter = if input.filter.is_empty() { "All customers" } else { input.filter };
    let mut facts = vec![
        fact("As of", format!("End of {}", table.as_of.display())),
        fact("Period", format!("Last 12 months, {}", words::period(table.period))),
        fact("Filter", filter),
    ];
    facts.extend(words::definitions(input.definitions));
    facts.extend([
        metric("Size", MetricId::Customers),
        metric("Revenue share", MetricId::RevenueShare),
        metric("AOV", MetricId::Aov),
        metric("Frequency", MetricId::Frequency),
        metric("LTV", MetricId::LtvToDate),
    ]);
    let year = table.period.1.0 - table.period.0.0 + 1;
    if table.observed_days < year {
        facts.push(fact("History", format!("{} of the {year} days of the period", table.observed_days)));
    }
    facts
}

fn provenance(imports: &[ImportedFile]) -> Block {
    if imports.is_empty() {
        return Block::Text("No file was imported".into());
    }
    let column = |header: &str, numeric| Column::new(header.into(), numeric);
    let row = |import: &ImportedFile| {
        vec![
            Cell::text(&import.file),
            Cell::text(&import.source),
            Cell::text(import.day.display()),
            Cell::number(import.rows as f64, count(import.rows)),
        ]
    };
    Block::Table(Table {
        caption: String::new(),
        columns: vec![
            column("File", false),
            column("Read as", false),
            column("Imported", false),
            column("Rows accepted", true),
        ],
        rows: imports.iter().map(row).collect(),
        total: None,
    })
}
