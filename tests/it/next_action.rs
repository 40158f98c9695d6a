//! Next best action: audiences, what they bring anyway, and the sum, against plain ones.

use cartwright::analytics::next_action::{ACTIONS, Assumptions, NextActions, rule_of};
use cartwright::analytics::revenue::Revenue;
use cartwright::analytics::rules::{Shop, Sieve};
use cartwright::jobs::Progress;
use cartwright::model::rule::Rule;
use cartwright::model::{Day, Segment};
use cartwright::ops::Session;

use crate::rules::sample_shop;

fn found(session: &mut Session, assumptions: &Assumptions) -> NextActions {
    session.next_actions(None, assumptions, &Progress::none()).unwrap().unwrap()
}

#[test]
fn every_rule_of_the_list_can_be_asked_and_every_segment_has_its_actions() {
    for action in ACTIONS {
        assert!(action.only.is_empty() || Rule::parse(action.only).is_ok(), "{}", action.only);
        let rule = rule_of(action);
        assert_eq!(rule.check(), Ok(()), "{}", action.key);
        assert!(action.only.is_empty() || matches!(&rule, Rule::All(parts) if parts.len() == 2), "{}", action.key);
        assert_eq!(ACTIONS.iter().filter(|other| other.key == action.key || other.name == action.name).count(), 1);
        assert!(action.messages > 0 && !action.about.ends_with('.'));
    }
    for segment in Segment::ALL {
        assert!(ACTIONS.iter().filter(|action| action.segment == segment).count() >= 3, "{segment:?}");
    }
}

#[test]
fn what_comes_anyway_is_what_such_customers_did_in_the_days_before() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let found = found(&mut session, &Assumptions::default());
    let table = session.segments(None, &Progress::none()).unwrap().unwrap();
    let sieve = session.sieve(None, &Progress::none()).unwrap();
    let then_day = Day(found.as_of.0 - 30);
    let shop = Shop { segment_rules: Some(table.rules), ..sieve.shop.clone() };
    let then = Sieve::new(shop.clone(), then_day, &Progress::none()).unwrap();
    let revenue = Revenue::new(&shop.data, &shop.definitions, found.as_of);
    let orders = &shop.data.orders;
    let mut told = 0;
    for one in &found.ranked {
        let members = sieve.members(&one.rule, &Progress::none()).unwrap().yes;
        assert_eq!(members, one.audience.members, "{}", one.action.key);
        let past = then.members(&one.rule, &Progress::none()).unwrap().yes;
        let Ok(anyway) = &one.anyway else {
            assert!(past.count() < 30);
            continue;
        };
        told += 1;
        let (mut buyers, mut sum) = (0, 0);
        for customer in past.iter() {
            let recent: Vec<usize> =
                orders.of_customer(customer as usize).filter(|&i| orders.day[i] > then_day).collect();
            buyers += u64::from(recent.iter().any(|&i| revenue.is_purchase(i)));
            for i in recent.into_iter().filter(|&i| revenue.is_counted(i)) {
                let refunds: i64 = revenue.refunds_of(i, i + 1).map(|r| revenue.refunded(r)).sum();
                sum += revenue.before_refunds(i) - refunds;
            }
        }
        assert_eq!(
            (anyway.customers, anyway.buyers, anyway.revenue),
            (past.count(), buyers, sum),
            "{}",
            one.action.key
        );
        let known = anyway.cost_known.is_some_and(|known| (0.8..=1.0).contains(&known));
        assert!(anyway.revenue == 0 || (known && anyway.margin.is_some_and(|m| (0.2..0.7).contains(&m))), "{anyway:?}");
    }
    assert!(told >= 8, "{told}");
}

#[test]
fn an_action_pays_from_its_break_even_lift_on_and_ranks_by_what_is_expected() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let usual = found(&mut session, &Assumptions::default());
    let at = |session: &mut Session, key: &str, lift: f64| {
        let assumptions = Assumptions { lift: (lift, lift, lift), ..Assumptions::default() };
        let found = found(session, &assumptions);
        found.ranked.into_iter().find(|one| one.action.key == key).unwrap().expected.unwrap()
    };
    let mut checked = 0;
    for one in usual.ranked.iter().filter(|one| one.reach > 0) {
        let Some((from, expected, to)) = one.expected else { continue };
        assert!(from <= expected && expected <= to, "{}", one.action.key);
        assert!(one.reach <= one.audience.members.count());
        let per_message = Assumptions::default().message;
        assert_eq!(one.cost, per_message * i64::try_from(one.reach).unwrap() * i64::from(one.action.messages));
        assert_eq!(one.given_away > 0, one.action.discount && one.anyway.as_ref().unwrap().revenue > 0);
        if let Some(lift) = one.break_even.filter(|_| checked < 3) {
            let (_, nothing, _) = at(&mut session, one.action.key, lift);
            assert!(nothing.abs() <= 2, "{}: {nothing} at {lift}", one.action.key);
            checked += 1;
        }
    }
    assert_eq!(checked, 3);
    for pair in usual.ranked.windows(2).filter(|pair| pair[0].action.segment == pair[1].action.segment) {
        let expected = |n: usize| pair[n].expected.map(|(_, expected, _)| expected);
        assert!(expected(0) >= expected(1), "{} before {}", pair[0].action.key, pair[1].action.key);
    }
}
