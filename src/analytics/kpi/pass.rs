//! One pass over the orders: sums by day, and who bought in which of the windows that are asked for.

use rayon::prelude::*;

use super::sums::{Daily, Sums};
use crate::analytics::costs::Costs;
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::Day;
use crate::model::dataset::{Dataset, NO_DAY};
use crate::model::definitions::Definitions;

/// Days within which a new customer is watched.
pub const WATCHED: i32 = 90;
/// Windows that may lie over one another, each with the one before it: two bits of a mask.
pub const MOST_WINDOWS: usize = 16;
/// Days that lie in no step.
const NOWHERE: u16 = u16::MAX;

/// Customers who bought in a window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct People {
    /// In it.
    pub buyers: u64,
    /// Of them, those who bought in it on a day after that of their first order.
    pub again: u64,
    /// In the window before it.
    pub before: u64,
    /// In both.
    pub kept: u64,
}

impl People {
    fn plus(&mut self, other: &Self) {
        self.buyers += other.buyers;
        self.again += other.again;
        self.before += other.before;
        self.kept += other.kept;
    }
}

/// Which people are counted.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Windows that may lie over one another, each with the one before it; at most `MOST_WINDOWS`.
    pub windows: Vec<((Day, Day), (Day, Day))>,
    /// Chains of steps, oldest first, each beginning where the one before it ends. The first step of a chain is only
    /// there to be the one before the second.
    pub chains: Vec<Vec<(Day, Day)>>,
}

/// What the pass found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Sums by day.
    pub daily: Daily,
    /// People of each window.
    pub windows: Vec<People>,
    /// People of each step of each chain.
    pub chains: Vec<Vec<People>>,
    /// Day of the first order and days since the account was made, of new customers whose account is as old, sorted.
    times: Vec<(Day, i32)>,
}

impl Found {
    /// Median days from account to first order of those who bought first within these days, and how many they are.
    pub fn time_to_first(&self, (from, to): (Day, Day)) -> Option<(f64, u64)> {
        let first = self.times.partition_point(|(day, _)| *day < from);
        let end = self.times.partition_point(|(day, _)| *day <= to);
        let mut days: Vec<i32> = self.times.get(first..end)?.iter().map(|(_, days)| *days).collect();
        let middle = days.len() / 2;
        let is_even = days.len().is_multiple_of(2);
        if days.is_empty() {
            return None;
        }
        let (below, median, _) = days.select_nth_unstable(middle);
        let median = f64::from(*median);
        let lower = below.iter().max().map_or(median, |lower| f64::from(*lower));
        Some((if is_even { (lower + median) / 2.0 } else { median }, (end - first) as u64))
    }
}

/// Reads all orders once.
///
/// # Errors
/// When the work was cancelled.
pub fn pass(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    asked: &Asked,
    progress: &Progress,
) -> Result<Found, Cancelled> {
    let (first, last) = data.span.map_or((as_of, Day(as_of.0 - 1)), |(first, last)| (first, last.min(as_of)));
    let days = usize::try_from(last.0 - first.0 + 1).unwrap_or(0);
    let costs = Costs::new(data, definitions.default_margin);
    let ground = Ground {
        data,
        revenue: Revenue::new(data, definitions, as_of),
        costs: (definitions.default_margin.is_some() || data.products.cost.iter().any(Option::is_some))
            .then_some(costs),
        first,
        days,
        masks: masks(first, days, &asked.windows),
        steps: asked.chains.iter().map(|chain| places(first, days, chain)).collect(),
        asked,
    };
    let pieces: Vec<Tally> = ground
        .pieces()
        .into_par_iter()
        .map(|piece| {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            let mut tally = Tally::new(&ground);
            piece.into_iter().for_each(|customers| ground.customers(customers, &mut tally));
            Ok(tally)
        })
        .collect::<Result<_, _>>()?;
    let mut all = Tally::new(&ground);
    ground.nameless(&mut all);
    pieces.iter().for_each(|piece| all.plus(piece));
    all.times.sort_unstable();
    Ok(Found { daily: Daily::new(first, &all.daily), windows: all.windows, chains: all.chains, times: all.times })
}

/// A window and the one before it: first and last days.
type Looked = ((Day, Day), (Day, Day));

/// Which windows each day lies in: two bits each, itself and the one before it.
fn masks(first: Day, days: usize, windows: &[Looked]) -> Vec<u32> {
    let mut masks = vec![0; days];
    for (n, (window, before)) in windows.iter().take(MOST_WINDOWS).enumerate() {
        for (bit, (from, to)) in [(2 * n, window), (2 * n + 1, before)] {
            for day in from.0.max(first.0)..=to.0 {
                match masks.get_mut((day - first.0) as usize) {
                    Some(mask) => *mask |= 1 << bit,
                    None => break,
                }
            }
        }
    }
    masks
}

/// Which step of a chain each day lies in.
fn places(first: Day, days: usize, chain: &[(Day, Day)]) -> Vec<u16> {
    let mut places = vec![NOWHERE; days];
    for (n, (from, to)) in chain.iter().enumerate() {
        for day in from.0.max(first.0)..=to.0 {
            match places.get_mut((day - first.0) as usize) {
                Some(place) => *place = n as u16,
                None => break,
            }
        }
    }
    places
}

struct Ground<'a> {
    data: &'a Dataset,
    revenue: Revenue<'a>,
    /// `None` = no cost is known of anything.
    costs: Option<Costs<'a>>,
    first: Day,
    days: usize,
    masks: Vec<u32>,
    steps: Vec<Vec<u16>>,
    asked: &'a Asked,
}

/// What one thread counted.
struct Tally {
    daily: Vec<Sums>,
    windows: Vec<People>,
    chains: Vec<Vec<People>>,
    times: Vec<(Day, i32)>,
}

impl Tally {
    fn new(ground: &Ground<'_>) -> Self {
        let chain = |chain: &Vec<_>| vec![People::default(); chain.len()];
        Self {
            daily: vec![Sums::default(); ground.days],
            windows: vec![People::default(); ground.asked.windows.len()],
            chains: ground.asked.chains.iter().map(chain).collect(),
            times: Vec::new(),
        }
    }

    fn plus(&mut self, other: &Self) {
        self.daily.iter_mut().zip(&other.daily).for_each(|(a, b)| a.plus(b));
        self.windows.iter_mut().zip(&other.windows).for_each(|(a, b)| a.plus(b));
        for (mine, theirs) in self.chains.iter_mut().zip(&other.chains) {
            mine.iter_mut().zip(theirs).for_each(|(a, b)| a.plus(b));
        }
        self.times.extend(&other.times);
    }

    /// Counts somebody by the windows in which they bought at all, and on a later day than the first.
    fn bought_in(&mut self, mask: u32, again: u32) {
        for (n, people) in self.windows.iter_mut().enumerate() {
            let (within, before) = (mask >> (2 * n) & 1, mask >> (2 * n + 1) & 1);
            people.buyers += u64::from(within);
            people.before += u64::from(before);
            people.kept += u64::from(within & before);
            people.again += u64::from(again >> (2 * n) & 1);
        }
    }
}

/// Where somebody is on their way through a chain of steps.
#[derive(Clone, Copy)]
struct Walk {
    /// The last step in which they bought.
    last: u16,
    /// The last step in which they were counted as buying again.
    again: u16,
}

/// Follows the refunds of orders that come by in their order.
struct RefundsOf<'a> {
    orders: &'a [u32],
    next: usize,
}

impl RefundsOf<'_> {
    /// What was refunded of an order, and whether anything was.
    #[inline]
    fn of(&mut self, order: usize, revenue: &Revenue<'_>) -> (i64, bool) {
        while self.orders.get(self.next).is_some_and(|at| (*at as usize) < order) {
            self.next += 1;
        }
        let mut sum = 0;
        while self.orders.get(self.next).is_some_and(|at| *at as usize == order) {
            sum += revenue.refunded(self.next);
            self.next += 1;
        }
        (sum, sum != 0)
    }
}

impl Ground<'_> {
    /// Customers in ranges of about as many orders, so that all threads have as much to do.
    fn pieces(&self) -> Vec<Vec<std::ops::Range<usize>>> {
        let by_customer = &self.data.orders.by_customer;
        let orders = by_customer.last().map_or(0, |n| *n as usize);
        let wanted = orders.div_ceil(rayon::current_num_threads() * 4).max(1);
        let customers = by_customer.len().saturating_sub(1);
        let mut pieces = Vec::new();
        let mut from = 0;
        while from < customers {
            let goal = by_customer[from] as usize + wanted;
            let to = by_customer.partition_point(|&at| (at as usize) < goal).clamp(from + 1, customers);
            pieces.push(std::iter::once(from..to).collect());
            from = to;
        }
        pieces
    }

    fn refunds_from(&self, order: usize) -> RefundsOf<'_> {
        let orders = self.data.refunds.order.as_slice();
        RefundsOf { orders, next: orders.partition_point(|&at| (at as usize) < order) }
    }

    /// Place of a day in the sums; `None` after the last day that is known.
    #[inline]
    fn at(&self, day: Day) -> Option<usize> {
        usize::try_from(day.0 - self.first.0).ok().filter(|at| *at < self.days)
    }

    /// Adds an order to its day; what it left of revenue.
    #[inline]
    fn order(&self, i: usize, at: usize, is_purchase: bool, refunds: &mut RefundsOf<'_>, tally: &mut Tally) -> i64 {
        let before = self.revenue.before_refunds(i);
        let sums = &mut tally.daily[at];
        if !is_purchase {
            sums.revenue += before;
            sums.given_back -= before;
            sums.returned += 1;
            return before;
        }
        let (refunded, was_refunded) = refunds.of(i, &self.revenue);
        let net = before - refunded;
        sums.orders += 1;
        sums.revenue += net;
        sums.before_refunds += before;
        sums.discount += self.revenue.discount(i);
        sums.given_back += refunded;
        sums.returned += i64::from(was_refunded);
        let (orders, lines) = (&self.data.orders, &self.data.lines);
        let from = orders.line_start[i] as usize;
        let count = orders.line_count[i] as usize;
        if count > 0 {
            sums.lined += 1;
            sums.units_milli += (from..from + count).map(|line| lines.quantity_milli.get(line)).sum::<i64>();
        }
        if let Some(margin) = self.costs.as_ref().and_then(|costs| costs.margin(i, net)) {
            sums.costed += net;
            sums.margin += margin;
        }
        net
    }

    fn nameless(&self, tally: &mut Tally) {
        let range = self.data.orders.unidentified();
        let mut refunds = self.refunds_from(range.start);
        for i in range {
            let Some(at) = self.at(self.data.orders.day[i]) else { continue };
            let is_purchase = self.revenue.is_purchase(i);
            if is_purchase || self.revenue.is_counted(i) {
                self.order(i, at, is_purchase, &mut refunds, tally);
            } else {
                tally.daily[at].unrated += i64::from(!self.revenue.convertible(i));
            }
        }
    }

    fn customers(&self, customers: std::ops::Range<usize>, tally: &mut Tally) {
        let mut refunds = self.refunds_from(self.data.orders.by_customer[customers.start] as usize);
        let mut walks = vec![Walk { last: NOWHERE, again: NOWHERE }; self.steps.len()];
        for customer in customers {
            self.customer(customer, &mut refunds, &mut walks, tally);
        }
    }

    fn customer(&self, customer: usize, refunds: &mut RefundsOf<'_>, walks: &mut [Walk], tally: &mut Tally) {
        let days = &self.data.orders.day;
        let (mut mask, mut later) = (0, 0);
        let mut first: Option<usize> = None;
        let mut is_back = false;
        walks.fill(Walk { last: NOWHERE, again: NOWHERE });
        for i in self.data.orders.of_customer(customer) {
            let Some(at) = self.at(days[i]) else { break };
            let is_purchase = self.revenue.is_purchase(i);
            if !is_purchase && !self.revenue.is_counted(i) {
                tally.daily[at].unrated += i64::from(!self.revenue.convertible(i));
                continue;
            }
            let net = self.order(i, at, is_purchase, refunds, tally);
            tally.daily[at].named_revenue += net;
            if is_purchase {
                tally.daily[at].named_orders += 1;
                if first.is_none() {
                    tally.daily[at].new += 1;
                    self.time_to_first(customer, days[i], tally);
                }
                let since = at - *first.get_or_insert(at);
                mask |= self.masks[at];
                later |= if since > 0 { self.masks[at] } else { 0 };
                self.walk(at, since > 0, walks, tally);
                if since > 0 && since <= WATCHED as usize && !is_back {
                    is_back = true;
                    tally.daily[at - since].again += 1;
                }
            }
            if let Some(first) = first.filter(|first| at - first <= WATCHED as usize) {
                tally.daily[first].first_revenue += net;
            }
        }
        if mask != 0 {
            tally.bought_in(mask, later);
        }
    }

    #[inline]
    fn walk(&self, at: usize, is_later: bool, walks: &mut [Walk], tally: &mut Tally) {
        for ((walk, places), people) in walks.iter_mut().zip(&self.steps).zip(&mut tally.chains) {
            let step = places[at];
            let Some(here) = people.get_mut(usize::from(step)) else { continue };
            if walk.last != step {
                here.buyers += 1;
                let follows = walk.last != NOWHERE && walk.last + 1 == step;
                here.kept += u64::from(follows);
                walk.last = step;
                if let Some(next) = people.get_mut(usize::from(step) + 1) {
                    next.before += 1;
                }
            }
            if is_later && walk.again != step {
                walk.again = step;
                people[usize::from(step)].again += 1;
            }
        }
    }

    fn time_to_first(&self, customer: usize, day: Day, tally: &mut Tally) {
        let created = self.data.customers.created[customer];
        if created != NO_DAY && created <= day {
            tally.times.push((day, day.0 - created.0));
        }
    }
}
