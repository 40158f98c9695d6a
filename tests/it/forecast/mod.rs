//! Forecasts: against the reference figures, and whether intervals cover what they claim.

mod commands;
mod oracle_statsmodels;

mod oracles;
mod outlook;

use cartwright::analytics::forecast::{History, Measure, Span, forecast};
use cartwright::analytics::sale::days_on_sale;
use cartwright::jobs::Progress;
use cartwright::model::{Day, Definitions};
use cartwright::ops::Session;
use cartwright::sample::Params;

/// A sample shop of some customers.
pub fn sample_shop(customers: u32, seed: u64) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let params = Params { customers, seed, ..Params::default() };
    let session =
        cartwright::ops::sample::create(&folder.path().join("shop.cartwright"), &params, &Progress::none()).unwrap();
    (folder, session)
}

/// The history of a sample shop, its sales found by the program.
pub fn history(customers: u32, seed: u64) -> (History, Definitions) {
    let (_folder, mut session) = sample_shop(customers, seed);
    let data = session.dataset(&Progress::none()).unwrap();
    let definitions = session.definitions().unwrap();
    let sales = days_on_sale(&data, &definitions, &Progress::none()).unwrap();
    let last = data.span.unwrap().1;
    (History::new(&data, &definitions, last, &sales, &Progress::none()).unwrap(), definitions)
}

/// Foretold from many past days on, the 80 % and 95 % intervals hold what came about as often as they say: sums over
/// three days from ten in the morning, and single days.
#[test]
fn intervals_cover_what_they_claim_on_the_sample_shop() {
    let (mut windows, mut in_80, mut in_95, mut days, mut day_80, mut day_95) = (0, 0, 0, 0, 0, 0);
    for seed in 1..=3 {
        let (history, definitions) = history(3_000, seed);
        let last = history.last();
        for back in (4..420).step_by(13) {
            let origin = Day(last.0 - back);
            let ten = definitions.zone.to_utc(Day(origin.0 + 1).date().and_hms_opt(10, 0, 0).unwrap());
            let span = Span { from: ten, to: ten + 72 * 3_600 };
            let parts = span.parts(history.zone);
            if !parts.iter().all(|part| history.at(part.day).is_some_and(|at| history.is_ordinary(at))) {
                continue;
            }
            let of = if back % 2 == 0 { Measure::Orders } else { Measure::Revenue };
            let foretold = forecast(&history, of, origin, span, &Progress::none()).unwrap().unwrap();
            let came = history.sum(of, &span);
            let holds = |(low, high): (f64, f64), came: f64| usize::from((low..=high).contains(&came));
            windows += 1;
            in_80 += holds(foretold.sum.within(0.8), came);
            in_95 += holds(foretold.sum.within(0.95), came);
            for (part, day) in parts.iter().zip(&foretold.days).filter(|(part, _)| part.to - part.from == 24.0) {
                let came = history.part(of, history.at(part.day).unwrap(), part);
                days += 1;
                day_80 += holds(day.within_80, came);
                day_95 += holds(day.within_95, came);
            }
        }
    }
    let share = |n: usize, of: usize| n as f64 / of as f64;
    println!(
        "{windows} windows: 80 % holds {:.3}, 95 % holds {:.3}; {days} days: {:.3}, {:.3}",
        share(in_80, windows),
        share(in_95, windows),
        share(day_80, days),
        share(day_95, days)
    );
    assert!((0.70..=0.92).contains(&share(in_80, windows)), "{in_80} of {windows}");
    assert!((0.89..=1.0).contains(&share(in_95, windows)), "{in_95} of {windows}");
    assert!((0.72..=0.92).contains(&share(day_80, days)), "{day_80} of {days}");
    assert!((0.90..=0.995).contains(&share(day_95, days)), "{day_95} of {days}");
}

/// What comes after the origin changes nothing.
#[test]
fn the_future_is_not_looked_at() {
    let zone = cartwright::model::Zone::UTC;
    let past: Vec<i64> = (0..400).map(|at| 1_000 + (at * 37 % 101) + if at % 7 == 6 { 400 } else { 0 }).collect();
    let mut other = past.clone();
    other.truncate(300);
    let origin = Day(299);
    let span = Span::of_days(Day(303), Day(309), zone);
    let of = |days: &[i64]| {
        let history = History::of_days(Day(0), zone, days);
        forecast(&history, Measure::Orders, origin, span, &Progress::none()).unwrap().unwrap()
    };
    assert_eq!(of(&past), of(&other));
}

#[test]
fn too_short_and_too_far_is_said() {
    let zone = cartwright::model::Zone::UTC;
    let ask = |days: usize, from: i32| {
        let history = History::of_days(Day(0), zone, &vec![100; days]);
        let origin = history.last();
        let span = Span::of_days(Day(origin.0 + from), Day(origin.0 + from + 2), zone);
        forecast(&history, Measure::Orders, origin, span, &Progress::none()).unwrap()
    };
    assert_eq!(ask(40, 1).unwrap_err().have, 40);
    assert!(ask(200, 1).is_ok());
    assert!(ask(200, 400).is_err(), "more than a year ahead");
    assert!(ask(200, 0).is_err(), "the day is known already");
    assert!(ask(0, 1).is_err());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(12))]

    /// Twice as much every day is twice as much foretold, with the same doubt; a part of a day is never more than it.
    #[test]
    fn forecasts_follow_the_scale_and_the_parts_of_days(
        noise in proptest::collection::vec(0_i64..400, 150..200),
        hour in 0_i64..24,
    ) {
        let zone = cartwright::model::Zone::UTC;
        let days: Vec<i64> = noise.iter().enumerate().map(|(at, noise)| 1_200 + noise * 3 + (at as i64 % 7) * 48).collect();
        let twice: Vec<i64> = days.iter().map(|day| day * 2).collect();
        let last = Day(days.len() as i32 - 1);
        let whole = Span::of_days(Day(last.0 + 1), Day(last.0 + 3), zone);
        let part = Span { from: whole.from + hour * 3_600, to: whole.to };
        let ask = |days: &[i64], span| {
            let history = History::of_days(Day(0), zone, days);
            forecast(&history, Measure::Revenue, last, span, &Progress::none()).unwrap().unwrap()
        };
        let (once, double, less) = (ask(&days, whole), ask(&twice, whole), ask(&days, part));
        proptest::prop_assert!((double.sum.middle / once.sum.middle - 2.0).abs() < 0.02);
        proptest::prop_assert!((double.sum.spread / once.sum.spread - 1.0).abs() < 0.1);
        proptest::prop_assert!(less.days[1].middle > 0.0 && less.days[0].middle <= once.days[0].middle * 1.2);
        let (low, high) = once.sum.within(0.95);
        let (inner_low, inner_high) = once.sum.within(0.8);
        proptest::prop_assert!(low <= inner_low && inner_low <= inner_high && inner_high <= high);
    }
}
