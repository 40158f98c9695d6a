//! Sizes, power and detectable changes: SciPy 1.17 and statsmodels 0.15 (`b_ab.json`).
//!
//! | what the file has | here |
//! | --- | --- |
//! | size by the score test (Fleiss, pooled), power of it, detectable share | compared |
//! | size and detectable difference of means by the normal distribution | compared |
//! | unpooled, arcsine, continuity-corrected, Evan Miller's, noncentral t | other formulas for the same; not computed here |

use cartwright::analytics::experiment::plan::{Base, Plan, more_conversions, more_value, weeks, what_if};
use cartwright::analytics::experiment::{Correction, Looks, Measure, MetricSpec, Moments, Settings, Spending, analyse};
use cartwright::analytics::math::normal::two_sided;
use cartwright::analytics::math::two::{Aim, smallest_mean, smallest_share};
use proptest::prelude::*;
use serde_json::Value;

use super::{Group, each, json, number};

/// Read once, without a correction, with `ratio` times as many in the variant.
fn plan(base: Base, change: f64, input: &Value) -> Plan {
    let ratio = number(&input["ratio"]);
    Plan {
        base,
        change,
        confidence: 1.0 - number(&input["alpha"]),
        power: number(&input["power"]),
        shares: vec![1.0 / (1.0 + ratio), ratio / (1.0 + ratio)],
        correction: Correction::None,
        metrics: 1,
        looks: Looks::AtTheEnd,
        correlation: 0.0,
    }
}

#[test]
fn sizes_are_those_of_scipy() {
    let Some(oracle) = json("oracles/b_ab.json") else { return };
    let mut group = Group::new("sizes, power and detectable changes, SciPy");
    for (name, case) in each(&oracle["power_proportions"]) {
        let input = &case["input"];
        let (p, q) = (number(&input["p0"]), number(&input["p1"]));
        let plan = plan(Base::Share { rate: p }, q / p - 1.0, input);
        let n = plan.size_of_control().unwrap();
        group.check(&format!("{name} size"), n, number(&case["n_pooled_null_fleiss"]));
        assert_eq!(plan.size().unwrap().arms[0], n.ceil() as u64);
        let at = &case["at_n_ceil_unpooled"];
        let users = number(&at["n"]) / plan.shares[0];
        let power = plan.power_at(users).unwrap();
        group.check(&format!("{name} power"), power, number(&at["power_pooled_null_two_tails"]));
    }
    for (name, case) in each(&oracle["power_means"]) {
        let input = &case["input"];
        let base = Base::Value { mean: 10.0, deviation: number(&input["sd"]) };
        let plan = plan(base, number(&input["delta"]) / 10.0, input);
        group.check(&format!("{name} size"), plan.size_of_control().unwrap(), number(&case["n_normal"]));
    }
    for (name, case) in each(&oracle["mde"]) {
        let input = &case["input"];
        let (n, error) = (number(&input["n"]), number(&input["alpha"]));
        let aim = Aim { bound: two_sided(error), power: number(&input["power"]) };
        if let Some(usual) = input.get("p0").map(number) {
            let found = smallest_share(usual, n, n, aim).unwrap() - usual;
            group.check(name, found, number(&case["mde_abs_pooled_null"]));
        } else {
            let deviation = number(&input["sd"]);
            group.check(name, smallest_mean(deviation * deviation, n, n, aim), number(&case["mde_abs_normal"]));
        }
    }
    group.done();
}

/// The first case of `b_ab.json`: 5 % to 5.5 % at 80 % power takes 31,233.44 in each group.
#[test]
fn a_plan_is_as_large_as_its_formula_says() {
    let plan = Plan {
        base: Base::Share { rate: 0.05 },
        looks: Looks::AtTheEnd,
        correction: Correction::None,
        ..Plan::default()
    };
    let size = plan.size().unwrap();
    assert_eq!((size.arms.as_slice(), size.users), ([31_234, 31_234].as_slice(), 62_468));
    assert!((plan.power_at(62_468.0).unwrap() - 0.8).abs() < 1e-4);
    assert!((plan.detectable(62_468.0).unwrap() - 0.1).abs() < 1e-5);
    assert_eq!(weeks(62_468, 10_000.0), Some(7));
    assert_eq!((weeks(1, 0.0), weeks(10, 1e9)), (None, Some(1)));
    let of = |words: &str| what_if(&plan).into_iter().find(|what| what.words.contains(words)).unwrap().ratio;
    assert!((of("correlation of 0.5") - 0.75).abs() < 1e-3, "an adjustment leaves 1 − ρ² of the users");
    assert!((of("One variant more") - 1.5).abs() < 1e-3, "without a correction, one more of as many");
    assert!((of("half as large") - 4.0).abs() < 0.1);
    assert!(of("whenever one likes") > 1.5 && of("four planned looks") < 1.1);
    let curve = plan.curve(20);
    assert!(curve.len() == 20 && curve.windows(2).all(|pair| pair[0].1 <= pair[1].1));
}

#[test]
fn what_cannot_be_planned_is_told_at_its_field() {
    let told = |plan: Plan| {
        assert_eq!(plan.size(), None);
        plan.problems()[0].field.clone()
    };
    assert_eq!(told(Plan { base: Base::Share { rate: 0.0 }, ..Plan::default() }), "base.rate");
    assert_eq!(told(Plan { base: Base::Share { rate: 0.9 }, change: 0.5, ..Plan::default() }), "change");
    assert_eq!(told(Plan { change: 0.0, ..Plan::default() }), "change");
    assert_eq!(
        told(Plan { base: Base::Value { mean: 3.0, deviation: f64::NAN }, ..Plan::default() }),
        "base.deviation"
    );
    assert_eq!(told(Plan { shares: vec![0.5, 0.6], ..Plan::default() }), "shares");
    assert_eq!(told(Plan { correlation: 1.0, ..Plan::default() }), "correlation");
}

#[test]
fn one_conversion_less_than_needed_is_not_found() {
    let settings = Settings { looks: Looks::AtTheEnd, ..Settings::default() };
    let more = more_conversions((100, 1_000), 1_000, 1, &settings).unwrap();
    assert_eq!((more.needed, more.same), (128.0, 100.0), "{more:?}");
    assert!((more.more() - 28.0).abs() < 1e-9);
    let three = more_conversions((100, 1_000), 1_000, 3, &settings).unwrap();
    let always = more_conversions((100, 1_000), 1_000, 1, &Settings::default()).unwrap();
    assert!(three.needed > more.needed && always.needed > more.needed);
    assert_eq!(more_conversions((2, 2), 2, 1, &settings), None, "there is no more than all");
    let values = Moments { mean: 3.0, variance: 400.0 };
    let sum = more_value(values, 1_000, 1_000, 1, &settings).unwrap();
    assert!((sum.more() - 1.961_2 * (0.8_f64).sqrt() * 1_000.0).abs() < 0.5, "{sum:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// What `more_conversions` says is what the analysis then finds.
    #[test]
    fn what_is_needed_is_what_is_found(n in 200_u64..5_000, m in 200_u64..5_000, share in 0.02..0.5) {
        let k = (n as f64 * share) as u64;
        let settings = Settings { looks: Looks::AtTheEnd, ..Settings::default() };
        let Some(more) = more_conversions((k, n), m, 1, &settings) else { return Ok(()) };
        let arm = |name: &str, successes, users| cartwright::analytics::experiment::Arm {
            name: name.into(),
            users,
            measures: vec![Measure::Proportion { successes }.into()],
        };
        let spec = MetricSpec { name: "Conversion".into(), ..MetricSpec::default() };
        let at = |l: u64| {
            let settings = Settings { shares: Some(vec![n as f64 / (n + m) as f64, m as f64 / (n + m) as f64]), ..settings.clone() };
            analyse(&[arm("A", k, n), arm("B", l, m)], std::slice::from_ref(&spec), &settings).verdict
        };
        use cartwright::analytics::experiment::Verdict::{Better, NotYet};
        let needed = more.needed as u64;
        prop_assert!(matches!(at(needed), Better | NotYet), "{:?}", at(needed));
        prop_assert!(at(needed - 1) != Better);
    }

    #[test]
    fn a_plan_gives_numbers_or_problems(rate in -0.2_f64..1.2, change in -2.0_f64..2.0, power in 0.0_f64..1.1, users in 0.0_f64..1e9, planned in 0_u32..8) {
        let looks = Looks::Planned { spending: Spending::ObrienFleming, looks: planned, look: 1 };
        let plan = Plan { base: Base::Share { rate }, change, power, looks, ..Plan::default() };
        if let Some(size) = plan.size() {
            prop_assert!(size.users >= 2);
        }
        prop_assert!(plan.power_at(users).is_none_or(|power| (0.0..=1.0 + 1e-12).contains(&power)));
        prop_assert!(plan.detectable(users).is_none_or(|change| change.is_finite() && change > 0.0));
        prop_assert!(what_if(&plan).iter().all(|what| what.ratio.is_finite()));
    }
}
