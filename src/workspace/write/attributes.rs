//! Further columns that the user chose to keep.

use rusqlite::params;

use super::{Context, Result, images};

/// Whether all these values are stored already.
pub fn same(context: &Context<'_>, entity: &str, id: i64, values: &[(String, String)]) -> Result<bool> {
    for (name, value) in values {
        let sql = "SELECT count(*) FROM attribute WHERE entity = ? AND row_id = ? AND name = ? AND value = ?";
        let found: i64 =
            context.connection.prepare_cached(sql)?.query_row(params![entity, id, name, value], |r| r.get(0))?;
        if found == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Stores values, keeping an image of what they replace.
pub fn write(context: &Context<'_>, entity: &str, id: i64, values: &[(String, String)]) -> Result<()> {
    if values.is_empty() || same(context, entity, id, values)? {
        return Ok(());
    }
    images::keep_row(context.connection, context.import, &format!("attribute-{entity}"), id)?;
    let sql = "INSERT INTO attribute (entity, row_id, name, value, import_id) VALUES (?, ?, ?, ?, ?)
               ON CONFLICT DO UPDATE SET value = excluded.value, import_id = excluded.import_id
               WHERE value <> excluded.value";
    let mut insert = context.connection.prepare_cached(sql)?;
    for (name, value) in values {
        insert.execute(params![entity, id, name, value, context.import])?;
    }
    Ok(())
}
