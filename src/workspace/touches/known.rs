//! Whom and which orders the words of touchpoints mean, by what is imported now.

use rusqlite::Connection;

use super::{NOBODY, ORDER, Space, VISITOR, order_name};
use crate::model::dataset::{Dataset, NO_CUSTOMER};
use crate::model::touch::NO_ORDER;
use crate::workspace::Result;
use crate::workspace::keys::KeyTable;

/// Customers and orders by handle.
pub struct Known {
    customer: Vec<u32>,
    named: Vec<Option<Match>>,
    /// Position of each order id.
    position: Vec<u32>,
}

/// The order that a name means.
#[derive(Clone, Copy)]
struct Match {
    id: u32,
    /// It is the order's key rather than the number shown.
    by_key: bool,
    /// Another order is called the same, so it means none.
    doubtful: bool,
}

impl Known {
    pub fn read(connection: &Connection, index_of: &[u32], data: &Dataset) -> Result<Self> {
        let last: u32 = connection.query_row("SELECT coalesce(max(id), 0) FROM handle", [], |row| row.get(0))?;
        let mut known = Self {
            customer: vec![NOBODY; last as usize + 1],
            named: vec![None; last as usize + 1],
            position: positions(&data.orders.id),
        };
        let mut keys = KeyTable::default();
        let (mut people, mut orders) = (false, false);
        let mut select = connection.prepare("SELECT id, space, value FROM handle WHERE space <> ?")?;
        let mut rows = select.query([VISITOR])?;
        while let Some(row) = rows.next()? {
            let space: Space = row.get(1)?;
            keys.set(space as u32, row.get_ref(2)?.as_str()?, row.get(0)?);
            people |= space != ORDER;
            orders |= space == ORDER;
        }
        if people {
            known.find_people(connection, &keys, index_of)?;
        }
        if orders {
            known.find_orders(connection, &keys)?;
        }
        Ok(known)
    }

    fn find_people(&mut self, connection: &Connection, keys: &KeyTable, index_of: &[u32]) -> Result<()> {
        let mut select = connection.prepare("SELECT customer_id, origin, value FROM identity")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let Some(handle) = keys.get(row.get(1)?, row.get_ref(2)?.as_str()?) else { continue };
            let customer = index_of.get(row.get::<_, u32>(0)? as usize).copied().unwrap_or(NO_CUSTOMER);
            self.customer[handle as usize] = if customer == NO_CUSTOMER { NOBODY } else { customer };
        }
        Ok(())
    }

    fn find_orders(&mut self, connection: &Connection, keys: &KeyTable) -> Result<()> {
        let mut select = connection.prepare("SELECT id, key, number FROM orders")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            for (column, by_key) in [(1, true), (2, false)] {
                let Some(text) = row.get_ref(column)?.as_str_or_null()? else { continue };
                let Some(handle) = keys.get(ORDER as u32, &order_name(text)) else { continue };
                let slot = &mut self.named[handle as usize];
                *slot = Some(match *slot {
                    // A key beats a number; the same order by both is one.
                    Some(found) if found.id == id || (found.by_key && !by_key) => found,
                    Some(found) if found.by_key == by_key => Match { doubtful: true, ..found },
                    _ => Match { id, by_key, doubtful: false },
                });
            }
        }
        Ok(())
    }

    /// Number of handles, the one for none included.
    pub fn handles(&self) -> usize {
        self.customer.len()
    }

    /// The customer of a shop id or an e-mail address, by handles.
    pub fn customer(&self, account: u32, email: u32) -> u32 {
        let of = |handle: u32| self.customer.get(handle as usize).copied().unwrap_or(NOBODY);
        match of(account) {
            NOBODY => of(email),
            customer => customer,
        }
    }

    /// The position of an order by its row id, else by the handle of its name.
    pub fn order(&self, id: u32, named: u32) -> u32 {
        let found = self.named.get(named as usize).copied().flatten().filter(|found| !found.doubtful);
        let id = if id > 0 { Some(id) } else { found.map(|found| found.id) };
        id.and_then(|id| self.position.get(id as usize).copied()).unwrap_or(NO_ORDER)
    }
}

fn positions(ids: &[u32]) -> Vec<u32> {
    let mut positions = vec![NO_ORDER; ids.iter().max().map_or(0, |&last| last as usize + 1)];
    for (position, &id) in (0_u32..).zip(ids) {
        positions[id as usize] = position;
    }
    positions
}
