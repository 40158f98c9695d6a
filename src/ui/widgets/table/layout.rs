//! How a user has arranged the columns of a table: widths, order, what is hidden. Kept by the table's name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use egui::{Context, Id};
use serde::{Deserialize, Serialize};

use super::column::Column;

/// Least and greatest width of a column, in points.
const WIDTHS: std::ops::RangeInclusive<f32> = 44.0..=900.0;

/// The arrangement of one table's columns, by their titles.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    /// Widths that were set by hand, in points.
    pub widths: BTreeMap<String, u32>,
    /// Columns in the order they were put into; empty = as they come.
    pub order: Vec<String>,
    /// Columns that are not shown.
    pub hidden: BTreeSet<String>,
}

/// Arrangements by the names of the tables.
pub type Layouts = BTreeMap<String, Layout>;

#[derive(Default)]
struct Kept {
    layouts: Layouts,
    changed: bool,
}

/// The arrangements of this window, shared by all its tables.
fn kept<R>(ctx: &Context, act: impl FnOnce(&mut Kept) -> R) -> R {
    let id = Id::unique("table layouts");
    let shared = ctx.data_mut(|d| d.get_temp_mut_or_default::<Arc<Mutex<Kept>>>(id).clone());
    act(&mut shared.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Puts remembered arrangements in place, when the window opens.
pub fn remember(ctx: &Context, layouts: Layouts) {
    kept(ctx, |kept| (kept.layouts, kept.changed) = (layouts, false));
}

/// All arrangements, when one has changed since this was last asked.
pub fn changed(ctx: &Context) -> Option<Layouts> {
    kept(ctx, |kept| std::mem::take(&mut kept.changed).then(|| kept.layouts.clone()))
}

/// Puts the columns of all tables back as they come.
pub fn reset_all(ctx: &Context) {
    kept(ctx, |kept| {
        kept.layouts.clear();
        kept.changed = true;
    });
}

pub(super) fn of(ctx: &Context, table: &str) -> Layout {
    kept(ctx, |kept| kept.layouts.get(table).cloned().unwrap_or_default())
}

/// Changes an arrangement. It is saved when `done`: not at every point that a column's edge is dragged.
pub(super) fn change(ctx: &Context, table: &str, done: bool, act: impl FnOnce(&mut Layout)) {
    kept(ctx, |kept| {
        act(kept.layouts.entry(table.to_owned()).or_default());
        kept.changed |= done;
    });
}

impl Layout {
    /// Indices of the columns on view, from left to right. The first column and columns without a title stay.
    pub(super) fn shown(&self, columns: &[Column]) -> Vec<usize> {
        let mut movable: Vec<usize> = (0..columns.len()).filter(|&i| is_movable(columns, i)).collect();
        let rank = |i: usize| self.order.iter().position(|title| *title == columns[i].title);
        // A column that came later than the arrangement goes behind its left neighbour.
        let mut last = 0;
        movable.sort_by_cached_key(|&i| {
            if let Some(left) = columns[i].after {
                return (rank(i).or_else(|| rank(left)).unwrap_or(0), left, true);
            }
            last = rank(i).unwrap_or(last);
            (last, i, false)
        });
        let mut next = movable.into_iter();
        let places = (0..columns.len()).filter_map(|i| if is_movable(columns, i) { next.next() } else { Some(i) });
        places.filter(|&i| !is_movable(columns, i) || !self.hidden.contains(&columns[i].title)).collect()
    }

    pub(super) fn width(&self, column: &Column) -> Option<f32> {
        self.widths.get(&column.title).map(|width| *width as f32)
    }

    pub(super) fn set_width(&mut self, column: &Column, width: f32) {
        self.widths.insert(column.title.clone(), width.round().clamp(*WIDTHS.start(), *WIDTHS.end()) as u32);
    }

    /// Moves a column to a place among those that can be moved, hidden ones included.
    pub(super) fn place(&mut self, columns: &[Column], column: usize, to: usize) {
        let hidden = std::mem::take(&mut self.hidden);
        let mut order: Vec<usize> = self.shown(columns).into_iter().filter(|&i| is_movable(columns, i)).collect();
        self.hidden = hidden;
        order.retain(|&i| i != column);
        order.insert(to.min(order.len()), column);
        self.order = order.into_iter().map(|i| columns[i].title.clone()).collect();
    }

    pub(super) fn flip(&mut self, column: &Column) {
        if !self.hidden.remove(&column.title) {
            self.hidden.insert(column.title.clone());
        }
    }
}

/// Whether a column can be moved and hidden.
pub(super) fn is_movable(columns: &[Column], i: usize) -> bool {
    i > 0 && columns.get(i).is_some_and(Column::has_values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column> {
        ["Name", "A", "", "B", "C"].map(|title| Column::text(title, 100.0)).to_vec()
    }

    #[test]
    fn columns_move_and_hide_but_the_first_and_nameless_ones_stay() {
        let (columns, mut layout) = (columns(), Layout::default());
        assert_eq!(layout.shown(&columns), [0, 1, 2, 3, 4]);
        layout.place(&columns, 4, 0);
        assert_eq!(layout.shown(&columns), [0, 4, 2, 1, 3]);
        layout.flip(&columns[1]);
        assert_eq!(layout.shown(&columns), [0, 4, 2, 3]);
        layout.place(&columns, 3, 0);
        assert_eq!(layout.shown(&columns), [0, 3, 2, 4], "the hidden one keeps its place");
        layout.flip(&columns[1]);
        assert_eq!(layout.shown(&columns), [0, 3, 2, 4, 1]);
    }

    #[test]
    fn a_new_column_appears_behind_its_neighbour() {
        let columns = columns();
        let layout = Layout { order: ["C", "A"].map(str::to_owned).to_vec(), ..Layout::default() };
        assert_eq!(layout.shown(&columns), [0, 4, 2, 1, 3]);
    }

    #[test]
    fn widths_stay_within_reason() {
        let mut layout = Layout::default();
        layout.set_width(&columns()[1], 3.0);
        assert_eq!(layout.width(&columns()[1]), Some(44.0));
    }
}
