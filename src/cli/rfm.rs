//! `rfm`: scores, the map of two of them, and the named groups.

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use serde_json::json;

use super::args::AnalysisArgs;
use super::output::{self, count, percent};
use super::segments::too_little;
use crate::analytics::door::share;
use crate::analytics::rfm::{Axis, Binning, Limits, RfmTable, Row, Settings};
use crate::jobs::Progress;
use crate::model::Currency;
use crate::ops::Session;
use crate::workspace::Access;

#[derive(Args)]
pub struct RfmArgs {
    #[command(flatten)]
    pub analysis: AnalysisArgs,
    /// Number of bins; as the workspace has it when left out
    #[arg(long, value_parser = clap::value_parser!(u8).range(3..=5))]
    pub bins: Option<u8>,
    /// How values become scores; as the workspace has it when left out
    #[arg(long, value_enum)]
    pub scores: Option<Scores>,
    /// Own cut-offs: most days since the last order, from the best bin on, such as 30,90,180,365
    #[arg(long, value_delimiter = ',', requires = "frequency", requires = "monetary", conflicts_with = "scores")]
    pub recency: Vec<i32>,
    /// Own cut-offs: fewest orders, from the second worst bin on, such as 2,3,5,10
    #[arg(long, value_delimiter = ',', requires = "recency")]
    pub frequency: Vec<u32>,
    /// Own cut-offs: least revenue since the first order, such as 50,100,250,500
    #[arg(long, value_delimiter = ',', requires = "recency")]
    pub monetary: Vec<f64>,
    /// Keep these scores in the workspace: rules, movement and the window follow
    #[arg(long)]
    pub save: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Scores {
    /// Cuts at quantiles; equal values share a score
    Cut,
    /// Equal parts of the ranking
    Ntile,
}

impl RfmArgs {
    fn settings(&self, own: Settings, currency: Currency) -> Settings {
        let bins = self.bins.unwrap_or(own.bins);
        let binning = match self.scores {
            _ if !self.recency.is_empty() => {
                let limits = Limits {
                    recency: self.recency.clone(),
                    frequency: self.frequency.clone(),
                    monetary: self
                        .monetary
                        .iter()
                        .map(|&major| (major * currency.scale() as f64).round() as i64)
                        .collect(),
                };
                let bins = self.bins.unwrap_or((self.recency.len() + 1).min(usize::from(u8::MAX)) as u8);
                return Settings { bins, binning: Binning::Typed(limits) };
            }
            Some(Scores::Cut) => Binning::Cut,
            Some(Scores::Ntile) => Binning::Ntile,
            // Typed cut-offs are made for one number of bins.
            None if bins != own.bins && matches!(own.binning, Binning::Typed(_)) => Binning::Cut,
            None => own.binning,
        };
        Settings { bins, binning }
    }
}

pub fn rfm(args: &RfmArgs) -> Result<()> {
    let access = if args.save { Access::Write } else { Access::Read };
    let mut session = Session::open(&args.analysis.file, access)?;
    let settings = args.settings(session.rfm_settings()?, session.definitions()?.currency);
    if args.save {
        session.set_rfm_settings(&settings)?;
    }
    if let Err(why) = settings.check() {
        bail!("there are no scores: {why}");
    }
    let found = session.rfm(args.analysis.as_of, Some(settings), &Progress::none())?;
    let found = found.map_err(|missing| too_little(&missing))?;
    if args.analysis.json { output::json(&as_json(&found)) } else { print(&found) }
}

fn print(found: &RfmTable) -> Result<()> {
    let bins = found.settings.bins;
    output::line(format!("As of {}, {} customers who bought", found.as_of.display(), count(found.total.customers)))?;
    output::line(format!("{} bins. {}\n", bins, found.settings.in_words()))?;
    let row = |name: &str, row: &Row, rule: String| {
        let money = |minor: Option<i64>| minor.map_or_else(|| "—".into(), |minor| found.currency.display(minor));
        vec![
            name.to_owned(),
            count(row.customers),
            percent(share(row.customers as f64, found.total.customers as f64)),
            found.currency.display(row.revenue),
            percent(share(row.revenue as f64, found.revenue as f64)),
            money(row.ltv()),
            row.recency_each().map_or_else(|| "—".into(), |days| format!("{days:.0}")),
            row.orders_each().map_or_else(|| "—".into(), |orders| format!("{orders:.1}")),
            rule,
        ]
    };
    let rule = |group: crate::analytics::rfm::Group| group.rule(bins).unwrap_or_default();
    let mut rows: Vec<_> = found.groups.iter().map(|(group, own)| row(group.name(), own, rule(*group))).collect();
    rows.push(row("All buyers", &found.total, String::new()));
    let header = ["Group", "Buyers", "Share", "Revenue", "Share", "LTV", "Days", "Orders", "Rule"];
    output::line(output::table(&header, &rows, &[8]))?;
    output::line("Revenue of the last 12 months; LTV, days since the last order and orders for each customer\n")?;
    let cell = |r: u8, f: u8| count(found.cell((Axis::Recency, r), (Axis::Frequency, f)).customers);
    let name = |axis: Axis, score: u8| match found.range(axis, score) {
        Some((low, high)) if low == high => format!("{}{score} ({low})", axis.letter()),
        Some((low, high)) => format!("{}{score} ({low}–{high})", axis.letter()),
        None => format!("{}{score}", axis.letter()),
    };
    let grid: Vec<Vec<String>> = (1..=bins)
        .rev()
        .map(|f| std::iter::once(name(Axis::Frequency, f)).chain((1..=bins).map(|r| cell(r, f))).collect())
        .collect();
    let header: Vec<String> =
        std::iter::once("Orders by days".to_owned()).chain((1..=bins).map(|r| name(Axis::Recency, r))).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    output::line(output::table(&header, &grid, &[]))
}

fn as_json(found: &RfmTable) -> serde_json::Value {
    let (bins, major) = (found.settings.bins, |minor: i64| found.currency.major(minor));
    let row = |row: &Row| {
        json!({
            "customers": row.customers,
            "share": share(row.customers as f64, found.total.customers as f64),
            "orders": row.orders,
            "revenue_12_months": major(row.revenue),
            "revenue_share": share(row.revenue as f64, found.revenue as f64),
            "revenue": major(row.lifetime_revenue),
            "ltv": row.ltv().map(major),
            "recency_days": row.recency_each(),
            "orders_each": row.orders_each(),
        })
    };
    let with = |mut value: serde_json::Value, more: serde_json::Value| {
        if let (Some(value), serde_json::Value::Object(more)) = (value.as_object_mut(), more) {
            value.extend(more);
        }
        value
    };
    let groups = found.groups.iter().map(|(group, own)| {
        with(row(own), json!({"name": group.name(), "rule": group.rule(bins), "about": group.about()}))
    });
    let scores = || 1..=bins;
    let cells = scores().flat_map(|r| scores().flat_map(move |f| scores().map(move |m| (r, f, m))));
    let cells = cells.filter_map(|(r, f, m)| {
        let own = found.exact(r, f, m);
        (own.customers > 0).then(|| with(row(&own), json!({"r": r, "f": f, "m": m})))
    });
    let ranges = Axis::ALL.map(|axis| {
        let range = |score: u8| {
            let (low, high) = found.range(axis, score)?;
            let plain = |value: i64| if axis == Axis::Monetary { json!(major(value)) } else { json!(value) };
            Some(json!({"score": score, "from": plain(low), "to": plain(high)}))
        };
        json!({"axis": axis.name(), "scores": scores().filter_map(range).collect::<Vec<_>>()})
    });
    json!({
        "as_of": found.as_of,
        "currency": found.currency,
        "bins": bins,
        "scores": match found.settings.binning {
            Binning::Cut => "cut",
            Binning::Ntile => "ntile",
            Binning::Typed(_) => "typed",
        },
        "customers": found.total.customers,
        "ranges": ranges,
        "groups": groups.collect::<Vec<_>>(),
        "total": row(&found.total),
        "cells": cells.collect::<Vec<_>>(),
    })
}
