//! What is known of customers as people, in counts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::dataset::NO_DAY;
use crate::model::{Dataset, Day, Details};

/// Answers of customers to the question whether they may be written to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Consents {
    /// Customers with an answer for any channel.
    pub known: u64,
    /// Of them, those who agreed on at least one channel.
    pub granted: u64,
    /// Of them, those who refused at least one channel, or took their consent back.
    pub refused: u64,
}

/// What is known of customers as people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct People {
    /// Customers known up to the as-of day, merged accounts once.
    pub customers: u64,
    /// Answers for any channel.
    pub consents: Consents,
    /// Answers by channel: its name, how many answered, how many of them agreed.
    pub channels: Vec<(String, u64, u64)>,
    /// Customers by country in the words of files, most first; those without one are left out.
    pub countries: Vec<(String, u64)>,
    /// Customers with a birth date.
    pub birth_dates: u64,
    /// Customers with a tag.
    pub tagged: u64,
    /// How many different tags there are.
    pub tags: u64,
    /// Attributes of customers by name, with how many have each; most first.
    pub attributes: Vec<(String, u64)>,
    /// Customers of whom an attribute tells that they live in California; `None` = no file tells states.
    pub california: Option<u64>,
    /// People who were erased from this workspace.
    pub erased: u64,
}

/// Whether a customer was there on a day: by the account, by an order, or by a row that says no day.
pub(super) fn is_known(data: &Dataset, customer: usize, as_of: Day) -> bool {
    let (created, orders) = (data.customers.created[customer], data.orders.of_customer(customer));
    let first = data.orders.day.get(orders.start).filter(|_| !orders.is_empty());
    (created != NO_DAY && created <= as_of)
        || first.is_some_and(|day| *day <= as_of)
        || (created == NO_DAY && first.is_none())
}

/// Names of attributes that tell a state, in small letters.
const STATES: &[&str] =
    &["state", "province", "region", "province code", "state code", "billing state", "shipping state"];

pub(super) fn people(data: &Dataset, details: &Details, as_of: Day, erased: u64) -> People {
    let known: Vec<bool> = (0..data.customers.id.len()).map(|customer| is_known(data, customer, as_of)).collect();
    let is_known = |customer: u32| known.get(customer as usize).copied().unwrap_or(false);
    let mut answers: BTreeMap<u32, (bool, bool)> = BTreeMap::new();
    let mut channels = Vec::new();
    for (channel, consents) in &details.consents {
        let told = consents.iter().filter(|one| is_known(one.customer) && (one.day == NO_DAY || one.day <= as_of));
        let (mut all, mut granted) = (0, 0);
        for consent in told {
            let answer = answers.entry(consent.customer).or_default();
            *answer = (answer.0 | consent.granted, answer.1 | !consent.granted);
            (all, granted) = (all + 1, granted + u64::from(consent.granted));
        }
        if all > 0 {
            channels.push((channel.clone(), all, granted));
        }
    }
    let mut by_country: BTreeMap<&str, u64> = BTreeMap::new();
    for (country, _) in data.customers.country.iter().zip(&known).filter(|(country, known)| **known && **country > 0) {
        *by_country.entry(data.labels.get(*country as usize).map_or("", String::as_str)).or_default() += 1;
    }
    let tagged: BTreeSet<u32> =
        details.tags.values().flatten().copied().filter(|customer| is_known(*customer)).collect();
    let has = |values: &Vec<(u32, u32)>| values.iter().filter(|(customer, _)| is_known(*customer)).count() as u64;
    let attributes = details.customer_attributes.iter().map(|(name, values)| (name.clone(), has(values)));
    People {
        customers: known.iter().filter(|known| **known).count() as u64,
        consents: Consents {
            known: answers.len() as u64,
            granted: answers.values().filter(|answer| answer.0).count() as u64,
            refused: answers.values().filter(|answer| answer.1).count() as u64,
        },
        channels,
        countries: most_first(by_country.into_iter().map(|(name, n)| (name.to_owned(), n))),
        birth_dates: details.birth_date.iter().zip(&known).filter(|(day, known)| **day != NO_DAY && **known).count()
            as u64,
        tagged: tagged.len() as u64,
        tags: details.tags.len() as u64,
        attributes: most_first(attributes),
        california: california(details, is_known),
        erased,
    }
}

fn most_first(counts: impl Iterator<Item = (String, u64)>) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.filter(|(name, n)| *n > 0 && !name.is_empty()).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

fn california(details: &Details, is_known: impl Fn(u32) -> bool) -> Option<u64> {
    let state = |name: &str| STATES.contains(&crate::model::journey::plain(name).as_str());
    let mut told = details.customer_attributes.iter().filter(|(name, _)| state(name)).peekable();
    told.peek()?;
    let is_there =
        |text: u32| ["ca", "california", "us-ca"].contains(&details.texts.get(text).trim().to_lowercase().as_str());
    let found: BTreeSet<u32> = told
        .flat_map(|(_, values)| values)
        .filter(|(customer, text)| is_known(*customer) && is_there(*text))
        .map(|(customer, _)| *customer)
        .collect();
    Some(found.len() as u64)
}
