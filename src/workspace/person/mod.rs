//! Everything a workspace holds about one person: the account, those merged into it, orders with their lines, carts,
//! consents, touches, each with the file and line it came from.

mod read;

use super::lists::Origin;
use crate::model::record::OrderStatus;
use crate::model::{Currency, Day};

/// One person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// Row id of the account that others were merged into.
    pub id: u32,
    /// The account itself, then those merged into it.
    pub accounts: Vec<Account>,
    /// How sources name the person, those of the account itself first.
    pub identities: Vec<Identity>,
    /// Answers by channel.
    pub consents: Vec<ConsentEntry>,
    /// Further columns that were kept of the customer.
    pub attributes: Vec<Attribute>,
    /// Orders in the order they were asked for.
    pub orders: Vec<OrderEntry>,
    /// Carts left.
    pub carts: Vec<CartEntry>,
    /// Contacts with the shop, and events on it.
    pub touches: Vec<TouchEntry>,
}

/// A row of the table of customers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Account {
    /// Row id.
    pub id: u32,
    /// Name.
    pub name: Option<String>,
    /// Phone as written.
    pub phone: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// When it was made, UTC seconds.
    pub created_at: Option<i64>,
    /// Birth date.
    pub birth_date: Option<Day>,
    /// Tags.
    pub tags: Vec<String>,
    /// Where the row came from.
    pub origin: Origin,
}

/// How a source names a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The account it belongs to.
    pub account: u32,
    /// The shop system; `None` for an e-mail address.
    pub system: Option<String>,
    /// The shop's id, or the address.
    pub value: String,
}

/// An answer to the question whether one may write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConsentEntry {
    /// `email`, `sms` …
    pub channel: String,
    /// Agreed or not.
    pub granted: bool,
    /// When, UTC seconds; `None` when the source does not say.
    pub at: Option<i64>,
    /// Name of the source that told it.
    pub source: String,
    /// Where it came from.
    pub origin: Origin,
}

/// A named value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// File that it came from.
    pub file: String,
}

/// An order with everything that hangs on it. Money is minor units of its own currency.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderEntry {
    /// Row id.
    pub id: u32,
    /// Its number for people, else its key.
    pub number: String,
    /// When it was placed, UTC seconds.
    pub placed_at: i64,
    /// What became of it.
    pub status: OrderStatus,
    /// A test order.
    pub test: bool,
    /// A return booked as a row of its own.
    pub is_return: bool,
    /// Its currency.
    pub currency: Currency,
    /// Country it went to.
    pub country: Option<String>,
    /// Channel it came through.
    pub channel: Option<String>,
    /// Discounts, lines and order together.
    pub discount: i64,
    /// Shipping.
    pub shipping: i64,
    /// Tax.
    pub tax: i64,
    /// What the buyer was charged.
    pub total: i64,
    /// Discount codes.
    pub codes: Vec<String>,
    /// Lines.
    pub lines: Vec<LineEntry>,
    /// Refunds.
    pub refunds: Vec<RefundEntry>,
    /// Further columns that were kept of the order.
    pub attributes: Vec<Attribute>,
    /// Where it came from.
    pub origin: Origin,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineEntry {
    /// Title of the product, else its stock keeping unit.
    pub product: Option<String>,
    /// Stock keeping unit.
    pub sku: Option<String>,
    /// Thousandths of a unit.
    pub quantity_milli: i64,
    /// Before discounts.
    pub amount: i64,
    /// Discount on the line.
    pub discount: i64,
    /// Where it came from.
    pub origin: Origin,
}

/// A refund of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundEntry {
    /// When, UTC seconds; `None` when the source does not say.
    pub at: Option<i64>,
    /// How much, at least 0.
    pub amount: i64,
    /// Why.
    pub reason: Option<String>,
    /// Where it came from.
    pub origin: Origin,
}

/// A cart or checkout that was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartEntry {
    /// When it was last touched, UTC seconds.
    pub at: Option<i64>,
    /// Its currency.
    pub currency: Currency,
    /// Its value, when the source says so.
    pub total: Option<i64>,
    /// Number of different things in it.
    pub lines: u64,
    /// Where it came from.
    pub origin: Origin,
}

/// A contact of the person with the shop, or an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TouchEntry {
    /// When, UTC seconds.
    pub at: i64,
    /// What happened.
    pub kind: String,
    /// Through what.
    pub channel: Option<String>,
    /// Campaign it belongs to.
    pub campaign: Option<String>,
    /// Where it came from.
    pub origin: Origin,
}

impl Person {
    /// The first answer of the account and those merged into it.
    fn first<T>(&self, of: impl Fn(&Account) -> Option<T>) -> Option<T> {
        self.accounts.iter().find_map(of)
    }

    /// Name.
    pub fn name(&self) -> Option<&str> {
        self.accounts.iter().find_map(|account| account.name.as_deref())
    }

    /// Phone as written.
    pub fn phone(&self) -> Option<&str> {
        self.accounts.iter().find_map(|account| account.phone.as_deref())
    }

    /// Country.
    pub fn country(&self) -> Option<&str> {
        self.accounts.iter().find_map(|account| account.country.as_deref())
    }

    /// Birth date.
    pub fn birth_date(&self) -> Option<Day> {
        self.first(|account| account.birth_date)
    }

    /// E-mail addresses.
    pub fn emails(&self) -> impl Iterator<Item = &str> {
        self.identities.iter().filter(|identity| identity.system.is_none()).map(|identity| identity.value.as_str())
    }

    /// Ids that shop systems give.
    pub fn shop_ids(&self) -> impl Iterator<Item = (&str, &str)> {
        self.identities.iter().filter_map(|id| Some((id.system.as_deref()?, id.value.as_str())))
    }

    /// Tags of all accounts, each once.
    pub fn tags(&self) -> Vec<&str> {
        let mut tags: Vec<&str> = Vec::new();
        for tag in self.accounts.iter().flat_map(|account| &account.tags) {
            if !tags.contains(&tag.as_str()) {
                tags.push(tag);
            }
        }
        tags
    }

    /// What the person is called: name, e-mail, shop id, or the number of the row.
    pub fn called(&self) -> String {
        let named = self.name().or_else(|| self.emails().next()).or_else(|| self.shop_ids().next().map(|(_, id)| id));
        named.map_or_else(|| format!("#{}", self.id), str::to_owned)
    }
}
