//! Importing a file: look, plan, run.
//!
//! A thread of its own reads and types the rows; the calling thread writes them.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};

use anyhow::{Context, Result, anyhow};
use serde::Serialize;

use super::Session;
use super::history::again;
use super::person::suppress;
use crate::import::plan::{Choices, Defaults, Plan, header_key};
use crate::import::preview::{Doubt, Preview};
use crate::import::run::{self, RunError, Summary};
use crate::import::{rejects, sources};
use crate::jobs::{Cancelled, Progress};
use crate::model::record::{Admitted, Record, RejectedRow, Sink};
use crate::model::{Currency, Definitions, Zone};
use crate::workspace::Error;
use crate::workspace::erase::Erased;
use crate::workspace::write::{ImportStart, Imported, NamedRecords, Names, StepOf, Tally, Writer};

/// Records handed over at once, and batches that may wait: bounds the memory of a fast reader.
pub(super) const BATCH: usize = 2_048;
const WAITING: usize = 4;

/// What an import did.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// File name.
    pub file: String,
    /// Name of the source.
    pub source: &'static str,
    /// Name of the source for people.
    pub title: &'static str,
    /// What became of the rows.
    #[serde(flatten)]
    pub summary: Summary,
    /// Created, updated and unchanged per table.
    pub tables: Tally,
    /// Zone of times that named none.
    pub time_zone: Zone,
    /// Currency of amounts that named none.
    pub currency: Currency,
    /// Columns that nothing read.
    pub ignored: Vec<String>,
    /// Id in the list of imports; `None` when the import left no trace.
    #[serde(skip)]
    pub import: Option<i64>,
}

/// Why an import did not happen. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Something must be settled first.
    #[error("{}", in_one_text(.0))]
    Questions(Vec<Doubt>),
    /// The file cannot be read.
    #[error("{0}")]
    File(String),
    /// The workspace cannot be written.
    #[error(transparent)]
    Workspace(#[from] Error),
    /// The user cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

fn in_one_text(questions: &[Doubt]) -> String {
    questions.iter().map(|d| format!("{}. {}", d.what, d.repair)).collect::<Vec<_>>().join("\n")
}

impl Session {
    /// Adds what was chosen for files with the same header before; what the user chooses now goes first.
    pub fn remembered(&self, preview: &Preview, choices: &Choices) -> Result<Choices> {
        let Some(text) = self.workspace.remembered_mapping(&header_key(&preview.header))? else {
            return Ok(choices.clone());
        };
        let mut merged: Choices = serde_json::from_str(&text).unwrap_or_default();
        // Answers for one reading of the columns say nothing of another.
        let other_source = choices.source.is_some() && choices.source != merged.source;
        if other_source || (choices.table.is_some() && choices.table != merged.table) {
            return Ok(choices.clone());
        }
        merged.map.extend(choices.map.iter().map(|(field, column)| (*field, column.clone())));
        if !choices.keep.is_empty() {
            merged.keep.clone_from(&choices.keep);
        }
        Ok(Choices {
            source: choices.source.clone().or(merged.source),
            table: choices.table.or(merged.table),
            currency: choices.currency.or(merged.currency),
            zone: choices.zone.or(merged.zone),
            date_order: choices.date_order.or(merged.date_order),
            decimal: choices.decimal.or(merged.decimal),
            map: merged.map,
            keep: merged.keep,
            // How a file is cut into cells belongs to that file.
            delimiter: choices.delimiter,
            encoding: choices.encoding.clone(),
            sheet: choices.sheet.clone(),
            header_line: choices.header_line,
        })
    }

    /// The plan for a file that was looked at.
    pub fn plan(&self, preview: &Preview, choices: &Choices) -> Result<Plan> {
        let definitions = self.definitions()?;
        let defaults = Defaults { zone: definitions.zone, currency: definitions.currency };
        Plan::new(preview, choices, &defaults).map_err(|sentence| anyhow!(sentence))
    }

    /// Runs an import as one transaction and remembers the choices for files with the same header.
    pub fn import(&mut self, plan: &Plan, choices: &Choices, progress: &Progress) -> Result<Outcome, ImportError> {
        let key = header_key(&plan.header);
        let remember = serde_json::to_string(&plan.to_remember(choices)).map_err(Error::from)?;
        let step = StepOf::New { header_key: key.clone(), again: again(&plan.path, &remember) };
        let start = start(plan, choices, step).map_err(|error| ImportError::File(format!("{error:#}")))?;
        let (imported, summary) = self.write_import(plan, &start, progress)?;
        if imported.id.is_none() {
            let label = format!("Choose columns of {}", plan.file);
            self.workspace.remember_mapping(&label, start.imported_at, &key, &start.choices)?;
        }
        let mut summary = summary;
        summary.notes.extend(self.without_rate(&summary).map_err(|e| ImportError::File(format!("{e:#}")))?);
        Ok(Outcome {
            file: plan.file.clone(),
            source: plan.source,
            title: plan.title,
            time_zone: plan.zone,
            currency: plan.currency,
            ignored: plan.ignored().into_iter().map(str::to_owned).collect(),
            summary,
            tables: imported.tally,
            import: imported.id,
        })
    }

    pub(super) fn write_import(
        &mut self,
        plan: &Plan,
        start: &ImportStart,
        progress: &Progress,
    ) -> Result<(Imported, Summary), ImportError> {
        let erased = self.workspace.erased()?;
        self.workspace.import(
            start,
            |writer| read_into(plan, writer, (&erased, &start.origin), progress),
            |summary, tables| describe(plan, summary, tables),
        )
    }

    /// What the user should know of orders in currencies without a rate.
    fn without_rate(&self, summary: &Summary) -> Result<Option<String>> {
        let definitions = self.definitions()?;
        let known = |code: &str| Currency::parse(code).is_none_or(|c| definitions.convert(0, c).is_some());
        let lacking: Vec<String> = summary
            .currencies
            .iter()
            .filter(|(code, _)| !known(code))
            .map(|(code, n)| format!("{n} in {code}"))
            .collect();
        Ok((!lacking.is_empty()).then(|| {
            format!(
                "the shop counts in {} and has no rate for some orders ({}); they are left out of every figure until \
                 the definitions have one",
                definitions.currency,
                lacking.join(", ")
            )
        }))
    }

    /// Whether nothing was imported yet, and nobody said what the shop's words mean.
    pub fn is_untouched(&self) -> Result<bool> {
        Ok(self.imports()?.is_empty() && !self.defines()?)
    }

    /// Gives an untouched shop its currency and time zone: those chosen, else the currency its first file names.
    pub fn start_with(&mut self, previews: &[Preview], choices: &Choices) -> Result<()> {
        if !self.is_untouched()? {
            return Ok(());
        }
        let usual = self.definitions()?;
        let currency = choices.currency.or_else(|| previews.iter().find_map(currency_named)).unwrap_or(usual.currency);
        let zone = choices.zone.unwrap_or(usual.zone);
        if (currency, zone) != (usual.currency, usual.zone) {
            self.set_initial_definitions(&Definitions { currency, zone, ..usual })?;
        }
        Ok(())
    }

    /// Files that were imported, with the choices they were imported with, oldest first; each file once.
    pub fn remembered_files(&self) -> Result<Vec<(PathBuf, Choices)>> {
        let mut files: Vec<(PathBuf, Choices)> = Vec::new();
        for import in self.imports()? {
            let path = PathBuf::from(&import.path);
            if files.iter().all(|(known, _)| *known != path) {
                files.insert(0, (path, serde_json::from_str(&import.choices).unwrap_or_default()));
            }
        }
        Ok(files)
    }

    /// Saves the rejected rows of an import as a file that imports again once mended; gives their number.
    pub fn save_rejected(&self, import: i64, path: &Path) -> Result<u64> {
        let header = self.import_header(import)?;
        let mut rows = 0;
        let mut bytes = Vec::new();
        rejects::write(&mut bytes, &header, || -> Result<Option<Vec<RejectedRow>>> {
            let page = self.rejected_rows(import, rows, 4_096)?;
            rows += page.len() as u64;
            Ok((!page.is_empty()).then_some(page))
        })?;
        crate::report::file::write_bytes(path, &bytes)?;
        Ok(rows)
    }

    /// Rejected rows of an import, from a position on.
    pub fn rejected_rows(&self, import: i64, from: u64, limit: u64) -> Result<Vec<RejectedRow>> {
        Ok(self.workspace.rejected_rows(import, from, limit)?)
    }

    /// Column names of an import's file.
    pub fn import_header(&self, import: i64) -> Result<Vec<String>> {
        Ok(self.workspace.import_header(import)?)
    }
}

/// The plan for a workspace that does not exist yet.
pub fn plan_for_new(preview: &Preview, choices: &Choices) -> Result<Plan> {
    let definitions = Definitions::default();
    let currency = choices.currency.or_else(|| currency_named(preview)).unwrap_or(definitions.currency);
    Plan::new(preview, choices, &Defaults { zone: choices.zone.unwrap_or(definitions.zone), currency })
        .map_err(|sentence| anyhow!(sentence))
}

/// The currency that most of the first rows of a file name.
fn currency_named(preview: &Preview) -> Option<Currency> {
    let column = preview.header.iter().position(|name| name.to_lowercase().contains("currency"))?;
    let mut named: Vec<(Currency, usize)> = Vec::new();
    for currency in preview.rows.iter().filter_map(|(_, row)| Currency::parse(row.get(column)?)) {
        match named.iter_mut().find(|(known, _)| *known == currency) {
            Some((_, n)) => *n += 1,
            None => named.push((currency, 1)),
        }
    }
    // Of equally many the first in the file.
    named.into_iter().rev().max_by_key(|(_, n)| *n).map(|(currency, _)| currency)
}

pub(super) fn start(plan: &Plan, choices: &Choices, step: StepOf) -> Result<ImportStart> {
    let path = std::path::absolute(&plan.path).with_context(|| format!("{} cannot be found", plan.path.display()))?;
    Ok(ImportStart {
        path: path.to_string_lossy().into_owned(),
        file: plan.file.clone(),
        source: plan.source.to_owned(),
        origin: sources::by_name(plan.source).map_or("generic", |s| s.origin()).to_owned(),
        imported_at: super::now(),
        choices: serde_json::to_string(&plan.to_remember(choices))?,
        header: serde_json::to_string(&plan.header)?,
        currency: plan.currency,
        step,
    })
}

/// What is kept beside an import: its outcome as JSON.
fn describe(plan: &Plan, summary: &Summary, tables: &Tally) -> String {
    serde_json::json!({
        "title": plan.title,
        "rows": summary.rows,
        "accepted": summary.accepted,
        "rejected": summary.rejected,
        "skipped": summary.skipped,
        "notes": summary.notes,
        "tables": tables,
    })
    .to_string()
}

/// The writer stopped receiving; its own error says why.
#[derive(Debug, thiserror::Error)]
#[error("the writer stopped")]
struct Closed;

/// The reading side: gathers records into batches for the writing thread.
struct Batches<'a> {
    /// Who is not to come back, and the origin of their ids.
    erased: (&'a Erased, &'a str),
    names: Names,
    batch: NamedRecords,
    sender: SyncSender<NamedRecords>,
}

impl Sink for Batches<'_> {
    type Error = Closed;

    fn admit(&mut self, record: &mut Record) -> Admitted {
        let (erased, origin) = self.erased;
        suppress::admit(erased, origin, record)
    }

    fn accept(&mut self, record: Record) -> Result<(), Closed> {
        self.names.add(record, &mut self.batch);
        if self.batch.len() < BATCH { Ok(()) } else { self.send() }
    }
}

impl Batches<'_> {
    fn send(&mut self) -> Result<(), Closed> {
        self.sender.send(std::mem::take(&mut self.batch)).map_err(|_| Closed)
    }
}

fn read_into(
    plan: &Plan,
    writer: &mut Writer<'_>,
    erased: (&Erased, &str),
    progress: &Progress,
) -> Result<Summary, ImportError> {
    let (sender, receiver) = sync_channel(WAITING);
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut batches = Batches { erased, names: Names::default(), batch: NamedRecords::default(), sender };
            let summary = run::run(plan, &mut batches, progress)?;
            batches.send().map_err(RunError::Sink)?;
            Ok(summary)
        });
        // Dropping the receiver on an error ends the reader at its next batch.
        let written = receiver.into_iter().try_for_each(|batch| writer.write(batch));
        let read = match reader.join() {
            Ok(read) => read,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        written?;
        read.map_err(|error| match error {
            RunError::Questions(questions) => ImportError::Questions(questions),
            RunError::File(sentence) => ImportError::File(sentence),
            RunError::Cancelled(cancelled) => ImportError::Cancelled(cancelled),
            RunError::Sink(closed) => ImportError::File(closed.to_string()),
        })
    })
}
