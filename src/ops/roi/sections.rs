//! What stands in the document of calculations.

use anyhow::Result;

use super::super::Session;
use crate::analytics::roi::{Calculation, Look, Taken, calculate};
use crate::framework::roi::{RoiInput, roi_section};
use crate::jobs::Progress;
use crate::model::assumption::{Saved, StackRow};
use crate::model::{Day, Locale, Scenario};
use crate::report::document::Block;

impl Session {
    /// The calculations that are marked for the document.
    ///
    /// # Errors
    /// When the shop cannot be read, or the work was cancelled.
    pub fn roi_sections(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Vec<Block>> {
        let scenarios = self.scenarios()?;
        let marked: Vec<&Saved> = scenarios.saved.iter().filter(|saved| saved.in_document).collect();
        if marked.is_empty() {
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
        Ok(roi_section(&RoiInput { calculations: &calculations, beside: &beside, taken: &taken }))
    }

    /// Whether anything of the technology stack is typed.
    ///
    /// # Errors
    /// When the scenarios were saved by a newer program.
    pub fn has_stack(&self) -> Result<bool> {
        let blank = |row: &StackRow| *row == StackRow { component: row.component.clone(), ..StackRow::default() };
        Ok(!self.scenarios()?.stack.iter().all(blank))
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
