//! `sale …` as a user types it.

use assert_cmd::Command;
use cartwright::model::Currency;
use serde_json::Value;

use super::framework;
use crate::rules::sample_shop;

fn run(args: &[&str]) -> (bool, String, String) {
    let out = Command::cargo_bin("cartwright").unwrap().args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (out.status.success(), text(&out.stdout), text(&out.stderr))
}

#[test]
fn a_plan_is_saved_shown_listed_and_replayed() {
    let folder = tempfile::tempdir().unwrap();
    let shop = sample_shop(folder.path()).path().to_str().unwrap().to_owned();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let plan = framework(Currency::USD);
    let json = file("plan.json");
    std::fs::write(&json, serde_json::to_string(&plan).unwrap()).unwrap();
    let (done, out, _) = run(&["sale", "save", &shop, &json]);
    assert!(done && out.contains("“Sale” saved"), "{out}");
    let (_, shown, _) = run(&["sale", "show", &shop, "Sale"]);
    assert_eq!(serde_json::from_str::<cartwright::model::SalePlan>(&shown).unwrap(), plan);
    assert!(run(&["sale", "list", &shop]).1.contains("20% off from $100"));

    let baskets = file("baskets.csv");
    let (done, out, err) = run(&["sale", "replay", &shop, "--plan", "Sale", "--json", "--baskets", &baskets]);
    assert!(done, "{err}");
    let value: Value = serde_json::from_str(&out).unwrap();
    let replay = &value["variants"][0];
    assert_eq!(replay["window"]["basis"], "same_season");
    assert_eq!(replay["currency"], "USD");
    let mut reader = csv::Reader::from_path(&baskets).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len() as u64, replay["baskets"]["count"].as_u64().unwrap());
    let sum: f64 = rows.iter().map(|row| row[6].parse::<f64>().unwrap()).sum();
    assert!((sum - replay["nobody_changes"]["discount"].as_f64().unwrap()).abs() < 1e-6);
    assert!(rows.iter().any(|row| &row[12] == "overshadowed by 20% off"));

    let (done, out, _) = run(&["sale", "replay", &shop, "--plan", "Sale", "--plan", &json]);
    assert!(done && out.contains("Breaks even at") && out.contains("Against no sale"), "{out}");
    println!("{out}");
}

#[test]
fn what_is_wrong_is_told_where_it_is_typed_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let shop = sample_shop(folder.path()).path().to_str().unwrap().to_owned();
    let json = folder.path().join("plan.json");
    let mut plan = framework(Currency::parse("EUR").unwrap());
    plan.tiers.truncate(1);
    plan.name = "Draft".into();
    std::fs::write(&json, serde_json::to_string(&plan).unwrap()).unwrap();
    let json = json.to_str().unwrap();
    let (done, out, err) = run(&["sale", "save", &shop, json]);
    assert!(done && out.contains("“Draft” saved"), "{out}");
    assert!(err.contains("tiers[0].when.from: 50.00 EUR is in EUR, the shop's currency is USD"), "{err}");
    let (done, _, err) = run(&["sale", "replay", &shop, "--plan", "Draft"]);
    assert!(!done && err.contains("the plan cannot be replayed; tiers[0].when.from"), "{err}");
    let (done, _, err) = run(&["sale", "replay", &shop, "--plan", "Nothing"]);
    assert!(!done && err.contains("saved are Draft"), "{err}");
    std::fs::write(json, "{\"version\": 2}").unwrap();
    let (done, _, err) = run(&["sale", "replay", &shop, "--plan", json]);
    assert!(!done && err.contains("use a newer program"), "{err}");
}
