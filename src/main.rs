//! The `cartwright` binary: a window or a command.

use std::process::ExitCode;

use cartwright::cli::{self, Ended, Launch};
use cartwright::ui::run::{First, run};

/// Imports make millions of small texts in one thread and free them in another, which this allocator is good at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::parse() {
        Launch::Window(file) => open_window(&file.map_or(First::Welcome, First::Workspace)),
        Launch::Run(command) => match cli::run(command) {
            Ended::Exit(code) => code,
            Ended::OpenWindow(file) => open_window(&First::Workspace(file)),
        },
    }
}

fn open_window(first: &First) -> ExitCode {
    match run(first) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => cli::fail(&error),
    }
}
