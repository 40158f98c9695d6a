//! Runs and paragraphs of WordprocessingML.

use crate::report::xml::{directions, escape, legal, runs_right_to_left};

/// Text as runs with the properties `look` (elements of `w:rPr` up to `w:vertAlign`). Pieces that are written from right
/// to left say so.
pub fn runs(text: &str, look: &str) -> String {
    let text = legal(text);
    let mut out = String::new();
    for (is_rtl, piece) in directions(&text) {
        let rtl = if is_rtl { "<w:rtl/>" } else { "" };
        out.push_str("<w:r>");
        if !look.is_empty() || is_rtl {
            out.push_str(&format!("<w:rPr>{look}{rtl}</w:rPr>"));
        }
        for (number, line) in piece.split('\n').enumerate() {
            if number > 0 {
                out.push_str("<w:br/>");
            }
            for (number, part) in line.split('\t').enumerate() {
                if number > 0 {
                    out.push_str("<w:tab/>");
                }
                if !part.is_empty() {
                    out.push_str(&format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(part)));
                }
            }
        }
        out.push_str("</w:r>");
    }
    out
}

/// A paragraph of a style, with further properties and finished runs. Its direction is that of `text`.
pub fn paragraph(style: &str, more: &str, text: &str, runs: &str) -> String {
    let bidi = if runs_right_to_left(text) { "<w:bidi/>" } else { "" };
    // Properties have an order: the direction stands before spaces.
    let (before, after) = more.split_at(more.find("<w:spacing").unwrap_or(more.len()));
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{before}{bidi}{after}</w:pPr>{runs}</w:p>")
}

/// A paragraph of plain text.
pub fn plain(style: &str, text: &str) -> String {
    paragraph(style, "", text, &runs(text.trim(), ""))
}

/// A field that the reader's program fills, with what stands there until then.
pub fn field(instruction: &str, shown: &str) -> String {
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {instruction} \
         </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar \
         w:fldCharType=\"end\"/></w:r>",
        runs(shown, "")
    )
}
