//! Return on marketing and the technology stack, as pieces of the document.

use super::words::{MISSING, fact};
use super::{TECHNOLOGY, section};
use crate::analytics::roi::{Calculation, Origin, Spread, Taken, Technology, Tornado, TwoWay, said};
use crate::model::assumption::{AssumptionId, Unit};
use crate::model::{Currency, Locale};
use crate::report::document::{Block, Cell, Column, Table};

/// Everything that the calculations show.
#[derive(Clone, Copy)]
pub struct RoiInput<'a> {
    /// Calculations with the names that they are kept under.
    pub calculations: &'a [(String, Calculation)],
    /// The calculator of each over every scenario of the shop, in the same order.
    pub beside: &'a [Vec<Calculation>],
    /// What data say.
    pub taken: &'a Taken,
}

/// The chapter of calculations; none where there is nothing to show.
pub fn roi_section(input: &RoiInput<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !input.calculations.is_empty() {
        blocks.push(Block::Heading(1, "Marketing ROI and value".into()));
        for (n, (name, calculation)) in input.calculations.iter().enumerate() {
            one(name, calculation, input.taken, &mut blocks);
            let beside = input.beside.get(n).map_or(&[][..], Vec::as_slice);
            if beside.len() > 1 {
                blocks.push(Block::Table(side_by_side(beside)));
            }
        }
    }
    blocks
}

fn one(name: &str, of: &Calculation, taken: &Taken, blocks: &mut Vec<Block>) {
    let calculator = of.look.calculator.get();
    let currency = of.resolved.inputs.currency;
    blocks.push(Block::Heading(2, name.to_owned()));
    blocks.push(Block::Text(calculator.purpose.into()));
    let mut facts = vec![fact("Calculator", calculator.name), fact("Scenario", of.scenario.name.clone())];
    facts.push(fact("As of", taken.as_of.display()));
    if !of.scenario.note.is_empty() {
        facts.push(fact("Note", of.scenario.note.clone()));
    }
    blocks.push(Block::Facts(facts));
    blocks.push(Block::Table(assumptions(of, taken)));
    blocks.push(Block::Table(results(of)));
    blocks
        .extend(of.tornado.as_ref().filter(|found| !found.bars.is_empty()).map(|f| Block::Table(tornado(f, currency))));
    blocks.extend(of.two_way.as_ref().map(|found| Block::Table(two_way(found, currency))));
    if let Some(found) = &of.spread {
        blocks.push(Block::Table(quantiles(found, currency)));
        blocks.push(Block::Note(drawn(found)));
    }
    let notes = of.outcomes.iter().map(|outcome| outcome.output.get()).filter(|output| !output.note.is_empty());
    let mut notes: Vec<String> = notes.map(|output| format!("{}: {}", output.name, output.note)).collect();
    notes.extend(of.resolved.notes.iter().cloned());
    if !notes.is_empty() {
        blocks.push(Block::List(notes));
    }
}

fn columns(headers: &[&str], numeric: &[usize]) -> Vec<Column> {
    let column = |(n, header): (usize, &&str)| Column::new((*header).to_owned(), numeric.contains(&n));
    headers.iter().enumerate().map(column).collect()
}

fn number(unit: Unit, value: Option<f64>, currency: Currency) -> Cell {
    let told = |value| Cell::number(value, said::value(unit, value, currency, Locale::En));
    value.map_or_else(|| Cell::text(MISSING), told)
}

fn assumptions(of: &Calculation, taken: &Taken) -> Table {
    let inputs = &of.resolved.inputs;
    let row = |id: &AssumptionId| {
        let line = id.get();
        let text = |value| said::value(line.unit, value, inputs.currency, Locale::En);
        let input = inputs.values.get(id);
        let range = input.and_then(|input| input.range);
        let from = match (input.map(|input| input.origin), line.otherwise) {
            (Some(Origin::Typed), _) => "Typed".to_owned(),
            (Some(Origin::Stack), _) => "The technology stack".to_owned(),
            (Some(Origin::Data), _) => {
                let given = taken.values.get(id);
                let how = given.and_then(|given| given.how).map_or("", |how| how.words());
                let from = given.map_or_else(String::new, |given| given.from.clone());
                if how.is_empty() { from } else { format!("{from}; 95 % interval {how}") }
            }
            (None, Some(_)) => "Nothing said".to_owned(),
            (None, None) => of.resolved.why_missing(*id).unwrap_or("Not known").to_owned(),
        };
        vec![
            Cell::text(line.name),
            number(line.unit, input.map(|input| input.value).or(line.otherwise), inputs.currency),
            Cell::text(range.map_or_else(String::new, |(low, high)| format!("{} – {}", text(low), text(high)))),
            Cell::text(from),
        ]
    };
    Table {
        caption: "Assumptions".into(),
        columns: columns(&["Assumption", "Value", "Range", "From"], &[1]),
        rows: of.look.calculator.get().inputs.iter().map(row).collect(),
        total: None,
    }
}

fn results(of: &Calculation) -> Table {
    let currency = of.resolved.inputs.currency;
    let row = |outcome: &crate::analytics::roi::Outcome| {
        let output = outcome.output.get();
        vec![
            Cell::text(output.name),
            number(output.unit, outcome.value, currency),
            Cell::text(outcome.why_not.clone().unwrap_or_else(|| outcome.with_numbers.clone())),
            Cell::text(&outcome.words),
        ]
    };
    Table {
        caption: "Results".into(),
        columns: columns(&["Result", "Value", "With numbers", "Formula"], &[1]),
        rows: of.outcomes.iter().map(row).collect(),
        total: None,
    }
}

fn side_by_side(all: &[Calculation]) -> Table {
    let mut headers = vec!["Result"];
    headers.extend(all.iter().map(|one| one.scenario.name.as_str()));
    let numeric: Vec<usize> = (1..headers.len()).collect();
    let outcomes = all.first().map_or(&[][..], |first| first.outcomes.as_slice());
    let rows = outcomes.iter().enumerate().map(|(n, outcome)| {
        let output = outcome.output.get();
        let cell = |one: &Calculation| {
            let value = one.outcomes.get(n).and_then(|outcome| outcome.value);
            number(output.unit, value, one.resolved.inputs.currency)
        };
        std::iter::once(Cell::text(output.name)).chain(all.iter().map(cell)).collect()
    });
    let rows = rows.collect();
    Table { caption: "Scenarios side by side".into(), columns: columns(&headers, &numeric), rows, total: None }
}

fn tornado(found: &Tornado, currency: Currency) -> Table {
    let output = found.output.get();
    let row = |bar: &crate::analytics::roi::Bar| {
        let unit = bar.id.get().unit;
        vec![
            Cell::text(bar.id.get().name),
            number(unit, Some(bar.range.0), currency),
            number(output.unit, bar.at_low, currency),
            number(unit, Some(bar.range.1), currency),
            number(output.unit, bar.at_high, currency),
        ]
    };
    Table {
        caption: format!("{} when one assumption moves over its range and the rest stay", output.name),
        columns: columns(&["Assumption", "Least", "Then", "Most", "Then"], &[1, 2, 3, 4]),
        rows: found.bars.iter().map(row).collect(),
        total: None,
    }
}

fn two_way(found: &TwoWay, currency: Currency) -> Table {
    let (row_of, column_of) = (found.rows.get(), found.columns.get());
    let text = |unit: Unit, value: &f64| said::value(unit, *value, currency, Locale::En);
    let values: Vec<String> = found.column_values.iter().map(|value| text(column_of.unit, value)).collect();
    let mut headers = vec![row_of.name];
    headers.extend(values.iter().map(String::as_str));
    let numeric: Vec<usize> = (1..headers.len()).collect();
    let rows = found.row_values.iter().zip(&found.cells).map(|(value, cells)| {
        let cells = cells.iter().map(|cell| number(found.output.get().unit, *cell, currency));
        std::iter::once(Cell::text(text(row_of.unit, value))).chain(cells).collect()
    });
    Table {
        caption: format!("{} by {} and {}", found.output.get().name, row_of.name, column_of.name),
        columns: columns(&headers, &numeric),
        rows: rows.collect(),
        total: None,
    }
}

fn quantiles(found: &Spread, currency: Currency) -> Table {
    let unit = found.output.get().unit;
    let row = |(level, value): &(f64, f64)| {
        vec![Cell::number(*level, Locale::En.percent(*level, 0)), number(unit, Some(*value), currency)]
    };
    Table {
        caption: format!("{}: so many of the draws lie below", found.output.get().name),
        columns: columns(&["Draws below", "Value"], &[0, 1]),
        rows: found.quantiles.iter().map(row).collect(),
        total: None,
    }
}

fn drawn(found: &Spread) -> String {
    let names: Vec<&str> = found.drawn.iter().map(|id| id.get().name).collect();
    let untold = match found.untold {
        0 => String::new(),
        n => format!("; in {} of them it cannot be told", Locale::En.count(n)),
    };
    format!(
        "{} draws, seed {}, of {}, independently of each other; {} lie below 0{untold}",
        Locale::En.count(found.draws),
        found.seed,
        names.join(", "),
        Locale::En.percent(found.below_zero, 1)
    )
}

/// The technology stack as it is typed, with what it brings for what it costs.
pub fn technology_table(found: &Technology) -> Table {
    let money = |minor: Option<i64>| {
        minor.map_or_else(|| Cell::text(MISSING), |m| Cell::number(found.currency.major(m), found.currency.display(m)))
    };
    let ratio = |ratio: Option<f64>, why: Option<&String>| match ratio {
        Some(ratio) => Cell::number(ratio, format!("{}:1", Locale::En.number(ratio, 1))),
        None => Cell::text(why.map_or(MISSING, String::as_str)),
    };
    let text = |text: &str| Cell::text(if text.is_empty() { MISSING } else { text });
    let rows = found.rows.iter().map(|one| {
        vec![
            Cell::text(&one.name),
            text(&one.row.solution),
            text(&one.row.integration),
            text(&one.row.performance),
            money(one.cost),
            ratio(one.ratio, one.why_not.as_ref()),
        ]
    });
    let total = found.ratio.map(|_| {
        let empty = Cell::default;
        vec![Cell::text("Together"), empty(), empty(), empty(), money(found.cost), ratio(found.ratio, None)]
    });
    let headers = section(TECHNOLOGY).map_or(&[][..], |section| &section.columns);
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    Table { caption: "Technology stack".into(), columns: columns(&headers, &[4, 5]), rows: rows.collect(), total }
}
