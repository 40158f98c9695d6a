//! Intervals hold what was planted as often as they say.

use cartwright::analytics::clv::{Model, fit};
use cartwright::jobs::Progress;
use cartwright::sample::{Dicebox, Params, Purchase, Purpose, Truth, ZONE, generate};

use super::sample;

/// The parameters that the sample shop is made with.
fn truth() -> Purchase {
    let shop = Params::default();
    Truth::planted(shop.first(), shop.end).purchase
}

/// Histories of customers who buy by BG/NBD at the sample shop's parameters, arriving evenly over `days`; times in
/// tenths of a day, since the model knows no days.
pub fn simulate(dicebox: &Dicebox, customers: u32, days: f64) -> Vec<(u32, u32, u32)> {
    const TICKS: f64 = 10.0;
    let p = truth();
    (0..customers)
        .map(|i| {
            let mut dice = dicebox.dice(Purpose::Person, i);
            let all = days * dice.unit();
            let (rate, dropout) = (dice.gamma(p.r, p.alpha), dice.beta(p.a, p.b));
            let (mut x, mut last, mut at) = (0, 0.0, 0.0);
            loop {
                at += dice.exponential() / rate.max(1e-300);
                if at > all {
                    break;
                }
                (x, last) = (x + 1, at);
                if dice.chance(dropout) {
                    break;
                }
            }
            (x, (last * TICKS) as u32, (all * TICKS) as u32)
        })
        .collect()
}

/// How many of the 95 % intervals of each parameter hold the planted one, times in ticks of `tick` days.
fn coverage(seeds: u64, tick: f64, histories: impl Fn(u64) -> Vec<(u32, u32, u32)>) -> [u32; 4] {
    let p = truth();
    let mut held = [0; 4];
    for seed in 0..seeds {
        let found = fit(Model::BgNbd, &sample(&histories(seed))).unwrap().in_unit(1.0 / tick);
        for (i, planted) in [p.r, p.alpha, p.a, p.b].into_iter().enumerate() {
            let (low, high) = found.intervals()[i];
            held[i] += u32::from((low..=high).contains(&planted));
        }
    }
    held
}

fn assert_held(held: [u32; 4], seeds: u32, what: &str) {
    println!(
        "{what}: of {seeds} intervals of 95 % hold r {}, alpha {}, a {}, b {}",
        held[0], held[1], held[2], held[3]
    );
    let all: u32 = held.iter().sum();
    for (letter, held) in Model::BgNbd.letters().iter().zip(held) {
        assert!(held * 100 >= seeds * 85, "{what}: {letter} is held by {held} of {seeds}");
    }
    assert!(all * 100 >= 4 * seeds * 90, "{what}: {all} of {}", 4 * seeds);
}

/// Simulated from the model at the sample shop's planted parameters, without the shop around it.
#[test]
fn intervals_hold_the_planted_parameters_over_40_seeds_of_the_model() {
    let held = coverage(40, 0.1, |seed| simulate(&Dicebox::new(seed), 2_000, 1_000.0));
    assert_held(held, 40, "model");
}

/// The whole sample shop: its purchases run on exposure, days of average intensity, so that season and sales do not
/// bend the rates. Measured in exposure the planted parameters are exact.
#[test]
fn intervals_hold_the_planted_parameters_over_40_seeds_of_the_sample_shop() {
    const TICKS: f64 = 10.0;
    let histories = |seed: u64| {
        let params = Params { customers: 2_000, seed, ..Params::default() };
        let shop = generate(&params, &Progress::none()).unwrap();
        let mut bought = std::collections::BTreeMap::new();
        for (person, at) in shop.purchases() {
            let exposure = shop.exposure_until(ZONE.day(at));
            let entry = bought.entry(person).or_insert((0, exposure, exposure));
            (entry.0, entry.2) = (entry.0 + 1, exposure);
        }
        let end = shop.exposure_until(shop.params().end);
        let ticks = |length: f64| (length * TICKS) as u32;
        bought.values().map(|&(n, first, last)| (n - 1, ticks(last - first), ticks(end - first))).collect()
    };
    assert_held(coverage(40, 1.0 / TICKS, histories), 40, "sample shop");
}
