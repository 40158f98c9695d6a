//! `sale …`: planned sales, and what they come to on the shop's own past baskets.

mod as_json;
mod forecast;
mod outcome;
mod print;
mod prior;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use serde_json::json;

use self::forecast::ForecastArgs;
use self::outcome::OutcomeArgs;
use self::prior::PriorArgs;
use super::args::day;
use super::output;
use crate::analytics::sale::{Judged, Lift, Replay, judge};
use crate::jobs::Progress;
use crate::model::plan::{Expected, Problem};
use crate::model::{Day, SalePlan, TooLittle};
use crate::ops::Session;
use crate::ops::plans::SavedPlan;
use crate::ops::sale::Prepared;
use crate::report::table_export::{DATA, table_format_of};
use crate::workspace::Access;

/// More than this nobody compares.
const MOST_VARIANTS: usize = 4;

/// What can be done with planned sales.
#[derive(Subcommand)]
pub enum SaleCommand {
    /// Replay a plan on past baskets: who qualifies, who stands just below, what it costs
    Replay(ReplayArgs),
    /// What a planned sale is expected to bring, from the shop's own past, against a target
    Forecast(ForecastArgs),
    /// Print what is expected of a sale as JSON, to be held against what comes
    Expect(ForecastArgs),
    /// A sale that is going on: what came so far against what should have come by now
    Pacing(OutcomeArgs),
    /// A sale that is over: net lift, the days after it, pull-forward, plan against outcome
    PostMortem(OutcomeArgs),
    /// Planned discounts against the lowest prices in the 30 days before the sale
    PriorPrices(PriorArgs),
    /// List the saved sales
    List(ListArgs),
    /// Print a saved sale as JSON, to be changed and saved again
    Show(ShowArgs),
    /// Save a sale from its JSON; one of the same name is replaced
    Save(SaveArgs),
}

#[derive(Args)]
pub struct ReplayArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of a saved sale, or a file with its JSON; up to four variants
    #[arg(long, required = true)]
    pub plan: Vec<String>,
    /// First day to replay on; the same season a year before the sale when left out
    #[arg(long, value_parser = day, requires = "to")]
    pub from: Option<Day>,
    /// Last day to replay on
    #[arg(long, value_parser = day, requires = "from")]
    pub to: Option<Day>,
    /// Save what becomes of every basket and why, as CSV or XLSX; of one plan
    #[arg(long)]
    pub baskets: Option<PathBuf>,
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
pub struct ShowArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of the sale
    pub name: String,
}

#[derive(Args)]
pub struct SaveArgs {
    /// Workspace
    pub file: PathBuf,
    /// JSON of the sale
    pub plan: PathBuf,
}

pub fn run(command: &SaleCommand) -> Result<()> {
    match command {
        SaleCommand::Replay(args) => replay(args),
        SaleCommand::Forecast(args) => forecast::forecast(args),
        SaleCommand::Expect(args) => outcome::expect(args),
        SaleCommand::Pacing(args) => outcome::pacing(args),
        SaleCommand::PostMortem(args) => outcome::post_mortem(args),
        SaleCommand::PriorPrices(args) => prior::prior_prices(args),
        SaleCommand::List(args) => list(args),
        SaleCommand::Show(args) => show(args),
        SaleCommand::Save(args) => save(args),
    }
}

/// A plan, and what its replay gave.
struct Replayed {
    plan: SalePlan,
    prepared: Prepared,
    replay: Replay,
    judged: Judged,
}

fn replay(args: &ReplayArgs) -> Result<()> {
    if args.plan.len() > MOST_VARIANTS {
        bail!("{} plans were given; up to {MOST_VARIANTS} are compared at once", args.plan.len());
    }
    if args.baskets.is_some() && args.plan.len() > 1 {
        bail!("--baskets lists the baskets of one plan; leave the others out");
    }
    let chosen = args.from.zip(args.to);
    if chosen.is_some_and(|(from, to)| from > to) {
        bail!("--from lies after --to; swap them");
    }
    let mut session = Session::open(&args.file, Access::Read)?;
    let progress = Progress::none();
    let _meter = output::Meter::start("Replaying", &progress);
    let lift: Result<Lift, TooLittle> = session.sale_lift(&progress)?;
    let mut variants = Vec::new();
    for given in &args.plan {
        let plan = plan_of(&session, given)?;
        let (prepared, replay) = session.replay_sale(&plan, chosen, &progress)?;
        let judged = judge(&replay, plan.assumptions.top_up, &lift);
        variants.push(Replayed { plan, prepared, replay, judged });
    }
    if let (Some(path), Some(Replayed { plan, prepared, .. })) = (&args.baskets, variants.first()) {
        let format = table_format_of(path).unwrap_or(&DATA);
        let written = session.export_baskets(plan, prepared, path, format, &progress)?;
        output::message(format!("{} baskets in {}", output::count(written.rows), path.display()));
    }
    if args.json {
        let replayed: Vec<_> = variants.iter().map(as_json::replayed).collect();
        return output::json(&json!({ "variants": replayed, "past_sales": as_json::past_sales(&lift) }));
    }
    for (n, variant) in variants.iter().enumerate() {
        if n > 0 {
            output::line("")?;
        }
        print::replayed(variant, &lift)?;
    }
    if variants.len() > 1 {
        output::line("")?;
        print::side_by_side(&variants)?;
    }
    Ok(())
}

/// A plan from a file, or a saved one by its name.
fn plan_of(session: &Session, given: &str) -> Result<SalePlan> {
    let path = Path::new(given);
    if path.is_file() { read_plan(path) } else { Ok(session.saved_sale(given)?.plan) }
}

/// The plan as it stood when the sale began, and what was expected of it then; of a file, as it is there.
fn plan_as_begun(session: &Session, given: &str) -> Result<(SalePlan, Option<Expected>)> {
    let path = Path::new(given);
    if path.is_file() { Ok((read_plan(path)?, None)) } else { session.sale_as_begun(given) }
}

/// A plan that can be replayed.
fn sound_plan_of(session: &mut Session, given: &str) -> Result<SalePlan> {
    let plan = plan_of(session, given)?;
    let problems = session.sale_problems(&plan, &Progress::none())?;
    Problem::refusal(&problems).map_or(Ok(plan), |why| Err(anyhow!(why)))
}

fn read_plan(path: &Path) -> Result<SalePlan> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{shown} cannot be read"))?;
    serde_json::from_str(&text).map_err(|why| anyhow!("{shown} is no plan of a sale: {why}"))
}

fn list(args: &ListArgs) -> Result<()> {
    let session = Session::open(&args.file, Access::Read)?;
    let saved = session.saved_sales()?;
    if args.json {
        let plans: Vec<_> = saved.iter().map(|sale| &sale.plan).collect();
        return output::json(&json!({ "sales": plans }));
    }
    if saved.is_empty() {
        return output::line("No sale was saved yet");
    }
    let row = |SavedPlan { plan, .. }: &SavedPlan| {
        let tiers: Vec<String> = plan.tiers.iter().map(|tier| tier.in_words()).collect();
        vec![plan.name.clone(), plan.starts.to_string(), plan.ends.to_string(), tiers.join(", ")]
    };
    let rows: Vec<_> = saved.iter().map(row).collect();
    output::line(output::table(&["Sale", "Starts", "Ends", "Tiers"], &rows, &[1, 2, 3]))
}

fn show(args: &ShowArgs) -> Result<()> {
    let session = Session::open(&args.file, Access::Read)?;
    output::json(&serde_json::to_value(session.saved_sale(&args.name)?.plan)?)
}

fn save(args: &SaveArgs) -> Result<()> {
    let plan = read_plan(&args.plan)?;
    let mut session = Session::open(&args.file, Access::Write)?;
    let name = plan.name.trim().to_owned();
    let known = session.saved_sales()?.into_iter().find(|sale| sale.plan.name == name);
    session.save_sale(&SavedPlan { id: known.map_or(0, |sale| sale.id), plan: plan.clone() })?;
    output::line(format!("“{name}” saved"))?;
    match session.prepare_sale(&plan, None, &Progress::none()) {
        Ok(prepared) => prepared.problems.iter().for_each(|problem| output::message(told(problem))),
        // It is saved all the same: what is wrong is told, and can be mended.
        Err(why) => output::message(format!("{why:#}")),
    }
    Ok(())
}

fn told(problem: &Problem) -> String {
    format!("{}: {}", problem.at, problem.words)
}
