//! Movement: who was in which group on one date and on another, and since when.

use rayon::prelude::*;
use serde::Serialize;

use super::course::Course;
use super::facts::{CustomerFacts, customer_facts};
use super::revenue::Revenue;
use super::rfm::{self, Group};
use super::segments::{NOT_PRESENT, Segment, SegmentRules, SegmentTable, segment_table};
use crate::jobs::{Cancelled, Progress};
use crate::model::{Dataset, Day, Definitions, TooLittle};

/// What is compared on the two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Groups {
    /// The framework's five segments, by the same cut-offs on both dates.
    #[default]
    Segments,
    /// The RFM groups; unless cut-offs are typed, each date is ranked by itself.
    Rfm,
}

/// The last group of both dates: not a customer yet, or never a buyer.
pub const NOT_THERE: &str = "Not there";

impl Groups {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Segments, Self::Rfm];

    /// Its key on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Segments => "segments",
            Self::Rfm => "rfm",
        }
    }

    /// Names of the groups, best first; the last is [`NOT_THERE`].
    pub fn names(self) -> Vec<&'static str> {
        let mut names: Vec<&str> = match self {
            Self::Segments => Segment::ALL.map(Segment::name).to_vec(),
            Self::Rfm => Group::ALL.map(Group::name).to_vec(),
        };
        names.push(NOT_THERE);
        names
    }
}

/// A customer who changed groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Customer index.
    pub customer: u32,
    /// Group on the first date, place in [`Groups::names`].
    pub before: u8,
    /// Group on the second date.
    pub after: u8,
    /// First day in the group of the second date without a break; `None` where groups are ranks among all customers,
    /// which no single customer enters on a day of their own.
    pub since: Option<Day>,
}

/// Who went where between two dates.
#[derive(Debug, Clone, PartialEq)]
pub struct Movement {
    /// What was compared.
    pub groups: Groups,
    /// The two dates, the earlier first.
    pub days: (Day, Day),
    /// Customers by group on the first date (rows) and on the second (columns), places in [`Groups::names`].
    pub counts: Vec<Vec<u64>>,
    /// Who changed, by customer index.
    pub moves: Vec<Move>,
}

impl Movement {
    /// Customers who went into a better group, and into a worse one. Who came or went is in neither, nor is who is no
    /// new customer any more and has not bought again: time alone made them occasional.
    pub fn up_and_down(&self) -> (u64, u64) {
        let last = self.counts.len() - 1;
        let rank = |group: usize| match self.groups {
            Groups::Segments if group == Segment::New as usize => Segment::Occasional as usize,
            _ => group,
        };
        let sum = |better: bool| {
            let pairs = (0..last).flat_map(|a| (0..last).map(move |b| (a, b)));
            let moved = pairs.filter(|(a, b)| if better { rank(*b) < rank(*a) } else { rank(*b) > rank(*a) });
            moved.map(|(a, b)| self.counts[a][b]).sum()
        };
        (sum(true), sum(false))
    }

    /// Customers who stayed.
    pub fn stayed(&self) -> u64 {
        (0..self.counts.len() - 1).map(|group| self.counts[group][group]).sum()
    }
}

/// Movement between the segments of two tables of the same dataset.
///
/// # Errors
/// When the work was cancelled.
pub fn of_segments(
    data: &Dataset,
    definitions: &Definitions,
    (before, after): (&SegmentTable, &SegmentTable),
    progress: &Progress,
) -> Result<Movement, Cancelled> {
    let none = Segment::ALL.len() as u8;
    let place = |&segment: &u8| if segment == NOT_PRESENT { none } else { segment };
    let groups = |table: &SegmentTable| table.segment_of.iter().map(place).collect::<Vec<u8>>();
    let mut movement = matrix(Groups::Segments, (before.as_of, after.as_of), &groups(before), &groups(after));
    let revenue = Revenue::new(data, definitions, after.as_of);
    progress.step(0)?;
    movement.moves.par_iter_mut().try_for_each(|moved| {
        if progress.is_cancelled() {
            return Err(Cancelled);
        }
        let course = Course::of(data, &revenue, moved.customer as usize);
        moved.since = course.since(&after.rules, after.as_of);
        Ok(())
    })?;
    Ok(movement)
}

/// Movement between the RFM groups of two dates.
///
/// # Errors
/// When there are too few buyers on one of them.
pub fn of_rfm(
    days: (Day, Day),
    (before, after): (&[CustomerFacts], &[CustomerFacts]),
    settings: &rfm::Settings,
) -> Result<Movement, TooLittle> {
    let none = Group::ALL.len() as u8;
    let place = |scores: &rfm::Scores| {
        let group = Group::of(*scores, settings.bins);
        group.and_then(|group| Group::ALL.iter().position(|g| *g == group)).map_or(none, |at| at as u8)
    };
    let groups = |facts: &[CustomerFacts], day: Day| {
        Ok(rfm::scores(facts, day, settings)?.par_iter().map(place).collect::<Vec<u8>>())
    };
    Ok(matrix(Groups::Rfm, days, &groups(before, days.0)?, &groups(after, days.1)?))
}

/// Movement between two dates, whatever is compared.
///
/// # Errors
/// The outer error says that the work was cancelled; the inner one that there are too few customers on one of the dates.
pub fn movement(
    data: &Dataset,
    definitions: &Definitions,
    groups: Groups,
    days: (Day, Day),
    (rules, scored): (Option<SegmentRules>, &rfm::Settings),
    progress: &Progress,
) -> Result<Result<Movement, TooLittle>, Cancelled> {
    match groups {
        Groups::Segments => {
            let table = |day, rules| segment_table(data, definitions, day, rules, progress);
            let after = match table(days.1, rules)? {
                Ok(after) => after,
                Err(missing) => return Ok(Err(missing)),
            };
            match table(days.0, Some(after.rules))? {
                Ok(before) => Ok(Ok(of_segments(data, definitions, (&before, &after), progress)?)),
                Err(missing) => Ok(Err(missing)),
            }
        }
        Groups::Rfm => {
            let facts = |day| customer_facts(data, definitions, day, progress);
            Ok(of_rfm(days, (&facts(days.0)?, &facts(days.1)?), scored))
        }
    }
}

/// Counts pairs of groups and lists who changed.
fn matrix(groups: Groups, days: (Day, Day), before: &[u8], after: &[u8]) -> Movement {
    let size = groups.names().len();
    let mut counts = vec![vec![0; size]; size];
    let mut moves = Vec::new();
    for (customer, (&a, &b)) in before.iter().zip(after).enumerate() {
        counts[usize::from(a)][usize::from(b)] += 1;
        if a != b {
            moves.push(Move { customer: customer as u32, before: a, after: b, since: None });
        }
    }
    // Customers who are on neither date are no part of the picture.
    counts[size - 1][size - 1] = 0;
    Movement { groups, days, counts, moves }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_is_towards_the_first_group_and_who_came_is_neither() {
        let days = (Day(0), Day(9));
        let movement = matrix(Groups::Segments, days, &[0, 2, 2, 5, 1, 5], &[0, 1, 3, 3, 1, 5]);
        assert_eq!(movement.up_and_down(), (1, 0), "new and occasional are of one rank");
        assert_eq!((movement.stayed(), movement.moves.len()), (2, 3));
        assert_eq!(movement.counts[5][5], 0);
    }
}
