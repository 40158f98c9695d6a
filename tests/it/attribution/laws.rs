//! What holds for all journeys, whatever they are.

use cartwright::analytics::attribution::{
    Attribution, LEAST_ORDERS, MODELS, Model, Order, PathRow, Paths, Settings, apportioned, share_out,
};
use cartwright::jobs::Progress;
use proptest::prelude::*;

use super::{credit, of, plain, row, shared_out};

fn rows() -> impl Strategy<Value = Vec<PathRow>> {
    let step = prop::sample::select(vec!["A", "B", "C", "D", "E", "Direct"]);
    let path = prop::collection::vec((step, 0_f32..40.0), 1..7);
    let one = (path, 0_u64..6, 0_u32..90_000, 0_u64..9).prop_map(|(path, conversions, value, nulls)| {
        let (steps, mut days_before): (Vec<String>, Vec<f32>) =
            path.into_iter().map(|(step, days)| (step.to_owned(), days)).unzip();
        days_before.sort_by(|a, b| b.total_cmp(a));
        PathRow { steps, days_before, conversions, value: f64::from(value), nulls }
    });
    prop::collection::vec(one, 1..30)
}

fn settings() -> impl Strategy<Value = Settings> {
    (0_u8..=4, 0.1_f64..60.0, 0.0_f64..0.5, 0.0_f64..0.5).prop_map(|(order, half_life_days, first, last)| Settings {
        order: if order == 0 { Order::Auto } else { Order::Fixed(order) },
        half_life_days,
        position: (first, last),
        resamples: 0,
        ..Settings::default()
    })
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// Everything that must hold of any result.
fn whole(found: &Attribution) {
    let numbers = |of: f64| assert!(of.is_finite(), "{found:?}");
    for (at, about) in MODELS.iter().enumerate() {
        let credits: Vec<_> = found.channels.iter().filter_map(|one| one.credits[at]).collect();
        if credits.is_empty() {
            continue;
        }
        assert_eq!(credits.len(), found.channels.len());
        let sum = |of: fn(&cartwright::analytics::attribution::Credit) -> f64| credits.iter().map(of).sum::<f64>();
        assert!(close(sum(|c| c.conversions), found.orders as f64), "{}: orders", about.name);
        assert!(close(sum(|c| c.share), 1.0), "{}: shares", about.name);
        if found.value > 0.0 {
            assert!(close(sum(|c| c.value), found.value), "{}: value {found:?}", about.name);
            let minor: i64 = credits.iter().map(|c| c.value_minor).sum();
            assert_eq!(minor, found.value.round() as i64, "{}: minor units", about.name);
        }
        credits.iter().for_each(|c| assert!((c.value_minor as f64 - c.value).abs() <= 1.5));
    }
    for one in &found.channels {
        let band = one.conversions;
        assert!(band.widened.0 <= band.models.0 && band.models.1 <= band.widened.1);
        for credit in one.credits.iter().flatten() {
            numbers(credit.conversions);
            numbers(credit.value);
            assert!(band.models.0 <= credit.conversions && credit.conversions <= band.models.1);
            assert!(credit.conversions >= 0.0 && credit.share <= 1.0 + 1e-9);
        }
        if let Some(removal) = one.removal {
            assert!((0.0..=1.0).contains(&removal.effect));
        }
        assert!(one.orders <= one.journeys && one.journeys <= one.touches);
    }
    for from in &found.transitions {
        let leaving: f64 = found.transitions.iter().filter(|t| t.from == from.from).map(|t| t.probability).sum();
        assert!(close(leaving, 1.0));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shares_add_up_and_nothing_is_absurd(rows in rows(), settings in settings()) {
        let paths = Paths::of_table(&rows).unwrap();
        match share_out(&paths, &settings, &Progress::none()).unwrap() {
            Ok(found) => whole(&found),
            Err(missing) => prop_assert!(paths.total_conversions() == 0 && missing.have == 0),
        }
    }

    #[test]
    fn names_and_the_order_of_rows_change_nothing(rows in rows(), settings in settings()) {
        prop_assume!(rows.iter().any(|row| row.conversions > 0));
        let renamed = |name: &str| if name == "Direct" { name.to_owned() } else { format!("x{name}") };
        let mut other: Vec<PathRow> = rows.clone();
        other.reverse();
        for row in &mut other {
            row.steps.iter_mut().for_each(|step| *step = renamed(step));
        }
        // The held-out parts are dealt by place, so that the order is told.
        let settings = Settings { order: Order::Fixed(2), ..settings };
        let (one, two) = (shared_out(&rows, &settings), shared_out(&other, &settings));
        for channel in &one.channels {
            let twin = of(&two, &renamed(&channel.channel));
            for (a, b) in channel.credits.iter().zip(&twin.credits) {
                let (a, b) = (a.unwrap(), b.unwrap());
                prop_assert!(close(a.conversions, b.conversions) && close(a.value, b.value));
            }
        }
    }

    /// The mean over all sets, by their definition.
    #[test]
    fn shapley_values_are_those_of_all_sets(rows in rows()) {
        prop_assume!(rows.iter().any(|row| row.conversions > 0));
        let found = shared_out(&rows, &plain(1));
        let names = &found.names;
        let n = names.len();
        let set = |row: &PathRow| row.steps.iter().fold(0_u32, |set, step| set | 1 << names.iter().position(|name| name == step).unwrap());
        let sets: Vec<(u32, f64)> = rows.iter().map(|row| (set(row), row.conversions as f64)).collect();
        let worth = |of: u32| sets.iter().filter(|(set, _)| set & !of == 0).map(|(_, orders)| orders).sum::<f64>();
        let factorial = |n: usize| (1..=n).map(|k| k as f64).product::<f64>();
        for (at, name) in names.iter().enumerate() {
            let others = (0..1_u32 << n).filter(|set| set >> at & 1 == 0);
            let value: f64 = others.map(|set| {
                let size = set.count_ones() as usize;
                factorial(size) * factorial(n - size - 1) / factorial(n) * (worth(set | 1 << at) - worth(set))
            }).sum();
            let own = found.channels.iter().find(|one| one.channel == *name);
            let given = own.map_or(0.0, |own| own.credits[Model::Shapley as usize].unwrap().conversions);
            prop_assert!(close(given, value), "{name}");
        }
    }

    #[test]
    fn whole_units_add_up(parts in prop::collection::vec(0.0_f64..1e9, 1..20), total in 0_i64..1_000_000_000) {
        prop_assume!(parts.iter().sum::<f64>() > 0.0);
        let whole = apportioned(&parts, total);
        prop_assert_eq!(whole.iter().sum::<i64>(), total);
        let sum: f64 = parts.iter().sum();
        for (part, whole) in parts.iter().zip(whole) {
            prop_assert!((part / sum * total as f64 - whole as f64).abs() < 1.0 + 1e-6);
        }
    }
}

#[test]
fn one_channel_gets_everything_and_loops_are_one_visit() {
    let loops = [row("A > A > A > A", 40, 4_000.0, 60), row("A", 10, 500.0, 90)];
    let found = shared_out(&loops, &Settings::default());
    whole(&found);
    for about in MODELS.iter().filter(|about| about.model != Model::TimeDecay) {
        assert_eq!(credit(&found, "A", about.model).conversions, 50.0, "{}", about.name);
    }
    assert_eq!((found.channels.len(), found.conversion), (1, Some(0.25)));
    assert!(found.notes.iter().any(|note| note.contains("one channel only")));
    let (joined, split) = (
        shared_out(&[row("A > A > B > B > A", 5, 0.0, 7), row("B", 1, 0.0, 9)], &plain(1)),
        shared_out(&[row("A > B > A", 5, 0.0, 7), row("B", 1, 0.0, 9)], &plain(1)),
    );
    assert_eq!(of(&joined, "A").removal, of(&split, "A").removal, "a channel that follows itself is one state");
}

#[test]
fn nothing_to_share_out_is_told() {
    for rows in [vec![], vec![row("", 3, 9.0, 1)], vec![row("A", 0, 5.0, 9)]] {
        let missing = share_out(&Paths::of_table(&rows).unwrap(), &Settings::default(), &Progress::none()).unwrap();
        assert_eq!(missing.unwrap_err().what, "orders with a known touch");
    }
}

#[test]
fn all_direct_is_direct() {
    let found = shared_out(&[row("Direct > Direct", 3, 3.0, 0), row("Email > Direct", 2, 2.0, 0)], &plain(1));
    assert_eq!(credit(&found, "Direct", Model::LastNonDirect).conversions, 3.0);
    assert_eq!(credit(&found, "Email", Model::LastNonDirect).conversions, 2.0);
}

#[test]
fn absurd_counts_stop_nobody() {
    let rows = [
        row("A > B", u64::MAX, 1e300, u64::MAX),
        row("B > A > B > A > B", u64::MAX / 2, -1e200, 3),
        row("C", 1, f64::NAN, 0),
        row("A > B > C", 0, f64::INFINITY, 1),
    ];
    for order in 1..=4 {
        let found = shared_out(&rows, &Settings { resamples: 40, ..plain(order) });
        let all = found.channels.iter().flat_map(|one| one.credits.iter().flatten());
        all.for_each(|credit| assert!(credit.conversions.is_finite() && credit.value.is_finite()));
    }
    let long = "A > B > ".repeat(30_000) + "A";
    let slow = shared_out(&[row(&long, 1, 5.0, 0), row("C > A", 1, 2.0, 1)], &plain(1));
    whole(&slow);
    assert_eq!(slow.channels.len(), 3);
}

#[test]
fn worth_below_zero_in_sum_is_not_shared_out() {
    let found = shared_out(&[row("A", 40, -500.0, 3), row("B", 2, 100.0, 3)], &Settings::default());
    assert!(found.channels.iter().all(|one| one.removal_value.is_none()));
    assert!(found.notes.iter().any(|note| note.contains("worth nothing in sum")), "{:?}", found.notes);
}

#[test]
fn intervals_are_the_same_every_time_and_few_orders_have_none() {
    let rows = [row("A > B", 60, 600.0, 90), row("B > C", 40, 900.0, 200), row("C", 3, 9.0, 400)];
    let settings = Settings { resamples: 100, ..plain(1) };
    let (one, two) = (shared_out(&rows, &settings), shared_out(&rows, &settings));
    assert_eq!(one, two);
    assert_ne!(one, shared_out(&rows, &Settings { seed: 2, ..settings }));
    let removal = of(&one, "C").removal.unwrap();
    let (low, high) = removal.interval.unwrap();
    assert!(low < removal.effect && removal.effect < high);
    let few = shared_out(&[row("A > B", LEAST_ORDERS - 1, 5.0, 9)], &settings);
    assert!(few.channels.iter().all(|one| one.removal.unwrap().interval.is_none()));
    assert!(few.notes.iter().any(|note| note.contains("too few for intervals")));
}

#[test]
fn work_can_be_cancelled() {
    let progress = Progress::none();
    progress.cancel();
    let paths = Paths::of_table(&[row("A > B", 60, 600.0, 90)]).unwrap();
    assert!(share_out(&paths, &Settings::default(), &progress).is_err());
}

/// A chain that remembers one step is recognised as one, and one that needs two steps too.
#[test]
fn the_memory_of_journeys_is_found() {
    use cartwright::analytics::math::chance::Chance;
    let make = |remembers: bool| {
        let mut chance = Chance::new(11, u64::from(remembers));
        let mut rows = Vec::new();
        for _ in 0..6_000 {
            let mut steps = vec!["A", "B", "C"][(chance.even() * 3.0) as usize..][..1].to_vec();
            while chance.even() < 0.75 {
                // After A, B comes C where there is memory; else what comes depends on the last one alone.
                let again = remembers && steps.len() > 1 && steps[steps.len() - 2] == "A";
                let to_c = if again { 0.85 } else { 0.3 };
                let other = if steps[steps.len() - 1] == "A" { "B" } else { "A" };
                steps.push(if chance.even() < to_c { "C" } else { other });
            }
            let bought = chance.even() < if steps.ends_with(&["C"]) { 0.3 } else { 0.1 };
            rows.push(row(&steps.join(" > "), u64::from(bought), 10.0, u64::from(!bought)));
        }
        shared_out(&rows, &Settings { resamples: 0, ..Settings::default() })
    };
    assert_eq!(make(false).order, 1, "{:?}", make(false).candidates);
    let long = make(true);
    assert_eq!(long.order, 2, "{:?}", long.candidates);
    assert!(long.candidates[1].bic < long.candidates[0].bic);
}
