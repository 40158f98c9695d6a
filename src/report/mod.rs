//! Finished documents and lists: one value, several formats.
//!
//! A [`Document`] is written by every entry of [`FORMATS`]; a list of rows (members, rejected lines) by every entry of
//! [`table_export::TABLE_FORMATS`]. Both reach the disk through [`mod@file`], whole or not at all.

pub mod archive;
pub mod audience;
pub mod bars;
pub mod carries;
pub mod charts;
pub mod document;
pub mod docx;
pub mod file;
pub mod fonts;
pub mod glyphs;
pub mod html;
pub mod logo;
pub mod markdown;
mod outline;
pub mod palette;
pub mod pdf;
pub mod picture;
pub mod table_export;
pub mod workbook;
mod xml;

use anyhow::Result;

pub use document::{Block, Document};

/// A way to write a document.
pub trait Format: Sync {
    /// Its name on the command line.
    fn name(&self) -> &'static str;

    /// Its name in the interface.
    fn title(&self) -> &'static str;

    /// File extension without the dot; also accepted as a name.
    fn extension(&self) -> &'static str;

    /// The document as the bytes of one file that needs no other. Fails only when the document does not fit the format.
    fn write(&self, document: &Document) -> Result<Vec<u8>>;
}

/// Every format there is: menus, the command line and tests loop over this list.
pub const FORMATS: &[&dyn Format] = &[&markdown::Markdown, &html::Html, &pdf::Pdf, &docx::Docx, &workbook::Xlsx];

/// The format with a name or extension, in any letter case.
pub fn format(name: &str) -> Option<&'static dyn Format> {
    let is = |known: &str| known.eq_ignore_ascii_case(name.trim());
    FORMATS.iter().copied().find(|format| is(format.name()) || is(format.extension()))
}
