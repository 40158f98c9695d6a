//! Arms of an experiment from sums that were typed, or that another program computed.

use super::sample::{Arm, Measure, Measured, Moments};
use crate::model::experiment::{Metric, MetricTotal, Plan, Shape, Spread, Sum, Totals, VariantTotals};

/// What sums tell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// Measures that they tell of every variant: those of the plan first.
    pub metrics: Vec<Metric>,
    /// The variants of the plan, with these measures.
    pub arms: Vec<Arm>,
    /// Measures of the plan that they do not tell, and why.
    pub missing: Vec<(Metric, String)>,
}

/// Reads sums in the order of the variants of a plan. What is wrong with them is told by the experiment they belong to.
pub fn told(plan: &Plan, totals: &Totals) -> Told {
    of(plan, &totals.variants)
}

/// The same of a part of the visitors.
pub fn of(plan: &Plan, variants: &[VariantTotals]) -> Told {
    let find = |at: usize| variants.iter().find(|totals| plan.variant(&totals.variant) == Some(at));
    let found: Vec<Option<&VariantTotals>> = (0..plan.variants.len()).map(find).collect();
    let mut told = Told::default();
    let mut wanted = plan.metrics();
    for value in variants.iter().flat_map(|totals| &totals.values) {
        if !wanted.contains(&value.metric) {
            wanted.push(value.metric.clone());
        }
    }
    let mut columns: Vec<Vec<Measured>> = Vec::new();
    for metric in wanted {
        let measures: Result<Vec<Measured>, String> = found.iter().map(|of| measured(*of, &metric)).collect();
        match measures {
            Ok(measures) => {
                told.metrics.push(metric);
                columns.push(measures);
            }
            Err(why) => told.missing.push((metric, why)),
        }
    }
    for (at, totals) in found.iter().enumerate() {
        told.arms.push(Arm {
            name: plan.variants[at].name.clone(),
            users: totals.map_or(0, |totals| totals.visitors),
            measures: columns.iter().map(|column| column[at]).collect(),
        });
    }
    told
}

fn measured(totals: Option<&VariantTotals>, metric: &Metric) -> Result<Measured, String> {
    let Some(totals) = totals else { return Err("a variant has no data".into()) };
    let Some(total) = totals.of(metric) else {
        return Err(match metric.shape() {
            Shape::Ratio => format!("{} needs the orders of each customer, not sums", metric.name()),
            _ => format!("the data of {} do not tell it", totals.variant),
        });
    };
    measure(totals.visitors, total, metric).map(Measured::from)
}

fn measure(visitors: u64, total: &MetricTotal, metric: &Metric) -> Result<Measure, String> {
    let (sum, is_count) = match total.sum {
        Sum::Count(count) => (count as f64, true),
        Sum::Amount(amount) => (amount.minor as f64 / 10_f64.powi(amount.currency.exponent() as i32), false),
        Sum::Number(number) => (number, false),
    };
    match (metric.shape(), total.spread) {
        (Shape::Share, _) => Ok(Measure::Proportion { successes: sum.round().max(0.0) as u64 }),
        (_, Some(Spread::Deviation(deviation))) => {
            let mean = if visitors > 0 { sum / visitors as f64 } else { 0.0 };
            Ok(Measure::Mean { values: Moments::from_deviation(mean, deviation) })
        }
        (_, Some(Spread::Squares(squares))) => Ok(Measure::Mean { values: Moments::from_sums(visitors, sum, squares) }),
        (_, None) if is_count => Ok(Measure::Count { events: sum.max(0.0) as u64 }),
        (_, None) => Err(format!("{} needs its standard deviation, or its sum of squares", metric.name())),
    }
}
