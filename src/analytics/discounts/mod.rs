//! Discount dependence: who buys only on sale, what that costs, and the smallest discount that sufficed.
//!
//! An order is *on sale* where the shop took anything off: on the order, on a line, by a code. Its *rate* is what was
//! taken off divided by the price of the goods before ([`rate`]). The smallest rate a customer bought at is an upper
//! bound of what they need: less may have sufficed, had it been offered. Of customers who also buy at full price, no
//! discount was needed.
//!
//! Where everything is on sale, "on sale" says nothing of a customer. Beside every share therefore stands that of the
//! whole shop, beside the number who bought only on sale what chance would make of it on the same days, and a customer's habit is drawn
//! towards the shop's by what all customers show (beta-binomial model).

mod chance;
mod curve;
mod tally;

use serde::Serialize;

pub use self::curve::{Curve, STEP};
use super::door::share;
use super::math::beta::{Beta, Tally};
use super::rules::Bits;
use super::segments::{Segment, SegmentTable};
use crate::jobs::{Cancelled, Progress};
use crate::model::{Currency, Dataset, Day, Definitions, TooLittle};

/// Orders that it takes to speak of a habit.
pub const HABIT: u32 = 2;

/// How a customer buys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// All orders at full price.
    Never,
    /// Up to half of the orders on sale.
    Sometimes,
    /// More than half, not all.
    Mostly,
    /// All orders on sale.
    Only,
    /// One order: no habit to tell.
    TooFew,
}

impl Class {
    /// All of them, from free to dependent.
    pub const ALL: [Self; 5] = [Self::Never, Self::Sometimes, Self::Mostly, Self::Only, Self::TooFew];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Never => "Never on sale",
            Self::Sometimes => "Sometimes on sale",
            Self::Mostly => "Mostly on sale",
            Self::Only => "Only on sale",
            Self::TooFew => "One order",
        }
    }

    /// Its rule in words.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Never => "Two orders or more, all at full price",
            Self::Sometimes => "Up to half of the orders on sale",
            Self::Mostly => "More than half of the orders on sale, not all",
            Self::Only => "Two orders or more, all on sale",
            Self::TooFew => "One order tells no habit",
        }
    }
}

/// What one customer bought on sale.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Habit {
    /// Orders that count.
    pub orders: u32,
    /// Of them, on sale.
    pub on_sale: u32,
    /// Smallest rate of an order on sale, millionths; 0 where there is none, or its rate is not known.
    pub smallest: u32,
}

impl Habit {
    /// How the customer buys; `None` of one who did not.
    pub fn class(self) -> Option<Class> {
        match (self.orders, self.on_sale) {
            (0, _) => None,
            (orders, _) if orders < HABIT => Some(Class::TooFew),
            (_, 0) => Some(Class::Never),
            (orders, on_sale) if on_sale == orders => Some(Class::Only),
            (orders, on_sale) if 2 * on_sale > orders => Some(Class::Mostly),
            _ => Some(Class::Sometimes),
        }
    }

    /// Share of the orders that were on sale.
    pub fn share(self) -> Option<f64> {
        share(self.on_sale.into(), self.orders.into())
    }

    /// The smallest rate as a share.
    pub fn smallest_share(self) -> Option<f64> {
        (self.smallest > 0).then(|| f64::from(self.smallest) / 1e6)
    }
}

/// Sums over the customers of a group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// Customers with an order.
    pub buyers: u64,
    /// Of them by class, as in [`Class::ALL`].
    pub classes: [u64; 5],
    /// Orders that count.
    pub orders: u64,
    /// Of them, on sale.
    pub on_sale: u64,
    /// Revenue of the orders after refunds, minor units of the shop's currency.
    pub revenue: i64,
    /// Revenue of the orders on sale.
    pub revenue_on_sale: i64,
    /// Discounts given, minor units of the shop's currency.
    pub given: i64,
    /// Of them, on orders whose rate is known.
    pub given_of_goods: i64,
    /// Price of the goods of those orders before discounts.
    pub goods: i64,
    /// Margin that is left of the orders whose costs are known.
    pub margin: i64,
    /// Discounts given on those orders.
    pub given_of_margin: i64,
    /// Orders whose costs are not known.
    pub costless: u64,
    /// Median of the customers' smallest rates, of those with an order on sale; 0–1.
    pub smallest: Option<f64>,
}

impl Group {
    /// Share of the orders that were on sale.
    pub fn on_sale_share(&self) -> Option<f64> {
        share(self.on_sale as f64, self.orders as f64)
    }

    /// Share of the revenue that was made on sale.
    pub fn revenue_share(&self) -> Option<f64> {
        share(self.revenue_on_sale as f64, self.revenue as f64)
    }

    /// What was taken off the price of the goods, over all orders on sale together.
    pub fn rate(&self) -> Option<f64> {
        share(self.given_of_goods as f64, self.goods as f64)
    }

    /// Customers with enough orders to tell a habit.
    pub fn judged(&self) -> u64 {
        self.buyers - self.classes[Class::TooFew as usize]
    }

    /// Of those, the share that bought only on sale.
    pub fn only_share(&self) -> Option<f64> {
        share(self.classes[Class::Only as usize] as f64, self.judged() as f64)
    }

    /// Share of the gross margin before discounts that was given away, of the orders whose costs are known; `None`
    /// where these are fewer than nine in ten.
    pub fn margin_given(&self) -> Option<f64> {
        let before = self.given_of_margin as f64 + self.margin as f64;
        (10 * self.costless <= self.orders).then(|| share(self.given_of_margin as f64, before)).flatten()
    }
}

/// Days on which nearly everybody bought on sale: being on sale then says nothing of a customer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SaleDays {
    /// Days with at least [`DAY_ORDERS`] orders, nine of ten or more of them on sale.
    pub days: u64,
    /// Orders on sale on those days.
    pub on_sale: u64,
}

/// Fewer orders make no sale day.
pub const DAY_ORDERS: u32 = 10;

/// Discount dependence of a shop.
#[derive(Debug, Clone, PartialEq)]
pub struct Discounts {
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Currency of all money.
    pub currency: Currency,
    /// Version of the definitions used.
    pub definitions: u32,
    /// By segment of the framework on the as-of day.
    pub segments: Vec<(Segment, Group)>,
    /// All identified customers.
    pub total: Group,
    /// Days on which nearly everybody bought on sale.
    pub sale_days: SaleDays,
    /// How many would have bought only on sale by chance: had nobody more liking for sales than others who ordered on
    /// the same days, first orders and later ones told apart.
    pub only_by_chance: f64,
    /// How the customers' own shares are spread; `None` where all orders are on sale, or none.
    pub usual: Option<Beta>,
    /// Which discount sufficed for how many.
    pub curve: Curve,
    /// By customer index.
    pub habits: Vec<Habit>,
    /// Segment by customer index, as in the segment table.
    segment_of: Vec<u8>,
}

/// Finds who depends on discounts, by the segments of `table` and up to its day.
///
/// # Errors
/// The outer error says that the work was cancelled; the inner one that nobody ordered.
pub fn discounts(
    data: &Dataset,
    definitions: &Definitions,
    table: &SegmentTable,
    progress: &Progress,
) -> Result<Result<Discounts, TooLittle>, Cancelled> {
    let tally::Counted { habits, segments, total, sale_days, only_by_chance } =
        tally::count(data, definitions, table, progress)?;
    if total.buyers == 0 {
        return Ok(Err(TooLittle { have: 0, need: 1, what: "orders of identified customers" }));
    }
    progress.step(0)?;
    let usual = Beta::fit(&tallies(&habits));
    Ok(Ok(Discounts {
        as_of: table.as_of,
        currency: definitions.currency,
        definitions: definitions.version,
        curve: Curve::of(&habits),
        segments,
        total,
        sale_days,
        only_by_chance,
        usual,
        habits,
        segment_of: table.segment_of.clone(),
    }))
}

impl Discounts {
    /// The share of the next orders that a customer is expected to place on sale, with its 95 % interval: the
    /// customer's own share drawn towards the shop's, the more so the fewer orders there are.
    pub fn expected(&self, habit: Habit) -> Option<(f64, (f64, f64))> {
        let after = self.usual?.after(habit.on_sale.into(), habit.orders.into());
        (habit.orders > 0).then(|| (after.mean(), after.interval()))
    }

    /// The customers of a class, of a segment, or of both, by index; without either all who bought.
    pub fn picked(&self, class: Option<Class>, segment: Option<Segment>) -> Bits {
        Bits::of(self.habits.len(), |customer| {
            let own = self.habits[customer].class();
            own.is_some()
                && class.is_none_or(|class| own == Some(class))
                && segment.is_none_or(|segment| self.segment_of[customer] == segment as u8)
        })
    }
}

/// Customers with the same number of orders, and of orders on sale.
fn tallies(habits: &[Habit]) -> Vec<Tally> {
    let mut groups: rustc_hash::FxHashMap<(u32, u32), u64> = rustc_hash::FxHashMap::default();
    for habit in habits.iter().filter(|habit| habit.orders > 0) {
        *groups.entry((habit.orders, habit.on_sale)).or_default() += 1;
    }
    let tally = |((n, k), groups): ((u32, u32), u64)| Tally { n: n.into(), k: k.into(), groups };
    let mut tallies: Vec<Tally> = groups.into_iter().map(tally).collect();
    // In one order, so that sums are the same every time.
    tallies.sort_unstable();
    tallies
}

/// What was taken off the price of an order's goods, in millionths, at least 1: its discounts divided by the price of its
/// lines before discounts, or, without lines, by what was paid for goods and the discounts. `None` without a discount,
/// and where the goods have no price.
pub fn rate(data: &Dataset, order: usize) -> Option<u32> {
    let (given, goods) = given_of(data, order)?;
    let millionths = (i128::from(given) * 1_000_000 + i128::from(goods) / 2) / i128::from(goods);
    Some(millionths.clamp(1, 1_000_000) as u32)
}

/// Discount of an order and the price of its goods before, both more than 0, in the currency of the order.
fn given_of(data: &Dataset, order: usize) -> Option<(i64, i64)> {
    let orders = &data.orders;
    let given = orders.discount.get(order);
    if given <= 0 {
        return None;
    }
    let from = orders.line_start[order] as usize;
    let lines = (from..from + orders.line_count[order] as usize).map(|line| data.lines.amount.get(line)).sum::<i64>();
    let paid = || orders.total.get(order) - orders.tax.get(order) - orders.shipping.get(order) + given;
    let goods = if lines > 0 { lines } else { paid() };
    (goods > 0).then_some((given, goods))
}
