//! What a replay needs to know of the whole shop: prices that fell, stock that came back, how soon products are bought
//! again.

use std::collections::VecDeque;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::life::products_of;
use super::{Monthly, Question};
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::sequence::{Check, DAY, Exit, Percent, Sequence, Step, Trigger};
use crate::model::time::DayClock;

/// Days whose lowest price a new one is held against.
const PRICE_DAYS: i64 = 30;

/// Something that happened to a product: product and moment, sorted.
pub type Happened = Vec<(u32, i64)>;

/// A sequence with what its names mean.
pub struct Plan<'a> {
    pub sequence: &'a Sequence,
    pub audience: Option<Option<&'a Monthly>>,
    pub joins: Option<&'a Monthly>,
    /// By step, where it asks for membership.
    pub checks: Vec<Option<&'a Monthly>>,
    pub leaves_by_buying: bool,
    pub leaves_by_refusing: bool,
    /// Places of the sequences whose entering ends this one.
    pub leaves_for: Vec<usize>,
    /// Prices that fell, or stock that came back.
    pub happened: Happened,
}

/// How soon a product is bought again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    pub product: u32,
    /// Times it was bought again by the same customer.
    pub repeats: u32,
    /// Median seconds between; of an even number the lower one in the middle.
    pub median: i64,
}

/// The whole shop as the walk needs it.
pub struct Ground<'a> {
    pub question: &'a Question<'a>,
    pub revenue: Revenue<'a>,
    /// The first moment that is replayed.
    pub start: i64,
    /// The first moment after history.
    pub end: i64,
    pub plans: Vec<Plan<'a>>,
    /// Whether anything asks for the products of orders.
    pub asks_products: bool,
    /// By product, sorted.
    pub paces: Vec<Pace>,
}

impl<'a> Ground<'a> {
    pub fn new(question: &'a Question<'a>, progress: &Progress) -> Result<Self, Cancelled> {
        let first = question.data.span.map_or(question.as_of.0, |(first, _)| first.0);
        let mut ground = Self {
            question,
            revenue: Revenue::new(question.data, question.definitions, question.as_of),
            start: i64::from(first) * DAY,
            end: (i64::from(question.as_of.0) + 1) * DAY,
            plans: Vec::new(),
            asks_products: question.sequences.iter().any(asks_products),
            paces: Vec::new(),
        };
        if question.sequences.iter().any(|s| s.active && matches!(s.trigger, Trigger::Replenishment { .. })) {
            ground.paces = ground.paces(progress)?;
        }
        let prices = if question.sequences.iter().any(|s| s.active && matches!(s.trigger, Trigger::PriceDrop { .. })) {
            ground.prices()
        } else {
            Vec::new()
        };
        progress.step(0)?;
        ground.plans = question.sequences.iter().map(|sequence| ground.plan(sequence, &prices)).collect();
        Ok(ground)
    }

    fn plan(&self, sequence: &'a Sequence, prices: &[Price]) -> Plan<'a> {
        let members = |rule| self.question.audiences.of(rule);
        let check = |step: &'a Step| match step {
            Step::OnlyIf(Check::Rule(rule)) => members(rule),
            _ => None,
        };
        let ends_by = |exit: &Exit| {
            let Exit::Entered(name) = exit else { return None };
            self.question.sequences.iter().position(|other| other.name == *name)
        };
        Plan {
            audience: sequence.audience.as_ref().map(members),
            joins: match &sequence.trigger {
                Trigger::Joins { audience } => members(audience),
                _ => None,
            },
            checks: sequence.steps.iter().map(check).collect(),
            leaves_by_buying: sequence.exits.contains(&Exit::Bought),
            leaves_by_refusing: sequence.exits.contains(&Exit::Unsubscribed),
            leaves_for: sequence.exits.iter().filter_map(ends_by).collect(),
            happened: match sequence.trigger {
                Trigger::PriceDrop { percent, .. } if sequence.active => self.falls(prices, percent),
                Trigger::BackInStock { .. } if sequence.active => self.restocks(),
                _ => Happened::new(),
            },
            sequence,
        }
    }

    /// What products that somebody was interested in cost, as paid by line, without orders that had a code.
    fn prices(&self) -> Vec<Price> {
        let Question { data, signals, definitions, .. } = self.question;
        let views = signals.views.iter().map(|view| view.product);
        let wanted: FxHashSet<u32> = views.chain(signals.cart_products.iter().copied()).collect();
        let (orders, lines) = (&data.orders, &data.lines);
        let mut clock = DayClock::new(definitions.zone);
        let mut prices = Vec::new();
        for order in 0..orders.id.len() {
            let currency = data.currencies.get(usize::from(orders.currency[order]));
            let counts = self.revenue.is_purchase(order)
                && currency == Some(&definitions.currency)
                && signals.coded.binary_search(&(order as u32)).is_err();
            if !counts {
                continue;
            }
            let at = clock.local(orders.placed_at[order]);
            let first = orders.line_start[order] as usize;
            for line in first..first + orders.line_count[order] as usize {
                let (product, milli) = (lines.product[line], lines.quantity_milli.get(line));
                let paid = lines.amount.get(line) - lines.discount.get(line);
                if milli > 0 && paid > 0 && wanted.contains(&product) {
                    let each = i128::from(paid) * 1_000_000 / i128::from(milli);
                    prices.push(Price { product, at, each: i64::try_from(each).unwrap_or(i64::MAX) });
                }
            }
        }
        prices.par_sort_unstable_by_key(|price| (price.product, price.at, price.each));
        prices
    }

    /// Where a price fell by at least a share: paid by line against the lowest of the 30 days before, or observed
    /// against the observation before.
    fn falls(&self, prices: &[Price], percent: Percent) -> Happened {
        let lower = |price: i64, base: i64| {
            i128::from(price) * 10_000 <= i128::from(base) * i128::from(10_000_u32.saturating_sub(percent.0))
        };
        let mut falls = Happened::new();
        for of_product in prices.chunk_by(|a, b| a.product == b.product) {
            let mut lowest: VecDeque<(i64, i64)> = VecDeque::new();
            for of_day in of_product.chunk_by(|a, b| a.day() == b.day()) {
                let day = of_day[0].day();
                lowest.retain(|(before, _)| *before >= day - PRICE_DAYS);
                if let Some(base) = lowest.iter().map(|(_, each)| *each).min() {
                    falls.extend(of_day.iter().find(|price| lower(price.each, base)).map(|p| (p.product, p.at)));
                }
                lowest.extend(of_day.iter().map(|price| price.each).min().map(|each| (day, each)));
            }
        }
        let priced = self.question.signals.observed.iter().filter(|seen| seen.at < self.end);
        let mut before: Option<(u32, i64)> = None;
        for (seen, price) in priced.filter_map(|seen| Some((seen, seen.price?))) {
            if before.is_some_and(|(product, base)| product == seen.product && price < base && lower(price, base)) {
                falls.push((seen.product, seen.at));
            }
            before = Some((seen.product, price));
        }
        falls.sort_unstable();
        falls.dedup();
        falls
    }

    /// Where stock came back.
    fn restocks(&self) -> Happened {
        let counted = self.question.signals.observed.iter().filter(|seen| seen.at < self.end);
        let mut before: Option<(u32, i64)> = None;
        let mut back = Happened::new();
        for (seen, stock) in counted.filter_map(|seen| Some((seen, seen.stock?))) {
            if stock > 0 && before.is_some_and(|(product, had)| product == seen.product && had <= 0) {
                back.push((seen.product, seen.at));
            }
            before = Some((seen.product, stock));
        }
        back
    }

    /// How soon each product is bought again, over all of history.
    fn paces(&self, progress: &Progress) -> Result<Vec<Pace>, Cancelled> {
        const CHUNK: usize = 4_096;
        let customers = self.question.data.customers.id.len();
        let gaps: Vec<Vec<(u32, i64)>> = (0..customers.div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                if progress.is_cancelled() {
                    return Err(Cancelled);
                }
                let mut clock = DayClock::new(self.question.definitions.zone);
                let (mut bought, mut gaps) = (Vec::new(), Vec::new());
                for customer in chunk * CHUNK..customers.min((chunk + 1) * CHUNK) {
                    products_of(self, customer, &mut clock, &mut bought);
                    let again = bought.windows(2).filter(|pair: &&[(u32, i64)]| pair[0].0 == pair[1].0);
                    gaps.extend(again.map(|pair| (pair[0].0, pair[1].1 - pair[0].1)));
                }
                Ok(gaps)
            })
            .collect::<Result<_, _>>()?;
        let mut gaps = gaps.concat();
        gaps.par_sort_unstable();
        let of_product = gaps.chunk_by(|a, b| a.0 == b.0);
        Ok(of_product
            .map(|gaps| Pace { product: gaps[0].0, repeats: gaps.len() as u32, median: gaps[(gaps.len() - 1) / 2].1 })
            .collect())
    }
}

fn asks_products(sequence: &Sequence) -> bool {
    let asks = matches!(
        sequence.trigger,
        Trigger::PriceDrop { .. } | Trigger::BackInStock { .. } | Trigger::Replenishment { .. }
    );
    sequence.active && asks
}

/// What was paid for a unit of a product, thousandths of a minor unit.
struct Price {
    product: u32,
    at: i64,
    each: i64,
}

impl Price {
    fn day(&self) -> i64 {
        self.at.div_euclid(DAY)
    }
}
