//! What happens to somebody inside a sequence.

use serde::{Deserialize, Serialize};

use super::{Amount, DAY, HOUR, Percent};
use crate::model::Rule;

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Waits.
    Wait(Wait),
    /// Goes on only if this is true; else the customer leaves.
    OnlyIf(Check),
    /// Sends.
    Message(Message),
}

impl Step {
    /// Seconds it waits.
    pub fn seconds(&self) -> i64 {
        if let Self::Wait(wait) = self { wait.seconds() } else { 0 }
    }
}

/// A time to wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wait {
    /// Days.
    pub days: u32,
    /// Hours besides.
    pub hours: u32,
}

impl Wait {
    /// Whole days.
    pub const fn days(days: u32) -> Self {
        Self { days, hours: 0 }
    }

    /// Seconds.
    pub fn seconds(self) -> i64 {
        i64::from(self.days) * DAY + i64::from(self.hours) * HOUR
    }
}

/// What can be asked between two steps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// No purchase since entering.
    NotBought,
    /// Membership, as seen at the end of the month before. Nobody can tell: no.
    Rule(Rule),
}

/// Through what a message goes. Consent is asked under its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// E-mail.
    #[default]
    Email,
    /// Text message.
    Sms,
    /// A note of the shop's app or site.
    Push,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 3] = [Self::Email, Self::Sms, Self::Push];

    /// Its name in files, and in what customers agreed to.
    pub fn key(self) -> &'static str {
        ["email", "sms", "push"][self as usize]
    }

    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        ["E-mail", "SMS", "Push"][self as usize]
    }
}

/// What is sent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Message {
    /// Its subject.
    pub subject: String,
    /// Through what.
    pub channel: Channel,
    /// What it promises.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// What it says, in short.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What is expected of it.
    #[serde(skip_serializing_if = "Expected::is_nothing")]
    pub expected: Expected,
}

/// A discount that a message promises on the next order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    /// So much of the order.
    Percent(Percent),
    /// This amount, at most the order.
    Amount(Amount),
}

impl Offer {
    /// For people: `15%` or `$5`.
    pub fn in_words(self) -> String {
        match self {
            Self::Percent(percent) => percent.to_string(),
            Self::Amount(amount) => amount.display(),
        }
    }
}

/// What a user expects of a message, typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expected {
    /// Share of messages that lead to a purchase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversion: Option<Percent>,
    /// Revenue of one such purchase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Amount>,
}

impl Expected {
    /// Whether nothing was typed.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
