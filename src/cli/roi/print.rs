//! Calculators as text.

use anyhow::Result;

use super::super::output::{line, table};
use super::Answer;
use crate::analytics::roi::{
    CALCULATORS, Calculation, ChannelFigures, Given, Moved, Origin, OutputId, Spread, Taken, Technology, Tornado,
    TwoWay, said,
};
use crate::model::assumption::{AssumptionId, Unit};
use crate::model::{Currency, Locale};
use crate::ops::roi::AdChannels;

const MISSING: &str = "—";

fn value(unit: Unit, value: Option<f64>, currency: Currency) -> String {
    value.map_or_else(|| MISSING.into(), |value| said::value(unit, value, currency, Locale::En))
}

fn of_output(output: OutputId, number: Option<f64>, currency: Currency) -> String {
    value(output.get().unit, number, currency)
}

fn of_input(id: AssumptionId, number: f64, currency: Currency) -> String {
    said::value(id.get().unit, number, currency, Locale::En)
}

/// The calculators with what they ask for and tell.
pub fn list() -> Result<()> {
    for calculator in CALCULATORS {
        line(format!("{}: {}", calculator.key, calculator.purpose))?;
        for id in calculator.inputs {
            let of = id.get();
            let suffix = of.unit.suffix("money");
            let unit = if suffix.is_empty() { String::new() } else { format!(" ({suffix})") };
            line(format!("  {}{unit}: {}", of.key, of.help))?;
        }
        let outputs: Vec<&str> = calculator.outputs.iter().map(|id| id.get().key).collect();
        line(format!("  tells {}", outputs.join(", ")))?;
    }
    Ok(())
}

/// A calculator over scenarios.
pub fn answer(answer: &Answer) -> Result<()> {
    match answer.told.as_slice() {
        [told] => one(told)?,
        many => compared(many)?,
    }
    if let Some(moved) = &answer.moved {
        effects(moved, answer.currency)?;
    }
    Ok(())
}

fn one(told: &Calculation) -> Result<()> {
    let (inputs, currency) = (&told.resolved.inputs, told.resolved.inputs.currency);
    line(format!("{}, scenario {}", told.look.calculator.get().name, told.scenario.name))?;
    let row = |id: &AssumptionId| {
        let of = id.get();
        let (number, range, origin) = match (inputs.values.get(id), of.otherwise) {
            (Some(input), _) => {
                let range = input
                    .range
                    .map(|(a, b)| format!("{} – {}", of_input(*id, a, currency), of_input(*id, b, currency)));
                (of_input(*id, input.value, currency), range.unwrap_or_default(), origin(input.origin).to_owned())
            }
            (None, Some(value)) => (of_input(*id, value, currency), String::new(), "nothing said".to_owned()),
            (None, None) => {
                let why = told.resolved.why_missing(*id).unwrap_or("not known");
                (MISSING.to_owned(), String::new(), why.to_owned())
            }
        };
        vec![of.name.to_owned(), number, range, origin]
    };
    let rows: Vec<Vec<String>> = told.look.calculator.get().inputs.iter().map(row).collect();
    line(table(&["Assumption", "Value", "Range", "From"], &rows, &[0, 3]))?;
    let rows: Vec<Vec<String>> = told
        .outcomes
        .iter()
        .map(|outcome| {
            let how = outcome.why_not.clone().unwrap_or_else(|| outcome.with_numbers.clone());
            let name = outcome.output.get().name.to_owned();
            vec![name, of_output(outcome.output, outcome.value, currency), how, outcome.words.clone()]
        })
        .collect();
    line(table(&["Result", "Value", "With numbers", "In words"], &rows, &[0, 2, 3]))?;
    for outcome in &told.outcomes {
        let output = outcome.output.get();
        if !output.note.is_empty() {
            line(format!("{}: {}", output.name, output.note))?;
        }
    }
    told.resolved.notes.iter().try_for_each(line)?;
    told.tornado.as_ref().map_or(Ok(()), |found| tornado(found, currency))?;
    told.two_way.as_ref().map_or(Ok(()), |found| two_way(found, currency))?;
    told.spread.as_ref().map_or(Ok(()), |found| spread(found, currency))
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Typed => "typed",
        Origin::Data => "data",
        Origin::Stack => "technology stack",
    }
}

fn compared(many: &[Calculation]) -> Result<()> {
    let mut header = vec!["Result"];
    header.extend(many.iter().map(|told| told.scenario.name.as_str()));
    let Some(first) = many.first() else { return Ok(()) };
    let inputs = first.look.calculator.get().inputs.iter().map(|id| {
        let mut row = vec![id.get().name.to_owned()];
        row.extend(many.iter().map(|told| {
            let number = told.resolved.inputs.numbers().get(*id).ok();
            value(id.get().unit, number, told.resolved.inputs.currency)
        }));
        row
    });
    let results = first.outcomes.iter().enumerate().map(|(n, outcome)| {
        let mut row = vec![outcome.output.get().name.to_owned()];
        row.extend(many.iter().map(|told| {
            let number = told.outcomes.get(n).and_then(|outcome| outcome.value);
            of_output(outcome.output, number, told.resolved.inputs.currency)
        }));
        row
    });
    let rows: Vec<Vec<String>> = inputs.chain(results).collect();
    line(first.look.calculator.get().name)?;
    line(table(&header, &rows, &[0]))?;
    for told in many {
        told.resolved.notes.iter().try_for_each(|note| line(format!("{}: {note}", told.scenario.name)))?;
    }
    Ok(())
}

fn tornado(found: &Tornado, currency: Currency) -> Result<()> {
    let output = found.output.get();
    line(format!("{} over each range, {} as it stands", output.name, of_output(found.output, found.base, currency)))?;
    let row = |bar: &crate::analytics::roi::Bar| {
        vec![
            bar.id.get().name.to_owned(),
            of_input(bar.id, bar.range.0, currency),
            of_output(found.output, bar.at_low, currency),
            of_input(bar.id, bar.range.1, currency),
            of_output(found.output, bar.at_high, currency),
        ]
    };
    let rows: Vec<Vec<String>> = found.bars.iter().map(row).collect();
    line(table(&["Assumption", "Least", "Then", "Most", "Then"], &rows, &[0]))?;
    let held: Vec<&str> = found.held.iter().map(|id| id.get().name).collect();
    if held.is_empty() { Ok(()) } else { line(format!("Held, since they have no range: {}", held.join(", "))) }
}

fn two_way(found: &TwoWay, currency: Currency) -> Result<()> {
    let (rows, columns) = (found.rows.get(), found.columns.get());
    line(format!("{} by {} and {}", found.output.get().name, rows.name, columns.name))?;
    let header: Vec<String> = std::iter::once(rows.name.to_owned())
        .chain(found.column_values.iter().map(|value| of_input(found.columns, *value, currency)))
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let row = |(n, cells): (usize, &Vec<Option<f64>>)| {
        let name = found.row_values.get(n).map_or_else(String::new, |value| of_input(found.rows, *value, currency));
        std::iter::once(name).chain(cells.iter().map(|cell| of_output(found.output, *cell, currency))).collect()
    };
    let rows: Vec<Vec<String>> = found.cells.iter().enumerate().map(row).collect();
    line(table(&header, &rows, &[0]))
}

fn spread(found: &Spread, currency: Currency) -> Result<()> {
    let told = |value| of_output(found.output, value, currency);
    let drawn: Vec<&str> = found.drawn.iter().map(|id| id.get().name).collect();
    line(format!(
        "{} over {} draws, seed {}; drawn independently of each other: {}",
        found.output.get().name,
        Locale::En.count(found.draws),
        found.seed,
        drawn.join(", ")
    ))?;
    if found.mean.is_none() {
        return line(format!("In none of {} draws can it be told", Locale::En.count(found.draws)));
    }
    let rows: Vec<Vec<String>> =
        found.quantiles.iter().map(|(level, value)| vec![format!("{}%", level * 100.0), told(Some(*value))]).collect();
    line(table(&["Below it", "Value"], &rows, &[]))?;
    line(format!("Mean {}; below 0 in {}", told(found.mean), Locale::En.percent(found.below_zero, 1)))?;
    if let Some((even, below)) = found.below_even.filter(|(even, _)| *even != 0.0) {
        line(format!("Below {}, where it is even, in {}", told(Some(even)), Locale::En.percent(below, 1)))?;
    }
    match found.untold {
        0 => Ok(()),
        n => line(format!("In {} draws it cannot be told; they are in none of these figures", Locale::En.count(n))),
    }
}

fn effects(moved: &[Moved], currency: Currency) -> Result<()> {
    if moved.is_empty() {
        return line("Nothing moves");
    }
    let row = |one: &Moved| {
        vec![
            one.what.clone(),
            said::side(&one.before, one.unit, currency, Locale::En),
            said::side(&one.after, one.unit, currency, Locale::En),
            said::change(one, Locale::En),
            one.place.name().to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = moved.iter().map(row).collect();
    line(table(&["What moves", "Before", "After", "Change", "Where"], &rows, &[0, 4]))
}

/// What data say.
pub fn taken(taken: &Taken) -> Result<()> {
    line(format!("As of {}, amounts in {}", taken.as_of.display(), taken.currency))?;
    let row = |(id, given): (&AssumptionId, &Given)| {
        let of = id.get();
        let interval = given.interval.map_or_else(String::new, |(low, high)| {
            format!("{} – {}", of_input(*id, low, taken.currency), of_input(*id, high, taken.currency))
        });
        let how = given.how.map_or_else(String::new, |how| format!("; interval {}", how.words()));
        vec![of.name.to_owned(), value(of.unit, given.value, taken.currency), interval, format!("{}{how}", given.from)]
    };
    let rows: Vec<Vec<String>> = taken.values.iter().map(row).collect();
    line(table(&["Assumption", "Value", "95 % interval", "From"], &rows, &[0, 3]))
}

/// The technology stack.
pub fn stack(found: &Technology) -> Result<()> {
    let money = |minor: Option<i64>| minor.map_or_else(|| MISSING.into(), |minor| found.currency.display(minor));
    let ratio = |ratio: Option<f64>| ratio.map_or_else(|| MISSING.into(), |r| format!("{}:1", Locale::En.number(r, 1)));
    let percent = |roi: Option<f64>| value(Unit::SHARE, roi, found.currency);
    let row = |one: &crate::analytics::roi::TechnologyRow| {
        let why = one.why_not.clone().unwrap_or_default();
        let row = &one.row;
        let texts = [one.name.clone(), row.solution.clone(), row.integration.clone(), row.performance.clone()];
        let figures = [money(one.cost), money(one.benefit), ratio(one.ratio), percent(one.roi), why];
        texts.into_iter().chain(figures).collect()
    };
    let rows: Vec<Vec<String>> = found.rows.iter().map(row).collect();
    let header = [
        "Component",
        "Solution",
        "Integration",
        "Performance",
        "Cost / mo",
        "Benefit / mo",
        "Benefit to cost",
        "ROI",
        "Why not",
    ];
    line(table(&header, &rows, &[0, 1, 2, 3, 8]))?;
    line(format!(
        "Together {} for {}: {}, {}; left out {}",
        money(found.benefit),
        money(found.cost),
        ratio(found.ratio),
        percent(found.roi),
        found.left_out
    ))
}

/// Advertising by channel.
pub fn channels(found: &AdChannels, currency: Currency) -> Result<()> {
    line(format!("Reports from {} to {}", found.days.0.display(), found.days.1.display()))?;
    let money = |value: Option<f64>| self::value(Unit::MONEY, value, currency);
    let share = |value: Option<f64>| self::value(Unit::SHARE, value, currency);
    let count = |value: Option<f64>| self::value(Unit::COUNT, value, currency);
    let row = |one: &ChannelFigures| {
        vec![
            one.report.channel.clone(),
            money(Some(one.report.spend)),
            count(one.report.impressions),
            count(one.report.clicks),
            count(one.report.conversions),
            money(one.report.revenue),
            share(one.ctr),
            money(one.cpc),
            money(one.cpm),
            share(one.cvr),
            money(one.cpa),
            self::value(Unit::RATIO, one.roas, currency),
            money(one.profit),
            share(one.roi),
        ]
    };
    let rows: Vec<Vec<String>> = found.rows.iter().chain(&found.total).map(row).collect();
    let header = [
        "Channel",
        "Spend",
        "Impressions",
        "Clicks",
        "Conversions",
        "Revenue",
        "CTR",
        "CPC",
        "CPM",
        "CVR",
        "CPA",
        "ROAS",
        "Profit",
        "ROI",
    ];
    line(table(&header, &rows, &[0]))?;
    found.notes.iter().try_for_each(line)
}
