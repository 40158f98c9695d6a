//! Modified BG/NBD: E. P. Batislam, M. Denizel and A. Filiztekin, Empirical validation and comparison of models for
//! customer base analysis, International Journal of Research in Marketing 24(3), 2007.
//!
//! As BG/NBD, but a customer may stop after the first order too. So everybody had one more chance to stop, and those
//! who bought once are not all taken for customers.

use super::bg_nbd;
use super::sample::{History, Sample};

/// The chance to stop after the first order, which the alive survived.
const FIRST_MAY_LEAVE: f64 = 1.0;

/// Logarithm of the likelihood (equation 8) and its gradient.
pub(super) fn log_likelihood(p: &[f64; 4], sample: &Sample, tick: f64) -> (f64, [f64; 4]) {
    bg_nbd::log_likelihood(p, FIRST_MAY_LEAVE, sample, tick)
}

/// Probability to be a customer still.
pub(super) fn p_alive(p: &[f64; 4], h: &History) -> f64 {
    bg_nbd::p_alive(p, FIRST_MAY_LEAVE, h)
}

/// Expected orders of somebody who is a customer.
pub(super) fn orders_if_alive(p: &[f64; 4], h: &History, horizon: f64) -> f64 {
    bg_nbd::orders_if_alive(p, FIRST_MAY_LEAVE, h, horizon)
}

/// Mean square of the same.
pub(super) fn square_if_alive(p: &[f64; 4], h: &History, horizon: f64) -> f64 {
    bg_nbd::square_if_alive(p, FIRST_MAY_LEAVE, h, horizon)
}

/// Probability of more than 0, 1, … orders, down to `least`.
pub(super) fn more_than(p: &[f64; 4], h: &History, horizon: f64, least: f64) -> Vec<f64> {
    bg_nbd::more_than(p, FIRST_MAY_LEAVE, h, horizon, least)
}
