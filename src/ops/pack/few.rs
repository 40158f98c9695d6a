//! Groups too small to be shown: fewer than five people could be somebody.

use crate::report::document::{Cell, Table};
use crate::report::table_export::{List, Value};

/// Smaller groups are not shown.
pub const K: u64 = 5;

/// What stands in the place of their size.
pub const FEWER: &str = "fewer than 5";

/// What stands in the place of other figures that would tell it.
pub const HIDDEN: &str = "—";

/// Columns that say how many people, or orders of people, a row is of.
const SIZES: [&str; 5] = ["Size", "Customers", "Buyers", "Orders", "Active"];

/// Whether a number of people is too small to be shown. Nobody at all is nobody's secret.
pub fn is_few(n: f64) -> bool {
    n > 0.0 && n < K as f64
}

/// Positions of the rows to hide: those that are too small and, where a sum would tell them, the smallest of the others,
/// until each small one could be any number from one to four.
pub fn hidden(sizes: &[Option<f64>], has_total: bool) -> Vec<usize> {
    let mut out: Vec<usize> = (0..sizes.len()).filter(|&at| sizes[at].is_some_and(is_few)).collect();
    if has_total && !out.is_empty() {
        let few = out.len() as f64;
        beside(sizes, &mut out, |sum, added| added > 0.0 && sum >= 4.0 * few + K as f64 * added);
    }
    out
}

/// Hides the smallest of the others beside what is hidden, until it is enough by the sum of all that is hidden and the
/// number that was added.
fn beside(sizes: &[Option<f64>], hidden: &mut Vec<usize>, enough: impl Fn(f64, f64) -> bool) {
    let size = |at: usize| sizes.get(at).copied().flatten().unwrap_or(0.0);
    let mut sum: f64 = hidden.iter().map(|&at| size(at)).sum();
    let mut others: Vec<usize> = (0..sizes.len()).filter(|at| size(*at) > 0.0 && !hidden.contains(at)).collect();
    others.sort_by(|&a, &b| size(a).total_cmp(&size(b)));
    let mut added = 0.0;
    for at in others {
        if enough(sum, added) {
            break;
        }
        sum += size(at);
        added += 1.0;
        hidden.push(at);
    }
}

/// Hides small groups in a table of a document that says how large they are; gives how many rows that were.
pub fn hide_in_table(table: &mut Table) -> u64 {
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

/// Hides small numbers of people in a list in which every column from `at` on counts people and the last row sums up.
/// The first of these columns is the size of the group: a group too small loses all its numbers. Gives how many rows
/// and cells that were.
pub fn hide_in_grid(rows: &mut [Vec<Value>], at: usize) -> u64 {
    let groups = rows.len().saturating_sub(1);
    let column = |n: usize| -> Vec<Option<f64>> {
        let count = |row: &Vec<Value>| if let Some(Value::Count(n)) = row.get(n) { Some(*n as f64) } else { None };
        rows.iter().take(groups).map(count).collect()
    };
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let sizes = column(at);
    let gone = hidden(&sizes, true);
    let mut marks: Vec<(usize, usize, &str)> = Vec::new();
    let mut told = gone.len() as u64;
    for &row in &gone {
        marks.push((row, at, if sizes[row].is_some_and(is_few) { FEWER } else { HIDDEN }));
    }
    for n in at + 1..width {
        let counts = column(n);
        let whole: Vec<usize> = gone.iter().copied().filter(|&row| counts[row].is_some()).collect();
        let few: Vec<usize> =
            (0..groups).filter(|row| !gone.contains(row) && counts[*row].is_some_and(is_few)).collect();
        let mut all = [whole.as_slice(), few.as_slice()].concat();
        let (small, before) = (few.len() as f64, whole.len() as f64);
        if !all.is_empty() {
            beside(&counts, &mut all, |sum, added| {
                let told = small + before + added < 2.0;
                !told && (small == 0.0 || before + added > 0.0 && sum >= 4.0 * small + K as f64 * added)
            });
        }
        told += all.len() as u64 - whole.len() as u64;
        marks.extend(all.iter().map(|&row| (row, n, if few.contains(&row) { FEWER } else { HIDDEN })));
    }
    for (row, n, mark) in marks {
        if let Some(cell) = rows.get_mut(row).and_then(|row| row.get_mut(n)) {
            *cell = Value::Text(mark.to_owned());
        }
    }
    told
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
        assert_eq!(hide_in_list(&mut rows, 1, true), 3, "53 less 50 are too few as well");
        assert_eq!(rows[0], [Value::Text("a".into()), Value::Text(FEWER.into()), Value::Empty]);
        assert_eq!(rows[2], [Value::Text("c".into()), Value::Text(HIDDEN.into()), Value::Empty]);
        assert_eq!(rows[3], row("all", 53));
        let mut rows = vec![row("a", 3), row("b", 30)];
        assert_eq!(hide_in_list(&mut rows, 1, false), 1);
        assert_eq!(rows[1], row("b", 30));
    }

    #[test]
    fn a_sum_below_a_column_does_not_tell_its_hidden_number() {
        let row = |name: &str, counts: &[u64]| {
            let counts = counts.iter().map(|n| Value::Count(*n));
            std::iter::once(Value::Text(name.into())).chain(counts).collect::<Vec<_>>()
        };
        let mut rows =
            vec![row("a", &[40, 3, 0]), row("b", &[30, 9, 7]), row("c", &[50, 20]), row("all", &[120, 32, 7])];
        rows[2].push(Value::Empty);
        assert_eq!(hide_in_grid(&mut rows, 1), 2);
        let text = |text: &str| Value::Text(text.into());
        assert_eq!(rows[0][1..], [Value::Count(40), text(FEWER), Value::Count(0)]);
        assert_eq!(rows[1][1..], [Value::Count(30), text(HIDDEN), Value::Count(7)]);
        assert_eq!(rows[2][1..], [Value::Count(50), Value::Count(20), Value::Empty]);
        assert_eq!(rows[3][1..], [Value::Count(120), Value::Count(32), Value::Count(7)]);
        // A group too small says nothing at all, also not how many of it were nobody.
        let mut rows = vec![row("a", &[2, 0]), row("b", &[30, 9]), row("c", &[50, 20]), row("all", &[82, 29])];
        assert_eq!(hide_in_grid(&mut rows, 1), 2);
        assert_eq!(rows[0][1..], [text(FEWER), text(HIDDEN)]);
        assert_eq!(rows[1][1..], [text(HIDDEN), text(HIDDEN)]);
        assert_eq!(rows[2], row("c", &[50, 20]));
    }
}
