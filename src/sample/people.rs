//! Customers: who they are, and when they buy.

use super::dice::{Dice, Dicebox, Purpose, running_totals};
use super::rhythm::Rhythm;
use super::truth::{Purchase, Truth};
use super::wares::{CATEGORIES, REGIONS, Region};
use crate::model::record::ConsentRecord;

const DAY: i64 = 86_400;

/// How the shop knows a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An account without an order.
    Browser,
    /// An account that every order names.
    Account,
    /// Bought the first time as a guest, with e-mail only, and made an account a day later.
    LateAccount,
    /// Always a guest: an e-mail on orders.
    Guest,
}

/// A customer. Small, since a large shop keeps a million of them in memory.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    /// When the account was made, or the first order placed, UTC seconds.
    pub first_seen: i64,
    /// Spending relative to others.
    pub spend: f32,
    /// Categories liked best, positions in [`CATEGORIES`].
    pub favourites: [u8; 2],
    region: u8,
    /// How the shop knows the customer.
    pub kind: Kind,
}

impl Person {
    /// Where the customer lives.
    pub fn region(&self) -> &'static Region {
        &REGIONS[usize::from(self.region)]
    }

    /// When the account was made, UTC seconds; guests have none.
    pub fn account_since(&self) -> Option<i64> {
        match self.kind {
            Kind::Guest => None,
            Kind::LateAccount => Some(self.first_seen + DAY),
            Kind::Browser | Kind::Account => Some(self.first_seen),
        }
    }

    /// Whether an order placed at `moment` names the account.
    pub fn signs_in_at(&self, moment: i64) -> bool {
        self.account_since().is_some_and(|since| since <= moment)
    }
}

/// One purchase of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purchased {
    /// UTC seconds.
    pub at: i64,
    /// Number of the person's earlier orders.
    pub earlier: u16,
    /// Whole days since the order before; 0 for the first.
    pub gap_days: u16,
}

/// Makes people one by one; each depends on the seed and their own number only.
pub struct Maker<'a> {
    dicebox: &'a Dicebox,
    rhythm: &'a Rhythm,
    truth: &'a Truth,
    all: u32,
    regions: Vec<f64>,
    categories: Vec<f64>,
}

/// How strongly frequent buyers spend more per order: spend grows with this power of the purchase rate.
const SPEND_BY_RATE: f64 = 0.4;
/// Spread of spending (standard deviation of its logarithm): the heavy tail.
const SPEND_SPREAD: f64 = 0.5;

impl<'a> Maker<'a> {
    /// A maker of `all` people.
    pub fn new(all: u32, dicebox: &'a Dicebox, rhythm: &'a Rhythm, truth: &'a Truth) -> Self {
        let regions = running_totals(REGIONS.iter().map(|r| r.weight));
        let categories = running_totals(CATEGORIES.iter().map(|c| c.weight));
        Self { dicebox, rhythm, truth, all, regions, categories }
    }

    /// Person number `index` and all purchases of the window, oldest first. Numbers follow the time of arrival.
    pub fn make(&self, index: u32) -> (Person, Vec<Purchased>) {
        let mut dice = self.dicebox.dice(Purpose::Person, index);
        let share = (f64::from(index) + dice.unit()) / f64::from(self.all.max(1));
        let (arrival, exposure) = self.rhythm.arrival(share).unwrap_or_default();
        let kind = kind(&mut dice, self.truth.browsers);
        let life = Life::draw(&self.truth.purchase, &mut dice);
        let typical = life.rate / self.truth.purchase.mean_rate();
        let spend = typical.clamp(0.05, 8.0).powf(SPEND_BY_RATE) * (SPEND_SPREAD * dice.normal()).exp();
        let favourite = |dice: &mut Dice| dice.pick(&self.categories) as u8;
        let mut person = Person {
            first_seen: arrival,
            spend: spend as f32,
            favourites: [favourite(&mut dice), favourite(&mut dice)],
            region: dice.pick(&self.regions) as u8,
            kind,
        };
        if kind == Kind::Account {
            // An account is made while ordering, or a while before.
            let minutes = if dice.chance(0.8) { 4.0 } else { 8.0 * 1440.0 * dice.exponential() };
            person.first_seen -= (minutes * 60.0) as i64;
        }
        let purchases = if kind == Kind::Browser { Vec::new() } else { self.purchases(arrival, exposure, life, dice) };
        (person, purchases)
    }

    fn purchases(&self, arrival: i64, mut exposure: f64, life: Life, mut dice: Dice) -> Vec<Purchased> {
        let mut purchases = vec![Purchased { at: arrival, earlier: 0, gap_days: 0 }];
        loop {
            exposure += dice.exponential() / life.rate;
            let Some(at) = self.rhythm.at(exposure) else { return purchases };
            let before = purchases[purchases.len() - 1];
            // Two orders in one second do not happen; a clock change can seem to turn them round.
            let at = at.max(before.at + 1);
            let gap_days = u16::try_from((at - before.at) / DAY).unwrap_or(u16::MAX);
            purchases.push(Purchased { at, earlier: before.earlier.saturating_add(1), gap_days });
            if dice.chance(life.dropout) {
                return purchases;
            }
        }
    }
}

fn kind(dice: &mut Dice, browsers: f64) -> Kind {
    if dice.chance(browsers) {
        return Kind::Browser;
    }
    match dice.unit() {
        x if x < 0.10 => Kind::Guest,
        x if x < 0.18 => Kind::LateAccount,
        _ => Kind::Account,
    }
}

/// A customer's own purchase parameters.
#[derive(Debug, Clone, Copy)]
struct Life {
    rate: f64,
    dropout: f64,
}

impl Life {
    fn draw(purchase: &Purchase, dice: &mut Dice) -> Self {
        // A rate of zero would wait for ever; so does one purchase in 30,000 years.
        let rate = dice.gamma(purchase.r, purchase.alpha).max(1e-7);
        Self { rate, dropout: dice.beta(purchase.a, purchase.b) }
    }
}

/// What a person agreed to, by channel, not later than `end`.
pub fn consents(person: &Person, index: u32, dicebox: &Dicebox, end: i64) -> Vec<ConsentRecord> {
    let mut dice = dicebox.dice(Purpose::Consent, index);
    let since = person.account_since().unwrap_or(person.first_seen);
    [("email", 0.66, 0.15), ("sms", 0.2, 0.1)]
        .into_iter()
        .map(|(channel, agrees, withdraws)| {
            let granted = dice.chance(agrees);
            let withdrawn = since + ((5.0 + 200.0 * dice.exponential()) * DAY as f64) as i64;
            if granted && dice.chance(withdraws) && withdrawn <= end {
                ConsentRecord { channel: channel.into(), granted: false, at: Some(withdrawn) }
            } else {
                ConsentRecord { channel: channel.into(), granted, at: granted.then_some(since) }
            }
        })
        .collect()
}
