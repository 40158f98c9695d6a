//! The form's sections as tables, from the state that every page shows.

use super::references::{References, share_column};
use crate::framework::state::{FieldState, FromData, Source, State};
use crate::framework::template::{FormField, FormGroup, FormSection};
use crate::model::strategy::{FieldKind, FieldValue};
use crate::report::document::{Block, Cell, Column, Table};

/// What stands where nobody said anything.
pub const OPEN: &str = "Open";

/// A section's heading, what it is for, and its fields: one table where its groups ask the same, else one for each.
pub fn section_blocks(section: &FormSection, state: &State, references: &mut References) -> Vec<Block> {
    let title =
        if section.number == 0 { section.title.clone() } else { format!("{} {}", section.number, section.title) };
    let mut blocks = vec![Block::Heading(1, title)];
    if !section.intro.is_empty() {
        blocks.push(Block::Text(section.intro.trim().to_owned()));
    }
    if section.is_table {
        blocks.push(Block::Table(whole(section, state, references)));
        return blocks;
    }
    for group in &section.groups {
        if section.groups.len() > 1 && !group.title.is_empty() {
            blocks.push(Block::Heading(2, group.title.clone()));
        }
        blocks.push(Block::Table(of_group(group, state, references)));
    }
    blocks
}

/// A section whose groups ask the same, as one table.
fn whole(section: &FormSection, state: &State, references: &mut References) -> Table {
    let fields = section.groups.first().map_or(&[][..], |group| &group.fields);
    let of_group = |group: &FormGroup, references: &mut References| {
        let cells = group.fields.iter().map(|field| cell(field, state, references));
        std::iter::once(Cell::text(&group.title)).chain(cells).collect()
    };
    let mut table = Table {
        caption: section.title.clone(),
        columns: std::iter::once(Column::new(first_column(&section.key).into(), false))
            .chain(fields.iter().map(|field| Column::new(field.label.clone(), is_numeric(field.kind))))
            .collect(),
        rows: section.groups.iter().map(|group| of_group(group, references)).collect(),
        total: None,
    };
    share_column(&mut table);
    table
}

/// What the rows of a section are.
fn first_column(section: &str) -> &'static str {
    match section {
        "segments" => "Segment",
        "recommendations" => "Recommendation type",
        "content" => "Content type",
        "triggers" => "Campaign",
        "omnichannel" => "Channel",
        "testing" => "Test type",
        "technology" => "Component",
        "kpis" => "KPI",
        _ => "",
    }
}

fn of_group(group: &FormGroup, state: &State, references: &mut References) -> Table {
    let row = |field: &FormField, references: &mut References| {
        let from = match state.field(&field.key).map(|of| &of.source) {
            Some(Source::Data(data)) if data.page.is_empty() => "Data".to_owned(),
            Some(Source::Data(data)) => format!("Data, {}", data.page),
            Some(Source::Typed { .. }) => "Typed".to_owned(),
            _ => String::new(),
        };
        vec![Cell::text(&field.label), cell(field, state, references), Cell::text(from)]
    };
    let columns = [("Field", false), ("Answer", false), ("From", false)];
    Table {
        caption: String::new(),
        columns: columns.map(|(header, numeric)| Column::new(header.into(), numeric)).into(),
        rows: group.fields.iter().map(|field| row(field, references)).collect(),
        total: None,
    }
}

/// A field as it stands: its value as every page writes it, the number behind it, and what it rests on.
fn cell(field: &FormField, state: &State, references: &mut References) -> Cell {
    let found = state.field(&field.key);
    let Some((value, data)) = found.and_then(said) else { return Cell::text(OPEN) };
    let number = number(value);
    let reference = match (data, number) {
        (Some(data), _) => Some(references.of_data(data)),
        (None, Some(_)) => Some(references.typed()),
        (None, None) => None,
    };
    Cell { text: found.and_then(|found| found.text(field)).unwrap_or_default(), number, reference }
}

/// The value of a field, and what data it is from; `None` while it is open.
fn said(of: &FieldState) -> Option<(&FieldValue, Option<&FromData>)> {
    match &of.source {
        Source::Data(data) => Some((&data.value, Some(data))),
        Source::Typed { value, .. } => Some((value, None)),
        Source::Open(_) => None,
    }
}

fn number(value: &FieldValue) -> Option<f64> {
    match value {
        FieldValue::Number(number) | FieldValue::Percent(number) | FieldValue::Ratio(number) => Some(*number),
        FieldValue::Money(minor, currency) => Some(currency.major(*minor)),
        FieldValue::Text(_) | FieldValue::Date(_) | FieldValue::Choice(_) => None,
    }
}

fn is_numeric(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Number | FieldKind::Money | FieldKind::Percent | FieldKind::Ratio)
}

/// Rows of a page's table that the form does not ask for: the shop's own, by the name in their first cell.
pub fn beyond(mut table: Table, section: &FormSection, caption: &str) -> Option<Block> {
    // Pages and the form write some names in different cases and with different signs.
    let plain =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let asked = |row: &Vec<Cell>| {
        let name = row.first().map_or_else(String::new, |cell| plain(&cell.text));
        section.groups.iter().any(|group| plain(&group.title) == name)
    };
    table.rows.retain(|row| !asked(row));
    table.total = None;
    table.caption = caption.to_owned();
    (!table.rows.is_empty()).then_some(Block::Table(table))
}
