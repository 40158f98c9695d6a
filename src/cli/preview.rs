//! `preview`: what a file is and how it would be read.

use std::io::Write;

use anyhow::{Context, Result};

use super::args::PreviewArgs;
use super::output::{self, count};
use crate::import::plan::Choices;
use crate::import::preview::{self, Dialect, Preview};
use crate::jobs::Progress;

pub fn preview(args: &PreviewArgs) -> Result<()> {
    let choices = args.reading.choices();
    if args.csv {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        crate::import::plain::write_csv(&args.path, &choices, &mut out, &Progress::none())?;
        return out.flush().context("the table could not be printed");
    }
    let preview = preview::preview(&args.path, &choices, &Progress::none())?;
    if args.json { output::json(&serde_json::to_value(&preview)?) } else { print(&preview, &choices) }
}

fn print(p: &Preview, choices: &Choices) -> Result<()> {
    output::line(format!("{}: {} bytes", p.file, count(p.size)))?;
    output::line(match &p.dialect {
        Dialect::Csv { encoding, bom, delimiter, quoting } => {
            let bom = if *bom { " with byte order mark" } else { "" };
            let quoting = if *quoting { "" } else { ", quotes are data" };
            format!("Encoding {encoding}{bom}, delimiter {delimiter:?}{quoting}")
        }
        Dialect::Xlsx { sheet } => format!("Workbook, sheet {sheet}"),
    })?;
    match &p.recognised {
        Some(r) => {
            output::line(format!(
                "{} ({}, rows are {}), {:.0}% sure",
                r.title,
                r.source,
                r.table,
                r.confidence * 100.0
            ))?;
        }
        None => output::line("Not recognised")?,
    }
    output::line(format!(
        "Header on line {}, {} columns, {} lines above it",
        p.header_line,
        p.header.len(),
        p.preamble.len()
    ))?;
    for column in &p.columns {
        output::line(format!("  {}: {}", column.name, column.examples.join(", ")))?;
    }
    if p.recognised.is_some()
        && let Ok(plan) = crate::ops::import::plan_for_new(p, choices)
    {
        output::line("Read as")?;
        super::import::print_mapping(&plan)?;
    }
    for doubt in &p.doubts {
        let kind = if doubt.question { "To settle" } else { "Note" };
        output::line(format!("{kind}: {}. {}", doubt.what, doubt.repair))?;
    }
    Ok(())
}
