//! Magento: order grid, customer files, products.

use super::{check, data};

#[test]
fn the_grid_gives_orders_without_lines() {
    check("magento/order_grid.csv", "magento-orders", "");
}

#[test]
fn every_customer_file_is_read() {
    check("magento/customers_main.csv", "magento-customers", "");
    check("magento/customers_composite.csv", "magento-customers", "");
    check("magento/customer_addresses.csv", "magento-customers", "");
    check("magento/customers_grid.csv", "magento-customers", "");
}

#[test]
fn store_views_are_no_products() {
    check("magento/catalog_product.csv", "magento-products", "");
}
