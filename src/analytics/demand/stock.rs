//! How long stock lasts, and when and how many to order.

use super::{Expected, Settings, Stock};
use crate::analytics::math::normal;
use crate::model::Day;

/// Longer is as good as for ever.
const LONGEST: f64 = 10_000.0;

/// What is asked for on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    per_day: f64,
    variance_per_day: f64,
    /// Units that suffice until the delivery after next look, with the chance that is asked for.
    enough: f64,
    /// How many deviations that chance is from the middle.
    deviations: f64,
}

impl Rate {
    /// Of what is expected.
    pub fn of(expected: &Expected, variance_per_day: f64, settings: &Settings) -> Self {
        Self {
            per_day: expected.per_week / 7.0,
            variance_per_day,
            enough: expected.enough,
            deviations: normal::quantile(settings.service.clamp(0.5, 0.9999)),
        }
    }

    /// Days until so many units are gone.
    fn days(&self, units: f64) -> f64 {
        (units / self.per_day).min(LONGEST)
    }

    /// Days that so many units last with the chance that is asked for: where rate × days plus the deviation of so many
    /// days are the units.
    fn safe_days(&self, units: f64) -> f64 {
        let spread = self.deviations * self.variance_per_day.sqrt();
        let root = ((spread * spread + 4.0 * self.per_day * units).sqrt() - spread) / (2.0 * self.per_day);
        (root * root).min(LONGEST)
    }
}

/// What is known of the stock of a product; `rate` is `None` where nobody can tell what will be asked for.
pub fn stock(units: i64, seen: Option<Day>, as_of: Day, rate: Option<&Rate>, settings: &Settings) -> Stock {
    let none = Stock { units, seen, cover_days: None, safe_days: None, order_by: None, is_late: false, order_units: 0 };
    let Some(rate) = rate.filter(|rate| rate.per_day > 0.0) else { return none };
    let at_hand = units.max(0) as f64;
    let (cover, safe) = (rate.days(at_hand), rate.safe_days(at_hand));
    let wait = (safe - f64::from(settings.lead_days)).floor();
    // What will be left when it is time to order.
    let left = (at_hand - rate.per_day * wait.max(0.0)).max(0.0);
    Stock {
        cover_days: Some(cover),
        safe_days: Some(safe),
        order_by: Some(Day(as_of.0 + wait.max(0.0) as i32)),
        is_late: wait < 0.0,
        order_units: (rate.enough - left).max(0.0).ceil() as u32,
        ..none
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analytics::demand::Rule;

    #[test]
    fn orders_are_placed_while_stock_lasts_until_the_delivery() {
        let settings = Settings { lead_days: 14, review_days: 7, service: 0.95 };
        let expected = Expected {
            rule: Rule::Smoothing,
            per_week: 70.0,
            units: 210.0,
            within_80: (0.0, 0.0),
            within_95: (0.0, 0.0),
            enough: 240.0,
            error: 0.0,
            naive_error: 0.0,
        };
        // Ten a day without scatter: 300 units last 30 days, an order is due 14 days before that.
        let rate = Rate::of(&expected, 0.0, &settings);
        let found = stock(300, None, Day(1_000), Some(&rate), &settings);
        assert_eq!((found.cover_days, found.safe_days), (Some(30.0), Some(30.0)));
        assert_eq!((found.order_by, found.is_late, found.order_units), (Some(Day(1_016)), false, 100));
        // With scatter it is due earlier; with few units it is too late.
        let rate = Rate::of(&expected, 40.0, &settings);
        let found = stock(300, None, Day(1_000), Some(&rate), &settings);
        assert!(found.safe_days.unwrap() < 26.0 && found.order_by.unwrap() < Day(1_012), "{found:?}");
        // Check: 10 d + 1.645 √(40 d) = 300 at d = 24.7.
        let days = found.safe_days.unwrap();
        assert!((10.0 * days + 1.644_854 * (40.0 * days).sqrt() - 300.0).abs() < 1e-3);
        let found = stock(50, None, Day(1_000), Some(&rate), &settings);
        assert!(found.is_late && found.order_by == Some(Day(1_000)) && found.order_units == 190);
        assert_eq!(stock(5, None, Day(0), None, &settings).order_by, None);
    }
}
