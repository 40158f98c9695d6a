//! What formats ask of a document before they write it: its chapters, its texts and what figures rest on.

use super::bars::percent;
use super::document::{Bars, Block, Cell, Column, Document, Table};

/// From so many chapters on a document has a title page and a list of contents.
const CHAPTERS: usize = 3;

impl Document {
    /// Whether it is long enough for a title page and a list of contents.
    pub fn has_contents(&self) -> bool {
        self.blocks.iter().filter(|block| matches!(block, Block::Heading(0..=1, _))).count() >= CHAPTERS
    }

    /// The as-of day in words, unless the subtitle says it already.
    pub fn as_of_line(&self) -> Option<String> {
        let day = self.as_of?.display();
        (!self.subtitle.contains(&day)).then(|| format!("As of {day}"))
    }

    /// The text of a reference by its number, which begins with 1.
    pub fn reference(&self, number: usize) -> Option<&str> {
        self.references.get(number.checked_sub(1)?).map(String::as_str)
    }

    /// Numbers of references that have a text and that a block names, in the order of reading, each once.
    pub fn named_references(&self) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for number in self.blocks.iter().flat_map(references) {
            if !found.contains(&number) && self.reference(number).is_some() {
                found.push(number);
            }
        }
        found
    }

    /// The same document with its references numbered as a reader meets them; those that nothing names come last.
    pub fn in_reading_order(mut self) -> Self {
        let mut order = self.named_references();
        order.extend(self.unnamed_references());
        let renumbered = |number: usize| order.iter().position(|old| *old == number).map(|at| at + 1);
        let renumber = |reference: &mut Option<usize>| {
            if let Some(number) = reference.and_then(renumbered) {
                *reference = Some(number);
            }
        };
        for block in &mut self.blocks {
            match block {
                Block::Table(Table { columns, rows, total, .. }) => {
                    columns.iter_mut().for_each(|column| renumber(&mut column.reference));
                    rows.iter_mut().chain(total).flatten().for_each(|cell| renumber(&mut cell.reference));
                }
                Block::Chart(chart) => renumber(&mut chart.reference),
                _ => {}
            }
        }
        let texts = order.iter().filter_map(|number| self.reference(*number).map(str::to_owned)).collect();
        self.references = texts;
        self
    }

    /// Numbers of references that no block names, in order.
    pub fn unnamed_references(&self) -> Vec<usize> {
        let named = self.named_references();
        (1..=self.references.len()).filter(|number| !named.contains(number)).collect()
    }
}

impl Bars {
    /// The same shares as a table.
    pub fn table(&self) -> Table {
        let column = |header: &str, numeric| Column::new(header.to_owned(), numeric);
        let rows = self.parts.iter().enumerate().map(|(part, name)| {
            let share = |(_, shares): &(String, Vec<f64>)| match shares.get(part) {
                Some(&share) => Cell::number(share, percent(share)),
                None => Cell::text("—"),
            };
            std::iter::once(Cell::text(name)).chain(self.bars.iter().map(share)).collect()
        });
        let bars = self.bars.iter().map(|(name, _)| column(name, true));
        Table {
            caption: self.caption.clone(),
            columns: std::iter::once(column("Part", false)).chain(bars).collect(),
            rows: rows.collect(),
            total: None,
        }
    }
}

impl Table {
    /// Its rows and its total.
    pub fn all_rows(&self) -> impl Iterator<Item = &Vec<Cell>> {
        self.rows.iter().chain(&self.total)
    }

    /// Numbers of the references it names, in the order of reading, each once.
    pub fn references(&self) -> Vec<usize> {
        let columns = self.columns.iter().filter_map(|column| column.reference);
        let cells = self.all_rows().flatten().filter_map(|cell| cell.reference);
        let mut found: Vec<usize> = Vec::new();
        for number in columns.chain(cells) {
            if !found.contains(&number) {
                found.push(number);
            }
        }
        found
    }
}

/// References that a block names.
fn references(block: &Block) -> Vec<usize> {
    match block {
        Block::Table(table) => table.references(),
        Block::Chart(chart) => chart.reference.into_iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_numbered_as_they_are_met() {
        let cell = |reference| Cell { reference, ..Cell::number(1.0, "1") };
        let table = |numbers: [Option<usize>; 2]| Table {
            columns: vec![Column::new("n".into(), true), Column::new("m".into(), true)],
            rows: vec![numbers.map(cell).into()],
            ..Table::default()
        };
        let document = Document {
            blocks: vec![Block::Table(table([Some(3), Some(9)])), Block::Table(table([Some(1), Some(3)]))],
            references: ["one", "two", "three"].map(str::to_owned).into(),
            ..Document::default()
        };
        let ordered = document.in_reading_order();
        assert_eq!(ordered.references, ["three", "one", "two"]);
        assert_eq!(ordered.blocks[1], Block::Table(table([Some(2), Some(1)])));
        assert_eq!(ordered.named_references(), [1, 2]);
    }
}
