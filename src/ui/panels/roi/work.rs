//! What the page shows, reckoned away from the window.

use anyhow::Result;

use super::compare::Beside;
use crate::analytics::roi::{
    Calculator, CalculatorId, DRAWS, Inputs, Outcome, OutputId, Resolved, Spread, Taken, Tornado, TwoWay, evaluate,
    monte_carlo, resolve, steps, tornado, two_way,
};
use crate::jobs::Progress;
use crate::model::assumption::{AssumptionId, Scenario, Scenarios};
use crate::model::{Day, Definitions};
use crate::ui::locale;

/// Seed of the draws.
pub const SEED: u64 = 1;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// All scenarios and the technology stack.
    pub scenarios: Scenarios,
    /// Name of the one on view.
    pub scenario: String,
    /// The calculator.
    pub calculator: CalculatorId,
    /// The output whose sensitivity is shown.
    pub output: OutputId,
    /// Assumptions of the table of two; `None` = those that decide most.
    pub pair: Option<(AssumptionId, AssumptionId)>,
    /// What words mean.
    pub definitions: Definitions,
    /// The day.
    pub as_of: Day,
}

/// What there is to show.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The calculator.
    pub calculator: &'static Calculator,
    /// Values of the scenario on view.
    pub inputs: Inputs,
    /// What the calculator lacks, and what is worth knowing, in sentences.
    pub remarks: Vec<String>,
    /// What the calculator tells.
    pub outcomes: Vec<Outcome>,
    /// One assumption at a time.
    pub tornado: Tornado,
    /// Two at a time.
    pub two_way: TwoWay,
    /// All at once.
    pub spread: Spread,
    /// Every scenario with what follows from it.
    pub beside: Vec<Beside>,
}

/// Reckons everything on view. Without what data say, values from data are missing.
///
/// # Errors
/// When the work was cancelled.
pub fn reckon(asked: &Asked, taken: Option<&Taken>, progress: &Progress) -> Result<Shown> {
    let calculator = asked.calculator.get();
    let numbers = |scenario: &Scenario| resolve(scenario, taken, &asked.definitions, &asked.scenarios.stack);
    let scenario = asked.scenarios.named(&asked.scenario).cloned().unwrap_or_default();
    let Resolved { inputs, missing, notes } = numbers(&scenario);
    let tell = |inputs: &Inputs| evaluate(calculator, inputs, locale::current());
    let beside = |scenario: &Scenario| {
        let inputs = numbers(scenario).inputs;
        Beside { name: scenario.name.clone(), outcomes: tell(&inputs), inputs }
    };
    let tornado = tornado(calculator, asked.output, &inputs);
    let (rows, columns) = asked.pair.unwrap_or_else(|| deciding(calculator, &tornado));
    let (row_values, column_values) = (steps(rows, &inputs), steps(columns, &inputs));
    Ok(Shown {
        calculator,
        remarks: missing
            .into_iter()
            .filter(|(id, _)| calculator.inputs.contains(id))
            .map(|(id, why)| format!("{}: {why}", id.get().name))
            .chain(notes)
            .collect(),
        outcomes: tell(&inputs),
        tornado,
        two_way: two_way(asked.output, (rows, &row_values), (columns, &column_values), &inputs),
        spread: monte_carlo(asked.output, &inputs, DRAWS, SEED, progress)?,
        beside: asked.scenarios.all.iter().map(beside).collect(),
        inputs,
    })
}

/// Two assumptions that decide: margin and lifespan where both do, as in the framework's example, else the widest two.
fn deciding(calculator: &Calculator, tornado: &Tornado) -> (AssumptionId, AssumptionId) {
    let moves = |id: AssumptionId| tornado.bars.iter().any(|bar| bar.id == id && bar.width() > 0.0);
    let usual = (AssumptionId::Margin, AssumptionId::Lifespan);
    if moves(usual.0) && moves(usual.1) {
        return usual;
    }
    let bars = tornado.bars.iter().map(|bar| bar.id);
    let mut ids = bars.chain(calculator.inputs.iter().copied());
    let first = ids.next().unwrap_or(usual.0);
    (ids.find(|id| *id != first).unwrap_or(first), first)
}
