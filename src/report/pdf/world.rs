//! All that typesetting may see: the template, the document's data, its pictures and the bundled fonts. No file of the
//! computer, no clock, no network.

use std::sync::LazyLock;

use anyhow::Result;
use rustc_hash::FxHashMap;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, comemo};
use typst_layout::PagedDocument;

use super::{data, unset};
use crate::report::{Document, fonts};

const TEMPLATE: &str = include_str!("../../../assets/document.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(fonts::fonts())));

struct Desk {
    template: Source,
    files: FxHashMap<FileId, Bytes>,
}

/// Sets the pages of a document.
pub fn compile(document: &Document) -> Result<PagedDocument> {
    let parts = data::parts(document)?;
    let mut files = FxHashMap::default();
    for (name, bytes) in parts {
        files.insert(id(&name)?, Bytes::new(bytes));
    }
    let desk = Desk { template: Source::new(id("document.typ")?, TEMPLATE.to_owned()), files };
    let set = typst::compile::<PagedDocument>(&desk);
    // What was remembered for this document would only take room; a few runs stay, for previews that change little.
    comemo::evict(4);
    set.output.map_err(|errors| failed(&errors))
}

/// What went wrong, as one sentence.
pub fn failed(errors: &[SourceDiagnostic]) -> anyhow::Error {
    unset(errors.first().map_or("no reason given", |error| error.message.as_str()))
}

fn id(name: &str) -> Result<FileId> {
    let path = VirtualPath::new(name).map_err(|_| unset(name))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::NotSource) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::fonts().get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
