//! How far a rule was off, and how far it will be: intervals that widen as the errors of the past did.

use super::trial::{Window, yardstick};
use super::{Of, RuleError, Told};
use crate::analytics::math::reckoned::quantile;

/// How a rule did on the past; `None` where nothing came.
pub fn score(rule: String, windows: &[Window], scale: Option<f64>) -> Option<RuleError> {
    let came: f64 = windows.iter().map(|window| window.came.abs()).sum();
    let off: f64 = windows.iter().map(|window| (window.foretold - window.came).abs()).sum();
    let bias: f64 = windows.iter().map(|window| window.foretold - window.came).sum();
    let mase = scale.map(|scale| off / windows.len() as f64 / scale);
    (came > 0.0 && off.is_finite()).then(|| RuleError { rule, wape: off / came, mase, bias: bias / came })
}

/// The variance of errors relative to their yardstick: a part that is there from the first step on, and one that grows
/// with the days ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scatter {
    fixed: f64,
    per_day: f64,
    /// Days that were foretold again: errors so many days ahead are independent where their windows do not overlap.
    days: f64,
}

impl Scatter {
    /// Of windows, over so many `days` of the past, where `middles` are the days ahead of the middle of each step; the two parts are fitted by least
    /// squares and not below zero.
    pub fn of(windows: &[Window], middles: &[f64], days: f64) -> Self {
        let square = |window: &Window| ((window.came - window.foretold) / window.yardstick).powi(2);
        let seen: Vec<(f64, f64)> = windows
            .iter()
            .filter(|window| window.yardstick > 0.0)
            .map(|window| (middles.get(window.step).copied().unwrap_or(0.0), square(window)))
            .collect();
        let n = seen.len().max(1) as f64;
        let (mean_day, squares) = seen.iter().fold((0.0, 0.0), |(t, v), (day, square)| (t + day / n, v + square / n));
        let (mut covariance, mut variance) = (0.0, 0.0);
        for (day, square) in &seen {
            covariance += (day - mean_day) * (square - squares);
            variance += (day - mean_day).powi(2);
        }
        let slope = if variance > 0.0 { (covariance / variance).max(0.0) } else { 0.0 };
        let fixed = squares - slope * mean_day;
        let (fixed, per_day) = if fixed >= 0.0 {
            (fixed, slope)
        } else {
            // Through the origin: the slope that then suits best.
            let (a, b) = seen.iter().fold((0.0, 0.0), |(a, b), (day, square)| (a + day * square, b + day * day));
            (0.0, if b > 0.0 { a / b } else { 0.0 })
        };
        Self { fixed, per_day, days }
    }

    /// The same, with a variance that grows by its own size over so many times the days.
    pub fn widened(self, times: f64) -> Self {
        Self { fixed: self.fixed * times.max(1.0), ..self }
    }

    /// How far a value may be from the middle, in yardsticks, with a probability.
    pub fn reach(&self, days_ahead: f64, probability: f64) -> f64 {
        let freedom = (self.days / days_ahead.max(1.0)).max(2.0);
        (self.fixed + self.per_day * days_ahead).sqrt() * quantile(0.5 + probability / 2.0, freedom)
    }
}

/// Doubt beside that of the rule: how far below and above the middle, with 80 % and with 95 %.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside {
    pub by_80: (f64, f64),
    pub by_95: (f64, f64),
}

impl Beside {
    /// Doubts that have nothing to do with each other.
    pub fn and(self, other: Self) -> Self {
        let join = |a: (f64, f64), b: (f64, f64)| (a.0.hypot(b.0), a.1.hypot(b.1));
        Self { by_80: join(self.by_80, other.by_80), by_95: join(self.by_95, other.by_95) }
    }
}

/// A middle with its intervals: errors of the rule, measured by `yard`, and the doubt beside; nothing of what is counted is
/// below `floor`.
pub fn told(middle: f64, yard: f64, scatter: &Scatter, days_ahead: f64, beside: Beside, floor: f64) -> Told {
    let within = |probability: f64, (below, above): (f64, f64)| {
        let reach = scatter.reach(days_ahead, probability) * yard;
        ((middle - reach.hypot(below)).max(floor.min(middle)), middle + reach.hypot(above))
    };
    Told { middle, within_80: within(0.8, beside.by_80), within_95: within(0.95, beside.by_95) }
}

/// Share of windows whose value lay in the interval of a probability.
pub fn held(windows: &[Window], middles: &[f64], scatter: &Scatter, probability: f64) -> f64 {
    let inside = |window: &&Window| {
        let days = middles.get(window.step).copied().unwrap_or(0.0);
        (window.came - window.foretold).abs() <= scatter.reach(days, probability) * window.yardstick
    };
    windows.iter().filter(inside).count() as f64 / windows.len().max(1) as f64
}

/// What errors of a step ahead are measured by.
pub fn yard(of: Of, ordinary: f64, mean: f64) -> f64 {
    if of == Of::Aov { ordinary } else { yardstick(ordinary, mean) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(step: usize, error: f64) -> Window {
        Window { step, foretold: 10.0, came: 10.0 + error, yardstick: 10.0 }
    }

    #[test]
    fn variances_grow_in_a_straight_line_and_never_shrink() {
        let middles = [1.0, 2.0, 3.0];
        let errors = [(0, 1.0), (0, -1.0), (1, 2.0_f64.sqrt()), (1, -(2.0_f64.sqrt())), (2, 3.0_f64.sqrt())];
        let windows: Vec<Window> = errors.iter().map(|(step, error)| window(*step, *error)).collect();
        let scatter = Scatter::of(&windows, &middles, 1e9);
        // Variances 0.01, 0.02, 0.03 of yardsticks: 0.01 a day, nothing fixed.
        assert!(scatter.fixed.abs() < 1e-12 && (scatter.per_day - 0.01).abs() < 1e-12, "{scatter:?}");
        assert!((scatter.reach(4.0, 0.95) - 0.2 * 1.959_964).abs() < 1e-5);
        let shrinking = Scatter::of(&[window(0, 2.0), window(2, 1.0)], &middles, 9.0);
        assert!(shrinking.per_day == 0.0 && (shrinking.fixed - 0.025).abs() < 1e-12);
        assert!(Scatter::of(&[], &middles, 0.0).reach(1.0, 0.95) == 0.0);
    }
}
