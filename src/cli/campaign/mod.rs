//! `campaign …`: what is planned, and what imported campaigns brought.

mod planned;
mod results;

use anyhow::Result;
use clap::Subcommand;

use planned::{BriefArgs, CodesArgs, ListArgs, NewArgs, SaveArgs, ShowArgs};
use results::ResultsArgs;

/// What can be done with campaigns.
#[derive(Subcommand)]
pub enum CampaignCommand {
    /// List the planned campaigns
    List(ListArgs),
    /// Show a planned campaign: phases, tasks, measures and what they came to; as JSON, to be changed and saved again
    Show(ShowArgs),
    /// Make a campaign from a template
    New(NewArgs),
    /// Save a campaign from its JSON; one of the same name is replaced
    Save(SaveArgs),
    /// Write the brief of a campaign: everything that is planned, to print
    Brief(BriefArgs),
    /// Write the single-use codes of a campaign as a list
    Codes(CodesArgs),
    /// What imported campaigns brought: rates, revenue, spend, and which hour, weekday or subject did better
    Results(ResultsArgs),
}

/// Runs one of them.
pub fn run(command: &CampaignCommand) -> Result<()> {
    match command {
        CampaignCommand::List(args) => planned::list(args),
        CampaignCommand::Show(args) => planned::show(args),
        CampaignCommand::New(args) => planned::new(args),
        CampaignCommand::Save(args) => planned::save(args),
        CampaignCommand::Brief(args) => planned::brief(args),
        CampaignCommand::Codes(args) => planned::codes(args),
        CampaignCommand::Results(args) => results::results(args),
    }
}
