//! What is typed: targets, owners, baselines, values of metrics that the data do not tell.

use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use clap::Args;

use super::metric;
use crate::analytics::kpi::said;
use crate::cli::args::day;
use crate::cli::output;
use crate::model::figure::Value;
use crate::model::kpi::{Baseline, Measurement, Target};
use crate::model::metric::Unit;
use crate::model::plan::Amount;
use crate::model::{Currency, Day, Locale, MetricId};
use crate::ops::{Session, now};
use crate::workspace::Access;

#[derive(Args)]
pub struct TargetArgs {
    /// Workspace
    file: PathBuf,
    /// Key or name of the metric
    #[arg(value_parser = metric)]
    metric: MetricId,
    /// What it should come to, such as 3.5%, "95 USD" or 63000
    #[arg(long, group = "what", allow_hyphen_values = true)]
    value: Option<String>,
    /// How much above the baseline it should come, such as 20% (−10% = below)
    #[arg(long, group = "what", allow_hyphen_values = true)]
    lift: Option<String>,
    /// Key of an assumption of the scenario in use that says it
    #[arg(long, group = "what")]
    assumption: Option<String>,
    /// No target of its own
    #[arg(long, group = "what")]
    none: bool,
    /// Who looks after it; empty for nobody
    #[arg(long)]
    owner: Option<String>,
    /// What it is compared with: FROM..TO, or a value; empty for the usual days
    #[arg(long, value_name = "DAYS|VALUE")]
    baseline: Option<String>,
}

#[derive(Args)]
pub struct SetArgs {
    /// Workspace
    file: PathBuf,
    /// Key or name of the metric
    #[arg(value_parser = metric)]
    metric: MetricId,
    /// First day
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Day,
    /// Last day
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Day,
    /// What it came to, such as 42, 81% or "1.9"
    #[arg(long, allow_hyphen_values = true, required_unless_present = "remove")]
    value: Option<String>,
    /// How many answers, visits or messages stand behind it
    #[arg(long)]
    n: Option<u64>,
    /// Who says so
    #[arg(long, default_value = "")]
    source: String,
    /// Take the typed value of these days away
    #[arg(long, conflicts_with = "value")]
    remove: bool,
}

/// A number with a percent sign, as a part of 1.
fn percent(text: &str) -> Option<f64> {
    let number = text.trim().strip_suffix('%')?.trim().replace('−', "-").parse::<f64>().ok()?;
    Some(number / 100.0)
}

/// A value as people type it, in the unit of its metric.
fn parse(metric: MetricId, text: &str, currency: Currency) -> Result<Value> {
    let named = metric.metric();
    let number = || text.trim().replace('−', "-").parse::<f64>().ok();
    let found = match named.unit {
        Unit::Money => match text.parse::<Amount>() {
            Ok(amount) => Some(Value::Money(amount.minor, amount.currency)),
            Err(_) => number().and_then(|number| named.unit.value(number, currency)),
        },
        Unit::Share | Unit::Growth => percent(text).or_else(number).map(Value::Share),
        unit => number().and_then(|number| unit.value(number, currency)),
    };
    found.ok_or_else(|| anyhow!("“{text}” is no value of {}, which is told in {}", named.name, named.unit.name()))
}

pub fn target(args: &TargetArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Write)?;
    let (currency, metric) = (session.definitions()?.currency, args.metric);
    let name = metric.metric().name;
    let mut board = session.kpi_board()?;
    let wanted = match (&args.value, &args.lift, &args.assumption) {
        (Some(text), ..) => Some(Target::Value(parse(metric, text, currency)?)),
        (_, Some(text), _) => {
            let lift = percent(text).ok_or_else(|| anyhow!("“{text}” is no percentage; write it like 20%"))?;
            Some(Target::Lift(lift))
        }
        (_, _, Some(key)) => Some(Target::Assumption(key.trim().to_owned())),
        _ => None,
    };
    match wanted {
        Some(target) => {
            board.targets.insert(metric, target);
        }
        None if args.none => {
            board.targets.remove(&metric);
        }
        None if args.owner.is_none() && args.baseline.is_none() => {
            bail!("nothing to change: give --value, --lift, --assumption, --none, --owner or --baseline")
        }
        None => {}
    }
    match args.owner.as_deref().map(str::trim) {
        Some("") => drop(board.owners.remove(&metric)),
        Some(owner) => drop(board.owners.insert(metric, owner.to_owned())),
        None => {}
    }
    match args.baseline.as_deref().map(str::trim) {
        Some("") => drop(board.baselines.remove(&metric)),
        Some(text) => {
            let baseline = match text.split_once("..").map(|(from, to)| (Day::parse(from), Day::parse(to))) {
                Some((Some(from), Some(to))) => Baseline::Period(from, to),
                Some(_) => bail!("“{text}” are no two days: write 2025-01-01..2025-12-31"),
                None => Baseline::Value(parse(metric, text, currency)?),
            };
            board.baselines.insert(metric, baseline);
        }
        None => {}
    }
    session.save_kpi_board(&format!("Set target of {name}"), now(), &board)?;
    let told = match board.targets.get(&metric) {
        Some(Target::Value(value)) => said::value(Locale::En, metric, Some(*value)),
        Some(Target::Lift(by)) => format!("{} on the baseline", said::lift(Locale::En, Some(*by))),
        Some(Target::Assumption(key)) => format!("as the scenario in use assumes {key}"),
        None => "none of its own".into(),
    };
    let owner = board.owners.get(&metric).map_or_else(String::new, |owner| format!(", looked after by {owner}"));
    output::line(format!("{name}: target {told}{owner}"))
}

pub fn set(args: &SetArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Write)?;
    let name = args.metric.metric().name;
    let days = format!("{} – {}", args.from.display(), args.to.display());
    let Some(text) = &args.value else {
        let removed = session.remove_measurement(now(), args.metric, (args.from, args.to))?;
        if !removed {
            bail!("no value of {name} was typed for {days}; nothing was changed");
        }
        return output::line(format!("{name}, {days}: the typed value is gone"));
    };
    let value = parse(args.metric, text, session.definitions()?.currency)?;
    let one = Measurement {
        metric: args.metric,
        from: args.from,
        to: args.to,
        value,
        n: args.n,
        source: args.source.trim().to_owned(),
        typed: true,
    };
    session.set_measurement(now(), &one)?;
    output::line(format!("{name}, {days}: {}", said::value(Locale::En, args.metric, Some(value))))
}
