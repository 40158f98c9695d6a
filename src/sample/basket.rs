//! What lies in an order, what it costs, and what becomes of it.
//!
//! Prices are net, as in the United States: tax comes on top.
//! total = Σ line amounts − Σ line discounts − discount on the order + shipping + tax.

use super::catalogue::Catalogue;
use super::codes;
use super::dice::Dice;
use super::people::Person;
use super::truth::{Pair, Sale, Truth};
use super::wares::{CATEGORIES, Region};
use crate::model::record::OrderStatus;

const DAY: i64 = 86_400;
/// Goods worth this much are sent for free, minor units.
const FREE_SHIPPING_FROM: i64 = 7_500;

/// A line of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Position in the catalogue.
    pub product: usize,
    /// Pieces.
    pub quantity: i64,
    /// Quantity × price, minor units.
    pub amount: i64,
    /// Markdown on the line, minor units.
    pub discount: i64,
}

impl Line {
    /// What the line costs after its own discount.
    pub fn net(&self) -> i64 {
        self.amount - self.discount
    }
}

/// Money given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refund {
    /// UTC seconds.
    pub at: i64,
    /// Minor units, with the part of tax (and shipping) that belongs to it.
    pub amount: i64,
    /// The part of it that was paid for goods.
    pub goods: i64,
    /// Why.
    pub reason: &'static str,
}

/// What an order holds, apart from whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Basket {
    /// Lines, each with a product of its own.
    pub lines: Vec<Line>,
    /// Code typed by the buyer.
    pub code: Option<&'static str>,
    /// Discount on the whole order, by the code.
    pub discount: i64,
    /// Shipping charged.
    pub shipping: i64,
    /// Tax, on top of prices.
    pub tax: i64,
    /// What the buyer was charged.
    pub total: i64,
    /// State at the end of the window.
    pub status: OrderStatus,
    /// At most one.
    pub refund: Option<Refund>,
}

impl Basket {
    /// Goods after markdowns, before the code.
    pub fn goods(&self) -> i64 {
        self.lines.iter().map(Line::net).sum()
    }

    /// Goods after all discounts: what tax is owed on.
    pub fn taxed(&self) -> i64 {
        self.goods() - self.discount
    }

    /// Splits an amount over the lines by what they cost; the parts add up to it.
    pub fn split(&self, amount: i64) -> Vec<i64> {
        let goods = self.goods().max(1);
        let (mut so_far, mut given) = (0, 0);
        let mut part = |line: &Line| {
            so_far += line.net();
            let part = amount * so_far / goods - given;
            given += part;
            part
        };
        self.lines.iter().map(&mut part).collect()
    }
}

/// What a basket depends on.
pub struct Occasion<'a> {
    /// Goods.
    pub catalogue: &'a Catalogue,
    /// Planted parameters.
    pub truth: &'a Truth,
    /// Who buys; nobody is known at the till.
    pub person: Option<&'a Person>,
    /// Number of earlier orders and days since the last, of a known buyer.
    pub history: Option<(u16, u16)>,
    /// The sale that runs.
    pub sale: Option<&'a Sale>,
    /// Where goods go and tax is owed.
    pub region: &'static Region,
    /// Whether the buyer carries the goods home.
    pub in_store: bool,
    /// When, UTC seconds.
    pub at: i64,
    /// The end of the window: what would happen later has not happened, UTC seconds.
    pub end: i64,
}

impl Occasion<'_> {
    /// Fills a basket and follows it to the end of the window.
    pub fn basket(&self, dice: &mut Dice) -> Basket {
        let mut lines = self.fill(dice);
        if let Some(sale) = self.sale.filter(|sale| sale.code.is_none()) {
            for line in &mut lines {
                line.discount = percent(line.amount, sale.percent);
            }
        }
        let goods: i64 = lines.iter().map(Line::net).sum();
        let (code, discount) = if self.in_store { (None, 0) } else { codes::used(self, goods, dice) };
        let taxed = goods - discount;
        let free = self.in_store || taxed >= FREE_SHIPPING_FROM;
        let shipping = if free { 0 } else { self.region.shipping };
        let tax = (taxed * self.region.tax + 5_000) / 10_000;
        let total = taxed + shipping + tax;
        let mut basket =
            Basket { lines, code, discount, shipping, tax, total, status: OrderStatus::Paid, refund: None };
        self.follow(&mut basket, dice);
        basket
    }

    /// Chooses lines: by taste and crowd, then the planted pairs, which are drawn apart.
    fn fill(&self, dice: &mut Dice) -> Vec<Line> {
        let spend = self.person.map_or(0.8, |p| f64::from(p.spend));
        let mut lines = Vec::new();
        for _ in 0..=dice.events((0.75 * spend).min(8.0)) {
            let product = self.choose(spend, dice);
            let quantity = 1 + i64::from(dice.events((0.16 * spend).min(2.0)));
            self.add(&mut lines, product, quantity);
        }
        for (pair, [left, right]) in self.truth.pairs.iter().zip(&self.catalogue.pairs) {
            let (has_left, has_right) = draw_pair(pair, dice);
            if has_left {
                self.add(&mut lines, *left, 1);
            }
            if has_right {
                self.add(&mut lines, *right, 1);
            }
        }
        lines
    }

    /// A product of a favourite category or any other; who spends more takes the dearer of two, and the other way round.
    fn choose(&self, spend: f64, dice: &mut Dice) -> usize {
        let category = match (self.person, dice.unit()) {
            (Some(person), x) if x < 0.35 => usize::from(person.favourites[0]),
            (Some(person), x) if x < 0.55 => usize::from(person.favourites[1]),
            _ => self.catalogue.any_category(dice),
        };
        let first = self.catalogue.any_product(category, dice);
        let second = self.catalogue.any_product(category, dice);
        let leaning = (spend - 1.0).clamp(-0.6, 0.8);
        if !dice.chance(leaning.abs()) {
            return first;
        }
        let dearer = self.catalogue.products[second].price > self.catalogue.products[first].price;
        if dearer == (leaning > 0.0) { second } else { first }
    }

    fn add(&self, lines: &mut Vec<Line>, product: usize, quantity: i64) {
        let amount = quantity * self.catalogue.products[product].price;
        match lines.iter_mut().find(|line| line.product == product) {
            Some(line) => {
                line.quantity += quantity;
                line.amount += amount;
            }
            None => lines.push(Line { product, quantity, amount, discount: 0 }),
        }
    }

    /// Cancellation, late payment, returns and goodwill.
    fn follow(&self, basket: &mut Basket, dice: &mut Dice) {
        let (cancelled, pending) = (dice.chance(self.truth.cancelled), dice.chance(0.15));
        if cancelled {
            basket.status = OrderStatus::Cancelled;
        } else if pending && self.end - self.at < 3 * DAY && !self.in_store {
            basket.status = OrderStatus::Pending;
        } else if let Some(refund) = self.refund(basket, dice).filter(|refund| refund.at <= self.end) {
            let whole = refund.amount == basket.total;
            basket.status = if whole { OrderStatus::Refunded } else { OrderStatus::PartiallyRefunded };
            basket.refund = Some(refund);
        }
    }

    fn refund(&self, basket: &Basket, dice: &mut Dice) -> Option<Refund> {
        let goodwill = dice.chance(self.truth.goodwill);
        let back: i64 = basket.lines.iter().filter(|line| dice.chance(self.refund_rate(line))).map(Line::net).sum();
        let days = 4.0 + (9.0 * dice.exponential()).min(41.0);
        let at = self.at + (days * DAY as f64) as i64;
        let (all, taxed) = (basket.goods(), basket.taxed());
        if back == all {
            let reason = if dice.chance(0.3) { "Arrived damaged" } else { "Changed mind" };
            Some(Refund { at, amount: basket.total, goods: taxed, reason })
        } else if back > 0 {
            // The lines' part of what was paid for goods and tax; shipping is not given back.
            let amount = (basket.total - basket.shipping) * back / all;
            Some(Refund { at, amount, goods: taxed * back / all, reason: "Item returned" })
        } else if goodwill {
            Some(Refund { at, amount: percent(basket.total, 10), goods: percent(taxed, 10), reason: "Goodwill" })
        } else {
            None
        }
    }

    fn refund_rate(&self, line: &Line) -> f64 {
        CATEGORIES[self.catalogue.products[line.product].category].refund
    }
}

/// Whether an order has the products of a pair.
fn draw_pair(pair: &Pair, dice: &mut Dice) -> (bool, bool) {
    let both = pair.both();
    match dice.unit() {
        x if x < both => (true, true),
        x if x < pair.left_share => (true, false),
        x if x < pair.left_share + pair.right_share - both => (false, true),
        _ => (false, false),
    }
}

/// A percentage of an amount, rounded half up.
pub fn percent(amount: i64, percent: u32) -> i64 {
    (amount * i64::from(percent) + 50) / 100
}
