//! `export-setup`, `import-setup`, `copy`.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::output;
use crate::model::currency::counted;
use crate::ops::Session;
use crate::ops::setup::Change;
use crate::workspace::Access;

#[derive(Args)]
pub struct ExportSetupArgs {
    /// Workspace
    pub file: PathBuf,
    /// File to write
    pub out: PathBuf,
}

#[derive(Args)]
pub struct ImportSetupArgs {
    /// Workspace
    pub file: PathBuf,
    /// File that another workspace exported
    pub setup: PathBuf,
    /// Say what would change, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print the changes as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct CopyArgs {
    /// Workspace
    pub file: PathBuf,
    /// Copy to make
    pub out: PathBuf,
    /// For somebody else to read: it cannot be changed, and holds no history
    #[arg(long)]
    pub read_only: bool,
}

pub fn export(args: &ExportSetupArgs) -> Result<()> {
    let things = Session::open(&args.file, Access::Read)?.export_setup(&args.out)?;
    output::line(format!(
        "{} written: {}",
        args.out.display(),
        counted(things as u64, "setting or mapping", "settings and mappings")
    ))
}

pub fn import(args: &ImportSetupArgs) -> Result<()> {
    let access = if args.dry_run { Access::Read } else { Access::Write };
    let mut session = Session::open(&args.file, access)?;
    let incoming = session.look_at_setup(&args.setup)?;
    if args.json {
        output::json(&serde_json::to_value(&incoming)?)?;
    } else if incoming.changes.is_empty() {
        output::line(format!("Nothing to change: all of {} is here already", incoming.shop))?;
    } else {
        let row = |change: &Change| {
            let from = change.from.clone().unwrap_or_else(|| "—".into());
            vec![change.kind.to_owned(), change.what.clone(), from, change.to.clone()]
        };
        let rows: Vec<_> = incoming.changes.iter().map(row).collect();
        output::line(output::table(&["Kind", "What", "Now", "Becomes"], &rows, &[1, 2, 3]))?;
    }
    if args.dry_run || incoming.changes.is_empty() {
        return Ok(());
    }
    session.take_over_setup(&incoming)?;
    if args.json {
        Ok(())
    } else {
        output::line(counted(incoming.changes.len() as u64, "change", "changes") + " made, one step to undo")
    }
}

pub fn copy(args: &CopyArgs) -> Result<()> {
    Session::open(&args.file, Access::Read)?.copy(&args.out, args.read_only)?;
    let kind = if args.read_only { "a copy for reading" } else { "a copy of your own" };
    output::line(format!("{} made, {kind}", args.out.display()))
}
