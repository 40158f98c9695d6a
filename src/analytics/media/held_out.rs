//! The last weeks foretold from those before: with spend, without it, and as a year ago.

use serde::Serialize;

use super::weeks::Weeks;
use super::{Settings, problem};
use crate::jobs::{Cancelled, Progress};

/// How far a forecast was off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Error {
    /// Sum of the errors' sizes over the weeks, as a share of what sold.
    pub weekly: f64,
    /// Error of the sum, as a share of what sold; above 0 = foretold too much.
    pub sum: f64,
}

/// How the last weeks were foretold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct HeldOut {
    /// Weeks that were held out.
    pub weeks: u64,
    /// By level, trend, season, sales and spend.
    pub with_spend: Error,
    /// By the same without spend.
    pub without_spend: Error,
    /// As the same week a year before; `None` where that is not known.
    pub as_last_year: Option<Error>,
}

/// Holds out the last 13 weeks, or 8 where there are fewer than one and a half years.
pub(super) fn held_out(
    weeks: &Weeks,
    sales: &[f64],
    worth_of_one: f64,
    settings: &Settings,
    progress: &Progress,
) -> Result<HeldOut, Cancelled> {
    let n = weeks.len();
    let held = if n >= 78 { 13 } else { 8 };
    let known = n - held.min(n / 2);
    let problem = problem(weeks, &sales[..known], worth_of_one);
    let posterior = problem.solve(settings.seed.wrapping_add(1), progress)?;
    let truth = &sales[known..];
    let year = known.checked_sub(52).map(|from| &sales[from..from + truth.len().min(52)]);
    Ok(HeldOut {
        weeks: truth.len() as u64,
        with_spend: error(truth, &problem.foretold(Some(&posterior), known..n)),
        without_spend: error(truth, &problem.foretold(None, known..n)),
        as_last_year: year.map(|year| error(truth, year)),
    })
}

fn error(truth: &[f64], foretold: &[f64]) -> Error {
    let sold: f64 = truth.iter().map(|sales| sales.abs()).sum::<f64>().max(f64::MIN_POSITIVE);
    let gaps = || truth.iter().zip(foretold).map(|(truth, foretold)| foretold - truth);
    Error { weekly: gaps().map(f64::abs).sum::<f64>() / sold, sum: gaps().sum::<f64>() / sold }
}
