//! Journeys of the sample shop: the planted chain is found again, and a look-back tells how they ended.

use std::collections::BTreeMap;

use cartwright::model::record::Record;
use cartwright::sample::journeys::{Journey, LOOK_BACK, STATES};
use cartwright::sample::{Buyer, Shop};

use super::*;

const DAY: i64 = 86_400;

/// Whether a count of `n` trials is what a probability leads to expect, within so many standard deviations.
fn expected(count: f64, n: f64, p: f64, deviations: f64) -> bool {
    (count - n * p).abs() <= deviations * (n * p * (1.0 - p)).sqrt() + 1.0
}

#[test]
fn the_planted_chain_is_found_again() {
    for seed in 1..=4 {
        let shop = shop(4_000, seed);
        let chain = &shop.truth.journeys;
        let all: Vec<Journey> = shop.journeys().collect();
        let n = all.len() as f64;
        let with_order = all.iter().filter(|journey| journey.order.is_some()).count() as f64;
        assert!(expected(with_order, n, chain.conversion(), 4.0), "{with_order} of {n}: {}", chain.conversion());
        let mut starts = [0.0; STATES];
        let mut steps = [[0.0; STATES]; STATES];
        let (mut orders, mut left) = ([0.0; STATES], [0.0; STATES]);
        for journey in &all {
            starts[journey.path[0]] += 1.0;
            for pair in journey.path.windows(2) {
                steps[pair[0]][pair[1]] += 1.0;
                left[pair[0]] += 1.0;
            }
            let last = journey.path[journey.path.len() - 1];
            left[last] += 1.0;
            orders[last] += f64::from(u8::from(journey.order.is_some()));
        }
        for from in 0..STATES {
            assert!(expected(starts[from], n, chain.start[from], 4.5), "start {from}, seed {seed}");
            assert!(expected(orders[from], left[from], chain.orders[from], 4.5), "orders {from}, seed {seed}");
            for (to, (went, share)) in steps[from].iter().zip(&chain.steps[from]).enumerate() {
                assert!(expected(*went, left[from], *share, 4.5), "{from} to {to}, seed {seed}");
            }
        }
    }
}

#[test]
fn a_look_back_tells_journeys_with_an_order_from_those_without() {
    let shop = shop(3_000, 9);
    let mut orders: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
    for (person, at) in shop.purchases() {
        orders.entry(person).or_default().push(at);
    }
    let mut others: BTreeMap<u32, Vec<(i64, i64)>> = BTreeMap::new();
    let (mut led, mut with_name, mut without_name) = (0, 0, 0);
    for journey in shop.journeys() {
        let (first, last) = (journey.at[0], journey.at[journey.at.len() - 1]);
        assert!(journey.at.is_sorted_by(|a, b| a < b) && journey.at.len() == journey.path.len());
        assert!(last <= shop.end());
        let Some(person) = journey.person else {
            without_name += 1;
            continue;
        };
        let own = orders.get(&person).map_or(&[][..], Vec::as_slice);
        match journey.order {
            Some(position) => {
                led += 1;
                let at = shop.order(position).placed_at;
                let before = own.iter().rev().find(|other| **other < at);
                assert!(first >= at - LOOK_BACK * DAY && last < at && before.is_none_or(|before| *before < first));
            }
            None => {
                with_name += 1;
                assert!(own.iter().all(|at| *at < first || *at > last + 45 * DAY), "{person}");
                let others = others.entry(person).or_default();
                assert!(others.iter().all(|(a, b)| last + 30 * DAY < *a || b + 30 * DAY < first));
                others.push((first, last));
            }
        }
    }
    assert!(led > 1_000 && with_name > 500 && without_name > 1_000, "{led} {with_name} {without_name}");
}

/// Touches of a shop: number, cost, those on phones, with a name.
fn touches(shop: &Shop) -> (usize, i64, usize, usize) {
    shop.touch_records().fold((0, 0, 0, 0), |(n, cost, phones, named), record| {
        let Record::Touch(touch) = record else { panic!("{record:?}") };
        let phone = usize::from(touch.device.as_deref() == Some("mobile"));
        let name = usize::from(!touch.customer.is_empty());
        (n + 1, cost + touch.cost.unwrap_or(0), phones + phone, named + name)
    })
}

#[test]
fn touches_are_as_many_as_a_shop_can_hold_and_the_same_every_time() {
    let shop = sample::generate(&Params::default(), &Progress::none()).unwrap();
    let (n, cost, phones, named) = touches(&shop);
    assert!((100_000..250_000).contains(&n), "{n}");
    assert!(cost > 1_000_000 && phones > n / 2 && named > 10_000, "{cost} {phones} {named}");
    assert_eq!(touches(&shop), (n, cost, phones, named));
    let known = (0..shop.order_count()).filter(|&i| matches!(shop.order(i).buyer, Buyer::Person(_))).count();
    assert!(known > 10_000);
}
