//! The shop as records, as an importer would deliver them.

use super::basket::Line;
use super::codes::{CODES, Off};
use super::people::{Kind, Person};
use super::shop::{Buyer, Cart, Order, Shop};
use super::{CURRENCY, ZONE};
use crate::model::record::{
    CartRecord, CodeUse, CustomerKey, CustomerRecord, DiscountRecord, LineRecord, OrderRecord, ProductRecord, Record,
    RefundRecord,
};
use crate::model::{Day, Zone};

/// The e-mail of a customer, by number. All are in a domain that exists for examples only.
pub fn email(person: u32) -> String {
    format!("customer{:05}@example.com", person + 1)
}

/// The name of a customer, by number.
pub fn name(person: u32) -> String {
    format!("Customer {:05}", person + 1)
}

/// The shop's id of a customer, by number.
pub fn shop_id(person: u32) -> u64 {
    100_001 + u64::from(person)
}

impl Shop {
    /// All records: products, discounts, customers, orders in the order of time, carts, events.
    pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
        let products = (0..self.catalogue().products.len()).map(|i| Record::Product(Box::new(self.product_record(i))));
        let discounts = self.discount_records().into_iter().map(|d| Record::Discount(Box::new(d)));
        let accounts = (0..self.people().len() as u32).filter(|&i| self.people()[i as usize].kind != Kind::Guest);
        let customers = accounts.map(|i| Record::Customer(Box::new(self.customer_record(i))));
        let orders = (0..self.order_count()).map(|i| Record::Order(Box::new(self.order_record(&self.order(i)))));
        let carts = (0..self.cart_count()).map(|i| Record::Cart(Box::new(self.cart_record(&self.cart(i)))));
        let events = self.event_records().map(|event| Record::Event(Box::new(event)));
        products.chain(discounts).chain(customers).chain(orders).chain(carts).chain(events)
    }

    /// Number of [`Shop::records`] but for events, which are counted by making them.
    pub fn record_count(&self) -> usize {
        let accounts = self.people().iter().filter(|person| person.kind != Kind::Guest).count();
        let others = self.catalogue().products.len() + self.discount_records().len();
        others + accounts + self.order_count() + self.cart_count()
    }

    /// A product variant, by its position in the catalogue.
    pub fn product_record(&self, position: usize) -> ProductRecord {
        let product = &self.catalogue().products[position];
        ProductRecord {
            sku: Some(product.sku.clone()),
            title: Some(product.full_title()),
            category: Some(product.category().name.into()),
            brand: Some(product.series.into()),
            price: Some(product.price),
            cost: product.cost,
            stock: Some(product.stock),
            currency: Some(CURRENCY),
            ..ProductRecord::default()
        }
    }

    /// An account, by the customer's number.
    pub fn customer_record(&self, person: u32) -> CustomerRecord {
        let who = &self.people()[person as usize];
        CustomerRecord {
            key: account_key(person),
            name: Some(name(person)),
            country: Some(who.region().code.into()),
            created_at: who.account_since(),
            consents: self.consents(person),
            ..CustomerRecord::default()
        }
    }

    /// An order.
    pub fn order_record(&self, order: &Order) -> OrderRecord {
        let basket = &order.basket;
        let refunds = basket.refund.iter();
        OrderRecord {
            key: order.number.to_string(),
            placed_at: Some(order.placed_at),
            customer: order_key(order),
            customer_name: match order.buyer {
                Buyer::Person(person) => Some(name(person)),
                Buyer::WalkIn | Buyer::Test => None,
            },
            country: Some(order.region.code.into()),
            channel: Some(order.channel.into()),
            currency: Some(CURRENCY),
            status: Some(basket.status),
            test: Some(order.buyer == Buyer::Test),
            discount: Some(basket.discount),
            shipping: Some(basket.shipping),
            tax: Some(basket.tax),
            total: Some(basket.total),
            codes: basket
                .code
                .map(|code| CodeUse { code: code.into(), amount: Some(basket.discount) })
                .into_iter()
                .collect(),
            refunds: refunds
                .map(|r| RefundRecord { line: 0, at: Some(r.at), amount: r.amount, reason: Some(r.reason.into()) })
                .collect(),
            lines: basket.lines.iter().map(|line| self.line_record(line)).collect(),
            ..OrderRecord::default()
        }
    }

    fn line_record(&self, line: &Line) -> LineRecord {
        let product = &self.catalogue().products[line.product];
        LineRecord {
            line: 0,
            sku: Some(product.sku.clone()),
            title: Some(product.full_title()),
            category: Some(product.category().name.into()),
            quantity_milli: line.quantity * 1_000,
            amount: line.amount,
            discount: line.discount,
        }
    }

    /// A cart that was left.
    pub fn cart_record(&self, cart: &Cart) -> CartRecord {
        CartRecord {
            line: 0,
            key: cart.number.to_string(),
            at: Some(cart.at),
            customer: key_at(&self.people()[cart.customer as usize], cart.customer, cart.at),
            currency: Some(CURRENCY),
            total: Some(cart.basket.total),
            lines: cart.basket.lines.iter().map(|line| self.line_record(line)).collect(),
        }
    }

    /// The discounts the shop defined: standing codes, then sales. How often each was used is not counted here.
    pub fn discount_records(&self) -> Vec<DiscountRecord> {
        let midnight = |day: Day| Zone::to_utc(&ZONE, day.date().and_time(chrono::NaiveTime::MIN));
        let standing = CODES.iter().map(|code| {
            let (kind, value) = match code.off {
                Off::Percent(percent) => ("percent", i64::from(percent) * 100),
                Off::Amount { off, .. } => ("amount", off),
            };
            DiscountRecord {
                code: code.code.into(),
                kind: kind.into(),
                value: Some(value),
                starts_at: Some(midnight(self.params().first())),
                status: Some("active".into()),
                ..DiscountRecord::default()
            }
        });
        // A code that comes back every year is one discount, as last used.
        let coded = self.truth.sales.iter().enumerate().filter(|(i, sale)| {
            sale.code.is_none() || !self.truth.sales[i + 1..].iter().any(|later| later.code == sale.code)
        });
        let sales = coded.map(|(_, sale)| DiscountRecord {
            code: sale.code.map_or_else(|| sale.name.clone(), String::from),
            kind: "percent".into(),
            value: Some(i64::from(sale.percent) * 100),
            starts_at: Some(midnight(sale.first)),
            ends_at: Some(midnight(Day(sale.last.0 + 1)) - 1),
            status: Some("expired".into()),
            ..DiscountRecord::default()
        });
        standing.chain(sales).collect()
    }
}

fn account_key(person: u32) -> CustomerKey {
    CustomerKey { shop_id: Some(shop_id(person).to_string()), email: Some(email(person)) }
}

/// How a customer is named at a moment: the account once there is one, before that the e-mail.
pub(super) fn key_at(who: &Person, person: u32, moment: i64) -> CustomerKey {
    let mut key = account_key(person);
    if !who.signs_in_at(moment) {
        key.shop_id = None;
    }
    key
}

/// How an order names its buyer: the account, a guest's e-mail, or nobody.
pub fn order_key(order: &Order) -> CustomerKey {
    match order.buyer {
        Buyer::Person(person) => {
            let key = account_key(person);
            CustomerKey { shop_id: key.shop_id.filter(|_| order.signed_in), ..key }
        }
        Buyer::WalkIn | Buyer::Test => CustomerKey::default(),
    }
}
