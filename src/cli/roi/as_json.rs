//! Calculators as JSON: money in major units beside its currency, shares 0–1.

use serde_json::{Value, json};

use super::Answer;
use crate::analytics::roi::{
    CALCULATORS, Calculation, ChannelFigures, Moved, Side, Spread, Taken, Technology, Tornado, TwoWay,
};
use crate::model::Currency;
use crate::model::assumption::{ASSUMPTIONS, AssumptionId};
use crate::ops::roi::AdChannels;

/// Calculators and assumptions.
pub fn list() -> Value {
    let calculators = CALCULATORS.iter().map(|one| {
        let outputs = one.outputs.iter().map(|id| {
            let output = id.get();
            json!({"key": output.key, "name": output.name, "unit": output.unit, "better": output.better,
                "note": output.note})
        });
        json!({
            "key": one.key,
            "name": one.name,
            "purpose": one.purpose,
            "inputs": one.inputs,
            "outputs": outputs.collect::<Vec<_>>(),
            "main": one.main,
        })
    });
    let assumptions = ASSUMPTIONS.iter().map(|of| {
        json!({"key": of.key, "name": of.name, "unit": of.unit, "help": of.help, "least": of.least, "most": of.most,
            "otherwise": of.otherwise, "from_data": of.from_data})
    });
    json!({"calculators": calculators.collect::<Vec<_>>(), "assumptions": assumptions.collect::<Vec<_>>()})
}

/// A calculator over scenarios.
pub fn answer(answer: &Answer) -> Value {
    let told: Vec<Value> = answer.told.iter().map(told).collect();
    let moved = answer.moved.as_ref().map(|moved| moved.iter().map(one_moved).collect::<Vec<_>>());
    match told.as_slice() {
        [one] => {
            let mut one = one.clone();
            one["as_of"] = json!(answer.as_of);
            one["moved"] = json!(moved);
            one
        }
        many => json!({"as_of": answer.as_of, "scenarios": many, "moved": moved}),
    }
}

fn told(told: &Calculation) -> Value {
    let inputs = &told.resolved.inputs;
    let input = |id: &AssumptionId| {
        let of = id.get();
        let input = inputs.values.get(id);
        json!({
            "key": of.key,
            "name": of.name,
            "unit": of.unit,
            "value": input.map(|input| input.value).or(of.otherwise),
            "range": input.and_then(|input| input.range),
            "origin": input.map(|input| input.origin),
            "why_not": told.resolved.why_missing(*id),
        })
    };
    let outcome = |outcome: &crate::analytics::roi::Outcome| {
        let output = outcome.output.get();
        json!({
            "key": output.key,
            "name": output.name,
            "unit": output.unit,
            "value": outcome.value,
            "why_not": outcome.why_not,
            "in_words": outcome.words,
            "in_symbols": outcome.symbols,
            "with_numbers": outcome.with_numbers,
            "note": output.note,
        })
    };
    json!({
        "scenario": told.scenario.name,
        "calculator": told.look.calculator.get().key,
        "currency": inputs.currency,
        "inputs": told.look.calculator.get().inputs.iter().map(input).collect::<Vec<_>>(),
        "results": told.outcomes.iter().map(outcome).collect::<Vec<_>>(),
        "tornado": told.tornado.as_ref().map(tornado),
        "two_way": told.two_way.as_ref().map(two_way),
        "monte_carlo": told.spread.as_ref().map(spread),
        "notes": told.resolved.notes,
    })
}

fn tornado(found: &Tornado) -> Value {
    let bar = |bar: &crate::analytics::roi::Bar| json!({"key": bar.id, "low": bar.range.0, "high": bar.range.1, "at_low": bar.at_low, "at_high": bar.at_high});
    let bars: Vec<Value> = found.bars.iter().map(bar).collect();
    json!({"output": found.output, "value": found.base, "bars": bars, "held": found.held})
}

fn two_way(found: &TwoWay) -> Value {
    json!({
        "output": found.output,
        "rows": {"key": found.rows, "values": found.row_values},
        "columns": {"key": found.columns, "values": found.column_values},
        "cells": found.cells,
        "as_it_stands": found.base,
    })
}

fn spread(found: &Spread) -> Value {
    let quantiles: Vec<Value> =
        found.quantiles.iter().map(|(level, value)| json!({"level": level, "value": value})).collect();
    json!({
        "output": found.output,
        "value": found.base,
        "draws": found.draws,
        "untold": found.untold,
        "seed": found.seed,
        "drawn": found.drawn,
        "mean": found.mean,
        "quantiles": quantiles,
        "bins": found.bins,
        "below_zero": found.below_zero,
        "even": found.below_even.map(|(even, below)| json!({"at": even, "below": below})),
    })
}

fn one_moved(moved: &Moved) -> Value {
    let side = |side: &Side| match side {
        Side::Number(number) => json!(number),
        Side::Text(text) => json!(text),
        Side::Unknown => Value::Null,
    };
    json!({"what": moved.what, "where": moved.place, "unit": moved.unit, "before": side(&moved.before),
        "after": side(&moved.after)})
}

/// What data say.
pub fn taken(taken: &Taken) -> Value {
    let values = taken.values.iter().map(|(id, given)| {
        let of = id.get();
        json!({
            "key": of.key,
            "name": of.name,
            "unit": of.unit,
            "value": given.value,
            "interval": given.interval,
            "interval_from": given.how,
            "n": given.n,
            "of": given.of,
            "from": given.from,
        })
    });
    json!({
        "as_of": taken.as_of,
        "currency": taken.currency,
        "definitions": taken.definitions,
        "period": taken.period,
        "values": values.collect::<Vec<_>>(),
    })
}

/// The technology stack.
pub fn stack(found: &Technology) -> Value {
    let money = |minor: Option<i64>| minor.map(|minor| found.currency.major(minor));
    let rows = found.rows.iter().map(|one| {
        json!({
            "component": one.row.component,
            "name": one.name,
            "solution": one.row.solution,
            "integration": one.row.integration,
            "performance": one.row.performance,
            "cost": money(one.cost),
            "benefit": money(one.benefit),
            "ratio": one.ratio,
            "roi": one.roi,
            "why_not": one.why_not,
        })
    });
    json!({
        "currency": found.currency,
        "rows": rows.collect::<Vec<_>>(),
        "cost": money(found.cost),
        "benefit": money(found.benefit),
        "ratio": found.ratio,
        "roi": found.roi,
        "left_out": found.left_out,
    })
}

/// Advertising by channel.
pub fn channels(found: &AdChannels, currency: Currency) -> Value {
    let row = |one: &ChannelFigures| {
        json!({
            "channel": one.report.channel,
            "spend": one.report.spend,
            "impressions": one.report.impressions,
            "clicks": one.report.clicks,
            "conversions": one.report.conversions,
            "revenue": one.report.revenue,
            "ctr": one.ctr,
            "cpc": one.cpc,
            "cpm": one.cpm,
            "cvr": one.cvr,
            "cpa": one.cpa,
            "aov": one.aov,
            "roas": one.roas,
            "profit": one.profit,
            "roi": one.roi,
        })
    };
    json!({
        "from": found.days.0,
        "to": found.days.1,
        "currency": currency,
        "channels": found.rows.iter().map(row).collect::<Vec<_>>(),
        "total": found.total.as_ref().map(row),
        "notes": found.notes,
    })
}
