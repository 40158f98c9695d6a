//! The command line: the same binary without a window, on machines with no display.
//!
//! Exit codes: 0 done, 1 it did not work, 2 the command line or the file leaves something open that must be settled.
//! Results go to standard output, messages to standard error.

mod actions;
mod args;
mod attribution;
mod calendar;
mod campaign;
mod channels;
mod claims;
mod clv;
mod cohorts;
mod customer;
mod definitions;
mod discounts;
mod experiment;
mod explain;
mod forecast;
mod framework;
mod history;
mod holdout;
mod import;
mod journey;
mod kpi;
mod media;
mod movement;
mod output;
mod pack;
mod paths;
mod preview;
mod reading;
mod report;
mod rfm;
mod roi;
mod sale;
mod sample;
mod segment;
mod segments;
mod setup;
mod triggers;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

pub use args::{Command, Launch, parse};
use output::Failure;

/// What a command ended with.
pub enum Ended {
    /// It is done.
    Exit(ExitCode),
    /// The window is to be opened on this workspace.
    OpenWindow(PathBuf),
}

/// Runs a command.
pub fn run(command: Command) -> Ended {
    let done = match command {
        Command::Demo(args) => match sample::demo(&args) {
            Ok(sample::Demo::Window(file)) => return Ended::OpenWindow(file),
            Ok(sample::Demo::Done) => Ok(()),
            Err(error) => Err(error),
        },
        command => dispatch(command),
    };
    Ended::Exit(match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    })
}

/// Prints an error once, with its causes, and gives its exit code.
pub fn fail(error: &anyhow::Error) -> ExitCode {
    if output::is_closed_pipe(error) {
        return ExitCode::SUCCESS;
    }
    eprintln!("cartwright: {error:#}");
    match error.downcast_ref::<Failure>() {
        Some(Failure::Unsettled(_)) => ExitCode::from(2),
        _ => ExitCode::FAILURE,
    }
}

fn dispatch(command: Command) -> Result<()> {
    match command {
        Command::New(args) => workspace::new(&args),
        Command::Import(args) => import::import(&args),
        Command::Refresh(args) => import::refresh(&args),
        Command::Preview(args) => preview::preview(&args),
        Command::Segments(args) => segments::segments(&args),
        Command::Members(args) => segments::members(&args),
        Command::Customer(args) => customer::customer(&args),
        Command::Segment(command) => segment::run(&command),
        Command::ExportTables(args) => segment::export_tables(&args),
        Command::Actions(args) => actions::actions(&args),
        Command::Rfm(args) => rfm::rfm(&args),
        Command::Clv(args) => clv::clv(&args),
        Command::Cohorts(args) => cohorts::cohorts(&args),
        Command::Movement(args) => movement::movement(&args),
        Command::Claims(args) => claims::claims(&args),
        Command::Channels(args) => channels::channels(&args),
        Command::Paths(args) => paths::paths(&args),
        Command::Journey(args) => journey::journey(&args),
        Command::Attribution(args) => attribution::attribution(&args),
        Command::Media(args) => media::media(&args),
        Command::Kpi(args) => kpi::kpi(&args),
        Command::Roi(args) => roi::roi(&args),
        Command::Explain(command) => explain::run(&command),
        Command::Forecast(args) => forecast::run(&args),
        Command::Discounts(args) => discounts::discounts(&args),
        Command::Sale(command) => sale::run(&command),
        Command::Campaign(command) => campaign::run(&command),
        Command::Triggers(command) => triggers::run(&command),
        Command::Holdout(command) => holdout::run(&command),
        Command::Experiment(command) => experiment::run(&command),
        Command::Calendar(args) => calendar::calendar(&args),
        Command::Framework(command) => framework::run(&command),
        Command::Report(args) => report::report(&args),
        Command::Pack(args) => pack::pack(&args),
        Command::Definitions(args) => definitions::definitions(&args),
        Command::Undo(args) => history::undo(&args),
        Command::Redo(args) => history::redo(&args),
        Command::History(args) => history::history(&args),
        Command::ExportSetup(args) => setup::export(&args),
        Command::ImportSetup(args) => setup::import(&args),
        Command::Copy(args) => setup::copy(&args),
        Command::Check(args) => workspace::check(&args),
        Command::Dump(args) => workspace::dump(&args),
        Command::Sample(args) => sample::sample(&args),
        Command::ExportSample(args) => sample::export_sample(&args),
        // Handled by `run`, since it may open the window.
        Command::Demo(_) => Ok(()),
        Command::Rejected(args) => import::rejected(&args),
    }
}
