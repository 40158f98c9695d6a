//! Ties, told a second time by looking through everything for every row.

use std::collections::BTreeMap;

use cartwright::import::plan::Choices;
use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
struct Told {
    minute: u32,
    email: Option<u8>,
    visitor: Option<u8>,
    order: Option<u8>,
    channel: u8,
}

fn told() -> impl Strategy<Value = Vec<Told>> {
    let some = |n: u8| prop::option::of(0..n);
    let row = (0_u32..5_000, some(5), some(4), some(5), 0_u8..3)
        .prop_map(|(minute, email, visitor, order, channel)| Told { minute, email, visitor, order, channel });
    let named =
        row.prop_filter("names somebody", |row| row.email.is_some() || row.visitor.is_some() || row.order.is_some());
    prop::collection::vec(named, 1..40)
}

/// Orders 0–3 of customers 0, 1, nobody and 1; order 4 and customers above 1 are in no file.
const BUYERS: [Option<u8>; 4] = [Some(0), Some(1), None, Some(1)];

fn orders_file() -> String {
    let row = |(n, buyer): (usize, &Option<u8>)| {
        let email = buyer.map_or(String::new(), |who| format!("c{who}@example.com"));
        format!("K{n},2026-02-0{} 10:00,{email},P1,Pot,1,10.00,USD\n", n + 1)
    };
    let rows: String = BUYERS.iter().enumerate().map(row).collect();
    format!("order_id,created_at,email,sku,title,qty,unit_price,currency\n{rows}")
}

fn touches_file(rows: &[Told]) -> String {
    let mut text = String::from("timestamp,email,visitor_id,order_id,channel,type\n");
    for row in rows {
        let or = |text: Option<String>| text.unwrap_or_default();
        text.push_str(&format!(
            "{},{},{},{},channel {},visit\n",
            1_767_225_600 + i64::from(row.minute) * 60,
            or(row.email.map(|who| format!("C{who}@example.com"))),
            or(row.visitor.map(|who| format!("v{who}"))),
            or(row.order.map(|n| format!("#k{n}"))),
            row.channel
        ));
    }
    text
}

/// Who a row is of: customers by their number, visitors from 10, buyers without identity from 20.
fn person(row: &Told, rows: &[Told]) -> Option<u8> {
    let known = |row: &Told| {
        let buyer = row.order.and_then(|n| *BUYERS.get(usize::from(n))?);
        row.email.filter(|who| *who < 2).or(buyer)
    };
    if let Some(who) = known(row) {
        return Some(who);
    }
    if let Some(visitor) = row.visitor {
        let mut named: Vec<(u32, u8)> = rows
            .iter()
            .filter(|other| other.visitor == Some(visitor))
            .filter_map(|other| Some((other.minute, known(other)?)))
            .collect();
        named.sort_unstable();
        let next = named.iter().find(|(minute, _)| *minute >= row.minute).or(named.last());
        return Some(next.map_or(10 + visitor, |(_, who)| *who));
    }
    let order = row.order.filter(|n| *n == 2)?;
    let says_who = |other: &&Told| known(other).is_some() || other.visitor.is_some();
    let named = rows.iter().find(|other| other.order == Some(2) && says_who(other));
    Some(named.and_then(|other| person(other, rows)).unwrap_or(20 + order))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn ties_are_those_of_a_naive_reading(rows in told(), first in any::<bool>()) {
        let folder = tempfile::tempdir().unwrap();
        let mut session = new_shop(folder.path());
        let orders = written(folder.path(), "orders.csv", &orders_file());
        let file = written(folder.path(), "touches.csv", &touches_file(&rows));
        let choices = Choices { table: Some(cartwright::import::field::TableKind::Touches), ..Choices::default() };
        let load = |session: &mut Session| {
            let plan = session.plan(&preview(&file, &choices, &Progress::none()).unwrap(), &choices).unwrap();
            session.import(&plan, &choices, &Progress::none()).unwrap();
        };
        if first { load(&mut session) }
        import(&mut session, &orders);
        if !first { load(&mut session) }
        let found = touches(&mut session);
        // The same row twice is one; people are compared by what each did.
        let mut kept: Vec<&Told> = Vec::new();
        for row in &rows {
            let key = |row: &Told| (row.minute, row.email, row.visitor, row.order, row.channel);
            if kept.iter().all(|other| key(other) != key(row)) {
                kept.push(row);
            }
        }
        let mut expected: BTreeMap<u8, Vec<(i64, String)>> = BTreeMap::new();
        let mut nobody = 0;
        for row in &kept {
            match person(row, &rows) {
                Some(who) => {
                    let at = 1_767_225_600 + i64::from(row.minute) * 60;
                    expected.entry(who).or_default().push((at, format!("channel {}", row.channel)));
                }
                None => nobody += 1,
            }
        }
        let mut expected: Vec<_> = expected.into_values().collect();
        expected.iter_mut().for_each(|all| all.sort());
        expected.sort();
        let mut read: Vec<Vec<(i64, String)>> = found
            .by_person()
            .map(|range| {
                let one = |i: usize| (found.at[i], found.channels[usize::from(found.channel[i])].clone());
                let mut all: Vec<_> = range.map(one).collect();
                all.sort();
                all
            })
            .collect();
        read.sort();
        prop_assert_eq!(read, expected);
        prop_assert_eq!(found.tied.nobody, nobody);
        let tied = found.tied;
        let all = tied.by_customer + tied.by_order + tied.by_visitor + tied.unknown_visitors + tied.nobody;
        prop_assert_eq!(all, kept.len() as u64);
    }
}
