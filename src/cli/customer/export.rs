//! `customer export`: everything that is known of a person, to hand over.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use clap::Args;

use crate::cli::output::{self, count};
use crate::jobs::Progress;
use crate::ops::Session;
use crate::ops::person::index_of;
use crate::report::table_export;
use crate::workspace::Access;

#[derive(Args)]
pub struct ExportArgs {
    /// Workspace
    file: PathBuf,
    /// Who: a shop's id, an e-mail address, or # and the number of the row
    key: String,
    /// File to write everything to, as JSON; printed when left out
    #[arg(long)]
    out: Option<PathBuf>,
    /// File to write the orders to, line by line: .csv or .xlsx
    #[arg(long)]
    orders: Option<PathBuf>,
}

pub fn export(args: &ExportArgs) -> Result<()> {
    if args.out.is_some() && args.out == args.orders {
        return Err(anyhow!("--out and --orders name the same file; choose two"));
    }
    let mut session = Session::open(&args.file, Access::Read)?;
    let id = session.find_person(&args.key)?;
    let data = session.dataset(&Progress::none())?;
    let customer = index_of(&data, id).context("this customer is not in the workspace any more")?;
    if let Some(path) = &args.orders {
        let format = table_export::table_format_of(path)
            .with_context(|| format!("{} is neither .csv nor .xlsx", path.display()))?;
        let written = session.export_orders_of(&data, customer, path, format)?;
        output::message(format!("{} lines of orders written to {}", count(written.rows), path.display()));
    }
    match &args.out {
        Some(path) => session.export_person(id, path),
        None => output::json(&session.everything_about(id)?),
    }
}
