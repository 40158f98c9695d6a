//! `actions`: what can be done for each segment, and what it has to bring to pay.

use anyhow::{Result, bail};
use clap::Args;
use serde_json::json;

use super::args::AnalysisArgs;
use super::output::{self, count, percent};
use super::segments::too_little;
use crate::analytics::next_action::{Assumptions, NextActions, Ranked};
use crate::jobs::Progress;
use crate::ops::Session;
use crate::workspace::Access;

#[derive(Args)]
pub struct ActionsArgs {
    #[command(flatten)]
    pub analysis: AnalysisArgs,
    /// Days ahead, and days of the past that are looked at
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(i32).range(7..=365))]
    pub days: i32,
    /// Orders that an action adds to those that come anyway, in percent: least, expected, most
    #[arg(long, value_delimiter = ',', num_args = 3, default_values_t = [0.0, 15.0, 30.0])]
    pub lift: Vec<f64>,
    /// Discount of the actions that give one, in percent
    #[arg(long, default_value_t = 10.0)]
    pub discount: f64,
    /// What a message to one customer costs, in the shop's currency
    #[arg(long)]
    pub message: Option<f64>,
}

impl ActionsArgs {
    fn assumptions(&self, scale: i64) -> Result<Assumptions> {
        let &[low, expected, high] = &self.lift[..] else { bail!("--lift takes three numbers, such as 0,15,30") };
        if !(low <= expected && expected <= high && low > -100.0 && high <= 1_000.0) {
            bail!("--lift goes up, from more than -100 to at most 1000");
        }
        if !(0.0..=100.0).contains(&self.discount) {
            bail!("--discount is a percentage from 0 to 100");
        }
        let usual = Assumptions::default().message;
        let message = self.message.map_or(usual, |major| (major * scale as f64).round() as i64);
        if !(0..=1_000_000).contains(&message) {
            bail!("--message is what one message costs, 0 or more");
        }
        let lift = (low / 100.0, expected / 100.0, high / 100.0);
        Ok(Assumptions { days: self.days, lift, discount: self.discount / 100.0, message })
    }
}

pub fn actions(args: &ActionsArgs) -> Result<()> {
    let mut session = Session::open(&args.analysis.file, Access::Read)?;
    let assumptions = args.assumptions(session.definitions()?.currency.scale())?;
    let found = session.next_actions(args.analysis.as_of, &assumptions, &Progress::none())?;
    let found = found.map_err(|missing| too_little(&missing))?;
    if args.analysis.json { output::json(&as_json(&found)) } else { print(&found) }
}

fn print(found: &NextActions) -> Result<()> {
    let money = |minor: i64| found.currency.display(minor);
    let row = |one: &Ranked| {
        let expected = match (&one.expected, &one.anyway) {
            (Some((from, expected, to)), _) => format!("{} ({} to {})", money(*expected), money(*from), money(*to)),
            (None, Err(missing)) => format!("cannot tell: {} of {} {}", missing.have, missing.need, missing.what),
            (None, Ok(past)) if past.revenue <= 0 => "cannot tell: none of such customers bought".into(),
            (None, Ok(_)) => "cannot tell: the cost of goods is not known".into(),
        };
        vec![
            one.action.segment.name().to_owned(),
            one.action.name.to_owned(),
            count(one.audience.members.count()),
            count(one.reach),
            one.anyway.as_ref().map_or_else(|_| "—".into(), |anyway| percent(anyway.rate())),
            money(one.cost),
            if one.action.discount { money(one.given_away) } else { String::new() },
            one.break_even.map_or_else(|| "—".into(), pays_from),
            expected,
        ]
    };
    let rows: Vec<_> = found.ranked.iter().map(row).collect();
    let (days, (low, expected, high)) = (found.assumptions.days, found.assumptions.lift);
    output::line(format!("As of {}, for the next {days} days", found.as_of.display()))?;
    let header = [
        "Segment",
        "Action",
        "Audience",
        "Reach",
        "Buy anyway",
        "Messages",
        "Given away",
        "Pays from",
        "Expected margin",
    ];
    output::line(output::table(&header, &rows, &[0, 1, 8]))?;
    output::line(format!(
        "Assumed: {} to {} more orders than come anyway, {} expected; {} discount; {} a message",
        percent(Some(low)),
        percent(Some(high)),
        percent(Some(expected)),
        percent(Some(found.assumptions.discount)),
        money(found.assumptions.message),
    ))?;
    output::line(format!(
        "“Buy anyway” is what such customers did in the {days} days before; measure the rest against a hold-out"
    ))
}

fn pays_from(lift: f64) -> String {
    if lift < 0.0005 { "under 0.1%".into() } else { percent(Some(lift)) }
}

fn as_json(found: &NextActions) -> serde_json::Value {
    let major = |minor: i64| found.currency.major(minor);
    let row = |one: &Ranked| {
        json!({
            "segment": one.action.segment.key(),
            "action": one.action.key,
            "name": one.action.name,
            "about": one.action.about,
            "rule": one.rule.to_string(),
            "audience": one.audience.members.count(),
            "reach": one.reach,
            "anyway": one.anyway.as_ref().ok().map(|anyway| json!({
                "customers": anyway.customers,
                "buyers": anyway.buyers,
                "revenue": major(anyway.revenue),
                "margin_share": anyway.margin,
                "cost_known": anyway.cost_known,
            })),
            "too_little": one.anyway.as_ref().err(),
            "messages": one.action.messages,
            "message_cost": major(one.cost),
            "given_away": major(one.given_away),
            "break_even_lift": one.break_even,
            "expected_margin": one.expected.map(|(from, expected, to)| json!({
                "from": major(from), "expected": major(expected), "to": major(to),
            })),
        })
    };
    let assumed = &found.assumptions;
    json!({
        "as_of": found.as_of,
        "currency": found.currency,
        "assumed": {
            "days": assumed.days,
            "lift": { "from": assumed.lift.0, "expected": assumed.lift.1, "to": assumed.lift.2 },
            "discount": assumed.discount,
            "message": major(assumed.message),
        },
        "consent_known": found.consent_known,
        "actions": found.ranked.iter().map(row).collect::<Vec<_>>(),
    })
}
