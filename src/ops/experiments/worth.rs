//! What a variant is worth in a year, and what it still lacks.

use super::analyse::Analysed;
use super::page::{difference, interval};
use crate::analytics::experiment::plan::{More, more_conversions};
use crate::analytics::experiment::sample::Measure;
use crate::model::currency::group_thousands;
use crate::model::definitions::YEAR_DAYS;
use crate::model::experiment::{Impact, Metric};
use crate::model::plan::Amount;

/// What a variant is worth in a year, if as many visitors come as in the test and the difference stays.
#[derive(Debug, Clone, PartialEq)]
pub struct Worth {
    /// The amount with how it was reckoned, to be written down.
    pub impact: Impact,
    /// Lower and upper end by the interval of the difference; `None` = it has none.
    pub range: Option<(Amount, Amount)>,
}

impl Analysed {
    /// What a variant (its place, the control being 0) is worth in a year: the difference in gross profit per visitor,
    /// where that is known, else in revenue, times the visitors of a year. Of customers of the shop, whose orders were
    /// counted, as many times as the days in which they count go into a year. `None` where neither is known, or the days.
    pub fn worth(&self, variant: usize) -> Option<Worth> {
        let at = |metric: Metric| self.observed.metrics.iter().position(|known| *known == metric);
        let place = at(Metric::Profit).or_else(|| at(Metric::Revenue))?;
        let metric = &self.observed.metrics[place];
        let found = self.analysis.metrics.get(place)?.comparisons.iter().find(|one| one.arm == variant)?;
        let effect = found.absolute.as_ref()?;
        let plan = &self.experiment.plan;
        let users: u64 = self.observed.arms.iter().map(|arm| arm.users).sum();
        // Customers are the same all year, and did this in the days in which their orders count; visitors come anew.
        let days = if self.observed.as_of.is_some() {
            f64::from(plan.window_days?)
        } else {
            let (first, last) = self.observed.days.or_else(|| plan.starts.zip(plan.ends))?;
            f64::from(last.0 - first.0 + 1).max(1.0)
        };
        let yearly = users as f64 / days * f64::from(YEAR_DAYS);
        let scale = 10_f64.powi(self.currency.exponent() as i32);
        let amount = |each: f64| {
            let minor = each * yearly * scale;
            (minor.abs() < 1e15).then(|| Amount { minor: minor.round() as i64, currency: self.currency })
        };
        let formula = format!(
            "{} {} × {} visitors in {days:.0} days × {YEAR_DAYS} days",
            difference(metric.unit(), effect.estimate, self.currency),
            metric.name().to_lowercase(),
            group_thousands(users),
        );
        let range = interval(effect).and_then(|range| amount(range.low).zip(amount(range.high)));
        Some(Worth { impact: Impact { amount: amount(effect.estimate)?, formula }, range })
    }

    /// How many conversions a variant needs to be found better than the control, by the rules of the test; `None` where
    /// what decides is no share, or not even all of them would do.
    pub fn more(&self, variant: usize) -> Option<More> {
        let share = |arm: usize| {
            let arm = self.observed.arms.get(arm)?;
            match arm.measures.first()?.measure {
                Measure::Proportion { successes } => Some((successes, arm.users)),
                _ => None,
            }
        };
        let (_, users) = share(variant)?;
        more_conversions(share(0)?, users, self.analysis.comparisons.max(1) as u32, &self.settings)
    }
}
