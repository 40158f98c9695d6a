//! `cohorts`: what customers did in the periods after their first order.

use anyhow::{Result, anyhow};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::args::AnalysisArgs;
use super::output::{self, count, percent};
use super::segments::too_little;
use crate::analytics::cohorts::{Cell, Cohort, Cohorts, Grouping, Settings, Step};
use crate::jobs::Progress;
use crate::ops::Session;
use crate::workspace::Access;

#[derive(Args)]
pub struct CohortsArgs {
    #[command(flatten)]
    pub analysis: AnalysisArgs,
    /// Length of a period
    #[arg(long, value_parser = step(), default_value = "month")]
    pub step: Step,
    /// What makes a cohort
    #[arg(long, value_parser = grouping(), default_value = "first-order")]
    pub by: Grouping,
    /// Periods to follow, that of the first order included
    #[arg(long, default_value_t = 13)]
    pub ages: usize,
    /// What a new customer cost, in the shop's currency, such as 25.50; when left out, by imported spend
    #[arg(long)]
    pub cac: Option<f64>,
    /// What to print; JSON holds everything
    #[arg(long, value_enum, default_value_t = What::Retention)]
    pub what: What,
}

/// What the printed matrix shows.
#[derive(Clone, Copy, ValueEnum)]
pub enum What {
    /// Share of customers who ordered
    Retention,
    /// Customers who ordered
    Customers,
    /// Orders
    Orders,
    /// Revenue
    Revenue,
    /// Revenue per customer up to then
    Cumulative,
    /// Revenue left after the cost of goods
    Margin,
    /// Average order value
    Aov,
}

pub fn step() -> impl TypedValueParser<Value = Step> {
    PossibleValuesParser::new(Step::ALL.map(|step| PossibleValue::new(step.word())))
        .map(|word| Step::ALL.into_iter().find(|step| step.word() == word).unwrap_or_default())
}

fn grouping() -> impl TypedValueParser<Value = Grouping> {
    PossibleValuesParser::new(Grouping::ALL.map(|by| PossibleValue::new(by.key())))
        .map(|key| Grouping::ALL.into_iter().find(|by| by.key() == key).unwrap_or_default())
}

pub fn cohorts(args: &CohortsArgs) -> Result<()> {
    let mut session = Session::open(&args.analysis.file, Access::Read)?;
    let currency = session.definitions()?.currency;
    let cac = args.cac.map(|cac| (cac * currency.scale() as f64).round() as i64);
    if cac.is_some_and(|cac| cac <= 0) {
        return Err(anyhow!("what a customer cost must be more than 0; leave --cac out where it is not known"));
    }
    let settings = Settings { step: args.step, by: args.by, ages: args.ages.max(1), cac };
    let found = session.cohorts(args.analysis.as_of, settings, &Progress::none())?;
    let found = found.map_err(|missing| too_little(&missing))?;
    let names = session.cohort_names(&found)?;
    if args.analysis.json {
        return output::json(&as_json(&found, &names));
    }
    print(&found, &names, args.what)
}

fn print(found: &Cohorts, names: &[String], what: What) -> Result<()> {
    let money = |minor: Option<i64>| minor.map_or_else(|| "—".to_owned(), |minor| found.currency.display(minor));
    let cell = |cohort: &Cohort, age: usize, cell: &Cell| {
        let words = match what {
            What::Retention => percent(cell.retention()),
            What::Customers => count(cell.active),
            What::Orders => count(cell.orders),
            What::Revenue => money(Some(cell.revenue)),
            What::Cumulative => money(cohort.cumulative_revenue().get(age).copied().flatten()),
            What::Margin => money(cell.margin),
            What::Aov => money(cell.aov()),
        };
        if cell.unfinished { format!("{words} *") } else { words }
    };
    let ages = found.total.cells.len();
    let row = |name: &str, cohort: &Cohort| {
        let mut row = vec![name.to_owned(), count(cohort.customers)];
        row.extend(cohort.cells.iter().enumerate().map(|(age, one)| cell(cohort, age, one)));
        row.resize(ages + 2, String::new());
        row
    };
    let mut rows: Vec<Vec<String>> = names.iter().zip(&found.rows).map(|(name, cohort)| row(name, cohort)).collect();
    rows.push(row(&found.total.name, &found.total));
    let cac = found.settings.cac;
    let known = found.rows.iter().chain([&found.total]).any(|row| row.cac(cac).is_some());
    if known {
        for (row, cohort) in rows.iter_mut().zip(found.rows.iter().chain([&found.total])) {
            let cost = cohort.cac(cac);
            row.push(cost.map_or_else(|| "—".into(), |cost| found.currency.display(cost.amount)));
            row.push(cohort.ltv_to_cac(cost).map_or_else(|| "—".into(), |ratio| format!("{ratio:.2}")));
            row.push(cohort.payback(cost).map_or_else(|| "—".into(), |age| age.to_string()));
        }
    }
    let mut header: Vec<String> =
        ["Cohort".to_owned(), "Customers".to_owned()].into_iter().chain((0..ages).map(|age| age.to_string())).collect();
    header.extend(["CAC", "LTV/CAC", "Payback"].into_iter().filter(|_| known).map(str::to_owned));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let by = found.settings.by.words();
    output::line(format!(
        "As of {}, by {by}, in {}s after the first",
        found.as_of.display(),
        found.settings.step.word()
    ))?;
    output::line(output::table(&header, &rows, &[0]))?;
    if known && cac.is_none() {
        output::line("CAC is the imported spend of the same time divided by its new customers")?;
    }
    if found.rows.iter().any(|row| row.cells.iter().any(|cell| cell.unfinished)) {
        output::line("* this period is not over; it is in no total")?;
    }
    if known {
        let on = if found.total.is_on_margin() { "margin" } else { "revenue, because the cost of goods is not known" };
        output::line(format!("LTV and payback are of {on}, up to the last column of each row"))?;
    }
    Ok(())
}

fn as_json(found: &Cohorts, names: &[String]) -> Value {
    let major = |minor: i64| found.currency.major(minor);
    let cac = found.settings.cac;
    let cohort = |name: &str, cohort: &Cohort| {
        let (revenue, margin) = (cohort.cumulative_revenue(), cohort.cumulative_margin());
        let cell = |(age, cell): (usize, &Cell)| {
            json!({
                "age": age,
                "eligible": cell.eligible,
                "customers": cell.active,
                "retention": cell.retention(),
                "orders": cell.orders,
                "revenue": major(cell.revenue),
                "margin": cell.margin.map(major),
                "aov": cell.aov().map(major),
                "cumulative_revenue_per_customer": revenue[age].map(major),
                "cumulative_margin_per_customer": margin[age].map(major),
                "unfinished": cell.unfinished,
            })
        };
        let cost = cohort.cac(cac);
        json!({
            "name": name,
            "start": cohort.start,
            "customers": cohort.customers,
            "cac": cost.map(|cost| major(cost.amount)),
            "cac_from": cost.map(|cost| cost.from),
            "ltv_to_cac": cohort.ltv_to_cac(cost),
            "payback": cohort.payback(cost),
            "cells": cohort.cells.iter().enumerate().map(cell).collect::<Vec<_>>(),
        })
    };
    let repeat = |r: &crate::analytics::cohorts::RepeatWithin| json!({"days": r.days, "eligible": r.eligible, "repeated": r.repeated, "rate": r.rate()});
    json!({
        "as_of": found.as_of,
        "currency": found.currency,
        "definitions": found.definitions,
        "by": found.settings.by,
        "step": found.settings.step,
        "cac": cac.map(major),
        "cost_known": found.cost_known,
        "cohorts": names.iter().zip(&found.rows).map(|(name, row)| cohort(name, row)).collect::<Vec<_>>(),
        "total": cohort(&found.total.name, &found.total),
        "repeat_within": found.repeat.iter().map(repeat).collect::<Vec<_>>(),
    })
}
