//! BG/NBD: P. S. Fader, B. G. S. Hardie and K. L. Lee, "Counting Your Customers" the Easy Way, Marketing Science 24(2),
//! 2005. Equation numbers are theirs.
//!
//! Orders come at rate λ ~ Gamma(r, alpha); after each repeat order the customer stops with probability
//! p ~ Beta(a, b). With one change it is the modified model too: there the first order can be the last as well, which
//! adds one survived chance to stop. `kept` is that number: how many such chances stand beside the `x` repeat orders.

use rayon::prelude::*;

use super::sample::{CHUNK, History, Sample, Step, steps};

/// After the first order nobody stops.
pub const FIRST_KEEPS: f64 = 0.0;

/// What depends on the number of repeat orders alone.
#[derive(Clone, Copy)]
struct OfOrders {
    log: f64,
    gradient: [f64; 4],
    /// ln(a ÷ (b + n − 1)) for n chances to stop; −∞ for none.
    stopped: f64,
    /// 1 ÷ (b + n − 1).
    inverse: f64,
}

/// Logarithm of the likelihood (equation 6, with the sums of logarithms of its gamma functions) and its gradient.
pub(super) fn log_likelihood(p: &[f64; 4], kept: f64, sample: &Sample, tick: f64) -> (f64, [f64; 4]) {
    let [r, alpha, a, _] = *p;
    let by_orders = by_orders(p, kept, sample.most_orders());
    let by_time = steps(sample.last_tick(), |t| alpha + f64::from(t) * tick);
    let parts: Vec<[f64; 5]> = sample
        .rows()
        .par_chunks(CHUNK)
        .map(|rows| {
            let mut sum = [0.0; 5];
            for row in rows {
                let of = &by_orders[row.x as usize];
                let (all, last) = (by_time[row.t as usize], by_time[row.tx as usize]);
                let (w, n) = (f64::from(row.weight), r + f64::from(row.x));
                let longer = all.log - last.log;
                // ln(1 + e^d) and its slope, for d = ln of the odds to have stopped. Beside the rest of the sum the
                // digits that ln_1p would add do not count.
                let d = of.stopped + n * longer;
                let small = (-d.abs()).exp();
                let gone = if d > 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) };
                sum[0] += w * (of.log - n * all.log + d.max(0.0) + (1.0 + small).ln());
                sum[1] += w * (of.gradient[0] - all.log + gone * longer);
                sum[2] += w * (of.gradient[1] - n * (all.inverse + gone * (last.inverse - all.inverse)));
                sum[3] += w * (of.gradient[2] + gone / a);
                sum[4] += w * (of.gradient[3] - gone * of.inverse);
            }
            sum
        })
        .collect();
    super::sample::add_up(&parts)
}

/// Gamma and beta functions of whole steps are products: ln Γ(r + x) − ln Γ(r) = Σ ln(r + i) for i below x, which is
/// exact for any r.
fn by_orders(p: &[f64; 4], kept: f64, most: u32) -> Vec<OfOrders> {
    let [r, alpha, a, b] = *p;
    let (log_alpha, mut out) = (alpha.ln(), Vec::with_capacity(most as usize + 1));
    let mut rate = Step::default();
    let mut stays = Step::default();
    let mut either = Step::default();
    if kept > 0.0 {
        stays.multiply(b);
        either.multiply(a + b);
    }
    for x in 0..=most {
        let n = f64::from(x) + kept;
        let chance = n > 0.0;
        out.push(OfOrders {
            log: rate.log + r * log_alpha + stays.log - either.log,
            gradient: [rate.inverse + log_alpha, r / alpha, -either.inverse, stays.inverse - either.inverse],
            stopped: if chance { (a / (b + n - 1.0)).ln() } else { f64::NEG_INFINITY },
            inverse: if chance { 1.0 / (b + n - 1.0) } else { 0.0 },
        });
        rate.multiply(r + f64::from(x));
        stays.multiply(b + n);
        either.multiply(a + b + n);
    }
    out
}

/// Probability to be a customer still (equation 11 of Fader, Hardie and Lee's note "Computing P(alive)", 2008).
pub(super) fn p_alive(p: &[f64; 4], kept: f64, h: &History) -> f64 {
    let [r, alpha, a, b] = *p;
    let n = h.x + kept;
    if n <= 0.0 {
        return 1.0;
    }
    let odds = (r + h.x) * ((h.t - h.tx) / (alpha + h.tx)).ln_1p();
    1.0 / (1.0 + a / (b + n - 1.0) * odds.exp())
}

/// Terms after which a series is given up: a horizon of a hundred thousand times a customer's whole time.
const MOST: u32 = 4_000_000;

/// Walks over j = 0, 1, …: the probability of more than j orders in the next `horizon` by a customer, until `more`
/// says no or the rest is below rounding.
///
/// Were nobody to stop, orders would be negative binomial, N ~ NB(r + x, t ÷ (alpha + T + t)); the j + 1st order needs
/// j survived chances to stop as well, of probability Π (b + n + i) ÷ (a + b + n + i). The product of both is the
/// probability, and the sum over j the expectation of equation 10, as a series of positive terms: no difference of
/// nearly equal numbers and no pole at a = 1, unlike the form with the hypergeometric function.
fn walk(p: &[f64; 4], kept: f64, h: &History, horizon: f64, mut more: impl FnMut(f64) -> bool) {
    let [r, alpha, a, b] = *p;
    let (size, stays) = (r + h.x, b + h.x + kept);
    let share = horizon / (alpha + h.t + horizon);
    let mut log_mass = -size * (horizon / (alpha + h.t)).ln_1p();
    let mut tail = -log_mass.exp_m1();
    let (rounding, mut survives) = (1e-17 * tail, 1.0);
    // Far below the smallest number the masses go on as logarithms.
    let mut mass = log_mass.exp();
    for j in 0..MOST {
        let j = f64::from(j);
        if tail <= 0.0 || !more(survives * tail) {
            return;
        }
        let factor = (size + j) / (j + 1.0) * share;
        if mass > 1e-290 {
            mass *= factor;
        } else {
            log_mass += factor.ln();
            mass = log_mass.exp();
        }
        if factor < 1.0 && mass < rounding * (1.0 - factor) {
            return;
        }
        tail -= mass;
        survives *= (stays + j) / (a + stays + j);
    }
}

/// Expected orders of somebody who is a customer (the numerator of equation 10).
pub(super) fn orders_if_alive(p: &[f64; 4], kept: f64, h: &History, horizon: f64) -> f64 {
    let mut sum = 0.0;
    walk(p, kept, h, horizon, |chance| {
        sum += chance;
        true
    });
    sum
}

/// Mean square of the same.
pub(super) fn square_if_alive(p: &[f64; 4], kept: f64, h: &History, horizon: f64) -> f64 {
    let (mut sum, mut odd) = (0.0, 1.0);
    walk(p, kept, h, horizon, |chance| {
        sum += odd * chance;
        odd += 2.0;
        true
    });
    sum
}

/// Probability of more than 0, 1, … orders, down to `least`.
pub(super) fn more_than(p: &[f64; 4], kept: f64, h: &History, horizon: f64, least: f64) -> Vec<f64> {
    let mut chances = Vec::new();
    walk(p, kept, h, horizon, |chance| {
        chances.push(chance);
        chance >= least
    });
    chances
}
