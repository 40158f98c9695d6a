//! Section 7: what is known of customers, from whom, and whether it may be used. Counts are those of the inventory;
//! whether rules are met only a person can say, with what data show beside it.

use super::Ground;
use super::compliance::{called, ccpa, consent, gdpr, opt_out, retention};
use super::entry::{EN, Entries, Fill, Page, days, list};
use crate::model::Currency;
use crate::model::strategy::{ExternalSource, FieldValue};
use crate::ops::framework::inventory::{Inventory, Kind};

/// More countries and attributes than this are counted, not told.
const NAMED: usize = 3;

pub fn fills(ground: &Ground, inventory: &Inventory, external: &[ExternalSource]) -> Entries {
    let of = |key: &str, fill: Fill| (key.to_owned(), fill);
    let mut found = vec![
        of("BEHAVIOR_DATA", behaviour(inventory)),
        of("TRANS_DATA", transactions(inventory)),
        of("PREF_DATA", preferences(inventory)),
        of("DEMO_DATA", demographics(inventory)),
        of("ENGAGE_DATA", engagement(inventory)),
        of("EXTERNAL_DATA", names(ground, external)),
        of("DATA_QUALITY", mean(ground, external, |one| one.quality, "how good it is")),
        of("MATCH_RATE", mean(ground, external, |one| one.match_rate, "how many of the customers it knows")),
        of("DATA_COST", cost(ground, external, ground.definitions.currency)),
        of("DATA_ROI", roi(ground, external)),
        of("CONSENT_RATE", consent(inventory)),
        of("OPTOUT_RATE", opt_out(inventory)),
    ];
    // Hints only: nobody but a person can say these.
    found.extend(gdpr(inventory).map(|why| of("GDPR_STATUS", Err(why))));
    found.extend(ccpa(inventory).map(|why| of("CCPA_STATUS", Err(why))));
    found.extend(retention(inventory).map(|why| of("RETENTION_POLICY", Err(why))));
    found
}

fn page(inventory: &Inventory) -> Page {
    Page::new("Imports", inventory.as_of, format!("Everything imported, up to {}", inventory.as_of.display()))
}

pub fn customers(inventory: &Inventory) -> Page {
    Page::new("Customers", inventory.as_of, format!("Up to {}; all customers", inventory.as_of.display()))
}

/// `48,210 touchpoints and 3,100 carts, 12 Mar 2024 – 14 Oct 2026`; `None` without any.
fn counted(inventory: &Inventory, keys: &[&str]) -> Option<String> {
    let kinds: Vec<&Kind> = keys.iter().filter_map(|key| inventory.kind(key)).filter(|kind| kind.rows > 0).collect();
    let words: Vec<String> = kinds.iter().map(|kind| format!("{} {}", EN.count(kind.rows), kind.name)).collect();
    let spans = || kinds.iter().filter_map(|kind| kind.days);
    let (first, last) = (spans().map(|span| span.0).min(), spans().map(|span| span.1).max());
    let span = first.zip(last).map_or_else(String::new, |span| format!(", {}", days(span)));
    (!words.is_empty()).then(|| format!("{}{span}", list(&words)))
}

/// How rows of these kinds were counted, and from which files.
fn how(inventory: &Inventory, keys: &[&str], tables: &[&str]) -> String {
    let brings = |table: &&str| inventory.sources.iter().any(|source| source.tables.contains_key(*table));
    let files = inventory.sources.iter().filter(|one| tables.iter().any(|table| one.tables.contains_key(*table)));
    let files = files.count() as u64;
    let from = if tables.iter().any(brings) {
        format!(" from {}", EN.counted(files, "imported file", "imported files"))
    } else {
        String::new()
    };
    let notes = keys.iter().filter_map(|key| inventory.kind(key)).map(|kind| kind.note.as_str());
    let notes: String = notes.filter(|note| !note.is_empty()).map(|note| format!("; {note}")).collect();
    format!("Rows in this workspace{from}, counted{notes}")
}

fn stock(inventory: &Inventory, keys: &[&str], tables: &[&str], missing: &str) -> Fill {
    let text = counted(inventory, keys).ok_or(missing)?;
    page(inventory).told(FieldValue::Text(text), how(inventory, keys, tables))
}

fn behaviour(inventory: &Inventory) -> Fill {
    stock(
        inventory,
        &["touchpoints", "looks", "carts", "events", "visits"],
        &["touchpoints", "events", "carts", "visit rows"],
        "No touchpoint, look, cart or visit is imported; import a file of touchpoints or events, or a report of web \
         analytics, on the page Imports",
    )
}

fn transactions(inventory: &Inventory) -> Fill {
    stock(
        inventory,
        &["orders", "lines", "refunds"],
        &["orders", "lines", "refunds"],
        "No order is imported; import the shop’s export of orders on the page Imports",
    )
}

fn engagement(inventory: &Inventory) -> Fill {
    stock(
        inventory,
        &["sends"],
        &["sends"],
        "No report of messages is imported, so nobody can tell opens and clicks; import the mailing tool’s export of \
         campaigns or flows on the page Imports",
    )
}

fn preferences(inventory: &Inventory) -> Fill {
    let people = &inventory.people;
    let mut words = Vec::new();
    if people.tagged > 0 {
        let tags = EN.counted(people.tags, "tag", "tags");
        words.push(format!("{tags} of {}", EN.counted(people.tagged, "customer", "customers")));
    }
    words.extend(some_of(&people.attributes, "further attributes", "customers"));
    if people.consents.known > 0 {
        let channels: Vec<String> = people.channels.iter().map(|(channel, ..)| called(channel).to_owned()).collect();
        let known = EN.counted(people.consents.known, "customer", "customers");
        words.push(format!("consent to {} of {known}", list(&channels)));
    }
    if words.is_empty() {
        return Err(
            "No tag, attribute or answer of customers is imported; import an export of customers and keep its \
                    further columns on the page Imports"
                .into(),
        );
    }
    let how = format!("Tags, kept columns and consents of {} customers, counted", EN.count(people.customers));
    customers(inventory).told(FieldValue::Text(capital(&list(&words))), how)
}

fn demographics(inventory: &Inventory) -> Fill {
    let people = &inventory.people;
    let placed: u64 = people.countries.iter().map(|(_, n)| n).sum();
    let mut words = Vec::new();
    if placed > 0 {
        let most = some_of(&people.countries, "other countries", "");
        words.push(format!("country of {} ({})", EN.counted(placed, "customer", "customers"), list(&most)));
    }
    if people.birth_dates > 0 {
        words.push(format!("birth date of {}", EN.counted(people.birth_dates, "customer", "customers")));
    }
    if words.is_empty() {
        return Err("No file tells country or birth date of customers; import an export of customers or orders with \
                    addresses on the page Imports"
            .into());
    }
    let how = format!("Of {} customers, those of whom a file tells it", EN.count(people.customers));
    customers(inventory).told(FieldValue::Text(capital(&list(&words))), how)
}

/// The first few with their counts, and how many more there are.
fn some_of(counts: &[(String, u64)], more: &str, unit: &str) -> Vec<String> {
    let one = |(name, n): &(String, u64)| match unit {
        "" => format!("{name} {}", EN.count(*n)),
        unit => format!("{name} of {} {unit}", EN.count(*n)),
    };
    let mut words: Vec<String> = counts.iter().take(NAMED).map(one).collect();
    if counts.len() > NAMED {
        words.push(format!("{} {more}", EN.count((counts.len() - NAMED) as u64)));
    }
    words
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map_or_else(String::new, |letter| letter.to_uppercase().collect());
    format!("{first}{}", letters.as_str())
}

/// The page that keeps external sources.
const PLAN: &str = "Product plan";

fn plan(ground: &Ground, of: usize, all: usize) -> Page {
    let sources = EN.counted(all as u64, "outside source", "outside sources");
    let scope = if of == all { sources } else { format!("{of} of {sources}, the others do not tell it") };
    Page::new(PLAN, ground.as_of, scope)
}

fn no_source(what: &str) -> String {
    format!("No outside source is listed that tells {what}; list it on the page Product plan, or type it here")
}

fn names(ground: &Ground, external: &[ExternalSource]) -> Fill {
    let names: Vec<String> = external.iter().map(|one| one.name.clone()).filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        return Err(
            "No outside source is listed; list those that there are on the page Product plan, or type here that there is \
                    none"
                .into(),
        );
    }
    plan(ground, names.len(), external.len())
        .told(FieldValue::Text(list(&names)), "The list of outside sources on the page Product plan")
}

/// The mean of what sources tell: nobody knows how many rows each has.
fn mean(ground: &Ground, external: &[ExternalSource], of: fn(&ExternalSource) -> Option<f64>, what: &str) -> Fill {
    let told: Vec<(&str, f64)> = external.iter().filter_map(|one| Some((one.name.as_str(), of(one)?))).collect();
    if told.is_empty() {
        return Err(no_source(what));
    }
    let value = told.iter().map(|(_, value)| value).sum::<f64>() / told.len() as f64;
    let each: Vec<String> = told.iter().map(|(name, value)| format!("{name} {}", EN.percent(*value, 1))).collect();
    let how = match told.len() {
        1 => format!("As typed in the list of outside sources: {}", list(&each)),
        _ => format!("The plain mean of what is typed in the list of outside sources: {}", list(&each)),
    };
    plan(ground, told.len(), external.len()).told(FieldValue::Percent(value), how)
}

fn cost(ground: &Ground, external: &[ExternalSource], currency: Currency) -> Fill {
    let told: Vec<i64> = external.iter().filter_map(|one| one.cost).collect();
    if told.is_empty() {
        return Err(no_source("what it costs"));
    }
    let sum = told.iter().fold(0_i64, |sum, cost| sum.saturating_add(*cost));
    let how = "Sum of the costs of a year in the list of outside sources";
    plan(ground, told.len(), external.len()).told(FieldValue::Money(sum, currency), how)
}

/// Weighed by cost, so that it is what all of them bring for what all of them cost.
fn roi(ground: &Ground, external: &[ExternalSource]) -> Fill {
    let told: Vec<&ExternalSource> = external.iter().filter(|one| one.roi.is_some()).collect();
    let gain = |one: &&ExternalSource| Some(one.cost? as f64 * one.roi?);
    let (value, how) = match told.as_slice() {
        [] => return Err(no_source("what it brings for its cost")),
        [one] => (one.roi, "As typed in the list of outside sources".to_owned()),
        many => {
            let costs = many.iter().filter(|one| one.cost.is_some());
            let cost: f64 = costs.clone().filter_map(|one| one.cost).map(|cost| cost as f64).sum();
            if costs.count() < many.len() || cost <= 0.0 {
                return Err(
                    "Of an outside source with a return the cost is not typed, so that returns cannot be weighed; \
                            type all costs in the list of outside sources, or the return here"
                        .into(),
                );
            }
            let value = many.iter().filter_map(gain).sum::<f64>() / cost;
            (Some(value), "Returns in the list of outside sources, weighed by what each costs".to_owned())
        }
    };
    let value = value.ok_or_else(|| no_source("what it brings for its cost"))?;
    plan(ground, told.len(), external.len()).told(FieldValue::Ratio(value), how)
}
