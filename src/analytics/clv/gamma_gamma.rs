//! Gamma–Gamma model of spend: P. S. Fader and B. G. S. Hardie, The Gamma-Gamma Model of Monetary Value, 2013, and
//! P. S. Fader, B. G. S. Hardie and K. L. Lee, RFM and CLV, Journal of Marketing Research 42(4), 2005.
//!
//! The value of an order is Gamma(p, ν) around the customer's own mean, ν ~ Gamma(q, v) over customers. `v` has the
//! unit of money. Values are of repeat orders, net of refunds; orders of one day are one.

use rayon::prelude::*;
use statrs::function::gamma::{digamma, ln_gamma};

use super::fit::{self, Parameters, Search, Unfit};
use super::sample::{CHUNK, add_up};
use crate::model::TooLittle;

/// Mean value of the repeat orders of a customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spender {
    /// Repeat orders, at least 1.
    pub x: u32,
    /// Their mean value, above zero.
    pub m: f64,
}

/// The parameters under the letters of the paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GammaGamma {
    /// Shape of a customer's orders.
    pub p: f64,
    /// Shape over customers.
    pub q: f64,
    /// Scale over customers, money.
    pub v: f64,
}

/// The letters of the parameters.
pub const LETTERS: [&str; 3] = ["p", "q", "v"];

/// Fewer customers than this tell nothing of how spend differs among them.
pub const LEAST: u64 = 5;

impl GammaGamma {
    /// Expected value of an order of a customer with `x` repeat orders worth `spent` in all (equation 5 of the note).
    /// `x` = 0 gives the mean over all customers. `None` where the mean has no end: p·x + q at most 1.
    pub fn expected(&self, x: f64, spent: f64) -> Option<f64> {
        let degrees = self.p * x + self.q - 1.0;
        (degrees > 0.0).then(|| self.p * (self.v + spent.max(0.0)) / degrees)
    }

    /// Mean square of a customer's mean order value; `None` where it has no end.
    pub fn mean_square(&self, x: f64, spent: f64) -> Option<f64> {
        let degrees = self.p * x + self.q - 1.0;
        let scale = self.p * (self.v + spent.max(0.0));
        (degrees > 1.0).then(|| scale * scale / (degrees * (degrees - 1.0)))
    }
}

/// Logarithm of the likelihood (equation 1a of the note) and its gradient by p, q, v.
pub fn log_likelihood(at: &[f64; 3], spenders: &[Spender]) -> (f64, [f64; 3]) {
    let [p, q, v] = *at;
    let most = spenders.iter().map(|s| s.x).max().unwrap_or(0);
    let by_orders: Vec<[f64; 3]> = (0..=most)
        .map(|x| {
            let px = p * f64::from(x.max(1));
            let log = ln_gamma(px + q) - ln_gamma(px) - ln_gamma(q) + q * v.ln();
            [log, digamma(px + q) - digamma(px), digamma(px + q) - digamma(q) + v.ln()]
        })
        .collect();
    let parts: Vec<[f64; 5]> = spenders
        .par_chunks(CHUNK)
        .map(|spenders| {
            let mut sum = [0.0; 5];
            for s in spenders {
                let of = &by_orders[s.x as usize];
                let x = f64::from(s.x);
                let (log_m, spent) = (s.m.ln(), x * s.m + v);
                let (log_x, log_spent) = (x.ln(), spent.ln());
                sum[0] += of[0] + (p * x - 1.0) * log_m + p * x * log_x - (p * x + q) * log_spent;
                sum[1] += x * (of[1] + log_m + log_x - log_spent);
                sum[2] += of[2] - log_spent;
                sum[3] += q / v - (p * x + q) / spent;
            }
            sum
        })
        .collect();
    add_up(&parts)
}

/// The fitted model with what its parameters are known to.
pub type SpendFit = Parameters<3>;

/// Fits the model by maximum likelihood, money scaled by the mean.
///
/// # Errors
/// When there are too few customers with a repeat order of value, or the likelihood cannot be climbed.
pub fn fit(spenders: &[Spender]) -> Result<SpendFit, Unfit> {
    let n = spenders.len();
    if (n as u64) < LEAST {
        return Err(Unfit::TooLittle(TooLittle {
            have: n as u64,
            need: LEAST,
            what: "customers with a repeat order of value",
        }));
    }
    let mean = spenders.iter().map(|s| s.m).sum::<f64>() / n as f64;
    let scaled: Vec<Spender> = spenders.iter().map(|s| Spender { x: s.x, m: s.m / mean }).collect();
    let rough: Vec<Spender> = scaled.iter().step_by((n / 20_000).max(1)).copied().collect();
    let search = Search {
        likelihood: |at: &[f64; 3]| log_likelihood(at, &scaled),
        weight: n as f64,
        rough: |at: &[f64; 3]| log_likelihood(at, &rough),
        rough_weight: rough.len() as f64,
        starts: &[[2.0, 4.0, 1.5], [6.0, 4.0, 0.5], [2.0, 20.0, 10.0], [1.0, 1.5, 0.5]],
        prior: ([2.0, 4.0, 1.5], 1.5),
        letters: LETTERS,
    };
    let mut found = fit::maximum(&search)?;
    found.values[2] *= mean;
    // A density per unit of money: n values, each `mean` times wider.
    found.log_likelihood -= n as f64 * mean.ln();
    Ok(found)
}

/// Correlation (Pearson) of the number of repeat orders with their mean value, which the model takes to be zero;
/// `None` without spread.
pub fn correlation(spenders: &[Spender]) -> Option<f64> {
    let n = spenders.len() as f64;
    let mean = |f: fn(&Spender) -> f64| spenders.iter().map(f).sum::<f64>() / n;
    let (x, m) = (mean(|s| f64::from(s.x)), mean(|s| s.m));
    let sum = |f: &dyn Fn(f64, f64) -> f64| spenders.iter().map(|s| f(f64::from(s.x) - x, s.m - m)).sum::<f64>();
    let spread = (sum(&|x, _| x * x) * sum(&|_, m| m * m)).sqrt();
    (spread > 0.0).then(|| sum(&|x, m| x * m) / spread)
}
