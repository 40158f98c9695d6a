//! Orders and their lines.
//!
//! A record is an order or a part of one. New orders are written at once; a later part of the same file is added to
//! what was written. A part of an order known before is compared: equal = unchanged, else it waits until the whole
//! file was seen, because only then its lines are complete and may replace the old ones as a set.

use rusqlite::{Connection, OptionalExtension, Statement, params};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::super::keys::KeyTable;
use super::people::{NewCustomer, People};
use super::products::Products;
use super::{Change, Context, Error, Result, attributes, images};
use crate::model::dataset::flag;
use crate::model::record::{CustomerKey, LineRecord, MAX_LINES_PER_ORDER, OrderRecord, OrderStatus, RefundRecord};

/// An order's lines have ids from `order << LINE_BITS` on.
pub const LINE_BITS: u32 = 20;

/// The source states the total; otherwise it is the sum of its parts.
const TOTAL_STATED: u8 = 4;

/// The order itself was never seen, only its refund: booked as a return of its own until the order comes.
const REFUND_ALONE: u8 = 8;

/// An order as stored, with everything that hangs on it. Also its image for undo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    number: Option<String>,
    customer: Option<u32>,
    placed_at: i64,
    status: u8,
    flags: u8,
    currency: u32,
    country: Option<u32>,
    channel: Option<u32>,
    discount: i64,
    shipping: i64,
    tax: i64,
    total: i64,
    line: u64,
    lines_import: i64,
    lines: Vec<LineRow>,
    refunds: Vec<RefundRow>,
    codes: Vec<(u32, Option<i64>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct LineRow {
    product: Option<u32>,
    quantity: i64,
    amount: i64,
    discount: i64,
    line: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct RefundRow {
    at: Option<i64>,
    amount: i64,
    reason: Option<String>,
    import: i64,
    line: u64,
}

impl LineRow {
    fn content(&self) -> (Option<u32>, i64, i64, i64) {
        (self.product, self.quantity, self.amount, self.discount)
    }
}

impl OrderRow {
    fn line_discount(&self) -> i64 {
        self.lines.iter().map(|l| l.discount).sum()
    }

    /// Total and flags that follow from the parts.
    fn settle(&mut self, order_discount: i64) {
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
    fn as_record(&self, key: &str, products: &Products<'_>) -> OrderRecord {
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
            test: self.flags & flag::TEST != 0,
            discount: known(self.discount - self.line_discount()),
            shipping: known(self.shipping),
            tax: known(self.tax),
            total: (self.flags & TOTAL_STATED != 0).then_some(self.total),
            lines: lines.collect(),
            ..Default::default()
        }
    }

    /// Blanks out names that are stored already, so that a later part does not replace them.
    fn keep_names(&self, record: &mut OrderRecord) {
        record.currency = None;
        if self.customer.is_some() {
            record.customer = CustomerKey::default();
        }
        record.number.take_if(|_| self.number.is_some());
        record.country.take_if(|_| self.country.is_some());
        record.channel.take_if(|_| self.channel.is_some());
    }

    /// A refund whose order was never seen, as that order without anything but its refund.
    fn with_refund_of_its_own(&self) -> Self {
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
    fn same_as(&self, other: &Self) -> bool {
        let key = |r: &RefundRow| (r.at, r.amount, r.reason.clone());
        let head = |o: &Self| Self { line: 0, lines_import: 0, lines: Vec::new(), refunds: Vec::new(), ..o.clone() };
        self.lines.len() == other.lines.len()
            && self.lines.iter().zip(&other.lines).all(|(a, b)| a.content() == b.content())
            && self.refunds.iter().map(key).eq(other.refunds.iter().map(key))
            && head(self) == head(other)
    }

    fn read(connection: &Connection, id: i64) -> Result<Self> {
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
        let mut insert = connection.prepare_cached(INSERT_LINE)?;
        for (n, line) in (0_i64..).zip(&self.lines) {
            insert_line(&mut insert, id, n, line)?;
        }
        self.write_extras(connection, id)
    }

    fn write_extras(&self, connection: &Connection, id: i64) -> Result<()> {
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

const INSERT_LINE: &str =
    "INSERT INTO line (id, product_id, quantity, amount, discount, line) VALUES (?, ?, ?, ?, ?, ?)";

fn insert_line(insert: &mut Statement<'_>, order: i64, n: i64, line: &LineRow) -> Result<()> {
    let id = (order << LINE_BITS) + n;
    insert.execute(params![id, line.product, line.quantity, line.amount, line.discount, line.line as i64])?;
    Ok(())
}

/// What this import already knows of an order from earlier imports.
enum Seen {
    /// Its only part so far equals what is stored; whether that part had lines.
    Unchanged { with_lines: bool },
    /// Its parts wait at this place.
    Waiting(usize),
}

/// An order from an earlier import whose parts are not all seen yet.
struct Waiting {
    id: u32,
    record: OrderRecord,
    // The record began with what is stored, whose names hold against those of later parts.
    keeps_names: bool,
}

/// The writer of orders.
pub struct Orders<'c> {
    created: KeyTable,
    had_orders: bool,
    seen: FxHashMap<u32, Seen>,
    waiting: Vec<Waiting>,
    refunds_only: Vec<OrderRecord>,
    next: u32,
    find: Statement<'c>,
    insert: Statement<'c>,
    insert_line: Statement<'c>,
}

impl<'c> Orders<'c> {
    pub fn load(context: &Context<'c>) -> Result<Self> {
        let last: u32 =
            context.connection.query_row("SELECT coalesce(max(id), 0) FROM orders", [], |row| row.get(0))?;
        Ok(Self {
            created: KeyTable::default(),
            had_orders: last > 0,
            seen: FxHashMap::default(),
            waiting: Vec::new(),
            refunds_only: Vec::new(),
            next: last + 1,
            find: context.connection.prepare("SELECT id FROM orders WHERE key = ? AND origin = ?")?,
            insert: context.connection.prepare(
                "INSERT INTO orders (id, origin, key, number, customer_id, placed_at, status, flags, currency, country,
                 channel, discount, shipping, tax, total, import_id, line, lines_import)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?,
            insert_line: context.connection.prepare(INSERT_LINE)?,
        })
    }

    pub fn accept(
        &mut self,
        mut record: OrderRecord,
        context: &mut Context<'c>,
        people: &mut People<'c>,
        products: &mut Products<'c>,
    ) -> Result<()> {
        let is_refund = is_refund_alone(&record);
        record.refunds.retain(|r| r.amount > 0);
        if is_refund {
            self.refunds_only.push(only_refunds(record));
            return Ok(());
        }
        if let Some(id) = self.created.get(0, &record.key) {
            return self.add_part(i64::from(id), record, context, people, products);
        }
        let Some(known) = self.find(&record.key, context.origin)? else {
            return self.create(record, context, people, products);
        };
        match self.seen.get(&known) {
            None => {
                let stored = OrderRow::read(context.connection, i64::from(known))?;
                let new = overlay(&stored, &record, context, people, products)?;
                if new.same_as(&stored) && attributes::same(context, "orders", i64::from(known), &record.attributes)? {
                    self.seen.insert(known, Seen::Unchanged { with_lines: !record.lines.is_empty() });
                } else {
                    self.wait(known, record, false);
                }
            }
            Some(&Seen::Waiting(at)) => join_parts(&mut self.waiting[at].record, record),
            Some(&Seen::Unchanged { with_lines }) => {
                // The part before equalled the whole stored order, so that order is its content.
                let stored = OrderRow::read(context.connection, i64::from(known))?;
                let mut whole = stored.as_record(&record.key, products);
                if !with_lines {
                    whole.lines.clear();
                }
                join_parts(&mut whole, record);
                self.wait(known, whole, true);
            }
        }
        Ok(())
    }

    fn wait(&mut self, id: u32, record: OrderRecord, keeps_names: bool) {
        self.seen.insert(id, Seen::Waiting(self.waiting.len()));
        self.waiting.push(Waiting { id, record, keeps_names });
    }

    fn find(&mut self, key: &str, origin: u32) -> Result<Option<u32>> {
        if !self.had_orders {
            return Ok(None);
        }
        Ok(self.find.query_row(params![key, origin], |row| row.get(0)).optional()?)
    }

    fn create(
        &mut self,
        record: OrderRecord,
        context: &mut Context<'c>,
        people: &mut People<'c>,
        products: &mut Products<'c>,
    ) -> Result<()> {
        self.create_flagged(record, 0, context, people, products)
    }

    fn create_flagged(
        &mut self,
        record: OrderRecord,
        flags: u8,
        context: &mut Context<'c>,
        people: &mut People<'c>,
        products: &mut Products<'c>,
    ) -> Result<()> {
        let id = self.next;
        let mut row = new_row(&record, context, people, products)?;
        row.flags |= flags;
        if !self.created.set(0, &record.key, id) {
            return Err(Error::Refused("the file has more orders than one import can hold; split it".into()));
        }
        self.next += 1;
        self.insert.execute(params![
            id,
            context.origin,
            record.key,
            row.number,
            row.customer,
            row.placed_at,
            row.status,
            row.flags,
            row.currency,
            row.country,
            row.channel,
            row.discount,
            row.shipping,
            row.tax,
            row.total,
            context.import,
            row.line as i64,
            row.lines_import
        ])?;
        for (n, line) in (0_i64..).zip(&row.lines) {
            insert_line(&mut self.insert_line, i64::from(id), n, line)?;
        }
        row.write_extras(context.connection, i64::from(id))?;
        attributes::write(context, "orders", i64::from(id), &record.attributes)?;
        context.tally.add("orders", Change::Created, 1);
        context.tally.add("lines", Change::Created, row.lines.len() as u64);
        context.tally.add("refunds", Change::Created, row.refunds.len() as u64);
        Ok(())
    }

    /// Adds a part to an order that this import created.
    fn add_part(
        &mut self,
        id: i64,
        record: OrderRecord,
        context: &mut Context<'c>,
        people: &mut People<'c>,
        products: &mut Products<'c>,
    ) -> Result<()> {
        let mut row = OrderRow::read(context.connection, id)?;
        let part = new_row(&record, context, people, products)?;
        let order_discount = row.discount - row.line_discount();
        let lines = part.lines.len() as u64;
        let refunds = part.refunds.len() as u64;
        if row.flags & TOTAL_STATED == 0 && part.flags & TOTAL_STATED != 0 {
            row.total = part.total;
        }
        row.flags |= part.flags & (TOTAL_STATED | flag::TEST);
        row.placed_at = row.placed_at.min(part.placed_at);
        row.number = row.number.or(part.number);
        row.customer = row.customer.or(part.customer);
        row.country = row.country.or(part.country);
        row.channel = row.channel.or(part.channel);
        let first = |a: i64, b: Option<i64>| if a == 0 { b.unwrap_or(0) } else { a };
        row.shipping = first(row.shipping, record.shipping);
        row.tax = first(row.tax, record.tax);
        row.lines.extend(part.lines);
        row.refunds.extend(part.refunds);
        row.codes.extend(
            part.codes.into_iter().filter(|(c, _)| !row.codes.iter().any(|(known, _)| known == c)).collect::<Vec<_>>(),
        );
        check_line_count(row.lines.len(), &record.key)?;
        row.settle(first(order_discount, record.discount));
        row.write(context.connection, id)?;
        attributes::write(context, "orders", id, &record.attributes)?;
        context.tally.add("lines", Change::Created, lines);
        context.tally.add("refunds", Change::Created, refunds);
        Ok(())
    }

    /// Settles what had to wait for the end of the file.
    pub fn finish(
        &mut self,
        context: &mut Context<'c>,
        people: &mut People<'c>,
        products: &mut Products<'c>,
    ) -> Result<()> {
        self.place_refunds(context, people, products)?;
        for seen in std::mem::take(&mut self.seen) {
            if let (id, Seen::Unchanged { .. }) = seen {
                let lines = context
                    .connection
                    .prepare_cached("SELECT count(*) FROM line WHERE id >= ? AND id < ?")?
                    .query_row([i64::from(id) << LINE_BITS, (i64::from(id) + 1) << LINE_BITS], |r| {
                        r.get::<_, i64>(0)
                    })?;
                context.tally.add("orders", Change::Unchanged, 1);
                context.tally.add("lines", Change::Unchanged, lines as u64);
            }
        }
        for Waiting { id, mut record, keeps_names } in std::mem::take(&mut self.waiting) {
            let id = i64::from(id);
            let stored = OrderRow::read(context.connection, id)?;
            if keeps_names {
                stored.keep_names(&mut record);
            }
            let new = overlay(&stored, &record, context, people, products)?;
            check_line_count(new.lines.len(), &record.key)?;
            let same = new.same_as(&stored);
            let same_attributes = attributes::same(context, "orders", id, &record.attributes)?;
            let change = if same && same_attributes { Change::Unchanged } else { Change::Updated };
            context.tally.add("orders", change, 1);
            context.tally.add("lines", if same { Change::Unchanged } else { Change::Updated }, new.lines.len() as u64);
            if !same {
                images::keep(context.connection, context.import, "order", id, &serde_json::to_string(&stored)?)?;
                new.write(context.connection, id)?;
            }
            attributes::write(context, "orders", id, &record.attributes)?;
        }
        Ok(())
    }

    /// Refund rows of their own find their orders, whichever came first; without one they become returns.
    fn place_refunds(
        &mut self,
        context: &mut Context<'c>,
        people: &mut People<'c>,
        products: &mut Products<'c>,
    ) -> Result<()> {
        for mut record in std::mem::take(&mut self.refunds_only) {
            if record.refunds.is_empty() {
                continue;
            }
            if let Some(id) = self.created.get(0, &record.key) {
                let mut row = OrderRow::read(context.connection, i64::from(id))?;
                let added: Vec<_> = record.refunds.iter().map(|r| refund_row(r, context.import)).collect();
                context.tally.add("refunds", Change::Created, added.len() as u64);
                row.refunds.extend(added);
                row.write(context.connection, i64::from(id))?;
            } else if let Some(known) = self.find(&record.key, context.origin)? {
                // Who bought is the order's to say.
                record.customer = CustomerKey::default();
                record.currency = None;
                match self.seen.get(&known) {
                    Some(&Seen::Waiting(at)) => join_parts(&mut self.waiting[at].record, record),
                    _ => self.wait(known, record, false),
                }
            } else {
                book_as_return(&mut record);
                self.create_flagged(record, REFUND_ALONE, context, people, products)?;
            }
        }
        Ok(())
    }
}

fn is_refund_alone(record: &OrderRecord) -> bool {
    record.lines.is_empty() && record.total.is_none() && !record.refunds.is_empty()
}

/// A refund row says nothing of its order but the refund; its date is that of the refund.
fn only_refunds(record: OrderRecord) -> OrderRecord {
    let mut refunds = record.refunds;
    for refund in &mut refunds {
        refund.at = refund.at.or(record.placed_at);
    }
    let OrderRecord { line, key, customer, currency, .. } = record;
    OrderRecord { line, key, customer, currency, refunds, ..Default::default() }
}

fn book_as_return(record: &mut OrderRecord) {
    record.total = Some(-record.refunds.iter().map(|r| r.amount).sum::<i64>());
    record.placed_at = record.placed_at.or(record.refunds.iter().find_map(|r| r.at));
    record.refunds.clear();
}

fn check_line_count(lines: usize, key: &str) -> Result<()> {
    if lines > MAX_LINES_PER_ORDER {
        return Err(Error::Refused(format!(
            "order {key} has more than {MAX_LINES_PER_ORDER} lines; nothing was changed, check which column is the order number"
        )));
    }
    Ok(())
}

/// Adds a later part of an order to an earlier one of the same file: the first value that is not blank holds.
fn join_parts(whole: &mut OrderRecord, part: OrderRecord) {
    fn first<T>(a: &mut Option<T>, b: Option<T>) {
        if a.is_none() {
            *a = b;
        }
    }
    whole.placed_at = match (whole.placed_at, part.placed_at) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    if whole.customer.is_empty() {
        whole.customer = part.customer;
    }
    first(&mut whole.number, part.number);
    first(&mut whole.country, part.country);
    first(&mut whole.channel, part.channel);
    first(&mut whole.currency, part.currency);
    first(&mut whole.status, part.status);
    first(&mut whole.discount, part.discount);
    first(&mut whole.shipping, part.shipping);
    first(&mut whole.tax, part.tax);
    first(&mut whole.total, part.total);
    whole.test |= part.test;
    whole.codes.extend(part.codes);
    whole.refunds.extend(part.refunds);
    whole.lines.extend(part.lines);
    whole.attributes.extend(part.attributes);
}

fn refund_row(r: &RefundRecord, import: i64) -> RefundRow {
    RefundRow { at: r.at, amount: r.amount, reason: r.reason.clone(), import, line: r.line }
}

fn new_row<'c>(
    record: &OrderRecord,
    context: &mut Context<'c>,
    people: &mut People<'c>,
    products: &mut Products<'c>,
) -> Result<OrderRow> {
    check_line_count(record.lines.len(), &record.key)?;
    let new =
        NewCustomer { name: record.customer_name.as_deref(), country: record.country.as_deref(), line: record.line };
    let mut lines = Vec::with_capacity(record.lines.len());
    for line in &record.lines {
        lines.push(LineRow {
            product: products.of_line(line, context)?,
            quantity: line.quantity_milli,
            amount: line.amount,
            discount: line.discount,
            line: line.line,
        });
    }
    let mut codes = Vec::with_capacity(record.codes.len());
    for code in &record.codes {
        codes.push((context.labels.id(&code.code)?, code.amount));
    }
    codes.sort_unstable();
    codes.dedup_by_key(|c| c.0);
    let currency = record.currency.unwrap_or(context.currency);
    let mut row = OrderRow {
        number: record.number.clone(),
        customer: people.resolve(&record.customer, &new, context)?,
        placed_at: record.placed_at.unwrap_or(context.imported_at),
        status: record.status.unwrap_or(OrderStatus::Paid) as u8,
        flags: if record.test { flag::TEST } else { 0 } | if record.total.is_some() { TOTAL_STATED } else { 0 },
        currency: context.labels.id(currency.code())?,
        country: context.labels.optional(record.country.as_deref())?,
        channel: context.labels.optional(record.channel.as_deref())?,
        discount: 0,
        shipping: record.shipping.unwrap_or(0),
        tax: record.tax.unwrap_or(0),
        total: record.total.unwrap_or(0),
        line: record.line,
        lines_import: context.import,
        lines,
        refunds: record.refunds.iter().map(|r| refund_row(r, context.import)).collect(),
        codes,
    };
    row.settle(record.discount.unwrap_or(0));
    Ok(row)
}

/// What a stored order becomes by a record: blanks leave what is known, lines are replaced as a set.
fn overlay<'c>(
    stored: &OrderRow,
    record: &OrderRecord,
    context: &mut Context<'c>,
    people: &mut People<'c>,
    products: &mut Products<'c>,
) -> Result<OrderRow> {
    if stored.flags & REFUND_ALONE != 0 {
        return if is_refund_alone(record) {
            let mut record = record.clone();
            book_as_return(&mut record);
            overlay_known(stored, &record, context, people, products)
        } else {
            overlay_known(&stored.with_refund_of_its_own(), record, context, people, products)
        };
    }
    overlay_known(stored, record, context, people, products)
}

fn overlay_known<'c>(
    stored: &OrderRow,
    record: &OrderRecord,
    context: &mut Context<'c>,
    people: &mut People<'c>,
    products: &mut Products<'c>,
) -> Result<OrderRow> {
    let mut new = new_row(record, context, people, products)?;
    let stored_discount = stored.discount - stored.line_discount();
    new.number = new.number.or_else(|| stored.number.clone());
    new.customer = new.customer.or(stored.customer);
    new.placed_at = record.placed_at.unwrap_or(stored.placed_at);
    new.status = record.status.map_or(stored.status, |s| s as u8);
    new.flags |= stored.flags & (flag::TEST | REFUND_ALONE);
    new.currency = if record.currency.is_some() { new.currency } else { stored.currency };
    new.country = new.country.or(stored.country);
    new.channel = new.channel.or(stored.channel);
    new.shipping = record.shipping.unwrap_or(stored.shipping);
    new.tax = record.tax.unwrap_or(stored.tax);
    if record.lines.is_empty() {
        new.lines.clone_from(&stored.lines);
        new.lines_import = stored.lines_import;
    }
    if record.total.is_none() && (stored.flags & TOTAL_STATED != 0) {
        new.total = stored.total;
        new.flags |= TOTAL_STATED;
    }
    if record.refunds.is_empty() {
        new.refunds.clone_from(&stored.refunds);
    }
    if record.codes.is_empty() {
        new.codes.clone_from(&stored.codes);
    }
    new.line = stored.line;
    new.settle(record.discount.unwrap_or(stored_discount));
    Ok(new)
}
