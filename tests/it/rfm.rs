//! Recency, frequency, monetary value: scores against plain ones, and groups that share out the buyers.

use cartwright::analytics::door;
use cartwright::analytics::facts::customer_facts;
use cartwright::analytics::rfm::{Axis, Binning, Group, Limits, Pick, RfmTable, Row, Settings, rfm_table, scores};
use cartwright::analytics::segments::segment_table;
use cartwright::jobs::Progress;
use cartwright::model::{Day, MetricId};
use proptest::prelude::*;

use crate::analytics::{any_definitions, dataset, orders};
use crate::rules::sample_shop;

fn any_settings() -> impl Strategy<Value = Settings> {
    let binning = (0_u8..3, prop::collection::vec(1_i64..3_000, 4));
    (3_u8..=5, binning).prop_map(|(bins, (kind, steps))| {
        let rising = |first: i64, by: i64| -> Vec<i64> {
            let up = |at: &mut i64, step: &i64| {
                *at += 1 + step % by;
                Some(*at)
            };
            steps[..usize::from(bins) - 1].iter().scan(first, up).collect()
        };
        let binning = match kind {
            0 => Binning::Cut,
            1 => Binning::Ntile,
            _ => Binning::Typed(Limits {
                recency: rising(-1, 200).into_iter().map(|days| days as i32).collect(),
                frequency: rising(1, 3).into_iter().map(|orders| orders as u32).collect(),
                monetary: rising(0, 3_000),
            }),
        };
        Settings { bins, binning }
    })
}

fn sum(rows: impl Iterator<Item = Row>) -> (u64, u64, i64, i64) {
    rows.fold((0, 0, 0, 0), |sum, row| {
        (sum.0 + row.customers, sum.1 + row.orders, sum.2 + row.lifetime_revenue, sum.3 + row.revenue)
    })
}

fn cells(table: &RfmTable, x: Axis, y: Axis) -> Vec<Row> {
    let scores = || 1..=table.settings.bins;
    scores().flat_map(|a| scores().map(move |b| (a, b))).map(|(a, b)| table.cell((x, a), (y, b))).collect()
}

proptest! {
    #[test]
    fn groups_and_every_map_share_out_the_buyers_and_their_figures_are_doors(
        drawn in orders(), definitions in any_definitions(), settings in any_settings(), day in 19_000_i32..20_100
    ) {
        prop_assert_eq!(settings.check(), Ok(()));
        let (data, as_of) = (dataset(&drawn), Day(day));
        let Ok(table) = rfm_table(&data, &definitions, as_of, &settings, &Progress::none()).unwrap() else { return Ok(()) };
        let facts = customer_facts(&data, &definitions, as_of, &Progress::none()).unwrap();
        let buyers: Vec<_> = facts.iter().filter(|f| f.orders > 0).collect();
        let all = sum(std::iter::once(table.total));
        prop_assert_eq!(all.0, buyers.len() as u64);
        prop_assert_eq!(all.1, buyers.iter().map(|f| u64::from(f.orders)).sum::<u64>());
        prop_assert_eq!(all.2, buyers.iter().map(|f| f.revenue).sum::<i64>());
        prop_assert_eq!(sum(table.groups.iter().map(|(_, row)| *row)), all);
        for (x, y) in [(Axis::Recency, Axis::Frequency), (Axis::Recency, Axis::Monetary), (Axis::Frequency, Axis::Monetary)] {
            prop_assert_eq!(sum(cells(&table, x, y).into_iter()), all);
        }
        let segments = segment_table(&data, &definitions, as_of, None, &Progress::none()).unwrap().unwrap();
        let groups = table.groups.iter().map(|(group, _)| Pick::Group(*group));
        for pick in groups.chain([Pick::Buyers, Pick::Cell((Axis::Recency, 1), (Axis::Monetary, 2))]) {
            let picked = table.picked(pick);
            prop_assert_eq!(picked.members.count(), table.row(pick).customers);
            for metric in [MetricId::Customers, MetricId::BuyerShare, MetricId::Revenue, MetricId::RevenueShare, MetricId::LtvToDate] {
                let figure = table.figure(pick, &picked, metric);
                let opened = door::open_picked(&figure, &segments, &data, &definitions, Some(&picked), &Progress::none()).unwrap();
                prop_assert_eq!(opened.folded, figure.value, "{:?} of {:?}", metric, pick);
            }
        }
        // Scores go up with what they score, and the ranges of a score hold everybody who has it.
        for axis in Axis::ALL {
            for (scores, facts) in table.scores.iter().zip(&facts).filter(|(s, _)| s.r > 0) {
                let (low, high) = table.range(axis, axis.score(*scores)).unwrap();
                let value = axis.value(facts, as_of);
                prop_assert!(low <= value && value <= high);
            }
        }
        prop_assert_eq!(Settings { bins: settings.bins, binning: Binning::Typed(table.limits()) }.check(), Ok(()));
    }

    #[test]
    fn own_cut_offs_score_as_they_say(
        drawn in orders(), settings in any_settings(), day in 19_500_i32..20_100
    ) {
        let Binning::Typed(limits) = &settings.binning else { return Ok(()) };
        let (data, as_of) = (dataset(&drawn), Day(day));
        let facts = customer_facts(&data, &Default::default(), as_of, &Progress::none()).unwrap();
        let Ok(scored) = scores(&facts, as_of, &settings) else { return Ok(()) };
        for (facts, scores) in facts.iter().zip(&scored) {
            if facts.orders == 0 {
                prop_assert_eq!((scores.r, scores.f, scores.m), (0, 0, 0));
                continue;
            }
            let days = as_of.0 - facts.last.0;
            // The best bin within the first limit, the next within the second …
            let r = limits.recency.iter().position(|&most| days <= most).map_or(1, |at| settings.bins - at as u8);
            let f = 1 + limits.frequency.iter().take_while(|&&least| facts.orders >= least).count() as u8;
            let m = 1 + limits.monetary.iter().take_while(|&&least| facts.revenue >= least).count() as u8;
            prop_assert_eq!((scores.r, scores.f, scores.m), (r, f, m));
        }
    }
}

#[test]
fn a_rule_about_scores_picks_whom_the_map_shows_also_after_the_scores_were_changed() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let limits = Limits { recency: vec![30, 90, 240], frequency: vec![2, 3, 6], monetary: vec![5_000, 15_000, 40_000] };
    for settings in [Settings::default(), Settings { bins: 4, binning: Binning::Typed(limits) }] {
        session.set_rfm_settings(&settings).unwrap();
        let table = session.rfm(None, None, &Progress::none()).unwrap().unwrap();
        assert_eq!(table.settings, settings);
        let sieve = session.sieve(None, &Progress::none()).unwrap();
        let mut some = 0;
        let cells = (1..=settings.bins).map(|score| Pick::Cell((Axis::Recency, score), (Axis::Frequency, 1)));
        let money = Pick::Cell((Axis::Frequency, settings.bins), (Axis::Monetary, settings.bins));
        for pick in table.groups.iter().map(|(group, _)| Pick::Group(*group)).chain(cells).chain([money]) {
            let members = sieve.members(&pick.rule().unwrap(), &Progress::none()).unwrap();
            assert_eq!(members.yes, table.picked(pick).members, "{pick:?}");
            some += usize::from(members.yes.count() > 0);
        }
        assert!(some > 8, "{some}");
    }
    session.undo().unwrap();
    assert_eq!(session.rfm_settings().unwrap(), Settings::default());
    assert!(session.set_rfm_settings(&Settings { bins: 7, binning: Binning::Cut }).is_err());
}

#[test]
fn one_buyer_cannot_be_ranked_but_can_be_scored_by_cut_offs() {
    let data = dataset(&[(0, 19_100, 5_000, 0, 0, None)]);
    let found =
        |settings: &Settings| rfm_table(&data, &Default::default(), Day(19_101), settings, &Progress::none()).unwrap();
    let missing = found(&Settings::default()).unwrap_err();
    assert_eq!((missing.have, missing.need, missing.what), (1, 5, "buyers"));
    let limits = Limits { recency: vec![7, 30], frequency: vec![2, 4], monetary: vec![1_000, 5_000] };
    let table = found(&Settings { bins: 3, binning: Binning::Typed(limits) }).unwrap();
    assert_eq!(table.row(Pick::Group(Group::New)).customers, 1);
    assert_eq!(table.cell((Axis::Frequency, 1), (Axis::Monetary, 3)).customers, 1);
}

#[test]
fn cut_offs_that_cannot_score_are_refused_with_a_sentence() {
    let typed = |recency: &[i32], frequency: &[u32], monetary: &[i64]| {
        let limits = Limits { recency: recency.into(), frequency: frequency.into(), monetary: monetary.into() };
        Settings { bins: 3, binning: Binning::Typed(limits) }.check()
    };
    assert_eq!(typed(&[30, 90], &[2, 5], &[100, 500]), Ok(()));
    for (wrong, words) in [
        (typed(&[30], &[2, 5], &[100, 500]), "3 bins take 2 cut-offs of recency, not 1"),
        (typed(&[90, 30], &[2, 5], &[100, 500]), "cut-offs of recency go up"),
        (typed(&[30, 90], &[1, 5], &[100, 500]), "the first cut-off of frequency is at least 2"),
        (typed(&[30, 90], &[2, 5], &[-5, 500]), "the first cut-off of monetary value is at least 1"),
    ] {
        assert!(wrong.as_ref().unwrap_err().contains(words), "{wrong:?}");
    }
}
