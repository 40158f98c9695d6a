//! What a model foretells of a customer: orders and value in the days to come, and when the next order is due.

use rayon::prelude::*;

use super::gamma_gamma::GammaGamma;
use super::model::Params;
use super::sample::{History, Row, Sample};
use super::summary::Buyer;
use crate::jobs::{Cancelled, Progress};
use crate::model::Day;

/// Mean days of a month.
pub const MONTH_DAYS: f64 = 365.25 / 12.0;

/// A day so many days after another; `None` beyond a hundred years, which tells nothing.
pub fn day_after(as_of: Day, days: f64) -> Option<Day> {
    const FAR: f64 = 36_525.0;
    (days.is_finite() && days < FAR).then(|| Day(as_of.0.saturating_add(days.round() as i32)))
}

/// What an order of a customer is worth, in major units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spend {
    /// By the customer's own past orders and everybody's.
    GammaGamma(GammaGamma),
    /// The same for everybody: the mean of all repeat orders.
    Mean(f64),
}

impl Spend {
    /// Expected value of an order of a customer.
    pub fn expected(&self, x: f64, spent: f64) -> f64 {
        match self {
            // Where the mean over all customers has no end the model is not used, see `SpendModel`.
            Self::GammaGamma(g) => g.expected(x, spent).unwrap_or(f64::NAN),
            Self::Mean(mean) => *mean,
        }
    }
}

/// A fitted model and the future it is asked about. Times are in days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    /// How often people buy and when they stop.
    pub params: Params,
    /// What an order is worth.
    pub spend: Spend,
    /// Days from the as-of day.
    pub horizon: f64,
    /// What money loses in a year, such as 0.1; orders of a month are paid at its end.
    pub discount: f64,
}

/// What is foretold of the buyers of one row of a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RowOutlook {
    /// Probability to be a customer still.
    pub p_alive: f64,
    /// Expected orders within the horizon.
    pub orders: f64,
    /// The same, each weighted by what its money is worth today.
    pub discounted: f64,
}

impl Outlook {
    /// Ends of the months up to the horizon, the last one perhaps a part, and what money paid then is worth today.
    fn months(&self) -> impl Iterator<Item = (f64, f64)> {
        let (horizon, discount) = (self.horizon, self.discount);
        let n = (horizon / MONTH_DAYS - 1e-9).ceil().max(1.0) as u32;
        (1..=n).map(move |k| {
            let worth = (1.0 + discount).powf(-f64::from(k) / 12.0);
            ((f64::from(k) * MONTH_DAYS).min(horizon), worth)
        })
    }

    /// Orders within the horizon of somebody who is a customer, plain and discounted.
    fn if_alive(&self, h: &History) -> (f64, f64) {
        let orders = self.params.orders_if_alive(h, self.horizon);
        if self.discount == 0.0 {
            return (orders, orders);
        }
        let (mut before, mut discounted) = (0.0, 0.0);
        for (end, worth) in self.months() {
            let until = if end >= self.horizon { orders } else { self.params.orders_if_alive(h, end) };
            discounted += (until - before) * worth;
            before = until;
        }
        (orders, discounted)
    }

    fn with_alive(&self, h: &History, (orders, discounted): (f64, f64)) -> RowOutlook {
        let p_alive = self.params.p_alive(h);
        RowOutlook { p_alive, orders: p_alive * orders, discounted: p_alive * discounted }
    }

    /// What is foretold of one history.
    pub fn of(&self, h: &History) -> RowOutlook {
        self.with_alive(h, self.if_alive(h))
    }

    /// What is foretold of each row. Rows that share x and T share all but P(alive).
    pub fn of_rows(&self, sample: &Sample, progress: &Progress) -> Result<Vec<RowOutlook>, Cancelled> {
        let runs: Vec<&[Row]> = sample.rows().chunk_by(|a, b| (a.x, a.t) == (b.x, b.t)).collect();
        let of_run = |rows: &&[Row]| {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            let shared = rows.first().map(|row| self.if_alive(&row.history(1.0))).unwrap_or_default();
            Ok(rows.iter().map(|row| self.with_alive(&row.history(1.0), shared)).collect::<Vec<_>>())
        };
        let parts: Vec<Vec<RowOutlook>> = runs.par_iter().map(of_run).collect::<Result<_, _>>()?;
        Ok(parts.concat())
    }

    /// Value of a buyer in major units, given what is foretold of the history.
    pub fn value(&self, buyer: &Buyer, row: &RowOutlook, scale: f64) -> f64 {
        row.discounted * self.spend.expected(f64::from(buyer.x), buyer.repeat_spend as f64 / scale)
    }
}

impl Buyer {
    /// The history as the models take it, in days.
    pub fn history(&self) -> History {
        History { x: f64::from(self.x), tx: f64::from(self.tx), t: f64::from(self.t) }
    }
}
