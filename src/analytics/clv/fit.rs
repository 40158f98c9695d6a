//! Maximum likelihood over the logarithms of positive parameters, from several starts.
//!
//! Time and money come scaled, so that parameters are near 1. What the data do not settle (a likelihood that rises
//! without end, or is flat) is held by a weak prior and said, instead of a number that only tells where the search
//! stopped. Standard errors are from the observed information: second derivatives at the maximum.

use super::model::{Model, Params};
use super::sample::Sample;
use crate::analytics::math::matrix::{Matrix, inverse};
use crate::analytics::math::minimise::{Minimum, descend, polish};
use crate::model::TooLittle;

/// Why there is no model.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unfit {
    /// Too few data.
    #[error("there is too little to tell: {} of at least {} {}", .0.have, .0.need, .0.what)]
    TooLittle(TooLittle),
    /// The likelihood could not be climbed.
    #[error("the model does not fit: {0}")]
    NoMaximum(String),
}

/// Standard deviations on both sides of a 95 % interval.
pub const Z: f64 = 1.959_963_984_540_054;

/// Estimated parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters<const N: usize> {
    /// The values.
    pub values: [f64; N],
    /// Logarithm of the likelihood there, without a prior.
    pub log_likelihood: f64,
    /// Covariance of the logarithms of the values, by the observed information.
    pub covariance: Matrix<N>,
    /// Why a weak prior holds the parameters; `None` = maximum likelihood without prior.
    pub held_by_prior: Option<String>,
}

impl<const N: usize> Parameters<N> {
    /// Standard errors of the values.
    pub fn standard_errors(&self) -> [f64; N] {
        std::array::from_fn(|i| self.values[i] * self.covariance[i][i].max(0.0).sqrt())
    }

    /// 95 % intervals of the values, symmetric in the logarithm.
    pub fn intervals(&self) -> [(f64, f64); N] {
        std::array::from_fn(|i| {
            let by = (Z * self.covariance[i][i].max(0.0).sqrt()).exp();
            (self.values[i] / by, self.values[i] * by)
        })
    }
}

/// What [`maximum`] climbs.
pub(super) struct Search<'a, const N: usize, F, G> {
    /// Logarithm of the likelihood and its gradient.
    pub likelihood: F,
    /// Number of customers in it.
    pub weight: f64,
    /// The same over some of the customers, to find a start.
    pub rough: G,
    /// Number of customers in that.
    pub rough_weight: f64,
    /// Where to start, each.
    pub starts: &'a [[f64; N]],
    /// Centre of the prior and the standard deviation of each logarithm.
    pub prior: ([f64; N], f64),
    /// Names of the parameters.
    pub letters: [&'static str; N],
}

/// Beyond e^±this no parameter of scaled data tells anything.
const FAR: f64 = 12.0;
/// A logarithm known to less than this is not settled by the data.
const UNSETTLED: f64 = 2.0;

/// Mean negative log-likelihood of logarithms, with the walls that keep the search among finite numbers.
fn objective<const N: usize>(
    likelihood: impl Fn(&[f64; N]) -> (f64, [f64; N]),
    weight: f64,
    prior: Option<([f64; N], f64)>,
) -> impl Fn(&[f64; N]) -> (f64, [f64; N]) {
    const WALL: f64 = 16.0;
    move |z: &[f64; N]| {
        let p = z.map(|z| z.clamp(-2.0 * WALL, 2.0 * WALL).exp());
        let (log, slope) = likelihood(&p);
        let (mut value, mut gradient) = (-log / weight, std::array::from_fn(|i| -slope[i] * p[i] / weight));
        for i in 0..N {
            let over = z[i].abs() - WALL;
            if over > 0.0 {
                value += over * over;
                gradient[i] += 2.0 * over * z[i].signum();
            }
            if let Some((centre, deviation)) = &prior {
                let off = (z[i] - centre[i].ln()) / deviation;
                value += 0.5 * off * off / weight;
                gradient[i] += off / (deviation * weight);
            }
        }
        (value, gradient)
    }
}

/// The highest maximum from all starts.
pub(super) fn maximum<const N: usize, F, G>(search: &Search<'_, N, F, G>) -> Result<Parameters<N>, Unfit>
where
    F: Fn(&[f64; N]) -> (f64, [f64; N]),
    G: Fn(&[f64; N]) -> (f64, [f64; N]),
{
    let found = climb(search, None);
    let covariance = |m: &Minimum<N>| inverse(&m.hessian.map(|row| row.map(|v| v * search.weight)));
    let settled = |m: &Minimum<N>, i: usize, c: &Matrix<N>| m.at[i].abs() < FAR && c[i][i].sqrt() < UNSETTLED;
    if let Some((m, c)) = found.and_then(|m| Some((m, covariance(&m)?)))
        && (0..N).all(|i| settled(&m, i, &c))
    {
        return Ok(parameters(search, &m, c, None));
    }
    let loose: Vec<&str> = match found.and_then(|m| Some((m, covariance(&m)?))) {
        Some((m, c)) => (0..N).filter(|&i| !settled(&m, i, &c)).map(|i| search.letters[i]).collect(),
        None => Vec::new(),
    };
    let which = if loose.is_empty() { "all parameters".into() } else { loose.join(" and ") };
    let held = climb(search, Some(search.prior)).and_then(|m| Some((m, covariance(&m)?)));
    let Some((m, c)) = held else {
        return Err(Unfit::NoMaximum("the likelihood of these histories has no maximum that can be found".into()));
    };
    let reason = format!(
        "The histories alone do not settle {which}: a weak prior holds the parameters (standard deviation {} of each logarithm, around usual values)",
        search.prior.1
    );
    Ok(parameters(search, &m, c, Some(reason)))
}

fn climb<const N: usize, F, G>(search: &Search<'_, N, F, G>, prior: Option<([f64; N], f64)>) -> Option<Minimum<N>>
where
    F: Fn(&[f64; N]) -> (f64, [f64; N]),
    G: Fn(&[f64; N]) -> (f64, [f64; N]),
{
    let rough = objective(&search.rough, search.rough_weight, prior);
    let near = search
        .starts
        .iter()
        .filter_map(|start| descend(&rough, start.map(f64::ln)))
        .map(|at| (rough(&at).0, at))
        .filter(|(value, _)| value.is_finite())
        .min_by(|a, b| a.0.total_cmp(&b.0))?
        .1;
    let like = polish(&rough, near, None);
    let start = like.map_or(near, |like| like.at);
    polish(&objective(&search.likelihood, search.weight, prior), start, like.as_ref())
}

fn parameters<const N: usize, F, G>(
    search: &Search<'_, N, F, G>,
    m: &Minimum<N>,
    covariance: Matrix<N>,
    held_by_prior: Option<String>,
) -> Parameters<N>
where
    F: Fn(&[f64; N]) -> (f64, [f64; N]),
{
    let values = m.at.map(f64::exp);
    // Without prior and walls the value is the likelihood already.
    let log_likelihood = match held_by_prior {
        None => -m.value * search.weight,
        Some(_) => (search.likelihood)(&values).0,
    };
    Parameters { values, log_likelihood, covariance, held_by_prior }
}

/// Fewer customers with a repeat order than this tell nothing of four parameters.
pub const LEAST_REPEAT_BUYERS: u64 = 5;

/// A model fitted to a sample. Times are in ticks of the sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The model.
    pub model: Model,
    /// Its parameters.
    pub parameters: Parameters<4>,
    /// Buyers it was fitted to.
    pub buyers: u64,
    /// Buyers with a repeat order.
    pub repeat_buyers: u64,
    /// Repeat orders of all.
    pub repeat_orders: u64,
}

impl Fit {
    /// The parameters, times in ticks.
    pub fn params(&self) -> Params {
        Params { model: self.model, values: self.parameters.values }
    }

    /// The same with times in another unit of `ticks` ticks, such as weeks of 7 days.
    pub fn in_unit(&self, ticks: f64) -> Parameters<4> {
        let mut p = self.parameters.clone();
        for (value, _) in p.values.iter_mut().zip(self.model.is_time()).filter(|(_, is_time)| *is_time) {
            *value /= ticks;
        }
        // A density per unit of time for each repeat order.
        p.log_likelihood += self.repeat_orders as f64 * ticks.ln();
        p
    }
}

/// Fits a model by maximum likelihood.
///
/// # Errors
/// When too few buyers came back, or the likelihood cannot be climbed.
pub fn fit(model: Model, sample: &Sample) -> Result<Fit, Unfit> {
    const ROUGH: usize = 20_000;
    let (buyers, repeat_buyers, repeat_orders) = (sample.buyers(), sample.repeat_buyers(), sample.repeat_orders());
    let need = LEAST_REPEAT_BUYERS;
    let too_little =
        || Unfit::TooLittle(TooLittle { have: repeat_buyers, need, what: "customers who ordered on two days" });
    let mean_time = sample.mean_time().filter(|_| repeat_buyers >= need).ok_or_else(too_little)?;
    let tick = 1.0 / mean_time;
    let rough = sample.thinned(ROUGH);
    let rate = repeat_orders as f64 / buyers as f64;
    let ending = |r: f64, c: f64, d: f64| [r, r / rate, c, d];
    let (starts, centre) = match model {
        Model::BgNbd | Model::MbgNbd => {
            ([ending(0.5, 0.8, 2.5), ending(1.0, 1.0, 8.0), ending(0.2, 0.2, 0.5)], [1.0, 1.0 / rate, 1.0, 3.0])
        }
        Model::ParetoNbd => {
            ([ending(0.6, 0.6, 0.5), ending(1.0, 0.5, 2.0), ending(2.0, 2.0, 1.0)], [1.0, 1.0 / rate, 1.0, 2.0])
        }
    };
    let likelihood = |p: &[f64; 4], sample: &Sample| Params { model, values: *p }.log_likelihood(sample, tick);
    let search = Search {
        likelihood: |p: &[f64; 4]| likelihood(p, sample),
        weight: buyers as f64,
        rough: |p: &[f64; 4]| likelihood(p, &rough),
        rough_weight: rough.buyers() as f64,
        starts: &starts,
        prior: (centre, 1.5),
        letters: model.letters(),
    };
    let parameters = maximum(&search)?;
    let scaled = Fit { model, parameters, buyers, repeat_buyers, repeat_orders };
    Ok(Fit { parameters: scaled.in_unit(tick), ..scaled })
}
