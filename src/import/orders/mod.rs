//! Rows to orders and carts.
//!
//! Rows of one order that follow each other become one record; an order whose rows lie apart comes in parts,
//! which the sink joins by their key. Order-level values are taken once: the first that is not blank.
//!
//! An order is imported whole or not at all: a bad row takes the rows of its order with it. Otherwise the
//! order would stand with lines missing, and the mended row, imported later, would replace the good ones.

mod part;

pub use part::{implausible, latest};

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::arrival;
use super::cells::{CellError, CellReader};
use super::field::{Field, TableKind};
use super::plan::{Layout, Plan};
use super::reader::Flaw;
use super::row::{Cell, Cells, Row};
use super::sources::Source;
use crate::model::record::{CartRecord, MAX_LINES_PER_ORDER, OrderRecord, Record};
use part::{Parts, is_bare_line, too_many_lines};

/// Rows of one order are kept, in case a later one is bad, up to this many bytes.
const KEPT_BYTES: usize = 64 << 20;

/// Beyond this the memory of an order's rows is given back instead of used again.
const LARGE_BYTES: usize = 1 << 20;

/// What reading a row settles.
pub enum Output {
    /// An order or cart, and how many rows went into it.
    Accepted(Record, u64),
    /// A row that is rejected: its line, why, its cells.
    Rejected(u64, Flaw, Cells),
}

/// The order whose rows are being read.
struct Group {
    /// `None` once a row was bad.
    order: Option<Box<OrderRecord>>,
    /// Line of the bad row.
    spoiled_by: Option<u64>,
    rows: u64,
}

/// Gathers rows into orders.
pub struct Orders<'a> {
    parts: Parts<'a>,
    group: Option<Group>,
    /// Key of the group; empty when its first row has none.
    key: String,
    /// Rows of the group: the first `kept` hold it, the others are memory to reuse.
    rows: Vec<(u64, Cells)>,
    kept: usize,
    kept_bytes: usize,
    /// Orders with a bad row, by the hash of their key, and its line.
    spoiled: FxHashMap<u64, u64>,
}

impl<'a> Orders<'a> {
    /// An empty gatherer.
    pub fn new(plan: &'a Plan, source: &'static dyn Source) -> Self {
        Self {
            parts: Parts::new(plan, source),
            group: None,
            key: String::new(),
            rows: Vec::new(),
            kept: 0,
            kept_bytes: 0,
            spoiled: FxHashMap::default(),
        }
    }

    /// Reads a row, or learns that it has a flaw; adds what that settles to `out`.
    pub fn read(&mut self, row: &Row, cells: &CellReader, flaw: Option<Flaw>, out: &mut Vec<Output>) {
        if self.parts.plan.mapping.layout != Layout::RowPerLine {
            let read = match flaw {
                Some(flaw) => Err(flaw),
                None => self.parts.read(row, cells, None).map(std::mem::take).map_err(Flaw::from),
            };
            out.push(match read {
                Ok(order) => Output::Accepted(self.record(Box::new(order)), 1),
                Err(flaw) => Output::Rejected(row.line, flaw, row.cells().clone()),
            });
            return;
        }
        let key = cells.id(row.field(Field::OrderId)).ok().flatten();
        let continues = self.group.is_some()
            && match key {
                Some(key) => self.key == key,
                None => flaw.is_none() && is_bare_line(row),
            };
        if !continues {
            self.finish(out);
            self.begin(key);
        }
        let spoiled_by = self.group.as_ref().and_then(|group| group.spoiled_by);
        let result = match (flaw, spoiled_by) {
            (Some(flaw), _) => Err(flaw),
            (None, Some(line)) => Err(self.sibling(line)),
            (None, None) => self.add(row, cells).map_err(Flaw::from),
        };
        match result {
            Ok(()) => self.keep(row),
            Err(flaw) => self.spoil(row, flaw, out),
        }
    }

    /// What was put right, and in how many rows.
    pub fn put_right(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let other = self.parts.other_customers;
        (other > 0)
            .then_some(("the row names another customer than its order, which keeps its first", other))
            .into_iter()
    }

    /// Hands over the order that is still open.
    pub fn finish(&mut self, out: &mut Vec<Output>) {
        if let Some(Group { order: Some(order), rows, .. }) = self.group.take() {
            let record = self.record(order);
            out.push(Output::Accepted(record, rows));
        }
    }

    fn begin(&mut self, key: Option<&str>) {
        self.key.clear();
        self.key.push_str(key.unwrap_or_default());
        if self.kept_bytes > LARGE_BYTES {
            self.rows = Vec::new();
        }
        (self.kept, self.kept_bytes) = (0, 0);
        let spoiled_by = key.and_then(|key| self.spoiled.get(&FxBuildHasher.hash_one(key)).copied());
        self.group = Some(Group { order: None, spoiled_by, rows: 0 });
    }

    fn add(&mut self, row: &Row, cells: &CellReader) -> Result<(), CellError> {
        let Some(group) = &mut self.group else { return Ok(()) };
        let part = self.parts.read(row, cells, group.order.as_deref())?;
        match &mut group.order {
            Some(order) => absorb(order, part)?,
            None => group.order = Some(Box::new(std::mem::take(part))),
        }
        group.rows += 1;
        Ok(())
    }

    fn keep(&mut self, row: &Row) {
        if self.kept_bytes > KEPT_BYTES {
            return;
        }
        if self.kept == self.rows.len() {
            self.rows.push(Default::default());
        }
        let (line, cells) = &mut self.rows[self.kept];
        *line = row.line;
        cells.clone_from(row.cells());
        self.kept += 1;
        self.kept_bytes += cells.bytes();
    }

    /// Rejects a row, and the rows of its order before it.
    fn spoil(&mut self, row: &Row, flaw: Flaw, out: &mut Vec<Output>) {
        if self.kept_bytes <= KEPT_BYTES {
            for i in 0..self.kept {
                let (line, cells) = self.rows[i].clone();
                out.push(Output::Rejected(line, self.sibling(row.line), cells));
            }
            self.kept = 0;
            let spoiled_by = self.group.as_ref().and_then(|group| group.spoiled_by).unwrap_or(row.line);
            if !self.key.is_empty() {
                self.spoiled.insert(FxBuildHasher.hash_one(self.key.as_str()), spoiled_by);
            }
            self.group = Some(Group { order: None, spoiled_by: Some(spoiled_by), rows: 0 });
        }
        out.push(Output::Rejected(row.line, flaw, row.cells().clone()));
    }

    fn sibling(&self, line: u64) -> Flaw {
        let order = if self.key.is_empty() { "an order".to_owned() } else { format!("order {}", self.key) };
        Flaw::new(
            format!("belongs to {order}, of which line {line} is rejected"),
            format!("Mend line {line}; the order is imported whole"),
        )
    }

    fn record(&self, mut order: Box<OrderRecord>) -> Record {
        count_discount_once(&mut order);
        if self.parts.plan.mapping.table != TableKind::Carts {
            arrival::settle(&mut order);
            return Record::Order(order);
        }
        let OrderRecord { line, key, placed_at, customer, currency, total, lines, .. } = *order;
        Record::Cart(Box::new(CartRecord { line, key, at: placed_at, customer, currency, total, lines }))
    }
}

/// Adds what a further row says of an order.
fn absorb(group: &mut OrderRecord, part: &mut OrderRecord) -> Result<(), CellError> {
    if group.lines.len() + part.lines.len() > MAX_LINES_PER_ORDER {
        return Err(too_many_lines(Cell::new("order", &group.key)));
    }
    group.lines.append(&mut part.lines);
    group.placed_at = match (group.placed_at, part.placed_at) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    macro_rules! first {
        ($($($field:ident).+),*) => { $(if group.$($field).+.is_none() { group.$($field).+ = part.$($field).+.take(); })* };
    }
    first!(number, customer.shop_id, customer.email, customer_name, country, channel, currency, status);
    first!(discount, shipping, tax, total, touch);
    if group.codes.is_empty() {
        group.codes = std::mem::take(&mut part.codes);
    }
    if group.refunds.is_empty() {
        group.refunds = std::mem::take(&mut part.refunds);
    }
    // Yes beats no, and either beats silence.
    group.test = group.test.max(part.test);
    group.summary |= part.summary;
    group.nothing_refunded |= part.nothing_refunded;
    for attribute in part.attributes.drain(..) {
        if group.attributes.iter().all(|(name, _)| *name != attribute.0) {
            group.attributes.push(attribute);
        }
    }
    Ok(())
}

/// Some shops repeat the discounts of lines in the discount of their order. Where the total agrees with
/// that, the order keeps only what goes beyond its lines.
fn count_discount_once(order: &mut OrderRecord) {
    let on_lines: i64 = order.lines.iter().map(|l| l.discount).fold(0, i64::saturating_add);
    let (Some(discount), Some(total)) = (order.discount, order.total) else { return };
    if on_lines == 0 || discount < on_lines {
        return;
    }
    let gross = order.lines.iter().map(|l| l.amount).fold(0, i64::saturating_add);
    let net = gross.saturating_sub(discount).saturating_add(order.shipping.unwrap_or(0));
    if total == net || total == net.saturating_add(order.tax.unwrap_or(0)) {
        order.discount = Some(discount - on_lines);
    }
}
