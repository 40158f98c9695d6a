//! `media`: what weekly spend adds to sales, channel by channel, and how a budget is best split.

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::args::AnalysisArgs;
use super::output::{self, percent};
use super::segments::too_little;
use crate::analytics::media::{ChannelResponse, Doubt, Measure, Media, Settings, Told, said};
use crate::jobs::Progress;
use crate::model::Locale;
use crate::model::plan::Amount;
use crate::ops::Session;
use crate::workspace::Access;

#[derive(Args)]
pub struct MediaArgs {
    #[command(flatten)]
    pub analysis: AnalysisArgs,
    /// What spend is to explain
    #[arg(long, value_enum, default_value = "revenue")]
    pub measure: Explained,
    /// Budget of a week to split, such as "5000 USD"; what is spent at present when left out
    #[arg(long)]
    pub total: Option<Amount>,
    /// Seed of all chance
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// What spend explains.
#[derive(Clone, Copy, ValueEnum)]
pub enum Explained {
    /// Revenue of orders.
    Revenue,
    /// Number of orders.
    Orders,
}

pub fn media(args: &MediaArgs) -> Result<()> {
    let mut session = Session::open(&args.analysis.file, Access::Read)?;
    let total = args.total.as_ref().map(|total| session.in_shop_currency(total)).transpose()?;
    let measure = match args.measure {
        Explained::Revenue => Measure::Revenue,
        Explained::Orders => Measure::Orders,
    };
    let settings = Settings { measure, total, seed: args.seed, ..Settings::default() };
    let progress = Progress::none();
    let _meter = output::Meter::start("Comparing spend with sales", &progress);
    let found = session.media(args.analysis.as_of, &settings, &progress)?.map_err(|missing| too_little(&missing))?;
    if args.analysis.json { output::json(&as_json(&found)) } else { print(&found) }
}

fn within(told: Told, show: impl Fn(f64) -> String) -> String {
    format!("{} ({} – {})", show(told.mean), show(told.interval.0), show(told.interval.1))
}

fn print(found: &Media) -> Result<()> {
    let measure = found.settings.measure;
    let (money, number) =
        (|minor: f64| found.currency.display(minor.round() as i64), |value: f64| Locale::En.number(value, 2));
    output::line(format!(
        "{} whole weeks from {} to {}: sales of {}, spend of {}",
        found.weeks,
        found.first.display(),
        found.last.display(),
        said::amount(measure, found.currency, found.sales),
        money(found.channels.iter().map(|one| one.spend).sum()),
    ))?;
    let row = |one: &ChannelResponse| {
        vec![
            one.channel.clone(),
            money(one.spend),
            within(one.share, |share| percent(Some(share))),
            within(one.per_unit, number),
            within(one.marginal, number),
            one.half_life.map_or_else(|| "—".to_owned(), |told| within(told, |weeks| Locale::En.number(weeks, 1))),
            (if one.doubts.is_empty() { "yes" } else { "cannot tell" }).to_owned(),
        ]
    };
    let rows: Vec<_> = found.channels.iter().map(row).collect();
    let each = match measure {
        Measure::Revenue => "Sales per unit spent",
        Measure::Orders => "Orders per unit spent",
    };
    let header = ["Channel", "Spend", "Share of sales", each, "Expected of one more", "Half-life, weeks", "Told"];
    output::line(output::table(&header, &rows, &[0, 6]))?;
    output::line(format!(
        "Sales that go together with no channel: {}; intervals of {:.0} %",
        within(found.base_share, |share| percent(Some(share))),
        found.settings.level * 100.0
    ))?;
    output::line("")?;
    found.channels.iter().try_for_each(|one| output::line(said::channel(found, one)))?;
    output::line("")?;
    output::line(said::held_out(found))?;
    output::line(said::split(found))?;
    if let Some(split) = &found.split {
        let rows: Vec<_> = split
            .channels
            .iter()
            .map(|one| vec![one.channel.clone(), money(one.present), money(one.best), money(one.limit)])
            .collect();
        output::line(output::table(&["A week", "As at present", "Best split", "At most"], &rows, &[0]))?;
    }
    found.notes.iter().try_for_each(output::line)
}

fn as_json(found: &Media) -> Value {
    let scale = found.currency.scale() as f64;
    let money = |minor: f64| minor / scale;
    // What is measured in money is told in major units, orders as they are.
    let unit = match found.settings.measure {
        Measure::Revenue => scale,
        Measure::Orders => 1.0,
    };
    let told =
        |told: Told, by: f64| json!({"mean": told.mean / by, "interval": [told.interval.0 / by, told.interval.1 / by]});
    let channel = |one: &ChannelResponse| {
        json!({
            "channel": one.channel,
            "spend": money(one.spend),
            "spend_per_week_at_present": money(one.present),
            "most_spend_of_a_week": money(one.most),
            "weeks_with_spend": one.weeks,
            "share_of_sales": told(one.share, 1.0),
            "added": told(one.added, unit),
            "per_unit_spent": told(one.per_unit, 1.0),
            "marginal_at_present": told(one.marginal, 1.0),
            "half_life_weeks": one.half_life.map(|half_life| told(half_life, 1.0)),
            "chance_of_any_effect": one.chance,
            "curve": one.curve.iter().map(|point| json!({
                "spend_per_week": money(point.spend),
                "adds_per_week": told(point.adds, unit),
            })).collect::<Vec<_>>(),
            "told": one.doubts.is_empty(),
            "doubts": one.doubts.iter().map(Doubt::words).collect::<Vec<_>>(),
            "verdict": said::channel(found, one),
        })
    };
    json!({
        "as_of": found.as_of,
        "from": found.first,
        "to": found.last,
        "weeks": found.weeks,
        "currency": found.currency,
        "definitions": found.definitions,
        "measure": found.settings.measure,
        "level": found.settings.level,
        "sales": found.sales / unit,
        "channels": found.channels.iter().map(channel).collect::<Vec<_>>(),
        "share_that_no_channel_brought": told(found.base_share, 1.0),
        "held_out": {
            "weeks": found.held_out.weeks,
            "with_spend": found.held_out.with_spend,
            "without_spend": found.held_out.without_spend,
            "as_last_year": found.held_out.as_last_year,
            "verdict": said::held_out(found),
        },
        "split": found.split.as_ref().map(|split| json!({
            "total_per_week": money(split.total),
            "unspent": money(split.unspent),
            "channels": split.channels.iter().map(|one| json!({
                "channel": one.channel,
                "as_at_present": money(one.present),
                "best": money(one.best),
                "at_most": money(one.limit),
            })).collect::<Vec<_>>(),
            "gain_per_week": told(split.gain, unit),
            "told_apart": split.told_apart,
            "verdict": said::split(found),
        })),
        "course": found.course.iter().map(|week| json!({
            "week": week.monday,
            "sales": week.sales / unit,
            "expected": week.expected / unit,
            "added_by_spend": week.added / unit,
        })).collect::<Vec<_>>(),
        "errors_of_neighbouring_weeks_alike": found.alike,
        "chains_disagree": found.disagreement,
        "notes": found.notes,
    })
}
