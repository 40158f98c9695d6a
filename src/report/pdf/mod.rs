//! PDF by typesetting: contents with page numbers, tables that break over pages, charts as drawings with text that can
//! be selected. Fonts are the bundled ones and times are the document's own, so that equal documents give equal bytes.

mod data;
mod layout;
mod world;

use std::ops::Range;

use anyhow::{Result, anyhow};
use typst::foundations::{Datetime, Smart};
use typst::layout::{Frame, FrameItem};
use typst::utils::Scalar;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};
use typst_render::RenderOptions;

use super::{Document, Format};

/// Pages as printers and readers take them.
pub struct Pdf;

impl Format for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn title(&self) -> &'static str {
        "PDF"
    }

    fn extension(&self) -> &'static str {
        "pdf"
    }

    fn write(&self, document: &Document) -> Result<Vec<u8>> {
        Compiled::new(document)?.pdf(document)
    }
}

/// A document set in pages.
pub struct Compiled {
    pages: PagedDocument,
}

/// A page as pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Raster {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green, blue and opacity of each pixel, row by row.
    pub rgba: Vec<u8>,
}

/// Some pages of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// How many the document has.
    pub count: usize,
    /// Those asked for, as far as there are.
    pub pages: Vec<Raster>,
}

impl Compiled {
    /// Sets a document.
    ///
    /// # Errors
    /// When the document cannot be set, for example because its logo cannot be decoded.
    pub fn new(document: &Document) -> Result<Self> {
        world::compile(document).map(|pages| Self { pages })
    }

    /// How many pages it has.
    pub fn count(&self) -> usize {
        self.pages.pages().len()
    }

    /// A page, counted from 0, so large; `None` beyond the last.
    pub fn page(&self, at: usize, pixels_per_pt: f64) -> Option<Raster> {
        let page = self.pages.pages().get(at)?;
        // From too small to read to as large as memory bears.
        let pixels_per_pt = if pixels_per_pt.is_finite() { pixels_per_pt.clamp(0.05, 8.0) } else { 1.0 };
        let options = RenderOptions { pixel_per_pt: Scalar::new(pixels_per_pt), render_bleed: false };
        let pixels = typst_render::render(page, &options);
        // Pages are white and opaque, so that premultiplied colours are plain ones.
        Some(Raster { width: pixels.width(), height: pixels.height(), rgba: pixels.take() })
    }

    /// The words of all pages, a line each as they stand on the page. Pictures are left out.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.pages.pages().iter().for_each(|page| words(&page.frame, &mut out));
        out
    }

    fn pdf(&self, document: &Document) -> Result<Vec<u8>> {
        let options = PdfOptions {
            ident: Smart::Custom(format!("{}\n{}\n{:?}", document.title, document.subtitle, document.as_of)),
            creator: Smart::Custom(Some("Cartwright".into())),
            timestamp: document.as_of.and_then(datetime).map(Timestamp::new_utc),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.pages, &options).map_err(|errors| world::failed(&errors))
    }
}

/// Some pages of a document as pixels, for looking at before it is saved. Who turns pages keeps the [`Compiled`] instead.
///
/// # Errors
/// As [`Compiled::new`].
pub fn pages(document: &Document, range: Range<usize>, pixels_per_pt: f64) -> Result<Pages> {
    let compiled = Compiled::new(document)?;
    let count = compiled.count();
    let wanted = range.start.min(count)..range.end.min(count);
    Ok(Pages { count, pages: wanted.filter_map(|at| compiled.page(at, pixels_per_pt)).collect() })
}

fn words(frame: &Frame, out: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => words(&group.frame, out),
            FrameItem::Text(text) => {
                out.push_str(&text.text);
                out.push('\n');
            }
            _ => {}
        }
    }
}

/// The start of a day. Files of the same document are alike, whenever they are written.
fn datetime(day: crate::model::Day) -> Option<Datetime> {
    let date = data::Date::of(day)?;
    Datetime::from_ymd_hms(date.year, date.month, date.day, 0, 0, 0)
}

/// That the template and the document do not fit: no user can bring this about by what is typed.
fn unset(reason: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("The pages could not be set ({reason}); the document is safe, and its other formats can be saved")
}
