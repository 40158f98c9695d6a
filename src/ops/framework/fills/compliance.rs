//! Section 7, privacy compliance: what data show of consents, places and the age of rows.

use super::entry::{EN, Fill};
use super::privacy::customers;
use crate::analytics::door::share;
use crate::model::sequence::Channel;
use crate::model::strategy::FieldValue;
use crate::ops::framework::inventory::Inventory;

/// Countries of the European Economic Area, by code and English name.
const EEA: &str = "at austria be belgium bg bulgaria hr croatia cy cyprus cz czechia czech-republic dk denmark ee estonia \
                   fi finland fr france de germany gr greece hu hungary ie ireland eire it italy lv latvia lt lithuania \
                   lu luxembourg mt malta nl netherlands pl poland pt portugal ro romania sk slovakia si slovenia \
                   es spain se sweden is iceland li liechtenstein no norway";
const STATES: &str = "us usa united-states united-states-of-america";

const NO_CONSENT: &str = "No file tells which customers may be written to; import an export of customers or subscribers \
                          with their consent on the page Imports";

/// The channel that the rates are of, with how many answered and how many of them agreed: e-mail where anybody answered
/// to it, else the one with the most answers.
fn channel(inventory: &Inventory) -> Option<&(String, u64, u64)> {
    let channels = &inventory.people.channels;
    channels
        .iter()
        .find(|(channel, ..)| channel == Channel::Email.key())
        .or_else(|| channels.iter().max_by_key(|of| of.1))
}

/// What a channel is called for people; files may name others than messages go through.
pub fn called(channel: &str) -> &str {
    match Channel::ALL.into_iter().find(|known| known.key() == channel) {
        Some(known) => known.name(),
        None => channel,
    }
}

pub fn consent(inventory: &Inventory) -> Fill {
    let (channel, known, granted) = channel(inventory).ok_or(NO_CONSENT)?;
    let value = share(*granted as f64, *known as f64).ok_or(NO_CONSENT)?;
    let others = inventory.people.channels.iter().filter(|(other, ..)| other != channel);
    let others: String = others
        .map(|(other, known, granted)| format!("; {} {} of {}", called(other), EN.count(*granted), EN.count(*known)))
        .collect();
    let how = format!(
        "Customers who agreed to {}, of those whose answer is known: {} of {}{others}; of {} customers no file tells it",
        called(channel),
        EN.count(*granted),
        EN.count(*known),
        EN.count(inventory.people.customers.saturating_sub(*known))
    );
    customers(inventory).told(FieldValue::Percent(value), how)
}

/// The rest of those who answered on the same channel.
pub fn opt_out(inventory: &Inventory) -> Fill {
    let (channel, known, granted) = channel(inventory).ok_or(NO_CONSENT)?;
    let refused = known.saturating_sub(*granted);
    let value = share(refused as f64, *known as f64).ok_or(NO_CONSENT)?;
    let how = format!(
        "Customers who refuse {}, of those whose answer is known: {} of {}. Files do not tell who never agreed from who \
         took it back",
        called(channel),
        EN.count(refused),
        EN.count(*known)
    );
    customers(inventory).told(FieldValue::Percent(value), how)
}

/// Customers in the countries of a list.
fn living(inventory: &Inventory, places: &str) -> u64 {
    let places: Vec<&str> = places.split_whitespace().collect();
    let is_there = |name: &str| {
        let name = name.trim().to_lowercase().replace(' ', "-");
        places.contains(&name.as_str())
    };
    inventory.people.countries.iter().filter(|(name, _)| is_there(name)).map(|(_, n)| n).sum()
}

pub fn gdpr(inventory: &Inventory) -> Option<String> {
    let people = &inventory.people;
    let (there, known) = (living(inventory, EEA), people.countries.iter().map(|(_, n)| n).sum::<u64>());
    let mut says = Vec::new();
    if known > 0 {
        says.push(format!(
            "{} of {} customers with a country live in the European Economic Area",
            EN.count(there),
            EN.count(known)
        ));
    }
    if people.consents.known > 0 {
        says.push(format!(
            "consent of {} of {} customers is known",
            EN.count(people.consents.known),
            EN.count(people.customers)
        ));
    }
    if people.erased > 0 {
        says.push(format!("{} erased from this workspace", EN.counted(people.erased, "person was", "people were")));
    }
    (!says.is_empty())
        .then(|| format!("Only a person can say whether the rules are met. Data show: {}", says.join("; ")))
}

pub fn ccpa(inventory: &Inventory) -> Option<String> {
    let states = living(inventory, STATES);
    let says = match inventory.people.california {
        Some(n) => format!("{} known to live in California", EN.counted(n, "customer is", "customers are")),
        None if states > 0 => {
            format!(
                "{} in the United States; no file tells the state",
                EN.counted(states, "customer lives", "customers live")
            )
        }
        None => return None,
    };
    Some(format!("Only a person can say whether the rules are met. Data show: {says}"))
}

pub fn retention(inventory: &Inventory) -> Option<String> {
    let oldest = inventory.known().filter_map(|kind| Some((kind.days?.0, kind.name))).min()?;
    Some(format!(
        "Only a person can say how long data are kept. The oldest rows here are {} of {}",
        oldest.1,
        oldest.0.display()
    ))
}
