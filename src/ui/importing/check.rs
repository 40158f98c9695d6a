//! The whole file read once without writing anything: what would become of its rows.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use anyhow::{Result, anyhow};

use crate::import::plan::Plan;
use crate::import::run::{self, RunError, Summary};
use crate::import::sources;
use crate::jobs::Progress;
use crate::model::record::{Admitted, Record, RejectedRow, Sink};
use crate::model::{Currency, Definitions};
use crate::ops::person::suppress;
use crate::workspace::erase::Erased;

/// Rejected rows of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Column at fault.
    pub column: Option<String>,
    /// What is wrong with the first of them, and its line.
    pub example: String,
    /// Line of the first.
    pub line: u64,
    /// What would mend them.
    pub repair: String,
    /// How many.
    pub rows: u64,
}

/// What would become of a file.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Rows by fate.
    pub summary: Summary,
    /// Records by kind.
    pub records: BTreeMap<&'static str, u64>,
    /// Rejected rows by what would mend them, most first.
    pub groups: Vec<Group>,
    /// Orders by currency that is not the plan's own.
    pub foreign: BTreeMap<Currency, u64>,
}

impl Checked {
    /// Foreign currencies that the definitions have no rate for, with the orders in them, most first.
    pub fn without_rate(&self, definitions: &Definitions) -> Vec<(Currency, u64)> {
        let unknown = |currency: &Currency| definitions.convert(0, *currency).is_none();
        let mut found: Vec<_> = self.foreign.iter().filter(|(c, _)| unknown(c)).map(|(c, n)| (*c, *n)).collect();
        found.sort_by_key(|(_, orders)| std::cmp::Reverse(*orders));
        found
    }
}

/// Reads the file of a plan; `erased` are people whom the import will leave out.
///
/// # Errors
/// When the file cannot be read, the plan has questions, or the user cancelled.
pub fn check(plan: &Plan, erased: Arc<Erased>, progress: &Progress) -> Result<Checked> {
    let origin = sources::by_name(plan.source).map_or("generic", |source| source.origin());
    let mut sink = Counter { currency: plan.currency, erased, origin, ..Counter::default() };
    let summary = run::run(plan, &mut sink, progress).map_err(|error| match error {
        RunError::Cancelled(cancelled) => anyhow::Error::new(cancelled),
        error => anyhow!("{error}"),
    })?;
    let mut groups: Vec<Group> = sink.groups.into_values().collect();
    groups.sort_by(|a, b| b.rows.cmp(&a.rows).then(a.line.cmp(&b.line)));
    Ok(Checked { summary, records: sink.records, groups, foreign: sink.foreign })
}

struct Counter {
    currency: Currency,
    /// Who will be left out, and the origin of the ids in the file.
    erased: Arc<Erased>,
    origin: &'static str,
    records: BTreeMap<&'static str, u64>,
    groups: BTreeMap<(Option<String>, String), Group>,
    foreign: BTreeMap<Currency, u64>,
}

impl Default for Counter {
    fn default() -> Self {
        Self {
            currency: Currency::USD,
            erased: Arc::default(),
            origin: "",
            records: BTreeMap::new(),
            groups: BTreeMap::new(),
            foreign: BTreeMap::new(),
        }
    }
}

impl Sink for Counter {
    type Error = Infallible;

    fn admit(&mut self, record: &mut Record) -> Admitted {
        suppress::admit(&self.erased, self.origin, record)
    }

    fn accept(&mut self, record: Record) -> Result<(), Infallible> {
        let kind = match record {
            Record::Rejected(row) => {
                self.reject(row);
                return Ok(());
            }
            Record::Order(order) => {
                if let Some(currency) = order.currency.filter(|c| *c != self.currency) {
                    *self.foreign.entry(currency).or_default() += 1;
                }
                "orders"
            }
            Record::Customer(_) => "customers",
            Record::Product(_) => "products",
            Record::Cart(_) => "carts",
            Record::Discount(_) => "discounts",
            Record::Spend(_) => "spend rows",
            Record::Send(_) => "sends",
            Record::Visits(_) => "visit rows",
            Record::Event(_) => "events",
            Record::Touch(_) => "touchpoints",
            Record::Measured(_) => "rows of metrics",
        };
        *self.records.entry(kind).or_default() += 1;
        Ok(())
    }
}

impl Counter {
    /// Rows that one repair mends are one issue.
    fn reject(&mut self, row: RejectedRow) {
        // Line numbers in a repair differ from row to row; the repair is the same.
        let repair: String = row.repair.chars().filter(|c| !c.is_ascii_digit()).collect();
        let key = (row.column.clone(), repair);
        let group = self.groups.entry(key).or_insert_with(|| Group {
            column: row.column,
            example: row.reason,
            line: row.line,
            repair: row.repair,
            rows: 0,
        });
        group.rows += 1;
    }
}
