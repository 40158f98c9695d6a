//! Saved sequences: rows of the plans, oldest first.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{Result, Workspace};
use crate::model::Sequence;

/// A sequence as it is saved.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedSequence {
    /// Its row; the same sequence keeps it under another name. 0 = not saved yet.
    pub id: i64,
    /// What is planned.
    pub sequence: Sequence,
}

/// What stands in the row beside the name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Body {
    Sequence(Sequence),
}

impl Workspace {
    /// Saved sequences, oldest first.
    pub fn saved_sequences(&self) -> Result<Vec<SavedSequence>> {
        let sql = "SELECT id, body FROM plan WHERE body ->> 'kind' = 'sequence' ORDER BY id";
        let mut select = self.connection.prepare(sql)?;
        let mut rows = select.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let Body::Sequence(sequence) = serde_json::from_str(row.get_ref(1)?.as_str()?)?;
            found.push(SavedSequence { id: row.get(0)?, sequence });
        }
        Ok(found)
    }

    /// Saves sequences as one step. Does nothing when all are saved as they are.
    pub fn save_sequences(&mut self, label: &str, at: i64, saved: &[SavedSequence]) -> Result<()> {
        let bodies: Vec<(i64, &str, String)> = saved
            .iter()
            .map(|saved| {
                let body = serde_json::to_string(&Body::Sequence(saved.sequence.clone()))?;
                Ok((saved.id, saved.sequence.name.as_str(), body))
            })
            .collect::<Result<_>>()?;
        self.step(label, at, |connection| {
            for (id, name, body) in &bodies {
                if *id == 0 {
                    connection.execute("INSERT INTO plan (name, body) VALUES (?, ?)", params![name, body])?;
                } else {
                    let sql = "UPDATE plan SET name = ?1, body = ?2 WHERE id = ?3 AND (name, body) <> (?1, ?2)";
                    connection.execute(sql, params![name, body, id])?;
                }
            }
            Ok(())
        })
    }
}
