//! Who was erased, as salted hashes: a later import asks them whom to leave out. Names cannot be read back from them.

use rusqlite::Connection;
use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};

use crate::model::record::CustomerKey;
use crate::workspace::{Result, Workspace};

/// What sources call people who were erased.
#[derive(Debug, Clone, Default)]
pub struct Erased {
    salt: String,
    hashes: FxHashSet<String>,
}

/// A way of naming somebody or something.
#[derive(Debug, Clone, Copy)]
pub enum Space<'a> {
    /// An e-mail address.
    Email,
    /// A shop's id, by the origin of the source.
    ShopId(&'a str),
    /// The id of a browser or device, as touchpoints have it.
    Visitor,
    /// An address, a full name or a phone number as it stands in a cell.
    Text,
    /// The key of an order that was deleted, by the origin of the source.
    Order(&'a str),
}

impl Erased {
    pub(super) fn read(connection: &Connection) -> Result<Self> {
        let salt = connection.query_row("SELECT salt FROM erased_salt", [], |row| row.get(0))?;
        let mut select = connection.prepare("SELECT hash FROM erased_key")?;
        let hashes = select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(Self { salt, hashes })
    }

    fn hash(&self, space: Space<'_>, text: &str) -> String {
        let (kind, origin) = match space {
            Space::Email => ("email", ""),
            Space::ShopId(origin) => ("shop id", origin),
            Space::Visitor => ("visitor", ""),
            Space::Text => ("text", ""),
            Space::Order(origin) => ("order", origin),
        };
        let text = text.trim().to_lowercase();
        let digest = Sha256::digest(format!("{}\0{kind}\0{origin}\0{text}", self.salt));
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether nobody was erased.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Whether this was a name of somebody, or of something, that was erased.
    pub fn knows(&self, space: Space<'_>, text: &str) -> bool {
        !self.is_empty() && self.hashes.contains(&self.hash(space, text))
    }

    /// Whether a key of a source names somebody who was erased.
    pub fn is_person(&self, origin: &str, key: &CustomerKey) -> bool {
        let is = |space, text: &Option<String>| text.as_deref().is_some_and(|text| self.knows(space, text));
        is(Space::ShopId(origin), &key.shop_id) || is(Space::Email, &key.email)
    }

    /// Keeps the hash of a name.
    pub(super) fn keep(&self, connection: &Connection, space: Space<'_>, text: &str) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO erased_key (hash) VALUES (?)";
        connection.prepare_cached(sql)?.execute([self.hash(space, text)])?;
        Ok(())
    }
}

impl Workspace {
    /// Who was erased from this workspace.
    pub fn erased(&self) -> Result<Erased> {
        if self.has_table("erased_key")? { Erased::read(&self.connection) } else { Ok(Erased::default()) }
    }
}
