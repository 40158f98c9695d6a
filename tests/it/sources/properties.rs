//! The order of columns, and columns that nobody knows, change nothing.

use std::path::Path;

use cartwright::import::plan::Choices;
use proptest::prelude::*;

use super::{data, show, try_import};

const FILES: &[&str] = &[
    "bigcommerce/customers.csv",
    "bigcommerce/orders.csv",
    "magento/catalog_product.csv",
    "magento/customers_composite.csv",
    "magento/order_grid.csv",
    "shopify/checkouts_export_1.csv",
    "shopify/customers_export.csv",
    "shopify/discounts_export.csv",
    "shopify/orders_2012.csv",
    "shopify/orders_export.csv",
    "shopify/products_2024.csv",
    "shopify/products_export.csv",
    "woocommerce/advanced_columns.csv",
    "woocommerce/advanced_rows.csv",
    "woocommerce/analytics_orders_server.csv",
    "woocommerce/coupons.csv",
    "woocommerce/products.csv",
    "woocommerce/webtoffee_old.csv",
];

fn records(path: &Path) -> Vec<String> {
    let import = try_import(path, &Choices::default()).unwrap();
    // Rejected rows repeat their cells, which do change.
    let shown = import.records.iter().flat_map(show).filter(|line| !line.starts_with("rejected"));
    std::iter::once(import.source.to_owned()).chain(shown).collect()
}

/// Writes a file again with its columns in another order and one more column.
fn rewrite(from: &Path, to: &Path, seed: u64) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(from).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let mut order: Vec<usize> = (0..rows[0].len()).collect();
    let mut state = seed | 1;
    for i in (1..order.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, (state >> 33) as usize % (i + 1));
    }
    let mut writer = csv::Writer::from_path(to).unwrap();
    for (line, row) in rows.iter().enumerate() {
        let unknown = if line == 0 { "Column of an app" } else { "anything, at all" };
        let cells = order.iter().map(|i| row[*i].trim_start_matches('\u{feff}'));
        writer.write_record(cells.chain([unknown])).unwrap();
    }
    writer.flush().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn columns_count_by_name(file in proptest::sample::select(FILES), seed in any::<u64>()) {
        let folder = tempfile::tempdir().unwrap();
        let from = data(file);
        let to = folder.path().join(from.file_name().unwrap());
        rewrite(&from, &to, seed);
        prop_assert_eq!(records(&from), records(&to));
    }
}
