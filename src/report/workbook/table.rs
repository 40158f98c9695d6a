//! A sheet with a table, the chart of its numbers and what they rest on.

use anyhow::Result;
use rust_xlsxwriter::{Url, Worksheet};

use super::charts;
use super::figures::number_format;
use super::looks::{Looks, height};
use super::plan::Drawing;
use crate::report::document::{Cell, Column, Document, Table};
use crate::report::xml::legal;

/// Row of a table's header; above it stand what it shows, its chapter and an empty row.
pub const HEADER: u32 = 3;
/// Widths of columns in characters.
const WIDTHS: std::ops::RangeInclusive<f64> = 9.0..=52.0;
/// Characters of a line below the table.
const LINE: f64 = 96.0;

/// Writes the sheet called `name`. `what` it shows stands on top, and leads back to the list of sheets.
pub fn write(
    sheet: &mut Worksheet,
    (name, what, chapter): (&str, &str, &str),
    table: &Table,
    drawing: Option<Drawing<'_>>,
    document: &Document,
    looks: &Looks,
) -> Result<()> {
    // Headers of a chart's numbers name its series, so that what it rests on stands behind its caption.
    let caption = match table.references().first() {
        Some(number) if drawing.is_some() => format!("{what} [{number}]"),
        _ => what.to_owned(),
    };
    sheet.write_string_with_format(0, 0, caption, &looks.heading)?;
    sheet.write_url_with_format(1, 0, Url::new(super::link(super::CONTENTS)).set_text(legal(chapter)), &looks.link)?;
    let with_references = table.all_rows().flatten().any(|cell| cell.reference.is_some());
    let widths = widths(table, with_references);
    for (at, width) in (0..).zip(&widths) {
        sheet.set_column_width(at, *width)?;
    }
    header(sheet, table, drawing.is_some(), with_references, looks)?;
    let headers = table.columns.iter().zip(&widths).map(|(column, width)| height(&column.header, *width - 4.0));
    sheet.set_row_height(HEADER, headers.fold(0.0, f64::max) + 3.0)?;
    let mut row = HEADER;
    for (cells, is_total) in table.rows.iter().map(|row| (row, false)).chain(table.total.iter().map(|row| (row, true)))
    {
        row += 1;
        sheet.set_row_height(row, highest(cells, &widths) + 2.0)?;
        cells_of(sheet, row, table, cells, is_total, drawing.is_some(), looks)?;
        if with_references {
            let format = looks.cell(is_total, false, None);
            sheet.write_string_with_format(row, table.columns.len() as u16, references_of(cells), &format)?;
        }
    }
    let columns = widths.len();
    // Below the chart as well, should that reach further down.
    let below = if drawing.is_some() { (row + 2).max(HEADER + charts::ROWS + 1) } else { row + 2 };
    references(sheet, below, (columns, widths.iter().sum()), table, document, looks)?;
    sheet.set_freeze_panes(HEADER + 1, 0)?.set_repeat_rows(HEADER, HEADER)?;
    if let Some(drawing) = drawing
        && !table.rows.is_empty()
        && table.columns.len() > 1
    {
        let chart = charts::native(drawing, name, HEADER, document.look.accent);
        sheet.insert_chart(HEADER, columns as u16 + 1, &chart)?;
    }
    Ok(())
}

fn header(sheet: &mut Worksheet, table: &Table, is_drawn: bool, with_references: bool, looks: &Looks) -> Result<()> {
    for (at, column) in (0..).zip(&table.columns) {
        let mut text = legal(column.header.trim());
        if let Some(number) = column.reference.filter(|_| !is_drawn) {
            text += &format!(" [{number}]");
        }
        let format = if column.numeric { &looks.header_right } else { &looks.header };
        sheet.write_string_with_format(HEADER, at, text, format)?;
    }
    if with_references {
        sheet.write_string_with_format(HEADER, table.columns.len() as u16, "References", &looks.header)?;
    }
    Ok(())
}

/// Numbers stay numbers where one says all that is printed. A gap of a chart is an empty cell: a text would be drawn
/// as 0.
fn cells_of(
    sheet: &mut Worksheet,
    row: u32,
    table: &Table,
    cells: &[Cell],
    is_total: bool,
    is_drawn: bool,
    looks: &Looks,
) -> Result<()> {
    for (at, cell) in cells.iter().enumerate() {
        let column = at as u16;
        let numeric = table.columns.get(at).is_some_and(|column| column.numeric);
        let shown = cell.number.and_then(|number| Some((number, number_format(number, &cell.text)?)));
        match shown {
            Some((number, shown)) => {
                let format = looks.cell(is_total, numeric, Some(&shown));
                sheet.write_number_with_format(row, column, number, &format)?;
            }
            None => {
                let format = looks.cell(is_total, numeric, None);
                let text = legal(cell.text.trim());
                if text.is_empty() || (is_drawn && cell.number.is_none() && at > 0) {
                    sheet.write_blank(row, column, &format)?;
                } else {
                    sheet.write_string_with_format(row, column, text, &format)?;
                }
            }
        }
    }
    Ok(())
}

/// References of the cells of a row in their order.
fn references_of(cells: &[Cell]) -> String {
    let mut numbers: Vec<usize> = Vec::new();
    for number in cells.iter().filter_map(|cell| cell.reference) {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers.iter().map(|number| format!("[{number}]")).collect::<Vec<_>>().join(" ")
}

/// Columns as wide as their content, in characters.
fn widths(table: &Table, with_references: bool) -> Vec<f64> {
    let column = |(at, column): (usize, &Column)| {
        let texts = table.all_rows().filter_map(|row| row.get(at)).flat_map(|cell| cell.text.lines());
        let longest = texts.map(|line| line.chars().count()).max().unwrap_or(0);
        // A long header is broken between its words.
        let word = column.header.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0) + 4;
        let half = column.header.chars().count() / 2 + 2;
        (longest.max(word).max(half) as f64 * 1.15 + 3.0).clamp(*WIDTHS.start(), *WIDTHS.end())
    };
    let references = with_references.then_some(14.0);
    table.columns.iter().enumerate().map(column).chain(references).collect()
}

/// The height that the highest cell of a row needs.
fn highest(cells: &[Cell], widths: &[f64]) -> f64 {
    let texts = cells.iter().zip(widths).filter(|(cell, _)| cell.number.is_none());
    texts.map(|(cell, width)| height(cell.text.trim(), *width - 2.0)).fold(height("", 1.0), f64::max)
}

/// What the figures rest on, below the table, over as many columns as a line needs.
fn references(
    sheet: &mut Worksheet,
    first: u32,
    (columns, width): (usize, f64),
    table: &Table,
    document: &Document,
    looks: &Looks,
) -> Result<()> {
    let more = ((LINE - width) / 9.0).ceil().max(0.0);
    let (last, width) = ((columns + more as usize).saturating_sub(1) as u16, width + more * 9.0);
    let texts = table.references().into_iter().filter_map(|number| Some((number, document.reference(number)?)));
    for (row, (number, text)) in (first..).zip(texts) {
        let text = format!("[{number}] {}", legal(text.trim()));
        if last > 0 {
            sheet.merge_range(row, 0, row, last, &text, &looks.subdued)?;
        } else {
            sheet.write_string_with_format(row, 0, &text, &looks.subdued)?;
        }
        sheet.set_row_height(row, height(&text, width))?;
    }
    Ok(())
}
