//! What the shop's data say of assumptions: each value with an interval, from how much it comes and where from, or why
//! it cannot be told. Rates and averages are of the last 12 whole months; a month that is not over tells nothing.

mod lifetime;
mod mail;
mod months;
mod orders;
mod ratio;
mod spend;

use std::collections::BTreeMap;

use serde::Serialize;

use super::said;
use crate::analytics::cohorts::repeat_within;
use crate::analytics::math::beta::wilson;
use crate::jobs::{Cancelled, Progress};
use crate::model::assumption::{AssumptionId, Kind};
use crate::model::definitions::YEAR_DAYS;
use crate::model::results::ImportedCampaign;
use crate::model::{Currency, Dataset, Day, Definitions, Locale};

use months::Window;
use ratio::Estimate;

/// How an interval of 95 % was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// From how much customers or sends differ (linearised ratio, normal approximation).
    Differ,
    /// From how much months differ (Student's t).
    Months,
    /// Of a share of people (Wilson).
    Share,
    /// Of a fitted model (delta method).
    Model,
}

impl Interval {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Differ => "from how much they differ (normal approximation)",
            Self::Months => "from how much months differ (Student’s t)",
            Self::Share => "of a share of people (Wilson)",
            Self::Model => "of the fitted model (delta method)",
        }
    }
}

/// What data say of an assumption.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Given {
    /// The value, money in major units; `None` where data cannot tell it.
    pub value: Option<f64>,
    /// Its interval of 95 %, within what the assumption can be.
    pub interval: Option<(f64, f64)>,
    /// How that was found.
    pub how: Option<Interval>,
    /// From how many of `of`.
    pub n: u64,
    /// What was counted: orders, customers, months, messages.
    pub of: &'static str,
    /// Where it comes from, as a sentence; why there is no value, where there is none.
    pub from: String,
}

impl Given {
    /// Nothing, for this reason.
    fn nothing(why: impl Into<String>) -> Self {
        Self { from: why.into(), ..Self::default() }
    }

    /// An estimate, in the unit of its assumption.
    fn told(estimate: Estimate, how: Interval, (n, of): (u64, &'static str), from: impl Into<String>) -> Self {
        let how = estimate.interval.map(|_| how);
        Self { value: Some(estimate.value), interval: estimate.interval, how, n, of, from: from.into() }
    }

    /// The same where its assumption can be so; money is turned from minor into major units.
    fn of(self, id: AssumptionId, currency: Currency) -> Self {
        let of = id.get();
        let by = if of.unit.kind == Kind::Money { 1.0 / currency.scale() as f64 } else { 1.0 };
        let Some(value) = self.value.map(|value| value * by) else { return self };
        if !of.allows(value) {
            let told = said::value(of.unit, value, currency, Locale::En);
            return Self::nothing(format!("the data give {told}, but {}", said::in_a_sentence(&of.range_in_words())));
        }
        let end = |end: f64| (end * by).clamp(of.least, of.most);
        Self { value: Some(value), interval: self.interval.map(|(low, high)| (end(low), end(high))), ..self }
    }
}

/// What the shop's data say on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Taken {
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Currency of all money.
    pub currency: Currency,
    /// Version of the definitions.
    pub definitions: u32,
    /// First and last day of the whole months that were looked at; `None` where there are none.
    pub period: Option<(Day, Day)>,
    /// By assumption, for all that data can give.
    pub values: BTreeMap<AssumptionId, Given>,
}

/// Everything that data say of assumptions.
///
/// # Errors
/// When the work was cancelled.
pub fn taken(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    campaigns: &[ImportedCampaign],
    progress: &Progress,
) -> Result<Taken, Cancelled> {
    progress.expect(4);
    let window = Window::new(data, as_of);
    let counted = orders::count(data, definitions, as_of, &window, progress)?;
    progress.step(1)?;
    let mut found: Vec<(AssumptionId, Given)> = counted.given(definitions, &window);
    found.extend(spend::given(data, definitions, &window, &counted.new));
    progress.step(2)?;
    found.push((AssumptionId::RepeatRate, repeat_rate(data, definitions, as_of)));
    found.extend(lifetime::given(data, definitions, as_of, progress)?);
    progress.step(3)?;
    found.extend(mail::given(campaigns, definitions, &window));
    let currency = definitions.currency;
    let values = found.into_iter().map(|(id, given)| (id, given.of(id, currency))).collect();
    Ok(Taken { as_of, currency, definitions: definitions.version, period: window.year_days(), values })
}

/// Customers whose first order is a year ago or longer, and how many of them ordered again within a year.
fn repeat_rate(data: &Dataset, definitions: &Definitions, as_of: Day) -> Given {
    const LEAST: u64 = 30;
    let found = repeat_within(data, definitions, as_of, &[YEAR_DAYS]).into_iter().next();
    let Some((k, n)) = found.map(|one| (one.repeated, one.eligible)).filter(|(_, n)| *n >= LEAST) else {
        let n = found.map_or(0, |one| one.eligible);
        let words = format!("only {} had a year to order again, at least {LEAST} are needed", customers(n));
        return Given::nothing(words);
    };
    let estimate = Estimate { value: k as f64 / n as f64, interval: wilson(k, n) };
    let from =
        format!("Of {} whose first order is a year ago or longer, {k} ordered again within 365 days", customers(n));
    Given::told(estimate, Interval::Share, (n, "customers"), from)
}

fn customers(n: u64) -> String {
    Locale::En.counted(n, "customer", "customers")
}
