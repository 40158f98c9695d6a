//! The command line: the same binary without a window, on machines with no display.
//!
//! Exit codes: 0 done, 1 it did not work, 2 the command line or the file leaves something open that must be settled.
//! Results go to standard output, messages to standard error.

mod args;
mod import;
mod output;
mod preview;
mod segments;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

pub use args::{Command, Launch, parse};
use output::Failure;

/// Runs a command to its exit code.
pub fn run(command: Command) -> ExitCode {
    match dispatch(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
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
        Command::Rfm(args) => segments::rfm(&args),
        Command::Report(args) => workspace::report(&args),
        Command::Undo(args) => workspace::undo(&args),
        Command::Check(args) => workspace::check(&args),
        Command::Dump(args) => workspace::dump(&args),
        Command::Rejected(args) => import::rejected(&args),
    }
}
