//! Assumptions: what a user can do with scenarios, every change a named step that can be undone.

use anyhow::{Result, bail};

use super::Session;
use crate::analytics::roi::{CalculatorId, OutputId};
use crate::model::Scenarios;
use crate::model::plan::Problem;

impl Session {
    /// The shop's scenarios; the framework's example and the shop's own values until somebody changes something.
    ///
    /// # Errors
    /// When they were saved by a newer program.
    pub fn scenarios(&self) -> Result<Scenarios> {
        Ok(self.workspace.single()?)
    }

    /// Saves the scenarios as a step of this name. Those with problems that stop are refused.
    ///
    /// # Errors
    /// A sentence that says what is wrong with them.
    pub fn save_scenarios(&mut self, label: &str, at: i64, scenarios: &Scenarios) -> Result<()> {
        if let Some(problem) = problems(scenarios).iter().find(|problem| problem.stops) {
            bail!("the scenarios were not saved; {}: {}", problem.at, problem.words);
        }
        Ok(self.workspace.save_single(label, at, scenarios)?)
    }
}

/// Everything wrong with scenarios, names of calculators and outputs included.
pub fn problems(scenarios: &Scenarios) -> Vec<Problem> {
    let mut found = scenarios.problems();
    for (n, saved) in scenarios.saved.iter().enumerate() {
        let mut wrong = |field: &str, words: String| {
            found.push(Problem { at: format!("saved[{n}].{field}"), words, stops: true });
        };
        if CalculatorId::parse(&saved.calculator).is_none() {
            wrong("calculator", format!("there is no calculator “{}”", saved.calculator));
        }
        if !saved.output.is_empty() && OutputId::parse(&saved.output).is_none() {
            wrong("output", format!("no calculator tells “{}”", saved.output));
        }
    }
    found
}
