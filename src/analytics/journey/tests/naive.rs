//! Stages and funnel told a second time: every fact of every person is looked at for every question.

use super::super::{ABSENT, STEPS};
use super::{DAY, Made};
use crate::model::Day;
use crate::model::dataset::NO_CUSTOMER;

/// Everything that each person did, as (moment, step from 0 to 3).
pub fn facts(made: &Made, end: i64) -> Vec<Vec<(i64, usize)>> {
    let customers = made.data.customers.id.len();
    let visitors = (made.touches.persons - made.touches.customers) as usize;
    let mut all = vec![Vec::new(); customers + visitors];
    let t = &made.touches;
    for i in 0..t.person.len() {
        // visit, sent, add_to_cart, compare
        let step = [Some(0), None, Some(2), Some(1)][t.kind[i] as usize];
        if let Some(step) = step {
            all[t.person[i] as usize].push((t.at[i], step));
        }
    }
    made.signals.views.iter().for_each(|view| all[view.customer as usize].push((view.at, 1)));
    made.signals.carts.iter().for_each(|cart| all[cart.customer as usize].push((cart.at, 2)));
    let orders = &made.data.orders;
    for i in 0..orders.id.len() {
        if orders.total.get(i) == 0 || orders.placed_at[i] >= end {
            continue;
        }
        match orders.customer[i] {
            NO_CUSTOMER => all.push(vec![(orders.placed_at[i], 3)]),
            customer => all[customer as usize].push((orders.placed_at[i], 3)),
        }
    }
    all.iter_mut().for_each(|facts| facts.sort_unstable());
    all
}

pub fn lives(made: &Made, day: Day, lapsed_days: i64) -> Vec<u8> {
    let end = (i64::from(day.0) + 1) * DAY;
    let all = facts(made, i64::MAX);
    let stage = |(person, facts): (usize, &Vec<(i64, usize)>)| {
        let done = |step: usize| facts.iter().any(|fact| fact.0 < end && fact.1 == step);
        let mut days: Vec<i64> = facts.iter().filter(|f| f.0 < end && f.1 == 3).map(|f| f.0 / DAY).collect();
        days.dedup();
        // An account of unknown age without any order counts as there.
        let account = person < 6 && !made.data.orders.customer.contains(&(person as u32));
        match days.last() {
            Some(last) if i64::from(day.0) - last > lapsed_days => 4,
            Some(_) if days.len() > 1 => 3,
            Some(_) => 2,
            None if done(1) || done(2) => 1,
            None if done(0) || account => 0,
            None => ABSENT,
        }
    };
    all.iter().enumerate().map(stage).collect()
}

pub fn funnel(made: &Made, as_of: Day, period: (Day, Day), within: u32) -> (Vec<Option<u64>>, u64) {
    let known = (i64::from(as_of.0) + 1) * DAY;
    let (first, end) = (i64::from(period.0.0) * DAY, ((i64::from(period.1.0) + 1) * DAY).min(known));
    let within = i64::from(within) * DAY;
    let all = facts(made, known);
    let (mut counts, mut open) = ([0_u64; 5], 0);
    for facts in &all {
        let Some(came) = facts.iter().map(|fact| fact.0).find(|at| *at >= first) else { continue };
        if came >= end {
            continue;
        }
        if came + within > known {
            open += 1;
            continue;
        }
        let inside: Vec<_> = facts.iter().filter(|fact| fact.0 >= came && fact.0 <= came + within).collect();
        let bought: Vec<i64> = inside.iter().filter(|fact| fact.1 == 3).map(|fact| fact.0 / DAY).collect();
        let again = bought.iter().any(|day| *day > bought[0]);
        let furthest = if again { 4 } else { inside.iter().map(|fact| fact.1).max().unwrap_or(0) };
        counts[..=furthest].iter_mut().for_each(|count| *count += 1);
    }
    let told = |step: usize| all.iter().flatten().any(|fact| fact.1 == step);
    let known = |step: usize| matches!(step, 0 | 3 | 4) || told(step);
    ((0..STEPS.len()).map(|step| known(step).then_some(counts[step])).collect(), open)
}
