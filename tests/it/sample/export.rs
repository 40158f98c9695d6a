//! The export files: every platform writes all of them, and they hold what the shop knows.

use std::collections::BTreeMap;
use std::path::Path;

use super::shop;
use cartwright::jobs::Progress;
use cartwright::sample::Shop;
use cartwright::sample::export::{ExportError, PLATFORMS, Platform};

fn write(shop: &Shop, platform: &Platform, folder: &Path) -> Vec<(String, u64)> {
    let written = platform.write(shop, folder, &Progress::none()).unwrap();
    written.into_iter().map(|w| (w.path.file_name().unwrap().to_string_lossy().into_owned(), w.rows)).collect()
}

fn read(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().collect::<Result<_, _>>().unwrap()
}

fn cents(text: &str) -> i64 {
    (text.parse::<f64>().unwrap() * 100.0).round() as i64
}

#[test]
fn every_platform_writes_whole_tables() {
    let shop = shop(200, 1);
    for platform in PLATFORMS {
        let folder = tempfile::tempdir().unwrap();
        for (file, rows) in write(&shop, platform, folder.path()) {
            let read = read(&folder.path().join(&file));
            assert_eq!(read.len() as u64, rows, "{} {file}", platform.name);
            assert!(rows > 0);
        }
        let files = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(files, platform.files.len(), "{} leaves nothing else behind", platform.name);
    }
}

#[test]
fn a_file_that_exists_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("customers_export.csv");
    std::fs::write(&taken, "mine").unwrap();
    let error = Platform::find("shopify").unwrap().write(&shop(100, 1), folder.path(), &Progress::none()).unwrap_err();
    assert!(matches!(&error, ExportError::Exists(path) if *path == taken), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_cancelled_export_leaves_no_half_file() {
    let folder = tempfile::tempdir().unwrap();
    let progress = Progress::none();
    progress.cancel();
    let error = PLATFORMS[0].write(&shop(100, 1), folder.path(), &progress).unwrap_err();
    assert!(matches!(error, ExportError::Cancelled(_)), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn shopify_orders_follow_the_arithmetic_of_shopify() {
    let shop = shop(300, 2);
    let folder = tempfile::tempdir().unwrap();
    write(&shop, Platform::find("shopify").unwrap(), folder.path());
    let rows = read(&folder.path().join("orders_export.csv"));
    let mut lines: BTreeMap<&str, i64> = BTreeMap::new();
    for row in &rows {
        let amount = cents(&row["Lineitem price"]) * row["Lineitem quantity"].parse::<i64>().unwrap();
        *lines.entry(&row["Name"]).or_default() += amount - cents(&row["Lineitem discount"]);
    }
    let first: Vec<_> = rows.iter().filter(|row| !row["Id"].is_empty()).collect();
    for row in &first {
        assert_eq!(cents(&row["Subtotal"]), lines[row["Name"].as_str()] - cents(&row["Discount Amount"]));
        let parts = ["Subtotal", "Shipping", "Taxes"].map(|column| cents(&row[column]));
        assert_eq!(cents(&row["Total"]), parts.iter().sum::<i64>());
    }
    let totals = shop.totals(&Progress::none()).unwrap();
    assert_eq!((first.len() as u64, rows.len() as u64), (totals.orders, totals.lines));
    let refunded: i64 = first.iter().map(|row| cents(&row["Refunded Amount"])).sum();
    assert_eq!(refunded, totals.refunded);
    // Winter and summer time of the shop's zone.
    let offsets: std::collections::BTreeSet<_> = rows.iter().map(|row| row["Created at"][20..].to_string()).collect();
    assert_eq!(offsets.into_iter().collect::<Vec<_>>(), ["-0400", "-0500"]);
}

#[test]
fn woocommerce_lines_and_coupons_add_up_to_the_order() {
    let shop = shop(300, 2);
    let folder = tempfile::tempdir().unwrap();
    write(&shop, Platform::find("woocommerce").unwrap(), folder.path());
    for row in read(&folder.path().join("order_export.csv")) {
        let sum = |part: &str| -> i64 {
            (1..)
                .map_while(|n| row.get(&format!("Product Item {n} {part}")))
                .filter(|t| !t.is_empty())
                .map(|t| cents(t))
                .sum()
        };
        let [subtotal, discount, shipping, tax, total] =
            ["order_subtotal", "discount_total", "shipping_total", "tax_total", "order_total"].map(|c| cents(&row[c]));
        assert_eq!((sum("Subtotal"), sum("Total")), (subtotal, subtotal - discount));
        assert_eq!(total, subtotal - discount + shipping + tax);
    }
}
