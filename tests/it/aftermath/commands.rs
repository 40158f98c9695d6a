//! `sale forecast`, `expect`, `pacing`, `post-mortem` and `prior-prices` as a user types them.

use assert_cmd::Command;
use cartwright::model::{Day, SalePlan};
use serde_json::Value;

use super::plan_over;
use crate::forecast::sample_shop;

fn run(args: &[&str]) -> (bool, String, String) {
    let out = Command::cargo_bin("cartwright").unwrap().args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (out.status.success(), text(&out.stdout), text(&out.stderr))
}

fn json(args: &[&str]) -> Value {
    let (done, out, err) = run(args);
    assert!(done, "{args:?}: {err}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn a_sale_is_told_before_during_and_after() {
    let (folder, session) = sample_shop(2_000, 42);
    let shop = session.path().to_str().unwrap().to_owned();
    drop(session);
    let file = |name: &str, plan: &SalePlan| {
        let path = folder.path().join(name);
        std::fs::write(&path, serde_json::to_string(plan).unwrap()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let day = |text: &str| Day::parse(text).unwrap();
    let (next, past) =
        (plan_over(day("2026-10-23"), day("2026-10-25")), plan_over(day("2026-06-24"), day("2026-07-03")));
    let (next, past) = (file("next.json", &next), file("past.json", &past));

    let found = json(&["sale", "forecast", &shop, "--plan", &next, "--target", "200000 USD", "--json"]);
    let chance = found["target"]["chance"].as_f64().unwrap();
    let revenue = &found["with_sale"]["revenue"];
    assert!((0.0..=0.5).contains(&chance), "{chance}");
    assert!(revenue["within_95"][0].as_f64() < revenue["middle"].as_f64());
    assert_eq!(found["without_sale"]["revenue"]["days"].as_array().unwrap().len(), 3);
    let (done, words, _) = run(&["sale", "forecast", &shop, "--plan", &next, "--target", "200000 USD"]);
    assert!(done && words.contains("to reach $200,000.00"), "{words}");
    println!("{words}");
    let (done, _, err) = run(&["sale", "forecast", &shop, "--plan", &next, "--target", "5 CHF"]);
    assert!(!done && err.contains("cannot be compared"), "{err}");

    let expected = json(&["sale", "expect", &shop, "--plan", &past, "--as-of", "2026-06-23"]);
    let kept = folder.path().join("expected.json");
    std::fs::write(&kept, expected.to_string()).unwrap();
    let kept = kept.to_str().unwrap();
    let during =
        json(&["sale", "pacing", &shop, "--plan", &past, "--expected", kept, "--as-of", "2026-06-28", "--json"]);
    let share = during["orders"]["expected_share"].as_f64().unwrap();
    assert!((0.3..0.7).contains(&share) && during["hours"].as_f64().unwrap() > 100.0, "{during}");
    let (done, words, _) = run(&["sale", "pacing", &shop, "--plan", &past, "--as-of", "2026-06-28"]);
    assert!(done && words.contains("of 240"), "{words}");
    println!("{words}");

    let after = json(&["sale", "post-mortem", &shop, "--plan", &past, "--expected", kept, "--json"]);
    let lift = &after["orders"]["lift_within_95"];
    assert!(lift[0].as_f64().unwrap() < 0.7 && lift[1].as_f64().unwrap() > 0.7, "{lift}");
    assert_eq!(after["lines"][1]["planned"], expected["orders"]["middle"]);
    assert_eq!(after["expected"], expected);
    let (done, words, _) = run(&["sale", "post-mortem", &shop, "--plan", &past]);
    assert!(done && words.contains("What the next plan should assume"), "{words}");
    println!("{words}");

    let prices = json(&["sale", "prior-prices", &shop, "--plan", &past, "--json"]);
    assert!(!prices["rows"].as_array().unwrap().is_empty());
    let (done, words, _) = run(&["sale", "prior-prices", &shop, "--plan", &next, "--limit", "5"]);
    assert!(done && words.contains("no legal advice"), "{words}");
    println!("{words}");
}
