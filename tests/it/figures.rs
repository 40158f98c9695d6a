//! Figures of small shops that were worked out by hand: refunds, currencies, corrections, summaries, slips.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn cartwright(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cartwright")).current_dir(folder).args(args).output().unwrap()
}

/// A shop of its own folder.
struct Shop(tempfile::TempDir);

impl Shop {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn json(&self, args: &[&str]) -> Value {
        let out = cartwright(self.0.path(), args);
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_slice(&out.stdout).unwrap()
    }

    /// Imports a file of this text.
    fn import(&self, file: &str, text: &str, more: &[&str]) -> Value {
        std::fs::write(self.0.path().join(file), text).unwrap();
        let mut args = vec!["import", "shop.cartwright", file, "--json"];
        args.extend(more);
        self.json(&args)
    }

    fn segments(&self, more: &[&str]) -> Value {
        let mut args = vec!["segments", "shop.cartwright", "--json"];
        args.extend(more);
        self.json(&args)
    }

    fn revenue(&self) -> f64 {
        let table = self.segments(&[]);
        table["total"]["revenue"].as_f64().unwrap() + table["unidentified"]["revenue"].as_f64().unwrap()
    }
}

const HEADER: &str =
    "order_id,placed_at,customer_id,email,sku,quantity,unit_price,shipping,tax,total,refunded,status,currency\n";

fn lines(rows: &str) -> String {
    format!("{HEADER}{rows}")
}

#[test]
fn an_untouched_shop_takes_currency_and_zone_of_its_first_file() {
    let shop = Shop::new();
    assert!(cartwright(shop.0.path(), &["new", "shop.cartwright"]).status.success());
    let rows = "1,2026-01-02,A,,X,1,10.00,,,,,,EUR\n2,2026-01-02,B,,X,1,10.00,,,,,,EUR\n";
    shop.import("a.csv", &lines(rows), &["--time-zone", "Europe/Berlin"]);
    let table = shop.segments(&[]);
    assert_eq!((table["currency"].as_str(), table["total"]["revenue"].as_f64()), (Some("EUR"), Some(20.0)));
    assert_eq!(table["definitions"]["time_zone"], "Europe/Berlin");
    assert_eq!(table["as_of"], "2026-01-02");
}

#[test]
fn who_bought_only_in_a_currency_without_a_rate_is_no_browser() {
    let shop = Shop::new();
    let rows =
        "1,2026-01-02,A,,X,1,10.00,,,,,,EUR\n2,2026-01-02,A,,X,1,10.00,,,,,,EUR\n3,2026-01-03,B,,X,1,500,,,,,,JPY\n";
    let done = shop.import("a.csv", &lines(rows), &[]);
    assert!(done["notes"].to_string().contains("no rate for some orders (1 in JPY)"), "{done}");
    let table = shop.segments(&[]);
    let browsers = table["segments"].as_array().unwrap().iter().find(|s| s["name"] == "Browsers").unwrap();
    assert_eq!((browsers["size"].as_u64(), table["total"]["size"].as_u64()), (Some(0), Some(1)));
    assert_eq!(table["customers_without_rate"], 1);
    shop.json(&["definitions", "shop.cartwright", "--rate", "JPY=0.006", "--json"]);
    let table = shop.segments(&[]);
    assert_eq!((table["total"]["size"].as_u64(), table["total"]["revenue"].as_f64()), (Some(2), Some(23.0)));
}

#[test]
fn an_order_that_is_refunded_without_an_amount_is_refunded_whole() {
    let shop = Shop::new();
    shop.import(
        "a.csv",
        &lines("1,2026-01-02,A,,X,1,10.00,,,,,refunded,EUR\n2,2026-01-03,A,,X,1,7.00,,,,,paid,EUR\n"),
        &[],
    );
    assert_eq!(shop.revenue(), 7.0);
    // Once a file says how much, that counts.
    shop.import("b.csv", &lines("1,2026-01-02,A,,X,1,10.00,,,,4.00,refunded,EUR\n"), &[]);
    assert_eq!(shop.revenue(), 13.0);
}

#[test]
fn corrections_of_refund_and_test_mark_are_taken_over() {
    let shop = Shop::new();
    let file = |refunded: &str, test: &str| {
        format!(
            "order_id,placed_at,customer_id,quantity,unit_price,refunded,test\n1,2026-01-02,A,1,100.00,{refunded},{test}\n"
        )
    };
    let map = ["--as", "lines", "--currency", "EUR"];
    shop.import("a.csv", &file("40", "yes"), &map);
    assert!(cartwright(shop.0.path(), &["check", "shop.cartwright"]).status.success());
    shop.import("b.csv", &file("60", "no"), &map);
    assert_eq!(shop.revenue(), 40.0);
    shop.import("c.csv", &file("0", "no"), &map);
    assert_eq!(shop.revenue(), 100.0);
    let again = shop.import("c.csv", &file("0", "no"), &map);
    assert_eq!(again["tables"]["orders"]["unchanged"], 1);
}

#[test]
fn a_refund_after_the_last_order_counts_by_default() {
    let shop = Shop::new();
    let text = "order_id,placed_at,customer_id,quantity,unit_price,refunded,refunded_at\n1,2026-01-02,A,1,100.00,40,2026-02-01\n";
    shop.import("a.csv", text, &["--map", "refunded_at=refunded_at"]);
    assert_eq!(shop.segments(&[])["as_of"], "2026-02-01");
    assert_eq!(shop.revenue(), 60.0);
    assert_eq!(shop.segments(&["--as-of", "2026-01-31"])["total"]["revenue"], 100.0);
}

#[test]
fn a_slip_in_a_date_costs_its_row_and_not_the_span_of_the_shop() {
    let shop = Shop::new();
    let rows = "1,9999-12-31,A,,X,1,10,,,,,,EUR\n2,0001-01-01,A,,X,1,10,,,,,,EUR\n3,2026-01-02,A,,X,1,10,,,,,,EUR\n";
    let done = shop.import("a.csv", &lines(rows), &[]);
    assert_eq!((done["accepted"].as_u64(), done["rejected"].as_u64()), (Some(1), Some(2)));
    assert_eq!(shop.segments(&[])["as_of"], "2026-01-02");
}

#[test]
fn what_is_left_out_of_rows_is_counted() {
    let shop = Shop::new();
    let rows = "1,2026-01-02,A,guest@,X,1,10,,,,,,EUR\n1,2026-01-02,B,,Y,1,10,,,,,,EUR\n";
    let done = shop.import("a.csv", &lines(rows), &[]);
    let repaired = done["repaired"].to_string();
    assert!(repaired.contains("names another customer") && repaired.contains("e-mail address is none"), "{repaired}");
}

#[test]
fn a_guest_who_became_an_account_keeps_the_address() {
    let shop = Shop::new();
    shop.import("a.csv", &lines("1,2026-01-01,,a@example.com,X,1,10,,,,,,EUR\n2,2026-01-02,A,,X,1,10,,,,,,EUR\n"), &[]);
    shop.import("b.csv", &lines("3,2026-01-03,A,a@example.com,X,1,10,,,,,,EUR\n"), &[]);
    assert!(cartwright(shop.0.path(), &["members", "shop.cartwright", "--out", "m.csv"]).status.success());
    let members = std::fs::read_to_string(shop.0.path().join("m.csv")).unwrap();
    assert!(members.contains("A,a@example.com"), "{members}");
}

#[test]
fn a_summary_of_orders_replaces_nothing_that_is_known() {
    let shop = Shop::new();
    let export = |platform: &str| {
        let folder = shop.0.path().join(platform);
        let args = ["export-sample", folder.to_str().unwrap(), "--platform", platform, "--customers", "200"];
        assert!(cartwright(shop.0.path(), &args).status.success());
        folder
    };
    let folder = export("woocommerce");
    let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (full, summary) = (file("order_export.csv"), file("wc-orders-report-export.csv"));
    shop.json(&["import", "shop.cartwright", &full, "--json"]);
    let before = shop.revenue();
    shop.json(&["import", "shop.cartwright", &summary, "--json"]);
    assert_eq!(shop.revenue(), before);
    // The other way round the full export wins.
    shop.json(&["import", "other.cartwright", &summary, "--json"]);
    shop.json(&["import", "other.cartwright", &full, "--json"]);
    let table = shop.json(&["segments", "other.cartwright", "--json"]);
    let revenue = table["total"]["revenue"].as_f64().unwrap() + table["unidentified"]["revenue"].as_f64().unwrap();
    assert!((revenue - before).abs() < 0.005, "{revenue} {before}");
}

#[test]
fn questions_of_any_file_are_asked_before_the_first_is_written() {
    let shop = Shop::new();
    let at = shop.0.path();
    std::fs::write(at.join("good.csv"), lines("1,2026-01-02,A,,X,1,10,,,,,,EUR\n")).unwrap();
    std::fs::write(at.join("open.csv"), lines("2,03/04/2026,A,,X,1,10,,,,,,EUR\n")).unwrap();
    let out = cartwright(at, &["import", "shop.cartwright", "good.csv", "open.csv"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("open.csv"));
    assert!(!at.join("shop.cartwright").exists());
}

#[test]
fn a_year_is_not_told_from_a_few_days() {
    let shop = Shop::new();
    shop.import("a.csv", &lines("1,2026-01-02,A,,X,1,10,,,,,,EUR\n"), &[]);
    assert!(shop.segments(&[])["total"]["frequency_per_year"].is_null());
}

#[test]
fn a_mistyped_command_is_no_file_and_opens_no_window() {
    let shop = Shop::new();
    let out = cartwright(shop.0.path(), &["segmnts"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("no command “segmnts”"));
}
