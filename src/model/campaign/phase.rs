//! What is done when: phases and tasks, dated from the campaign, so that they move along with it.

use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::Channel;
use crate::model::Day;

/// A part of a campaign with its tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// What it is called.
    pub name: String,
    /// Its first day.
    pub from: Dated,
    /// Its last day.
    pub to: Dated,
    /// What is done in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
}

/// Something to do on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// What.
    pub name: String,
    /// When.
    pub due: Dated,
    /// Time of the day, by the clocks of the shop's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<NaiveTime>,
    /// Where it is seen. On a channel that reaches people one by one the task is a send to the campaign's audiences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Who does it; whoever answers for the campaign when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Whether it is done.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub done: bool,
}

impl Task {
    /// A task that is still to do.
    pub fn new(name: &str, due: Dated, channel: Option<Channel>) -> Self {
        Self { name: name.into(), due, time: None, channel, owner: String::new(), done: false }
    }

    /// Whether it is a message to each head of the audiences.
    pub fn is_send(&self) -> bool {
        self.channel.is_some_and(Channel::is_message)
    }
}

/// From where days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The campaign's first day.
    Start,
    /// Its last day.
    End,
}

/// A day, so many days after the campaign's first or last one; before it when negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dated {
    /// From where days are counted.
    pub anchor: Anchor,
    /// Days.
    pub days: i32,
}

impl Dated {
    /// Days after the first day.
    pub const fn start(days: i32) -> Self {
        Self { anchor: Anchor::Start, days }
    }

    /// Days after the last day.
    pub const fn end(days: i32) -> Self {
        Self { anchor: Anchor::End, days }
    }

    /// The day it is in a campaign of these days.
    pub fn day(self, (first, last): (Day, Day)) -> Day {
        let from = match self.anchor {
            Anchor::Start => first,
            Anchor::End => last,
        };
        Day(from.0.saturating_add(self.days))
    }

    /// The same anchor, moved so that it falls on `day`.
    pub fn on(self, day: Day, (first, last): (Day, Day)) -> Self {
        let from = match self.anchor {
            Anchor::Start => first,
            Anchor::End => last,
        };
        Self { days: day.0.saturating_sub(from.0), ..self }
    }

    /// In words: `5 days before the start`.
    pub fn in_words(self) -> String {
        let anchor = match self.anchor {
            Anchor::Start => "start",
            Anchor::End => "end",
        };
        let days = self.days.unsigned_abs();
        let s = if days == 1 { "" } else { "s" };
        match self.days {
            0 if self.anchor == Anchor::Start => "on the first day".into(),
            0 => "on the last day".into(),
            d if d < 0 => format!("{days} day{s} before the {anchor}"),
            _ => format!("{days} day{s} after the {anchor}"),
        }
    }
}

/// The window of so many hours from a moment on.
pub(super) fn hours_after(starts: NaiveDateTime, hours: i64) -> NaiveDateTime {
    starts.checked_add_signed(chrono::TimeDelta::hours(hours)).unwrap_or(starts)
}
