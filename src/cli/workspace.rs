//! `new`, `check`, `dump`.

use std::io::Write;

use anyhow::{Context, Result, bail};

use super::args::{CheckArgs, FileArgs, NewArgs};
use super::output::{self, count};
use crate::jobs::Progress;
use crate::ops::Session;
use crate::workspace::Access;

pub fn new(args: &NewArgs) -> Result<()> {
    let stem = args.file.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let mut session = Session::create(&args.file, args.name.as_deref().unwrap_or(&stem))?;
    let mut definitions = session.definitions()?;
    definitions.currency = args.currency.unwrap_or(definitions.currency);
    definitions.zone = args.time_zone.unwrap_or(definitions.zone);
    if args.currency.is_some() || args.time_zone.is_some() {
        session.set_initial_definitions(&definitions)?;
    }
    output::line(format!(
        "{} made, currency {}, time zone {}",
        args.file.display(),
        definitions.currency,
        definitions.zone.name()
    ))
}

pub fn check(args: &CheckArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let check = session.check()?;
    for fault in &check.faults {
        output::line(format!("Fault: {fault}"))?;
    }
    if args.memory {
        let data = session.dataset(&Progress::none())?;
        output::line(format!(
            "Dataset: {:.1} MB for {} customers, {} orders, {} lines",
            data.bytes() as f64 / 1e6,
            count(data.customers.id.len() as u64),
            count(data.orders.id.len() as u64),
            count(data.lines.product.len() as u64)
        ))?;
    }
    if !check.faults.is_empty() {
        bail!("{} is not whole; restore a copy from before", args.file.display());
    }
    output::line(format!("{} is whole: {} checks passed", args.file.display(), check.looked_at))
}

pub fn dump(args: &FileArgs) -> Result<()> {
    let session = Session::open(&args.file, Access::Read)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    session.dump(&mut out)?;
    out.flush().context("the dump could not be printed")
}
