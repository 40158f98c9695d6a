//! Going back: the newest step first.

use rusqlite::{Connection, OptionalExtension, params};

use super::write::{LINE_BITS, restore};
use super::{Error, Result, Workspace, settings};

/// A step that can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it was called.
    pub label: String,
    /// When it was made, UTC seconds.
    pub at: i64,
    /// The import, when it was one.
    pub import: Option<i64>,
}

impl Workspace {
    /// Steps that can be undone, newest first.
    pub fn steps(&self) -> Result<Vec<Step>> {
        let mut select = self.connection.prepare("SELECT label, at, import_id FROM journal ORDER BY id DESC")?;
        let steps =
            select.query_map([], |row| Ok(Step { label: row.get(0)?, at: row.get(1)?, import: row.get(2)? }))?;
        Ok(steps.collect::<rusqlite::Result<_>>()?)
    }

    /// Undoes the newest step. `None` when there is nothing to undo.
    pub fn undo(&mut self) -> Result<Option<Step>> {
        let sql = "SELECT id, label, at, import_id, inverse FROM journal ORDER BY id DESC LIMIT 1";
        let newest = self
            .connection
            .query_row(sql, [], |row| {
                let step = Step { label: row.get(1)?, at: row.get(2)?, import: row.get(3)? };
                Ok((row.get::<_, i64>(0)?, step, row.get::<_, String>(4)?))
            })
            .optional()?;
        let Some((id, step, inverse)) = newest else { return Ok(None) };
        self.write(|connection| {
            match step.import {
                Some(import) => undo_import(connection, import)?,
                None => undo_edit(connection, &inverse)?,
            }
            connection.execute("DELETE FROM journal WHERE id = ?", [id])?;
            Ok(())
        })?;
        Ok(Some(step))
    }
}

fn undo_edit(connection: &Connection, inverse: &str) -> Result<()> {
    let values: Vec<(String, String, Option<String>)> = serde_json::from_str(inverse)?;
    for (table, name, old) in values {
        if table != "setting" {
            return Err(Error::Content(format!("a step on {table}")));
        }
        settings::write(connection, &name, old.as_deref())?;
    }
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
    for table in ["consent", "attribute", "identity", "refund", "cart", "discount", "orders", "product", "customer"] {
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
