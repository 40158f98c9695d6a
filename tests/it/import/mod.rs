//! Imports of real and hostile files, into a sink that only counts.

mod csv_suites;
mod hostile;
mod orders;
mod real_files;
mod round_trips;
mod workbooks;

use std::convert::Infallible;
use std::path::{Path, PathBuf};

use cartwright::import::plan::{Choices, Defaults, Plan};
use cartwright::import::preview::{Preview, PreviewError, preview};
use cartwright::import::run::{RunError, Summary, run};
use cartwright::jobs::Progress;
use cartwright::model::record::{CustomerRecord, OrderRecord, ProductRecord, Record, RejectedRow, Sink};
use cartwright::model::{Currency, Zone};

/// Keeps everything it is given.
#[derive(Default)]
pub struct Collect {
    pub orders: Vec<OrderRecord>,
    pub customers: Vec<CustomerRecord>,
    pub products: Vec<ProductRecord>,
    pub rejected: Vec<RejectedRow>,
}

impl Sink for Collect {
    type Error = Infallible;

    fn accept(&mut self, record: Record) -> Result<(), Infallible> {
        match record {
            Record::Order(order) => self.orders.push(*order),
            Record::Customer(customer) => self.customers.push(*customer),
            Record::Product(product) => self.products.push(*product),
            Record::Rejected(row) => self.rejected.push(row),
            Record::Cart(_)
            | Record::Discount(_)
            | Record::Spend(_)
            | Record::Send(_)
            | Record::Visits(_)
            | Record::Event(_)
            | Record::Touch(_)
            | Record::Measured(_) => {}
        }
        Ok(())
    }
}

pub fn defaults() -> Defaults {
    Defaults { zone: Zone::UTC, currency: Currency::USD }
}

pub fn look(path: &Path, choices: &Choices) -> Result<Preview, PreviewError> {
    preview(path, choices, &Progress::none())
}

/// Preview, plan and run in one go.
pub fn import(path: &Path, choices: &Choices) -> (Summary, Collect) {
    let preview = look(path, choices).unwrap_or_else(|e| panic!("{e}"));
    let plan = Plan::new(&preview, choices, &defaults()).unwrap_or_else(|e| panic!("{e}"));
    let mut sink = Collect::default();
    let summary = match run(&plan, &mut sink, &Progress::none()) {
        Ok(summary) => summary,
        Err(RunError::Questions(questions)) => panic!("{questions:#?}"),
        Err(error) => panic!("{error}"),
    };
    assert_eq!(summary.rows, summary.accepted + summary.rejected + summary.skipped);
    assert_eq!(summary.rejected, sink.rejected.len() as u64);
    assert!(sink.rejected.iter().all(|r| r.line > 0 && !r.reason.is_empty() && !r.repair.is_empty()));
    (summary, sink)
}

/// A file with this content; the folder lives as long as the first value.
pub fn file(name: &str, content: impl AsRef<[u8]>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    (folder, path)
}
