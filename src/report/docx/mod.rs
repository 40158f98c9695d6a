//! Word documents, written as WordprocessingML: real headings, a list of contents with fields, tables whose header is
//! repeated, footnotes, and pages counted by the program that shows them.

mod body;
mod notes;
mod package;
mod picture;
mod styles;
mod table;
mod words;

use anyhow::Result;

use self::words::{field, paragraph, runs};
use super::Format;
use super::document::{Document, Paper};
use super::palette;

/// A Word document.
pub struct Docx;

/// Margins at the sides, in twentieths of a point.
const SIDE: u32 = 1_134;

impl Format for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn title(&self) -> &'static str {
        "Word document"
    }

    fn extension(&self) -> &'static str {
        "docx"
    }

    fn write(&self, document: &Document) -> Result<Vec<u8>> {
        let (wide, high) = page(document.look.paper);
        let width = wide - 2 * SIDE;
        let accent = palette::heading(document.look.accent).trim_start_matches('#').to_owned();
        let body = body::body(document, f64::from(width), &accent)?;
        // The first page of a long document is its title page, without header and footer.
        let title_page = if document.has_contents() { "<w:titlePg/>" } else { "" };
        let text = format!(
            "{}<w:document {}><w:body>{}<w:sectPr><w:headerReference w:type=\"default\" r:id=\"{}\"/>\
             <w:footerReference w:type=\"default\" r:id=\"{}\"/><w:pgSz w:w=\"{wide}\" w:h=\"{high}\"/>\
             <w:pgMar w:top=\"1304\" w:right=\"{SIDE}\" w:bottom=\"1247\" w:left=\"{SIDE}\" w:header=\"624\" \
             w:footer=\"624\" w:gutter=\"0\"/>{title_page}</w:sectPr></w:body></w:document>",
            package::DECLARATION,
            package::NAMESPACES,
            body.text,
            package::relation("header1"),
            package::relation("footer1"),
        );
        let parts = [
            styles::styles(&accent, width),
            styles::settings(document.has_contents()),
            styles::fonts(),
            styles::numbering(),
            body.notes,
            header(document),
            footer(document),
        ];
        package::pack(document, &text, parts, &body.pictures)
    }
}

/// Width and height of the paper in twentieths of a point.
fn page(paper: Paper) -> (u32, u32) {
    match paper {
        Paper::A4 => (11_906, 16_838),
        Paper::Letter => (12_240, 15_840),
    }
}

fn header(document: &Document) -> String {
    let line = paragraph("Header", "", &document.title, &runs(document.title.trim(), ""));
    format!("{}<w:hdr {}>{line}</w:hdr>", package::DECLARATION, package::NAMESPACES)
}

/// The as-of day, and page x of y.
fn footer(document: &Document) -> String {
    let left = document.as_of.map(|day| format!("As of {}", day.display())).unwrap_or_default();
    let pages =
        [runs(&format!("{left}\tPage "), ""), field("PAGE", "1"), runs(" of ", ""), field("NUMPAGES", "1")].concat();
    let line = paragraph("Footer", "", "", &pages);
    format!("{}<w:ftr {}>{line}</w:ftr>", package::DECLARATION, package::NAMESPACES)
}
