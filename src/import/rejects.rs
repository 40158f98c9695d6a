//! Rejected rows as a file, to be mended and imported again.

use std::borrow::Cow;
use std::io::{self, Write};

use super::cells::{Marks, is_null};
use super::row::trim;
use crate::model::record::RejectedRow;

/// Writes rejected rows under the header of their file, as UTF-8 CSV with a byte order mark, so that
/// spreadsheets show every letter. Mended, the file imports again with the same mapping: cells are as they
/// were read, but that text which a spreadsheet would run as a formula gets the apostrophe that
/// [`super::cells::CellReader`] takes off again. `page` gives some rows at a time, and `None` after the last.
pub fn write<E: From<io::Error>>(
    mut out: impl Write,
    header: &[String],
    mut page: impl FnMut() -> Result<Option<Vec<RejectedRow>>, E>,
) -> Result<(), E> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv_writer(out);
    let mut record = |cells: &[String]| writer.write_record(cells.iter().map(|c| guard(c).into_owned()));
    record(header).map_err(io::Error::from)?;
    while let Some(rows) = page()? {
        for row in rows {
            record(&row.cells).map_err(io::Error::from)?;
        }
    }
    Ok(writer.flush()?)
}

/// Plain RFC 4180 form: commas, CRLF, quotes where they are needed. Rows keep the number of cells they have.
pub(super) fn csv_writer<W: Write>(out: W) -> csv::Writer<W> {
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
