//! Options of `segment …` and `export-tables`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::super::args::day;
use crate::analytics::rules::sql;
use crate::model::Day;

/// What can be done with saved segments.
#[derive(Subcommand)]
pub enum SegmentCommand {
    /// List the saved segments with their sentences and sizes
    List(ListArgs),
    /// Save a segment
    Add(AddArgs),
    /// Count the members of a segment or a rule
    Count(RuleArgs),
    /// List the members of a segment or a rule, or save them as CSV or XLSX
    Members(MembersArgs),
    /// Save the members of a segment or a rule for a platform (hashed, with consent) or as a list
    Export(ExportArgs),
    /// Print the SQL of a segment or a rule
    Sql(SqlArgs),
    /// Delete a saved segment
    Remove(NameArgs),
    /// Count what several saved segments have in common
    Overlap(OverlapArgs),
    /// Segments worth a look, with cut-offs from the shop's own percentiles
    Suggest(ListArgs),
    /// List the fields that a rule can look at
    Fields(FieldsArgs),
}

#[derive(Args)]
pub struct ListArgs {
    /// Workspace
    pub file: PathBuf,
    #[command(flatten)]
    pub on: On,
}

/// The day, and how to print.
#[derive(Args)]
pub struct On {
    /// All facts up to the end of this day; the last day with an order when left out
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct AddArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of the segment
    pub name: String,
    /// Its rule: a file, JSON, or text such as 'orders >= 2 in last 90 days and country is DE'
    #[arg(long)]
    pub rule: String,
    /// What it is for
    #[arg(long, default_value = "")]
    pub description: String,
}

/// A saved segment, or a rule that is not saved.
#[derive(Args)]
pub struct RuleArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of a saved segment
    #[arg(required_unless_present = "rule")]
    pub name: Option<String>,
    /// A rule instead: a file, JSON, or text
    #[arg(long, conflicts_with = "name")]
    pub rule: Option<String>,
    #[command(flatten)]
    pub on: On,
}

#[derive(Args)]
pub struct MembersArgs {
    #[command(flatten)]
    pub rule: RuleArgs,
    /// File to write: .csv or .xlsx
    #[arg(long)]
    pub out: Option<PathBuf>,
}

#[derive(Args)]
pub struct ExportArgs {
    #[command(flatten)]
    pub rule: RuleArgs,
    /// What the file is for
    #[arg(long, value_enum)]
    pub to: To,
    /// File to write
    #[arg(long)]
    pub out: PathBuf,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum To {
    /// Google Customer Match: hashed addresses and numbers
    Google,
    /// Meta custom audience: hashed addresses, numbers, names, countries
    Meta,
    /// CSV with names and figures
    Csv,
    /// Workbook with names and figures
    Xlsx,
}

#[derive(Args)]
pub struct SqlArgs {
    #[command(flatten)]
    pub rule: RuleArgs,
    /// Engine
    #[arg(long, value_enum)]
    pub dialect: Dialect,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Dialect {
    Sqlite,
    #[value(alias = "postgres")]
    Postgresql,
    Clickhouse,
    Bigquery,
}

impl From<Dialect> for sql::Dialect {
    fn from(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Sqlite => Self::Sqlite,
            Dialect::Postgresql => Self::Postgres,
            Dialect::Clickhouse => Self::ClickHouse,
            Dialect::Bigquery => Self::BigQuery,
        }
    }
}

#[derive(Args)]
pub struct NameArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of the segment
    pub name: String,
}

#[derive(Args)]
pub struct OverlapArgs {
    /// Workspace
    pub file: PathBuf,
    /// Names of saved segments; all of them when left out
    pub names: Vec<String>,
    #[command(flatten)]
    pub on: On,
}

#[derive(Args)]
pub struct FieldsArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct ExportTablesArgs {
    /// Workspace
    pub file: PathBuf,
    /// Folder to write to
    pub dir: PathBuf,
    /// Day of the table of scores; the last day with an order when left out
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
}
