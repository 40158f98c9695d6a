//! `experiment analyse`: what a kept experiment, a file, or typed totals show.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use clap::Args;

use super::kept::metric;
use super::print;
use crate::cli::args::{currency, day};
use crate::cli::output::{self, Failure};
use crate::import::experiment::{Columns, Content, look};
use crate::jobs::Progress;
use crate::model::experiment::{
    Cap, Correction, Covariate, Data, Metric, MetricTotal, Prior, Spread, StopRule, Sum, Totals, VariantTotals,
};
use crate::model::plan::{Amount, Problem};
use crate::model::{Currency, Day, Definitions, Experiment};
use crate::ops::Session;
use crate::ops::document;
use crate::ops::experiments::analyse::{Analysed, analysed};
use crate::ops::experiments::{attach, observed, page};
use crate::report::table_export::table_format_of;
use crate::workspace::Access;

/// What to read.
#[derive(Args)]
pub struct AnalyseArgs {
    /// Workspace, or a file about an experiment: GrowthBook's results, a row for each variant or for each customer
    pub file: Option<PathBuf>,
    /// Name of the experiment in the workspace
    pub name: Option<String>,
    /// Typed totals of a variant, the control first; revenue and its standard deviation per visitor in major units
    #[arg(long = "variant", value_name = "NAME:VISITORS[:CONVERSIONS[:REVENUE:DEVIATION]]", conflicts_with = "file")]
    pub variants: Vec<String>,
    /// The variant that the others are compared with; the one that is called so, else the first
    #[arg(long)]
    pub control: Option<String>,
    /// The measure that decides: conversion, revenue … or the name of a column
    #[arg(long)]
    pub primary: Option<String>,
    /// Of a file that holds several experiments, this one
    #[arg(long)]
    pub experiment: Option<String>,
    /// Confidence of the intervals
    #[arg(long, default_value_t = 0.95)]
    pub confidence: f64,
    /// It may be looked at every day: the always-valid interval decides
    #[arg(long)]
    pub always_valid: bool,
    /// Correction for many comparisons: none, bonferroni, holm or bh
    #[arg(long, value_parser = correction, default_value = "holm")]
    pub correction: Correction,
    /// Smallest relative change worth acting on, such as 0.02
    #[arg(long, allow_hyphen_values = true)]
    pub effect: Option<f64>,
    /// What is believed of the relative change beforehand: its middle and its standard deviation, such as 0:0.1
    #[arg(long, allow_hyphen_values = true, value_name = "MEAN:SPREAD", value_parser = prior)]
    pub prior: Option<Prior>,
    /// Cap single customers at this quantile of the buyers, such as 0.99
    #[arg(long)]
    pub cap: Option<f64>,
    /// Column of the file that was known of customers before, to take chance out of the comparison
    #[arg(long)]
    pub covariate: Option<String>,
    /// Currency of amounts
    #[arg(long, value_parser = currency)]
    pub currency: Option<Currency>,
    /// All facts up to the end of this day
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Also save the result: .md or .html as a page, .csv or .xlsx as a list
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

fn correction(text: &str) -> Result<Correction, String> {
    match text.to_lowercase().as_str() {
        "none" => Ok(Correction::None),
        "bonferroni" => Ok(Correction::Bonferroni),
        "holm" => Ok(Correction::Holm),
        "bh" | "benjamini-hochberg" => Ok(Correction::BenjaminiHochberg),
        _ => Err("the corrections are none, bonferroni, holm and bh".into()),
    }
}

fn prior(text: &str) -> Result<Prior, String> {
    let wrong = || "write its middle and its standard deviation, such as 0:0.1".to_owned();
    let (mean, spread) = text.split_once(':').ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite()).ok_or_else(wrong);
    Ok(Prior::Normal { mean: number(mean)?, spread: number(spread)? })
}

/// Reads it.
pub fn analyse(args: &AnalyseArgs) -> Result<()> {
    let analysed = match (&args.file, &args.name) {
        (Some(file), Some(name)) => {
            let mut session = Session::open(file, Access::Read)?;
            let saved = session.saved_experiment(name)?;
            session.analyse_experiment(saved.id, &saved.experiment, args.as_of, &Progress::none())?
        }
        (Some(file), None) => of_file(args, file)?,
        (None, _) => of_typed(args)?,
    };
    settled(&analysed.problems)?;
    if let Some(problem) = analysed.analysis.problems.first() {
        return Err(Failure::Unsettled(format!("{}: {}", problem.field, problem.words)).into());
    }
    if let Some(out) = &args.out {
        save(&analysed, out)?;
    }
    if args.json { output::json(&print::as_json(&analysed)?) } else { print::print(&analysed) }
}

/// What stops is told, and nothing is computed.
fn settled(problems: &[Problem]) -> Result<()> {
    let stops: Vec<String> =
        problems.iter().filter(|one| one.stops).map(|one| format!("{}: {}", one.at, one.words)).collect();
    if stops.is_empty() {
        problems.iter().for_each(|problem| output::message(format!("{}: {}", problem.at, problem.words)));
        return Ok(());
    }
    Err(Failure::Unsettled(stops.join("\n")).into())
}

/// Rules of reading that were typed.
fn rules<'m>(
    args: &AnalyseArgs,
    experiment: &mut Experiment,
    known: impl IntoIterator<Item = &'m Metric>,
) -> Result<()> {
    let plan = &mut experiment.plan;
    if let Some(text) = &args.primary {
        let known = known.into_iter().find(|known| known.name().eq_ignore_ascii_case(text));
        let own = || metric(text).map_err(|why| anyhow!("there is no measure “{text}”; {why}"));
        plan.primary = known.cloned().map_or_else(own, Ok)?;
    }
    plan.alpha = 1.0 - args.confidence;
    plan.correction = args.correction;
    plan.effect = args.effect;
    plan.prior = args.prior.unwrap_or_default();
    plan.cap = args.cap.map(Cap::Quantile);
    plan.covariate = args.covariate.clone().map(Covariate::Column);
    if args.always_valid {
        plan.stop = StopRule::AlwaysValid;
    }
    Ok(())
}

fn of_typed(args: &AnalyseArgs) -> Result<Analysed> {
    if args.variants.is_empty() {
        bail!("name a workspace and an experiment, a file, or type totals with --variant \"A:10000:1000\"");
    }
    let currency = args.currency.unwrap_or(Definitions::default().currency);
    let variants = args.variants.iter().map(|text| typed(text, currency)).collect::<Result<Vec<VariantTotals>>>()?;
    let content = Content::Totals(Totals { variants, ..Totals::default() });
    let control = args.control.clone().or_else(|| args.variants[0].split(':').next().map(str::to_owned));
    totals_read(args, "Typed totals", content, control.as_deref(), currency)
}

/// `A:10000:1000`, with revenue and its deviation behind.
fn typed(text: &str, currency: Currency) -> Result<VariantTotals> {
    let wrong = || {
        anyhow!(
            "“{text}” is no variant with its totals; write it like \"A:10000:1000\", or \"A:10000:1000:52000.50:31.2\" with revenue"
        )
    };
    let parts: Vec<&str> = text.split(':').map(str::trim).collect();
    let [name, visitors, rest @ ..] = parts.as_slice() else { return Err(wrong()) };
    let mut of = VariantTotals {
        variant: (*name).to_owned(),
        visitors: visitors.parse().map_err(|_| wrong())?,
        values: Vec::new(),
    };
    let (conversions, revenue, deviation) = match rest {
        [] => return Err(wrong()),
        [conversions] => (conversions, None, None),
        [conversions, revenue] => (conversions, Some(revenue), None),
        [conversions, revenue, deviation] => (conversions, Some(revenue), Some(deviation)),
        _ => return Err(wrong()),
    };
    if !conversions.is_empty() {
        let sum = Sum::Count(conversions.parse().map_err(|_| wrong())?);
        of.values.push(MetricTotal { metric: Metric::Conversion, sum, spread: None });
    }
    if let Some(revenue) = revenue {
        let amount: Amount = format!("{revenue} {currency}").parse().map_err(|_| wrong())?;
        let deviation = deviation.map(|text| text.parse().map_err(|_| wrong())).transpose()?;
        let spread = deviation.map(Spread::Deviation);
        of.values.push(MetricTotal { metric: Metric::Revenue, sum: Sum::Amount(amount), spread });
    }
    Ok(of)
}

fn of_file(args: &AnalyseArgs, file: &Path) -> Result<Analysed> {
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("cartwright")) {
        bail!("name the experiment in {}; experiment list shows them", file.display());
    }
    let progress = Progress::none();
    let definitions = Definitions::default();
    let definitions = Definitions { currency: args.currency.unwrap_or(definitions.currency), ..definitions };
    let looked = look(file, &progress)?;
    let columns = Columns { experiment: args.experiment.clone(), ..looked.columns.clone() };
    let content = attach::read_file((&looked, &columns), &definitions, &progress)?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let rows = match content {
        Content::Customers(rows) => rows,
        totals => return totals_read(args, &name, totals, args.control.as_deref(), definitions.currency),
    };
    if rows.outcomes.is_empty() {
        bail!(
            "{} does not say what customers did; attach it to an experiment of the shop's workspace, whose orders do",
            looked.preview.file
        );
    }
    let mut experiment = attach::of_file(&name, &Content::Customers(rows.clone()), args.control.as_deref())?;
    rules(args, &mut experiment, rows.outcomes.iter().map(|one| &one.metric))?;
    let (exposures, left_out) = attach::of_nobody_known(rows, &experiment.plan);
    experiment.data = Some(Data::Customers(crate::model::experiment::Attached {
        file: looked.preview.file.clone(),
        customers: exposures.len() as u64,
        left_out,
    }));
    let observed = observed::of_file(&experiment.plan, &exposures, &definitions);
    Ok(analysed(&experiment, observed, definitions.currency, None))
}

fn totals_read(
    args: &AnalyseArgs,
    name: &str,
    content: Content,
    control: Option<&str>,
    currency: Currency,
) -> Result<Analysed> {
    let mut experiment = attach::of_file(name, &content, control)?;
    let Content::Totals(totals) = content else { bail!("{name} holds customers, not totals") };
    experiment.data = Some(Data::Totals(totals.clone()));
    rules(args, &mut experiment, totals.variants.iter().flat_map(|of| &of.values).map(|value| &value.metric))?;
    let observed = observed::of_totals(&experiment.plan, &totals);
    Ok(analysed(&experiment, observed, currency, None))
}

fn save(analysed: &Analysed, out: &Path) -> Result<()> {
    match table_format_of(out) {
        Some(format) => page::save_list(analysed, out, format).map(|_| ()),
        None => {
            let extension = out.extension().and_then(|extension| extension.to_str()).unwrap_or("md");
            document::save(&page::page(analysed), document::format(extension)?, out)
        }
    }
}
