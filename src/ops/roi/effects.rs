//! What moves when assumptions change: calculators, targets, planned sales and the document.

use anyhow::Result;

use super::super::Session;
use crate::analytics::roi::{Moved, Place, Side, TargetOn, moved, resolve};
use crate::analytics::sale::{Judged, Verdict, judge};
use crate::jobs::Progress;
use crate::model::assumption::{AssumptionId, Unit};
use crate::model::kpi::{Board, Target};
use crate::model::{Day, Definitions, MetricId, SalePlan, Scenario};

impl Session {
    /// Everything that moves when the assumptions go from one scenario to the other. Planned sales move where the scenario
    /// in use is the one that changes, and their margin is typed in it.
    ///
    /// # Errors
    /// When the shop cannot be read, or the work was cancelled.
    pub fn effects(
        &mut self,
        before: &Scenario,
        after: &Scenario,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Vec<Moved>> {
        let (taken, definitions, scenarios) = (self.taken(as_of, progress)?, self.definitions()?, self.scenarios()?);
        let inputs = |scenario: &Scenario| resolve(scenario, Some(&taken), &definitions, &scenarios.stack).inputs;
        let mut found = moved(&inputs(before), &inputs(after), &self.targets_on_assumptions()?);
        let of_document = self.moved_in_document(&found, &[before, after])?;
        found.extend(self.moved_sales(before, after, progress)?);
        found.extend(of_document);
        Ok(found)
    }

    /// Targets that rest on an assumption.
    fn targets_on_assumptions(&self) -> Result<Vec<TargetOn>> {
        let board: Board = self.workspace.single()?;
        let target = |(metric, target): (&MetricId, &Target)| match target {
            Target::Assumption(key) => Some((metric.metric().name.to_owned(), AssumptionId::parse(key)?, 1.0)),
            _ => None,
        };
        Ok(board.targets.iter().filter_map(target).collect())
    }

    /// Calculations of the document whose results are among those that move.
    fn moved_in_document(&self, found: &[Moved], of: &[&Scenario]) -> Result<Vec<Moved>> {
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<String> = of.iter().map(|scenario| scenario.name.to_lowercase()).collect();
        let saved = self.scenarios()?.saved.into_iter();
        let saved = saved.filter(|one| one.in_document && names.contains(&one.scenario.trim().to_lowercase()));
        let line = |name: String| Moved {
            what: name,
            place: Place::Document,
            unit: Unit::NUMBER,
            before: Side::Text("as it stands".into()),
            after: Side::Text("written anew".into()),
        };
        Ok(saved.map(|one| line(one.name)).collect())
    }

    /// Planned sales whose margin moves, with their verdicts.
    fn moved_sales(&mut self, before: &Scenario, after: &Scenario, progress: &Progress) -> Result<Vec<Moved>> {
        let (old, new) = (self.definitions_with(before)?, self.definitions_with(after)?);
        if old.default_margin == new.default_margin {
            return Ok(Vec::new());
        }
        let currency = old.currency;
        let mut found = Vec::new();
        for saved in self.saved_sales()?.into_iter().filter(|saved| saved.plan.assumptions.margin.is_none()) {
            let (Some(was), Some(is)) =
                (self.judged(&saved.plan, &old, progress)?, self.judged(&saved.plan, &new, progress)?)
            else {
                continue;
            };
            let margin =
                |judged: &Judged| judged.nobody.margin.map_or(Side::Unknown, |m| Side::Number(currency.major(m)));
            if was.nobody.margin != is.nobody.margin {
                found.push(Moved {
                    what: format!("{}: margin of the same baskets", saved.plan.name),
                    place: Place::Sales,
                    unit: Unit::MONEY,
                    before: margin(&was),
                    after: margin(&is),
                });
            }
            if was.verdict != is.verdict {
                found.push(Moved {
                    what: format!("{}: verdict", saved.plan.name),
                    place: Place::Sales,
                    unit: Unit::NUMBER,
                    before: Side::Text(verdict(was.verdict).into()),
                    after: Side::Text(verdict(is.verdict).into()),
                });
            }
        }
        Ok(found)
    }

    /// A plan judged under definitions; `None` where it cannot be replayed.
    fn judged(&mut self, plan: &SalePlan, definitions: &Definitions, progress: &Progress) -> Result<Option<Judged>> {
        let Ok((_, replay)) = self.replay_sale_under(plan, None, definitions, progress) else {
            progress.step(0)?;
            return Ok(None);
        };
        let lift = self.sale_lift(progress)?;
        Ok(Some(judge(&replay, plan.assumptions.top_up, &lift)))
    }

    /// The definitions as sales take them: where no unit cost is known, the margin that is typed in the scenario in use
    /// stands in, before the shop's own. A plan's own margin goes before both.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub(in crate::ops) fn definitions_of_sales(&self) -> Result<Definitions> {
        match self.scenarios()?.in_use() {
            Some(scenario) => self.definitions_with(scenario),
            None => self.definitions(),
        }
    }

    /// The definitions with the margin that is typed in a scenario.
    fn definitions_with(&self, scenario: &Scenario) -> Result<Definitions> {
        let definitions = self.definitions()?;
        let typed = scenario.typed(AssumptionId::Margin).map(|value| value.number());
        Ok(Definitions { default_margin: typed.or(definitions.default_margin), ..definitions })
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pays => "probably pays",
        Verdict::DoesNot => "probably does not pay",
        Verdict::CannotTell => "cannot tell",
    }
}
