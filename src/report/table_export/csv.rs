//! CSV after RFC 4180: commas, quotes where needed, CRLF, UTF-8.

use std::borrow::Cow;
use std::io::Write;

use anyhow::Result;
use csv::{Terminator, Writer, WriterBuilder};

use super::{List, Rows, TableFormat, Value, Written, guard};
use crate::report::file::Sink;

/// For other programs: no byte order mark.
pub const PLAIN: Csv = Csv { bom: false, guarded: true };

/// For databases and services that read data and nothing else: text stands as it is.
pub const DATA: Csv = Csv { bom: false, guarded: false };

/// For spreadsheets, some of which recognise UTF-8 only by its byte order mark.
pub const FOR_SPREADSHEETS: Csv = Csv { bom: true, guarded: true };

/// Comma-separated text.
pub struct Csv {
    bom: bool,
    /// Whether text that a spreadsheet could take for a formula is made harmless.
    guarded: bool,
}

impl TableFormat for Csv {
    fn name(&self) -> &'static str {
        if self.bom { "csv-spreadsheet" } else { "csv" }
    }

    fn title(&self) -> &'static str {
        if self.bom { "CSV for spreadsheets" } else { "CSV, plain" }
    }

    fn extension(&self) -> &'static str {
        "csv"
    }

    fn write(&self, list: &List, rows: Rows<'_>, out: Sink<'_>) -> Result<Written> {
        if self.bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        write_row(&mut writer, list.columns.iter().map(|header| guard::neutral(header)))?;
        let mut written = Written { sheets: 1, ..Written::default() };
        for row in rows {
            let row = row?;
            write_row(&mut writer, row.iter().map(|value| if self.guarded { cell(value) } else { raw(value) }))?;
            written.rows += 1;
        }
        writer.flush()?;
        Ok(written)
    }
}

pub(super) fn write_row<'a, W: Write>(writer: &mut Writer<W>, cells: impl Iterator<Item = Cow<'a, str>>) -> Result<()> {
    for cell in cells {
        writer.write_field(cell.as_bytes())?;
    }
    Ok(writer.write_record(None::<&[u8]>)?)
}

/// Only text is guarded: a minus before a number is a sign, not a formula.
pub(super) fn cell(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) => guard::neutral(text),
        other => raw(other),
    }
}

fn raw(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) => text.as_str().into(),
        Value::Number(number) if number.is_finite() => number.to_string().into(),
        Value::Count(count) => count.to_string().into(),
        Value::Money(minor, currency) => currency.plain(*minor).into(),
        Value::Day(day) => day.to_string().into(),
        Value::Number(_) | Value::Empty => "".into(),
    }
}
