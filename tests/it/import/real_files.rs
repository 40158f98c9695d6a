//! Public data sets, read by the generic mapper.

use cartwright::import::field::{Field, TableKind};
use cartwright::import::plan::{Choices, DateOrder, Plan};

use super::{defaults, import, look};
use crate::shared::shared;

#[test]
fn online_retail_is_read_whole() {
    let Some(path) = shared("data/online_retail/online_retail.csv") else { return };
    let preview = look(&path, &Choices::default()).unwrap();
    assert_eq!(preview.recognised.as_ref().map(|r| r.source), Some("lines"));
    assert!(preview.doubts.iter().all(|d| !d.question), "{:#?}", preview.doubts);
    let (summary, sink) = import(&path, &Choices::default());
    println!("{summary:#?}");
    assert_eq!((summary.rows, summary.rejected, summary.skipped), (541_909, 0, 0));
    let lines = || sink.orders.iter().flat_map(|o| &o.lines);
    assert_eq!(lines().count(), 541_909);
    assert_eq!(lines().filter(|l| l.quantity_milli < 0).count(), 10_624);
    let keys: std::collections::BTreeSet<&str> = sink.orders.iter().map(|o| o.key.as_str()).collect();
    assert_eq!(keys.len(), 25_900);
    let customers: std::collections::BTreeSet<_> =
        sink.orders.iter().filter_map(|o| o.customer.shop_id.as_ref()).collect();
    assert_eq!(customers.len(), 4_372);
    assert!(customers.contains(&"17850".to_owned()));
    let cents: i64 = lines().map(|l| l.amount).sum();
    // Quantity × price to a tenth of a penny, summed exactly, is 9,747,747.934.
    assert!((cents - 974_774_793).abs() < 500, "{cents}");
}

#[test]
fn superstore_says_that_its_discounts_are_shares_and_asks_nothing() {
    let Some(path) = shared("data/superstore/Sample - Superstore.csv") else { return };
    let preview = look(&path, &Choices::default()).unwrap();
    let plan = Plan::new(&preview, &Choices::default(), &defaults()).unwrap();
    println!("{:#?}\n{:#?}", plan.mapping, preview.doubts);
    assert_eq!(plan.mapping.table, TableKind::Lines);
    assert_eq!(preview.date_order, Some(DateOrder::Dmy));
    assert_eq!(plan.mapping.fields[&Field::LineAmount], ["Sales"]);
    assert!(!plan.mapping.fields.contains_key(&Field::Discount));
    assert!(preview.doubts.iter().any(|d| d.what.contains("shares")));
    let (summary, sink) = import(&path, &Choices::default());
    assert_eq!((summary.accepted, summary.rejected), (summary.rows, 0));
    assert!(sink.orders.iter().all(|o| o.placed_at.is_some() && o.customer.shop_id.is_some()));
}

#[test]
fn northwind_orders_with_commas_too_many_are_rejected_by_line() {
    let Some(path) = shared("data/northwind/orders.csv") else { return };
    let asked = Plan::new(&look(&path, &Choices::default()).unwrap(), &Choices::default(), &defaults()).unwrap();
    let questions = asked.questions();
    assert_eq!(questions.len(), 1, "{questions:#?}");
    assert!(questions[0].repair.contains("--map total="), "{questions:#?}");
    let choices = Choices { map: [(Field::Total, String::new())].into(), ..Choices::default() };
    let (summary, sink) = import(&path, &choices);
    println!("{summary:#?} {:#?}", sink.rejected.first());
    assert_eq!(summary.rows, 830);
    assert!(summary.rejected > 0 && sink.rejected.iter().all(|r| r.reason.contains("cells where the header has")));
    assert!(sink.orders.iter().all(|o| o.shipping.is_some()));
}

#[test]
fn northwind_customers_and_products_are_recognised() {
    for (file, table, rows) in [("customers.csv", TableKind::Customers, 91), ("products.csv", TableKind::Products, 77)]
    {
        let Some(path) = shared(&format!("data/northwind/{file}")) else { return };
        let preview = look(&path, &Choices::default()).unwrap();
        assert_eq!(preview.recognised.as_ref().map(|r| r.table), Some(table), "{file}");
        let (summary, _) = import(&path, &Choices::default());
        assert_eq!(summary.rows, rows, "{file}");
    }
}

#[test]
fn files_that_are_no_sales_are_not_taken_for_them() {
    for file in ["territories.csv", "regions.csv", "employee-territories.csv", "shippers.csv"] {
        let Some(path) = shared(&format!("data/northwind/{file}")) else { return };
        let preview = look(&path, &Choices::default()).unwrap();
        assert_eq!(preview.recognised, None, "{file}");
        let error = Plan::new(&preview, &Choices::default(), &defaults()).unwrap_err();
        assert!(error.contains("--as"), "{error}");
    }
}
