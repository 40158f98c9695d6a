//! The `cartwright` binary: a window or a command.

use std::path::PathBuf;
use std::process::ExitCode;

use cartwright::cli::{self, Ended, Launch};

fn main() -> ExitCode {
    match cli::parse() {
        Launch::Window(file) => open_window(file),
        Launch::Run(command) => match cli::run(command) {
            Ended::Exit(code) => code,
            Ended::OpenWindow(file) => open_window(Some(file)),
        },
    }
}

fn open_window(file: Option<PathBuf>) -> ExitCode {
    match cartwright::ui::open_window(file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => cli::fail(&error),
    }
}
