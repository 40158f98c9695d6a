//! Many rows in one statement: most of what inserting a small row costs is beginning and ending its statement,
//! and handing over its values.

use rusqlite::types::Null;
use rusqlite::{Connection, Statement};

use super::Result;

/// Rows of one statement.
const ROWS: usize = 64;

/// A value of a row.
#[derive(Debug, Clone, Copy)]
pub enum Item<'a> {
    /// NULL.
    Null,
    /// An integer.
    Integer(i64),
    /// A text.
    Text(&'a str),
}

macro_rules! integers {
    ($($t:ty),*) => { $(impl From<$t> for Item<'_> {
        fn from(value: $t) -> Self {
            Self::Integer(value.into())
        }
    })* };
}
integers!(u8, u32, i64);

impl<'a> From<&'a str> for Item<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> Item<'a> {
    /// The value, NULL where there is none.
    pub fn optional(value: Option<impl Into<Self>>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A value that waits; texts lie in a buffer.
#[derive(Clone, Copy)]
enum Stored {
    Null,
    Integer(i64),
    Text(usize, usize),
}

/// Rows that wait to be inserted together. What reads the table must [`Batch::flush`] before.
pub struct Batch<'c> {
    columns: usize,
    values: Vec<Stored>,
    texts: String,
    many: Insert<'c>,
    one: Insert<'c>,
}

/// A statement for a number of rows. It keeps what was bound: constants once, NULL until a value takes its place.
struct Insert<'c> {
    statement: Statement<'c>,
    constants: usize,
    null: Vec<bool>,
}

impl<'c> Batch<'c> {
    /// Rows for the columns of a table; `constants` are columns with the same integer in every row.
    pub fn new(connection: &'c Connection, table: &str, columns: &[&str], constants: &[(&str, i64)]) -> Result<Self> {
        let insert = |rows| Insert::new(connection, table, columns, constants, rows);
        Ok(Self {
            columns: columns.len(),
            values: Vec::with_capacity(columns.len() * ROWS),
            texts: String::new(),
            many: insert(ROWS)?,
            one: insert(1)?,
        })
    }

    /// Adds a row, one value for each column.
    pub fn push(&mut self, row: &[Item<'_>]) -> Result<()> {
        for item in row {
            self.values.push(match *item {
                Item::Null => Stored::Null,
                Item::Integer(n) => Stored::Integer(n),
                Item::Text(text) => {
                    let start = self.texts.len();
                    self.texts.push_str(text);
                    Stored::Text(start, self.texts.len())
                }
            });
        }
        if self.values.len() >= self.columns * ROWS {
            self.many.run(&self.values, &self.texts)?;
            self.clear();
        }
        Ok(())
    }

    /// Inserts what waits.
    pub fn flush(&mut self) -> Result<()> {
        for row in self.values.chunks(self.columns) {
            self.one.run(row, &self.texts)?;
        }
        self.clear();
        Ok(())
    }

    fn clear(&mut self) {
        self.values.clear();
        self.texts.clear();
    }
}

impl<'c> Insert<'c> {
    fn new(
        connection: &'c Connection,
        table: &str,
        columns: &[&str],
        constants: &[(&str, i64)],
        rows: usize,
    ) -> Result<Self> {
        let mut names = Vec::new();
        let mut shared = String::new();
        for (i, (name, _)) in (1..).zip(constants) {
            names.push(*name);
            shared.push_str(&format!("?{i}, "));
        }
        names.extend(columns);
        let row = |n: usize| {
            let first = constants.len() + n * columns.len() + 1;
            let places: Vec<String> = (first..first + columns.len()).map(|i| format!("?{i}")).collect();
            format!("({shared}{})", places.join(", "))
        };
        let values: Vec<String> = (0..rows).map(row).collect();
        // A row that fails ends the import, so the statement need not be able to take back the rows before it.
        let sql = format!("INSERT OR FAIL INTO {table} ({}) VALUES {}", names.join(", "), values.join(", "));
        let mut statement = connection.prepare(&sql)?;
        for (i, (_, value)) in (1..).zip(constants) {
            statement.raw_bind_parameter(i, value)?;
        }
        Ok(Self { statement, constants: constants.len(), null: vec![true; rows * columns.len()] })
    }

    fn run(&mut self, values: &[Stored], texts: &str) -> Result<()> {
        for (i, (value, null)) in (self.constants + 1..).zip(values.iter().zip(&mut self.null)) {
            match *value {
                Stored::Null if *null => {}
                Stored::Null => self.statement.raw_bind_parameter(i, Null)?,
                Stored::Integer(n) => self.statement.raw_bind_parameter(i, n)?,
                Stored::Text(start, end) => self.statement.raw_bind_parameter(i, &texts[start..end])?,
            }
            *null = matches!(value, Stored::Null);
        }
        self.statement.raw_execute()?;
        Ok(())
    }
}
