//! `experiment …`: what is planned, what it showed, and what the shop's tests come to together.

mod kept;

use anyhow::Result;
use clap::Subcommand;

use kept::{ListArgs, NewArgs, SaveArgs, SealArgs, ShowArgs};

/// What can be done with experiments.
#[derive(Subcommand)]
pub enum ExperimentCommand {
    /// List the experiments; find them by what they changed
    List(ListArgs),
    /// Show an experiment; as JSON, to be changed and saved again
    Show(ShowArgs),
    /// Make an experiment with a control and variants
    New(NewArgs),
    /// Save an experiment from its JSON; one of the same name is replaced
    Save(SaveArgs),
    /// Seal the plan of an experiment with its hash and the time, before data come
    Seal(SealArgs),
}

/// Runs one of them.
pub fn run(command: &ExperimentCommand) -> Result<()> {
    match command {
        ExperimentCommand::List(args) => kept::list(args),
        ExperimentCommand::Show(args) => kept::show(args),
        ExperimentCommand::New(args) => kept::new(args),
        ExperimentCommand::Save(args) => kept::save(args),
        ExperimentCommand::Seal(args) => kept::seal(args),
    }
}
