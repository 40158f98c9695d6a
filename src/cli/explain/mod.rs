//! `explain`: why revenue moved between two periods, and why a platform tells another figure.

mod as_json;
mod print;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};

use super::args::{AnalysisArgs, day, zone};
use super::output;
use super::segments::too_little;
use crate::analytics::explain::{Asked, Dimension, Platform, Preset, Settings, Theirs, last_month};
use crate::framework::explain::{change_blocks, difference_blocks};
use crate::jobs::Progress;
use crate::model::plan::Amount;
use crate::model::{Day, Zone};
use crate::ops::session::last_day;
use crate::ops::{Session, document};
use crate::report::document::{Block, Document};
use crate::workspace::Access;

/// What is to be explained.
#[derive(Subcommand)]
pub enum ExplainCommand {
    /// Why revenue moved between two periods: customers, orders per customer, order value, refunds, to the cent
    Change(ChangeArgs),
    /// The shop's revenue turned into the figure of Shopify, WooCommerce or Google Analytics, step by step
    Difference(DifferenceArgs),
}

#[derive(Args)]
pub struct ChangeArgs {
    #[command(flatten)]
    pub analysis: AnalysisArgs,
    /// The earlier period, such as 2025-03-01..2025-03-31
    #[arg(long, value_name = "FROM..TO", value_parser = days, requires = "after")]
    pub before: Option<(Day, Day)>,
    /// The later period
    #[arg(long, value_name = "FROM..TO", value_parser = days, requires = "before")]
    pub after: Option<(Day, Day)>,
    /// Both periods by a name, where none are given
    #[arg(long, value_parser = preset(), default_value = Preset::Year.key(), conflicts_with = "before")]
    pub periods: Preset,
    /// What the change is told by
    #[arg(long, value_parser = dimension(), default_value = Dimension::Newness.key())]
    pub by: Dimension,
    /// Groups that are told apart; the rest is joined
    #[arg(long, value_name = "N", default_value_t = Settings::ROWS)]
    pub rows: usize,
    /// Save it as a document (.md or .html)
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Args)]
pub struct DifferenceArgs {
    #[command(flatten)]
    pub analysis: AnalysisArgs,
    /// First day; with the last one left out as well, the last month that is over
    #[arg(long, value_parser = day, requires = "to")]
    pub from: Option<Day>,
    /// Last day
    #[arg(long, value_parser = day, requires = "from")]
    pub to: Option<Day>,
    /// Whose figure
    #[arg(long = "as", value_parser = platform(), default_value = Platform::ShopifyNet.key())]
    pub platform: Platform,
    /// Time zone of the platform's days; the shop's when left out
    #[arg(long, value_parser = zone)]
    pub zone: Option<Zone>,
    /// What the platform says, such as "12345.67 USD"; an imported report when left out, where there is one
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    pub theirs: Option<Amount>,
    /// Save it as a document (.md or .html)
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

pub fn run(command: &ExplainCommand) -> Result<()> {
    match command {
        ExplainCommand::Change(args) => change(args),
        ExplainCommand::Difference(args) => difference(args),
    }
}

fn change(args: &ChangeArgs) -> Result<()> {
    let mut session = Session::open(&args.analysis.file, Access::Read)?;
    let as_of = as_of(&mut session, args.analysis.as_of)?;
    let [before, after] = match args.before.zip(args.after) {
        Some((before, after)) => [before, after],
        None => args.periods.periods(as_of),
    };
    let settings = Settings { before, after, by: args.by, rows: args.rows };
    let found = session.explain_change(Some(as_of), &settings, &Progress::none())?;
    let found = found.map_err(|missing| too_little(&missing))?;
    save(&session, args.out.as_deref(), "why revenue moved", || change_blocks(&found))?;
    if args.analysis.json { output::json(&as_json::change(&found)) } else { print::change(&found) }
}

fn difference(args: &DifferenceArgs) -> Result<()> {
    let mut session = Session::open(&args.analysis.file, Access::Read)?;
    let as_of = as_of(&mut session, args.analysis.as_of)?;
    let typed = args.theirs.as_ref().map(|amount| session.in_shop_currency(amount)).transpose()?;
    let asked = Asked {
        platform: args.platform,
        days: args.from.zip(args.to).unwrap_or_else(|| last_month(as_of)),
        zone: args.zone,
        theirs: typed.map(|amount| Theirs { amount, imported: false }),
    };
    let found = session.explain_difference(Some(as_of), &asked, &Progress::none())?;
    let found = found.map_err(|missing| too_little(&missing))?;
    save(&session, args.out.as_deref(), "two figures of revenue", || difference_blocks(&found))?;
    if args.analysis.json { output::json(&as_json::difference(&found)) } else { print::difference(&found) }
}

fn as_of(session: &mut Session, typed: Option<Day>) -> Result<Day> {
    Ok(match typed {
        Some(day) => day,
        None => last_day(&*session.dataset(&Progress::none())?),
    })
}

fn save(session: &Session, path: Option<&Path>, what: &str, blocks: impl FnOnce() -> Vec<Block>) -> Result<()> {
    let Some(path) = path else { return Ok(()) };
    let extension = path.extension().map_or_else(String::new, |extension| extension.to_string_lossy().into_owned());
    let format = document::format(&extension).with_context(|| format!("{} was not written", path.display()))?;
    let title = format!("{}: {what}", session.shop()?);
    document::save(&Document { title, subtitle: String::new(), blocks: blocks(), ..Document::default() }, format, path)
}

fn days(text: &str) -> Result<(Day, Day), String> {
    let (from, to) = text.split_once("..").ok_or("write two days as 2025-03-01..2025-03-31")?;
    Ok((day(from)?, day(to)?))
}

fn dimension() -> impl TypedValueParser<Value = Dimension> {
    PossibleValuesParser::new(Dimension::ALL.map(|by| PossibleValue::new(by.key())))
        .map(|key| Dimension::ALL.into_iter().find(|by| by.key() == key).unwrap_or_default())
}

fn preset() -> impl TypedValueParser<Value = Preset> {
    PossibleValuesParser::new(Preset::ALL.map(|one| PossibleValue::new(one.key()).help(one.name())))
        .map(|key| Preset::ALL.into_iter().find(|one| one.key() == key).unwrap_or_default())
}

fn platform() -> impl TypedValueParser<Value = Platform> {
    PossibleValuesParser::new(Platform::ALL.map(|one| PossibleValue::new(one.key()).help(one.figure())))
        .map(|key| Platform::ALL.into_iter().find(|one| one.key() == key).unwrap_or_default())
}
