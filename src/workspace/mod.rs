//! One SQLite file per shop. The only module that knows SQLite.
//!
//! One writer at a time (advisory lock), write-ahead log with full synchronisation: what was acknowledged survives
//! a power cut, and an import that was interrupted leaves the state before it.

pub mod carry;
pub mod check;
pub mod claims;
pub mod copy;
pub mod details;
pub mod dump;
pub mod erase;
pub mod experiments;
pub mod holdouts;
pub mod journal;
pub mod journey;
mod keys;
pub mod lists;
pub mod load;
pub mod measurements;
pub mod open;
pub mod person;
pub mod plans;
pub mod pseudonyms;
pub mod results;
pub mod segments;
pub mod sequences;
pub mod settings;
pub mod signals;
pub mod touches;
pub mod undo;
pub mod write;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};

pub use open::Access;

/// Why a workspace could not be opened, read or written. Every text is a sentence for the user.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is no workspace, is damaged, too new, or in use. It was left as it was.
    #[error("{0}")]
    Refused(String),
    /// The disk is full.
    #[error("the disk is full; nothing was changed, free some space and try again")]
    Full,
    /// SQLite reported something else.
    #[error("the workspace could not be read or written ({0}); what was saved before is safe")]
    Sqlite(rusqlite::Error),
    /// What was asked for could not be printed or saved.
    #[error("the result could not be written")]
    Output(#[source] std::io::Error),
    /// A value in the workspace is not what this version writes.
    #[error("the workspace holds a value this version cannot read ({0}); run `cartwright check` on it")]
    Content(String),
    /// The user cancelled.
    #[error(transparent)]
    Cancelled(#[from] crate::jobs::Cancelled),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<rusqlite::types::FromSqlError> for Error {
    fn from(error: rusqlite::types::FromSqlError) -> Self {
        Self::Content(error.to_string())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Content(error.to_string())
    }
}

/// Result of workspace functions.
pub type Result<T> = std::result::Result<T, Error>;

/// An open workspace.
pub struct Workspace {
    connection: Connection,
    path: PathBuf,
    access: Access,
    // Held for as long as the workspace may write.
    _lock: Option<open::Lock>,
}

impl Workspace {
    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it may be written.
    pub fn is_writable(&self) -> bool {
        self.access == Access::Write
    }

    /// Runs a write as one durable transaction and counts the revision up. An error leaves everything as it was.
    fn write<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.write_if(Part::Data, |connection| Ok((work(connection)?, true)))
    }

    /// Like [`Self::write`] for work that leaves alone what was imported.
    fn edit<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.write_if(Part::Edits, |connection| Ok((work(connection)?, true)))
    }

    /// Like [`Self::write`] for work that tells whether it changed anything; if not, nothing is kept of it.
    fn write_if<T>(&mut self, part: Part, work: impl FnOnce(&Connection) -> Result<(T, bool)>) -> Result<T> {
        self.may_write()?;
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let (value, changed) = work(&transaction)?;
        if changed {
            count_up(&transaction, part)?;
            transaction.commit()?;
        }
        Ok(value)
    }

    fn may_write(&self) -> Result<()> {
        if self.is_writable() {
            return Ok(());
        }
        Err(Error::Refused(format!(
            "{} is open for reading only; nothing was changed, save a copy of your own to change it",
            self.path.display()
        )))
    }

    /// Something that is true of this file rather than of the shop.
    fn file_fact(&self, name: &str) -> Result<Option<i64>> {
        if !self.has_history()? {
            return Ok(None);
        }
        let sql = "SELECT value FROM file_fact WHERE name = ?";
        Ok(self.connection.query_row(sql, [name], |row| row.get(0)).optional()?)
    }

    /// Whether the file has the tables of the history; an older one gets them when it is opened for writing.
    fn has_results(&self) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'visit_key')";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    fn has_history(&self) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'step')";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// Counts up with every committed write.
    pub fn revision(&self) -> Result<u64> {
        self.revision_of("all")
    }

    /// Counts up with every committed write that is not an edit of the user's: imports, their undoing, erasures.
    pub fn data_revision(&self) -> Result<u64> {
        self.revision_of("data")
    }

    fn revision_of(&self, part: &str) -> Result<u64> {
        let sql = "SELECT coalesce((SELECT n FROM revision WHERE part = ?), 0)";
        Ok(self.connection.query_row(sql, [part], |row| row.get::<_, i64>(0))? as u64)
    }
}

/// What a write may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// What was imported, and with it everything that is computed from it.
    Data,
    /// What the user makes: settings, rules, plans.
    Edits,
}

/// Marks that the content is another now.
fn count_up(connection: &Connection, part: Part) -> Result<()> {
    let parts: &[&str] = if part == Part::Data { &["all", "data"] } else { &["all"] };
    for part in parts {
        let sql = "INSERT INTO revision (part, n) VALUES (?, 1) ON CONFLICT (part) DO UPDATE SET n = n + 1";
        connection.execute(sql, [part])?;
    }
    Ok(())
}
