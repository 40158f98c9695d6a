//! Settings of the shop: small JSON values by name. Every change is a step that can be undone.

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Result, Workspace};
use crate::model::Definitions;

/// Names of settings.
pub mod name {
    /// Name of the shop.
    pub const SHOP: &str = "shop";
    /// The [`super::Definitions`].
    pub const DEFINITIONS: &str = "definitions";
    /// Whether this is the sample shop, and from which seed.
    pub const SAMPLE: &str = "sample";
    /// Cut-offs of the segments; absent = from the shop's own distribution.
    pub const SEGMENT_RULES: &str = "segment_rules";
    /// How recency, frequency and monetary value are scored; absent = five bins at the shop's own quantiles.
    pub const RFM: &str = "rfm";
    /// Personalization focus by segment.
    pub const SEGMENT_FOCUS: &str = "segment_focus";
    /// Channels that a user merged: what files call them to the name they have.
    pub const CHANNELS: &str = "channels";
    /// How much a customer is written to at most; absent = the limits every shop begins with.
    pub const PRESSURE: &str = "pressure";
}

impl Workspace {
    /// A setting, or `None` when it was never made.
    pub fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        read(&self.connection, name)?.map(|text| Ok(serde_json::from_str(&text)?)).transpose()
    }

    /// Changes settings as one step; `None` removes one. Does nothing when all are as wanted.
    pub fn change_settings(&mut self, label: &str, at: i64, changes: &[(&str, Option<String>)]) -> Result<()> {
        self.step(label, at, |connection| {
            changes.iter().try_for_each(|(name, value)| write(connection, name, value.as_deref()))
        })
    }

    /// Changes one setting as a step.
    pub fn change_setting<T: Serialize>(&mut self, label: &str, at: i64, name: &str, value: &T) -> Result<()> {
        let value = serde_json::to_string(value)?;
        self.change_settings(label, at, &[(name, Some(value))])
    }

    /// Sets what a new workspace starts with; not a step.
    pub fn set_initial<T: Serialize>(&mut self, name: &str, value: &T) -> Result<()> {
        let value = serde_json::to_string(value)?;
        self.edit(|connection| write(connection, name, Some(&value)))
    }

    /// What the shop means by its words.
    pub fn definitions(&self) -> Result<Definitions> {
        Ok(self.setting(name::DEFINITIONS)?.unwrap_or_default())
    }

    /// The user's choices for files with this header, from the last import of one.
    pub fn remembered_mapping(&self, header_key: &str) -> Result<Option<String>> {
        let sql = "SELECT choices FROM mapping WHERE header_key = ?";
        Ok(self.connection.query_row(sql, [header_key], |row| row.get(0)).optional()?)
    }

    /// Remembers choices (JSON) for files with this header, as a step when they are others than before.
    pub fn remember_mapping(&mut self, label: &str, at: i64, header_key: &str, choices: &str) -> Result<()> {
        self.step(label, at, |connection| remember(connection, header_key, choices))
    }
}

/// Keeps the choices for files with this header.
pub(super) fn remember(connection: &Connection, header_key: &str, choices: &str) -> Result<()> {
    let sql = "INSERT INTO mapping (header_key, choices) VALUES (?, ?)
               ON CONFLICT (header_key) DO UPDATE SET choices = excluded.choices";
    connection.execute(sql, [header_key, choices])?;
    Ok(())
}

fn read(connection: &Connection, name: &str) -> Result<Option<String>> {
    Ok(connection.query_row("SELECT value FROM setting WHERE name = ?", [name], |row| row.get(0)).optional()?)
}

pub(super) fn write(connection: &Connection, name: &str, value: Option<&str>) -> Result<()> {
    match value {
        Some(value) => {
            let sql = "INSERT INTO setting (name, value) VALUES (?, ?)
                       ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            connection.execute(sql, [name, value])?
        }
        None => connection.execute("DELETE FROM setting WHERE name = ?", [name])?,
    };
    Ok(())
}
