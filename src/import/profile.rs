//! What the columns of a file hold, and which conventions their cells give away.

use super::cells::{DateShape, Marks, shorten};
use super::field::CellKind;
use super::identity;
use super::plan::{DateOrder, DecimalMark};
use super::preview::{ColumnProfile, Doubt, Topic};
use super::row::{Cells, trim};
use crate::model::Currency;

/// A column counts as numbers or dates when at most one cell in this many is something else.
const ONE_IN: usize = 10;
/// Values of a column that are shown.
const EXAMPLES: usize = 4;
const SHOWN_MISFITS: usize = 3;

/// A cell and the line it stands on.
type Place = (u64, String);

/// The first cell of a column that shows each reading.
#[derive(Debug, Clone, Default)]
struct Evidence {
    /// Day first, or decimal point.
    first: Option<Place>,
    /// Month first, or decimal comma.
    second: Option<Place>,
    /// Could be either.
    either: Option<Place>,
}

impl Evidence {
    fn note(slot: &mut Option<Place>, line: u64, text: &str) {
        slot.get_or_insert_with(|| (line, text.to_owned()));
    }

    fn add_date(&mut self, line: u64, text: &str) {
        match DateShape::of(text) {
            DateShape::Dmy => Self::note(&mut self.first, line, text),
            DateShape::Mdy => Self::note(&mut self.second, line, text),
            DateShape::Either => Self::note(&mut self.either, line, text),
            DateShape::Certain | DateShape::NoDate => {}
        }
    }

    fn add_number(&mut self, line: u64, text: &str) {
        match Marks::of(text) {
            Marks::Point => Self::note(&mut self.first, line, text),
            Marks::Comma => Self::note(&mut self.second, line, text),
            Marks::Either => Self::note(&mut self.either, line, text),
            Marks::Any | Marks::NoNumber => {}
        }
    }

    fn is_open(&self) -> bool {
        self.either.is_some() && self.first.is_none() && self.second.is_none()
    }
}

#[derive(Debug, Clone, Default)]
struct Column {
    rows: usize,
    filled: usize,
    numbers: usize,
    fractions: usize,
    long_digits: usize,
    dates: usize,
    times: usize,
    flags: usize,
    emails: usize,
    currencies: usize,
    /// The first values that differ.
    examples: Vec<String>,
    no_numbers: Vec<Place>,
    no_dates: Vec<Place>,
    number_marks: Evidence,
    date_orders: Evidence,
}

impl Column {
    fn add(&mut self, line: u64, text: &str) {
        self.rows += 1;
        if text.is_empty() {
            return;
        }
        self.filled += 1;
        if self.examples.len() < EXAMPLES && self.examples.iter().all(|known| known != text) {
            self.examples.push(shorten(text));
        }
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        self.flags += usize::from(["true", "false", "yes", "no"].iter().any(|w| text.eq_ignore_ascii_case(w)));
        self.emails += usize::from(identity::email(text).is_some());
        let code = text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
        self.currencies += usize::from(code && Currency::parse(text).is_some());
        let is_number = Marks::of(text) != Marks::NoNumber;
        if is_number {
            self.numbers += 1;
            self.fractions += usize::from(text.bytes().any(|b| !b.is_ascii_digit() && b != b'-'));
            self.long_digits += usize::from(digits && (text.len() >= 10 || (text.len() > 1 && text.starts_with('0'))));
            self.number_marks.add_number(line, text);
        } else if self.no_numbers.len() < SHOWN_MISFITS {
            self.no_numbers.push((line, shorten(text)));
        }
        if !digits && DateShape::of(text) != DateShape::NoDate {
            self.dates += 1;
            self.times += usize::from(text.contains(':'));
            self.date_orders.add_date(line, text);
        } else if self.no_dates.len() < SHOWN_MISFITS {
            self.no_dates.push((line, shorten(text)));
        }
    }

    fn nearly_all(&self, count: usize) -> bool {
        let others = self.filled - count;
        // In a short file a single cell is no smaller a slip than in a long one.
        count > 0 && (others * ONE_IN <= self.filled || (others == 1 && count > 1))
    }

    /// Most are: nothing else looks like a date, and the order of day and month is asked about even where some cells
    /// are none.
    fn are_dates(&self) -> bool {
        self.dates * 2 > self.filled
    }

    fn are_numbers(&self) -> bool {
        !self.are_dates() && self.nearly_all(self.numbers)
    }

    fn kind(&self) -> CellKind {
        match self.filled {
            0 => CellKind::Text,
            n if n == self.emails => CellKind::Email,
            n if n == self.flags => CellKind::Flag,
            n if n == self.currencies => CellKind::Currency,
            n if n == self.dates && self.times > 0 => CellKind::Moment,
            n if n == self.dates => CellKind::Date,
            n if n == self.numbers && self.fractions > 0 => CellKind::Money,
            n if n == self.numbers && self.long_digits > 0 => CellKind::Id,
            n if n == self.numbers => CellKind::Quantity,
            _ => CellKind::Text,
        }
    }

    fn misfits(&self) -> Vec<Place> {
        match self.kind() {
            CellKind::Text if self.are_dates() => self.no_dates.clone(),
            CellKind::Text if self.are_numbers() => self.no_numbers.clone(),
            _ => Vec::new(),
        }
    }

    fn misfit_count(&self) -> usize {
        self.filled - if self.are_dates() { self.dates } else { self.numbers }
    }
}

/// Gathers what the columns hold, row by row.
#[derive(Debug, Clone)]
pub(super) struct Profiler {
    names: Vec<String>,
    columns: Vec<Column>,
}

impl Profiler {
    pub fn new(names: &[String]) -> Self {
        Self { names: names.to_vec(), columns: vec![Column::default(); names.len()] }
    }

    pub fn add(&mut self, line: u64, cells: &Cells) {
        for (i, column) in self.columns.iter_mut().enumerate() {
            column.add(line, trim(cells.get(i).unwrap_or_default()));
        }
    }

    /// Looks only for what is still open; for the rows beyond the first.
    pub fn add_open(&mut self, line: u64, cells: &Cells) {
        for (i, column) in self.columns.iter_mut().enumerate() {
            let text = trim(cells.get(i).unwrap_or_default());
            if column.are_dates() && column.date_orders.is_open() {
                column.date_orders.add_date(line, text);
            } else if column.are_numbers() && column.number_marks.is_open() {
                column.number_marks.add_number(line, text);
            }
        }
    }

    fn dates(&self) -> impl Iterator<Item = (&String, &Evidence)> {
        self.names.iter().zip(&self.columns).filter(|(_, c)| c.are_dates()).map(|(n, c)| (n, &c.date_orders))
    }

    fn numbers(&self) -> impl Iterator<Item = (&String, &Evidence)> {
        self.names.iter().zip(&self.columns).filter(|(_, c)| c.are_numbers()).map(|(n, c)| (n, &c.number_marks))
    }

    /// Whether further rows could settle the order of day and month (unless it `is_known`) or the decimal mark.
    pub fn is_open(&self, order_known: bool, mark_known: bool) -> bool {
        let open = |shown: (bool, bool, bool)| matches!(shown, (false, false, true));
        (!order_known && open(shown(self.dates()))) || (!mark_known && open(shown(self.numbers())))
    }

    /// The order of day and month, when all dates agree on it.
    pub fn date_order(&self) -> Option<DateOrder> {
        match shown(self.dates()) {
            (true, false, _) => Some(DateOrder::Dmy),
            (false, true, _) => Some(DateOrder::Mdy),
            _ => None,
        }
    }

    /// The decimal mark, when all numbers agree on it.
    pub fn decimal(&self) -> Option<DecimalMark> {
        match shown(self.numbers()) {
            (true, false, _) => Some(DecimalMark::Point),
            (false, true, _) => Some(DecimalMark::Comma),
            _ => None,
        }
    }

    /// The questions about dates: one per column that needs the order of day and month.
    pub fn date_doubts(&self) -> Vec<Doubt> {
        let repair = "Say whether days or months come first (--date-order dmy or mdy)";
        let settled = self.date_order().is_some();
        self.dates()
            .filter_map(|(name, evidence)| {
                let what = match evidence {
                    Evidence { first: Some((a, day)), second: Some((b, month)), .. } => {
                        format!(
                            "{name} has the day first on line {a} ({day}) and the month first on line {b} ({month})"
                        )
                    }
                    Evidence { either: Some((line, text)), .. } if !settled => {
                        format!("{name} on line {line} reads {text}: day or month first")
                    }
                    _ => return None,
                };
                Some(question(Topic::DateOrder, name, what, repair))
            })
            .collect()
    }

    /// The questions about numbers: one per column that needs the decimal mark.
    pub fn number_doubts(&self) -> Vec<Doubt> {
        if self.decimal().is_some() {
            return Vec::new();
        }
        let repair = "Say which mark parts the decimals (--decimal point or comma)";
        self.numbers()
            .filter_map(|(name, evidence)| {
                let (line, text) = evidence.either.as_ref()?;
                let what = format!("{name} on line {line} reads {text}: the mark separates thousands or decimals");
                Some(question(Topic::Decimal, name, what, repair))
            })
            .collect()
    }

    /// Columns that hold numbers or dates but for a few cells.
    pub fn misfit_doubts(&self) -> Vec<Doubt> {
        self.names
            .iter()
            .zip(&self.columns)
            .filter(|(_, column)| !column.misfits().is_empty())
            .map(|(name, column)| {
                let shown: Vec<String> =
                    column.misfits().iter().map(|(line, text)| format!("line {line} “{text}”")).collect();
                let count = column.misfit_count();
                let cells = if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
                let more = if count > shown.len() { " …" } else { "" };
                Doubt {
                    topic: Topic::Column,
                    column: Some(name.clone()),
                    what: format!(
                        "{name} is read as text because of {cells} among the first rows: {}{more}",
                        shown.join(", ")
                    ),
                    repair: "Mend the cells if the column should hold numbers or dates; ids are text anyway".into(),
                    question: false,
                }
            })
            .collect()
    }

    pub fn profiles(&self) -> Vec<ColumnProfile> {
        let profile = |(name, column): (&String, &Column)| ColumnProfile {
            name: name.clone(),
            kind: column.kind(),
            blank: 1.0 - column.filled as f64 / column.rows.max(1) as f64,
            examples: column.examples.clone(),
            misfits: column.misfits(),
        };
        self.names.iter().zip(&self.columns).map(profile).collect()
    }
}

fn question(topic: Topic, column: &str, what: String, repair: &str) -> Doubt {
    Doubt { topic, column: Some(column.to_owned()), what, repair: repair.to_owned(), question: true }
}

/// Which readings the columns show together: first, second, either.
fn shown<'a>(columns: impl Iterator<Item = (&'a String, &'a Evidence)>) -> (bool, bool, bool) {
    columns.fold((false, false, false), |(a, b, c), (_, e)| {
        (a || e.first.is_some(), b || e.second.is_some(), c || e.either.is_some())
    })
}
