//! Shops that tell little, or strange things: an interval or a reason, never a panic or silent nonsense.

use std::sync::Arc;

use cartwright::analytics::clv::{LifetimeValue, Model, Settings, Unfit, lifetime_value};
use cartwright::jobs::Progress;
use cartwright::model::dataset::*;
use cartwright::model::definitions::Definitions;
use cartwright::model::{Currency, Day};

/// Orders as (customer, day, total, refund), laid out as the workspace does. Customers without an order exist too.
fn shop(customers: u32, orders: &[(u32, i32, i64, i64)]) -> Dataset {
    let mut sorted = orders.to_vec();
    sorted.sort_unstable();
    let mut o = Orders::default();
    let mut r = Refunds::default();
    for (i, &(customer, day, total, refund)) in (0_u32..).zip(&sorted) {
        o.id.push(i + 1);
        o.customer.push(customer);
        o.placed_at.push(i64::from(day) * 86_400);
        o.day.push(Day(day));
        o.total.push(total);
        for money in [&mut o.tax, &mut o.shipping, &mut o.discount] {
            money.push(0);
        }
        o.status.push(0);
        o.flags.push(0);
        o.currency.push(0);
        o.channel.push(0);
        o.line_start.push(0);
        o.line_count.push(0);
        if refund > 0 {
            r.order.push(i);
            r.day.push(Day(day + 1));
            r.imported.push(Day(day + 1));
            r.amount.push(refund);
        }
    }
    o.by_customer = (0..=customers).map(|c| sorted.iter().filter(|d| d.0 < c).count() as u32).collect();
    let span = o.day.iter().min().copied().zip(o.day.iter().max().copied());
    let all = Customers {
        id: (1..=customers).collect(),
        created: vec![NO_DAY; customers as usize],
        country: vec![0; customers as usize],
    };
    Dataset {
        customers: Arc::new(all),
        orders: Arc::new(o),
        refunds: Arc::new(r),
        currencies: vec![Currency::USD],
        span,
        ..Default::default()
    }
}

fn value_on(data: &Dataset, as_of: i32, model: Model) -> Result<LifetimeValue, Unfit> {
    let settings = Settings { model, ..Settings::default() };
    lifetime_value(data, &Definitions::default(), Day(as_of), &settings, &Progress::none()).unwrap()
}

/// The value under every model; each figure of each customer must be sound.
fn sound(data: &Dataset, as_of: i32) -> Vec<LifetimeValue> {
    Model::ALL
        .iter()
        .map(|&model| {
            let value = value_on(data, as_of, model).unwrap_or_else(|e| panic!("{}: {e}", model.name()));
            for (_, customer) in value.base.buyers() {
                let o = value.base.with_intervals(customer);
                for e in [o.p_alive, o.orders, o.value, o.next_order] {
                    assert!(e.low <= e.value && e.value <= e.high, "{}: {customer:?} {o:?}", model.name());
                    assert!(e.value >= 0.0, "{}: {customer:?} {o:?}", model.name());
                }
                assert!(o.p_alive.high <= 1.0 && o.orders_range.0 <= o.orders_range.1);
            }
            let t = &value.totals;
            for e in [t.alive, t.orders, t.value] {
                assert!(e.value.is_finite() && e.low <= e.value && e.value <= e.high, "{}: {t:?}", model.name());
            }
            value
        })
        .collect()
}

fn too_little(data: &Dataset, as_of: i32) -> (u64, u64) {
    match value_on(data, as_of, Model::BgNbd) {
        Err(Unfit::TooLittle(missing)) => {
            assert!(missing.have < missing.need);
            (missing.have, missing.need)
        }
        other => panic!("{other:?}"),
    }
}

/// A plain shop of a few dozen customers, some of whom come back.
fn plain() -> Vec<(u32, i32, i64, i64)> {
    (0..60_u32)
        .flat_map(|c| {
            let start = 20_000 + (c as i32 * 7) % 200;
            (0..=c % 4).map(move |k| (c, start + k as i32 * (20 + c as i32 % 9), 2_000 + i64::from(c * 37 % 900), 0))
        })
        .collect()
}

#[test]
fn a_small_shop_gets_an_interval_and_hears_what_would_settle_it() {
    for value in sound(&shop(70, &plain()), 20_400) {
        assert!(value.totals.would_settle.is_some(), "{:?}", value.totals);
        assert_eq!(value.base.customers.len(), 70);
        assert_eq!(value.base.buyers().count(), 60, "customers without orders have no figures");
    }
}

#[test]
fn an_empty_shop_one_customer_and_one_time_buyers_are_too_little() {
    assert_eq!(too_little(&shop(0, &[]), 20_000), (0, 5));
    assert_eq!(too_little(&shop(3, &[]), 20_000), (0, 5));
    let one: Vec<_> = (0..500).map(|day| (0, 20_000 + day, 1_000, 0)).collect();
    assert_eq!(too_little(&shop(1, &one), 20_499), (1, 5));
    let once: Vec<_> = (0..300).map(|c| (c, 20_000 + c as i32, 1_000, 0)).collect();
    assert_eq!(too_little(&shop(300, &once), 20_400), (0, 5));
    let one_day: Vec<_> = (0..300).map(|i| (i / 3, 20_000, 1_000, 0)).collect();
    assert_eq!(too_little(&shop(100, &one_day), 20_000), (0, 5));
}

#[test]
fn a_frequency_of_500_is_a_customer_like_any_other() {
    let mut orders = plain();
    orders.extend((0..501).map(|day| (60, 19_900 + day, 1_500, 0)));
    for value in sound(&shop(61, &orders), 20_400) {
        let frequent = value.base.customers[60].unwrap();
        assert_eq!(frequent.buyer.x, 500);
        assert!(frequent.orders > 50.0, "{frequent:?}");
    }
}

#[test]
fn spend_below_zero_after_refunds_takes_no_part_in_the_model_of_spend() {
    let mut orders = plain();
    for order in orders.iter_mut().filter(|o| o.0 == 3) {
        order.3 = order.2;
    }
    for value in sound(&shop(60, &orders), 20_400) {
        assert_eq!(value.base.spend.without_value, 1);
        assert_eq!(value.base.customers[3].unwrap().buyer.repeat_spend, 0);
        assert!(value.base.customers[3].unwrap().value >= 0);
    }
}

#[test]
fn orders_after_the_as_of_day_are_not_seen() {
    let mut orders = plain();
    let before = value_on(&shop(60, &orders), 20_400, Model::BgNbd).unwrap();
    orders.extend((0..60).map(|c| (c, 30_000, 9_900, 0)));
    let after = value_on(&shop(60, &orders), 20_400, Model::BgNbd).unwrap();
    assert_eq!(before.base.customers, after.base.customers);
    assert_eq!(before.totals, after.totals);
}

#[test]
fn buyers_who_are_all_alike_or_never_stop_are_held_by_a_prior_that_is_said() {
    let alike: Vec<_> = (0..100_u32).flat_map(|c| (0..10).map(move |k| (c, 20_000 + k * 30, 1_000, 0))).collect();
    for value in sound(&shop(100, &alike), 20_280) {
        assert!(value.base.fit.parameters.held_by_prior.is_some(), "{:?}", value.base.fit);
    }
}

#[test]
fn the_sum_of_the_customers_is_the_total() {
    for value in sound(&shop(60, &plain()), 20_400) {
        let scale = 100.0;
        assert!((value.totals.value_minor as f64 / scale - value.totals.value.value).abs() < 0.5);
        let alive: f64 = value.base.buyers().map(|(_, c)| c.p_alive).sum();
        assert!((alive - value.totals.alive.value).abs() < 1e-9);
    }
}
