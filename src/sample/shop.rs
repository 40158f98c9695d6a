//! The shop itself: people, the times of their orders, and every order on demand.

use super::basket::{Basket, Occasion};
use super::catalogue::Catalogue;
use super::dice::{Dice, Dicebox, Purpose};
use super::people::{self, Kind, Maker, Person};
use super::rhythm::Rhythm;
use super::truth::Truth;
use super::wares::{CATEGORIES, REGIONS, Region};
use super::{Params, ZONE};
use crate::jobs::{Cancelled, Progress};
use crate::model::Day;
use crate::model::record::{ConsentRecord, OrderStatus};

/// Rows between two looks at [`Progress`].
pub(super) const STEP: usize = 4_096;
/// Numbers of orders start after this one.
const FIRST_NUMBER: u64 = 1_000;
/// Orders at the till without a name, relative to all others.
const WALK_INS: f64 = 0.035;
/// Test orders, relative to all others.
const TESTS: f64 = 0.000_3;

/// Whose order it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Buyer {
    /// A customer, by number.
    Person(u32),
    /// Somebody at the till of the store.
    WalkIn,
    /// The shop itself, trying its checkout.
    Test,
}

/// When an order was placed and by whom; all else follows from its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Slot {
    at: i64,
    buyer: Buyer,
    earlier: u16,
    gap_days: u16,
}

/// An order with all that is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// Number, unique and growing with time.
    pub number: u64,
    /// UTC seconds.
    pub placed_at: i64,
    /// Whose it is.
    pub buyer: Buyer,
    /// Whether the buyer was signed in: the order names the account, not only the e-mail.
    pub signed_in: bool,
    /// Whether it is the first of a known buyer.
    pub first: bool,
    /// Where it came from: `web`, `email`, `paid search`, `social` or `pos`.
    pub channel: &'static str,
    /// Where it goes.
    pub region: &'static Region,
    /// Goods and money.
    pub basket: Basket,
}

/// A cart that was left.
#[derive(Debug, Clone, PartialEq)]
pub struct Cart {
    /// Number, unique among carts.
    pub number: u64,
    /// When it was last touched, UTC seconds.
    pub at: i64,
    /// Whose it is, number of the customer.
    pub customer: u32,
    /// What lies in it; nothing was paid.
    pub basket: Basket,
}

/// A whole shop.
#[derive(Debug, Clone)]
pub struct Shop {
    params: Params,
    dicebox: Dicebox,
    rhythm: Rhythm,
    catalogue: Catalogue,
    people: Vec<Person>,
    slots: Vec<Slot>,
    carts: Vec<(i64, u32)>,
    /// What is planted.
    pub truth: Truth,
    /// The last second of the window, UTC.
    end: i64,
}

/// Makes a shop. Takes about a second for a million customers.
///
/// # Errors
/// When cancelled.
pub fn generate(params: &Params, progress: &Progress) -> Result<Shop, Cancelled> {
    let (first, last) = (params.first(), params.end);
    let dicebox = Dicebox::new(params.seed);
    let (catalogue, pairs) = Catalogue::new(params.customers, &dicebox);
    let mut truth = Truth::planted(first, last);
    truth.pairs = pairs;
    truth.refunds = CATEGORIES.iter().map(|c| (c.name, c.refund)).collect();
    let rhythm = Rhythm::new(first, last, ZONE, &truth);
    let end = ZONE.to_utc(Day(last.0 + 1).date().and_time(chrono::NaiveTime::MIN)) - 1;
    let mut shop = Shop {
        params: params.clone(),
        dicebox,
        rhythm,
        catalogue,
        people: Vec::with_capacity(params.customers as usize),
        slots: Vec::new(),
        carts: Vec::new(),
        truth,
        end,
    };
    shop.populate(progress)?;
    shop.add_strangers();
    shop.slots.sort_unstable();
    shop.leave_carts();
    Ok(shop)
}

impl Shop {
    fn populate(&mut self, progress: &Progress) -> Result<(), Cancelled> {
        progress.expect(u64::from(self.params.customers));
        let maker = Maker::new(self.params.customers, &self.dicebox, &self.rhythm, &self.truth);
        for index in 0..self.params.customers {
            let (mut person, purchases) = maker.make(index);
            if person.kind == Kind::LateAccount && person.account_since() > Some(self.end) {
                person.kind = Kind::Guest;
            }
            self.people.push(person);
            self.slots.extend(purchases.into_iter().map(|p| Slot {
                at: p.at,
                buyer: Buyer::Person(index),
                earlier: p.earlier,
                gap_days: p.gap_days,
            }));
            if (index as usize).is_multiple_of(STEP) {
                progress.step(u64::from(index))?;
            }
        }
        Ok(())
    }

    /// Orders without identity: at the till, and tests of the checkout.
    fn add_strangers(&mut self) {
        let known = self.slots.len() as f64;
        for (index, buyer, share) in [(0, Buyer::WalkIn, WALK_INS), (1, Buyer::Test, TESTS)] {
            let mut dice = self.dicebox.dice(Purpose::Stranger, index);
            for _ in 0..(known * share).ceil() as usize {
                // The square root lets them grow with the shop.
                let exposure = dice.unit().sqrt() * self.rhythm.exposure();
                let Some(at) = self.rhythm.at(exposure) else { continue };
                self.slots.push(Slot { at, buyer, earlier: 0, gap_days: 0 });
            }
        }
    }

    /// Browsers mostly left a cart, buyers sometimes.
    fn leave_carts(&mut self) {
        let mut dice = self.dicebox.dice(Purpose::Cart, u32::MAX);
        for (index, person) in self.people.iter().enumerate() {
            let p = if person.kind == Kind::Browser { 0.4 } else { 0.15 };
            if dice.chance(p) {
                let hours = (dice.unit().powi(2) * (self.end - person.first_seen) as f64) as i64;
                self.carts.push((person.first_seen + hours, index as u32));
            }
        }
        self.carts.sort_unstable();
    }

    /// The streams of its chance.
    pub(super) fn dicebox(&self) -> &Dicebox {
        &self.dicebox
    }

    /// Whose order stands at a position, and when it was placed. Quicker than making the order.
    pub(super) fn placed(&self, position: usize) -> (Buyer, i64) {
        (self.slots[position].buyer, self.slots[position].at)
    }

    /// What it was made from.
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// The goods.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Customers with an identity: accounts, then nobody else has a number.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Number of orders.
    pub fn order_count(&self) -> usize {
        self.slots.len()
    }

    /// Number of carts.
    pub fn cart_count(&self) -> usize {
        self.carts.len()
    }

    /// When each identified order was placed: (customer, UTC seconds), oldest first. Quicker than making the orders.
    pub fn purchases(&self) -> impl Iterator<Item = (u32, i64)> + '_ {
        self.slots.iter().filter_map(|slot| match slot.buyer {
            Buyer::Person(person) => Some((person, slot.at)),
            Buyer::WalkIn | Buyer::Test => None,
        })
    }

    /// Exposure from the start of the window to the end of a day, see [`Truth::purchase`].
    pub fn exposure_until(&self, day: Day) -> f64 {
        self.rhythm.exposure_until(day)
    }

    /// What a customer agreed to, by channel.
    pub fn consents(&self, person: u32) -> Vec<ConsentRecord> {
        people::consents(&self.people[person as usize], person, &self.dicebox, self.end)
    }

    /// The last second of the history, UTC.
    pub fn end(&self) -> i64 {
        self.end
    }

    /// The order at a position below [`Shop::order_count`], in the order of time.
    pub fn order(&self, position: usize) -> Order {
        let slot = self.slots[position];
        let mut dice = self.dicebox.dice(Purpose::Order, position as u32);
        let person = match slot.buyer {
            Buyer::Person(index) => Some(&self.people[index as usize]),
            Buyer::WalkIn | Buyer::Test => None,
        };
        let channel = match slot.buyer {
            Buyer::Person(_) => channel(slot.earlier, &mut dice),
            Buyer::WalkIn => "pos",
            Buyer::Test => "web",
        };
        let region = person.map_or(&REGIONS[0], Person::region);
        let history = person.map(|_| (slot.earlier, slot.gap_days));
        let basket = self.occasion(person, history, region, channel == "pos", slot.at).basket(&mut dice);
        Order {
            number: FIRST_NUMBER + 1 + position as u64,
            placed_at: slot.at,
            buyer: slot.buyer,
            signed_in: person.is_some_and(|p| p.signs_in_at(slot.at)),
            first: person.is_some() && slot.earlier == 0,
            channel,
            region,
            basket,
        }
    }

    /// The cart at a position below [`Shop::cart_count`], in the order of time.
    pub fn cart(&self, position: usize) -> Cart {
        let (at, customer) = self.carts[position];
        let person = &self.people[customer as usize];
        let mut dice = self.dicebox.dice(Purpose::Cart, position as u32);
        let mut basket = self.occasion(Some(person), None, person.region(), false, at).basket(&mut dice);
        (basket.status, basket.refund) = (OrderStatus::Pending, None);
        Cart { number: 700_000_000 + position as u64, at, customer, basket }
    }

    fn occasion<'a>(
        &'a self,
        person: Option<&'a Person>,
        history: Option<(u16, u16)>,
        region: &'static Region,
        in_store: bool,
        at: i64,
    ) -> Occasion<'a> {
        let day = ZONE.day(at);
        Occasion {
            catalogue: &self.catalogue,
            truth: &self.truth,
            person,
            history,
            sale: self.truth.sales.iter().find(|sale| sale.contains(day)),
            region,
            in_store,
            at,
            end: self.end,
        }
    }
}

/// Where an order comes from: newcomers are found by advertising, known customers by e-mail.
fn channel(earlier: u16, dice: &mut Dice) -> &'static str {
    let shares: &[(&str, f64)] = if earlier == 0 {
        &[("web", 0.40), ("paid search", 0.34), ("social", 0.18), ("email", 0.03), ("pos", 0.05)]
    } else {
        &[("web", 0.45), ("email", 0.33), ("paid search", 0.10), ("social", 0.06), ("pos", 0.06)]
    };
    let mut at = dice.unit();
    for (channel, share) in shares {
        if at < *share {
            return channel;
        }
        at -= share;
    }
    "web"
}
