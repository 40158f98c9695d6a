//! What the workspace knows: counts by kind of data and by file, and what they say of consent and places. Nothing of it
//! names anybody.

mod people;

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use crate::jobs::Progress;
use crate::model::dataset::NO_DAY;
use crate::model::{Dataset, Day, Zone};
use crate::ops::Session;
use crate::ops::session::known_until;
use people::is_known;

pub use people::{Consents, People};

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
            None => as_of.unwrap_or_else(|| zone.day(crate::ops::now())),
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
        Ok(Inventory { as_of, kinds, people: people::people(&data, &details, as_of, erased), sources })
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
