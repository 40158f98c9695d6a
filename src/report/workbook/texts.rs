//! Sheets of texts: the list of sheets, the texts of a chapter, the references.

use anyhow::Result;
use rust_xlsxwriter::{Image, Url, Worksheet};

use super::looks::{Looks, height};
use super::plan::{Line, Sheet};
use crate::report::charts;
use crate::report::document::{Document, Logo, LogoKind};
use crate::report::xml::legal;

/// Widths of columns in characters.
const TERM: f64 = 30.0;
const TEXT: f64 = 96.0;
const REFERENCE: f64 = 130.0;
/// Largest size of a logo in pixels.
const LOGO: (f64, f64) = (240.0, 84.0);

/// Title and the sheets of the workbook, each with a link.
pub fn contents(
    sheet: &mut Worksheet,
    document: &Document,
    sheets: &[Sheet<'_>],
    references: Option<&str>,
    looks: &Looks,
) -> Result<()> {
    sheet.set_column_width(0, 34)?.set_column_width(1, 70)?.set_column_width(2, 44)?;
    let mut row = 0;
    if let Some(logo) = &document.look.logo {
        let (image, height) = picture(logo)?;
        sheet.set_row_height(0, height * 0.75 + 12.0)?.insert_image(0, 0, &image)?;
        row += 1;
    }
    sheet.write_string_with_format(row, 0, legal(document.title.trim()), &looks.title)?;
    sheet.set_row_height(row, 32)?;
    for line in [Some(document.subtitle.clone()), document.as_of_line()].into_iter().flatten() {
        if !line.trim().is_empty() {
            row += 1;
            // Not wrapped: the line runs on over the empty cells beside it.
            sheet.write_string(row, 0, legal(line.trim()))?;
        }
    }
    row += 2;
    for (column, header) in (0..).zip(["Sheet", "What it shows", "Chapter"]) {
        sheet.write_string_with_format(row, column, header, &looks.header)?;
    }
    sheet.set_freeze_panes(row + 1, 0)?.set_repeat_rows(row, row)?;
    let cell = looks.cell(false, false, None);
    for of in sheets {
        row += 1;
        link(sheet, (row, 0), &of.name, &of.name, looks)?;
        let chapter = legal(of.chapter.trim());
        sheet.set_row_height(row, height(&of.what, 68.0).max(height(&chapter, 46.0)) + 1.0)?;
        sheet.write_string_with_format(row, 1, of.what.as_str(), &cell)?;
        sheet.write_string_with_format(row, 2, chapter, &cell)?;
    }
    if let Some(name) = references {
        row += 1;
        link(sheet, (row, 0), name, name, looks)?;
        sheet.write_string_with_format(row, 1, "What the figures rest on, by number", &cell)?;
        sheet.write_blank(row, 2, &cell)?;
    }
    Ok(())
}

/// A logo no larger than the head of the sheet bears, and its height in pixels.
fn picture(logo: &Logo) -> Result<(Image, f64)> {
    let (wide, high) = (f64::from(logo.size.0.max(1)), f64::from(logo.size.1.max(1)));
    let scale = (LOGO.0 / wide).min(LOGO.1 / high);
    let (wide, high) = (wide * scale, high * scale);
    let image = match logo.kind {
        LogoKind::Png | LogoKind::Jpeg => Image::new_from_buffer(&logo.bytes)?,
        LogoKind::Svg => {
            let svg = String::from_utf8_lossy(&logo.bytes);
            Image::new_from_buffer(&charts::png(&svg, (wide * 3.0).ceil() as u32)?)?
        }
    };
    Ok((image.set_scale_to_size(wide, high, true).set_alt_text("Logo"), high))
}

/// The texts of a chapter; a table leads to its sheet.
pub fn chapter(sheet: &mut Worksheet, lines: &[Line<'_>], sheets: &[Sheet<'_>], looks: &Looks) -> Result<()> {
    sheet.set_column_width(0, TERM)?.set_column_width(1, TEXT)?;
    let mut row = 0;
    for line in lines {
        match line {
            Line::Heading(level, text) => {
                let format = if *level <= 1 { &looks.heading } else { &looks.small_heading };
                // A heading stands apart from what is above it.
                row += u32::from(row > 0);
                sheet.write_string_with_format(row, 0, legal(text.trim()), format)?;
            }
            Line::Text(text) => {
                sheet.set_row_height(row, height(text, TEXT))?.write_string_with_format(row, 1, text, &looks.text)?;
            }
            Line::Note(text) => {
                sheet.set_row_height(row, height(text, TEXT))?.write_string_with_format(row, 1, text, &looks.note)?;
            }
            Line::Item(text, first) => {
                let text = if *first { format!("• {text}") } else { text.clone() };
                sheet.set_row_height(row, height(&text, TEXT))?.write_string_with_format(row, 1, text, &looks.text)?;
            }
            Line::Fact(term, text) => {
                if !term.is_empty() {
                    sheet.write_string_with_format(row, 0, term, &looks.term)?;
                }
                let highest = height(text, TEXT).max(height(term, TERM - 2.0));
                sheet.set_row_height(row, highest)?.write_string_with_format(row, 1, text, &looks.text)?;
            }
            Line::See(at) => {
                if let Some(of) = sheets.get(*at) {
                    sheet.write_string_with_format(row, 0, "Sheet", &looks.subdued)?;
                    link(sheet, (row, 1), &of.name, &of.name, looks)?;
                }
            }
        }
        row += 1;
    }
    Ok(())
}

/// Every reference by its number.
pub fn references(sheet: &mut Worksheet, document: &Document, looks: &Looks) -> Result<()> {
    sheet.set_column_width(0, 10)?.set_column_width(1, REFERENCE)?;
    sheet.write_string_with_format(0, 0, "What the figures rest on", &looks.heading)?;
    sheet.write_string_with_format(2, 0, "Number", &looks.header_right)?;
    sheet.write_string_with_format(2, 1, "Definition, as-of and filter", &looks.header)?;
    sheet.set_freeze_panes(3, 0)?.set_repeat_rows(2, 2)?;
    let (right, left) = (looks.cell(false, true, None), looks.cell(false, false, None));
    for (row, (number, text)) in (3..).zip((1u32..).zip(&document.references)) {
        sheet.write_number_with_format(row, 0, number, &right)?;
        let text = legal(text.trim());
        sheet.set_row_height(row, height(&text, REFERENCE - 2.0))?.write_string_with_format(row, 1, text, &left)?;
    }
    Ok(())
}

fn link(sheet: &mut Worksheet, (row, column): (u32, u16), name: &str, text: &str, looks: &Looks) -> Result<()> {
    sheet.write_url_with_format(row, column, Url::new(super::link(name)).set_text(text), &looks.link)?;
    Ok(())
}
