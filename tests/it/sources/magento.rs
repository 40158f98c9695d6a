//! Magento: order grid, customer files, products.

use cartwright::import::plan::Choices;
use cartwright::import::preview::preview;
use cartwright::jobs::Progress;

use super::{check, data, try_import};

#[test]
fn the_grid_gives_orders_without_lines() {
    check(
        "magento/order_grid.csv",
        "magento-orders",
        r#"
            order 2 000000012 at=2026-02-03T14:02:10 email=customer71@example.com name=Customer 71 channel=Main Website Store in=USD status=paid shipping=500 total=4500
            order 4 000000013 at=2026-02-04T09:00:00 email=customer72@example.com name=Customer 72 channel=Main Website in=USD status=refunded shipping=500 total=2000 refunds=[1818]
            order 5 000000014 at=2026-02-05T00:30:00 channel=Main Website in=USD status=cancelled shipping=0 total=1000
        "#,
    );
}

#[test]
fn every_customer_file_is_read() {
    check(
        "magento/customers_main.csv",
        "magento-customers",
        r#"
            customer 2 email=customer71@example.com name=Customer 71 created=2025-10-30T12:49:47 born=1990-02-28
        "#,
    );
    check(
        "magento/customers_composite.csv",
        "magento-customers",
        r#"
            customer 2 email=customer72@example.com name=Customer 72 phone=0033 1 country=FR created=2025-11-01T00:00:00
        "#,
    );
    check(
        "magento/customer_addresses.csv",
        "magento-customers",
        r#"
            customer 2 email=customer71@example.com name=Customer 71 phone=123456789 country=US
        "#,
    );
    check(
        "magento/customers_grid.csv",
        "magento-customers",
        r#"
            customer 2 id=71 email=customer71@example.com name=Customer 71 phone=123456789 country=United States created=2025-10-30T12:49:47 tags=[General]
        "#,
    );
}

#[test]
fn passwords_and_tokens_are_shown_to_nobody() {
    let path = data("magento/customers_main.csv");
    let preview = preview(&path, &Choices::default(), &Progress::none()).unwrap();
    let shown = format!("{preview:?}");
    assert!(
        shown.contains("customer71@example.com") && !shown.contains("0123456789abcdef") && !shown.contains("feedface")
    );
    let keep = Choices { keep: vec![("password_hash".into(), "hash".into())], ..Choices::default() };
    let sentence = try_import(&path, &keep).err().unwrap();
    assert!(sentence.contains("never kept"), "{sentence}");
    // A rejected row is kept as it was read, but for its secrets.
    let folder = tempfile::tempdir().unwrap();
    let spoiled = folder.path().join("customer.csv");
    let text = std::fs::read_to_string(&path).unwrap().replace("customer71@example.com", "nobody");
    std::fs::write(&spoiled, text).unwrap();
    let import = try_import(&spoiled, &Choices::default()).unwrap();
    assert_eq!(import.summary.rejected, 1);
    assert!(!format!("{:?}", import.records).contains("feedface"));
}

#[test]
fn store_views_are_no_products() {
    check(
        "magento/catalog_product.csv",
        "magento-products",
        r#"
            product 2 sku=BAG-1 title=Bag category=Gear > Bags brand=Stitchers price=3000 stock=100
            product 4 sku=BAG title=Bags category=Gear > Bags
        "#,
    );
}
