//! Excel workbooks of documents: a sheet per table, with numbers that stay numbers and charts that can be changed, the
//! texts of each chapter, the references, and a list of it all in front.

mod charts;
mod figures;
mod looks;
mod names;
mod plan;
mod table;
mod texts;

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::{Context, Result, bail};
use chrono::Datelike;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use self::looks::Looks;
use self::names::Names;
use self::plan::Content;
use super::Format;
use super::document::{Document, Paper};
use super::xml::legal;

/// An Excel workbook.
pub struct Xlsx;

/// Name of the first sheet.
const CONTENTS: &str = "Contents";

impl Format for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn title(&self) -> &'static str {
        "Excel workbook"
    }

    fn extension(&self) -> &'static str {
        "xlsx"
    }

    fn write(&self, document: &Document) -> Result<Vec<u8>> {
        // Should the library meet something it does not bear, that is an error of this file alone.
        match catch_unwind(AssertUnwindSafe(|| workbook(document))) {
            Ok(written) => written.context("The workbook could not be built; save the document in another format"),
            Err(_) => bail!("The workbook could not be built; save the document in another format"),
        }
    }
}

fn workbook(document: &Document) -> Result<Vec<u8>> {
    let looks = Looks::new(&document.look);
    let mut names = Names::default();
    names.take(&[CONTENTS]);
    let references = (!document.references.is_empty()).then(|| names.take(&["References"]));
    let sheets = plan::sheets(document, &mut names);
    let mut book = Workbook::new();
    book.set_properties(&properties(document)?);
    let first = begin(&mut book, CONTENTS, document)?;
    texts::contents(first, document, &sheets, references.as_deref(), &looks)?;
    for of in &sheets {
        let sheet = begin(&mut book, &of.name, document)?;
        match &of.content {
            Content::Texts(lines) => texts::chapter(sheet, lines, &sheets, &looks)?,
            Content::Table(table, drawing) => {
                table::write(sheet, (&of.name, &of.what, of.chapter), table, *drawing, document, &looks)?;
            }
        }
    }
    if let Some(name) = &references {
        texts::references(begin(&mut book, name, document)?, document, &looks)?;
    }
    Ok(book.save_to_buffer()?)
}

/// A sheet with its page: paper, one page wide, title above, page x of y below.
fn begin<'a>(book: &'a mut Workbook, name: &str, document: &Document) -> Result<&'a mut Worksheet> {
    let sheet = book.add_worksheet();
    sheet.set_name(name)?.set_screen_gridlines(false);
    sheet.set_paper_size(match document.look.paper {
        Paper::A4 => 9,
        Paper::Letter => 1,
    });
    // An ampersand begins a field.
    let said = |text: &str| legal(text).replace('\n', " ").replace('&', "&&").chars().take(100).collect::<String>();
    let day = document.as_of.map(|day| format!("As of {}", day.display())).unwrap_or_default();
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.75, 0.75, 0.3, 0.3);
    sheet.set_header(format!("&L&9{}&R&9&A", said(&document.title)));
    sheet.set_footer(format!("&L&9{day}&R&9Page &P of &N"));
    Ok(sheet)
}

/// Title and time. The time is the as-of day; without one it is the first that files of this kind can name.
fn properties(document: &Document) -> Result<DocProperties> {
    let (year, month, day) = match document.as_of.map(|day| day.date()) {
        Some(date) => (u16::try_from(date.year()).unwrap_or(1980), date.month() as u8, date.day() as u8),
        None => (1980, 1, 1),
    };
    Ok(DocProperties::new()
        .set_title(legal(document.title.trim()))
        .set_subject(legal(document.subtitle.trim()))
        .set_author("Cartwright")
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?))
}

/// Where a link to a sheet leads.
fn link(name: &str) -> String {
    format!("internal:'{name}'!A1")
}
