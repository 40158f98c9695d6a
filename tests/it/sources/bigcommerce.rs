//! BigCommerce: orders with packed products, customers with packed addresses.

use super::check;

#[test]
fn packed_products_are_cut_at_their_keys() {
    check(
        "bigcommerce/orders.csv",
        "bigcommerce-orders",
        r#"
            order 2 0501 at=2026-04-26T00:00:00 id=77 email=customer61@example.com name=Customer 61 country=United Kingdom channel=Main in=GBP status=paid discount=500 shipping=833 tax=1625 total=9750 codes=[SPRING10 500]
            - 2 sku=CUP-1 title=Cup, "tall" milli=2000 amount=2500
            - 2 title=Potter's wheel milli=1000 amount=6750
            order 3 502 at=2026-05-03T00:00:00 email=customer62@example.com name=Customer 62 country=Ireland in=GBP status=partially refunded shipping=0 tax=1125 total=6750 refunds=[2000]
            - 3 sku=WHEEL title=Wheel milli=1000 amount=6750
            order 4 503 at=2026-05-04T00:00:00 id=78 email=customer63@example.com in=GBP status=cancelled shipping=0 tax=1125 total=6750
            - 4 sku=WHEEL title=Wheel milli=1000 amount=6750
        "#,
    );
}

#[test]
fn customers_live_in_the_country_of_their_first_address() {
    check(
        "bigcommerce/customers.csv",
        "bigcommerce-customers",
        r#"
            customer 2 id=77 email=customer61@example.com name=Customer 61 phone=020 1234 country=United Kingdom created=2026-01-26T00:00:00 tags=[Trade]
            customer 3 id=78 email=customer63@example.com name=Customer 63 created=2026-02-02T00:00:00
        "#,
    );
}
