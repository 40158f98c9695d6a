//! The experiments of the sample shop: what was planted in them is found within the interval.

use cartwright::analytics::experiment::Grade;
use cartwright::jobs::Progress;
use cartwright::model::experiment::{Metric, Status};
use cartwright::ops::experiments::programme::programme;
use cartwright::ops::experiments::{Sealed, sealed};
use cartwright::ops::{Session, sample};
use cartwright::sample::{Params, generate};

fn shop(folder: &std::path::Path, params: &Params) -> Session {
    sample::create_planned(&folder.join("shop.cartwright"), params, &Progress::none()).unwrap()
}

#[test]
fn what_was_planted_lies_within_the_interval() {
    let folder = tempfile::tempdir().unwrap();
    let params = Params::default();
    let mut session = shop(folder.path(), &params);
    let tests = generate(&params, &Progress::none()).unwrap().tests();
    assert_eq!(tests.iter().filter(|test| test.lift.is_some()).count(), 2);
    for test in tests.iter().filter(|test| !test.people.is_empty()) {
        let saved = session.saved_experiment(&test.experiment.name).unwrap();
        let read = session.analyse_experiment(saved.id, &saved.experiment, None, &Progress::none()).unwrap();
        assert_eq!(read.analysis.problems, []);
        assert_eq!(read.problems, []);
        assert!(read.analysis.checks.iter().all(|check| check.grade < Grade::Stop), "{:?}", read.analysis.checks);
        let users: u64 = read.observed.arms.iter().map(|arm| arm.users).sum();
        assert_eq!(users + read.observed.counts.too_late, test.people.len() as u64, "{:?}", read.left_out);
        assert_eq!(read.observed.metrics, [Metric::Conversion, Metric::Revenue, Metric::Profit]);
        let comparisons = &read.analysis.metrics[0].comparisons;
        for comparison in comparisons {
            let relative = comparison.relative.unwrap();
            let range = relative.interval.unwrap();
            let lift = test.lift.unwrap_or(0.0);
            println!(
                "{}: planted {lift:+.2}, found {:+.3} ({:+.3} to {:+.3})",
                test.experiment.name, relative.estimate, range.low, range.high
            );
            assert!(range.holds(lift), "{}: {lift} in {range:?}", test.experiment.name);
        }
        if test.lift.is_some_and(|lift| lift > 0.0) {
            assert!(comparisons[0].relative.unwrap().interval.unwrap().low > 0.0, "the planted effect is found");
        }
        if test.experiment.status == Status::Finished {
            assert_eq!(sealed(&saved.experiment), Some(Sealed::Same));
        }
    }
}

#[test]
fn a_result_comes_with_its_days_its_factors_and_what_it_is_worth() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(folder.path(), &Params { customers: 3_000, ..Params::default() });
    let read = |session: &mut Session, name: &str| {
        let saved = session.saved_experiment(name).unwrap();
        session.analyse_experiment(saved.id, &saved.experiment, None, &Progress::none()).unwrap()
    };
    let bar = read(&mut session, "Free-shipping bar in the basket");
    assert_eq!(bar.course.len(), 1);
    assert_eq!(bar.course[0].len(), bar.observed.series.len());
    let last = bar.course[0].last().unwrap().unwrap();
    let once = bar.analysis.metrics[0].comparisons[0].adjusted.as_ref().unwrap().absolute;
    assert!((last.difference - once.estimate).abs() < 1e-9, "the last day is the whole");
    let worth = bar.worth(1).unwrap();
    assert!(worth.impact.formula.contains("gross profit per visitor × "), "{}", worth.impact.formula);
    let (low, high) = worth.range.unwrap();
    assert!(low.minor <= worth.impact.amount.minor && worth.impact.amount.minor <= high.minor);
    let newsletter = read(&mut session, "Headline and picture of the newsletter");
    assert_eq!(newsletter.no_factors, None);
    let pair = |factor: &str, level: &str| (factor.to_owned(), level.to_owned());
    let of = |levels: &[(String, String)]| newsletter.factors.iter().find(|effect| effect.of == levels);
    let product = of(&[pair("Picture", "product")]).unwrap();
    assert!(of(&[pair("Headline", "offer")]).is_some());
    assert_eq!(newsletter.factors.len(), 3, "both, and both together");
    // The product's picture: the mean of both of its cells less that of the others.
    let rates = [101.0 / 5_020.0, 118.0 / 4_987.0, 109.0 / 5_043.0, 127.0 / 4_961.0];
    let picture = (rates[1] + rates[3] - rates[0] - rates[2]) / 2.0;
    assert!((product.estimate - picture).abs() < 1e-12);
}

#[test]
fn the_programme_fills_itself() {
    let folder = tempfile::tempdir().unwrap();
    let session = shop(folder.path(), &Params { customers: 2_000, ..Params::default() });
    let saved = session.saved_experiments().unwrap();
    assert_eq!(saved.len(), 7);
    let rows = programme(&saved, session.definitions().unwrap().currency);
    let [ab, multivariate, personalization, pricing, ux] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((ab.decided, ab.win_rate, ab.annual_impact), (0, None, None));
    assert_eq!((multivariate.decided, multivariate.won), (1, 0));
    assert_eq!((personalization.running, personalization.won, personalization.win_rate), (1, 1, Some(1.0)));
    assert_eq!((pricing.win_rate, pricing.implementation_rate), (Some(0.0), None));
    assert_eq!((ux.decided, ux.won, ux.win_rate, ux.implementation_rate), (2, 1, Some(0.5), Some(1.0)));
    // One page against three: 671 of 12,861 against 594 of 12,904.
    let lift = (671.0 / 12_861.0) / (594.0 / 12_904.0) - 1.0;
    assert!((ux.average_lift.unwrap() - lift).abs() < 1e-12);
    assert_eq!(ux.annual_impact.unwrap().to_string(), "42100.00 USD");
    // None of it is a step: the sample begins here.
    assert!(session.history().unwrap().done.is_empty());
}

#[test]
fn the_experiments_leave_the_shop_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let params = Params { customers: 300, ..Params::default() };
    let dump = |session: &Session| {
        let mut out = Vec::new();
        session.dump(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        // What was measured elsewhere comes with the sample's plans.
        let end = ["# measurement\n", "# plan\n"].iter().filter_map(|section| text.find(section)).min().unwrap();
        text[..end].to_owned()
    };
    let planned = shop(folder.path(), &params);
    let plain = sample::create(&folder.path().join("plain.cartwright"), &params, &Progress::none()).unwrap();
    assert_eq!(dump(&planned), dump(&plain));
}
