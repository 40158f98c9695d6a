//! `clv`: lifetime value and churn.

use anyhow::{Context, Result, anyhow};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::args::AnalysisArgs;
use super::output::{self, count};
use crate::analytics::clv::fit::Parameters;
use crate::analytics::clv::held_out::Errors;
use crate::analytics::clv::{
    CustomerOutlook, CustomerValue, Estimate, HeldOut, LifetimeValue, MONTH_DAYS, Model, Settings, gamma_gamma,
};
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
    if args.analysis.json { output::json(&as_json(&value, &lines, args)) } else { print(&value, &lines, args) }
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

/// A day so many days after another; `None` beyond a hundred years, which tells nothing.
fn day_after(as_of: Day, days: f64) -> Option<Day> {
    (days.is_finite() && days < 36_525.0).then(|| Day(as_of.0.saturating_add(days.round() as i32)))
}

fn interval(e: &Estimate) -> Value {
    json!({"value": e.value, "low": e.low, "high": e.high})
}

fn parameters_json<const N: usize>(letters: [&str; N], p: &Parameters<N>) -> Map<String, Value> {
    let by_letter = |of: &dyn Fn(usize) -> Value| -> Value {
        letters.iter().enumerate().map(|(i, letter)| ((*letter).to_owned(), of(i))).collect::<Map<_, _>>().into()
    };
    let (errors, intervals) = (p.standard_errors(), p.intervals());
    let covariance: Vec<&[f64]> = p.covariance.iter().map(<[f64; N]>::as_slice).collect();
    let object = json!({
        "params": by_letter(&|i| p.values[i].into()),
        "standard_errors": by_letter(&|i| errors[i].into()),
        "intervals": by_letter(&|i| json!([intervals[i].0, intervals[i].1])),
        "covariance_of_logarithms": covariance,
        "log_likelihood": p.log_likelihood,
        "held_by_prior": p.held_by_prior,
    });
    object.as_object().cloned().unwrap_or_default()
}

fn held_out_json(check: &HeldOut) -> Value {
    let errors = |e: &Errors| json!({"mae": e.mae, "rmse": e.rmse, "total": e.total, "bias": e.bias});
    let class = |c: &crate::analytics::clv::held_out::Class| {
        json!({
            "frequency": c.x, "and_more": c.and_more, "customers": c.customers,
            "actual": interval(&c.actual), "model": c.model, "naive": c.naive,
        })
    };
    json!({
        "calibrated_until": check.calibrated_until,
        "until": check.until,
        "days": check.days(),
        "customers": check.customers,
        "actual_orders": check.actual_total,
        "model": errors(&check.model),
        "naive": errors(&check.naive),
        "naive_rule": "past rate goes on",
        "calibration": check.classes.iter().map(class).collect::<Vec<_>>(),
        "verdict": check.verdict,
        "sentence": check.in_words(),
    })
}

fn customer_json(line: &Line, as_of: Day, unit: f64, major: impl Fn(i64) -> Value) -> Value {
    let (b, o) = (&line.customer.buyer, &line.outlook);
    let next = &o.next_order;
    json!({
        "customer_id": line.who.shop_id,
        "email": line.who.email,
        "frequency": b.x,
        "recency": f64::from(b.tx) / unit,
        "T": f64::from(b.t) / unit,
        "monetary_value": (b.x > 0).then(|| major(b.repeat_spend).as_f64().map(|spent| spent / f64::from(b.x))),
        "historic_value": major(b.historic),
        "p_alive": interval(&o.p_alive),
        "expected_orders": interval(&o.orders),
        "orders_range": [o.orders_range.0, o.orders_range.1],
        "predicted_value": interval(&o.value),
        "next_order": {
            "median": day_after(as_of, next.value),
            "low": day_after(as_of, next.low),
            "high": day_after(as_of, next.high),
        },
    })
}

/// How intervals are made, for people and programs.
const METHOD: &str = "Maximum likelihood; standard errors by the observed information. Intervals are 95%. Of a customer's P(alive), expected orders and value: what is not known of the parameters (delta method). Range of orders and day of the next order: chance at the parameters found. Totals: both. The next order is that of a customer who stays one.";

fn as_json(value: &LifetimeValue, lines: &[Line], args: &ClvArgs) -> Value {
    let (base, totals, unit) = (&value.base, &value.totals, args.time_unit);
    let fit = base.fit.in_unit(unit.days());
    let major = |minor: i64| json!(base.currency.major(minor));
    let spend = &base.spend;
    let mut spend_json = spend.fit.as_ref().map(|f| parameters_json(gamma_gamma::LETTERS, f)).unwrap_or_default();
    let beside = json!({
        "model": if spend.fit.is_some() { "gamma-gamma" } else { "mean" },
        "fallback": spend.fallback,
        "customers": spend.spenders,
        "without_value": spend.without_value,
        "correlation_of_frequency_and_value": spend.correlation,
    });
    spend_json.extend(beside.as_object().cloned().unwrap_or_default());
    let mut out = json!({
        "as_of": base.as_of,
        "currency": base.currency,
        "definitions": value.definitions,
        "model": base.fit.model,
        "time_unit": unit.name(),
        "source": base.fit.model.source(),
        "method": METHOD,
        "buyers": base.fit.buyers,
        "repeat_buyers": base.fit.repeat_buyers,
        "spend": spend_json,
        "horizon_days": base.settings.horizon,
        "discount_per_year": base.settings.discount,
        "totals": {
            "alive": interval(&totals.alive),
            "churned_share": interval(&totals.churned()),
            "expected_orders": interval(&totals.orders),
            "predicted_value": interval(&totals.value),
            "historic_value": major(totals.historic_minor),
            "would_settle": totals.would_settle,
        },
        "held_out": match &value.held_out {
            Ok(check) => held_out_json(check),
            Err(unfit) => json!({"missing": unfit.to_string()}),
        },
        "customers": lines.iter().map(|l| customer_json(l, base.as_of, unit.days(), major)).collect::<Vec<_>>(),
        "customers_left_out": base.fit.buyers.saturating_sub(lines.len() as u64),
    });
    if let Some(object) = out.as_object_mut() {
        object.extend(parameters_json(base.fit.model.letters(), &fit));
    }
    out
}

fn print(value: &LifetimeValue, lines: &[Line], args: &ClvArgs) -> Result<()> {
    let (base, totals) = (&value.base, &value.totals);
    let fit = &base.fit;
    output::line(format!(
        "As of {}: {} customers who bought, {} of them on more than one day",
        base.as_of.display(),
        count(fit.buyers),
        count(fit.repeat_buyers)
    ))?;
    output::line(parameter_table(fit.model, &fit.in_unit(args.time_unit.days()), args.time_unit))?;
    let spread = |e: &Estimate, digits: usize| format!("{:.digits$} ({:.digits$}–{:.digits$})", e.value, e.low, e.high);
    output::line(format!(
        "Still customers: {}; orders to come: {}",
        spread(&totals.alive, 0),
        spread(&totals.orders, 0)
    ))?;
    output::line(format!(
        "Value of the next {:.0} days: {} {}, discounted by {}% a year; revenue to date {}",
        base.settings.horizon,
        base.currency,
        spread(&totals.value, 0),
        base.settings.discount * 100.0,
        base.currency.display(totals.historic_minor)
    ))?;
    let notes = [&fit.parameters.held_by_prior, &base.spend.fallback, &totals.would_settle];
    notes.into_iter().flatten().try_for_each(output::line)?;
    if let Some(r) = base.spend.correlation {
        output::line(format!("Correlation of orders with their value: {r:.2} (the model of spend takes it to be 0)"))?;
    }
    match &value.held_out {
        Ok(check) => print_check(check)?,
        Err(unfit) => output::line(format!("No check on the past: {unfit}"))?,
    }
    if lines.is_empty() {
        return Ok(());
    }
    let row = |l: &Line| {
        let day = |days| day_after(base.as_of, days).map_or_else(|| "later".into(), |day| day.to_string());
        let (b, o) = (&l.customer.buyer, &l.outlook);
        vec![
            name_of(&l.who),
            b.x.to_string(),
            base.currency.display(b.historic),
            spread(&o.p_alive, 2),
            spread(&o.orders, 2),
            format!("{}–{}", o.orders_range.0, o.orders_range.1),
            spread(&o.value, 0),
            format!("{} ({}–{})", day(o.next_order.value), day(o.next_order.low), day(o.next_order.high)),
        ]
    };
    let header = ["Customer", "Repeat", "To date", "P(alive)", "Orders", "Range", "Value", "Next order"];
    output::line("")?;
    output::line(output::table(&header, &lines.iter().map(row).collect::<Vec<_>>(), &[]))?;
    output::line(METHOD)
}

fn parameter_table(model: Model, p: &Parameters<4>, unit: Unit) -> String {
    let (errors, intervals) = (p.standard_errors(), p.intervals());
    let row = |i: usize| {
        vec![
            model.letters()[i].to_owned(),
            format!("{:.4}", p.values[i]),
            format!("{:.4}", errors[i]),
            format!("{:.4}–{:.4}", intervals[i].0, intervals[i].1),
        ]
    };
    let rows: Vec<_> = (0..4).map(row).collect();
    let table = output::table(&[model.name(), "Value", "Error", "95% interval"], &rows, &[]);
    format!("{table}\nTime in {}s; log-likelihood {:.2}", unit.name(), p.log_likelihood)
}

fn print_check(check: &HeldOut) -> Result<()> {
    output::line(format!(
        "Held-out check: fitted until {}, {} days foretold for {} customers",
        check.calibrated_until.display(),
        check.days(),
        count(check.customers)
    ))?;
    let errors = |name: &str, e: &Errors| {
        let bias = e.bias.map_or_else(|| "—".into(), |b| format!("{:+.1}%", b * 100.0));
        vec![name.to_owned(), format!("{:.0}", e.total), bias, format!("{:.3}", e.mae), format!("{:.3}", e.rmse)]
    };
    let mut rows = vec![errors("Model", &check.model), errors("Past rate goes on", &check.naive)];
    rows.push(vec!["What came".into(), check.actual_total.to_string(), String::new(), String::new(), String::new()]);
    output::line(output::table(&["", "Orders", "Off by", "MAE", "RMSE"], &rows, &[]))?;
    let class = |c: &crate::analytics::clv::held_out::Class| {
        let name = format!("{}{} repeat", c.x, if c.and_more { "+" } else { "" });
        vec![
            name,
            count(c.customers),
            format!("{:.2}", c.actual.value),
            format!("{:.2}", c.model),
            format!("{:.2}", c.naive),
        ]
    };
    let rows: Vec<_> = check.classes.iter().map(class).collect();
    output::line(output::table(&["By class", "Customers", "Came", "Model", "Past rate"], &rows, &[]))?;
    output::line(check.in_words())
}
