//! Changes taken apart.

use proptest::prelude::*;

use super::super::*;
use super::{Made, dataset, definitions, orders};
use crate::analytics::revenue::Revenue;
use crate::jobs::Progress;
use crate::model::definitions::Definitions;
use crate::model::{ChannelNames, Dataset, Day, TooLittle, Zone};

const LATE: Day = Day(500);

fn told(data: &Dataset, definitions: &Definitions, settings: Settings) -> Result<Change, TooLittle> {
    let names = ChannelNames::default();
    let naming = Naming { channels: &names, rules: None };
    explain(data, definitions, LATE, &settings, &naming, &Progress::none()).unwrap()
}

fn settings(before: (i32, i32), after: (i32, i32), by: Dimension) -> Settings {
    let days = |(from, to): (i32, i32)| (Day(from), Day(to));
    Settings { before: days(before), after: days(after), by, rows: 2 }
}

fn amounts(parts: &[Part]) -> Vec<(Factor, i64)> {
    parts.iter().map(|part| (part.factor, part.amount)).collect()
}

/// Two customers of 20.00 become three of which one is new, with an order of 30.00 each and one that comes twice.
#[test]
fn a_small_change_by_hand() {
    let made = [
        Made::plain(0, 0, 2, 1_000),
        Made::plain(1, 1, 2, 1_000),
        Made::plain(0, 30, 3, 1_000),
        Made::plain(0, 31, 3, 1_000),
        Made::plain(1, 32, 3, 1_000),
        Made::plain(2, 33, 3, 1_000),
    ];
    let data = dataset(&made, Zone::UTC);
    // A first period before which both had bought, so that they return in both.
    let mut earlier = made.to_vec();
    earlier.extend([Made::plain(0, -40, 1, 1), Made::plain(1, -40, 1, 1)]);
    let known = dataset(&earlier, Zone::UTC);
    let change = told(&known, &Definitions::default(), settings((0, 29), (30, 59), Dimension::Newness)).unwrap();
    assert_eq!((change.before.revenue(), change.after.revenue(), change.amount()), (4_000, 12_000, 8_000));
    // Returning: 2 × 1 × 2,000 becomes 2 × 1.5 × 3,000: frequency 2 × 0.5 × 2,500, value 2 × 1.25 × 1,000.
    assert_eq!(
        amounts(&change.parts),
        [
            (Factor::NewCustomers, 3_000),
            (Factor::ReturningCustomers, 0),
            (Factor::OrdersPerCustomer, 2_500),
            (Factor::OrderValue, 2_500),
            (Factor::Refunds, 0),
        ]
    );
    let value = &change.parts[3];
    assert_eq!(
        amounts(&value.of),
        [(Factor::UnitsPerOrder, 2_500), (Factor::ListPrice, 0), (Factor::Discounts, 0)],
        "an order holds three units instead of two"
    );
    assert_eq!(change.calendar, Some(change_of_days(&known)), "30 days are four weeks and two days");
    // Where nothing is known of before, all buyers of the earlier period are new.
    let change = told(&data, &Definitions::default(), settings((0, 29), (30, 59), Dimension::Newness)).unwrap();
    assert_eq!((change.part(Factor::NewCustomers), change.part(Factor::ReturningCustomers)), (-2_500, 9_000));
    assert!(change.notes.contains(&Note::EarlyHistory(Day(0))));
}

/// What other numbers of days of the week made of it, added up by weekday.
fn change_of_days(data: &Dataset) -> i64 {
    let change = told(data, &Definitions::default(), settings((0, 29), (30, 59), Dimension::Weekday)).unwrap();
    change.rows.iter().map(|row| row.part(Factor::Days)).sum()
}

#[test]
fn the_calendar_is_told_where_a_month_is_longer() {
    // One order of 10.00 on each day of 30 days, then of 31: nothing but the calendar moved.
    let made: Vec<Made> = (0..61).map(|day| Made::plain(0, day, 1, 1_000)).collect();
    let data = dataset(&made, Zone::UTC);
    let change = told(&data, &Definitions::default(), settings((0, 29), (30, 60), Dimension::Weekday)).unwrap();
    assert_eq!((change.amount(), change.calendar), (1_000, Some(1_000)));
    assert!(change.rows.iter().all(|row| row.parts.iter().all(|part| part.amount == 0 || part.factor == Factor::Days)));
    let same = told(&data, &Definitions::default(), settings((0, 27), (28, 55), Dimension::Weekday)).unwrap();
    assert_eq!(same.calendar, None, "four whole weeks each");
    let said = said::notes(&change, crate::model::Locale::En);
    assert_eq!(said[0], "31 days against 30 days: the calendar alone made +$10.00 of it");
}

#[test]
fn prices_discounts_and_mix_are_told_apart() {
    // The price of the one product rises from 10 to 12, a tenth is taken off, and a second one is new.
    let mut after = Made::plain(0, 30, 1, 1_200);
    after.lines[0].3 = 120;
    let mut fresh = Made::plain(0, 31, 1, 500);
    fresh.lines[0].0 = 1;
    let data = dataset(&[Made::plain(0, 0, 1, 1_000), after, fresh], Zone::UTC);
    let change = told(&data, &Definitions::default(), settings((0, 29), (30, 59), Dimension::Product)).unwrap();
    let old = change.rows.iter().find(|row| row.product == Some(0)).unwrap();
    // 1 of 1 unit at 10.00 becomes 1 of 2 at 12.00 less a tenth.
    let sum: i64 = old.parts.iter().map(|part| part.amount).sum();
    assert_eq!((old.amount(), sum), (80, 80));
    assert!(old.part(Factor::Volume) > 0 && old.part(Factor::Mix) < 0);
    assert!(old.part(Factor::ListPrice) > 0 && old.part(Factor::Discounts) < 0);
    let new = change.rows.iter().find(|row| row.product == Some(1)).unwrap();
    assert_eq!(amounts(&new.parts).iter().filter(|part| part.1 != 0).count(), 2, "volume and mix only: {new:?}");
    assert_eq!(new.part(Factor::Volume) + new.part(Factor::Mix), 500);
    // By customers the price is told too.
    let value = change.parts.iter().find(|part| part.factor == Factor::OrderValue).unwrap();
    assert_eq!(value.of.iter().map(|part| part.amount).sum::<i64>(), value.amount);
}

#[test]
fn a_period_without_orders_is_too_little() {
    let data = dataset(&[Made::plain(0, 40, 1, 1_000)], Zone::UTC);
    let ask = |before, after| told(&data, &Definitions::default(), settings(before, after, Dimension::Newness));
    assert_eq!(ask((0, 29), (30, 59)).unwrap_err().what, "orders in the earlier period");
    assert_eq!(ask((30, 59), (60, 89)).unwrap_err().what, "orders in the later period");
    assert!(ask((59, 30), (30, 59)).is_err(), "a period that ends before it begins");
}

/// Revenue of a period, order by order.
fn revenue(data: &Dataset, definitions: &Definitions, (from, to): (Day, Day)) -> i64 {
    let revenue = Revenue::new(data, definitions, LATE);
    let within = |i: usize| from <= data.orders.day[i] && data.orders.day[i] <= to;
    let sold: i64 = (0..data.orders.id.len())
        .filter(|&i| within(i) && revenue.is_counted(i))
        .map(|i| revenue.before_refunds(i))
        .sum();
    let back: i64 = (0..data.refunds.order.len())
        .filter(|&r| within(data.refunds.order[r] as usize))
        .map(|r| revenue.refunded(r))
        .sum();
    sold - back
}

fn add_up(parts: &[Part], amount: i64) -> Result<(), TestCaseError> {
    prop_assert_eq!(parts.iter().map(|part| part.amount).sum::<i64>(), amount);
    for part in parts.iter().filter(|part| !part.of.is_empty()) {
        add_up(&part.of, part.amount)?;
    }
    Ok(())
}

proptest! {
    #[test]
    fn parts_and_rows_add_up_by_every_dimension(made in orders(), definitions in definitions(), cut in 20_i32..90, end in 90_i32..130) {
        let data = dataset(&made, definitions.zone);
        for by in Dimension::ALL {
            let settings = settings((0, cut), (cut + 1, end), by);
            let Ok(change) = told(&data, &definitions, settings) else { continue };
            prop_assert_eq!(change.before.revenue(), revenue(&data, &definitions, settings.before));
            prop_assert_eq!(change.after.revenue(), revenue(&data, &definitions, settings.after));
            add_up(&change.parts, change.amount())?;
            prop_assert_eq!(change.rows.iter().map(Row::amount).sum::<i64>(), change.amount());
            prop_assert!(change.rows.len() <= 8);
            let orders: u64 = change.rows.iter().map(|row| row.after.orders).sum();
            prop_assert!(by.is_of_lines() || orders == change.after.orders);
            for row in &change.rows {
                add_up(&row.parts, row.amount())?;
            }
            prop_assert!(change.share().is_none_or(f64::is_finite));
        }
    }

    #[test]
    fn swapping_the_periods_turns_every_sign(made in orders(), definitions in definitions(), cut in 20_i32..90) {
        let data = dataset(&made, definitions.zone);
        for by in Dimension::ALL {
            let (one, two) = ((0, cut), (cut + 1, 125));
            // Segments come from cut-offs of the later period, so that swapping changes who is in which.
            if by == Dimension::Segment {
                continue;
            }
            let there = told(&data, &definitions, settings(one, two, by));
            let back = told(&data, &definitions, settings(two, one, by));
            let (Ok(there), Ok(back)) = (there, back) else { continue };
            let turned = |parts: &[Part]| amounts(parts).iter().map(|(factor, n)| (*factor, -n)).collect::<Vec<_>>();
            prop_assert_eq!(amounts(&there.parts), turned(&back.parts));
            for (a, b) in there.parts.iter().zip(&back.parts) {
                prop_assert_eq!(amounts(&a.of), turned(&b.of));
            }
            prop_assert_eq!(there.calendar.map(|n| -n), back.calendar);
        }
    }

    /// New customers, returning ones and orders without a customer, told a second time with all orders of replacing
    /// factors.
    #[test]
    fn agrees_with_a_naive_second_telling(made in orders(), cut in 30_i32..90) {
        let definitions = Definitions::default();
        let data = dataset(&made, definitions.zone);
        let asked = settings((0, cut), (cut + 1, 125), Dimension::Newness);
        let Ok(change) = told(&data, &definitions, asked) else { return Ok(()) };
        let revenue = Revenue::new(&data, &definitions, LATE);
        let mut expected = std::collections::BTreeMap::<&str, f64>::new();
        for group in ["new", "returning"] {
            let side = |(from, to): (Day, Day)| {
                let (mut customers, mut orders, mut gross) = (0.0, 0.0, 0.0);
                for customer in 0..data.customers.id.len() {
                    let bought: Vec<usize> = data.orders.of_customer(customer).filter(|&i| revenue.is_purchase(i)).collect();
                    let Some(&first) = bought.first() else { continue };
                    let is_new = data.orders.day[first] >= from;
                    let inside: Vec<usize> =
                        bought.into_iter().filter(|&i| from <= data.orders.day[i] && data.orders.day[i] <= to).collect();
                    if inside.is_empty() || is_new != (group == "new") {
                        continue;
                    }
                    customers += 1.0;
                    orders += inside.len() as f64;
                    gross += inside.iter().map(|&i| revenue.before_refunds(i) as f64).sum::<f64>();
                }
                [customers, orders, gross]
            };
            let ([n0, o0, g0], [n1, o1, g1]) = (side(asked.before), side(asked.after));
            if o0 == 0.0 || o1 == 0.0 {
                *expected.entry(group).or_default() += g1 - g0;
                continue;
            }
            let (a, b) = ([n0, o0 / n0, g0 / o0], [n1, o1 / n1, g1 / o1]);
            for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
                let mut state = a;
                for k in order {
                    let was: f64 = state.iter().product();
                    state[k] = b[k];
                    let added = (state.iter().product::<f64>() - was) / 6.0;
                    *expected.entry([group, "frequency", "value"][k]).or_default() += added;
                }
            }
        }
        // Of orders without a customer there are only their number and their value.
        let side = |(from, to): (Day, Day)| {
            let within = |i: &usize| revenue.is_purchase(*i) && from <= data.orders.day[*i] && data.orders.day[*i] <= to;
            let inside: Vec<i64> = data.orders.unidentified().filter(within).map(|i| revenue.before_refunds(i)).collect();
            (inside.len() as f64, inside.iter().sum::<i64>() as f64)
        };
        let ((o0, g0), (o1, g1)) = (side(asked.before), side(asked.after));
        if o0 == 0.0 || o1 == 0.0 {
            expected.insert("nameless", g1 - g0);
        } else {
            expected.insert("nameless", (o1 - o0) * (g0 / o0 + g1 / o1) / 2.0);
            *expected.entry("value").or_default() += (g1 / o1 - g0 / o0) * (o0 + o1) / 2.0;
        }
        let got = |factor| change.part(factor) as f64;
        // A cent of rounding for each of the groups.
        let near = |name: &str, value: f64| (expected.get(name).copied().unwrap_or(0.0) - value).abs() <= 2.0;
        prop_assert!(near("new", got(Factor::NewCustomers)));
        prop_assert!(near("returning", got(Factor::ReturningCustomers)));
        prop_assert!(near("frequency", got(Factor::OrdersPerCustomer)));
        prop_assert!(near("nameless", got(Factor::NamelessOrders)));
        prop_assert!(near("value", got(Factor::OrderValue)));
    }
}
