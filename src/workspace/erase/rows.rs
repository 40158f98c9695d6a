//! What an erasure does to the rows of a workspace, within a transaction.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::keys::{Erased, Space};
use super::needles::Needles;
use super::{Footprint, OrdersOf, texts};
use crate::workspace::touches::{VISITOR, touches_of};
use crate::workspace::{Error, Result};

/// The account and those merged into it.
const ACCOUNTS: &str = "IN (SELECT id FROM temp.gone_account)";
/// Their orders.
const ORDERS: &str = "IN (SELECT id FROM temp.gone_order)";

/// Erases a person; `id` is the account that others were merged into.
pub fn erase(connection: &Connection, id: u32, orders: OrdersOf) -> Result<Footprint> {
    find(connection, id)?;
    // Before the names go by which they are found.
    let touches = take_touches(connection)?;
    let needles = remember(connection, orders)?;
    let mut out = Out { connection, footprint: Footprint { orders, ..Footprint::default() } };
    out.footprint.files = files(connection, &needles)?;
    match orders {
        OrdersOf::Keep => {
            out.leave("orders", &format!("UPDATE orders SET customer_id = NULL WHERE id {ORDERS}"))?;
        }
        OrdersOf::Delete => delete_orders(&mut out)?,
    }
    out.take("kept columns of orders", &format!("DELETE FROM attribute WHERE entity = 'orders' AND row_id {ORDERS}"))?;
    out.leave("carts", &format!("UPDATE cart SET customer_id = NULL WHERE customer_id {ACCOUNTS}"))?;
    out.count_taken("touchpoints", touches);
    out.take("events", &format!("DELETE FROM event WHERE customer_id {ACCOUNTS}"))?;
    out.take("consents", &format!("DELETE FROM consent WHERE customer_id {ACCOUNTS}"))?;
    out.take(
        "kept columns of the customer",
        &format!("DELETE FROM attribute WHERE entity = 'customer' AND row_id {ACCOUNTS}"),
    )?;
    out.take("e-mail addresses and shop ids", &format!("DELETE FROM identity WHERE customer_id {ACCOUNTS}"))?;
    out.take("accounts", &format!("DELETE FROM customer WHERE id {ACCOUNTS}"))?;
    images(&mut out)?;
    let rejected = texts::blank_rejected(connection, &needles)?;
    out.count_taken("rejected rows that named the person", rejected);
    let texts = texts::take_out(connection, &needles)?;
    out.count_taken("texts that named the person", texts);
    connection.execute_batch("DELETE FROM temp.gone_account; DELETE FROM temp.gone_order")?;
    Ok(out.footprint)
}

/// Notes which accounts and orders are meant.
fn find(connection: &Connection, id: u32) -> Result<()> {
    connection.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS gone_account (id INTEGER PRIMARY KEY);
         CREATE TEMP TABLE IF NOT EXISTS gone_order (id INTEGER PRIMARY KEY);
         DELETE FROM temp.gone_account; DELETE FROM temp.gone_order;",
    )?;
    let accounts = connection.execute(
        "INSERT INTO temp.gone_account WITH RECURSIVE a(id) AS (SELECT id FROM customer WHERE id = ?1
            UNION SELECT c.id FROM customer c JOIN a ON c.merged_into = a.id) SELECT id FROM a",
        [id],
    )?;
    if accounts == 0 {
        return Err(Error::Refused("this customer is no longer in the workspace; nothing was changed".into()));
    }
    connection
        .execute(&format!("INSERT INTO temp.gone_order SELECT id FROM orders WHERE customer_id {ACCOUNTS}"), [])?;
    Ok(())
}

/// Keeps hashes of what sources call the person, and gives what to look for in texts.
fn remember(connection: &Connection, orders: OrdersOf) -> Result<Needles> {
    let erased = Erased::read(connection)?;
    let mut needles = Needles::default();
    let sql = format!(
        "SELECT label.text, i.value FROM identity i LEFT JOIN label ON label.id = i.origin WHERE customer_id {ACCOUNTS}"
    );
    let mut select = connection.prepare(&sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (origin, value): (Option<String>, String) = (row.get(0)?, row.get(1)?);
        match origin {
            Some(origin) => erased.keep(connection, Space::ShopId(&origin), &value)?,
            None => {
                erased.keep(connection, Space::Email, &value)?;
                needles.add_email(&value);
            }
        }
    }
    // Also what they were called before a later file said otherwise.
    let mut select = connection.prepare(&format!(
        "SELECT name, phone FROM customer WHERE id {ACCOUNTS}
         UNION SELECT body ->> 0, body ->> 1 FROM import_image WHERE kind = 'customer' AND row_id {ACCOUNTS}"
    ))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (name, phone): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
        name.iter().for_each(|name| needles.add_name(name));
        phone.iter().for_each(|phone| needles.add_phone(phone));
    }
    for text in needles.all() {
        erased.keep(connection, Space::Text, text)?;
    }
    if orders == OrdersOf::Delete {
        let sql =
            format!("SELECT label.text, o.key FROM orders o JOIN label ON label.id = o.origin WHERE o.id {ORDERS}");
        let mut select = connection.prepare(&sql)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (origin, key): (String, String) = (row.get(0)?, row.get(1)?);
            erased.keep(connection, Space::Order(&origin), &key)?;
        }
    }
    Ok(needles)
}

/// Deletes the person's touchpoints, by whatever they name, with their names; gives how many there were. Hashes of the
/// visitor ids stay, so that a later file does not bring them back.
fn take_touches(connection: &Connection) -> Result<u64> {
    let ids = |sql: &str| -> Result<Vec<u32>> {
        let mut select = connection.prepare(sql)?;
        let ids = select.query_map([], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    };
    let (accounts, orders) = (ids("SELECT id FROM temp.gone_account")?, ids("SELECT id FROM temp.gone_order")?);
    let touches = touches_of(connection, &accounts, &orders)?;
    let erased = Erased::read(connection)?;
    let mut named = BTreeSet::new();
    for id in &touches {
        let sql = "DELETE FROM touchpoint WHERE id = ? RETURNING email, account, visitor, order_named";
        let names = connection
            .prepare_cached(sql)?
            .query_row([id], |row| Ok([row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
        named.extend(names.into_iter().filter(|handle| *handle > 0));
    }
    for handle in named {
        let used =
            "SELECT EXISTS (SELECT 1 FROM touchpoint WHERE (email = ?1 AND email > 0) OR (account = ?1 AND account > 0)
            OR (visitor = ?1 AND visitor > 0) OR (order_named = ?1 AND order_named > 0))";
        if connection.prepare_cached(used)?.query_row([handle], |row| row.get::<_, bool>(0))? {
            continue;
        }
        let sql = "DELETE FROM handle WHERE id = ? RETURNING space, value";
        let (space, value): (i64, String) =
            connection.prepare_cached(sql)?.query_row([handle], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if space == VISITOR {
            erased.keep(connection, Space::Visitor, &value)?;
        }
    }
    Ok(touches.len() as u64)
}

/// Names of the files that told of the person: they lie outside the workspace.
fn files(connection: &Connection, needles: &Needles) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT DISTINCT import.file FROM import WHERE path <> '' AND (id IN (SELECT import_id FROM customer WHERE id {ACCOUNTS})
            OR id IN (SELECT import_id FROM identity WHERE customer_id {ACCOUNTS})
            OR id IN (SELECT import_id FROM consent WHERE customer_id {ACCOUNTS})
            OR id IN (SELECT import_id FROM orders WHERE id {ORDERS})) ORDER BY import.id"
    );
    let mut select = connection.prepare(&sql)?;
    let names = select.query_map([], |row| row.get::<_, String>(0))?;
    names.map(|name| Ok(name.map(|name| needles.taken_out(&name).unwrap_or(name))?)).collect()
}

/// Counts what is taken out and what is left without a name.
struct Out<'c> {
    connection: &'c Connection,
    footprint: Footprint,
}

impl Out<'_> {
    fn take(&mut self, what: &str, sql: &str) -> Result<()> {
        let n = self.connection.execute(sql, [])? as u64;
        self.count_taken(what, n);
        Ok(())
    }

    fn leave(&mut self, what: &str, sql: &str) -> Result<()> {
        let n = self.connection.execute(sql, [])? as u64;
        if n > 0 {
            self.footprint.nameless.push((what.to_owned(), n));
        }
        Ok(())
    }

    fn count_taken(&mut self, what: &str, n: u64) {
        if n > 0 {
            self.footprint.removed.push((what.to_owned(), n));
        }
    }
}

fn delete_orders(out: &mut Out<'_>) -> Result<()> {
    let lines = "SELECT line.id FROM temp.gone_order g
        JOIN line ON line.id >= (g.id << 20) AND line.id < ((g.id + 1) << 20)";
    out.take("order lines", &format!("DELETE FROM line WHERE id IN ({lines})"))?;
    out.take("refunds", &format!("DELETE FROM refund WHERE order_id {ORDERS}"))?;
    out.take("uses of discount codes", &format!("DELETE FROM code_use WHERE order_id {ORDERS}"))?;
    let connection = out.connection;
    connection.execute(&format!("UPDATE touchpoint SET order_id = 0 WHERE order_id {ORDERS}"), [])?;
    connection.execute(&format!("DELETE FROM import_image WHERE kind = 'order' AND row_id {ORDERS}"), [])?;
    out.take("orders", &format!("DELETE FROM orders WHERE id {ORDERS}"))
}

/// What undoing an import would bring back.
fn images(out: &mut Out<'_>) -> Result<()> {
    let connection = out.connection;
    let mut n = connection.execute(
        &format!(
            "DELETE FROM import_image WHERE (kind IN ('customer', 'consent', 'attribute-customer') AND row_id {ACCOUNTS})
                OR (kind = 'attribute-orders' AND row_id {ORDERS})"
        ),
        [],
    )?;
    for (kind, place) in [("customer", "$[6]"), ("order", "$.customer"), ("cart", "$[0]")] {
        let sql = format!(
            "UPDATE import_image SET body = json_set(body, '{place}', NULL)
             WHERE kind = '{kind}' AND body ->> '{place}' {ACCOUNTS}"
        );
        n += connection.execute(&sql, [])?;
    }
    out.count_taken("images that undo would have brought back", n as u64);
    Ok(())
}
