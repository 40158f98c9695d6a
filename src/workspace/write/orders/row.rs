//! An order as stored.

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::super::Result;
use super::super::batch::Item;
use super::super::products::Products;
use crate::model::dataset::flag;
use crate::model::record::{CustomerKey, LineRecord, OrderRecord, OrderStatus};

/// An order's lines have ids from `order << LINE_BITS` on.
pub const LINE_BITS: u32 = 20;

/// The source states the total; otherwise it is the sum of its parts.
pub const TOTAL_STATED: u8 = 4;

/// Its amounts and lines come from a summary: a file that says more replaces them.
pub const SUMMARY: u8 = 16;

/// The order itself was never seen, only its refund: booked as a return of its own until the order comes.
pub const REFUND_ALONE: u8 = 8;

/// An order as stored, with everything that hangs on it. Also its image for undo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    pub number: Option<String>,
    pub customer: Option<u32>,
    pub placed_at: i64,
    pub status: u8,
    pub flags: u8,
    pub currency: u32,
    pub country: Option<u32>,
    pub channel: Option<u32>,
    pub discount: i64,
    pub shipping: i64,
    pub tax: i64,
    pub total: i64,
    pub line: u64,
    pub lines_import: i64,
    pub lines: Vec<LineRow>,
    pub refunds: Vec<RefundRow>,
    pub codes: Vec<(u32, Option<i64>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRow {
    pub product: Option<u32>,
    pub quantity: i64,
    pub amount: i64,
    pub discount: i64,
    pub line: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundRow {
    pub at: Option<i64>,
    pub amount: i64,
    pub reason: Option<String>,
    pub import: i64,
    pub line: u64,
}

impl LineRow {
    /// Values of [`LINE_COLUMNS`] for the line at position `n` of an order.
    pub fn values(&self, order: i64, n: i64) -> [Item<'static>; 6] {
        let id = (order << LINE_BITS) + n;
        let line = self.line as i64;
        [
            id.into(),
            Item::optional(self.product),
            self.quantity.into(),
            self.amount.into(),
            self.discount.into(),
            line.into(),
        ]
    }

    pub fn content(&self) -> (Option<u32>, i64, i64, i64) {
        (self.product, self.quantity, self.amount, self.discount)
    }
}

impl OrderRow {
    pub fn line_discount(&self) -> i64 {
        self.lines.iter().map(|l| l.discount).sum()
    }

    /// Total and flags that follow from the parts.
    pub fn settle(&mut self, order_discount: i64) {
        self.discount = order_discount + self.line_discount();
        if self.flags & TOTAL_STATED == 0 {
            let amount: i64 = self.lines.iter().map(|l| l.amount).sum();
            self.total = amount - self.discount + self.shipping + self.tax;
        }
        let all_back = !self.lines.is_empty() && self.lines.iter().all(|l| l.quantity < 0);
        self.flags &= !flag::RETURN;
        if self.total < 0 || (all_back && self.total <= 0) {
            self.flags |= flag::RETURN;
        }
    }

    /// The stored order as a file would deliver it; what it does not know is blank.
    pub fn as_record(&self, key: &str, products: &Products<'_>) -> OrderRecord {
        let known = |minor: i64| (minor != 0).then_some(minor);
        let lines = self.lines.iter().map(|l| {
            let (sku, title) = products.name(l.product);
            LineRecord {
                line: l.line,
                sku,
                title,
                category: None,
                quantity_milli: l.quantity,
                amount: l.amount,
                discount: l.discount,
            }
        });
        OrderRecord {
            line: self.line,
            key: key.to_owned(),
            placed_at: Some(self.placed_at),
            status: Some(OrderStatus::from_number(self.status)),
            test: Some(self.flags & flag::TEST != 0),
            discount: known(self.discount - self.line_discount()),
            shipping: known(self.shipping),
            tax: known(self.tax),
            total: (self.flags & TOTAL_STATED != 0).then_some(self.total),
            lines: lines.collect(),
            ..Default::default()
        }
    }

    /// Blanks out names that are stored already, so that a later part does not replace them.
    pub fn keep_names(&self, record: &mut OrderRecord) {
        record.currency = None;
        if self.customer.is_some() {
            record.customer = CustomerKey::default();
        }
        record.number.take_if(|_| self.number.is_some());
        record.country.take_if(|_| self.country.is_some());
        record.channel.take_if(|_| self.channel.is_some());
    }

    /// A refund whose order was never seen, as that order without anything but its refund.
    pub fn with_refund_of_its_own(&self) -> Self {
        let mut row = self.clone();
        let refund = RefundRow {
            at: Some(row.placed_at),
            amount: -row.total,
            reason: None,
            import: row.lines_import,
            line: row.line,
        };
        row.refunds = vec![refund];
        row.flags &= !(REFUND_ALONE | TOTAL_STATED);
        row.total = 0;
        row
    }

    /// Equal but for where it was read.
    pub fn same_as(&self, other: &Self) -> bool {
        let key = |r: &RefundRow| (r.at, r.amount, r.reason.clone());
        let head = |o: &Self| Self { line: 0, lines_import: 0, lines: Vec::new(), refunds: Vec::new(), ..o.clone() };
        self.lines.len() == other.lines.len()
            && self.lines.iter().zip(&other.lines).all(|(a, b)| a.content() == b.content())
            && self.refunds.iter().map(key).eq(other.refunds.iter().map(key))
            && head(self) == head(other)
    }

    pub fn read(connection: &Connection, id: i64) -> Result<Self> {
        let mut row = connection
            .prepare_cached(
                "SELECT number, customer_id, placed_at, status, flags, currency, country, channel, discount, shipping,
                        tax, total, line, lines_import FROM orders WHERE id = ?",
            )?
            .query_row([id], |r| {
                Ok(Self {
                    number: r.get(0)?,
                    customer: r.get(1)?,
                    placed_at: r.get(2)?,
                    status: r.get(3)?,
                    flags: r.get(4)?,
                    currency: r.get(5)?,
                    country: r.get(6)?,
                    channel: r.get(7)?,
                    discount: r.get(8)?,
                    shipping: r.get(9)?,
                    tax: r.get(10)?,
                    total: r.get(11)?,
                    line: r.get::<_, i64>(12)? as u64,
                    lines_import: r.get(13)?,
                    lines: Vec::new(),
                    refunds: Vec::new(),
                    codes: Vec::new(),
                })
            })?;
        let mut lines = connection
            .prepare_cached("SELECT product_id, quantity, amount, discount, line FROM line WHERE id >= ? AND id < ?")?;
        row.lines = lines
            .query_map([id << LINE_BITS, (id + 1) << LINE_BITS], |r| {
                Ok(LineRow {
                    product: r.get(0)?,
                    quantity: r.get(1)?,
                    amount: r.get(2)?,
                    discount: r.get(3)?,
                    line: r.get::<_, i64>(4)? as u64,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let mut refunds = connection
            .prepare_cached("SELECT at, amount, reason, import_id, line FROM refund WHERE order_id = ? ORDER BY id")?;
        row.refunds = refunds
            .query_map([id], |r| {
                Ok(RefundRow {
                    at: r.get(0)?,
                    amount: r.get(1)?,
                    reason: r.get(2)?,
                    import: r.get(3)?,
                    line: r.get::<_, i64>(4)? as u64,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let mut codes =
            connection.prepare_cached("SELECT code, amount FROM code_use WHERE order_id = ? ORDER BY code")?;
        row.codes = codes.query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        Ok(row)
    }

    /// Replaces a stored order by this one.
    pub fn write(&self, connection: &Connection, id: i64) -> Result<()> {
        connection
            .prepare_cached(
                "UPDATE orders SET number = ?, customer_id = ?, placed_at = ?, status = ?, flags = ?, currency = ?,
                 country = ?, channel = ?, discount = ?, shipping = ?, tax = ?, total = ?, line = ?, lines_import = ?
                 WHERE id = ?",
            )?
            .execute(params![
                self.number,
                self.customer,
                self.placed_at,
                self.status,
                self.flags,
                self.currency,
                self.country,
                self.channel,
                self.discount,
                self.shipping,
                self.tax,
                self.total,
                self.line as i64,
                self.lines_import,
                id
            ])?;
        connection
            .prepare_cached("DELETE FROM line WHERE id >= ? AND id < ?")?
            .execute([id << LINE_BITS, (id + 1) << LINE_BITS])?;
        connection.prepare_cached("DELETE FROM refund WHERE order_id = ?")?.execute([id])?;
        connection.prepare_cached("DELETE FROM code_use WHERE order_id = ?")?.execute([id])?;
        let mut insert = connection.prepare_cached(
            "INSERT INTO line (id, product_id, quantity, amount, discount, line) VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        for (n, l) in (id << LINE_BITS..).zip(&self.lines) {
            insert.execute(params![n, l.product, l.quantity, l.amount, l.discount, l.line as i64])?;
        }
        self.write_extras(connection, id)
    }

    pub fn write_extras(&self, connection: &Connection, id: i64) -> Result<()> {
        if !self.refunds.is_empty() {
            let mut insert = connection.prepare_cached(
                "INSERT INTO refund (order_id, at, amount, reason, import_id, line) VALUES (?, ?, ?, ?, ?, ?)",
            )?;
            for r in &self.refunds {
                insert.execute(params![id, r.at, r.amount, r.reason, r.import, r.line as i64])?;
            }
        }
        if !self.codes.is_empty() {
            let mut insert =
                connection.prepare_cached("INSERT INTO code_use (order_id, code, amount) VALUES (?, ?, ?)")?;
            for (code, amount) in &self.codes {
                insert.execute(params![id, code, amount])?;
            }
        }
        Ok(())
    }
}

/// Columns of a new line, see [`LineRow::values`].
pub const LINE_COLUMNS: [&str; 6] = ["id", "product_id", "quantity", "amount", "discount", "line"];
