//! A table of journeys: a row for each path, with how often it ended in an order and how often without.

use std::ops::ControlFlow;
use std::path::Path;

use super::field::TableKind;
use super::plan::Choices;
use super::preview::{Preview, PreviewError, preview};
use super::reader::{self, Opening, ReadError};
use super::row::{Cells, fold};
use crate::jobs::{Cancelled, Progress};

/// What stands between the steps of a path.
pub const SEPARATOR: &str = ">";
/// Rows between two reports of progress.
const STEP_ROWS: u64 = 4_096;
/// Bad rows that are told by line.
const TOLD: usize = 20;

/// Names of columns, compared without letter case, and with `_` and `-` as blanks.
const PATH: &[&str] =
    &["path", "paths", "journey", "journeys", "channel path", "customer journey", "touchpoints", "steps"];
const CONVERSIONS: &[&str] =
    &["conversions", "total conversions", "conversion", "conv", "orders", "converted", "purchases"];
const VALUE: &[&str] =
    &["value", "total conversion value", "conversion value", "total value", "conv value", "revenue", "sales"];
const NULLS: &[&str] =
    &["nulls", "total null", "total nulls", "null", "non conversions", "without order", "not converted"];
const DAYS: &[&str] = &["days before", "days", "time before"];

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct PathLine<'a> {
    /// The path as it is written.
    pub path: &'a str,
    /// Days before the end of each step; empty = not told.
    pub days_before: &'a [f32],
    /// Journeys that ended in an order.
    pub conversions: u64,
    /// What these orders were worth, as it is written.
    pub value: f64,
    /// Journeys that ended without.
    pub nulls: u64,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadPaths {
    /// Name of the file.
    pub file: String,
    /// Rows that were read.
    pub rows: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// The first of them, with their line and what is wrong.
    pub reasons: Vec<(u64, String)>,
    /// Whether the table tells journeys without an order.
    pub has_nulls: bool,
    /// Whether it tells what orders are worth.
    pub has_value: bool,
}

/// Why a table is not read.
#[derive(Debug, thiserror::Error)]
pub enum PathsError {
    /// A sentence.
    #[error("{0}")]
    Failed(String),
    /// The user cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl From<PreviewError> for PathsError {
    fn from(error: PreviewError) -> Self {
        match error {
            PreviewError::Cancelled(cancelled) => Self::Cancelled(cancelled),
            other => Self::Failed(other.to_string()),
        }
    }
}

/// Where the columns are.
struct Columns {
    path: usize,
    conversions: usize,
    value: Option<usize>,
    nulls: Option<usize>,
    days: Option<usize>,
}

impl Columns {
    fn of(preview: &Preview) -> Result<Self, PathsError> {
        let names: Vec<String> = preview.header.iter().map(|name| fold(&name.replace(['_', '-'], " "))).collect();
        let find = |known: &[&str]| known.iter().find_map(|known| names.iter().position(|name| name == known));
        let missing = |what: &str| {
            let file = &preview.file;
            let columns = preview.header.join(", ");
            let repair = "name the columns path, conversions, value and nulls, and try again";
            PathsError::Failed(format!("{file} has no column with the {what} of its rows (it has {columns}); {repair}"))
        };
        Ok(Self {
            path: find(PATH).ok_or_else(|| missing("paths"))?,
            conversions: find(CONVERSIONS).ok_or_else(|| missing("conversions"))?,
            value: find(VALUE),
            nulls: find(NULLS),
            days: find(DAYS),
        })
    }
}

/// Visits every row of a table of paths. Rows that cannot be read are counted and left out.
///
/// # Errors
/// A sentence when the file cannot be read or has no such columns.
pub fn read(path: &Path, progress: &Progress, mut visit: impl FnMut(PathLine<'_>)) -> Result<ReadPaths, PathsError> {
    // Named, so that nobody looks for a shop's export in it.
    let choices = Choices { table: Some(TableKind::Customers), ..Choices::default() };
    let preview = preview(path, &choices, progress)?;
    let columns = Columns::of(&preview)?;
    let mut found = ReadPaths {
        file: preview.file.clone(),
        has_nulls: columns.nulls.is_some(),
        has_value: columns.value.is_some(),
        ..ReadPaths::default()
    };
    progress.expect(preview.size);
    let opening = Opening {
        path: &preview.path,
        dialect: &preview.dialect,
        from_line: preview.first_line(),
        columns: preview.header.len(),
    };
    let (mut seen, mut days) = (0_u64, Vec::new());
    let read = reader::each_row(opening, |event| {
        if event.line == preview.header_line || event.cells.is_blank() {
            return Ok(ControlFlow::Continue(()));
        }
        if seen.is_multiple_of(STEP_ROWS) {
            progress.step(event.bytes)?;
        }
        seen += 1;
        let whole = event.flaw.is_none() && event.cells.len() <= preview.header.len();
        let line =
            if whole { line(event.cells, &columns, &mut days) } else { Err("it cannot be cut into cells".into()) };
        match line {
            Ok(line) => {
                found.rows += 1;
                visit(line);
            }
            Err(reason) => {
                found.rejected += 1;
                if found.reasons.len() < TOLD {
                    found.reasons.push((event.line, reason));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    });
    match read {
        Ok(()) => Ok(found),
        Err(ReadError::File(sentence)) => Err(PathsError::Failed(sentence)),
        Err(ReadError::Visitor(cancelled)) => Err(PathsError::Cancelled(cancelled)),
    }
}

fn line<'a>(cells: &'a Cells, columns: &Columns, days: &'a mut Vec<f32>) -> Result<PathLine<'a>, String> {
    let text = |at: Option<usize>| at.and_then(|at| cells.get(at)).unwrap_or("").trim();
    days.clear();
    for one in text(columns.days).split([';', '>', '|']).map(str::trim).filter(|one| !one.is_empty()) {
        let told = one.parse::<f32>().ok().filter(|days| days.is_finite() && *days >= 0.0);
        days.push(told.ok_or_else(|| format!("“{one}” is no number of days"))?);
    }
    Ok(PathLine {
        path: text(Some(columns.path)),
        conversions: count(text(Some(columns.conversions)))?,
        value: number(text(columns.value))?,
        nulls: count(text(columns.nulls))?,
        days_before: days,
    })
}

/// A whole number from 0 on; blank = 0. Statistics programs write whole numbers as `3.0`.
fn count(text: &str) -> Result<u64, String> {
    if let Ok(count) = text.parse() {
        return Ok(count);
    }
    let read = number(text)?;
    let whole = read >= 0.0 && read.fract() == 0.0 && read < 9e15;
    whole.then_some(read as u64).ok_or_else(|| format!("“{text}” is no whole number from 0 on"))
}

/// A number with a decimal point, or with a comma where there is no point; blank = 0.
fn number(text: &str) -> Result<f64, String> {
    if text.is_empty() {
        return Ok(0.0);
    }
    let plain = text.parse().ok();
    let read = plain.or_else(|| if text.contains('.') { None } else { text.replace(',', ".").parse().ok() });
    read.filter(|number: &f64| number.is_finite()).ok_or_else(|| format!("“{text}” is no number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_spreadsheets_and_statistics_programs() {
        assert_eq!((count("3.0"), count(""), count("12")), (Ok(3), Ok(0), Ok(12)));
        assert!(count("-1").is_err() && count("1.5").is_err() && count("x").is_err());
        assert_eq!((number("0.244"), number("1,5"), number("")), (Ok(0.244), Ok(1.5), Ok(0.0)));
        assert!(number("1,234.5").is_err() && number("inf").is_err());
    }
}
