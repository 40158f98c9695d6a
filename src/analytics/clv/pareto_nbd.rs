//! Pareto/NBD: D. C. Schmittlein, D. G. Morrison and R. Colombo, Counting Your Customers: Who Are They and What Will
//! They Do Next?, Management Science 33(1), 1987, in the notation of P. S. Fader and B. G. S. Hardie, A Note on
//! Deriving the Pareto/NBD Model, 2005.
//!
//! Orders come at rate λ ~ Gamma(r, alpha) until the customer leaves unseen, at rate μ ~ Gamma(s, beta).

use rayon::prelude::*;

use super::sample::{CHUNK, History, Sample, Step, steps};
use crate::analytics::math::quadrature::over_growing_scale;

/// The integral over the moment of leaving, between the last order and the as-of day, and its gradient by parameter.
///
/// s ∫ ((alpha + t_x) ÷ (alpha + τ))^(r + x) · ((beta + t_x) ÷ (beta + τ))^s ÷ (beta + τ) dτ: the likelihood of having
/// left relative to that of leaving right after the last order. It is the A₀ of the note before it is written with
/// hypergeometric functions, which lose all digits for many orders.
fn left(p: &[f64; 4], h: &History) -> (f64, [f64; 4]) {
    let [r, alpha, s, beta] = *p;
    let n = r + h.x;
    let (a, b) = (alpha + h.tx, beta + h.tx);
    let scale = 1.0 / (n / a + (s + 1.0) / b);
    let (mut sum, mut slope) = (0.0, [0.0; 4]);
    over_growing_scale(0.0, h.t - h.tx, scale, |d, weight| {
        let (log_a, log_b) = ((d / a).ln_1p(), (d / b).ln_1p());
        let f = weight * s * (-n * log_a - s * log_b).exp() / (b + d);
        sum += f;
        slope[0] -= f * log_a;
        slope[1] += f * n * d / (a * (a + d));
        slope[2] += f * (1.0 / s - log_b);
        slope[3] += f * (s * d / (b * (b + d)) - 1.0 / (b + d));
    });
    (sum, slope)
}

/// Logarithm of the odds to have left, and its gradient.
fn log_odds(p: &[f64; 4], h: &History) -> Option<(f64, [f64; 4])> {
    let [r, alpha, s, beta] = *p;
    let (integral, slope) = left(p, h);
    // Somebody who ordered on the as-of day had no time to leave.
    if integral <= 0.0 {
        return None;
    }
    let (n, d) = (r + h.x, h.t - h.tx);
    let (log_a, log_b) = ((d / (alpha + h.tx)).ln_1p(), (d / (beta + h.tx)).ln_1p());
    let by_alpha = -n * d / ((alpha + h.tx) * (alpha + h.t));
    let by_beta = -s * d / ((beta + h.tx) * (beta + h.t));
    let outer = [log_a, by_alpha, log_b, by_beta];
    let gradient = std::array::from_fn(|i| outer[i] + slope[i] / integral);
    Some((n * log_a + s * log_b + integral.ln(), gradient))
}

/// Logarithm of the likelihood (equation 18 of the note) and its gradient.
pub(super) fn log_likelihood(p: &[f64; 4], sample: &Sample, tick: f64) -> (f64, [f64; 4]) {
    let [r, alpha, s, beta] = *p;
    let mut rate = Step::default();
    let mut by_orders = Vec::new();
    for x in 0..=sample.most_orders() {
        by_orders.push(rate);
        rate.multiply(r + f64::from(x));
    }
    let buying = steps(sample.last_tick(), |t| alpha + f64::from(t) * tick);
    let staying = steps(sample.last_tick(), |t| beta + f64::from(t) * tick);
    let (log_alpha, log_beta) = (alpha.ln(), beta.ln());
    let parts: Vec<[f64; 5]> = sample
        .rows()
        .par_chunks(CHUNK / 16)
        .map(|rows| {
            let mut sum = [0.0; 5];
            for row in rows {
                let (of, h) = (by_orders[row.x as usize], row.history(tick));
                let (a, b) = (buying[row.t as usize], staying[row.t as usize]);
                let (w, n) = (f64::from(row.weight), r + h.x);
                let mut one = [
                    of.log + r * log_alpha + s * log_beta - n * a.log - s * b.log,
                    of.inverse + log_alpha - a.log,
                    r / alpha - n * a.inverse,
                    log_beta - b.log,
                    s / beta - s * b.inverse,
                ];
                if let Some((odds, slope)) = log_odds(p, &h) {
                    let small = (-odds.abs()).exp();
                    let gone = if odds > 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) };
                    one[0] += odds.max(0.0) + small.ln_1p();
                    (0..4).for_each(|i| one[i + 1] += gone * slope[i]);
                }
                (0..5).for_each(|i| sum[i] += w * one[i]);
            }
            sum
        })
        .collect();
    super::sample::add_up(&parts)
}

/// Probability to be a customer still.
pub(super) fn p_alive(p: &[f64; 4], h: &History) -> f64 {
    log_odds(p, h).map_or(1.0, |(odds, _)| 1.0 / (1.0 + odds.exp()))
}

/// Expected orders of somebody who is a customer (equation 41 of the note without P(alive)); s = 1 is no special case.
pub(super) fn orders_if_alive(p: &[f64; 4], h: &History, horizon: f64) -> f64 {
    let [r, alpha, s, beta] = *p;
    let length = (horizon / (beta + h.t)).ln_1p();
    let power = (1.0 - s) * length;
    let stay = if power.abs() < 1e-12 { length } else { length * power.exp_m1() / power };
    (r + h.x) / (alpha + h.t) * (beta + h.t) * stay
}

/// Calls `each` with how long a customer stays within the next `horizon`, and the weight of that; weights sum to 1.
fn over_stays(p: &[f64; 4], h: &History, horizon: f64, mut each: impl FnMut(f64, f64)) {
    let [_, _, s, beta] = *p;
    let base = beta + h.t;
    over_growing_scale(0.0, horizon, (base / (s + 1.0)).min(horizon), |stay, weight| {
        each(stay, weight * s / base * (-(s + 1.0) * (stay / base).ln_1p()).exp());
    });
    each(horizon, (-s * (horizon / base).ln_1p()).exp());
}

/// Mean square of the orders of somebody who is a customer.
pub(super) fn square_if_alive(p: &[f64; 4], h: &History, horizon: f64) -> f64 {
    let [r, alpha, ..] = *p;
    let size = r + h.x;
    let mut sum = 0.0;
    over_stays(p, h, horizon, |stay, weight| {
        let mean = size * stay / (alpha + h.t);
        sum += weight * (mean + mean * mean * (size + 1.0) / size);
    });
    sum
}

/// Probability of more than 0, 1, … orders, down to `least`: negative binomial for a given stay.
pub(super) fn more_than(p: &[f64; 4], h: &History, horizon: f64, least: f64) -> Vec<f64> {
    /// Masses of a stay: weight, share of success, the next mass (as a logarithm), probability of more.
    struct Stay {
        weight: f64,
        share: f64,
        log_mass: f64,
        tail: f64,
    }
    const MOST: u32 = 100_000;
    let [r, alpha, ..] = *p;
    let size = r + h.x;
    let mut stays = Vec::new();
    over_stays(p, h, horizon, |stay, weight| {
        let log_mass = -size * (stay / (alpha + h.t)).ln_1p();
        stays.push(Stay { weight, share: stay / (alpha + h.t + stay), log_mass, tail: -log_mass.exp_m1() });
    });
    let mut chances = Vec::new();
    for j in 0..MOST {
        let chance = stays.iter().map(|s| s.weight * s.tail.max(0.0)).sum();
        chances.push(chance);
        if chance < least {
            break;
        }
        for stay in &mut stays {
            stay.log_mass += ((size + f64::from(j)) / f64::from(j + 1) * stay.share).ln();
            stay.tail -= stay.log_mass.exp();
        }
    }
    chances
}
