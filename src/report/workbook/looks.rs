//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use super::charts::colour;
use crate::report::document::Look;
use crate::report::palette;

const SUBDUED: u32 = 0x0062_656B;
const STRONG: u32 = 0x0019_1A1D;
const RULE: u32 = 0x008E_8A82;
const THIN_RULE: u32 = 0x00E2_DED7;
const PAPER: u32 = 0x00F5_F4F1;
/// Texts keep away from the number at their left.
const INDENT: u8 = 1;
/// Points of a line of text.
const LINE: f64 = 15.0;
/// Points that a row can have.
const HIGHEST: f64 = 405.0;

/// Height in points of a row for a text over a width in characters: programs do not all find it themselves.
pub fn height(text: &str, width: f64) -> f64 {
    let lines: f64 = text.lines().map(|line| (line.chars().count() as f64 * 1.12 / width).ceil().max(1.0)).sum();
    (lines.max(1.0) * LINE).min(HIGHEST)
}

/// Formats of a workbook in the client's colour.
pub struct Looks {
    /// Title of the workbook.
    pub title: Format,
    /// What a sheet shows, and headings of chapters.
    pub heading: Format,
    /// Headings within a chapter.
    pub small_heading: Format,
    /// Plain text.
    pub text: Format,
    /// Terms.
    pub term: Format,
    /// Remarks.
    pub note: Format,
    /// What is said in passing.
    pub subdued: Format,
    /// Links to sheets.
    pub link: Format,
    /// Headers of text columns.
    pub header: Format,
    /// Headers of number columns.
    pub header_right: Format,
    cell: Format,
    total: Format,
}

impl Looks {
    /// In the colour of a document.
    pub fn new(look: &Look) -> Self {
        let accent = colour(&palette::heading(look.accent));
        let top = || Format::new().set_align(FormatAlign::Top).set_text_wrap();
        let header = Format::new()
            .set_bold()
            .set_font_color(Color::RGB(SUBDUED))
            .set_background_color(Color::RGB(PAPER))
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(Color::RGB(RULE))
            .set_align(FormatAlign::Bottom)
            .set_text_wrap();
        let cell = top().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(Color::RGB(THIN_RULE));
        let total = top()
            .set_bold()
            .set_font_color(Color::RGB(STRONG))
            .set_border_top(FormatBorder::Thin)
            .set_border_top_color(Color::RGB(RULE));
        Self {
            title: Format::new().set_bold().set_font_size(22).set_font_color(accent),
            heading: Format::new().set_bold().set_font_size(14).set_font_color(accent),
            small_heading: Format::new().set_bold().set_font_size(12).set_font_color(Color::RGB(STRONG)),
            text: top(),
            term: top().set_bold(),
            note: top().set_italic().set_background_color(Color::RGB(PAPER)),
            subdued: top().set_font_color(Color::RGB(SUBDUED)),
            link: Format::new()
                .set_font_color(accent)
                .set_underline(FormatUnderline::Single)
                .set_align(FormatAlign::Top),
            header_right: header.clone().set_align(FormatAlign::Right),
            header: header.set_align(FormatAlign::Left).set_indent(INDENT),
            cell,
            total,
        }
    }

    /// A cell of a table: of its total or not, with numbers at the right, and with a number format.
    pub fn cell(&self, is_total: bool, numeric: bool, number_format: Option<&str>) -> Format {
        let mut format = if is_total { self.total.clone() } else { self.cell.clone() };
        format = if numeric {
            format.set_align(FormatAlign::Right)
        } else {
            format.set_align(FormatAlign::Left).set_indent(INDENT)
        };
        match number_format {
            Some(shown) => format.set_num_format(shown),
            None => format,
        }
    }
}
