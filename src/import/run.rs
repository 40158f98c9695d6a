//! Reads a file by its plan and hands typed records to a sink. Every row is accounted for:
//! rows = accepted + rejected + skipped.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::Serialize;

use super::cells::{CellReader, Conventions};
use super::field::TableKind;
use super::flat::{self, Families};
use super::measured::measured;
use super::orders::{Orders, Output};
use super::page::Page;
use super::plan::{Layout, Plan};
use super::preview::{Dialect, Doubt};
use super::reader::{self, Event, Flaw, Opening, ReadError};
use super::row::{Cells, Header, Row, trim};
use super::secret;
use super::sources::{self, Source};
use crate::jobs::{Cancelled, Progress};
use crate::model::Currency;
use crate::model::record::{Admitted, Record, RejectedRow, Sink};

/// Rows between two reports of progress.
const STEP_ROWS: u64 = 4_096;

/// What became of the rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Data rows, blank lines and the header left out.
    pub rows: u64,
    /// Rows that went into records.
    pub accepted: u64,
    /// Rows given to the sink as rejected.
    pub rejected: u64,
    /// Rows that are no data.
    pub skipped: u64,
    /// Why rows were skipped, and how many for each reason.
    pub skipped_reasons: BTreeMap<&'static str, u64>,
    /// What was put right in accepted rows, and in how many.
    pub repaired: BTreeMap<&'static str, u64>,
    /// What the user should know about the file.
    pub notes: Vec<String>,
    /// Orders by currency.
    pub currencies: BTreeMap<String, u64>,
}

/// Why an import stopped. The sink is to be rolled back.
#[derive(Debug, thiserror::Error)]
pub enum RunError<E> {
    /// The plan still has questions.
    #[error("{} must be settled before the file can be imported", question_count(.0))]
    Questions(Vec<Doubt>),
    /// The file cannot be read (further): a sentence.
    #[error("{0}")]
    File(String),
    /// The sink could not store a record.
    #[error("{0}")]
    Sink(E),
    /// The user cancelled.
    #[error(transparent)]
    Cancelled(Cancelled),
}

fn question_count(questions: &[Doubt]) -> String {
    if questions.len() == 1 { "1 question".into() } else { format!("{} questions", questions.len()) }
}

/// Reads the file of a plan into a sink. Progress counts bytes of the file.
pub fn run<S: Sink>(plan: &Plan, sink: &mut S, progress: &Progress) -> Result<Summary, RunError<S::Error>> {
    let questions = plan.questions();
    if !questions.is_empty() {
        return Err(RunError::Questions(questions));
    }
    let source = sources::by_name(plan.source).ok_or_else(|| {
        RunError::File(format!("There is no source “{}” any more; look at the file again", plan.source))
    })?;
    check_unchanged(plan).map_err(RunError::File)?;
    progress.expect(plan.size);
    let mut import = Import {
        plan,
        source,
        header: Header::new(&plan.header).with_mapping(&plan.mapping),
        reader: CellReader::new(Conventions {
            decimal: plan.decimal,
            date_order: plan.date_order,
            zone: plan.zone,
            currency: plan.currency,
            serials: matches!(plan.dialect, Dialect::Xlsx { .. }),
        }),
        orders: Orders::new(plan, source),
        page: Page::default(),
        outputs: Vec::new(),
        families: Families::default(),
        sink,
        summary: Summary { notes: plan.notes.clone(), ..Summary::default() },
        currencies: Vec::new(),
    };
    let opening =
        Opening { path: &plan.path, dialect: &plan.dialect, from_line: plan.first_line, columns: plan.header.len() };
    let read = reader::each_row(opening, |event| {
        if import.summary.rows.is_multiple_of(STEP_ROWS) {
            progress.step(event.bytes).map_err(RunError::Cancelled)?;
        }
        import.take(event).map_err(RunError::Sink)?;
        Ok(ControlFlow::Continue(()))
    });
    match read {
        Ok(()) => {}
        Err(ReadError::File(sentence)) => return Err(RunError::File(sentence)),
        Err(ReadError::Visitor(error)) => return Err(error),
    }
    progress.step(plan.size).map_err(RunError::Cancelled)?;
    import.finish().map_err(RunError::Sink)
}

/// A plan holds for the file that was looked at, not for what stands in its place later.
fn check_unchanged(plan: &Plan) -> Result<(), String> {
    let meta = std::fs::metadata(&plan.path).map_err(|e| reader::file_sentence(&plan.path, &e))?;
    if meta.len() == plan.size {
        Ok(())
    } else {
        Err(format!("{} has changed since it was looked at; look at it again. Nothing was written", plan.file))
    }
}

/// What is to happen to a row.
enum Verdict {
    Read { repaired: Option<&'static str> },
    Skip(&'static str),
    Reject(Flaw),
}

struct Import<'a, S: Sink> {
    plan: &'a Plan,
    source: &'static dyn Source,
    header: Header,
    reader: CellReader,
    orders: Orders<'a>,
    page: Page,
    outputs: Vec<Output>,
    families: Families,
    sink: &'a mut S,
    summary: Summary,
    /// Orders by currency: nearly always one or two.
    currencies: Vec<(Currency, u64)>,
}

impl<S: Sink> Import<'_, S> {
    fn take(&mut self, event: Event) -> Result<(), S::Error> {
        if event.line == self.plan.header_line {
            return Ok(());
        }
        self.summary.rows += 1;
        let (line, cells) = (event.line, event.cells);
        if self.plan.mapping.table == TableKind::Products {
            self.families.see(&Row::new(line, &self.header, cells), &self.reader, self.source);
        }
        match self.judge(event) {
            Verdict::Skip(reason) => {
                self.summary.skipped += 1;
                *self.summary.skipped_reasons.entry(reason).or_default() += 1;
                Ok(())
            }
            Verdict::Reject(flaw) => self.read(line, cells, Some(flaw)),
            Verdict::Read { repaired } => {
                if let Some(what) = repaired {
                    *self.summary.repaired.entry(what).or_default() += 1;
                }
                self.read(line, cells, None)
            }
        }
    }

    fn judge(&self, event: Event) -> Verdict {
        let Event { line, cells, flaw, repaired, unfinished, .. } = event;
        if let Some(flaw) = flaw {
            return Verdict::Reject(flaw);
        }
        if self.source.is_total(&Row::new(line, &self.header, cells)) {
            return Verdict::Skip("a total of other rows");
        }
        let (found, expected) = (cells.len(), self.header.names().len());
        if found > expected && cells.iter().skip(expected).any(|c| !trim(c).is_empty()) {
            return Verdict::Reject(Flaw::new(
                format!("the row has {found} cells where the header has {expected}"),
                "Put quotes around the cell that contains the delimiter",
            ));
        }
        if found < expected && unfinished {
            return Verdict::Reject(Flaw::new("the file ends in the middle of this row", "Export the file again"));
        }
        if cells.get(0).is_none_or(|first| trim(first).is_empty()) && cells.is_blank() {
            return Verdict::Skip("blank row");
        }
        if cells.get(0) == self.header.names().first().map(String::as_str) && self.is_header(cells) {
            return Verdict::Skip("the header again");
        }
        if let Some(reason) = self.source.skip(&Row::new(line, &self.header, cells)) {
            return Verdict::Skip(reason);
        }
        let short = (found < expected && self.plan.mapping.layout != Layout::Page)
            .then_some("cells missing at the end of the row count as blank");
        Verdict::Read { repaired: repaired.or(short) }
    }

    fn is_header(&self, cells: &Cells) -> bool {
        cells.iter().map(trim).eq(self.header.names().iter().map(String::as_str))
    }

    fn read(&mut self, line: u64, cells: &Cells, flaw: Option<Flaw>) -> Result<(), S::Error> {
        let row = Row::new(line, &self.header, cells);
        let (plan, reader) = (self.plan, &self.reader);
        if plan.mapping.layout == Layout::Page && flaw.is_none() {
            self.page.read(&row, self.source);
            return Ok(());
        }
        let result = match (plan.mapping.table, flaw) {
            (TableKind::Lines | TableKind::Orders | TableKind::Carts, flaw) => {
                self.orders.read(&row, reader, flaw, &mut self.outputs);
                return self.hand_over();
            }
            (_, Some(flaw)) => Err(flaw),
            (TableKind::Customers, None) => flat::customer(&row, reader, plan, self.source).map_err(Flaw::from),
            (TableKind::Products, None) => {
                flat::product(&row, reader, plan, self.source, &self.families).map_err(Flaw::from)
            }
            (TableKind::Spend, None) => flat::spend(&row, reader, plan, self.source).map_err(Flaw::from),
            (TableKind::Sends, None) => flat::send(&row, reader, plan, self.source).map_err(Flaw::from),
            (TableKind::Visits, None) => flat::visits(&row, reader, plan).map_err(Flaw::from),
            (TableKind::Touches, None) => flat::touch(&row, reader, plan).map_err(Flaw::from),
            (TableKind::Events, None) => flat::event(&row, reader, plan).map_err(Flaw::from),
            (TableKind::Metrics, None) => measured(&row, reader, plan).map_err(Flaw::from),
            (TableKind::Discounts, None) => flat::discount(&row, reader, plan, self.source).map_err(Flaw::from),
        };
        match result {
            Ok(record) => self.admit(record, 1),
            Err(flaw) => self.reject(line, flaw, cells),
        }
    }

    fn hand_over(&mut self) -> Result<(), S::Error> {
        let mut outputs = std::mem::take(&mut self.outputs);
        for output in outputs.drain(..) {
            match output {
                Output::Accepted(record, rows) => self.admit(record, rows)?,
                Output::Rejected(line, flaw, cells) => self.reject(line, flaw, &cells)?,
            }
        }
        self.outputs = outputs;
        Ok(())
    }

    /// Hands over a record that so many rows made, as far as the sink lets it in.
    fn admit(&mut self, mut record: Record, rows: u64) -> Result<(), S::Error> {
        match self.sink.admit(&mut record) {
            Admitted::Whole => {}
            Admitted::Part(reason) => *self.summary.repaired.entry(reason).or_default() += rows,
            Admitted::Nothing(reason) => {
                self.summary.skipped += rows;
                *self.summary.skipped_reasons.entry(reason).or_default() += rows;
                return Ok(());
            }
        }
        self.summary.accepted += rows;
        let mut touch = None;
        if let Record::Order(order) = &mut record {
            self.count_currency(order.currency.unwrap_or(self.plan.currency));
            touch = order.touch.take();
        }
        self.sink.accept(record)?;
        // How the buyer came stands on the rows of the order, which are counted with it.
        touch.map_or(Ok(()), |touch| self.sink.accept(Record::Touch(touch)))
    }

    fn reject(&mut self, line: u64, flaw: Flaw, cells: &Cells) -> Result<(), S::Error> {
        self.summary.rejected += 1;
        let Flaw { column, reason, repair } = flaw;
        let cells = secret::blank(self.header.names(), cells.to_vec());
        let mut record = Record::Rejected(RejectedRow { line, column, reason, repair, cells });
        // A row that is rejected is counted, whatever of it may be kept.
        self.sink.admit(&mut record);
        self.sink.accept(record)
    }

    fn count_currency(&mut self, currency: Currency) {
        match self.currencies.iter_mut().find(|(known, _)| *known == currency) {
            Some((_, n)) => *n += 1,
            None => self.currencies.push((currency, 1)),
        }
    }

    fn finish(mut self) -> Result<Summary, S::Error> {
        self.orders.finish(&mut self.outputs);
        self.page.finish(&self.reader, self.plan, self.source, &mut self.outputs);
        self.hand_over()?;
        self.summary.repaired.extend(self.orders.put_right().chain(self.reader.left_out()));
        self.summary.currencies = self.currencies.iter().map(|(c, n)| (c.to_string(), *n)).collect();
        Ok(self.summary)
    }
}
