//! WooCommerce: analytics, the two order export plugins, products, customers, coupons.

use super::check;

#[test]
fn analytics_orders_have_quantities_and_refund_rows() {
    check("woocommerce/analytics_orders_server.csv", "woocommerce-orders", "");
    check("woocommerce/orders_2026-05-31_orderby-date.csv", "woocommerce-orders", "");
}

#[test]
fn packed_lines_of_the_old_plugin_get_their_share_of_the_discount() {
    check("woocommerce/webtoffee_old.csv", "woocommerce-webtoffee-orders", "");
}

#[test]
fn packed_lines_of_the_current_plugin_say_what_they_cost_before() {
    check("woocommerce/webtoffee_current.csv", "woocommerce-webtoffee-orders", "");
}

#[test]
fn advanced_export_has_product_rows() {
    check("woocommerce/advanced_rows.csv", "woocommerce-advanced-orders", "");
}

#[test]
fn advanced_export_has_column_groups() {
    check("woocommerce/advanced_columns.csv", "woocommerce-advanced-orders", "");
}

#[test]
fn variations_take_the_category_of_their_parent() {
    check("woocommerce/products.csv", "woocommerce-products", "");
}

#[test]
fn customers_are_known_by_address() {
    check("woocommerce/analytics_customers.csv", "woocommerce-customers", "");
}

#[test]
fn coupons_become_discounts() {
    check("woocommerce/coupons.csv", "woocommerce-coupons", "");
}
