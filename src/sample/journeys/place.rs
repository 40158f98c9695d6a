//! Where journeys are in time, so that a look-back tells those with an order from those without.

use super::super::dice::Dice;
use super::super::shop::{Buyer, Shop};
use super::{DAY, LOOK_BACK};

/// Most days from the first to the last touch of a journey without an order.
pub const SPAN_DAYS: i64 = 14;
/// Days after the end of such a journey in which its customer orders nothing: look-back, and room for doubt.
pub const CLEAR_DAYS: i64 = LOOK_BACK + 15 + SPAN_DAYS;
/// Share of journeys without an order that known customers made, where there is room for them.
const OF_CUSTOMERS: f64 = 0.35;
/// How often a place is looked for before somebody without a name takes the journey.
const TRIES: usize = 3;

/// Who made a journey without an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// A customer, by number.
    Person(u32),
    /// A visitor without a name, by number.
    Visitor(u32),
}

/// Orders by customer, and the journeys that were given a place.
pub struct Placed<'s> {
    shop: &'s Shop,
    /// First order of each customer in `orders`; one more entry than customers.
    starts: Vec<u32>,
    /// Position and moment of orders, by customer, oldest first.
    orders: Vec<(u32, i64)>,
    /// Beginnings of journeys without an order, by customer.
    taken: rustc_hash::FxHashMap<u32, Vec<i64>>,
}

impl<'s> Placed<'s> {
    pub fn new(shop: &'s Shop) -> Self {
        let mut starts = vec![0_u32; shop.people().len() + 1];
        let of_people = || {
            (0..shop.order_count()).filter_map(|position| match shop.placed(position) {
                (Buyer::Person(person), at) => Some((person as usize, (position as u32, at))),
                _ => None,
            })
        };
        of_people().for_each(|(person, _)| starts[person + 1] += 1);
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut orders = vec![(0, 0); starts.last().map_or(0, |&all| all as usize)];
        for (person, order) in of_people() {
            orders[next[person] as usize] = order;
            next[person] += 1;
        }
        Self { shop, starts, orders, taken: Default::default() }
    }

    fn of(&self, person: u32) -> &[(u32, i64)] {
        let person = person as usize;
        &self.orders[self.starts[person] as usize..self.starts[person + 1] as usize]
    }

    /// Orders that have a journey: position, customer, and when the customer's order before was placed.
    pub fn orders(&self) -> impl Iterator<Item = (usize, u32, i64)> + '_ {
        (0..self.shop.order_count()).filter_map(|position| {
            let person = self.shop.is_tracked_order(position)?;
            let own = self.of(person);
            let at = own.partition_point(|(other, _)| (*other as usize) < position);
            // Nobody knows of a visit years ago; a journey to a first order has all its room.
            let after = at.checked_sub(1).map_or(i64::MIN / 4, |before| own[before].1);
            Some((position, person, after))
        })
    }

    /// So many beginnings of journeys without an order, each with who made it.
    pub fn without_order(mut self, count: usize, dice: &mut Dice) -> Vec<(Who, i64)> {
        let (first, last) = self.shop.season_without();
        let people = self.shop.people().len();
        let mut visitors = 0;
        let mut found = Vec::with_capacity(count);
        for _ in 0..count {
            let moment = |dice: &mut Dice| first + (dice.unit() * (last - first).max(1) as f64) as i64;
            let mut place = None;
            if dice.chance(OF_CUSTOMERS) {
                place = (0..TRIES).find_map(|_| {
                    let (person, at) = (dice.below(people) as u32, moment(dice));
                    self.is_free(person, at).then_some((person, at))
                });
            }
            found.push(match place {
                Some((person, at)) => {
                    self.taken.entry(person).or_default().push(at);
                    (Who::Person(person), at)
                }
                None => {
                    visitors += 1;
                    (Who::Visitor(visitors - 1), moment(dice))
                }
            });
        }
        found
    }

    /// Whether a customer who is tracked and was there has nothing else around a moment.
    fn is_free(&self, person: u32, at: i64) -> bool {
        let clear = CLEAR_DAYS * DAY;
        let shop = self.shop;
        let own = self.of(person);
        let next = own.partition_point(|(_, placed_at)| *placed_at <= at);
        let far_from_orders = own.get(next).is_none_or(|(_, placed_at)| *placed_at > at + clear + SPAN_DAYS * DAY)
            && next.checked_sub(1).is_none_or(|before| own[before].1 < at - DAY);
        shop.is_tracked(person)
            && shop.people()[person as usize].first_seen < at
            && far_from_orders
            && self.taken.get(&person).is_none_or(|taken| taken.iter().all(|other| (other - at).abs() > clear))
    }
}
