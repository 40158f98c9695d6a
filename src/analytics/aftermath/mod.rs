//! The post-mortem of a sale: what it brought above what its hours would have brought anyway, what it took from the
//! weeks after, who was won by it, and what the next plan should assume.
//!
//! The baseline is the forecast that knows only the days before the sale, without past sales. Its doubt, measured on
//! windows of the same length, is the doubt of everything that is told here.

pub mod lines;
mod pulled;
pub mod said;
mod top_up;
mod won;

use super::forecast::{Forecast, History, Measure, Span, forecast};
use super::math::reckoned::Reckoned;
use super::sale::Taken;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Dataset, Day, Definitions, TooLittle};

pub use self::pulled::{Pulled, pulled_forward};
pub use self::top_up::{TopUp, top_up};
pub use self::won::{Difference, Followed, HORIZONS, Won, won};

/// Days after a sale that are looked at.
pub const DAYS_AFTER: i32 = 28;
/// Fewer days after it show no dip.
pub const FEWEST_AFTER: i32 = 7;
/// Ordinary days before a sale, from which the usual margin is taken.
const USUAL_DAYS: i32 = 56;

/// What a post-mortem looks at.
pub struct Question<'a> {
    /// The shop.
    pub data: &'a Dataset,
    /// What its words mean.
    pub definitions: &'a Definitions,
    /// The same by hour, up to `as_of`.
    pub history: &'a History,
    /// Days of sales that were found in the data, first and last.
    pub on_sale: &'a [(Day, Day)],
    /// The moments of the sale.
    pub span: Span,
    /// The last day that is known.
    pub as_of: Day,
}

/// What some moments brought, against what they would have brought anyway.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Without the sale.
    pub baseline: Forecast,
    /// What came.
    pub came: f64,
}

impl Effect {
    /// What came ÷ the baseline.
    pub fn ratio(&self) -> Reckoned {
        self.baseline.sum.in_exactly(self.came)
    }

    /// What came above the baseline, relative to it: expected, and in which it lies with 95 %.
    pub fn lift(&self) -> (f64, (f64, f64)) {
        let ratio = self.ratio();
        let (low, high) = ratio.within(0.95);
        (ratio.middle - 1.0, (low - 1.0, high - 1.0))
    }

    /// What came above the baseline: expected, and in which it lies with 95 %.
    pub fn net(&self) -> (f64, (f64, f64)) {
        let (low, high) = self.baseline.sum.within(0.95);
        (self.came - self.baseline.sum.middle, (self.came - high, self.came - low))
    }
}

/// What is left after the cost of goods, against what would have been left anyway, minor units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarginEffect {
    /// Share of revenue that was left before the sale.
    pub usual_rate: f64,
    /// Share of revenue that was left in it.
    pub rate: f64,
    /// What was left.
    pub came: f64,
    /// Above what would have been left: expected, and in which it lies with 95 %.
    pub net: (f64, (f64, f64)),
}

/// The days after a sale.
#[derive(Debug, Clone, PartialEq)]
pub struct After {
    /// The last day of them.
    pub until: Day,
    /// Orders of the days after.
    pub orders: Effect,
    /// Revenue of the days after.
    pub revenue: Effect,
    /// Orders of the sale and the days after together.
    pub orders_together: Effect,
    /// Revenue of the sale and the days after together.
    pub revenue_together: Effect,
}

/// The post-mortem of a sale.
#[derive(Debug, Clone, PartialEq)]
pub struct Aftermath {
    /// The moments of the sale.
    pub span: Span,
    /// The last day that is known.
    pub as_of: Day,
    /// What was really sold.
    pub taken: Taken,
    /// Orders.
    pub orders: Effect,
    /// Revenue.
    pub revenue: Effect,
    /// Margin; `None` where too little of the goods has a known cost.
    pub margin: Option<MarginEffect>,
    /// The days after, or how many there are yet.
    pub after: Result<After, TooLittle>,
    /// What buyers of the sale would have bought soon anyway.
    pub pulled: Result<Pulled, TooLittle>,
    /// Customers won in it at a discount.
    pub won: Won,
}

/// The post-mortem of a sale that is over.
///
/// # Errors
/// When the work was cancelled; inside, when the sale is not over yet, or too little was known before it.
pub fn post_mortem(question: &Question<'_>, progress: &Progress) -> Result<Result<Aftermath, TooLittle>, Cancelled> {
    let Question { data, definitions, history, span, as_of, .. } = *question;
    let zone = history.zone;
    let (first, last) = (zone.day(span.from), zone.day(span.to - 1));
    if last > history.last() {
        let days = (last.0 - first.0 + 1) as u64;
        let have = (history.last().0 - first.0 + 1).max(0) as u64;
        return Ok(Err(TooLittle { have, need: days, what: "days of the sale" }));
    }
    let (mut orders, mut revenue) = match both(history, first, span, progress)? {
        Ok(both) => both,
        Err(missing) => return Ok(Err(missing)),
    };
    let taken = Taken::of(data, definitions, (span.from, span.to), as_of, progress)?;
    // To the minute, where hours would be shared out.
    (orders.came, revenue.came) = (taken.orders as f64, taken.revenue as f64);
    let usual = Span::of_days(Day(first.0 - USUAL_DAYS), Day(first.0 - 1), zone);
    let usual = Taken::of(data, definitions, (usual.from, usual.to), as_of, progress)?;
    Ok(Ok(Aftermath {
        span,
        as_of: history.last(),
        margin: margin(&usual, &taken, &revenue),
        after: after(question, first, last, progress)?,
        pulled: pulled_forward(question, &orders, progress)?,
        won: won(question, progress)?,
        taken,
        orders,
        revenue,
    }))
}

type Both = Result<(Effect, Effect), TooLittle>;

/// Orders and revenue of a span, by what was known before the first day of the sale.
fn both(history: &History, first: Day, span: Span, progress: &Progress) -> Result<Both, Cancelled> {
    let of = |of: Measure| -> Result<Result<Effect, TooLittle>, Cancelled> {
        let foretold = forecast(history, of, Day(first.0 - 1), span, progress)?;
        Ok(foretold.map(|baseline| Effect { came: history.sum(of, &span), baseline }))
    };
    let orders = of(Measure::Orders)?;
    Ok(match orders {
        Ok(orders) => of(Measure::Revenue)?.map(|revenue| (orders, revenue)),
        Err(missing) => Err(missing),
    })
}

fn margin(usual: &Taken, taken: &Taken, revenue: &Effect) -> Option<MarginEffect> {
    let (usual_rate, rate) = (usual.margin_rate()?, taken.margin_rate()?);
    let came = rate * revenue.came;
    let baseline = &revenue.baseline.sum;
    let (low, high) = baseline.within(0.95);
    let ends = (came - usual_rate * high, came - usual_rate * low);
    let net = (came - usual_rate * baseline.middle, (ends.0.min(ends.1), ends.0.max(ends.1)));
    Some(MarginEffect { usual_rate, rate, came, net })
}

/// The days after, up to the next sale, four weeks at most.
fn after(
    question: &Question<'_>,
    first: Day,
    last: Day,
    progress: &Progress,
) -> Result<Result<After, TooLittle>, Cancelled> {
    let Question { history, on_sale, span, .. } = *question;
    let next_sale = on_sale.iter().map(|sale| sale.0).filter(|day| day.0 > last.0 + 1).min();
    let until = next_sale.map_or(i32::MAX, |day| day.0 - 1).min(last.0 + DAYS_AFTER).min(history.last().0);
    let have = until - last.0;
    if have < FEWEST_AFTER {
        let have = u64::try_from(have).unwrap_or(0);
        return Ok(Err(TooLittle { have, need: FEWEST_AFTER as u64, what: "days after the sale and before the next" }));
    }
    let end = Span::of_days(Day(until), Day(until), history.zone).to;
    let days_after = both(history, first, Span { from: span.to, to: end }, progress)?;
    let together = both(history, first, Span { from: span.from, to: end }, progress)?;
    Ok(days_after.and_then(|(orders, revenue)| {
        let (orders_together, revenue_together) = together?;
        Ok(After { until: Day(until), orders, revenue, orders_together, revenue_together })
    }))
}
