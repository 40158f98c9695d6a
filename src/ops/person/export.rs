//! Everything that a workspace holds about a person, to hand over: one readable file, and the orders as a table.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value as Json, json};

use super::{Session, as_json, index_of};
use crate::analytics::clv;
use crate::jobs::Progress;
use crate::model::record::RejectedRow;
use crate::model::{Dataset, Definitions};
use crate::report::file;
use crate::report::table_export::{self, List, TableFormat, Value, Written};
use crate::workspace::person::Person;

/// Columns of the table of orders: a row for each line.
const COLUMNS: &[&str] = &[
    "Order",
    "Date",
    "Status",
    "Product",
    "SKU",
    "Quantity",
    "Amount",
    "Discount",
    "Order total",
    "Currency",
    "File",
    "Line",
];

impl Session {
    /// Everything about the customer in a row as JSON: rows of all tables with file and line, rejected rows that name
    /// the person, and the profile: segment, scores, what is foretold.
    pub fn everything_about(&mut self, id: u32) -> Result<Json> {
        let progress = Progress::none();
        let (data, definitions) = (self.dataset(&progress)?, self.definitions()?);
        let customer = index_of(&data, id).context("this customer is not in the workspace any more")?;
        let person = self.person(&data, customer)?;
        let mut out = as_json::person(&person);
        if let Ok(table) = self.segments(None, &progress)? {
            let dossier = self.dossier(&data, &definitions, &table, customer)?;
            let foretold = self.foretold(table.as_of, &clv::Settings::default(), &progress)?;
            out["profile"] = as_json::figures(&dossier, &definitions);
            out["profile"]["foretold"] = as_json::foretold(&foretold, customer);
        }
        let rejected = self.workspace.rejected_naming(&person)?;
        let row = |(file, row): &(String, RejectedRow)| json!({"file": file, "line": row.line, "reason": row.reason, "cells": row.cells});
        out["rejected_rows"] = rejected.iter().map(row).collect::<Vec<_>>().into();
        out["shop"] = self.shop()?.into();
        out["exported_at"] = json!(as_json::moment(crate::ops::now()));
        Ok(out)
    }

    /// Writes everything about a customer as a JSON file.
    pub fn export_person(&mut self, id: u32, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(&self.everything_about(id)?)?;
        file::write_bytes(path, format!("{text}\n").as_bytes())
    }

    /// Writes the orders of a customer, line by line, as a table.
    pub fn export_orders_of(
        &self,
        data: &Dataset,
        customer: u32,
        path: &Path,
        format: &dyn TableFormat,
    ) -> Result<Written> {
        let person = self.person(data, customer)?;
        let list = List { title: "Orders".into(), columns: COLUMNS.iter().map(|&c| c.to_owned()).collect() };
        let rows = order_rows(&person, &self.definitions()?);
        table_export::save(path, format, &list, &mut rows.into_iter().map(Ok))
    }
}

/// A row for each line of each order; an order without lines has one of its own.
fn order_rows(person: &Person, definitions: &Definitions) -> Vec<Vec<Value>> {
    let text = |text: Option<&str>| text.map_or(Value::Empty, |text| Value::Text(text.to_owned()));
    let mut rows = Vec::new();
    for order in &person.orders {
        let head = || {
            let day = Value::Day(definitions.zone.day(order.placed_at));
            vec![Value::Text(order.number.clone()), day, Value::Text(order.status.word().into())]
        };
        let tail = |file: &str, line: u64| {
            let total = Value::Money(order.total, order.currency);
            let currency = Value::Text(order.currency.code().into());
            vec![total, currency, Value::Text(file.to_owned()), Value::Count(line)]
        };
        if order.lines.is_empty() {
            let mut row = head();
            row.extend((0..5).map(|_| Value::Empty));
            row.extend(tail(&order.origin.file, order.origin.line));
            rows.push(row);
        }
        for line in &order.lines {
            let mut row = head();
            row.extend([
                text(line.product.as_deref()),
                text(line.sku.as_deref()),
                Value::Number(line.quantity_milli as f64 / 1_000.0),
                Value::Money(line.amount, order.currency),
                Value::Money(line.discount, order.currency),
            ]);
            row.extend(tail(&line.origin.file, line.origin.line));
            rows.push(row);
        }
    }
    rows
}
