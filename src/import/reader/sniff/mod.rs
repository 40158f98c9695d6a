//! Finds out how a text is encoded and cut into cells, and where its table begins.

mod encoding;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Cursor};
use std::ops::ControlFlow;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};

use super::cut::{self, Cutter};
use super::window::Window;
use super::{MAX_ROW_BYTES, ReadError, file_sentence};
use crate::import::cells::{DateShape, Marks};
use crate::import::identity;
use crate::import::plan::Choices;
use crate::import::preview::Dialect;

/// Text from the start of the file by which delimiter and header are found.
const SAMPLE: usize = 256 << 10;
const SAMPLE_ROWS: usize = 300;
/// Lines above a header at most.
const MAX_PREAMBLE: usize = 60;

/// A row of the sample, with its line.
pub type SampleRow = (u64, Vec<String>);

/// Where the table of a file begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Lines above the table that are not blank, as text.
    pub preamble: Vec<String>,
    /// Line of the header; 0 = the file has none.
    pub header_line: u64,
    /// Line of the table's first row, header or not.
    pub first_line: u64,
    /// Whether the first line of the table looks like data and like column names at once.
    pub header_doubt: bool,
}

/// Encoding, delimiter and quoting of a text file, and how sure the encoding is.
pub fn sniff_text(path: &Path, choices: &Choices) -> Result<(Dialect, bool, Vec<SampleRow>), String> {
    let sentence = |e: io::Error| file_sentence(path, &e);
    let (encoding, bom, sure) = match &choices.encoding {
        Some(label) => {
            let encoding = Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| {
                format!("“{label}” is no encoding that is known; try utf-8, windows-1252 or utf-16le")
            })?;
            (encoding, encoding::has_mark(path, encoding).map_err(sentence)?, true)
        }
        None => encoding::detect(path).map_err(sentence)?,
    };
    let text = sample_text(path, encoding, bom).map_err(sentence)?;
    let (delimiter, quoting) = match choices.delimiter {
        Some(d) => (u8::try_from(d).map_err(|_| format!("“{d}” cannot separate cells; choose , ; | or a tab"))?, true),
        None => delimiter_of(&text),
    };
    let (rows, _) = sample_rows(&text, delimiter, quoting);
    let dialect = Dialect::Csv { encoding: encoding.name(), bom, delimiter: char::from(delimiter), quoting };
    Ok((dialect, sure, rows))
}

/// The start of the file as UTF-8, cut after a whole line where the file goes on.
fn sample_text(path: &Path, encoding: &'static Encoding, bom: bool) -> io::Result<Vec<u8>> {
    let mut window = Window::over(Box::new(File::open(path)?), encoding, bom)?;
    let mut whole = false;
    while window.bytes().len() < SAMPLE && !whole {
        whole = !window.more()?;
    }
    // A header of thousands of columns may be longer than the sample.
    while !whole && memchr::memchr2(b'\n', b'\r', window.bytes()).is_none() && window.bytes().len() < MAX_ROW_BYTES {
        whole = !window.more()?;
    }
    let mut text = window.bytes().to_vec();
    if !whole && let Some(end) = memchr::memrchr2(b'\n', b'\r', &text) {
        text.truncate(end + 1);
    }
    Ok(text)
}

/// The first rows of a text, and how many of them are flawed.
fn sample_rows(text: &[u8], delimiter: u8, quoting: bool) -> (Vec<SampleRow>, usize) {
    let (mut rows, mut flawed) = (Vec::new(), 0);
    // Reading from memory does not fail.
    let Ok(window) = Window::over(Box::new(Cursor::new(text.to_vec())), UTF_8, false) else { return (rows, 0) };
    let _ = cut::each_row(Cutter::new(window, delimiter, quoting, 0), 1, |event| {
        rows.push((event.line, event.cells.to_vec()));
        flawed += usize::from(event.flaw.is_some());
        let full = rows.len() >= SAMPLE_ROWS;
        Ok::<_, ReadError<()>>(if full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    });
    (rows, flawed)
}

/// Delimiter and quoting under which the rows are most alike and the cells make most sense.
fn delimiter_of(text: &[u8]) -> (u8, bool) {
    let first_line = text.split(|b| matches!(b, b'\n' | b'\r')).next().unwrap_or_default();
    if let [b's', b'e', b'p', b'=', d @ (b',' | b';' | b'\t' | b'|')] = first_line {
        return (*d, true);
    }
    let mut best = (0.0, (b',', true));
    for delimiter in *b",;\t|" {
        for quoting in [true, false] {
            if quoting || delimiter == b'\t' {
                let (rows, flawed) = sample_rows(text, delimiter, quoting);
                let score = consistency(&rows) * (1.0 - flawed as f64 / rows.len().max(1) as f64);
                // Without quotes a file must be clearly more regular, so that quotes are the rule.
                let score = if quoting { score } else { score / 1.05 };
                if score > best.0 {
                    best = (score, (delimiter, quoting));
                }
            }
        }
    }
    best.1
}

/// How regular a table is: rows of one length, times the share of cells that make sense. After the
/// data consistency measure of van den Burg, Nazábal and Sutton (2019).
fn consistency(rows: &[SampleRow]) -> f64 {
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut cells, mut sensible) = (0, 0);
    for (_, row) in rows {
        *lengths.entry(row.len()).or_default() += 1;
        cells += row.len();
        sensible += row.iter().filter(|cell| makes_sense(cell)).count();
    }
    let pattern =
        |(length, count): (&usize, &usize)| *count as f64 * (*length as f64 - 1.0).max(0.001) / *length as f64;
    let patterns: f64 = lengths.iter().map(pattern).sum::<f64>() / lengths.len().max(1) as f64;
    patterns * sensible as f64 / cells.max(1) as f64
}

fn makes_sense(cell: &str) -> bool {
    let cell = cell.trim();
    if cell.is_empty() || is_data(cell) {
        return true;
    }
    let stray = |c: char| matches!(c, ';' | '\t' | '|' | '"');
    let bare_comma = cell.match_indices(',').any(|(i, _)| !cell[i + 1..].starts_with(' ') && !cell[i + 1..].is_empty());
    !cell.contains(stray) && !bare_comma
}

/// Whether a cell holds something that no column is called: a number, a date, an e-mail address.
fn is_data(cell: &str) -> bool {
    let cell = cell.trim();
    let number = || cell.bytes().any(|b| b.is_ascii_digit()) && Marks::of(cell) != Marks::NoNumber;
    number() || DateShape::of(cell) != DateShape::NoDate || identity::email(cell).is_some()
}

/// Finds the header among the first rows; `chosen` is the user's own answer (0 = there is none).
pub fn sniff_rows(rows: &[SampleRow], chosen: Option<u64>) -> Layout {
    let start = match chosen {
        Some(line) if line > 0 => rows.iter().position(|(l, _)| *l >= line).unwrap_or(0),
        _ => start_of_table(rows),
    };
    let preamble = rows[..start].iter().map(|(_, cells)| preamble_text(cells)).collect();
    let Some((first_line, first)) = rows.get(start) else {
        return Layout { preamble, header_line: 1, first_line: 1, header_doubt: false };
    };
    let headless = match chosen {
        Some(line) => line == 0,
        None => looks_like_data(first, &rows[start + 1..]),
    };
    Layout {
        preamble,
        header_line: if headless { 0 } else { *first_line },
        first_line: *first_line,
        header_doubt: headless && chosen.is_none(),
    }
}

fn preamble_text(cells: &[String]) -> String {
    let filled: Vec<&str> = cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
    filled.join(" · ")
}

/// Position of the first row of the table: the first that is as wide as most rows, nearly filled, and no
/// comment.
fn start_of_table(rows: &[SampleRow]) -> usize {
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    rows.iter().for_each(|(_, row)| *lengths.entry(row.len()).or_default() += 1);
    let width = lengths.into_iter().max_by_key(|(length, count)| length * count).map_or(1, |(length, _)| length);
    let fits = |row: &[String]| {
        let filled = row.iter().filter(|c| !c.trim().is_empty()).count();
        let comment = row
            .first()
            .is_some_and(|c| c.starts_with('#') && filled == 1 || c.starts_with("# ") || c.starts_with("#--"));
        let separator = row.first().is_some_and(|c| c.starts_with("sep=")) && row.len() <= 2;
        !comment
            && !separator
            && (width == 1 || (row.len() * 2 > width && filled * 2 >= width.min(row.len()) && filled > 1))
    };
    rows.iter().take(MAX_PREAMBLE).position(|(_, row)| fits(row)).unwrap_or(0)
}

/// Whether the row in the place of a header holds data: where the rows below hold numbers, dates and
/// addresses, so does it.
fn looks_like_data(first: &[String], below: &[SampleRow]) -> bool {
    let data_like: Vec<usize> = (0..first.len()).filter(|&i| is_data(&first[i])).collect();
    if data_like.is_empty() {
        return false;
    }
    let below = &below[..below.len().min(50)];
    let is_data_column = |i: usize| {
        let cells: Vec<&String> =
            below.iter().filter_map(|(_, row)| row.get(i)).filter(|c| !c.trim().is_empty()).collect();
        !cells.is_empty() && cells.iter().filter(|c| is_data(c)).count() * 2 > cells.len()
    };
    let columns = (0..first.len()).filter(|&i| is_data_column(i)).count();
    data_like.len() * 2 >= columns.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<SampleRow> {
        let (delimiter, quoting) = delimiter_of(text.as_bytes());
        sample_rows(text.as_bytes(), delimiter, quoting).0
    }

    #[test]
    fn delimiters_are_found_among_decimal_commas_and_text() {
        for (text, expected) in [
            ("a,b,c\n1,2,3\n4,5,6\n", b','),
            ("Datum;Betrag;Text\n01.02.2024;1,50;Tee, grün\n02.02.2024;2,50;Kaffee, stark\n", b';'),
            ("a\tb\n1,5\t2,5\n1,5\t3,5\n", b'\t'),
            ("a|b|c\nx, y|1|2\n", b'|'),
            ("sep=;\na;b\n1;2\n", b';'),
            ("name\nAnna\nBen\n", b','),
            ("id,text\n1,\"a;b;c\"\n2,\"d;e;f\"\n", b','),
        ] {
            assert_eq!(delimiter_of(text.as_bytes()).0, expected, "{text}");
        }
    }

    #[test]
    fn flat_files_whose_quotes_are_data_are_not_unquoted() {
        let text = "sku\tname\tprice\na\t\"Great\tthing\" tent\t1\nb\t12\" pipe\t2\nc\t\"half\t3\nd\tx\t4\n";
        let text = text.replace("\"Great\tthing\"", "\"Great");
        assert_eq!(delimiter_of(text.as_bytes()), (b'\t', false));
    }

    #[test]
    fn the_header_is_found_below_titles_and_comments() {
        let found = sniff_rows(
            &rows("Campaign report\n\"July 8, 2025 - July 31, 2025\"\nDay,Clicks,Cost\n2025-07-08,3,1.50\n"),
            None,
        );
        assert_eq!((found.header_line, found.preamble.len()), (3, 2));
        let found = sniff_rows(&rows("# ----\n# Events, by name\n# ----\n\nEvent,Count\nopen,3\nclick,4\n"), None);
        assert_eq!((found.header_line, found.preamble.len()), (5, 3));
        assert_eq!(sniff_rows(&rows("#,Name,Total\n1,A,2.50\n"), None).header_line, 1);
    }

    #[test]
    fn a_missing_header_is_noticed() {
        let found =
            sniff_rows(&rows("536365,85123A,LANTERN,6,2010-12-01,2.55\n536365,71053,HEART,6,2010-12-01,3.39\n"), None);
        assert_eq!((found.header_line, found.first_line, found.header_doubt), (0, 1, true));
        assert_eq!(sniff_rows(&rows("1,2\n3,4\n"), Some(1)).header_line, 1);
        assert_eq!(sniff_rows(&rows("name,city\nAnna,Bonn\n"), None).header_line, 1);
    }

    #[test]
    fn the_number_sign_alone_is_a_column_name() {
        assert_eq!(sniff_rows(&rows("Order #,Total\n1001,5.00\n"), None).header_line, 1);
    }
}
