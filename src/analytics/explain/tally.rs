//! One pass over the orders of both periods: sums by group, with and without a customer.

use rayon::prelude::*;
use serde::Serialize;

use super::groups::Groups;
use crate::analytics::revenue::{Revenue, divide_rounded};
use crate::analytics::rules::in_shop_currency;
use crate::jobs::{Cancelled, Progress};
use crate::model::dataset::NO_CUSTOMER;
use crate::model::{Dataset, Day, Definitions};

/// Sums over the orders of a group in a period. Money is minor units of the shop's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sums {
    /// Customers who ordered; `None` of several groups together, whose customers may be the same.
    pub customers: Option<u64>,
    /// Orders that count.
    pub orders: u64,
    /// Of them, without a customer.
    pub nameless: u64,
    /// Revenue before refunds.
    pub gross: i64,
    /// Refunds, and returns booked as orders of their own.
    pub refunds: i64,
    /// Thousandths of a unit on the lines of the orders.
    pub units_milli: i64,
    /// Price of these before discounts.
    pub list: i64,
    /// Discounts on the orders.
    pub given: i64,
    /// Orders whose lines tell units and prices.
    pub lined: u64,
}

impl Default for Sums {
    fn default() -> Self {
        Self {
            customers: Some(0),
            orders: 0,
            nameless: 0,
            gross: 0,
            refunds: 0,
            units_milli: 0,
            list: 0,
            given: 0,
            lined: 0,
        }
    }
}

impl Sums {
    /// Revenue by the shop's definition.
    pub fn revenue(&self) -> i64 {
        self.gross - self.refunds
    }

    /// Orders per customer who ordered, of orders with a customer.
    pub fn orders_per_customer(&self) -> Option<f64> {
        self.customers.filter(|n| *n > 0).map(|n| (self.orders - self.nameless) as f64 / n as f64)
    }

    /// Revenue before refunds per order, minor units.
    pub fn order_value(&self) -> Option<i64> {
        crate::analytics::door::average(self.gross, self.orders)
    }

    /// Discounts divided by the price of the goods before, 0–1.
    pub fn depth(&self) -> Option<f64> {
        crate::analytics::door::share(self.given as f64, self.list as f64)
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        Self {
            customers: self.customers.zip(other.customers).map(|(a, b)| a + b),
            orders: self.orders + other.orders,
            nameless: self.nameless + other.nameless,
            gross: self.gross + other.gross,
            refunds: self.refunds + other.refunds,
            units_milli: self.units_milli + other.units_milli,
            list: self.list + other.list,
            given: self.given + other.given,
            lined: self.lined + other.lined,
        }
    }
}

/// Sums of a group before and after.
pub(super) type Pair = [Sums; 2];

/// Sums of a group: of orders with a customer, and of those without.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub named: Pair,
    pub nameless: Pair,
}

impl Cell {
    /// Both together.
    pub fn all(&self) -> Pair {
        [self.named[0].plus(&self.nameless[0]), self.named[1].plus(&self.nameless[1])]
    }
}

/// What the passes read.
pub(super) struct Look<'a> {
    pub data: &'a Dataset,
    pub definitions: &'a Definitions,
    pub revenue: Revenue<'a>,
    pub periods: [(Day, Day); 2],
}

/// Sums of a group while they are made: the last order and customer that were counted, so that each counts once.
#[derive(Clone, Copy, Default)]
struct Open {
    sums: Sums,
    order: u32,
    customer: u32,
}

/// Stands for no order and no customer yet: all are counted from 1.
type Opened = [[Open; 2]; 2];

/// Customers of one part of the work; of many groups fewer and larger parts, since each part keeps sums of all groups.
const SMALL: usize = 16_384;
const MANY_GROUPS: usize = 4_096;

/// Sums by group of each grouping, in the order of its names.
pub(super) fn tally(look: &Look, groupings: &[&Groups], progress: &Progress) -> Result<Vec<Vec<Cell>>, Cancelled> {
    let customers = look.data.customers.id.len();
    let most = groupings.iter().map(|groups| groups.names.len()).max().unwrap_or(0);
    let step = if most > MANY_GROUPS { (customers / 4).max(SMALL) } else { SMALL };
    let starts: Vec<usize> = (0..customers).step_by(step).collect();
    let bound = |customer: usize| look.data.orders.by_customer.get(customer).map_or(0, |&at| at as usize);
    let mut parts: Vec<std::ops::Range<usize>> =
        starts.iter().map(|&from| bound(from)..bound((from + step).min(customers))).collect();
    parts.push(look.data.orders.unidentified());
    let empty =
        || -> Vec<Vec<Cell>> { groupings.iter().map(|groups| vec![Cell::default(); groups.names.len()]).collect() };
    let made = parts.into_par_iter().map(|orders| part(look, groupings, orders, progress));
    made.try_reduce(empty, |mut a, b| {
        for (a, b) in a.iter_mut().flatten().zip(b.iter().flatten()) {
            for side in 0..2 {
                a.named[side] = a.named[side].plus(&b.named[side]);
                a.nameless[side] = a.nameless[side].plus(&b.nameless[side]);
            }
        }
        Ok(a)
    })
}

fn part(
    look: &Look,
    groupings: &[&Groups],
    orders: std::ops::Range<usize>,
    progress: &Progress,
) -> Result<Vec<Vec<Cell>>, Cancelled> {
    let mut open: Vec<Vec<Opened>> =
        groupings.iter().map(|groups| vec![Opened::default(); groups.names.len()]).collect();
    let mut refund = look.revenue.refunds_of(orders.start, orders.end).start;
    for (n, i) in orders.enumerate() {
        if n.is_multiple_of(SMALL) && progress.is_cancelled() {
            return Err(Cancelled);
        }
        let day = look.data.orders.day[i];
        let sides = look.periods.map(|(from, to)| from <= day && day <= to);
        if sides == [false; 2] || !look.revenue.is_counted(i) {
            continue;
        }
        let order = look.order(i, &mut refund);
        for (groups, open) in groupings.iter().zip(&mut open) {
            for side in (0..2).filter(|&side| sides[side]) {
                order.put(look, groups, side, open);
            }
        }
    }
    let closed =
        |one: &Opened| Cell { named: [one[0][0].sums, one[0][1].sums], nameless: [one[1][0].sums, one[1][1].sums] };
    Ok(open.iter().map(|open| open.iter().map(closed).collect()).collect())
}

/// An order as it is summed.
struct Ordered {
    at: usize,
    is_purchase: bool,
    gross: i64,
    refunds: i64,
    units_milli: i64,
    list: i64,
    given: i64,
}

impl Look<'_> {
    /// Lines of an order.
    fn lines(&self, i: usize) -> std::ops::Range<usize> {
        let from = self.data.orders.line_start[i] as usize;
        from..from + self.data.orders.line_count[i] as usize
    }

    fn order(&self, i: usize, refund: &mut usize) -> Ordered {
        let (revenue, data) = (&self.revenue, self.data);
        let refunds = &data.refunds.order;
        while refunds.get(*refund).is_some_and(|&of| (of as usize) < i) {
            *refund += 1;
        }
        let mut refunded = 0;
        for r in (*refund..refunds.len()).take_while(|&r| refunds[r] as usize == i) {
            refunded += revenue.refunded(r);
        }
        if !revenue.is_purchase(i) {
            // A return that is booked as an order of its own gives back what its negative total says.
            let (gross, refunds) = (0, -revenue.before_refunds(i));
            return Ordered { at: i, is_purchase: false, gross, refunds, units_milli: 0, list: 0, given: 0 };
        }
        let (mut units_milli, mut list) = (0, 0);
        for line in self.lines(i) {
            units_milli += data.lines.quantity_milli.get(line);
            list += data.lines.amount.get(line);
        }
        let money = |minor: i64| in_shop_currency(data, self.definitions, i, minor);
        let (list, given) = (money(list), money(data.orders.discount.get(i)));
        Ordered {
            at: i,
            is_purchase: true,
            gross: revenue.before_refunds(i),
            refunds: refunded,
            units_milli,
            list,
            given,
        }
    }
}

impl Ordered {
    fn put(&self, look: &Look, groups: &Groups, side: usize, open: &mut [Opened]) {
        if groups.is_of_lines() {
            return self.put_lines(look, groups, side, open);
        }
        let group = groups.of_order(look.data, look.periods[side], side, self.at);
        self.add(look, side, &mut open[group], self);
    }

    /// Shares the order out over its lines by what they cost after discounts; what has no such lines stays together.
    fn put_lines(&self, look: &Look, groups: &Groups, side: usize, open: &mut [Opened]) {
        let lines = &look.data.lines;
        let paid = |line: usize| lines.amount.get(line) - lines.discount.get(line);
        let all: i64 = look.lines(self.at).map(paid).sum();
        if all == 0 {
            return self.add(look, side, &mut open[groups.without_lines()], self);
        }
        let money = |minor: i64| in_shop_currency(look.data, look.definitions, self.at, minor);
        let on_lines: i64 = look.lines(self.at).map(|line| lines.discount.get(line)).sum();
        let beyond = self.given - money(on_lines);
        let (mut reached, mut done) = (0_i64, [0_i64; 3]);
        for line in look.lines(self.at) {
            reached += paid(line);
            let upto = [self.gross, self.refunds, beyond].map(|whole| up_to(whole, reached, all));
            let [gross, refunds, further] = std::array::from_fn(|n| upto[n] - done[n]);
            done = upto;
            let is_purchase = self.is_purchase;
            let of_line = |minor: i64| if is_purchase { money(minor) } else { 0 };
            let share = Self {
                gross,
                refunds,
                units_milli: if is_purchase { lines.quantity_milli.get(line) } else { 0 },
                list: of_line(lines.amount.get(line)),
                given: of_line(lines.discount.get(line)) + further,
                ..*self
            };
            self.add(look, side, &mut open[groups.of_product(lines.product[line])], &share);
        }
    }

    /// Adds a share of the order, which may be all of it, to a group.
    fn add(&self, look: &Look, side: usize, open: &mut Opened, share: &Self) {
        let customer = look.data.orders.customer[self.at];
        let nameless = customer == NO_CUSTOMER;
        let open = &mut open[usize::from(nameless)][side];
        let sums = &mut open.sums;
        sums.gross += share.gross;
        sums.refunds += share.refunds;
        sums.units_milli += share.units_milli;
        sums.list += share.list;
        sums.given += share.given;
        let number = self.at as u32 + 1;
        if self.is_purchase && open.order != number {
            open.order = number;
            sums.orders += 1;
            sums.nameless += u64::from(nameless);
            sums.lined += u64::from(self.units_milli > 0 && self.list > 0);
            if !nameless && open.customer != customer + 1 {
                open.customer = customer + 1;
                sums.customers = sums.customers.map(|n| n + 1);
            }
        }
    }
}

/// The part of `whole` that belongs to the first `reached` of `all`, rounded.
fn up_to(whole: i64, reached: i64, all: i64) -> i64 {
    let part = divide_rounded(i128::from(whole) * i128::from(reached), i128::from(all));
    i64::try_from(part).unwrap_or(whole)
}
