//! The shop in columns (struct of arrays): what analyses read. Names, e-mails and order numbers stay in SQLite.

use std::sync::Arc;

use super::record::OrderStatus;
use super::{Currency, Day};

/// A money column: four bytes a value while all of them fit.
#[derive(Debug, Clone)]
pub enum Money {
    /// All values fit 32 bits.
    Small(Vec<i32>),
    /// Some value does not.
    Large(Vec<i64>),
}

impl Default for Money {
    fn default() -> Self {
        Self::Small(Vec::new())
    }
}

impl Money {
    /// The value at `i`, minor units.
    #[inline]
    pub fn get(&self, i: usize) -> i64 {
        match self {
            Self::Small(v) => i64::from(v[i]),
            Self::Large(v) => v[i],
        }
    }

    /// Appends a value, widening the column when it must.
    #[inline]
    pub fn push(&mut self, value: i64) {
        match self {
            Self::Small(v) => match i32::try_from(value) {
                Ok(small) => v.push(small),
                Err(_) => {
                    let mut large: Vec<i64> = v.iter().map(|&x| i64::from(x)).collect();
                    large.push(value);
                    *self = Self::Large(large);
                }
            },
            Self::Large(v) => v.push(value),
        }
    }

    /// Number of values.
    pub fn len(&self) -> usize {
        match self {
            Self::Small(v) => v.len(),
            Self::Large(v) => v.len(),
        }
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Makes room for `n` more values.
    pub fn reserve(&mut self, n: usize) {
        match self {
            Self::Small(v) => v.reserve_exact(n),
            Self::Large(v) => v.reserve_exact(n),
        }
    }

    /// Gives back room that is not used.
    pub fn shrink_to_fit(&mut self) {
        match self {
            Self::Small(v) => v.shrink_to_fit(),
            Self::Large(v) => v.shrink_to_fit(),
        }
    }

    /// The column in the order of `order`: position `i` of the result is position `order[i]` of this one.
    pub fn permuted(&self, order: &[u32]) -> Self {
        match self {
            Self::Small(v) => Self::Small(order.iter().map(|&i| v[i as usize]).collect()),
            Self::Large(v) => Self::Large(order.iter().map(|&i| v[i as usize]).collect()),
        }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Small(v) => v.capacity() * 4,
            Self::Large(v) => v.capacity() * 8,
        }
    }
}

/// No day known.
pub const NO_DAY: Day = Day(i32::MIN);

/// Customers, by index. Merged accounts are one customer.
#[derive(Debug, Clone, Default)]
pub struct Customers {
    /// Row id in the workspace.
    pub id: Vec<u32>,
    /// Day the account was made or first seen without an order; [`NO_DAY`] when unknown.
    pub created: Vec<Day>,
    /// Country, index into [`Dataset::labels`].
    pub country: Vec<u32>,
}

/// Orders, sorted by customer (unidentified last), then by time.
#[derive(Debug, Clone, Default)]
pub struct Orders {
    /// Row id in the workspace.
    pub id: Vec<u32>,
    /// Customer index, or [`NO_CUSTOMER`].
    pub customer: Vec<u32>,
    /// Moment it was placed, UTC seconds.
    pub placed_at: Vec<i64>,
    /// Day it was placed, in the shop's zone.
    pub day: Vec<Day>,
    /// What the buyer was charged.
    pub total: Money,
    /// Tax within the total.
    pub tax: Money,
    /// Shipping within the total.
    pub shipping: Money,
    /// Discounts already taken off the total, lines and order together.
    pub discount: Money,
    /// Status number, see [`OrderStatus`].
    pub status: Vec<u8>,
    /// Bits of [`flag`].
    pub flags: Vec<u8>,
    /// Index into [`Dataset::currencies`].
    pub currency: Vec<u8>,
    /// Channel, index into [`Dataset::labels`].
    pub channel: Vec<u32>,
    /// First line, index into [`Lines`].
    pub line_start: Vec<u32>,
    /// Number of lines.
    pub line_count: Vec<u32>,
    /// Orders of customer `c` are `by_customer[c]..by_customer[c + 1]`; one more entry than customers.
    /// From the last entry on stand the orders without identity.
    pub by_customer: Vec<u32>,
}

/// The order has no identified customer.
pub const NO_CUSTOMER: u32 = u32::MAX;

/// Bits of [`Orders::flags`].
pub mod flag {
    /// A test order.
    pub const TEST: u8 = 1;
    /// A return or cancellation booked as a row of its own: its total is negative.
    pub const RETURN: u8 = 2;
    /// The source does not say the tax: it may be in the total.
    pub const TAX_UNKNOWN: u8 = 32;
}

impl Orders {
    /// Status of an order.
    pub fn status(&self, i: usize) -> OrderStatus {
        OrderStatus::from_number(self.status[i])
    }

    /// Positions of a customer's orders, in time order.
    pub fn of_customer(&self, customer: usize) -> std::ops::Range<usize> {
        self.by_customer[customer] as usize..self.by_customer[customer + 1] as usize
    }

    /// Positions of the orders without identity.
    pub fn unidentified(&self) -> std::ops::Range<usize> {
        self.by_customer.last().map_or(0, |&n| n as usize)..self.id.len()
    }
}

/// Order lines, in the order of the workspace.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// Product index.
    pub product: Vec<u32>,
    /// Thousandths of a unit.
    pub quantity_milli: Money,
    /// Before discounts.
    pub amount: Money,
    /// Discount on the line.
    pub discount: Money,
}

/// Products, by index.
#[derive(Debug, Clone, Default)]
pub struct Products {
    /// Row id in the workspace.
    pub id: Vec<u32>,
    /// Category, index into [`Dataset::labels`].
    pub category: Vec<u32>,
    /// Price, minor units of the shop's currency; `None` when unknown.
    pub price: Vec<Option<i64>>,
    /// Unit cost.
    pub cost: Vec<Option<i64>>,
    /// Units in stock.
    pub stock: Vec<Option<i64>>,
}

/// Refunds, sorted by order position. An order whose status says that it was refunded, without any amount, has one
/// over its total.
#[derive(Debug, Clone, Default)]
pub struct Refunds {
    /// Position in [`Orders`].
    pub order: Vec<u32>,
    /// Day of the refund; [`NO_DAY`] when the source did not say.
    pub day: Vec<Day>,
    /// Day it was imported.
    pub imported: Vec<Day>,
    /// Amount in the currency of the order, at least 0.
    pub amount: Vec<i64>,
}

/// What was spent on advertising on a day, or in a period as one sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spend {
    /// The day, or the first of the period.
    pub day: Day,
    /// Last day of the period; the same for a day.
    pub until: Day,
    /// Channel or platform as its source writes it; empty = not said.
    pub channel: String,
    /// Minor units of `currency`; a credit is negative.
    pub amount: i64,
    /// Currency of the amount.
    pub currency: Currency,
    /// Label of the tool or file kind it comes from.
    pub origin: u32,
    /// Id of the campaign; 0 = not said.
    pub campaign: i64,
}

/// The whole shop. Parts are shared, so that a change rebuilds only what it touched.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// Customers.
    pub customers: Arc<Customers>,
    /// Orders.
    pub orders: Arc<Orders>,
    /// Order lines.
    pub lines: Arc<Lines>,
    /// Products.
    pub products: Arc<Products>,
    /// Refunds.
    pub refunds: Arc<Refunds>,
    /// Spend on advertising, by day.
    pub spend: Arc<Vec<Spend>>,
    /// Currencies in use; [`Orders::currency`] points here.
    pub currencies: Vec<Currency>,
    /// Texts that repeat (countries, channels, categories). Entry 0 is empty = unknown.
    pub labels: Arc<Vec<String>>,
    /// Revision of the imported data this was read at.
    pub revision: u64,
    /// First and last day with an order, in the shop's zone; `None` without orders.
    pub span: Option<(Day, Day)>,
}

impl Dataset {
    /// Bytes held by the columns.
    pub fn bytes(&self) -> usize {
        fn of<T>(v: &Vec<T>) -> usize {
            v.capacity() * size_of::<T>()
        }
        let (c, o, l, p, r) = (&self.customers, &self.orders, &self.lines, &self.products, &self.refunds);
        of(&c.id)
            + of(&c.created)
            + of(&c.country)
            + of(&o.id)
            + of(&o.customer)
            + of(&o.placed_at)
            + of(&o.day)
            + o.total.bytes()
            + o.tax.bytes()
            + o.shipping.bytes()
            + o.discount.bytes()
            + of(&o.status)
            + of(&o.flags)
            + of(&o.currency)
            + of(&o.channel)
            + of(&o.line_start)
            + of(&o.line_count)
            + of(&o.by_customer)
            + of(&l.product)
            + l.quantity_milli.bytes()
            + l.amount.bytes()
            + l.discount.bytes()
            + of(&p.id)
            + of(&p.category)
            + of(&p.price)
            + of(&p.cost)
            + of(&p.stock)
            + of(&r.order)
            + of(&r.day)
            + of(&r.imported)
            + of(&r.amount)
            + of(&self.spend)
    }
}
