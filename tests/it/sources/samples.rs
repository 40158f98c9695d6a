//! Every sample at hand is recognised and imported, or named and refused.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cartwright::import::plan::Choices;
use cartwright::model::record::{OrderStatus, Record};

use super::{Import, try_import};
use crate::shared::shared;

const FOLDERS: &[&str] = &[
    "amazon",
    "bigcommerce",
    "etsy",
    "ga4",
    "google_ads",
    "google_search_console",
    "klaviyo",
    "magento",
    "mailchimp",
    "mailerlite",
    "meta_ads",
    "semrush",
    "shopify",
    "square",
    "woocommerce",
];

/// Samples that are imported, and by which source; every other one is refused by name.
const READ: &[(&str, &str)] = &[
    ("Campaigns-1-Sep-202430-Sep-2024 (no data).csv", "meta-ads-campaigns"),
    ("campaign_report_ab_test.csv", "mailchimp-report"),
    ("campaign_report_single.csv", "mailchimp-report"),
    ("campaigns_aggregated_report.csv", "mailchimp-campaigns"),
    ("campaigns_export_excerpt.csv", "klaviyo-campaigns"),
    ("checkouts_export_1_redacted.csv", "shopify-checkouts"),
    ("customers_export_fixture.csv", "shopify-customers"),
    ("danielthec_Campaign report (1).csv", "google-ads-campaigns"),
    ("fixture_campaigns_EGP.csv", "meta-ads-campaigns"),
    ("fixture_campaigns_ILS.csv", "meta-ads-campaigns"),
    ("fixture_campaigns_MYR_daily.csv", "meta-ads-campaigns"),
    ("fixture_de_daily.csv", "google-ads-campaigns"),
    ("importexport_sample_customer.csv", "magento-customers"),
    ("importexport_sample_customer_address.csv", "magento-customers"),
    ("order-import-export_Sample_Coupon.csv", "woocommerce-coupons"),
    ("order-import-export_Sample_Order.csv", "woocommerce-webtoffee-orders"),
    ("orders_export_forezia_devstore.csv", "shopify-orders"),
    ("orders_export_gocommerce_fixture.csv", "shopify-orders"),
    ("partners_product-csvs_apparel.csv", "shopify-products"),
    ("partners_product-csvs_jewelery.csv", "shopify-products"),
    ("sample_products.csv", "woocommerce-products"),
    ("sampledata_configurable_products.csv", "magento-products"),
    ("sampledata_customer_profile.csv", "magento-customers"),
    ("sampledata_products_gear_bags.csv", "magento-products"),
    ("shopify_transporter_template_products.csv", "shopify-products"),
    ("subscribed_members_export_tags_fixture.csv", "mailchimp-subscribed"),
    ("vishalmotling_Campaign report.csv", "google-ads-campaigns"),
];

/// Every sample file, sorted.
pub fn samples() -> Vec<PathBuf> {
    let tables = |path: &PathBuf| path.extension().is_some_and(|e| e == "csv" || e == "txt");
    let folders = FOLDERS.iter().filter_map(|folder| shared(&format!("samples/{folder}")));
    let files = folders.flat_map(|folder| std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()));
    let mut files: Vec<PathBuf> = files.filter(tables).collect();
    files.sort();
    files
}

/// Whether a sample is one that is imported.
pub fn is_read(path: &Path) -> bool {
    READ.iter().any(|(file, _)| *file == name(path))
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

fn counts(import: &Import) -> String {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for record in &import.records {
        let kind = match record {
            Record::Order(order) => {
                *kinds.entry("lines").or_default() += order.lines.len();
                "orders"
            }
            Record::Customer(_) => "customers",
            Record::Product(_) => "products",
            Record::Cart(_) => "carts",
            Record::Discount(_) => "discounts",
            Record::Spend(_) => "spend",
            Record::Send(_) => "sends",
            Record::Visits(_) => "visits",
            Record::Event(_) => "events",
            Record::Touch(_) => "touches",
            Record::Measured(_) => "metrics",
            Record::Rejected(_) => "rejected",
        };
        *kinds.entry(kind).or_default() += 1;
    }
    let s = &import.summary;
    format!("{} rows = {} + {} + {}; {kinds:?}", s.rows, s.accepted, s.rejected, s.skipped)
}

#[test]
fn every_sample_is_read_or_refused_by_name() {
    let mut wrong = Vec::new();
    for path in samples() {
        let expected = READ.iter().find(|(file, _)| *file == name(&path)).map(|(_, source)| *source);
        let result = try_import(&path, &Choices::default());
        match &result {
            Ok(import) => {
                println!("{}\n    {}: {}", name(&path), import.source, counts(import));
                for row in
                    import.records.iter().filter_map(|r| if let Record::Rejected(row) = r { Some(row) } else { None })
                {
                    println!("    line {}: {}. {}", row.line, row.reason, row.repair);
                }
            }
            Err(sentence) => println!("{}\n    {sentence}", name(&path)),
        }
        match (expected, &result) {
            (Some(source), Ok(import)) if import.source == source => {}
            (None, Err(sentence)) if sentence.starts_with("This is a") => {}
            _ => wrong.push(name(&path).to_owned()),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_orders_of_the_development_store_add_up() {
    let Some(path) = shared("samples/shopify/orders_export_forezia_devstore.csv") else { return };
    let import = try_import(&path, &Choices::default()).unwrap();
    assert_eq!(import.orders().count(), 19);
    assert_eq!(import.orders().map(|o| o.lines.len()).sum::<usize>(), 40);
    for order in import.orders() {
        let gross: i64 = order.lines.iter().map(|l| l.amount).sum();
        let rest = order.shipping.unwrap_or(0) + order.tax.unwrap_or(0);
        // The file's own figures: one of the nineteen differs by nothing either.
        assert_eq!(Some(gross + rest), order.total, "{}", order.key);
        assert!(order.placed_at.is_some() && order.currency.is_some_and(|c| c.code() == "EUR"));
        let pending = order.key == "#1013";
        assert_eq!(order.status == Some(OrderStatus::Pending), pending, "{}", order.key);
    }
    let emails: std::collections::BTreeSet<_> = import.orders().filter_map(|o| o.customer.email.as_deref()).collect();
    assert_eq!(emails.len(), 3, "{emails:?}");
}

#[test]
fn the_orders_of_the_plugin_add_up_with_their_tax_and_fees() {
    let Some(path) = shared("samples/woocommerce/order-import-export_Sample_Order.csv") else { return };
    let import = try_import(&path, &Choices::default()).unwrap();
    let nets: Vec<i64> = import.orders().map(|o| o.lines.iter().map(|l| l.amount - l.discount).sum()).collect();
    assert_eq!(nets, [800, 1800, 3999]);
    let totals: Vec<_> = import.orders().map(|o| o.total).collect();
    assert_eq!(totals, [Some(2242), Some(3304), Some(5898)]);
    let order = import.orders().nth(1).unwrap();
    assert_eq!((order.customer.shop_id.as_deref(), order.customer.email.as_deref()), (None, Some("john@example.com")));
    assert_eq!(order.refunds[0].amount, 4600);
}

#[test]
fn the_catalogue_of_the_sample_shop_is_read_whole() {
    let Some(path) = shared("samples/magento/sampledata_configurable_products.csv") else { return };
    let import = try_import(&path, &Choices::default()).unwrap();
    assert_eq!((import.summary.rows, import.summary.accepted), (1994, 1994));
    assert_eq!(import.products().filter(|p| p.stock.is_none()).count(), 147);
    assert!(import.products().all(|p| p.sku.is_some() && p.title.is_some() && p.price.is_some_and(|p| p > 0)));
}
