//! What a look at a file finds, before anything is decided.

use std::path::PathBuf;

use serde::Serialize;

use super::field::{CellKind, TableKind};
use super::plan::{DateOrder, DecimalMark};

pub use super::look::{PreviewError, preview};

/// How a file is encoded and cut into cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "format", rename_all = "snake_case")]
pub enum Dialect {
    /// Delimited text.
    Csv {
        /// WHATWG name: `UTF-8`, `UTF-16LE`, `windows-1252` …
        encoding: &'static str,
        /// Whether a byte order mark starts the file.
        bom: bool,
        /// The delimiter.
        delimiter: char,
        /// Whether `"` quotes cells (flat files of some marketplaces do not quote).
        quoting: bool,
    },
    /// A sheet of an XLSX workbook.
    Xlsx {
        /// Name of the sheet.
        sheet: String,
    },
}

/// A file as first seen: enough to recognise its source and to plan its import.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    /// Where it is.
    #[serde(skip)]
    pub path: PathBuf,
    /// Name without folder.
    pub file: String,
    /// Bytes.
    pub size: u64,
    /// Encoding and delimiter.
    #[serde(flatten)]
    pub dialect: Dialect,
    /// Sheets of the workbook; empty for text files.
    pub sheets: Vec<String>,
    /// Lines above the header, as text.
    pub preamble: Vec<String>,
    /// Line of the header (1 = first line of the file); 0 when the file has none.
    pub header_line: u64,
    /// Column names, trimmed, without byte order mark; `column 3` where there is none, `Name (2)` for a
    /// second column of the same name.
    pub header: Vec<String>,
    /// First rows (up to 200) with their line numbers.
    pub rows: Vec<(u64, Vec<String>)>,
    /// What each column seems to hold.
    pub columns: Vec<ColumnProfile>,
    /// Decimal mark that the numbers of the file show; `None` when no number needs one, or it is a question.
    pub decimal: Option<DecimalMark>,
    /// Order of day and month that the dates of the file show; `None` when no date needs one, or it is a
    /// question.
    pub date_order: Option<DateOrder>,
    /// The recognised source, when there is one.
    pub recognised: Option<Recognised>,
    /// Things the user should know or settle.
    pub doubts: Vec<Doubt>,
}

impl Preview {
    /// Line of the table's first row, be it the header or, where there is none, data.
    pub fn first_line(&self) -> u64 {
        match self.header_line {
            0 => self.rows.first().map_or(1, |(line, _)| *line),
            line => line,
        }
    }
}

/// A recognised source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recognised {
    /// Name in [`super::sources::SOURCES`], such as `shopify-orders`.
    pub source: &'static str,
    /// Name for people: "Shopify orders".
    pub title: &'static str,
    /// What its rows describe.
    pub table: TableKind,
    /// 0–1.
    pub confidence: f64,
}

/// What a column seems to hold, from the rows seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnProfile {
    /// Its name.
    pub name: String,
    /// The most specific reading that fits its non-blank cells.
    #[serde(serialize_with = "kind_name")]
    pub kind: CellKind,
    /// Share of blank cells.
    pub blank: f64,
    /// First non-blank value.
    pub examples: Vec<String>,
    /// Cells (up to three, with line) that keep an otherwise numeric or date column from being one.
    pub misfits: Vec<(u64, String)>,
}

fn kind_name<S: serde::Serializer>(kind: &CellKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match kind {
        CellKind::Text => "text",
        CellKind::Id => "id",
        CellKind::Email => "email",
        CellKind::Money => "money",
        CellKind::Quantity => "number",
        CellKind::Moment => "moment",
        CellKind::Date => "date",
        CellKind::Flag => "flag",
        CellKind::Currency => "currency",
        CellKind::List => "list",
        CellKind::Status => "status",
    })
}

/// What a doubt is about, so that an interface can offer the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Encoding of the text.
    Encoding,
    /// Whether the file has a header, and where.
    Header,
    /// Decimal point or comma.
    Decimal,
    /// Day or month first.
    DateOrder,
    /// A field that the import needs has no column.
    Field,
    /// What the file is.
    Source,
    /// Cells that do not fit their column.
    Column,
}

/// Something the user should know (`question == false`) or must settle before an import.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Doubt {
    /// What it is about.
    pub topic: Topic,
    /// Column concerned.
    pub column: Option<String>,
    /// What is unclear, with the value and line that show it.
    pub what: String,
    /// What to do: names the command-line option where there is one.
    pub repair: String,
    /// Whether an import must wait for the answer.
    pub question: bool,
}
