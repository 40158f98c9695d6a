//! Numbers for what records name.
//!
//! The thread that reads numbers the orders, customers and products of a file in the order of their first mention.
//! The thread that writes, which has more to do, then finds each in a list by its number and looks at its texts once.

use super::super::keys::{Key, KeyTable};
use crate::model::record::{CustomerKey, LineRecord, Record};

/// Namespaces of the keys.
const ORDER: u32 = 0;
const SHOP_ID: u32 = 1;
const EMAIL: u32 = 2;
const BOTH: u32 = 3;
const SKU: u32 = 4;
const TITLE: u32 = 5;

/// Records with the numbers of what they name, for [`super::Writer::write`].
#[derive(Default)]
pub struct NamedRecords {
    pub(super) records: Vec<Record>,
    /// For each order: its number, that of its customer, those of the products of its lines.
    pub(super) numbers: Vec<u32>,
}

impl NamedRecords {
    /// Number of records.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

/// Gives the numbers of one import.
#[derive(Default)]
pub struct Names {
    keys: KeyTable,
    orders: u32,
    customers: u32,
    products: u32,
}

impl Names {
    /// Adds a record to those that are to be written.
    pub fn add(&mut self, record: Record, to: &mut NamedRecords) {
        if let Record::Order(order) = &record {
            let key = self.keys.key(ORDER, &order.key);
            to.numbers.push(number(&mut self.keys, key, &mut self.orders));
            to.numbers.push(self.customer(&order.customer));
            for line in &order.lines {
                to.numbers.push(self.product(line));
            }
        }
        to.records.push(record);
    }

    fn customer(&mut self, key: &CustomerKey) -> u32 {
        let key = match (key.shop_id.as_deref(), key.email.as_deref()) {
            (Some(id), Some(email)) => self.keys.key_of_two(BOTH, id, email),
            (Some(id), None) => self.keys.key(SHOP_ID, id),
            (None, Some(email)) => self.keys.key(EMAIL, email),
            (None, None) => return 0,
        };
        number(&mut self.keys, key, &mut self.customers)
    }

    /// A product is what its SKU says, else its title.
    fn product(&mut self, line: &LineRecord) -> u32 {
        let key = match (line.sku.as_deref(), line.title.as_deref()) {
            (Some(sku), _) => self.keys.key(SKU, sku),
            (None, Some(title)) => self.keys.key(TITLE, title),
            (None, None) => return 0,
        };
        number(&mut self.keys, key, &mut self.products)
    }
}

/// The number of a key, the next one when it is new; numbers begin with 1.
fn number(keys: &mut KeyTable, key: Key, last: &mut u32) -> u32 {
    if let Some(number) = keys.at(key) {
        return number;
    }
    // A file cannot have so many; 0 means “not numbered” and is always right.
    let Some(next) = last.checked_add(1) else { return 0 };
    *last = next;
    keys.set_at(key, next);
    next
}

/// Ids by number.
#[derive(Default)]
pub(super) struct Numbered(Vec<u32>);

impl Numbered {
    /// The id that a number stands for, when that is known.
    pub(super) fn get(&self, number: u32) -> Option<u32> {
        self.0.get(number as usize).copied().filter(|id| *id != 0)
    }

    /// Remembers an id; the number 0 stands for nothing.
    pub(super) fn set(&mut self, number: u32, id: u32) {
        if number == 0 {
            return;
        }
        if self.0.len() <= number as usize {
            self.0.resize(number as usize + 1, 0);
        }
        self.0[number as usize] = id;
    }
}

/// The numbers of an order.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OrderNumbers<'a> {
    pub(super) order: u32,
    pub(super) customer: u32,
    pub(super) products: &'a [u32],
}

impl<'a> OrderNumbers<'a> {
    /// Takes the numbers of an order with that many lines off the front of a list.
    pub(super) fn take(list: &mut &'a [u32], lines: usize) -> Self {
        let Some(([order, customer], rest)) = list.split_first_chunk() else { return Self::default() };
        let (products, rest) = rest.split_at(lines.min(rest.len()));
        *list = rest;
        Self { order: *order, customer: *customer, products }
    }

    /// The number of the product of a line.
    pub(super) fn product(&self, line: usize) -> u32 {
        self.products.get(line).copied().unwrap_or(0)
    }
}
