//! BigCommerce: orders with packed products, customers with packed addresses.

use super::check;

#[test]
fn packed_products_are_cut_at_their_keys() {
    check("bigcommerce/orders.csv", "bigcommerce-orders", "");
}

#[test]
fn customers_live_in_the_country_of_their_first_address() {
    check("bigcommerce/customers.csv", "bigcommerce-customers", "");
}
