//! Hold-outs: drawn fairly, kept, and read as what they are.

use std::collections::BTreeSet;

use cartwright::analytics::holdout::{Drawn, Settings, Size, draw, outcome};
use cartwright::analytics::revenue::Revenue;
use cartwright::jobs::Progress;
use cartwright::model::{Dataset, Day, Definitions};
use cartwright::ops::Session;
use cartwright::sample::Params;

const BEFORE: &str = "2026-06-30";

fn sample(folder: &std::path::Path, customers: u32) -> Session {
    let params = Params { customers, ..Params::default() };
    cartwright::ops::sample::create(&folder.join("shop.cartwright"), &params, &Progress::none()).unwrap()
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn drawn(data: &Dataset, definitions: &Definitions, members: &[u32], size: Size, seed: u64) -> Drawn {
    let settings = Settings { size, seed, days: 60 };
    draw(data, definitions, members, day(BEFORE), &settings, &Progress::none()).unwrap().unwrap()
}

#[test]
fn the_control_group_is_of_the_size_balanced_and_the_same_for_a_seed() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample(folder.path(), 3_000);
    let (data, definitions) = (session.dataset(&Progress::none()).unwrap(), session.definitions().unwrap());
    let members: Vec<u32> = (0..data.customers.id.len() as u32).filter(|i| i % 3 != 1).collect();
    for (size, expected) in [(Size::Share(0.1), members.len().div_ceil(10)), (Size::People(777), 777)] {
        for seed in 0..5 {
            let found = drawn(&data, &definitions, &members, size, seed);
            assert!(found.control.len().abs_diff(expected) <= 1, "{} of {expected}", found.control.len());
            let all: BTreeSet<u32> = found.control.iter().chain(&found.written).copied().collect();
            assert!(all.into_iter().eq(members.iter().copied()), "everybody is in one of both");
            let share = found.control.len() as f64 / members.len() as f64;
            for part in &found.strata {
                let fair = part.members as f64 * share;
                assert!((part.control as f64 - fair).abs() <= 1.0, "{part:?}, fair is {fair}");
            }
            assert!(found.strata.len() > 5);
            assert_eq!(found, drawn(&data, &definitions, &members, size, seed));
            assert_ne!(found.control, drawn(&data, &definitions, &members, size, seed + 100).control);
        }
    }
    let settings = Settings { size: Size::People(3), seed: 1, days: 60 };
    let few = draw(&data, &definitions, &members, day(BEFORE), &settings, &Progress::none()).unwrap();
    assert!(few.is_err(), "three people show nothing");
}

/// Nothing was sent, so nothing is to be found: of forty drawings most intervals hold zero, as 95 % promise.
#[test]
fn where_nothing_was_done_nothing_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample(folder.path(), 3_000);
    let (data, definitions) = (session.dataset(&Progress::none()).unwrap(), session.definitions().unwrap());
    let members: Vec<u32> = (0..data.customers.id.len() as u32).collect();
    let days = (Day(day(BEFORE).0 + 1), Day(day(BEFORE).0 + 60));
    let mut covered = [0; 3];
    for seed in 0..40 {
        let found = drawn(&data, &definitions, &members, Size::Share(0.3), seed);
        let read = outcome(&data, &definitions, (&found.written, &found.control), days, days.1);
        assert!(read.is_over && read.written.people + read.control.people == members.len() as u64);
        for (n, of) in [read.conversion, read.revenue, read.margin].into_iter().enumerate() {
            covered[n] += u32::from(!of.expect("enough to tell").is_certain());
        }
    }
    assert!(covered.iter().all(|n| (34..=40).contains(n)), "{covered:?} of 40");
}

/// The same sums, order by order.
#[test]
fn an_outcome_is_what_the_orders_say() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample(folder.path(), 1_500);
    let (data, definitions) = (session.dataset(&Progress::none()).unwrap(), session.definitions().unwrap());
    let members: Vec<u32> = (0..data.customers.id.len() as u32).collect();
    let found = drawn(&data, &definitions, &members, Size::Share(0.2), 9);
    let days = (Day(day(BEFORE).0 + 1), Day(day(BEFORE).0 + 60));
    let as_of = day("2026-10-14");
    let read = outcome(&data, &definitions, (&found.written, &found.control), days, as_of);
    let revenue = Revenue::new(&data, &definitions, as_of);
    let (mut total, mut buyers) = (0_i64, BTreeSet::new());
    for order in 0..data.orders.id.len() {
        let who = data.orders.customer[order];
        let day = data.orders.day[order];
        if day < days.0 || day > days.1 || found.control.binary_search(&who).is_err() || !revenue.is_counted(order) {
            continue;
        }
        let refunds: i64 = revenue.refunds_of(order, order + 1).map(|r| revenue.refunded(r)).sum();
        total += revenue.before_refunds(order) - refunds;
        if revenue.is_purchase(order) {
            buyers.insert(who);
        }
    }
    assert_eq!((read.control.revenue, read.control.buyers), (total, buyers.len() as u64));
    let each = |arm: &cartwright::analytics::holdout::Arm| arm.revenue as f64 / arm.people as f64;
    assert!((read.revenue.unwrap().each - (each(&read.written) - each(&read.control))).abs() < 1e-6);
    // Before its first day nothing is known.
    let early = outcome(&data, &definitions, (&found.written, &found.control), days, day(BEFORE));
    assert!(early.conversion.is_none() && early.revenue.is_none() && early.margin.is_none() && !early.is_over);
}

#[test]
fn a_hold_out_is_made_kept_and_read_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    drop(sample(folder.path(), 2_000));
    let file = folder.path().join("shop.cartwright");
    let run = |more: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_cartwright"));
        let out = command.arg("holdout").args(more).output().unwrap();
        (out.status.success(), String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap())
    };
    let path = file.to_str().unwrap();
    let list = folder.path().join("list.csv");
    let make = ["make", path, "--rule", "orders >= 1", "--name", "Autumn", "--share", "0.2", "--as-of", BEFORE];
    let dry = run(&[&make[..], &["--dry-run", "--json"]].concat());
    let told: serde_json::Value = serde_json::from_str(&dry.1).unwrap();
    assert!(told["smallest_conversion_difference"].as_f64().unwrap() > 0.0, "{told}");
    assert!(run(&["list", path, "--json"]).1.trim() == "[]", "nothing is kept by a dry run");
    let made = run(&[&make[..], &["--out", list.to_str().unwrap()]].concat());
    assert!(made.0, "{}", made.2);
    let lines = |end: &str| std::fs::read_to_string(folder.path().join(format!("list-{end}.csv"))).unwrap();
    let (control, written) = (lines("control"), lines("written"));
    assert_eq!(control.lines().count() as u64 - 1, told["control"].as_u64().unwrap());
    assert_eq!(written.lines().count() as u64 - 1, told["written"].as_u64().unwrap());
    let emails = |text: &str| -> BTreeSet<String> {
        text.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
    };
    assert!(emails(&control).is_disjoint(&emails(&written)) && control.contains("@example.com"));
    let again = run(&make);
    assert!(!again.0 && again.2.contains("there is a hold-out “Autumn” already"), "{}", again.2);
    let read: serde_json::Value = serde_json::from_str(&run(&["read", path, "Autumn", "--json"]).1).unwrap();
    assert_eq!((read["over"].as_bool(), read["gone"].as_u64()), (Some(true), Some(0)));
    assert_eq!(read["control"]["people"], told["control"]);
    assert!(read["revenue"]["interval_95"][0].is_number() && read["margin"]["each"].is_number(), "{read}");
    // Keeping it is a step of the history.
    let mut session = Session::open(&file, cartwright::workspace::Access::Write).unwrap();
    assert_eq!(session.undo().unwrap().unwrap().label, "Hold out Autumn");
    assert!(session.holdouts().unwrap().is_empty());
    drop(session);
    let (fine, _, error) = run(&["read", path, "Autumn"]);
    assert!(!fine && error.contains("none was kept yet"), "{error}");
}
