//! What was observed in an experiment, as arms: from sums, from a file of customers, from the shop's own orders.

mod told;

use anyhow::{Result, bail};

use crate::analytics::experiment::by_day;
use crate::analytics::experiment::cap::{cap as cap_values, cap_at};
use crate::analytics::experiment::joined::{Counts, Exposed, Joined, Window, join};
use crate::analytics::experiment::sample::Arm;
use crate::analytics::experiment::values::Values;
use crate::jobs::Progress;
use crate::model::experiment::{Cap, Covariate, Data, Exposures, Metric, Plan, Unit};
use crate::model::{Dataset, Day, Experiment};
use crate::ops::Session;
use crate::ops::session::last_day;

use told::column;
pub use told::{of_file, of_totals};

/// Thousandths, in which numbers of files are kept.
const MILLI: f64 = 1_000.0;

/// What was observed.
#[derive(Debug, Clone, Default)]
pub struct Observed {
    /// What is measured: what decides first.
    pub metrics: Vec<Metric>,
    /// Each variant, the control first.
    pub arms: Vec<Arm>,
    /// Those who joined in the first and in the second half, where that is known.
    pub halves: Option<(Vec<Arm>, Vec<Arm>)>,
    /// The measure that decides, day by day, as far as it is known by day.
    pub series: Vec<(Day, Vec<Arm>)>,
    /// The same in parts of the visitors.
    pub parts: Vec<PartOf>,
    /// At which value single customers were capped, by measure.
    pub caps: Vec<(Metric, f64)>,
    /// Measures of the plan that are not known, and why.
    pub missing: Vec<(Metric, String)>,
    /// Why chance is not taken out of the comparison by what was known before, where the plan wants that.
    pub no_covariate: Option<String>,
    /// Who of the customers is counted.
    pub counts: Counts,
    /// Customers who are in the workspace no more.
    pub gone: u64,
    /// First and last day on which somebody joined, where that is known.
    pub days: Option<(Day, Day)>,
    /// The last day with data, where orders are read.
    pub as_of: Option<Day>,
}

/// A part of the visitors.
#[derive(Debug, Clone)]
pub struct PartOf {
    /// By what they are told apart: "channel".
    pub by: String,
    /// Which they are: "Web".
    pub value: String,
    /// Each variant, in the measure that decides.
    pub arms: Vec<Arm>,
}

/// Customers of the shop, and where they stand in the file.
struct InShop {
    exposed: Exposed,
    gone: u64,
    /// Place in the file of each; empty where there is none.
    row: Vec<u32>,
}

impl Session {
    /// What was observed in an experiment, by what is known at the end of `as_of`.
    ///
    /// # Errors
    /// A sentence when there is nothing, or it cannot be read; when the work was cancelled.
    pub fn observed(
        &mut self,
        id: i64,
        experiment: &Experiment,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Observed> {
        let plan = &experiment.plan;
        match &experiment.data {
            None => bail!("“{}” has no data yet; type its totals, or attach a file or a hold-out", experiment.name),
            Some(Data::Totals(totals)) => Ok(of_totals(plan, totals)),
            Some(Data::Customers(_)) => {
                let Some(exposures) = self.exposures(id)? else {
                    bail!("the customers of “{}” are gone; attach their file again", experiment.name)
                };
                self.of_customers(plan, &exposures, as_of, progress)
            }
            Some(Data::Holdout(name)) => {
                let Some(holdout) = self.holdouts()?.into_iter().find(|holdout| holdout.name == *name) else {
                    bail!("the hold-out “{name}” is gone; attach another one, or bring it back by undoing")
                };
                let data = self.dataset(progress)?;
                let place = |id: &u32| data.customers.id.binary_search(id).ok().map(|at| at as u32);
                let mut both: Vec<(u32, u32)> = Vec::new();
                for (variant, ids) in [(0, &holdout.control), (1, &holdout.written)] {
                    both.extend(ids.iter().filter_map(place).map(|customer| (customer, variant)));
                }
                both.sort_unstable();
                let gone = (holdout.control.len() + holdout.written.len() - both.len()) as u64;
                let exposed = Exposed {
                    variants: plan.variants.iter().map(|variant| variant.name.clone()).collect(),
                    variant: both.iter().map(|(_, variant)| *variant).collect(),
                    customer: both.iter().map(|(customer, _)| *customer).collect(),
                    at: Vec::new(),
                };
                let plan = Plan {
                    starts: Some(holdout.starts),
                    ends: None,
                    window_days: u32::try_from(holdout.days).ok(),
                    ..plan.clone()
                };
                self.of_orders(&plan, InShop { exposed, gone, row: Vec::new() }, None, as_of, progress)
            }
        }
    }

    fn of_customers(
        &mut self,
        plan: &Plan,
        exposures: &Exposures,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Observed> {
        if exposures.outcomes.is_empty() {
            if exposures.at.is_empty() && plan.starts.is_none() {
                bail!("the file does not say when customers joined; state the first day of the experiment");
            }
            let shop = in_shop(plan, exposures, &*self.dataset(progress)?);
            return self.of_orders(plan, shop, Some(exposures), as_of, progress);
        }
        let definitions = self.definitions()?;
        Ok(of_file(plan, exposures, &definitions))
    }

    fn of_orders(
        &mut self,
        plan: &Plan,
        shop: InShop,
        exposures: Option<&Exposures>,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Observed> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let as_of = as_of.unwrap_or_else(|| last_day(&data));
        let before = match plan.covariate {
            Some(Covariate::RevenueBefore(days)) => Some(days),
            _ => None,
        };
        let window = Window { starts: plan.starts, ends: plan.ends, days: plan.window_days, before };
        let joined = join(&data, &definitions, &shop.exposed, window, as_of, progress)?;
        // Gross profit stands beside whatever is measured, where costs are known.
        let mut wanted = plan.metrics();
        if !wanted.contains(&Metric::Profit) && joined.tells(&Metric::Profit) {
            wanted.push(Metric::Profit);
        }
        let mut values = joined.values(&wanted);
        if let (Some(Covariate::Column(name)), Some(exposures)) = (&plan.covariate, exposures) {
            values.covariate = column(exposures, name)
                .map(|all| joined.row_of.iter().map(|&row| all[shop.row[row as usize] as usize]).collect());
        }
        let no_covariate = unadjusted(plan, &values);
        let caps = capped(&mut values, plan.cap);
        let cap = caps.iter().find(|(metric, _)| *metric == plan.primary).map(|(_, cap)| *cap);
        let series = if joined.tells(&plan.primary) {
            by_day::of_orders(&joined, &plan.primary, cap, progress)?
        } else {
            Vec::new()
        };
        let missing = wanted.iter().filter(|metric| !joined.tells(metric)).map(|metric| {
            let why = match metric {
                Metric::Profit => "the cost of most goods is not known".to_owned(),
                other => format!("the shop's orders do not tell {}", other.name()),
            };
            (metric.clone(), why)
        });
        let row = |at: usize| shop.row.get(joined.row_of[at] as usize).copied();
        let mut observed = Observed {
            parts: exposures.map_or_else(Vec::new, |exposures| parts(&values, &plan.primary, exposures, row)),
            missing: missing.collect(),
            no_covariate,
            counts: joined.counts,
            gone: shop.gone,
            series,
            caps,
            as_of: Some(as_of),
            ..of_values(&values)
        };
        observed.parts.extend(bought_before(&joined, &values, &plan.primary));
        Ok(observed)
    }
}

fn of_values(values: &Values) -> Observed {
    let days = values.day.iter().min().zip(values.day.iter().max()).map(|(first, last)| (*first, *last));
    Observed {
        metrics: values.metrics(),
        arms: values.arms(|_| true),
        halves: values.halves(),
        days,
        ..Observed::default()
    }
}

/// Why nothing was known before, where the plan wants that.
fn unadjusted(plan: &Plan, values: &Values) -> Option<String> {
    if values.covariate.is_some() {
        return None;
    }
    Some(match plan.covariate.as_ref()? {
        Covariate::Column(name) => format!("no file has a column of numbers “{name}”"),
        Covariate::RevenueBefore(_) => "the file says itself what customers did, so orders are not read".to_owned(),
    })
}

/// Customers of a file who are in the shop.
fn in_shop(plan: &Plan, exposures: &Exposures, data: &Dataset) -> InShop {
    let mut exposed =
        Exposed { variants: plan.variants.iter().map(|variant| variant.name.clone()).collect(), ..Exposed::default() };
    let variants: Vec<Option<u32>> =
        exposures.variants.iter().map(|name| plan.variant(name).map(|at| at as u32)).collect();
    let (mut gone, mut rows) = (0, Vec::with_capacity(exposures.len()));
    for row in 0..exposures.len() {
        let Some(variant) = variants[exposures.variant[row] as usize] else { continue };
        let Ok(customer) = data.customers.id.binary_search(&exposures.customer[row]) else {
            gone += 1;
            continue;
        };
        exposed.variant.push(variant);
        exposed.customer.push(customer as u32);
        exposed.at.extend(exposures.at.get(row));
        rows.push(row as u32);
    }
    InShop { exposed, gone, row: rows }
}

/// The measure that decides, by the words that a file has for each customer.
fn parts(values: &Values, primary: &Metric, exposures: &Exposures, row: impl Fn(usize) -> Option<u32>) -> Vec<PartOf> {
    let mut found = Vec::new();
    let Some(only) = alone(values, primary) else { return found };
    for group in &exposures.groups {
        for (at, word) in group.words.iter().enumerate() {
            let is = |visitor: usize| row(visitor).is_some_and(|row| group.of[row as usize] == at as u32);
            found.push(PartOf { by: group.name.clone(), value: word.clone(), arms: only.arms(is) });
        }
    }
    found
}

/// The measure that decides, of those who had bought in the days before and of those who had not.
fn bought_before(joined: &Joined, values: &Values, primary: &Metric) -> Vec<PartOf> {
    let Some(only) = alone(values, primary).filter(|_| !joined.before.is_empty()) else { return Vec::new() };
    let part = |(value, had): (&str, bool)| PartOf {
        by: "Bought in the days before".into(),
        value: value.into(),
        arms: only.arms(|row| (joined.before[row] > 0) == had),
    };
    [("Yes", true), ("No", false)].map(part).into()
}

/// One measure alone, as it is.
fn alone(values: &Values, metric: &Metric) -> Option<Values> {
    let column = values.columns.iter().find(|column| column.metric == *metric)?.clone();
    Some(Values { columns: vec![column], covariate: None, ..values.clone() })
}

/// Caps what a single customer counts, and says at which values.
fn capped(values: &mut Values, cap: Option<Cap>) -> Vec<(Metric, f64)> {
    let Some(cap) = cap else { return Vec::new() };
    let mut found = Vec::new();
    for column in values.columns.iter_mut().filter(|column| column.metric.unit() == Unit::Money) {
        let at = match cap {
            Cap::Amount(amount) => Some(amount.minor as f64 / 10_f64.powi(amount.currency.exponent() as i32)),
            Cap::Quantile(quantile) => cap_at([column.over.as_slice()], quantile),
        };
        if let Some(at) = at {
            cap_values(&mut column.over, at);
            found.push((column.metric.clone(), at));
        }
    }
    found
}
