//! Segments worth a look, with cut-offs from the shop's own percentiles.

use super::sieve::Sieve;
use crate::analytics::facts::CustomerFacts;
use crate::model::rule::{Condition, FieldId, Rule, Test, Window};

/// A segment that could be saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// A name for it.
    pub name: &'static str,
    /// Where its cut-off comes from.
    pub why: String,
    /// Its rule.
    pub rule: Rule,
}

/// Fewer buyers than this have no percentiles worth the name.
const LEAST_BUYERS: usize = 50;

/// Suggestions for the shop; none when too few bought.
pub fn suggestions(sieve: &Sieve) -> Vec<Suggestion> {
    let buyers: Vec<&CustomerFacts> = sieve.facts.iter().filter(|facts| facts.orders > 0).collect();
    if buyers.len() < LEAST_BUYERS {
        return Vec::new();
    }
    let percentile = |share: f64, value: &dyn Fn(&CustomerFacts) -> i64| {
        let mut values: Vec<i64> = buyers.iter().map(|facts| value(facts)).collect();
        let rank = ((values.len() as f64 * share).ceil() as usize).clamp(1, values.len()) - 1;
        *values.select_nth_unstable(rank).1
    };
    let currency = sieve.shop.definitions.currency;
    let spend = currency.major(percentile(0.90, &|facts| facts.revenue));
    let average = currency.major(percentile(0.75, &|facts| facts.revenue / i64::from(facts.orders)));
    let orders = percentile(0.90, &|facts| i64::from(facts.orders)).max(2);
    let age = |facts: &CustomerFacts| i64::from(sieve.as_of.0 - facts.last.0);
    let quiet = u32::try_from(percentile(0.75, &age)).unwrap_or(0).max(1);
    let lately = u32::try_from(percentile(0.25, &age)).unwrap_or(0).max(1);
    let is = Rule::is;
    let mut found = vec![
        Suggestion {
            name: "Top spenders",
            why: "Spend reached by one buyer in ten".into(),
            rule: is(FieldId::Spend, Test::AtLeast(spend)),
        },
        Suggestion {
            name: "Frequent buyers",
            why: "Orders reached by about one buyer in ten".into(),
            rule: is(FieldId::Orders, Test::AtLeast(orders as f64)),
        },
        Suggestion {
            name: "Large baskets",
            why: "Spend per order reached by one buyer in four".into(),
            rule: is(FieldId::OrderAverage, Test::AtLeast(average)),
        },
        Suggestion {
            name: "Bought lately",
            why: "Days within which a quarter of all buyers ordered last".into(),
            rule: is(FieldId::LastOrder, Test::WithinDays(lately)),
        },
        Suggestion {
            name: "Good ones gone quiet",
            why: "Three quarters of all buyers ordered later than these top spenders".into(),
            rule: Rule::All(vec![
                is(FieldId::Spend, Test::AtLeast(spend)),
                is(FieldId::LastOrder, Test::DaysAgo(quiet)),
            ]),
        },
        Suggestion {
            name: "Once and no more",
            why: "One order, as long ago as the last order of a quarter of all buyers".into(),
            rule: Rule::All(vec![
                is(FieldId::Orders, Test::Exactly(1.0)),
                is(FieldId::LastOrder, Test::DaysAgo(quiet)),
            ]),
        },
        Suggestion {
            name: "Full price only",
            why: "Two or more orders in a year, none on sale".into(),
            rule: Rule::All(vec![
                within(FieldId::Orders, Test::AtLeast(2.0), 365),
                within(FieldId::SaleShare, Test::Exactly(0.0), 365),
            ]),
        },
        Suggestion {
            name: "Sale only",
            why: "Two or more orders in a year, all on sale".into(),
            rule: Rule::All(vec![
                within(FieldId::Orders, Test::AtLeast(2.0), 365),
                within(FieldId::SaleShare, Test::Exactly(1.0), 365),
            ]),
        },
    ];
    if !sieve.shop.details.carts.is_empty() {
        found.push(Suggestion {
            name: "Left a cart",
            why: "A cart within 30 days, no order since then".into(),
            rule: Rule::All(vec![
                is(FieldId::LastCart, Test::WithinDays(30)),
                // Not “last order more than 30 days ago”: nobody knows that of those who never ordered.
                within(FieldId::Orders, Test::Exactly(0.0), 30),
            ]),
        });
    }
    found
}

fn within(field: FieldId, test: Test, days: u32) -> Rule {
    Rule::Where(Condition { field, of: None, test, only: Vec::new(), within: Some(Window::LastDays(days)) })
}
