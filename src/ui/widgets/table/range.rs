//! A range of cells: from where it began to where it is now.

use std::ops::Range;

/// Chosen cells. Rows and columns count as they are on view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellRange {
    anchor: (u64, usize),
    /// Row and column that move when the range is extended.
    pub at: (u64, usize),
}

impl CellRange {
    /// A single cell.
    pub fn one(row: u64, column: usize) -> Self {
        Self { anchor: (row, column), at: (row, column) }
    }

    /// All cells of a table.
    pub fn all(rows: u64, columns: usize) -> Self {
        Self { anchor: (0, 0), at: (rows.saturating_sub(1), columns.saturating_sub(1)) }
    }

    /// The same range, extended to a cell.
    pub fn to(self, row: u64, column: usize) -> Self {
        Self { at: (row, column), ..self }
    }

    /// Its rows.
    pub fn rows(&self) -> Range<u64> {
        self.anchor.0.min(self.at.0)..self.anchor.0.max(self.at.0) + 1
    }

    /// Its columns, as they are on view.
    pub fn columns(&self) -> Range<usize> {
        self.anchor.1.min(self.at.1)..self.anchor.1.max(self.at.1) + 1
    }

    /// Whether it is a single cell.
    pub fn is_one(&self) -> bool {
        self.anchor == self.at
    }

    /// Whether a cell lies in it.
    pub fn contains(&self, row: u64, column: usize) -> bool {
        self.rows().contains(&row) && self.columns().contains(&column)
    }

    /// The part that a table of this size still has; nothing when it has no cell.
    pub(super) fn within(self, rows: u64, columns: usize) -> Option<Self> {
        let (row, column) = (rows.checked_sub(1)?, columns.checked_sub(1)?);
        let clamp = |cell: (u64, usize)| (cell.0.min(row), cell.1.min(column));
        Some(Self { anchor: clamp(self.anchor), at: clamp(self.at) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_may_be_drawn_in_any_direction() {
        let range = CellRange::one(5, 3).to(2, 4);
        assert_eq!((range.rows(), range.columns()), (2..6, 3..5));
        assert!(range.contains(2, 3) && !range.contains(6, 3));
        assert_eq!(range.within(4, 4), Some(CellRange::one(3, 3).to(2, 3)));
        assert_eq!(range.within(0, 4), None);
    }
}
