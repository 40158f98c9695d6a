//! The `cartwright` binary: a window or a command.

use std::process::ExitCode;

use cartwright::cli::{self, Launch};

fn main() -> ExitCode {
    match cli::parse() {
        Launch::Run(command) => cli::run(command),
        Launch::Window(file) => match cartwright::ui::open_window(file) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => cli::fail(&error),
        },
    }
}
