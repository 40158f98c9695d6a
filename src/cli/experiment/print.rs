//! The result of an experiment for people and for programs.

use anyhow::Result;
use serde_json::{Value, json};

use crate::analytics::experiment::reading::ArmFigure;
use crate::analytics::experiment::{Arm, Grade, MetricReading};
use crate::cli::output;
use crate::model::Day;
use crate::model::experiment::{Metric, Unit};
use crate::ops::experiments::analyse::Analysed;
use crate::ops::experiments::page;

/// The whole result; money in major units beside its currency.
pub fn as_json(of: &Analysed) -> Result<Value> {
    let observed = &of.observed;
    let mut metrics = Vec::new();
    for (metric, reading) in observed.metrics.iter().zip(&of.analysis.metrics) {
        let mut one = serde_json::to_value(reading)?;
        one["metric"] = serde_json::to_value(metric)?;
        one["unit"] = serde_json::to_value(metric.unit())?;
        one["capped_at"] = json!(observed.caps.iter().find(|(capped, _)| capped == metric).map(|(_, at)| at));
        metrics.push(one);
    }
    let counts = observed.counts;
    let parts: Vec<Value> = (of.parts.iter())
        .map(|part| {
            Ok(json!({ "by": part.by, "value": part.value, "analysis": serde_json::to_value(&part.analysis)? }))
        })
        .collect::<Result<_>>()?;
    let missing: Vec<Value> =
        (observed.missing.iter()).map(|(metric, why)| json!({ "metric": metric, "why": why })).collect();
    Ok(json!({
        "name": of.experiment.name,
        "currency": of.currency,
        "as_of": observed.as_of,
        "confidence": of.settings.confidence,
        "comparisons": of.analysis.comparisons,
        "verdict": of.analysis.verdict,
        "sentence": of.analysis.sentence,
        "arms": observed.arms.iter().map(|arm| json!({ "name": arm.name, "users": arm.users })).collect::<Vec<_>>(),
        "metrics": metrics,
        "missing": missing,
        "no_covariate": observed.no_covariate,
        "worth": (1..observed.arms.len()).map(|variant| worth(of, variant)).collect::<Vec<_>>(),
        "checks": serde_json::to_value(&of.analysis.checks)?,
        "parts": parts,
        "factors": serde_json::to_value(&of.factors)?,
        "days": days(of)?,
        "left_out": of.left_out,
        "customers": {
            "too_early": counts.too_early, "too_late": counts.too_late, "not_yet": counts.not_yet,
            "bought_before_joining": counts.bought_before, "days_not_over": counts.unfinished, "gone": observed.gone,
        },
    }))
}

/// What a variant is worth in a year, and the conversions it needs to be found better.
fn worth(of: &Analysed, variant: usize) -> Value {
    let worth = of.worth(variant);
    json!({
        "variant": of.observed.arms[variant].name,
        "annual": worth.as_ref().map(|worth| worth.impact.amount),
        "low": worth.as_ref().and_then(|worth| worth.range).map(|range| range.0),
        "high": worth.as_ref().and_then(|worth| worth.range).map(|range| range.1),
        "formula": worth.as_ref().map(|worth| &worth.impact.formula),
        "conversions_needed": of.more(variant).map(|more| more.needed),
    })
}

/// The measure that decides, day by day.
fn days(of: &Analysed) -> Result<Value> {
    let day = |(at, (day, _)): (usize, &(Day, Vec<Arm>))| {
        let points: Vec<_> = of.course.iter().map(|variant| variant.get(at).copied().flatten()).collect();
        Ok(json!({ "day": day, "variants": serde_json::to_value(points)? }))
    };
    Ok(Value::Array(of.observed.series.iter().enumerate().map(day).collect::<Result<_>>()?))
}

/// Prints it.
pub fn print(of: &Analysed) -> Result<()> {
    output::line(&of.analysis.sentence)?;
    for (metric, reading) in of.observed.metrics.iter().zip(&of.analysis.metrics) {
        output::line(format!("\n{}", reading.name))?;
        output::line(table(of, metric.unit(), reading))?;
    }
    for effect in &of.factors {
        let levels: Vec<String> = effect.of.iter().map(|(factor, level)| format!("{factor} {level}")).collect();
        let unit = of.observed.metrics.first().map_or(Unit::Number, Metric::unit);
        let by = |by: f64| page::difference(unit, by, of.currency);
        let range = effect.corrected.or(effect.interval);
        let range = range.map_or_else(String::new, |range| format!(" ({} to {})", by(range.low), by(range.high)));
        output::line(format!("\n{}: {}{range}", levels.join(" with "), by(effect.estimate)))?;
    }
    if let Some(why) = &of.no_factors {
        output::message(format!("nothing can be said of the factors: {why}"));
    }
    for check in of.analysis.checks.iter().filter(|check| check.grade > Grade::Unknown) {
        output::line(format!("\n{}", page::advice(check)))?;
    }
    for variant in 1..of.observed.arms.len() {
        if let Some(worth) = of.worth(variant) {
            let name = &of.observed.arms[variant].name;
            output::line(format!("\n{name} in a year: {} = {}", worth.impact.amount.display(), worth.impact.formula))?;
        }
    }
    if let Some(why) = &of.observed.no_covariate {
        output::message(format!("chance is not taken out by what was known before: {why}"));
    }
    for (metric, why) in &of.observed.missing {
        output::message(format!("{} is not known: {why}", metric.name()));
    }
    Ok(())
}

fn table(of: &Analysed, unit: Unit, reading: &MetricReading) -> String {
    let dash = || "—".to_owned();
    let row = |(arm, figure): (usize, &ArmFigure)| {
        let comparison = reading.comparisons.iter().find(|comparison| comparison.arm == arm);
        let effect = comparison.and_then(|one| one.absolute.as_ref());
        let by = |by: f64| page::difference(unit, by, of.currency);
        let range = effect.and_then(page::interval).map(|range| format!("{} to {}", by(range.low), by(range.high)));
        let chance = comparison.and_then(|one| one.belief.as_ref()).map(|belief| belief.chance_to_win);
        vec![
            of.analysis.arms.get(arm).cloned().unwrap_or_default(),
            output::count(figure.users),
            figure.value.map_or_else(dash, |value| page::value(unit, value, of.currency)),
            effect.map_or_else(dash, |effect| by(effect.estimate)),
            range.unwrap_or_else(dash),
            output::percent(chance),
            comparison.and_then(|one| page::adjusted(unit, one, of.currency)).unwrap_or_else(dash),
        ]
    };
    let mut rows: Vec<Vec<String>> = reading.arms.iter().enumerate().map(row).collect();
    let header = [
        "Variant",
        "Visitors",
        "Value",
        "Difference",
        "Interval",
        "Chance to win",
        "Adjusted by what was known before",
    ];
    let is_adjusted = reading.comparisons.iter().any(|one| one.adjusted.is_some());
    let many = if is_adjusted { 7 } else { 6 };
    rows.iter_mut().for_each(|row| row.truncate(many));
    output::table(&header[..many], &rows, &[0])
}
