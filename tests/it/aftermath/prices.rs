//! Planned discounts against the lowest prices paid before.

use std::sync::Arc;

use cartwright::analytics::prior_price::{Lowest, Standing, prior_prices, said};
use cartwright::analytics::sale::Resolved;
use cartwright::jobs::Progress;
use cartwright::model::dataset::{Customers, Dataset, Lines, Orders, Products};
use cartwright::model::plan::Excluded;
use cartwright::model::{Currency, Day, Definitions};

use super::plan_over;

/// Customer, day, product, thousandths of a unit, amount, discount on the line, discount on the order.
type Sold = (u32, i32, u32, i64, i64, i64, i64);

fn shop(sold: &[Sold]) -> Dataset {
    let mut sold = sold.to_vec();
    sold.sort();
    let (mut o, mut l) = (Orders::default(), Lines::default());
    for (id, &(customer, day, product, milli, amount, off, on_order)) in (1..).zip(&sold) {
        o.id.push(id);
        o.customer.push(customer);
        o.placed_at.push(i64::from(day) * 86_400 + 3_600);
        o.day.push(Day(day));
        o.total.push(amount - off - on_order);
        o.tax.push(0);
        o.shipping.push(0);
        o.discount.push(off + on_order);
        o.status.push(0);
        o.flags.push(0);
        o.currency.push(0);
        o.channel.push(0);
        o.line_start.push(id - 1);
        o.line_count.push(1);
        l.product.push(product);
        l.quantity_milli.push(milli);
        l.amount.push(amount);
        l.discount.push(off);
    }
    o.by_customer = (0..=9).map(|c| sold.partition_point(|row| row.0 < c) as u32).collect();
    Dataset {
        customers: Arc::new(Customers { id: (1..=9).collect(), created: vec![Day(0); 9], country: vec![0; 9] }),
        orders: Arc::new(o),
        lines: Arc::new(l),
        products: Arc::new(Products {
            id: (0..7).collect(),
            category: vec![0; 7],
            // Of product 5 only the lines tell a price, of product 6 nothing does.
            price: vec![None, Some(10_000), Some(10_000), Some(10_000), Some(10_000), None, None],
            cost: vec![None; 7],
            stock: vec![None; 7],
        }),
        currencies: vec![Currency::USD],
        labels: Arc::new(vec![String::new()]),
        span: Some((Day(900), Day(999))),
        ..Dataset::default()
    }
}

#[test]
fn each_discount_stands_against_the_lowest_price_paid_before() {
    let data = shop(&[
        // The full price, and 10 % off on the line: 20 % off is 11 % below the lowest.
        (0, 980, 1, 1_000, 10_000, 0, 0),
        (1, 985, 1, 2_000, 20_000, 2_000, 0),
        // 30 % off before: 20 % off is no reduction.
        (0, 990, 2, 1_000, 10_000, 3_000, 0),
        // Sold 31 days before the sale only.
        (0, 969, 3, 1_000, 10_000, 5_000, 0),
        // Half off by a code of one customer, and a discount on the whole order: neither is a price of the product.
        (2, 991, 4, 1_000, 10_000, 5_000, 0),
        (3, 992, 4, 1_000, 10_000, 0, 4_000),
        // Half a unit, whose price only lines tell.
        (4, 993, 5, 500, 4_000, 0, 0),
    ]);
    // Orders are sorted by customer: that of customer 2 has position 4.
    assert_eq!(data.orders.customer[4], 2);
    let plan = plan_over(Day(1_000), Day(1_002));
    let codes = [(4, 1)];
    let ask = |plan| {
        let (definitions, resolved) = (Definitions::default(), Resolved::default());
        prior_prices((&data, &codes), &definitions, (plan, &resolved), Day(999), &Progress::none()).unwrap()
    };
    let found = ask(&plan);
    let of = |product: u32| *found.rows.iter().find(|row| row.product == product).unwrap();
    assert_eq!((found.days, found.personal), ((Day(970), Day(999)), 1));
    assert_eq!(of(1).lowest, Some(Lowest { price: 9_000, day: Day(985), orders: 2 }));
    assert_eq!((of(1).planned, of(1).standing()), (Some(8_000), Standing::LessThanAnnounced));
    assert_eq!(of(2).standing(), Standing::NotLower);
    assert_eq!((of(3).lowest, of(3).standing()), (None, Standing::NoEvidence));
    assert_eq!(of(4).lowest, Some(Lowest { price: 10_000, day: Day(992), orders: 1 }));
    assert_eq!(of(4).standing(), Standing::AsAnnounced);
    assert_eq!((of(5).price, of(5).planned, of(5).standing()), (Some(8_000), Some(6_400), Standing::AsAnnounced));
    assert_eq!((of(6).price, of(6).standing()), (None, Standing::NoEvidence));
    let order: Vec<Standing> = found.rows.iter().map(|row| row.standing()).collect();
    assert!(order.is_sorted(), "the doubtful ones first: {order:?}");
    assert!(said::verdict(&found).starts_with("1 of 6 discounts are not below"), "{}", said::verdict(&found));
    assert!(said::notes(&found).iter().any(|note| note.contains("as personal")));

    let mut without = plan.clone();
    without.excluded = Excluded { discounted_lines: true, ..Excluded::default() };
    without.tiers.clear();
    assert!(ask(&without).rows.is_empty());
}
