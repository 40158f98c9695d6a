//! Exports that are known but not read: each is named and refused with a sentence that says what to do instead.
//!
//! The list is `catalogue::KNOWN`; this file holds the matching. A file is matched by what characterises it –
//! a set of column names, words above the table, labels in its first column – never by an exact header, because
//! columns of these reports are chosen by their users.

mod catalogue;

use serde::Serialize;

use super::preview::Preview;
use super::row::fold;

/// How many rows below the header are looked at: reports put titles, dates or blank lines above their table.
const ROWS_SEEN: usize = 12;

/// Why a known file is not imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// What the file is: "Google Search Console export".
    pub what: String,
    /// For people: what it is, that nothing was imported, and what to do instead.
    pub sentence: String,
}

/// A known export that is not read.
struct Known {
    /// What it is, with its article.
    title: &'static str,
    /// Any of these gives it away.
    signs: &'static [Sign],
    /// Why its rows are not imported.
    because: &'static str,
    /// What to do instead.
    instead: &'static str,
}

/// What gives a file away. Names are compared folded (letter case, spaces and homoglyphs do not matter).
enum Sign {
    /// One row near the top holds all of these names.
    Columns(&'static [&'static str]),
    /// One row near the top holds at least so many of these names.
    Some(usize, &'static [&'static str]),
    /// Lines near the top begin with each of these words.
    Lines(&'static [&'static str]),
    /// A title and a line with a range of dates stand above the table, and the table has one of these columns.
    DatedReport(&'static [&'static str]),
}

/// The refusal of a file that is known but not read; `None` when nothing of it is known.
pub fn refusal(preview: &Preview) -> Option<Refusal> {
    let top = Top::of(preview);
    let known = catalogue::KNOWN.iter().find(|known| known.signs.iter().any(|sign| top.shows(sign)))?;
    let Known { title, because, instead, .. } = known;
    let sentence = format!("This is {title}; {because}. Nothing was imported: {instead}");
    let what = title.split_once(' ').map_or(*title, |(_article, name)| name).to_owned();
    Some(Refusal { what, sentence })
}

/// The top of a file, folded for comparison.
struct Top {
    rows: Vec<Vec<String>>,
    lines: Vec<String>,
    preamble: usize,
}

impl Top {
    fn of(preview: &Preview) -> Self {
        let below = preview.rows.iter().take(ROWS_SEEN).map(|(_, cells)| cells.as_slice());
        let tables = std::iter::once(preview.header.as_slice()).chain(below);
        let tables: Vec<Vec<String>> = tables.map(|cells| cells.iter().map(|cell| clean(cell)).collect()).collect();
        let split = |line: &String| line.split([',', ';', '\t']).map(clean).collect();
        let above = preview.preamble.iter().map(|line| clean(line));
        let lines = above.chain(tables.iter().map(|row| row.join(","))).collect();
        let rows = preview.preamble.iter().map(split).chain(tables).collect();
        Self { lines, preamble: preview.preamble.len(), rows }
    }

    fn shows(&self, sign: &Sign) -> bool {
        match sign {
            Sign::Columns(names) => self.most(names) == names.len(),
            Sign::Some(least, names) => self.most(names) >= *least,
            Sign::Lines(starts) => starts.iter().all(|start| self.lines.iter().any(|line| line.starts_with(start))),
            Sign::DatedReport(names) => self.is_dated_report() && self.most(names) > 0,
        }
    }

    /// The largest number of `names` that one row holds.
    fn most(&self, names: &[&str]) -> usize {
        let held = |row: &Vec<String>| names.iter().filter(|name| row.iter().any(|cell| cell == *name)).count();
        self.rows.iter().map(held).max().unwrap_or(0)
    }

    fn is_dated_report(&self) -> bool {
        let above = &self.lines[..self.preamble];
        let dated = |line: &String| line == "all time" || (line.contains(['-', '–']) && years(line) >= 2);
        above.len() >= 2 && above.iter().skip(1).any(dated)
    }
}

/// A cell as compared: folded, without the quotes, comment sign and colon of key/value reports.
fn clean(cell: &str) -> String {
    fold(cell.trim_matches(|c: char| c == '"' || c.is_whitespace())).trim_end_matches(':').to_owned()
}

/// How many four-digit years stand in a line.
fn years(line: &str) -> usize {
    let numbers = line.split(|c: char| !c.is_ascii_digit());
    numbers.filter(|n| n.len() == 4 && (n.starts_with("19") || n.starts_with("20"))).count()
}
