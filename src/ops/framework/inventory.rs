//! What the workspace knows: counts by kind of data and by file, and what they say of consent and places. Nothing of it
//! names anybody.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use crate::jobs::Progress;
use crate::model::dataset::NO_DAY;
use crate::model::{Dataset, Day, Details, Zone};
use crate::ops::Session;
use crate::ops::session::known_until;

/// Rows of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kind {
    /// Stable name: "orders", "touchpoints".
    pub key: &'static str,
    /// In the plural, as it stands behind a number: "looks at products".
    pub name: &'static str,
    /// How many are known up to the as-of day.
    pub rows: u64,
    /// First and last day of them; `None` = without rows, or without days.
    pub days: Option<(Day, Day)>,
    /// Imported files that brought some, whether or not another one replaced them.
    pub files: u64,
    /// What to know of the count, as the rest of a sentence; empty = nothing.
    pub note: String,
}

/// A file that was imported and not undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its name.
    pub file: String,
    /// What it was recognised as: "Shopify orders".
    pub source: String,
    /// Day of the import, in the shop's zone.
    pub day: Day,
    /// Rows that were accepted.
    pub rows: u64,
    /// New and changed records by table, as the import counted them.
    pub tables: BTreeMap<String, u64>,
}

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

/// What the workspace knows up to a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inventory {
    /// The last day that counts.
    pub as_of: Day,
    /// Kinds of data in a fixed order, those without rows too.
    pub kinds: Vec<Kind>,
    /// Files, oldest import first.
    pub sources: Vec<Source>,
    /// What is known of customers.
    pub people: People,
}

impl Inventory {
    /// The kind of a key.
    pub fn kind(&self, key: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.key == key)
    }

    /// Kinds with rows.
    pub fn known(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter().filter(|kind| kind.rows > 0)
    }
}

/// Kinds in their order: key, name, tables of imports that bring it.
const KINDS: [(&str, &str, &[&str]); 13] = [
    ("orders", "orders", &["orders"]),
    ("lines", "order lines", &["lines"]),
    ("refunds", "refunds", &["refunds"]),
    ("customers", "customers", &["customers", "orders"]),
    ("products", "products", &["products", "lines"]),
    ("touchpoints", "touchpoints", &["touchpoints"]),
    ("looks", "looks at products", &["events"]),
    ("events", "other events", &["events"]),
    ("carts", "carts", &["carts"]),
    ("sends", "sends of campaigns and flows", &["sends"]),
    ("spend", "rows of advertising spend", &["spend rows"]),
    ("visits", "rows of web analytics", &["visit rows"]),
    ("metrics", "values measured elsewhere", &["metrics"]),
];

/// Rows and days of a kind, counted up.
#[derive(Default)]
struct Count {
    rows: u64,
    days: Option<(Day, Day)>,
    note: String,
}

impl Count {
    fn of(days: impl Iterator<Item = Day>, as_of: Day) -> Self {
        let mut count = Self::default();
        days.for_each(|day| count.add(day, as_of));
        count
    }

    fn add(&mut self, day: Day, as_of: Day) {
        if day == NO_DAY {
            self.rows += 1;
        } else if day <= as_of {
            self.rows += 1;
            self.days = Some(self.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
        }
    }
}

/// Moments of the shop's clock as days.
fn local(at: i64) -> Day {
    crate::analytics::triggers::day_of(at)
}

impl Session {
    /// What the workspace knows up to a day, the last one with an order when `None`; all of it where there are no orders.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn data_inventory(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Inventory> {
        let data = self.dataset(progress)?;
        let zone = self.definitions()?.zone;
        // Without an order nobody knows which day is the last one: everything counts up to today.
        let as_of = match data.span {
            Some(_) => known_until(&data, as_of),
            None => as_of.unwrap_or_else(|| zone.day(super::super::now())),
        };
        let sources = self.sources(zone)?;
        let mut counts = self.counted(&data, zone, as_of, progress)?;
        let files = |tables: &[&str]| {
            let brings = |source: &&Source| tables.iter().any(|table| source.tables.contains_key(*table));
            sources.iter().filter(brings).count() as u64
        };
        let kinds = KINDS.iter().map(|(key, name, tables)| {
            let Count { rows, days, note } = counts.remove(key).unwrap_or_default();
            Kind { key, name, rows, days, files: if rows > 0 { files(tables) } else { 0 }, note }
        });
        let kinds = kinds.collect();
        let details = self.details(progress)?;
        let erased = self.workspace.erasures()?.len() as u64;
        Ok(Inventory { as_of, kinds, people: people(&data, &details, as_of, erased), sources })
    }

    fn sources(&self, zone: Zone) -> Result<Vec<Source>> {
        let of = |import: crate::workspace::lists::ImportListing| {
            let summary: serde_json::Value = serde_json::from_str(&import.summary).unwrap_or_default();
            let brought = |counts: &serde_json::Value| {
                let number = |name: &str| counts[name].as_u64().unwrap_or(0);
                number("created") + number("updated")
            };
            let tables = summary["tables"].as_object().into_iter().flatten();
            Source {
                source: summary["title"].as_str().unwrap_or(&import.source).to_owned(),
                day: zone.day(import.imported_at),
                rows: summary["accepted"].as_u64().unwrap_or(0),
                tables: tables.map(|(name, counts)| (name.clone(), brought(counts))).filter(|(_, n)| *n > 0).collect(),
                file: import.file,
            }
        };
        Ok(self.imports()?.into_iter().rev().map(of).collect())
    }

    fn counted(
        &mut self,
        data: &Dataset,
        zone: Zone,
        as_of: Day,
        progress: &Progress,
    ) -> Result<BTreeMap<&'static str, Count>> {
        let touches = self.touches(progress)?;
        let signals = self.workspace.signals(data, zone, progress)?;
        let events = self.workspace.events(data, zone, progress)?;
        let (campaigns, _) = self.workspace.campaigns()?;
        let web = self.workspace.web_reports()?;
        let measured = self.measurements()?;
        let count = |days: &mut dyn Iterator<Item = Day>| Count::of(days, as_of);
        let known = |customer: &usize| is_known(data, *customer, as_of);
        let orders = &data.orders;
        let lines = orders.day.iter().zip(&orders.line_count).filter(|(day, _)| **day <= as_of);
        let refunds = &data.refunds;
        let refunded = |(day, imported): (&Day, &Day)| if *day == NO_DAY { *imported } else { *day };
        let mut of_touches = count(&mut touches.at.iter().map(|at| local(*at)));
        let nobody = touches.tied.nobody;
        if nobody > 0 {
            of_touches.note = format!("{nobody} more name nobody whom the shop knows");
        }
        let whole = |rows: usize| Count { rows: rows as u64, ..Count::default() };
        let counts = [
            ("orders", count(&mut orders.day.iter().copied())),
            ("lines", Count { rows: lines.map(|(_, n)| u64::from(*n)).sum(), ..Count::default() }),
            ("refunds", count(&mut refunds.day.iter().zip(&refunds.imported).map(refunded))),
            ("customers", whole((0..data.customers.id.len()).filter(known).count())),
            // Place 0 stands for what no file names.
            ("products", whole(data.products.id.len().saturating_sub(1))),
            ("touchpoints", of_touches),
            ("looks", count(&mut signals.views.iter().map(|view| local(view.at)))),
            ("events", count(&mut events.at.iter().map(|at| local(*at)))),
            ("carts", count(&mut signals.carts.iter().map(|cart| local(cart.at)))),
            ("sends", count(&mut campaigns.iter().flat_map(|one| &one.sends).map(|send| zone.day(send.at)))),
            ("spend", count(&mut data.spend.iter().map(|spend| spend.day))),
            ("visits", count(&mut web.iter().flat_map(|report| &report.rows).map(|row| row.day))),
            ("metrics", count(&mut measured.iter().map(|one| one.to))),
        ];
        Ok(counts.into_iter().collect())
    }
}

/// Whether a customer was there on a day: by the account, by an order, or by a row that says no day.
fn is_known(data: &Dataset, customer: usize, as_of: Day) -> bool {
    let (created, orders) = (data.customers.created[customer], data.orders.of_customer(customer));
    let first = data.orders.day.get(orders.start).filter(|_| !orders.is_empty());
    (created != NO_DAY && created <= as_of)
        || first.is_some_and(|day| *day <= as_of)
        || (created == NO_DAY && first.is_none())
}

/// Names of attributes that tell a state, in small letters.
const STATES: &[&str] =
    &["state", "province", "region", "province code", "state code", "billing state", "shipping state"];

fn people(data: &Dataset, details: &Details, as_of: Day, erased: u64) -> People {
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
    let tagged: std::collections::BTreeSet<u32> =
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
    let found: std::collections::BTreeSet<u32> = told
        .flat_map(|(_, values)| values)
        .filter(|(customer, text)| is_known(*customer) && is_there(*text))
        .map(|(customer, _)| *customer)
        .collect();
    Some(found.len() as u64)
}
