//! `experiment plan`: how many must take part, and for how long.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Value, json};

use super::kept::metric;
use crate::analytics::experiment::plan::Base;
use crate::cli::args::day;
use crate::cli::output::{self, Failure, count, percent};
use crate::jobs::Progress;
use crate::model::experiment::{Covariate, Metric, Plan, StopRule, Unit, Variant};
use crate::model::{Day, Experiment};
use crate::ops::Session;
use crate::ops::experiments::baseline::{Baseline, Takers};
use crate::ops::experiments::planning::{Known, Needed, Seen, needed};
use crate::workspace::Access;

/// What to plan.
#[derive(Args)]
pub struct PlanArgs {
    /// Workspace whose own customers or sessions are looked at
    pub file: Option<PathBuf>,
    /// A kept experiment whose plan is sized
    pub name: Option<String>,
    /// Share of the users who convert now, such as 0.03, where there is no workspace
    #[arg(long, conflicts_with_all = ["file", "mean"])]
    pub rate: Option<f64>,
    /// Mean of a value per user, instead of a share
    #[arg(long, allow_hyphen_values = true, conflicts_with = "file", requires = "deviation")]
    pub mean: Option<f64>,
    /// Its standard deviation
    #[arg(long, requires = "mean")]
    pub deviation: Option<f64>,
    /// Correlation with what is known of users before
    #[arg(long, conflicts_with = "file", default_value_t = 0.0)]
    pub correlation: f64,
    /// Smallest relative change worth finding; 0.05 when nobody says
    #[arg(long, allow_hyphen_values = true)]
    pub effect: Option<f64>,
    /// Probability to find it
    #[arg(long)]
    pub power: Option<f64>,
    /// Confidence of the verdict
    #[arg(long)]
    pub confidence: Option<f64>,
    /// Variants, the control among them
    #[arg(long)]
    pub variants: Option<u32>,
    /// The measure that decides: conversion, revenue, profit, order_value, orders or repeat
    #[arg(long, value_parser = metric)]
    pub primary: Option<Metric>,
    /// Users in a week, where nobody counts them
    #[arg(long)]
    pub per_week: Option<f64>,
    /// Sessions of web analytics take part, not customers who bought before
    #[arg(long)]
    pub sessions: bool,
    /// Days in which orders count
    #[arg(long)]
    pub window: Option<u32>,
    /// Days before joining whose revenue takes chance out of the comparison (CUPED)
    #[arg(long)]
    pub before: Option<u32>,
    /// It may be looked at every day
    #[arg(long)]
    pub always_valid: bool,
    /// All facts up to the end of this day
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Plans it.
pub fn plan(args: &PlanArgs) -> Result<()> {
    let mut plan = Experiment::new("").plan;
    let (needed, baseline) = match &args.file {
        Some(file) => {
            let mut session = Session::open(file, Access::Read)?;
            if let Some(name) = &args.name {
                plan = session.saved_experiment(name)?.experiment.plan;
            }
            asked(args, &mut plan)?;
            let takers = if args.sessions { Takers::Sessions } else { Takers::Customers };
            let (mut needed_, baseline) = session.plan_experiment(&plan, takers, args.as_of, &Progress::none())?;
            if args.per_week.is_some() {
                needed_ = needed(&plan, Known { per_week: args.per_week, ..needed_.known });
            }
            (needed_, Some(baseline))
        }
        None => {
            asked(args, &mut plan)?;
            let base = match (args.rate, args.mean, args.deviation) {
                (Some(rate), ..) => Base::Share { rate },
                (None, Some(mean), Some(deviation)) => Base::Value { mean, deviation },
                _ => bail!("name a workspace, or what is known: --rate 0.03, or --mean 5.20 --deviation 31"),
            };
            let known = Known { base, correlation: args.correlation, per_week: args.per_week, available: None };
            (needed(&plan, known), None)
        }
    };
    if let Some(problem) = needed.problems.first() {
        return Err(Failure::Unsettled(format!("{}: {}", problem.field, problem.words)).into());
    }
    if args.json { output::json(&as_json(&plan, &needed, baseline.as_ref())?) } else { print(&plan, &needed) }
}

/// What was typed goes before what the plan says.
fn asked(args: &PlanArgs, plan: &mut Plan) -> Result<()> {
    if let Some(variants) = args.variants {
        if !(2..=20).contains(&variants) {
            bail!("2 to 20 variants can be compared");
        }
        let variant = |n: u32| Variant {
            name: if n == 0 { "Control".into() } else { format!("Variant {n}") },
            share: 1.0 / f64::from(variants),
            ..Variant::default()
        };
        plan.variants = (0..variants).map(variant).collect();
    }
    plan.effect = args.effect.or(plan.effect);
    plan.power = args.power.unwrap_or(plan.power);
    plan.alpha = args.confidence.map_or(plan.alpha, |confidence| 1.0 - confidence);
    if let Some(primary) = &args.primary {
        plan.primary = primary.clone();
    }
    plan.window_days = args.window.or(plan.window_days);
    if let Some(days) = args.before {
        plan.covariate = Some(Covariate::RevenueBefore(days));
    }
    if args.always_valid {
        plan.stop = StopRule::AlwaysValid;
    }
    Ok(())
}

fn as_json(plan: &Plan, of: &Needed, baseline: Option<&Baseline>) -> Result<Value> {
    let seen = |(whom, change): &(Seen, f64)| match whom {
        Seen::Weeks(weeks) => json!({ "weeks": weeks, "change": change }),
        Seen::All(users) => json!({ "users": users, "change": change }),
    };
    Ok(json!({
        "primary": plan.primary,
        "base": serde_json::to_value(of.known.base)?,
        "correlation": of.known.correlation,
        "effect": plan.effect.unwrap_or(0.05),
        "power": plan.power,
        "confidence": 1.0 - plan.alpha,
        "users": of.size.as_ref().map(|size| size.users),
        "arms": of.size.as_ref().map(|size| &size.arms),
        "per_week": of.known.per_week,
        "weeks": of.weeks,
        "available": of.known.available,
        "too_few": of.too_few,
        "detectable": of.detectable.iter().map(seen).collect::<Vec<_>>(),
        "what_if": serde_json::to_value(&of.what_if)?,
        "curve": of.curve,
        "baseline": baseline.map(|baseline| json!({
            "of": baseline.takers.name(), "from": baseline.days.0, "to": baseline.days.1, "users": baseline.users,
        })),
    }))
}

fn print(plan: &Plan, of: &Needed) -> Result<()> {
    let base = match of.known.base {
        Base::Share { rate } => format!("{:.2}%", rate * 100.0),
        Base::Value { mean, deviation } => format!("{mean:.2}, with a standard deviation of {deviation:.2}"),
    };
    output::line(format!("{} now: {base}", plan.primary.name()))?;
    if of.known.correlation != 0.0 {
        output::line(format!("Correlation with the revenue before: {:.2}", of.known.correlation))?;
    }
    let effect = plan.effect.unwrap_or(0.05);
    let what = if plan.primary.unit() == Unit::Share { "rate" } else { "value" };
    match &of.size {
        Some(size) => {
            let weeks = of.weeks.map_or_else(String::new, |weeks| format!(", {weeks} weeks"));
            output::line(format!(
                "{} users ({} in the control){weeks} to find a {what} {:+.1}% in {:.0} of 100 tests",
                count(size.users),
                count(size.arms.first().copied().unwrap_or(0)),
                effect * 100.0,
                plan.power * 100.0,
            ))?;
        }
        None => output::line("More users than anybody has")?,
    }
    if of.too_few {
        output::line(format!("There are {} only", count(of.known.available.unwrap_or(0))))?;
    }
    for (whom, change) in &of.detectable {
        let whom = match whom {
            Seen::Weeks(1) => "Within a week".to_owned(),
            Seen::Weeks(weeks) => format!("Within {weeks} weeks"),
            Seen::All(users) => format!("With all {}", count(*users)),
        };
        output::line(format!("{whom} a change of {} is seen", percent(Some(*change))))?;
    }
    let rows: Vec<Vec<String>> = (of.what_if.iter())
        .map(|one| vec![one.words.to_owned(), count(one.size.users), format!("× {:.2}", one.ratio)])
        .collect();
    output::line(format!("\n{}", output::table(&["What changes the size", "Users", ""], &rows, &[0])))
}
