//! Assumptions: what a user can do with scenarios, every change a named step that can be undone, and what calculators say
//! of the open shop.

mod effects;
mod sections;

use anyhow::{Result, bail};

use super::Session;
use super::session::known_until;
use crate::analytics::roi::{self, CalculatorId, ChannelFigures, OutputId, Resolved, Taken, Technology};
use crate::jobs::Progress;
use crate::model::channels::Said;
use crate::model::plan::Problem;
use crate::model::{AssumptionId, Day, Scenario, Scenarios};

/// The table of advertising by channel.
#[derive(Debug, Clone, PartialEq)]
pub struct AdChannels {
    /// First and last day of the reports.
    pub days: (Day, Day),
    /// The channels.
    pub rows: Vec<ChannelFigures>,
    /// All together; `None` where no report is there.
    pub total: Option<ChannelFigures>,
    /// What is worth knowing, as sentences.
    pub notes: Vec<String>,
}

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

    /// What the shop's data say of assumptions; without `as_of` on the last day with an order.
    ///
    /// # Errors
    /// When the shop cannot be read, or the work was cancelled.
    pub fn taken(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Taken> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let campaigns = self.workspace.campaigns()?.0;
        Ok(roi::taken(&data, &definitions, known_until(&data, as_of), &campaigns, progress)?)
    }

    /// A scenario in numbers.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn in_numbers(&self, scenario: &Scenario, taken: &Taken) -> Result<Resolved> {
        Ok(roi::resolve(scenario, Some(taken), &self.definitions()?, &self.scenarios()?.stack))
    }

    /// The technology stack with its returns.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn technology(&self) -> Result<Technology> {
        Ok(roi::technology(&self.scenarios()?.stack, &self.definitions()?))
    }

    /// What platforms report of each channel in the last 365 days, at the margin that data or a scenario give.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn ad_channels(&mut self, resolved: &Resolved, as_of: Option<Day>, progress: &Progress) -> Result<AdChannels> {
        let (data, definitions, names) = (self.dataset(progress)?, self.definitions()?, self.channel_names()?);
        let days = crate::analytics::facts::year_to(known_until(&data, as_of));
        let name = |raw: &str| match raw.trim() {
            "" => "Not said".to_owned(),
            raw => names.name(&Said::spend(raw)).0,
        };
        let (reports, unrated) = roi::reports(&self.workspace.campaigns()?.0, &definitions, days, &name);
        let margin = resolved.inputs.numbers().get(AssumptionId::Margin).ok();
        let (rows, total) = roi::channels(&reports, margin);
        let mut notes: Vec<String> = unrated
            .into_iter()
            .map(|(channel, currency)| format!("{channel} is left out: there is no rate of {currency}"))
            .collect();
        notes.push("Conversions and revenue are what platforms claim, and several may claim one order".into());
        if margin.is_none() {
            notes.push("Profit and ROI need a margin, which nobody told".into());
        }
        Ok(AdChannels { days, rows, total, notes })
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
