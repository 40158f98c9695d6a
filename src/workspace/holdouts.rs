//! Hold-outs: rows of the table of experiments.

use rusqlite::params;

use super::{Result, Workspace};
use crate::model::holdout::Holdout;

const KIND: &str = "holdout";

impl Workspace {
    /// Kept hold-outs, oldest first.
    pub fn holdouts(&self) -> Result<Vec<Holdout>> {
        let sql = "SELECT name, body FROM experiment WHERE body ->> 'kind' = ? ORDER BY id";
        let mut select = self.connection.prepare(sql)?;
        let mut rows = select.query([KIND])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let holdout: Holdout = serde_json::from_str(row.get_ref(1)?.as_str()?)?;
            found.push(Holdout { name: row.get(0)?, ..holdout });
        }
        Ok(found)
    }

    /// Keeps a hold-out as one step.
    pub fn keep_holdout(&mut self, label: &str, at: i64, holdout: &Holdout) -> Result<()> {
        let mut body = serde_json::to_value(holdout)?;
        if let Some(body) = body.as_object_mut() {
            body.insert("kind".into(), KIND.into());
        }
        let body = serde_json::to_string(&body)?;
        self.step(label, at, |connection| {
            connection.execute("INSERT INTO experiment (name, body) VALUES (?, ?)", params![holdout.name, body])?;
            Ok(())
        })
    }

    /// Deletes a hold-out as one step; whether there was one of that name.
    pub fn remove_holdout(&mut self, label: &str, at: i64, name: &str) -> Result<bool> {
        self.step(label, at, |connection| {
            let sql = "DELETE FROM experiment WHERE name = ? AND body ->> 'kind' = ?";
            Ok(connection.execute(sql, params![name, KIND])? > 0)
        })
    }
}
