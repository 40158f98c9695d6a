//! Rows of an XLSX workbook, streamed. A workbook is a ZIP archive that may hold anything: what it says of
//! its own size is not believed.

use std::fs::File;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::{Event, MAX_COLUMNS, MAX_ROW_BYTES, ReadError, file_sentence};
use crate::import::row::Cells;

const MAX_ENTRIES: usize = 10_000;
const MAX_TOTAL_BYTES: u64 = 4 << 30;
const MAX_TEXT_BYTES: u64 = 256 << 20;
const MAX_TEXTS: u64 = 4_000_000;
const MAX_RATIO: u64 = 200;
/// Below this an archive may be packed as tightly as it likes.
const SMALL: u64 = 16 << 20;

type Workbook = Xlsx<BufReader<File>>;

/// Names of the sheets of a workbook, in its order.
pub fn sheets(path: &Path) -> Result<Vec<String>, String> {
    Ok(open(path)?.sheet_names())
}

fn open(path: &Path) -> Result<Workbook, String> {
    check_archive(path)?;
    let file = File::open(path).map_err(|e| file_sentence(path, &e))?;
    guarded(|| Xlsx::new(BufReader::new(file))).map_err(|e| not_a_workbook(path, &e))
}

fn not_a_workbook(path: &Path, error: &str) -> String {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    format!("{file} is no XLSX workbook that can be read ({error}); save it again as XLSX or CSV")
}

/// Runs a step of the workbook reader. A damaged workbook must not take the program down with it.
fn guarded<T>(step: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, String> {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(step)) {
        Ok(result) => result.map_err(|e| e.to_string()),
        Err(_) => Err("its parts contradict each other".into()),
    }
}

/// Unpacks every part once, counting only, so that no part can be larger than it says or than is bearable.
fn check_archive(path: &Path) -> Result<(), String> {
    let file = File::open(path).map_err(|e| file_sentence(path, &e))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let damaged = |e: zip::result::ZipError| format!("{name} is no archive that can be read ({e}); save it again");
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    if archive.len() > MAX_ENTRIES {
        return Err(format!("{name} holds more than {MAX_ENTRIES} parts and is not read; save the sheet alone as CSV"));
    }
    let mut total = 0;
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).map_err(damaged)?;
        let texts = part.name().is_ok_and(|n| n.ends_with("sharedStrings.xml"));
        let packed = part.compressed_size();
        let most = if texts { MAX_TEXT_BYTES } else { MAX_TOTAL_BYTES - total };
        let most = most.min(packed.saturating_mul(MAX_RATIO).max(SMALL));
        let found = measure(&mut part, most, texts)
            .map_err(|e| format!("{name} is damaged ({e}); save it again as XLSX or CSV"))?;
        let Some(Measured { bytes, texts, declared }) = found else {
            return Err(format!("{name} unpacks to more than is safe to read; save the sheet as CSV and import that"));
        };
        if texts > MAX_TEXTS || declared > bytes {
            return Err(format!("{name} holds more texts than can be kept; save the sheet as CSV and import that"));
        }
        total += bytes;
    }
    Ok(())
}

/// Size of an unpacked part, its texts (`<si`), and how many texts it declares.
struct Measured {
    bytes: u64,
    texts: u64,
    declared: u64,
}

/// Counts the bytes of a part; `None` when there are more than `most`.
fn measure(part: &mut dyn Read, most: u64, count_texts: bool) -> std::io::Result<Option<Measured>> {
    let mut buffer = vec![0; 64 << 10];
    let mut found = Measured { bytes: 0, texts: 0, declared: 0 };
    loop {
        let n = part.read(&mut buffer)?;
        if n == 0 {
            return Ok(Some(found));
        }
        if count_texts {
            if found.bytes == 0 {
                found.declared = declared_texts(&buffer[..n]);
            }
            found.texts += memchr::memmem::find_iter(&buffer[..n], b"<si").count() as u64;
        }
        found.bytes += n as u64;
        if found.bytes > most {
            return Ok(None);
        }
    }
}

/// The number after `uniqueCount="`; the workbook reader reserves memory by it.
fn declared_texts(start: &[u8]) -> u64 {
    let Some(at) = memchr::memmem::find(start, b"uniqueCount") else { return 0 };
    let digits = start[at..].iter().skip_while(|b| !b.is_ascii_digit()).take_while(|b| b.is_ascii_digit());
    digits.fold(0_u64, |n, b| n.saturating_mul(10).saturating_add(u64::from(b - b'0')))
}

/// Calls `visit` for every row of a sheet that is not blank, from a row on.
pub fn each_row<E>(
    path: &Path,
    sheet: &str,
    from_line: u64,
    mut visit: impl FnMut(Event) -> Result<ControlFlow<()>, E>,
) -> Result<(), ReadError<E>> {
    let size = std::fs::metadata(path).map_or(0, |m| m.len());
    let mut book = open(path).map_err(ReadError::File)?;
    let file = |e: String| ReadError::File(not_a_workbook(path, &e));
    let mut reader = guarded(|| book.worksheet_cells_reader(sheet)).map_err(file)?;
    let rows = u64::from(reader.dimensions().end.0) + 1;
    let (mut cells, mut line, mut text) = (Cells::default(), 0, String::new());
    loop {
        let cell = guarded(|| reader.next_cell()).map_err(file)?;
        let position = cell.as_ref().map(|c| c.get_position());
        let next_line = position.map_or(u64::MAX, |(row, _)| u64::from(row) + 1);
        if next_line != line {
            if line >= from_line && line > 0 && !cells.is_blank() {
                let bytes = size.saturating_mul(line.min(rows)) / rows.max(1);
                let event = Event { line, bytes, cells: &cells, flaw: None, repaired: None, unfinished: false };
                if visit(event).map_err(ReadError::Visitor)?.is_break() {
                    return Ok(());
                }
            }
            if next_line < line {
                return Err(file("its rows are not in order".into()));
            }
            cells.clear();
            line = next_line;
        }
        let (Some(cell), Some((_, column))) = (cell, position) else { return Ok(()) };
        let column = column as usize;
        if matches!(cell.get_value(), DataRef::Empty) {
            continue;
        }
        if column >= MAX_COLUMNS {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            return Err(ReadError::File(format!(
                "{name} has something in column {} of line {line}; only {MAX_COLUMNS} columns are read. Clear the cells beyond",
                column + 1
            )));
        }
        if column < cells.len() {
            return Err(file("its cells are not in order".into()));
        }
        (cells.len()..column).for_each(|_| cells.push(""));
        text.clear();
        write(cell.get_value(), &mut text);
        let shown = text.len().min(MAX_ROW_BYTES);
        cells.push(text.get(..shown).unwrap_or_default());
    }
}

/// A value as text: numbers as short as they are exact, dates in ISO form.
fn write(value: &DataRef, out: &mut String) {
    use std::fmt::Write;
    let _ = match value {
        DataRef::Empty => Ok(()),
        DataRef::Int(n) => write!(out, "{n}"),
        DataRef::Float(n) => write!(out, "{n}"),
        DataRef::String(s) => out.write_str(s),
        DataRef::SharedString(s) => out.write_str(s),
        DataRef::Bool(b) => write!(out, "{b}"),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => out.write_str(s),
        DataRef::Error(e) => write!(out, "{e}"),
        DataRef::DateTime(date) if date.is_duration() || date.as_f64() < 1.0 => write_time(date.as_f64(), out),
        DataRef::DateTime(date) => {
            let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
            if (hour, minute, second, milli) == (0, 0, 0, 0) {
                write!(out, "{year:04}-{month:02}-{day:02}")
            } else {
                write!(out, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
            }
        }
    };
}

fn write_time(days: f64, out: &mut String) -> std::fmt::Result {
    use std::fmt::Write;
    let seconds = (days * 86_400.0).round() as i64;
    write!(out, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
