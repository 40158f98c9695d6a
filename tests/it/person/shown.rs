//! What is told of a person, and handed over.

use super::*;

#[test]
fn a_person_is_found_by_shop_id_address_and_row_and_told_with_all_accounts() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    shop(at);
    let by_id = json(at, &["customer", "shop.cartwright", "7", "--json"]);
    assert_eq!((by_id["name"].as_str(), by_id["phone"].as_str()), (Some(NAME), Some("0170 5550199")));
    assert_eq!(by_id["emails"], serde_json::json!([EMAIL]));
    assert_eq!((by_id["orders"].as_u64(), by_id["revenue"].as_f64()), (Some(2), Some(29.0)));
    assert_eq!(
        (by_id["average_order_value"].as_f64(), by_id["customer_since"].as_str()),
        (Some(14.5), Some("2025-11-01"))
    );
    assert_eq!(by_id["accounts"].as_array().unwrap().len(), 2, "the guest was merged into the account");
    let row = format!("#{}", by_id["row"]);
    for key in [EMAIL, &EMAIL.to_uppercase(), &row] {
        assert_eq!(json(at, &["customer", "shop.cartwright", key, "--json"]), by_id, "{key}");
    }
    let kinds: Vec<&str> =
        by_id["timeline"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "order").count(), 2);
    assert!(kinds.contains(&"account") && kinds.contains(&"segment"), "{kinds:?}");
    let order = by_id["timeline"].as_array().unwrap().iter().find(|event| event["number"] == "1003").unwrap();
    assert_eq!((order["lines"].as_array().unwrap().len(), &order["from"]["line"]), (2, &4.into()));
    // Before the second order one is known.
    let before = json(at, &["customer", "shop.cartwright", "7", "--as-of", "2026-02-01", "--json"]);
    assert_eq!((before["orders"].as_u64(), before["revenue"].as_f64()), (Some(1), Some(20.0)));
    let text = ok(at, &["customer", "shop.cartwright", "7"]);
    assert!(text.contains("Order 1003") && text.contains("orders.csv:4") && text.contains("Ahead"), "{text}");
    assert!(fails(at, &["customer", "shop.cartwright", "nobody@example.com"]).contains("there is no customer"));
    assert!(fails(at, &["customer", "shop.cartwright", "2", "--as-of", "2025-11-15"]).contains("choose a later"));
}

#[test]
fn everything_that_is_known_is_handed_over() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    shop(at);
    ok(at, &["customer", "export", "shop.cartwright", "7", "--out", "person.json", "--orders", "orders-of.csv"]);
    let all: Value = serde_json::from_slice(&std::fs::read(at.join("person.json")).unwrap()).unwrap();
    assert_eq!(all["orders"].as_array().unwrap().len(), 2);
    assert_eq!(all["orders"][0]["attributes"]["Gift note"], format!("From {NAME}"));
    assert_eq!(all["attributes"]["Note"], format!("Likes {EMAIL}"));
    assert_eq!(all["consents"][0]["granted"], true);
    assert_eq!(all["rejected_rows"].as_array().unwrap().len(), 1, "the bad row names the person");
    assert_eq!(all["rejected_rows"][0]["line"], 6);
    let table = std::fs::read_to_string(at.join("orders-of.csv")).unwrap();
    assert_eq!(table.lines().count(), 4, "a header and three lines: {table}");
    let nobody_else = std::fs::read_to_string(at.join("person.json")).unwrap();
    assert!(!nobody_else.contains("b@example.com") && !table.contains("1002"));
}
