//! References as footnotes: the first figure that rests on one carries the footnote, later ones the same number, which
//! leads there. Numbers are those of the document, so that all formats name the same.

use super::words::runs;
use crate::report::document::Document;

/// Raised by itself too: the style of links would take the place of the note's.
const MARK: &str = "<w:rStyle w:val=\"FootnoteReference\"/><w:vertAlign w:val=\"superscript\"/>";
/// References from which footnotes would fill half of the pages: a list at the end holds them instead.
const MANY: usize = 40;

/// Footnotes as the text meets them.
pub struct Notes<'a> {
    document: &'a Document,
    /// References whose footnote stands already, in the order of the text.
    placed: Vec<usize>,
    /// The text meets references in the order of their numbers, so that programs can number the footnotes themselves.
    is_automatic: bool,
    /// The document has so many references that they stand in a list at its end.
    pub is_list: bool,
}

impl<'a> Notes<'a> {
    /// None placed yet.
    pub fn new(document: &'a Document) -> Self {
        let named = document.named_references();
        let is_automatic = named.iter().copied().eq(1..=named.len());
        Self { document, placed: Vec::new(), is_automatic, is_list: named.len() > MANY }
    }

    /// The mark behind a figure. A number without a text is a plain number.
    pub fn mark(&mut self, reference: Option<usize>) -> String {
        let Some(number) = reference else { return String::new() };
        if self.document.reference(number).is_none() {
            return format!("<w:r><w:rPr>{MARK}</w:rPr><w:t>{number}</w:t></w:r>");
        }
        if self.is_list || self.placed.contains(&number) {
            return format!(
                "<w:hyperlink w:anchor=\"Reference{number}\" w:history=\"1\"><w:r><w:rPr>{MARK}</w:rPr>\
                 <w:t>{number}</w:t></w:r></w:hyperlink>"
            );
        }
        self.placed.push(number);
        // Programs tell footnotes by their order as well as by their number: both are that of the text.
        let place = self.placed.len();
        // Bookmarks of headings have even numbers.
        let id = 2 * place + 1;
        let note = if self.is_automatic {
            format!("<w:footnoteReference w:id=\"{place}\"/>")
        } else {
            format!("<w:footnoteReference w:customMarkFollows=\"1\" w:id=\"{place}\"/><w:t>{number}</w:t>")
        };
        format!(
            "<w:bookmarkStart w:id=\"{id}\" w:name=\"Reference{number}\"/><w:r><w:rPr>{MARK}</w:rPr>{note}</w:r>\
             <w:bookmarkEnd w:id=\"{id}\"/>"
        )
    }

    /// The part of the file that holds the footnotes.
    pub fn part(&self) -> String {
        let notes = (1..).zip(&self.placed);
        let body: String = notes
            .filter_map(|(place, number)| Some((place, number, self.document.reference(*number)?)))
            .map(|(place, number, text): (usize, &usize, &str)| {
                let mark =
                    if self.is_automatic { "<w:footnoteRef/>".to_owned() } else { format!("<w:t>{number}</w:t>") };
                format!(
                    "<w:footnote w:id=\"{place}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr>\
                     <w:r><w:rPr>{MARK}</w:rPr>{mark}</w:r>{}</w:p></w:footnote>",
                    runs(&format!(" {}", text.trim()), "")
                )
            })
            .collect();
        format!(
            "{}<w:footnotes {}><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p>\
             </w:footnote><w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r>\
             <w:continuationSeparator/></w:r></w:p></w:footnote>{body}</w:footnotes>",
            super::package::DECLARATION,
            super::package::NAMESPACES
        )
    }
}
