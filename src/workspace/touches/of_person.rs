//! All touchpoints of a person, for what is shown of one and for erasing one.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row};

use super::{ORDER, order_name};
use crate::workspace::Result;

/// Row ids of the touchpoints that name an account or an order, and of those whose visitor one of these names and that
/// name nobody else.
pub fn touches_of(connection: &Connection, accounts: &[u32], orders: &[u32]) -> Result<BTreeSet<i64>> {
    let mut found = BTreeSet::new();
    let mut add = |sql: &str, key: i64| -> Result<()> {
        let mut select = connection.prepare_cached(sql)?;
        for id in select.query_map([key], |row| row.get(0))? {
            found.insert(id?);
        }
        Ok(())
    };
    let handles = "SELECT h.id FROM identity i JOIN handle h ON h.space = i.origin AND h.value = i.value
        WHERE i.customer_id = ?";
    for handle in accounts.iter().map(|&id| ids(connection, handles, id)).collect::<Result<Vec<_>>>()?.concat() {
        add("SELECT id FROM touchpoint WHERE email = ? AND email > 0", handle)?;
        add("SELECT id FROM touchpoint WHERE account = ? AND account > 0", handle)?;
    }
    for &order in orders {
        add("SELECT id FROM touchpoint WHERE order_id = ? AND order_id > 0", i64::from(order))?;
        for handle in names_of(connection, order)? {
            add("SELECT id FROM touchpoint WHERE order_named = ? AND order_named > 0", handle)?;
        }
    }
    let mut visitors = BTreeSet::new();
    for id in &found {
        let sql = "SELECT visitor FROM touchpoint WHERE id = ? AND visitor > 0";
        visitors.extend(connection.prepare_cached(sql)?.query_row([id], |row| row.get::<_, i64>(0)).optional()?);
    }
    for visitor in visitors {
        let sql = "SELECT id FROM touchpoint WHERE visitor = ? AND visitor > 0
            AND email = 0 AND account = 0 AND order_named = 0 AND order_id = 0";
        let mut select = connection.prepare_cached(sql)?;
        for id in select.query_map([visitor], |row| row.get(0))? {
            found.insert(id?);
        }
    }
    Ok(found)
}

fn ids(connection: &Connection, sql: &str, key: u32) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached(sql)?;
    let ids = select.query_map([key], |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// Handles of what touchpoints call an order.
fn names_of(connection: &Connection, order: u32) -> Result<Vec<i64>> {
    let sql = "SELECT key, number FROM orders WHERE id = ?";
    let texts = |row: &Row<'_>| Ok([row.get::<_, Option<String>>(0)?, row.get(1)?]);
    let named = connection.prepare_cached(sql)?.query_row([order], texts).optional()?;
    let mut handles = Vec::new();
    for name in named.into_iter().flatten().flatten().map(|name| order_name(&name)) {
        let sql = "SELECT id FROM handle WHERE space = ? AND value = ?";
        let id = connection.prepare_cached(sql)?.query_row((ORDER, name), |row| row.get::<_, i64>(0)).optional()?;
        handles.extend(id);
    }
    Ok(handles)
}
