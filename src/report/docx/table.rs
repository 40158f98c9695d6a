//! Tables: header repeated on every page, rows whole, columns as wide as their content asks for and no wider together
//! than the text.

use super::notes::Notes;
use super::words::{paragraph, runs};
use crate::report::document::{Cell, Table};
use crate::report::xml::escape;

/// Space at the sides of a cell, in twentieths of a point as every width here.
const SIDES: f64 = 180.0;
/// Room of a character of a table's text.
const CHARACTER: f64 = 108.0;
/// Room of the number of a reference behind a figure.
const MARK: f64 = 120.0;
/// Characters of a line from which a cell rather breaks it.
const LINE: usize = 64;
/// Characters of a word from which it may be broken.
const WORD: usize = 16;
/// Columns from which letters are smaller.
const MANY_COLUMNS: usize = 7;
/// Characters of a cell from which its row may be broken over pages: it could fill a page alone.
const LONG_CELL: usize = 1_200;

const RULE: &str = "8E8A82";
const THIN_RULE: &str = "E2DED7";

/// A table over the given width.
pub fn table(table: &Table, notes: &mut Notes<'_>, width: f64) -> String {
    let widths = widths(table, width);
    let small = table.columns.len() >= MANY_COLUMNS;
    let mut out = String::new();
    if !table.caption.trim().is_empty() {
        out.push_str(&paragraph("Caption", "", &table.caption, &runs(table.caption.trim(), "")));
    }
    if table.columns.is_empty() {
        return out;
    }
    out.push_str(&start(&widths, &table.caption));
    out.push_str(&header(table, notes, &widths, small));
    for (at, cells) in table.rows.iter().enumerate() {
        let rule = if at + 1 == table.rows.len() && table.total.is_some() { (RULE, 6) } else { (THIN_RULE, 4) };
        // A total is never alone on a page.
        let keeps = table.total.is_some() && at + 1 == table.rows.len();
        out.push_str(&row(table, cells, notes, &Row { widths: &widths, small, rule, keeps, is_total: false }));
    }
    if let Some(cells) = &table.total {
        let of = Row { widths: &widths, small, rule: (RULE, 4), keeps: false, is_total: true };
        out.push_str(&row(table, cells, notes, &of));
    }
    out + "</w:tbl><w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/></w:pPr></w:p>"
}

/// Terms and what they stand for: a table without a header.
pub fn facts(facts: &[(String, String)], width: f64) -> String {
    if facts.is_empty() {
        return String::new();
    }
    let longest = facts.iter().map(|(term, _)| term.chars().count()).max().unwrap_or(0);
    let term = (longest as f64 * CHARACTER * 1.1 + SIDES).clamp(width * 0.18, width * 0.38);
    let widths = [term, width - term];
    let rows = facts.iter().map(|(term, text)| {
        let cells = [("TableTotal", term), ("TableText", text)];
        let cells: String = cells
            .iter()
            .zip(widths)
            .map(|((style, text), width)| cell(width, "", &paragraph(style, "", text, &runs(text.trim(), ""))))
            .collect();
        format!("<w:tr>{}{cells}</w:tr>", row_look(text.chars().count(), false))
    });
    let rows: String = rows.collect();
    format!("{}{rows}</w:tbl><w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/></w:pPr></w:p>", start(&widths, ""))
}

/// How a row is drawn.
struct Row<'a> {
    widths: &'a [f64],
    small: bool,
    /// Line below it: colour and thickness in eighths of a point.
    rule: (&'static str, u32),
    /// It stays on the page of the row below.
    keeps: bool,
    is_total: bool,
}

fn start(widths: &[f64], caption: &str) -> String {
    let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width:.0}\"/>")).collect();
    let said = if caption.trim().is_empty() {
        String::new()
    } else {
        format!("<w:tblCaption w:val=\"{}\"/>", escape(&caption.split_whitespace().collect::<Vec<_>>().join(" ")))
    };
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{:.0}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
         <w:tblLook w:val=\"0020\" w:firstRow=\"1\"/>{said}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
        widths.iter().sum::<f64>()
    )
}

fn row_look(characters: usize, is_header: bool) -> String {
    let whole = if characters < LONG_CELL { "<w:cantSplit/>" } else { "" };
    let header = if is_header { "<w:tblHeader/>" } else { "" };
    if whole.is_empty() && header.is_empty() { String::new() } else { format!("<w:trPr>{whole}{header}</w:trPr>") }
}

fn cell(width: f64, more: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width:.0}\" w:type=\"dxa\"/>{more}</w:tcPr>{content}</w:tc>")
}

fn line_below((colour, size): (&str, u32)) -> String {
    format!(
        "<w:tcBorders><w:bottom w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"{colour}\"/></w:tcBorders>"
    )
}

fn size(small: bool) -> &'static str {
    if small { "<w:sz w:val=\"15\"/><w:szCs w:val=\"15\"/>" } else { "" }
}

fn header(table: &Table, notes: &mut Notes<'_>, widths: &[f64], small: bool) -> String {
    let more = line_below((RULE, 8)) + "<w:vAlign w:val=\"bottom\"/>";
    let cells: String = table
        .columns
        .iter()
        .zip(widths)
        .map(|(column, width)| {
            let style = if column.numeric { "TableHeadRight" } else { "TableHead" };
            let text = runs(column.header.trim(), size(small)) + &notes.mark(column.reference);
            cell(*width, &more, &paragraph(style, "", if column.numeric { "" } else { &column.header }, &text))
        })
        .collect();
    format!("<w:tr>{}{cells}</w:tr>", row_look(0, true))
}

fn row(table: &Table, cells: &[Cell], notes: &mut Notes<'_>, of: &Row<'_>) -> String {
    let more = line_below(of.rule);
    let keep = if of.keeps { "<w:keepNext/>" } else { "" };
    let empty = Cell::default();
    let longest = cells.iter().map(|cell| cell.text.chars().count()).max().unwrap_or(0);
    let written: String = of
        .widths
        .iter()
        .enumerate()
        .map(|(at, width)| {
            let content = cells.get(at).unwrap_or(&empty);
            let numeric = table.columns.get(at).is_some_and(|column| column.numeric);
            let style = match (of.is_total, numeric) {
                (false, false) => "TableText",
                (false, true) => "TableNumber",
                (true, false) => "TableTotal",
                (true, true) => "TableTotalRight",
            };
            let text = runs(content.text.trim(), size(of.small)) + &notes.mark(content.reference);
            cell(*width, &more, &paragraph(style, keep, if numeric { "" } else { &content.text }, &text))
        })
        .collect();
    format!("<w:tr>{}{written}</w:tr>", row_look(longest, false))
}

/// A width for each column: what its words need at least, and the rest in proportion to what its lines would like.
fn widths(table: &Table, whole: f64) -> Vec<f64> {
    let character = if table.columns.len() >= MANY_COLUMNS { CHARACTER * 0.83 } else { CHARACTER };
    let wanted: Vec<(f64, f64)> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let texts = table.all_rows().filter_map(|row| row.get(at)).map(|cell| cell.text.as_str());
            let (mut word, mut line) = (3, 3);
            // A header is bold: a character more.
            let header = format!("{}_", column.header.trim());
            for text in texts.chain([header.as_str()]) {
                let longest = text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
                word = word.max(longest.min(WORD));
                line = line.max(text.lines().map(|line| line.chars().count()).max().unwrap_or(0).min(LINE));
            }
            // A figure is not broken between its unit and its digits, which are wider than letters.
            let least = if column.numeric { word.max(figure(table, at) * 6 / 5 + 1) } else { word };
            let cells = table.all_rows().filter_map(|row| row.get(at));
            let is_marked = column.reference.is_some() || cells.into_iter().any(|cell| cell.reference.is_some());
            let sides = if is_marked { SIDES + MARK } else { SIDES };
            (least as f64 * character + sides, line.max(least) as f64 * character + sides)
        })
        .collect();
    let least: f64 = wanted.iter().map(|(least, _)| least).sum();
    let liked: f64 = wanted.iter().map(|(_, liked)| liked).sum();
    if liked <= whole {
        // Few short columns stay together, so that the eye finds its row.
        let all = if table.columns.len() > 3 { whole } else { (liked * 1.4).clamp(whole * 0.55, whole) };
        return wanted.iter().map(|(_, liked)| liked * all / liked_sum(&wanted)).collect();
    }
    // Where words leave little room, columns of long texts would be a word wide: they get more than their words ask for.
    if least >= whole * 0.85 {
        let shares: Vec<f64> = wanted.iter().map(|(least, liked)| (least * liked).sqrt()).collect();
        let sum: f64 = shares.iter().sum();
        return shares.iter().map(|share| share * whole / sum).collect();
    }
    let share = (whole - least) / (liked - least);
    wanted.iter().map(|(least, liked)| least + (liked - least) * share).collect()
}

fn liked_sum(wanted: &[(f64, f64)]) -> f64 {
    wanted.iter().map(|(_, liked)| liked).sum()
}

/// Characters of the longest figure of a column that is worth keeping on one line.
fn figure(table: &Table, at: usize) -> usize {
    let figures = table.all_rows().filter_map(|row| row.get(at)).filter(|cell| cell.number.is_some());
    figures.map(|cell| cell.text.chars().count()).filter(|count| *count <= WORD).max().unwrap_or(0)
}
