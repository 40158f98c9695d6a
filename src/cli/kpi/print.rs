//! KPIs as text.

use anyhow::Result;

use crate::analytics::kpi::{FrameworkRow, KpiRow, Kpis, SourceRow, said};
use crate::cli::output::{self, percent};
use crate::framework::benchmarks::Benchmark;
use crate::model::Locale;
use crate::model::metric::{Group, kpis as metrics};

const EN: Locale = Locale::En;

/// The dashboard; with courses where single metrics were asked for.
pub fn kpis(found: &Kpis, whole: bool, courses: bool) -> Result<()> {
    output::line(format!("{}, as of {}", said::period(EN, found), found.as_of.display()))?;
    output::line(format!("A year before: {}", said::year_before(EN, found)))?;
    for group in Group::ALL {
        let own: Vec<&KpiRow> = found.rows.iter().filter(|row| row.metric.metric().group == Some(group)).collect();
        if own.is_empty() {
            continue;
        }
        let rows: Vec<Vec<String>> = own.iter().map(|row| cells(row)).collect();
        let header = [group.name(), "Value", "Against before", "A year before", "Target", "Benchmark", "Owner"];
        output::line("")?;
        output::line(output::table(&header, &rows, &[6]))?;
        for row in own.iter().filter(|row| row.value.is_none()) {
            let why = row.why_not.as_deref().unwrap_or_default();
            output::line(format!("  {}: {why}", row.metric.metric().name))?;
        }
    }
    if courses {
        found.rows.iter().try_for_each(course)?;
    }
    if whole {
        output::line("")?;
        framework(found)?;
        traffic(found)?;
    }
    if !found.notes.is_empty() {
        output::line("")?;
    }
    found.notes.iter().try_for_each(output::line)
}

fn cells(row: &KpiRow) -> Vec<String> {
    let metric = row.metric;
    let mark = |reached: Option<bool>| match reached {
        Some(true) => " reached",
        Some(false) => " not reached",
        None => "",
    };
    let target = row.target.as_ref().map_or_else(
        || said::MISSING.to_owned(),
        |target| format!("{}{}", said::value(EN, metric, Some(target.value)), mark(target.reached)),
    );
    let benchmark = row.benchmark.as_ref().map(|one| said::benchmark(EN, metric, one.value));
    vec![
        metric.metric().name.to_owned(),
        said::value(EN, metric, row.value),
        said::change(EN, row.change),
        row.last_year.map_or_else(|| said::MISSING.into(), |before| said::change(EN, before.change)),
        target,
        benchmark.unwrap_or_else(|| said::MISSING.into()),
        row.owner.clone(),
    ]
}

fn course(row: &KpiRow) -> Result<()> {
    let metric = row.metric.metric();
    output::line("")?;
    output::line(format!("{}: {}", metric.name, metric.in_words))?;
    if let Some(sure) = said::sure(EN, row) {
        output::line(sure)?;
    }
    let points: Vec<Vec<String>> = row
        .course
        .iter()
        .map(|point| {
            let open = if point.unfinished { ", not over" } else { "" };
            vec![
                format!("{} – {}{open}", point.from.display(), point.to.display()),
                said::value(EN, row.metric, point.value),
                said::value(EN, row.metric, point.year_before),
            ]
        })
        .collect();
    output::line(output::table(&["Days", metric.short, "A year before"], &points, &[0]))
}

/// The framework's table.
pub fn framework(found: &Kpis) -> Result<()> {
    let row = |row: &FrameworkRow| {
        let value = |value| said::value(EN, row.metric, value);
        vec![
            row.metric.metric().name.to_owned(),
            value(row.baseline),
            value(row.current),
            value(row.target),
            said::lift(EN, row.lift),
            said::impact(EN, row.impact, found),
            said::impact(EN, row.to_target, found),
        ]
    };
    let rows: Vec<Vec<String>> = found.framework.iter().map(row).collect();
    let header = ["KPI", "Baseline", "Current", "Target", "Lift", "Revenue impact", "To the target"];
    output::line(output::table(&header, &rows, &[0]))?;
    output::line(format!("Baseline: {} – {}", found.baseline.0.display(), found.baseline.1.display()))?;
    for row in &found.framework {
        let name = row.metric.metric().name;
        match (said::with_numbers(EN, row), &row.why_not) {
            (Some(numbers), _) => output::line(format!("{name}: {}; {numbers}", row.formula))?,
            (None, Some(why)) => output::line(format!("{name}: {why}"))?,
            (None, None) => {}
        }
    }
    output::line(said::OVERLAP)
}

fn traffic(found: &Kpis) -> Result<()> {
    if !found.traffic.is_empty() {
        let row = |row: &SourceRow| {
            vec![
                row.channel.clone(),
                output::count(row.visits),
                percent(Some(row.share)),
                row.purchases.map_or_else(|| said::MISSING.into(), output::count),
                percent(row.conversion),
                said::change(EN, row.change),
            ]
        };
        let rows: Vec<Vec<String>> = found.traffic.iter().map(row).collect();
        let header = ["Traffic", "Visits", "Share", "Purchases", "Conversion", "Against before"];
        output::line("")?;
        output::line(output::table(&header, &rows, &[0]))?;
    }
    if !found.devices.is_empty() {
        let rows: Vec<Vec<String>> = found
            .devices
            .iter()
            .map(|row| {
                let counts = [output::count(row.visits), output::count(row.sold), percent(row.conversion)];
                std::iter::once(row.device.clone()).chain(counts).collect()
            })
            .collect();
        output::line("")?;
        output::line(output::table(&["Device", "Touchpoints", "Last before an order", "Share"], &rows, &[0]))?;
    }
    Ok(())
}

/// The catalogue.
pub fn catalogue() -> Result<()> {
    for group in Group::ALL {
        output::line(group.name())?;
        for metric in metrics().filter(|metric| metric.group == Some(group)) {
            output::line(format!(
                "  {} ({}): {}; {}, from {}, {}",
                metric.name,
                metric.key,
                metric.in_words,
                metric.unit.name(),
                metric.source.name(),
                metric.better.name()
            ))?;
        }
    }
    Ok(())
}

/// Benchmarks with their sources.
pub fn benchmarks(all: &[Benchmark]) -> Result<()> {
    let row = |one: &Benchmark| {
        let shown = one.metric().map(|metric| match one.kind {
            crate::framework::benchmarks::BenchmarkKind::Lift => said::lift(EN, Some(one.value)),
            _ => said::benchmark(EN, metric, one.value),
        });
        vec![
            one.name.clone(),
            one.kind.name().to_owned(),
            shown.unwrap_or_else(|| one.value.to_string()),
            one.of.clone(),
            format!("{}, {}", one.source, one.dated.display()),
        ]
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    output::line(output::table(&["Metric", "Kind", "Value", "Of", "Source"], &rows, &[0, 1, 3, 4]))
}
