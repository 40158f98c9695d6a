//! Events: looks at products and whatever else a file tells by the moment, and what products cost and had in stock.

use rusqlite::params;
use serde_json::json;

use super::people::{NewCustomer, People};
use super::products::Products;
use super::{Change, Context, Result};
use crate::model::record::{EventRecord, LineRecord};

/// Stores an event; the same one again changes nothing.
pub fn accept_event<'c>(
    event: &EventRecord,
    context: &mut Context<'c>,
    people: &mut People<'c>,
    products: &mut Products<'c>,
) -> Result<()> {
    let new = NewCustomer { name: None, country: None, line: event.line };
    let customer = people.resolve(&event.customer, 0, &new, context)?;
    let named =
        LineRecord { line: event.line, sku: event.sku.clone(), title: event.title.clone(), ..LineRecord::default() };
    let product = products.of_line(&named, 0, context)?;
    if let Some(product) = product.filter(|_| event.price.is_some() || event.stock.is_some()) {
        let sql = "INSERT INTO observation (product_id, at, price, stock, import_id, line) VALUES (?, ?, ?, ?, ?, ?)
                   ON CONFLICT DO NOTHING";
        let values = params![product, event.at, event.price, event.stock, context.import, event.line as i64];
        let new = context.connection.prepare_cached(sql)?.execute(values)?;
        context.tally.add("observations", if new > 0 { Change::Created } else { Change::Unchanged }, 1);
    }
    if customer.is_some() {
        let body = product.map_or_else(|| json!({}), |product| json!({ "product": product })).to_string();
        let sql = "INSERT INTO event (customer_id, at, kind, body, import_id, line) VALUES (?, ?, ?, ?, ?, ?)
                   ON CONFLICT DO NOTHING";
        let values = params![customer, event.at, event.kind, body, context.import, event.line as i64];
        let new = context.connection.prepare_cached(sql)?.execute(values)?;
        context.tally.add("events", if new > 0 { Change::Created } else { Change::Unchanged }, 1);
    }
    Ok(())
}
