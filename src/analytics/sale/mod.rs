//! A planned sale replayed over past baskets.
//!
//! Every basket is taken at the price before any discount: the discounts it really had are taken off the table and told
//! beside the result. Then the plan is applied to it in the order of the orders, so that budgets and limited stock go
//! to whoever came first. Each tier rounds once per basket, half up to the minor unit.

mod basket;
mod give;
pub mod lift;
mod offer;
pub mod said;
mod share;
mod taken;
mod tally;
pub mod verdict;
mod window;

use std::collections::BTreeMap;

use rayon::prelude::*;

use self::basket::{Basket, Reader, Stock};
use self::give::Work;
use self::offer::{Left, Offer, Standing};
use self::tally::Tally;
use crate::analytics::revenue::Revenue;
use crate::analytics::rules::Bits;
use crate::jobs::{Cancelled, Progress};
use crate::model::dataset::NO_CUSTOMER;
use crate::model::{Currency, Dataset, Day, Definitions, SalePlan};

pub use self::basket::UNIT;
pub use self::lift::{Lift, PastSale, days_on_sale, past_sales};
pub use self::offer::reduced;
pub use self::taken::{Sold, Taken};
pub use self::tally::{BELOW, Bar, Distribution, Outcome, TierOutcome, Were};
pub use self::verdict::{BreakEven, Judged, Scenario, Verdict, judge};
pub use self::window::{Basis, PastWindow, past_window};

/// What the names in a plan mean in a shop.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    /// Product indices by SKU.
    pub products: BTreeMap<String, Vec<u32>>,
    /// Members of the audience of each tier, in the order of the plan; `None` = everybody.
    pub audiences: Vec<Option<Bits>>,
    /// Those with early access.
    pub early: Option<Bits>,
}

/// A plan, what its names mean, and the past moments it is replayed on.
pub struct Question<'a> {
    /// The shop.
    pub data: &'a Dataset,
    /// What its words mean.
    pub definitions: &'a Definitions,
    /// A plan without problems that stop it ([`SalePlan::problems`]).
    pub plan: &'a SalePlan,
    /// What its names mean.
    pub resolved: &'a Resolved,
    /// The past moments.
    pub window: PastWindow,
}

/// What a sale comes to on past baskets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// Name of the plan.
    pub name: String,
    /// The past moments.
    pub window: PastWindow,
    /// Of all amounts.
    pub currency: Currency,
    /// Version of the definitions.
    pub definitions: u32,
    /// No sale: the same baskets at the price before discounts.
    pub before: Outcome,
    /// The sale, and nobody changes.
    pub nobody: Outcome,
    /// The sale, and every near basket buys what is missing to a tier that then applies.
    pub topped_up: Outcome,
    /// How many baskets those are.
    pub near: u64,
    /// What they add, minor units.
    pub added: i64,
    /// By tier, in the order of the plan.
    pub tiers: Vec<TierOutcome>,
    /// What the baskets really were.
    pub were: Were,
    /// Baskets by value.
    pub distribution: Distribution,
    /// Featured products, in the order of the plan.
    pub featured: Vec<FeaturedOutcome>,
}

/// What becomes of a featured product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeaturedOutcome {
    /// Thousandths of a unit that these baskets wanted.
    pub asked: i64,
    /// Thousandths of a unit that were in the sale.
    pub sold: i64,
}

/// One basket and what becomes of it when nobody changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasketRow {
    /// Position of the order.
    pub order: u32,
    /// Goods before discounts, minor units.
    pub goods: i64,
    /// Of them, what is in the sale.
    pub in_sale: i64,
    /// Thousandths of a unit in the sale.
    pub milli: i64,
    /// The discount it really had.
    pub had: i64,
    /// What it is given off the goods.
    pub discount: i64,
    /// Shipping that the shop pays.
    pub shipping: i64,
    /// Cost of gifts.
    pub gifts: i64,
    /// What becomes of each tier, in the order of the plan.
    pub answers: Vec<Answer>,
}

/// What becomes of a tier in one basket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It gives this, minor units.
    Applied(i64),
    /// Its conditions are met; the tier of this place in the plan applies instead (`None`: a cap on the order left
    /// nothing).
    Overshadowed(Option<usize>),
    /// Its conditions are met; nothing is left to give.
    UsedUp,
    /// Goods of this worth or so many thousandths of a unit are missing.
    Missing {
        /// Minor units.
        value: i64,
        /// Thousandths of a unit.
        milli: i64,
    },
    /// Nothing in the basket is covered.
    NotCovered,
    /// The buyer is not in the audience, or not known.
    NotInvited,
}

impl BasketRow {
    /// What is missing to the next tier by value: its place in the plan and minor units.
    pub fn next(&self) -> Option<(usize, i64)> {
        let missing = self.answers.iter().enumerate().filter_map(|(at, answer)| match answer {
            Answer::Missing { value, milli: 0 } => Some((at, *value)),
            _ => None,
        });
        missing.min_by_key(|(at, value)| (*value, *at))
    }
}

/// Baskets in one task.
const CHUNK: usize = 16_384;
/// Baskets whose lines are fetched at once.
const BLOCK: usize = 64;

/// Replays a plan.
///
/// # Errors
/// When the work was cancelled.
pub fn replay(question: &Question<'_>, progress: &Progress) -> Result<Replay, Cancelled> {
    let machine = Machine::new(question);
    let mut stock = machine.offer.stock();
    let tally = if machine.offer.depends_on_order() {
        machine.one_after_the_other(&mut stock, progress)?
    } else {
        machine.side_by_side(progress)?
    };
    Ok(machine.result(tally, &stock))
}

/// Every basket in the order of the orders, with what becomes of it when nobody changes.
pub struct Baskets<'a> {
    machine: Machine<'a>,
    orders: std::vec::IntoIter<u32>,
    left: Left,
    stock: Stock,
    basket: Basket,
    work: Work,
}

/// The baskets of a replay, one at a time.
pub fn baskets<'a>(question: &'a Question<'a>) -> Baskets<'a> {
    let machine = Machine::new(question);
    let (left, stock) = (machine.offer.all_left(), machine.offer.stock());
    let orders = machine.in_order().into_iter();
    Baskets { machine, orders, left, stock, basket: Basket::default(), work: Work::default() }
}

impl Iterator for Baskets<'_> {
    type Item = BasketRow;

    fn next(&mut self) -> Option<BasketRow> {
        let order = self.orders.next()?;
        let Self { machine, left, stock, basket, work, .. } = self;
        machine.reader.read(order as usize, stock, basket);
        machine.offer.decide(basket, machine.customer(order), left, work);
        left.take(&work.given);
        Some(machine.row(basket, work))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.orders.size_hint()
    }
}

struct Machine<'a> {
    question: &'a Question<'a>,
    offer: Offer,
    reader: Reader<'a>,
}

impl<'a> Machine<'a> {
    fn new(question: &'a Question<'a>) -> Self {
        let Question { data, definitions, plan, resolved, .. } = question;
        let open = offer::taking_part(data, plan, resolved);
        Self { question, offer: Offer::new(data, plan, resolved), reader: Reader::new(data, definitions, plan, open) }
    }

    fn customer(&self, order: u32) -> u32 {
        self.question.data.orders.customer[order as usize]
    }

    /// Positions of the orders that are replayed: purchases of the window, and those of the early ones before it.
    fn orders(&self) -> Vec<u32> {
        let Question { data, definitions, window, resolved, .. } = self.question;
        let revenue = Revenue::new(data, definitions, data.span.map_or(Day(i32::MAX), |(_, last)| last));
        let orders = &data.orders;
        let takes_part = |i: usize| {
            let at = orders.placed_at[i];
            let early = || resolved.early.as_ref().is_some_and(|early| early.has(orders.customer[i] as usize));
            at >= window.begins() && at < window.to && (at >= window.from || early()) && revenue.is_purchase(i)
        };
        (0..orders.id.len()).into_par_iter().filter(|&i| takes_part(i)).map(|i| i as u32).collect()
    }

    /// The same in the order they were placed in.
    fn in_order(&self) -> Vec<u32> {
        let orders = &self.question.data.orders;
        let mut all = self.orders();
        all.par_sort_unstable_by_key(|&i| (orders.placed_at[i as usize], orders.id[i as usize]));
        all
    }

    /// What a basket gets does not depend on others: on all cores.
    fn side_by_side(&self, progress: &Progress) -> Result<Tally, Cancelled> {
        let orders = self.orders();
        let nothing = || Tally::new(self.question.plan, &self.offer);
        let left = self.offer.all_left();
        let chunk = |orders: &[u32]| {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            let mut tally = nothing();
            let mut room = Room::default();
            for block in orders.chunks(BLOCK) {
                self.reader.touch(block);
                block
                    .iter()
                    .for_each(|&order| self.add(order, (&left, &left), &mut Stock::default(), &mut room, &mut tally));
            }
            Ok(tally)
        };
        orders.par_chunks(CHUNK).map(chunk).try_reduce(nothing, |a, b| Ok(a.joined(&b)))
    }

    fn one_after_the_other(&self, stock: &mut Stock, progress: &Progress) -> Result<Tally, Cancelled> {
        let orders = self.in_order();
        let mut tally = Tally::new(self.question.plan, &self.offer);
        let (mut left, mut left_topped_up) = (self.offer.all_left(), self.offer.all_left());
        let mut room = Room::default();
        progress.expect(orders.len() as u64);
        for (done, &order) in (0_u64..).zip(&orders) {
            if done.is_multiple_of(CHUNK as u64) {
                progress.step(done)?;
            }
            self.add(order, (&left, &left_topped_up), stock, &mut room, &mut tally);
            left.take(&room.work.given);
            left_topped_up.take(&room.topped_up_work.given);
        }
        Ok(tally)
    }

    /// Adds an order to the sums, with what is left when nobody changes and when every near basket buys more.
    fn add(&self, order: u32, left: (&Left, &Left), stock: &mut Stock, room: &mut Room, tally: &mut Tally) {
        let Room { basket, topped_up, work, topped_up_work } = room;
        let customer = self.customer(order);
        self.reader.read(order as usize, stock, basket);
        self.offer.decide(basket, customer, left.0, work);
        let near = tally.add(&self.offer, basket, customer != NO_CUSTOMER, work);
        if let Some((at, missing)) = near
            && let Some(item) = self.offer.terms[at].top_up_with(basket)
        {
            basket.topped_up(item, missing, topped_up);
            self.offer.decide(topped_up, customer, left.1, topped_up_work);
            // Nobody buys more for what then does not apply.
            if topped_up_work.given.iter().any(|given| given.terms == at) {
                return tally.add_topped_up(topped_up, &topped_up_work.given, missing);
            }
        }
        if std::ptr::eq(left.0, left.1) {
            topped_up_work.given.clone_from(&work.given);
        } else {
            self.offer.decide(basket, customer, left.1, topped_up_work);
        }
        tally.add_topped_up(basket, &topped_up_work.given, 0);
    }

    fn row(&self, basket: &Basket, work: &Work) -> BasketRow {
        let sum = |of: fn(&give::Given) -> i64| work.given.iter().map(of).sum();
        let mut row = BasketRow {
            order: basket.order,
            goods: basket.goods,
            in_sale: basket.open,
            milli: basket.milli,
            had: basket.had,
            discount: sum(|given| given.discount),
            shipping: sum(|given| given.shipping),
            gifts: sum(|given| given.gift),
            answers: vec![Answer::NotCovered; self.offer.terms.len()],
        };
        for (at, (terms, standing)) in self.offer.terms.iter().zip(&work.standings).enumerate() {
            row.answers[terms.tier] = match (*standing, work.given.iter().find(|given| given.terms == at)) {
                (_, Some(given)) => Answer::Applied(given.total()),
                (Standing::Qualifies, None) => Answer::Overshadowed(self.instead_of(at, work)),
                (Standing::UsedUp, None) => Answer::UsedUp,
                (Standing::Missing { value, milli }, None) => Answer::Missing { value, milli },
                (Standing::NotCovered, None) => Answer::NotCovered,
                (Standing::NotInvited, None) => Answer::NotInvited,
            };
        }
        row
    }

    /// The tier that applies instead of another: one it competes with.
    fn instead_of(&self, at: usize, work: &Work) -> Option<usize> {
        let is = |bits: u32, at: usize| bits >> at & 1 == 1;
        let competes = |other: usize| {
            is(self.offer.exclusive, at)
                || is(self.offer.exclusive, other)
                || (is(self.offer.best_only, at) && is(self.offer.best_only, other))
        };
        let found = work.given.iter().find(|given| competes(given.terms));
        found.map(|given| self.offer.terms[given.terms].tier)
    }

    fn result(&self, tally: Tally, stock: &Stock) -> Replay {
        let Question { definitions, plan, window, .. } = self.question;
        let mut tiers = vec![TierOutcome::default(); plan.tiers.len()];
        for (terms, sums) in self.offer.terms.iter().zip(tally.tiers) {
            tiers[terms.tier] = sums;
        }
        let before = Outcome { served: 0, discount: 0, shipping: 0, gifts: 0, ..tally.nobody };
        let featured = plan
            .featured
            .iter()
            .zip(stock.state())
            .map(|(featured, (asked, left))| FeaturedOutcome { asked, sold: i64::from(featured.units) * UNIT - left });
        Replay {
            name: plan.name.clone(),
            window: *window,
            currency: definitions.currency,
            definitions: definitions.version,
            before,
            nobody: tally.nobody,
            topped_up: tally.topped_up,
            near: tally.near,
            added: tally.added,
            tiers,
            were: tally.were,
            distribution: tally.distribution,
            featured: featured.collect(),
        }
    }
}

/// Room to work in, used again for every basket.
#[derive(Default)]
struct Room {
    basket: Basket,
    topped_up: Basket,
    work: Work,
    topped_up_work: Work,
}
