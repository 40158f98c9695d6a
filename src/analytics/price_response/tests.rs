//! Planted elasticities are recovered, and none is found where there is none.

use super::estimate::{own, prices};
use super::hint::{Ground, hint};
use super::together::{drawn, together};
use super::*;
use crate::analytics::demand::weeks::Priced;
use crate::analytics::math::chance::Chance;

/// Two years of a product at four prices that last some weeks each: a trend, a season shared with the shop, counts that
/// scatter more than Poisson's.
fn product(seed: u64, elasticity: f64, mean: f64) -> (Vec<Priced>, Vec<f64>) {
    let mut random = Chance::new(seed, 7);
    let (growth, mut price) = (0.6 * random.even() - 0.3, 2_000.0);
    let mut week = |at: usize| {
        if at.is_multiple_of(5) || random.even() < 0.1 {
            price = [1_500.0, 1_700.0, 2_000.0, 2_200.0][(4.0 * random.even()) as usize];
        }
        let season = 0.3 * (at as f64 / 52.18 * std::f64::consts::TAU).cos();
        // Gamma of mean 1 and shape 12: the mean of twelve exponential ones.
        let wander = (0..12).map(|_| -random.even().ln()).sum::<f64>() / 12.0;
        let expected =
            mean * (growth * at as f64 / 104.0 + season).exp() * (price / 2_000.0_f64).powf(elasticity) * wander;
        let units = random.poisson(expected.max(1e-9));
        let others = 2_000.0 * season.exp() * (1.0 + 0.05 * (2.0 * random.even() - 1.0));
        (
            Priced { units, price: (units > 0.0).then_some(price), lines: units as u32, others: 0, without: 0 },
            others + units,
        )
    };
    (0..104).map(&mut week).unzip()
}

#[test]
fn a_planted_elasticity_is_covered_and_none_is_found_where_there_is_none() {
    let of = |elasticity: f64, mean: f64| -> Vec<Own> {
        (0..60)
            .filter_map(|seed| {
                let (weeks, all) = product(seed, elasticity, mean);
                own(&weeks, &all).ok()
            })
            .collect()
    };
    let share = |found: &[Own], truth: f64| {
        let holds = |own: &&Own| (own.told().within_95.0..=own.told().within_95.1).contains(&truth);
        found.iter().filter(holds).count() as f64 / found.len() as f64
    };
    for mean in [8.0, 40.0] {
        let (planted, none) = (of(-1.5, mean), of(0.0, mean));
        let average = planted.iter().map(|own| own.elasticity).sum::<f64>() / planted.len() as f64;
        println!("{mean} a week: {average:.2}, covered {:.2}, none {:.2}", share(&planted, -1.5), share(&none, 0.0));
        assert_eq!((planted.len(), none.len()), (60, 60));
        assert!((average + 1.5).abs() < 0.15, "{average}");
        assert!((0.85..=1.0).contains(&share(&planted, -1.5)));
        assert!(share(&none, 0.0) >= 0.9);
    }
    let sure = of(-1.5, 40.0).iter().filter(|own| own.told().within_95.1 < 0.0).count();
    assert!(sure >= 54, "{sure} of 60 are told to be below zero");
}

#[test]
fn drawn_towards_the_others_is_nearer_the_truth_and_still_covered() {
    let (mut own_off, mut drawn_off, mut covered, mut n) = (0.0, 0.0, 0, 0);
    for shop in 0..6_u64 {
        let truths: Vec<f64> = (0..10).map(|at| -1.6 + 0.12 * f64::from(at)).collect();
        let found: Vec<(f64, Own)> = truths
            .iter()
            .enumerate()
            .filter_map(|(at, truth)| {
                let (weeks, all) = product(1_000 + shop * 10 + at as u64, *truth, 6.0);
                Some((*truth, own(&weeks, &all).ok()?))
            })
            .collect();
        let pairs: Vec<(f64, f64)> = found.iter().map(|(_, own)| (own.elasticity, own.error)).collect();
        let all = together(&pairs).unwrap();
        for (truth, own) in found {
            let told = drawn(&own, Some(&all));
            own_off += (own.elasticity - truth).powi(2);
            drawn_off += (told.middle - truth).powi(2);
            covered += u32::from((told.within_95.0..=told.within_95.1).contains(&truth));
            n += 1;
        }
    }
    assert!(drawn_off < own_off, "{drawn_off} {own_off}");
    assert!((0.85..=1.0).contains(&(f64::from(covered) / f64::from(n))), "{covered} of {n}");
}

#[test]
fn what_is_missing_is_told() {
    let steady: Vec<Priced> =
        (0..60).map(|_| Priced { units: 10.0, price: Some(1_000.0), lines: 10, others: 0, without: 0 }).collect();
    let all = vec![500.0; 60];
    assert_eq!(own(&steady, &all), Err(vec![Doubt::SteadyPrice { spread: 0.0, need: 0.1 }]));
    assert_eq!(
        own(&steady[..10], &all[..10]),
        Err(vec![Doubt::FewWeeks { have: 10, need: 26 }, Doubt::SteadyPrice { spread: 0.0, need: 0.1 }])
    );
    let levels: Vec<Priced> = (0..60)
        .map(|at| Priced {
            units: 1.0,
            price: Some([1_000.0, 1_030.0, 1_060.0][at % 3]),
            lines: 1,
            others: 0,
            without: 0,
        })
        .collect();
    assert_eq!(prices(&levels).unwrap().levels, 3);
    assert_eq!(own(&levels, &all), Err(vec![Doubt::FewUnits { have: 60, need: 100 }]));
}

#[test]
fn prices_of_single_buyers_tell_nothing() {
    let (mut weeks, all) = product(4, 0.0, 20.0);
    weeks.iter_mut().for_each(|week| week.others = week.lines / 2);
    let doubts = own(&weeks, &all).unwrap_err();
    assert!(matches!(doubts[..], [Doubt::MixedPrices { share, .. }] if share > 0.25), "{doubts:?}");
}

#[test]
fn hints_go_no_lower_than_prices_that_were_tried_nor_below_cost() {
    let prices = Prices { low: 1_600.0, high: 2_000.0, present: 2_000.0, levels: 3 };
    let ground = |stock, cost| Ground { stock, prices, per_day: 1.0, cost };
    let settings = Settings { target_days: 60 };
    let elasticity = Some(Told { middle: -2.0, within_95: (-3.0, -1.0) });
    assert_eq!(hint(&ground(10, None), elasticity, &settings), Some(Hint::NoDiscount { cover_days: 10.0 }));
    assert_eq!(hint(&ground(60, None), elasticity, &settings), Some(Hint::AsItIs { cover_days: 60.0 }));
    assert_eq!(hint(&ground(90, None), None, &settings), Some(Hint::CannotTell { cover_days: 90.0 }));
    // 90 days are to be 60: demand times 1.5, price times 1.5 to the power of −½ = 0.816.
    let Some(Hint::Discount { off, price, then_days, margin, is_limit, .. }) =
        hint(&ground(90, Some(500)), elasticity, &settings)
    else {
        panic!("a discount")
    };
    assert!((off - 0.1835).abs() < 1e-3 && (price - 1_632.99).abs() < 0.1 && !is_limit);
    assert!((then_days.middle - 60.0).abs() < 1e-9 && (margin.unwrap() - 1_132.99).abs() < 0.1);
    assert!(then_days.within_95.0 < 60.0 && then_days.within_95.1 > 60.0);
    let Some(Hint::Discount { price, is_limit, .. }) = hint(&ground(400, None), elasticity, &settings) else {
        panic!()
    };
    assert!(price == 1_600.0 && is_limit);
    let Some(Hint::Discount { price, .. }) = hint(&ground(400, Some(1_900)), elasticity, &settings) else { panic!() };
    assert_eq!(price, 1_900.0);
}
