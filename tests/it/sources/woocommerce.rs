//! WooCommerce: analytics, the two order export plugins, products, customers, coupons.

use super::check;

#[test]
fn analytics_orders_have_quantities_and_refund_rows() {
    check(
        "woocommerce/analytics_orders_server.csv",
        "woocommerce-orders",
        r#"
            order 2 901 at=2026-05-03T14:02:10 name=Customer 41 channel=Organic: Google in=USD status=paid total=104500 codes=[SPRING10; VIP]
            - 2 title=Chair, oak milli=2000 amount=0
            - 2 title=Cushion milli=1000 amount=0
            touch 2026-05-03T14:02:10 order order=901 source=Google medium=organic
            order 3 902 at=2026-05-04T09:00:00 name=Customer 42 channel=Direct in=USD status=refunded total=2000
            - 3 title=Cushion milli=1000 amount=2000
            touch 2026-05-04T09:00:00 order order=902 source=(direct) medium=(none)
            order 4 902 in=USD refunds=[2026-05-06T10:00:00 2000]
            order 5 901 in=USD refunds=[2026-05-07T10:00:00 4500]
        "#,
    );
    check(
        "woocommerce/orders_2026-05-31_orderby-date.csv",
        "woocommerce-orders",
        r#"
            order 2 901 at=2026-05-03T14:02:10 name=Customer 41 channel=Organic: Google in=USD status=paid total=104500 codes=[spring10]
            - 2 title=Chair, oak milli=2000 amount=0
            - 2 title=Cushion milli=1000 amount=0
            touch 2026-05-03T14:02:10 order order=901 source=Google medium=organic
            order 3 903 at=2026-05-05T14:02:10 name=Customer 43 in=USD status=pending total=2000
            - 3 title=Cushion milli=1000 amount=2000
        "#,
    );
}

#[test]
fn packed_lines_of_the_old_plugin_get_their_share_of_the_discount() {
    check(
        "woocommerce/webtoffee_old.csv",
        "woocommerce-webtoffee-orders",
        r#"
            order 2 1001 number=A-1001 at=2026-03-16T07:32:06 id=3 email=customer51@example.com name=Customer 51 country=US in=USD status=paid discount=0 shipping=1000 tax=522 total=3522
            - 2 sku=A12 title=Shoe: the black one milli=1000 amount=800
            - 2 sku=0014 title=Sock milli=2000 amount=1100
            order 4 1002 number=A-1002 at=2026-03-17T07:25:28 email=customer52@example.com country=US in=USD status=pending discount=0 shipping=1000 tax=504 total=3304 codes=[flat20 1000; vip 250] refunds=[2026-04-19T12:13:48 4600 broken]
            - 4 sku=0014 title=Sock milli=1000 amount=2800 discount=1000
        "#,
    );
}

#[test]
fn packed_lines_of_the_current_plugin_say_what_they_cost_before() {
    check(
        "woocommerce/webtoffee_current.csv",
        "woocommerce-webtoffee-orders",
        r#"
            order 2 2001 at=2026-06-01T12:00:00 id=7 email=customer53@example.com country=DE channel=google in=EUR status=paid discount=0 shipping=490 tax=380 total=2670 codes=[two 200]
            - 2 sku=LAMP title=Lamp milli=2000 amount=2000 discount=200
            touch 2026-06-01T12:00:00 order order=2001 source=google medium=organic
        "#,
    );
}

#[test]
fn advanced_export_has_product_rows() {
    check(
        "woocommerce/advanced_rows.csv",
        "woocommerce-advanced-orders",
        r#"
            order 2 3001 at=2026-06-02T09:30:00 id=8 email=customer54@example.com name=Customer 54 country=FR in=EUR status=paid discount=200 shipping=500 tax=460 total=3260
            - 2 sku=LAMP title=Lamp category=Lights milli=2000 amount=1800
            - 3 sku=BULB title=Bulb category=Lights milli=1000 amount=500
            order 4 3002 at=2026-06-03T10:00:00 email=customer55@example.com in=EUR status=cancelled shipping=0 tax=100 total=600
            - 4 sku=BULB title=Bulb milli=1000 amount=500
        "#,
    );
}

#[test]
fn advanced_export_has_column_groups() {
    check(
        "woocommerce/advanced_columns.csv",
        "woocommerce-advanced-orders",
        r#"
            order 2 3101 at=2026-06-04T08:00:00 email=customer56@example.com in=EUR status=paid shipping=500 tax=500 total=3500
            - 2 sku=LAMP title=Lamp milli=2000 amount=2000
            - 2 sku=BULB title=Bulb milli=1000 amount=500
            order 3 3102 at=2026-06-05T08:00:00 email=customer57@example.com in=EUR status=paid shipping=0 tax=300 total=1800
            - 3 sku=BULB title=Bulb milli=3000 amount=1500
            order 4 3101 in=EUR refunds=[2026-06-09T08:00:00 600]
        "#,
    );
}

#[test]
fn variations_take_the_category_of_their_parent() {
    check(
        "woocommerce/products.csv",
        "woocommerce-products",
        r#"
            product 2 sku=TEE title=Tee category=Clothing > Tees tags=[cotton; basics]
            product 3 sku=TEE-B title=Tee - Blue category=Clothing > Tees tags=[cotton; basics] price=1500 cost=625 stock=7
            product 4 sku=TEE-R title=Tee - Red category=Clothing > Tees tags=[cotton; basics] price=1850 stock=0
            product 6 title=Pattern category=Downloads price=300
        "#,
    );
}

#[test]
fn customers_are_known_by_address() {
    check(
        "woocommerce/analytics_customers.csv",
        "woocommerce-customers",
        r#"
            customer 2 email=customer41@example.com name=Customer 41 country=DE created=2025-01-02T03:04:05
            customer 3 email=customer42@example.com name=Customer 42 country=FR
        "#,
    );
}

#[test]
fn coupons_become_discounts() {
    check(
        "woocommerce/coupons.csv",
        "woocommerce-coupons",
        r#"
            discount 2 spring10 kind=percent value=1000 from=2026-01-28T10:01:21 until=2026-03-28T00:00:00 used=12 status=publish
            discount 3 five kind=amount value=500 from=2026-01-29T10:01:21 used=0 status=draft
            discount 4 ship kind=shipping from=2026-01-30T10:01:21 until=2026-03-28T00:00:00 used=1 status=publish
        "#,
    );
}
