//! Lifts of past sales against those that are planted in the sample shop.

use cartwright::analytics::sale::{BreakEven, Lift, Verdict, judge, past_sales};
use cartwright::jobs::Progress;
use cartwright::model::plan::{Benefit, Percent, Stacking};
use cartwright::model::{Currency, Day};
use cartwright::ops::sample;
use cartwright::sample::Params;

use super::{framework, plan, tier};

/// Planted lifts and those found, over some seeds: nearly every sale is found on its days, and the logarithms of
/// 1 + lift are right on average.
#[test]
fn planted_sales_are_found_with_their_lift() {
    let (mut planted, mut found_all, mut errors, mut strange) = (0, 0, Vec::new(), 0);
    for seed in 1..=4 {
        let folder = tempfile::tempdir().unwrap();
        let params = Params { customers: 6_000, seed, ..Params::default() };
        let mut session = sample::create(&folder.path().join("shop.cartwright"), &params, &Progress::none()).unwrap();
        let data = session.dataset(&Progress::none()).unwrap();
        let (first, last) = data.span.unwrap();
        let truth = cartwright::sample::Truth::planted(first, last).sales;
        let found = past_sales(&data, &session.definitions().unwrap(), &Progress::none()).unwrap();
        planted += truth.len();
        for sale in &found {
            let overlaps = |t: &&cartwright::sample::Sale| t.first <= sale.last && t.last >= sale.first;
            match truth.iter().find(overlaps) {
                Some(of) => {
                    assert!(
                        (of.first.0 - sale.first.0).abs() <= 1 && (of.last.0 - sale.last.0).abs() <= 1,
                        "{sale:?} {of:?}"
                    );
                    found_all += 1;
                    errors.push((1.0 + sale.lift()).ln() - of.lift.ln());
                }
                None => strange += 1,
            }
        }
    }
    let n = errors.len() as f64;
    let mean = errors.iter().sum::<f64>() / n;
    let spread = (errors.iter().map(|e| (e - mean).powi(2)).sum::<f64>() / n).sqrt();
    println!("{found_all} of {planted} planted sales found, {strange} others; error {mean:.3} ± {spread:.3}");
    // Those at the very beginning have no ordinary days before them.
    assert!(found_all * 10 >= planted * 8 && strange == 0, "{found_all} of {planted}, {strange} strange");
    assert!(mean.abs() < 0.1 && spread < 0.25, "{mean} {spread}");
}

#[test]
fn a_sale_breaks_even_where_the_formula_says_and_the_verdict_follows() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = crate::rules::sample_shop(folder.path());
    let mut plan = framework(Currency::USD);
    plan.assumptions.margin = Some(Percent::whole(42));
    let lift = session.sale_lift(&Progress::none()).unwrap();
    let chosen = (Day::parse("2025-09-01").unwrap(), Day::parse("2025-09-30").unwrap());
    let (_, replay) = session.replay_sale(&plan, Some(chosen), &Progress::none()).unwrap();
    let judged = judge(&replay, plan.assumptions.top_up, &lift);
    let (before, with) = (replay.before.margin().unwrap(), replay.nobody.margin().unwrap());
    let BreakEven::At(at) = judged.break_even else { panic!("{:?}", judged.break_even) };
    assert!((with as f64 * (1.0 + at) - before as f64).abs() < 1e-6 * before as f64);
    assert_eq!(judged.nobody.against, Some(with - before));
    let lifted = judged.lifted.as_ref().unwrap();
    assert!(lifted[1].margin <= lifted[0].margin && lifted[0].margin <= lifted[2].margin);
    let chance = judged.chance.unwrap();
    assert_eq!(judged.verdict == Verdict::Pays, chance >= 0.8);
    assert_eq!(judged.within, []);
    // The share of near baskets that top up lies between none and all.
    let none = judge(&replay, Percent(0), &lift).top_up;
    let all = judge(&replay, Percent::whole(100), &lift).top_up;
    assert_eq!(none.margin, replay.nobody.margin());
    assert_eq!(all.margin, replay.topped_up.margin());
    // What gives nothing away costs nothing; what gives everything away never pays.
    let with = |percent| {
        let mut other = plan.clone();
        other.tiers = vec![tier("All", Benefit::PercentOff(Percent::whole(percent)), Some(1), Stacking::BestOnly)];
        other
    };
    let (_, dear) = session.replay_sale(&with(60), Some(chosen), &Progress::none()).unwrap();
    assert_eq!(judge(&dear, Percent(0), &lift).break_even, BreakEven::Never);
    assert_eq!(judge(&dear, Percent(0), &lift).verdict, Verdict::DoesNot);
    let mut nothing = super::plan(vec![tier("None", Benefit::FreeShipping, Some(900_000_000), Stacking::BestOnly)]);
    nothing.assumptions.margin = Some(Percent::whole(42));
    let (_, idle) = session.replay_sale(&nothing, Some(chosen), &Progress::none()).unwrap();
    let few = Lift::of(Vec::new());
    assert_eq!(judge(&idle, Percent(0), &few).verdict, Verdict::Pays);
    assert_eq!(judge(&replay, Percent(0), &few).verdict, Verdict::CannotTell);
}

/// Days of a past sale are no ordinary days: it is said.
#[test]
fn a_replay_on_the_days_of_a_sale_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = crate::rules::sample_shop(folder.path());
    let lift = session.sale_lift(&Progress::none()).unwrap();
    let chosen = (Day::parse("2025-11-28").unwrap(), Day::parse("2025-11-30").unwrap());
    let plan = plan(framework(Currency::USD).tiers);
    let (_, replay) = session.replay_sale(&plan, Some(chosen), &Progress::none()).unwrap();
    let judged = judge(&replay, Percent(0), &lift);
    let sale = judged.within[0];
    // The sale's own lift is not lifted again: all three days count as many orders as such days have without it.
    assert_eq!(judged.within.len(), 1);
    assert!((judged.ordinary - sale.expected / sale.orders as f64).abs() < 1e-9, "{}", judged.ordinary);
    let ordinary = replay.before.baskets as f64 * judged.ordinary;
    assert!((judged.no_sale.orders as f64 - ordinary).abs() <= 0.5, "{} {ordinary}", judged.no_sale.orders);
    let mean = lift.as_ref().unwrap().mean;
    assert!((judged.lifted.unwrap()[0].orders as f64 - ordinary * (1.0 + mean)).abs() <= 1.0);
    assert!(replay.were.discounted > replay.were.full_price);
}
