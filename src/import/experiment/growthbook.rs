//! Results as GrowthBook exports them: a row for each metric and variation, and for each value of a dimension where the
//! results were told apart by one. Blank cells are zeros there.

use super::{FileError, Table};
use crate::import::row::{Row, fold};
use crate::jobs::Progress;
use crate::model::experiment::{Metric, MetricTotal, Named, Part, Spread, Sum, Totals, Unit, VariantTotals};
use crate::model::plan::Amount;

/// What one row says.
struct Line {
    value: String,
    metric: String,
    variation: String,
    users: u64,
    total: f64,
    each: f64,
    deviation: f64,
}

/// Reads it.
pub(super) fn read(table: &Table<'_>, progress: &Progress) -> Result<Totals, FileError> {
    let dimension = table.preview.header.first().filter(|name| fold(name) != "metric").cloned();
    let mut lines = Vec::new();
    table.each(progress, |row| {
        let row = row.ok_or_else(|| table.torn())?;
        lines.push(line(&row, table, dimension.as_deref())?);
        Ok(())
    })?;
    if lines.is_empty() {
        return Err(format!("{} has no results yet; run the analysis in GrowthBook first", table.preview.file).into());
    }
    let metrics: Vec<(String, Unit)> = unique(lines.iter().map(|line| line.metric.clone()))
        .into_iter()
        .map(|name| {
            let of: Vec<&Line> = lines.iter().filter(|line| line.metric == name).collect();
            let unit = unit(&name, &of);
            (name, unit)
        })
        .collect();
    let mut totals = Totals { file: table.preview.file.clone(), ..Totals::default() };
    let within = |value: &str| variants(lines.iter().filter(|line| line.value == value), &metrics, table);
    match dimension {
        None => totals.variants = within(""),
        Some(dimension) => {
            totals.parts = unique(lines.iter().map(|line| line.value.clone()))
                .into_iter()
                .map(|value| Part { dimension: dimension.clone(), variants: within(&value), value })
                .collect();
            totals.variants = together(&lines, &metrics, table);
        }
    }
    Ok(totals)
}

fn line(row: &Row<'_>, table: &Table<'_>, dimension: Option<&str>) -> Result<Line, FileError> {
    let number = |column: &'static str| -> Result<f64, FileError> {
        let text = row.cell(column).text;
        let read =
            if text.is_empty() { Some(0.0) } else { text.parse().ok().filter(|number: &f64| number.is_finite()) };
        read.ok_or_else(|| format!("line {}: {column} “{text}” is no number; export the file again", row.line).into())
    };
    let text = |column| row.cell(column).text.to_owned();
    let users = table.cells.scaled(row.cell("users"), 0)?.unwrap_or(0);
    Ok(Line {
        value: dimension.map_or_else(String::new, |_| row.at(0).text.to_owned()),
        metric: text("metric"),
        variation: text("variation"),
        users: users.try_into().map_err(|_| format!("line {}: there are less than no users", row.line))?,
        total: number("totalValue")?,
        each: number("perUserValue")?,
        deviation: number("perUserValueStdDev")?,
    })
}

fn unique(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

/// A share has whole totals of at most its users, and the deviation that follows from them; money says so by its name.
fn unit(name: &str, lines: &[&Line]) -> Unit {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-3 * b.abs().max(1e-6);
    let is_share = |line: &&Line| {
        let share = line.total / (line.users.max(1)) as f64;
        let (n, spread) = (line.users as f64, share * (1.0 - share));
        let with = |by: f64| near(line.deviation, (spread * by).max(0.0).sqrt());
        line.total.fract() == 0.0 && (0.0..=1.0).contains(&share) && (with(1.0) || with(n / (n - 1.0).max(1.0)))
    };
    let words = fold(name);
    if lines.iter().all(is_share) {
        Unit::Share
    } else if ["revenue", "spend", "sales", "profit", "value", "amount", "margin"].iter().any(|w| words.contains(w)) {
        Unit::Money
    } else {
        Unit::Number
    }
}

/// The measure of a metric: one of the shop's own where it is called so, and counts the same.
fn measure(name: &str, unit: Unit) -> Metric {
    let own = Metric::parse(name).filter(|own| own.unit() == unit);
    own.unwrap_or_else(|| Metric::Named(Named { name: name.to_owned(), unit, less_is_better: false }))
}

fn variants<'l>(
    lines: impl Iterator<Item = &'l Line>,
    metrics: &[(String, Unit)],
    table: &Table<'_>,
) -> Vec<VariantTotals> {
    let mut found: Vec<VariantTotals> = Vec::new();
    for line in lines {
        let at = found.iter().position(|totals| totals.variant == line.variation).unwrap_or_else(|| {
            found.push(VariantTotals { variant: line.variation.clone(), ..VariantTotals::default() });
            found.len() - 1
        });
        let unit = metrics.iter().find(|(name, _)| *name == line.metric).map_or(Unit::Number, |(_, unit)| *unit);
        let of = &mut found[at];
        // Some metrics leave users out; the whole is the largest number.
        of.visitors = of.visitors.max(line.users);
        of.values.push(total(line, unit, table));
    }
    found
}

fn total(line: &Line, unit: Unit, table: &Table<'_>) -> MetricTotal {
    // Of a metric that is no plain mean per user, what counts is the value per user.
    let (n, plain) = (line.users as f64, line.total);
    let each = if line.each == 0.0 && plain != 0.0 { plain } else { line.each * n };
    let whole = if (each - plain).abs() <= 1e-6 * plain.abs().max(1.0) { plain } else { each };
    let sum = match unit {
        Unit::Share => Sum::Count(plain as i64),
        Unit::Money => {
            let currency = table.within.currency;
            let minor = whole * 10_f64.powi(currency.exponent() as i32);
            Sum::Amount(Amount { minor: minor.round() as i64, currency })
        }
        Unit::Number => Sum::Number(whole),
    };
    let spread = (unit != Unit::Share).then_some(Spread::Deviation(line.deviation));
    MetricTotal { metric: measure(&line.metric, unit), sum, spread }
}

/// All values of the dimension together: users, totals and squares add up.
fn together(lines: &[Line], metrics: &[(String, Unit)], table: &Table<'_>) -> Vec<VariantTotals> {
    let mut joined: Vec<Line> = Vec::new();
    let mut squares: Vec<f64> = Vec::new();
    for line in lines {
        let n = line.users as f64;
        let mean = if n > 0.0 { line.each } else { 0.0 };
        let square = line.deviation * line.deviation * (n - 1.0).max(0.0) + n * mean * mean;
        let same = |one: &Line| one.metric == line.metric && one.variation == line.variation;
        match joined.iter().position(same) {
            Some(at) => {
                let of = &mut joined[at];
                of.each = (of.each * of.users as f64 + mean * n) / (of.users as f64 + n).max(1.0);
                (of.users, of.total) = (of.users + line.users, of.total + line.total);
                squares[at] += square;
            }
            None => {
                joined.push(Line {
                    value: String::new(),
                    metric: line.metric.clone(),
                    variation: line.variation.clone(),
                    ..*line
                });
                squares.push(square);
            }
        }
    }
    for (line, squares) in joined.iter_mut().zip(squares) {
        let n = line.users as f64;
        line.deviation = ((squares - n * line.each * line.each).max(0.0) / (n - 1.0).max(1.0)).sqrt();
    }
    variants(joined.iter(), metrics, table)
}
