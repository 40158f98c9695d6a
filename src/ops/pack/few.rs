//! Groups too small to be shown: fewer than five people could be somebody.

use crate::report::Document;
use crate::report::document::{Block, Cell, Table};
use crate::report::table_export::{List, Value};

/// Smaller groups are not shown.
pub const K: u64 = 5;

/// What stands in the place of their size.
pub const FEWER: &str = "fewer than 5";

/// What stands in the place of their other figures.
const HIDDEN: &str = "—";

/// Columns that say how many people, or orders of people, a row is of.
const SIZES: [&str; 5] = ["Size", "Customers", "Buyers", "Orders", "Active"];

/// Whether a number of people is too small to be shown. Nobody at all is nobody's secret.
pub fn is_few(n: f64) -> bool {
    n > 0.0 && n < K as f64
}

/// Positions of the rows to hide: those that are too small and, where that is one alone in a table with a sum, the
/// smallest of the others, so that the sum does not tell.
fn hidden(sizes: &[Option<f64>], has_total: bool) -> Vec<usize> {
    let mut few: Vec<usize> = (0..sizes.len()).filter(|&at| sizes[at].is_some_and(is_few)).collect();
    if has_total && let [one] = few[..] {
        let others = (0..sizes.len()).filter(|&at| at != one && sizes[at].is_some_and(|size| size > 0.0));
        let next = others.min_by(|&a, &b| sizes[a].partial_cmp(&sizes[b]).unwrap_or(std::cmp::Ordering::Equal));
        few.extend(next);
    }
    few
}

/// Hides small groups in the tables of a document; gives how many rows that were.
pub fn hide_in_document(document: &mut Document) -> u64 {
    let mut rows = 0;
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            rows += hide_in_table(table);
        }
    }
    rows
}

fn hide_in_table(table: &mut Table) -> u64 {
    let is_size = |header: &str| SIZES.iter().any(|size| header.eq_ignore_ascii_case(size));
    let Some(at) = table.columns.iter().position(|column| is_size(&column.header)) else { return 0 };
    let sizes: Vec<Option<f64>> = table.rows.iter().map(|row| row.get(at).and_then(|cell| cell.number)).collect();
    let few = hidden(&sizes, table.total.is_some());
    for &row in &few {
        let Some(cells) = table.rows.get_mut(row) else { continue };
        for (n, cell) in cells.iter_mut().enumerate() {
            if n == at {
                *cell = Cell::text(if sizes[row].is_some_and(is_few) { FEWER } else { HIDDEN });
            } else if cell.number.is_some() {
                *cell = Cell::text(HIDDEN);
            }
        }
    }
    few.len() as u64
}

/// Hides small groups in a list whose column `at` says how many people a row is of; gives how many rows that were.
/// `sums` says that the last row is of all the others together.
pub fn hide_in_list(rows: &mut [Vec<Value>], at: usize, sums: bool) -> u64 {
    let groups = if sums { rows.len().saturating_sub(1) } else { rows.len() };
    let size = |row: &Vec<Value>| match row.get(at) {
        Some(Value::Count(n)) => Some(*n as f64),
        Some(Value::Number(n)) => Some(*n),
        _ => None,
    };
    let sizes: Vec<Option<f64>> = rows.iter().take(groups).map(size).collect();
    let few = hidden(&sizes, sums);
    for &row in &few {
        let Some(cells) = rows.get_mut(row) else { continue };
        for (n, cell) in cells.iter_mut().enumerate() {
            if n == at {
                *cell = Value::Text(if sizes[row].is_some_and(is_few) { FEWER } else { HIDDEN }.to_owned());
            } else if matches!(cell, Value::Number(_) | Value::Count(_) | Value::Money(..)) {
                *cell = Value::Empty;
            }
        }
    }
    few.len() as u64
}

/// A list and its rows.
pub type Sheet = (List, Vec<Vec<Value>>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Column;

    fn number(n: f64) -> Cell {
        Cell::number(n, n.to_string())
    }

    #[test]
    fn one_small_group_takes_the_next_with_it_where_a_sum_would_tell() {
        let mut table = Table {
            columns: ["Segment", "Size", "AOV"].map(|header| Column::new(header.into(), true)).into(),
            rows: [("a", 3.0), ("b", 900.0), ("c", 12.0), ("d", 0.0)]
                .map(|(name, n)| vec![Cell::text(name), number(n), number(7.0)])
                .into(),
            total: Some(vec![Cell::text("All"), number(915.0), number(7.0)]),
            ..Table::default()
        };
        assert_eq!(hide_in_table(&mut table), 2);
        let texts: Vec<Vec<&str>> =
            table.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(texts, [["a", FEWER, "—"], ["b", "900", "7"], ["c", "—", "—"], ["d", "0", "7"]]);
        table.total = None;
        table.rows[0][1] = number(4.0);
        assert_eq!(hide_in_table(&mut table), 1);
    }

    #[test]
    fn lists_keep_their_names_and_lose_their_figures() {
        let row = |name: &str, n: u64| vec![Value::Text(name.into()), Value::Count(n), Value::Number(0.5)];
        let mut rows = vec![row("a", 1), row("b", 2), row("c", 50), row("all", 53)];
        assert_eq!(hide_in_list(&mut rows, 1, true), 2);
        assert_eq!(rows[0], [Value::Text("a".into()), Value::Text(FEWER.into()), Value::Empty]);
        assert_eq!(rows[2], row("c", 50));
        assert_eq!(rows[3], row("all", 53));
    }
}
