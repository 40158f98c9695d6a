//! What is open, where two places disagree, and what was remarked.

use super::form::OPEN;
use crate::framework::state::{Source, State};
use crate::framework::template::{FormSection, Place, Template};
use crate::report::document::{Block, Cell, Column, Table};

/// Progress by section, open fields with what they lack, contradictions, and remarks where they are wanted.
pub fn open_blocks(template: &Template, state: &State, comments: bool) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(1, "What is open".into()), Block::Table(progress(template, state))];
    if !state.contradictions.is_empty() {
        blocks.push(Block::Heading(2, "Places that disagree".into()));
        blocks.push(Block::List(state.contradictions.iter().map(|one| one.sentence.clone()).collect()));
    }
    let open: Vec<Vec<Cell>> = template.places().filter_map(|place| lacking(state, place)).collect();
    if !open.is_empty() {
        blocks.push(Block::Heading(2, "Open fields".into()));
        blocks.push(Block::Table(Table {
            columns: ["Section", "Field", "What it lacks"].map(|header| Column::new(header.into(), false)).into(),
            rows: open,
            ..Table::default()
        }));
    }
    if comments {
        blocks.extend(remarks(template, state));
    }
    blocks
}

fn lacking(state: &State, place: Place<'_>) -> Option<Vec<Cell>> {
    let Source::Open(why) = &state.field(&place.field.key)?.source else { return None };
    let why = why.clone().unwrap_or_else(|| "Nobody said".to_owned());
    Some(vec![Cell::text(title(place.section)), Cell::text(place.short()), Cell::text(why)])
}

fn title(section: &FormSection) -> String {
    if section.number == 0 { section.title.clone() } else { format!("{} {}", section.number, section.title) }
}

fn progress(template: &Template, state: &State) -> Table {
    let count = |n: usize| Cell::number(n as f64, n.to_string());
    let rows = template
        .sections
        .iter()
        .zip(&state.progress)
        .map(|(section, of)| vec![Cell::text(title(section)), count(of.data), count(of.typed), count(of.open)]);
    let sum = |of: fn(&crate::framework::state::Progress) -> usize| count(state.progress.iter().map(of).sum());
    Table {
        caption: "Fields by where their value comes from".into(),
        columns: [("Section", false), ("From data", true), ("Typed", true), ("Open", true)]
            .map(|(header, numeric)| Column::new(header.into(), numeric))
            .into(),
        rows: rows.collect(),
        total: Some(vec![Cell::text("All sections"), sum(|p| p.data), sum(|p| p.typed), sum(|p| p.open)]),
    }
}

fn remarks(template: &Template, state: &State) -> Vec<Block> {
    let row = |place: Place<'_>| {
        let of = state.field(&place.field.key).filter(|of| !of.comment.is_empty())?;
        let value = of.text(place.field).unwrap_or_else(|| OPEN.to_owned());
        let name = Cell::text(place.short());
        Some(vec![Cell::text(title(place.section)), name, Cell::text(value), Cell::text(&of.comment)])
    };
    let rows: Vec<_> = template.places().filter_map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = ["Section", "Field", "Value", "Comment"].map(|header| Column::new(header.into(), false));
    vec![
        Block::Heading(2, "Comments".into()),
        Block::Table(Table { columns: columns.into(), rows, ..Table::default() }),
    ]
}
