//! The sample shop: repeats for a seed, has the shape of a shop, and its money adds up.

mod export;
mod journeys;
mod planted;
mod roundtrip;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use cartwright::jobs::Progress;
use cartwright::model::record::{OrderRecord, OrderStatus, Record};
use cartwright::model::{Currency, Day};
use cartwright::sample::{self, Buyer, Kind, Params, Shop, ZONE};

fn shop(customers: u32, seed: u64) -> Shop {
    sample::generate(&Params { customers, seed, ..Params::default() }, &Progress::none()).unwrap()
}

fn fingerprint(shop: &Shop) -> u64 {
    let mut hasher = DefaultHasher::new();
    shop.records().for_each(|record| format!("{record:?}").hash(&mut hasher));
    hasher.finish()
}

#[test]
fn the_same_seed_gives_the_same_records_and_another_seed_others() {
    let first = fingerprint(&shop(300, 1));
    assert_eq!(first, fingerprint(&shop(300, 1)));
    assert_ne!(first, fingerprint(&shop(300, 2)));
}

#[test]
fn the_default_history_runs_from_january_2024_to_october_2026() {
    let params = Params::default();
    assert_eq!((params.first().to_string(), params.end.to_string()), ("2024-01-01".into(), "2026-10-14".into()));
}

#[test]
fn generation_stops_when_cancelled() {
    let progress = Progress::none();
    progress.cancel();
    assert!(sample::generate(&Params::default(), &progress).is_err());
}

#[test]
fn the_records_are_what_the_totals_count() {
    let shop = shop(1_000, 3);
    let totals = shop.totals(&Progress::none()).unwrap();
    let mut events = 0;
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut count = |what, n: usize| *counts.entry(what).or_default() += n as u64;
    for record in shop.records() {
        match record {
            Record::Customer(_) => count("customers", 1),
            Record::Product(_) => count("products", 1),
            Record::Order(order) => {
                count("orders", 1);
                count("lines", order.lines.len());
                count("refunds", order.refunds.len());
            }
            Record::Cart(_) => count("carts", 1),
            Record::Discount(_) => count("discounts", 1),
            Record::Spend(_) => count("spend", 1),
            Record::Send(_) => count("sends", 1),
            Record::Visits(_) => count("visits", 1),
            Record::Event(_) => events += 1,
            Record::Touch(_) | Record::Measured(_) => {}
            Record::Rejected(row) => panic!("{row:?}"),
        }
    }
    assert_eq!(
        ["customers", "products", "orders", "lines", "refunds", "carts"].map(|what| counts[what]),
        [totals.accounts, totals.products, totals.orders, totals.lines, totals.refunds, totals.carts]
    );
    // Three standing codes, two codes of sales, five sales without a code.
    assert_eq!(counts["discounts"], 10);
    let apart = counts["lines"] + counts["refunds"];
    assert_eq!(shop.record_count() as u64, counts.values().sum::<u64>() - apart);
    assert_eq!(totals.customers, 1_000);
    assert!(events > 500);
}

/// Sizes of the framework's five segments by its usual cut-offs, as shares: VIP, regular, occasional, new, browsers.
fn segment_shares(shop: &Shop) -> [f64; 5] {
    let end = shop.params().end;
    let mut days: Vec<Vec<Day>> = vec![Vec::new(); shop.people().len()];
    for position in 0..shop.order_count() {
        let order = shop.order(position);
        if let Buyer::Person(person) = order.buyer
            && order.basket.status != OrderStatus::Cancelled
        {
            days[person as usize].push(ZONE.day(order.placed_at));
        }
    }
    let mut sizes = [0_u32; 5];
    for bought in &days {
        let within = |length: i32, day: &Day| end.0 - day.0 < length;
        let in_year = bought.iter().filter(|day| within(365, day)).count();
        let segment = match (bought.first(), bought.last()) {
            (Some(first), _) if within(90, first) => 3,
            (_, Some(last)) if in_year >= 5 && within(120, last) => 0,
            (Some(_), _) if in_year >= 2 => 1,
            (Some(_), _) => 2,
            (None, _) => 4,
        };
        sizes[segment] += 1;
    }
    sizes.map(|size| f64::from(size) / days.len() as f64)
}

#[test]
fn the_five_segments_have_the_sizes_of_a_shop() {
    let shares = segment_shares(&shop(5_000, 42));
    let bands = [(0.055, 0.09), (0.16, 0.23), (0.34, 0.43), (0.06, 0.09), (0.25, 0.30)];
    for (share, (low, high)) in shares.iter().zip(bands) {
        assert!((low..high).contains(share), "{shares:?}");
    }
}

#[test]
fn the_money_of_every_order_adds_up() {
    let shop = shop(2_000, 4);
    let (from, until) = (ZONE.to_utc(shop.params().first().date().into()), shop.end());
    let mut seen = [0_u32; OrderStatus::ALL.len()];
    let mut last = from;
    for record in shop.records() {
        let Record::Order(order) = record else { continue };
        check_order(&order);
        let placed_at = order.placed_at.unwrap();
        assert!((last..=until).contains(&placed_at), "orders come in the order of time, within the history");
        assert!(order.refunds.iter().all(|r| (placed_at..=until).contains(&r.at.unwrap())));
        last = placed_at;
        seen[order.status.unwrap() as usize] += 1;
    }
    assert!(
        OrderStatus::ALL.iter().zip(seen).all(|(status, n)| (n > 0) == (*status != OrderStatus::Failed)),
        "{seen:?}"
    );
}

fn check_order(order: &OrderRecord) {
    let lines: i64 = order.lines.iter().map(|line| line.amount - line.discount).sum();
    let [discount, shipping, tax, total] = [order.discount, order.shipping, order.tax, order.total].map(Option::unwrap);
    assert_eq!(total, lines - discount + shipping + tax, "{order:?}");
    assert!(discount >= 0 && shipping >= 0 && tax >= 0 && total > 0 && !order.lines.is_empty());
    assert!(order.lines.iter().all(|l| l.quantity_milli > 0 && l.amount > 0 && (0..l.amount).contains(&l.discount)));
    let refunded: i64 = order.refunds.iter().map(|refund| refund.amount).sum();
    let status = order.status.unwrap();
    assert_eq!(status == OrderStatus::Refunded, refunded == total);
    assert_eq!(status == OrderStatus::PartiallyRefunded, 0 < refunded && refunded < total);
    assert_eq!(order.codes.iter().filter_map(|code| code.amount).sum::<i64>(), discount);
    assert_eq!(order.currency, Some(Currency::USD));
}

#[test]
fn nobody_in_the_shop_is_a_person() {
    let shop = shop(500, 5);
    for record in shop.records() {
        let Record::Customer(customer) = record else { continue };
        assert!(customer.name.unwrap().starts_with("Customer 0"));
        assert!(customer.key.email.unwrap().ends_with("@example.com"));
    }
}

#[test]
fn guests_join_their_accounts_later_and_some_orders_name_nobody() {
    let shop = shop(3_000, 6);
    let (mut guests, mut nobody) = (0, 0);
    for position in 0..shop.order_count() {
        let order = shop.order(position);
        match order.buyer {
            Buyer::Person(person) => {
                let kind = shop.people()[person as usize].kind;
                guests += u32::from(kind == Kind::LateAccount && !order.signed_in);
                assert!(kind != Kind::Browser && (kind != Kind::Account || order.signed_in));
            }
            Buyer::WalkIn | Buyer::Test => nobody += 1,
        }
    }
    assert!(guests > 100 && nobody > 100, "{guests} {nobody}");
}
