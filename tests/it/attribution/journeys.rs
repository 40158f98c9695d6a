//! From touches and orders to journeys.

use std::sync::Arc;

use cartwright::analytics::attribution::{Journeys, Scope, Settings, attribution, journeys};
use cartwright::analytics::rules::Bits;
use cartwright::jobs::Progress;
use cartwright::model::dataset::{Customers, Money, Orders};
use cartwright::model::record::OrderStatus;
use cartwright::model::touch::NO_ORDER;
use cartwright::model::{Currency, Dataset, Day, Definitions, Touches};

const DAY: i64 = 86_400;

/// Orders as customer, day, total in minor units; noon. Unidentified customers last.
fn shop(orders: &[(u32, i32, i64)], customers: u32) -> Dataset {
    let mut o = Orders { total: Money::default(), ..Orders::default() };
    o.by_customer = (0..=customers).map(|c| orders.iter().filter(|order| order.0 < c).count() as u32).collect();
    for (id, &(customer, day, total)) in (0_u32..).zip(orders) {
        o.id.push(id);
        o.customer.push(customer);
        o.placed_at.push(i64::from(day) * DAY + DAY / 2);
        o.day.push(Day(day));
        o.total.push(total);
        [&mut o.tax, &mut o.shipping, &mut o.discount].into_iter().for_each(|column| column.push(0));
        o.status.push(OrderStatus::Paid as u8);
        o.flags.push(0);
        o.currency.push(0);
        o.channel.push(0);
        o.line_start.push(0);
        o.line_count.push(0);
    }
    let ids = Customers { id: (0..customers).collect(), ..Customers::default() };
    Dataset {
        customers: Arc::new(ids),
        orders: Arc::new(o),
        currencies: vec![Currency::USD],
        span: Some((Day(0), Day(400))),
        ..Dataset::default()
    }
}

/// Touches as person, day, channel, kind, order; at noon less an hour.
fn met(touches: &[(u32, i32, &str, &str, u32)], customers: u32) -> Touches {
    let mut all = Touches { customers, persons: customers + 5, ..Touches::default() };
    all.channels = ["A", "B", "Direct", ""].map(str::to_owned).into();
    all.kinds = ["visit", "email sent", "ad_impression"].map(str::to_owned).into();
    let mut sorted = touches.to_vec();
    sorted.sort_by_key(|touch| (touch.0, touch.1));
    for (person, day, channel, kind, order) in sorted {
        all.person.push(person);
        all.at.push(i64::from(day) * DAY + DAY / 2 - 3_600);
        all.order.push(order);
        all.channel.push(all.channels.iter().position(|name| name == channel).unwrap() as u16);
        all.campaign.push(0);
        all.kind.push(all.kinds.iter().position(|name| name == kind).unwrap() as u16);
        all.device.push(0);
        all.cost.push(Some(10));
    }
    all
}

const ALL: (Day, Day) = (Day(0), Day(365));

fn made(data: &Dataset, touches: &Touches, scope: Scope<'_>, settings: &Settings) -> Journeys {
    journeys(touches, data, &Definitions::default(), scope, settings, &Progress::none()).unwrap()
}

fn scope<'a>() -> Scope<'a> {
    Scope { as_of: Day(365), period: ALL, who: None }
}

/// Paths as text: steps, then whether an order followed.
fn told(found: &Journeys) -> Vec<String> {
    let paths = &found.paths;
    let name = |step: &u16| paths.channels[usize::from(*step)].as_str();
    (0..paths.len())
        .map(|p| format!("{} {}", paths.of(p).iter().map(name).collect::<String>(), found.order_of_path[p] as i32))
        .collect()
}

#[test]
fn touches_go_to_the_order_that_follows_within_the_look_back() {
    let data = shop(&[(0, 20, 100), (0, 40, 200), (1, 30, 300)], 2);
    let free = NO_ORDER;
    let touches = met(
        &[
            (0, 1, "B", "visit", free),       // 19 days before: part of it
            (0, 19, "A", "visit", free),      // the day before
            (0, 20, "Direct", "visit", free), // an hour before
            (0, 21, "B", "visit", free),      // after the first order: the second one's
            (0, 41, "A", "visit", free),      // after the last one, its look-back is over
            (0, 360, "A", "visit", free),     // may still end in an order
            (0, 366, "A", "visit", free),     // after the as-of day
        ],
        2,
    );
    let found = made(&data, &touches, scope(), &Settings::default());
    assert_eq!(told(&found), ["BADirect 0", "B 1", "A -1"]);
    let days = found.paths.days_before(0).unwrap();
    assert!((days[0] - 19.041_666).abs() < 1e-4 && (days[2] - 0.041_666).abs() < 1e-4, "{days:?}");
    let counts = found.counts;
    assert_eq!((counts.touches, counts.used, counts.after_as_of, counts.open, counts.open_journeys), (7, 5, 1, 1, 1));
    assert_eq!((counts.orders_without_touch, counts.value_without_touch), (1, 300));
    assert_eq!((found.paths.total_conversions(), found.paths.total_value()), (2, 300.0));
    assert_eq!(found.cost, [Some(30), Some(20), Some(10), None], "what touches within the period cost");
}

#[test]
fn a_pause_longer_than_the_look_back_begins_another_journey() {
    let data = shop(&[(0, 100, 100)], 1);
    let touches = met(
        &[
            (0, 10, "A", "visit", NO_ORDER),
            (0, 20, "A", "visit", NO_ORDER),
            (0, 60, "B", "visit", NO_ORDER), // 40 days later: another journey; 20 days before the next
            (0, 80, "B", "visit", NO_ORDER), // within the look-back of the order
        ],
        1,
    );
    let found = made(&data, &touches, scope(), &Settings::default());
    assert_eq!(told(&found), ["AA -1", "B 0"]);
    assert_eq!(found.counts.too_early, 1, "the touch of day 60 is of the same journey, but too early");
    let short = made(&data, &touches, scope(), &Settings { lookback_days: 7, ..Settings::default() });
    assert_eq!(told(&short), ["A -1", "A -1", "B -1", "B -1"]);
    assert_eq!(short.counts.orders_without_touch, 1);
}

#[test]
fn what_a_file_ties_to_an_order_belongs_to_it() {
    // Order 2 is of nobody known.
    let data = shop(&[(0, 20, 100), (0, 40, 0), (u32::MAX, 50, 500)], 1);
    let touches = met(
        &[
            (0, 18, "A", "visit", NO_ORDER),
            (0, 21, "B", "visit", 0), // a little after the order, yet tied to it
            (0, 23, "A", "visit", 0), // long after it
            (0, 39, "B", "visit", 1), // tied to an order of no value
            (3, 45, "A", "visit", 2), // a visitor who bought
            (3, 46, "Direct", "visit", NO_ORDER),
        ],
        1,
    );
    let found = made(&data, &touches, scope(), &Settings::default());
    assert_eq!(told(&found), ["AB 0", "A 2", "Direct -1"]);
    assert_eq!((found.counts.of_other_orders, found.counts.orders_without_touch), (1, 0));
    assert_eq!(found.counts.after_order, 1);
    assert_eq!(found.paths.days_before(0).unwrap()[1], 0.0, "not before its order");
}

#[test]
fn what_makes_no_journey_is_counted() {
    let data = shop(&[(0, 20, 100), (1, 21, 200)], 2);
    let touches = met(
        &[
            (0, 18, "A", "email sent", NO_ORDER),
            (0, 18, "B", "ad_impression", NO_ORDER),
            (0, 19, "", "visit", NO_ORDER),
            (0, 19, "A", "visit", NO_ORDER),
            (1, 20, "A", "visit", NO_ORDER),
            (4, 20, "B", "visit", NO_ORDER),
        ],
        2,
    );
    let found = made(&data, &touches, scope(), &Settings::default());
    assert_eq!(told(&found), ["A 0", "A 1", "B -1"]);
    let counts = found.counts;
    assert_eq!((counts.sent, counts.seen, counts.no_channel, counts.used), (1, 1, 1, 3));
    let seen = made(&data, &touches, scope(), &Settings { impressions: true, ..Settings::default() });
    assert_eq!(told(&seen), ["BA 0", "A 1", "B -1"]);
    let second = Bits::from_indices(2, [1]);
    let some = made(&data, &touches, Scope { who: Some(&second), ..scope() }, &Settings::default());
    assert_eq!((told(&some), some.counts.outside_segment), (vec!["A 1".to_owned()], 5));
    let march = Scope { period: (Day(21), Day(40)), ..scope() };
    let of_period = made(&data, &touches, march, &Settings::default());
    assert_eq!((told(&of_period), of_period.counts.outside_period), (vec!["A 1".to_owned()], 2));
    for counts in [counts, seen.counts, some.counts, of_period.counts] {
        assert_eq!(counts.used + counts.left_out().iter().map(|out| out.1).sum::<u64>(), counts.touches);
    }
}

#[test]
fn a_shop_is_shared_out_with_its_scope() {
    let data = shop(&[(0, 20, 100), (1, 21, 250)], 2);
    let touches = met(&[(0, 18, "A", "visit", NO_ORDER), (0, 19, "B", "visit", NO_ORDER)], 2);
    let found = attribution(&touches, &data, &Definitions::default(), scope(), &Settings::default(), &Progress::none());
    let found = found.unwrap().unwrap();
    assert_eq!((found.orders, found.value, found.counts.value_without_touch), (1, 100.0, 250));
    assert_eq!((found.as_of, found.period, found.currency), (Some(Day(365)), Some(ALL), Some(Currency::USD)));
    assert!(found.channels.iter().all(|one| one.cost == Some(10)));
    let none = attribution(
        &Touches::default(),
        &data,
        &Definitions::default(),
        scope(),
        &Settings::default(),
        &Progress::none(),
    );
    assert_eq!(none.unwrap().unwrap_err().have, 0);
}
