//! The forecast for a sale: what its hours would bring anyway, times what past sales of the shop brought.

use super::{Forecast, History, Measure, Span, forecast};
use crate::analytics::math::reckoned::Reckoned;
use crate::analytics::sale::PastSale;
use crate::analytics::sale::lift::FEWEST;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Day, TooLittle};

/// Ordinary days before and after a sale, from which the usual revenue of an order is taken.
const AROUND: i32 = 35;

/// A past sale, with what it did to revenue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PastLift {
    /// The sale, with its orders.
    pub sale: PastSale,
    /// Revenue of one of its orders ÷ that of an order on the ordinary days around it.
    pub per_order: f64,
}

impl PastLift {
    /// Orders ÷ those expected.
    pub fn orders(&self) -> f64 {
        1.0 + self.sale.lift()
    }

    /// Revenue ÷ that expected.
    pub fn revenue(&self) -> f64 {
        self.orders() * self.per_order
    }
}

/// What a sale is expected to bring.
#[derive(Debug, Clone, PartialEq)]
pub struct EventForecast {
    /// Orders of its hours without a sale.
    pub orders: Forecast,
    /// Revenue of its hours without a sale.
    pub revenue: Forecast,
    /// Past sales up to the origin, oldest first.
    pub past: Vec<PastLift>,
    /// What past sales say, or what is missing to tell.
    pub lift: Result<EventLift, TooLittle>,
}

/// What the next sale multiplies, if it is like the past ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventLift {
    /// Orders ÷ those expected without it.
    pub orders: Reckoned,
    /// Revenue ÷ that expected without it.
    pub revenue: Reckoned,
}

impl EventForecast {
    /// Orders with the sale; `None` where past sales are too few to tell.
    pub fn orders_with_sale(&self) -> Option<Reckoned> {
        self.lift.as_ref().ok().map(|lift| self.orders.sum.times(lift.orders))
    }

    /// Revenue with the sale, minor units; `None` where past sales are too few to tell.
    pub fn revenue_with_sale(&self) -> Option<Reckoned> {
        self.lift.as_ref().ok().map(|lift| self.revenue.sum.times(lift.revenue))
    }

    /// The chance that the sale reaches a revenue, minor units.
    pub fn chance_of(&self, target: i64) -> Option<f64> {
        self.revenue_with_sale().map(|revenue| revenue.chance_above(target as f64))
    }
}

/// Foretells a sale in some moments after `origin`, from the days up to it. Of `sales` those that were over by then
/// count.
///
/// # Errors
/// When the work was cancelled; inside, when the history is too short.
pub fn event_forecast(
    history: &History,
    sales: &[PastSale],
    origin: Day,
    span: Span,
    progress: &Progress,
) -> Result<Result<EventForecast, TooLittle>, Cancelled> {
    let orders = match forecast(history, Measure::Orders, origin, span, progress)? {
        Ok(orders) => orders,
        Err(missing) => return Ok(Err(missing)),
    };
    let revenue = match forecast(history, Measure::Revenue, origin, span, progress)? {
        Ok(revenue) => revenue,
        Err(missing) => return Ok(Err(missing)),
    };
    let (past, lift) = event_lift(history, sales, origin);
    Ok(Ok(EventForecast { orders, revenue, past, lift }))
}

/// What past sales that were over by `origin` brought, oldest first, and what they say of the next one.
pub fn event_lift(history: &History, sales: &[PastSale], origin: Day) -> (Vec<PastLift>, Result<EventLift, TooLittle>) {
    let before = sales.iter().filter(|sale| sale.last <= origin);
    let past: Vec<PastLift> = before.filter_map(|sale| past_lift(history, sale, origin)).collect();
    let of = |ratio: fn(&PastLift) -> f64| Reckoned::next_of(&past.iter().map(ratio).collect::<Vec<_>>());
    let lift = of(PastLift::orders).zip(of(PastLift::revenue)).filter(|_| past.len() >= FEWEST);
    let lift = lift.map(|(orders, revenue)| EventLift { orders, revenue }).ok_or(TooLittle {
        have: past.len() as u64,
        need: FEWEST as u64,
        what: "past sales with ordinary days around them",
    });
    (past, lift)
}

fn past_lift(history: &History, sale: &PastSale, origin: Day) -> Option<PastLift> {
    let sums = |days: &mut dyn Iterator<Item = i32>| {
        let days = days.filter_map(|day| history.at(Day(day)));
        days.fold((0, 0), |(orders, revenue), at| {
            (orders + history.day(Measure::Orders, at), revenue + history.day(Measure::Revenue, at))
        })
    };
    let ordinary = |day: &i32| history.at(Day(*day)).is_some_and(|at| history.is_ordinary(at));
    let around = (sale.first.0 - AROUND..=(sale.last.0 + AROUND).min(origin.0)).filter(ordinary);
    let (own, usual) = (sums(&mut (sale.first.0..=sale.last.0)), sums(&mut around.into_iter()));
    let per_order = |(orders, revenue): (i64, i64)| (orders > 0 && revenue > 0).then(|| revenue as f64 / orders as f64);
    Some(PastLift { sale: *sale, per_order: per_order(own)? / per_order(usual)? })
}
