//! `undo`, `redo`, `history`.

use std::path::PathBuf;

use anyhow::Result;
use chrono::{DateTime, Local};
use clap::Args;
use serde_json::json;

use super::args::FileArgs;
use super::output;
use crate::jobs::Progress;
use crate::ops::Session;
use crate::workspace::Access;
use crate::workspace::undo::{History, Step};

#[derive(Args)]
pub struct HistoryArgs {
    /// Workspace
    pub file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

pub fn undo(args: &FileArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Write)?;
    match session.undo()? {
        Some(step) => output::line(format!("Undone: {}", step.label)),
        None => output::line("Nothing to undo"),
    }
}

pub fn redo(args: &FileArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Write)?;
    let progress = Progress::none();
    let _meter = output::Meter::start("Redoing", &progress);
    match session.redo(&progress)? {
        Some(step) => output::line(format!("Redone: {}", step.label)),
        None => output::line("Nothing to redo"),
    }
}

pub fn history(args: &HistoryArgs) -> Result<()> {
    let history = Session::open(&args.file, Access::Read)?.history()?;
    if args.json {
        return output::json(&as_json(&history));
    }
    let line = |step: &Step, state: &str| vec![local(step.at), state.to_owned(), step.label.clone()];
    let mut rows: Vec<_> = history.undone.iter().rev().map(|step| line(step, "undone")).collect();
    rows.extend(history.done.iter().map(|step| line(step, "")));
    if rows.is_empty() {
        output::line("No steps yet")?;
    } else {
        output::line(output::table(&["Made", "State", "Step"], &rows, &[1, 2]))?;
    }
    output::line(history.kept_in_words())
}

/// Time of a step where the computer stands.
fn local(at: i64) -> String {
    let time = DateTime::from_timestamp(at, 0).map(|time| time.with_timezone(&Local));
    time.map_or_else(|| "—".into(), |time| time.format("%Y-%m-%d %H:%M").to_string())
}

fn as_json(history: &History) -> serde_json::Value {
    let step = |step: &Step| {
        json!({
            "step": step.label,
            "at": DateTime::from_timestamp(step.at, 0).map(|time| time.to_rfc3339()),
            "import": step.import.is_some(),
        })
    };
    json!({
        "can_undo": history.done.iter().map(step).collect::<Vec<_>>(),
        "can_redo": history.undone.iter().map(step).collect::<Vec<_>>(),
        "bytes": history.bytes,
        "limit_bytes": history.limit,
        "older_steps_dropped": history.dropped,
    })
}
