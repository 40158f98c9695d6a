//! What a basket gets: which of the tiers it qualifies for apply, and what each gives.

use super::basket::{Basket, UNIT};
use super::offer::{Give, Left, Offer, Standing, Terms};
use super::share::{percent, portion, split};

/// What a tier gives to a basket, minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Given {
    /// Place of the tier in [`Offer::terms`].
    pub terms: usize,
    /// Off the goods.
    pub discount: i64,
    /// Shipping that the shop pays.
    pub shipping: i64,
    /// Cost of the gift.
    pub gift: i64,
    /// Thousandths of a unit it was given on; of tiers that know no units, 1000.
    pub milli: i64,
}

impl Given {
    /// Everything together.
    pub fn total(&self) -> i64 {
        self.discount + self.shipping + self.gift
    }
}

/// Room to work in, used again for every basket.
#[derive(Debug, Clone, Default)]
pub struct Work {
    /// How the basket stands to each tier, in the order of [`Offer::terms`].
    pub standings: Vec<Standing>,
    /// What applies.
    pub given: Vec<Given>,
    trial: Vec<Given>,
    rest: Vec<i64>,
    base: Vec<i64>,
    parts: Vec<i64>,
    units: Vec<usize>,
}

impl Offer {
    /// Decides what a basket gets, with what is left; the answer stands in `work`.
    pub fn decide(&self, basket: &Basket, customer: u32, left: &Left, work: &mut Work) {
        work.standings.clear();
        work.given.clear();
        let mut qualifies = 0_u32;
        for (at, terms) in self.terms.iter().enumerate() {
            let standing = terms.standing(basket, customer, left.of[at], left.budget);
            qualifies |= u32::from(standing == Standing::Qualifies) << at;
            work.standings.push(standing);
        }
        let mut most = None;
        let mut consider = |option: u32, work: &mut Work| {
            let total = self.give(option, basket, left, work);
            if most.is_none_or(|most| total > most) {
                most = Some(total);
                std::mem::swap(&mut work.given, &mut work.trial);
            }
        };
        let (best, with, alone) =
            (self.leading(qualifies & self.best_only), qualifies & self.with_others, qualifies & self.exclusive);
        // Where tiers compete, those of the smallest priority number go first.
        let together = self.priority(best | with);
        let first = together.into_iter().chain(self.priority(alone)).min();
        if together.is_some() && together == first {
            if best == 0 {
                consider(with, work);
            }
            bits(best).for_each(|at| consider(with | 1 << at, work));
        }
        if self.priority(alone) == first {
            bits(self.leading(alone)).for_each(|at| consider(1 << at, work));
        }
    }

    /// The smallest priority number among these.
    fn priority(&self, of: u32) -> Option<i32> {
        // They are in the order of their priorities.
        bits(of).next().map(|at| self.terms[at].priority)
    }

    /// Those of the smallest priority number.
    fn leading(&self, of: u32) -> u32 {
        let first = self.priority(of);
        bits(of).filter(|&at| Some(self.terms[at].priority) == first).fold(0, |bits, at| bits | 1 << at)
    }

    /// Applies some tiers one after the other to what the ones before have left; gives what that comes to.
    fn give(&self, option: u32, basket: &Basket, left: &Left, work: &mut Work) -> i64 {
        work.trial.clear();
        work.rest.clear();
        work.rest.extend(basket.items.iter().map(|item| item.amount));
        let (mut total, mut on_order, mut budget, mut shipping) = (0, self.per_order, left.budget, basket.shipping);
        for at in bits(option) {
            let terms = &self.terms[at];
            let room = terms.per_order.min(left.of[at].budget).min(budget);
            let mut given = Given { terms: at, milli: UNIT, ..Given::default() };
            let wanted = match terms.give {
                Give::Shipping => {
                    given.shipping = shipping.min(room);
                    shipping -= given.shipping;
                    shipping + given.shipping
                }
                Give::Gift(cost) => {
                    // There is no part of a gift.
                    given.gift = if cost > room { 0 } else { cost };
                    cost
                }
                give => {
                    let (base, milli) = base(terms, basket, left.of[at].milli, work);
                    let wanted = match give {
                        Give::Amount(amount) => amount.min(base),
                        Give::Percent(hundredths) | Give::BuyGet { percent: hundredths, .. } => {
                            percent(base, hundredths)
                        }
                        Give::Shipping | Give::Gift(_) => 0,
                    };
                    given.discount = wanted.min(room).min(on_order);
                    given.milli = if matches!(give, Give::Amount(_)) { UNIT } else { milli };
                    on_order -= given.discount;
                    // What later tiers find: only where there are some.
                    if option >> at >> 1 & self.on_goods >> at >> 1 != 0 {
                        split(given.discount, &work.base, &mut work.parts);
                        work.rest.iter_mut().zip(&work.parts).for_each(|(rest, part)| *rest -= part);
                    }
                    wanted
                }
            };
            // A cap left nothing of it: it does not apply.
            if wanted > 0 && given.total() == 0 {
                continue;
            }
            budget -= given.total();
            total += given.total();
            work.trial.push(given);
        }
        total
    }
}

impl Left {
    /// Takes off what was given.
    pub fn take(&mut self, given: &[Given]) {
        for one in given {
            let limit = &mut self.of[one.terms];
            self.budget -= if self.budget < i64::MAX { one.total() } else { 0 };
            limit.budget -= if limit.budget < i64::MAX { one.total() } else { 0 };
            limit.milli -= if limit.milli < i64::MAX { one.milli } else { 0 };
        }
    }
}

/// What a tier takes off from: for each item the price of its units that get it (in `work.base`), their sum, and
/// thousandths of a unit. `most` is what is left of the units.
fn base(terms: &Terms, basket: &Basket, most: i64, work: &mut Work) -> (i64, i64) {
    work.base.clear();
    work.base.resize(basket.items.len(), 0);
    if let Give::BuyGet { buy, get, .. } = terms.give {
        return cheapest(terms, basket, (buy, get), most / UNIT, work);
    }
    // An amount comes off the order as a whole: its units are orders.
    let mut left = if matches!(terms.give, Give::Amount(_)) { i64::MAX } else { most };
    let (mut sum, mut milli) = (0, 0);
    for (at, item) in basket.items.iter().enumerate().filter(|(_, item)| terms.covers(item.product)) {
        let own = item.milli.min(left);
        let price = if own == item.milli { work.rest[at] } else { portion(work.rest[at], own, item.milli) };
        left -= own;
        milli += own;
        sum += price;
        work.base[at] = price;
    }
    (sum, milli)
}

/// Of every `buy + get` whole units the `get` cheapest, by what they cost after the tiers before.
fn cheapest(terms: &Terms, basket: &Basket, (buy, get): (i64, i64), most: i64, work: &mut Work) -> (i64, i64) {
    let items = &basket.items;
    work.units.clear();
    work.units.extend((0..items.len()).filter(|&at| terms.covers(items[at].product) && items[at].milli >= UNIT));
    let units: i64 = work.units.iter().map(|&at| items[at].milli / UNIT).sum();
    let mut wanted = (units / (buy + get) * get).min(most);
    let rest = &work.rest;
    // Unit prices a ÷ b and c ÷ d compare as a × d and c × b.
    let price = |at: usize| (i128::from(rest[at]), i128::from(items[at].milli));
    work.units.sort_by(|&a, &b| {
        let ((rest_a, milli_a), (rest_b, milli_b)) = (price(a), price(b));
        (rest_a * milli_b).cmp(&(rest_b * milli_a))
    });
    let (mut sum, mut taken) = (0, 0);
    for &at in &work.units {
        let own = (items[at].milli / UNIT).min(wanted);
        if own == 0 {
            continue;
        }
        let price = portion(rest[at], own * UNIT, items[at].milli);
        wanted -= own;
        taken += own * UNIT;
        sum += price;
        work.base[at] = price;
    }
    (sum, taken)
}

/// Places of the bits that are set, going up.
fn bits(mut of: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (of != 0).then(|| of.trailing_zeros() as usize)?;
        of &= of - 1;
        Some(at)
    })
}
