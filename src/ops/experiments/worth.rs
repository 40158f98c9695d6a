//! What a variant is worth in a year.

use super::analyse::Analysed;
use crate::model::experiment::{Impact, Metric, same_name};
use crate::model::plan::Amount;

/// Days of a year.
const YEAR: f64 = 365.0;

impl Analysed {
    /// What adopting a variant is worth in a year: the difference in gross profit per visitor (without that, in revenue)
    /// times the visitors of a year, at the pace of the test. The true effect of what was chosen because it looked best
    /// is likely smaller; the formula says what it is. `None` where no money was measured or no days are known.
    pub fn impact(&self, variant: &str) -> Option<Impact> {
        let arm = self.analysis.arms.iter().position(|arm| same_name(arm) == same_name(variant))?;
        let plan = &self.experiment.plan;
        let (first, last) = self.observed.days.or(plan.starts.zip(plan.ends))?;
        let days = f64::from(last.0 - first.0 + 1).max(1.0);
        let visitors: u64 = self.observed.arms.iter().map(|arm| arm.users).sum();
        let metrics = self.observed.metrics.iter().zip(&self.analysis.metrics);
        let of = |wanted: Metric| {
            let (_, reading) = metrics.clone().find(|(metric, _)| **metric == wanted)?;
            let comparison = reading.comparisons.iter().find(|one| one.arm == arm)?;
            Some((wanted, comparison.absolute?.estimate))
        };
        let (metric, each) = of(Metric::Profit).or_else(|| of(Metric::Revenue))?;
        let scale = self.currency.scale() as f64;
        let worth = each * scale * visitors as f64 * YEAR / days;
        let shown = self.currency.display((each * scale).round() as i64);
        let amount = Amount { minor: worth.round() as i64, currency: self.currency };
        let formula =
            format!("{shown} {} × {visitors} visitors ÷ {days:.0} days × {YEAR:.0}", metric.name().to_lowercase());
        worth.is_finite().then_some(Impact { amount, formula })
    }
}
