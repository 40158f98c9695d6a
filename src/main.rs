//! The `cartwright` binary: a window or a command.

fn main() {}
