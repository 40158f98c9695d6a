//! Shopify: orders old and new, customers, products, abandoned checkouts, discounts.

use super::check;

#[test]
fn orders_take_what_their_first_row_says_and_all_lines() {
    check("shopify/orders_export.csv", "shopify-orders", "");
}

#[test]
fn orders_of_2012_have_no_id() {
    check("shopify/orders_2012.csv", "shopify-orders", "");
}

#[test]
fn abandoned_checkouts_are_carts_and_never_orders() {
    check("shopify/checkouts_export_1.csv", "shopify-checkouts", "");
}

#[test]
fn customers_lose_their_guards_and_keep_their_consents() {
    check("shopify/customers_export.csv", "shopify-customers", "");
    check("shopify/customers_old.csv", "shopify-customers", "");
}

#[test]
fn variants_are_named_as_on_orders_and_pictures_are_skipped() {
    check("shopify/products_export.csv", "shopify-products", "");
    check("shopify/products_2024.csv", "shopify-products", "");
}

#[test]
fn discounts_are_positive() {
    check("shopify/discounts_export.csv", "shopify-discounts", "");
    check("shopify/discounts_old.csv", "shopify-discounts", "");
}
