//! Cells told a second time, and small shops of which the answer is known.

use proptest::prelude::*;

use super::super::*;
use super::{DAY, Made, naive};
use crate::model::Day;

fn figure(evidence: &Evidence, name: &str) -> Option<Quantity> {
    evidence.facts.iter().find(|fact| fact.name == name).map(|fact| fact.value)
}

/// Ads and abandoned carts by brute force.
pub fn agree(made: &Made, journey: &Journey, period: (Day, Day), within: u32) -> Result<(), TestCaseError> {
    let (first, end) = (i64::from(period.0.0) * DAY, ((i64::from(period.1.0) + 1) * DAY).min(61 * DAY));
    let t = &made.touches;
    let is_ad = |i: &usize| t.channel[*i] == 0 && t.kind[*i] != 1 && t.at[*i] >= first && t.at[*i] < end;
    let ads = journey.cell("personalized_ads").unwrap();
    let count = (0..t.person.len()).filter(is_ad).count() as u64;
    prop_assert_eq!(ads.volume.as_ref().map_or(0, |volume| volume.count), count);
    if count > 0 {
        prop_assert_eq!(ads.cost, Some(25 * count as i64));
        let all = naive::facts(made, 61 * DAY);
        let mut people: Vec<u32> = (0..t.person.len()).filter(is_ad).map(|i| t.person[i]).collect();
        people.dedup();
        let conversion = ads.conversion.as_ref().unwrap();
        let knows_looks = all.iter().flatten().any(|fact| fact.1 == 1);
        let (mut had, mut moved) = (0, 0);
        for person in people {
            let came =
                (0..t.person.len()).filter(is_ad).filter(|i| t.person[*i] == person).map(|i| t.at[i]).min().unwrap();
            let until = came + i64::from(within) * DAY;
            if until > 61 * DAY {
                continue;
            }
            had += 1;
            let reached =
                |fact: &&(i64, usize)| fact.1 >= if knows_looks { 1 } else { 3 } && fact.0 >= came && fact.0 <= until;
            moved += u64::from(all[person as usize].iter().any(|fact| reached(&fact)));
        }
        prop_assert_eq!((conversion.people, conversion.moved), (had, moved));
        // The last touch before each order, of whatever channel.
        let orders = &made.data.orders;
        let mut by_ads = 0;
        for i in (0..orders.id.len()).filter(|&i| orders.total.get(i) > 0 && orders.customer[i] < 6) {
            let at = orders.placed_at[i];
            let theirs = (0..t.person.len()).filter(|&j| t.person[j] == orders.customer[i] && t.kind[j] != 1);
            let last = theirs
                .filter(|&j| t.at[j] <= at && at - t.at[j] <= i64::from(within) * DAY)
                .max_by_key(|&j| (t.at[j], j));
            let in_period = orders.day[i] >= period.0 && orders.day[i] <= period.1;
            by_ads += u64::from(in_period && last.is_some_and(|j| t.channel[j] == 0));
        }
        prop_assert_eq!(ads.followed.unwrap().orders, by_ads);
    }
    let left = journey.cell("abandoned_cart").unwrap();
    let orders = &made.data.orders;
    // The order that took a cart up; several carts of one order are one.
    let order_of = |cart: &crate::model::signals::CartSeen| {
        let took = |i: &usize| {
            let time = orders.placed_at[*i] - cart.at;
            orders.customer[*i] == cart.customer && orders.total.get(*i) > 0 && (0..=7 * DAY).contains(&time)
        };
        (0..orders.id.len()).filter(took).min_by_key(|i| (orders.placed_at[*i], *i))
    };
    let carts = || made.signals.carts.iter().filter(|cart| cart.at >= first && cart.at < end);
    let recovered: std::collections::BTreeSet<usize> = carts().filter_map(order_of).collect();
    let lost = carts().filter(|cart| order_of(cart).is_none() && cart.at + 7 * DAY <= 61 * DAY).count();
    if let Some(volume) = &left.volume {
        prop_assert_eq!(volume.count, (recovered.len() + lost) as u64);
        prop_assert_eq!(left.conversion.as_ref().unwrap().moved, recovered.len() as u64);
    }
    Ok(())
}

#[test]
fn ads_cost_what_their_touches_cost_and_lead_where_they_lead() {
    let made = Made::new(2, &[(Some(0), 3 * DAY, 5_000, 0)])
        .touches(1, &[(0, DAY, 0, 0, 1), (0, 2 * DAY, 1, 0, 1), (1, DAY, 0, 0, 1), (2, DAY, 0, 0, 2)])
        .looks(&[(0, 2 * DAY)]);
    let journey = made.journey(Day(90), (Day(0), Day(30)), 30);
    let ads = journey.cell("personalized_ads").unwrap();
    assert_eq!((ads.state, ads.cost, ads.cost_each), (State::Measured, Some(75), Some(25.0)));
    assert_eq!(ads.channels, ["Paid search"]);
    let mail = journey.cell("email_campaigns").unwrap();
    assert_eq!(mail.followed.map(|followed| (followed.orders, followed.revenue)), Some((1, 5_000)));
    assert_eq!(ads.conversion.as_ref().and_then(|conversion| conversion.rate), Some(1.0 / 3.0));
    assert_eq!(journey.stages[0].count, Some(3));
    assert_eq!(journey.cell("social_media").unwrap().reason, "No visits imported");
}

#[test]
fn checkouts_finish_within_a_day_and_carts_are_recovered_within_seven() {
    let hour = 3_600;
    // A cart that is bought in an hour, one bought after three days, one never; one order without a cart.
    let made = Made::new(4, &[(Some(0), hour, 1_000, 0), (Some(1), 3 * DAY, 2_000, 0), (Some(3), DAY, 500, 0)])
        .carts(&[(0, 0), (1, 0), (2, 0)]);
    let journey = made.journey(Day(90), (Day(0), Day(30)), 30);
    let checkout = journey.cell("checkout").unwrap();
    // Four begun with a cart or an order, the late order a new one: 3 of 5.
    assert_eq!(checkout.volume.as_ref().map(|volume| volume.count), Some(5));
    assert_eq!(checkout.headline[0], Piece::Value(Quantity::Share(0.6)));
    assert_eq!(checkout.beside[1], Piece::Value(Quantity::Seconds(3_600.0)));
    let left = journey.cell("abandoned_cart").unwrap();
    assert_eq!(left.headline[0], Piece::Value(Quantity::Share(2.0 / 3.0)));
    assert_eq!(left.followed.map(|followed| followed.revenue), Some(3_000));
}

#[test]
fn reorders_are_due_after_the_own_interval_and_a_quarter() {
    let at = |day: i64| day * DAY;
    // Every 20 days: due by day 65, and by day 85 after the fourth.
    let in_time =
        [(Some(0), at(0), 100, 0), (Some(0), at(20), 100, 0), (Some(0), at(40), 100, 0), (Some(0), at(64), 700, 0)];
    let late =
        [(Some(1), at(0), 100, 0), (Some(1), at(20), 100, 0), (Some(1), at(40), 100, 0), (Some(1), at(66), 100, 0)];
    let made = Made::new(2, &[in_time, late].concat());
    let journey = made.journey(Day(80), (Day(60), Day(70)), 30);
    let found = journey.cell("replenishment").unwrap();
    assert_eq!(found.headline[0], Piece::Value(Quantity::Share(0.5)));
    assert_eq!(found.followed.map(|followed| followed.revenue), Some(700));
    assert_eq!(figure(found, "Median usual interval"), Some(Quantity::Seconds(20.0 * DAY as f64)));
}

#[test]
fn ways_to_pay_and_members_are_read_from_what_files_keep() {
    let orders: Vec<super::Order> = (0..10).map(|n| (Some(n % 5), i64::from(n) * DAY, 1_000, 0)).collect();
    let mut made = Made::new(5, &orders);
    let wallet = made.details.texts.number("Wallet");
    let card = made.details.texts.number("Card");
    let values = (0..10).map(|order| (order, if order < 7 { wallet } else { card })).collect();
    made.details.order_attributes.insert("Payment_Method".into(), values);
    made.details.tags.insert("Loyalty".into(), vec![0, 1]);
    let journey = made.journey(Day(30), (Day(0), Day(30)), 10);
    let payment = journey.cell("payment").unwrap();
    assert_eq!((payment.state, figure(payment, "Wallet")), (State::Measured, Some(Quantity::Share(0.7))));
    let loyalty = journey.cell("loyalty").unwrap();
    assert_eq!(loyalty.headline[0], Piece::Value(Quantity::Share(0.4)));
    assert_eq!(figure(loyalty, "Orders of a member"), Some(Quantity::Number(2.0)));
}

#[test]
fn own_touchpoints_are_measured_by_what_is_linked_to_them() {
    let mut made = Made::new(2, &[(Some(0), 3 * DAY, 5_000, 0)]).touches(0, &[(0, DAY, 2, 0, 0), (1, DAY, 2, 3, 0)]);
    let own = made.matrix.add(crate::model::journey::Stage::Consideration, "Look book");
    let journey = made.journey(Day(60), (Day(0), Day(30)), 20);
    assert_eq!(journey.cell(&own).unwrap().reason, "Nothing of the data is linked to it");
    made.matrix.cell_mut(&own).unwrap().links =
        Some(crate::model::journey::Links { channels: vec!["organic SOCIAL".into()], ..Default::default() });
    let journey = made.journey(Day(60), (Day(0), Day(30)), 20);
    assert_eq!(journey.cell(&own).unwrap().volume.as_ref().map(|volume| volume.count), Some(2));
    let compare = journey.cell("comparison_tools").unwrap();
    assert_eq!((compare.state, compare.volume.as_ref().map(|v| v.count)), (State::Measured, Some(1)));
}

#[test]
fn an_order_belongs_to_one_channel_and_typed_figures_are_marked() {
    let mut made = Made::new(
        4,
        &[
            (Some(0), 3 * DAY, 6_000, 0),
            (Some(1), 3 * DAY, 1_000, 0),
            (Some(2), 3 * DAY, 2_000, 0),
            (Some(3), DAY, 1_000, 0),
        ],
    )
    .touches(1, &[(0, DAY, 1, 0, 1), (1, DAY, 1, 0, 1), (1, 2 * DAY, 0, 0, 1), (4, DAY, 2, 0, 0)]);
    // 0 by mail, 1 by an ad, 2 in the shop, 3 by nothing.
    made.data.labels = std::sync::Arc::new(vec![String::new(), "POS terminal".into()]);
    let mut orders = (*made.data.orders).clone();
    orders.channel = vec![0, 0, 1, 0];
    made.data.orders = std::sync::Arc::new(orders);
    let mut table = crate::model::Omnichannel::default();
    table.channel_mut("app").unwrap().usage = Some(0.2);
    table.channel_mut("social").unwrap().hidden = true;
    let as_of = Day(60);
    let (shop, trail) = (made.shop(as_of), made.trail(as_of));
    let found = omnichannel(&shop, &trail, &table, (Day(0), Day(30)), 30, &crate::jobs::Progress::none()).unwrap();
    assert_eq!((found.active, found.rows.len()), (4, 5));
    let row = |id: &str| found.rows.iter().find(|row| row.id == id).unwrap();
    let money = ["website", "app", "email", "sms_push", "store"].map(|id| row(id).amount);
    assert_eq!(money, [2_000, 0, 6_000, 0, 2_000]);
    assert_eq!((row("email").usage.value, row("store").revenue.value), (Some(0.5), Some(0.2)));
    assert_eq!((row("app").usage.value, row("app").usage.is_typed, row("app").usage.data), (Some(0.2), true, None));
    assert_eq!(row("sms_push").revenue.value, None, "nobody can tell");
}
