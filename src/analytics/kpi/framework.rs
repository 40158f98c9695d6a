//! The framework's table of six KPIs: what each was lifted by since its baseline, and what that is worth with the others
//! held as they are. What the rows are worth overlaps, and is never added up.

use super::rows::Rows;
use super::told::{FrameworkRow, KpiRow};
use crate::model::MetricId;
use crate::model::figure::Value;

/// The six, in the framework's order.
pub const SIX: [MetricId; 6] = [
    MetricId::Conversion,
    MetricId::Aov,
    MetricId::LtvToDate,
    MetricId::RepeatRate,
    MetricId::CartAbandonment,
    MetricId::EmailCtr,
];

/// The numbers that a change is multiplied with, or why there are none.
type Factors = Result<Vec<(&'static str, Value)>, String>;

/// Fills the table from the rows of the dashboard.
pub fn framework(rows: &Rows<'_>, told: &[KpiRow]) -> Vec<FrameworkRow> {
    let of = |metric: MetricId| told.iter().find(|row| row.metric == metric);
    let one = |metric: MetricId| of(metric).map(|row| framework_row(rows, row, of(MetricId::Aov)));
    SIX.into_iter().filter_map(one).collect()
}

fn framework_row(rows: &Rows<'_>, row: &KpiRow, aov: Option<&KpiRow>) -> FrameworkRow {
    let target = row.target.as_ref().map(|target| target.value);
    let lift = |to: Option<Value>| {
        let (from, to) = (row.baseline?.number(), to?.number());
        (from != 0.0).then(|| (to - from) / from.abs())
    };
    let factors = factors(rows, row, aov.and_then(|row| row.value));
    // A rise of what should fall costs.
    let sign = if row.metric.metric().better.is_rise_good() == Some(false) { -1.0 } else { 1.0 };
    let worth = |from: Option<Value>, to: Option<Value>| {
        let factors = factors.as_ref().ok()?;
        let change = change(from?, to?)? * sign;
        let money = factors.iter().fold(change, |product, (_, factor)| product * minor(*factor));
        (money.abs() < 9e15).then(|| money.round() as i64)
    };
    let since = worth(row.baseline, row.value);
    let rises = lift(row.value).filter(|lift| *lift != 0.0);
    FrameworkRow {
        metric: row.metric,
        baseline: row.baseline,
        current: row.value,
        target,
        lift: lift(row.value),
        target_lift: lift(target),
        good: rises.and_then(|lift| Some(row.metric.metric().better.is_rise_good()? == (lift > 0.0))),
        impact: since,
        to_target: worth(row.value, target),
        formula: formula(row.metric),
        why_not: match (&factors, row.value, row.baseline) {
            (Err(why), ..) => Some(why.clone()),
            (_, None, _) => row.why_not.clone(),
            (_, _, None) => Some("The baseline is not known; choose other days for it, or type it".into()),
            _ => None,
        },
        factors: factors.unwrap_or_default(),
        benchmark: row.benchmark.as_ref().and_then(|one| rows.value_of(row.metric, one.value)),
    }
}

/// A difference in the unit of its metric, minor units for money.
fn change(from: Value, to: Value) -> Option<f64> {
    match (from, to) {
        (Value::Money(_, a), Value::Money(_, b)) if a != b => None,
        _ => Some(minor(to) - minor(from)),
    }
}

fn minor(value: Value) -> f64 {
    match value {
        Value::Money(minor, _) => minor as f64,
        other => other.number(),
    }
}

fn factors(rows: &Rows<'_>, row: &KpiRow, aov: Option<Value>) -> Factors {
    let aov =
        || aov.map(|aov| ("average order value", aov)).ok_or_else(|| "There are no orders in these days".to_owned());
    let n = |what| match row.n {
        Some((n, _)) => Ok((what, Value::Count(n))),
        None => Err(row.why_not.clone().unwrap_or_else(|| format!("The number of {what} is not known"))),
    };
    Ok(match row.metric {
        MetricId::Conversion => vec![n("visits")?, aov()?],
        MetricId::Aov => vec![n("orders")?],
        MetricId::LtvToDate => {
            let new = rows.orders.sums(rows.frame.period).new;
            vec![("new customers", Value::Count(u64::try_from(new).unwrap_or(0)))]
        }
        MetricId::RepeatRate => vec![n("customers")?, aov()?],
        MetricId::CartAbandonment => vec![n("carts")?, aov()?],
        _ => {
            let per_click = rows.outside.orders_per_click(rows.frame.period);
            let per_click = per_click.ok_or("The mailing tool does not tell what clicks brought")?;
            vec![n("messages delivered")?, ("orders per click", Value::Number(per_click)), aov()?]
        }
    })
}

/// What a change is worth, in words.
fn formula(metric: MetricId) -> &'static str {
    match metric {
        MetricId::Conversion => "Visits × change of the conversion rate × average order value",
        MetricId::Aov => "Orders × change of the average order value",
        MetricId::LtvToDate => {
            "New customers × change of the lifetime value to date: over their lives so far, not within the period"
        }
        MetricId::RepeatRate => "Customers × change of the repeat rate × average order value: one order more each",
        MetricId::CartAbandonment => "Carts begun × fall of the abandonment × average order value",
        _ => "Messages delivered × change of the CTR × orders per click, as the tool claims them × average order value",
    }
}
