//! The segments page as texts and shares, built before it is drawn.

use std::collections::BTreeMap;

use egui::Color32;

use crate::analytics::segments::{Segment, SegmentRow, SegmentTable};
use crate::framework::fill;
use crate::model::{Currency, Dataset, Definitions, MetricId};
use crate::report::table_export::Value;
use crate::ui::cx::counted;
use crate::ui::locale::{self, count};
use crate::ui::theme::Theme;
use crate::ui::widgets::figure::{money, percent};

/// What stands where there is no value.
pub const MISSING: &str = "—";

/// A row as texts, in the order of [`COLUMNS`].
#[derive(Debug, Clone)]
pub struct Row {
    /// Which segment; `None` in the total row.
    pub segment: Option<Segment>,
    /// Name.
    pub name: &'static str,
    /// Cells of [`COLUMNS`].
    pub cells: Vec<String>,
    /// What stands behind the figures: orders and customers.
    pub counts: String,
    /// Personalization focus.
    pub focus: String,
    /// Values to sort by, in the order of [`COLUMNS`].
    pub values: Vec<f64>,
    /// Raw values for copies and files: of [`COLUMNS`].
    pub raw: Vec<Value>,
    /// Row in the segment table.
    pub index: usize,
}

/// The figures of a row, from left to right.
pub const COLUMNS: [MetricId; 7] = [
    MetricId::Customers,
    MetricId::CustomerShare,
    MetricId::Revenue,
    MetricId::RevenueShare,
    MetricId::Aov,
    MetricId::Frequency,
    MetricId::LtvToDate,
];

/// The page's texts.
pub struct Page {
    /// The five segments.
    pub rows: Vec<Row>,
    /// All customers.
    pub total: Row,
    /// Headers of [`COLUMNS`], with units.
    pub headers: Vec<String>,
    /// What the chart says.
    pub finding: String,
    /// Segment, share of customers, share of revenue.
    pub parts: Vec<(Segment, f64, f64)>,
    /// What stands beside the table because it fits in no segment.
    pub beside: Vec<String>,
    /// Which currencies lack a rate, where that leaves orders out.
    pub no_rate: Option<String>,
    /// Whether there is room for bars beside shares.
    pub bars: bool,
    /// The focus it was built from.
    pub focus: BTreeMap<Segment, String>,
    /// The definitions it was built from.
    pub definitions: Definitions,
}

impl Page {
    /// Builds the page.
    pub fn new(
        table: &SegmentTable,
        definitions: &Definitions,
        focus: &BTreeMap<Segment, String>,
        data: Option<&Dataset>,
    ) -> Self {
        let row = |index: usize, row: &SegmentRow| texts(table, index, row, focus);
        let parts = table.rows.iter().filter_map(|row| {
            Some((row.segment?, row.customer_share.unwrap_or(0.0), row.revenue_share.unwrap_or(0.0)))
        });
        let symbol = table.currency.symbol();
        let unit = symbol.trim();
        let header = |metric: &MetricId| match metric {
            MetricId::Revenue | MetricId::Aov | MetricId::LtvToDate => format!("{}, {unit}", metric.metric().short),
            _ => metric.metric().short.to_owned(),
        };
        Self {
            rows: table.rows.iter().enumerate().map(|(i, r)| row(i, r)).collect(),
            total: row(table.rows.len(), &table.total),
            headers: COLUMNS.iter().map(header).collect(),
            finding: finding(table),
            parts: parts.collect(),
            beside: table.beside(locale::current()),
            no_rate: no_rate(table, definitions, data),
            bars: true,
            focus: focus.clone(),
            definitions: definitions.clone(),
        }
    }

    /// Puts the rows into an order: by a column of [`COLUMNS`], else in the framework's order.
    pub fn sort(&mut self, by: Option<(usize, bool)>) {
        match by {
            None => self.rows.sort_by_key(|row| row.index),
            Some((column, down)) => self.rows.sort_by(|a, b| {
                let order = a.values[column].total_cmp(&b.values[column]);
                if down { order.reverse() } else { order }
            }),
        }
    }
}

fn texts(table: &SegmentTable, index: usize, row: &SegmentRow, focus: &BTreeMap<Segment, String>) -> Row {
    let currency = table.currency;
    let or_missing = |text: Option<String>| text.unwrap_or_else(|| MISSING.into());
    let cells = vec![
        count(row.customers),
        or_missing(row.customer_share.map(percent)),
        money(row.revenue, currency, false),
        or_missing(row.revenue_share.map(percent)),
        or_missing(row.aov.map(|v| money(v, currency, true))),
        or_missing(row.frequency_per_year.map(|v| locale::number(v, 1))),
        or_missing(row.ltv.map(|v| money(v, currency, false))),
    ];
    let least = f64::NEG_INFINITY;
    let values = vec![
        row.customers as f64,
        row.customer_share.unwrap_or(least),
        row.revenue as f64,
        row.revenue_share.unwrap_or(least),
        row.aov.map_or(least, |v| v as f64),
        row.frequency_per_year.unwrap_or(least),
        row.ltv.map_or(least, |v| v as f64),
    ];
    let share = |share: Option<f64>| share.map_or(Value::Empty, Value::Number);
    let amount = |minor: Option<i64>| minor.map_or(Value::Empty, |minor| Value::Money(minor, currency));
    let raw = vec![
        Value::Count(row.customers),
        share(row.customer_share),
        amount(Some(row.revenue)),
        share(row.revenue_share),
        amount(row.aov),
        share(row.frequency_per_year),
        amount(row.ltv),
    ];
    Row {
        segment: row.segment,
        name: row.segment.map_or("All customers", Segment::name),
        cells,
        counts: format!(
            "{}, {}",
            counted(row.orders, "order", "orders"),
            counted(row.customers, "customer", "customers")
        ),
        focus: row.segment.map_or_else(|| "Orders per year and LTV per buyer".into(), |s| fill::focus(focus, s).into()),
        values,
        raw,
        index,
    }
}

/// Who brings most: how few customers, how much revenue.
fn finding(table: &SegmentTable) -> String {
    let share = |row: &SegmentRow| row.revenue_share.unwrap_or(0.0);
    let top = table.rows.iter().filter(|row| share(row) > 0.0).max_by(|a, b| share(a).total_cmp(&share(b)));
    match top.and_then(|row| Some((row.segment?.name(), row.customer_share?, row.revenue_share?))) {
        Some((name, customers, revenue)) => {
            format!("{name}, {} of customers, bring {} of revenue", percent(customers), percent(revenue))
        }
        None => "Nobody ordered in the last 12 months".into(),
    }
}

/// Which currencies have no rate, where orders are not counted for want of one.
fn no_rate(table: &SegmentTable, definitions: &Definitions, data: Option<&Dataset>) -> Option<String> {
    let currencies = data.map_or_else(Vec::new, |data| without_rate(data, definitions));
    let codes: Vec<&str> = currencies.iter().map(Currency::code).collect();
    (table.without_rate > 0 && !codes.is_empty()).then(|| format!("No rate is known for {}", codes.join(", ")))
}

/// Currencies of the shop's orders that the definitions have no rate for, by code.
pub fn without_rate(data: &Dataset, definitions: &Definitions) -> Vec<Currency> {
    let mut found: Vec<Currency> =
        data.currencies.iter().copied().filter(|c| definitions.convert(0, *c).is_none()).collect();
    found.sort_by(|a, b| a.code().cmp(b.code()));
    found.dedup();
    found
}

/// The colour of a segment. Browsers, who bring nothing, are grey.
pub fn colour(t: &Theme, segment: Segment) -> Color32 {
    match segment {
        Segment::Vip => t.series(0),
        Segment::Regular => t.series(2),
        Segment::Occasional => t.series(1),
        Segment::New => t.series(3),
        Segment::Browsers => t.chart.other,
    }
}

/// The name of a segment where there is little room.
pub fn short_name(segment: Segment) -> &'static str {
    match segment {
        Segment::Regular => "Regular",
        Segment::New => "New",
        other => other.name(),
    }
}
