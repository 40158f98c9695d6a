//! The check on the shop's own past: the model is fitted to the first part of the history and foretells the rest,
//! beside a naive rule. The naive rule may win.

use super::fit::{Unfit, Z};
use super::model::Params;
use super::summary::{Buyer, buyers};
use super::{Settings, fit, sample_of};
use crate::jobs::{Cancelled, Progress};
use crate::model::dataset::Dataset;
use crate::model::definitions::Definitions;
use crate::model::{Day, TooLittle};

/// How far predictions of a customer's orders were off.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Errors {
    /// Mean absolute error per customer.
    pub mae: f64,
    /// Root of the mean squared error per customer.
    pub rmse: f64,
    /// Orders foretold for all customers.
    pub total: f64,
    /// Total foretold ÷ total that came − 1; `None` when none came.
    pub bias: Option<f64>,
}

/// Customers with the same number of repeat orders in the first part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Class {
    /// Repeat orders; of the last class, at least.
    pub x: u32,
    /// Whether more repeat orders count to it as well.
    pub and_more: bool,
    /// Customers.
    pub customers: u64,
    /// Mean orders that came in the second part, with a 95 % interval of the mean.
    pub actual: super::Estimate,
    /// Mean foretold by the model.
    pub model: f64,
    /// Mean foretold by the naive rule.
    pub naive: f64,
}

/// Which of the two was nearer, by squared error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The model.
    Model,
    /// The naive rule.
    Naive,
    /// The difference may be chance.
    Undecided,
}

/// The outcome of the check.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// Last day of the first part.
    pub calibrated_until: Day,
    /// Last day of the second part.
    pub until: Day,
    /// Parameters fitted to the first part, times in days.
    pub params: Params,
    /// Customers who bought in the first part.
    pub customers: u64,
    /// Their orders in the second part; orders of one day count once.
    pub actual_total: u64,
    /// Errors of the model.
    pub model: Errors,
    /// Errors of the rule that everybody goes on at the past rate: x ÷ T a day, and the mean rate where T is 0.
    pub naive: Errors,
    /// Calibration by repeat orders in the first part.
    pub classes: Vec<Class>,
    /// Which was nearer.
    pub verdict: Verdict,
}

impl HeldOut {
    /// Days of the second part.
    pub fn days(&self) -> i32 {
        self.until.0 - self.calibrated_until.0
    }

    /// Whether the model's total was off by more than a quarter, so that the better of two is not good yet.
    pub fn is_far_off(&self) -> bool {
        self.model.bias.is_none_or(|bias| bias.abs() > 0.25)
    }

    /// The verdict as a sentence without a full stop.
    pub fn in_words(&self) -> String {
        let (m, n) = (self.model.rmse, self.naive.rmse);
        let beside = format!("{m:.3} against {n:.3} orders per customer, root mean square");
        match self.verdict {
            Verdict::Model if self.is_far_off() => format!(
                "The model was nearer than the rule that the past rate goes on, off by {beside}; but its total was off by more than a quarter: weigh it"
            ),
            Verdict::Model => format!("The model was nearer than the rule that the past rate goes on: off by {beside}"),
            Verdict::Naive => format!(
                "The naive rule wins: that the past rate goes on was nearer than the model, off by {n:.3} against {m:.3} orders per customer, root mean square; rather believe the past rate"
            ),
            Verdict::Undecided => format!(
                "Neither was clearly nearer: the model was off by {beside}, a difference that may be chance; more customers or a longer history would settle it"
            ),
        }
    }
}

/// Customers with as many repeat orders, or more, are one class.
const LAST_CLASS: u32 = 7;
/// Fewer days than this say nothing.
const LEAST_DAYS: i32 = 14;

/// Last day of the first part: the middle of the history, or the horizon before its end where that is later.
fn split(data: &Dataset, as_of: Day, settings: &Settings) -> Result<Day, Unfit> {
    let first = data.span.map_or(as_of, |(first, _)| first);
    let all = (i64::from(as_of.0) - i64::from(first.0)).clamp(0, i64::from(i32::MAX)) as i32;
    let held = settings.horizon.round().clamp(1.0, f64::from(i32::MAX)) as i32;
    let split = settings.calibrate_until.unwrap_or(Day(as_of.0.saturating_sub(held.min(all.saturating_add(1) / 2))));
    let too_little = |have: i32, what| {
        let have = u64::try_from(have).unwrap_or(0);
        Err(Unfit::TooLittle(TooLittle { have, need: LEAST_DAYS as u64, what }))
    };
    if split.0.saturating_sub(first.0) < LEAST_DAYS {
        too_little(split.0.saturating_sub(first.0), "days of history to calibrate on")
    } else if as_of.0.saturating_sub(split.0) < LEAST_DAYS {
        too_little(as_of.0.saturating_sub(split.0), "days held out")
    } else {
        Ok(split)
    }
}

/// Fits the first part and compares what it foretells with what came.
///
/// # Errors
/// The outer error says that the work was cancelled; the inner one why there is no check.
pub fn check(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    settings: &Settings,
    progress: &Progress,
) -> Result<Result<HeldOut, Unfit>, Cancelled> {
    let split = match split(data, as_of, settings) {
        Ok(split) => split,
        Err(unfit) => return Ok(Err(unfit)),
    };
    let before = buyers(data, definitions, split, progress)?;
    let (sample, row_of) = sample_of(before.iter().flatten());
    let fit = match fit(settings.model, &sample) {
        Ok(fit) => fit,
        Err(unfit) => return Ok(Err(unfit)),
    };
    progress.step(super::STEPS)?;
    // The whole history of the same customers tells what came.
    let after = buyers(data, definitions, as_of, progress)?;
    let days = f64::from(as_of.0 - split.0);
    let params = fit.params();
    let outlook = super::Outlook { params, spend: super::Spend::Mean(0.0), horizon: days, discount: 0.0 };
    let rows = outlook.of_rows(&sample, progress)?;
    let all_time: f64 = before.iter().flatten().map(|b| f64::from(b.t)).sum();
    let mean_rate = fit.repeat_orders as f64 / all_time.max(1.0);
    let naive = |b: &Buyer| days * if b.t > 0 { f64::from(b.x) / f64::from(b.t) } else { mean_rate };
    let pairs = before.iter().zip(&after).filter_map(|(b, a)| Some((b.as_ref()?, a.as_ref()?)));
    let outcomes: Vec<Outcome> = pairs
        .zip(&row_of)
        .filter_map(|((b, a), &row)| {
            let model = rows.get(row as usize)?.orders;
            Some(Outcome { x: b.x, actual: f64::from(a.x.saturating_sub(b.x)), model, naive: naive(b) })
        })
        .collect();
    Ok(Ok(HeldOut {
        calibrated_until: split,
        until: as_of,
        params,
        customers: outcomes.len() as u64,
        actual_total: outcomes.iter().map(|o| o.actual).sum::<f64>() as u64,
        model: errors(&outcomes, |o| o.model),
        naive: errors(&outcomes, |o| o.naive),
        classes: classes(&outcomes),
        verdict: verdict(&outcomes),
    }))
}

/// One customer: repeat orders before, orders after and as foretold.
struct Outcome {
    x: u32,
    actual: f64,
    model: f64,
    naive: f64,
}

fn mean<'a>(outcomes: impl Iterator<Item = &'a Outcome>, of: impl Fn(&Outcome) -> f64) -> f64 {
    let (n, sum) = outcomes.fold((0.0, 0.0), |(n, sum), o| (n + 1.0, sum + of(o)));
    sum / f64::max(n, 1.0)
}

fn errors(outcomes: &[Outcome], predicted: impl Fn(&Outcome) -> f64) -> Errors {
    let total: f64 = outcomes.iter().map(&predicted).sum();
    let actual: f64 = outcomes.iter().map(|o| o.actual).sum();
    Errors {
        mae: mean(outcomes.iter(), |o| (predicted(o) - o.actual).abs()),
        rmse: mean(outcomes.iter(), |o| (predicted(o) - o.actual).powi(2)).sqrt(),
        total,
        bias: (actual > 0.0).then(|| total / actual - 1.0),
    }
}

fn classes(outcomes: &[Outcome]) -> Vec<Class> {
    let class = |x: u32| {
        let members = || outcomes.iter().filter(move |o| o.x.min(LAST_CLASS) == x);
        let customers = members().count();
        let actual = mean(members(), |o| o.actual);
        let variance = mean(members(), |o| (o.actual - actual).powi(2));
        let by = Z * (variance / (customers.saturating_sub(1)).max(1) as f64).sqrt();
        (customers > 0).then(|| Class {
            x,
            and_more: x == LAST_CLASS,
            customers: customers as u64,
            actual: super::Estimate { value: actual, low: (actual - by).max(0.0), high: actual + by },
            model: mean(members(), |o| o.model),
            naive: mean(members(), |o| o.naive),
        })
    };
    (0..=LAST_CLASS).filter_map(class).collect()
}

/// By the differences of squared errors, customer by customer: clear when their mean is off zero by 1.96 standard
/// errors.
fn verdict(outcomes: &[Outcome]) -> Verdict {
    let gain = |o: &Outcome| (o.naive - o.actual).powi(2) - (o.model - o.actual).powi(2);
    let gained = mean(outcomes.iter(), gain);
    let variance = mean(outcomes.iter(), |o| (gain(o) - gained).powi(2));
    let error = (variance / outcomes.len().max(1) as f64).sqrt();
    match gained {
        g if g > Z * error => Verdict::Model,
        g if g < -Z * error => Verdict::Naive,
        _ => Verdict::Undecided,
    }
}
