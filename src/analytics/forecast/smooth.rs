//! Exponential smoothing with a season of seven days: a level, a damped trend and one figure for each weekday, all
//! moved a little by every day's error (Holt and Winters in the form that corrects errors).

use crate::analytics::math::dual::{Dual, Number};
use crate::analytics::math::minimise::descend;

/// Days of a week.
pub const WEEK: usize = 7;
/// Fewer observed days leave the weekdays to chance.
const FEWEST_DAYS: usize = 4 * WEEK;
/// Trends are damped by at least this factor a day, and at most by that one: nothing grows for ever.
const DAMPING: (f64, f64) = (0.8, 0.995);
/// Weights of errors, damping, first level, first trend, first weekdays.
const PARAMETERS: usize = 6 + WEEK;
/// The trend is a change per day, so its parameter moves in hundredths.
const TREND_UNIT: f64 = 0.01;

/// How weekdays differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weekdays {
    /// By an amount.
    Added,
    /// By a factor.
    Multiplied,
}

/// What is known after a day, in units of the mean day.
#[derive(Debug, Clone, Copy)]
struct State<T> {
    level: T,
    trend: T,
    week: [T; WEEK],
}

/// How much of an error goes where.
#[derive(Debug, Clone, Copy)]
struct Weights<T> {
    level: T,
    trend: T,
    week: T,
    damping: T,
}

impl<T: Number> State<T> {
    /// What is foretold for day number `at`; then the day passes, with what was seen on it.
    fn pass(&mut self, weights: &Weights<T>, weekdays: Weekdays, at: usize, seen: Option<f64>) -> T {
        let drift = weights.damping * self.trend;
        let base = self.level + drift;
        let weekday = self.week[at % WEEK];
        let foretold = match weekdays {
            Weekdays::Added => base + weekday,
            Weekdays::Multiplied => base * weekday,
        };
        (self.level, self.trend) = (base, drift);
        if let Some(seen) = seen {
            let error = T::from(seen) - foretold;
            let (of_level, of_weekday) = match weekdays {
                Weekdays::Added => (error, error),
                Weekdays::Multiplied => (error / weekday, error / base),
            };
            let moved = weights.level * of_level;
            self.level = base + moved;
            self.trend = drift + weights.trend * moved;
            self.week[at % WEEK] = weekday + weights.week * of_weekday;
        }
        foretold
    }
}

/// A smoothing whose weights and first state were fitted.
#[derive(Debug, Clone, Copy)]
pub struct Smoother {
    weekdays: Weekdays,
    weights: Weights<f64>,
    first: State<f64>,
    unit: f64,
}

/// Fits weights and first state to days (`None` = left out) by least squares of the errors one day ahead. `None` for
/// too few days, for days without any value, and for factors where some day is not above zero.
pub fn fit(days: &[Option<f64>], weekdays: Weekdays, with_trend: bool) -> Option<Smoother> {
    let seen: Vec<f64> = days.iter().flatten().copied().collect();
    let unit = seen.iter().sum::<f64>() / seen.len().max(1) as f64;
    let has_factors = weekdays == Weekdays::Added || seen.iter().all(|value| *value > 0.0);
    if seen.len() < FEWEST_DAYS || unit <= 0.0 || !has_factors {
        return None;
    }
    let scaled: Vec<Option<f64>> = days.iter().map(|day| day.map(|value| value / unit)).collect();
    let start = first_guess(&scaled, weekdays);
    let squares = |at: &[f64; PARAMETERS]| {
        let (weights, mut state) = unpacked::<Dual<PARAMETERS>>(at, with_trend, Dual::scaled);
        let mut sum = Dual::from(0.0);
        for (at, seen) in scaled.iter().enumerate() {
            let foretold = state.pass(&weights, weekdays, at, *seen);
            if let Some(seen) = seen {
                let error = foretold - (*seen).into();
                sum = sum + error * error;
            }
        }
        let mean = sum / Dual::from(seen.len() as f64);
        (if mean.value.is_finite() { mean.value } else { f64::INFINITY }, mean.slopes)
    };
    let found = descend(&squares, start).unwrap_or(start);
    let (weights, first) = unpacked(&found, with_trend, |value, _, _| value);
    Some(Smoother { weekdays, weights, first, unit })
}

impl Smoother {
    /// The days after `days`, which begin on the same day as those it was fitted to.
    pub fn after(&self, days: &[Option<f64>], horizon: usize) -> Vec<f64> {
        let mut state = self.first;
        for (at, seen) in days.iter().enumerate() {
            state.pass(&self.weights, self.weekdays, at, seen.map(|value| value / self.unit));
        }
        let ahead = days.len()..days.len() + horizon;
        ahead.map(|at| state.pass(&self.weights, self.weekdays, at, None) * self.unit).collect()
    }

    /// Squared errors one day ahead, summed.
    pub fn squared_error(&self, days: &[Option<f64>]) -> f64 {
        let mut state = self.first;
        let error = |(at, seen): (usize, &Option<f64>)| {
            let foretold = state.pass(&self.weights, self.weekdays, at, seen.map(|value| value / self.unit));
            seen.map_or(0.0, |seen| (seen - foretold * self.unit).powi(2))
        };
        days.iter().enumerate().map(error).sum()
    }
}

/// Weights lie between 0 and 1 and the damping in its range, whatever the parameters.
fn unpacked<T: Number>(
    at: &[f64; PARAMETERS],
    with_trend: bool,
    number: impl Fn(f64, usize, f64) -> T,
) -> (Weights<T>, State<T>) {
    let between = |n: usize, (low, high): (f64, f64)| {
        let share = 1.0 / (1.0 + (-at[n]).exp());
        number(low + (high - low) * share, n, (high - low) * share * (1.0 - share))
    };
    let zero = T::from(0.0);
    let trend = |value: T| if with_trend { value } else { zero };
    let weights = Weights {
        level: between(0, (0.0, 1.0)),
        trend: trend(between(1, (0.0, 1.0))),
        week: between(2, (0.0, 1.0)),
        damping: trend(between(3, DAMPING)),
    };
    let state = State {
        level: number(at[4], 4, 1.0),
        trend: trend(number(at[5] * TREND_UNIT, 5, TREND_UNIT)),
        week: std::array::from_fn(|weekday| number(at[6 + weekday], 6 + weekday, 1.0)),
    };
    (weights, state)
}

/// Small weights, the level of the first weeks, no trend, and weekdays as they are on average.
fn first_guess(days: &[Option<f64>], weekdays: Weekdays) -> [f64; PARAMETERS] {
    let mean = |values: &mut dyn Iterator<Item = f64>| {
        let (sum, n) = values.fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
        if n > 0.0 { sum / n } else { 1.0 }
    };
    let mut at = [0.0; PARAMETERS];
    // Logits of 0.1, 0.05 and 0.05, and of a damping of 0.97.
    (at[0], at[1], at[2], at[3]) = (-2.2, -2.9, -2.9, 1.9);
    at[4] = mean(&mut days.iter().take(8 * WEEK).flatten().copied());
    for weekday in 0..WEEK {
        let own = mean(&mut days.iter().skip(weekday).step_by(WEEK).flatten().copied());
        at[6 + weekday] = match weekdays {
            Weekdays::Added => own - 1.0,
            Weekdays::Multiplied => own,
        };
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pure_week_on_a_damped_slope_is_continued_exactly() {
        let week = [0.9, 0.8, 1.0, 1.1, 1.3, 1.2, 0.7];
        let truth = |at: usize| 500.0 * (1.0 + 0.3 * (1.0 - 0.99_f64.powi(at as i32))) * week[at % WEEK];
        let mut days: Vec<Option<f64>> = (0..280).map(|at| Some(truth(at))).collect();
        days[100..110].fill(None);
        let smoother = fit(&days, Weekdays::Multiplied, true).unwrap();
        for (n, foretold) in smoother.after(&days, 21).into_iter().enumerate() {
            assert!((foretold / truth(280 + n) - 1.0).abs() < 0.005, "{n}: {foretold} {}", truth(280 + n));
        }
    }

    #[test]
    fn nothing_is_fitted_to_too_little() {
        assert!(fit(&[Some(1.0); 20], Weekdays::Added, false).is_none());
        assert!(fit(&[Some(0.0); 60], Weekdays::Added, false).is_none());
        let mut closed = [Some(3.0); 60];
        closed[5] = Some(0.0);
        assert!(fit(&closed, Weekdays::Multiplied, false).is_none());
        assert!(fit(&closed, Weekdays::Added, false).is_some());
    }
}
