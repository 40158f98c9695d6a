//! What an output would be if assumptions were otherwise: one at a time, or two.

use serde::Serialize;

use super::{Calculator, Input, Inputs, OutputId};
use crate::model::assumption::AssumptionId;

/// What one assumption does to an output, over its range, all others held.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bar {
    /// The assumption.
    pub id: AssumptionId,
    /// Its least and its most.
    pub range: (f64, f64),
    /// The output at its least.
    pub at_low: Option<f64>,
    /// The output at its most.
    pub at_high: Option<f64>,
}

impl Bar {
    /// How far the output moves; endless where it cannot be told at an end.
    pub fn width(&self) -> f64 {
        self.at_low.zip(self.at_high).map_or(f64::INFINITY, |(low, high)| (high - low).abs())
    }
}

/// What each assumption does to an output.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tornado {
    /// The output.
    pub output: OutputId,
    /// Its value as things stand.
    pub base: Option<f64>,
    /// The assumptions that move it, those that move it most first.
    pub bars: Vec<Bar>,
    /// Assumptions of the calculator that have no range and are held.
    pub held: Vec<AssumptionId>,
}

/// Moves each assumption of a calculator over its range, the others held. One that does not touch the output is left
/// out.
pub fn tornado(calculator: &Calculator, output: OutputId, inputs: &Inputs) -> Tornado {
    let numbers = inputs.numbers();
    let at = |id, value| output.get().value(&numbers.with(id, value)).ok();
    let base = output.get().value(&numbers).ok();
    let (mut bars, mut held) = (Vec::new(), Vec::new());
    for &id in calculator.inputs {
        match inputs.values.get(&id) {
            Some(Input { range: Some((low, high)), .. }) => {
                let bar = Bar { id, range: (*low, *high), at_low: at(id, *low), at_high: at(id, *high) };
                bars.extend((bar.at_low != base || bar.at_high != base).then_some(bar));
            }
            _ => held.push(id),
        }
    }
    bars.sort_by(|a, b| b.width().total_cmp(&a.width()));
    Tornado { output, base, bars, held }
}

/// An output over the values of two assumptions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TwoWay {
    /// The output.
    pub output: OutputId,
    /// The assumption that the rows stand for.
    pub rows: AssumptionId,
    /// Its values.
    pub row_values: Vec<f64>,
    /// The assumption that the columns stand for.
    pub columns: AssumptionId,
    /// Its values.
    pub column_values: Vec<f64>,
    /// The output, row by row; `None` where it cannot be told.
    pub cells: Vec<Vec<Option<f64>>>,
    /// Row and column of things as they stand.
    pub base: Option<(usize, usize)>,
}

/// An output over two assumptions, all others held.
pub fn two_way(
    output: OutputId,
    (rows, row_values): (AssumptionId, &[f64]),
    (columns, column_values): (AssumptionId, &[f64]),
    inputs: &Inputs,
) -> TwoWay {
    let numbers = inputs.numbers();
    let cell = |row: f64, column: f64| output.get().value(&numbers.with(rows, row).with(columns, column)).ok();
    let cells = row_values.iter().map(|&row| column_values.iter().map(|&column| cell(row, column)).collect()).collect();
    let place = |id, values: &[f64]| {
        let base = numbers.get(id).ok()?;
        values.iter().position(|value| *value == base)
    };
    TwoWay {
        output,
        rows,
        row_values: row_values.to_vec(),
        columns,
        column_values: column_values.to_vec(),
        cells,
        base: place(rows, row_values).zip(place(columns, column_values)),
    }
}

/// Five values of an assumption to look at: over its range, else 20 % to both sides, with the value in the middle.
/// Those that it cannot be are left out; none where it has no value.
pub fn steps(id: AssumptionId, inputs: &Inputs) -> Vec<f64> {
    let of = id.get();
    let Some(value) = inputs.values.get(&id).map(|input| input.value).or(of.otherwise) else {
        return Vec::new();
    };
    let around = if value == 0.0 { 0.1 } else { value.abs() * 0.2 };
    let range = inputs.values.get(&id).and_then(|input| input.range);
    let (low, high) = range.unwrap_or((value - around, value + around));
    let mut values = vec![low, f64::midpoint(low, value), value, f64::midpoint(value, high), high];
    values.retain(|value| of.allows(*value));
    values.dedup();
    values
}
