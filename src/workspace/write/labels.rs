//! Texts that repeat, kept once.

use rusqlite::{Connection, Statement, params};

use super::super::keys::KeyTable;
use super::Result;

/// The label table in memory.
pub struct Labels<'c> {
    keys: KeyTable,
    next: u32,
    insert: Statement<'c>,
}

impl<'c> Labels<'c> {
    pub fn load(connection: &'c Connection) -> Result<Self> {
        let mut keys = KeyTable::default();
        let mut next = 1;
        let mut select = connection.prepare("SELECT id, text FROM label")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let id: u32 = row.get(0)?;
            keys.set(0, row.get_ref(1)?.as_str().unwrap_or_default(), id);
            next = next.max(id + 1);
        }
        let insert = connection.prepare("INSERT INTO label (id, text) VALUES (?, ?)")?;
        Ok(Self { keys, next, insert })
    }

    /// The id of a text, made when it is new.
    pub fn id(&mut self, text: &str) -> Result<u32> {
        let key = self.keys.key(0, text);
        if let Some(id) = self.keys.at(key) {
            return Ok(id);
        }
        let id = self.next;
        self.insert.execute(params![id, text])?;
        self.keys.set_at(key, id);
        self.next += 1;
        Ok(id)
    }

    pub fn optional(&mut self, text: Option<&str>) -> Result<Option<u32>> {
        text.map(|t| self.id(t)).transpose()
    }
}
