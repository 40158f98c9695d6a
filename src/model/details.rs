//! What rules ask for beyond the columns of every analysis. Read on first use, beside the [`super::Dataset`] of the
//! same revision, whose positions it uses.

use std::collections::BTreeMap;

use super::{Currency, Day};

/// Texts by number; 0 is "nothing known".
#[derive(Debug, Clone)]
pub struct Texts {
    texts: Vec<String>,
    numbers: rustc_hash::FxHashMap<String, u32>,
}

impl Default for Texts {
    fn default() -> Self {
        Self { texts: vec![String::new()], numbers: rustc_hash::FxHashMap::default() }
    }
}

impl Texts {
    /// The number of a text, given when it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    /// The text with a number.
    pub fn get(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", String::as_str)
    }

    /// All texts by number, entry 0 empty.
    pub fn all(&self) -> &[String] {
        &self.texts
    }
}

/// What a customer answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consent {
    /// Customer index.
    pub customer: u32,
    /// Agreed or not.
    pub granted: bool,
    /// Day of the answer; [`super::dataset::NO_DAY`] when the source does not say, which counts as "ever since".
    pub day: Day,
}

/// A cart or checkout that was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cart {
    /// Customer index.
    pub customer: u32,
    /// Day it was last touched; [`super::dataset::NO_DAY`] when the source does not say.
    pub day: Day,
    /// Its value in its currency, when the source says so.
    pub total: Option<i64>,
    /// Its currency.
    pub currency: Currency,
}

/// A contact of a customer with the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    /// Customer index.
    pub customer: u32,
    /// Day of the contact.
    pub day: Day,
    /// What happened, number in [`Details::texts`].
    pub kind: u32,
    /// Through what.
    pub channel: u32,
    /// Campaign it belongs to.
    pub campaign: u32,
}

/// A named value of a thing: position or index of the thing, number of the text.
pub type Attributes = BTreeMap<String, Vec<(u32, u32)>>;

/// Product names by product index, as numbers in [`Details::texts`].
#[derive(Debug, Clone, Default)]
pub struct ProductNames {
    /// Titles.
    pub title: Vec<u32>,
    /// Stock keeping units.
    pub sku: Vec<u32>,
    /// Brands or vendors.
    pub brand: Vec<u32>,
}

/// Everything beyond the columns. Lists go up by the customer, order or product they belong to.
#[derive(Debug, Clone, Default)]
pub struct Details {
    /// Texts of everything below.
    pub texts: Texts,
    /// Whether an e-mail address is known, by customer.
    pub has_email: Vec<bool>,
    /// Whether a phone number is known, by customer.
    pub has_phone: Vec<bool>,
    /// Birth dates by customer; [`super::dataset::NO_DAY`] when unknown.
    pub birth_date: Vec<Day>,
    /// Customers by tag.
    pub tags: BTreeMap<String, Vec<u32>>,
    /// Answers by channel.
    pub consents: BTreeMap<String, Vec<Consent>>,
    /// Attributes of customers, by name.
    pub customer_attributes: Attributes,
    /// Attributes of orders, by name.
    pub order_attributes: Attributes,
    /// Attributes of products, by name.
    pub product_attributes: Attributes,
    /// Country of each order by position, label of the dataset; empty when no order has one.
    pub order_country: Vec<u32>,
    /// Discount codes used: position of the order, label of the code.
    pub codes: Vec<(u32, u32)>,
    /// Names of products.
    pub products: ProductNames,
    /// Carts left.
    pub carts: Vec<Cart>,
    /// Touchpoints.
    pub touches: Vec<Touch>,
    /// Revision of the imported data this was read at.
    pub revision: u64,
}

/// A text as a number in millionths, where it is one that fits.
pub fn millionths(text: &str) -> Option<i64> {
    let number = text.trim().parse::<f64>().ok().filter(|number| number.abs() <= 1e12)?;
    Some((number * 1e6).round() as i64)
}
