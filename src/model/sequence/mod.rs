//! Lifecycle sequences as they are planned: what starts one, who may enter, what is sent when, and when somebody leaves.
//! Plain data that is saved as JSON; `analytics::triggers` replays all of them together over the shop's history.

mod pressure;
mod step;
pub mod templates;
mod trigger;
mod valid;

use serde::{Deserialize, Serialize};

use super::Rule;
pub use super::plan::{Amount, Percent, Problem, Version};

pub use pressure::{Pressure, Quiet};
pub use step::{Channel, Check, Expected, Message, Offer, Step, Wait};
pub use trigger::{Trigger, TriggerKind};

/// Seconds of an hour.
pub const HOUR: i64 = 3_600;
/// Seconds of a day.
pub const DAY: i64 = 24 * HOUR;

/// A sequence as it is planned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sequence {
    /// The form of this plan in files.
    #[serde(default)]
    pub version: Version,
    /// What it is called; no other sequence is called so.
    pub name: String,
    /// Whether it runs. One that does not is kept, and left out of replays.
    #[serde(default = "yes")]
    pub active: bool,
    /// What makes somebody enter.
    pub trigger: Trigger,
    /// Who may enter; everybody when `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Rule>,
    /// What happens after somebody entered, in order.
    pub steps: Vec<Step>,
    /// What makes somebody leave before the end.
    #[serde(default)]
    pub exits: Vec<Exit>,
    /// Of messages due at the same moment those of the higher number go first.
    #[serde(default)]
    pub priority: u32,
    /// Whether somebody may enter again.
    #[serde(default)]
    pub again: Again,
    /// Days after a message in which a purchase is counted as following it.
    #[serde(default = "week")]
    pub window_days: u32,
    /// Where its texts and times come from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// What makes somebody leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// A purchase after entering.
    Bought,
    /// A refusal of the channel of a message that is still to come.
    Unsubscribed,
    /// Entering the sequence of this name.
    Entered(String),
}

impl Exit {
    /// Follows a sequence to its new name.
    pub fn follow(&mut self, old: &str, new: &str) {
        if let Self::Entered(name) = self
            && name == old
        {
            *name = new.to_owned();
        }
    }
}

/// Whether somebody may enter a second time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Again {
    /// Never.
    #[default]
    Once,
    /// So many days after entering the last time, and not while inside.
    AfterDays(u32),
}

fn yes() -> bool {
    true
}

fn week() -> u32 {
    7
}

impl Sequence {
    /// An active sequence of this name, trigger and steps that one leaves by buying or unsubscribing.
    pub fn new(name: &str, trigger: Trigger, steps: Vec<Step>) -> Self {
        Self {
            version: Version,
            name: name.to_owned(),
            active: true,
            trigger,
            audience: None,
            steps,
            exits: vec![Exit::Bought, Exit::Unsubscribed],
            priority: 0,
            again: Again::Once,
            window_days: week(),
            source: String::new(),
        }
    }

    /// Its messages, each with the number of its step.
    pub fn messages(&self) -> impl Iterator<Item = (usize, &Message)> {
        self.steps.iter().enumerate().filter_map(|(n, step)| match step {
            Step::Message(message) => Some((n, message)),
            Step::Wait(_) | Step::OnlyIf(_) => None,
        })
    }

    /// Every rule that it asks of customers.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        let of_trigger = match &self.trigger {
            Trigger::Joins { audience } => Some(audience),
            _ => None,
        };
        let of_steps = self.steps.iter().filter_map(|step| match step {
            Step::OnlyIf(Check::Rule(rule)) => Some(rule),
            _ => None,
        });
        self.audience.iter().chain(of_trigger).chain(of_steps)
    }

    /// Days from entering to the step of this number, waits alone.
    pub fn day_of(&self, step: usize) -> i64 {
        self.steps.iter().take(step).map(Step::seconds).sum::<i64>() / DAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_whole_and_comes_back_from_its_json() {
        for template in templates::all() {
            let text = serde_json::to_string(&template).unwrap();
            assert_eq!(serde_json::from_str::<Sequence>(&text).unwrap(), template);
            assert_eq!(template.problems(), [], "{}", template.name);
            assert!(!template.source.is_empty());
        }
        assert!(
            serde_json::from_str::<Sequence>(r#"{"version":2,"name":"x","trigger":"first_order","steps":[]}"#).is_err()
        );
    }

    #[test]
    fn onboarding_is_five_mails_in_ten_days() {
        let onboarding = templates::named("Onboarding").unwrap();
        let days: Vec<i64> = onboarding.messages().map(|(n, _)| onboarding.day_of(n)).collect();
        assert_eq!(days, [0, 3, 5, 7, 10]);
    }
}
