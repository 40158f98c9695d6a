//! What the stock of a product suggests for its price.

use super::{Hint, Prices, Settings, Told};
use crate::analytics::demand::weeks::Priced;

/// Weeks that tell how fast a product sells at present.
const PRESENT: usize = 8;
/// Stock is short when it lasts a third of the days that it should.
const SHORT: f64 = 1.0 / 3.0;
/// And too large when it lasts a quarter longer.
const LARGE: f64 = 1.25;
/// A smaller discount is none.
const LEAST: f64 = 0.01;

/// What is known of a product.
pub struct Ground {
    pub stock: i64,
    pub prices: Prices,
    /// Units a day at the present price.
    pub per_day: f64,
    /// Unit cost, minor units.
    pub cost: Option<i64>,
}

/// Units a day in the last weeks with stock.
pub fn per_day(weeks: &[Priced]) -> f64 {
    let last: Vec<&Priced> = weeks.iter().rev().filter(|week| week.without < 7).take(PRESENT).collect();
    let days: f64 = last.iter().map(|week| 7.0 - f64::from(week.without)).sum();
    last.iter().map(|week| week.units).sum::<f64>() / days.max(1.0)
}

/// The hint; `None` where nothing sells at present, so that nobody knows how long the stock lasts.
pub fn hint(ground: &Ground, elasticity: Option<Told>, settings: &Settings) -> Option<Hint> {
    let target = f64::from(settings.target_days.max(1));
    if ground.per_day <= 0.0 {
        return None;
    }
    let cover_days = ground.stock.max(0) as f64 / ground.per_day;
    if cover_days < target * SHORT {
        return Some(Hint::NoDiscount { cover_days });
    }
    if cover_days <= target * LARGE {
        return Some(Hint::AsItIs { cover_days });
    }
    let cannot = Hint::CannotTell { cover_days };
    let Some(elasticity) = elasticity.filter(|told| told.within_95.1 < 0.0) else { return Some(cannot) };
    // Units go as price to the elasticity: sold in time at this price.
    let present = ground.prices.present;
    let wanted = present * (cover_days / target).powf(1.0 / elasticity.middle);
    let lowest = ground.prices.low.max(ground.cost.map_or(0.0, |cost| cost as f64));
    let price = wanted.max(lowest);
    let off = 1.0 - price / present;
    if off < LEAST {
        return Some(cannot);
    }
    let then = |elasticity: f64| cover_days / (price / present).powf(elasticity);
    // The stronger demand answers, the fewer days are left.
    let then_days = Told {
        middle: then(elasticity.middle),
        within_95: (then(elasticity.within_95.0), then(elasticity.within_95.1)),
    };
    let margin = ground.cost.map(|cost| price - cost as f64);
    Some(Hint::Discount { off, price, cover_days, then_days, margin, is_limit: wanted < lowest })
}
