//! What the shop does without an experiment: how many come in a week, what each of them does, and how that is spread.

use anyhow::{Result, bail};

use crate::analytics::experiment::joined::{Exposed, Joined, Window, join};
use crate::analytics::experiment::sample::{Measure, Measured, Moments, covariance};
use crate::analytics::revenue::Revenue;
use crate::jobs::Progress;
use crate::model::Day;
use crate::model::experiment::{METRICS, Metric};
use crate::ops::Session;
use crate::ops::session::last_day;

/// Days of sessions that speak for the next ones.
const SESSION_DAYS: i32 = 56;
/// Fewer people say nothing of the next ones.
const LEAST: u64 = 100;

/// Of whom an experiment is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Takers {
    /// Customers who bought before: mails, prices, what is shown to those who are known.
    #[default]
    Customers,
    /// Sessions, as web analytics counts them: whatever everybody sees.
    Sessions,
}

impl Takers {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Sessions => "sessions",
        }
    }
}

/// What the shop does without an experiment.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// Of whom.
    pub takers: Takers,
    /// First and last day that were looked at.
    pub days: (Day, Day),
    /// How many were looked at. Of customers: who could take part.
    pub users: u64,
    /// How many come in a week; `None` for customers, who are there from the first day on.
    pub per_week: Option<f64>,
    /// Each measure, over the days in which orders count.
    pub metrics: Vec<(Metric, Measured)>,
}

impl Baseline {
    /// One measure.
    pub fn of(&self, metric: &Metric) -> Option<&Measured> {
        self.metrics.iter().find(|(known, _)| known == metric).map(|(_, measured)| measured)
    }
}

impl Session {
    /// What customers did in the last `window` days, and sessions in the last weeks; what was known of customers is
    /// their revenue in `before` days before.
    ///
    /// # Errors
    /// A sentence when there are too few, or no sessions were imported; when the work was cancelled.
    pub fn experiment_baseline(
        &mut self,
        takers: Takers,
        window: u32,
        before: Option<u32>,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Baseline> {
        match takers {
            Takers::Customers => self.of_known(window.clamp(1, 730), before, as_of, progress),
            Takers::Sessions => self.of_sessions(as_of, progress),
        }
    }

    fn of_known(
        &mut self,
        window: u32,
        before: Option<u32>,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Baseline> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let last = as_of.unwrap_or_else(|| last_day(&data));
        let starts = Day(last.0 - window as i32 + 1);
        let revenue = Revenue::new(&data, &definitions, last);
        let had = |customer: &u32| {
            let mut orders = data.orders.of_customer(*customer as usize);
            orders.any(|order| data.orders.day[order] < starts && revenue.is_purchase(order))
        };
        let customer: Vec<u32> = (0..data.customers.id.len() as u32).filter(had).collect();
        enough(customer.len() as u64, "customers who bought before")?;
        let exposed =
            Exposed { variants: vec![String::new()], variant: vec![0; customer.len()], customer, at: Vec::new() };
        let window = Window { starts: Some(starts), ends: None, days: Some(window), before };
        let joined: Joined = join(&data, &definitions, &exposed, window, last, progress)?;
        let all: Vec<Metric> = METRICS.iter().map(|(metric, _)| metric.clone()).collect();
        let values = joined.values(&all);
        let users = values.len() as u64;
        let arm = values.arms(|_| true).into_iter().next();
        let metrics = values.metrics().into_iter().zip(arm.map(|arm| arm.measures).unwrap_or_default()).collect();
        Ok(Baseline { takers: Takers::Customers, days: (starts, last), users, per_week: None, metrics })
    }

    fn of_sessions(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Baseline> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let last = as_of.unwrap_or_else(|| last_day(&data));
        let since = Day(last.0 - SESSION_DAYS + 1);
        let Some((sessions, first, until)) = self.workspace.sessions(since, last)? else {
            bail!("no sessions are known; import a traffic report of web analytics, or plan with customers");
        };
        enough(sessions, "sessions")?;
        let revenue = Revenue::new(&data, &definitions, last);
        let scale = 10_f64.powi(definitions.currency.exponent() as i32);
        let (mut orders, mut sum, mut squares) = (0_u64, 0.0, 0.0);
        let within = |order: &usize| data.orders.day[*order] >= first && data.orders.day[*order] <= until;
        for order in (0..data.orders.id.len()).filter(|order| within(order) && revenue.is_purchase(*order)) {
            let value = revenue.before_refunds(order) as f64 / scale;
            (orders, sum, squares) = (orders + 1, sum + value, squares + value * value);
        }
        let each = Moments::from_sums(sessions, sum, squares);
        let count = Moments::from_sums(sessions, orders as f64, orders as f64);
        let ratio =
            Measure::Ratio { numerator: each, denominator: count, covariance: covariance(sessions, sum, each, count) };
        let metrics: Vec<(Metric, Measured)> = vec![
            (Metric::Conversion, Measure::Proportion { successes: orders.min(sessions) }.into()),
            (Metric::Revenue, Measure::Mean { values: each }.into()),
            (Metric::OrderValue, ratio.into()),
            (Metric::Orders, Measure::Mean { values: count }.into()),
        ];
        let weeks = f64::from(until.0 - first.0 + 1) / 7.0;
        let per_week = Some(sessions as f64 / weeks);
        Ok(Baseline { takers: Takers::Sessions, days: (first, until), users: sessions, per_week, metrics })
    }
}

fn enough(have: u64, what: &str) -> Result<()> {
    if have < LEAST {
        bail!("there are {have} {what}; {LEAST} are needed to tell what the next ones do");
    }
    Ok(())
}
