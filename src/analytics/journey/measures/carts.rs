//! From cart to order: who finishes, how long it takes, and which carts that were left became orders after all.

use crate::analytics::journey::by_day::{FINISHED, each_cart};
use crate::analytics::journey::evidence::{Conversion, Evidence, Quantity, State, Trend, Volume, quantile};
use crate::analytics::journey::follow::{Credit, net};
use crate::analytics::journey::ground::{Ground, fact, share};
use crate::analytics::journey::steps::Step;
use crate::analytics::journey::trail::DAY;
use crate::model::Day;
use crate::model::journey::{Cell, Stage};
use crate::model::time::DayClock;

/// A cart whose owner orders within so many days after was recovered.
const RECOVERED_DAYS: i64 = 7;

const IMPORT: &str = "Abandoned checkouts of the shop, or events of a kind such as “add to cart” or “checkout”";

/// Carts begun in a time, those that were finished and how long that took.
#[derive(Default)]
struct Finished {
    begun: u64,
    finished: u64,
    /// Those whose day is not over.
    open: u64,
    times: Vec<i64>,
    people: u64,
}

fn finished(ground: &Ground<'_>, days: (Day, Day)) -> Finished {
    let (first, end) = ground.moments(days);
    let known = ground.q.shop.end();
    let mut found = Finished::default();
    for person in (0..ground.trail.persons).filter(|&person| ground.counts(person)) {
        let before = found.begun + found.open;
        each_cart(ground.trail.of(person), |began, bought| {
            if !(first..end).contains(&began) {
                return;
            }
            match bought {
                None if began + FINISHED > known => found.open += 1,
                None => found.begun += 1,
                Some(at) => {
                    (found.begun, found.finished) = (found.begun + 1, found.finished + 1);
                    found.times.extend((at > began).then_some(at - began));
                }
            }
        });
        found.people += u64::from(found.begun + found.open > before);
    }
    found
}

pub fn checkout(ground: &Ground<'_>, cell: &Cell, stage: Stage) -> Evidence {
    if !ground.trail.knows(Step::Started) {
        return Evidence::nothing(&cell.id, stage, "No carts imported", IMPORT);
    }
    if ground.q.device.is_some() {
        return Evidence::nothing(&cell.id, stage, "Carts are not told by device", "");
    }
    let found = finished(ground, ground.q.period);
    let Some(rate) = share(found.finished, found.begun) else {
        return Evidence::nothing(&cell.id, stage, "No carts in the period", IMPORT);
    };
    let mut evidence = Evidence::nothing(&cell.id, stage, "", "");
    evidence.state = State::Measured;
    evidence.volume = Some(Volume { count: found.begun, what: "carts", people: Some(found.people) });
    evidence.trend = Some(Trend::of(finished(ground, ground.before()).begun, found.begun));
    evidence.headline = vec![Quantity::Share(rate).into(), " of carts finish".into()];
    let mut times = found.times.clone();
    times.sort_unstable();
    let median = (!times.is_empty()).then(|| quantile(&times, 0.5));
    evidence.beside = match median {
        Some(median) => vec!["median ".into(), Quantity::Seconds(median).into()],
        None => vec![Quantity::Share(1.0 - rate).into(), " are left".into()],
    };
    evidence.facts = vec![
        fact("Carts that were ordered", Quantity::Count(found.finished)),
        fact("Left", Quantity::Share(1.0 - rate)),
    ];
    evidence.facts.extend(median.map(|median| fact("Median time to the order", Quantity::Seconds(median))));
    evidence.conversion = Some(Conversion::of("Ordered", 1, [found.begun, found.finished, found.open], found.times));
    if let Some(first) = ground.trail.since[Step::Started.index()].filter(|first| *first > ground.q.period.0) {
        evidence.state = State::Partly;
        evidence.reason = format!("carts are known from {} on", first.display());
        evidence.import = IMPORT.into();
    }
    evidence
}

/// Carts left in a time.
#[derive(Default)]
struct Left {
    carts: u64,
    people: u64,
    recovered: u64,
    open: u64,
    credit: Credit,
    times: Vec<i64>,
}

fn left(ground: &Ground<'_>, days: (Day, Day)) -> Left {
    let (first, end) = ground.moments(days);
    let shop = &ground.q.shop;
    let within = RECOVERED_DAYS * DAY;
    let mut clock = DayClock::new(shop.definitions.zone);
    let mut found = Left::default();
    for carts in shop.signals.carts.chunk_by(|a, b| a.customer == b.customer) {
        let customer = carts[0].customer as usize;
        if !ground.counts(customer) {
            continue;
        }
        // An order takes up all carts before it, and brings its revenue once.
        let mut counted = None;
        let mut theirs = false;
        for cart in carts.iter().filter(|cart| (first..end).contains(&cart.at)) {
            let mut orders = ground.trail.purchases(shop.data, &ground.revenue, customer);
            let bought = orders.find_map(|order| {
                let at = clock.local(shop.data.orders.placed_at[order]);
                (at >= cart.at && at - cart.at <= within).then_some((order, at))
            });
            if bought.is_none() && cart.at + within > shop.end() {
                found.open += 1;
                continue;
            }
            theirs = true;
            // Several carts before one order are one that was recovered.
            if bought.is_some_and(|(order, _)| counted == Some(order)) {
                continue;
            }
            found.carts += 1;
            if let Some((order, at)) = bought {
                found.recovered += 1;
                found.times.push(at - cart.at);
                if counted != Some(order) {
                    found.credit.add(Credit { orders: 1, revenue: net(&ground.revenue, order) });
                    counted = Some(order);
                }
            }
        }
        found.people += u64::from(theirs);
    }
    found
}

pub fn abandoned(ground: &Ground<'_>, cell: &Cell, stage: Stage) -> Evidence {
    if ground.q.shop.signals.carts.is_empty() {
        return Evidence::nothing(&cell.id, stage, "No carts imported", "Abandoned checkouts of the shop");
    }
    if ground.q.device.is_some() {
        return Evidence::nothing(&cell.id, stage, "Carts are not told by device", "");
    }
    let found = left(ground, ground.q.period);
    let Some(rate) = share(found.recovered, found.carts) else {
        return Evidence::nothing(&cell.id, stage, "No carts left in the period", "");
    };
    let mut evidence = Evidence::nothing(&cell.id, stage, "", "");
    evidence.state = State::Measured;
    evidence.volume = Some(Volume { count: found.carts, what: "carts left", people: Some(found.people) });
    evidence.trend = Some(Trend::of(left(ground, ground.before()).carts, found.carts));
    evidence.headline = vec![Quantity::Share(rate).into(), " recovered".into()];
    evidence.beside = vec![Quantity::Money(found.credit.revenue).into()];
    evidence.followed = Some(found.credit.followed("First order within 7 days after a cart was left"));
    evidence.facts = vec![fact("Carts recovered within 7 days", Quantity::Count(found.recovered))];
    let counts = [found.carts, found.recovered, found.open];
    evidence.conversion = Some(Conversion::of("Ordered", RECOVERED_DAYS as u32, counts, found.times));
    let links = cell.links();
    if !ground.is_filtered() {
        let sent = super::sends::sent(ground, cell, &links, ground.q.period, false);
        if sent.sends > 0 {
            evidence.facts.extend(sent.facts());
        }
    }
    evidence
}
