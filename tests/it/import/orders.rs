//! How rows become orders, whatever the layout.

use cartwright::import::field::Field;
use cartwright::import::plan::{Choices, Plan};
use cartwright::model::Currency;
use cartwright::model::record::OrderStatus;

use super::{Collect, defaults, file, import, look};

fn read(text: &str) -> Collect {
    let (_folder, path) = file("orders.csv", text);
    import(&path, &Choices::default()).1
}

fn fields(text: &str) -> Plan {
    let (_folder, path) = file("orders.csv", text);
    Plan::new(&look(&path, &Choices::default()).unwrap(), &Choices::default(), &defaults()).unwrap()
}

#[test]
fn values_of_an_order_are_taken_once_wherever_they_stand() {
    let first_row_only = "order_id,created_at,customer_id,sku,qty,unit_price,discount,shipping,total\n\
        1,2024-05-01 10:00:00,c1,A,2,10.00,1.00,5.00,34.00\n1,2024-05-01 09:59:00,c1,B,1,10.00,,,\n";
    let every_row = "order_id,created_at,customer_id,sku,qty,unit_price,discount,shipping,total\n\
        1,2024-05-01 10:00:00,c1,A,2,10.00,1.00,5.00,34.00\n1,2024-05-01 09:59:00,c1,B,1,10.00,1.00,5.00,34.00\n";
    for text in [first_row_only, every_row] {
        let sink = read(text);
        let [order] = sink.orders.as_slice() else { panic!("{:?}", sink.orders) };
        assert_eq!((order.discount, order.shipping, order.total), (Some(100), Some(500), Some(3_400)));
        assert_eq!(order.placed_at, Some(1_714_557_540), "the earliest of its rows");
        assert_eq!(order.lines.iter().map(|l| l.amount).collect::<Vec<_>>(), [2_000, 1_000]);
    }
}

#[test]
fn totals_and_discounts_that_vary_within_an_order_belong_to_the_line() {
    let plan =
        fields("order id,date,sku,qty,discount,total\n1,2024-05-01,A,1,1.50,10.00\n1,2024-05-01,B,1,2.50,20.00\n");
    assert_eq!(plan.mapping.fields[&Field::LineAmount], ["total"]);
    assert_eq!(plan.mapping.fields[&Field::LineDiscount], ["discount"]);
    assert!(!plan.mapping.fields.contains_key(&Field::Total) && !plan.mapping.fields.contains_key(&Field::Discount));
}

#[test]
fn a_line_amount_wins_over_quantity_times_price() {
    let sink =
        read("order id,date,sku,qty,unit price,line total\n1,2024-05-01,A,3,3.333,9.99\n2,2024-05-01,B,3,3.335,\n");
    let amounts: Vec<i64> = sink.orders.iter().map(|o| o.lines[0].amount).collect();
    assert_eq!(amounts, [999, 1_001], "rounded once, after the multiplication");
}

#[test]
fn an_order_is_imported_whole_or_not_at_all() {
    let sink = read(
        "order_id,created_at,customer_id,sku,qty,unit_price\n\
         1,2024-05-01,c1,A,1,1.00\n\
         2,2024-05-01,c1,A,1,1.00\n2,2024-05-01,c1,B,two,1.00\n2,2024-05-01,c1,C,1,1.00\n\
         3,2024-05-01,c1,A,1,1.00\n\
         2,2024-05-01,c1,D,1,1.00\n",
    );
    assert_eq!(sink.orders.iter().map(|o| o.key.as_str()).collect::<Vec<_>>(), ["1", "3"]);
    let lines: Vec<u64> = sink.rejected.iter().map(|r| r.line).collect();
    assert_eq!(lines, [3, 4, 5, 7]);
    assert!(sink.rejected[1].reason.contains("“two” is not a number"), "{:?}", sink.rejected[1]);
    assert_eq!(sink.rejected[1].column.as_deref(), Some("qty"));
    assert_eq!(sink.rejected[0].reason, "belongs to order 2, of which line 4 is rejected");
    assert_eq!(sink.rejected[3].repair, "Mend line 4; the order is imported whole");
}

#[test]
fn rows_without_an_order_number_belong_to_the_order_above() {
    let sink = read(
        "order_id,created_at,customer_id,sku,qty,unit_price\n\
         1,2024-05-01,c1,A,1,1.00\n,,,B,2,1.00\n,2024-05-02,c2,C,1,1.00\n",
    );
    assert_eq!(sink.orders[0].lines.len(), 2);
    assert_eq!((sink.rejected.len(), sink.rejected[0].line), (1, 4));
    assert_eq!(sink.rejected[0].reason, "order_id is blank");
}

#[test]
fn an_order_has_one_currency() {
    let sink = read(
        "order_id,created_at,sku,qty,unit_price,currency\n\
         1,2024-05-01,A,1,1000,JPY\n1,2024-05-01,B,1,1000,\n2,2024-05-01,A,1,1.00,EUR\n2,2024-05-01,B,1,1.00,USD\n",
    );
    assert_eq!(sink.orders.len(), 1);
    assert_eq!(sink.orders[0].currency, Currency::parse("JPY"));
    assert_eq!(sink.orders[0].lines[1].amount, 1_000);
    assert!(sink.rejected.iter().any(|r| r.reason.contains("differs from EUR")));
}

#[test]
fn states_refunds_and_codes_are_read() {
    let sink = read(
        "order_id,created_at,total,status,cancelled_at,refunded,discount_code\n\
         1,2024-05-01,10.00,paid,,2.50,\"SPRING, VIP\"\n\
         2,2024-05-01,10.00,paid,2024-05-02,0,\n\
         3,2024-05-01,10.00,Partially_Refunded,2024-05-02,-4.00,\n",
    );
    let [a, b, c] = sink.orders.as_slice() else { panic!() };
    assert_eq!(
        (a.status, b.status, c.status),
        (Some(OrderStatus::Paid), Some(OrderStatus::Cancelled), Some(OrderStatus::PartiallyRefunded))
    );
    assert_eq!((a.refunds[0].amount, b.refunds.len(), c.refunds[0].amount), (250, 0, 400));
    assert_eq!(a.codes.iter().map(|c| c.code.as_str()).collect::<Vec<_>>(), ["SPRING", "VIP"]);
}

#[test]
fn customers_and_products_of_any_shop_are_read() {
    let (_folder, path) = file(
        "kunden.csv",
        "Kundennummer;Vorname;Nachname;E-Mail-Adresse;Land;Geburtsdatum;Newsletter\n\
         '0042;Änne;Groß;A@B.test;DE;01.02.1990;ja\n43;;;n/a;AT;;nein\n;;;;DE;;\n",
    );
    let (_, sink) = import(&path, &Choices::default());
    let customer = &sink.customers[0];
    assert_eq!(customer.key.shop_id.as_deref(), Some("0042"));
    assert_eq!((customer.key.email.as_deref(), customer.name.as_deref()), (Some("a@b.test"), Some("Änne Groß")));
    assert!(customer.consents[0].granted && !sink.customers[1].consents[0].granted);
    assert_eq!(sink.rejected[0].column.as_deref(), Some("Kundennummer"));

    let (_folder, path) =
        file("p.csv", "SKU,Name,Brand,Price,Cost,Stock,Tags\nA-1,Tea,Leaf,\"1,234.50\",2,7,\"a, b\"\n");
    let (_, sink) = import(&path, &Choices::default());
    let product = &sink.products[0];
    assert_eq!((product.price, product.cost, product.stock), (Some(123_450), Some(200), Some(7)));
    assert_eq!(product.tags, ["a", "b"]);
}
