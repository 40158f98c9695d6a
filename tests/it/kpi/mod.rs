//! The KPI dashboard: against a naive recomputation, against other analyses, and against benchmarks and targets.

mod naive;
mod shop;

use std::collections::BTreeMap;

use cartwright::analytics::forecast::{History, Measure};
use cartwright::analytics::kpi::door::{OPENED, open};
use cartwright::analytics::kpi::{Known, KpiSettings, Kpis, Shop, kpis};
use cartwright::analytics::segments::segment_table;
use cartwright::framework::benchmarks::benchmarks;
use cartwright::jobs::Progress;
use cartwright::model::figure::Value;
use cartwright::model::kpi::{Baseline, Grain, Measurement, Period, Target};
use cartwright::model::metric::kpis as catalogue;
use cartwright::model::{Board, Currency, Dataset, Day, Definitions, MetricId};
use proptest::prelude::*;

use crate::analytics::{any_definitions, dataset, orders};

/// A dashboard of orders alone.
pub fn board(data: &Dataset, definitions: &Definitions, as_of: Day, period: Period, board: &Board) -> Kpis {
    with(data, definitions, as_of, period, board, &Known::default(), &[])
}

#[allow(clippy::too_many_arguments, reason = "what a dashboard is made of")]
pub fn with(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    period: Period,
    board: &Board,
    known: &Known,
    measurements: &[Measurement],
) -> Kpis {
    let assumptions = BTreeMap::from([("revenue".to_owned(), 50.0)]);
    let shop = Shop {
        data,
        definitions,
        as_of,
        board,
        benchmarks: benchmarks(),
        assumptions: &assumptions,
        measurements,
        known,
        annotations: &[],
    };
    kpis(&shop, &KpiSettings { period, grain: Some(Grain::Month) }, &Progress::none()).unwrap()
}

fn value(found: &Kpis, metric: MetricId) -> Option<Value> {
    found.row(metric).unwrap().value
}

fn minor(value: Option<Value>) -> i64 {
    match value {
        Some(Value::Money(minor, _)) => minor,
        Some(Value::Count(n)) => n as i64,
        other => panic!("{other:?}"),
    }
}

proptest! {
    // Each case computes several dashboards of years by month.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_kpi_of_orders_is_what_a_naive_count_gives(
        drawn in orders(), definitions in any_definitions(), as_of in 19_000_i32..20_050, length in 0_i32..500
    ) {
        let data = dataset(&drawn);
        let as_of = Day(as_of);
        let period = (Day(as_of.0 - length), as_of);
        let found = board(&data, &definitions, as_of, Period::Days(period.0, period.1), &Board::default());
        for metric in OPENED {
            let figure = found.figure(found.row(*metric).unwrap());
            let door = open(&figure, &data, &definitions, &Progress::none()).unwrap();
            prop_assert!(!door.terms.is_empty());
            prop_assert_eq!(door.folded, figure.value, "{:?}", figure);
        }
        let naive = naive::Naive::new(&data, &definitions, as_of);
        for metric in naive::COUNTED {
            let row = found.row(metric).unwrap();
            prop_assert_eq!(row.value, naive.value(metric, period, found.against), "{:?}", metric);
            for point in &row.course {
                let days = (point.from, point.to);
                let before = Grain::Month.around(Day(point.from.0 - 1));
                prop_assert_eq!(point.value, naive.value(metric, days, before), "{:?} {:?}", metric, days);
            }
        }
    }

    #[test]
    fn sums_over_any_partition_of_the_days_are_the_whole(
        drawn in orders(), definitions in any_definitions(), cuts in prop::collection::vec(19_000_i32..20_050, 1..4)
    ) {
        let data = dataset(&drawn);
        let (as_of, first) = (Day(20_050), Day(18_990));
        let of = |from: Day, to: Day| board(&data, &definitions, as_of, Period::Days(from, to), &Board::default());
        let mut edges: Vec<i32> = cuts;
        edges.sort_unstable();
        edges.dedup();
        edges.push(as_of.0);
        let whole = of(first, as_of);
        for metric in [MetricId::Revenue, MetricId::Orders, MetricId::NewCustomers] {
            let mut from = first;
            let mut sum = 0;
            for edge in &edges {
                if from.0 <= *edge {
                    sum += minor(value(&of(from, Day(*edge)), metric));
                    from = Day(*edge + 1);
                }
            }
            prop_assert_eq!(sum, minor(value(&whole, metric)), "{:?}", metric);
        }
    }

    #[test]
    fn revenue_is_that_of_segments_and_of_forecasts_to_the_cent(
        drawn in orders(), definitions in any_definitions(), as_of in 19_100_i32..20_050
    ) {
        let data = dataset(&drawn);
        let as_of = Day(as_of).min(data.span.map_or(Day(as_of), |(_, last)| last));
        let found = board(&data, &definitions, as_of, Period::Year, &Board::default());
        let (revenue, count) = (minor(value(&found, MetricId::Revenue)), minor(value(&found, MetricId::Orders)));
        if let Ok(table) = segment_table(&data, &definitions, as_of, None, &Progress::none()).unwrap() {
            prop_assert_eq!(revenue, table.total.revenue + table.unidentified.revenue);
            prop_assert_eq!(count as u64, table.total.orders + table.unidentified.orders);
            prop_assert_eq!(value(&found, MetricId::LtvToDate).map(|_| ()), table.total.ltv.map(|_| ()));
        }
        let history = History::new(&data, &definitions, as_of, &[], &Progress::none()).unwrap();
        let days = (found.period.0.0..=found.period.1.0).filter_map(|day| history.at(Day(day)));
        prop_assert_eq!(revenue, days.map(|at| history.day(Measure::Revenue, at)).sum::<i64>());
    }
}

#[test]
fn every_metric_of_the_catalogue_has_a_row_with_a_value_or_a_reason() {
    let data = dataset(&[(0, 19_500, 1_000, 0, 0, None), (0, 19_520, 3_000, 0, 0, None)]);
    let found = board(&data, &Definitions::default(), Day(19_900), Period::Year, &Board::default());
    assert_eq!(found.rows.len(), catalogue().count());
    for row in &found.rows {
        assert_ne!(row.value.is_some(), row.why_not.is_some(), "{:?}", row.metric);
        assert!(row.why_not.as_ref().is_none_or(|why| !why.is_empty() && !why.ends_with('.')), "{:?}", row.metric);
    }
    assert_eq!(value(&found, MetricId::Revenue), None.or(Some(Value::Money(0, Currency::USD))));
    let found = board(&data, &Definitions::default(), Day(19_600), Period::NinetyDays, &Board::default());
    assert_eq!(value(&found, MetricId::Aov), Some(Value::Money(3_000, Currency::USD)));
    // One new customer, whose 90 days ended in the period, came back.
    assert_eq!(value(&found, MetricId::RepeatWithin90), Some(Value::Share(1.0)));
}

#[test]
fn the_frameworks_rows_are_worth_what_their_formulas_say() {
    // Ten orders of $100 in the period, eight of $90 a year before.
    let mut drawn: Vec<_> = (0..10).map(|n| (n % 5, 20_000 - n as i32, 10_000, 0, 0, None)).collect();
    drawn.extend((0..8).map(|n| (n % 5, 20_000 - 364 - n as i32, 9_000, 0, 0, None)));
    drawn.push((0, 19_000, 100, 0, 0, None));
    let data = dataset(&drawn);
    let mut own = Board::default();
    own.targets.insert(MetricId::Aov, Target::Value(Value::Money(11_000, Currency::USD)));
    own.targets.insert(MetricId::Revenue, Target::Assumption("revenue".into()));
    own.baselines.insert(MetricId::CartAbandonment, Baseline::Value(Value::Share(0.7)));
    let found = board(&data, &Definitions::default(), Day(20_000), Period::FourWeeks, &own);
    let row = found.framework.iter().find(|row| row.metric == MetricId::Aov).unwrap();
    assert_eq!(row.baseline, Some(Value::Money(9_000, Currency::USD)));
    assert!((row.lift.unwrap() - 1.0 / 9.0).abs() < 1e-12);
    assert_eq!((row.impact, row.to_target), (Some(10 * 1_000), Some(10 * 1_000)));
    let revenue = found.row(MetricId::Revenue).unwrap().target.clone().unwrap();
    assert_eq!((revenue.value, revenue.reached), (Value::Money(5_000, Currency::USD), Some(true)));
    // Of what no file tells nothing is made up.
    let carts = found.framework.iter().find(|row| row.metric == MetricId::CartAbandonment).unwrap();
    assert_eq!((carts.baseline, carts.current, carts.impact), (Some(Value::Share(0.7)), None, None));
    assert!(carts.why_not.is_some());
    assert_eq!(carts.target, Some(Value::Share(0.55)), "the roadmap’s");
    assert_eq!(carts.benchmark, Some(Value::Share(0.685)));
}

#[test]
fn lifts_of_the_roadmap_rest_on_the_baseline_and_the_shops_own_go_first() {
    let drawn: Vec<_> = [20_000, 20_000 - 364].map(|day| (0, day, 10_000, 0, 0, None)).to_vec();
    let data = dataset(&[drawn, vec![(1, 19_000, 500, 0, 0, None)]].concat());
    let found = board(&data, &Definitions::default(), Day(20_000), Period::Week, &Board::default());
    let target = found.row(MetricId::Revenue).unwrap().target.clone().unwrap();
    assert_eq!((target.value, target.reached), (Value::Money(12_000, Currency::USD), Some(false)));
    let mut own = Board::default();
    own.targets.insert(MetricId::Revenue, Target::Lift(-0.1));
    let found = board(&data, &Definitions::default(), Day(20_000), Period::Week, &own);
    let target = found.row(MetricId::Revenue).unwrap().target.clone().unwrap();
    assert_eq!((target.value, target.reached), (Value::Money(9_000, Currency::USD), Some(true)));
}

#[test]
fn forty_days_of_history_are_compared_with_nothing_that_lies_before() {
    let drawn: Vec<_> = (0..40).map(|n| (n % 5, 19_961 + n as i32, 1_000, 0, 0, None)).collect();
    let data = dataset(&drawn);
    let found = board(&data, &Definitions::default(), Day(20_000), Period::Year, &Board::default());
    let row = found.row(MetricId::Revenue).unwrap();
    assert_eq!((row.value, row.previous, row.last_year), (Some(Value::Money(40_000, Currency::USD)), None, None));
    assert_eq!(row.good, None);
    assert!(found.notes[0].contains("not known whole"), "{:?}", found.notes);
    assert_eq!(value(&found, MetricId::RevenueGrowthYear), None);
    assert_eq!(value(&found, MetricId::Retention), None);
    assert!(found.framework.iter().all(|row| row.impact.is_none()));
}

#[test]
fn a_month_that_is_not_over_is_marked_and_compared_with_as_many_days() {
    let drawn: Vec<_> = (0..800).map(|n| (n % 5, 19_201 + n as i32, 1_000, 0, 0, None)).collect();
    let data = dataset(&drawn);
    // 20_000 is 4 October 2024.
    let as_of = Day(20_000);
    let found = board(&data, &Definitions::default(), as_of, Period::MonthToDate, &Board::default());
    let row = found.row(MetricId::Orders).unwrap();
    assert_eq!((row.value, row.previous), (Some(Value::Count(4)), Some(Value::Count(4))));
    let last = row.course.last().unwrap();
    assert!(last.unfinished);
    assert_eq!((last.to, last.value, last.year_before), (as_of, Some(Value::Count(4)), Some(Value::Count(4))));
    let year = board(&data, &Definitions::default(), as_of, Period::Year, &Board::default());
    let course = &year.row(MetricId::Orders).unwrap().course;
    assert_eq!((course.len(), course.iter().filter(|point| point.unfinished).count()), (12, 1));
    let growth = year.row(MetricId::RevenueGrowthMonth).unwrap();
    assert!(growth.from.contains("1 Sep 2024 – 30 Sep 2024"), "{}", growth.from);
    assert_eq!(growth.value, Some(Value::Share(-1.0 / 31.0)));
}

#[test]
fn measurements_are_averaged_by_what_stands_behind_them() {
    let data = dataset(&[(0, 19_500, 1_000, 0, 0, None)]);
    let one = |metric, from, to, value, n, typed| Measurement {
        metric,
        from: Day(from),
        to: Day(to),
        value,
        n,
        source: "Survey".into(),
        typed,
    };
    let all = [
        one(MetricId::Csat, 19_400, 19_430, Value::Share(0.8), Some(100), false),
        one(MetricId::Csat, 19_431, 19_460, Value::Share(0.9), Some(300), false),
        // What was typed of the same days goes first.
        one(MetricId::Csat, 19_431, 19_460, Value::Share(0.6), Some(300), true),
        // Ends after the period.
        one(MetricId::Csat, 19_480, 19_600, Value::Share(0.1), Some(900), false),
        one(MetricId::MarketShare, 19_200, 19_300, Value::Share(0.04), None, true),
        one(MetricId::MarketShare, 19_301, 19_400, Value::Share(0.05), None, true),
    ];
    let of = |days: Period| {
        with(&data, &Definitions::default(), Day(19_500), days, &Board::default(), &Known::default(), &all)
    };
    let found = of(Period::Year);
    let csat = found.row(MetricId::Csat).unwrap();
    assert_eq!(csat.value, Some(Value::Share(0.65)));
    assert_eq!(csat.n, Some((400, "answers")));
    assert!(csat.interval.is_some_and(|(low, high)| low < 0.65 && 0.65 < high));
    assert!(csat.from.starts_with("typed and imported"), "{}", csat.from);
    assert_eq!(value(&found, MetricId::MarketShare), Some(Value::Share(0.05)));
    assert_eq!(value(&of(Period::Week), MetricId::Csat), None);
}
