//! The rules that compete: those of single days, and the days of a year before.

use super::Grain;
use crate::analytics::forecast::{Candidate, Errors, Fitted, Form, Method, Trend, Weekdays};

/// A year of whole weeks, so that weekdays meet.
pub const YEAR: usize = 364;
/// Weeks by which growth since the year before is told.
const GROWTH: usize = 56;
/// Growth is taken to be within these bounds.
const GROWS: (f64, f64) = (1.0 / 3.0, 3.0);
/// Known days before the days of a year before can be tried.
pub const BEFORE_YEARS: usize = YEAR + GROWTH;

/// How days are foretold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// From the last days, with a season of the year or without.
    Days(Candidate),
    /// As a year before, on the same weekday; grown as much as the last weeks have.
    YearBefore {
        /// Whether growth is put on.
        grown: bool,
    },
}

/// A rule that is ready.
pub enum Ready {
    Days(Box<Fitted>),
    YearBefore { grown: bool },
}

impl Rule {
    /// For people.
    pub fn name(&self) -> String {
        match self {
            Self::Days(candidate) => candidate.name(),
            Self::YearBefore { grown: false } => "same weekday a year before".into(),
            Self::YearBefore { grown: true } => "same weekday a year before, grown as the last 8 weeks".into(),
        }
    }

    /// The seasonal naive rule: as a week before by day; as a year before by week and month, or, while no year is known,
    /// as the last week and the last four weeks.
    pub fn naive(grain: Grain, year_known: bool) -> Self {
        let days = |method| Self::Days(Candidate { method, yearly: false });
        match grain {
            Grain::Day => days(Method::SameWeekday),
            _ if year_known => Self::YearBefore { grown: false },
            Grain::Week => days(Method::SameWeekday),
            Grain::Month => days(Method::MeanOfWeekdays),
        }
    }

    /// All that can be tried, the seasonal naive one first, then the simpler ones first.
    pub fn all(grain: Grain, year_known: bool, seasonal: bool) -> Vec<Self> {
        let mut rules = vec![Self::naive(grain, year_known)];
        let forms = [
            (Errors::Added, Trend::Straight, Weekdays::Added),
            (Errors::Added, Trend::Straight, Weekdays::Multiplied),
            (Errors::Multiplied, Trend::None, Weekdays::Multiplied),
            (Errors::Multiplied, Trend::Damped, Weekdays::Multiplied),
        ];
        let forms = forms.map(|(errors, trend, weekdays)| Method::Smoothing(Form { errors, trend, weekdays }));
        let more = forms.into_iter().flat_map(|method| [false, true].map(|yearly| Candidate { method, yearly }));
        let more = more.filter(|candidate| seasonal || !candidate.yearly);
        let years = [false, true].map(|grown| Self::YearBefore { grown }).into_iter().filter(|_| year_known);
        let others = Candidate::all(seasonal).into_iter().chain(more).map(Self::Days).chain(years);
        for rule in others {
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
        rules
    }

    /// The rule with everything that must be fitted to days, beginning from a fit to fewer of them where there is one;
    /// `None` where it cannot be fitted.
    pub fn fitted(&self, days: &[Option<f64>], factors: Option<&[f64]>, near: Option<&Ready>) -> Option<Ready> {
        match (self, near) {
            (Self::Days(candidate), Some(Ready::Days(near))) => candidate.fitted_near(days, factors, Some(near)),
            (Self::Days(candidate), _) => candidate.fitted(days, factors),
            (Self::YearBefore { grown }, _) => return Some(Ready::YearBefore { grown: *grown }),
        }
        .map(|fitted| Ready::Days(Box::new(fitted)))
    }
}

impl Ready {
    /// So many days after `days`; `None` where they do not reach back far enough.
    pub fn after(&self, days: &[Option<f64>], factors: Option<&[f64]>, horizon: usize) -> Option<Vec<f64>> {
        match self {
            Self::Days(fitted) => Some(fitted.after(days, factors, horizon)),
            Self::YearBefore { grown } => {
                let growth = if *grown { growth(days)? } else { 1.0 };
                (0..horizon).map(|ahead| Some((year_before(days, days.len() + ahead)? * growth).max(0.0))).collect()
            }
        }
    }
}

/// The ordinary day of the same weekday that is nearest to a year before, of those that are known.
fn year_before(days: &[Option<f64>], at: usize) -> Option<f64> {
    let years = (at + 1).saturating_sub(days.len()).div_ceil(YEAR).max(1);
    let same = at.checked_sub(years * YEAR)?;
    let known = |at: Option<usize>| at.and_then(|at| days.get(at).copied().flatten());
    known(Some(same)).or_else(|| {
        (1..=6).find_map(|weeks| known(same.checked_sub(7 * weeks)).or_else(|| known(Some(same + 7 * weeks))))
    })
}

/// The last weeks against the same ones a year before.
fn growth(days: &[Option<f64>]) -> Option<f64> {
    let from = days.len().checked_sub(GROWTH)?;
    let (mut own, mut before) = (0.0, 0.0);
    for at in from..days.len() {
        if let (Some(day), Some(year_before)) = (days[at], year_before(days, at)) {
            own += day;
            before += year_before;
        }
    }
    (own > 0.0 && before > 0.0).then(|| (own / before).clamp(GROWS.0, GROWS.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_before_has_the_same_weekdays_and_the_growth_since() {
        let mut days: Vec<Option<f64>> =
            (0..800).map(|at| Some((100 + at % 7) as f64 * if at < 700 { 1.0 } else { 1.5 })).collect();
        // The day a year before the first one foretold is left out: the week before it stands in.
        days[800 - YEAR] = None;
        let ready = |grown| Rule::YearBefore { grown }.fitted(&days, None, None).unwrap();
        let plain = ready(false).after(&days, None, 370).unwrap();
        assert_eq!(plain[..3], [(100 + 800 % 7) as f64, (100 + 801 % 7) as f64, (100 + 802 % 7) as f64]);
        // More than a year ahead: the last such days that are known.
        assert_eq!(plain[365], (100 + 1165 % 7) as f64);
        let grown = ready(true).after(&days, None, 3).unwrap();
        assert!((grown[0] / plain[0] - 1.5).abs() < 1e-9);
        assert!(
            Rule::YearBefore { grown: true }.fitted(&days, None, None).unwrap().after(&days[..300], None, 3).is_none()
        );
    }
}
