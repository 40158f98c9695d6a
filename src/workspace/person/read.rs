//! Reading a person.

use rusqlite::{OptionalExtension, Row, params_from_iter};

use super::{
    Account, Attribute, CartEntry, ConsentEntry, Identity, LineEntry, OrderEntry, Person, RefundEntry, TouchEntry,
};
use crate::model::ChannelNames;
use crate::model::channels::Said;
use crate::model::dataset::flag;
use crate::model::record::OrderStatus;
use crate::model::{Currency, Day};
use crate::workspace::lists::{Origin, origin};
use crate::workspace::touches::touches_of;
use crate::workspace::write::LINE_BITS;
use crate::workspace::{Error, Result, Workspace};

/// The account and those merged into it, as a table of ids.
const ACCOUNTS: &str = "WITH RECURSIVE a(id) AS
    (SELECT ?1 UNION SELECT c.id FROM customer c JOIN a ON c.merged_into = a.id)";

impl Workspace {
    /// Row ids of the people whom a key names: `#12` is a row, everything else a shop's id or an e-mail address.
    /// Accounts that were merged count as the one they were merged into.
    pub fn people_named(&self, key: &str) -> Result<Vec<u32>> {
        let key = key.trim();
        let found: Vec<u32> = match key.strip_prefix('#').map(str::parse::<u32>) {
            Some(Ok(id)) => self.ids("SELECT id FROM customer WHERE id = ?", [id.to_string()])?,
            _ => {
                let keys = [key.to_owned(), key.to_lowercase()];
                self.ids("SELECT DISTINCT customer_id FROM identity WHERE value IN (?, ?)", keys)?
            }
        };
        let mut roots: Vec<u32> = found.into_iter().map(|id| self.root_of(id)).collect::<Result<_>>()?;
        roots.sort_unstable();
        roots.dedup();
        Ok(roots)
    }

    fn ids<const N: usize>(&self, sql: &str, keys: [String; N]) -> Result<Vec<u32>> {
        let mut select = self.connection.prepare_cached(sql)?;
        let ids = select.query_map(params_from_iter(keys), |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    /// The account that a row was merged into, over any number of merges.
    fn root_of(&self, id: u32) -> Result<u32> {
        let sql = "WITH RECURSIVE up(id, into_id) AS (SELECT id, merged_into FROM customer WHERE id = ?1
                UNION SELECT c.id, c.merged_into FROM customer c JOIN up ON c.id = up.into_id)
            SELECT id FROM up WHERE into_id IS NULL";
        Ok(self.connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?.unwrap_or(id))
    }

    /// Everything about a person, with the orders of these row ids.
    ///
    /// # Errors
    /// When there is no such customer, or the workspace cannot be read.
    pub fn person(&self, id: u32, orders: &[u32]) -> Result<Person> {
        let accounts = self.rows(
            "SELECT c.id, c.name, c.phone, country.text, c.created_at, c.birth_date, c.tags, import.file, c.line,
                 import.imported_at
             FROM a JOIN customer c ON c.id = a.id LEFT JOIN label country ON country.id = c.country
                 LEFT JOIN import ON import.id = c.import_id ORDER BY c.id <> ?1, c.id",
            id,
            account,
        )?;
        if accounts.is_empty() {
            return Err(Error::Refused("this customer is no longer in the workspace; nothing was changed".into()));
        }
        let product = |id: Option<i64>| self.product_of(id);
        Ok(Person {
            id,
            accounts,
            identities: self.rows(
                "SELECT i.customer_id, label.text, i.value FROM a JOIN identity i ON i.customer_id = a.id
                 LEFT JOIN label ON label.id = i.origin ORDER BY a.id <> ?1, i.origin, i.id",
                id,
                |row| Ok(Identity { account: row.get(0)?, system: row.get(1)?, value: row.get(2)? }),
            )?,
            consents: self.rows(
                "SELECT s.channel, s.granted, s.at, s.source, import.file, s.line, import.imported_at
                 FROM a JOIN consent s ON s.customer_id = a.id LEFT JOIN import ON import.id = s.import_id
                 ORDER BY s.channel, a.id <> ?1, s.at DESC",
                id,
                consent,
            )?,
            attributes: self.rows(
                "SELECT t.name, t.value, import.file FROM a JOIN attribute t ON t.entity = 'customer' AND t.row_id = a.id
                 LEFT JOIN import ON import.id = t.import_id ORDER BY t.name, a.id <> ?1",
                id,
                attribute,
            )?,
            carts: self.rows(
                "SELECT t.at, label.text, t.total, json_array_length(t.lines), import.file, t.line, import.imported_at
                 FROM a JOIN cart t ON t.customer_id = a.id LEFT JOIN label ON label.id = t.currency
                 LEFT JOIN import ON import.id = t.import_id ORDER BY t.at, t.id",
                id,
                cart,
            )?,
            touches: self.touch_entries(id, orders)?,
            orders: orders.iter().map(|order| self.order_of(*order, &product)).collect::<Result<_>>()?,
        })
    }

    /// Touchpoints and events, oldest first.
    fn touch_entries(&self, id: u32, orders: &[u32]) -> Result<Vec<TouchEntry>> {
        let mut entries = self.rows(
            "SELECT e.at, e.kind, NULL, NULL, import.file, coalesce(e.line, 0), import.imported_at
             FROM a JOIN event e ON e.customer_id = a.id LEFT JOIN import ON import.id = e.import_id ORDER BY 1",
            id,
            touch,
        )?;
        if !self.has_touches()? {
            return Ok(entries);
        }
        let names = self.channel_names()?;
        let accounts = self.rows("SELECT id FROM a", id, |row| row.get::<_, u32>(0))?;
        for touch in touches_of(&self.connection, &accounts, orders)? {
            entries.push(self.touch_entry(touch, &names)?);
        }
        entries.sort_by_key(|entry| entry.at);
        Ok(entries)
    }

    fn touch_entry(&self, id: i64, names: &ChannelNames) -> Result<TouchEntry> {
        let sql = "SELECT t.at, kind.text, channel.text, campaign.text, import.file, t.line, import.imported_at,
                source.text, medium.text
            FROM touchpoint t LEFT JOIN label kind ON kind.id = t.kind LEFT JOIN label channel ON channel.id = t.channel
                LEFT JOIN label campaign ON campaign.id = t.campaign LEFT JOIN label source ON source.id = t.source
                LEFT JOIN label medium ON medium.id = t.medium LEFT JOIN import ON import.id = t.import_id
            WHERE t.id = ?";
        let entry = self.connection.prepare_cached(sql)?.query_row([id], |row| {
            let text = |column| row.get::<_, Option<String>>(column);
            let (channel, source, medium) = (text(2)?, text(7)?, text(8)?);
            let said = Said {
                channel: channel.as_deref(),
                source: source.as_deref(),
                medium: medium.as_deref(),
                ..Said::default()
            };
            Ok(TouchEntry { channel: Some(names.name(&said).0), ..touch(row)? })
        })?;
        Ok(entry)
    }

    fn rows<T>(&self, sql: &str, id: u32, one: fn(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
        let mut select = self.connection.prepare_cached(&format!("{ACCOUNTS} {sql}"))?;
        let rows = select.query_map([id], one)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Name and stock keeping unit of a product.
    fn product_of(&self, id: Option<i64>) -> Result<(Option<String>, Option<String>)> {
        let Some(id) = id else { return Ok((None, None)) };
        let mut select = self.connection.prepare_cached("SELECT nullif(title, ''), sku FROM product WHERE id = ?")?;
        let found = select.query_row([id], |row| Ok((row.get::<_, Option<String>>(0)?, row.get(1)?))).optional()?;
        let (title, sku): (Option<String>, Option<String>) = found.unwrap_or_default();
        Ok((title.or_else(|| sku.clone()), sku))
    }

    fn order_of(
        &self,
        id: u32,
        product: &impl Fn(Option<i64>) -> Result<(Option<String>, Option<String>)>,
    ) -> Result<OrderEntry> {
        let sql = "SELECT coalesce(o.number, o.key), o.placed_at, o.status, o.flags, currency.text, country.text,
                channel.text, o.discount, o.shipping, o.tax, o.total, import.file, o.line, import.imported_at,
                of_lines.file, of_lines.imported_at
            FROM orders o LEFT JOIN label currency ON currency.id = o.currency
                LEFT JOIN label country ON country.id = o.country LEFT JOIN label channel ON channel.id = o.channel
                LEFT JOIN import ON import.id = o.import_id LEFT JOIN import of_lines ON of_lines.id = o.lines_import
            WHERE o.id = ?";
        let mut lines_from = Origin::default();
        let mut order = self.connection.prepare_cached(sql)?.query_row([id], |row| {
            lines_from.file = row.get::<_, Option<String>>(14)?.unwrap_or_default();
            lines_from.imported_at = row.get::<_, Option<i64>>(15)?.unwrap_or(0);
            order(row, id)
        })?;
        let (from, to) = (i64::from(id) << LINE_BITS, (i64::from(id) + 1) << LINE_BITS);
        let sql = "SELECT product_id, quantity, amount, discount, line FROM line WHERE id >= ? AND id < ?";
        let mut select = self.connection.prepare_cached(sql)?;
        let mut rows = select.query([from, to])?;
        while let Some(row) = rows.next()? {
            let (name, sku) = product(row.get(0)?)?;
            order.lines.push(LineEntry {
                product: name,
                sku,
                quantity_milli: row.get(1)?,
                amount: row.get(2)?,
                discount: row.get(3)?,
                origin: Origin { line: row.get::<_, i64>(4)? as u64, ..lines_from.clone() },
            });
        }
        let connection = &self.connection;
        let mut select = connection.prepare_cached(
            "SELECT label.text FROM code_use JOIN label ON label.id = code WHERE order_id = ? ORDER BY 1",
        )?;
        order.codes = select.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let sql = "SELECT r.at, r.amount, r.reason, import.file, r.line, import.imported_at FROM refund r
            LEFT JOIN import ON import.id = r.import_id WHERE r.order_id = ? ORDER BY r.at, r.id";
        order.refunds = connection.prepare_cached(sql)?.query_map([id], refund)?.collect::<rusqlite::Result<_>>()?;
        let sql = "SELECT t.name, t.value, import.file FROM attribute t LEFT JOIN import ON import.id = t.import_id
            WHERE t.entity = 'orders' AND t.row_id = ? ORDER BY t.name";
        let mut select = connection.prepare_cached(sql)?;
        order.attributes = select.query_map([id], attribute)?.collect::<rusqlite::Result<_>>()?;
        Ok(order)
    }
}

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let tags: Option<String> = row.get(6)?;
    Ok(Account {
        id: row.get(0)?,
        name: row.get(1)?,
        phone: row.get(2)?,
        country: row.get(3)?,
        created_at: row.get(4)?,
        birth_date: row.get::<_, Option<String>>(5)?.and_then(|text| Day::parse(&text)),
        tags: tags.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
        origin: origin(row, 7)?,
    })
}

fn consent(row: &Row<'_>) -> rusqlite::Result<ConsentEntry> {
    Ok(ConsentEntry {
        channel: row.get(0)?,
        granted: row.get(1)?,
        at: row.get(2)?,
        source: row.get(3)?,
        origin: origin(row, 4)?,
    })
}

fn attribute(row: &Row<'_>) -> rusqlite::Result<Attribute> {
    Ok(Attribute { name: row.get(0)?, value: row.get(1)?, file: row.get::<_, Option<String>>(2)?.unwrap_or_default() })
}

fn currency(row: &Row<'_>, column: usize) -> rusqlite::Result<Currency> {
    let code: Option<String> = row.get(column)?;
    Ok(code.and_then(|code| Currency::parse(&code)).unwrap_or(Currency::USD))
}

fn cart(row: &Row<'_>) -> rusqlite::Result<CartEntry> {
    Ok(CartEntry {
        at: row.get(0)?,
        currency: currency(row, 1)?,
        total: row.get(2)?,
        lines: row.get::<_, Option<i64>>(3)?.unwrap_or(0).unsigned_abs(),
        origin: origin(row, 4)?,
    })
}

fn touch(row: &Row<'_>) -> rusqlite::Result<TouchEntry> {
    Ok(TouchEntry {
        at: row.get(0)?,
        kind: row.get(1)?,
        channel: row.get(2)?,
        campaign: row.get(3)?,
        origin: origin(row, 4)?,
    })
}

fn refund(row: &Row<'_>) -> rusqlite::Result<RefundEntry> {
    Ok(RefundEntry { at: row.get(0)?, amount: row.get(1)?, reason: row.get(2)?, origin: origin(row, 3)? })
}

fn order(row: &Row<'_>, id: u32) -> rusqlite::Result<OrderEntry> {
    let flags: u8 = row.get(3)?;
    Ok(OrderEntry {
        id,
        number: row.get(0)?,
        placed_at: row.get(1)?,
        status: OrderStatus::from_number(row.get(2)?),
        test: flags & flag::TEST != 0,
        is_return: flags & flag::RETURN != 0,
        currency: currency(row, 4)?,
        country: row.get(5)?,
        channel: row.get(6)?,
        discount: row.get(7)?,
        shipping: row.get(8)?,
        tax: row.get(9)?,
        total: row.get(10)?,
        codes: Vec::new(),
        lines: Vec::new(),
        refunds: Vec::new(),
        attributes: Vec::new(),
        origin: origin(row, 11)?,
    })
}
