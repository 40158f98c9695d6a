//! `sale forecast`: what a planned sale is expected to bring.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::sound_plan_of;
use crate::analytics::forecast::{EventForecast, Forecast, ForetoldDay, Measure, said};
use crate::analytics::math::reckoned::Reckoned;
use crate::cli::args::day;
use crate::cli::output;
use crate::cli::segments::too_little;
use crate::jobs::Progress;
use crate::model::plan::Amount;
use crate::model::{Currency, Day};
use crate::ops::Session;
use crate::workspace::Access;

#[derive(Args)]
pub struct ForecastArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of a saved sale, or a file with its JSON
    #[arg(long)]
    pub plan: String,
    /// Revenue to reach, such as "200000 USD"; the target of the saved campaign when left out
    #[arg(long)]
    pub target: Option<Amount>,
    /// Last day that is known; the last one with an order when left out
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

pub fn forecast(args: &ForecastArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let plan = sound_plan_of(&mut session, &args.plan)?;
    let target = match &args.target {
        Some(target) => Some(session.in_shop_currency(target)?),
        None => session.target_of_sale(&args.plan)?,
    };
    let progress = Progress::none();
    let _meter = output::Meter::start("Forecasting", &progress);
    let found = session.forecast_sale(&plan, args.as_of, &progress)?.map_err(|missing| too_little(&missing))?;
    let currency = session.definitions()?.currency;
    if args.json {
        return output::json(&as_json(&plan.name, &found, currency, target));
    }
    output::line(format!("{}: known up to {}", plan.name, found.revenue.origin.display()))?;
    output::line(said::verdict(&found, currency, target))?;
    said::reasons(&found, currency).iter().try_for_each(|line| output::line(format!("  {line}")))?;
    output::line("")?;
    output::line(days(&found, currency))?;
    output::line("")?;
    let tried: Vec<_> =
        found.revenue.tried.iter().map(|(rule, error)| vec![rule.name(), output::percent(Some(*error))]).collect();
    output::line(output::table(&["Rule", "Revenue: error of sums and of days"], &tried, &[]))
}

fn days(found: &EventForecast, currency: Currency) -> String {
    let show = |of, value| said::amount(of, currency, value);
    let row = |(revenue, orders): (&ForetoldDay, &ForetoldDay)| {
        let ((low, high), of) = (revenue.within_95, Measure::Revenue);
        vec![
            revenue.day.display(),
            show(of, revenue.middle),
            format!("{}–{}", show(of, low), show(of, high)),
            show(Measure::Orders, orders.middle),
        ]
    };
    let rows: Vec<_> = found.revenue.days.iter().zip(&found.orders.days).map(row).collect();
    output::table(&["Without the sale", "Revenue", "With 95%", "Orders"], &rows, &[])
}

fn as_json(plan: &str, found: &EventForecast, currency: Currency, target: Option<i64>) -> Value {
    let with = |of, reckoned: Option<Reckoned>| reckoned.map(|reckoned| self::reckoned(of, currency, &reckoned));
    let past = found.past.iter().map(|past| {
        json!({
            "first_day": past.sale.first,
            "last_day": past.sale.last,
            "orders_ratio": past.orders(),
            "revenue_ratio": past.revenue(),
            "depth": past.sale.depth,
        })
    });
    let factor = |factor: &Reckoned| {
        let (low, high) = factor.within(0.95);
        json!({"middle": factor.middle, "within_95": [low, high]})
    };
    json!({
        "plan": plan,
        "currency": currency,
        "known_until": found.revenue.origin,
        "with_sale": {
            "revenue": with(Measure::Revenue, found.revenue_with_sale()),
            "orders": with(Measure::Orders, found.orders_with_sale()),
        },
        "without_sale": {
            "revenue": of_measure(&found.revenue, currency),
            "orders": of_measure(&found.orders, currency),
        },
        "lift": match &found.lift {
            Ok(lift) => json!({"revenue_ratio": factor(&lift.revenue), "orders_ratio": factor(&lift.orders)}),
            Err(missing) => json!({"have": missing.have, "need": missing.need, "of": missing.what}),
        },
        "past_sales": past.collect::<Vec<_>>(),
        "target": target.map(|target| json!({
            "revenue": currency.major(target),
            "chance": found.chance_of(target),
        })),
        "words": said::verdict(found, currency, target),
    })
}

/// A value in major units, where it is money.
pub fn major(of: Measure, currency: Currency, value: f64) -> f64 {
    match of {
        Measure::Orders => value,
        Measure::Revenue => value / currency.scale() as f64,
    }
}

/// An expected amount with its intervals.
pub fn reckoned(of: Measure, currency: Currency, value: &Reckoned) -> Value {
    let pair = |(low, high): (f64, f64)| [major(of, currency, low), major(of, currency, high)];
    json!({
        "middle": major(of, currency, value.middle),
        "within_80": pair(value.within(0.8)),
        "within_95": pair(value.within(0.95)),
    })
}

fn of_measure(found: &Forecast, currency: Currency) -> Value {
    let pair = |(low, high): (f64, f64)| [major(found.of, currency, low), major(found.of, currency, high)];
    let day = |day: &ForetoldDay| {
        json!({
            "day": day.day,
            "middle": major(found.of, currency, day.middle),
            "within_80": pair(day.within_80),
            "within_95": pair(day.within_95),
        })
    };
    let held_out = &found.held_out;
    json!({
        "sum": reckoned(found.of, currency, &found.sum),
        "days": found.days.iter().map(day).collect::<Vec<_>>(),
        "rule": found.rule.name(),
        "held_out": {
            "windows": held_out.windows,
            "first_day": held_out.days.0,
            "last_day": held_out.days.1,
            "error_of_sums": held_out.error,
            "error_of_days": held_out.day_error,
            "scaled_error_of_days": held_out.scaled_error,
            "within_80": held_out.within_80,
            "within_95": held_out.within_95,
        },
        "tried": found.tried.iter().map(|(rule, error)| json!({"rule": rule.name(), "error": error})).collect::<Vec<_>>(),
    })
}
