//! Where nothing can be told, and what it is worth to split a budget otherwise.

use cartwright::analytics::media::{Channel, Doubt, LEAST_WEEKS, Measure, Settings, media, said};
use cartwright::jobs::Progress;

use super::planted::{CHANNELS, Planted, shop, told};

#[test]
fn less_than_a_year_of_spend_is_too_little() {
    let (mut weeks, _) = shop(1, 60, &CHANNELS);
    for channel in &mut weeks.channels {
        channel.spend[..12].fill(0.0);
    }
    let missing = media(&weeks, &Settings::default(), &Progress::none()).unwrap().unwrap_err();
    assert!(missing.have < LEAST_WEEKS && missing.need == LEAST_WEEKS && missing.what == "whole weeks with spend");
    let (mut weeks, _) = shop(1, 80, &CHANNELS);
    weeks.revenue.fill(0.0);
    let missing = media(&weeks, &Settings::default(), &Progress::none()).unwrap().unwrap_err();
    assert_eq!(missing.what, "weeks with sales", "spend without sales");
    weeks.channels.clear();
    assert!(media(&weeks, &Settings::default(), &Progress::none()).unwrap().is_err(), "no spend at all");
}

#[test]
fn the_same_input_gives_the_same_figures_and_can_be_cancelled() {
    let (weeks, _) = shop(3, 90, &CHANNELS[..2]);
    assert_eq!(told(&weeks, 5), told(&weeks, 5));
    let progress = Progress::none();
    progress.cancel();
    assert!(media(&weeks, &Settings::default(), &progress).is_err());
}

#[test]
fn channels_that_move_together_are_named() {
    let (mut weeks, _) = shop(4, 110, &CHANNELS);
    let twin: Vec<f64> = weeks.channels[0].spend.iter().map(|spend| spend * 0.5 + 100.0).collect();
    weeks.channels[1].spend = twin;
    weeks.channels[2].spend = vec![50_000.0; 110];
    let found = told(&weeks, 1);
    let pair = |at: usize| found.channels[at].doubts.iter().any(|doubt| matches!(doubt, Doubt::Together { .. }));
    assert!(pair(0) && pair(1) && !pair(2), "{:?}", found.channels.iter().map(|one| &one.doubts).collect::<Vec<_>>());
    assert!(found.channels[2].doubts.iter().any(|doubt| matches!(doubt, Doubt::HardlyVaried { .. })));
    let words = said::channel(&found, &found.channels[0]);
    assert!(words.contains("cannot tell") && words.contains("Paid social"), "{words}");
}

#[test]
fn a_budget_is_split_within_what_was_tried() {
    let strong = [
        Planted { name: "Good", most: 60.0, scale: 10.0, spend: 3.0, ..CHANNELS[0] },
        Planted { name: "Useless", most: 0.0, spend: 6.0, ..CHANNELS[1] },
    ];
    let (weeks, _) = shop(6, 120, &strong);
    let found = told(&weeks, 2);
    let split = found.split.as_ref().unwrap();
    assert!(split.told_apart && split.gain.mean > 0.0, "{split:?}");
    assert!(split.channels[0].best > split.channels[0].present, "{split:?}");
    for channel in &split.channels {
        assert!(channel.best <= channel.limit * 1.000_001);
    }
    let given: f64 = split.channels.iter().map(|channel| channel.best).sum();
    assert!((given + split.unspent - split.total).abs() < 1.0);
    assert!(said::split(&found).contains("more than split as at present"), "{}", said::split(&found));
    let large = Settings { total: Some(1_000_000_000), ..Settings::default() };
    let large = media(&weeks, &large, &Progress::none()).unwrap().unwrap();
    assert!(large.split.unwrap().unspent > 0.0);
    let (one, _) = shop(6, 120, &strong[..1]);
    assert!(told(&one, 2).split.is_none(), "one channel has nothing to split");
}

#[test]
fn a_channel_that_stopped_and_orders_as_the_measure() {
    let (mut weeks, _) = shop(8, 120, &CHANNELS);
    weeks.channels[0].spend[100..].fill(0.0);
    let orders = Settings { measure: Measure::Orders, ..Settings::default() };
    let found = media(&weeks, &orders, &Progress::none()).unwrap().unwrap();
    assert_eq!(found.channels[0].present, 0.0);
    assert!(found.channels.iter().all(|one| one.share.mean.is_finite() && one.per_unit.interval.1.is_finite()));
    assert!((found.base_share.mean + found.channels.iter().map(|one| one.share.mean).sum::<f64>() - 1.0).abs() < 1e-9);
    assert_eq!(found.course.len(), 120);
    let silent = Channel { name: "Silent".into(), spend: vec![0.0; 120] };
    weeks.channels.push(silent);
    let found = told(&weeks, 1);
    assert!(found.channels[3].added.interval.0 <= 0.0 && !found.channels[3].doubts.is_empty());
    assert!(found.channels[3].per_unit.mean.is_finite());
}
