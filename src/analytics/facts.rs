//! One row per customer: what every customer analysis starts from.

use rayon::prelude::*;

use super::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::Day;
use crate::model::dataset::{Dataset, NO_DAY};
use crate::model::definitions::{Definitions, YEAR_DAYS};

/// What one customer did up to the as-of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustomerFacts {
    /// Orders since the beginning.
    pub orders: u32,
    /// Orders in the last 12 months.
    pub orders_in_year: u32,
    /// Day of the first order; [`NO_DAY`] without one.
    pub first: Day,
    /// Day of the last order; [`NO_DAY`] without one.
    pub last: Day,
    /// Revenue since the beginning, minor units of the shop's currency.
    pub revenue: i64,
    /// Revenue in the last 12 months.
    pub revenue_in_year: i64,
    /// Whether there was a return or a purchase: a return tells of an order from before the history.
    pub bought: bool,
    /// Whether there was an order in a currency without a rate: it tells of a purchase that cannot be counted.
    pub unrated: bool,
    /// Whether the customer was there on the as-of day: had an account or an order by then.
    pub present: bool,
}

impl CustomerFacts {
    const NONE: Self = Self {
        bought: false,
        orders: 0,
        orders_in_year: 0,
        first: NO_DAY,
        last: NO_DAY,
        revenue: 0,
        revenue_in_year: 0,
        unrated: false,
        present: false,
    };

    /// Whole days from the last order to `as_of`; `None` without an order.
    pub fn recency(&self, as_of: Day) -> Option<i32> {
        (self.orders > 0).then(|| as_of.0 - self.last.0)
    }
}

/// The first and last day of "the last 12 months" on a day, both included.
pub fn year_to(as_of: Day) -> (Day, Day) {
    (Day(as_of.0 - YEAR_DAYS + 1), as_of)
}

/// Facts of every customer, by customer index, in O(orders).
pub fn customer_facts(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    progress: &Progress,
) -> Result<Vec<CustomerFacts>, Cancelled> {
    const CHUNK: usize = 16_384;
    let revenue = Revenue::new(data, definitions, as_of);
    let year_from = year_to(as_of).0;
    let mut facts = vec![CustomerFacts::NONE; data.customers.id.len()];
    facts.par_chunks_mut(CHUNK).enumerate().try_for_each(|(chunk, out)| {
        if progress.is_cancelled() {
            return Err(Cancelled);
        }
        for (offset, facts) in out.iter_mut().enumerate() {
            *facts = facts_of(data, &revenue, year_from, as_of, chunk * CHUNK + offset);
        }
        Ok(())
    })?;
    subtract_refunds(data, &revenue, year_from, &mut facts);
    Ok(facts)
}

fn facts_of(data: &Dataset, revenue: &Revenue<'_>, year_from: Day, as_of: Day, customer: usize) -> CustomerFacts {
    let mut facts = CustomerFacts::NONE;
    let orders = &data.orders;
    let range = orders.of_customer(customer);
    let has_orders = !range.is_empty();
    for i in range {
        let day = orders.day[i];
        if day > as_of {
            break;
        }
        facts.present = true;
        let is_purchase = revenue.is_purchase(i);
        if !is_purchase && !revenue.is_counted(i) {
            facts.unrated |= !revenue.convertible(i);
            continue;
        }
        facts.bought = true;
        let value = revenue.before_refunds(i);
        let in_year = day >= year_from;
        facts.revenue += value;
        facts.revenue_in_year += if in_year { value } else { 0 };
        if is_purchase {
            facts.orders += 1;
            facts.orders_in_year += u32::from(in_year);
            facts.last = day;
            if facts.first == NO_DAY {
                facts.first = day;
            }
        }
    }
    // An account of unknown age counts as present, unless its first order tells that it came later.
    let created = data.customers.created[customer];
    facts.present |= created <= as_of && (created != NO_DAY || !has_orders);
    facts
}

/// Refunds are few: one pass over them instead of a look-up per order.
fn subtract_refunds(data: &Dataset, revenue: &Revenue<'_>, year_from: Day, facts: &mut [CustomerFacts]) {
    for r in 0..data.refunds.order.len() {
        let i = data.refunds.order[r] as usize;
        if let Some(facts) = facts.get_mut(data.orders.customer[i] as usize) {
            let amount = revenue.refunded(r);
            facts.revenue -= amount;
            if data.orders.day[i] >= year_from {
                facts.revenue_in_year -= amount;
            }
        }
    }
}

/// Orders and revenue of the orders without identity in a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Remainder {
    /// Orders that count.
    pub orders: u64,
    /// Their revenue, minor units of the shop's currency.
    pub revenue: i64,
}

/// What cannot be given to a customer, in the days `period` (both included).
pub fn unidentified(data: &Dataset, definitions: &Definitions, period: (Day, Day)) -> Remainder {
    let revenue = Revenue::new(data, definitions, period.1);
    let range = data.orders.unidentified();
    let in_period = |i: usize| data.orders.day[i] >= period.0 && revenue.is_counted(i);
    let mut rest = Remainder::default();
    for i in range.clone().filter(|&i| in_period(i)) {
        rest.orders += u64::from(revenue.is_purchase(i));
        rest.revenue += revenue.before_refunds(i);
    }
    for r in revenue.refunds_of(range.start, range.end) {
        if in_period(data.refunds.order[r] as usize) {
            rest.revenue -= revenue.refunded(r);
        }
    }
    rest
}
