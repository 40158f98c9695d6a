//! What data say of assumptions, told a second time.

use cartwright::analytics::revenue::Revenue;
use cartwright::analytics::roi::{Given, Interval, Taken, taken};
use cartwright::jobs::Progress;
use cartwright::model::assumption::{ASSUMPTIONS, AssumptionId as Id};
use cartwright::model::{Currency, Dataset, Day, Definitions};
use proptest::prelude::*;

use crate::analytics::{Drawn, any_definitions, dataset, laid_out, orders};

fn of(data: &Dataset, definitions: &Definitions, as_of: Day) -> Taken {
    taken(data, definitions, as_of, &[], &Progress::none()).unwrap()
}

fn given(taken: &Taken, id: Id) -> &Given {
    &taken.values[&id]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn figures_of_a_shop_are_those_of_a_plain_count(drawn in orders(), definitions in any_definitions(), last in 19_100..20_050) {
        let (data, as_of) = (dataset(&drawn), Day(last));
        let found = of(&data, &definitions, as_of);
        for line in ASSUMPTIONS.iter().filter(|line| line.from_data.is_some()) {
            let given = given(&found, line.id);
            prop_assert!(!given.from.is_empty(), "{}", line.key);
            if let Some(value) = given.value {
                prop_assert!(line.allows(value), "{} {value}", line.key);
                if let Some((low, high)) = given.interval {
                    prop_assert!(line.allows(low) && line.allows(high) && low <= value && value <= high, "{}", line.key);
                }
            } else {
                prop_assert_eq!(given.interval, None);
            }
        }
        let Some((from, to)) = found.period else { return Ok(()) };
        let revenue = Revenue::new(&data, &definitions, as_of);
        let within = |i: &usize| (from..=to).contains(&data.orders.day[*i]);
        let all = 0..data.orders.id.len();
        let refunds = |i: usize| -> i64 {
            (0..data.refunds.order.len()).filter(|r| data.refunds.order[*r] as usize == i).map(|r| revenue.refunded(r)).sum()
        };
        let sum: i64 = all.clone().filter(within).filter(|i| revenue.is_counted(*i)).map(|i| revenue.before_refunds(i) - refunds(i)).sum();
        let bought = all.clone().filter(within).filter(|i| revenue.is_purchase(*i)).count();
        if let Some(aov) = given(&found, Id::Aov).value {
            prop_assert_eq!(given(&found, Id::Aov).n, bought as u64);
            prop_assert!((aov - sum as f64 / bought as f64 / 100.0).abs() < 1e-9);
        }
        if let Some(month) = given(&found, Id::Revenue).value {
            let months = given(&found, Id::Revenue).n as f64;
            prop_assert!((month * months - sum as f64 / 100.0).abs() < 1e-6);
            let first = |customer: usize| data.orders.of_customer(customer).find(|i| revenue.is_purchase(*i));
            let new = (0..data.customers.id.len()).filter_map(first).filter(within).count();
            prop_assert!((given(&found, Id::NewCustomers).value.unwrap() * months - new as f64).abs() < 1e-9);
        }
    }
}

#[test]
fn forty_days_of_history_tell_why_they_tell_nothing() {
    let drawn: Vec<Drawn> = (0..40).map(|n| (n as usize % 5, 20_400 + n, 5_000_i64, 0_i64, 0_u8, None)).collect();
    let data = dataset(&drawn);
    let found = of(&data, &Definitions::default(), Day(20_439));
    assert_eq!(found.values.len(), ASSUMPTIONS.iter().filter(|line| line.from_data.is_some()).count());
    for id in [Id::NewCustomers, Id::Investment, Id::Frequency, Id::Lifespan, Id::Growth, Id::RepeatRate] {
        let given = given(&found, id);
        assert_eq!(given.value, None, "{id:?}");
        assert!(given.from.contains("needed"), "{id:?}: {}", given.from);
    }
    assert_eq!(given(&found, Id::Frequency).from, "there are 40 days of history, at least 180 are needed");
}

#[test]
fn an_empty_shop_tells_nothing() {
    let found = of(&Dataset::default(), &Definitions::default(), Day(20_000));
    assert_eq!(found.period, None);
    assert!(found.values.values().all(|given| given.value.is_none() && !given.from.is_empty()));
}

#[test]
fn spend_in_a_currency_without_a_rate_is_said() {
    use cartwright::model::dataset::Spend;
    let drawn: Vec<Drawn> = (0..400).map(|n| (n as usize % 5, 20_000 + n, 5_000_i64, 0_i64, 0_u8, None)).collect();
    let spend = |currency: &str, day: i32, until: i32| Spend {
        day: Day(day),
        until: Day(until),
        channel: "Ads".into(),
        amount: 10_000,
        currency: Currency::parse(currency).unwrap(),
        origin: 1,
        campaign: 1,
    };
    let with = |spend: Vec<Spend>| {
        let mut data = dataset(&drawn);
        data.spend = spend.into();
        let found = of(&data, &Definitions::default(), Day(20_399));
        given(&found, Id::Investment).clone()
    };
    let chf = with(vec![spend("CHF", 20_300, 20_300)]);
    assert_eq!(chf.from, "there is spend in CHF without a rate; add it to the definitions");
    let usd = with(vec![spend("USD", 20_300, 20_300), spend("USD", 20_310, 20_310), spend("USD", 20_340, 20_340)]);
    assert_eq!((usd.value.unwrap(), usd.n), (150.0, 2), "{usd:?}");
    assert!(with(Vec::new()).from.starts_with("no ad spend of"));
    assert!(with(vec![spend("USD", 19_000, 20_300)]).from.contains("import it by day"));
}

#[test]
fn an_interval_covers_what_is_true() {
    // Customers with an order value of their own and one to four orders: the mean over all of them is known.
    use cartwright::analytics::math::chance::Chance;
    let (mut covered, mut told) = (0, 0);
    for seed in 0..60 {
        let mut chance = Chance::new(seed, 9);
        let mut drawn: Vec<Drawn> = Vec::new();
        for customer in 0..400 {
            let own = 3_000.0 * (0.5 * chance.normal()).exp();
            let n = 1 + (chance.even() * 4.0) as i32;
            for _ in 0..n {
                let value = (own * (0.2 * chance.normal()).exp()) as i64;
                drawn.push((customer, 20_000 + (chance.even() * 360.0) as i32, value, 0, 0, None));
            }
        }
        let definitions = Definitions::default();
        let found = of(&laid_out(&drawn, 400), &definitions, Day(20_400));
        let aov = given(&found, Id::Aov);
        assert_eq!(aov.how, Some(Interval::Differ));
        let truth = 30.0 * (0.125_f64 + 0.02).exp();
        let (low, high) = aov.interval.unwrap();
        told += 1;
        covered += i32::from(low <= truth && truth <= high);
    }
    assert!(covered >= 52 && covered <= told, "{covered} of {told}");
}
