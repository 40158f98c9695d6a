//! Lists as files: one writer for every table a user can save (members, rejected rows), fed row by row.

mod csv;
pub mod guard;
mod tsv;
mod xlsx;

use std::path::Path;

use anyhow::Result;

pub use csv::{DATA, FOR_SPREADSHEETS};
pub use tsv::tsv;

use super::file::{self, Sink};
use crate::model::{Currency, Day, figure};

/// A cell that keeps its type in the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text; made harmless where a spreadsheet could take it for a formula.
    Text(String),
    /// A plain number; one that is not finite leaves the cell empty.
    Number(f64),
    /// A number of things.
    Count(u64),
    /// Minor units, written in major units with the currency's decimals.
    Money(i64, Currency),
    /// A calendar date: `2026-10-14` in text, a real date in a workbook.
    Day(Day),
    /// Nothing known.
    Empty,
}

impl From<Option<figure::Value>> for Value {
    fn from(value: Option<figure::Value>) -> Self {
        match value {
            None => Self::Empty,
            Some(figure::Value::Count(n)) => Self::Count(n),
            Some(figure::Value::Share(number) | figure::Value::Number(number)) => Self::Number(number),
            Some(figure::Value::Money(minor, currency)) => Self::Money(minor, currency),
        }
    }
}

/// Rows of a list. An error (a cancelled job, a failed query) stops the export and leaves no file.
pub type Rows<'a> = &'a mut dyn Iterator<Item = Result<Vec<Value>>>;

/// A list to save.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// What it lists; the name of the sheet.
    pub title: String,
    /// Column headers, with units.
    pub columns: Vec<String>,
}

/// What an export wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Rows below the header.
    pub rows: u64,
    /// Sheets they fill: 1 unless they exceed what a sheet can hold.
    pub sheets: u32,
    /// Texts cut to the length a workbook's cell can hold; say so when it is not 0.
    pub shortened: u64,
}

/// A kind of file for lists.
pub trait TableFormat: Sync {
    /// Its name on the command line.
    fn name(&self) -> &'static str;

    /// Its name in the interface.
    fn title(&self) -> &'static str;

    /// File extension without the dot.
    fn extension(&self) -> &'static str;

    /// Writes all rows to `out`, holding no more than one of them.
    fn write(&self, list: &List, rows: Rows<'_>, out: Sink<'_>) -> Result<Written>;
}

/// Every kind of file there is for lists.
pub const TABLE_FORMATS: &[&dyn TableFormat] = &[&xlsx::Xlsx, &csv::FOR_SPREADSHEETS, &csv::PLAIN];

/// The format with a name, in any letter case.
pub fn table_format(name: &str) -> Option<&'static dyn TableFormat> {
    TABLE_FORMATS.iter().copied().find(|format| format.name().eq_ignore_ascii_case(name.trim()))
}

/// The format that the extension of a path asks for. Of the two kinds of CSV it is the plain one.
pub fn table_format_of(path: &Path) -> Option<&'static dyn TableFormat> {
    let extension = path.extension()?.to_str()?;
    TABLE_FORMATS.iter().rev().copied().find(|format| format.extension().eq_ignore_ascii_case(extension))
}

/// Saves a list at `path`, whole or not at all.
pub fn save(path: &Path, format: &dyn TableFormat, list: &List, rows: Rows<'_>) -> Result<Written> {
    file::write(path, |out| format.write(list, rows, out))
}

/// Saves several short lists at `path` as one workbook, a sheet each, whole or not at all. Their titles are all different.
/// With a day the workbook names that as its time, so that the same lists give the same bytes.
pub fn save_book(path: &Path, lists: &[(List, Vec<Vec<Value>>)], day: Option<Day>) -> Result<Written> {
    file::write(path, |out| xlsx::guarded(|| xlsx::write_book(lists, day, out)))
}
