//! `forecast`: orders, revenue or order value ahead; `forecast demand` and `forecast prices`: products.

mod as_json;
mod products;

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use clap::{Args, Subcommand, ValueEnum};

use self::products::{DemandArgs, PricesArgs};
use super::args::day;
use super::output;
use super::segments::too_little;
use crate::analytics::outlook::{Ahead, Asked, Grain, Of, Outlook, RuleError, most, said};
use crate::jobs::Progress;
use crate::model::{Day, Locale};
use crate::ops::{Session, document};
use crate::workspace::Access;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ForecastArgs {
    #[command(subcommand)]
    what: Option<ForecastCommand>,
    #[command(flatten)]
    outlook: OutlookArgs,
}

/// What else can be foretold.
#[derive(Subcommand)]
pub enum ForecastCommand {
    /// Units asked for per product, how long stock lasts, when and how many to order
    Demand(DemandArgs),
    /// How demand for each product answers to its price, and what stock suggests
    Prices(PricesArgs),
}

#[derive(Args)]
struct OutlookArgs {
    /// Workspace
    file: Option<PathBuf>,
    /// What is foretold
    #[arg(long, value_enum, default_value = "revenue")]
    measure: Measured,
    /// Length of a step
    #[arg(long, value_enum, default_value = "week")]
    by: By,
    /// Whole steps ahead: up to 90 days, 52 weeks or 12 months; 28 days, 13 weeks or 6 months when left out
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=90))]
    ahead: Option<u32>,
    /// Country whose holidays are put on where past years tell what they do, such as DE
    #[arg(long)]
    country: Option<String>,
    /// Last day that is known; the last one with an order when left out
    #[arg(long, value_parser = day)]
    as_of: Option<Day>,
    /// Write a document as well; the ending says which format
    #[arg(long)]
    out: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What is foretold.
#[derive(Clone, Copy, ValueEnum)]
enum Measured {
    /// Number of orders.
    Orders,
    /// Revenue of orders.
    Revenue,
    /// Revenue per order.
    Aov,
}

/// Length of a step.
#[derive(Clone, Copy, ValueEnum)]
enum By {
    /// Days.
    Day,
    /// Weeks from Monday on.
    Week,
    /// Calendar months.
    Month,
}

pub fn run(args: &ForecastArgs) -> Result<()> {
    match &args.what {
        Some(ForecastCommand::Demand(args)) => products::demand(args),
        Some(ForecastCommand::Prices(args)) => products::prices(args),
        None => outlook(&args.outlook),
    }
}

fn outlook(args: &OutlookArgs) -> Result<()> {
    let file =
        args.file.as_deref().ok_or_else(|| anyhow!("which workspace? Give its file: cartwright forecast FILE"))?;
    let of = match args.measure {
        Measured::Orders => Of::Orders,
        Measured::Revenue => Of::Revenue,
        Measured::Aov => Of::Aov,
    };
    let grain = match args.by {
        By::Day => Grain::Day,
        By::Week => Grain::Week,
        By::Month => Grain::Month,
    };
    if let Some(ahead) = args.ahead.filter(|ahead| *ahead > most(grain)) {
        let name = grain.name();
        return Err(anyhow!("{ahead} {name}s are too far ahead; at most {} {name}s are foretold", most(grain)));
    }
    let mut session = Session::open(file, Access::Read)?;
    let progress = Progress::none();
    let _meter = output::Meter::start("Forecasting", &progress);
    let asked = Asked { of, grain, ahead: args.ahead, country: args.country.clone() };
    let found = session.outlook(&asked, args.as_of, &progress)?.map_err(|missing| too_little(&missing))?;
    if let Some(path) = &args.out {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let format = document::format(&extension).with_context(|| format!("{} was not written", path.display()))?;
        document::save(&session.forecast_document(&found)?, format, path)?;
    }
    if args.json { output::json(&as_json::outlook(&found)) } else { print(&found) }
}

fn print(found: &Outlook) -> Result<()> {
    let (of, currency) = (found.of, found.currency);
    output::line(format!("{} by {}, known up to {}", of.name(), found.grain.name(), found.origin.display()))?;
    output::line(said::verdict(found))?;
    output::line(said::rule(found))?;
    output::line(said::held_out(found))?;
    said::growth(found).map_or(Ok(()), output::line)?;
    output::line("")?;
    let row = |step: &Ahead| {
        let events: Vec<&str> =
            step.events.iter().filter_map(|at| found.events.get(*at)).map(|event| event.name.as_str()).collect();
        let days = if step.from == step.to {
            step.from.display()
        } else {
            format!("{} – {}", step.from.display(), step.to.display())
        };
        vec![
            days,
            said::amount(of, currency, step.middle),
            said::range(of, currency, step.within_80),
            said::range(of, currency, step.within_95),
            said::remark(step, &events),
        ]
    };
    let rows: Vec<_> = found.ahead.iter().map(row).collect();
    output::line(output::table(&["Days", "Expected", "With 80%", "With 95%", "Remark"], &rows, &[0, 4]))?;
    output::line("")?;
    found.events.iter().try_for_each(|event| output::line(said::event(event)))?;
    let row = |error: &RuleError| {
        let scaled = error.mase.map_or_else(|| "—".to_owned(), |mase| Locale::En.number(mase, 2));
        vec![error.rule.clone(), output::percent(Some(error.wape)), scaled, output::percent(Some(error.bias))]
    };
    let rows: Vec<_> = found.tried.iter().map(row).collect();
    output::line(output::table(&["Rule", "Error", "Scaled error", "Bias"], &rows, &[0]))?;
    output::line("")?;
    found.notes.iter().try_for_each(output::line)
}
