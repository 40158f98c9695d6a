//! Data attached to experiments, decisions written down, and what all tests come to.

use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use clap::Args;
use serde_json::{Value, json};

use crate::cli::args::day;
use crate::cli::output;
use crate::import::experiment::{Columns, Role};
use crate::jobs::Progress;
use crate::model::Day;
use crate::model::experiment::{Choice, Impact};
use crate::ops::Session;
use crate::ops::document;
use crate::ops::experiments::SavedExperiment;
use crate::ops::experiments::page::programme_page;
use crate::ops::experiments::programme::{ProgrammeRow, memory, programme as programme_of};
use crate::workspace::Access;

/// What to attach.
#[derive(Args)]
pub struct AttachArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of the experiment
    pub name: String,
    /// A file: GrowthBook's results, a row for each variant, or a row for each customer
    #[arg(required_unless_present = "holdout")]
    pub data: Option<PathBuf>,
    /// A hold-out that was kept, instead: those held out are the control
    #[arg(long, conflicts_with = "data")]
    pub holdout: Option<String>,
    /// Which column holds what: variant, experiment, customer, email, at, visitors, conversions, revenue, deviation
    #[arg(long, value_name = "WHAT=COLUMN", value_parser = role_and_column)]
    pub map: Vec<(Role, String)>,
    /// Of a file that holds several experiments, this one
    #[arg(long)]
    pub experiment: Option<String>,
    /// Take over variants of the file that the plan does not know
    #[arg(long)]
    pub adopt: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What to decide.
#[derive(Args)]
pub struct DecideArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of the experiment
    pub name: String,
    /// Adopt this variant
    #[arg(long, required_unless_present_any = ["keep", "cannot_tell"], conflicts_with_all = ["keep", "cannot_tell"])]
    pub adopt: Option<String>,
    /// Keep the control
    #[arg(long, conflicts_with = "cannot_tell")]
    pub keep: bool,
    /// The data do not tell
    #[arg(long)]
    pub cannot_tell: bool,
    /// Why
    #[arg(long, default_value = "")]
    pub memo: String,
    /// The shop works by it now
    #[arg(long)]
    pub implemented: bool,
    /// What it is worth in a year, such as "12000 USD"
    #[arg(long, allow_hyphen_values = true)]
    pub impact: Option<String>,
    /// How that was reckoned
    #[arg(long, default_value = "", requires = "impact")]
    pub formula: String,
    /// All facts up to the end of this day
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
}

/// Which workspace.
#[derive(Args)]
pub struct ProgrammeArgs {
    /// Workspace
    pub file: PathBuf,
    /// Also save it as a page: .md or .html
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

fn role_and_column(text: &str) -> Result<(Role, String), String> {
    let (role, column) = text.split_once('=').ok_or("write WHAT=COLUMN, such as variant=group")?;
    let role = serde_json::from_value(Value::String(role.trim().to_lowercase()));
    role.map(|role| (role, column.to_owned())).map_err(|_| {
        "a column holds variant, experiment, customer, email, at, visitors, conversions, revenue, deviation or squares"
            .into()
    })
}

/// Attaches data.
pub fn attach(args: &AttachArgs) -> Result<()> {
    let progress = Progress::none();
    let mut session = Session::open(&args.file, Access::Write)?;
    let id = session.saved_experiment(&args.name)?.id;
    if let Some(holdout) = &args.holdout {
        let saved = session.attach_holdout(id, holdout)?;
        return output::line(format!("“{}” reads the hold-out {holdout}", saved.experiment.name));
    }
    let Some(path) = &args.data else { bail!("name a file, or a hold-out with --holdout") };
    let looked = session.look_at_experiment_file(path, &progress)?;
    let mut columns = Columns { experiment: args.experiment.clone(), ..looked.columns.clone() };
    args.map.iter().for_each(|(role, column)| columns.set(*role, Some(column)));
    let done = session.attach_file(id, (&looked, &columns), args.adopt, &progress)?;
    let experiment = &done.saved.experiment;
    let variants: Vec<&str> = experiment.plan.variants.iter().map(|variant| variant.name.as_str()).collect();
    if args.json {
        return output::json(&json!({
            "name": experiment.name, "kind": looked.kind, "adopted": done.adopted, "left_out": done.left_out,
            "variants": variants, "data": experiment.data,
        }));
    }
    output::line(format!("{} attached to “{}”", looked.preview.file, experiment.name))?;
    if done.adopted {
        output::line(format!("Its variants took the place of those planned: {}", variants.join(", ")))?;
    }
    let left = serde_json::to_value(done.left_out)?;
    for (why, n) in left.as_object().into_iter().flatten() {
        output::message(format!("{n} not kept: {}", why.replace('_', " ")));
    }
    Ok(())
}

/// Writes down a decision with what the data say.
pub fn decide(args: &DecideArgs) -> Result<()> {
    let progress = Progress::none();
    let mut session = Session::open(&args.file, Access::Write)?;
    let mut saved: SavedExperiment = session.saved_experiment(&args.name)?;
    let choice = match &args.adopt {
        Some(name) => {
            let plan = &saved.experiment.plan;
            let at =
                plan.variant(name).ok_or_else(|| anyhow!("“{}” has no variant “{name}”", saved.experiment.name))?;
            Choice::Adopt(plan.variants[at].name.clone())
        }
        None if args.keep => Choice::Keep,
        None => Choice::CannotTell,
    };
    let today = session.definitions()?.zone.day(crate::ops::now());
    let decision = if saved.experiment.data.is_some() {
        let read = session.analyse_experiment(saved.id, &saved.experiment, args.as_of, &progress)?;
        read.decision(choice, &args.memo, today)
    } else {
        crate::model::experiment::Decision { choice, memo: args.memo.clone(), on: today, found: Vec::new() }
    };
    let words = decision.choice.words();
    saved.experiment.decision = Some(decision);
    saved.experiment.implemented |= args.implemented;
    if let Some(impact) = &args.impact {
        let amount = impact.parse().map_err(|why: String| anyhow!(why))?;
        saved.experiment.impact = Some(Impact { amount, formula: args.formula.clone() });
    }
    session.save_experiment(&saved)?;
    output::line(format!("“{}”: {words}", saved.experiment.name))
}

/// Prints the programme.
pub fn programme(args: &ProgrammeArgs) -> Result<()> {
    let session = Session::open(&args.file, Access::Read)?;
    let saved = session.saved_experiments()?;
    let rows = programme_of(&saved, session.definitions()?.currency);
    let memory = memory(&saved, "", None);
    if let Some(out) = &args.out {
        let extension = out.extension().and_then(|extension| extension.to_str()).unwrap_or("md");
        document::save(&programme_page(&rows, &memory), document::format(extension)?, out)?;
    }
    if args.json {
        let one = |row: &ProgrammeRow| {
            json!({
                "kind": row.kind, "running": row.running, "decided": row.decided, "won": row.won,
                "win_rate": row.win_rate, "average_lift": row.average_lift,
                "implementation_rate": row.implementation_rate, "annual_impact": row.annual_impact,
            })
        };
        return output::json(&json!({
            "programme": rows.iter().map(one).collect::<Vec<_>>(),
            "past": memory.tests.iter().map(|(name, found)| json!({ "name": name, "found": found })).collect::<Vec<_>>(),
            "teaches": serde_json::to_value(&memory.programme)?,
        }));
    }
    let cells = |row: &ProgrammeRow| {
        vec![
            row.kind.name().to_owned(),
            row.running.to_string(),
            row.decided.to_string(),
            output::percent(row.win_rate),
            output::percent(row.average_lift),
            output::percent(row.implementation_rate),
            row.annual_impact.map_or_else(|| "—".into(), |amount| amount.display()),
        ]
    };
    let header = ["Test type", "Current", "Decided", "Win rate", "Average lift", "Implemented", "Annual impact"];
    output::line(output::table(&header, &rows.iter().map(cells).collect::<Vec<_>>(), &[0]))?;
    output::line(format!("\n{}", memory.programme.words))?;
    match memory.programme.false_winners {
        Some(share) => output::line(format!(
            "Of the results that were better beyond chance, {} are expected to be false",
            output::percent(Some(share))
        )),
        None => Ok(()),
    }
}
