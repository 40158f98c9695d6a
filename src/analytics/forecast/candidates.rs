//! The rules that compete for a forecast, from the simplest on.

use super::smooth::{self, Errors, Form, Smoother, Trend, WEEK, Weekdays};

/// Weeks behind a mean.
const MEAN_WEEKS: usize = 4;
/// A weekday on which nothing was sold so many times in a row is closed, where other weekdays seldom are without a sale.
const CLOSED_WEEKS: usize = 6;
/// A weekday is without a sale so many times in a row by chance more seldom than this.
const BY_CHANCE: f64 = 0.001;

/// How a day is foretold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// As on the last such weekday.
    SameWeekday,
    /// The mean of the last four such weekdays.
    MeanOfWeekdays,
    /// Exponential smoothing of a level, a trend and the weekdays.
    Smoothing(Form),
}

/// A rule that competes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// How a day is foretold.
    pub method: Method,
    /// Whether the season of the year is taken off before and put on afterwards.
    pub yearly: bool,
}

const METHODS: [Method; 6] = [
    Method::SameWeekday,
    Method::MeanOfWeekdays,
    smoothing(Trend::None, Weekdays::Added),
    smoothing(Trend::Damped, Weekdays::Added),
    smoothing(Trend::None, Weekdays::Multiplied),
    smoothing(Trend::Damped, Weekdays::Multiplied),
];

const fn smoothing(trend: Trend, weekdays: Weekdays) -> Method {
    Method::Smoothing(Form { errors: Errors::Added, trend, weekdays })
}

impl Candidate {
    /// All of them, the simpler ones first; those with a season of the year where it can be told.
    pub fn all(yearly: bool) -> Vec<Self> {
        let plain = METHODS.map(|method| Self { method, yearly: false });
        let seasonal = METHODS.into_iter().skip(1).map(|method| Self { method, yearly: true });
        plain.into_iter().chain(seasonal.filter(|_| yearly)).collect()
    }

    /// For people: `mean of the last 4 same weekdays, season of the year`.
    pub fn name(&self) -> String {
        let method = match self.method {
            Method::SameWeekday => "same weekday a week before".to_owned(),
            Method::MeanOfWeekdays => "mean of the last 4 same weekdays".to_owned(),
            Method::Smoothing(form) => form.name(),
        };
        format!("{method}{}", if self.yearly { ", season of the year" } else { "" })
    }

    /// The rule with everything that must be fitted to days (`None` = left out); `factors` are those of the season of
    /// the year. `None` where it cannot be fitted.
    pub fn fitted(&self, days: &[Option<f64>], factors: Option<&[f64]>) -> Option<Fitted> {
        self.fitted_near(days, factors, None)
    }

    /// The same, beginning from a fit to fewer of the same days.
    pub fn fitted_near(&self, days: &[Option<f64>], factors: Option<&[f64]>, near: Option<&Fitted>) -> Option<Fitted> {
        let factors = factors.filter(|_| self.yearly);
        if self.yearly && factors.is_none() {
            return None;
        }
        let smoother = match self.method {
            Method::Smoothing(form) => {
                Some(smooth::fit_near(&without(days, factors), form, near.and_then(|near| near.smoother.as_ref()))?)
            }
            Method::SameWeekday | Method::MeanOfWeekdays => None,
        };
        Some(Fitted { candidate: *self, smoother })
    }
}

/// A rule that is ready to foretell.
#[derive(Debug, Clone, Copy)]
pub struct Fitted {
    /// Which one.
    pub candidate: Candidate,
    smoother: Option<Smoother>,
}

impl Fitted {
    /// So many days after `days`, none below zero, closed weekdays at zero. `factors` are those of the season of the
    /// year, from the first of `days` on and past the last foretold one.
    pub fn after(&self, days: &[Option<f64>], factors: Option<&[f64]>, horizon: usize) -> Vec<f64> {
        let factors = factors.filter(|_| self.candidate.yearly);
        let plain = without(days, factors);
        let mut foretold = match (&self.smoother, self.candidate.method) {
            (Some(smoother), _) => smoother.after(&plain, horizon),
            (None, Method::SameWeekday) => of_weekdays(&plain, horizon, 1),
            (None, _) => of_weekdays(&plain, horizon, MEAN_WEEKS),
        };
        for (n, value) in foretold.iter_mut().enumerate() {
            let factor = factors.and_then(|factors| factors.get(days.len() + n)).copied().unwrap_or(1.0);
            *value = (*value * factor).max(0.0);
        }
        (0..WEEK).filter(|ahead| is_closed(days, *ahead)).for_each(|ahead| {
            foretold.iter_mut().skip(ahead).step_by(WEEK).for_each(|value| *value = 0.0);
        });
        foretold
    }
}

fn without(days: &[Option<f64>], factors: Option<&[f64]>) -> Vec<Option<f64>> {
    match factors {
        Some(factors) => days.iter().zip(factors).map(|(day, factor)| day.map(|value| value / factor)).collect(),
        None => days.to_vec(),
    }
}

/// The last days that have the weekday of the one `ahead` days after the last, latest first.
fn same_weekday(days: &[Option<f64>], ahead: usize) -> impl Iterator<Item = f64> {
    days.iter().rev().skip(WEEK - 1 - ahead % WEEK).step_by(WEEK).flatten().copied()
}

fn of_weekdays(days: &[Option<f64>], horizon: usize, weeks: usize) -> Vec<f64> {
    let mean = |ahead: usize| {
        let last: Vec<f64> = same_weekday(days, ahead).take(weeks).collect();
        last.iter().sum::<f64>() / last.len().max(1) as f64
    };
    let week: Vec<f64> = (0..WEEK).map(mean).collect();
    (0..horizon).map(|ahead| week[ahead % WEEK]).collect()
}

fn is_closed(days: &[Option<f64>], ahead: usize) -> bool {
    let last: Vec<f64> = same_weekday(days, ahead).take(CLOSED_WEEKS).collect();
    last.len() == CLOSED_WEEKS
        && last.iter().all(|value| *value == 0.0)
        && idle(days).powi(CLOSED_WEEKS as i32) < BY_CHANCE
}

/// The share of days without a sale in the last weeks, of weekdays that had any.
fn idle(days: &[Option<f64>]) -> f64 {
    let (mut all, mut without) = (0.0, 0.0);
    for ahead in 0..WEEK {
        let last: Vec<f64> = same_weekday(days, ahead).take(CLOSED_WEEKS).collect();
        if last.iter().any(|value| *value != 0.0) {
            all += last.len() as f64;
            without += last.iter().filter(|value| **value == 0.0).count() as f64;
        }
    }
    if all > 0.0 { without / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_followed_over_days_that_are_left_out() {
        // Four weeks of 1, 2, … 7, each week ten more, and the last Monday left out; the eighth day is a Monday.
        let mut days: Vec<Option<f64>> = (0..28).map(|at| Some((at % 7 + 1 + at / 7 * 10) as f64)).collect();
        days[21] = None;
        let rule = |method| Candidate { method, yearly: false }.fitted(&days, None).unwrap().after(&days, None, 8);
        assert_eq!(rule(Method::SameWeekday), [21.0, 32.0, 33.0, 34.0, 35.0, 36.0, 37.0, 21.0]);
        assert_eq!(rule(Method::MeanOfWeekdays)[..2], [11.0, 17.0]);
    }

    #[test]
    fn a_shop_that_sells_seldom_is_not_closed() {
        // An order every fifth day, and hardly ever on a Sunday.
        let days: Vec<Option<f64>> =
            (0..105).map(|at| Some(if at % 5 == 0 && (at % 7 != 6 || at < 60) { 10.0 } else { 0.0 })).collect();
        assert!((0..7).all(|ahead| !is_closed(&days, ahead)));
    }

    #[test]
    fn closed_weekdays_stay_closed() {
        let days: Vec<Option<f64>> = (0..70).map(|at| Some(if at % 7 == 5 { 0.0 } else { 10.0 })).collect();
        for candidate in Candidate::all(false) {
            if let Some(fitted) = candidate.fitted(&days, None) {
                let foretold = fitted.after(&days, None, 7);
                assert!(foretold[5] == 0.0 && (foretold[4] - 10.0).abs() < 0.5, "{} {foretold:?}", candidate.name());
            }
        }
    }
}
