//! `holdout …`: a part of an audience that is not written to, and what that shows.

mod print;

use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use clap::{Args, Subcommand};
use serde_json::json;

use super::args::day;
use super::output::{self, count};
use super::segment::read_rule;
use super::segments::too_little;
use crate::analytics::holdout::{Settings, Size};
use crate::jobs::Progress;
use crate::model::Day;
use crate::model::rule::Rule;
use crate::ops::Session;
use crate::report::table_export::table_format_of;
use crate::workspace::Access;

/// What can be done with hold-outs.
#[derive(Subcommand)]
pub enum HoldoutCommand {
    /// Draw a control group, save the lists for the mailing tool, and keep it to be read later
    Make(MakeArgs),
    /// List the hold-outs that were kept
    List(ListArgs),
    /// What a hold-out shows: conversion, revenue and margin per head
    Read(ReadArgs),
    /// Delete a hold-out
    Remove(RemoveArgs),
}

#[derive(Args)]
pub struct MakeArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of a saved segment, or of one of the framework's
    #[arg(required_unless_present = "rule")]
    pub segment: Option<String>,
    /// A rule instead: a file, JSON, or text
    #[arg(long, conflicts_with = "segment")]
    pub rule: Option<String>,
    /// Name under which it is read later
    #[arg(long)]
    pub name: String,
    /// Share of the audience that is held out, 0–1
    #[arg(long, default_value_t = 0.1)]
    pub share: f64,
    /// People who are held out, instead of a share
    #[arg(long, conflicts_with = "share")]
    pub size: Option<u64>,
    /// Seed: the same one draws the same people
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// First day whose orders count; the day after the as-of day when left out
    #[arg(long, value_parser = day)]
    pub start: Option<Day>,
    /// Days in which orders count
    #[arg(long, default_value_t = 28, value_parser = clap::value_parser!(i32).range(1..=730))]
    pub days: i32,
    /// File for the lists, .csv or .xlsx: two of them, ending in -written and -control
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// One list with a column instead of two
    #[arg(long, requires = "out")]
    pub one_list: bool,
    /// Only say what it would see; nothing is kept
    #[arg(long)]
    pub dry_run: bool,
    /// All facts up to the end of this day; the last day with an order when left out
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct ListArgs {
    /// Workspace
    pub file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct ReadArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of the hold-out
    pub name: String,
    /// All facts up to the end of this day; the last day with an order when left out
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct RemoveArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of the hold-out
    pub name: String,
}

/// Runs one of them.
pub fn run(command: &HoldoutCommand) -> Result<()> {
    match command {
        HoldoutCommand::Make(args) => make(args),
        HoldoutCommand::List(args) => list(args),
        HoldoutCommand::Read(args) => read(args),
        HoldoutCommand::Remove(args) => {
            Session::open(&args.file, Access::Write)?.remove_holdout(&args.name)?;
            output::line(format!("“{}” deleted", args.name))
        }
    }
}

fn make(args: &MakeArgs) -> Result<()> {
    if !(0.0..=1.0).contains(&args.share) {
        bail!("the share that is held out lies between 0 and 1, such as 0.1");
    }
    let format = match &args.out {
        Some(out) => Some((
            out.as_path(),
            table_format_of(out).ok_or_else(|| anyhow!("{} must end in .csv or .xlsx", out.display()))?,
        )),
        None => None,
    };
    let access = if args.dry_run { Access::Read } else { Access::Write };
    let mut session = Session::open(&args.file, access)?;
    let rule: Rule = match (&args.segment, &args.rule) {
        (Some(name), _) => session.segment_rule(name)?,
        (None, Some(text)) => read_rule(text)?,
        (None, None) => bail!("name a saved segment, or give a rule with --rule"),
    };
    let settings =
        Settings { size: args.size.map_or(Size::Share(args.share), Size::People), seed: args.seed, days: args.days };
    let progress = Progress::none();
    let sieve = session.sieve(args.as_of, &progress)?;
    let resolved = session.resolved(&rule)?;
    let drawn = session
        .draw_holdout(&sieve, &resolved, &settings, args.as_of, &progress)?
        .map_err(|missing| too_little(&missing))?;
    let data = sieve.shop.data.clone();
    let starts = args.start.unwrap_or(Day(drawn.as_of.0 + 1));
    let mut files = Vec::new();
    if !args.dry_run {
        let sentence = rule.sentence(session.words()?);
        session.keep_holdout(&args.name, &sentence, (&drawn, &data), &settings, starts)?;
        if let Some(to) = format {
            files = session.export_holdout(&data, &drawn, to, args.one_list, &progress)?;
        }
    }
    let currency = sieve.shop.definitions.currency;
    if args.json {
        return output::json(&print::drawn_json(&drawn, currency, &args.name, (starts, args.days), &files));
    }
    print::drawn(&drawn, currency, args.days)?;
    files.iter().try_for_each(|file| output::line(format!("Saved {}", file.display())))
}

fn list(args: &ListArgs) -> Result<()> {
    let kept = Session::open(&args.file, Access::Read)?.holdouts()?;
    if args.json {
        let one = |h: &crate::model::holdout::Holdout| {
            json!({
                "name": h.name, "audience": h.audience, "seed": h.seed, "starts": h.starts, "ends": h.ends(),
                "control": h.control.len(), "written": h.written.len(),
            })
        };
        return output::json(&kept.iter().map(one).collect());
    }
    let rows: Vec<Vec<String>> = kept
        .iter()
        .map(|h| {
            let people = |ids: &[u32]| count(ids.len() as u64);
            vec![
                h.name.clone(),
                people(&h.control),
                people(&h.written),
                format!("{} – {}", h.starts, h.ends()),
                h.audience.clone(),
            ]
        })
        .collect();
    output::line(output::table(&["Hold-out", "Held out", "Written to", "Days", "Audience"], &rows, &[0, 3, 4]))
}

fn read(args: &ReadArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let found = session.read_holdout(&args.name, args.as_of, &Progress::none())?;
    let currency = session.definitions()?.currency;
    if args.json { output::json(&print::read_json(&found, currency)) } else { print::read(&found, currency) }
}
