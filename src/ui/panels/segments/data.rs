//! The segments page as texts and shares, built before it is drawn.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::Color32;

use crate::analytics::compare::Change;
use crate::analytics::segments::{Segment, SegmentRow, SegmentTable};
use crate::framework::fill;
use crate::model::figure::Value as Figured;
use crate::model::{Currency, Dataset, Definitions, MetricId};
use crate::report::table_export::Value;
use crate::ui::cx::counted;
use crate::ui::locale::{self, count};
use crate::ui::theme::Theme;
use crate::ui::widgets::figure::{money, percent};

/// From this share on, revenue without a customer is a warning.
const HEAVY: f64 = 0.1;

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
    /// Personalization focus.
    pub focus: String,
    /// Values to sort by, in the order of [`COLUMNS`].
    pub values: Vec<f64>,
    /// Raw values for copies and files: of [`COLUMNS`].
    pub raw: Vec<Value>,
    /// The same figures on the other date, while two are compared.
    pub was: Vec<Was>,
    /// Row in the segment table.
    pub index: usize,
}

/// A figure on the other date.
#[derive(Debug, Clone)]
pub struct Was {
    /// As text.
    pub text: String,
    /// What has changed since, or what changed until then.
    pub change: String,
    /// To sort by.
    pub value: f64,
    /// Raw.
    pub raw: Value,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The segment.
    Name,
    /// A figure, by place in [`COLUMNS`].
    Figure(usize),
    /// The same on the other date.
    Was(usize),
    /// The personalization focus.
    Focus,
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
    /// The other date, while two are compared.
    pub other: Option<Arc<SegmentTable>>,
    /// What the chart says.
    pub finding: String,
    /// Segment, share of customers, share of revenue.
    pub parts: Vec<(Segment, f64, f64)>,
    /// What stands beside the table because it fits in no segment.
    pub beside: Vec<String>,
    /// Whether much of the revenue has no customer, so that the first of those lines is a warning.
    pub heavy: bool,
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
        other: Option<&Arc<SegmentTable>>,
    ) -> Self {
        let row = |index: usize, row: &SegmentRow| {
            let was = other.map(|other| (other.as_ref(), other.rows.get(index).unwrap_or(&other.total)));
            texts(table, index, row, focus, was)
        };
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
            other: other.cloned(),
            finding: finding(table),
            parts: parts.collect(),
            beside: table.beside(locale::current()),
            heavy: table.unidentified_share().is_some_and(|share| share >= HEAVY),
            no_rate: no_rate(table, definitions, data),
            bars: true,
            focus: focus.clone(),
            definitions: definitions.clone(),
        }
    }

    /// The columns from left to right: each figure, beside it the same on the other date while two are compared.
    pub fn places(&self) -> Vec<Place> {
        let figures =
            (0..COLUMNS.len()).flat_map(|i| [Some(Place::Figure(i)), self.other.is_some().then_some(Place::Was(i))]);
        std::iter::once(Place::Name).chain(figures.flatten()).chain([Place::Focus]).collect()
    }

    /// Puts the rows into an order: by a column of figures, else in the framework's order.
    pub fn sort(&mut self, by: Option<(Place, bool)>) {
        let value = |row: &Row, place: Place| match place {
            Place::Figure(i) => row.values.get(i).copied(),
            Place::Was(i) => row.was.get(i).map(|was| was.value),
            Place::Name | Place::Focus => None,
        };
        self.rows.sort_by_key(|row| row.index);
        let Some((place, down)) = by else { return };
        self.rows.sort_by(|a, b| {
            let least = f64::NEG_INFINITY;
            let order = value(a, place).unwrap_or(least).total_cmp(&value(b, place).unwrap_or(least));
            if down { order.reverse() } else { order }
        });
    }
}

fn texts(
    table: &SegmentTable,
    index: usize,
    row: &SegmentRow,
    focus: &BTreeMap<Segment, String>,
    was: Option<(&SegmentTable, &SegmentRow)>,
) -> Row {
    let figures = || COLUMNS.map(|metric| table.figure(row, metric));
    let was = was.map_or_else(Vec::new, |(other, then)| {
        let one = |metric| {
            let (now, then) = (table.figure(row, metric).value, other.figure(then, metric).value);
            // Whatever the order of the two dates, the change is that of the later one.
            let (before, after) = if other.as_of <= table.as_of { (then, now) } else { (now, then) };
            let change = Change::between(before, after).in_words(locale::current());
            Was { text: text(metric, then), change, value: to_sort(then), raw: Value::from(then) }
        };
        COLUMNS.map(one).to_vec()
    });
    Row {
        segment: row.segment,
        name: row.segment.map_or("All customers", Segment::name),
        cells: figures().map(|figure| text(figure.metric, figure.value)).to_vec(),
        focus: row.segment.map_or_else(|| "Orders per year and LTV per buyer".into(), |s| fill::focus(focus, s).into()),
        values: figures().map(|figure| to_sort(figure.value)).to_vec(),
        raw: figures().map(|figure| Value::from(figure.value)).to_vec(),
        was,
        index,
    }
}

/// What stands behind a figure of a row, where the table knows it: the drawer counts the rest.
pub fn counts(row: &SegmentRow, metric: MetricId) -> String {
    let customers = |n: u64| counted(n, "customer", "customers");
    match metric {
        MetricId::Customers | MetricId::CustomerShare | MetricId::BuyerShare => customers(row.customers),
        MetricId::Orders => counted(row.orders, "order", "orders"),
        MetricId::Aov | MetricId::Frequency => {
            format!("{} of {}", counted(row.orders, "order", "orders"), counted(row.buyers, "buyer", "buyers"))
        }
        MetricId::LtvToDate => format!("All orders of {}", counted(row.ever_buyers, "buyer", "buyers")),
        MetricId::Revenue | MetricId::RevenueShare => format!("Orders and returns of {}", customers(row.customers)),
        _ => customers(row.ever_buyers),
    }
}

/// As it stands in its column: whole amounts but of single orders.
fn text(metric: MetricId, value: Option<Figured>) -> String {
    match value {
        None => MISSING.into(),
        Some(Figured::Count(n)) => count(n),
        Some(Figured::Share(share)) => percent(share),
        Some(Figured::Number(number)) => locale::number(number, 1),
        Some(Figured::Money(minor, currency)) => money(minor, currency, metric == MetricId::Aov),
    }
}

fn to_sort(value: Option<Figured>) -> f64 {
    match value {
        None => f64::NEG_INFINITY,
        Some(Figured::Count(n)) => n as f64,
        Some(Figured::Share(number) | Figured::Number(number)) => number,
        Some(Figured::Money(minor, _)) => minor as f64,
    }
}

/// Who brings most: how few customers, how much revenue.
fn finding(table: &SegmentTable) -> String {
    let of = if table.unidentified.revenue == 0 { "revenue" } else { "identified revenue" };
    match table.concentration().and_then(|row| Some((row.segment?.name(), row.customer_share?, row.revenue_share?))) {
        Some((name, customers, revenue)) => {
            format!("{name}, {} of customers, bring {} of {of}", percent(customers), percent(revenue))
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
