//! Kept experiments: listed, shown, made, saved, sealed.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use chrono::DateTime;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::args::day;
use crate::cli::output;
use crate::model::experiment::{Data, Kind, Metric, Variant, same_name};
use crate::model::{Day, Experiment};
use crate::ops::Session;
use crate::ops::experiments::{SavedExperiment, Sealed, sealed};
use crate::workspace::Access;

/// Which workspace.
#[derive(Args)]
pub struct ListArgs {
    /// Workspace
    pub file: PathBuf,
    /// Only those that speak of these words: in name, change, tags, hypothesis or audience
    #[arg(long)]
    pub find: Option<String>,
    /// List those that were put away, too
    #[arg(long)]
    pub all: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Which experiment.
#[derive(Args)]
pub struct ShowArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of the experiment
    pub name: String,
    /// Print the record as JSON, to be changed and saved again
    #[arg(long)]
    pub json: bool,
}

/// What to make.
#[derive(Args)]
pub struct NewArgs {
    /// Workspace
    pub file: PathBuf,
    /// Its name
    pub name: String,
    /// Its kind: ab, multivariate, personalization, pricing or ux
    #[arg(long, value_parser = kind, default_value = "ab")]
    pub kind: Kind,
    /// A variant with its share of the visitors, such as "Control=50"; the first is the control
    #[arg(long = "variant", value_name = "NAME[=PERCENT]")]
    pub variants: Vec<String>,
    /// The measure that decides: conversion, revenue, profit, order_value, orders or repeat
    #[arg(long, value_parser = metric, default_value = "conversion")]
    pub primary: Metric,
    /// A measure that must not suffer
    #[arg(long = "guard", value_parser = metric)]
    pub guards: Vec<Metric>,
    /// What is believed, and why
    #[arg(long, default_value = "")]
    pub hypothesis: String,
    /// What it changes
    #[arg(long, default_value = "")]
    pub changes: String,
    /// First day
    #[arg(long, value_parser = day)]
    pub starts: Option<Day>,
    /// Last day
    #[arg(long, value_parser = day)]
    pub ends: Option<Day>,
}

/// What to save.
#[derive(Args)]
pub struct SaveArgs {
    /// Workspace
    pub file: PathBuf,
    /// JSON of the experiment
    pub experiment: PathBuf,
}

/// What to seal.
#[derive(Args)]
pub struct SealArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of the experiment
    pub name: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

fn kind(text: &str) -> Result<Kind, String> {
    let all = || Kind::ALL.map(Kind::key).join(", ");
    Kind::ALL.into_iter().find(|kind| kind.key() == text).ok_or_else(|| format!("the kinds are {}", all()))
}

/// One of the shop's own measures.
pub fn metric(text: &str) -> Result<Metric, String> {
    let all = || crate::model::experiment::METRICS.iter().map(|(_, info)| info.key).collect::<Vec<_>>().join(", ");
    Metric::parse(text).ok_or_else(|| format!("the measures are {}", all()))
}

/// Variants with shares of their own, or equal ones.
fn variants(texts: &[String]) -> Result<Vec<Variant>> {
    let mut found = Vec::with_capacity(texts.len());
    for text in texts {
        let (name, percent) = text.rsplit_once('=').map_or((text.as_str(), None), |(name, p)| (name, Some(p)));
        let share = match percent.map(|percent| percent.trim().trim_end_matches('%').trim_end().parse::<f64>()) {
            None => 1.0 / texts.len() as f64,
            Some(Ok(percent)) => percent / 100.0,
            Some(Err(_)) => bail!("“{text}” is no variant with its share; write it like \"Control=50\""),
        };
        found.push(Variant { name: name.trim().to_owned(), share, ..Variant::default() });
    }
    Ok(found)
}

/// Where the observations of an experiment come from, in words.
fn data_words(data: Option<&Data>) -> String {
    match data {
        None => "none".into(),
        Some(Data::Totals(totals)) if totals.file.is_empty() => "typed totals".into(),
        Some(Data::Totals(totals)) => format!("totals of {}", totals.file),
        Some(Data::Customers(kept)) => format!("{} customers of {}", output::count(kept.customers), kept.file),
        Some(Data::Holdout(name)) => format!("hold-out {name}"),
    }
}

/// What its seal says, as a word and as sentences.
fn seal_words(experiment: &Experiment) -> Option<(&'static str, String)> {
    let at = experiment.seal.as_ref().map(|seal| moment(seal.at))?;
    Some(match sealed(experiment)? {
        Sealed::Same => ("same", format!("the plan is the one that was sealed at {at}")),
        Sealed::Differs(fields) => {
            ("differs", format!("the plan differs from the one sealed at {at}, in {}", fields.join(", ")))
        }
        Sealed::Broken => ("broken", format!("the seal of {at} is broken: its text is not the one that was hashed")),
    })
}

fn moment(at: i64) -> String {
    DateTime::from_timestamp(at, 0).unwrap_or_default().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// Lists experiments.
pub fn list(args: &ListArgs) -> Result<()> {
    let session = Session::open(&args.file, Access::Read)?;
    let mut saved = session.saved_experiments()?;
    saved.retain(|saved| args.all || !saved.experiment.archived);
    if let Some(text) = &args.find {
        saved.retain(|saved| saved.experiment.speaks_of(text));
    }
    if args.json {
        let one = |saved: &SavedExperiment| {
            let (experiment, plan) = (&saved.experiment, &saved.experiment.plan);
            json!({
                "name": experiment.name, "kind": plan.kind, "status": experiment.status, "starts": plan.starts,
                "ends": plan.ends, "changes": plan.changes, "tags": plan.tags, "primary": plan.primary,
                "variants": plan.variants.iter().map(|variant| &variant.name).collect::<Vec<_>>(),
                "data": experiment.data.as_ref().map(|data| data_words(Some(data))),
                "seal": seal_words(experiment).map(|(word, _)| word),
                "decision": experiment.decision.as_ref().map(|decision| &decision.choice),
                "implemented": experiment.implemented, "archived": experiment.archived,
            })
        };
        return output::json(&json!({ "experiments": saved.iter().map(one).collect::<Vec<_>>() }));
    }
    if saved.is_empty() {
        return output::line(match &args.find {
            Some(text) => format!("No experiment speaks of “{text}”"),
            None => "No experiment is saved; make one with experiment new".into(),
        });
    }
    let row = |saved: &SavedExperiment| {
        let (experiment, plan) = (&saved.experiment, &saved.experiment.plan);
        let day = |day: Option<Day>| day.map_or_else(|| "—".into(), |day| day.to_string());
        vec![
            experiment.name.clone(),
            plan.kind.name().to_owned(),
            experiment.status.name().to_owned(),
            day(plan.starts),
            day(plan.ends),
            data_words(experiment.data.as_ref()),
            experiment.decision.as_ref().map_or_else(|| "—".into(), |decision| decision.choice.words()),
        ]
    };
    let rows: Vec<Vec<String>> = saved.iter().map(row).collect();
    let header = ["Experiment", "Kind", "Status", "Starts", "Ends", "Data", "Decision"];
    output::line(output::table(&header, &rows, &[0, 1, 2, 3, 4, 5, 6]))
}

/// Shows an experiment.
pub fn show(args: &ShowArgs) -> Result<()> {
    let session = Session::open(&args.file, Access::Read)?;
    let experiment = session.saved_experiment(&args.name)?.experiment;
    if args.json {
        return output::json(&serde_json::to_value(&experiment)?);
    }
    let plan = &experiment.plan;
    let status = experiment.status.name().to_lowercase();
    output::line(format!("{} ({}, {status})", experiment.name, plan.kind.name()))?;
    let texts = [("Hypothesis", &plan.hypothesis), ("Changes", &plan.changes), ("Audience", &plan.audience)];
    for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        output::line(format!("{name}: {text}"))?;
    }
    let guards: Vec<&str> = plan.guards.iter().map(Metric::name).collect();
    output::line(format!("Decides: {}", plan.primary.name()))?;
    if !guards.is_empty() {
        output::line(format!("Must not suffer: {}", guards.join(", ")))?;
    }
    for variant in &plan.variants {
        let words = if variant.description.is_empty() { String::new() } else { format!("  {}", variant.description) };
        output::line(format!("  {:>5}  {}{words}", output::percent(Some(variant.share)), variant.name))?;
    }
    output::line(format!("Data: {}", data_words(experiment.data.as_ref())))?;
    if let Some((_, words)) = seal_words(&experiment) {
        output::line(format!("Seal: {words}"))?;
    }
    if let Some(decision) = &experiment.decision {
        output::line(format!("Decided on {}: {}", decision.on, decision.choice.words()))?;
        if !decision.memo.is_empty() {
            output::line(&decision.memo)?;
        }
    }
    told(&session, &experiment)
}

/// What is wrong with an experiment. It is saved all the same, and can be mended.
fn told(session: &Session, experiment: &Experiment) -> Result<()> {
    for problem in experiment.problems(session.definitions()?.currency) {
        output::message(format!("{}: {}", problem.at, problem.words));
    }
    Ok(())
}

/// Makes an experiment.
pub fn new(args: &NewArgs) -> Result<()> {
    let mut experiment = Experiment::new(&args.name);
    let plan = &mut experiment.plan;
    if !args.variants.is_empty() {
        plan.variants = variants(&args.variants)?;
    }
    (plan.kind, plan.primary, plan.guards) = (args.kind, args.primary.clone(), args.guards.clone());
    (plan.hypothesis, plan.changes) = (args.hypothesis.clone(), args.changes.clone());
    (plan.starts, plan.ends) = (args.starts, args.ends);
    let mut session = Session::open(&args.file, Access::Write)?;
    let saved = session.add_experiment(experiment)?;
    output::line(format!("“{}” saved", saved.experiment.name))?;
    told(&session, &saved.experiment)
}

/// Saves an experiment from its JSON; one of the same name is replaced.
pub fn save(args: &SaveArgs) -> Result<()> {
    let shown = args.experiment.display();
    let text = std::fs::read_to_string(&args.experiment).with_context(|| format!("{shown} cannot be read"))?;
    let experiment: Experiment =
        serde_json::from_str(&text).map_err(|error| anyhow!("{shown} is no experiment: {error}"))?;
    let mut session = Session::open(&args.file, Access::Write)?;
    let wanted = same_name(&experiment.name);
    let known = session.saved_experiments()?.into_iter().find(|saved| same_name(&saved.experiment.name) == wanted);
    let saved = SavedExperiment { id: known.map_or(0, |saved| saved.id), experiment };
    session.save_experiment(&saved)?;
    output::line(format!("“{}” saved", saved.experiment.name.trim()))?;
    told(&session, &saved.experiment)
}

/// Seals a plan.
pub fn seal(args: &SealArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Write)?;
    let saved = session.saved_experiment(&args.name)?;
    let seal = session.seal_experiment(saved.id)?;
    if args.json {
        let plan: Value = serde_json::from_str(&seal.text)?;
        return output::json(&json!({
            "name": saved.experiment.name, "sealed_at": moment(seal.at), "sha256": seal.sha256, "plan": plan,
        }));
    }
    output::line(format!("“{}” sealed at {}", saved.experiment.name, moment(seal.at)))?;
    output::line(format!("SHA-256 {}", seal.sha256))
}
