//! Erasing a person: every row, image, step and text that tells of them goes in one transaction, which no step undoes;
//! then the file is written anew, so that free space on the disk tells nothing either. Salted hashes of what sources
//! call the person stay, so that a later import does not bring them back.

mod keys;
mod needles;
mod rows;
mod texts;

use rusqlite::{OptionalExtension, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use super::{Result, Workspace};
pub use keys::{Erased, Space};
pub use texts::BLANKED;

/// Marks in `file_fact` that free space may still hold traces.
const TRACES: &str = "traces of an erasure";

/// What becomes of the orders of a person who is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrdersOf {
    /// They stay as orders without a customer: the shop's totals do not change.
    #[default]
    Keep,
    /// They go, too.
    Delete,
}

/// What an erasure takes out and what it leaves: numbers, nothing of the person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footprint {
    /// What becomes of the orders.
    pub orders: OrdersOf,
    /// Rows that are taken out, by what they are.
    pub removed: Vec<(String, u64)>,
    /// Rows that stay without a name.
    pub nameless: Vec<(String, u64)>,
    /// Imported files that told of the person; they lie outside the workspace and stay as they are.
    pub files: Vec<String>,
}

/// An erasure that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Its number in this workspace.
    pub id: i64,
    /// When, UTC seconds.
    pub at: i64,
    /// What it took out and what it left.
    pub footprint: Footprint,
}

impl Workspace {
    /// What an erasure would do; nothing is changed. `id` is the account that others were merged into.
    ///
    /// # Errors
    /// When there is no such customer, or the workspace cannot be written.
    pub fn erasure_of(&mut self, id: u32, orders: OrdersOf) -> Result<Footprint> {
        self.may_write()?;
        // It is done, counted and rolled back: the preview cannot differ from the deed.
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        rows::erase(&transaction, id, orders)
    }

    /// Erases a person for good. Whether free space was cleaned as well is told beside it; if not (somebody else
    /// reads, the disk is full), it is done when the workspace is opened next.
    ///
    /// # Errors
    /// When there is no such customer, or the workspace cannot be written; nothing is changed then.
    pub fn erase(&mut self, id: u32, orders: OrdersOf, at: i64) -> Result<(Erasure, bool)> {
        let erasure = self.write(|connection| {
            let footprint = rows::erase(connection, id, orders)?;
            let summary = serde_json::to_string(&footprint)?;
            connection.execute("INSERT INTO erasure (at, summary) VALUES (?, ?)", params![at, summary])?;
            let id = connection.last_insert_rowid();
            connection
                .execute("INSERT INTO file_fact (name, value) VALUES (?, 1) ON CONFLICT (name) DO NOTHING", [TRACES])?;
            Ok(Erasure { id, at, footprint })
        })?;
        let clean = self.clean_free_space().unwrap_or(false);
        Ok((erasure, clean))
    }

    /// Writes the file anew without free space where an erasure asked for it; `false` when that could not be done yet.
    pub(super) fn clean_free_space(&mut self) -> Result<bool> {
        if self.file_fact(TRACES)?.is_none() {
            return Ok(true);
        }
        let fold = |workspace: &Self| -> Result<bool> {
            let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
            Ok(workspace.connection.query_row(sql, [], |row| row.get::<_, i64>(0))? == 0)
        };
        self.connection.execute_batch("VACUUM")?;
        if !fold(self)? {
            return Ok(false);
        }
        self.connection.execute("DELETE FROM file_fact WHERE name = ?", [TRACES])?;
        fold(self)
    }

    /// Erasures that were done, oldest first.
    pub fn erasures(&self) -> Result<Vec<Erasure>> {
        if !self.has_table("erasure")? {
            return Ok(Vec::new());
        }
        let mut select = self.connection.prepare("SELECT id, at, summary FROM erasure ORDER BY id")?;
        let mut rows = select.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let footprint = serde_json::from_str(&row.get::<_, String>(2)?)?;
            found.push(Erasure { id: row.get(0)?, at: row.get(1)?, footprint });
        }
        Ok(found)
    }

    /// Whether a file, perhaps of an older version, has a table.
    pub(super) fn has_table(&self, name: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?";
        Ok(self.connection.query_row(sql, [name], |_| Ok(())).optional()?.is_some())
    }
}
