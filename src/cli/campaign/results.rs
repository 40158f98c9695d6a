//! `campaign results`: imported campaigns and what they brought.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::Args;
use serde_json::{Value, json};

use crate::analytics::results::{CampaignResult, Groups, Rate, RateKind, Results};
use crate::cli::args::day;
use crate::cli::output::{self, count, percent};
use crate::cli::segments::too_little;
use crate::jobs::Progress;
use crate::model::{Currency, Day};
use crate::ops::Session;
use crate::workspace::Access;

#[derive(Args)]
pub struct ResultsArgs {
    /// Workspace
    pub file: PathBuf,
    /// Only campaigns whose name or key contains this text
    pub name: Option<String>,
    /// All facts up to the end of this day; the last day with an order, send or spend when left out
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

pub fn results(args: &ResultsArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let mut found = session.campaign_results(args.as_of, &Progress::none())?.map_err(|missing| too_little(&missing))?;
    if let Some(name) = &args.name {
        let wanted = name.to_lowercase();
        found.campaigns.retain(|one| one.name.to_lowercase().contains(&wanted) || one.key.key.to_lowercase() == wanted);
        if found.campaigns.is_empty() {
            return Err(anyhow!(
                "no imported campaign is called “{name}”; `campaign results` without a name lists all"
            ));
        }
    }
    if args.json { output::json(&as_json(&found)) } else { print(&found, args.name.is_some()) }
}

fn print(found: &Results, one_only: bool) -> Result<()> {
    let money = |minor: Option<i64>| minor.map_or_else(|| "—".to_owned(), |minor| found.currency.plain(minor));
    let number = |n: Option<i64>| n.map_or_else(|| "—".to_owned(), |n| count(n.unsigned_abs()));
    let rate = |one: &CampaignResult, kind| percent(one.rate(kind).map(|rate| rate.rate));
    let row = |one: &CampaignResult| {
        vec![
            one.name.clone(),
            one.channel.clone(),
            one.days.1.to_string(),
            number(one.delivered.or(one.impressions)),
            rate(one, RateKind::Open),
            rate(one, RateKind::Click),
            rate(one, RateKind::Conversion),
            money(one.money.revenue),
            money(one.money.spend),
            one.money.roas().map_or_else(|| "—".into(), |roas| format!("{roas:.2}")),
        ]
    };
    output::line(format!(
        "As of {}: {} campaigns, in {}; revenue as each tool credits it to itself",
        found.as_of.display(),
        count(found.campaigns.len() as u64),
        found.currency
    ))?;
    let rows: Vec<_> = found.campaigns.iter().map(row).collect();
    let header =
        ["Campaign", "Channel", "Last day", "Reached", "Opens", "Clicks", "Bought", "Revenue", "Spend", "ROAS"];
    output::line(output::table(&header, &rows, &[0, 1]))?;
    let unrated = found.campaigns.iter().filter(|one| one.money.unrated).count();
    if unrated > 0 {
        let of = if unrated == 1 { "1 campaign has".to_owned() } else { format!("{unrated} campaigns have") };
        output::message(format!(
            "{of} amounts in a currency without a rate, which are left out; set one with `definitions`"
        ));
    }
    if one_only {
        found.campaigns.iter().try_for_each(|one| details(one, found.currency))?;
        return Ok(());
    }
    found.groups.iter().filter(|groups| !groups.groups.is_empty()).try_for_each(print_groups)
}

/// What is told of one campaign beyond its row.
fn details(one: &CampaignResult, currency: Currency) -> Result<()> {
    output::line(format!("\n{} ({} {})", one.name, one.key.origin, one.key.key))?;
    for kind in RateKind::ALL {
        let Some(rate) = one.rate(kind) else { continue };
        let (low, high) = rate.wilson;
        let past = rate.past.map_or_else(
            || "too few earlier ones to compare".to_owned(),
            |past| {
                format!(
                    "{} earlier: median {}, middle half {} – {}",
                    past.campaigns,
                    percent(Some(past.median)),
                    percent(Some(past.lower)),
                    percent(Some(past.upper))
                )
            },
        );
        output::line(format!(
            "  {}: {} (95% {} – {}); {past}",
            kind.name(),
            percent(Some(rate.rate)),
            percent(Some(low)),
            percent(Some(high))
        ))?;
    }
    if let Some(visits) = one.visits {
        let number = |n: Option<i64>| n.map_or_else(|| "—".to_owned(), |n| count(n.unsigned_abs()));
        output::line(format!(
            "  By web analytics, links of this name: {} visits, {} purchases, revenue {}",
            number(Some(visits.sessions)),
            number(visits.purchases),
            visits.revenue.map_or_else(|| "—".into(), |minor| currency.display(minor))
        ))?;
    }
    let Some(versions) = &one.versions else { return Ok(()) };
    for version in &versions.versions {
        let rate = percent(version.rate.map(|rate| rate.rate));
        output::line(format!("  {}: {rate} – {}", version.name, version.subject.as_deref().unwrap_or("no subject")))?;
    }
    output::line(match versions.winner() {
        Some(winner) => format!("  {} did better beyond chance", winner.name),
        None => "  No version did better beyond chance".to_owned(),
    })
}

fn print_groups(groups: &Groups) -> Result<()> {
    let row = |group: &crate::analytics::results::Group| {
        let interval = group
            .interval
            .map_or_else(|| "—".to_owned(), |(low, high)| format!("{} – {}", percent(Some(low)), percent(Some(high))));
        vec![
            group.name.clone(),
            count(group.sends as u64),
            count(group.n),
            percent(Some(group.rate)),
            interval,
            group.standing.words().to_owned(),
        ]
    };
    let rows: Vec<_> = groups.groups.iter().map(row).collect();
    let first = format!("By {}", groups.by.word());
    let header = [first.as_str(), "Sends", "Reached", groups.rate.name(), "95% interval", "Against the others"];
    output::line(format!("\n{}", output::table(&header, &rows, &[0, 5])))
}

fn rate_json(rate: &Rate) -> Value {
    json!({ "k": rate.k, "n": rate.n, "rate": rate.rate, "wilson_95": rate.wilson, "past": rate.past })
}

fn as_json(found: &Results) -> Value {
    let major = |minor: i64| minor as f64 / found.currency.scale() as f64;
    let money = |minor: Option<i64>| minor.map(major);
    let conversions = |milli: Option<i64>| milli.map(|milli| milli as f64 / 1e3);
    let campaign = |one: &CampaignResult| {
        let rates: serde_json::Map<String, Value> =
            RateKind::ALL.iter().filter_map(|k| Some((k.key().to_owned(), rate_json(one.rate(*k)?)))).collect();
        json!({
            "origin": one.key.origin,
            "key": one.key.key,
            "name": one.name,
            "channel": one.channel,
            "kind": one.kind,
            "lists": one.lists,
            "first": one.days.0,
            "last": one.days.1,
            "spend_in_periods": one.in_periods,
            "sends": one.sends,
            "recipients": one.recipients,
            "delivered": one.delivered,
            "opens": one.opens,
            "impressions": one.impressions,
            "clicks": one.clicks,
            "conversions": conversions(one.conversions_milli),
            "unsubscribes": one.unsubscribes,
            "sessions": one.visits.map(|visits| visits.sessions),
            "analytics_purchases": one.visits.and_then(|visits| visits.purchases),
            "analytics_revenue": money(one.visits.and_then(|visits| visits.revenue)),
            "revenue": money(one.money.revenue),
            "spend": money(one.money.spend),
            "amounts_without_rate": one.money.unrated,
            "roi": one.money.roi(),
            "roas": one.money.roas(),
            "revenue_per_recipient": one.revenue_per_recipient().map(|minor| minor / found.currency.scale() as f64),
            "rates": rates,
            "versions": one.versions.as_ref().map(|versions| json!({
                "rate": versions.kind,
                "versions": versions.versions.iter().map(|version| json!({
                    "name": version.name,
                    "subject": version.subject,
                    "rate": version.rate.as_ref().map(rate_json),
                })).collect::<Vec<_>>(),
                "lead": versions.lead,
                "winner": versions.winner().map(|winner| &winner.name),
            })),
        })
    };
    json!({
        "as_of": found.as_of,
        "definitions": found.definitions,
        "currency": found.currency,
        "campaigns": found.campaigns.iter().map(campaign).collect::<Vec<_>>(),
        "groups": found.groups,
        "total": { "revenue": money(found.total.revenue), "spend": money(found.total.spend) },
    })
}
