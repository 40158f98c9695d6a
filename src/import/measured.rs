//! Rows of metrics by period: one metric in each row, or one in each column.

use super::cells::{CellError, CellReader};
use super::field::Field;
use super::plan::Plan;
use super::row::{Cell, Row};
use crate::model::figure::Value;
use crate::model::kpi::{Grain, Measurement};
use crate::model::metric::Unit;
use crate::model::record::{MeasuredRecord, Record};
use crate::model::{Currency, Day, MetricId};

/// Digits after the point that are kept of what is no money.
const DECIMALS: u32 = 6;
const MILLION: f64 = 1e6;
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The metrics of a row.
pub fn measured(row: &Row, cells: &CellReader, plan: &Plan) -> Result<Record, CellError> {
    let (from, to) = days(row, cells)?;
    let currency = cells.currency(row.field(Field::Currency))?.unwrap_or(plan.currency);
    let n = cells.scaled(row.field(Field::SampleSize), 0)?.and_then(|n| u64::try_from(n).ok());
    let source = cells.text(row.field(Field::MeasuredBy))?.unwrap_or_default().to_owned();
    let one = |metric, value| Measurement { metric, from, to, value, n, source: source.clone(), typed: false };
    let mut values = Vec::new();
    if plan.mapping.fields.contains_key(&Field::MetricName) {
        let metric = named(row.field(Field::MetricName), cells)?;
        let cell = row.field(Field::MetricValue);
        let value = value(metric, cell, cells, currency)?;
        let value = value.ok_or_else(|| CellError::blank(cell.column, "Fill in the value, or remove the row"))?;
        values.push((cell, one(metric, value)));
    }
    for (column, key) in &plan.mapping.keep {
        let Some(cell) = row.header().position(column).map(|at| row.at(at)) else { continue };
        let metric = named(Cell::new(column, key), cells)?;
        values.extend(value(metric, cell, cells, currency)?.map(|value| (cell, one(metric, value))));
    }
    for (cell, measured) in &values {
        measured.check().map_err(|why| CellError::new(*cell, format!("cannot be kept: {why}"), REPAIR))?;
    }
    let values = values.into_iter().map(|(_, measured)| measured).collect();
    Ok(Record::Measured(Box::new(MeasuredRecord { line: row.line, values })))
}

const REPAIR: &str = "Mend the value, or remove it";

/// The metric of a name; of one that nobody knows, which ones are near.
fn named(cell: Cell, cells: &CellReader) -> Result<MetricId, CellError> {
    let name = cells.text(cell)?.ok_or_else(|| CellError::blank(cell.column, "Fill in the name of the metric"))?;
    MetricId::parse(name).filter(|id| id.metric().group.is_some()).ok_or_else(|| {
        let near: Vec<&str> = MetricId::near(name).iter().map(|metric| metric.name).collect();
        CellError::new(
            cell,
            "is no metric that is known",
            format!("Write one of those near to it: {}", near.join(", ")),
        )
    })
}

/// A value in the unit of its metric; shares as 81% or 0.81.
fn value(metric: MetricId, cell: Cell, cells: &CellReader, currency: Currency) -> Result<Option<Value>, CellError> {
    let unit = metric.metric().unit;
    if unit == Unit::Money {
        return Ok(cells.money(cell, currency)?.map(|minor| Value::Money(minor, currency)));
    }
    let percent = cell.text.strip_suffix('%');
    let Some(scaled) = cells.scaled(cell.part(percent.unwrap_or(cell.text)), DECIMALS)? else { return Ok(None) };
    let number = scaled as f64 / MILLION;
    match (unit, percent) {
        (Unit::Share | Unit::Growth, Some(_)) => Ok(Some(Value::Share(number / 100.0))),
        (Unit::Share, None) if !(0.0..=1.0).contains(&number) => {
            Err(CellError::new(cell, "is no share", "Write it as 81% or 0.81"))
        }
        (_, Some(_)) => Err(CellError::new(cell, "is a percentage", format!("Write it in {}", unit.name()))),
        (unit, None) => Ok(unit.value(number, currency)),
    }
}

/// First and last day: a month is whole, a day alone is that day.
fn days(row: &Row, cells: &CellReader) -> Result<(Day, Day), CellError> {
    let (from, until) = (row.field(Field::MeasuredOn), row.field(Field::MeasuredUntil));
    let last = cells.date(until)?;
    let text = cells.text(from)?.ok_or_else(|| CellError::blank(from.column, "Fill in the month or the first day"))?;
    let (first, end) = match month(text) {
        Some(month) => month,
        None => {
            let day = cells.date(from)?.ok_or_else(|| CellError::blank(from.column, "Fill in the first day"))?;
            let is_month = from.column.to_lowercase().contains("month");
            if is_month { Grain::Month.around(day) } else { (day, day) }
        }
    };
    match last.unwrap_or(end) {
        last if last < first => {
            Err(CellError::new(until, "lies before the first day", "Exchange the first and the last day"))
        }
        last => Ok((first, last)),
    }
}

/// The days of a month as people write it: `2026-03`, `03/2026`, `Mar 2026`, `March 2026`.
fn month(text: &str) -> Option<(Day, Day)> {
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let [a, b] = parts.as_slice() else { return None };
    let year = |text: &str| text.parse::<i32>().ok().filter(|year| (1990..=2100).contains(year) && text.len() == 4);
    let named = |text: &str| {
        let start: String = text.to_lowercase().chars().take(3).collect();
        MONTHS.iter().position(|month| *month == start).map(|at| at as u32 + 1)
    };
    let number = |text: &str| text.parse::<u32>().ok().filter(|n| (1..=12).contains(n)).or_else(|| named(text));
    let (year, month) = match (year(a), year(b)) {
        (Some(year), None) => (year, number(b)?),
        (None, Some(year)) => (year, number(a)?),
        _ => return None,
    };
    Some(Grain::Month.around(Day::parse(&format!("{year:04}-{month:02}-01"))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_as_people_write_them() {
        let march = Some((Day::parse("2026-03-01").unwrap(), Day::parse("2026-03-31").unwrap()));
        for text in ["2026-03", "03/2026", "3.2026", "Mar 2026", "March 2026", "2026 Mar"] {
            assert_eq!(month(text), march, "{text}");
        }
        for text in ["2026-03-01", "2026", "13/2026", "Foo 2026", "03/04"] {
            assert_eq!(month(text), None, "{text}");
        }
    }
}
