//! What each format can carry: the one list that the command line, the window and the README show.

use super::document::{Cell, Column, Table};
use super::{FORMATS, Format};

/// One thing that documents have, and what becomes of it in each format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// What.
    pub what: &'static str,
    /// In each format by its name, in a few words.
    pub by: [(&'static str, &'static str); 5],
}

impl Carried {
    /// What becomes of it in a format.
    pub fn by(&self, format: &dyn Format) -> &'static str {
        self.by.iter().find(|(name, _)| *name == format.name()).map_or("—", |(_, how)| *how)
    }
}

const fn carried(what: &'static str, how: [&'static str; 5]) -> Carried {
    let [markdown, html, pdf, docx, xlsx] = how;
    let by = [("markdown", markdown), ("html", html), ("pdf", pdf), ("docx", docx), ("xlsx", xlsx)];
    Carried { what, by }
}

/// Everything, in the order in which a reader meets it.
pub const CARRIES: &[Carried] = &[
    carried("Title page", ["title only", "title only", "yes", "from three chapters on", "on the first sheet"]),
    carried(
        "Contents",
        [
            "links to chapters",
            "links to chapters",
            "links and pages",
            "a field: Word asks to fill in pages on opening, LibreOffice by updating indexes",
            "first sheet, links to sheets",
        ],
    ),
    carried(
        "Table header on every page",
        ["no pages", "when printed", "yes", "yes", "when printed; it also stays on the screen"],
    ),
    carried("Rows kept whole", ["no pages", "when printed", "yes", "yes, but for texts of a page and more", "yes"]),
    carried(
        "Charts",
        [
            "as tables",
            "drawn, with their numbers",
            "drawn",
            "pictures, with their numbers",
            "native, beside their numbers",
        ],
    ),
    carried(
        "Reference number behind each figure",
        [
            "footnotes",
            "links to a list",
            "footnotes; from 15 in a chapter on in a list at the end",
            "footnotes; from 41 in a document on in a list at the end",
            "in a column and in headers, so that figures stay numbers",
        ],
    ),
    carried("Page x of y", ["no pages", "when printed, where the browser can", "yes", "yes", "when printed"]),
    carried("Text that can be selected", ["yes", "yes", "yes", "yes, but for text in charts", "yes"]),
    carried("Numbers as numbers", ["as text", "as text", "as text", "as text", "yes, unless the text says more"]),
    carried(
        "Client logo",
        ["left out", "yes", "yes", "yes; an SVG becomes a picture", "yes; an SVG becomes a picture"],
    ),
    carried("Client colour", ["left out", "yes", "yes", "yes", "yes"]),
    carried("A4 and Letter", ["no pages", "the browser's choice", "yes", "yes", "yes"]),
    carried(
        "Font",
        [
            "the reader's",
            "the reader's",
            "bundled",
            "Calibri, or what stands in for it",
            "Calibri, or what stands in for it",
        ],
    ),
    carried(
        "Right-to-left, Chinese, Japanese, Korean, emoji",
        [
            "kept; shown by the reader's fonts",
            "kept; shown by the reader's fonts",
            "kept; letters the bundled font lacks are listed",
            "kept and marked by direction; shown by the reader's fonts",
            "kept; shown by the reader's fonts",
        ],
    ),
    carried(
        "Longest text",
        ["any", "any", "any", "any", "32,767 characters in a table, whole among the chapter's texts"],
    ),
    carried(
        "Same bytes every time",
        ["yes", "yes", "yes", "yes; the time in it is the as-of day", "yes; the time in it is the as-of day"],
    ),
];

/// What a format carries, a line for each thing.
pub fn in_words(format: &dyn Format) -> String {
    CARRIES.iter().map(|one| format!("{}: {}", one.what, one.by(format))).collect::<Vec<_>>().join("\n")
}

/// The list as a table of a document.
pub fn carries() -> Table {
    let column = |header: &str| Column::new(header.to_owned(), false);
    let rows = CARRIES.iter().map(|one| {
        let by = FORMATS.iter().map(|format| Cell::text(one.by(*format)));
        std::iter::once(Cell::text(one.what)).chain(by).collect()
    });
    Table {
        caption: "What each format carries".into(),
        columns: std::iter::once(column("")).chain(FORMATS.iter().map(|format| column(format.title()))).collect(),
        rows: rows.collect(),
        total: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_says_something_about_everything() {
        for one in CARRIES {
            assert!(one.by.iter().all(|(_, how)| !how.is_empty()), "{}", one.what);
            for format in FORMATS {
                assert_ne!(one.by(*format), "—", "{} of {}", one.what, format.name());
            }
        }
        assert!(carries().rows.iter().all(|row| row.len() == FORMATS.len() + 1));
    }
}
