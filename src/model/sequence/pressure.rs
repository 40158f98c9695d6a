//! How much a customer is written to at most, all sequences together.

use serde::{Deserialize, Serialize};

use super::{DAY, HOUR, Problem};

/// Limits on messages per head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pressure {
    /// Most messages on one day.
    pub per_day: Option<u32>,
    /// Most messages within seven days on end.
    pub per_week: Option<u32>,
    /// Most messages within thirty days on end.
    pub per_30_days: Option<u32>,
    /// Hours in which nothing is sent.
    pub quiet: Option<Quiet>,
    /// Two sequences that want the same head within so many days collide; 0 = on the same day.
    pub apart_days: u32,
    /// Whether messages that files tell of per head, such as those of campaigns, count towards the limits.
    pub contacts: bool,
    /// Whether customers whose consent no file tells are written to.
    pub assume_consent: bool,
}

impl Default for Pressure {
    fn default() -> Self {
        Self {
            per_day: Some(1),
            per_week: Some(3),
            per_30_days: Some(8),
            quiet: Some(Quiet { from: 21, to: 8 }),
            apart_days: 0,
            contacts: true,
            assume_consent: false,
        }
    }
}

impl Pressure {
    /// No limit at all.
    pub const NONE: Self = Self {
        per_day: None,
        per_week: None,
        per_30_days: None,
        quiet: None,
        apart_days: 0,
        contacts: false,
        assume_consent: false,
    };

    /// What is wrong with the limits.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut wrong = |at: &str, words: String| found.push(Problem { at: at.into(), words, stops: true });
        if self.quiet.is_some_and(|quiet| quiet.from > 23 || quiet.to > 23) {
            wrong("quiet", "quiet hours are whole hours from 0 to 23".into());
        }
        for (at, limit) in [("per_day", self.per_day), ("per_week", self.per_week), ("per_30_days", self.per_30_days)] {
            if limit == Some(0) {
                wrong(at, "a limit of 0 sends nothing; switch the sequences off instead".into());
            }
        }
        if self.apart_days > 30 {
            wrong("apart_days", format!("sequences {} days apart do not collide; at most 30", self.apart_days));
        }
        found
    }

    /// In a sentence.
    pub fn in_words(&self) -> String {
        let limits = [(self.per_day, "a day"), (self.per_week, "in 7 days"), (self.per_30_days, "in 30 days")];
        let limits: Vec<String> =
            limits.iter().filter_map(|(limit, per)| limit.map(|limit| format!("{limit} {per}"))).collect();
        let limits = if limits.is_empty() { "any number of messages".into() } else { limits.join(", ") };
        match self.quiet {
            Some(Quiet { from, to }) => format!("At most {limits} per head; quiet from {from}:00 to {to}:00"),
            None => format!("At most {limits} per head"),
        }
    }
}

/// Hours of the shop's clock in which nothing is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// The first quiet hour.
    pub from: u8,
    /// The first hour that is not; with the same number as `from` no hour is quiet.
    pub to: u8,
}

impl Quiet {
    /// The first moment from `at` on that is not quiet. Moments are seconds of the shop's clock.
    pub fn shift(self, at: i64) -> i64 {
        let (from, to) = (i64::from(self.from) * HOUR, i64::from(self.to) * HOUR);
        let (midnight, time) = (at - at.rem_euclid(DAY), at.rem_euclid(DAY));
        let quiet = if from < to { (from..to).contains(&time) } else { from != to && (time >= from || time < to) };
        match quiet {
            false => at,
            true if time < to => midnight + to,
            true => midnight + DAY + to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_end_in_the_morning() {
        let quiet = Quiet { from: 21, to: 8 };
        for (at, then) in [(20, 20), (21, 32), (23, 32), (24, 32), (31, 32), (32, 32)] {
            assert_eq!(quiet.shift(at * HOUR), then * HOUR, "{at}");
        }
        let noon = Quiet { from: 12, to: 14 };
        assert_eq!(noon.shift(13 * HOUR + 1), 14 * HOUR);
        assert_eq!(noon.shift(14 * HOUR), 14 * HOUR);
        assert_eq!(Quiet { from: 5, to: 5 }.shift(5 * HOUR), 5 * HOUR);
    }
}
