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
        let steps = told["steps"].as_array().unwrap();
        assert_eq!(steps.last().map(|step| cents(&step["after"])), Some(theirs));
        assert!(steps.iter().all(|step| step["orders"].as_u64() > Some(0)), "{told}");
    }
}

/// Online Retail, by SQL in DuckDB 2.0: invoices by customer (first invoice with a value in the period, before it, none),
/// C-invoices and invoices of no value or less as returns; the Shapley value of customers × orders per customer × order
/// value with exact fractions in Python.
#[test]
fn a_change_of_online_retail_as_duckdb_counts_it() {
    let Some(file) = shared("data/online_retail/online_retail.csv") else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    ok(at, &["import", "shop.cartwright", file.to_str().unwrap()]);
    let periods = ["--before", "2011-06-10..2011-09-09", "--after", "2011-09-10..2011-12-09", "--json"];
    let change = |by: &str| {
        let told = json(at, &[&["explain", "change", "shop.cartwright", "--by", by][..], &periods[..]].concat());
        adds_up(&told);
        told
    };
    let told = change("new-returning");
    let side = |side: &str| [&told[side]["before_refunds"], &told[side]["refunds"]].map(cents);
    assert_eq!(side("before"), [225_272_839, 16_224_928 + 2_212_412]);
    assert_eq!(side("after"), [410_785_472, 37_314_633]);
    let counts = |side: &str| {
        let of = |group: usize, key: &str| told["groups"][group][side][key].as_u64().unwrap();
        [of(0, "customers"), of(0, "orders"), of(1, "customers"), of(1, "orders"), of(2, "orders")]
    };
    assert_eq!(counts("before"), [570, 778, 1_352, 3_241, 348]);
    assert_eq!(counts("after"), [968, 1_563, 1_921, 5_063, 317]);
    let expected = [
        ("new_customers", 23_642_039.48),
        ("returning_customers", 75_640_523.92),
        ("nameless_orders", -4_690_050.35),
        ("orders_per_customer", 28_314_342.14),
        ("order_value", 62_605_777.81),
        ("refunds", 18_437_340.0 - 37_314_633.0),
    ];
    let parts = told["parts"].as_array().unwrap();
    assert_eq!(parts.len(), expected.len());
    for (part, (factor, amount)) in parts.iter().zip(expected) {
        assert_eq!(part["factor"], factor);
        assert!((cents(&part["amount"]) as f64 - amount).abs() < 1.5, "{part} is {amount} cents");
    }
    for by in ["product", "country", "segment", "weekday"] {
        assert_eq!(change(by)["change"], told["change"], "{by}");
    }
    // The first figure of a difference is the revenue of the same days.
    let days = ["--from", "2011-09-10", "--to", "2011-12-09", "--json"];
    let other =
        json(at, &[&["explain", "difference", "shop.cartwright", "--as", "shopify-gross"][..], &days[..]].concat());
    assert_eq!(cents(&other["revenue"]), 373_470_839);
    assert_eq!(cents(&other["by_their_rules"]), 410_785_472, "nothing but returns is between the two");
}

#[test]
fn what_an_imported_report_says_of_the_same_days_is_set_against_the_orders() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let orders = "Order ID,Placed at,Customer e-mail,Total,Currency\n\
        1,2026-03-05 10:00,ann@example.com,4900.00,USD\n2,2026-03-31 10:00,bob@example.com,100.00,USD\n";
    std::fs::write(at.join("orders.csv"), orders).unwrap();
    let report = crate::source::root().join("tests/data/ga4/traffic_acquisition.csv");
    ok(at, &["import", "shop.cartwright", "orders.csv", report.to_str().unwrap()]);
    let ask = |from: &str, to: &str| {
        json(at, &["explain", "difference", "shop.cartwright", "--as", "ga4", "--from", from, "--to", to, "--json"])
    };
    let month = ask("2026-03-01", "2026-03-31");
    assert_eq!((cents(&month["revenue"]), cents(&month["theirs"])), (500_000, 476_475));
    assert_eq!((&month["theirs_imported"], cents(&month["not_explained"])), (&Value::Bool(true), -23_525));
    assert!(
        month["verdict"]
            .as_str()
            .unwrap()
            .ends_with("its imported report says $4,764.75, of which −$235.25 is not explained")
    );
    let part = ask("2026-03-01", "2026-03-15");
    assert!(part["theirs"].is_null(), "the report tells of the whole month only");
}
