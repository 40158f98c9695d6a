//! A calculator over a scenario, with everything that is looked at: what command line, documents and window show.

use super::{
    CalculatorId, Outcome, OutputId, Resolved, Spread, Tornado, TwoWay, evaluate, monte_carlo, steps, tornado, two_way,
};
use crate::jobs::{Cancelled, Progress};
use crate::model::assumption::Saved;
use crate::model::{AssumptionId, Locale, Scenario};

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The calculator.
    pub calculator: CalculatorId,
    /// The output that tornado, table of two and draws are of; the calculator's own when `None`.
    pub output: Option<OutputId>,
    /// Whether the tornado is wanted.
    pub tornado: bool,
    /// Assumptions of the table of two.
    pub two_way: Option<(AssumptionId, AssumptionId)>,
    /// Draws over the ranges; 0 = none.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
}

impl Look {
    /// What a saved calculation looks at; `None` where there is no such calculator any more.
    pub fn of(saved: &Saved) -> Option<Self> {
        Some(Self {
            calculator: CalculatorId::parse(&saved.calculator)?,
            output: OutputId::parse(&saved.output),
            tornado: true,
            two_way: saved.two_way,
            draws: saved.draws,
            seed: saved.seed,
        })
    }
}

/// A calculator over a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Calculation {
    /// What is looked at.
    pub look: Look,
    /// The scenario.
    pub scenario: Scenario,
    /// The same in numbers.
    pub resolved: Resolved,
    /// What the calculator tells.
    pub outcomes: Vec<Outcome>,
    /// What each assumption does.
    pub tornado: Option<Tornado>,
    /// The output over two assumptions.
    pub two_way: Option<TwoWay>,
    /// Where the output lies.
    pub spread: Option<Spread>,
}

/// Looks at a scenario.
///
/// # Errors
/// When the work was cancelled.
pub fn calculate(
    scenario: Scenario,
    resolved: Resolved,
    look: &Look,
    locale: Locale,
    progress: &Progress,
) -> Result<Calculation, Cancelled> {
    let (calculator, inputs) = (look.calculator.get(), &resolved.inputs);
    let output = look.output.unwrap_or(calculator.main);
    let spread = (look.draws > 0).then(|| monte_carlo(output, inputs, look.draws, look.seed, progress));
    Ok(Calculation {
        look: *look,
        outcomes: evaluate(calculator, inputs, locale),
        tornado: look.tornado.then(|| tornado(calculator, output, inputs)),
        two_way: look.two_way.map(|(rows, columns)| {
            two_way(output, (rows, &steps(rows, inputs)), (columns, &steps(columns, inputs)), inputs)
        }),
        spread: spread.transpose()?,
        scenario,
        resolved,
    })
}
