//! What rules ask for beyond the columns: names of products, codes, consents, tags, attributes, carts, touchpoints.

use rusqlite::Connection;

use super::load::read_customers;
use super::{Result, Workspace};
use crate::jobs::Progress;
use crate::model::dataset::{Dataset, NO_CUSTOMER, NO_DAY};
use crate::model::details::{Attributes, Cart, Consent, Details, ProductNames, Texts, Touch};
use crate::model::time::DayClock;
use crate::model::{Currency, Day, Touches, Zone};

impl Workspace {
    /// Reads the details of the shop that `data` was read from, in the same zone.
    pub fn details(&self, data: &Dataset, zone: Zone, progress: &Progress) -> Result<Details> {
        let connection = &self.connection;
        let mut texts = Texts::default();
        let places = Places { customer: read_customers(connection, zone)?.1, order: positions(&data.orders.id) };
        let mut clock = DayClock::new(zone);
        let mut details = Details {
            products: product_names(connection, data.products.id.len(), &mut texts)?,
            revision: self.data_revision()?,
            ..Details::default()
        };
        progress.step(0)?;
        places.people(connection, data.customers.id.len(), &mut details)?;
        places.consents(connection, &mut clock, &mut details)?;
        progress.step(0)?;
        places.attributes(connection, &mut texts, &mut details)?;
        places.orders(connection, data.orders.id.len(), &mut details)?;
        progress.step(0)?;
        details.carts = places.carts(connection, &mut clock)?;
        details.touches =
            touches_of_customers(&self.touches(data, zone, &self.channel_names()?, progress)?, &mut texts);
        details.texts = texts;
        Ok(details)
    }

    /// Discount codes used: position of the order, label of the code; sorted. What [`Details::codes`] has of them.
    pub fn code_uses(&self, data: &Dataset) -> Result<Vec<(u32, u32)>> {
        let places = positions(&data.orders.id);
        read_codes(&self.connection, |id| place(&places, id))
    }
}

fn place(places: &[u32], id: u32) -> Option<u32> {
    places.get(id as usize).copied().filter(|&position| position != u32::MAX)
}

fn read_codes(connection: &Connection, order: impl Fn(u32) -> Option<u32>) -> Result<Vec<(u32, u32)>> {
    let mut codes = Vec::new();
    let mut select = connection.prepare("SELECT order_id, code FROM code_use")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(order) = order(row.get(0)?) {
            codes.push((order, row.get(1)?));
        }
    }
    codes.sort_unstable();
    Ok(codes)
}

/// Position by row id.
fn positions(ids: &[u32]) -> Vec<u32> {
    let mut places = vec![u32::MAX; ids.iter().max().map_or(0, |&last| last as usize + 1)];
    for (position, &id) in (0_u32..).zip(ids) {
        places[id as usize] = position;
    }
    places
}

fn product_names(connection: &Connection, products: usize, texts: &mut Texts) -> Result<ProductNames> {
    let mut names = ProductNames { title: vec![0; products], sku: vec![0; products], brand: vec![0; products] };
    let mut select = connection.prepare("SELECT id, title, sku, brand FROM product")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let id: usize = row.get::<_, u32>(0)? as usize;
        for (column, list) in (1..).zip([&mut names.title, &mut names.sku, &mut names.brand]) {
            if let (Some(text), Some(slot)) = (row.get_ref(column)?.as_str_or_null()?, list.get_mut(id)) {
                *slot = texts.number(text);
            }
        }
    }
    Ok(names)
}

/// Where rows of the workspace stand in the dataset.
struct Places {
    customer: Vec<u32>,
    order: Vec<u32>,
}

impl Places {
    fn customer(&self, id: u32) -> Option<u32> {
        self.customer.get(id as usize).copied().filter(|&index| index != NO_CUSTOMER)
    }

    fn order(&self, id: u32) -> Option<u32> {
        place(&self.order, id)
    }

    /// What merged accounts tell counts for the one they were merged into.
    fn people(&self, connection: &Connection, customers: usize, details: &mut Details) -> Result<()> {
        details.has_email = vec![false; customers];
        details.has_phone = vec![false; customers];
        details.birth_date = vec![NO_DAY; customers];
        let mut select = connection.prepare("SELECT customer_id FROM identity WHERE origin = 0")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(customer) = self.customer(row.get(0)?) {
                details.has_email[customer as usize] = true;
            }
        }
        let sql = "SELECT id, phone IS NOT NULL, birth_date, tags FROM customer
                   WHERE phone IS NOT NULL OR birth_date IS NOT NULL OR tags IS NOT NULL";
        let mut select = connection.prepare(sql)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let Some(customer) = self.customer(row.get(0)?) else { continue };
            details.has_phone[customer as usize] |= row.get::<_, bool>(1)?;
            if let Some(day) = row.get_ref(2)?.as_str_or_null()?.and_then(Day::parse) {
                details.birth_date[customer as usize] = day;
            }
            if let Some(tags) = row.get_ref(3)?.as_str_or_null()? {
                for tag in serde_json::from_str::<Vec<String>>(tags)? {
                    details.tags.entry(tag).or_default().push(customer);
                }
            }
        }
        for customers in details.tags.values_mut() {
            customers.sort_unstable();
            customers.dedup();
        }
        Ok(())
    }

    /// Of several accounts of one person the newest answer counts; of two of one day, the refusal.
    fn consents(&self, connection: &Connection, clock: &mut DayClock, details: &mut Details) -> Result<()> {
        let mut select = connection.prepare("SELECT customer_id, channel, granted, at FROM consent")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let Some(customer) = self.customer(row.get(0)?) else { continue };
            let day = row.get::<_, Option<i64>>(3)?.map_or(NO_DAY, |at| clock.day(at));
            let consent = Consent { customer, granted: row.get(2)?, day };
            details.consents.entry(row.get(1)?).or_default().push(consent);
        }
        for answers in details.consents.values_mut() {
            answers.sort_by_key(|answer| (answer.customer, std::cmp::Reverse(answer.day), answer.granted));
            answers.dedup_by_key(|answer| answer.customer);
        }
        Ok(())
    }

    fn attributes(&self, connection: &Connection, texts: &mut Texts, details: &mut Details) -> Result<()> {
        let mut select = connection.prepare("SELECT entity, row_id, name, value FROM attribute")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let id = row.get(1)?;
            let (list, at): (&mut Attributes, _) = match row.get_ref(0)?.as_str_or_null()? {
                Some("customer") => (&mut details.customer_attributes, self.customer(id)),
                Some("orders") => (&mut details.order_attributes, self.order(id)),
                _ => (&mut details.product_attributes, Some(id)),
            };
            if let Some(at) = at {
                let value = texts.number(row.get_ref(3)?.as_str_or_null()?.unwrap_or_default());
                list.entry(row.get(2)?).or_default().push((at, value));
            }
        }
        for list in [&mut details.customer_attributes, &mut details.order_attributes, &mut details.product_attributes] {
            for values in list.values_mut() {
                // Stable: of merged accounts the first row counts.
                values.sort_by_key(|(at, _)| *at);
                values.dedup_by_key(|(at, _)| *at);
            }
        }
        Ok(())
    }

    fn orders(&self, connection: &Connection, orders: usize, details: &mut Details) -> Result<()> {
        let mut select = connection.prepare("SELECT id, country FROM orders WHERE country IS NOT NULL")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(order) = self.order(row.get(0)?) {
                if details.order_country.is_empty() {
                    details.order_country = vec![0; orders];
                }
                details.order_country[order as usize] = row.get(1)?;
            }
        }
        details.codes = read_codes(connection, |id| self.order(id))?;
        Ok(())
    }

    fn carts(&self, connection: &Connection, clock: &mut DayClock) -> Result<Vec<Cart>> {
        let sql = "SELECT customer_id, at, total, label.text FROM cart LEFT JOIN label ON label.id = cart.currency
                   WHERE customer_id IS NOT NULL";
        let mut select = connection.prepare(sql)?;
        let mut rows = select.query([])?;
        let mut carts = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(customer) = self.customer(row.get(0)?) else { continue };
            let day = row.get::<_, Option<i64>>(1)?.map_or(NO_DAY, |at| clock.day(at));
            let code = row.get_ref(3)?.as_str_or_null()?.unwrap_or_default();
            let currency = Currency::parse(code).unwrap_or(Currency::USD);
            carts.push(Cart { customer, day, total: row.get(2)?, currency });
        }
        carts.sort_by_key(|cart| (cart.customer, cart.day));
        Ok(carts)
    }
}

/// Touchpoints of customers, as rules ask for them.
fn touches_of_customers(all: &Touches, texts: &mut Texts) -> Vec<Touch> {
    let mut numbers = |list: &[String]| list.iter().map(|text| texts.number(text)).collect::<Vec<u32>>();
    let (kinds, channels, campaigns) = (numbers(&all.kinds), numbers(&all.channels), numbers(&all.campaigns));
    let of = |i: usize| Touch {
        customer: all.person[i],
        day: Day(i32::try_from(all.at[i].div_euclid(DAY_SECONDS)).unwrap_or(i32::MAX)),
        kind: kinds[usize::from(all.kind[i])],
        channel: channels[usize::from(all.channel[i])],
        campaign: campaigns[all.campaign[i] as usize],
    };
    (0..all.len()).take_while(|&i| all.person[i] < all.customers).map(of).collect()
}

/// Seconds of a day of the shop's clock.
const DAY_SECONDS: i64 = 86_400;
