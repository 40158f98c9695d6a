//! `kpi`: the dashboard, its catalogue, targets, typed values and benchmarks.

mod as_json;
mod print;
mod typed;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use clap::{Args, Subcommand};
use serde_json::json;

use super::args::day;
use super::output;
use crate::analytics::kpi::{KpiSettings, Kpis};
use crate::framework::benchmarks;
use crate::jobs::Progress;
use crate::model::kpi::{Grain, Period};
use crate::model::metric::Group;
use crate::model::{Day, MetricId};
use crate::ops::{Session, now};
use crate::report::file;
use crate::workspace::Access;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct KpiArgs {
    #[command(subcommand)]
    command: Option<KpiCommand>,
    #[command(flatten)]
    show: Option<ShowArgs>,
}

#[derive(Subcommand)]
pub enum KpiCommand {
    /// The catalogue: every metric with its formula, unit, direction and source
    List(ListArgs),
    /// The framework's table: baseline, current, target, lift and revenue impact of six KPIs
    Framework(ShowArgs),
    /// Set what a metric should come to, its owner, and what it is compared with
    Target(typed::TargetArgs),
    /// Type a value of a metric that the data do not tell, over some days
    Set(typed::SetArgs),
    /// What others reach: list, write to a file, read a file back
    Benchmarks(BenchmarksArgs),
}

#[derive(Args)]
pub struct ShowArgs {
    /// Workspace
    pub file: PathBuf,
    /// 7d, 28d, 90d, mtd, month, quarter, 12m, ytd, or FROM..TO
    #[arg(long, default_value = "12m", value_parser = period)]
    pub period: Period,
    /// All facts up to the end of this day; the last day with an order when left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub as_of: Option<Day>,
    /// Only a group: acquisition, experience, retention, business, marketing, engagement
    #[arg(long, value_parser = group)]
    pub group: Option<Group>,
    /// Only a metric, with its course; several times for several
    #[arg(long, value_parser = metric)]
    pub metric: Vec<MetricId>,
    /// Steps of courses: day, week, month; those that suit the period when left out
    #[arg(long, value_parser = grain)]
    pub grain: Option<Grain>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct ListArgs {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct BenchmarksArgs {
    /// Workspace
    file: PathBuf,
    /// Write them to a file that can be edited (.toml)
    #[arg(long, value_name = "PATH")]
    write: Option<PathBuf>,
    /// Take those of a file as the shop's own
    #[arg(long, value_name = "PATH", conflicts_with = "write")]
    read: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn period(text: &str) -> Result<Period, String> {
    Period::parse(text).ok_or_else(|| {
        "not a period: write 7d, 28d, 90d, mtd, month, quarter, 12m, ytd, or two days as 2026-01-01..2026-03-31".into()
    })
}

fn group(text: &str) -> Result<Group, String> {
    let keys: Vec<&str> = Group::ALL.iter().map(|group| group.key()).collect();
    Group::parse(text).ok_or_else(|| format!("not a group: write {}", keys.join(", ")))
}

/// A metric of the catalogue by its key or name.
pub fn metric(text: &str) -> Result<MetricId, String> {
    let known = MetricId::parse(text).filter(|id| id.metric().group.is_some());
    known.ok_or_else(|| {
        let near: Vec<&str> = MetricId::near(text).iter().map(|metric| metric.key).collect();
        format!("no KPI is called “{text}”; near to it are {}", near.join(", "))
    })
}

fn grain(text: &str) -> Result<Grain, String> {
    let found = Grain::ALL.into_iter().find(|(_, name)| *name == text).map(|(grain, _)| grain);
    found.ok_or_else(|| "not a step: write day, week or month".into())
}

pub fn kpi(args: &KpiArgs) -> Result<()> {
    match (&args.command, &args.show) {
        (Some(KpiCommand::List(args)), _) => list(args),
        (Some(KpiCommand::Framework(args)), _) => framework(args),
        (Some(KpiCommand::Target(args)), _) => typed::target(args),
        (Some(KpiCommand::Set(args)), _) => typed::set(args),
        (Some(KpiCommand::Benchmarks(args)), _) => benchmarks_of(args),
        (None, Some(args)) => dashboard(args),
        (None, None) => Err(anyhow!("which workspace? Write cartwright kpi SHOP.cartwright, or cartwright kpi --help")),
    }
}

fn compute(args: &ShowArgs) -> Result<Kpis> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let progress = Progress::none();
    let _meter = output::Meter::start("Computing KPIs", &progress);
    let settings = KpiSettings { period: args.period, grain: args.grain };
    session.kpis(args.as_of, &settings, &progress)
}

fn dashboard(args: &ShowArgs) -> Result<()> {
    let mut found = compute(args)?;
    if !args.metric.is_empty() {
        found.rows.retain(|row| args.metric.contains(&row.metric));
    }
    if let Some(group) = args.group {
        found.rows.retain(|row| row.metric.metric().group == Some(group));
    }
    let whole = args.metric.is_empty() && args.group.is_none();
    if args.json { output::json(&as_json::kpis(&found)) } else { print::kpis(&found, whole, !args.metric.is_empty()) }
}

fn framework(args: &ShowArgs) -> Result<()> {
    let found = compute(args)?;
    if args.json { output::json(&as_json::framework(&found)) } else { print::framework(&found) }
}

fn list(args: &ListArgs) -> Result<()> {
    if args.json { output::json(&as_json::catalogue()) } else { print::catalogue() }
}

fn benchmarks_of(args: &BenchmarksArgs) -> Result<()> {
    let mut session = Session::open(&args.file, if args.read.is_some() { Access::Write } else { Access::Read })?;
    if let Some(path) = &args.read {
        let text = fs::read_to_string(path).with_context(|| format!("{} could not be read", path.display()))?;
        let taken = session.read_benchmarks(&text, now())?;
        let own = if taken == 1 { "1 benchmark is" } else { &format!("{taken} benchmarks are") };
        return output::line(format!("{own} now the shop’s own"));
    }
    let all = session.benchmarks()?;
    if let Some(path) = &args.write {
        file::write_bytes(path, benchmarks::write(&all).as_bytes())?;
        return output::line(format!("{} written: {} benchmarks", path.display(), all.len()));
    }
    if args.json { output::json(&json!({ "benchmarks": all })) } else { print::benchmarks(&all) }
}
