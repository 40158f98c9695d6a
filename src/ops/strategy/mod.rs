//! The plans of the product and the marketing framework: what a user can do with them, every change a named step that can
//! be undone.

mod models;
mod outside;
mod shop;
mod typed;

use anyhow::{Result, bail};

use super::Session;
use super::session::known_until;
use crate::analytics::kpi::KpiSettings;
use crate::framework::guide::checks;
use crate::framework::guide::evidence::{Evidence, Finding};
use crate::jobs::Progress;
use crate::model::Day;
use crate::model::strategy::StrategyPlan;

pub use typed::ADDED;

/// What data say to one question, or what is missing.
type Answer = Result<Finding, String>;

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
        Ok(self.workspace.save_single(label, at, &plan.settled())?)
    }

    /// What data say about the items of both frameworks on a day; `None` = the last day with data.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn strategy_evidence(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Evidence> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let as_of = if data.span.is_some() { Some(known_until(&data, as_of)) } else { as_of };
        let kpis = self.kpis(as_of, &KpiSettings::default(), progress)?;
        let mut found = models::metrics(&kpis);
        let details = self.details(progress)?;
        let asked = shop::Asked { data: &data, details: &details, definitions: &definitions, as_of: kpis.as_of };
        found.extend(asked.answers());
        found.extend(self.outside(&data, kpis.as_of, progress)?);
        found.insert("mobile_gap".into(), models::mobile_gap(&kpis));
        if data.span.is_some() {
            found.extend(self.modelled(&data, &definitions, kpis.as_of, progress)?);
        } else {
            let none = || Err("no data: import the shop’s orders".to_owned());
            let models = ["stock_outs", "demand", "price_response", "lifetime"];
            found.extend(models.map(|key| (key.to_owned(), none())));
        }
        Ok(found)
    }
}

/// A period in words.
fn days((from, to): (Day, Day)) -> String {
    format!("{} – {}", from.display(), to.display())
}
