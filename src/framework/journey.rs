//! The sections of touchpoints, dynamic content and channels, filled.

use super::words::{MISSING, count, fact, percent, period};
use super::{CONTENT, OMNICHANNEL, Section, TOUCHPOINTS, section};
use crate::analytics::journey::{ContentRow, Conversion, Evidence, Journey, OmnichannelTable, State, Told, said};
use crate::model::journey::{Cell as Touchpoint, Matrix, STAGES, Stage};
use crate::model::{Currency, Locale};
use crate::report::document::{Block, Cell, Column, Table};

/// Everything these sections show.
#[derive(Clone, Copy)]
pub struct JourneyInput<'a> {
    /// What is typed.
    pub matrix: &'a Matrix,
    /// What the data say.
    pub journey: &'a Journey,
    /// Channels.
    pub omnichannel: &'a OmnichannelTable,
    /// Contents.
    pub content: &'a [ContentRow],
}

/// The three sections, in the order of the framework.
pub fn journey_blocks(input: &JourneyInput<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(section) = section(TOUCHPOINTS) {
        head(section, &mut blocks);
        blocks.extend(touchpoint_blocks(input));
    }
    if let Some(section) = section(CONTENT) {
        head(section, &mut blocks);
        blocks.push(Block::Table(contents_table(input.content)));
    }
    if let Some(section) = section(OMNICHANNEL) {
        head(section, &mut blocks);
        blocks.push(Block::Table(channels_table(input.omnichannel)));
        blocks.push(active_note(input.omnichannel));
    }
    blocks
}

/// Whom the shares of channels are of.
pub fn active_note(table: &OmnichannelTable) -> Block {
    Block::Note(format!(
        "{} customers ordered or came in {}; figures marked “typed” are not from data",
        count(table.active),
        period(table.period)
    ))
}

fn head(section: &Section, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(1, format!("{} {}", section.number, section.title)));
    blocks.push(Block::Text(section.intro.clone()));
}

/// What the data say of every touchpoint, stage by stage.
pub fn touchpoint_blocks(input: &JourneyInput<'_>) -> Vec<Block> {
    let Some(section) = section(TOUCHPOINTS) else { return Vec::new() };
    let mut blocks = Vec::new();
    let journey = input.journey;
    let states = State::ALL.map(|state| format!("{} {}", journey.count(state), state.name().to_lowercase()));
    blocks.push(Block::Text(format!("Of {} touchpoints: {}.", journey.cells.len(), states.join(", "))));
    for stage in STAGES {
        blocks.push(Block::Heading(2, stage.name().into()));
        blocks.push(Block::Facts(of_stage(stage, input)));
        let cells = input.matrix.stage(stage).iter().filter(|cell| !cell.hidden);
        let rows = cells.filter_map(|cell| Some(row(cell, journey.cell(&cell.id)?, journey.currency)));
        blocks.push(Block::Table(Table {
            caption: format!("{}, {}", stage.name(), period(journey.period)),
            columns: columns(section, &["Went on"]),
            rows: rows.collect(),
            total: None,
        }));
    }
    blocks
}

fn of_stage(stage: Stage, input: &JourneyInput<'_>) -> Vec<(String, String)> {
    let lines = |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ");
    let mut facts = Vec::new();
    if let Some(figure) = input.journey.stages.iter().find(|figure| figure.stage == stage) {
        let told = figure.count.map_or_else(|| figure.reason.clone(), |n| format!("{} {}", count(n), figure.what));
        facts.push(fact("In the period", told));
        facts.extend(figure.conversion.as_ref().map(|found| fact("Went on", went_on(found))));
    }
    facts.push(fact("Customer needs", lines(input.matrix.needs(stage))));
    facts.push(fact("Pains", lines(input.matrix.pains(stage))));
    facts
}

/// `44.2% (43.9% – 44.5%) within 30 days: looked at products`.
fn went_on(found: &Conversion) -> String {
    let share = found.rate.map_or_else(|| MISSING.into(), percent);
    let interval =
        found.interval.map_or_else(String::new, |(low, high)| format!(" ({} – {})", percent(low), percent(high)));
    format!("{share}{interval} within {} days: {}", found.within_days, found.to.to_lowercase())
}

fn row(cell: &Touchpoint, evidence: &Evidence, currency: Currency) -> Vec<Cell> {
    let line = |pieces| said::line(pieces, Locale::En, currency);
    let band = said::band(evidence, Locale::En).unwrap_or_default();
    let parts = [line(&evidence.headline), line(&evidence.beside), band, evidence.reason.clone()];
    let told = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    let rate = evidence.conversion.as_ref().and_then(|conversion| conversion.rate);
    vec![
        Cell::text(&cell.name),
        Cell::text(&cell.tactic),
        Cell::text(cell.level.name()),
        Cell::text(&cell.owner),
        Cell::text(cell.status.name()),
        Cell::text(evidence.state.name()),
        Cell::text(told),
        rate.map_or_else(|| Cell::text(MISSING), |rate| Cell::number(rate, percent(rate))),
    ]
}

fn columns_of(key: &str, numeric: &[&str]) -> Vec<Column> {
    section(key).map_or_else(Vec::new, |section| columns(section, numeric))
}

fn columns(section: &Section, numeric: &[&str]) -> Vec<Column> {
    let column = |header: &String| Column::new(header.clone(), numeric.contains(&header.as_str()));
    section.columns.iter().map(column).collect()
}

fn told(told: Told, text: impl Fn(f64) -> String) -> Cell {
    match told.value {
        Some(value) if told.is_typed => Cell::number(value, format!("{} typed", text(value))),
        Some(value) => Cell::number(value, text(value)),
        None => Cell::text(MISSING),
    }
}

/// The contents as they are typed, with what tests of them found.
pub fn contents_table(rows: &[ContentRow]) -> Table {
    let row = |row: &ContentRow| {
        vec![
            Cell::text(&row.name),
            Cell::text(row.level.name()),
            Cell::text(&row.variables),
            Cell::text(&row.testing),
            told(row.lift, percent),
            Cell::text(&row.implementation),
        ]
    };
    let rows = rows.iter().map(row).collect();
    Table { caption: title(CONTENT), columns: columns_of(CONTENT, &["Lift"]), rows, total: None }
}

fn title(key: &str) -> String {
    section(key).map_or_else(String::new, |section| section.title.clone())
}

/// The channels as they are typed and as the data say.
pub fn channels_table(table: &OmnichannelTable) -> Table {
    let numeric = ["Customer usage", "Satisfaction", "Revenue share"];
    let rows = table.rows.iter().map(|row| {
        vec![
            Cell::text(&row.name),
            Cell::text(&row.features),
            Cell::text(&row.sync),
            told(row.usage, percent),
            told(row.satisfaction, |value| format!("{value}/10")),
            told(row.revenue, percent),
        ]
    });
    let rows = rows.collect();
    Table { caption: title(OMNICHANNEL), columns: columns_of(OMNICHANNEL, &numeric), rows, total: None }
}
