//! `experiment …`: what is planned, what it showed, and what the shop's tests come to together.

mod analyse;
mod kept;
mod plan;
mod print;
mod told;

use anyhow::Result;
use clap::Subcommand;

use analyse::AnalyseArgs;
use kept::{ListArgs, NewArgs, SaveArgs, SealArgs, ShowArgs};
use plan::PlanArgs;
use told::{AttachArgs, DecideArgs, ProgrammeArgs};

/// What can be done with experiments.
#[derive(Subcommand)]
pub enum ExperimentCommand {
    /// List the experiments; find them by what they changed
    List(ListArgs),
    /// Show an experiment; as JSON, to be changed and saved again
    Show(ShowArgs),
    /// Make an experiment with a control and variants
    New(Box<NewArgs>),
    /// Save an experiment from its JSON; one of the same name is replaced
    Save(SaveArgs),
    /// Seal the plan of an experiment with its hash and the time, before data come
    Seal(SealArgs),
    /// Attach data: a file of totals or of customers, or a hold-out
    Attach(AttachArgs),
    /// What an experiment, a file or typed totals show
    Analyse(Box<AnalyseArgs>),
    /// How many must take part and for how long, by what the shop's own customers or sessions do
    Plan(Box<PlanArgs>),
    /// Write down what was decided, with what the data say
    Decide(DecideArgs),
    /// What the shop's tests come to, by kind: win rate, lift, implementation, annual impact
    Programme(ProgrammeArgs),
}

/// Runs one of them.
pub fn run(command: &ExperimentCommand) -> Result<()> {
    match command {
        ExperimentCommand::List(args) => kept::list(args),
        ExperimentCommand::Show(args) => kept::show(args),
        ExperimentCommand::New(args) => kept::new(args),
        ExperimentCommand::Save(args) => kept::save(args),
        ExperimentCommand::Seal(args) => kept::seal(args),
        ExperimentCommand::Attach(args) => told::attach(args),
        ExperimentCommand::Analyse(args) => analyse::analyse(args),
        ExperimentCommand::Plan(args) => plan::plan(args),
        ExperimentCommand::Decide(args) => told::decide(args),
        ExperimentCommand::Programme(args) => told::programme(args),
    }
}
