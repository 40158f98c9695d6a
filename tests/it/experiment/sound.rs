//! Whatever comes in, what comes out is a number or "cannot tell", and the words say only what is known.

use cartwright::analytics::experiment::{
    Analysis, Arm, Correction, Course, Covariate, Grade, Looks, Measure, Measured, MetricSpec, Moments, Prior, Role,
    Settings, Spending, Unit, Verdict, Wanted, analyse,
};
use proptest::prelude::*;

/// Fails on a number that is none, anywhere in the analysis.
fn assert_sound(found: &Analysis) {
    let text = format!("{found:?}");
    let odd = text.split(|c: char| !c.is_alphanumeric()).find(|word| matches!(*word, "NaN" | "inf"));
    if let Some(odd) = odd {
        let at = text.find(&format!(" {odd}")).or_else(|| text.find(&format!("({odd}"))).unwrap_or_default();
        let near: String = text.chars().skip(at.saturating_sub(300)).take(400).collect();
        panic!("{odd}: {near}");
    }
    let words = found.metrics.iter().flat_map(|metric| &metric.comparisons).map(|c| c.sentence.as_str());
    for sentence in words.chain([found.sentence.as_str()]) {
        let lower = sentence.to_lowercase();
        assert!(!lower.contains("no effect") && !lower.contains("p =") && !lower.contains("p-value"), "{sentence}");
        assert!(!sentence.is_empty() && !sentence.ends_with('.'), "{sentence}");
    }
    serde_json::to_string(found).unwrap();
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -50.0..200.0,
        1 => Just(0.0),
        1 => prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(-1e300), Just(1e-300), Just(1e14), Just(-1.0)],
    ]
}

fn count() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 0_u64..5, 4 => 5_u64..100_000, 1 => prop_oneof![Just(1_000_000_000), Just(u64::MAX)]]
}

fn moments() -> impl Strategy<Value = Moments> {
    (number(), number()).prop_map(|(mean, variance)| Moments { mean, variance })
}

fn measure() -> impl Strategy<Value = Measure> {
    prop_oneof![
        count().prop_map(|successes| Measure::Proportion { successes }),
        moments().prop_map(|values| Measure::Mean { values }),
        (moments(), moments(), number()).prop_map(|(numerator, denominator, covariance)| Measure::Ratio {
            numerator,
            denominator,
            covariance
        }),
        count().prop_map(|events| Measure::Count { events }),
    ]
}

fn measured() -> impl Strategy<Value = Measured> {
    let covariate = (moments(), number(), number()).prop_map(|(values, covariance, with_denominator)| Covariate {
        values,
        covariance,
        with_denominator,
    });
    (measure(), prop::option::of(covariate)).prop_map(|(measure, covariate)| Measured { measure, covariate })
}

/// Arms of one kind of measure more often than not, so that most of them are computed.
fn arms() -> impl Strategy<Value = Vec<Arm>> {
    let name = prop_oneof![Just("A"), Just("B"), Just("b "), Just("C"), Just(""), Just("D")];
    let arm = (name, count(), measured()).prop_map(|(name, users, measured)| Arm {
        name: name.to_owned(),
        users,
        measures: vec![measured],
    });
    (prop::collection::vec(arm, 0..5), any::<bool>(), measured()).prop_map(|(mut arms, alike, first)| {
        for (i, arm) in arms.iter_mut().enumerate() {
            arm.name = if alike { format!("Arm {i}") } else { arm.name.clone() };
            if alike && std::mem::discriminant(&arm.measures[0].measure) != std::mem::discriminant(&first.measure) {
                arm.measures = vec![first];
            }
            if let (true, Measure::Proportion { successes }) = (alike, &mut arm.measures[0].measure) {
                *successes = (*successes).min(arm.users);
            }
        }
        arms
    })
}

fn prior() -> impl Strategy<Value = Prior> {
    prop_oneof![
        Just(Prior::Flat),
        (number(), number()).prop_map(|(mean, spread)| Prior::Normal { mean: mean / 100.0, spread: spread / 100.0 }),
        (number(), number()).prop_map(|(mean, spread)| Prior::LogNormal { mean: mean / 100.0, spread: spread / 100.0 }),
        (number(), number()).prop_map(|(successes, failures)| Prior::Beta { successes, failures }),
    ]
}

fn settings() -> impl Strategy<Value = (MetricSpec, Settings)> {
    let looks = prop_oneof![
        Just(Looks::AtTheEnd),
        Just(Looks::Always),
        (0_u32..4, 0_u32..4).prop_map(|(looks, look)| Looks::Planned { spending: Spending::Pocock, looks, look }),
    ];
    let spec =
        (prior(), prop::option::of(number()), any::<bool>(), any::<bool>()).prop_map(|(prior, worth, down, guard)| {
            MetricSpec {
                name: "Revenue per visitor".into(),
                role: if guard { Role::Guard } else { Role::Primary },
                wanted: if down { Wanted::Down } else { Wanted::Up },
                unit: Unit::Money { currency: "EUR".into(), decimals: 2 },
                worth,
                prior,
                capped_at: None,
            }
        });
    let corrections =
        [Correction::None, Correction::Holm, Correction::Bonferroni, Correction::BenjaminiHochberg].to_vec();
    let shares = prop::option::of(prop::collection::vec(number(), 0..4));
    (spec, looks, prop::sample::select(corrections), shares, prop::option::of(count()), arms(), 0_u32..60).prop_map(
        |(spec, looks, correction, shares, planned_users, half, days)| {
            let course = Course {
                days: Some(days),
                double: u64::from(days),
                halves: Some((half.clone(), half)),
                ..Course::default()
            };
            let settings = Settings { looks, correction, shares, planned_users, course, ..Settings::default() };
            (spec, settings)
        },
    )
}

/// What is left of a number when it is one.
fn tame(value: f64) -> f64 {
    if value.is_finite() { value.clamp(-1e14, 1e14) } else { 0.0 }
}

fn tame_moments(moments: &mut Moments, users: u64) {
    moments.mean = tame(moments.mean);
    moments.variance = if users > 1 { tame(moments.variance).abs() } else { 0.0 };
}

fn tame_product(product: f64, first: f64, second: f64) -> f64 {
    (tame(product) / 200.0).clamp(-1.0, 1.0) * (first * second).sqrt()
}

/// Makes numbers possible, however strange they stay; all arms are measured as the first.
fn tame_arms(arms: &mut Vec<Arm>) {
    while arms.len() < 2 {
        arms.push(Arm { name: String::new(), users: 3, measures: vec![Measure::Count { events: 1 }.into()] });
    }
    let first = arms[0].measures[0];
    for (i, arm) in arms.iter_mut().enumerate() {
        arm.name = format!("Arm {i}");
        arm.users = arm.users.clamp(1, 1_000_000_000);
        if std::mem::discriminant(&arm.measures[0].measure) != std::mem::discriminant(&first.measure) {
            arm.measures = vec![first];
        }
        let (users, measured) = (arm.users, &mut arm.measures[0]);
        let spread = match &mut measured.measure {
            Measure::Proportion { successes } => {
                *successes = (*successes).min(users);
                let share = *successes as f64 / users as f64;
                share * (1.0 - share)
            }
            Measure::Count { events } => {
                *events = (*events).min(1_000_000_000);
                0.0
            }
            Measure::Mean { values } => {
                tame_moments(values, users);
                values.variance
            }
            Measure::Ratio { numerator, denominator, covariance } => {
                tame_moments(numerator, users);
                tame_moments(denominator, users);
                denominator.mean = denominator.mean.abs();
                *covariance = tame_product(*covariance, numerator.variance, denominator.variance);
                numerator.variance
            }
        };
        if let Some(covariate) = &mut measured.covariate {
            tame_moments(&mut covariate.values, users);
            covariate.covariance = tame_product(covariate.covariance, spread, covariate.values.variance);
            covariate.with_denominator = 0.0;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn strange_numbers_that_can_be_give_numbers(mut arms in arms(), (mut spec, mut settings) in settings(), beta in 0.5..9.0) {
        tame_arms(&mut arms);
        settings.shares = None;
        settings.planned_users = settings.planned_users.map(|users| users.max(1));
        if let Looks::Planned { looks, look, .. } = &mut settings.looks {
            *looks = (*looks).max(1);
            *look = (*look).clamp(1, *looks);
        }
        spec.worth = spec.worth.map(|worth| (tame(worth).abs() / 100.0).clamp(1e-3, 50.0));
        spec.prior = match spec.prior {
            Prior::Normal { mean, spread } => {
                Prior::Normal { mean: tame(mean).clamp(-9.0, 9.0), spread: tame(spread).abs().clamp(1e-6, 9.0) }
            }
            Prior::LogNormal { mean, spread } => {
                Prior::LogNormal { mean: tame(mean).clamp(-9.0, 9.0), spread: tame(spread).abs().clamp(1e-6, 9.0) }
            }
            Prior::Beta { .. } => Prior::Beta { successes: beta, failures: 9.5 - beta },
            Prior::Flat => Prior::Flat,
        };
        let found = analyse(&arms, &[spec], &settings);
        assert_sound(&found);
        prop_assert!(found.problems.is_empty(), "{:?}", found.problems);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn absurd_numbers_are_told_and_never_computed_with(arms in arms(), (spec, settings) in settings()) {
        assert_sound(&analyse(&arms, &[spec], &settings));
    }
}

fn shares(a: (u64, u64), b: (u64, u64)) -> Vec<Arm> {
    let arm = |name: &str, (successes, users): (u64, u64)| Arm {
        name: name.into(),
        users,
        measures: vec![Measure::Proportion { successes }.into()],
    };
    vec![arm("A", a), arm("B", b)]
}

fn conversion() -> MetricSpec {
    MetricSpec { name: "Conversion".into(), ..MetricSpec::default() }
}

fn fields(found: &Analysis) -> Vec<&str> {
    found.problems.iter().map(|problem| problem.field.as_str()).collect()
}

#[test]
fn what_cannot_be_is_told_at_its_field() {
    let told = |arms: &[Arm], settings: &Settings| {
        let found = analyse(arms, &[conversion()], settings);
        assert_sound(&found);
        assert!(found.metrics.is_empty() != found.problems.is_empty());
        fields(&found).join(" ")
    };
    let plain = Settings::default();
    assert_eq!(told(&shares((11, 10), (1, 10)), &plain), "arms[0].measures[0].successes");
    assert_eq!(told(&shares((1, 10), (0, 0)), &plain), "arms[1].users");
    let mut same = shares((1, 10), (2, 10));
    same[1].name = " a".into();
    assert_eq!(told(&same, &plain), "arms[1].name");
    let split = Settings { shares: Some(vec![0.5, 0.4]), ..Settings::default() };
    assert_eq!(told(&shares((1, 10), (2, 10)), &split), "settings.shares");
    assert_eq!(told(&[], &plain), "arms");
    let mut negative = shares((1, 10), (2, 10));
    for arm in &mut negative {
        arm.measures = vec![Measure::Mean { values: Moments { mean: -3.0, variance: 4.0 } }.into()];
    }
    assert_eq!(told(&negative, &plain), "", "returns may exceed sales");
}

#[test]
fn nothing_and_almost_nothing_are_too_early_to_tell() {
    for arms in [shares((0, 500), (0, 480)), shares((0, 1), (1, 1)), shares((0, 500), (6, 510))] {
        let found = analyse(&arms, &[conversion()], &Settings::default());
        assert_sound(&found);
        assert_eq!(found.verdict, Verdict::NotYet, "{}", found.sentence);
        let relative = &found.metrics[0].comparisons[0].relative;
        assert!(relative.is_none(), "of a control at zero there is no relative change: {relative:?}");
    }
}

#[test]
fn a_verdict_follows_the_interval_that_its_sentence_tells() {
    let at = |arms: &[Arm], spec: &MetricSpec, settings: &Settings| {
        let found = analyse(arms, std::slice::from_ref(spec), settings);
        assert_sound(&found);
        (found.verdict, found.sentence)
    };
    let fixed = Settings { looks: Looks::AtTheEnd, ..Settings::default() };
    let arms = shares((1_000, 10_000), (1_100, 10_000));
    let (verdict, sentence) = at(&arms, &conversion(), &fixed);
    assert_eq!(verdict, Verdict::Better);
    assert_eq!(
        sentence,
        "With B, conversion is between 0.15 and 1.85 percentage points higher (+1.4% to +19.3%) than \
         with A; better at 95% confidence"
    );
    let less = MetricSpec { wanted: Wanted::Down, ..conversion() };
    assert_eq!(at(&arms, &less, &fixed).0, Verdict::Worse);
    let (verdict, sentence) = at(&arms, &conversion(), &Settings::default());
    assert_eq!(verdict, Verdict::CannotTell, "whenever one looks, this much is chance");
    assert!(sentence.contains("lower and") && sentence.ends_with("not enough data to tell"), "{sentence}");
    let planned = Settings { planned_users: Some(40_000), ..fixed.clone() };
    assert_eq!(at(&arms, &conversion(), &planned).0, Verdict::NotYet);
    let equal = MetricSpec { worth: Some(0.25), ..conversion() };
    assert_eq!(at(&shares((10_000, 100_000), (10_010, 100_000)), &equal, &fixed).0, Verdict::AsGoodAsEqual);
    let (verdict, sentence) = at(&shares((1_000, 10_000), (1_100, 11_000)), &conversion(), &fixed);
    assert_eq!(verdict, Verdict::Invalid);
    assert!(sentence.contains("planned 50.00%") && sentence.contains("start again"), "{sentence}");
}

#[test]
fn a_guard_that_got_worse_is_named_beside_the_verdict() {
    let arm = |name: &str, bought, returned| Arm {
        name: name.into(),
        users: 10_000,
        measures: vec![
            Measure::Proportion { successes: bought }.into(),
            Measure::Proportion { successes: returned }.into(),
        ],
    };
    let guard = MetricSpec { name: "Returns".into(), role: Role::Guard, wanted: Wanted::Down, ..MetricSpec::default() };
    let arms = [arm("A", 1_000, 100), arm("B", 1_300, 200), arm("C", 1_020, 100)];
    let found = analyse(&arms, &[conversion(), guard], &Settings::default());
    assert_sound(&found);
    assert_eq!((found.verdict, found.comparisons), (Verdict::Better, 2), "guards are not corrected");
    assert!(found.sentence.ends_with("but its guard got worse: returns"), "{}", found.sentence);
    let best = &found.metrics[0].best;
    assert!((best.iter().sum::<f64>() - 1.0).abs() < 1e-9 && best[1] > 0.99, "{best:?}");
    assert!(found.checks.windows(2).all(|pair| pair[0].grade >= pair[1].grade));
    assert!(found.checks.iter().any(|check| check.grade == Grade::Fine));
}
