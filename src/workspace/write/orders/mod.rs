//! Orders and their lines.
//!
//! A record is an order or a part of one. New orders are written at once; a later part of the same file is added to
//! what was written. A part of an order known before is compared: equal = unchanged, else it waits until the whole
//! file was seen, because only then its lines are complete and may replace the old ones as a set.

mod parts;
mod row;

use rusqlite::{OptionalExtension, Statement, params};
use rustc_hash::FxHashMap;

use super::batch::{Batch, Item};
use super::names::{Numbered, OrderNumbers};
use super::people::People;
use super::products::Products;
use super::{Change, Context, Error, Result, attributes, images};
use crate::model::dataset::flag;
use crate::model::record::{CustomerKey, OrderRecord};
use parts::{
    book_as_return, check_line_count, is_refund_alone, join_by_key, join_parts, new_row, only_refunds, overlay,
    refund_row,
};
pub use row::{LINE_BITS, OrderRow};
use row::{LINE_COLUMNS, REFUND_ALONE, TOTAL_STATED};

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
    created: Numbered,
    had_orders: bool,
    seen: FxHashMap<u32, Seen>,
    waiting: Vec<Waiting>,
    refunds_only: Vec<(u32, OrderRecord)>,
    next: u32,
    // Id and key of the order that the last record was about; 0 = none.
    last: (u32, String),
    find: Statement<'c>,
    new_orders: Batch<'c>,
    new_lines: Batch<'c>,
}

impl<'c> Orders<'c> {
    pub fn load(context: &Context<'c>) -> Result<Self> {
        let last: u32 =
            context.connection.query_row("SELECT coalesce(max(id), 0) FROM orders", [], |row| row.get(0))?;
        Ok(Self {
            created: Numbered::default(),
            had_orders: last > 0,
            seen: FxHashMap::default(),
            waiting: Vec::new(),
            refunds_only: Vec::new(),
            next: last + 1,
            last: (0, String::new()),
            find: context.connection.prepare("SELECT id FROM orders WHERE key = ? AND origin = ?")?,
            new_orders: Batch::new(
                context.connection,
                "orders",
                &[
                    "id",
                    "key",
                    "number",
                    "customer_id",
                    "placed_at",
                    "status",
                    "flags",
                    "currency",
                    "country",
                    "channel",
                    "discount",
                    "shipping",
                    "tax",
                    "total",
                    "line",
                ],
                &[("origin", context.origin.into()), ("import_id", context.import), ("lines_import", context.import)],
            )?,
            new_lines: Batch::new(context.connection, "line", &LINE_COLUMNS, &[])?,
        })
    }

    pub fn accept(
        &mut self,
        mut record: Box<OrderRecord>,
        numbers: OrderNumbers<'_>,
        context: &mut Context<'c>,
        people: &mut People<'c>,
        products: &mut Products<'c>,
    ) -> Result<()> {
        let is_refund = is_refund_alone(&record);
        record.refunds.retain(|r| r.amount > 0);
        self.last.0 = 0;
        if is_refund {
            self.refunds_only.push((numbers.order, only_refunds(*record)));
            return Ok(());
        }
        if let Some(id) = self.created.get(numbers.order) {
            self.remember(id, &record.key);
            return self.add_part(i64::from(id), &record, numbers, context, people, products);
        }
        let Some(known) = self.find(&record.key, context.origin)? else {
            self.remember(self.next, &record.key);
            return self.create(&record, numbers, 0, context, people, products);
        };
        self.remember(known, &record.key);
        match self.seen.get(&known) {
            None => {
                let stored = OrderRow::read(context.connection, i64::from(known))?;
                let new = overlay(&stored, &record, numbers, context, people, products)?;
                if new.same_as(&stored) && attributes::same(context, "orders", i64::from(known), &record.attributes)? {
                    self.seen.insert(known, Seen::Unchanged { with_lines: !record.lines.is_empty() });
                } else {
                    self.wait(known, *record, false);
                }
            }
            Some(&Seen::Waiting(at)) => join_parts(&mut self.waiting[at].record, *record),
            Some(&Seen::Unchanged { with_lines }) => {
                // The part before equalled the whole stored order, so that order is its content.
                let stored = OrderRow::read(context.connection, i64::from(known))?;
                let mut whole = stored.as_record(&record.key, products);
                if !with_lines {
                    whole.lines.clear();
                }
                join_parts(&mut whole, *record);
                self.wait(known, whole, true);
            }
        }
        Ok(())
    }

    /// The id of the order of this key, if the last record was about it.
    pub fn just_written(&self, key: &str) -> Option<u32> {
        (self.last.0 != 0 && self.last.1 == key).then_some(self.last.0)
    }

    fn remember(&mut self, id: u32, key: &str) {
        self.last.0 = id;
        self.last.1.clear();
        self.last.1.push_str(key);
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
        record: &OrderRecord,
        numbers: OrderNumbers<'_>,
        flags: u8,
        context: &mut Context<'c>,
        people: &mut People<'c>,
        products: &mut Products<'c>,
    ) -> Result<()> {
        let id = self.next;
        let mut row = new_row(record, numbers, context, people, products)?;
        row.flags |= flags;
        self.created.set(numbers.order, id);
        self.next = id.checked_add(1).ok_or_else(|| Error::Refused("the workspace is full of orders".into()))?;
        self.new_orders.push(&[
            id.into(),
            record.key.as_str().into(),
            Item::optional(row.number.as_deref()),
            Item::optional(row.customer),
            row.placed_at.into(),
            row.status.into(),
            row.flags.into(),
            row.currency.into(),
            Item::optional(row.country),
            Item::optional(row.channel),
            row.discount.into(),
            row.shipping.into(),
            row.tax.into(),
            row.total.into(),
            (row.line as i64).into(),
        ])?;
        for (n, line) in (0_i64..).zip(&row.lines) {
            self.new_lines.push(&line.values(i64::from(id), n))?;
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
        record: &OrderRecord,
        numbers: OrderNumbers<'_>,
        context: &mut Context<'c>,
        people: &mut People<'c>,
        products: &mut Products<'c>,
    ) -> Result<()> {
        self.flush()?;
        let mut row = OrderRow::read(context.connection, id)?;
        let part = new_row(record, numbers, context, people, products)?;
        let order_discount = row.discount - row.line_discount();
        let lines = part.lines.len() as u64;
        let refunds = part.refunds.len() as u64;
        if row.flags & TOTAL_STATED == 0 && part.flags & TOTAL_STATED != 0 {
            row.total = part.total;
        }
        row.flags |= part.flags & (TOTAL_STATED | flag::TEST);
        row.flags &= part.flags | !flag::TAX_UNKNOWN;
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

    fn flush(&mut self) -> Result<()> {
        self.new_orders.flush()?;
        self.new_lines.flush()
    }

    /// Settles what had to wait for the end of the file.
    pub fn finish(
        &mut self,
        context: &mut Context<'c>,
        people: &mut People<'c>,
        products: &mut Products<'c>,
    ) -> Result<()> {
        self.flush()?;
        self.place_refunds(context, people, products)?;
        self.flush()?;
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
            let new = overlay(&stored, &record, OrderNumbers::default(), context, people, products)?;
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
        for (number, mut record) in join_by_key(std::mem::take(&mut self.refunds_only)) {
            if record.refunds.is_empty() {
                continue;
            }
            if let Some(id) = self.created.get(number) {
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
                let numbers = OrderNumbers { order: number, ..OrderNumbers::default() };
                self.create(&record, numbers, REFUND_ALONE, context, people, products)?;
            }
        }
        Ok(())
    }
}
