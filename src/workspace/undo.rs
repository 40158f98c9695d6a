//! The history: going back from the newest step on, and forth again.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::journal::{self, LIMIT, Way};
use super::write::{LINE_BITS, restore};
use super::{Error, Part, Result, Workspace};

/// A step of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Names it; newer steps have higher ones.
    pub id: i64,
    /// What it was called.
    pub label: String,
    /// When it was made, UTC seconds.
    pub at: i64,
    /// The import, when it was one.
    pub import: Option<i64>,
}

/// All steps that are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Those that can be undone, newest first.
    pub done: Vec<Step>,
    /// Those that can be redone, the next one first.
    pub undone: Vec<Step>,
    /// What the steps hold, in bytes, and how much they may.
    pub bytes: u64,
    /// More than this is not kept, except for the newest step.
    pub limit: u64,
    /// How many older steps were dropped for that.
    pub dropped: u64,
    /// How many people were erased: no step brings them back.
    pub erased: u64,
}

impl History {
    /// What is kept of the limit, and what was dropped for it.
    pub fn kept_in_words(&self) -> String {
        let mega = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        let bytes = match mega(self.bytes) {
            few if few < 0.1 => "less than 0.1".to_owned(),
            more => format!("{more:.1}"),
        };
        let held = format!("The history holds {bytes} MB of at most {:.0} MB", mega(self.limit));
        let held = match self.dropped {
            0 => held,
            1 => format!("{held}; 1 older step was dropped for that"),
            n => format!("{held}; {n} older steps were dropped for that"),
        };
        match self.erased {
            0 => held,
            1 => format!("{held}; 1 person was erased, whom no step brings back"),
            n => format!("{held}; {n} people were erased, whom no step brings back"),
        }
    }
}

/// How an undone import is done again: from the same file, if it is still what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// Full path of the file.
    pub path: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// A hash of its content.
    pub hash: u64,
    /// The choices it was imported with, JSON.
    pub choices: String,
}

/// The step that redoing would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redo {
    /// The step.
    pub step: Step,
    /// For an import: how; `None` = it is no import, or cannot be done again.
    pub again: Option<Again>,
}

const COLUMNS: &str = "id, label, at, import_id";

fn step(row: &Row<'_>) -> rusqlite::Result<Step> {
    Ok(Step { id: row.get(0)?, label: row.get(1)?, at: row.get(2)?, import: row.get(3)? })
}

impl Workspace {
    /// Runs an edit as one named step. An edit that changes nothing leaves no step.
    pub fn step<T>(&mut self, label: &str, at: i64, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.write_if(Part::Edits, |connection| {
            let step = journal::begin(connection, label, at)?;
            let value = work(connection)?;
            Ok((value, journal::end(connection, step)?))
        })
    }

    /// The steps that are kept.
    pub fn history(&self) -> Result<History> {
        let list = |sql: String| -> Result<Vec<Step>> {
            let mut select = self.connection.prepare(&sql)?;
            let steps = select.query_map([], step)?;
            Ok(steps.collect::<rusqlite::Result<_>>()?)
        };
        let number = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        if !self.has_history()? {
            return Err(Error::Refused(format!(
                "{} was written by an older Cartwright; its history can be read once it was opened for writing",
                self.path.display()
            )));
        }
        Ok(History {
            done: list(format!("SELECT {COLUMNS} FROM step WHERE undone = 0 ORDER BY id DESC"))?,
            undone: list(format!("SELECT {COLUMNS} FROM step WHERE undone = 1 ORDER BY id"))?,
            bytes: number("SELECT coalesce(sum(bytes), 0) FROM step")? as u64,
            limit: LIMIT,
            dropped: self.file_fact("steps dropped")?.unwrap_or(0) as u64,
            erased: if self.has_table("erasure")? { number("SELECT count(*) FROM erasure")? as u64 } else { 0 },
        })
    }

    /// Makes what is there the beginning: no step before it can be undone.
    pub fn begin_here(&mut self) -> Result<()> {
        self.edit(|connection| Ok(connection.execute_batch("DELETE FROM row_change; DELETE FROM step")?))
    }

    /// Undoes the newest step. `None` when there is nothing to undo.
    pub fn undo(&mut self) -> Result<Option<Step>> {
        let sql = format!("SELECT {COLUMNS} FROM step WHERE undone = 0 ORDER BY id DESC LIMIT 1");
        let Some(step) = self.connection.query_row(&sql, [], step).optional()? else { return Ok(None) };
        let part = if step.import.is_some() { Part::Data } else { Part::Edits };
        self.write_if(part, |connection| {
            journal::follow(connection, step.id, Way::Back)?;
            if let Some(import) = step.import {
                undo_import(connection, import)?;
            }
            connection.execute("UPDATE step SET undone = 1 WHERE id = ?", [step.id])?;
            Ok(((), true))
        })?;
        Ok(Some(step))
    }

    /// The step that is redone next. An import is done again by importing, every other step by [`Self::redo`].
    pub fn next_redo(&self) -> Result<Option<Redo>> {
        let sql = format!("SELECT {COLUMNS}, again FROM step WHERE undone = 1 ORDER BY id LIMIT 1");
        let found =
            self.connection.query_row(&sql, [], |row| Ok((step(row)?, row.get::<_, Option<String>>(4)?))).optional()?;
        let Some((step, again)) = found else { return Ok(None) };
        Ok(Some(Redo { step, again: again.map(|text| serde_json::from_str(&text)).transpose()? }))
    }

    /// Redoes an edit: the step that was undone last.
    pub fn redo(&mut self, step: &Step) -> Result<()> {
        self.edit(|connection| redone(connection, step.id, None))
    }
}

/// Puts back what a step changed and counts it among those done. For an import, after it was done again as `import`.
pub(super) fn redone(connection: &Connection, step: i64, import: Option<i64>) -> Result<()> {
    journal::follow(connection, step, Way::Forth)?;
    connection.execute("UPDATE step SET undone = 0, import_id = ? WHERE id = ?", params![import, step])?;
    Ok(())
}

/// Removes what an import created and puts back what it changed.
fn undo_import(connection: &Connection, import: i64) -> Result<()> {
    // An import gives ids without gaps, so its orders' lines are one range.
    let range: (Option<i64>, Option<i64>) =
        connection.query_row("SELECT min(id), max(id) FROM orders WHERE import_id = ?", [import], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if let (Some(first), Some(last)) = range {
        connection.execute(
            "DELETE FROM line WHERE id >= ? AND id < ?",
            params![first << LINE_BITS, (last + 1) << LINE_BITS],
        )?;
        connection.execute("DELETE FROM code_use WHERE order_id BETWEEN ? AND ?", params![first, last])?;
    }
    for table in [
        "consent",
        "attribute",
        "identity",
        "refund",
        "cart",
        "discount",
        "spend",
        "send",
        "visit",
        "event",
        "measurement",
        "observation",
        "touchpoint",
        "handle",
        "campaign",
        "orders",
        "product",
        "customer",
    ] {
        connection.execute(&format!("DELETE FROM {table} WHERE import_id = ?"), [import])?;
    }
    restore(connection, import)?;
    for sql in [
        "DELETE FROM import_image WHERE import_id = ?",
        "DELETE FROM rejected_row WHERE import_id = ?",
        "DELETE FROM import WHERE id = ?",
    ] {
        connection.execute(sql, [import])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_said_with_its_limit() {
        let mut history = History { bytes: 1_500_000, limit: 64 << 20, ..History::default() };
        assert_eq!(history.kept_in_words(), "The history holds 1.4 MB of at most 64 MB");
        history.dropped = 2;
        assert!(history.kept_in_words().ends_with("; 2 older steps were dropped for that"));
    }
}
