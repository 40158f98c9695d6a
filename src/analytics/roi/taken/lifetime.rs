//! What the model of lifetime value says of frequency, lifespan and churn.
//!
//! The BG/NBD model foretells how often a new customer orders in one year and in three. A customer who orders at an even
//! rate and is lost with an even chance every month, as the calculators have it, is fitted to both, so that orders of one
//! and of three years are those of the model. The lifespan is the active months within three years: frequency × lifespan
//! are the orders of three years. Churn says the same in another way: whoever takes both counts it twice.

use super::ratio::Estimate;
use super::{Given, Interval};
use crate::analytics::clv::{MONTH_DAYS, Model, Params, Sample, buyers, fit};
use crate::analytics::math::matrix::quadratic_form;
use crate::analytics::math::root::root;
use crate::jobs::{Cancelled, Progress};
use crate::model::assumption::AssumptionId as Id;
use crate::model::{Dataset, Day, Definitions, Locale};

/// A shorter history tells nothing of years.
const LEAST_DAYS: i32 = 180;
const Z: f64 = 1.959_963_984_540_054;
const YEAR: f64 = 12.0;
const THREE_YEARS: f64 = 36.0;

/// An even rate of orders and an even chance to be lost.
#[derive(Clone, Copy)]
struct Even {
    frequency: f64,
    lifespan: f64,
    churn: f64,
}

/// Frequency, lifespan and churn.
pub fn given(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    progress: &Progress,
) -> Result<[(Id, Given); 3], Cancelled> {
    let nothing =
        |why: String| Ok([Id::Frequency, Id::Lifespan, Id::Churn].map(|id| (id, Given::nothing(why.clone()))));
    let days = data.span.map_or(0, |(first, last)| last.min(as_of).0 - first.0 + 1).max(0);
    if days < LEAST_DAYS {
        return nothing(format!("there are {days} days of history, at least {LEAST_DAYS} are needed"));
    }
    let buyers = buyers(data, definitions, as_of, progress)?;
    let histories: Vec<(u32, u32, u32)> = buyers.iter().flatten().map(|b| (b.x, b.tx, b.t)).collect();
    let fit = match fit(Model::BgNbd, &Sample::new(&histories).0) {
        Ok(fit) => fit,
        Err(why) => return nothing(why.to_string()),
    };
    let params = fit.params();
    let Some(even) = Even::of(&params) else {
        return nothing("the model of lifetime value foretells no orders".into());
    };
    let slopes = slopes(&params);
    let around = |value: f64, at: usize| {
        let variance = slopes.map(|slopes| quadratic_form(&fit.parameters.covariance, &slopes.map(|row| row[at])));
        let by = variance.map_or(f64::NAN, |variance| (Z * variance.max(0.0).sqrt()).exp());
        Estimate { value, interval: (value > 0.0 && by.is_finite()).then(|| (value / by, value * by)) }
    };
    let n = Locale::En.counted(fit.buyers, "customer", "customers");
    let told = |estimate, what: &str| {
        let orders = Locale::En.number(even.frequency * even.lifespan, 2);
        let from =
            format!("{what} at which a new customer orders {orders} times in three years, by the BG/NBD model of {n}");
        Given::told(estimate, Interval::Model, (fit.buyers, "customers"), from)
    };
    Ok([
        (Id::Frequency, told(around(even.frequency, 0), "Orders in an active month")),
        (Id::Lifespan, told(around(even.lifespan, 1), "Active months within three years")),
        (Id::Churn, told(around(even.churn, 2), "Loss of a month")),
    ])
}

/// Expected orders of a new customer within so many months, the first one included.
fn orders(params: &Params, months: f64) -> f64 {
    1.0 + params.orders_of_new(months * MONTH_DAYS)
}

/// Active months within so many, at a monthly loss.
fn active(churn: f64, months: f64) -> f64 {
    if churn == 0.0 { months } else { -(months * (-churn).ln_1p()).exp_m1() / churn }
}

impl Even {
    fn of(params: &Params) -> Option<Self> {
        const LEAST: f64 = 1e-6;
        let (year, three) = (orders(params, YEAR), orders(params, THREE_YEARS));
        let ratio = three / year;
        if !ratio.is_finite() {
            return None;
        }
        let excess = |churn: f64| active(churn, THREE_YEARS) / active(churn, YEAR) - ratio;
        let churn = match excess(LEAST) {
            // As many orders each year, or more: nobody is lost.
            excess if excess <= 0.0 => 0.0,
            _ => root(LEAST, 1.0 - LEAST, excess),
        };
        let frequency = year / active(churn, YEAR);
        Some(Self { frequency, lifespan: three / frequency, churn })
    }

    fn logarithms(self) -> [f64; 3] {
        [self.frequency.ln(), self.lifespan.ln(), self.churn.ln()]
    }
}

/// Slopes of the logarithms by the logarithm of every parameter; `None` where one is not finite.
fn slopes(params: &Params) -> Option<[[f64; 3]; 4]> {
    const STEP: f64 = 1e-4;
    let mut slopes = [[0.0; 3]; 4];
    for (i, slopes) in slopes.iter_mut().enumerate() {
        let at = |by: f64| {
            let mut params = *params;
            params.values[i] *= by.exp();
            Even::of(&params).map(Even::logarithms)
        };
        let (up, down) = (at(STEP)?, at(-STEP)?);
        *slopes = std::array::from_fn(|k| (up[k] - down[k]) / (2.0 * STEP));
    }
    slopes.iter().flatten().all(|slope| slope.is_finite()).then_some(slopes)
}
