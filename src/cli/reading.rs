//! Options that say how a file is to be read.

use clap::{Args, ValueEnum};

use super::args::{currency, delimiter, field_and_column, kept_column, zone};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Choices, DateOrder, DecimalMark};
use crate::model::{Currency, Zone};

/// How a file is to be read, where that is not left to the program.
#[derive(Args)]
pub struct Reading {
    /// Source, instead of the recognised one; `generic` reads any table
    #[arg(long)]
    pub source: Option<String>,
    /// What the rows are
    #[arg(long = "as", value_enum)]
    pub table: Option<Rows>,
    /// Which column becomes which field; an empty column leaves the field out
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = field_and_column)]
    pub map: Vec<(Field, String)>,
    /// Keep a further column as a named attribute
    #[arg(long, value_name = "COLUMN[=NAME]", value_parser = kept_column)]
    pub keep: Vec<(String, String)>,
    /// Currency of amounts whose row names none
    #[arg(long, value_parser = currency)]
    pub currency: Option<Currency>,
    /// Time zone of times that name none
    #[arg(long, value_parser = zone)]
    pub time_zone: Option<Zone>,
    /// Order of day, month and year
    #[arg(long, value_enum)]
    pub date_order: Option<Order>,
    /// Decimal mark
    #[arg(long, value_enum)]
    pub decimal: Option<Decimal>,
    /// Delimiter; `tab` for a tab
    #[arg(long, value_parser = delimiter)]
    pub delimiter: Option<char>,
    /// Encoding, such as windows-1252
    #[arg(long)]
    pub encoding: Option<String>,
    /// Sheet of a workbook
    #[arg(long)]
    pub sheet: Option<String>,
    /// Line of the header; 0 when there is none
    #[arg(long)]
    pub header_line: Option<u64>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Rows {
    Lines,
    Orders,
    Customers,
    Products,
    Spend,
    Events,
    Touches,
    Metrics,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Order {
    Dmy,
    Mdy,
    Ymd,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Decimal {
    Point,
    Comma,
}

impl Reading {
    /// The same as choices for an import.
    pub fn choices(&self) -> Choices {
        Choices {
            source: self.source.clone(),
            table: self.table.map(|rows| match rows {
                Rows::Lines => TableKind::Lines,
                Rows::Orders => TableKind::Orders,
                Rows::Customers => TableKind::Customers,
                Rows::Products => TableKind::Products,
                Rows::Spend => TableKind::Spend,
                Rows::Events => TableKind::Events,
                Rows::Touches => TableKind::Touches,
                Rows::Metrics => TableKind::Metrics,
            }),
            map: self.map.iter().cloned().collect(),
            keep: self.keep.clone(),
            currency: self.currency,
            zone: self.time_zone,
            date_order: self.date_order.map(|order| match order {
                Order::Dmy => DateOrder::Dmy,
                Order::Mdy => DateOrder::Mdy,
                Order::Ymd => DateOrder::Ymd,
            }),
            decimal: self.decimal.map(|mark| match mark {
                Decimal::Point => DecimalMark::Point,
                Decimal::Comma => DecimalMark::Comma,
            }),
            delimiter: self.delimiter,
            encoding: self.encoding.clone(),
            sheet: self.sheet.clone(),
            header_line: self.header_line,
        }
    }
}
