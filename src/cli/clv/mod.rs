//! `clv`: lifetime value and churn.

mod as_json;
mod print;

use anyhow::{Context, Result, anyhow};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::args::AnalysisArgs;
use super::output;
use crate::analytics::clv::{CustomerOutlook, CustomerValue, LifetimeValue, MONTH_DAYS, Model, Settings};
use crate::jobs::Progress;
use crate::model::Day;
use crate::ops::Session;
use crate::workspace::Access;
use crate::workspace::lists::CustomerListing;

#[derive(Args)]
pub struct ClvArgs {
    #[command(flatten)]
    pub analysis: AnalysisArgs,
    /// Model of buying
    #[arg(long, value_parser = model(), default_value = Model::default().key())]
    pub model: Model,
    /// How far ahead, such as 12m, 39w, 90d, 3y
    #[arg(long, default_value = "12m", value_parser = days)]
    pub horizon: f64,
    /// What money loses in a year, such as 0.1 or 10%
    #[arg(long, default_value = "10%", value_parser = rate)]
    pub discount: f64,
    /// Unit of time of the parameters
    #[arg(long, value_enum, default_value_t = Unit::Week)]
    pub time_unit: Unit,
    /// Last day that the held-out check calibrates on; the middle of the history when left out
    #[arg(long, value_parser = super::args::day)]
    pub calibrate_until: Option<Day>,
    /// Only these customers, by the shop's id or e-mail, separated by commas
    #[arg(long, value_delimiter = ',')]
    pub customers: Vec<String>,
    /// Most customers to print, those worth most first; 20 when left out, 10,000 in JSON
    #[arg(long)]
    pub limit: Option<usize>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Unit {
    Day,
    Week,
}

impl Unit {
    fn days(self) -> f64 {
        match self {
            Self::Day => 1.0,
            Self::Week => 7.0,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
        }
    }
}

/// The models by their key.
fn model() -> impl TypedValueParser<Value = Model> {
    let values = Model::ALL.map(|m| PossibleValue::new(m.key()).help(m.in_words()));
    PossibleValuesParser::new(values).map(|key| Model::ALL.into_iter().find(|m| m.key() == key).unwrap_or_default())
}

/// A length of time in days: a number and d, w, m or y.
fn days(text: &str) -> Result<f64, String> {
    let wrong = || "write a number and d, w, m or y, such as 12m".to_owned();
    let (number, unit) = text.trim().split_at_checked(text.trim().len().saturating_sub(1)).ok_or_else(wrong)?;
    let unit = match unit {
        "d" => 1.0,
        "w" => 7.0,
        "m" => MONTH_DAYS,
        "y" => 12.0 * MONTH_DAYS,
        _ => return Err(wrong()),
    };
    let days = number.parse::<f64>().map_err(|_| wrong())? * unit;
    if (1.0..=36_525.0).contains(&days) { Ok(days) } else { Err("choose from one day to a hundred years".into()) }
}

fn rate(text: &str) -> Result<f64, String> {
    let (number, part) = text.trim().strip_suffix('%').map_or((text.trim(), 1.0), |number| (number, 0.01));
    let rate = number.parse::<f64>().map_err(|_| "write a share such as 0.1 or 10%".to_owned())? * part;
    if (0.0..=10.0).contains(&rate) { Ok(rate) } else { Err("choose from 0 to 1000%".into()) }
}

impl ClvArgs {
    fn settings(&self) -> Settings {
        let Self { model, horizon, discount, calibrate_until, .. } = *self;
        Settings { model, horizon, discount, calibrate_until }
    }
}

/// A customer to print: index, what is foretold, and who it is.
struct Line {
    customer: CustomerValue,
    outlook: CustomerOutlook,
    who: CustomerListing,
}

pub fn clv(args: &ClvArgs) -> Result<()> {
    let mut session = Session::open(&args.analysis.file, Access::Read)?;
    let progress = Progress::none();
    let meter = output::Meter::start("Fitting", &progress);
    let found = session.lifetime_value(args.analysis.as_of, &args.settings(), &progress)?;
    drop(meter);
    let value = found.map_err(|unfit| anyhow!("{unfit}"))?;
    let lines = lines(&mut session, &value, args)?;
    if args.analysis.json {
        output::json(&as_json::value(&value, &lines, args))
    } else {
        print::value(&value, &lines, args)
    }
}

/// The customers asked for, those worth most first.
fn lines(session: &mut Session, value: &LifetimeValue, args: &ClvArgs) -> Result<Vec<Line>> {
    let data = session.dataset(&Progress::none())?;
    let row_id = |index: u32| data.customers.id.get(index as usize).copied().unwrap_or_default();
    let mut wanted: Vec<(u32, CustomerValue)> = value.base.buyers().map(|(i, c)| (row_id(i), *c)).collect();
    if !args.customers.is_empty() {
        let mut rows = Vec::new();
        for name in &args.customers {
            let found = session.customers(&session.find_customers(name)?)?;
            let is = |text: &Option<String>| text.as_deref().is_some_and(|t| t.eq_ignore_ascii_case(name));
            let one = found.iter().find(|c| is(&c.shop_id) || is(&c.email));
            rows.push(one.with_context(|| format!("there is no customer {name}"))?.id);
        }
        wanted.retain(|(row, _)| rows.contains(row));
    }
    wanted.sort_by_key(|(_, c)| std::cmp::Reverse(c.value));
    wanted.truncate(args.limit.unwrap_or(if args.analysis.json { 10_000 } else { 20 }));
    let ids: Vec<u32> = wanted.iter().map(|(row, _)| *row).collect();
    let line = |((_, customer), who)| Line { outlook: value.base.with_intervals(&customer), customer, who };
    Ok(wanted.into_iter().zip(session.customers(&ids)?).map(line).collect())
}

fn name_of(who: &CustomerListing) -> String {
    who.shop_id.clone().or_else(|| who.email.clone()).unwrap_or_else(|| format!("#{}", who.id))
}

/// How intervals are made, for people and programs.
const METHOD: &str = "Maximum likelihood; standard errors by the observed information. Intervals are 95%. Of a customer's P(alive), expected orders and value: what is not known of the parameters (delta method). Range of orders and day of the next order: chance at the parameters found. Totals: both. The next order is that of a customer who stays one.";
