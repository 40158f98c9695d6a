//! Documents to hand over.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};

use super::Session;
use super::experiments::programme::programme;
use super::journey::{Filters, WITHIN_DAYS};
use crate::analytics::journey::{ContentRow, Journey, OmnichannelTable};
use crate::analytics::kpi::{KpiSettings, Kpis};
use crate::analytics::segments::SegmentTable;
use crate::framework::document::{self as chapters, Chapter, Front, References, assemble};
use crate::framework::fill::{self, ImportedFile};
use crate::framework::journey::{self as journey_parts, JourneyInput};
use crate::framework::{kpi, roi};
use crate::jobs::Progress;
use crate::model::{Day, Definitions, Matrix};
use crate::report::document::{Block, Logo};
use crate::report::{self, Document, FORMATS, Format};

pub use crate::framework::document::{SECTIONS, Wanted};

/// What the pages say of the journey, once for all chapters.
struct Touched {
    matrix: Matrix,
    journey: Journey,
    omnichannel: OmnichannelTable,
    content: Vec<ContentRow>,
}

/// A document on its way: what the chapters ask for is computed when the first of them does.
struct Writer<'s> {
    session: &'s mut Session,
    as_of: Option<Day>,
    wanted: &'s Wanted,
    progress: &'s Progress,
    definitions: Definitions,
    /// Nothing was imported that a figure could rest on.
    blank: bool,
    table: Option<SegmentTable>,
    touched: Option<Arc<Touched>>,
    kpis: Option<Arc<Kpis>>,
    references: References,
    chapters: Vec<Chapter>,
}

impl Session {
    /// The framework, filled from the shop's data: all of it, or the chapters that are wanted. A shop without any data
    /// gives the blank framework.
    ///
    /// # Errors
    /// A sentence when a chapter is wanted that there is not; when the workspace cannot be read, or the work was cancelled.
    pub fn framework_document(&mut self, as_of: Option<Day>, wanted: &Wanted, progress: &Progress) -> Result<Document> {
        wanted.check().map_err(|why| anyhow!(why))?;
        let definitions = self.definitions()?;
        let data = self.dataset(progress)?;
        let blank = data.span.is_none() && data.customers.id.is_empty();
        let table = self.segments(as_of, progress)?.ok();
        let company = self.shop()?;
        let front_definitions = definitions.clone();
        let sample = self.sample_seed()?.is_some();
        let day = table.as_ref().map(|table| table.as_of).or_else(|| as_of.filter(|_| !blank));
        let mut writer = Writer {
            session: self,
            as_of,
            wanted,
            progress,
            definitions,
            blank,
            table,
            touched: None,
            kpis: None,
            references: References::default(),
            chapters: Vec::new(),
        };
        writer.write()?;
        let (written, references) = (writer.chapters, writer.references);
        let front = Front { company: &company, as_of: day, definitions: &front_definitions, sample, filter: "" };
        Ok(assemble(&front, written, references, &wanted.look))
    }
}

impl Writer<'_> {
    fn write(&mut self) -> Result<()> {
        for (key, _) in SECTIONS {
            if !self.wanted.has(key, self.blank) {
                continue;
            }
            self.progress.step(0)?;
            let blocks = self.blocks(key)?;
            if !blocks.is_empty() {
                let basis = self.basis(key);
                self.chapters.push(Chapter { key, blocks, basis });
            }
        }
        Ok(())
    }

    fn blocks(&mut self, key: &str) -> Result<Vec<Block>> {
        Ok(match key {
            "segments" => self.segments(),
            "touchpoints" => self.touchpoints()?,
            "content" => self.contents()?,
            "omnichannel" => self.channels()?,
            "testing" => self.tests()?,
            "technology" => self.technology()?,
            "kpis" => self.kpi_chapter()?,
            "roi" if !self.blank => self.session.roi_sections(self.as_of, self.progress)?,
            "definitions" => {
                let scope = self.table.as_ref().map_or_else(Vec::new, |table| fill::scope(table, ""));
                chapters::definitions_blocks(&self.definitions, scope)
            }
            "sources" => chapters::sources_blocks(&self.session.imported_files()?),
            _ => Vec::new(),
        })
    }

    /// What figures of a chapter rest on that say nothing of their own.
    fn basis(&self, key: &str) -> String {
        let title = SECTIONS.iter().find(|(of, _)| *of == key).map_or("", |(_, title)| title);
        match (key, &self.table) {
            ("definitions" | "sources" | "open" | "files" | "product" | "marketing", _) => String::new(),
            (_, Some(table)) => format!(
                "{title}: as the words beside it say. As of {}, definitions version {}",
                table.as_of.display(),
                self.definitions.version
            ),
            (_, None) => format!("{title}: typed, not from data"),
        }
    }

    fn head(key: &str) -> Vec<Block> {
        let Some(section) = crate::framework::section(key) else { return Vec::new() };
        let title = format!("{} {}", section.number, section.title);
        vec![Block::Heading(1, title), Block::Text(section.intro.clone())]
    }

    fn segments(&mut self) -> Vec<Block> {
        let mut blocks = Self::head("segments");
        let Some(table) = &self.table else { return blocks };
        let focus = self.session.segment_focus().unwrap_or_default();
        blocks.push(Block::Table(fill::segments_table(table, &focus)));
        blocks.extend(chapters::by_segment(table, &mut self.references));
        blocks.extend(fill::segments_blocks(table));
        blocks
    }

    fn touchpoints(&mut self) -> Result<Vec<Block>> {
        let mut blocks = Self::head("touchpoints");
        if !self.blank {
            blocks.extend(journey_parts::touchpoint_blocks(&input(&*self.touched()?)));
        }
        Ok(blocks)
    }

    fn contents(&mut self) -> Result<Vec<Block>> {
        let mut blocks = Self::head("content");
        blocks.push(Block::Table(journey_parts::contents_table(&self.touched()?.content)));
        Ok(blocks)
    }

    fn channels(&mut self) -> Result<Vec<Block>> {
        let mut blocks = Self::head("omnichannel");
        let touched = self.touched()?;
        blocks.push(Block::Table(journey_parts::channels_table(&touched.omnichannel)));
        if !self.blank {
            blocks.extend(chapters::channel_shares(&touched.omnichannel, &mut self.references));
            blocks.push(journey_parts::active_note(&touched.omnichannel));
        }
        Ok(blocks)
    }

    fn tests(&mut self) -> Result<Vec<Block>> {
        let rows = programme(&self.session.saved_experiments()?, self.definitions.currency);
        let lifts: Vec<_> = rows.iter().map(|row| (row.kind.name().to_owned(), row.average_lift)).collect();
        Ok(chapters::lift_by_test(&lifts, &mut self.references).into_iter().collect())
    }

    fn technology(&mut self) -> Result<Vec<Block>> {
        let mut blocks = Self::head("technology");
        if self.session.has_stack()? {
            blocks.push(Block::Table(roi::technology_table(&self.session.technology()?)));
        }
        Ok(blocks)
    }

    fn kpi_chapter(&mut self) -> Result<Vec<Block>> {
        let mut blocks = Self::head("kpis");
        let found = self.kpis()?;
        blocks.push(Block::Table(kpi::impact_table(&found)));
        if self.blank {
            return Ok(blocks);
        }
        blocks.extend(chapters::against_target(&found, &mut self.references));
        blocks.extend(chapters::revenue_by_month(&found, &mut self.references));
        blocks.extend(kpi::kpi_blocks(&found, &self.session.benchmarks()?, &mut self.references));
        Ok(blocks)
    }

    fn kpis(&mut self) -> Result<Arc<Kpis>> {
        if self.kpis.is_none() {
            let found = self.session.kpis(self.as_of, &KpiSettings::default(), self.progress)?;
            self.kpis = Some(Arc::new(found));
        }
        self.kpis.clone().ok_or_else(|| anyhow!("the KPIs are not there"))
    }

    fn touched(&mut self) -> Result<Arc<Touched>> {
        if let Some(touched) = &self.touched {
            return Ok(touched.clone());
        }
        let data = self.session.journey_data(self.as_of, None, self.progress)?;
        let touched = Arc::new(Touched {
            matrix: data.matrix().clone(),
            journey: data.journey(WITHIN_DAYS, &Filters::default(), self.progress)?,
            omnichannel: data.omnichannel(WITHIN_DAYS, self.progress)?,
            content: data.content(),
        });
        self.touched = Some(touched.clone());
        Ok(touched)
    }
}

fn input(of: &Touched) -> JourneyInput<'_> {
    JourneyInput { matrix: &of.matrix, journey: &of.journey, omnichannel: &of.omnichannel, content: &of.content }
}

impl Session {
    /// Imports as documents name them, oldest first.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn imported_files(&self) -> Result<Vec<ImportedFile>> {
        let zone = self.definitions()?.zone;
        Ok(self.imports()?.iter().rev().map(|import| imported_file(import, zone)).collect())
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

/// The picture of a file for the first page.
///
/// # Errors
/// A sentence when the file cannot be read or is no picture that can be drawn.
pub fn logo(path: &Path) -> Result<Logo> {
    let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let _ = bytes;
    bail!("{} was not taken", path.display())
}

/// Writes a document whole or not at all.
pub fn save(document: &Document, format: &dyn Format, path: &Path) -> Result<()> {
    let bytes = format.write(document)?;
    report::file::write_bytes(path, &bytes)
}
