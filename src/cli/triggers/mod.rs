//! `triggers …`: lifecycle sequences, and what all of them together would have sent.

mod as_json;
mod print;

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use serde_json::json;

use super::args::day;
use super::output;
use crate::jobs::Progress;
use crate::model::Day;
use crate::model::sequence::{Sequence, templates};
use crate::ops::Session;
use crate::ops::sequences::SavedSequence;
use crate::report::table_export::{DATA, table_format_of};
use crate::workspace::Access;

/// What can be done with sequences.
#[derive(Subcommand)]
pub enum TriggersCommand {
    /// Replay all sequences together over all history: who would have got what, collisions, pressure
    Replay(ReplayArgs),
    /// List the saved sequences
    List(ListArgs),
    /// List the templates to begin with
    Templates(TemplatesArgs),
    /// Print a saved sequence as JSON, to be changed and saved again
    Show(ShowArgs),
    /// Save a sequence from its JSON, or templates; a sequence of the same name is replaced
    Save(SaveArgs),
    /// Delete a saved sequence
    Delete(ShowArgs),
    /// Print the limits on messages per head as JSON, or change them
    Limits(LimitsArgs),
}

#[derive(Args)]
pub struct ReplayArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of a saved sequence; all active ones when left out
    #[arg(long)]
    pub sequence: Vec<String>,
    /// Last day to replay; the last day with an order when left out
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Save who would have got what and when, as CSV or XLSX
    #[arg(long)]
    pub messages: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct ListArgs {
    /// Workspace
    pub file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct TemplatesArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct ShowArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of the sequence
    pub name: String,
}

#[derive(Args)]
pub struct SaveArgs {
    /// Workspace
    pub file: PathBuf,
    /// JSON of the sequence
    #[arg(required_unless_present_any = ["template", "all_templates"])]
    pub plan: Option<PathBuf>,
    /// Name of a template instead; can be given several times
    #[arg(long, conflicts_with = "plan")]
    pub template: Vec<String>,
    /// Every template
    #[arg(long, conflicts_with_all = ["plan", "template"])]
    pub all_templates: bool,
}

#[derive(Args)]
pub struct LimitsArgs {
    /// Workspace
    pub file: PathBuf,
    /// JSON of the limits to set
    #[arg(long)]
    pub set: Option<PathBuf>,
}

pub fn run(command: &TriggersCommand) -> Result<()> {
    match command {
        TriggersCommand::Replay(args) => replay(args),
        TriggersCommand::List(args) => list(args),
        TriggersCommand::Templates(args) => list_templates(args),
        TriggersCommand::Show(args) => {
            let session = Session::open(&args.file, Access::Read)?;
            output::json(&serde_json::to_value(session.saved_sequence(&args.name)?.sequence)?)
        }
        TriggersCommand::Save(args) => save(args),
        TriggersCommand::Delete(args) => {
            let mut session = Session::open(&args.file, Access::Write)?;
            let id = session.saved_sequence(&args.name)?.id;
            session.remove_sequence(id)?;
            output::line(format!("“{}” deleted", args.name))
        }
        TriggersCommand::Limits(args) => limits(args),
    }
}

fn replay(args: &ReplayArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let progress = Progress::none();
    let meter = output::Meter::start("Replaying", &progress);
    let (prepared, replay) = session.replay_sequences(&args.sequence, args.as_of, &progress)?;
    if let Some(path) = &args.messages {
        let format = table_format_of(path).unwrap_or(&DATA);
        let written = session.export_messages(&prepared, |_| true, path, format, &progress)?;
        output::message(format!("{} messages in {}", output::count(written.rows), path.display()));
    }
    drop(meter);
    if args.json {
        return output::json(&as_json::replayed(&replay, &prepared.pressure));
    }
    print::replayed(&replay, &prepared.pressure)
}

fn list(args: &ListArgs) -> Result<()> {
    let saved: Vec<Sequence> =
        Session::open(&args.file, Access::Read)?.saved_sequences()?.into_iter().map(|saved| saved.sequence).collect();
    match (args.json, saved.is_empty()) {
        (true, _) => output::json(&json!({ "sequences": saved })),
        (false, true) => output::line("No sequence was saved yet; `triggers save --template NAME` begins with one"),
        (false, false) => print::sequences(&saved),
    }
}

fn list_templates(args: &TemplatesArgs) -> Result<()> {
    let all = templates::all();
    if args.json { output::json(&json!({ "templates": all })) } else { print::sequences(&all) }
}

fn save(args: &SaveArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Write)?;
    let Some(path) = &args.plan else {
        let names = session.add_templates(&args.template)?;
        return match names.as_slice() {
            [] => output::line("Sequences of these names are saved already; nothing was changed"),
            names => output::line(format!("{} saved", names.join(", "))),
        };
    };
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{shown} cannot be read"))?;
    let sequence: Sequence = serde_json::from_str(&text).map_err(|why| anyhow!("{shown} is no sequence: {why}"))?;
    let name = sequence.name.trim().to_owned();
    let known = session.saved_sequences()?.into_iter().find(|saved| saved.sequence.name == name);
    session.save_sequence(&SavedSequence { id: known.map_or(0, |known| known.id), sequence: sequence.clone() })?;
    output::line(format!("“{name}” saved"))?;
    // It is saved all the same: what is wrong is told, and can be mended.
    for problem in session.sequence_problems(&sequence)? {
        output::message(format!("{}: {}", problem.at, problem.words));
    }
    Ok(())
}

fn limits(args: &LimitsArgs) -> Result<()> {
    let Some(path) = &args.set else {
        let session = Session::open(&args.file, Access::Read)?;
        return output::json(&serde_json::to_value(session.pressure()?)?);
    };
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{shown} cannot be read"))?;
    let Ok(pressure) = serde_json::from_str(&text) else {
        bail!("{shown} holds no limits; `triggers limits` prints what they look like");
    };
    let mut session = Session::open(&args.file, Access::Write)?;
    session.set_pressure(&pressure)?;
    output::line("Limits changed")
}
