//! What the shop's tracking noted: looks at products by known customers, and stock that ran out and came back. Tracking
//! began a year before the end of history.

use super::dice::Purpose;
use super::records::key_at;
use super::shop::{Buyer, Shop};
use crate::model::record::{CustomerKey, EventRecord};

const DAY: i64 = 86_400;
/// Days before the end at which tracking began.
const TRACKED: i64 = 365;

impl Shop {
    /// Everything that was noted: looks without a purchase by customer, looks before orders by order, stock by product.
    pub fn event_records(&self) -> impl Iterator<Item = EventRecord> + '_ {
        let idle = (0..self.people().len() as u32).flat_map(|person| self.idle_looks(person));
        let before = (0..self.order_count()).filter_map(|position| self.look_before(position));
        let stock = (0..self.catalogue().products.len()).flat_map(|product| self.stock_counts(product));
        idle.chain(before).chain(stock)
    }

    /// Visits that led to nothing: on each, one to three products were looked at within minutes.
    fn idle_looks(&self, person: u32) -> Vec<EventRecord> {
        let mut dice = self.dicebox().dice(Purpose::Look, person);
        let since = self.people()[person as usize].first_seen.max(self.end() - TRACKED * DAY);
        let visits = (self.truth.idle_visits * dice.exponential()).round() as usize;
        let mut found = Vec::new();
        for _ in 0..visits {
            let mut at = since + (dice.unit() * (self.end() - since) as f64) as i64;
            for _ in 0..=dice.below(3) {
                let product = dice.below(self.catalogue().products.len());
                found.push(self.look(person, at, product));
                at += 30 + (300.0 * dice.unit()) as i64;
            }
        }
        found.retain(|look| look.at <= self.end());
        found
    }

    /// A look at what is bought soon after.
    fn look_before(&self, position: usize) -> Option<EventRecord> {
        let (buyer, placed_at) = self.placed(position);
        let Buyer::Person(person) = buyer else { return None };
        let mut dice = self.dicebox().dice(Purpose::LookBefore, position as u32);
        let at = placed_at - 60 - (3_000.0 * dice.unit()) as i64;
        if at < self.end() - TRACKED * DAY || !dice.chance(self.truth.looks_before) {
            return None;
        }
        let product = self.order(position).basket.lines.first()?.product;
        Some(self.look(person, at, product))
    }

    fn look(&self, person: u32, at: i64, product: usize) -> EventRecord {
        EventRecord {
            at,
            kind: "view".into(),
            customer: key_at(&self.people()[person as usize], person, at),
            sku: Some(self.catalogue().products[product].sku.clone()),
            ..EventRecord::default()
        }
    }

    /// Some products ran out once and came back days later.
    fn stock_counts(&self, product: usize) -> Vec<EventRecord> {
        let mut dice = self.dicebox().dice(Purpose::Stock, product as u32);
        if !dice.chance(self.truth.ran_out) {
            return Vec::new();
        }
        let gone = self.end() - ((20.0 + 300.0 * dice.unit()) * DAY as f64) as i64;
        let back = gone + ((3.0 + 12.0 * dice.unit()) * DAY as f64) as i64;
        let count = |at: i64, stock: i64| EventRecord {
            at,
            kind: "stock".into(),
            customer: CustomerKey::default(),
            sku: Some(self.catalogue().products[product].sku.clone()),
            stock: Some(stock),
            ..EventRecord::default()
        };
        vec![count(gone - 20 * DAY, 30), count(gone, 0), count(back, 40)]
    }
}
