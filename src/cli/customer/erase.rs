//! `customer erase`: what would go and what would stay; with `--yes` it is done.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::json;

use crate::cli::output::{self, count};
use crate::ops::Session;
use crate::ops::person::certificate::what_stays;
use crate::workspace::Access;
use crate::workspace::erase::{Footprint, OrdersOf};

#[derive(Args)]
pub struct EraseArgs {
    /// Workspace
    file: PathBuf,
    /// Who: a shop's id, an e-mail address, or # and the number of the row
    key: String,
    /// What becomes of the orders: they stay without a customer, or go, too
    #[arg(long, value_enum, default_value_t = Orders::Keep)]
    orders: Orders,
    /// Do it; it cannot be undone
    #[arg(long)]
    yes: bool,
    /// File for the certificate, .md or .html; beside the workspace when left out
    #[arg(long)]
    certificate: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Orders {
    Keep,
    Delete,
}

pub fn erase(args: &EraseArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Write)?;
    let id = session.find_person(&args.key)?;
    let orders = match args.orders {
        Orders::Keep => OrdersOf::Keep,
        Orders::Delete => OrdersOf::Delete,
    };
    if !args.yes {
        let footprint = session.erasure_of(id, orders)?;
        if args.json {
            return output::json(&json!({"erased": false, "preview": footprint, "stays": what_stays(&footprint)}));
        }
        print(&format!("Erasing #{id} would take out"), &footprint)?;
        return output::line("Nothing was changed. It cannot be undone once done; add --yes to do it");
    }
    let (erasure, clean) = session.erase(id, orders)?;
    let certificate = session.certify(&erasure, clean, args.certificate.as_deref())?;
    if args.json {
        return output::json(&json!({
            "erased": true,
            "erasure": erasure.id,
            "certificate": certificate,
            "free_space_cleaned": clean,
            "taken_out": erasure.footprint,
            "stays": what_stays(&erasure.footprint),
        }));
    }
    print(&format!("Erased #{id}:"), &erasure.footprint)?;
    if !clean {
        output::line("Free space of the file is cleaned when the workspace is opened next")?;
    }
    output::line(format!("Certificate: {}", certificate.display()))
}

fn print(head: &str, footprint: &Footprint) -> Result<()> {
    output::line(head)?;
    for (what, n) in &footprint.removed {
        output::line(format!("  {what}: {}", count(*n)))?;
    }
    for sentence in what_stays(footprint) {
        output::line(sentence)?;
    }
    Ok(())
}
