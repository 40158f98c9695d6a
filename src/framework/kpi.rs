//! The section of KPIs: the framework's table, the catalogue with targets and owners, benchmarks.

use super::document::References;
use super::words::{MISSING, period};
use crate::analytics::kpi::{FrameworkRow, KpiRow, Kpis, said};
use crate::model::figure::Value;
use crate::model::kpi::{Benchmark, BenchmarkKind};
use crate::model::metric::Group;
use crate::model::{Locale, MetricId};
use crate::report::document::{Block, Cell, Column, Table};

const EN: Locale = Locale::En;

/// What the dashboard says beyond the framework's table: the formulas behind its impacts, the catalogue with targets and
/// owners, and what figures are held against.
pub fn kpi_blocks(found: &Kpis, benchmarks: &[Benchmark], references: &mut References) -> Vec<Block> {
    let mut blocks = vec![
        Block::Facts(vec![("Period".into(), period(found.period)), ("Baseline".into(), period(found.baseline))]),
        Block::Note(format!("{}.", said::OVERLAP)),
        Block::List(found.framework.iter().map(formula).collect()),
        Block::Heading(2, "Catalogue".into()),
    ];
    for group in Group::ALL {
        let rows: Vec<&KpiRow> = found.rows.iter().filter(|row| row.metric.metric().group == Some(group)).collect();
        blocks.push(Block::Table(catalogue(group, &rows, found, references)));
    }
    blocks.push(Block::Heading(2, "Benchmarks".into()));
    blocks.push(Block::Table(table_of(benchmarks)));
    blocks.extend(found.notes.iter().map(|note| Block::Note(format!("{note}."))));
    blocks
}

fn cell(metric: MetricId, value: Option<Value>) -> Cell {
    match value {
        Some(known) => Cell::number(known.number(), said::value(EN, metric, value)),
        None => Cell::text(MISSING),
    }
}

/// How an impact was found, or why there is none.
fn formula(row: &FrameworkRow) -> String {
    let name = row.metric.metric().name;
    match (said::with_numbers(EN, row), &row.why_not) {
        (Some(numbers), _) => format!("{name}: {}; {numbers}", row.formula),
        (None, Some(why)) => format!("{name}: {}; not known: {why}", row.formula),
        (None, None) => format!("{name}: {}", row.formula),
    }
}

fn catalogue(group: Group, rows: &[&KpiRow], found: &Kpis, references: &mut References) -> Table {
    let row = |row: &&KpiRow| {
        let metric = row.metric.metric();
        let target = row.target.as_ref().map(|target| target.value);
        let owner = if row.owner.is_empty() { MISSING } else { &row.owner };
        let mut value = cell(row.metric, row.value);
        if value.number.is_some() {
            let text = format!(
                "{}: {}. As of {}, {}; page KPIs",
                metric.name,
                metric.in_words.trim_end_matches('.'),
                found.as_of.display(),
                period(found.period)
            );
            value.reference = Some(references.number(text));
        }
        vec![
            Cell::text(metric.name),
            Cell::text(metric.in_words),
            Cell::text(metric.unit.name()),
            Cell::text(if row.from.is_empty() { metric.source.name() } else { &row.from }),
            Cell::text(metric.better.name()),
            Cell::text(owner),
            cell(row.metric, target),
            value,
        ]
    };
    let column = |(header, numeric): (&str, bool)| Column::new(header.into(), numeric);
    let columns = [
        ("Metric", false),
        ("In words", false),
        ("Unit", false),
        ("Source", false),
        ("Direction", false),
        ("Owner", false),
        ("Target", true),
        ("Value", true),
    ];
    Table {
        caption: group.name().into(),
        columns: columns.into_iter().map(column).collect(),
        rows: rows.iter().map(row).collect(),
        total: None,
    }
}

fn table_of(benchmarks: &[Benchmark]) -> Table {
    let row = |one: &Benchmark| {
        let text = match (one.metric(), one.kind) {
            (_, BenchmarkKind::Lift) => said::lift(EN, Some(one.value)),
            (Some(metric), _) => said::benchmark(EN, metric, one.value),
            (None, _) => one.value.to_string(),
        };
        vec![
            Cell::text(&one.name),
            Cell::text(one.kind.name()),
            Cell::number(one.value, text),
            Cell::text(&one.of),
            Cell::text(format!("{}, {}", one.source, one.dated.display())),
        ]
    };
    let column = |(header, numeric): (&str, bool)| Column::new(header.into(), numeric);
    let columns = [("Metric", false), ("Kind", false), ("Value", true), ("Of", false), ("Source", false)];
    Table {
        caption: "What others reach, and what is to be reached".into(),
        columns: columns.into_iter().map(column).collect(),
        rows: benchmarks.iter().map(row).collect(),
        total: None,
    }
}
