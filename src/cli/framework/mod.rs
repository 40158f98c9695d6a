//! `framework`: the form of the strategy framework, shown, filled, typed, and kept as issues.

mod as_json;
mod files;
mod issues;
mod plan;
mod show;
mod typed;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, Subcommand};

use super::args::{AnalysisArgs, day};
use super::output;
use crate::framework::state::State;
use crate::jobs::Progress;
use crate::model::Day;
use crate::ops::Session;
use crate::workspace::Access;

/// What can be done with the form.
#[derive(Subcommand)]
pub enum FrameworkCommand {
    /// The form as it stands: every field with its value and where that comes from
    Show(ShowArgs),
    /// Type an answer, or take over those of a file
    Set(typed::SetArgs),
    /// Write a remark beside a field
    Comment(typed::CommentArgs),
    /// The kind of shop: five options and three presets, which change guidance and suggested texts
    Options(typed::OptionsArgs),
    /// Fill from data all that data can fill, and say what changed since the last issue
    Fill(AnalysisArgs),
    /// How much of each section is filled
    Progress(AnalysisArgs),
    /// Keep the form as it stands under a name
    Issue(issues::IssueArgs),
    /// List the issues that were kept
    Issues(issues::IssuesArgs),
    /// Which files to ask a client for, platform by platform, and what stays open without them
    Files(files::FilesArgs),
    /// What differs between two issues, or between an issue and today
    Compare(issues::CompareArgs),
    /// The plans of the product and the marketing framework: shown with what data say, and changed
    Plan(plan::PlanArgs),
}

#[derive(Args)]
pub struct ShowArgs {
    /// Workspace; may be left out with --placeholders
    #[arg(required_unless_present = "placeholders")]
    pub file: Option<PathBuf>,
    /// Only a section: 0 to 10, or profile, segments, touchpoints, recommendations, content, triggers, omnichannel,
    /// privacy, testing, technology, kpis
    #[arg(long)]
    pub section: Option<String>,
    /// Only fields in whose placeholder, name or section these words stand
    #[arg(long, value_name = "WORDS")]
    pub find: Option<String>,
    /// The table of all placeholders: which field, and how it is filled
    #[arg(long)]
    pub placeholders: bool,
    /// Write the answers as a file to fill in and take back with framework set --file
    #[arg(long, value_name = "PATH")]
    pub save: Option<PathBuf>,
    /// All facts up to the end of this day; the last day with an order when left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub as_of: Option<Day>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Runs a command on the form.
pub fn run(command: &FrameworkCommand) -> Result<()> {
    match command {
        FrameworkCommand::Show(args) => show::show(args),
        FrameworkCommand::Set(args) => typed::set(args),
        FrameworkCommand::Comment(args) => typed::comment(args),
        FrameworkCommand::Options(args) => typed::options(args),
        FrameworkCommand::Fill(args) => issues::fill(args),
        FrameworkCommand::Progress(args) => show::progress(args),
        FrameworkCommand::Issue(args) => issues::issue(args),
        FrameworkCommand::Issues(args) => issues::list(args),
        FrameworkCommand::Files(args) => files::files(args),
        FrameworkCommand::Compare(args) => issues::compare(args),
        FrameworkCommand::Plan(args) => plan::plan(args),
    }
}

/// The form as it stands, in a workspace that is only read.
fn looked_at(file: &Path, as_of: Option<Day>) -> Result<(Session, State)> {
    let mut session = Session::open(file, Access::Read)?;
    let progress = Progress::none();
    let _meter = output::Meter::start("Filling the framework", &progress);
    let state = session.framework_state(as_of, &progress)?;
    Ok((session, state))
}
