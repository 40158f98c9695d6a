//! Tables written back as CSV: rejected rows to be mended and imported again, and a file as it was read.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::ControlFlow;

use super::cells::{Marks, is_null};
use super::preview::Preview;
use super::reader::{self, Opening, ReadError};
use super::row::trim;
use crate::jobs::{Cancelled, Progress};
use crate::model::record::RejectedRow;

/// Writes rejected rows under the header of their file, as UTF-8 CSV with a byte order mark, so that
/// spreadsheets show every letter. Mended, the file imports again with the same mapping: cells are as they
/// were read, but that text which a spreadsheet would run as a formula gets the apostrophe that
/// [`super::cells::CellReader`] takes off again.
pub fn write_rejects<'a>(
    out: impl Write,
    header: &[String],
    rows: impl IntoIterator<Item = &'a RejectedRow>,
) -> io::Result<()> {
    let mut out = out;
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv_writer(out);
    writer.write_record(header.iter().map(|name| guard(name).into_owned()))?;
    for row in rows {
        writer.write_record(row.cells.iter().map(|cell| guard(cell).into_owned()))?;
    }
    writer.flush()
}

/// Why a table could not be written out.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The file cannot be read (further): a sentence.
    #[error("{0}")]
    File(String),
    /// The copy cannot be written.
    #[error("The copy could not be written: {0}")]
    Write(#[from] io::Error),
    /// The user cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Writes the table of a file as it was read, in plain RFC 4180 form: UTF-8, commas, CRLF, the header first.
/// Rows keep the number of cells they have.
pub fn write_csv(preview: &Preview, out: impl Write, progress: &Progress) -> Result<(), CopyError> {
    let mut writer = csv_writer(out);
    writer.write_record(&preview.header).map_err(io::Error::from)?;
    progress.expect(preview.size);
    let opening = Opening {
        path: &preview.path,
        dialect: &preview.dialect,
        from_line: preview.first_line(),
        columns: preview.header.len(),
    };
    let mut rows = 0_u64;
    let read = reader::each_row(opening, |event| {
        if rows.is_multiple_of(4_096) {
            progress.step(event.bytes)?;
        }
        rows += 1;
        if event.line != preview.header_line {
            writer.write_record(event.cells.iter()).map_err(io::Error::from)?;
        }
        Ok::<_, CopyError>(ControlFlow::Continue(()))
    });
    match read {
        Ok(()) => Ok(writer.flush()?),
        Err(ReadError::File(sentence)) => Err(CopyError::File(sentence)),
        Err(ReadError::Visitor(error)) => Err(error),
    }
}

fn csv_writer<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(out)
}

/// The cell, with an apostrophe before text that a spreadsheet would take for a formula. Negative numbers
/// stay numbers. Blanks around a formula go, as they do in reading.
fn guard(cell: &str) -> Cow<'_, str> {
    let text = trim(cell);
    let number = text.starts_with('-') && (is_null(text) || Marks::of(text) != Marks::NoNumber);
    match text.starts_with(['=', '+', '-', '@']) {
        true if !number => Cow::Owned(format!("'{text}")),
        _ if cell.starts_with(['\t', '\r']) => Cow::Borrowed(text),
        _ => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::cells::{CellReader, Conventions};
    use crate::import::row::Cell;
    use crate::model::{Currency, Zone};

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+49 30 1234", "'+49 30 1234"),
            ("-5.00", "-5.00"),
            ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
            (" =x", "'=x"),
            ("\tx", "x"),
            ("--", "--"),
            ("'=x", "'=x"),
            ("plain", "plain"),
        ] {
            assert_eq!(guard(cell), expected);
        }
    }

    proptest! {
        #[test]
        fn guarded_cells_read_as_before(cell in "[-=+@' \t\r,.a0-9]{0,8}") {
            let reader = CellReader::new(Conventions {
                decimal: None, date_order: None, zone: Zone::UTC, currency: Currency::USD, serials: false,
            });
            let guarded = guard(&cell);
            let (a, b) = (Cell::new("c", &cell), Cell::new("c", &guarded));
            prop_assert_eq!(reader.text(a), reader.text(b));
            prop_assert_eq!(reader.id(a), reader.id(b));
            prop_assert_eq!(reader.email(a), reader.email(b));
            prop_assert_eq!(reader.money(a, Currency::USD).ok(), reader.money(b, Currency::USD).ok());
            prop_assert_eq!(reader.moment(a).ok(), reader.moment(b).ok());
            prop_assert_eq!(reader.list(a), reader.list(b));
        }
    }
}
