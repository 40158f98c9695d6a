//! Each check, in order and out of it.

use cartwright::analytics::experiment::checks::CHECKS;
use cartwright::analytics::experiment::{
    Arm, Check, Course, Grade, Looks, Measure, MetricSpec, Settings, Verdict, analyse,
};

fn arms(counts: [(u64, u64); 2]) -> Vec<Arm> {
    let arm = |(name, (successes, users)): (&str, (u64, u64))| Arm {
        name: name.into(),
        users,
        measures: vec![Measure::Proportion { successes }.into()],
    };
    ["A", "B"].into_iter().zip(counts).map(arm).collect()
}

const USUAL: [(u64, u64); 2] = [(1_000, 10_000), (1_050, 10_000)];

/// A test that ran as it should.
fn sound() -> Settings {
    let halves = (arms([(500, 5_000), (520, 5_000)]), arms([(500, 5_000), (530, 5_000)]));
    let course = Course { days: Some(14), halves: Some(halves), ..Course::default() };
    Settings { planned_users: Some(20_000), course, ..Settings::default() }
}

fn check(counts: [(u64, u64); 2], settings: &Settings, name: &str) -> Check {
    let spec = MetricSpec { name: "Conversion".into(), ..MetricSpec::default() };
    let found = analyse(&arms(counts), &[spec], settings);
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    assert_eq!(found.checks.len(), CHECKS.len());
    found.checks.into_iter().find(|check| check.name == name).unwrap()
}

fn with(course: Course) -> Settings {
    Settings { course: Course { days: Some(14), ..course }, ..sound() }
}

#[test]
fn nothing_is_told_of_a_test_that_ran_as_it_should() {
    for kind in CHECKS {
        let found = check(USUAL, &sound(), kind.name);
        assert_eq!(found.grade, Grade::Fine, "{found:?}");
        assert!(found.advice.is_empty() && !found.seen.is_empty(), "{found:?}");
    }
}

#[test]
fn each_check_tells_what_is_wrong_and_what_to_do() {
    let usual = |settings: &Settings, name: &str| check(USUAL, settings, name);
    let off = check([(1_000, 10_000), (1_000, 10_900)], &sound(), "Split as planned");
    let few = check([(3, 120), (9, 115)], &sound(), "Enough data");
    let large = check([(1_000, 10_000), (1_900, 10_000)], &sound(), "Believable change");
    let halves = (arms([(500, 5_000), (700, 5_000)]), arms([(500, 5_000), (400, 5_000)]));
    let cases = [
        (off, Grade::Stop, "planned 50.00%"),
        (few, Grade::Stop, "115 users"),
        (large, Grade::Mind, "90.0%"),
        (usual(&with(Course { double: 2_000, ..Course::default() }), "Each user one variant"), Grade::Stop, "9.1%"),
        (usual(&with(Course { double: 300, ..Course::default() }), "Each user one variant"), Grade::Mind, "300"),
        (usual(&with(Course { late: 3_000, ..Course::default() }), "Users in time"), Grade::Mind, "3000"),
        (usual(&with(Course { unknown: 9_000, ..Course::default() }), "Users that are known"), Grade::Mind, "31.0%"),
        (
            usual(&Settings { looks: Looks::AtTheEnd, planned_users: Some(90_000), ..sound() }, "Time of reading"),
            Grade::Mind,
            "22.2%",
        ),
        (
            usual(&Settings { looks: Looks::AtTheEnd, planned_users: None, ..sound() }, "Time of reading"),
            Grade::Mind,
            "No number",
        ),
        (
            usual(&Settings { course: Course { days: Some(10), ..sound().course }, ..sound() }, "Whole weeks"),
            Grade::Mind,
            "10 days",
        ),
        (
            usual(&with(Course { halves: Some(halves), ..Course::default() }), "Same effect throughout"),
            Grade::Mind,
            "fell",
        ),
        (usual(&Settings { segments_tried: 14, ..sound() }, "Segments tried"), Grade::Mind, "51.2%"),
    ];
    for (found, grade, words) in cases {
        assert_eq!(found.grade, grade, "{found:?}");
        assert!(found.seen.replace(',', "").contains(words), "{words}: {found:?}");
        assert!(!found.advice.is_empty() && found.figure.is_none_or(f64::is_finite), "{found:?}");
    }
    assert_eq!(usual(&Settings { course: Course::default(), ..sound() }, "Whole weeks").grade, Grade::Unknown);
}

#[test]
fn a_grave_check_takes_the_verdict_away() {
    let spec = MetricSpec { name: "Conversion".into(), ..MetricSpec::default() };
    let settings = with(Course { double: 4_000, ..Course::default() });
    let found = analyse(&arms([(1_000, 10_000), (1_400, 10_000)]), &[spec], &settings);
    assert_eq!((found.verdict, found.checks[0].grade), (Verdict::Invalid, Grade::Stop));
    assert!(found.sentence.starts_with("The verdict does not stand"), "{}", found.sentence);
}
