//! XLSX workbooks, streamed: numbers numeric, dates as dates, text always text.

use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::{Result, bail};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

use super::{List, Rows, TableFormat, Value, Written};
use crate::model::{Currency, Day};
use crate::report::file::Sink;

/// Rows of a sheet, the header included.
const SHEET_ROWS: u32 = 1_048_576;
const SHEET_COLUMNS: usize = 16_384;
/// Characters (UTF-16 units) of a cell.
const CELL_CHARACTERS: usize = 32_767;
/// Characters of a sheet's name.
const NAME_CHARACTERS: usize = 31;
/// Number of 1970-01-01 in a workbook's calendar.
const EPOCH_SERIAL: f64 = 25_569.0;
/// Days (since 1970-01-01) that a workbook can show: from 1900-03-01, as it believes in a 29 February 1900, to
/// 9999-12-31. Others stay text.
const CALENDAR: RangeInclusive<i32> = -25_508..=2_932_896;

/// An Excel workbook.
pub struct Xlsx;

impl TableFormat for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn title(&self) -> &'static str {
        "Excel workbook"
    }

    fn extension(&self) -> &'static str {
        "xlsx"
    }

    fn write(&self, list: &List, rows: Rows<'_>, out: Sink<'_>) -> Result<Written> {
        guarded(|| write(list, rows, out, SHEET_ROWS))
    }
}

/// The library spools sheets to a temporary file and panics when that file's disk is full. Nothing of ours is left
/// half-changed by it: what is written is only put in place after success.
pub fn guarded(write: impl FnOnce() -> Result<Written>) -> Result<Written> {
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|_| {
        let folder = std::env::temp_dir();
        bail!("the workbook could not be built in {}; its disk may be full: make room there", folder.display())
    })
}

fn write(list: &List, rows: Rows<'_>, out: Sink<'_>, sheet_rows: u32) -> Result<Written> {
    let mut workbook = Workbook::new();
    let written = fill(&mut workbook, list, rows, sheet_rows)?;
    workbook.save_to_writer(out)?;
    Ok(written)
}

/// Several short lists as one workbook, a sheet each; their titles are all different.
pub fn write_book(lists: &[(List, Vec<Vec<Value>>)], day: Option<Day>, out: Sink<'_>) -> Result<Written> {
    let mut workbook = Workbook::new();
    if let Some(day) = day {
        let made = ExcelDateTime::parse_from_str(&day.to_string())?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    }
    let mut written = Written::default();
    for (list, rows) in lists {
        let of = fill(&mut workbook, list, &mut rows.iter().cloned().map(Ok), SHEET_ROWS)?;
        written.rows += of.rows;
        written.sheets += of.sheets;
        written.shortened += of.shortened;
    }
    workbook.save_to_writer(out)?;
    Ok(written)
}

fn fill(workbook: &mut Workbook, list: &List, rows: Rows<'_>, sheet_rows: u32) -> Result<Written> {
    if list.columns.len() > SHEET_COLUMNS {
        bail!("a workbook holds {SHEET_COLUMNS} columns, the list has {}; save it as CSV", list.columns.len());
    }
    let mut written = Written::default();
    let mut rows = rows.peekable();
    loop {
        written.sheets += 1;
        let mut sheet = Sheet::start(workbook, list, written.sheets)?;
        while sheet.next_row < sheet_rows
            && let Some(row) = rows.next()
        {
            written.shortened += sheet.add(&row?)?;
            written.rows += 1;
        }
        if rows.peek().is_none() {
            return Ok(written);
        }
    }
}

/// A sheet being filled from top to bottom.
struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    next_row: u32,
    formats: Vec<(Currency, Format)>,
    date: Format,
}

impl<'a> Sheet<'a> {
    fn start(workbook: &'a mut Workbook, list: &List, number: u32) -> Result<Self> {
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(&list.title, number))?.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (column, header) in (0..).zip(&list.columns) {
            let (header, _) = fitting(header);
            sheet.write_string_with_format(0, column, header, &bold)?;
            sheet.set_column_width(column, header.chars().count().clamp(10, 40) as f64 + 2.0)?;
        }
        Ok(Self { sheet, next_row: 1, formats: Vec::new(), date: Format::new().set_num_format("yyyy-mm-dd") })
    }

    /// Writes a row and says how many of its texts had to be cut.
    fn add(&mut self, cells: &[Value]) -> Result<u64> {
        let row = self.next_row;
        let mut shortened = 0;
        for (column, value) in (0..).zip(cells) {
            match value {
                Value::Text(text) => {
                    let (text, cut) = fitting(text);
                    shortened += u64::from(cut);
                    self.sheet.write_string(row, column, text)?;
                }
                Value::Number(number) if number.is_finite() => {
                    self.sheet.write_number(row, column, *number)?;
                }
                Value::Count(count) => {
                    self.sheet.write_number(row, column, *count as f64)?;
                }
                Value::Money(minor, currency) => {
                    let format = money_format(&mut self.formats, *currency);
                    self.sheet.write_number_with_format(row, column, currency.major(*minor), format)?;
                }
                Value::Day(day) => {
                    if CALENDAR.contains(&day.0) {
                        let serial = f64::from(day.0) + EPOCH_SERIAL;
                        self.sheet.write_number_with_format(row, column, serial, &self.date)?;
                    } else {
                        self.sheet.write_string(row, column, day.to_string())?;
                    }
                }
                Value::Number(_) | Value::Empty => {}
            }
        }
        self.next_row += 1;
        Ok(shortened)
    }
}

/// The currency's decimals, made once per sheet and currency.
fn money_format(formats: &mut Vec<(Currency, Format)>, currency: Currency) -> &Format {
    let at = formats.iter().position(|(known, _)| *known == currency).unwrap_or_else(|| {
        let decimals = match currency.exponent() {
            0 => "#,##0".to_owned(),
            n => format!("#,##0.{}", "0".repeat(n as usize)),
        };
        formats.push((currency, Format::new().set_num_format(decimals)));
        formats.len() - 1
    });
    &formats[at].1
}

/// The text as far as a cell can hold it, and whether it was cut.
fn fitting(text: &str) -> (&str, bool) {
    if text.len() <= CELL_CHARACTERS {
        return (text, false);
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CELL_CHARACTERS
    });
    end.map_or((text, false), |(end, _)| (&text[..end], true))
}

/// A name without the signs that workbooks forbid, numbered from the second sheet on.
fn sheet_name(title: &str, number: u32) -> String {
    let tail = if number > 1 { format!(" {number}") } else { String::new() };
    let allowed = |c: &char| !c.is_control() && !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\');
    let mut name = String::new();
    for c in title.chars().filter(allowed) {
        if name.encode_utf16().count() + c.len_utf16() + tail.len() > NAME_CHARACTERS {
            break;
        }
        name.push(c);
    }
    // Neither end may be an apostrophe, and "History" is a name Excel keeps for itself.
    let name = name.trim().trim_matches('\'').trim();
    let name = if name.is_empty() || name.eq_ignore_ascii_case("history") { "List" } else { name };
    format!("{name}{tail}")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Reader, Xlsx as Workbook, open_workbook_from_rs};

    use super::*;

    #[test]
    fn more_rows_than_a_sheet_holds_go_on_in_the_next() {
        for (count, sheets) in [(0, vec![0]), (9, vec![9]), (10, vec![9, 1]), (27, vec![9, 9, 9])] {
            let list = List { title: "Members".into(), columns: vec!["n".into()] };
            let mut rows = (0..count).map(|n| Ok(vec![Value::Count(n)]));
            let mut bytes = Vec::new();
            let written = write(&list, &mut rows, &mut bytes, 10).unwrap();
            assert_eq!((written.rows, written.sheets), (count, sheets.len() as u32));
            let mut book: Workbook<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
            let found: Vec<usize> = book.worksheets().iter().map(|(_, range)| range.height() - 1).collect();
            assert_eq!(found, sheets);
            assert_eq!(book.sheet_names()[0], "Members");
        }
    }

    #[test]
    fn names_of_sheets_keep_to_the_rules() {
        assert_eq!(sheet_name("VIP/Loyal: [all]", 1), "VIPLoyal all");
        assert_eq!(sheet_name("'", 2), "List 2");
        assert_eq!(sheet_name("history", 1), "List");
        assert_eq!(sheet_name(&"é".repeat(40), 12).encode_utf16().count(), 31);
        assert_eq!(sheet_name("", 1), "List");
    }

    #[test]
    fn a_text_beyond_a_cell_is_cut_between_characters_and_counted() {
        let long = "😀".repeat(20_000);
        let (text, cut) = fitting(&long);
        assert!(cut && text.encode_utf16().count() == 32_766);
        assert_eq!(fitting(&"é".repeat(32_767)), ("é".repeat(32_767).as_str(), false));
    }
}
