//! What was planted can be found again in the records.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::shop;
use cartwright::model::Day;
use cartwright::model::record::OrderStatus;
use cartwright::sample::{Buyer, CATEGORIES, Purchase, Shop, ZONE};

/// Repeat purchases, exposure from the first to the last, and from the first to the end, of a buyer.
type History = (f64, f64, f64);

fn histories(shop: &Shop) -> Vec<History> {
    let mut bought: BTreeMap<u32, (u32, Day, Day)> = BTreeMap::new();
    for (person, at) in shop.purchases() {
        let day = ZONE.day(at);
        let entry = bought.entry(person).or_insert((0, day, day));
        (entry.0, entry.2) = (entry.0 + 1, day);
    }
    let at = |day: Day| shop.exposure_until(day);
    let end = at(shop.params().end);
    bought.values().map(|&(n, first, last)| (f64::from(n - 1), at(last) - at(first), end - at(first))).collect()
}

/// Logarithm of the gamma function for x > 0 (Stirling's series after a shift).
fn ln_gamma(mut x: f64) -> f64 {
    let mut shift = 0.0;
    while x < 8.0 {
        shift -= x.ln();
        x += 1.0;
    }
    let inverse = 1.0 / (x * x);
    let series = (1.0 / 12.0 - inverse * (1.0 / 360.0 - inverse / 1_260.0)) / x;
    shift + (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series
}

/// Logarithm of the BG/NBD likelihood.
fn log_likelihood(p: &Purchase, histories: &[History]) -> f64 {
    let ln_beta = |a: f64, b: f64| ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    let whole = ln_beta(p.a, p.b);
    let fixed = p.r * p.alpha.ln() - ln_gamma(p.r);
    let one = |&(x, last, all): &History| {
        let alive = ln_beta(p.a, p.b + x) - whole - (p.r + x) * (p.alpha + all).ln();
        let gone = if x > 0.0 {
            ln_beta(p.a + 1.0, p.b + x - 1.0) - whole - (p.r + x) * (p.alpha + last).ln()
        } else {
            f64::MIN
        };
        let most = alive.max(gone);
        fixed + ln_gamma(p.r + x) + most + ((alive - most).exp() + (gone - most).exp()).ln()
    };
    histories.iter().map(one).sum()
}

/// Climbs the likelihood one parameter at a time, in steps that shrink.
fn fit(histories: &[History]) -> Purchase {
    let build = |q: [f64; 4]| Purchase { r: q[0].exp(), alpha: q[1].exp(), a: q[2].exp(), b: q[3].exp() };
    let score = |q: [f64; 4]| log_likelihood(&build(q), histories);
    let mut at = [0.0, 100_f64.ln(), 0.0, 1.0];
    let (mut best, mut step) = (score(at), 0.5);
    // Along the ridges: r with alpha, a with b.
    let directions = [
        [1.0, 0.0, 0.0, 0.0],
        [0.0, 1.0, 0.0, 0.0],
        [1.0, 1.0, 0.0, 0.0],
        [0.0, 0.0, 1.0, 0.0],
        [0.0, 0.0, 0.0, 1.0],
        [0.0, 0.0, 1.0, 1.0],
    ];
    while step > 0.005 {
        let before = best;
        for direction in directions {
            for sign in [-1.0, 1.0] {
                let next: [f64; 4] = std::array::from_fn(|i| at[i] + sign * step * direction[i]);
                let found = score(next);
                if found > best {
                    (best, at) = (found, next);
                }
            }
        }
        if best <= before {
            step /= 2.0;
        }
    }
    build(at)
}

fn assert_near(found: f64, planted: f64, tolerance: f64, what: &str) {
    assert!((found / planted - 1.0).abs() < tolerance, "{what}: found {found:.4}, planted {planted:.4}");
}

#[test]
fn purchase_and_dropout_parameters_are_found_by_likelihood() {
    let shop = shop(12_000, 42);
    let (found, planted) = (fit(&histories(&shop)), shop.truth.purchase);
    assert_near(found.mean_rate(), planted.mean_rate(), 0.06, "mean rate");
    assert_near(found.mean_dropout(), planted.mean_dropout(), 0.10, "mean dropout");
    assert_near(found.r, planted.r, 0.12, "shape of the rates");
}

#[test]
fn browsers_have_their_share() {
    let shop = shop(12_000, 42);
    let buyers = histories(&shop).len() as f64;
    assert_near(1.0 - buyers / 12_000.0, shop.truth.browsers, 0.05, "browsers");
}

#[test]
fn planted_pairs_are_bought_together_as_often_as_planted() {
    let shop = shop(20_000, 42);
    let mut single: BTreeMap<&str, f64> = BTreeMap::new();
    let mut both = vec![0.0; shop.truth.pairs.len()];
    for position in 0..shop.order_count() {
        let order = shop.order(position);
        let skus: BTreeSet<&str> =
            order.basket.lines.iter().map(|line| shop.catalogue().products[line.product].sku.as_str()).collect();
        for (pair, n) in shop.truth.pairs.iter().zip(&mut both) {
            *n += f64::from(u8::from(skus.contains(pair.left.as_str()) && skus.contains(pair.right.as_str())));
        }
        skus.into_iter().for_each(|sku| *single.entry(sku).or_default() += 1.0);
    }
    let orders = shop.order_count() as f64;
    for (pair, n) in shop.truth.pairs.iter().zip(both) {
        let lift = n * orders / (single[pair.left.as_str()] * single[pair.right.as_str()]);
        assert_near(lift, pair.lift, 4.0 / n.sqrt(), &format!("lift of {} and {}", pair.left, pair.right));
        assert_near(single[pair.left.as_str()] / orders, pair.left_share, 0.1, &pair.left);
    }
}

#[test]
fn the_lift_of_a_sale_stands_out_once_season_and_weekday_are_removed() {
    let shop = shop(20_000, 42);
    let mut orders: BTreeMap<Day, f64> = BTreeMap::new();
    (0..shop.order_count()).for_each(|i| *orders.entry(ZONE.day(shop.order(i).placed_at)).or_default() += 1.0);
    let expected = |day: Day| {
        shop.truth.season_on(day) * shop.truth.weekdays[day.date().weekday().num_days_from_monday() as usize]
    };
    // Orders and expectation over days, so that their ratio is a level.
    let level = |days: &mut dyn Iterator<Item = Day>| {
        days.fold((0.0, 0.0), |(n, e), day| (n + orders.get(&day).copied().unwrap_or(0.0), e + expected(day)))
    };
    for sale in &shop.truth.sales {
        let (during, expected_during) = level(&mut (sale.first.0..=sale.last.0).map(Day));
        let around = (sale.first.0 - 21..=sale.last.0 + 21).map(Day);
        let outside = |day: &Day| *day >= shop.params().first() && !shop.truth.sales.iter().any(|s| s.contains(*day));
        let (normal, expected_normal) = level(&mut around.filter(outside));
        let lift = (during / expected_during) / (normal / expected_normal);
        assert_near(lift, sale.lift, 4.0 / during.sqrt() + 0.02, &sale.name);
    }
}

#[test]
fn lines_come_back_as_often_as_their_category_says() {
    let shop = shop(20_000, 42);
    let (mut bought, mut back) = (vec![0.0; CATEGORIES.len()], vec![0.0; CATEGORIES.len()]);
    for position in 0..shop.order_count() {
        let order = shop.order(position);
        let old_enough = shop.end() - order.placed_at > 50 * 86_400;
        let [line] = order.basket.lines[..] else { continue };
        if old_enough && order.basket.status != OrderStatus::Cancelled {
            let category = shop.catalogue().products[line.product].category;
            bought[category] += 1.0;
            back[category] += f64::from(u8::from(order.basket.status == OrderStatus::Refunded));
        }
    }
    for (i, (name, planted)) in shop.truth.refunds.iter().enumerate() {
        assert_near(back[i] / bought[i], *planted, 4.0 / (bought[i] * planted).sqrt(), name);
    }
}

#[test]
fn people_at_the_till_grow_with_the_shop() {
    let shop = shop(5_000, 7);
    let strangers = (0..shop.order_count()).filter(|&i| shop.order(i).buyer == Buyer::WalkIn).count();
    let share = strangers as f64 / shop.order_count() as f64;
    assert!((0.03..0.04).contains(&share), "{share}");
}
