//! What users make and can carry to another workspace: rows of small tables, by key, as JSON.

use std::collections::BTreeMap;

use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::journey::SINGLES;
use super::settings::name;
use super::{Result, Workspace};

/// A table that is carried.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Its name in the file.
    pub name: &'static str,
    table: &'static str,
    /// What tells rows apart: a column, or what stands for one.
    key: &'static str,
    /// The column that the key of a new row goes into.
    place: &'static str,
    value: &'static str,
    /// Whether values are JSON; plain text otherwise.
    json: bool,
    /// Only these keys; empty = all.
    only: &'static [&'static str],
}

/// Every table that is carried. A table joins by its line here.
pub const PARTS: &[Part] = &[
    Part {
        name: "settings",
        table: "setting",
        key: "name",
        place: "name",
        value: "value",
        json: true,
        only: &[name::DEFINITIONS, name::SEGMENT_RULES, name::RFM, name::SEGMENT_FOCUS, name::PRESSURE],
    },
    Part {
        name: "mappings",
        table: "mapping",
        key: "header_key",
        place: "header_key",
        value: "choices",
        json: true,
        only: &[],
    },
    Part { name: "segments", table: "segment", key: "name", place: "name", value: "body", json: true, only: &[] },
    Part {
        name: "tables",
        table: "plan",
        key: "body ->> 'kind'",
        place: "name",
        value: "body",
        json: true,
        only: SINGLES,
    },
    Part { name: "answers", table: "answer", key: "field", place: "field", value: "value", json: false, only: &[] },
];

impl Part {
    /// The part of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PARTS.iter().find(|part| part.name == name)
    }

    /// Whether a key belongs to the part.
    pub fn takes(&self, key: &str) -> bool {
        self.only.is_empty() || self.only.contains(&key)
    }
}

/// Rows by part and key.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rows(pub BTreeMap<String, BTreeMap<String, Value>>);

impl Workspace {
    /// Everything that can be carried.
    pub fn carried(&self) -> Result<Rows> {
        let mut rows = Rows::default();
        for part in PARTS {
            let sql = format!("SELECT {}, {} FROM {}", part.key, part.value, part.table);
            let mut select = self.connection.prepare(&sql)?;
            let found = select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
            for row in found {
                let (key, text) = row?;
                if part.takes(&key) {
                    let value = if part.json { serde_json::from_str(&text)? } else { Value::String(text) };
                    rows.0.entry(part.name.to_owned()).or_default().insert(key, value);
                }
            }
        }
        Ok(rows)
    }

    /// Adds or replaces rows as one step; rows that are only here stay.
    pub fn carry_in(&mut self, label: &str, at: i64, rows: &Rows) -> Result<()> {
        self.step(label, at, |connection| {
            for (part, rows) in PARTS.iter().filter_map(|part| Some((part, rows.0.get(part.name)?))) {
                let Part { table, key, place, value, .. } = part;
                let update = format!("UPDATE {table} SET {value} = ?2 WHERE {key} = ?1");
                let insert = format!("INSERT INTO {table} ({place}, {value}) VALUES (?, ?)");
                for (key, value) in rows.iter().filter(|(key, _)| part.takes(key)) {
                    let text = match value {
                        Value::String(text) if !part.json => text.clone(),
                        value => value.to_string(),
                    };
                    if connection.execute(&update, params![key, text])? == 0 {
                        connection.execute(&insert, params![key, text])?;
                    }
                }
            }
            Ok(())
        })
    }
}
