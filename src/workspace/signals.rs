//! What triggers ask for beyond orders: carts and looks by the moment, products as they were observed.

use rusqlite::Connection;

use super::load::read_customers;
use super::{Result, Workspace};
use crate::jobs::Progress;
use crate::model::dataset::{Dataset, NO_CUSTOMER};
use crate::model::signals::{CartSeen, Observed, Signals, View};
use crate::model::time::DayClock;
use crate::model::{Touches, Zone};

/// The kind of event that is a look at a product.
pub const VIEW: &str = "view";

/// Kinds of contacts that are messages to a customer.
const MESSAGES: [&str; 6] = ["sent", "send", "message", "email sent", "received email", "received sms"];

impl Workspace {
    /// Reads what triggers ask of the shop that `data` was read from, in the same zone.
    pub fn signals(&self, data: &Dataset, zone: Zone, progress: &Progress) -> Result<Signals> {
        let connection = &self.connection;
        let customers = read_customers(connection, zone)?.1;
        let index = |id: u32| customers.get(id as usize).copied().filter(|&index| index != NO_CUSTOMER);
        let mut clock = DayClock::new(zone);
        let mut signals = Signals { revision: self.data_revision()?, ..Signals::default() };
        read_carts(connection, &index, &mut clock, &mut signals)?;
        progress.step(0)?;
        signals.views = read_views(connection, &index, &mut clock)?;
        progress.step(0)?;
        signals.contacts = read_contacts(connection, &index, &mut clock)?;
        signals.contacts.extend(messages(&self.touches(data, zone, &self.channel_names()?, progress)?));
        signals.contacts.sort_unstable();
        signals.observed = self.observed(zone)?;
        let sql = "SELECT coalesce(sum(recipients), 0) FROM send";
        signals.nameless = connection.query_row(sql, [], |row| row.get::<_, i64>(0))?.try_into().unwrap_or(0);
        let mut coded: Vec<u32> = self.code_uses(data)?.into_iter().map(|(order, _)| order).collect();
        coded.dedup();
        signals.coded = coded;
        Ok(signals)
    }

    /// What products cost and had in stock, sorted by product and moment.
    pub fn observed(&self, zone: Zone) -> Result<Vec<Observed>> {
        // A file of an older Cartwright that is opened for reading has none.
        if self.has_observations()? {
            read_observed(&self.connection, &mut DayClock::new(zone))
        } else {
            Ok(Vec::new())
        }
    }

    pub(super) fn has_observations(&self) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'observation')";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }
}

/// Carts with a moment; of which nobody knows when they were left, nothing follows.
fn read_carts(
    connection: &Connection,
    index: &impl Fn(u32) -> Option<u32>,
    clock: &mut DayClock,
    signals: &mut Signals,
) -> Result<()> {
    let sql = "SELECT customer_id, at, lines FROM cart WHERE customer_id IS NOT NULL AND at IS NOT NULL";
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let Some(customer) = index(row.get(0)?) else { continue };
        let lines: Vec<(Option<u32>, i64, i64)> = serde_json::from_str(row.get_ref(2)?.as_str()?)?;
        let first = signals.cart_products.len() as u32;
        signals.cart_products.extend(lines.iter().filter_map(|line| line.0));
        let count = signals.cart_products.len() as u32 - first;
        signals.carts.push(CartSeen { customer, at: clock.local(row.get(1)?), first, count });
    }
    signals.carts.sort_by_key(|cart| (cart.customer, cart.at));
    Ok(())
}

fn read_views(connection: &Connection, index: &impl Fn(u32) -> Option<u32>, clock: &mut DayClock) -> Result<Vec<View>> {
    let sql = "SELECT customer_id, at, body ->> 'product' FROM event WHERE kind = ? AND customer_id IS NOT NULL";
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query([VIEW])?;
    let mut views = Vec::new();
    while let Some(row) = rows.next()? {
        let Some(customer) = index(row.get(0)?) else { continue };
        views.push(View {
            customer,
            at: clock.local(row.get(1)?),
            product: row.get::<_, Option<u32>>(2)?.unwrap_or(0),
        });
    }
    views.sort_unstable();
    Ok(views)
}

/// Messages among the events.
fn read_contacts(
    connection: &Connection,
    index: &impl Fn(u32) -> Option<u32>,
    clock: &mut DayClock,
) -> Result<Vec<(u32, i64)>> {
    let sql = "SELECT customer_id, at FROM event WHERE customer_id IS NOT NULL AND lower(kind) IN (?, ?, ?, ?, ?, ?)";
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query(MESSAGES)?;
    let mut contacts = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(customer) = index(row.get(0)?) {
            contacts.push((customer, clock.local(row.get(1)?)));
        }
    }
    Ok(contacts)
}

/// Messages among the touchpoints.
fn messages(touches: &Touches) -> impl Iterator<Item = (u32, i64)> + '_ {
    let is_message: Vec<bool> = touches.kinds.iter().map(|kind| MESSAGES.contains(&kind.as_str())).collect();
    let of_customer = (0..touches.len()).take_while(|&i| touches.person[i] < touches.customers);
    of_customer.filter(move |&i| is_message[usize::from(touches.kind[i])]).map(|i| (touches.person[i], touches.at[i]))
}

fn read_observed(connection: &Connection, clock: &mut DayClock) -> Result<Vec<Observed>> {
    let mut select = connection.prepare("SELECT product_id, at, price, stock FROM observation ORDER BY 1, 2")?;
    let mut rows = select.query([])?;
    let mut observed = Vec::new();
    while let Some(row) = rows.next()? {
        let at = clock.local(row.get(1)?);
        observed.push(Observed { product: row.get(0)?, at, price: row.get(2)?, stock: row.get(3)? });
    }
    Ok(observed)
}
