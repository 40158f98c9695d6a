//! Which files to ask a client for, and which of them are here already.

use anyhow::Result;

use super::Session;
use crate::framework::document::SECTIONS;
use crate::import::asked::{ASKED, Asked};
use crate::report::Document;
use crate::report::document::{Block, Cell, Column, Table};

/// A file to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileToAsk {
    /// Whose export it is.
    pub platform: &'static str,
    /// The source that reads it, by its name; empty where nothing reads it.
    pub source: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Where it is exported.
    pub from: &'static str,
    /// Names of the framework's sections that it helps to fill.
    pub fills: Vec<&'static str>,
    /// What stays open without it.
    pub open_without: &'static str,
    /// Whether the workspace has such a file already.
    pub here: bool,
}

impl FileToAsk {
    fn new(asked: &'static Asked, here: &[String]) -> Self {
        let tells = asked.tells();
        let title = |key: &&str| SECTIONS.iter().find(|(of, _)| of == key).map(|(_, title)| *title);
        Self {
            platform: asked.platform,
            source: asked.source,
            title: asked.title(),
            from: asked.from,
            fills: tells.sections.iter().filter_map(title).collect(),
            open_without: tells.open_without,
            here: here.iter().any(|source| source == asked.source),
        }
    }
}

impl Session {
    /// Every file worth asking for, platform by platform, with those marked that are here.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn files_to_ask(&self) -> Result<Vec<FileToAsk>> {
        let here: Vec<String> = self.imports()?.into_iter().map(|import| import.source).collect();
        Ok(ASKED.iter().map(|asked| FileToAsk::new(asked, &here)).collect())
    }
}

/// The same before there is a workspace.
pub fn files_to_ask() -> Vec<FileToAsk> {
    ASKED.iter().map(|asked| FileToAsk::new(asked, &[])).collect()
}

/// The files as a chapter: a table for each platform.
pub fn files_blocks(files: &[FileToAsk]) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading(1, "Files to ask for".into()),
        Block::Text(
            "Any of them is enough to begin with; orders fill most. Files are read as they are exported, and a later \
             export of the same may overlap with an earlier one."
                .into(),
        ),
    ];
    for platform in files.chunk_by(|a, b| a.platform == b.platform) {
        let row = |file: &FileToAsk| {
            vec![
                Cell::text(file.title),
                Cell::text(file.from),
                Cell::text(file.fills.join(", ")),
                Cell::text(file.open_without),
                Cell::text(if file.here { "Here" } else { "" }),
            ]
        };
        let columns = ["File", "Where it is exported", "Helps to fill", "Stays open without it", "State"];
        blocks.push(Block::Table(Table {
            caption: platform.first().map_or_else(String::new, |file| file.platform.to_owned()),
            columns: columns.map(|header| Column::new(header.into(), false)).into(),
            rows: platform.iter().map(row).collect(),
            total: None,
        }));
    }
    blocks
}

/// The files as a document of their own.
pub fn files_document(shop: &str, files: &[FileToAsk]) -> Document {
    let title = if shop.is_empty() { "Files to ask for".to_owned() } else { format!("{shop}: files to ask for") };
    Document { title, subtitle: String::new(), blocks: files_blocks(files), ..Document::default() }
}
