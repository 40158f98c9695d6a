//! `campaign …`: what imported campaigns brought.

mod results;

use anyhow::Result;
use clap::Subcommand;

use results::ResultsArgs;

/// What can be done with campaigns.
#[derive(Subcommand)]
pub enum CampaignCommand {
    /// What imported campaigns brought: rates, revenue, spend, and which hour, weekday or subject did better
    Results(ResultsArgs),
}

/// Runs one of them.
pub fn run(command: &CampaignCommand) -> Result<()> {
    match command {
        CampaignCommand::Results(args) => results::results(args),
    }
}
