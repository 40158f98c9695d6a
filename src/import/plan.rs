//! The plan of an import: everything that is decided before the first row is written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::field::{Field, TableKind};
use crate::model::{Currency, Zone};

/// Order of day, month and year in dates that do not start with the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 31/12/2026
    Dmy,
    /// 12/31/2026
    Mdy,
    /// 26/12/31
    Ymd,
}

/// The decimal mark of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// 1,234.56
    Point,
    /// 1.234,56
    Comma,
}

/// How the lines of an order lie in a file. See the layouts of each source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// A row per line; order fields stand on the first row of an order, or on every row.
    /// Order-level values are taken once per order: the first that is not blank.
    RowPerLine,
    /// One row per order; lines in numbered column groups (`line_item_1`, `line_item_2` …).
    Numbered,
    /// One row per order; all lines packed in one cell.
    Packed,
    /// One row per order, without lines.
    NoLines,
    /// One row per record (customers, products, discounts).
    Flat,
}

/// Which column becomes which field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    /// What the rows describe.
    pub table: TableKind,
    /// How lines lie.
    pub layout: Layout,
    /// Columns of each field, by header name as written in the file; several = the first that is not blank.
    pub fields: BTreeMap<Field, Vec<String>>,
    /// Further columns kept as named attributes: (header, attribute name).
    pub keep: Vec<(String, String)>,
}

/// What the workspace brings to a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Defaults {
    /// The shop's zone.
    pub zone: Zone,
    /// The shop's currency.
    pub currency: Currency,
}

/// What the user fixed beforehand (command-line options, answers in the window).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Name of a source, instead of the recognised one.
    pub source: Option<String>,
    /// Kind of table for the generic mapper.
    pub table: Option<TableKind>,
    /// field → column, added to or replacing the proposed mapping. An empty column unmaps the field.
    pub map: BTreeMap<Field, String>,
    /// Columns to keep as attributes.
    pub keep: Vec<(String, String)>,
    /// Currency of amounts without one.
    pub currency: Option<Currency>,
    /// Zone of times without one.
    pub zone: Option<Zone>,
    /// Answer to the date question.
    pub date_order: Option<DateOrder>,
    /// Answer to the decimal question.
    pub decimal: Option<DecimalMark>,
    /// Delimiter instead of the detected one.
    pub delimiter: Option<char>,
    /// Encoding instead of the detected one (WHATWG label).
    pub encoding: Option<String>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Header line (1 = first line of the file); 0 says that the file has no header.
    pub header_line: Option<u64>,
}
