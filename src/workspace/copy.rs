//! Copies of a workspace: one to go on with, or one for somebody else to read.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::open::{connect, migrate, private_file};
use super::pseudonyms::{self, TakenOut};
use super::{Access, Error, Result, Workspace};

/// Name of the mark in `file_fact`.
const HANDED_OVER: &str = "handed over";

/// What a copy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To go on with: everything is in it, also the history.
    Own,
    /// For somebody else to read, made at this moment (UTC seconds). What was undone or replaced is not in it.
    Reading(i64),
}

/// A file on the way to its name; removed when it does not get there.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

impl Workspace {
    /// When this file was handed over as a copy for reading, UTC seconds; `None` = it may be written.
    pub fn handed_over(&self) -> Result<Option<i64>> {
        self.file_fact(HANDED_OVER)
    }

    /// Writes a copy, whole or not at all. Refuses to replace a file.
    ///
    /// # Errors
    /// When there is a file of that name, or the folder cannot be written; nothing is left there then.
    pub fn copy(&self, to: &Path, purpose: Purpose) -> Result<()> {
        self.copied(to, |copy| mark(copy, purpose))
    }

    /// Writes a copy for somebody else to read, made at this moment (UTC seconds), in which people have pseudonyms that
    /// nobody can turn back; what could name them beside is not in it. Every figure is the same. Whole or not at all.
    ///
    /// # Errors
    /// When there is a file of that name, or the folder cannot be written; nothing is left there then.
    pub fn copy_pseudonymised(&self, to: &Path, at: i64) -> Result<TakenOut> {
        self.copied(to, |copy| {
            // It counts what it takes out, so it goes first.
            let taken_out = pseudonyms::pseudonymise(copy)?;
            mark(copy, Purpose::Reading(at))?;
            Ok(taken_out)
        })
    }

    fn copied<T>(&self, to: &Path, change: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let refuse = |why: &str| Error::Refused(format!("{} was not made: {why}", to.display()));
        if to.exists() {
            return Err(refuse("there is a file of that name; it was left as it was, choose another name"));
        }
        let name = to.file_name().ok_or_else(|| refuse("the name of a file is missing"))?.to_string_lossy();
        let part = Part(to.with_file_name(format!(".{name}.part")));
        let _ = fs::remove_file(&part.0);
        private_file(&part.0).map_err(|e| refuse(&format!("{e}; choose a folder that you may write to")))?;
        self.connection.pragma_update(None, "query_only", false)?;
        let made = self.connection.execute("VACUUM INTO ?", [part.0.to_string_lossy()]);
        self.connection.pragma_update(None, "query_only", !self.is_writable())?;
        made?;
        let mut copy = connect(&part.0, Access::Write)?;
        migrate(&mut copy, &part.0)?;
        let told = change(&mut copy)?;
        drop(copy);
        let put = || -> std::io::Result<()> {
            File::open(&part.0)?.sync_all()?;
            fs::rename(&part.0, to)?;
            // The name is as durable as the file where a folder can be synced.
            if let Some(Ok(folder)) = to.parent().map(File::open) {
                let _ = folder.sync_all();
            }
            Ok(())
        };
        put().map_err(|e| refuse(&e.to_string()))?;
        Ok(told)
    }
}

fn mark(copy: &mut Connection, purpose: Purpose) -> Result<()> {
    let transaction = copy.transaction()?;
    transaction.execute("DELETE FROM file_fact WHERE name = ?", [HANDED_OVER])?;
    if let Purpose::Reading(at) = purpose {
        transaction.execute_batch("DELETE FROM row_change; DELETE FROM step; DELETE FROM import_image")?;
        transaction.execute("INSERT INTO file_fact (name, value) VALUES (?, ?)", params![HANDED_OVER, at])?;
    }
    transaction.commit()?;
    Ok(())
}
