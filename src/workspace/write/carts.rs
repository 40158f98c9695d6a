//! Carts that were left, and discounts as the shop defines them.

use rusqlite::{OptionalExtension, params};

use super::people::{NewCustomer, People};
use super::products::Products;
use super::{Change, Context, Result, images};
use crate::model::record::{CartRecord, DiscountRecord};

/// Stores a cart; a later file replaces what it says of the same cart.
pub fn accept_cart<'c>(
    cart: &CartRecord,
    context: &mut Context<'c>,
    people: &mut People<'c>,
    products: &mut Products<'c>,
) -> Result<()> {
    let new = NewCustomer { name: None, country: None, line: cart.line };
    let customer = people.resolve(&cart.customer, 0, &new, context)?;
    let mut lines = Vec::with_capacity(cart.lines.len());
    for line in &cart.lines {
        lines.push((products.of_line(line, 0, context)?, line.quantity_milli, line.amount));
    }
    let lines = serde_json::to_string(&lines)?;
    let currency = context.labels.id(cart.currency.unwrap_or(context.currency).code())?;
    let known = find(context, "SELECT id FROM cart WHERE key = ? AND origin = ?", params![cart.key, context.origin])?;
    let change = upsert(context, "cart", known, |context| {
        let sql = "INSERT INTO cart (origin, key, customer_id, at, currency, total, lines, import_id, line)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET customer_id = coalesce(excluded.customer_id, customer_id),
                at = coalesce(excluded.at, at), currency = excluded.currency,
                total = coalesce(excluded.total, total), lines = excluded.lines";
        context.connection.prepare_cached(sql)?.execute(params![
            context.origin,
            cart.key,
            customer,
            cart.at,
            currency,
            cart.total,
            lines,
            context.import,
            cart.line as i64
        ])?;
        Ok(())
    })?;
    context.tally.add("carts", change, 1);
    Ok(())
}

/// Stores a discount by its code.
pub fn accept_discount(d: &DiscountRecord, context: &mut Context<'_>) -> Result<()> {
    let known = find(context, "SELECT id FROM discount WHERE code = ?", params![d.code])?;
    let change = upsert(context, "discount", known, |context| {
        let sql = "INSERT INTO discount (code, kind, value, starts_at, ends_at, used, status, import_id, line)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET kind = excluded.kind, value = coalesce(excluded.value, value),
                starts_at = coalesce(excluded.starts_at, starts_at), ends_at = coalesce(excluded.ends_at, ends_at),
                used = coalesce(excluded.used, used), status = coalesce(excluded.status, status)";
        context.connection.prepare_cached(sql)?.execute(params![
            d.code,
            d.kind,
            d.value,
            d.starts_at,
            d.ends_at,
            d.used,
            d.status,
            context.import,
            d.line as i64
        ])?;
        Ok(())
    })?;
    context.tally.add("discounts", change, 1);
    Ok(())
}

pub(super) fn find(context: &Context<'_>, sql: &str, key: impl rusqlite::Params) -> Result<Option<i64>> {
    Ok(context.connection.prepare_cached(sql)?.query_row(key, |row| row.get(0)).optional()?)
}

/// Writes a row and tells what that changed, keeping the image of a known row.
pub(super) fn upsert(
    context: &Context<'_>,
    kind: &str,
    known: Option<i64>,
    write: impl FnOnce(&Context<'_>) -> Result<()>,
) -> Result<Change> {
    let Some(id) = known else {
        write(context)?;
        return Ok(Change::Created);
    };
    let before = images::read(context.connection, kind, id)?;
    write(context)?;
    if images::read(context.connection, kind, id)? == before {
        return Ok(Change::Unchanged);
    }
    images::keep(context.connection, context.import, kind, id, &before)?;
    Ok(Change::Updated)
}
