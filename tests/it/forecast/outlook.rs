//! The outlook: whether its intervals cover what they claim on simulated shops, and what it says of bad input.

use cartwright::analytics::forecast::{History, Span};
use cartwright::analytics::outlook::{
    Ahead, Asked, EventKind, Grain, Ground, Named, Of, Outlook, Planned, outlook, said,
};
use cartwright::analytics::sale::PastSale;
use cartwright::jobs::Progress;
use cartwright::model::{Currency, Day, TooLittle, Zone};
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Normal, Poisson};
use rayon::prelude::*;

/// Made-up shops of each kind.
const SHOPS: u64 = 12;
const FIRST: Day = Day(18_262);
const WEEK: [f64; 7] = [1.0, 0.9, 0.95, 1.0, 1.2, 1.3, 0.65];

fn ground(history: &History) -> Ground<'_> {
    let currency = Currency::parse("USD").unwrap();
    Ground { history, sales: &[], on_sale: &[], planned: &[], named: &[], currency, definitions: 1 }
}

fn ask(ground: &Ground<'_>, of: Of, grain: Grain, ahead: Option<u32>) -> Result<Outlook, TooLittle> {
    outlook(ground, &Asked { of, grain, ahead, country: None }, &Progress::none()).unwrap()
}

/// Orders and revenue of a made-up shop: growth, a season, weekdays, a level that wanders, counts.
fn shop(seed: u64, days: usize, (base, wanders, season): (f64, f64, f64)) -> (Vec<i64>, Vec<i64>) {
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
    let normal = Normal::new(0.0, 1.0).unwrap();
    let (growth, mut level) = (random.random_range(-0.2..0.4), 0.0);
    let mut day = |at: usize| {
        level += wanders * normal.sample(&mut random);
        let year = at as f64 / 365.25;
        let wave = season * (year * std::f64::consts::TAU).cos();
        let mean = base * WEEK[at % 7] * (growth * year + wave + level + 0.08 * normal.sample(&mut random)).exp();
        let orders = Poisson::new(mean).unwrap().sample(&mut random) as i64;
        let revenue: f64 = (0..orders).map(|_| (8.3 + 0.7 * normal.sample(&mut random)).exp()).sum();
        (orders, revenue as i64)
    };
    (0..days).map(&mut day).unzip()
}

/// Shares of steps and totals that lay in their intervals: steps in 80 %, in 95 %, of the last third in 95 %, totals in 95 %.
fn covered(known: usize, kind: (f64, f64, f64), of: Of, grain: Grain) -> [f64; 4] {
    let counts = (0..SHOPS).into_par_iter().map(|seed| {
        let (orders, revenue) = shop(seed, known + 400, kind);
        let history = History::of_series(FIRST, Zone::UTC, &orders[..known], &revenue[..known]);
        let found = ask(&ground(&history), of, grain, None).unwrap();
        let came = |from: Day, to: Day| {
            let days = (from.0 - FIRST.0) as usize..=(to.0 - FIRST.0) as usize;
            let (orders, revenue): (i64, i64) = (orders[days.clone()].iter().sum(), revenue[days].iter().sum());
            match of {
                Of::Orders => orders as f64,
                Of::Revenue => revenue as f64,
                Of::Aov => revenue as f64 / orders.max(1) as f64,
            }
        };
        let holds = |(low, high): (f64, f64), came: f64| u32::from((low..=high).contains(&came));
        let late = found.ahead.len() * 2 / 3;
        let mut counts = [0; 6];
        for (at, step) in found.ahead.iter().enumerate() {
            let came = came(step.from, step.to);
            counts[0] += 1;
            counts[1] += holds(step.within_80, came);
            counts[2] += holds(step.within_95, came);
            counts[3] += u32::from(at >= late);
            counts[4] += u32::from(at >= late) * holds(step.within_95, came);
        }
        let (first, last) = (found.ahead[0].from, found.ahead[found.ahead.len() - 1].to);
        counts[5] = holds(found.total.within_95, came(first, last));
        counts
    });
    let sums = counts.reduce(|| [0; 6], |a, b| std::array::from_fn(|i| a[i] + b[i])).map(f64::from);
    [sums[1] / sums[0], sums[2] / sums[0], sums[4] / sums[3], sums[5] / SHOPS as f64]
}

#[test]
fn intervals_cover_what_they_claim() {
    let steady = (40.0, 0.005, 0.0);
    let grows = (150.0, 0.004, 0.25);
    let cases = [
        (220, steady, Of::Orders, Grain::Day),
        (400, steady, Of::Revenue, Grain::Week),
        (400, steady, Of::Aov, Grain::Week),
        (1_000, grows, Of::Orders, Grain::Month),
    ];
    let (mut all_80, mut all_95) = (0.0, 0.0);
    for (known, kind, of, grain) in cases {
        let [in_80, in_95, late_95, total_95] = covered(known, kind, of, grain);
        println!(
            "{known} days, {of:?} by {grain:?}: 80 % holds {in_80:.3}, 95 % holds {in_95:.3}, of late steps {late_95:.3}, \
             of totals {total_95:.3}"
        );
        assert!((0.85..=1.0).contains(&in_95), "{known} {of:?} {grain:?}: {in_95}");
        assert!(total_95 >= 0.75, "{known} {of:?} {grain:?}: {total_95}");
        all_80 += in_80 / cases.len() as f64;
        all_95 += in_95 / cases.len() as f64;
    }
    assert!((0.70..=0.92).contains(&all_80) && (0.90..=1.0).contains(&all_95), "{all_80} {all_95}");
}

/// A year and a half of ten orders a day at 30.00.
fn plain(days: usize) -> Vec<i64> {
    (0..days).map(|at| (10.0 * WEEK[at % 7] + (at * 7 % 5) as f64) as i64).collect()
}

#[test]
fn forty_days_and_hardly_an_order_are_too_little() {
    let history = History::of_days(FIRST, Zone::UTC, &plain(40));
    let missing = ask(&ground(&history), Of::Orders, Grain::Day, None).unwrap_err();
    assert_eq!((missing.have, missing.need), (40, 76));
    let seldom: Vec<i64> = (0..150).map(|at| i64::from(at % 30 == 0)).collect();
    let history = History::of_days(FIRST, Zone::UTC, &seldom);
    let missing = ask(&ground(&history), Of::Orders, Grain::Month, None).unwrap_err();
    assert_eq!((missing.have, missing.what), (5, "orders on ordinary days"));
    assert!(ask(&ground(&History::of_days(FIRST, Zone::UTC, &[])), Of::Revenue, Grain::Week, None).is_err());
}

#[test]
fn a_missing_month_is_not_learnt_as_no_demand() {
    let whole = plain(500);
    let mut gap = whole.clone();
    gap[430..460].fill(0);
    let of = |days: &[i64]| {
        let history = History::of_days(FIRST, Zone::UTC, days);
        ask(&ground(&history), Of::Orders, Grain::Week, Some(4)).unwrap()
    };
    let (own, other) = (of(&gap), of(&whole));
    assert!((own.total.middle / other.total.middle - 1.0).abs() < 0.03, "{} {}", own.total.middle, other.total.middle);
    assert!(own.notes.iter().any(|note| note.contains("no order from")), "{:?}", own.notes);
}

#[test]
fn an_order_a_week_and_days_below_zero_are_told_of() {
    let seldom: Vec<i64> = (0..400).map(|at| i64::from(at * 13 % 7 == 0) * 5_000).collect();
    let orders: Vec<i64> = seldom.iter().map(|revenue| i64::from(*revenue > 0)).collect();
    let history = History::of_series(FIRST, Zone::UTC, &orders, &seldom);
    let found = ask(&ground(&history), Of::Orders, Grain::Month, Some(3)).unwrap();
    assert!((found.ahead[1].middle - 4.3).abs() < 1.2, "{:?}", found.ahead);
    let by_day = ask(&ground(&history), Of::Orders, Grain::Day, Some(14)).unwrap();
    assert!(by_day.notes.iter().any(|note| note.contains("Fewer than one order")), "{:?}", by_day.notes);
    let revenue: Vec<i64> =
        plain(300).iter().enumerate().map(|(at, n)| if at % 50 == 7 { -900 } else { n * 100 }).collect();
    let history = History::of_series(FIRST, Zone::UTC, &plain(300), &revenue);
    let found = ask(&ground(&history), Of::Revenue, Grain::Week, None).unwrap();
    assert!(found.notes.iter().any(|note| note.contains("more was given back")), "{:?}", found.notes);
    assert!(found.total.middle > 0.0);
}

/// Orders of pure chance around a level that jumps: no rule beats the last value for long, and the naive rule is said.
#[test]
fn the_naive_rule_is_used_where_it_wins_and_said() {
    let days: Vec<i64> = (0..400).map(|at| [30, 20, 25, 28, 40, 50, 10][at % 7]).collect();
    let history = History::of_days(FIRST, Zone::UTC, &days);
    let found = ask(&ground(&history), Of::Orders, Grain::Day, None).unwrap();
    assert!(found.used_naive && found.held_out.own == found.held_out.naive);
    assert!(said::rule(&found).starts_with("The seasonal naive rule is used"), "{}", said::rule(&found));
    let (orders, _) = shop(3, 500, (60.0, 0.002, 0.0));
    let history = History::of_days(FIRST, Zone::UTC, &orders);
    let found = ask(&ground(&history), Of::Orders, Grain::Day, None).unwrap();
    assert!(!found.used_naive && found.held_out.own.wape < found.held_out.naive.wape);
}

#[test]
fn revenue_is_orders_times_the_value_of_an_order() {
    let (orders, revenue) = shop(5, 420, (50.0, 0.004, 0.0));
    let history = History::of_series(FIRST, Zone::UTC, &orders, &revenue);
    let of = |of, grain| ask(&ground(&history), of, grain, Some(28)).unwrap();
    let (orders, revenue, value) = (of(Of::Orders, Grain::Day), of(Of::Revenue, Grain::Day), of(Of::Aov, Grain::Day));
    assert!(!value.used_naive, "{:?}", value.tried);
    for ((orders, revenue), value) in orders.ahead.iter().zip(&revenue.ahead).zip(&value.ahead) {
        assert!((orders.middle * value.middle / revenue.middle - 1.0).abs() < 1e-9);
    }
    // The same weekday is told with more doubt the further ahead it is.
    let width = |step: &Ahead| step.within_95.1 - step.within_95.0;
    assert!(orders.ahead.iter().zip(&orders.ahead[7..]).all(|(step, later)| width(later) >= 0.99 * width(step)));
    // A step that has begun holds what is known of it.
    let weeks = of(Of::Orders, Grain::Week).ahead;
    let begun = weeks[0].known.unwrap();
    assert!(begun.days < 7 && weeks[0].middle > begun.value && weeks[1].known.is_none());
}

/// Three past sales doubled orders; a planned one doubles its days, and a holiday on which two past years were closed is
/// empty.
#[test]
fn planned_sales_and_known_holidays_are_put_on() {
    let sales = [100, 300, 500].map(|day| (Day(FIRST.0 + day), Day(FIRST.0 + day + 2)));
    let closed = [200, 565, 930].map(|day| Day(FIRST.0 + day));
    let (mut orders, _) = shop(8, 900, (80.0, 0.001, 0.0));
    sales.iter().flat_map(|(from, to)| from.0..=to.0).for_each(|day| orders[(day - FIRST.0) as usize] *= 2);
    closed[..2].iter().for_each(|day| orders[(day.0 - FIRST.0) as usize] = 0);
    let mut history = History::of_days(FIRST, Zone::UTC, &orders);
    sales.iter().for_each(|(from, to)| history.leave_out(*from, Day(to.0 + 7)));
    let past = sales.map(|(first, last)| {
        let sold: i64 = (first.0..=last.0).map(|day| orders[(day - FIRST.0) as usize]).sum();
        PastSale { first, last, orders: sold as u64, expected: sold as f64 / 2.0, discounted: 0.9, depth: 0.2 }
    });
    let (from, to) = (Day(FIRST.0 + 910), Day(FIRST.0 + 911));
    let planned = [Planned { name: "Winter sale".into(), span: Span::of_days(from, to, Zone::UTC) }];
    let named: Vec<Named> = closed.iter().map(|day| Named { day: *day, name: "Rest day".into() }).collect();
    let with = Ground { sales: &past, on_sale: &sales, planned: &planned, named: &named, ..ground(&history) };
    let found = ask(&with, Of::Orders, Grain::Day, Some(60)).unwrap();
    let kinds: Vec<EventKind> = found.events.iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [EventKind::Sale, EventKind::Holiday]);
    assert!((found.events[0].factor.unwrap().0 - 2.0).abs() < 0.05, "{:?}", found.events[0]);
    let without = ask(&Ground { planned: &[], named: &[], ..with }, Of::Orders, Grain::Day, Some(60)).unwrap();
    for (step, plain) in found.ahead.iter().zip(&without.ahead) {
        let ratio = step.middle / plain.middle;
        match step.from {
            day if (from..=to).contains(&day) => assert!((ratio - 2.0).abs() < 0.3 && step.events == [0], "{ratio}"),
            day if day == closed[2] => assert!(step.middle == 0.0 && step.within_95.0 == 0.0),
            _ => assert!((ratio - 1.0).abs() < 0.15, "{ratio}"),
        }
    }
}

#[test]
fn what_comes_later_changes_nothing() {
    let (orders, revenue) = shop(2, 500, (30.0, 0.004, 0.1));
    let history = History::of_series(FIRST, Zone::UTC, &orders, &revenue);
    let until = history.until(Day(FIRST.0 + 419));
    let short = History::of_series(FIRST, Zone::UTC, &orders[..420], &revenue[..420]);
    let of = |history: &History| ask(&ground(history), Of::Revenue, Grain::Week, None).unwrap();
    assert_eq!(of(&until), of(&short));
}
