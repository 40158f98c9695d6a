//! Touchpoints of the sample shop: journeys drawn from a planted chain, one before every order of the last year and, for
//! each that led to an order, as many that led to nothing as the chain asks for. Tracking began a year before the end.
//!
//! Journeys with and without an order are told apart by a look-back of [`LOOK_BACK`] days: a touch lies within it before
//! its order and after the order before, journeys to nothing are further from every later order of their customer.

mod chain;
mod place;

use chrono::NaiveTime;

use chain::Given;
pub use chain::{Chain, STATES};
use place::{Placed, Who};

use super::dice::{Dice, Purpose};
use super::records::{email, key_at};
use super::shop::{Buyer, Shop};
use super::{CURRENCY, ZONE};
use crate::model::record::{CustomerKey, OrderStatus, Record, TouchRecord};
use crate::model::{Day, Traffic};

const DAY: i64 = 86_400;
/// Days before the end at which tracking began.
const TRACKED: i64 = 365;
/// Days before an order within which its touches lie.
pub const LOOK_BACK: i64 = 30;
/// Most days from the first touch of a journey to its order.
const LONGEST: f64 = 24.0;
/// Of larger shops only so many customers agreed to be tracked.
const MOST_TRACKED: u32 = 100_000;

/// Share of journeys on a phone, of those with an order and of those without.
const ON_PHONES: (f64, f64) = (0.46, 0.66);
/// What a touch costs, cents: a click on an ad.
const CLICK: [(Traffic, f64); 2] = [(Traffic::PaidSearch, 62.0), (Traffic::PaidSocial, 95.0)];

/// Source, medium and what happened, by channel of the chain.
const WORDS: [(&[&str], &str, &str); STATES] = [
    (&["google", "google", "google", "bing", "duckduckgo"], "organic", "visit"),
    (&["google", "google", "bing"], "cpc", "click"),
    (&["facebook", "instagram", "tiktok"], "paid_social", "click"),
    (&["instagram", "pinterest", "facebook"], "social", "visit"),
    (&["newsletter"], "email", "click"),
    (&["kitchenblog.example", "homestyle.example", "forum.example"], "referral", "visit"),
    (&["deals.example", "coupons.example"], "affiliate", "click"),
    (&["(direct)"], "(none)", "visit"),
];

/// One journey: when its touches were, on which channels, who made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Journey {
    /// Customer by number; `None` for a visitor without a name.
    pub person: Option<u32>,
    /// Names the visitor among those without a name.
    pub visitor: u32,
    /// Position of the order that it led to.
    pub order: Option<usize>,
    /// Moments, UTC seconds, growing.
    pub at: Vec<i64>,
    /// Channels, positions in the chain.
    pub path: Vec<usize>,
    /// Whether it was made on a phone.
    pub on_phone: bool,
}

impl Shop {
    /// All journeys: those with an order in the order of time, then those without.
    pub fn journeys(&self) -> impl Iterator<Item = Journey> + '_ {
        let chain = &self.truth.journeys;
        let (won, lost) = (Given::new(chain, true), Given::new(chain, false));
        let placed = Placed::new(self);
        let with_order: Vec<Journey> =
            placed.orders().filter_map(|(order, person, after)| self.to_order(&won, order, person, after)).collect();
        let without = self.places_without(with_order.len(), placed);
        let to_nothing = (0_u32..).zip(without).map(move |(n, (who, starts))| self.to_nothing(&lost, n, who, starts));
        with_order.into_iter().chain(to_nothing)
    }

    /// Touchpoints of all journeys, as an importer would deliver them.
    pub fn touch_records(&self) -> impl Iterator<Item = Record> + '_ {
        let mails = self.mails();
        let journeys = (0_u32..).zip(self.journeys());
        journeys.flat_map(move |(n, journey)| self.touches_of(&journey, n, &mails)).map(|t| Record::Touch(Box::new(t)))
    }

    /// Whether a customer agreed to be tracked.
    fn is_tracked(&self, person: u32) -> bool {
        let all = self.params().customers;
        // Every so many, spread over all; the product keeps neighbours apart from each other's luck.
        all <= MOST_TRACKED || u64::from(person) * u64::from(MOST_TRACKED) % u64::from(all) < u64::from(MOST_TRACKED)
    }

    /// When tracking began, UTC seconds.
    fn tracked_since(&self) -> i64 {
        self.end() - TRACKED * DAY
    }

    /// The journey before an order, after the order before at `after`; `None` where two orders leave no room.
    fn to_order(&self, given: &Given, order: usize, person: u32, after: i64) -> Option<Journey> {
        let (_, placed_at) = self.placed(order);
        let mut dice = self.dicebox().dice(Purpose::Journey, order as u32);
        let path = given.draw(&mut dice);
        let on_phone = dice.chance(ON_PHONES.0);
        // Backwards: minutes before the order, then days between visits.
        let mut back = vec![240.0 + 3_600.0 * dice.exponential()];
        for _ in 1..path.len() {
            back.push(back[back.len() - 1] + (0.05 + 2.6 * dice.exponential()) * DAY as f64);
        }
        let room = (LONGEST * DAY as f64).min((placed_at - after) as f64 * 0.9);
        let longest = back[back.len() - 1];
        let shrink = if longest > room { room / longest } else { 1.0 };
        let mut at: Vec<i64> = back.iter().rev().map(|seconds| placed_at - (seconds * shrink) as i64).collect();
        apart(&mut at);
        let fits = at.first().is_some_and(|first| *first > after) && at.last().is_some_and(|last| *last < placed_at);
        fits.then_some(Journey { person: Some(person), visitor: person, order: Some(order), at, path, on_phone })
    }

    fn to_nothing(&self, given: &Given, n: u32, who: Who, starts: i64) -> Journey {
        let mut dice = self.dicebox().dice(Purpose::JourneyToNothing, n);
        let path = given.draw(&mut dice);
        let on_phone = dice.chance(ON_PHONES.1);
        let mut seconds = vec![0.0];
        for _ in 1..path.len() {
            seconds.push(seconds[seconds.len() - 1] + (0.05 + 2.6 * dice.exponential()) * DAY as f64);
        }
        let longest = place::SPAN_DAYS as f64 * DAY as f64;
        let shrink = (longest / seconds[seconds.len() - 1].max(1.0)).min(1.0);
        let mut at: Vec<i64> = seconds.iter().map(|seconds| starts + (seconds * shrink) as i64).collect();
        apart(&mut at);
        let (person, visitor) = match who {
            Who::Person(person) => (Some(person), person),
            Who::Visitor(visitor) => (None, visitor),
        };
        Journey { person, visitor, order: None, at, path, on_phone }
    }

    /// Where journeys without an order begin: their number follows from those with one.
    fn places_without(&self, with_order: usize, placed: Placed) -> Vec<(Who, i64)> {
        let conversion = self.truth.journeys.conversion();
        let mut dice = self.dicebox().dice(Purpose::JourneyToNothing, u32::MAX);
        // How many fail before so many succeed: negative binomial, whose normal law is near enough.
        let mean = with_order as f64 * (1.0 - conversion) / conversion;
        let spread = (mean / conversion).sqrt();
        let count = (mean + spread * dice.normal()).round().max(0.0) as usize;
        placed.without_order(count, &mut dice)
    }

    fn touches_of(&self, journey: &Journey, n: u32, mails: &[(i64, String)]) -> Vec<TouchRecord> {
        let mut dice = self.dicebox().dice(Purpose::Touch, n);
        let last = journey.at.len() - 1;
        let touch = |(i, (&at, &state)): (usize, (&i64, &usize))| {
            let (sources, medium, kind) = WORDS[state];
            let channel = self.truth.journeys.channels[state];
            // Somebody who orders or reads a mail is known by name; other visits are tied by the browser.
            let named = journey.person.filter(|_| i == last || channel == Traffic::Email);
            let customer = named.map_or_else(CustomerKey::default, |person| self.key_of(person, at));
            TouchRecord {
                at,
                customer,
                visitor: Some(match journey.person {
                    Some(person) => format!("b{:06}", person + 1),
                    None => format!("n{:06}", journey.visitor + 1),
                }),
                kind: kind.to_owned(),
                source: Some(sources[dice.below(sources.len())].to_owned()),
                medium: Some(medium.to_owned()),
                campaign: campaign(channel, at, mails),
                device: Some(if journey.on_phone { "mobile" } else { "desktop" }.to_owned()),
                cost: cost(channel, &mut dice),
                currency: Some(CURRENCY),
                ..TouchRecord::default()
            }
        };
        journey.at.iter().zip(&journey.path).enumerate().map(touch).collect()
    }

    /// How a touch names a customer: by the address, and by the account where there is one.
    fn key_of(&self, person: u32, at: i64) -> CustomerKey {
        let key = key_at(&self.people()[person as usize], person, at);
        CustomerKey { email: Some(email(person)), ..key }
    }

    /// When mails went out, and what they were called, oldest first.
    fn mails(&self) -> Vec<(i64, String)> {
        let sends = self.campaign_records().into_iter().filter_map(|record| match record {
            Record::Send(send) => Some((send.at, send.campaign.name)),
            _ => None,
        });
        let mut sends: Vec<_> = sends.collect();
        sends.sort();
        sends
    }

    /// Whether an order is one that an advertisement could have led to: one of a tracked customer that stood.
    fn is_tracked_order(&self, position: usize) -> Option<u32> {
        let (Buyer::Person(person), at) = self.placed(position) else { return None };
        let wanted = at >= self.tracked_since() && self.is_tracked(person);
        (wanted && self.order(position).basket.status != OrderStatus::Cancelled).then_some(person)
    }

    /// The first and the last moment at which a journey without an order may begin.
    fn season_without(&self) -> (i64, i64) {
        let last = Day(self.params().end.0 - place::CLEAR_DAYS as i32).date().and_time(NaiveTime::MIN);
        (self.tracked_since(), ZONE.to_utc(last))
    }
}

/// What the link of a touch names: ads are one campaign each, mails the newest one that was sent.
fn campaign(channel: Traffic, at: i64, mails: &[(i64, String)]) -> Option<String> {
    match channel {
        Traffic::PaidSearch => Some("Brand search".to_owned()),
        Traffic::PaidSocial => Some("Prospecting".to_owned()),
        Traffic::Email => mails[..mails.partition_point(|mail| mail.0 <= at)].last().map(|mail| mail.1.clone()),
        _ => None,
    }
}

fn cost(channel: Traffic, dice: &mut Dice) -> Option<i64> {
    let price = CLICK.iter().find(|(paid, _)| *paid == channel)?.1;
    Some((price * (0.7 + 0.6 * dice.unit())).round() as i64)
}

/// Two touches in one second do not happen.
fn apart(at: &mut [i64]) {
    for i in (1..at.len()).rev() {
        at[i - 1] = at[i - 1].min(at[i] - 1);
    }
}
