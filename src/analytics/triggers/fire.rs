//! When a trigger starts a sequence for a customer, whoever may enter.

use chrono::{Datelike, NaiveDate};

use super::ground::{Ground, Plan};
use super::life::Life;
use crate::model::Day;
use crate::model::sequence::{DAY, HOUR, Trigger};

/// Moments at which a plan's trigger fires, going up, each once, within history.
pub fn firings(ground: &Ground<'_>, plan: &Plan<'_>, life: &Life) -> Vec<i64> {
    let mut found = found(ground, plan, life);
    found.retain(|at| (ground.start..ground.end).contains(at));
    found.sort_unstable();
    found.dedup();
    found
}

fn found(ground: &Ground<'_>, plan: &Plan<'_>, life: &Life) -> Vec<i64> {
    let days = |days: u32| i64::from(days) * DAY;
    match plan.sequence.trigger {
        Trigger::FirstOrder => life.orders.first().map(|order| order.0).into_iter().collect(),
        Trigger::NthOrder { n } => nth_order(life, n).into_iter().collect(),
        Trigger::Regularly { n, days: every } => {
            let step = days(every.max(1)) as usize;
            nth_order(life, n).map(|first| (first..ground.end).step_by(step).collect()).unwrap_or_default()
        }
        Trigger::NoOrder { days: quiet } => {
            let silent = |at: i64| !life.ordered(at + 1, at + days(quiet));
            life.orders.iter().map(|order| order.0).filter(|at| silent(*at)).map(|at| at + days(quiet)).collect()
        }
        Trigger::Joins { .. } => {
            plan.joins.map(|members| members.joined(life.customer as usize).collect()).unwrap_or_default()
        }
        Trigger::BrowseAbandoned { hours } => browsed(life, i64::from(hours) * HOUR),
        Trigger::CartAbandoned { hours } => left_carts(life, i64::from(hours) * HOUR),
        Trigger::PriceDrop { interest_days, .. } | Trigger::BackInStock { interest_days } => {
            wished_for(plan, life, days(interest_days))
        }
        Trigger::Replenishment { repeats } => used_up(ground, life, repeats),
        Trigger::Birthday { days_before } => birthdays(ground, life, days_before),
        Trigger::Signup => life.created.map(|day| i64::from(day.0) * DAY).into_iter().collect(),
    }
}

/// When the order of a number, counted from 1, was placed.
fn nth_order(life: &Life, n: u32) -> Option<i64> {
    let place = n.checked_sub(1)? as usize;
    life.orders.get(place).map(|order| order.0)
}

/// A look with no further look, cart or order until so much later.
fn browsed(life: &Life, quiet: i64) -> Vec<i64> {
    let looked = |after: i64, until: i64| {
        let next = life.views.partition_point(|view| view.at <= after);
        life.views.get(next).is_some_and(|view| view.at <= until)
    };
    let filled = |from: i64, until: i64| {
        let next = life.carts.partition_point(|cart| cart.at < from);
        life.carts.get(next).is_some_and(|cart| cart.at <= until)
    };
    let left = |at: i64| !looked(at, at + quiet) && !filled(at, at + quiet) && !life.ordered(at, at + quiet);
    life.views.iter().map(|view| view.at).filter(|at| left(*at)).map(|at| at + quiet).collect()
}

/// A cart with no further cart and no order until so much later.
fn left_carts(life: &Life, quiet: i64) -> Vec<i64> {
    let another = |after: i64, until: i64| {
        let next = life.carts.partition_point(|cart| cart.at <= after);
        life.carts.get(next).is_some_and(|cart| cart.at <= until)
    };
    let left = |at: i64| !another(at, at + quiet) && !life.ordered(at, at + quiet);
    life.carts.iter().map(|cart| cart.at).filter(|at| left(*at)).map(|at| at + quiet).collect()
}

/// What happened to products in which there was interest, not bought in between.
fn wished_for(plan: &Plan<'_>, life: &Life, lasts: i64) -> Vec<i64> {
    let mut found = Vec::new();
    for &(product, seen) in &life.interest {
        let first = plan.happened.partition_point(|known| *known <= (product, seen));
        let later = plan.happened[first..].iter().take_while(|known| known.0 == product && known.1 <= seen + lasts);
        let open = later.filter(|(_, at)| !life.bought_product(product, seen, *at));
        found.extend(open.map(|(_, at)| *at));
    }
    found
}

/// The usual time after a purchase of a product, if it was not bought again by then.
fn used_up(ground: &Ground<'_>, life: &Life, repeats: u32) -> Vec<i64> {
    let mut found = Vec::new();
    let mut gaps: Vec<i64> = Vec::new();
    for bought in life.bought.chunk_by(|a, b| a.0 == b.0) {
        let product = bought[0].0;
        let pace = ground.paces.binary_search_by_key(&product, |pace| pace.product).ok().map(|n| ground.paces[n]);
        let usual = pace.filter(|pace| pace.repeats >= repeats).map(|pace| pace.median);
        gaps.clear();
        for (n, &(_, at)) in bought.iter().enumerate() {
            if n > 0 {
                let gap = at - bought[n - 1].1;
                gaps.insert(gaps.partition_point(|known| *known < gap), gap);
            }
            let own = (gaps.len() >= 2).then(|| gaps[(gaps.len() - 1) / 2]);
            let next = bought.get(n + 1).map(|next| next.1);
            let due = own.or(usual).map(|gap| at + gap);
            found.extend(due.filter(|due| next.is_none_or(|next| next > *due)));
        }
    }
    found
}

/// Midnights so many days before each birthday, since the shop knows the customer.
fn birthdays(ground: &Ground<'_>, life: &Life, days_before: u32) -> Vec<i64> {
    let (Some(birth), Some(since)) = (life.birth, life.known_since()) else { return Vec::new() };
    let year = |at: i64| super::day_of(at).date().year();
    let birth = birth.date();
    (year(ground.start)..=year(ground.end) + 1)
        .filter_map(|year| {
            // Born on 29 February: celebrated on 1 March in most years.
            let date = NaiveDate::from_ymd_opt(year, birth.month(), birth.day());
            date.or_else(|| NaiveDate::from_ymd_opt(year, 3, 1)).filter(|date| *date > birth)
        })
        .map(|date| (i64::from(Day::from_date(date).0) - i64::from(days_before)) * DAY)
        .filter(|at| *at >= since)
        .collect()
}
