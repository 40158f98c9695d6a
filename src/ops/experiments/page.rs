//! The result of an experiment to hand over: one page for a document, and a list of its figures.

use std::path::Path;

use anyhow::Result;

use super::analyse::Analysed;
use super::programme::{Memory, ProgrammeRow};
use super::{Sealed, sealed, sealed_late};
use crate::analytics::experiment::{Check, Comparison, Effect, Grade, Interval, MetricReading};
use crate::model::Currency;
use crate::model::experiment::{Metric, Unit};
use crate::report::document::{Block, Cell, Column, Document, Table};
use crate::report::table_export::{self, List, TableFormat, Value, Written};

/// What stands where nothing is known.
const MISSING: &str = "—";

/// Columns of the list.
const COLUMNS: [&str; 16] = [
    "Measure",
    "Unit",
    "Variant",
    "Visitors",
    "Value",
    "Difference",
    "Low",
    "High",
    "Corrected low",
    "Corrected high",
    "Relative difference",
    "Relative low",
    "Relative high",
    "Chance to win",
    "Always valid low",
    "Always valid high",
];

/// A value of a measure for people.
pub fn value(unit: Unit, value: f64, currency: Currency) -> String {
    match unit {
        Unit::Share => format!("{:.2}%", value * 100.0),
        Unit::Money => currency.display((value * 10_f64.powi(currency.exponent() as i32)).round() as i64),
        Unit::Number => format!("{value:.3}"),
    }
}

/// A difference of a measure for people, with its sign.
pub fn difference(unit: Unit, by: f64, currency: Currency) -> String {
    let text = match unit {
        Unit::Share => format!("{:.2} points", by.abs() * 100.0),
        _ => value(unit, by.abs(), currency),
    };
    format!("{}{text}", if by < 0.0 { "−" } else { "+" })
}

/// The interval of an effect that holds for all comparisons together, else that of this one alone.
pub fn interval(effect: &Effect) -> Option<Interval> {
    effect.corrected.or(effect.interval)
}

/// The difference and its interval, adjusted by what was known before.
pub fn adjusted(unit: Unit, of: &Comparison, currency: Currency) -> Option<String> {
    let effect = &of.adjusted.as_ref()?.absolute;
    let by = |by: f64| difference(unit, by, currency);
    let range = interval(effect).map_or_else(String::new, |r| format!(" ({} to {})", by(r.low), by(r.high)));
    Some(format!("{}{range}", by(effect.estimate)))
}

/// The result as one page.
pub fn page(of: &Analysed) -> Document {
    let (experiment, plan) = (&of.experiment, &of.experiment.plan);
    let mut blocks = vec![Block::Text(of.analysis.sentence.clone()), Block::Facts(facts(of))];
    let metrics = of.observed.metrics.iter().zip(&of.analysis.metrics);
    blocks.extend(metrics.map(|(metric, reading)| Block::Table(table(of, metric, reading))));
    let sentences = of.analysis.metrics.iter().flat_map(|reading| &reading.comparisons);
    blocks.push(Block::List(sentences.map(|one| one.sentence.clone()).collect()));
    let seen = |check: &&Check| check.grade > Grade::Unknown;
    let checks: Vec<String> = (of.analysis.checks.iter().filter(seen)).map(advice).collect();
    if !checks.is_empty() {
        blocks.push(Block::Heading(2, "To be kept in mind".into()));
        blocks.push(Block::List(checks));
    }
    if let Some(decision) = &experiment.decision {
        blocks.push(Block::Heading(2, "Decision".into()));
        blocks.push(Block::Text(format!("{}, {}", decision.choice.words(), decision.on.display())));
        if !decision.memo.is_empty() {
            blocks.push(Block::Text(decision.memo.clone()));
        }
    }
    if let Some(impact) = &experiment.impact {
        blocks.push(Block::Note(format!("In a year: {} ({})", impact.amount.display(), impact.formula)));
    }
    Document { title: experiment.name.clone(), subtitle: plan.kind.name().to_owned(), blocks, ..Document::default() }
}

/// What a check saw, and what to do.
pub fn advice(check: &Check) -> String {
    match check.advice.as_str() {
        "" => check.seen.clone(),
        advice => format!("{}. {advice}", check.seen),
    }
}

fn facts(of: &Analysed) -> Vec<(String, String)> {
    let plan = &of.experiment.plan;
    let mut facts = Vec::new();
    let mut fact = |name: &str, text: String| {
        if !text.is_empty() {
            facts.push((name.to_owned(), text));
        }
    };
    fact("Hypothesis", plan.hypothesis.clone());
    fact("Changes", plan.changes.clone());
    fact("Audience", plan.audience.clone());
    if let (Some(starts), Some(ends)) = (plan.starts, plan.ends) {
        fact("Days", format!("{} – {}", starts.display(), ends.display()));
    }
    if let Some(days) = plan.window_days {
        fact("Orders count for", format!("{days} days after joining"));
    }
    fact(
        "Confidence",
        format!("{:.0}%, corrected for {} comparisons", of.settings.confidence * 100.0, of.analysis.comparisons),
    );
    for (metric, cap) in &of.observed.caps {
        fact("Capped", format!("{} at {} per visitor", metric.name(), value(metric.unit(), *cap, of.currency)));
    }
    fact(
        "Seal",
        match sealed(&of.experiment) {
            None => "The plan was not sealed".into(),
            Some(Sealed::Same) if sealed_late(&of.experiment) => "The plan was sealed after its first day".into(),
            Some(Sealed::Same) => "The plan is the one that was sealed before its first day".into(),
            Some(Sealed::Differs(fields)) => format!("The plan differs from the sealed one in {}", fields.join(", ")),
            Some(Sealed::Broken) => "The seal is broken".into(),
        },
    );
    facts
}

fn table(of: &Analysed, metric: &Metric, reading: &MetricReading) -> Table {
    let unit = metric.unit();
    let column = |header: &str, numeric: bool| Column::new(header.into(), numeric);
    let mut rows = Vec::new();
    for (arm, figure) in reading.arms.iter().enumerate() {
        let name = of.analysis.arms.get(arm).cloned().unwrap_or_default();
        let mut row = vec![
            Cell::text(name),
            Cell::number(figure.users as f64, figure.users.to_string()),
            figure.value.map_or_else(|| Cell::text(MISSING), |v| Cell::number(v, value(unit, v, of.currency))),
        ];
        let comparison = reading.comparisons.iter().find(|comparison| comparison.arm == arm);
        let effect = comparison.and_then(|comparison| comparison.absolute.as_ref());
        row.push(effect.map_or_else(
            || Cell::text(MISSING),
            |e| Cell::number(e.estimate, difference(unit, e.estimate, of.currency)),
        ));
        let range = effect.and_then(interval).map(|range| {
            format!("{} to {}", difference(unit, range.low, of.currency), difference(unit, range.high, of.currency))
        });
        row.push(Cell::text(range.unwrap_or_else(|| MISSING.into())));
        if reading.comparisons.iter().any(|comparison| comparison.adjusted.is_some()) {
            row.push(Cell::text(
                comparison.and_then(|one| adjusted(unit, one, of.currency)).unwrap_or_else(|| MISSING.into()),
            ));
        }
        let chance = comparison.and_then(|comparison| comparison.belief.as_ref()).map(|belief| belief.chance_to_win);
        row.push(chance.map_or_else(|| Cell::text(MISSING), |c| Cell::number(c, format!("{:.1}%", c * 100.0))));
        rows.push(row);
    }
    let mut columns = vec![
        column("Variant", false),
        column("Visitors", true),
        column("Value", true),
        column("Difference", true),
        column("Interval", true),
        column("Chance to win", true),
    ];
    if reading.comparisons.iter().any(|comparison| comparison.adjusted.is_some()) {
        columns.insert(5, column("Adjusted by what was known before", true));
    }
    Table { caption: reading.name.clone(), columns, rows, total: None }
}

/// The framework's programme table as a page, with what past tests teach of the next.
pub fn programme_page(rows: &[ProgrammeRow], memory: &Memory) -> Document {
    let column = |header: &str, numeric: bool| Column::new(header.into(), numeric);
    let share = |share: Option<f64>| {
        share.map_or_else(|| Cell::text(MISSING), |share| Cell::number(share, format!("{:.1}%", share * 100.0)))
    };
    let row = |row: &ProgrammeRow| {
        vec![
            Cell::text(row.kind.name()),
            Cell::number(row.running as f64, row.running.to_string()),
            share(row.win_rate),
            share(row.average_lift),
            share(row.implementation_rate),
            row.annual_impact.map_or_else(|| Cell::text(MISSING), |amount| Cell::text(amount.display())),
        ]
    };
    let table = Table {
        caption: "Tests by kind".into(),
        columns: vec![
            column("Test type", false),
            column("Current tests", true),
            column("Win rate", true),
            column("Average lift", true),
            column("Implementation rate", true),
            column("Annual impact", true),
        ],
        rows: rows.iter().map(row).collect(),
        total: None,
    };
    let mut blocks = vec![Block::Table(table), Block::Note(memory.programme.words.clone())];
    if let Some(share) = memory.programme.false_winners {
        blocks.push(Block::Note(format!(
            "Of the results that were better beyond chance, {:.0}% are expected to be false",
            share * 100.0
        )));
    }
    Document { title: "Testing and optimization".into(), subtitle: String::new(), blocks, ..Document::default() }
}

/// Saves the figures of a result as a list: a row for each measure and variant. Money in major units.
///
/// # Errors
/// When the file cannot be written; what was there before stays.
pub fn save_list(of: &Analysed, path: &Path, format: &dyn TableFormat) -> Result<Written> {
    let list = List { title: "Experiment".into(), columns: COLUMNS.map(str::to_owned).into() };
    let metrics = of.observed.metrics.iter().zip(&of.analysis.metrics);
    let rows: Vec<Vec<Value>> = metrics.flat_map(|(metric, reading)| rows(of, metric, reading)).collect();
    table_export::save(path, format, &list, &mut rows.into_iter().map(Ok))
}

fn rows(of: &Analysed, metric: &Metric, reading: &MetricReading) -> Vec<Vec<Value>> {
    let number = |value: Option<f64>| value.map_or(Value::Empty, Value::Number);
    let ends = |range: Option<Interval>| [number(range.map(|r| r.low)), number(range.map(|r| r.high))];
    let unit = match metric.unit() {
        Unit::Share => "share".to_owned(),
        Unit::Money => of.currency.to_string(),
        Unit::Number => "number".to_owned(),
    };
    let row = |(arm, figure): (usize, &crate::analytics::experiment::reading::ArmFigure)| {
        let comparison = reading.comparisons.iter().find(|comparison| comparison.arm == arm);
        let absolute = comparison.and_then(|one| one.absolute.as_ref());
        let relative = comparison.and_then(|one| one.relative.as_ref());
        let mut row = vec![
            Value::Text(metric.name().to_owned()),
            Value::Text(unit.clone()),
            Value::Text(of.analysis.arms.get(arm).cloned().unwrap_or_default()),
            Value::Count(figure.users),
            number(figure.value),
            number(absolute.map(|effect| effect.estimate)),
        ];
        row.extend(ends(absolute.and_then(|effect| effect.interval)));
        row.extend(ends(absolute.and_then(|effect| effect.corrected)));
        row.push(number(relative.map(|effect| effect.estimate)));
        row.extend(ends(relative.and_then(interval)));
        row.push(number(comparison.and_then(|one| one.belief.as_ref()).map(|belief| belief.chance_to_win)));
        row.extend(ends(comparison.and_then(|one| one.always.as_ref()).map(|always| always.interval)));
        row
    };
    reading.arms.iter().enumerate().map(row).collect()
}
