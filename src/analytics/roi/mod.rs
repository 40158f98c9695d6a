//! What marketing brings: calculators over assumptions. Pure arithmetic: where the numbers come from is the business of
//! whoever resolves a scenario.
//!
//! Money is in major units of one currency here, shares are 0–1, and what cannot be told has its reason.

mod calculation;
mod calculators;
mod channels;
mod effects;
mod formula;
mod outputs;
mod resolve;
pub mod said;
mod sensitivity;
mod spread;
mod taken;
mod technology;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::assumption::{ASSUMPTIONS, AssumptionId, Unit};
use crate::model::metric::Better;
use crate::model::{Currency, Locale};

pub use calculation::{Calculation, Look, calculate};
pub use calculators::{CALCULATORS, Calculator, CalculatorId};
pub use channels::{ChannelFigures, ChannelReport, channels, reports};
pub use effects::{Moved, Place, Side, TargetOn, moved};
pub use outputs::{OutputId, outputs};
pub use resolve::{Resolved, resolve};
pub use sensitivity::{Bar, Tornado, TwoWay, steps, tornado, two_way};
pub use spread::{Bin, DRAWS, Spread, monte_carlo};
pub use taken::{Given, Interval, Taken, taken};
pub use technology::{Technology, TechnologyRow, technology};

/// How many assumptions there are.
const COUNT: usize = ASSUMPTIONS.len();

/// Where an input comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Somebody typed it; its range is the least and the most they think possible.
    Typed,
    /// The shop's data; its range is an interval of 95 %.
    Data,
    /// Added up from the table of the technology stack.
    Stack,
}

/// A value to reckon with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Input {
    /// The value; money in major units.
    pub value: f64,
    /// Where it may lie.
    pub range: Option<(f64, f64)>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Everything a calculator reckons with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inputs {
    /// Currency of all money.
    pub currency: Currency,
    /// What is known.
    pub values: BTreeMap<AssumptionId, Input>,
}

impl Inputs {
    /// Nothing known yet.
    pub fn new(currency: Currency) -> Self {
        Self { currency, values: BTreeMap::new() }
    }

    /// Takes a typed value, in place of what was there.
    pub fn set(&mut self, id: AssumptionId, value: f64, range: Option<(f64, f64)>) {
        self.values.insert(id, Input { value, range, origin: Origin::Typed });
    }

    /// The plain numbers; where nothing is known, what is taken otherwise.
    pub fn numbers(&self) -> Numbers {
        let mut numbers = Numbers([None; COUNT]);
        for of in ASSUMPTIONS {
            numbers.0[of.id as usize] = self.values.get(&of.id).map(|input| input.value).or(of.otherwise);
        }
        numbers
    }
}

/// The plain numbers of all assumptions; money in major units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numbers([Option<f64>; COUNT]);

impl Numbers {
    /// The number of an assumption.
    ///
    /// # Errors
    /// That it is missing.
    #[inline]
    pub fn get(&self, id: AssumptionId) -> Result<f64, Why> {
        self.0[id as usize].ok_or(Why::Missing(id))
    }

    /// The same numbers with another one in its place.
    #[must_use]
    pub fn with(mut self, id: AssumptionId, value: f64) -> Self {
        self.0[id as usize] = Some(value);
        self
    }
}

/// Why something cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// An assumption without a value.
    Missing(AssumptionId),
    /// A sentence.
    Said(&'static str),
}

impl Why {
    /// For people.
    pub fn words(self) -> String {
        match self {
            Self::Missing(id) => format!("“{}” is not known; type it or import what tells it", id.get().name),
            Self::Said(words) => words.to_owned(),
        }
    }
}

/// Whether something holds of the numbers.
type Holds = fn(&Numbers) -> bool;
/// What the numbers come to.
type Reckoned = fn(&Numbers) -> Result<f64, Why>;

/// Something that a calculator tells.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// Which one.
    pub id: OutputId,
    /// Stable name in files and on the command line.
    pub key: &'static str,
    /// For people.
    pub name: &'static str,
    /// In formulas.
    pub symbol: &'static str,
    /// What it counts in.
    pub unit: Unit,
    /// Which way is better.
    pub better: Better,
    /// What it is, where the name does not say all; a sentence or nothing.
    pub note: &'static str,
    /// From where on it is a gain: 0 for a profit, 1 for a ratio to costs.
    pub even: Option<f64>,
    formula: &'static str,
    instead: Option<(Holds, &'static str)>,
    of: Reckoned,
}

impl Output {
    /// Its value.
    ///
    /// # Errors
    /// Why it cannot be told. Never gives what is no number.
    #[inline]
    pub fn value(&self, numbers: &Numbers) -> Result<f64, Why> {
        match (self.of)(numbers)? {
            value if value.is_finite() => Ok(value),
            _ => Err(Why::Said("the numbers are too large to reckon with")),
        }
    }
}

/// An output with its value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// Which one.
    pub output: OutputId,
    /// Its value, in the unit of the output; money in major units.
    pub value: Option<f64>,
    /// Why it cannot be told.
    pub why_not: Option<String>,
    /// The formula with names.
    pub words: String,
    /// The formula with symbols.
    pub symbols: String,
    /// The formula with the numbers in; empty where one of them is not known.
    pub with_numbers: String,
}

/// What a calculator tells, output by output.
pub fn evaluate(calculator: &Calculator, inputs: &Inputs, locale: Locale) -> Vec<Outcome> {
    let numbers = inputs.numbers();
    let outcome = |output: &'static Output| {
        let value = output.value(&numbers);
        Outcome {
            output: output.id,
            value: value.ok(),
            why_not: value.err().map(Why::words),
            words: output.words(&numbers),
            symbols: output.symbols(&numbers),
            with_numbers: output.with_numbers(&numbers, inputs.currency, locale).unwrap_or_default(),
        }
    };
    calculator.outputs.iter().map(|id| outcome(id.get())).collect()
}
