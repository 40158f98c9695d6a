//! Scripts that load the tables, and their description.

use std::fmt::Write;

use super::file_of;
use crate::analytics::rules::sql::Dialect;
use crate::analytics::rules::sql::schema::{TABLES, Table, Type};
use crate::model::{Day, Definitions};

/// File of the script of an engine.
pub fn name_of(dialect: Dialect) -> String {
    let extension = if dialect == Dialect::BigQuery { "sh" } else { "sql" };
    format!("load-{}.{extension}", dialect.key())
}

/// The script that makes and fills the tables; run in the folder of the files.
pub fn load(dialect: Dialect) -> String {
    let mut out = match dialect {
        Dialect::Sqlite => "-- Run in this folder: sqlite3 shop.db < load-sqlite.sql\n".to_owned(),
        Dialect::Postgres => "-- Run in this folder: psql DATABASE -f load-postgresql.sql\n".to_owned(),
        Dialect::ClickHouse => "-- Run in this folder: clickhouse-client --multiquery < load-clickhouse.sql\n".to_owned(),
        Dialect::BigQuery => {
            "#!/bin/sh\n# Untested: this script was never run. Run in this folder: sh load-bigquery.sh DATASET\nset -e\n".to_owned()
        }
    };
    for table in TABLES {
        out += &match dialect {
            Dialect::BigQuery => bigquery(table),
            dialect => create(dialect, table) + &fill(dialect, table),
        };
    }
    if dialect == Dialect::Postgres {
        out += "ANALYZE;\n";
    }
    out
}

/// The statement that makes a table.
pub fn create(dialect: Dialect, table: &Table) -> String {
    let mut columns: Vec<String> = table
        .columns
        .iter()
        .map(|column| format!("  {} {}", column.name, dialect.type_of(column.kind, column.empty)))
        .collect();
    if dialect != Dialect::ClickHouse && !table.key.is_empty() {
        columns.push(format!("  PRIMARY KEY ({})", table.key.join(", ")));
    }
    let engine = match dialect {
        Dialect::ClickHouse if table.key.is_empty() => {
            format!("\nENGINE = MergeTree ORDER BY {}", table.columns[0].name)
        }
        Dialect::ClickHouse => format!("\nENGINE = MergeTree ORDER BY ({})", table.key.join(", ")),
        _ => String::new(),
    };
    format!("\n-- {}\nCREATE TABLE {} (\n{}\n){engine};\n", table.row, table.name, columns.join(",\n"))
}

fn fill(dialect: Dialect, table: &Table) -> String {
    let (name, file) = (table.name, file_of(table));
    match dialect {
        Dialect::Postgres => format!("\\copy {name} FROM '{file}' WITH (FORMAT csv, HEADER true)\n"),
        Dialect::ClickHouse => format!("INSERT INTO {name} FROM INFILE '{file}' FORMAT CSVWithNames;\n"),
        _ => {
            // SQLite reads an empty cell as an empty text.
            let empty = table.columns.iter().filter(|column| column.empty).map(|column| column.name);
            let nulls: Vec<String> = empty.map(|name| format!("{name} = NULLIF({name}, '')")).collect();
            let update =
                if nulls.is_empty() { String::new() } else { format!("UPDATE {name} SET {};\n", nulls.join(", ")) };
            format!(".import --csv --skip 1 {file} {name}\n{update}")
        }
    }
}

fn bigquery(table: &Table) -> String {
    let columns = table.columns.iter().map(|column| {
        let kind = match column.kind {
            Type::Whole => "INTEGER",
            Type::Text => "STRING",
            Type::Day => "DATE",
        };
        format!("{}:{kind}", column.name)
    });
    let columns = columns.collect::<Vec<_>>().join(",");
    let name = table.name;
    format!(
        "bq load --source_format=CSV --skip_leading_rows=1 --allow_quoted_newlines --null_marker='' \\\n  \"$1.{name}\" {} {columns}\n",
        file_of(table)
    )
}

/// The description of the folder; `segments` are names with the stems of their files.
pub fn readme(shop: &str, definitions: &Definitions, as_of: Day, segments: &[(String, String)]) -> String {
    let currency = definitions.currency;
    let mut out = format!(
        "# Tables of {}\n\n\
         Written by Cartwright for running segments on another engine. Amounts are whole numbers of minor units of {currency} \
         ({} make one), days are in {}, an empty cell means that nothing is known. Revenue: {}. \
         Definitions version {}.\n\n\
         `customers.csv` holds personal data (shop ids, e-mail addresses): treat the folder accordingly.\n\n## Loading\n\n",
        one_line(shop),
        currency.scale(),
        definitions.zone.name(),
        definitions.revenue_in_words(),
        definitions.version,
    );
    for dialect in Dialect::ALL {
        let note = if dialect.is_tested() { "" } else { " (untested)" };
        let _ = writeln!(out, "- {}: `{}`{note}", dialect.name(), name_of(dialect));
    }
    let _ = write!(
        out,
        "\nThe SQL of a segment lists the `customer_id` of its members as of the day it names. Texts are compared letter for \
         letter; “contains” ignores the case of the letters a to z. What is unknown is NULL and makes nobody a member. \
         ClickHouse text sets `join_use_nulls`. `customer_figures` holds scores and outcomes of models of {as_of}: for \
         another day, export the tables as of that day.\n"
    );
    if !segments.is_empty() {
        out += "\n## Segments\n\n";
        for (name, stem) in segments {
            let _ = writeln!(out, "- {}: `segments/{stem}.*.sql`", one_line(name));
        }
    }
    out += "\n## Tables\n";
    for table in TABLES {
        let _ =
            write!(out, "\n### {}\n\n{}\n\n| Column | Type | Meaning |\n| --- | --- | --- |\n", table.name, table.row);
        for column in table.columns {
            let kind = match column.kind {
                Type::Whole => "whole number",
                Type::Text => "text",
                Type::Day => "day",
            };
            let empty = if column.empty { ", can be empty" } else { "" };
            let _ = writeln!(out, "| `{}` | {kind}{empty} | {} |", column.name, column.meaning);
        }
    }
    out
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
