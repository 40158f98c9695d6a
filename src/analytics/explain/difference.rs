//! The shop's revenue turned into the figure of a platform, one rule after the other.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::platform::{Platform, Rule};
use crate::analytics::revenue::Revenue;
use crate::analytics::rules::in_shop_currency;
use crate::jobs::{Cancelled, Progress};
use crate::model::dataset::{NO_DAY, flag};
use crate::model::definitions::Part;
use crate::model::record::OrderStatus;
use crate::model::{Currency, Dataset, Day, Definitions, TooLittle, Zone};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Asked {
    /// The figure to come to.
    pub platform: Platform,
    /// First and last day.
    pub days: (Day, Day),
    /// Zone in which the platform's days begin; `None` = that of the shop.
    pub zone: Option<Zone>,
    /// What the platform says, where that is known.
    pub theirs: Option<Theirs>,
}

/// What a platform says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Theirs {
    /// Its figure, minor units of the shop's currency.
    pub amount: i64,
    /// Whether it is from an imported report; else somebody typed it.
    pub imported: bool,
}

/// A rule by which two figures differ.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Days begin in another time zone.
    Zone(Zone),
    /// Orders of a status count (`true`) or not.
    Status(OrderStatus, bool),
    /// Test orders count or not.
    Tests(bool),
    /// Orders of no value count or not.
    FreeOrders(bool),
    /// Discounts are added back.
    Discounts,
    /// Tax counts or not.
    Tax(bool),
    /// Shipping counts or not.
    Shipping(bool),
    /// Refunds and returns are subtracted or not.
    Refunds(bool),
    /// Refunds count on their own day rather than on that of their order.
    RefundDay,
}

/// What one rule makes of the difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The rule.
    pub what: What,
    /// What it adds, minor units of the shop's currency.
    pub amount: i64,
    /// Orders that it concerns.
    pub orders: u64,
    /// The figure after it.
    pub after: i64,
}

/// Something that the steps leave open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// Orders in a currency without a rate, left out of both figures; their totals in that currency.
    WithoutRate {
        /// The currency.
        currency: Currency,
        /// How many orders.
        orders: u64,
        /// Their totals, minor units of that currency.
        total: i64,
    },
    /// Orders converted at the shop's own rates, not at those of their day; their totals in the shop's currency.
    Converted {
        /// How many orders.
        orders: u64,
        /// Their totals, minor units of the shop's currency.
        total: i64,
    },
    /// Orders whose source does not say the tax: it may be in either figure.
    TaxUnknown(u64),
    /// Refunds whose source does not say the day.
    UndatedRefunds(u64),
    /// Refunds are known by the day of the shop's zone only.
    RefundZone,
    /// Cancelled orders of these days: the day on which they were cancelled is not known.
    CancelledDay(u64),
    /// Pending orders, some of which may be on hold, which count for the platform.
    OnHold(u64),
    /// No facts are known after this day, which is before the last one.
    KnownUntil(Day),
}

/// The shop's revenue turned into a platform's figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// What was asked.
    pub asked: Asked,
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Currency of all money.
    pub currency: Currency,
    /// Version of the definitions used.
    pub definitions: u32,
    /// Revenue of the days by the shop's definitions.
    pub ours: i64,
    /// Its orders.
    pub our_orders: u64,
    /// What each rule adds that concerns any order, one after the other; from [`Difference::ours`] they lead to [`Difference::by_their_rules`].
    pub steps: Vec<Step>,
    /// The platform's figure as its rules make it of the shop's orders.
    pub by_their_rules: i64,
    /// Its orders.
    pub their_orders: u64,
    /// What the platform says beyond that, where it is known what it says: nobody can tell why.
    pub not_explained: Option<i64>,
    /// What the steps leave open.
    pub left: Vec<Left>,
}

/// The shop's revenue of some days turned into the figure of a platform, as known at the end of `as_of`.
///
/// # Errors
/// The outer error says that the work was cancelled; the inner one that there is no order in those days.
pub fn difference(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    asked: &Asked,
    progress: &Progress,
) -> Result<Result<Difference, TooLittle>, Cancelled> {
    let own = Rule::own(definitions);
    let theirs = asked.platform.rule(definitions, asked.zone.unwrap_or(definitions.zone));
    let (whats, rules) = between(&own, &theirs);
    let readings: Vec<Reading> = rules.iter().map(|rule| Reading::new(data, rule, as_of, asked.days)).collect();
    let sums = sum(data, &readings, progress)?;
    let first = sums[0];
    let mut after = first.amount;
    let told = whats.into_iter().zip(&sums[1..]).map(|(what, change)| {
        after += change.amount;
        Step { what, amount: change.amount, orders: change.concerned, after }
    });
    // A rule that concerns no order of these days makes no difference.
    let steps: Vec<Step> = told.filter(|step| step.orders > 0).collect();
    let their_orders = sums.iter().map(|change| change.orders).sum::<i64>();
    if first.orders == 0 && their_orders == 0 && after == 0 && first.amount == 0 {
        return Ok(Err(TooLittle { have: 0, need: 1, what: "orders in these days" }));
    }
    let count = |orders: i64| u64::try_from(orders).unwrap_or(0);
    Ok(Ok(Difference {
        asked: *asked,
        as_of,
        currency: definitions.currency,
        definitions: definitions.version,
        ours: first.amount,
        our_orders: count(first.orders),
        steps,
        by_their_rules: after,
        their_orders: count(their_orders),
        not_explained: asked.theirs.map(|theirs| theirs.amount - after),
        left: left(data, definitions, as_of, asked, &theirs),
    }))
}

/// The rules in which two ways to count differ, and the way after each of them, the first one before all.
fn between(own: &Rule, theirs: &Rule) -> (Vec<What>, Vec<Rule>) {
    let (mut whats, mut rules) = (Vec::new(), vec![own.clone()]);
    let mut rule = own.clone();
    let (a, b) = (&own.definitions, &theirs.definitions);
    let mut step = |differs: bool, what: What, change: &dyn Fn(&mut Rule)| {
        if differs {
            change(&mut rule);
            whats.push(what);
            rules.push(rule.clone());
        }
    };
    step(a.zone != b.zone, What::Zone(b.zone), &|rule| rule.definitions.zone = b.zone);
    for status in OrderStatus::ALL {
        let counts = b.counts(status);
        step(a.counts(status) != counts, What::Status(status, counts), &|rule| {
            rule.definitions.counted.retain(|other| *other != status);
            if counts {
                rule.definitions.counted.push(status);
            }
        });
    }
    let is_in = |part: Part| part == Part::Included;
    step(own.tests != theirs.tests, What::Tests(theirs.tests), &|rule| rule.tests = theirs.tests);
    step(a.free_orders != b.free_orders, What::FreeOrders(is_in(b.free_orders)), &|rule| {
        rule.definitions.free_orders = b.free_orders;
    });
    step(own.before_discounts != theirs.before_discounts, What::Discounts, &|rule| {
        rule.before_discounts = theirs.before_discounts;
    });
    step(a.tax != b.tax, What::Tax(is_in(b.tax)), &|rule| rule.definitions.tax = b.tax);
    step(a.shipping != b.shipping, What::Shipping(is_in(b.shipping)), &|rule| rule.definitions.shipping = b.shipping);
    step(a.refunds != b.refunds, What::Refunds(is_in(b.refunds)), &|rule| rule.definitions.refunds = b.refunds);
    step(own.by_refund_day != theirs.by_refund_day, What::RefundDay, &|rule| {
        rule.by_refund_day = theirs.by_refund_day;
    });
    (whats, rules)
}

/// Orders read by one way to count.
struct Reading<'a> {
    data: &'a Dataset,
    rule: &'a Rule,
    revenue: Revenue<'a>,
    days: (Day, Day),
}

/// What an order is worth by a rule, and whether it counts as an order.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Worth {
    amount: i64,
    is_order: bool,
}

/// A day of one zone is at most this many days from that of another.
const ZONES_APART: i32 = 2;

impl<'a> Reading<'a> {
    fn new(data: &'a Dataset, rule: &'a Rule, as_of: Day, days: (Day, Day)) -> Self {
        let revenue = Revenue::new(data, &rule.definitions, as_of).with_tests(rule.tests);
        Self { data, rule, revenue, days }
    }

    fn has(&self, day: Day) -> bool {
        self.days.0 <= day && day <= self.days.1
    }

    /// Whether an order was placed within the days, in the zone of the rule. `own` is the zone of the dataset's days.
    fn is_within(&self, i: usize, own: Zone) -> bool {
        let day = self.data.orders.day[i];
        let near = |edge: Day| (i64::from(day.0) - i64::from(edge.0)).abs() <= i64::from(ZONES_APART);
        if self.rule.definitions.zone == own || !(near(self.days.0) || near(self.days.1)) {
            return self.has(day);
        }
        self.has(self.rule.definitions.zone.day(self.data.orders.placed_at[i]))
    }

    /// What an order adds to the figure; `refunds` are its own.
    fn worth(&self, i: usize, refunds: std::ops::Range<usize>, own: Zone) -> Worth {
        let (revenue, within) = (&self.revenue, self.is_within(i, own));
        let is_order = within && revenue.is_purchase(i);
        let mut amount = 0;
        if within && revenue.is_counted(i) {
            amount += revenue.before_refunds(i);
        }
        if is_order && self.rule.before_discounts {
            amount += in_shop_currency(self.data, &self.rule.definitions, i, self.data.orders.discount.get(i));
        }
        for r in refunds {
            if if self.rule.by_refund_day { self.has(revenue.refund_day(r)) } else { within } {
                amount -= revenue.refunded(r);
            }
        }
        Worth { amount, is_order }
    }
}

/// What changes with a rule, or stands before the first.
#[derive(Clone, Copy, Default)]
struct Moved {
    amount: i64,
    orders: i64,
    concerned: u64,
}

/// Orders that one thread takes at once.
const CHUNK: usize = 65_536;

/// The first figure, and what each further way to count changes.
fn sum(data: &Dataset, readings: &[Reading], progress: &Progress) -> Result<Vec<Moved>, Cancelled> {
    let n = data.orders.id.len();
    // The days of the dataset are those of the shop's zone, which the first rule has.
    let own = readings[0].rule.definitions.zone;
    let refunds = &data.refunds.order;
    let chunks = (0..n.div_ceil(CHUNK)).into_par_iter().map(|chunk| {
        if progress.is_cancelled() {
            return Err(Cancelled);
        }
        let mut sums = vec![Moved::default(); readings.len()];
        let (from, to) = (chunk * CHUNK, ((chunk + 1) * CHUNK).min(n));
        let mut next = readings[0].revenue.refunds_of(from, to).start;
        for i in from..to {
            let first = next;
            while refunds.get(next).is_some_and(|&of| of as usize == i) {
                next += 1;
            }
            let mut known = Worth { amount: 0, is_order: false };
            for (reading, sums) in readings.iter().zip(&mut sums) {
                let worth = reading.worth(i, first..next, own);
                sums.amount += worth.amount - known.amount;
                sums.orders += i64::from(worth.is_order) - i64::from(known.is_order);
                sums.concerned += u64::from(worth != known);
                known = worth;
            }
        }
        Ok(sums)
    });
    chunks.try_reduce(
        || vec![Moved::default(); readings.len()],
        |mut a, b| {
            for (a, b) in a.iter_mut().zip(b) {
                a.amount += b.amount;
                a.orders += b.orders;
                a.concerned += b.concerned;
            }
            Ok(a)
        },
    )
}

/// What the orders of the days leave open.
fn left(data: &Dataset, definitions: &Definitions, as_of: Day, asked: &Asked, theirs: &Rule) -> Vec<Left> {
    let orders = &data.orders;
    let revenue = Revenue::new(data, &theirs.definitions, as_of).with_tests(theirs.tests);
    let (mut without_rate, mut converted) = (BTreeMap::<Currency, (u64, i64)>::new(), (0, 0));
    let (mut tax_unknown, mut cancelled, mut pending) = (0, 0, 0);
    let within = |day: Day| asked.days.0 <= day && day <= asked.days.1 && day <= as_of;
    for i in (0..orders.id.len()).filter(|&i| within(orders.day[i])) {
        let currency = data.currencies.get(usize::from(orders.currency[i])).copied().unwrap_or(definitions.currency);
        if !revenue.convertible(i) {
            let (n, total) = without_rate.entry(currency).or_default();
            (*n, *total) = (*n + 1, *total + orders.total.get(i));
            continue;
        }
        cancelled += u64::from(orders.status(i) == OrderStatus::Cancelled);
        pending += u64::from(orders.status(i) == OrderStatus::Pending);
        if revenue.is_purchase(i) {
            tax_unknown += u64::from(orders.flags[i] & flag::TAX_UNKNOWN != 0);
            if currency != definitions.currency {
                let total = in_shop_currency(data, definitions, i, orders.total.get(i));
                converted = (converted.0 + 1, converted.1 + total);
            }
        }
    }
    let undated = (0..data.refunds.order.len())
        .filter(|&r| theirs.by_refund_day && data.refunds.day[r] == NO_DAY)
        .filter(|&r| within(revenue.refund_day(r)))
        .count() as u64;
    let shopify = matches!(asked.platform, Platform::ShopifyNet | Platform::ShopifyTotal);
    let woocommerce = asked.platform.tool() == "WooCommerce";
    let mut left: Vec<Left> = without_rate
        .into_iter()
        .map(|(currency, (orders, total))| Left::WithoutRate { currency, orders, total })
        .collect();
    let mut note = |is_so: bool, what: Left| left.extend(is_so.then_some(what));
    note(converted.0 > 0, Left::Converted { orders: converted.0, total: converted.1 });
    note(tax_unknown > 0, Left::TaxUnknown(tax_unknown));
    note(undated > 0, Left::UndatedRefunds(undated));
    note(theirs.by_refund_day && theirs.definitions.zone != definitions.zone, Left::RefundZone);
    note(shopify && cancelled > 0, Left::CancelledDay(cancelled));
    note(woocommerce && pending > 0, Left::OnHold(pending));
    note(as_of < asked.days.1, Left::KnownUntil(as_of));
    left
}
