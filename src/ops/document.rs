//! Documents to hand over.

use std::path::Path;

use anyhow::{Result, anyhow, bail};

use super::Session;
use crate::framework::fill::{ImportedFile, Profile, SegmentsInput, segments_document};
use crate::jobs::Progress;
use crate::model::Day;
use crate::report::{self, Document, FORMATS, Format};

impl Session {
    /// The framework's sections, filled from the shop's data.
    pub fn framework_document(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Document> {
        let table = self.segments(as_of, progress)?.map_err(|missing| {
            anyhow!("there are no {} yet, so section 1 cannot be filled; import the shop's exports first", missing.what)
        })?;
        let definitions = self.definitions()?;
        let imports = self.imports()?.iter().rev().map(|i| imported_file(i, definitions.zone)).collect::<Vec<_>>();
        let mut document = segments_document(&SegmentsInput {
            profile: &Profile { company: self.shop()?, ..Default::default() },
            table: &table,
            definitions: &definitions,
            focus: &self.segment_focus()?,
            filter: "",
            imports: &imports,
            sample: self.sample_seed()?.is_some(),
        });
        document.blocks.extend(self.journey_sections(as_of, progress)?);
        document.blocks.extend(self.roi_sections(as_of, progress)?);
        document.blocks.extend(self.kpi_section(as_of, progress)?);
        Ok(document)
    }
}

/// An import as documents name it; its day is the shop's.
fn imported_file(import: &crate::workspace::lists::ImportListing, zone: crate::model::Zone) -> ImportedFile {
    let summary: serde_json::Value = serde_json::from_str(&import.summary).unwrap_or_default();
    ImportedFile {
        file: import.file.clone(),
        source: summary["title"].as_str().unwrap_or(&import.source).to_owned(),
        day: zone.day(import.imported_at),
        rows: summary["accepted"].as_u64().unwrap_or(0),
    }
}

/// The format with a name, or a sentence that lists the formats there are.
pub fn format(name: &str) -> Result<&'static dyn Format> {
    match report::format(name) {
        Some(format) => Ok(format),
        None => bail!(
            "{name} is no document format; choose one of {}",
            FORMATS.iter().map(|f| f.extension()).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Writes a document whole or not at all.
pub fn save(document: &Document, format: &dyn Format, path: &Path) -> Result<()> {
    let bytes = format.write(document)?;
    report::file::write_bytes(path, &bytes)
}
