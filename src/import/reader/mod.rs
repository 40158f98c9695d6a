//! Rows of a file, one after the other, in bounded memory whatever the size of the file.

mod cut;
mod magic;
mod sheet;
mod sniff;
mod window;

use std::ops::ControlFlow;
use std::path::Path;

use super::cells::CellError;
use super::preview::Dialect;
use super::row::Cells;

pub(super) use magic::{Container, container};
pub(super) use sheet::sheets;
pub(super) use sniff::{Layout, SampleRow, sniff_rows, sniff_text};

/// Longest row that is read, in bytes.
pub const MAX_ROW_BYTES: usize = 8 << 20;

/// Largest number of columns that is read.
pub const MAX_COLUMNS: usize = 4_096;

/// Why a row cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Column at fault, when one is.
    pub column: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub repair: String,
}

impl Flaw {
    pub(super) fn new(reason: impl Into<String>, repair: impl Into<String>) -> Self {
        Self { column: None, reason: reason.into(), repair: repair.into() }
    }
}

impl From<CellError> for Flaw {
    fn from(error: CellError) -> Self {
        Self { reason: error.to_string(), column: Some(error.column), repair: error.repair }
    }
}

/// One row as it comes from the file.
#[derive(Debug)]
pub struct Event<'a> {
    /// Line the row starts on (1 = first line of the file).
    pub line: u64,
    /// Bytes of the file read so far.
    pub bytes: u64,
    /// Its cells, as far as they could be told apart.
    pub cells: &'a Cells,
    /// Why the row cannot be used, when it cannot.
    pub flaw: Option<Flaw>,
    /// What was put right in reading it.
    pub repaired: Option<&'static str>,
    /// Whether the file ends in the row, without a line end.
    pub unfinished: bool,
}

/// Why reading stopped.
#[derive(Debug)]
pub enum ReadError<E> {
    /// The file cannot be read (further): a sentence.
    File(String),
    /// The visitor gave up.
    Visitor(E),
}

/// Where and how to read.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// The file.
    pub path: &'a Path,
    /// Encoding and delimiter, or sheet.
    pub dialect: &'a Dialect,
    /// First line to read (1 = first line of the file).
    pub from_line: u64,
    /// Number of cells a row should have; 0 = not known. Tells a quote that is never closed from a cell
    /// with line ends.
    pub columns: usize,
}

/// Calls `visit` for every row from a line on, blank lines left out, until it breaks or the file ends.
pub fn each_row<E>(
    opening: Opening,
    visit: impl FnMut(Event) -> Result<ControlFlow<()>, E>,
) -> Result<(), ReadError<E>> {
    match opening.dialect {
        Dialect::Csv { encoding, bom, delimiter, quoting } => {
            let delimiter = u8::try_from(*delimiter).map_err(|_| {
                ReadError::File(format!("“{delimiter}” cannot separate cells; choose a comma, semicolon, tab or |"))
            })?;
            let window = window::Window::open(opening.path, encoding, *bom).map_err(ReadError::File)?;
            let cutter = cut::Cutter::new(window, delimiter, *quoting, opening.columns);
            cut::each_row(cutter, opening.from_line, visit)
        }
        Dialect::Xlsx { sheet } => sheet::each_row(opening.path, sheet, opening.from_line, visit),
    }
}

/// A sentence about a file that could not be opened or read.
pub(super) fn file_sentence(path: &Path, error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    match error.kind() {
        ErrorKind::NotFound => format!("{file} is not there; check the path, or whether it was moved or renamed"),
        ErrorKind::PermissionDenied => format!("{file} may not be read by you; change its permissions or copy it"),
        ErrorKind::IsADirectory => format!("{file} is a folder; choose the files in it"),
        _ => format!("{file} could not be read: {error}"),
    }
}
