//! What the engines write differently.

use super::schema::Type;
use crate::model::Day;
use crate::model::rule::folded;

/// An engine that the SQL of a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3.
    Sqlite,
    /// PostgreSQL.
    Postgres,
    /// ClickHouse.
    ClickHouse,
    /// BigQuery; its text was never run.
    BigQuery,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Sqlite, Self::Postgres, Self::ClickHouse, Self::BigQuery];

    /// Its name on the command line and in file names.
    pub fn key(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgresql",
            Self::ClickHouse => "clickhouse",
            Self::BigQuery => "bigquery",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
            Self::ClickHouse => "ClickHouse",
            Self::BigQuery => "BigQuery",
        }
    }

    /// Whether its text is run by the tests.
    pub fn is_tested(self) -> bool {
        self != Self::BigQuery
    }

    /// A text.
    pub fn text(self, text: &str) -> String {
        // A text of SQL cannot hold the sign zero, and none of ours should.
        let text = text.replace('\0', "");
        match self {
            Self::Sqlite | Self::Postgres => format!("'{}'", text.replace('\'', "''")),
            Self::ClickHouse | Self::BigQuery => {
                let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
                format!("'{}'", escaped.replace('\n', "\\n").replace('\r', "\\r"))
            }
        }
    }

    /// A day.
    pub fn day(self, day: Day) -> String {
        match self {
            // SQLite has no days: texts in this form sort as the days do.
            Self::Sqlite => format!("'{day}'"),
            Self::ClickHouse => format!("toDate32('{day}')"),
            Self::Postgres | Self::BigQuery => format!("DATE '{day}'"),
        }
    }

    /// Whether a text contains another, whatever the case of the letters a to z.
    pub fn contains(self, expression: &str, part: &str) -> String {
        let part = self.text(&folded(part));
        match self {
            Self::Sqlite => format!("instr(lower({expression}), {part}) > 0"),
            Self::Postgres => format!("strpos(lower({expression} COLLATE \"C\"), {part}) > 0"),
            Self::ClickHouse => format!("position(lower({expression}), {part}) > 0"),
            Self::BigQuery => format!(
                "STRPOS(TRANSLATE({expression}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), {part}) > 0"
            ),
        }
    }

    /// What follows the statement.
    pub fn ending(self) -> &'static str {
        match self {
            // Customers without a row in a joined table have nothing there, rather than a zero.
            Self::ClickHouse => "\nSETTINGS join_use_nulls = 1;\n",
            _ => ";\n",
        }
    }

    /// The type of a column.
    pub fn type_of(self, kind: Type, empty: bool) -> String {
        let name = match (self, kind) {
            (Self::Sqlite, Type::Whole) => "INTEGER",
            (Self::Postgres, Type::Whole) => "BIGINT",
            (_, Type::Whole) => "Int64",
            (Self::Sqlite | Self::Postgres, Type::Text) => "TEXT",
            (_, Type::Text) => "String",
            (Self::Sqlite, Type::Day) => "TEXT",
            (Self::ClickHouse, Type::Day) => "Date32",
            (_, Type::Day) => "DATE",
        };
        match (self, empty) {
            (Self::ClickHouse, true) => format!("Nullable({name})"),
            (Self::ClickHouse, false) => name.to_owned(),
            (Self::BigQuery, empty) => name.to_uppercase() + if empty { "" } else { " NOT NULL" },
            (_, empty) => name.to_owned() + if empty { "" } else { " NOT NULL" },
        }
    }
}
