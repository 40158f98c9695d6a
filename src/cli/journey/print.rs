//! Tables for people.

use anyhow::Result;

use crate::analytics::journey::{
    ContentRow, Conversion, Evidence, Funnel, Group, Journey, LIVES, Lives, OmnichannelTable, State, Told, said,
};
use crate::cli::output::{self, count, percent};
use crate::model::events::WebVisits;
use crate::model::journey::{Matrix, STAGES};
use crate::model::{Currency, Locale};
use crate::ops::journey::Against;

pub fn journey(matrix: &Matrix, found: &Journey, currency: Currency) -> Result<()> {
    let states = State::ALL.map(|state| format!("{} {}", found.count(state), state.name().to_lowercase()));
    output::line(format!(
        "As of {}, {} – {}, what follows within {} days: {}",
        found.as_of.display(),
        found.period.0.display(),
        found.period.1.display(),
        found.within_days,
        states.join(", ")
    ))?;
    for stage in STAGES {
        let figure = found.stages.iter().find(|figure| figure.stage == stage);
        let told = figure.map_or_else(String::new, |figure| match figure.count {
            Some(n) => format!("{} {}{}", count(n), figure.what, onward(figure.conversion.as_ref())),
            None => figure.reason.clone(),
        });
        output::line(format!("\n{}: {told}", stage.name()))?;
        let cells = matrix.stage(stage).iter().filter_map(|cell| Some((cell, found.cell(&cell.id)?)));
        let rows: Vec<_> = cells
            .map(|(cell, evidence)| {
                vec![
                    cell.name.clone(),
                    evidence.state.name().to_owned(),
                    told_of(evidence, currency),
                    percent(evidence.conversion.as_ref().and_then(|conversion| conversion.rate)),
                    cell.tactic.clone(),
                    cell.status.name().to_owned(),
                ]
            })
            .collect();
        let header = ["Touchpoint", "Evidence", "The data say", "Went on", "Tactic", "Status"];
        output::line(output::table(&header, &rows, &[1, 2, 4, 5]))?;
    }
    Ok(())
}

fn onward(found: Option<&Conversion>) -> String {
    let Some(found) = found else { return String::new() };
    format!("; {} within {} days: {}", percent(found.rate), found.within_days, found.to.to_lowercase())
}

fn told_of(evidence: &Evidence, currency: Currency) -> String {
    let line = |pieces| said::line(pieces, Locale::En, currency);
    let band = said::band(evidence, Locale::En).unwrap_or_default();
    let parts = [line(&evidence.headline), line(&evidence.beside), band, evidence.reason.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

fn interval(ends: Option<(f64, f64)>) -> String {
    ends.map_or_else(|| "—".to_owned(), |(low, high)| format!("{} – {}", percent(Some(low)), percent(Some(high))))
}

pub fn funnel(found: &Funnel, web: Option<&WebVisits>, against: &[Against]) -> Result<()> {
    output::line(format!(
        "People who came {} – {}, followed for {} days, as of {}",
        found.period.0.display(),
        found.period.1.display(),
        found.within_days,
        found.as_of.display()
    ))?;
    for group in [&found.total].into_iter().chain(&found.groups) {
        output::line(format!("\n{}{}", group.name, open(group)))?;
        let rows: Vec<_> = group
            .steps
            .iter()
            .map(|taken| {
                let before = taken.of_before.as_ref();
                let median = before.and_then(Conversion::median);
                vec![
                    taken.step.name().to_owned(),
                    taken.people.map_or_else(|| "not told".to_owned(), count),
                    percent(taken.of_all.as_ref().and_then(|all| all.rate)),
                    percent(before.and_then(|before| before.rate)),
                    interval(before.and_then(|before| before.interval)),
                    median.map_or_else(|| "—".to_owned(), |seconds| said::time(seconds, Locale::En)),
                ]
            })
            .collect();
        let header = ["Step", "People", "Of all", "Of those before", "95% interval", "Median time"];
        output::line(output::table(&header, &rows, &[0]))?;
    }
    if let Some(web) = web.filter(|web| web.sessions > 0) {
        let purchases = web.purchases.map_or_else(String::new, |n| format!(", {} purchases", count(n)));
        output::line(format!("\nBy web analytics, as sums: {} visits{purchases}", count(web.sessions)))?;
    }
    benchmarks(against)
}

fn open(group: &Group) -> String {
    if group.open == 0 { String::new() } else { format!(" ({} came too late to be followed)", count(group.open)) }
}

fn benchmarks(against: &[Against]) -> Result<()> {
    let row = |one: &Against| {
        vec![
            one.benchmark.name.clone(),
            percent(one.value),
            interval(one.interval),
            percent(Some(one.benchmark.value)),
            one.counted.clone(),
            format!("{}, {}", one.benchmark.source, one.benchmark.dated.display()),
        ]
    };
    let rows: Vec<_> = against.iter().map(row).collect();
    let header = ["Against others", "The shop", "95% interval", "Others", "Counted", "Source"];
    output::line(format!("\n{}", output::table(&header, &rows, &[4, 5])))
}

pub fn lives(found: &Lives) -> Result<()> {
    output::line(format!("At the end of {}", found.day.display()))?;
    let rows: Vec<_> = LIVES
        .into_iter()
        .map(|life| {
            vec![
                life.name().to_owned(),
                count(found.customers[life as usize]),
                count(found.nameless[life as usize]),
                life.rule(found.lapsed_days),
            ]
        })
        .collect();
    output::line(output::table(&["Stage", "Customers", "Without a name", "Rule"], &rows, &[3]))
}

fn told(figure: Told, text: impl Fn(f64) -> String) -> String {
    match figure.value {
        Some(value) if figure.is_typed => format!("{} (typed)", text(value)),
        Some(value) => text(value),
        None => "—".into(),
    }
}

pub fn omnichannel(found: &OmnichannelTable) -> Result<()> {
    output::line(format!(
        "{} – {}: {} customers ordered or came",
        found.period.0.display(),
        found.period.1.display(),
        count(found.active)
    ))?;
    let share = |value: f64| percent(Some(value));
    let rows: Vec<_> = found
        .rows
        .iter()
        .map(|row| {
            vec![
                row.name.clone(),
                told(row.usage, share),
                told(row.satisfaction, |value| format!("{value}/10")),
                told(row.revenue, share),
                count(row.orders),
                row.features.clone(),
                row.sync.clone(),
            ]
        })
        .collect();
    let header = ["Channel", "Usage", "Satisfaction", "Revenue share", "Orders", "Features", "Data sync"];
    output::line(output::table(&header, &rows, &[5, 6]))
}

pub fn content(rows: &[ContentRow]) -> Result<()> {
    let row = |row: &ContentRow| {
        vec![
            row.name.clone(),
            row.level.name().to_owned(),
            row.variables.clone(),
            row.testing.clone(),
            told(row.lift, |lift| percent(Some(lift))),
            row.implementation.clone(),
        ]
    };
    let rows: Vec<_> = rows.iter().map(row).collect();
    let header = ["Content", "Personalization", "Variables", "Testing", "Lift", "Implementation"];
    output::line(output::table(&header, &rows, &[1, 2, 3, 5]))
}
