//! `export-tables`: the shop as tables for another engine, with scripts that load them and the SQL of saved segments.

mod rows;
mod scripts;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::Session;
use crate::analytics::rules::sql::schema::{TABLES, Table};
use crate::analytics::rules::sql::{Dialect, Target, sql};
use crate::jobs::Progress;
use crate::model::Day;
use crate::report::file;
use crate::report::table_export::{self, List};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Rows by table.
    pub rows: Vec<(&'static str, u64)>,
    /// The day of the table of scores.
    pub as_of: Day,
}

impl Session {
    /// Writes every table as CSV into a folder, with scripts for every engine and a description.
    ///
    /// # Errors
    /// When a file cannot be written; those before it are whole.
    pub fn export_tables(&mut self, folder: &Path, as_of: Option<Day>, progress: &Progress) -> Result<Exported> {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let sieve = self.sieve(as_of, progress)?;
        let as_of = sieve.as_of;
        let mut written = Vec::new();
        for table in TABLES {
            progress.step(0)?;
            let list = List {
                title: table.name.to_owned(),
                columns: table.columns.iter().map(|column| column.name.to_owned()).collect(),
            };
            let path = folder.join(file_of(table));
            let mut rows = rows::of(self, &sieve, table.name)?;
            let done = table_export::save(&path, &table_export::DATA, &list, &mut rows)?;
            written.push((table.name, done.rows));
        }
        for dialect in Dialect::ALL {
            file::write_bytes(&folder.join(scripts::name_of(dialect)), scripts::load(dialect).as_bytes())?;
        }
        let segments = self.write_segments(folder, as_of)?;
        let readme = scripts::readme(&self.shop()?, &sieve.shop.definitions, as_of, &segments);
        file::write_bytes(&folder.join("README.md"), readme.as_bytes())?;
        Ok(Exported { rows: written, as_of })
    }

    /// The SQL of every saved segment for every engine; gives the names with the stems of their files.
    fn write_segments(&self, folder: &Path, as_of: Day) -> Result<Vec<(String, String)>> {
        let saved = self.saved_segments()?;
        if saved.is_empty() {
            return Ok(Vec::new());
        }
        let folder = folder.join("segments");
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let currency = self.definitions()?.currency;
        let mut names = Vec::new();
        for (number, segment) in (1..).zip(saved) {
            let stem = format!("{number:02}-{}", plain(&segment.name));
            let rule = self.resolved(&segment.rule)?;
            for dialect in Dialect::ALL {
                let text = sql(&rule, Target { dialect, as_of, currency });
                file::write_bytes(&folder.join(format!("{stem}.{}.sql", dialect.key())), text.as_bytes())?;
            }
            names.push((segment.name, stem));
        }
        Ok(names)
    }
}

/// File of a table.
fn file_of(table: &Table) -> String {
    format!("{}.csv", table.name)
}

/// A name that every file system takes.
fn plain(name: &str) -> String {
    let words: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
    let short: String = words.join("-").chars().take(40).collect();
    if short.is_empty() { "segment".into() } else { short }
}
