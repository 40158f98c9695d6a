//! Writing an import: records become rows, in one transaction.

mod attributes;
mod batch;
mod carts;
mod events;
mod images;
mod labels;
mod measured;
mod names;
mod orders;
mod people;
mod products;
pub(super) mod sends;
mod spend;
mod touches;
mod visits;

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::open::Journal;
use super::settings::remember;
use super::undo::{Again, redone};
use super::{Error, Part, Result, Workspace, count_up, journal};
use crate::model::Currency;
use crate::model::record::{Record, RejectedRow};

pub(super) use images::restore;
use labels::Labels;
use names::OrderNumbers;
pub use names::{NamedRecords, Names};
pub(super) use orders::LINE_BITS;

/// What an import is about, before its first row.
#[derive(Debug, Clone)]
pub struct ImportStart {
    /// Full path, for "refresh".
    pub path: String,
    /// File name.
    pub file: String,
    /// Name of the source.
    pub source: String,
    /// Namespace of order numbers and customer ids: `shopify`, `generic` …
    pub origin: String,
    /// Now, UTC seconds.
    pub imported_at: i64,
    /// What the user decided, as JSON.
    pub choices: String,
    /// Column names, as JSON.
    pub header: String,
    /// Currency of amounts without one.
    pub currency: Currency,
    /// Which step of the history it is.
    pub step: StepOf,
}

/// Which step of the history an import is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepOf {
    /// None: a workspace starts with it.
    Nothing,
    /// A new one.
    New {
        /// Choices are remembered for files with this header; see [`crate::workspace::settings`].
        header_key: String,
        /// How it is done again once undone.
        again: Option<Again>,
    },
    /// One that was undone, by its id.
    Redone(i64),
}

impl ImportStart {
    /// Gives the import its place in the history.
    fn keep_step(&self, connection: &Connection, import: i64) -> Result<()> {
        match &self.step {
            StepOf::Nothing => Ok(()),
            StepOf::Redone(step) => redone(connection, *step, Some(import)),
            StepOf::New { header_key, again } => {
                let step = journal::begin(connection, &format!("Import {}", self.file), self.imported_at)?;
                let again = again.as_ref().map(serde_json::to_string).transpose()?;
                let sql = "UPDATE step SET import_id = ?, again = ? WHERE id = ?";
                connection.execute(sql, params![import, again, step])?;
                remember(connection, header_key, &self.choices)?;
                journal::end(connection, step)?;
                Ok(())
            }
        }
    }
}

/// What became of the records of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// New.
    pub created: u64,
    /// Known, and different now.
    pub updated: u64,
    /// Known and equal.
    pub unchanged: u64,
}

impl Counts {
    fn add(&mut self, change: Change, n: u64) {
        match change {
            Change::Created => self.created += n,
            Change::Updated => self.updated += n,
            Change::Unchanged => self.unchanged += n,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Created,
    Updated,
    Unchanged,
}

/// Counts per table: customers, orders, lines, products …
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tally(pub BTreeMap<String, Counts>);

impl Tally {
    fn add(&mut self, table: &str, change: Change, n: u64) {
        if let Some(counts) = self.0.get_mut(table) {
            counts.add(change, n);
        } else if n > 0 {
            self.0.entry(table.to_owned()).or_default().add(change, n);
        }
    }

    /// Whether anything was created or updated.
    pub fn changed(&self) -> bool {
        self.0.values().any(|c| c.created > 0 || c.updated > 0)
    }
}

/// What all parts of the writer share.
struct Context<'c> {
    connection: &'c Connection,
    import: i64,
    imported_at: i64,
    origin: u32,
    currency: Currency,
    source: String,
    labels: Labels<'c>,
    tally: Tally,
}

/// Fills a workspace.
pub struct Writer<'c> {
    context: Context<'c>,
    people: people::People<'c>,
    products: products::Products<'c>,
    orders: orders::Orders<'c>,
    spend: spend::Spend,
    sends: sends::Sends,
    visits: visits::Visits,
    touches: touches::Touches,
    rejected: u64,
}

impl Writer<'_> {
    /// Stores records, in file order.
    pub fn write(&mut self, named: NamedRecords) -> Result<()> {
        let mut numbers = named.numbers.as_slice();
        for record in named.records {
            self.accept(record, &mut numbers)?;
        }
        Ok(())
    }

    fn accept(&mut self, record: Record, numbers: &mut &[u32]) -> Result<()> {
        let Self { context, people, products, orders, spend, sends, visits, touches, rejected } = self;
        match record {
            Record::Order(order) => {
                let numbers = OrderNumbers::take(numbers, order.lines.len());
                orders.accept(order, numbers, context, people, products)
            }
            Record::Customer(customer) => people.accept(*customer, context),
            Record::Product(product) => products.accept(*product, context),
            Record::Cart(cart) => carts::accept_cart(&cart, context, people, products),
            Record::Discount(discount) => carts::accept_discount(&discount, context),
            Record::Event(event) => events::accept_event(&event, context, people, products),
            Record::Spend(spent) => {
                spend.add(*spent, context);
                Ok(())
            }
            Record::Send(send) => sends.accept(&send, context),
            Record::Visits(row) => {
                visits.add(*row);
                Ok(())
            }
            Record::Touch(touch) => {
                let order = touch.order.as_deref().and_then(|key| orders.just_written(key));
                touches.accept(&touch, order, context, people)
            }
            Record::Measured(row) => measured::accept(&row, context),
            Record::Rejected(row) => {
                *rejected += 1;
                reject(context, &row)
            }
        }
    }
}

fn reject(context: &Context<'_>, row: &RejectedRow) -> Result<()> {
    context
        .connection
        .prepare_cached(
            "INSERT INTO rejected_row (import_id, line, column_name, reason, repair, cells) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            context.import,
            row.line as i64,
            row.column,
            row.reason,
            row.repair,
            serde_json::to_string(&row.cells)?
        ])?;
    Ok(())
}

impl<'c> Writer<'c> {
    fn new(connection: &'c Connection, start: &ImportStart) -> Result<Self> {
        let mut labels = Labels::load(connection)?;
        let origin = labels.id(&start.origin)?;
        let import = connection.query_row("SELECT coalesce(max(id), 0) + 1 FROM import", [], |row| row.get(0))?;
        let context = Context {
            connection,
            import,
            imported_at: start.imported_at,
            origin,
            currency: start.currency,
            source: start.source.clone(),
            labels,
            tally: Tally::default(),
        };
        Ok(Self {
            people: people::People::load(&context)?,
            products: products::Products::load(&context)?,
            orders: orders::Orders::load(&context)?,
            spend: spend::Spend::default(),
            sends: sends::Sends::default(),
            visits: visits::Visits::default(),
            touches: touches::Touches::default(),
            context,
            rejected: 0,
        })
    }

    fn finish(self) -> Result<(i64, Tally, u64)> {
        let Self { mut context, mut people, mut products, mut orders, spend, visits, rejected, .. } = self;
        orders.finish(&mut context, &mut people, &mut products)?;
        people.finish()?;
        spend.finish(&mut context)?;
        visits.finish(&mut context)?;
        Ok((context.import, context.tally, rejected))
    }
}

/// What an import changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its id; `None` when it changed nothing and rejected nothing, and so left no trace.
    pub id: Option<i64>,
    /// Counts per table.
    pub tally: Tally,
}

impl Workspace {
    /// Runs an import as one transaction. `read` feeds the writer and returns its summary, which is kept beside the
    /// import (as JSON, with the counts of the tables added by `describe`).
    pub fn import<S, E: From<Error>>(
        &mut self,
        start: &ImportStart,
        read: impl FnOnce(&mut Writer<'_>) -> std::result::Result<S, E>,
        describe: impl FnOnce(&S, &Tally) -> String,
    ) -> std::result::Result<(Imported, S), E> {
        // The first import of a shop is the largest, and a write-ahead log writes everything twice. With nothing in
        // the file that others might want to read meanwhile, a rollback journal is as safe. Where somebody reads
        // all the same, the journal cannot be changed and the import goes on with the one there is.
        let first = self.is_blank()? && matches!(self.use_journal(Journal::Rollback), Ok(true));
        let done = self.import_at_once(start, read, describe);
        if first {
            let _ = self.use_journal(Journal::WriteAhead);
        }
        done
    }

    fn is_blank(&self) -> Result<bool> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM import)";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    fn import_at_once<S, E: From<Error>>(
        &mut self,
        start: &ImportStart,
        read: impl FnOnce(&mut Writer<'_>) -> std::result::Result<S, E>,
        describe: impl FnOnce(&S, &Tally) -> String,
    ) -> std::result::Result<(Imported, S), E> {
        self.may_write()?;
        let transaction = self
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(|e| E::from(e.into()))?;
        let mut writer = Writer::new(&transaction, start)?;
        let summary = read(&mut writer)?;
        let (import, tally, rejected) = writer.finish()?;
        if !tally.changed() && rejected == 0 {
            return Ok((Imported { id: None, tally }, summary));
        }
        let keep = || -> Result<()> {
            transaction.execute(
                "INSERT INTO import (id, path, file, source, imported_at, choices, header, summary)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    import,
                    start.path,
                    start.file,
                    start.source,
                    start.imported_at,
                    start.choices,
                    start.header,
                    describe(&summary, &tally)
                ],
            )?;
            start.keep_step(&transaction, import)?;
            count_up(&transaction, Part::Data)
        };
        keep()?;
        transaction.commit().map_err(|e| E::from(e.into()))?;
        // Fold the log into the file now, while the user expects work, and give its space back.
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(|e| E::from(e.into()))?;
        Ok((Imported { id: Some(import), tally }, summary))
    }
}
