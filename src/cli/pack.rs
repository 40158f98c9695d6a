//! `pack`: what is handed over to a client, free of people.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::args::day;
use super::output::{self, count};
use super::report::LookArgs;
use crate::jobs::Progress;
use crate::model::Day;
use crate::ops::pack::{Mode, Pack};
use crate::ops::{Session, document};
use crate::workspace::Access;

#[derive(Args)]
pub struct PackArgs {
    /// Workspace
    pub file: PathBuf,
    /// Folder to make, or one archive where the name ends in .zip
    #[arg(long)]
    pub out: PathBuf,
    /// A copy of the workspace in which people have pseudonyms (as without either)
    #[arg(long, conflicts_with = "aggregated")]
    pub pseudonymised: bool,
    /// Tables without any row of a person, and without groups of fewer than 5
    #[arg(long)]
    pub aggregated: bool,
    /// Formats of the documents
    #[arg(long, value_delimiter = ',', default_value = "html,md")]
    pub formats: Vec<String>,
    /// All facts up to the end of this day
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    #[command(flatten)]
    pub look: LookArgs,
}

pub fn pack(args: &PackArgs) -> Result<()> {
    let formats = args.formats.iter().map(|name| document::format(name)).collect::<Result<Vec<_>>>()?;
    let mode = if args.aggregated { Mode::Aggregated } else { Mode::Pseudonymised };
    let wanted = args.look.wanted()?;
    let session = Session::open(&args.file, Access::Read)?;
    let packed = session.make_pack(&args.out, &Pack { mode, wanted, formats }, args.as_of, &Progress::none())?;
    for (name, bytes) in &packed.files {
        output::line(format!("{name}: {} KB", count(bytes.div_ceil(1_024))))?;
    }
    if let Some(taken_out) = &packed.taken_out {
        let line = |(what, n): &(String, u64)| format!("{what} {}", count(*n));
        let renamed: Vec<String> = taken_out.renamed.iter().map(line).collect();
        let removed: Vec<String> = taken_out.removed.iter().map(line).collect();
        output::line(format!("Became pseudonyms: {}", words(&renamed)))?;
        output::line(format!("Taken out: {}", words(&removed)))?;
    }
    if packed.few > 0 {
        output::line(format!("Hidden, as of fewer than 5 people: {} rows and cells", count(packed.few)))?;
    }
    output::line(format!("{} made", args.out.display()))
}

fn words(all: &[String]) -> String {
    if all.is_empty() { "nothing".into() } else { all.join(", ") }
}
