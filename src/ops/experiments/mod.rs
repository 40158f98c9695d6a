//! Kept experiments: what a user can do with them, every change a named step that can be undone. An experiment with
//! problems can be saved, so that nothing typed is lost.

pub mod analyse;
pub mod attach;
pub mod baseline;
mod factors;
pub mod observed;
pub mod page;
pub mod planning;
pub mod programme;
pub mod worth;

use anyhow::{Result, anyhow, bail};
use serde_json::Value;

use super::Session;
use crate::model::Experiment;
use crate::model::experiment::Choice;
use crate::model::experiment::{Data, Decision, Exposures, LONGEST_NAME, Plan, Seal, same_name};
pub use crate::workspace::experiments::SavedExperiment;
use crate::workspace::experiments::{Customers, is_intact, seal};

/// What a seal says of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sealed {
    /// The plan is the one that was sealed.
    Same,
    /// These fields of the plan are not as they were sealed.
    Differs(Vec<String>),
    /// The seal itself was tampered with: its text is not the one that was hashed.
    Broken,
}

impl Session {
    /// Kept experiments, oldest first, with those that are put away.
    pub fn saved_experiments(&self) -> Result<Vec<SavedExperiment>> {
        Ok(self.workspace.saved_experiments()?)
    }

    /// The kept experiment of a name.
    ///
    /// # Errors
    /// A sentence that lists the known ones.
    pub fn saved_experiment(&self, name: &str) -> Result<SavedExperiment> {
        let all = self.saved_experiments()?;
        let known = all.iter().map(|saved| saved.experiment.name.as_str()).collect::<Vec<_>>().join(", ");
        let found = all.into_iter().find(|saved| same_name(&saved.experiment.name) == same_name(name));
        found.ok_or_else(|| match known.as_str() {
            "" => anyhow!("there is no experiment “{name}”; none was saved yet"),
            known => anyhow!("there is no experiment “{name}”; saved are {known}"),
        })
    }

    /// The kept experiment of a row.
    ///
    /// # Errors
    /// A sentence when it is gone.
    pub fn experiment(&self, id: i64) -> Result<Experiment> {
        Ok(found(&self.saved_experiments()?, id)?.experiment.clone())
    }

    /// Saves an experiment: a new one when its id is 0. The customers kept beside it stay. Gives its row.
    ///
    /// # Errors
    /// A sentence when the name is missing, too long, or taken by another.
    pub fn save_experiment(&mut self, saved: &SavedExperiment) -> Result<i64> {
        let all = self.saved_experiments()?;
        let experiment = saved.experiment.settled();
        let old = all.iter().find(|other| other.id == saved.id).map(|other| &other.experiment);
        let name = &experiment.name;
        let label = match old {
            None if saved.id != 0 => bail!("the experiment is gone; somebody deleted it, or its saving was undone"),
            None => format!("Save experiment {name}"),
            Some(old) if old.name != *name => format!("Rename experiment {} to {name}", old.name),
            Some(old) if old.archived != experiment.archived && experiment.archived => {
                format!("Put away experiment {name}")
            }
            Some(old) if old.archived != experiment.archived => format!("Take out experiment {name}"),
            Some(old) if old.seal != experiment.seal => format!("Seal the plan of {name}"),
            Some(old) if old.decision != experiment.decision => format!("Decide experiment {name}"),
            Some(_) => format!("Change experiment {name}"),
        };
        // A seal is broken by nobody: whoever saves a plan without it, or with another, keeps the one that is there.
        let seal = old.and_then(|old| old.seal.clone()).or_else(|| experiment.seal.clone());
        let saved = SavedExperiment { id: saved.id, experiment: Experiment { seal, ..experiment } };
        // Whose data are something else now needs no customers any more.
        let keeps = matches!(saved.experiment.data, Some(Data::Customers(_)));
        self.write_experiment(&label, &saved, if keeps { Customers::Stay } else { Customers::Go })
    }

    /// Saves with what becomes of the customers beside it; whatever is saved has a name of its own.
    fn write_experiment(&mut self, label: &str, saved: &SavedExperiment, customers: Customers<'_>) -> Result<i64> {
        let name = &saved.experiment.name;
        match name.chars().count() {
            0 => bail!("an experiment needs a name"),
            n if n > LONGEST_NAME => {
                bail!("the name of an experiment has at most {LONGEST_NAME} characters, this one has {n}")
            }
            _ if name.chars().any(char::is_control) => bail!("the name of an experiment is one line of text"),
            _ => {}
        }
        let taken =
            |other: &SavedExperiment| same_name(&other.experiment.name) == same_name(name) && other.id != saved.id;
        if self.saved_experiments()?.iter().any(taken) {
            bail!("there is an experiment “{name}” already; choose another name");
        }
        Ok(self.workspace.save_experiment(label, super::now(), saved, customers)?)
    }

    /// Saves a new experiment under its name, or the next free one; gives its row.
    pub fn add_experiment(&mut self, experiment: Experiment) -> Result<SavedExperiment> {
        let name = free_name(&self.saved_experiments()?, experiment.name.trim())?;
        let mut saved = SavedExperiment { id: 0, experiment: Experiment { name, ..experiment }.settled() };
        saved.id = self.save_experiment(&saved)?;
        Ok(saved)
    }

    /// Saves a copy of an experiment as a draft that nothing has happened to.
    pub fn duplicate_experiment(&mut self, id: i64) -> Result<SavedExperiment> {
        let all = self.saved_experiments()?;
        let original = &found(&all, id)?.experiment;
        let name = free_name(&all, &format!("{} copy", original.name))?;
        let mut copy = SavedExperiment { id: 0, experiment: original.afresh(&name) };
        let label = format!("Duplicate experiment {}", original.name);
        copy.id = self.write_experiment(&label, &copy, Customers::Stay)?;
        Ok(copy)
    }

    /// Puts an experiment away, or takes it out again.
    pub fn archive_experiment(&mut self, id: i64, away: bool) -> Result<()> {
        self.change_experiment(id, |experiment| experiment.archived = away)
    }

    /// Deletes an experiment.
    pub fn remove_experiment(&mut self, id: i64) -> Result<()> {
        let all = self.saved_experiments()?;
        let label = format!("Delete experiment {}", found(&all, id)?.experiment.name);
        Ok(self.workspace.remove_experiment(&label, super::now(), id)?)
    }

    /// Seals the plan of an experiment as it is now, with its hash and the time.
    ///
    /// # Errors
    /// A sentence when it is sealed already, has data already, or has problems that stop it.
    pub fn seal_experiment(&mut self, id: i64) -> Result<Seal> {
        self.seal_experiment_at(id, crate::ops::now())
    }

    /// The same at a moment, UTC seconds: the sample shop's plans were sealed before they began.
    pub(in crate::ops) fn seal_experiment_at(&mut self, id: i64, at: i64) -> Result<Seal> {
        let all = self.saved_experiments()?;
        let experiment = &found(&all, id)?.experiment;
        if experiment.seal.is_some() {
            bail!("the plan of “{}” is sealed already; a copy of it can be sealed anew", experiment.name);
        }
        if experiment.data.is_some() {
            bail!("“{}” has data already; a plan is sealed before data come", experiment.name);
        }
        let stops: Vec<String> = (experiment.problems(self.definitions()?.currency).into_iter())
            .filter(|problem| problem.stops)
            .map(|problem| format!("{}: {}", problem.at, problem.words))
            .collect();
        if !stops.is_empty() {
            bail!("the plan of “{}” was not sealed; mend it first: {}", experiment.name, stops.join("; "));
        }
        let made = seal(&experiment.plan, at)?;
        self.change_experiment(id, |experiment| experiment.seal = Some(made.clone()))?;
        Ok(made)
    }

    /// Writes down what was decided; `None` takes it back.
    ///
    /// # Errors
    /// A sentence when there is nothing yet that it could rest on.
    pub fn decide_experiment(&mut self, id: i64, decision: Option<Decision>) -> Result<()> {
        let all = self.saved_experiments()?;
        let experiment = &found(&all, id)?.experiment;
        if decision.is_some() && experiment.data.is_none() {
            bail!("“{}” has no data yet; a decision rests on what was seen", experiment.name);
        }
        // Who adopts the control keeps it.
        let kept = |decision: &mut Decision| {
            let control = experiment.plan.variants.first().map(|variant| same_name(&variant.name));
            if matches!(&decision.choice, Choice::Adopt(name) if Some(same_name(name)) == control) {
                decision.choice = Choice::Keep;
            }
        };
        let mut decision = decision;
        decision.iter_mut().for_each(kept);
        self.change_experiment(id, |experiment| experiment.decision = decision)
    }

    fn change_experiment(&mut self, id: i64, change: impl FnOnce(&mut Experiment)) -> Result<()> {
        let mut saved = found(&self.saved_experiments()?, id)?.clone();
        change(&mut saved.experiment);
        self.save_experiment(&saved).map(|_| ())
    }

    /// The customers kept beside an experiment.
    pub fn exposures(&self, id: i64) -> Result<Option<Exposures>> {
        Ok(self.workspace.exposures(id)?)
    }
}

/// Whether the plan was sealed only after its first day, so that something may have been seen by then.
pub fn sealed_late(experiment: &Experiment) -> bool {
    let sealed = experiment.seal.as_ref().and_then(|seal| chrono::DateTime::from_timestamp(seal.at, 0));
    let starts = experiment.plan.starts.map(|day| day.date());
    // A day of grace: the shop's zone may be ahead of or behind that of the clock.
    sealed.zip(starts).is_some_and(|(sealed, starts)| sealed.date_naive() > starts)
}

/// What the seal of an experiment says of its plan; `None` = it has none.
pub fn sealed(experiment: &Experiment) -> Option<Sealed> {
    let seal = experiment.seal.as_ref()?;
    if !is_intact(seal) {
        return Some(Sealed::Broken);
    }
    let (then, now) = (serde_json::from_str::<Plan>(&seal.text), serde_json::to_value(&experiment.plan));
    // Read and written again: what a newer program adds to every plan makes no difference.
    let (Ok(Ok(Value::Object(then))), Ok(Value::Object(now))) = (then.map(serde_json::to_value), now) else {
        return Some(Sealed::Broken);
    };
    let differs = |key: &&String| then.get(*key) != now.get(*key);
    let mut fields: Vec<String> = now.keys().chain(then.keys()).filter(differs).cloned().collect();
    fields.sort_unstable();
    fields.dedup();
    Some(if fields.is_empty() { Sealed::Same } else { Sealed::Differs(fields) })
}

fn free_name(all: &[SavedExperiment], wanted: &str) -> Result<String> {
    let stem: String = wanted.chars().take(LONGEST_NAME - 6).collect();
    let name = |n: u32| if n == 1 { stem.clone() } else { format!("{stem} {n}") };
    let free = |name: &String| all.iter().all(|saved| same_name(&saved.experiment.name) != same_name(name));
    (1..10_000).map(name).find(free).ok_or_else(|| anyhow!("no name is left for another “{stem}”; delete some"))
}

fn found(all: &[SavedExperiment], id: i64) -> Result<&SavedExperiment> {
    let found = all.iter().find(|saved| saved.id == id && id != 0);
    found.ok_or_else(|| anyhow!("the experiment is gone; somebody deleted it, or its saving was undone"))
}
