//! Sums over all customers, with 95 % intervals.

use super::customer::slopes;
use super::fit::Z;
use super::outlook::{Outlook, RowOutlook, Spend};
use super::{CustomerValue, Estimate, PerCustomer};
use crate::jobs::{Cancelled, Progress};

/// What is foretold of all customers together. The intervals hold both what is not known of the parameters (delta
/// method) and the chance in what each customer does.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    /// Customers who ever bought.
    pub buyers: u64,
    /// How many of them are expected to be customers still.
    pub alive: Estimate,
    /// Their expected orders within the horizon.
    pub orders: Estimate,
    /// Their expected discounted revenue within the horizon, major units.
    pub value: Estimate,
    /// The same in minor units: the sum over the customers.
    pub value_minor: i64,
    /// Revenue of the same customers since the beginning, minor units.
    pub historic_minor: i64,
    /// What would make the value better known, a sentence without a full stop; `None` when it is within 10 %.
    pub would_settle: Option<String>,
}

impl Totals {
    pub(super) fn of(base: &PerCustomer, progress: &Progress) -> Result<Self, Cancelled> {
        let outlook = base.outlook();
        let at = sums(base, &outlook, progress)?;
        let slopes = slopes(&outlook, |o| sums(base, o, progress).unwrap_or_default());
        progress.step(4)?;
        let chance = by_chance(base, &outlook, progress)?;
        let known = |k: usize| base.variance(&slopes.map(|row| row[k])).max(0.0);
        let around = |k: usize| {
            let by = Z * (known(k) + chance[k]).sqrt();
            Estimate { value: at[k], low: (at[k] - by).max(0.0), high: at[k] + by }
        };
        let buyers = base.fit.buyers;
        let alive = around(0);
        Ok(Self {
            buyers,
            alive: Estimate { high: alive.high.min(buyers as f64), ..alive },
            orders: around(1),
            value: around(2),
            value_minor: base.buyers().map(|(_, c)| c.value).sum(),
            historic_minor: base.buyers().map(|(_, c)| c.buyer.historic).sum(),
            would_settle: would_settle(&around(2), buyers),
        })
    }

    /// Share of those who ever bought that is expected to have stopped.
    pub fn churned(&self) -> Estimate {
        let all = self.buyers.max(1) as f64;
        let share = |alive: f64| 1.0 - alive / all;
        Estimate { value: share(self.alive.value), low: share(self.alive.high), high: share(self.alive.low) }
    }
}

/// Expected customers, orders and value, summed.
fn sums(base: &PerCustomer, outlook: &Outlook, progress: &Progress) -> Result<[f64; 3], Cancelled> {
    let rows = outlook.of_rows(&base.sample, progress)?;
    let mut sum = [0.0; 3];
    for (row, group) in rows.iter().zip(base.sample.rows()) {
        let weight = f64::from(group.weight);
        sum[0] += weight * row.p_alive;
        sum[1] += weight * row.orders;
    }
    sum[2] = base.with_rows(&rows).map(|(c, row)| outlook.value(&c.buyer, row, base.scale())).sum();
    Ok(sum)
}

/// Variances of the same sums by chance, at the parameters found. Where the spread of order values has no end
/// (q + p·x at most 2) the mean stands for them.
fn by_chance(base: &PerCustomer, outlook: &Outlook, progress: &Progress) -> Result<[f64; 3], Cancelled> {
    let rows = outlook.of_rows(&base.sample, progress)?;
    let mut squares = Vec::with_capacity(rows.len());
    let mut last = None;
    for (group, row) in base.sample.rows().iter().zip(&rows) {
        let (key, history) = ((group.x, group.t), group.history(1.0));
        let square = match last {
            Some((known, square)) if known == key => square,
            _ => outlook.params.square_if_alive(&history, outlook.horizon),
        };
        last = Some((key, square));
        squares.push(row.p_alive * square);
    }
    let mut sum = [0.0; 3];
    for ((group, row), square) in base.sample.rows().iter().zip(&rows).zip(&squares) {
        let weight = f64::from(group.weight);
        sum[0] += weight * row.p_alive * (1.0 - row.p_alive);
        sum[1] += weight * (square - row.orders * row.orders).max(0.0);
    }
    for ((customer, row), &at) in base.with_rows(&rows).zip(&base.row_of) {
        let (x, spent) = (f64::from(customer.buyer.x), customer.buyer.repeat_spend as f64 / base.scale());
        let mean = outlook.spend.expected(x, spent);
        let (mean_square, per_order) = match outlook.spend {
            Spend::GammaGamma(g) => {
                let square = g.mean_square(x, spent).unwrap_or(mean * mean);
                (square, square / g.p)
            }
            Spend::Mean(_) => (mean * mean, 0.0),
        };
        let discount = if row.orders > 0.0 { row.discounted / row.orders } else { 1.0 };
        let (orders, square) = (row.orders, squares.get(at as usize).copied().unwrap_or_default());
        let variance = orders * per_order + square * mean_square - orders * orders * mean * mean;
        sum[2] += discount * discount * variance.max(0.0);
    }
    Ok(sum)
}

impl PerCustomer {
    /// Those who bought, each with what `rows` foretell of the history.
    fn with_rows<'a>(&'a self, rows: &'a [RowOutlook]) -> impl Iterator<Item = (&'a CustomerValue, &'a RowOutlook)> {
        self.buyers().zip(&self.row_of).filter_map(|((_, c), &row)| Some((c, rows.get(row as usize)?)))
    }
}

/// An interval shrinks with the root of the number of customers.
fn would_settle(value: &Estimate, buyers: u64) -> Option<String> {
    const WANTED: f64 = 0.1;
    let half = (value.high - value.low) / 2.0 / value.value;
    if !half.is_finite() || half <= WANTED {
        return None;
    }
    let times = (half / WANTED).powi(2);
    let needed = (buyers as f64 * times / 100.0).ceil() * 100.0;
    Some(format!(
        "The value is known to ±{:.0}%; about {} buyers with as long a history ({:.1} times as many as now) would make it ±10%",
        half * 100.0,
        crate::model::currency::group_thousands(needed as u64),
        times
    ))
}
