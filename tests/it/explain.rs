//! Explained changes and differences on the command line, of the sample shop and of Online Retail.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::shared::shared;

fn ok(folder: &Path, args: &[&str]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_cartwright")).current_dir(folder).args(args).output().unwrap();
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&ok(folder, args)).unwrap()
}

/// Cents of an amount in JSON.
fn cents(value: &Value) -> i64 {
    (value.as_f64().unwrap() * 100.0).round() as i64
}

fn sum(parts: &Value, key: &str) -> i64 {
    parts.as_array().unwrap().iter().map(|part| cents(&part[key])).sum()
}

fn adds_up(told: &Value) {
    let change = cents(&told["after"]["revenue"]) - cents(&told["before"]["revenue"]);
    assert_eq!(
        (cents(&told["change"]), sum(&told["parts"], "amount"), sum(&told["groups"], "change")),
        (change, change, change)
    );
    for group in told["groups"].as_array().unwrap() {
        assert_eq!(sum(&group["parts"], "amount"), cents(&group["change"]), "{group}");
    }
    for part in told["parts"].as_array().unwrap().iter().filter(|part| part["of"].is_array()) {
        assert_eq!(sum(&part["of"], "amount"), cents(&part["amount"]), "{part}");
    }
}

#[test]
fn every_way_to_tell_a_change_of_the_sample_shop_adds_up_to_the_cent() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    ok(at, &["sample", "shop.cartwright", "--customers", "3000", "--seed", "7"]);
    let mut changes = Vec::new();
    for by in ["new-returning", "segment", "channel", "product", "category", "country", "discount", "weekday"] {
        let told = json(at, &["explain", "change", "shop.cartwright", "--by", by, "--rows", "5", "--json"]);
        adds_up(&told);
        assert!(told["groups"].as_array().unwrap().len() <= 7, "{by}");
        changes.push(cents(&told["change"]));
    }
    changes.dedup();
    assert_eq!(changes.len(), 1, "one change, whatever it is told by");
    // What the command prints is what it gives as JSON, and a document says the same.
    let text = ok(at, &["explain", "change", "shop.cartwright", "--out", "why.md"]);
    let document = std::fs::read_to_string(at.join("why.md")).unwrap();
    assert!(text.starts_with("Revenue went from $"), "{text}");
    assert!(document.contains("Why revenue moved"), "{document}");
    let swapped = json(
        at,
        &[
            "explain",
            "change",
            "shop.cartwright",
            "--before",
            "2026-02-01..2026-02-28",
            "--after",
            "2026-01-01..2026-01-31",
            "--json",
        ],
    );
    adds_up(&swapped);
    assert!(swapped["calendar"].is_number(), "31 days against 28");
}

#[test]
fn the_steps_of_the_sample_shop_lead_to_every_figure() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    ok(at, &["sample", "shop.cartwright", "--customers", "3000", "--seed", "7"]);
    for platform in [
        "shopify-gross",
        "shopify-net",
        "shopify-total",
        "woocommerce-gross",
        "woocommerce-net",
        "woocommerce-total",
        "ga4-gross",
        "ga4-total",
        "ga4",
    ] {
        let told = json(
            at,
            &[
                "explain",
                "difference",
                "shop.cartwright",
                "--as",
                platform,
                "--theirs",
                "1000 USD",
                "--zone",
                "Asia/Tokyo",
                "--json",
            ],
        );
        let theirs = cents(&told["by_their_rules"]);
        assert_eq!(cents(&told["revenue"]) + sum(&told["steps"], "amount"), theirs, "{platform}");
        assert_eq!(cents(&told["not_explained"]), 100_000 - theirs);
        assert_eq!(told["steps"].as_array().unwrap().last().map(|step| cents(&step["after"])), Some(theirs));
    }
}
