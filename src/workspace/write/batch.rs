//! Many rows in one statement: most of what inserting a small row costs is beginning and ending its statement.

use rusqlite::types::Value;
use rusqlite::{Connection, Statement};

use super::Result;

/// Rows of one statement.
const ROWS: usize = 32;

/// Rows that wait to be inserted together. What reads the table must [`Batch::flush`] before.
pub struct Batch<'c> {
    columns: usize,
    values: Vec<Value>,
    many: Statement<'c>,
    one: Statement<'c>,
}

impl<'c> Batch<'c> {
    /// Rows for `target`, a table with its columns: `line (id, amount)`.
    pub fn new(connection: &'c Connection, target: &str) -> Result<Self> {
        let columns = target.matches(',').count() + 1;
        let row = format!("({})", vec!["?"; columns].join(", "));
        let insert = |rows: usize| format!("INSERT INTO {target} VALUES {}", vec![row.as_str(); rows].join(", "));
        Ok(Self {
            columns,
            values: Vec::with_capacity(columns * ROWS),
            many: connection.prepare(&insert(ROWS))?,
            one: connection.prepare(&insert(1))?,
        })
    }

    /// Adds a row, one value for each column.
    pub fn push<const N: usize>(&mut self, row: [Value; N]) -> Result<()> {
        self.values.extend(row);
        if self.values.len() >= self.columns * ROWS {
            run(&mut self.many, &self.values)?;
            self.values.clear();
        }
        Ok(())
    }

    /// Inserts what waits.
    pub fn flush(&mut self) -> Result<()> {
        for row in self.values.chunks(self.columns) {
            run(&mut self.one, row)?;
        }
        self.values.clear();
        Ok(())
    }
}

fn run(statement: &mut Statement<'_>, values: &[Value]) -> Result<()> {
    for (i, value) in (1..).zip(values) {
        statement.raw_bind_parameter(i, value)?;
    }
    statement.raw_execute()?;
    Ok(())
}

/// An integer or NULL.
pub fn optional(value: Option<impl Into<i64>>) -> Value {
    value.map_or(Value::Null, |v| Value::Integer(v.into()))
}
