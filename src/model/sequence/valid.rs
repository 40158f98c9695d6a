//! What is wrong with a sequence, told at the field where it is typed.

use super::{Again, Offer, Percent, Problem, Sequence, Step, Trigger};

/// A longer name fits no list.
pub const LONGEST_NAME: usize = 80;
/// More steps than this nobody reads.
const MOST_STEPS: usize = 60;
/// Longer than this nobody waits.
const LONGEST_DAYS: u32 = 3_650;

impl Sequence {
    /// Everything wrong with it as it stands, in the order of its fields. Rules are asked by whoever knows the segments.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut wrong = |at: String, words: &str| found.push(Problem { at, words: words.into(), stops: true });
        match self.name.trim().chars().count() {
            0 => wrong("name".into(), "a sequence needs a name"),
            n if n > LONGEST_NAME => wrong("name".into(), "the name is too long; shorten it to 80 characters"),
            _ if self.name.chars().any(char::is_control) => wrong("name".into(), "the name is one line of text"),
            _ => {}
        }
        if let Some(words) = self.trigger.problem() {
            wrong("trigger".into(), words);
        }
        if self.messages().next().is_none() {
            wrong("steps".into(), "the sequence sends nothing yet; add a message");
        }
        if self.steps.len() > MOST_STEPS {
            wrong("steps".into(), "a sequence has at most 60 steps; divide it in two");
        }
        for (n, step) in self.steps.iter().enumerate() {
            match step {
                Step::Wait(wait) if wait.days > LONGEST_DAYS || wait.hours > LONGEST_DAYS * 24 => {
                    wrong(format!("steps[{n}]"), "nobody waits for more than ten years");
                }
                Step::Message(message) => match message.offer {
                    Some(Offer::Percent(Percent(0 | 10_001..))) => {
                        wrong(format!("steps[{n}].offer"), "a discount is more than 0% and at most 100%");
                    }
                    Some(Offer::Amount(amount)) if amount.minor <= 0 => {
                        wrong(format!("steps[{n}].offer"), "a discount is more than nothing");
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        if self.window_days == 0 || self.window_days > 365 {
            wrong("window_days".into(), "purchases are counted for 1 to 365 days after a message");
        }
        if self.again == Again::AfterDays(0) {
            wrong("again".into(), "somebody may enter again after one day at the earliest");
        }
        found
    }
}

impl Trigger {
    fn problem(&self) -> Option<&'static str> {
        let days = |days: u32| (days == 0 || days > LONGEST_DAYS).then_some("it takes 1 to 3,650 days");
        let hours = |hours: u32| (hours == 0 || hours > 720).then_some("it takes 1 to 720 hours");
        match *self {
            Self::NthOrder { n: 0 } | Self::Regularly { n: 0, .. } => Some("orders are counted from 1"),
            Self::NoOrder { days: n } | Self::Regularly { days: n, .. } => days(n),
            Self::BrowseAbandoned { hours: n } | Self::CartAbandoned { hours: n } => hours(n),
            Self::PriceDrop { percent: Percent(0 | 10_000..), .. } => {
                Some("a price falls by more than 0% and less than 100%")
            }
            Self::PriceDrop { interest_days, .. } | Self::BackInStock { interest_days } => days(interest_days),
            Self::Replenishment { repeats: 0 } => Some("a product must have been bought again at least once"),
            Self::Birthday { days_before: 365.. } => Some("at most 364 days before the birthday"),
            _ => None,
        }
    }
}
