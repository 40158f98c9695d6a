//! A row for each variant: visitors, conversions, and revenue with its spread.

use super::{Columns, FileError, Role, Table};
use crate::import::cells::CellError;
use crate::import::row::Row;
use crate::jobs::Progress;
use crate::model::experiment::{Metric, MetricTotal, Spread, Sum, Totals, VariantTotals, same_name};
use crate::model::plan::Amount;

/// Reads it.
pub(super) fn read(table: &Table<'_>, columns: &Columns, progress: &Progress) -> Result<Totals, FileError> {
    let mut totals = Totals { file: table.preview.file.clone(), ..Totals::default() };
    table.each(progress, |row| {
        let row = row.ok_or_else(|| table.torn())?;
        let of = variant(&row, table, columns)?;
        if matches!(same_name(&of.variant).as_str(), "" | "total" | "all" | "overall") {
            return Ok(());
        }
        if totals.variants.iter().any(|known| known.variant == of.variant) {
            let words = format!("line {}: {} is there twice; keep one row for each variant", row.line, of.variant);
            return Err(FileError::Failed(words));
        }
        totals.variants.push(of);
        Ok(())
    })?;
    if totals.variants.is_empty() {
        return Err(format!("{} names no variant; export it again", table.preview.file).into());
    }
    Ok(totals)
}

fn variant(row: &Row<'_>, table: &Table<'_>, columns: &Columns) -> Result<VariantTotals, FileError> {
    let cells = &table.cells;
    let at_line = |error: CellError| FileError::Failed(format!("line {}: {error}; {}", row.line, error.repair));
    let cell = |role: Role| columns.of(role).and_then(|name| row.header().position(name)).map(|at| row.at(at));
    let count = |role: Role| cell(role).map_or(Ok(None), |cell| cells.scaled(cell, 0)).map_err(at_line);
    let number = |role: Role| cell(role).map_or(Ok(None), |cell| table.float(cell)).map_err(at_line);
    let name = cell(Role::Variant).map_or("", |cell| cell.text);
    let visitors = count(Role::Visitors)?.unwrap_or(0);
    let visitors = visitors.try_into().map_err(|_| format!("line {}: there are less than no visitors", row.line))?;
    let mut of = VariantTotals { variant: name.to_owned(), visitors, values: Vec::new() };
    if let Some(buyers) = count(Role::Conversions)? {
        of.values.push(MetricTotal { metric: Metric::Conversion, sum: Sum::Count(buyers), spread: None });
    }
    let currency = table.within.currency;
    if let Some(minor) = cell(Role::Revenue).map_or(Ok(None), |cell| cells.money(cell, currency)).map_err(at_line)? {
        let deviation = number(Role::Deviation)?.map(Spread::Deviation);
        let spread = deviation.or(number(Role::Squares)?.map(Spread::Squares));
        let sum = Sum::Amount(Amount { minor, currency });
        of.values.push(MetricTotal { metric: Metric::Revenue, sum, spread });
    }
    Ok(of)
}
