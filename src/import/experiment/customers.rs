//! A row for each customer: the variant, when the customer joined, what is known from before, and what followed where
//! the file tells that.

use rustc_hash::FxHashMap;

use super::{Columns, FileError, Role, Table};
use crate::import::cells::CellError;
use crate::import::row::{Cell, Row};
use crate::jobs::Progress;
use crate::model::experiment::{Covariates, Groups, LeftOut, Metric, Outcomes, Unit, same_name};

/// A column of more different words tells customers apart, not groups of them.
const MOST_WORDS: usize = 20;
/// So many customers each word of a group has on average at least.
const LEAST_OF_WORD: usize = 5;

/// Customers of a file in columns, not yet tied to those of the shop.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// The file.
    pub file: String,
    /// Variants as the file writes them.
    pub variants: Vec<String>,
    /// Which of them each row has.
    pub variant: Vec<u32>,
    /// Shop id of each row; empty = the file has none.
    pub customer: Vec<Option<Box<str>>>,
    /// Normalised e-mail address of each row; empty = the file has none.
    pub email: Vec<Option<Box<str>>>,
    /// When each joined, UTC seconds; empty = the file does not tell.
    pub at: Vec<i64>,
    /// What each did.
    pub outcomes: Vec<Outcomes>,
    /// What was known of each before, in numbers.
    pub covariates: Vec<Covariates>,
    /// The same in words.
    pub groups: Vec<Groups>,
    /// Rows that are not among them.
    pub left_out: LeftOut,
}

/// A column that nobody named: numbers, words, or both, as long as it can be.
struct Further {
    at: usize,
    name: String,
    numbers: Option<Vec<i64>>,
    words: Option<Words>,
}

#[derive(Default)]
struct Words {
    known: FxHashMap<String, u32>,
    list: Vec<String>,
    of: Vec<u32>,
}

impl Words {
    /// Notes a word; `false` when there are too many different ones.
    fn note(&mut self, text: &str) -> bool {
        let number = match self.known.get(text) {
            Some(number) => *number,
            None if self.list.len() == MOST_WORDS => return false,
            None => {
                let number = self.list.len() as u32;
                self.list.push(text.to_owned());
                self.known.insert(text.to_owned(), number);
                number
            }
        };
        self.of.push(number);
        true
    }
}

/// Positions of the columns that are read.
struct Places {
    variant: usize,
    experiment: Option<usize>,
    customer: Option<usize>,
    email: Option<usize>,
    at: Option<usize>,
    outcomes: Vec<(Metric, usize)>,
}

/// Reads it.
pub(super) fn read(table: &Table<'_>, columns: &Columns, progress: &Progress) -> Result<Rows, FileError> {
    let places = places(table, columns)?;
    let mut rows = Rows { file: table.preview.file.clone(), ..Rows::default() };
    rows.outcomes =
        (places.outcomes.iter()).map(|(metric, _)| Outcomes { metric: metric.clone(), values: Vec::new() }).collect();
    let mut further = further(table, &places);
    let mut experiments: Vec<String> = Vec::new();
    let mut known: FxHashMap<String, u32> = FxHashMap::default();
    table.each(progress, |row| {
        let Some(row) = row else {
            rows.left_out.unreadable += 1;
            return Ok(());
        };
        if let Some(at) = places.experiment {
            let name = row.at(at).text;
            match &columns.experiment {
                Some(wanted) if same_name(wanted) != same_name(name) => {
                    rows.left_out.other_experiments += 1;
                    return Ok(());
                }
                None if !experiments.iter().any(|known| known == name) && experiments.len() < MOST_WORDS => {
                    experiments.push(name.to_owned());
                }
                _ => {}
            }
        }
        let name = row.at(places.variant).text;
        if name.is_empty() {
            rows.left_out.no_variant += 1;
            return Ok(());
        }
        let Ok(cells) = one(&row, table, &places) else {
            rows.left_out.unreadable += 1;
            return Ok(());
        };
        let variant = known.get(name).copied().unwrap_or_else(|| {
            known.insert(name.to_owned(), rows.variants.len() as u32);
            rows.variants.push(name.to_owned());
            rows.variants.len() as u32 - 1
        });
        take(&mut rows, variant, cells, &places);
        further.iter_mut().for_each(|column| note(column, row.at(column.at), table));
        Ok(())
    })?;
    if experiments.len() > 1 {
        let (file, all) = (&table.preview.file, experiments.join(", "));
        return Err(format!("{file} holds several experiments ({all}); say which one is meant").into());
    }
    keep(&mut rows, further);
    Ok(rows)
}

fn places(table: &Table<'_>, columns: &Columns) -> Result<Places, FileError> {
    let place = |name: &str| table.header.position(name);
    let of = |role: Role| columns.of(role).and_then(place);
    let variant = of(Role::Variant).ok_or_else(|| format!("{} has no column of variants", table.preview.file))?;
    Ok(Places {
        variant,
        experiment: of(Role::Experiment),
        customer: of(Role::Customer),
        email: of(Role::Email),
        at: of(Role::At),
        outcomes: columns.outcomes.iter().filter_map(|(metric, name)| Some((metric.clone(), place(name)?))).collect(),
    })
}

/// Columns that nobody named.
fn further(table: &Table<'_>, places: &Places) -> Vec<Further> {
    let single = [Some(places.variant), places.experiment, places.customer, places.email, places.at];
    let taken = |at: &usize| single.contains(&Some(*at)) || places.outcomes.iter().any(|(_, place)| place == at);
    let column = |at: usize| Further {
        at,
        name: table.header.name(at).to_owned(),
        numbers: Some(Vec::new()),
        words: Some(Words::default()),
    };
    (0..table.header.names().len()).filter(|at| !taken(at)).map(column).collect()
}

/// The cells of a row.
struct Read {
    customer: Option<Box<str>>,
    email: Option<Box<str>>,
    at: i64,
    outcomes: Vec<i64>,
}

fn one(row: &Row<'_>, table: &Table<'_>, places: &Places) -> Result<Read, CellError> {
    let cells = &table.cells;
    let customer = places.customer.map_or(Ok(None), |at| cells.id(row.at(at)))?;
    let email = places.email.map_or(Ok(None), |at| cells.email(row.at(at)))?;
    let at = match places.at.map(|at| row.at(at)) {
        None => 0,
        Some(cell) => {
            cells.moment(cell)?.ok_or_else(|| CellError::blank(cell.column, "Say when the customer joined"))?
        }
    };
    let outcomes: Result<Vec<i64>, CellError> =
        places.outcomes.iter().map(|(metric, at)| outcome(row.at(*at), metric, table)).collect();
    Ok(Read { customer: customer.map(Into::into), email: email.map(Into::into), at, outcomes: outcomes? })
}

/// What a customer did; blank is nothing.
fn outcome(cell: Cell<'_>, metric: &Metric, table: &Table<'_>) -> Result<i64, CellError> {
    let cells = &table.cells;
    let value = match metric.unit() {
        Unit::Share => match cells.scaled(cell, 0) {
            Ok(number) => number.map(|number| i64::from(number > 0)),
            Err(_) => cells.flag(cell)?.map(i64::from),
        },
        Unit::Money => cells.money(cell, table.within.currency)?,
        Unit::Number => cells.quantity_milli(cell)?,
    };
    Ok(value.unwrap_or(0))
}

fn take(rows: &mut Rows, variant: u32, read: Read, places: &Places) {
    rows.variant.push(variant);
    if places.customer.is_some() {
        rows.customer.push(read.customer);
    }
    if places.email.is_some() {
        rows.email.push(read.email);
    }
    if places.at.is_some() {
        rows.at.push(read.at);
    }
    rows.outcomes.iter_mut().zip(read.outcomes).for_each(|(column, value)| column.values.push(value));
}

fn note(column: &mut Further, cell: Cell<'_>, table: &Table<'_>) {
    if let Some(numbers) = &mut column.numbers {
        match table.cells.quantity_milli(cell) {
            Ok(number) => numbers.push(number.unwrap_or(0)),
            Err(_) => column.numbers = None,
        }
    }
    if column.words.as_mut().is_some_and(|words| !words.note(cell.text)) {
        column.words = None;
    }
}

/// Of the further columns those that tell something: numbers of more than two values, words that many share.
fn keep(rows: &mut Rows, further: Vec<Further>) {
    let n = rows.variant.len();
    for Further { name, numbers, words, .. } in further {
        let two = words.as_ref().is_some_and(|words| words.list.len() <= 2);
        if let Some(values) = numbers.filter(|_| !two) {
            rows.covariates.push(Covariates { name: name.clone(), values });
        }
        if let Some(words) = words.filter(|words| words.list.len() > 1 && words.list.len() * LEAST_OF_WORD <= n) {
            rows.groups.push(Groups { name, words: words.list, of: words.of });
        }
    }
}
