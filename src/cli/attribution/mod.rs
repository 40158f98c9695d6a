//! `attribution`: which channels have a part in orders, by every model, of a shop or of a table of paths.

mod as_json;
mod print;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::args::{currency, day};
use super::output::{self, Failure};
use super::segments::too_little;
use crate::analytics::attribution::{LOOKBACK, MODELS, MOST_ORDER, Model, Order, Settings};
use crate::import::paths_table::SEPARATOR;
use crate::jobs::Progress;
use crate::model::{Currency, Day};
use crate::ops::Session;
use crate::ops::attribution::{Asked, of_table};
use crate::workspace::Access;

/// What to share out.
#[derive(Args)]
pub struct AttributionArgs {
    /// Workspace, or a table of paths (CSV, TSV, XLSX) with the columns path, conversions, value and nulls
    pub file: PathBuf,
    /// First day on which a journey may end; a year before the last when left out
    #[arg(long, value_parser = day)]
    pub from: Option<Day>,
    /// Last day on which a journey may end; the as-of day when left out
    #[arg(long, value_parser = day)]
    pub to: Option<Day>,
    /// All facts up to the end of this day; the last day with an order or a touch when left out
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Days before an order in which a touch has a part in it
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(*LOOKBACK.start() as i64..=*LOOKBACK.end() as i64))]
    pub lookback: u16,
    /// Time decay: days after which a touch weighs half as much
    #[arg(long, default_value_t = 7.0, value_parser = half_life)]
    pub half_life: f64,
    /// Position based: shares of the first and of the last touch
    #[arg(long, default_value = "0.4,0.4", value_name = "FIRST,LAST", value_parser = position)]
    pub position: (f64, f64),
    /// Steps that the Markov chain remembers: auto, or 1 to 4
    #[arg(long, default_value = "auto", value_parser = order)]
    pub order: Order,
    /// Models to print: all, or some of first, last, last-non-direct, linear, time-decay, position, markov, shapley
    #[arg(long, default_value = "all", value_delimiter = ',', value_parser = models)]
    pub model: Vec<Chosen>,
    /// Only members of this segment, saved or one of the framework's
    #[arg(long)]
    pub segment: Option<String>,
    /// Ads that were merely seen make journeys too
    #[arg(long)]
    pub impressions: bool,
    /// Print what the orders are worth instead of their number
    #[arg(long)]
    pub value: bool,
    /// Print the moves of the Markov chain too
    #[arg(long)]
    pub transitions: bool,
    /// Confidence of the intervals
    #[arg(long, default_value_t = 0.95)]
    pub confidence: f64,
    /// Times that journeys are drawn anew for the intervals; 0 for none
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub resamples: u32,
    /// Seed of all chance
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Currency of the values of a table
    #[arg(long, value_parser = currency)]
    pub currency: Option<Currency>,
    /// What stands between the steps of a table's paths
    #[arg(long, default_value = SEPARATOR)]
    pub separator: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// A model, or all of them.
#[derive(Clone, Copy, PartialEq)]
pub enum Chosen {
    /// Every one.
    All,
    /// This one.
    One(Model),
}

fn models(text: &str) -> Result<Chosen, String> {
    if text.trim().eq_ignore_ascii_case("all") {
        return Ok(Chosen::All);
    }
    let known = || MODELS.iter().map(|about| about.key).collect::<Vec<_>>().join(", ");
    Model::of(text).map(Chosen::One).ok_or_else(|| format!("the models are {} and all", known()))
}

fn order(text: &str) -> Result<Order, String> {
    if text.trim().eq_ignore_ascii_case("auto") {
        return Ok(Order::Auto);
    }
    let steps = text.trim().parse().ok().filter(|steps| (1..=MOST_ORDER as u8).contains(steps));
    steps.map(Order::Fixed).ok_or_else(|| format!("write auto, or a number of steps from 1 to {MOST_ORDER}"))
}

fn half_life(text: &str) -> Result<f64, String> {
    let days = text.trim().parse().ok().filter(|days: &f64| (0.01..=3_650.0).contains(days));
    days.ok_or_else(|| "a number of days from 0.01 to 3650".into())
}

fn position(text: &str) -> Result<(f64, f64), String> {
    let wrong = || "write the shares of the first and the last touch, such as 0.4,0.4; together at most 1".to_owned();
    let (first, last) = text.split_once(',').ok_or_else(wrong)?;
    let share = |text: &str| text.trim().parse().ok().filter(|share: &f64| (0.0..=1.0).contains(share));
    let (first, last) = share(first).zip(share(last)).ok_or_else(wrong)?;
    if first + last <= 1.0 + 1e-12 { Ok((first, last)) } else { Err(wrong()) }
}

impl AttributionArgs {
    fn settings(&self) -> Settings {
        Settings {
            lookback_days: self.lookback,
            half_life_days: self.half_life,
            position: self.position,
            order: self.order,
            impressions: self.impressions,
            level: self.confidence,
            resamples: self.resamples,
            seed: self.seed,
        }
    }

    /// Whether a model is to be printed.
    fn wants(&self, model: Model) -> bool {
        self.model.iter().any(|chosen| *chosen == Chosen::All || *chosen == Chosen::One(model))
    }

    fn is_table(&self) -> bool {
        !self.file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("cartwright"))
    }
}

pub fn attribution(args: &AttributionArgs) -> Result<()> {
    if !(0.5..=0.999).contains(&args.confidence) {
        return Err(Failure::Unsettled("the confidence is a number from 0.5 to 0.999, such as 0.95".into()).into());
    }
    let progress = Progress::none();
    let _meter = output::Meter::start("Sharing orders out", &progress);
    let (found, read) = if args.is_table() {
        let table = of_table(&args.file, &args.separator, args.currency, &args.settings(), &progress)?;
        (table.found.clone(), Some(table))
    } else {
        let mut session = Session::open(&args.file, Access::Read)?;
        let asked = Asked {
            as_of: args.as_of,
            from: args.from,
            to: args.to,
            segment: args.segment.clone(),
            settings: args.settings(),
        };
        (session.attribution(&asked, &progress)?, None)
    };
    let found = found.map_err(|missing| too_little(&missing))?;
    if args.json {
        return output::json(&as_json::as_json(args, &found, read.as_ref()));
    }
    print::print(args, &found, read.as_ref())
}
