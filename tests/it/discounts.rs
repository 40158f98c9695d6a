//! Discount dependence: against a naive fold over drawn shops, against what is planted in the sample shop, and on the
//! command line.

use std::sync::Arc;

use cartwright::analytics::discounts::{Class, Discounts, HABIT, STEP, discounts, rate};
use cartwright::analytics::segments::{Segment, segment_table};
use cartwright::jobs::Progress;
use cartwright::model::dataset::*;
use cartwright::model::{Currency, Day, Definitions};
use proptest::prelude::*;

/// An order as it is drawn: customer, day, goods before discounts, discount, whether its lines are known, refund.
type Drawn = (usize, i32, i64, i64, bool, i64);

const CUSTOMERS: usize = 6;

fn orders() -> impl Strategy<Value = Vec<Drawn>> {
    let order = (0..=CUSTOMERS, 19_000_i32..19_400, 1_i64..9_000, 0_i64..3_000, any::<bool>(), 0_i64..200);
    prop::collection::vec(order, 0..50)
}

fn dataset(drawn: &[Drawn]) -> Dataset {
    let mut sorted: Vec<&Drawn> = drawn.iter().collect();
    sorted.sort_by_key(|d| (d.0, d.1));
    let (mut o, mut l, mut r) = (Orders::default(), Lines::default(), Refunds::default());
    for (i, &&(customer, day, goods, off, lines, refund)) in (0_u32..).zip(&sorted) {
        // One order in three is at full price.
        let off = if off < 1_000 { 0 } else { off.min(goods) };
        o.id.push(i + 1);
        o.customer.push(if customer == CUSTOMERS { NO_CUSTOMER } else { customer as u32 });
        o.placed_at.push(i64::from(day) * 86_400);
        o.day.push(Day(day));
        o.total.push(goods - off);
        [&mut o.tax, &mut o.shipping].into_iter().for_each(|column| column.push(0));
        o.discount.push(off);
        [&mut o.status, &mut o.flags, &mut o.currency].into_iter().for_each(|column| column.push(0));
        o.channel.push(0);
        o.line_start.push(l.product.len() as u32);
        o.line_count.push(u32::from(lines));
        if lines {
            l.product.push(1);
            l.quantity_milli.push(2_000);
            l.amount.push(goods);
            l.discount.push(off / 2);
        }
        if refund > 0 && refund <= goods - off {
            r.order.push(i);
            r.day.push(Day(day));
            r.imported.push(Day(day));
            r.amount.push(refund);
        }
    }
    o.by_customer = (0..=CUSTOMERS).map(|c| sorted.iter().filter(|d| d.0 < c).count() as u32).collect();
    let span = o.day.iter().min().copied().zip(o.day.iter().max().copied());
    Dataset {
        customers: Arc::new(Customers {
            id: (1..=CUSTOMERS as u32).collect(),
            created: vec![NO_DAY; CUSTOMERS],
            country: vec![0; CUSTOMERS],
        }),
        products: Arc::new(Products {
            id: vec![0, 1],
            category: vec![0, 0],
            price: vec![None; 2],
            cost: vec![None, Some(100)],
            stock: vec![None; 2],
        }),
        orders: Arc::new(o),
        lines: Arc::new(l),
        refunds: Arc::new(r),
        currencies: vec![Currency::USD],
        labels: Arc::new(vec![String::new()]),
        span,
        ..Dataset::default()
    }
}

fn found(data: &Dataset, definitions: &Definitions, as_of: Day) -> Option<Discounts> {
    let table = segment_table(data, definitions, as_of, None, &Progress::none()).unwrap().ok()?;
    discounts(data, definitions, &table, &Progress::none()).unwrap().ok()
}

proptest! {
    #[test]
    fn what_is_bought_on_sale_is_what_a_naive_fold_finds(
        drawn in orders(), as_of in 19_000_i32..19_450, margin in prop::option::of(0.1_f64..0.9)
    ) {
        let data = dataset(&drawn);
        let definitions = Definitions { default_margin: margin, ..Definitions::default() };
        let Some(all) = found(&data, &definitions, Day(as_of)) else { return Ok(()) };
        let o = &data.orders;
        let counted = |i: &usize| o.day[*i].0 <= as_of && o.total.get(*i) > 0 && o.customer[*i] != NO_CUSTOMER;
        let on_sale = |i: &usize| o.discount.get(*i) > 0;
        let orders: Vec<usize> = (0..o.id.len()).filter(counted).collect();
        let sold: Vec<usize> = orders.iter().copied().filter(on_sale).collect();
        let refunded = |i: usize| {
            (0..data.refunds.order.len()).filter(|&r| data.refunds.order[r] as usize == i).map(|r| data.refunds.amount[r]).sum::<i64>()
        };
        let value = |i: &usize| o.total.get(*i) - refunded(*i);
        let total = &all.total;
        prop_assert_eq!((total.orders, total.on_sale), (orders.len() as u64, sold.len() as u64));
        prop_assert_eq!(total.revenue, orders.iter().map(value).sum::<i64>());
        prop_assert_eq!(total.revenue_on_sale, sold.iter().map(value).sum::<i64>());
        let given: i64 = sold.iter().map(|&i| o.discount.get(i)).sum();
        prop_assert_eq!((total.given, total.given_of_goods), (given, given));
        prop_assert_eq!(total.goods, sold.iter().map(|&i| o.total.get(i) + o.discount.get(i)).sum::<i64>());
        // Without a default margin nobody knows what an order without lines cost.
        prop_assert_eq!(total.costless, orders.iter().filter(|&&i| margin.is_none() && o.line_count[i] == 0).count() as u64);
        let mut smallest = Vec::new();
        let mut classes = [0; 5];
        for customer in 0..CUSTOMERS {
            let own: Vec<usize> = orders.iter().copied().filter(|&i| o.customer[i] as usize == customer).collect();
            let sales: Vec<usize> = own.iter().copied().filter(on_sale).collect();
            let rates = sales.iter().map(|&i| o.discount.get(i) as f64 / (o.total.get(i) + o.discount.get(i)) as f64);
            let least = rates.fold(f64::INFINITY, f64::min);
            let habit = all.habits[customer];
            prop_assert_eq!((habit.orders as usize, habit.on_sale as usize), (own.len(), sales.len()));
            prop_assert!((habit.smallest_share().unwrap_or(f64::INFINITY) - least).abs() < 1e-6 || sales.is_empty());
            if !sales.is_empty() {
                smallest.push(least);
            }
            let class = match (own.len(), sales.len()) {
                (0, _) => continue,
                (n, _) if n < HABIT as usize => Class::TooFew,
                (_, 0) => Class::Never,
                (n, k) if n == k => Class::Only,
                (n, k) if k as f64 / n as f64 > 0.5 => Class::Mostly,
                _ => Class::Sometimes,
            };
            prop_assert_eq!(habit.class(), Some(class));
            classes[class as usize] += 1;
        }
        prop_assert_eq!(total.classes, classes);
        let judged = all.total.judged() as f64;
        prop_assert!((0.0..=judged + 1e-6).contains(&all.only_by_chance));
        for class in Class::ALL {
            prop_assert_eq!(all.picked(Some(class), None).count(), classes[class as usize]);
        }
        let in_segments: u64 = all.segments.iter().map(|(segment, group)| {
            assert_eq!(all.picked(None, Some(*segment)).count(), group.buyers);
            group.orders
        }).sum();
        prop_assert_eq!(in_segments, total.orders);
        smallest.sort_by(f64::total_cmp);
        let middle = |n: usize| (smallest[(n - 1) / 2] + smallest[n / 2]) / 2.0;
        match total.smallest {
            Some(median) => prop_assert!((median - middle(smallest.len())).abs() < 1e-6),
            None => prop_assert!(smallest.is_empty()),
        }
        let up_to = |percent: u32| smallest.iter().filter(|rate| (**rate * 100.0 - 1e-4).round() <= f64::from(percent)).count();
        for (at, n) in all.curve.percents().zip(&all.curve.all) {
            prop_assert!(up_to(at) as u64 >= *n && at % STEP == 0);
        }
        prop_assert_eq!(all.curve.all.last().copied().unwrap_or(0), smallest.len() as u64);
        for habit in &all.habits {
            if let Some((share, (low, high))) = all.expected(*habit) {
                prop_assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
            }
        }
    }
}

/// The sample shop: on the days of a markdown everybody buys on sale; codes take off what they promise; and nobody is
/// more given to sales than anybody else, so that hardly more buy only on sale than chance makes.
#[test]
fn the_planted_discounts_of_the_sample_shop_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.cartwright");
    let params = cartwright::sample::Params { customers: 8_000, ..cartwright::sample::Params::default() };
    let mut session = cartwright::ops::sample::create(&file, &params, &Progress::none()).unwrap();
    let all = session.discounts(None, &Progress::none()).unwrap().unwrap();
    let (data, details) = (session.dataset(&Progress::none()).unwrap(), session.details(&Progress::none()).unwrap());
    let (first, last) = data.span.unwrap();
    let truth = cartwright::sample::Truth::planted(first, last);
    let markdowns: i32 =
        truth.sales.iter().filter(|sale| sale.code.is_none()).map(|sale| sale.last.0 - sale.first.0 + 1).sum();
    let days = all.sale_days.days as i32;
    assert!(days > 0 && (days - markdowns).abs() <= 2, "{days} days found, {markdowns} planted");
    let mut welcome = 0;
    for &(order, code) in &details.codes {
        if data.labels[code as usize] == "WELCOME10" {
            let rate = f64::from(rate(&data, order as usize).unwrap()) / 1e6;
            assert!((rate - 0.1).abs() < 0.01, "{rate}");
            welcome += 1;
        }
    }
    assert!(welcome > 500, "{welcome}");
    let only = all.total.classes[Class::Only as usize] as f64;
    let by_chance = all.only_by_chance;
    assert!((only - by_chance).abs() < 3.0 * by_chance.sqrt(), "{only} {by_chance}");
    // A customer with one order on sale is expected to be much like the others, and one of many to be like themselves.
    let usual = all.usual.unwrap();
    let one = usual.after(1, 1).mean();
    assert!((one - usual.mean()).abs() < 0.2 && usual.after(40, 40).mean() > one, "{usual:?}");
    // Costs are not known of the sample shop's products, or they are of all.
    assert!(all.total.costless == 0 || all.total.margin_given().is_none());
    drop(session);
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_cartwright"))
        .args(["discounts", "--json", "--limit", "3"])
        .arg(&file)
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(json["total"]["orders_on_sale"], all.total.on_sale);
    assert_eq!(json["total"]["classes"]["only"], all.total.classes[Class::Only as usize]);
    assert_eq!(json["segments"].as_array().unwrap().len(), Segment::ALL.len());
    assert_eq!(json["customers"].as_array().unwrap().len(), 3);
    assert_eq!(json["customers"][0]["class"].as_str().map(str::is_empty), Some(false));
    let out =
        std::process::Command::new(env!("CARGO_BIN_EXE_cartwright")).arg("discounts").arg(&file).output().unwrap();
    assert!(out.status.success() && String::from_utf8_lossy(&out.stdout).contains("Only on sale"));
}
