//! `claims`: what platforms claim against the orders that there are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use serde_json::{Value, json};

use super::args::day;
use super::cohorts::step;
use super::output::{self, count, percent};
use crate::analytics::claims::{Claim, Ledger, Period, said};
use crate::analytics::cohorts::Step;
use crate::jobs::Progress;
use crate::model::Day;
use crate::ops::Session;
use crate::ops::claims::LOOK_BACK;
use crate::report::table_export::{TableFormat, table_format_of};
use crate::workspace::Access;

#[derive(Args)]
pub struct ClaimsArgs {
    /// Workspace file
    pub file: PathBuf,
    /// First day; a year before the last one when left out
    #[arg(long, value_parser = day)]
    pub from: Option<Day>,
    /// Last day; the last one with an order when left out
    #[arg(long, value_parser = day)]
    pub to: Option<Day>,
    /// How days are grouped
    #[arg(long, value_parser = step(), default_value = "month")]
    pub by: Step,
    /// Days before an order within which a touch may have led to it
    #[arg(long, value_name = "DAYS", default_value_t = LOOK_BACK)]
    pub lookback: u32,
    /// Save the ledger as a table (.csv or .xlsx)
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Save the orders that platforms can claim, each with those that can (.csv or .xlsx)
    #[arg(long, value_name = "FILE")]
    pub orders: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

pub fn claims(args: &ClaimsArgs) -> Result<()> {
    let formats = [format_of(args.out.as_deref())?, format_of(args.orders.as_deref())?];
    let mut session = Session::open(&args.file, Access::Read)?;
    let ledger = session.claims((args.from, args.to), args.by, args.lookback, &Progress::none())?;
    if let Some((path, format)) = formats[0] {
        session.export_claims(&ledger, path, format)?;
    }
    if let Some((path, format)) = formats[1] {
        let data = session.dataset(&Progress::none())?;
        session.export_claimed_orders(&ledger, &data, path, format)?;
    }
    if args.json { output::json(&as_json(&ledger)) } else { print(&ledger) }
}

fn format_of(path: Option<&Path>) -> Result<Option<(&Path, &'static dyn TableFormat)>> {
    let format = |path| table_format_of(path).with_context(|| format!("{} must end in .csv or .xlsx", path.display()));
    path.map(|path| Ok((path, format(path)?))).transpose()
}

fn print(ledger: &Ledger) -> Result<()> {
    output::line(said::verdict(ledger))?;
    if ledger.platforms.is_empty() {
        return Ok(());
    }
    let money = |minor: i64| ledger.currency.display(minor);
    let dash = || "—".to_owned();
    let row = |n: usize| {
        let (platform, claim) = (&ledger.platforms[n], &ledger.total.claims[n]);
        vec![
            platform.title.clone(),
            platform.channel.clone().unwrap_or_else(|| "All".into()),
            claim.orders_milli.map_or_else(dash, said::orders),
            percent(claim.share_of_orders),
            claim.revenue.map_or_else(dash, money),
            percent(claim.share_of_revenue),
            claim.supported.map_or_else(dash, count),
            claim.unsupported_milli.map_or_else(dash, said::orders),
        ]
    };
    let rows: Vec<_> = (0..ledger.platforms.len()).map(row).collect();
    let header = [
        "Platform",
        "Channel",
        "Claimed orders",
        "Of all",
        "Claimed revenue",
        "Of all",
        "Orders it touched",
        "Claimed beyond these",
    ];
    output::line(output::table(&header, &rows, &[0, 1]))?;
    let period = |period: &Period| {
        let factor = |factor: Option<f64>| factor.map_or_else(dash, |factor| format!("{factor:.2}"));
        vec![
            ledger.settings.by.name(period.from),
            count(period.orders),
            said::orders(period.claimed_milli),
            factor(period.over_claim),
            money(period.revenue),
            money(period.claimed_revenue),
            factor(period.over_claim_revenue),
        ]
    };
    let rows: Vec<_> = ledger.periods.iter().map(period).collect();
    let header = ["Period", "Orders", "Claimed", "Factor", "Revenue", "Claimed revenue", "Factor"];
    output::line(output::table(&header, &rows, &[0]))?;
    if let Some(claimable) = &ledger.claimable {
        let rows: Vec<_> = claimable.by_platforms.iter().enumerate().map(|(n, orders)| vec![count(n as u64), count(*orders)]);
        let rows: Vec<_> = rows.collect();
        output::line(output::table(&["Platforms that can claim it", "Orders"], &rows, &[]))?;
    }
    for n in 0..ledger.platforms.len() {
        for remark in said::remarks(ledger, &ledger.total, n) {
            output::line(format!("{}: {remark}", ledger.platforms[n].title))?;
        }
    }
    for (currency, rows) in &ledger.unrated {
        output::line(format!("{} claimed rows in {currency} have no rate and count without revenue", count(*rows)))?;
    }
    if ledger.unrated_orders > 0 {
        output::line(format!("{} orders have no rate and are left out", count(ledger.unrated_orders)))?;
    }
    Ok(())
}

fn as_json(ledger: &Ledger) -> Value {
    let major = |minor: i64| ledger.currency.major(minor);
    let orders = |milli: i64| milli as f64 / 1_000.0;
    let claim = |(n, claim): (usize, &Claim)| {
        json!({
            "platform": ledger.platforms[n].title,
            "orders": claim.orders_milli.map(orders),
            "revenue": claim.revenue.map(major),
            "share_of_orders": claim.share_of_orders,
            "share_of_revenue": claim.share_of_revenue,
            "least_over_claim": claim.least_over_claim,
            "supported_orders": claim.supported,
            "unsupported_orders": claim.unsupported_milli.map(orders),
            "covered_days": claim.covered_days,
            "shared_out_by_days": claim.spread,
        })
    };
    let period = |period: &Period| {
        json!({
            "from": period.from,
            "to": period.to,
            "orders": period.orders,
            "revenue": major(period.revenue),
            "touched_orders": period.touched,
            "claimed_orders": orders(period.claimed_milli),
            "claimed_revenue": major(period.claimed_revenue),
            "over_claim": period.over_claim,
            "over_claim_revenue": period.over_claim_revenue,
            "claims": period.claims.iter().enumerate().map(claim).collect::<Vec<_>>(),
        })
    };
    let claimable = ledger.claimable.as_ref().map(|claimable| {
        let sets = claimable.combinations.iter().map(|set| {
            let names: Vec<&str> = set.platforms.iter().map(|&n| ledger.platforms[n].title.as_str()).collect();
            json!({"platforms": names, "orders": set.orders, "revenue": major(set.revenue)})
        });
        json!({"orders_by_platforms": claimable.by_platforms, "combinations": sets.collect::<Vec<_>>()})
    });
    json!({
        "from": ledger.settings.from,
        "to": ledger.settings.to,
        "by": ledger.settings.by,
        "look_back_days": ledger.settings.look_back,
        "currency": ledger.currency,
        "definitions": ledger.definitions,
        "platforms": ledger.platforms,
        "total": period(&ledger.total),
        "periods": ledger.periods.iter().map(period).collect::<Vec<_>>(),
        "claimable": claimable,
        "claimed_rows_without_rate": ledger.unrated.iter().map(|(c, n)| json!({"currency": c, "rows": n})).collect::<Vec<_>>(),
        "orders_without_rate": ledger.unrated_orders,
    })
}
