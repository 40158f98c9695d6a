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
    let open = lacking(template, state);
    if !open.is_empty() {
        blocks.push(Block::Heading(2, "Open fields".into()));
        blocks.push(Block::Table(Table {
            columns: ["Section", "Field", "What it lacks"].map(|header| Column::new(header.into(), false)).into(),
            rows: open.into_iter().map(Lacking::cells).collect(),
            ..Table::default()
        }));
    }
    if comments {
        blocks.extend(remarks(template, state));
    }
    blocks
}

/// Fields of one group that lack the same.
struct Lacking<'a> {
    section: String,
    /// Name of the row, in sections that are tables.
    group: &'a str,
    fields: Vec<&'a str>,
    why: String,
}

impl Lacking<'_> {
    fn cells(self) -> Vec<Cell> {
        let fields = self.fields.join(", ");
        let fields = if self.group.is_empty() { fields } else { format!("{}: {fields}", self.group) };
        vec![Cell::text(self.section), Cell::text(fields), Cell::text(self.why)]
    }
}

/// Open fields in the order of the form; those of one group with the same reason are told together.
fn lacking<'a>(template: &'a Template, state: &State) -> Vec<Lacking<'a>> {
    let mut found: Vec<Lacking<'a>> = Vec::new();
    for place in template.places() {
        let Some(Source::Open(why)) = state.field(&place.field.key).map(|of| &of.source) else { continue };
        let why = why.clone().unwrap_or_else(|| "Nobody said".to_owned());
        let group = if place.section.is_table { place.group.title.as_str() } else { "" };
        let section = title(place.section);
        match found.iter_mut().find(|one| one.section == section && one.group == group && one.why == why) {
            Some(one) => one.fields.push(&place.field.label),
            None => found.push(Lacking { section, group, fields: vec![&place.field.label], why }),
        }
    }
    found
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
