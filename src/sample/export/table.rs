//! A table being written: cells by column name, and the spellings that platforms share.

use std::fmt::{self, Display, Write as _};
use std::io;

use chrono::DateTime;
use chrono_tz::Tz;
use rustc_hash::FxHashMap;

use crate::sample::{CURRENCY, ZONE};

/// Writes rows cell by cell.
pub struct Table<W: io::Write> {
    out: csv::Writer<W>,
    columns: FxHashMap<String, usize>,
    cells: Vec<String>,
    rows: u64,
}

impl<W: io::Write> Table<W> {
    /// A table with a header.
    pub fn new(out: W, header: Vec<String>) -> csv::Result<Self> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(&header)?;
        let cells = vec![String::new(); header.len()];
        let columns = header.into_iter().enumerate().map(|(i, name)| (name, i)).collect();
        Ok(Self { out, columns, cells, rows: 0 })
    }

    /// Fills a cell of the row at hand. Columns are those of this folder's own headers; the tests write every platform.
    pub fn put(&mut self, column: &str, value: impl Display) -> &mut Self {
        let cell = &mut self.cells[self.columns[column]];
        cell.clear();
        // Writing into a string cannot fail.
        let _ = write!(cell, "{value}");
        self
    }

    /// Fills several columns with the same value.
    pub fn put_all(&mut self, columns: &[&str], value: impl Display) -> &mut Self {
        for column in columns {
            self.put(column, &value);
        }
        self
    }

    /// Writes the row; the next begins blank.
    pub fn end_row(&mut self) -> csv::Result<()> {
        self.out.write_record(&self.cells)?;
        self.cells.iter_mut().for_each(String::clear);
        self.rows += 1;
        Ok(())
    }

    /// Writes what is still held back and returns the number of rows.
    pub fn finish(mut self) -> csv::Result<u64> {
        self.out.flush()?;
        Ok(self.rows)
    }
}

/// A header from one line of a file.
pub fn header(line: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
    let first = reader.records().next().and_then(Result::ok).unwrap_or_default();
    first.iter().map(String::from).collect()
}

/// Minor units as `1234.50`.
pub fn money(minor: i64) -> impl Display {
    struct Plain(i64);
    impl Display for Plain {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let sign = if self.0 < 0 { "-" } else { "" };
            let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
            write!(f, "{sign}{whole}.{part:02}")
        }
    }
    debug_assert_eq!(CURRENCY.scale(), 100);
    Plain(minor)
}

/// A value, or a blank cell.
pub fn or_blank<T: Display>(value: Option<T>) -> impl Display {
    struct Maybe<T>(Option<T>);
    impl<T: Display> Display for Maybe<T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.as_ref().map_or(Ok(()), |value| value.fmt(f))
        }
    }
    Maybe(value)
}

/// `yes` or `no`.
pub fn yes_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

/// A moment on the shop's own clock.
pub fn local(utc: i64) -> DateTime<Tz> {
    DateTime::from_timestamp(utc, 0).unwrap_or_default().with_timezone(&ZONE.0)
}

/// A moment on the shop's own clock as `2026-10-14 09:30:00`.
pub fn local_text(utc: i64) -> impl Display {
    local(utc).format("%Y-%m-%d %H:%M:%S")
}
