//! What a user asks of a table: some of its cells, to the clipboard or as a file.

use std::ops::Range;

use super::column::Column;
use crate::report::table_export::{List, TableFormat};

/// Where cells are to go.
#[derive(Clone, Copy)]
pub enum Target {
    /// To the clipboard, with headers or without.
    Copy {
        /// Whether a line of headers comes first.
        headers: bool,
    },
    /// Into a file.
    Save(&'static dyn TableFormat),
}

/// Cells of a table that are wanted elsewhere.
#[derive(Clone)]
pub struct Wanted {
    /// Where they are to go.
    pub target: Target,
    /// Which rows, as they are on view.
    pub rows: Range<u64>,
    /// Which columns, by index, in the order they are on view.
    pub columns: Vec<usize>,
    /// The table's name and the headers of these columns.
    pub list: List,
}

impl Wanted {
    /// Columns without a title hold buttons and marks: nothing that could be copied.
    pub(super) fn new(name: &str, columns: &[Column], shown: &[usize], target: Target, rows: Range<u64>) -> Self {
        let columns_wanted: Vec<usize> = shown.iter().copied().filter(|&i| columns[i].has_values()).collect();
        let titles = columns_wanted.iter().map(|&i| columns[i].title.clone()).collect();
        let list = List { title: name.to_owned(), columns: titles };
        Self { target, rows, columns: columns_wanted, list }
    }

    /// How many cells these are.
    pub fn cells(&self) -> u64 {
        (self.rows.end - self.rows.start) * self.columns.len() as u64
    }
}
