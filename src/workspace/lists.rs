//! Lists for people: customers by name, imports, rejected rows.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row, params};

use super::{Result, Workspace};
use crate::model::record::RejectedRow;

/// How a customer is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerListing {
    /// Row id.
    pub id: u32,
    /// The shop's id.
    pub shop_id: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Where the row came from.
    pub origin: Origin,
}

/// How an order is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderListing {
    /// Row id.
    pub id: u32,
    /// Its number for people, else its key.
    pub number: String,
    /// Who bought: name, e-mail or the shop's id, the first that is known.
    pub customer: Option<String>,
    /// Where the row came from.
    pub origin: Origin,
}

/// How a customer can be written to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// E-mail.
    pub email: Option<String>,
    /// Phone as written.
    pub phone: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Country.
    pub country: Option<String>,
}

/// Where a row came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Name of the imported file.
    pub file: String,
    /// Line of the file (1 = first line).
    pub line: u64,
    /// When it was imported, UTC seconds.
    pub imported_at: i64,
}

/// A past import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportListing {
    /// Its id.
    pub id: i64,
    /// Full path of the file.
    pub path: String,
    /// File name.
    pub file: String,
    /// Name of the source.
    pub source: String,
    /// When, UTC seconds.
    pub imported_at: i64,
    /// The user's choices, JSON.
    pub choices: String,
    /// Rows and counts, JSON.
    pub summary: String,
}

impl Workspace {
    /// Customers by row id, in the order asked for. Ask for what is on the screen, not for all.
    pub fn customers(&self, ids: &[u32]) -> Result<Vec<CustomerListing>> {
        let sql = "SELECT c.name, country.text,
                (SELECT value FROM identity WHERE customer_id = c.id AND origin <> 0 LIMIT 1),
                coalesce((SELECT value FROM identity WHERE customer_id = c.id AND origin = 0 LIMIT 1),
                    (SELECT value FROM customer guest JOIN identity ON customer_id = guest.id AND origin = 0
                        WHERE guest.merged_into = c.id LIMIT 1)),
                import.file, c.line, import.imported_at
            FROM customer c LEFT JOIN label country ON country.id = c.country
                LEFT JOIN import ON import.id = c.import_id WHERE c.id = ?";
        let mut select = self.connection.prepare_cached(sql)?;
        let mut listed = Vec::with_capacity(ids.len());
        for &id in ids {
            let found = select
                .query_row([id], |row| {
                    Ok(CustomerListing {
                        id,
                        name: row.get(0)?,
                        country: row.get(1)?,
                        shop_id: row.get(2)?,
                        email: row.get(3)?,
                        origin: origin(row, 4)?,
                    })
                })
                .optional()?;
            listed.push(found.unwrap_or(CustomerListing { id, ..Default::default() }));
        }
        Ok(listed)
    }

    /// How customers can be written to, in the order asked for.
    pub fn contacts(&self, ids: &[u32]) -> Result<Vec<Contact>> {
        let sql = "SELECT coalesce((SELECT value FROM identity WHERE customer_id = c.id AND origin = 0 LIMIT 1),
                    (SELECT value FROM customer guest JOIN identity ON customer_id = guest.id AND origin = 0
                        WHERE guest.merged_into = c.id LIMIT 1)),
                coalesce(c.phone, (SELECT phone FROM customer guest
                    WHERE guest.merged_into = c.id AND phone IS NOT NULL LIMIT 1)),
                c.name, country.text
            FROM customer c LEFT JOIN label country ON country.id = c.country WHERE c.id = ?";
        let mut select = self.connection.prepare_cached(sql)?;
        let one = |row: &Row<'_>| {
            Ok(Contact { email: row.get(0)?, phone: row.get(1)?, name: row.get(2)?, country: row.get(3)? })
        };
        ids.iter().map(|id| Ok(select.query_row([id], one).optional()?.unwrap_or_default())).collect()
    }

    /// Orders by row id, in the order asked for. Ask for what is on the screen, not for all.
    pub fn orders(&self, ids: &[u32]) -> Result<Vec<OrderListing>> {
        let sql = "SELECT coalesce(o.number, o.key), coalesce(c.name,
                (SELECT value FROM identity WHERE customer_id = c.id ORDER BY origin LIMIT 1)),
                import.file, o.line, import.imported_at
            FROM orders o LEFT JOIN customer c ON c.id = o.customer_id
                LEFT JOIN import ON import.id = o.import_id WHERE o.id = ?";
        let mut select = self.connection.prepare_cached(sql)?;
        let mut listed = Vec::with_capacity(ids.len());
        for &id in ids {
            let found = select
                .query_row([id], |row| {
                    Ok(OrderListing { id, number: row.get(0)?, customer: row.get(1)?, origin: origin(row, 2)? })
                })
                .optional()?;
            listed.push(found.unwrap_or(OrderListing { id, ..Default::default() }));
        }
        Ok(listed)
    }

    /// Names of products by row id: the title, else the stock keeping unit.
    pub fn product_names(&self, ids: &[u32]) -> Result<BTreeMap<u32, String>> {
        let sql = "SELECT coalesce(nullif(title, ''), sku, 'Product ' || id) FROM product WHERE id = ?";
        let mut select = self.connection.prepare_cached(sql)?;
        let mut named = BTreeMap::new();
        for &id in ids {
            if let Some(name) = select.query_row([id], |row| row.get(0)).optional()? {
                named.insert(id, name);
            }
        }
        Ok(named)
    }

    /// Row ids of customers whose name, shop id or e-mail contains a text (letter case is ignored for ASCII).
    pub fn find_customers(&self, text: &str) -> Result<Vec<u32>> {
        let pattern = format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let sql = "SELECT coalesce(merged_into, customer_id) FROM identity JOIN customer ON customer.id = customer_id
                       WHERE value LIKE ?1 ESCAPE '\\'
                   UNION SELECT coalesce(merged_into, id) FROM customer WHERE name LIKE ?1 ESCAPE '\\' ORDER BY 1";
        let mut select = self.connection.prepare_cached(sql)?;
        let ids = select.query_map([pattern], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    /// Imports that were not undone, newest first.
    pub fn imports(&self) -> Result<Vec<ImportListing>> {
        let sql = "SELECT id, path, file, source, imported_at, choices, summary FROM import ORDER BY id DESC";
        let mut select = self.connection.prepare(sql)?;
        let imports = select.query_map([], |row| {
            Ok(ImportListing {
                id: row.get(0)?,
                path: row.get(1)?,
                file: row.get(2)?,
                source: row.get(3)?,
                imported_at: row.get(4)?,
                choices: row.get(5)?,
                summary: row.get(6)?,
            })
        })?;
        Ok(imports.collect::<rusqlite::Result<_>>()?)
    }

    /// Column names of an import's file.
    pub fn import_header(&self, import: i64) -> Result<Vec<String>> {
        let header: Option<String> = self
            .connection
            .query_row("SELECT header FROM import WHERE id = ?", [import], |row| row.get(0))
            .optional()?;
        Ok(header.map(|h| serde_json::from_str(&h)).transpose()?.unwrap_or_default())
    }

    /// Rejected rows of an import in file order, from position `from`, at most `limit`.
    pub fn rejected_rows(&self, import: i64, from: u64, limit: u64) -> Result<Vec<RejectedRow>> {
        let sql = "SELECT line, column_name, reason, repair, cells FROM rejected_row WHERE import_id = ?
                   ORDER BY line, rowid LIMIT ? OFFSET ?";
        let mut select = self.connection.prepare_cached(sql)?;
        let mut rows = select.query(params![import, limit as i64, from as i64])?;
        let mut rejected = Vec::new();
        while let Some(row) = rows.next()? {
            rejected.push(RejectedRow {
                line: row.get::<_, i64>(0)? as u64,
                column: row.get(1)?,
                reason: row.get(2)?,
                repair: row.get(3)?,
                cells: serde_json::from_str(&row.get::<_, String>(4)?)?,
            });
        }
        Ok(rejected)
    }
}

/// File, line and time of import from the columns at `first`.
pub(super) fn origin(row: &Row<'_>, first: usize) -> rusqlite::Result<Origin> {
    Ok(Origin {
        file: row.get::<_, Option<String>>(first)?.unwrap_or_default(),
        line: row.get::<_, i64>(first + 1)? as u64,
        imported_at: row.get::<_, Option<i64>>(first + 2)?.unwrap_or(0),
    })
}
