//! Laws of logic that rules keep, whatever the conditions.

use cartwright::analytics::rules::{Bits, overlap};
use cartwright::jobs::Progress;
use cartwright::model::rule::{Library, Rule};
use proptest::prelude::*;

use super::{RULES, odd_shop};

/// Trees over the rules of these tests.
fn rules() -> impl Strategy<Value = Rule> {
    let leaf = (0..RULES.len()).prop_map(|at| Rule::parse(RULES[at]).unwrap());
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Rule::All),
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Rule::Any),
            inner.prop_map(|rule| Rule::Not(Box::new(rule))),
        ]
    })
}

fn not(rule: Rule) -> Rule {
    Rule::Not(Box::new(rule))
}

#[test]
fn groups_keep_the_laws_of_logic() {
    let folder = tempfile::tempdir().unwrap();
    let sieve = odd_shop(folder.path()).sieve(None, &Progress::none()).unwrap();
    let of = |rule: &Rule| sieve.members(rule, &Progress::none()).unwrap();
    proptest!(ProptestConfig::with_cases(300), |(a in rules(), b in rules())| {
        let both = Rule::All(vec![a.clone(), b.clone()]);
        let either = Rule::Any(vec![a.clone(), b.clone()]);
        // De Morgan, of what is true and of what is unknown.
        prop_assert_eq!(of(&not(both.clone())), of(&Rule::Any(vec![not(a.clone()), not(b.clone())])));
        prop_assert_eq!(of(&not(either.clone())), of(&Rule::All(vec![not(a.clone()), not(b.clone())])));
        prop_assert_eq!(of(&not(not(a.clone()))), of(&a));
        let (yes, no, unknown) = (of(&a).yes, of(&not(a.clone())).yes, of(&a).unknown);
        prop_assert_eq!(yes.clone().or(&no).or(&unknown), sieve.present.clone());
        prop_assert!(yes.clone().and(&no).is_empty() && unknown.and(&yes.clone().or(&no)).is_empty());
        prop_assert_eq!(of(&both).yes, yes.clone().and(&of(&b).yes));
        prop_assert_eq!(of(&either).yes, yes.clone().or(&of(&b).yes));
        prop_assert_eq!(of(&a.clone().minus(b.clone())).yes, yes.clone().and(&of(&not(b.clone())).yes));
        // Every member of either is in exactly one intersection.
        let sets = [yes.clone(), of(&b).yes];
        let found = overlap(&sets.iter().collect::<Vec<&Bits>>());
        prop_assert_eq!(found.iter().map(|i| i.customers).sum::<u64>(), of(&either).yes.count());
        // A saved segment is its rule.
        let library = Library([("a".to_owned(), a.clone())].into());
        let named = library.resolve(&Rule::InSegment("a".into()).minus(b.clone())).unwrap();
        prop_assert_eq!(of(&named), of(&a.clone().minus(b)));
        // Text and JSON lose nothing.
        let json: Rule = serde_json::from_str(&serde_json::to_string(&a).unwrap()).unwrap();
        prop_assert_eq!(of(&json), of(&a));
        prop_assert_eq!(of(&Rule::parse(&a.to_string()).unwrap()), of(&a));
    });
}
