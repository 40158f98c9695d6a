//! What sums and files tell that say themselves what visitors did.

use super::{MILLI, Observed, PartOf, capped, of_values, parts, unadjusted};
use crate::analytics::experiment::by_day;
use crate::analytics::experiment::joined::Counts;
use crate::analytics::experiment::sample::Arm;
use crate::analytics::experiment::totals;
use crate::analytics::experiment::values::{Column, Values};
use crate::model::experiment::{Covariate, Exposures, Metric, Part, Plan, Totals, Unit};
use crate::model::{Day, Definitions};

/// What sums tell.
pub fn of_totals(plan: &Plan, totals: &Totals) -> Observed {
    let told = totals::told(plan, totals);
    let part = |part: &Part| {
        let of = totals::of(plan, &part.variants);
        let first = of.metrics.iter().position(|metric| *metric == plan.primary)?;
        let arms = of.arms.into_iter().map(|arm| Arm { measures: vec![arm.measures[first]], ..arm }).collect();
        Some(PartOf { by: part.dimension.clone(), value: part.value.clone(), arms })
    };
    Observed {
        metrics: told.metrics,
        arms: told.arms,
        missing: told.missing,
        parts: totals.parts.iter().filter_map(part).collect(),
        no_covariate: plan.covariate.as_ref().map(|_| "sums do not tell what was known before".to_owned()),
        ..Observed::default()
    }
}

/// What a file of customers tells that says itself what they did.
pub fn of_file(plan: &Plan, exposures: &Exposures, definitions: &Definitions) -> Observed {
    let scale = 10_f64.powi(definitions.currency.exponent() as i32);
    let variants: Vec<Option<u32>> =
        exposures.variants.iter().map(|name| plan.variant(name).map(|at| at as u32)).collect();
    let day = |at: &i64| definitions.zone.day(*at);
    let days: Vec<Day> = exposures.at.iter().map(day).collect();
    let mut counts = Counts::default();
    let rows: Vec<usize> = (0..exposures.len())
        .filter(|&row| {
            let (early, late) = match days.get(row) {
                Some(day) => (plan.starts.is_some_and(|s| *day < s), plan.ends.is_some_and(|e| *day > e)),
                None => (false, false),
            };
            counts.too_early += u64::from(early);
            counts.too_late += u64::from(late);
            !early && !late && variants[exposures.variant[row] as usize].is_some()
        })
        .collect();
    let mut metrics = plan.metrics();
    metrics.extend(exposures.outcomes.iter().map(|one| one.metric.clone()));
    let mut seen: Vec<Metric> = Vec::new();
    metrics.retain(|metric| {
        !seen.contains(metric) && {
            seen.push(metric.clone());
            true
        }
    });
    let mut values = Values {
        variants: plan.variants.iter().map(|variant| variant.name.clone()).collect(),
        variant: rows.iter().filter_map(|&row| variants[exposures.variant[row] as usize]).collect(),
        day: if days.is_empty() { Vec::new() } else { rows.iter().map(|&row| days[row]).collect() },
        ..Values::default()
    };
    let mut missing = Vec::new();
    for metric in metrics {
        match outcome(exposures, &metric, scale, &rows) {
            Some(column) => values.columns.push(column),
            None => {
                let why = format!("the file does not tell {}", metric.name());
                missing.push((metric, why));
            }
        }
    }
    if let Some(Covariate::Column(name)) = &plan.covariate {
        values.covariate = column(exposures, name).map(|all| rows.iter().map(|&row| all[row]).collect());
    }
    let no_covariate = unadjusted(plan, &values);
    let caps = capped(&mut values, plan.cap);
    let primary = values.columns.iter().position(|column| column.metric == plan.primary);
    Observed {
        parts: parts(&values, &plan.primary, exposures, |at| Some(rows[at] as u32)),
        series: primary.map_or_else(Vec::new, |primary| by_day::of_joining(&values, primary)),
        missing,
        no_covariate,
        counts,
        caps,
        ..of_values(&values)
    }
}

/// A measure of the rows of a file that are wanted.
fn outcome(exposures: &Exposures, metric: &Metric, scale: f64, rows: &[usize]) -> Option<Column> {
    let of = |metric: &Metric| exposures.outcomes.iter().find(|one| one.metric == *metric).map(|one| &one.values);
    let unit = |metric: &Metric| match metric.unit() {
        Unit::Share => 1.0,
        Unit::Money => scale,
        Unit::Number => MILLI,
    };
    let told = |metric: &Metric| -> Option<Vec<f64>> {
        let values = of(metric)?;
        Some(rows.iter().map(|&row| values[row] as f64 / unit(metric)).collect())
    };
    // Revenue divided by orders, where a file tells both.
    if *metric == Metric::OrderValue {
        return Some(Column {
            metric: metric.clone(),
            over: told(&Metric::Revenue)?,
            under: Some(told(&Metric::Orders)?),
        });
    }
    // Who ordered, or spent, has bought, where a file does not say so itself.
    if *metric == Metric::Conversion && of(metric).is_none() {
        let did = told(&Metric::Orders).or_else(|| told(&Metric::Revenue))?;
        let over = did.iter().map(|did| f64::from(u8::from(*did > 0.0))).collect();
        return Some(Column { metric: metric.clone(), over, under: None });
    }
    if *metric == Metric::Repeat {
        let orders = told(&Metric::Orders)?;
        let least = |n: f64| orders.iter().map(|&orders| f64::from(u8::from(orders >= n))).collect::<Vec<f64>>();
        return Some(Column { metric: metric.clone(), over: least(2.0), under: Some(least(1.0)) });
    }
    Some(Column { metric: metric.clone(), over: told(metric)?, under: None })
}

/// A number of a file that was known of each before.
pub(super) fn column(exposures: &Exposures, name: &str) -> Option<Vec<f64>> {
    let found = exposures.covariates.iter().find(|one| one.name == name)?;
    Some(found.values.iter().map(|&value| value as f64 / MILLI).collect())
}
