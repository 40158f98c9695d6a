//! What stands before and behind the chapters: whose document it is, of which day, and what the shop's words mean.

use crate::framework::fill::ImportedFile;
use crate::framework::words::{count, definitions, fact};
use crate::model::{Day, Definitions};
use crate::report::document::{Block, Cell, Column, Table};

/// Facts of the first page.
#[derive(Debug, Clone, Copy)]
pub struct Front<'a> {
    /// Name of the shop.
    pub company: &'a str,
    /// Day of the figures; `None` where there are none.
    pub as_of: Option<Day>,
    /// What the shop's words mean.
    pub definitions: &'a Definitions,
    /// Whether the shop was generated.
    pub sample: bool,
    /// The filter in words; empty = all customers.
    pub filter: &'a str,
}

impl Front<'_> {
    /// The name of the shop, or what stands for one.
    pub fn company(&self) -> &str {
        if self.company.is_empty() { "Unnamed shop" } else { self.company }
    }
}

/// Day and currency in a line.
pub fn subtitle(front: &Front<'_>) -> String {
    let day = front.as_of.map_or_else(|| "No data yet".to_owned(), |day| format!("As of {}", day.display()));
    format!("{day}, amounts in {}", front.definitions.currency)
}

/// What the first page says below its title.
pub fn front_blocks(front: &Front<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if front.sample {
        blocks.push(Block::Note("Sample data: a made-up shop, not a real one".into()));
    }
    let as_of = front.as_of.map_or_else(|| "No data yet".to_owned(), |day| format!("End of {}", day.display()));
    blocks.push(Block::Facts(vec![
        fact("Company", front.company()),
        fact("As of", as_of),
        fact("Amounts in", front.definitions.currency.code()),
        fact("Definitions", format!("Version {}", front.definitions.version)),
        fact("Filter", if front.filter.is_empty() { "All customers" } else { front.filter }),
    ]));
    blocks
}

/// What the shop's words mean; `more` is of the figures themselves.
pub fn definitions_blocks(of: &Definitions, more: Vec<(String, String)>) -> Vec<Block> {
    let mut facts = definitions(of);
    facts.extend(more);
    vec![Block::Heading(1, "How the figures are computed".into()), Block::Facts(facts)]
}

/// Imports that the figures rest on, oldest first.
pub fn sources_blocks(imports: &[ImportedFile]) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(1, "Where the data comes from".into())];
    if imports.is_empty() {
        blocks.push(Block::Text("No file was imported".into()));
        return blocks;
    }
    let row = |import: &ImportedFile| {
        vec![
            Cell::text(&import.file),
            Cell::text(&import.source),
            Cell::text(import.day.display()),
            Cell::number(import.rows as f64, count(import.rows)),
        ]
    };
    let columns = [("File", false), ("Read as", false), ("Imported", false), ("Rows accepted", true)];
    blocks.push(Block::Table(Table {
        columns: columns.map(|(header, numeric)| Column::new(header.into(), numeric)).into(),
        rows: imports.iter().map(row).collect(),
        ..Table::default()
    }));
    blocks
}
