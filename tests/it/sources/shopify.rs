//! Shopify: orders old and new, customers, products, abandoned checkouts, discounts.

use super::check;

#[test]
fn orders_take_what_their_first_row_says_and_all_lines() {
    check(
        "shopify/orders_export.csv",
        "shopify-orders",
        r#"
            order 2 #2006 at=2026-03-30T10:00:00 email=customer12@example.com channel=web in=EUR status=paid discount=0 shipping=0 tax=0 total=2700 codes=[LINE3]
            - 2 sku=MUG-BLUE title=Mug - Blue milli=1000 amount=3000 discount=300
            order 3 #2005 at=2026-03-02T08:00:00 email=customer15@example.com channel=web in=EUR status=paid test=yes discount=0 shipping=0 tax=0 total=3000
            - 3 sku=MUG-BLUE title=Mug - Blue milli=1000 amount=3000
            order 4 #2004 at=2026-03-01T17:30:00 channel=pos in=EUR status=paid discount=0 shipping=0 tax=80 total=1080
            - 4 title=Gift Card - $10 milli=1000 amount=1000
            order 5 #2003 at=2026-02-20T07:15:00 email=customer13@example.com country=AT channel=web in=EUR status=partially refunded discount=0 shipping=420 tax=1038 total=6500 refunds=[1000]
            - 5 sku=TOWEL title=Tea towel milli=2000 amount=6000
            order 6 #2002 at=2026-02-15T04:30:00 email=customer14@example.com channel=web in=EUR status=cancelled discount=0 shipping=490 tax=0 total=3490
            - 6 sku=MUG-BLUE title=Mug - Blue milli=1000 amount=3000
            order 7 #2001 at=2026-01-10T09:00:00 email=customer12@example.com name=Customer 12 country=DE channel=web in=EUR status=paid discount=500 shipping=490 tax=400 total=5890 codes=[SPRING10; VIP]
            - 7 sku=TOWEL-L title=Tea towel, linen milli=2000 amount=4000
            - 9 sku=MUG-BLUE title=Mug - Blue milli=1000 amount=1500
        "#,
    );
}

#[test]
fn orders_of_2012_have_no_id() {
    check(
        "shopify/orders_2012.csv",
        "shopify-orders",
        r#"
            order 2 #1002 at=2012-05-04T14:58:00 email=customer21@example.com country=US in=USD status=paid discount=0 shipping=1000 tax=0 total=3400
            - 2 sku=0042 title=Candle milli=3000 amount=2400
            order 3 #1001 at=2012-05-01T12:58:00 email=customer22@example.com country=CA in=USD status=refunded discount=0 shipping=1000 tax=0 total=1800
            - 3 sku=0042 title=Candle milli=1000 amount=800
        "#,
    );
}

#[test]
fn abandoned_checkouts_are_carts_and_never_orders() {
    check(
        "shopify/checkouts_export_1.csv",
        "shopify-checkouts",
        r#"
            cart 2 #37100000000001 at=2026-04-06T05:23:29 email=customer31@example.com in=USD total=4600
            - 2 sku=TOWEL title=Tea towel milli=1000 amount=3000
            - 3 sku=0042 title=Candle milli=2000 amount=1600
            cart 4 #37100000000002 at=2026-01-05T17:00:00 in=USD total=800
            - 4 sku=0042 title=Candle milli=1000 amount=800
        "#,
    );
}

#[test]
fn customers_lose_their_guards_and_keep_their_consents() {
    check(
        "shopify/customers_export.csv",
        "shopify-customers",
        r#"
            customer 2 id=7210000000012 email=customer12@example.com name=Customer 12 phone=+49301234567 country=DE tags=[repeat; wholesale] consents=[email yes; sms no; whatsapp yes]
            customer 3 id=7210000000013 phone=+49307654321 consents=[email no; sms no]
        "#,
    );
    check(
        "shopify/customers_old.csv",
        "shopify-customers",
        r#"
            customer 2 email=customer22@example.com name=Customer 22 country=CA consents=[email no; sms no]
            rejected 3: Email “not an address” names no customer | Fill in a customer id or a whole e-mail address
        "#,
    );
}

#[test]
fn variants_are_named_as_on_orders_and_pictures_are_skipped() {
    check(
        "shopify/products_export.csv",
        "shopify-products",
        r#"
            product 2 sku=MUG-BLUE title=Mug - Blue / Large category=Mugs brand=Pottery tags=[ceramic; gift] price=3000 cost=1150 stock=12
            product 4 sku=0099 title=Mug - Red / Large category=Mugs brand=Pottery tags=[ceramic; gift] price=3100 cost=1150 stock=-2
            product 6 title=Tea towel category=Towels brand=Weavers price=2000
        "#,
    );
    check(
        "shopify/products_2024.csv",
        "shopify-products",
        r#"
            product 2 sku=MUG-BLUE title=Mug - Blue category=Mugs brand=Pottery tags=[ceramic] price=3000 cost=1150 stock=12
            product 3 sku=MUG-RED title=Mug - Red category=Mugs brand=Pottery tags=[ceramic] price=3100 stock=3
        "#,
    );
}

#[test]
fn discounts_are_positive() {
    check(
        "shopify/discounts_export.csv",
        "shopify-discounts",
        r#"
            discount 2 SPRING10 kind=percent value=1000 from=2026-02-28T23:00:00 used=42 status=Active
            discount 3 FIVE kind=amount value=500 from=2025-12-08T17:28:18 until=2026-01-01T05:59:59 used=0 status=Expired
            discount 4 Free shipping over 50 kind=shipping from=2025-12-31T23:00:00 used=7 status=Active
        "#,
    );
    check(
        "shopify/discounts_old.csv",
        "shopify-discounts",
        r#"
            discount 2 VIP kind=percent value=1250 from=2021-01-01T00:00:00 used=3 status=Active
        "#,
    );
}
