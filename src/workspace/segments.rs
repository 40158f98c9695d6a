//! Saved segments: a name, a description, a rule, in the user's order.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{Result, Workspace};
use crate::model::Rule;

/// A segment as it is saved.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedSegment {
    /// Its row; the same segment keeps it under another name.
    pub id: i64,
    /// Its name, which no other has.
    pub name: String,
    /// What it is for, in the user's words; may be empty.
    pub description: String,
    /// Who belongs to it.
    pub rule: Rule,
}

/// What stands in the row beside the name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Its place in the list.
    #[serde(default)]
    pub position: i64,
    /// Who belongs to it.
    pub rule: Rule,
}

impl Workspace {
    /// Saved segments in the user's order.
    pub fn saved_segments(&self) -> Result<Vec<SavedSegment>> {
        let mut select = self.connection.prepare("SELECT id, name, body FROM segment ORDER BY id")?;
        let mut rows = select.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let body: Body = serde_json::from_str(row.get_ref(2)?.as_str()?)?;
            let segment =
                SavedSegment { id: row.get(0)?, name: row.get(1)?, description: body.description, rule: body.rule };
            found.push((body.position, segment));
        }
        found.sort_by_key(|(position, segment)| (*position, segment.id));
        Ok(found.into_iter().map(|(_, segment)| segment).collect())
    }

    /// Makes the saved segments those of `wanted`, in this order, as one step. An id of 0 is a new segment. Does
    /// nothing when all is as wanted.
    pub fn save_segments(&mut self, label: &str, at: i64, wanted: &[SavedSegment]) -> Result<()> {
        let known = self.saved_segments()?;
        self.step(label, at, |connection| {
            for gone in known.iter().filter(|segment| wanted.iter().all(|kept| kept.id != segment.id)) {
                connection.execute("DELETE FROM segment WHERE id = ?", [gone.id])?;
            }
            // Names are unique: out of each other's way before they get their new ones.
            for kept in known.iter().filter(|s| wanted.iter().any(|kept| kept.id == s.id && kept.name != s.name)) {
                connection.execute("UPDATE segment SET name = char(0) || id WHERE id = ?", [kept.id])?;
            }
            for (position, SavedSegment { id, name, description, rule }) in (1..).zip(wanted) {
                let body = Body { description: description.clone(), position, rule: rule.clone() };
                let body = serde_json::to_string(&body)?;
                if *id == 0 {
                    connection.execute("INSERT INTO segment (name, body) VALUES (?, ?)", params![name, body])?;
                } else {
                    let sql = "UPDATE segment SET name = ?, body = ? WHERE id = ? AND (name, body) <> (?, ?)";
                    connection.execute(sql, params![name, body, id, name, body])?;
                }
            }
            Ok(())
        })
    }
}
