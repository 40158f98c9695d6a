//! Exponential smoothing with a season of seven days: a level, a trend and one figure for each weekday, all moved a
//! little by every day's error (Holt and Winters in the form that corrects errors). Weights and first state are those of
//! the greatest likelihood (Hyndman, Koehler, Ord and Snyder 2008, “Forecasting with Exponential Smoothing”).

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

/// How levels move on by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// Not at all.
    None,
    /// By less from day to day.
    Damped,
    /// By the same every day.
    Straight,
}

/// How errors scatter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errors {
    /// By the same amount, whatever is foretold.
    Added,
    /// In proportion to what is foretold.
    Multiplied,
}

/// Logits of the weights of level, trend and weekdays and of the damping, from which a fit begins: quick ones, slow
/// ones, hardly any.
const STARTS: [[f64; 4]; 4] =
    [[-2.2, -2.9, -2.9, 1.9], [-0.8, -5.0, -2.7, 0.5], [-3.3, -1.0, -1.1, 3.0], [-3.5, -7.0, -7.0, 1.0]];

/// What a smoothing consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// How errors scatter.
    pub errors: Errors,
    /// How levels move on.
    pub trend: Trend,
    /// How weekdays differ.
    pub weekdays: Weekdays,
}

impl Form {
    /// For people: `smoothing with damped trend, weekdays as factors`.
    pub fn name(self) -> String {
        let trend = match self.trend {
            Trend::None => "",
            Trend::Damped => " with damped trend",
            Trend::Straight => " with straight trend",
        };
        let weekdays = match self.weekdays {
            Weekdays::Added => "weekdays added",
            Weekdays::Multiplied => "weekdays as factors",
        };
        let errors = if self.errors == Errors::Multiplied { ", errors in proportion" } else { "" };
        format!("smoothing{trend}, {weekdays}{errors}")
    }
}

/// What is known after a day, in units of the mean day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct State<T> {
    /// The level.
    pub level: T,
    /// Its change from day to day.
    pub trend: T,
    /// Weekdays, that of the first day first.
    pub week: [T; WEEK],
}

/// How much of an error goes where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights<T> {
    /// Into the level.
    pub level: T,
    /// Of what goes into the level, into the trend.
    pub trend: T,
    /// Into the weekday.
    pub week: T,
    /// What is left of the trend from one day to the next.
    pub damping: T,
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

/// A smoothing with its weights and first state.
#[derive(Debug, Clone, Copy)]
pub struct Smoother {
    form: Form,
    weights: Weights<f64>,
    first: State<f64>,
    unit: f64,
    /// Where a fit found it.
    found: Option<[f64; PARAMETERS]>,
}

/// Fits weights and first state to days (`None` = left out) by their likelihood; with errors that are added, that is
/// least squares of the errors one day ahead. `None` for too few days, for days without any value, and for factors where
/// some day is not above zero.
pub fn fit(days: &[Option<f64>], form: Form) -> Option<Smoother> {
    fit_near(days, form, None)
}

/// The same, beginning from a fit to days that were much the same, which is quicker than to search everywhere.
pub fn fit_near(days: &[Option<f64>], form: Form, near: Option<&Smoother>) -> Option<Smoother> {
    let seen: Vec<f64> = days.iter().flatten().copied().collect();
    let unit = seen.iter().sum::<f64>() / seen.len().max(1) as f64;
    let adds = form.weekdays == Weekdays::Added && form.errors == Errors::Added;
    if seen.len() < FEWEST_DAYS || unit <= 0.0 || !(adds || seen.iter().all(|value| *value > 0.0)) {
        return None;
    }
    let scaled: Vec<Option<f64>> = days.iter().map(|day| day.map(|value| value / unit)).collect();
    let unlikely = |at: &[f64; PARAMETERS]| unlikelihood(&scaled, seen.len() as f64, form, at);
    let lower = |start: [f64; PARAMETERS]| descend(&unlikely, start).unwrap_or(start);
    let found = if let Some(near) = near.and_then(|near| near.found) {
        lower(near)
    } else {
        let guess = first_guess(&scaled, form.weekdays);
        // Likelihoods have several hills.
        let hills = STARTS.map(|logits| {
            let mut start = guess;
            start[..logits.len()].copy_from_slice(&logits);
            let at = lower(start);
            (unlikely(&at).0, at)
        });
        lower(hills.into_iter().min_by(|a, b| a.0.total_cmp(&b.0))?.1)
    };
    let (weights, first) = unpacked(&found, form.trend, |value, _, _| value);
    Some(Smoother { form, weights, first, unit, found: Some(found) })
}

/// What is least where the days are most likely, with its slopes: the mean square of errors, or its logarithm plus twice
/// the mean logarithm of what was foretold where errors are in proportion to it.
fn unlikelihood(days: &[Option<f64>], seen: f64, form: Form, at: &[f64; PARAMETERS]) -> (f64, [f64; PARAMETERS]) {
    let (weights, mut state) = unpacked::<Dual<PARAMETERS>>(at, form.trend, Dual::scaled);
    let (mut squares, mut logs) = (Dual::from(0.0), Dual::from(0.0));
    for (at, seen) in days.iter().enumerate() {
        let foretold = state.pass(&weights, form.weekdays, at, *seen);
        let Some(seen) = seen else { continue };
        let mut error = foretold - (*seen).into();
        if form.errors == Errors::Multiplied {
            error = error / foretold;
            logs = logs + ln(foretold);
        }
        squares = squares + error * error;
    }
    let mean = squares / Dual::from(seen);
    let sum = match form.errors {
        Errors::Added => mean,
        Errors::Multiplied => ln(mean) + logs * Dual::from(2.0 / seen),
    };
    (if sum.value.is_finite() { sum.value } else { f64::INFINITY }, sum.slopes)
}

/// The logarithm; not a number below zero, where nothing is likely.
fn ln<const N: usize>(number: Dual<N>) -> Dual<N> {
    Dual { value: number.value.ln(), slopes: number.slopes.map(|slope| slope / number.value) }
}

impl Smoother {
    /// A smoothing whose weights and first state are known, in units of the days.
    pub fn given(form: Form, weights: Weights<f64>, first: State<f64>) -> Self {
        Self { form, weights, first, unit: 1.0, found: None }
    }

    /// The days after `days`, which begin on the same day as those it was fitted to.
    pub fn after(&self, days: &[Option<f64>], horizon: usize) -> Vec<f64> {
        let (mut state, _) = self.through(days);
        let ahead = days.len()..days.len() + horizon;
        ahead.map(|at| state.pass(&self.weights, self.form.weekdays, at, None) * self.unit).collect()
    }

    /// What was foretold for each of `days` from those before it.
    pub fn one_ahead(&self, days: &[Option<f64>]) -> Vec<f64> {
        self.through(days).1
    }

    fn through(&self, days: &[Option<f64>]) -> (State<f64>, Vec<f64>) {
        let mut state = self.first;
        let pass = |(at, seen): (usize, &Option<f64>)| {
            state.pass(&self.weights, self.form.weekdays, at, seen.map(|value| value / self.unit)) * self.unit
        };
        let foretold = days.iter().enumerate().map(pass).collect();
        (state, foretold)
    }

    /// Squared errors one day ahead, summed.
    pub fn squared_error(&self, days: &[Option<f64>]) -> f64 {
        let foretold = self.one_ahead(days);
        days.iter().zip(foretold).filter_map(|(day, foretold)| Some(((*day)? - foretold).powi(2))).sum()
    }

    /// The logarithm of the likelihood of days, at the scatter that suits them best.
    pub fn log_likelihood(&self, days: &[Option<f64>]) -> f64 {
        let foretold = self.one_ahead(days);
        let pairs: Vec<(f64, f64)> =
            days.iter().zip(foretold).filter_map(|(day, foretold)| Some(((*day)?, foretold))).collect();
        let n = pairs.len() as f64;
        let (squares, logs) =
            pairs.iter().fold((0.0, 0.0), |(squares, logs), (day, foretold)| match self.form.errors {
                Errors::Added => (squares + (day - foretold).powi(2), logs),
                Errors::Multiplied => (squares + (day / foretold - 1.0).powi(2), logs + foretold.abs().ln()),
            });
        -n / 2.0 * ((std::f64::consts::TAU * squares / n).ln() + 1.0) - logs
    }
}

/// Weights lie between 0 and 1 and the damping in its range, whatever the parameters.
fn unpacked<T: Number>(
    at: &[f64; PARAMETERS],
    trend: Trend,
    number: impl Fn(f64, usize, f64) -> T,
) -> (Weights<T>, State<T>) {
    let between = |n: usize, (low, high): (f64, f64)| {
        let share = 1.0 / (1.0 + (-at[n]).exp());
        number(low + (high - low) * share, n, (high - low) * share * (1.0 - share))
    };
    let moves = |value: T| if trend == Trend::None { T::from(0.0) } else { value };
    let damping = match trend {
        Trend::None => T::from(0.0),
        Trend::Damped => between(3, DAMPING),
        Trend::Straight => T::from(1.0),
    };
    let weights = Weights {
        level: between(0, (0.0, 1.0)),
        trend: moves(between(1, (0.0, 1.0))),
        week: between(2, (0.0, 1.0)),
        damping,
    };
    let state = State {
        level: number(at[4], 4, 1.0),
        trend: moves(number(at[5] * TREND_UNIT, 5, TREND_UNIT)),
        week: std::array::from_fn(|weekday| number(at[6 + weekday], 6 + weekday, 1.0)),
    };
    (weights, state)
}

/// The level of the first weeks, no trend, and weekdays as they are on average.
fn first_guess(days: &[Option<f64>], weekdays: Weekdays) -> [f64; PARAMETERS] {
    let mean = |values: &mut dyn Iterator<Item = f64>| {
        let (sum, n) = values.fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
        if n > 0.0 { sum / n } else { 1.0 }
    };
    let mut at = [0.0; PARAMETERS];
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

    fn form(trend: Trend, weekdays: Weekdays) -> Form {
        Form { errors: Errors::Added, trend, weekdays }
    }

    #[test]
    fn a_pure_week_on_a_damped_slope_is_continued_exactly() {
        let week = [0.9, 0.8, 1.0, 1.1, 1.3, 1.2, 0.7];
        let truth = |at: usize| 500.0 * (1.0 + 0.3 * (1.0 - 0.99_f64.powi(at as i32))) * week[at % WEEK];
        let mut days: Vec<Option<f64>> = (0..280).map(|at| Some(truth(at))).collect();
        days[100..110].fill(None);
        let smoother = fit(&days, form(Trend::Damped, Weekdays::Multiplied)).unwrap();
        for (n, foretold) in smoother.after(&days, 21).into_iter().enumerate() {
            assert!((foretold / truth(280 + n) - 1.0).abs() < 0.005, "{n}: {foretold} {}", truth(280 + n));
        }
    }

    #[test]
    fn nothing_is_fitted_to_too_little() {
        assert!(fit(&[Some(1.0); 20], form(Trend::None, Weekdays::Added)).is_none());
        assert!(fit(&[Some(0.0); 60], form(Trend::None, Weekdays::Added)).is_none());
        let mut closed = [Some(3.0); 60];
        closed[5] = Some(0.0);
        assert!(fit(&closed, form(Trend::None, Weekdays::Multiplied)).is_none());
        assert!(fit(&closed, form(Trend::None, Weekdays::Added)).is_some());
    }
}
