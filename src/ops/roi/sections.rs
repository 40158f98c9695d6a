//! What stands in the document of calculations and the technology stack.

use anyhow::Result;

use super::super::Session;
use crate::analytics::roi::{Calculation, Look, Taken, calculate};
use crate::framework::roi::{RoiInput, roi_section};
use crate::jobs::Progress;
use crate::model::assumption::{Saved, StackRow};
use crate::model::{Day, Locale, Scenario};
use crate::report::document::Block;

impl Session {
    /// The calculations that are marked for the document, and the technology stack where anything of it is typed.
    ///
    /// # Errors
    /// When the shop cannot be read, or the work was cancelled.
    pub fn roi_sections(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Vec<Block>> {
        let scenarios = self.scenarios()?;
        let marked: Vec<&Saved> = scenarios.saved.iter().filter(|saved| saved.in_document).collect();
        let has_stack = scenarios
            .stack
            .iter()
            .any(|row| *row != StackRow { component: row.component.clone(), ..StackRow::default() });
        if marked.is_empty() && !has_stack {
            return Ok(Vec::new());
        }
        let taken = self.taken(as_of, progress)?;
        let (mut calculations, mut beside) = (Vec::new(), Vec::new());
        for saved in marked {
            let Some((look, scenario)) = Look::of(saved).zip(scenarios.named(&saved.scenario)) else { continue };
            calculations.push((saved.name.clone(), self.calculated(scenario, &taken, &look, progress)?));
            let plain = Look { tornado: false, two_way: None, draws: 0, ..look };
            let all = scenarios.all.iter().map(|one| self.calculated(one, &taken, &plain, progress));
            beside.push(all.collect::<Result<Vec<_>>>()?);
        }
        let technology = self.technology()?;
        let technology = has_stack.then_some(&technology);
        Ok(roi_section(&RoiInput { calculations: &calculations, beside: &beside, taken: &taken, technology }))
    }

    /// A calculator over a scenario of the shop.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn calculated(
        &self,
        scenario: &Scenario,
        taken: &Taken,
        look: &Look,
        progress: &Progress,
    ) -> Result<Calculation> {
        let resolved = self.in_numbers(scenario, taken)?;
        Ok(calculate(scenario.clone(), resolved, look, Locale::En, progress)?)
    }
}
