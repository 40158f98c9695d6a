//! When the parts of a campaign fall: phases and tasks, each as often as the campaign comes again.

use std::ops::Range;

use crate::model::campaign::{Anchor, Campaign, Dated, Task};
use crate::model::{Day, campaign::Phase};

/// First and last day, both included.
pub type Span = (Day, Day);

/// A task on one of its days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Due<'a> {
    /// Position of its phase in the campaign.
    pub phase: usize,
    /// Position of the task in its phase.
    pub task: usize,
    /// How often it came before.
    pub round: i32,
    /// When.
    pub day: Day,
    /// What.
    pub what: &'a Task,
}

/// Days between two of the times it comes; `None` = it comes once.
fn every(campaign: &Campaign) -> Option<i32> {
    campaign.every_days.and_then(|days| i32::try_from(days).ok()).filter(|days| *days > 0)
}

/// Which times of something on these days fall into the span. What is dated from the end comes once.
fn rounds(campaign: &Campaign, dated: Dated, days: Span, span: Span) -> Range<i32> {
    let touches = days.0 <= span.1 && days.1 >= span.0;
    let Some(every) = every(campaign).filter(|_| dated.anchor == Anchor::Start) else {
        return 0..i32::from(touches);
    };
    let (first, last) = campaign.days();
    let least = span.0.0.saturating_sub(days.1.0).saturating_add(every - 1).div_euclid(every).max(0);
    let most = span.1.0.saturating_sub(days.0.0).div_euclid(every);
    least..most.min(last.0.saturating_sub(first.0).div_euclid(every)) + 1
}

fn after(day: Day, campaign: &Campaign, round: i32) -> Day {
    Day(day.0.saturating_add(every(campaign).unwrap_or(0).saturating_mul(round)))
}

/// Tasks that fall into the span, by day.
pub fn dues(campaign: &Campaign, span: Span) -> Vec<Due<'_>> {
    let window = campaign.days();
    let mut found = Vec::new();
    for (phase, of) in campaign.phases.iter().enumerate() {
        for (task, what) in of.tasks.iter().enumerate() {
            let day = what.due.day(window);
            for round in rounds(campaign, what.due, (day, day), span) {
                found.push(Due { phase, task, round, day: after(day, campaign, round), what });
            }
        }
    }
    found.sort_by_key(|due| (due.day, due.what.time, due.phase, due.task));
    found
}

/// Phases that reach into the span: position, how often it came before, phase, and its days.
pub fn phases(campaign: &Campaign, span: Span) -> Vec<(usize, i32, &Phase, Span)> {
    let window = campaign.days();
    let mut found = Vec::new();
    for (n, phase) in campaign.phases.iter().enumerate() {
        let from = phase.from.day(window);
        let days = (from, phase.to.day(window).max(from));
        for round in rounds(campaign, phase.from, days, span) {
            found.push((n, round, phase, (after(days.0, campaign, round), after(days.1, campaign, round))));
        }
    }
    found
}
