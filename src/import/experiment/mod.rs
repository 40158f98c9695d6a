//! Files about an experiment: results by variant, or customers with the variant that each of them got.
//!
//! [`look`] says what a file is and which column holds what; [`read`] reads it as the user wants it.

mod columns;
mod customers;
mod growthbook;
mod summary;

use std::ops::ControlFlow;
use std::path::Path;

use super::cells::{CellError, CellReader, Conventions};
use super::field::TableKind;
use super::plan::{Choices, DecimalMark};
use super::preview::{Dialect, Doubt, Preview, PreviewError, Topic, preview};
use super::reader::{self, Opening, ReadError};
use super::row::{Cell, Header, Row};
use crate::jobs::{Cancelled, Progress};
use crate::model::experiment::{FileKind, Totals};
use crate::model::{Currency, Zone};

pub use columns::{Columns, Role};
pub use customers::Rows;

/// Rows between two reports of progress.
const STEP_ROWS: u64 = 4_096;

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A sentence.
    #[error("{0}")]
    Failed(String),
    /// The user cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl From<PreviewError> for FileError {
    fn from(error: PreviewError) -> Self {
        match error {
            PreviewError::Cancelled(cancelled) => Self::Cancelled(cancelled),
            other => Self::Failed(other.to_string()),
        }
    }
}

impl From<String> for FileError {
    fn from(sentence: String) -> Self {
        Self::Failed(sentence)
    }
}

impl From<CellError> for FileError {
    fn from(error: CellError) -> Self {
        Self::Failed(format!("{error}; {}", error.repair))
    }
}

/// A file as first seen.
#[derive(Debug, Clone)]
pub struct Look {
    /// Its first rows, and how it is written.
    pub preview: Preview,
    /// What it tells.
    pub kind: FileKind,
    /// Which column holds what.
    pub columns: Columns,
}

/// In what a file is read, where it does not say so itself.
#[derive(Debug, Clone, Copy)]
pub struct Within {
    /// Zone of times that name none.
    pub zone: Zone,
    /// Currency of amounts.
    pub currency: Currency,
}

/// What a file tells.
#[derive(Debug, Clone)]
pub enum Content {
    /// Sums by variant.
    Totals(Totals),
    /// Customers.
    Customers(Rows),
}

/// Looks at a file.
///
/// # Errors
/// A sentence when it cannot be read, or tells nothing of variants.
pub fn look(path: &Path, progress: &Progress) -> Result<Look, FileError> {
    // Named, so that nobody looks for a shop's export in it.
    let choices = Choices { table: Some(TableKind::Customers), ..Choices::default() };
    let preview = preview(path, &choices, progress)?;
    let (kind, columns) = columns::of(&preview)?;
    Ok(Look { preview, kind, columns })
}

/// Reads a file that was looked at, with the columns that are wanted.
///
/// # Errors
/// A sentence when it cannot be read; a bad cell in a row of sums, since sums with a row missing are wrong. Bad rows
/// of customers are counted instead.
pub fn read(look: &Look, columns: &Columns, within: Within, progress: &Progress) -> Result<Content, FileError> {
    columns.check(&look.preview, look.kind)?;
    let table = Table::new(look, within)?;
    match look.kind {
        FileKind::GrowthBook => growthbook::read(&table, progress).map(Content::Totals),
        FileKind::Summary => summary::read(&table, columns, progress).map(Content::Totals),
        FileKind::Customers => customers::read(&table, columns, progress).map(Content::Customers),
    }
}

/// A file with everything that its rows are read by.
struct Table<'a> {
    preview: &'a Preview,
    header: Header,
    cells: CellReader,
    within: Within,
}

impl<'a> Table<'a> {
    fn new(look: &'a Look, within: Within) -> Result<Self, FileError> {
        let preview = &look.preview;
        if let Some(doubt) = preview.doubts.iter().find(|doubt| doubt.question && doubt.topic == Topic::Header) {
            return Err(FileError::Failed(format!("{}; put names above the columns and try again", doubt.what)));
        }
        let open = |doubt: &&Doubt| doubt.question && matches!(doubt.topic, Topic::DateOrder | Topic::Decimal);
        if let Some(doubt) = preview.doubts.iter().find(open) {
            let repair = "write days as 2026-03-31 and decimals with a point, and try again";
            return Err(FileError::Failed(format!("{}; {repair}", doubt.what)));
        }
        let conventions = Conventions {
            decimal: preview.decimal,
            date_order: preview.date_order,
            zone: within.zone,
            currency: within.currency,
            serials: matches!(preview.dialect, Dialect::Xlsx { .. }),
        };
        Ok(Self { preview, header: Header::new(&preview.header), cells: CellReader::new(conventions), within })
    }

    /// Visits every row below the header; a row that cannot be cut into cells comes as `None`.
    fn each(
        &self,
        progress: &Progress,
        mut visit: impl FnMut(Option<Row<'_>>) -> Result<(), FileError>,
    ) -> Result<(), FileError> {
        let preview = self.preview;
        progress.expect(preview.size);
        let opening = Opening {
            path: &preview.path,
            dialect: &preview.dialect,
            from_line: preview.first_line(),
            columns: preview.header.len(),
        };
        let mut seen = 0_u64;
        let read = reader::each_row(opening, |event| {
            if event.line == preview.header_line || event.cells.is_blank() {
                return Ok(ControlFlow::Continue(()));
            }
            if seen.is_multiple_of(STEP_ROWS) {
                progress.step(event.bytes)?;
            }
            seen += 1;
            let whole = event.flaw.is_none() && event.cells.len() <= preview.header.len();
            visit(whole.then(|| Row::new(event.line, &self.header, event.cells)))?;
            Ok(ControlFlow::Continue(()))
        });
        match read {
            Ok(()) => Ok(()),
            Err(ReadError::File(sentence)) => Err(FileError::Failed(sentence)),
            Err(ReadError::Visitor(error)) => Err(error),
        }
    }

    /// A number of any size; blank gives `None`.
    fn float(&self, cell: Cell<'_>) -> Result<Option<f64>, CellError> {
        let grouping = if self.preview.decimal == Some(DecimalMark::Comma) { '.' } else { ',' };
        let text = cell.text.replace([grouping, ' ', '\u{a0}'], "").replace(',', ".");
        if text.is_empty() {
            return Ok(None);
        }
        let read = text.parse().ok().filter(|number: &f64| number.is_finite());
        read.map(Some).ok_or_else(|| CellError::new(cell, "is no number", "Write it in digits, such as 12.5"))
    }

    /// The sentence about a row of sums that cannot be cut into cells.
    fn torn(&self) -> FileError {
        FileError::Failed(format!("{} has a row that cannot be read; export it again", self.preview.file))
    }
}
