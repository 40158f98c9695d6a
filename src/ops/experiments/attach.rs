//! What is observed in an experiment: files and hold-outs that are attached to it.

use std::path::Path;

use anyhow::{Result, bail};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

use super::{SavedExperiment, found};
use crate::import::experiment::{Columns, Content, Look, Rows, Within, look, read};
use crate::jobs::Progress;
use crate::model::experiment::{
    Attached, Covariates, Data, Exposures, Groups, LeftOut, Metric, Outcomes, Plan, Totals, Variant, same_name,
};
use crate::model::{Definitions, Experiment};
use crate::ops::Session;
use crate::workspace::experiments::{Customers, Identities};

/// Words by which a file calls its control.
const CONTROLS: &[&str] = &["control", "baseline", "original", "default", "none", "holdout", "hold-out", "a", "0"];

/// What attaching a file did.
#[derive(Debug, Clone, PartialEq)]
pub struct AttachedFile {
    /// The experiment with its data.
    pub saved: SavedExperiment,
    /// Whether variants and measures of the file took the place of those of a plan that spoke of other ones.
    pub adopted: bool,
    /// Rows of the file that are not kept.
    pub left_out: LeftOut,
}

impl Session {
    /// Looks at a file about an experiment: what it is, and which column holds what.
    ///
    /// # Errors
    /// A sentence when it cannot be read, or tells nothing of variants.
    pub fn look_at_experiment_file(&self, path: &Path, progress: &Progress) -> Result<Look> {
        Ok(look(path, progress)?)
    }

    /// Attaches a file to an experiment, in place of what was there. Where `adopt` is set, and the plan is not sealed,
    /// variants of the file that the plan does not know take the place of those of the plan.
    ///
    /// # Errors
    /// A sentence when the file cannot be read, or its variants are none of the plan's.
    pub fn attach_file(
        &mut self,
        id: i64,
        (looked, columns): (&Look, &Columns),
        adopt: bool,
        progress: &Progress,
    ) -> Result<AttachedFile> {
        let content = read_file((looked, columns), &self.definitions()?, progress)?;
        self.attach_content(id, content, adopt)
    }

    /// Attaches what was read of a file.
    pub(in crate::ops) fn attach_content(&mut self, id: i64, content: Content, adopt: bool) -> Result<AttachedFile> {
        let mut saved = found(&self.saved_experiments()?, id)?.clone();
        let adopt = adopt && saved.experiment.seal.is_none();
        let file = match &content {
            Content::Totals(totals) => totals.file.clone(),
            Content::Customers(rows) => rows.file.clone(),
        };
        let (names, metrics) = told(&content);
        let adopted = fit(&mut saved.experiment, &names, adopt, &file)?;
        if adopted {
            adopt_metrics(&mut saved.experiment.plan, metrics);
        }
        let (left_out, exposures) = match content {
            Content::Totals(totals) => {
                saved.experiment.data = Some(Data::Totals(totals));
                (LeftOut::default(), None)
            }
            Content::Customers(rows) => {
                let identities = self.workspace.identities(self.definitions()?.zone)?;
                let (exposures, left_out) = tied(rows, &saved.experiment.plan, &identities);
                if exposures.is_empty() {
                    bail!("{}", nobody(&file, left_out));
                }
                let customers = exposures.len() as u64;
                saved.experiment.data = Some(Data::Customers(Attached { file: file.clone(), customers, left_out }));
                (left_out, Some(exposures))
            }
        };
        let label = format!("Attach {file} to {}", saved.experiment.name);
        let customers = exposures.as_ref().map_or(Customers::Go, Customers::Are);
        self.write_experiment(&label, &saved, customers)?;
        Ok(AttachedFile { saved, adopted, left_out })
    }

    /// Lets an experiment read a hold-out, in place of what was there: those held out are its control.
    ///
    /// # Errors
    /// A sentence when there is no such hold-out, or the plan does not have two variants.
    pub fn attach_holdout(&mut self, id: i64, name: &str) -> Result<SavedExperiment> {
        let mut saved = found(&self.saved_experiments()?, id)?.clone();
        let kept = self.holdouts()?;
        let Some(holdout) = kept.iter().find(|holdout| holdout.name == name) else {
            let known: Vec<&str> = kept.iter().map(|holdout| holdout.name.as_str()).collect();
            bail!("there is no hold-out “{name}”; kept are {}", known.join(", "));
        };
        let plan = &mut saved.experiment.plan;
        if plan.variants.len() != 2 {
            bail!("a hold-out has two groups, and the plan {} variants; keep a control and one", plan.variants.len());
        }
        if saved.experiment.seal.is_none() {
            let (held, written) = (holdout.control.len() as f64, holdout.written.len() as f64);
            plan.variants[0].share = held / (held + written).max(1.0);
            plan.variants[1].share = 1.0 - plan.variants[0].share;
            plan.starts = Some(holdout.starts);
            plan.ends = plan.ends.filter(|ends| *ends >= holdout.starts).or(Some(holdout.ends()));
            plan.window_days = u32::try_from(holdout.days).ok();
        }
        saved.experiment.data = Some(Data::Holdout(holdout.name.clone()));
        let label = format!("Attach hold-out {name} to {}", saved.experiment.name);
        self.write_experiment(&label, &saved, Customers::Go)?;
        Ok(saved)
    }

    /// Takes the data of an experiment away.
    pub fn detach_data(&mut self, id: i64) -> Result<SavedExperiment> {
        let mut saved = found(&self.saved_experiments()?, id)?.clone();
        saved.experiment.data = None;
        let label = format!("Take the data from {}", saved.experiment.name);
        self.write_experiment(&label, &saved, Customers::Go)?;
        Ok(saved)
    }
}

/// Reads a file that was looked at.
pub fn read_file(file: (&Look, &Columns), definitions: &Definitions, progress: &Progress) -> Result<Content> {
    let within = Within { zone: definitions.zone, currency: definitions.currency };
    Ok(read(file.0, file.1, within, progress)?)
}

/// An experiment of the variants and measures of a file, for one that nobody planned. `control` names the first variant;
/// without it the one that is called so, else the first.
///
/// # Errors
/// A sentence when the file has no variant of that name.
pub fn of_file(name: &str, content: &Content, control: Option<&str>) -> Result<Experiment> {
    let (names, metrics) = told(content);
    let mut experiment = Experiment::new(name);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    experiment.plan.variants = variants(&names, control)?;
    adopt_metrics(&mut experiment.plan, metrics);
    Ok(experiment)
}

/// Variants and measures of a file.
fn told(content: &Content) -> (Vec<String>, Vec<Metric>) {
    match content {
        Content::Totals(totals) => {
            (totals.variants.iter().map(|one| one.variant.clone()).collect(), totals_metrics(totals))
        }
        Content::Customers(rows) => {
            (rows.variants.clone(), rows.outcomes.iter().map(|one| one.metric.clone()).collect())
        }
    }
}

/// Variants of equal shares, the control first.
fn variants(names: &[&str], control: Option<&str>) -> Result<Vec<Variant>> {
    let is_control = |name: &&str| {
        let name = same_name(name);
        CONTROLS.contains(&name.as_str()) || name.starts_with("no ") || name.starts_with("control")
    };
    let first = match control {
        Some(control) => names.iter().position(|name| same_name(name) == same_name(control)),
        None => Some(names.iter().position(is_control).unwrap_or(0)),
    };
    let Some(first) = first else {
        bail!("there is no variant “{}”; there are {}", control.unwrap_or_default(), names.join(", "));
    };
    let share = 1.0 / names.len().max(1) as f64;
    let rest = names.iter().enumerate().filter(|(at, _)| *at != first).map(|(_, name)| name);
    let all = names.get(first).into_iter().chain(rest);
    Ok(all.map(|name| Variant { name: name.trim().to_owned(), share, ..Variant::default() }).collect())
}

/// Holds the variants of a file against those of the plan; whether those of the file took their place.
fn fit(experiment: &mut Experiment, names: &[String], adopt: bool, file: &str) -> Result<bool> {
    let plan = &mut experiment.plan;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let alike = |n: usize| names[..n].iter().find(|earlier| same_name(earlier) == same_name(names[n]));
    if let Some((n, earlier)) = (0..names.len()).find_map(|n| Some((n, alike(n)?))) {
        bail!(
            "{file} has the variants “{earlier}” and “{}”, which differ by blanks or letter case only; name them alike, or \
             apart",
            names[n]
        );
    }
    let known = names.iter().filter(|name| plan.variant(name).is_some()).count();
    if known == plan.variants.len() || (known > 0 && known == names.len()) {
        return Ok(false);
    }
    if adopt {
        plan.variants = variants(&names, None)?;
        return Ok(true);
    }
    let planned: Vec<&str> = plan.variants.iter().map(|variant| variant.name.as_str()).collect();
    bail!(
        "{file} has the variants {}, the plan {}; name them alike, or take over those of the file",
        names.join(", "),
        planned.join(", ")
    )
}

/// Measures of a file: conversion decides where it is there, else the first; the others stand beside it.
fn adopt_metrics(plan: &mut Plan, metrics: impl IntoIterator<Item = Metric>) {
    let metrics: Vec<Metric> = metrics.into_iter().collect();
    if metrics.is_empty() || metrics.contains(&plan.primary) {
        return;
    }
    plan.primary = metrics.iter().find(|metric| **metric == Metric::Conversion).unwrap_or(&metrics[0]).clone();
}

fn totals_metrics(totals: &Totals) -> Vec<Metric> {
    let mut metrics: Vec<Metric> = Vec::new();
    for value in totals.variants.iter().flat_map(|totals| &totals.values) {
        if !metrics.contains(&value.metric) {
            metrics.push(value.metric.clone());
        }
    }
    metrics
}

fn nobody(file: &str, left_out: LeftOut) -> String {
    let LeftOut { unknown, twice, unreadable, .. } = left_out;
    match () {
        () if unknown > 0 => format!(
            "{file} names nobody of this shop ({unknown} rows); its customers go by shop id or e-mail address. Import \
             the shop's orders first, or check the column of customers"
        ),
        () if twice > 0 => format!("every customer in {file} got several variants; nobody can be compared"),
        () if unreadable > 0 => format!("no row of {file} can be read; check its times and amounts"),
        () => format!("{file} holds no customer of the variants of the plan"),
    }
}

/// Rows of a file as customers of the shop: each once, with one variant.
pub(super) fn tied(rows: Rows, plan: &Plan, identities: &Identities) -> (Exposures, LeftOut) {
    let mut left = rows.left_out;
    let tells = !rows.outcomes.is_empty();
    let known: Vec<bool> = rows.variants.iter().map(|name| plan.variant(name).is_some()).collect();
    let hasher = FxBuildHasher;
    // Who it is: a customer of the shop, else whoever the file names; else everybody is somebody else.
    let mut first: FxHashMap<(u32, u64), usize> = FxHashMap::default();
    let mut kept: Vec<(u32, usize)> = Vec::with_capacity(rows.variant.len());
    let mut who: Vec<(u32, u64)> = Vec::with_capacity(rows.variant.len());
    let mut twice: rustc_hash::FxHashSet<(u32, u64)> = rustc_hash::FxHashSet::default();
    let earlier = |a: usize, b: usize| !rows.at.is_empty() && rows.at[a] < rows.at[b];
    for row in 0..rows.variant.len() {
        if !known[rows.variant[row] as usize] {
            left.no_variant += 1;
            continue;
        }
        let key = rows.customer.get(row).and_then(|key| key.as_deref());
        let email = rows.email.get(row).and_then(|email| email.as_deref());
        let customer = identities.of(key, email).unwrap_or(0);
        if customer == 0 && !tells {
            left.unknown += 1;
            continue;
        }
        let named = key.or(email).map(|name| hasher.hash_one(name));
        let identity = match (customer, named) {
            (0, None) => {
                kept.push((0, row));
                who.push((0, row as u64));
                continue;
            }
            (0, Some(name)) => (u32::MAX, name),
            (customer, _) => (customer, 0),
        };
        match first.get(&identity) {
            None => {
                first.insert(identity, kept.len());
                kept.push((customer, row));
                who.push(identity);
            }
            Some(&at) => {
                let before = kept[at].1;
                if rows.variant[before] == rows.variant[row] {
                    left.again += 1;
                    kept[at].1 = if earlier(row, before) { row } else { before };
                } else {
                    twice.insert(identity);
                }
            }
        }
    }
    left.twice = twice.len() as u64;
    let mut chosen: Vec<(u32, usize)> =
        kept.into_iter().zip(who).filter(|(_, who)| !twice.contains(who)).map(|(kept, _)| kept).collect();
    chosen.sort_unstable();
    (columns(&rows, &chosen), left)
}

/// The chosen rows in columns.
fn columns(rows: &Rows, chosen: &[(u32, usize)]) -> Exposures {
    fn pick<T: Copy>(chosen: &[(u32, usize)], values: &[T]) -> Vec<T> {
        chosen.iter().filter_map(|(_, row)| values.get(*row).copied()).collect()
    }
    Exposures {
        variants: rows.variants.clone(),
        variant: pick(chosen, &rows.variant),
        customer: chosen.iter().map(|(customer, _)| *customer).collect(),
        at: pick(chosen, &rows.at),
        outcomes: (rows.outcomes.iter())
            .map(|one| Outcomes { metric: one.metric.clone(), values: pick(chosen, &one.values) })
            .collect(),
        covariates: (rows.covariates.iter())
            .map(|one| Covariates { name: one.name.clone(), values: pick(chosen, &one.values) })
            .collect(),
        groups: (rows.groups.iter())
            .map(|one| Groups { name: one.name.clone(), words: one.words.clone(), of: pick(chosen, &one.of) })
            .collect(),
    }
}

/// Rows of a file of which nobody is tied to a shop, each customer once.
pub fn of_nobody_known(rows: Rows, plan: &Plan) -> (Exposures, LeftOut) {
    tied(rows, plan, &Identities::default())
}
