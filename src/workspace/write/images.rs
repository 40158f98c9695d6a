//! What a row was before an import changed it.

use rusqlite::{Connection, params};

use super::Result;
use super::orders::OrderRow;

/// Remembers how a row was, once per import: the first image is the one to go back to.
pub fn keep(connection: &Connection, import: i64, kind: &str, id: i64, body: &str) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO import_image (import_id, kind, row_id, body) VALUES (?, ?, ?, ?)")?
        .execute(params![import, kind, id, body])?;
    Ok(())
}

/// Columns of a table that imports change, as one JSON array per row.
pub struct Columns {
    /// Name in `import_image.kind`.
    pub kind: &'static str,
    read: &'static str,
    write: &'static str,
}

/// Tables whose rows imports update, beside orders.
pub const UPDATED: &[Columns] = &[
    Columns {
        kind: "customer",
        read: "SELECT json_array(name, phone, country, created_at, birth_date, tags, merged_into) FROM customer WHERE id = ?1",
        write: "UPDATE customer SET name = ?2 ->> 0, phone = ?2 ->> 1, country = ?2 ->> 2, created_at = ?2 ->> 3,
                birth_date = ?2 ->> 4, tags = ?2 ->> 5, merged_into = ?2 ->> 6 WHERE id = ?1",
    },
    Columns {
        kind: "consent",
        read: "SELECT json_group_array(json_array(channel, granted, at, source, import_id, line)) FROM consent WHERE customer_id = ?1",
        write: "INSERT OR REPLACE INTO consent (customer_id, channel, granted, at, source, import_id, line)
                SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?2)",
    },
    Columns {
        kind: "product",
        read: "SELECT json_array(sku, title, category, brand, tags, price, cost, stock, currency, observed) FROM product WHERE id = ?1",
        write: "UPDATE product SET sku = ?2 ->> 0, title = ?2 ->> 1, category = ?2 ->> 2, brand = ?2 ->> 3, tags = ?2 ->> 4,
                price = ?2 ->> 5, cost = ?2 ->> 6, stock = ?2 ->> 7, currency = ?2 ->> 8, observed = ?2 ->> 9 WHERE id = ?1",
    },
    Columns {
        kind: "cart",
        read: "SELECT json_array(customer_id, at, currency, total, lines) FROM cart WHERE id = ?1",
        write: "UPDATE cart SET customer_id = ?2 ->> 0, at = ?2 ->> 1, currency = ?2 ->> 2, total = ?2 ->> 3,
                lines = ?2 ->> 4 WHERE id = ?1",
    },
    Columns {
        kind: "discount",
        read: "SELECT json_array(kind, value, starts_at, ends_at, used, status) FROM discount WHERE id = ?1",
        write: "UPDATE discount SET kind = ?2 ->> 0, value = ?2 ->> 1, starts_at = ?2 ->> 2, ends_at = ?2 ->> 3,
                used = ?2 ->> 4, status = ?2 ->> 5 WHERE id = ?1",
    },
    Columns {
        kind: "spend",
        read: "SELECT json_array(amount, impressions, clicks, conversions, value) FROM spend WHERE id = ?1",
        write: "UPDATE spend SET amount = ?2 ->> 0, impressions = ?2 ->> 1, clicks = ?2 ->> 2,
                conversions = ?2 ->> 3, value = ?2 ->> 4 WHERE id = ?1",
    },
    Columns {
        kind: "campaign",
        read: "SELECT json_array(name, channel, body, kind) FROM campaign WHERE id = ?1",
        write: "UPDATE campaign SET name = ?2 ->> 0, channel = ?2 ->> 1, body = coalesce(?2 ->> 2, body), kind = ?2 ->> 3
                WHERE id = ?1",
    },
    Columns {
        kind: "send",
        read: "SELECT json_array(variant, subject, at, recipients, figures, currency) FROM send WHERE id = ?1",
        write: "UPDATE send SET variant = ?2 ->> 0, subject = ?2 ->> 1, at = ?2 ->> 2, recipients = ?2 ->> 3,
                figures = ?2 ->> 4, currency = ?2 ->> 5 WHERE id = ?1",
    },
    Columns {
        kind: "visit",
        read: "SELECT json_array(users, sessions, conversions, purchases, revenue, currency) FROM visit WHERE id = ?1",
        write: "UPDATE visit SET users = ?2 ->> 0, sessions = ?2 ->> 1, conversions = ?2 ->> 2, purchases = ?2 ->> 3,
                revenue = ?2 ->> 4, currency = ?2 ->> 5 WHERE id = ?1",
    },
    Columns {
        kind: "measurement",
        read: "SELECT json_array(amount, currency, n, source) FROM measurement WHERE id = ?1",
        write: "UPDATE measurement SET amount = ?2 ->> 0, currency = ?2 ->> 1, n = ?2 ->> 2, source = ?2 ->> 3
                WHERE id = ?1",
    },
    Columns {
        kind: "attribute-customer",
        read: "SELECT json_group_array(json_array(name, value, import_id)) FROM attribute WHERE entity = 'customer' AND row_id = ?1",
        write: "INSERT OR REPLACE INTO attribute (entity, row_id, name, value, import_id)
                SELECT 'customer', ?1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2)",
    },
    Columns {
        kind: "attribute-orders",
        read: "SELECT json_group_array(json_array(name, value, import_id)) FROM attribute WHERE entity = 'orders' AND row_id = ?1",
        write: "INSERT OR REPLACE INTO attribute (entity, row_id, name, value, import_id)
                SELECT 'orders', ?1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2)",
    },
    Columns {
        kind: "attribute-product",
        read: "SELECT json_group_array(json_array(name, value, import_id)) FROM attribute WHERE entity = 'product' AND row_id = ?1",
        write: "INSERT OR REPLACE INTO attribute (entity, row_id, name, value, import_id)
                SELECT 'product', ?1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2)",
    },
];

/// Reads a row as its image.
pub fn read(connection: &Connection, kind: &str, id: i64) -> Result<String> {
    let Some(columns) = UPDATED.iter().find(|c| c.kind == kind) else { return Ok("[]".into()) };
    Ok(connection.prepare_cached(columns.read)?.query_row([id], |row| row.get(0))?)
}

/// Keeps the image of a row before it is changed.
pub fn keep_row(connection: &Connection, import: i64, kind: &str, id: i64) -> Result<()> {
    let body = read(connection, kind, id)?;
    keep(connection, import, kind, id, &body)
}

/// Puts every row that an import changed back to what it was.
pub fn restore(connection: &Connection, import: i64) -> Result<()> {
    let mut select = connection.prepare("SELECT kind, row_id, body FROM import_image WHERE import_id = ?")?;
    let mut rows = select.query([import])?;
    while let Some(row) = rows.next()? {
        let (kind, id, body): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if kind == "order" {
            let order: OrderRow = serde_json::from_str(&body)?;
            order.write(connection, id)?;
        } else if let Some(columns) = UPDATED.iter().find(|c| c.kind == kind) {
            connection.prepare_cached(columns.write)?.execute(params![id, body])?;
        }
    }
    Ok(())
}
