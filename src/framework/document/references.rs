//! The numbers behind figures: definition, day, period and filter, each said once.

use std::collections::HashMap;

use crate::framework::state::FromData;
use crate::report::document::{Block, Cell, Table};

/// Texts that figures refer to; the same text has the same number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct References {
    texts: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl References {
    /// The number of a text, a new one when it is said for the first time. 1 is the first.
    pub fn number(&mut self, text: impl Into<String>) -> usize {
        let text = text.into();
        if let Some(number) = self.numbers.get(&text) {
            return *number;
        }
        self.texts.push(text.clone());
        self.numbers.insert(text, self.texts.len());
        self.texts.len()
    }

    /// The number of what a field from data rests on.
    pub fn of_data(&mut self, data: &FromData) -> usize {
        let how = data.how.trim_end_matches('.');
        let scope = if data.scope.is_empty() { String::new() } else { format!(", {}", data.scope) };
        let page = if data.page.is_empty() { String::new() } else { format!("; page {}", data.page) };
        self.number(format!("{how}. As of {}{scope}{page}", data.as_of.display()))
    }

    /// The number of figures that somebody typed.
    pub fn typed(&mut self) -> usize {
        self.number("Typed, not from data")
    }

    /// Gives figures of tables that refer to nothing yet what the whole chapter rests on.
    pub fn rest_on(&mut self, blocks: &mut [Block], basis: &str) {
        for block in blocks {
            match block {
                Block::Table(table) => {
                    self.complete(table, basis);
                    share_column(table);
                }
                Block::Chart(chart) if chart.reference.is_none() => chart.reference = Some(self.number(basis)),
                _ => {}
            }
        }
    }

    fn complete(&mut self, table: &mut Table, basis: &str) {
        let Table { columns, rows, total, .. } = table;
        for row in rows.iter_mut().chain(total) {
            for (cell, column) in row.iter_mut().zip(columns.iter()) {
                if cell.number.is_some() && cell.reference.is_none() && column.reference.is_none() {
                    cell.reference = Some(self.number(basis));
                }
            }
        }
    }

    /// All texts, in the order of their numbers.
    pub fn into_texts(self) -> Vec<String> {
        self.texts
    }
}

/// Puts a reference on the column where all its figures share it, instead of on every cell.
pub fn share_column(table: &mut Table) {
    for at in 0..table.columns.len() {
        let cells = || table.rows.iter().chain(&table.total).filter_map(|row| row.get(at));
        let mut numbers = cells().filter_map(|cell| cell.reference);
        let Some(first) = numbers.next() else { continue };
        let figures = cells().filter(|cell| cell.number.is_some());
        let shared = numbers.all(|other| other == first) && figures.clone().count() > 1;
        if !shared || figures.clone().any(|cell| cell.reference != Some(first)) {
            continue;
        }
        table.columns[at].reference = Some(first);
        let clear = |row: &mut Vec<Cell>| row.get_mut(at).into_iter().for_each(|cell| cell.reference = None);
        table.rows.iter_mut().for_each(clear);
        table.total.iter_mut().for_each(clear);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Column;

    #[test]
    fn the_same_text_has_the_same_number() {
        let mut references = References::default();
        assert_eq!([references.number("a"), references.number("b"), references.number("a")], [1, 2, 1]);
        assert_eq!(references.typed(), 3);
        assert_eq!(references.into_texts(), ["a", "b", "Typed, not from data"]);
    }

    #[test]
    fn columns_carry_what_all_their_figures_share() {
        let cell = |reference| Cell { reference, ..Cell::number(1.0, "1") };
        let mut table = Table {
            columns: ["Name", "Same", "Mixed", "Partly"].map(|name| Column::new(name.into(), true)).into(),
            rows: vec![
                vec![Cell::text("a"), cell(Some(4)), cell(Some(4)), cell(Some(4))],
                vec![Cell::text("b"), cell(Some(4)), cell(Some(5)), cell(None)],
                vec![Cell::text("c"), Cell::text("Open"), Cell::text("Open"), Cell::text("Open")],
            ],
            ..Table::default()
        };
        let before = table.clone();
        share_column(&mut table);
        assert_eq!(table.columns[1].reference, Some(4));
        assert!(table.rows.iter().all(|row| row[1].reference.is_none()));
        for at in [0, 2, 3] {
            assert_eq!(table.columns[at], before.columns[at]);
            assert!(table.rows.iter().zip(&before.rows).all(|(a, b)| a[at] == b[at]));
        }
    }
}
