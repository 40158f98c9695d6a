//! Documents to hand over.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};

use super::Session;
use super::experiments::programme::programme;
use super::files::files_blocks;
use super::journey::{Filters, WITHIN_DAYS};
use crate::analytics::journey::{ContentRow, Journey, OmnichannelTable};
use crate::analytics::kpi::{KpiSettings, Kpis};
use crate::analytics::segments::SegmentTable;
use crate::framework::document::{self as chapters, Chapter, Front, References, assemble};
use crate::framework::fill::{self, ImportedFile};
use crate::framework::guide::{self, evidence::Evidence};
use crate::framework::journey::{self as journey_parts, JourneyInput};
use crate::framework::state::State;
use crate::framework::template::template;
use crate::framework::{kpi, roi};
use crate::jobs::Progress;
use crate::model::{Day, Definitions, Matrix};
use crate::report::document::{Block, Logo, Table};
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
    evidence: Option<Arc<Evidence>>,
    state: State,
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
        let state = self.framework_state(as_of, progress)?;
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
            evidence: None,
            state,
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
            "open" => chapters::open_blocks(template(), &self.state, self.wanted.comments),
            "files" => files_blocks(&self.session.files_to_ask()?),
            "product" => {
                let evidence = self.evidence()?;
                guide::blocks::product(&self.session.strategy_plan()?, &evidence, self.day())
            }
            "marketing" => {
                let evidence = self.evidence()?;
                guide::blocks::marketing(&self.session.strategy_plan()?, &evidence, self.day())
            }
            "definitions" => {
                let scope = self.table.as_ref().map_or_else(Vec::new, |table| fill::scope(table, ""));
                chapters::definitions_blocks(&self.definitions, scope)
            }
            "sources" => chapters::sources_blocks(&self.session.imported_files()?),
            key => self.form(key),
        })
    }

    /// What figures of a chapter rest on that say nothing of their own.
    fn basis(&self, key: &str) -> String {
        let title = SECTIONS.iter().find(|(of, _)| *of == key).map_or("", |(_, title)| title);
        match (key, &self.table) {
            ("definitions" | "sources" | "open" | "files", _) => String::new(),
            (_, Some(table)) => format!(
                "{title}: as the words beside the figure say. As of {}, definitions version {}",
                table.as_of.display(),
                self.definitions.version
            ),
            (_, None) => format!("{title}: typed, not from data"),
        }
    }

    /// A section of the form, whose values are those that every page shows.
    fn form(&mut self, key: &str) -> Vec<Block> {
        let section = template().section(key);
        section.map_or_else(Vec::new, |one| chapters::section_blocks(one, &self.state, &mut self.references))
    }

    /// What the shop has in a page's table beyond what the form asks for.
    fn beyond(key: &str, table: Table, caption: &str) -> Option<Block> {
        chapters::beyond(table, template().section(key)?, caption)
    }

    fn segments(&mut self) -> Vec<Block> {
        let mut blocks = self.form("segments");
        let Some(table) = &self.table else { return blocks };
        let first =
            blocks.iter_mut().find_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        if let Some(first) = first {
            first.caption = format!("{}, last 12 months", first.caption);
            first.total = Some(fill::all_customers(table));
        }
        blocks.extend(chapters::by_segment(table, &mut self.references));
        blocks.extend(fill::segments_blocks(table));
        blocks
    }

    fn touchpoints(&mut self) -> Result<Vec<Block>> {
        let mut blocks = self.form("touchpoints");
        if !self.blank {
            blocks.push(Block::Heading(2, "What the data say".into()));
            blocks.extend(journey_parts::touchpoint_blocks(&input(&*self.touched()?)));
        }
        Ok(blocks)
    }

    fn contents(&mut self) -> Result<Vec<Block>> {
        let mut blocks = self.form("content");
        let own = journey_parts::contents_table(&self.touched()?.content);
        blocks.extend(Self::beyond("content", own, "Contents of the shop’s own"));
        Ok(blocks)
    }

    fn channels(&mut self) -> Result<Vec<Block>> {
        let mut blocks = self.form("omnichannel");
        let touched = self.touched()?;
        let own = journey_parts::channels_table(&touched.omnichannel);
        blocks.extend(Self::beyond("omnichannel", own, "Channels of the shop’s own"));
        if !self.blank {
            blocks.extend(chapters::channel_shares(&touched.omnichannel, &mut self.references));
            blocks.push(journey_parts::active_note(&touched.omnichannel));
        }
        Ok(blocks)
    }

    fn tests(&mut self) -> Result<Vec<Block>> {
        let mut blocks = self.form("testing");
        let rows = programme(&self.session.saved_experiments()?, self.definitions.currency);
        let lifts: Vec<_> = rows.iter().map(|row| (row.kind.name().to_owned(), row.average_lift)).collect();
        blocks.extend(chapters::lift_by_test(&lifts, &mut self.references));
        Ok(blocks)
    }

    fn technology(&mut self) -> Result<Vec<Block>> {
        let mut blocks = self.form("technology");
        if self.session.has_stack()? {
            let own = roi::technology_table(&self.session.technology()?);
            blocks.extend(Self::beyond("technology", own, "Components of the shop’s own"));
        }
        Ok(blocks)
    }

    fn kpi_chapter(&mut self) -> Result<Vec<Block>> {
        let mut blocks = self.form("kpis");
        if self.blank {
            return Ok(blocks);
        }
        let found = self.kpis()?;
        blocks.extend(chapters::against_target(&found, &mut self.references));
        blocks.extend(chapters::revenue_by_month(&found, &mut self.references));
        blocks.extend(kpi::kpi_blocks(&found, &self.session.benchmarks()?, &mut self.references));
        Ok(blocks)
    }

    /// The day that plans are looked at on; without data one on which nothing is late.
    fn day(&self) -> Day {
        self.table.as_ref().map(|table| table.as_of).or(self.as_of).unwrap_or(Day(0))
    }

    /// What data say of the items of both frameworks.
    fn evidence(&mut self) -> Result<Arc<Evidence>> {
        if let Some(evidence) = &self.evidence {
            return Ok(evidence.clone());
        }
        let evidence = Arc::new(self.session.strategy_evidence(self.as_of, self.progress)?);
        self.evidence = Some(evidence.clone());
        Ok(evidence)
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
    Logo::read(bytes).map_err(|why| anyhow!("{}: {why}", path.display()))
}

/// Writes a document whole or not at all.
pub fn save(document: &Document, format: &dyn Format, path: &Path) -> Result<()> {
    let bytes = format.write(document)?;
    report::file::write_bytes(path, &bytes)
}
