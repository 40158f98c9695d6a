//! Contact pressure: how many messages each head gets in a week, who gets more than the limit, and which campaigns write
//! to the same people in the same week. Weeks are whole, from Monday to Sunday, whatever part of them is on view.

use chrono::Datelike;

use super::rounds::Span;
use crate::analytics::rules::Bits;
use crate::model::Day;

/// A message to everybody of a set on a day.
#[derive(Debug, Clone, Copy)]
pub struct Send<'a> {
    /// Number of its campaign.
    pub campaign: i64,
    /// When.
    pub day: Day,
    /// Customers who get it.
    pub heads: &'a Bits,
}

/// A week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: Day,
    /// Messages that go out.
    pub messages: u64,
    /// Customers who get at least one.
    pub heads: u64,
    /// Customers who get more than the limit.
    pub above: u64,
    /// The most that anybody gets.
    pub most: u32,
    /// Campaigns that write to the same people, those with the most people above the limit first.
    pub collisions: Vec<Collision>,
}

impl Week {
    /// Messages per customer who gets any; `None` when nobody does.
    pub fn per_head(&self) -> Option<f64> {
        (self.heads > 0).then(|| self.messages as f64 / self.heads as f64)
    }
}

/// Two campaigns that write to the same people in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Collision {
    /// Number of the one that was planned first.
    pub one: i64,
    /// Number of the other.
    pub other: i64,
    /// Customers who get both.
    pub both: u64,
    /// Those of them who get more than the limit, all messages counted.
    pub above: u64,
}

/// The Monday of a day's week.
pub fn monday(day: Day) -> Day {
    Day(day.0.saturating_sub(day.date().weekday().num_days_from_monday() as i32))
}

/// Mondays of the weeks that a span touches.
pub fn mondays(span: Span) -> impl Iterator<Item = Day> {
    (monday(span.0).0..=span.1.0).step_by(7).map(Day)
}

/// Every week that a span touches.
pub fn weeks(span: Span, sends: &[Send<'_>], limit: u32) -> Vec<Week> {
    mondays(span).map(|monday| week(monday, sends, limit)).collect()
}

/// Customers who get more than the limit in the week of a Monday.
pub fn above(monday: Day, sends: &[Send<'_>], limit: u32) -> Bits {
    Tally::of(sends_of(monday, sends).map(|send| send.heads)).above(limit)
}

/// Customers to whom a campaign writes in the week of a Monday.
pub fn heads_of(campaign: i64, monday: Day, sends: &[Send<'_>]) -> Bits {
    let own = sends_of(monday, sends).filter(|send| send.campaign == campaign);
    own.fold(Bits::default(), |all, send| joined(all, send.heads))
}

fn sends_of<'a, 'b>(monday: Day, sends: &'b [Send<'a>]) -> impl Iterator<Item = &'b Send<'a>> {
    sends.iter().filter(move |send| (monday..=Day(monday.0.saturating_add(6))).contains(&send.day))
}

fn joined(all: Bits, more: &Bits) -> Bits {
    if all.is_empty() { more.clone() } else { all.or(more) }
}

fn week(monday: Day, sends: &[Send<'_>], limit: u32) -> Week {
    let tally = Tally::of(sends_of(monday, sends).map(|send| send.heads));
    let above = tally.above(limit);
    let mut campaigns: Vec<i64> = sends_of(monday, sends).map(|send| send.campaign).collect();
    campaigns.sort_unstable();
    campaigns.dedup();
    let heads: Vec<Bits> = campaigns.iter().map(|id| heads_of(*id, monday, sends)).collect();
    let mut collisions = Vec::new();
    for (n, one) in campaigns.iter().enumerate() {
        for (m, other) in campaigns.iter().enumerate().skip(n + 1) {
            let both = heads[n].clone().and(&heads[m]);
            let (both, above) = (both.count(), both.and(&above).count());
            if both > 0 {
                collisions.push(Collision { one: *one, other: *other, both, above });
            }
        }
    }
    collisions.sort_by_key(|c| (std::cmp::Reverse((c.above, c.both)), c.one, c.other));
    Week {
        monday,
        messages: tally.total(),
        heads: tally.any().count(),
        above: above.count(),
        most: tally.most(),
        collisions,
    }
}

/// How many messages each customer gets, 64 customers at a time: plane `n` holds the digit worth 2ⁿ of each count.
#[derive(Default)]
struct Tally(Vec<Bits>);

impl Tally {
    fn of<'a>(sets: impl Iterator<Item = &'a Bits>) -> Self {
        let mut tally = Self::default();
        sets.for_each(|set| tally.add(set));
        tally
    }

    /// One more for everybody of a set: the carry wanders up the planes.
    fn add(&mut self, set: &Bits) {
        let mut carry = set.clone();
        for plane in &mut self.0 {
            let both = plane.clone().and(&carry);
            *plane = std::mem::take(plane).or(&carry).minus(&both);
            carry = both;
            if carry.is_empty() {
                return;
            }
        }
        if !carry.is_empty() {
            self.0.push(carry);
        }
    }

    fn any(&self) -> Bits {
        self.0.iter().fold(Bits::default(), joined)
    }

    fn total(&self) -> u64 {
        self.0.iter().enumerate().map(|(n, plane)| plane.count() << n).sum()
    }

    fn most(&self) -> u32 {
        let Some(first) = self.0.first() else { return 0 };
        let mut who = Bits::all(first.len());
        let mut most = 0;
        for (n, plane) in self.0.iter().enumerate().rev() {
            let those = plane.clone().and(&who);
            if !those.is_empty() {
                (who, most) = (those, most | 1 << n);
            }
        }
        most
    }

    /// Whose count is greater: digit by digit from the highest.
    fn above(&self, limit: u32) -> Bits {
        let len = self.0.first().map_or(0, Bits::len);
        if u64::from(limit) >> self.0.len() > 0 {
            return Bits::none(len);
        }
        let (mut greater, mut same) = (Bits::none(len), Bits::all(len));
        for (n, plane) in self.0.iter().enumerate().rev() {
            if limit >> n & 1 == 1 {
                same = same.and(plane);
            } else {
                greater = greater.or(&same.clone().and(plane));
                same = same.minus(plane);
            }
        }
        greater
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PEOPLE: usize = 130;

    proptest! {
        #[test]
        fn counts_of_planes_are_counts_of_heads(
            sends in prop::collection::vec((0_i64..4, 0_i32..14, prop::collection::vec(0_u32..PEOPLE as u32, 0..90)), 0..24),
            limit in 0_u32..9,
        ) {
            let first = monday(Day(20_000));
            let sets: Vec<Bits> = sends.iter().map(|(_, _, who)| Bits::from_indices(PEOPLE, who.iter().copied())).collect();
            let sends: Vec<Send<'_>> = sends
                .iter()
                .zip(&sets)
                .map(|((campaign, day, _), heads)| Send { campaign: *campaign, day: Day(first.0 + day), heads })
                .collect();
            for week in weeks((first, Day(first.0 + 13)), &sends, limit) {
                let own: Vec<_> = sends_of(week.monday, &sends).collect();
                let counts: Vec<u32> =
                    (0..PEOPLE).map(|i| own.iter().filter(|send| send.heads.has(i)).count() as u32).collect();
                prop_assert_eq!(week.messages, counts.iter().map(|n| u64::from(*n)).sum::<u64>());
                prop_assert_eq!(week.heads, counts.iter().filter(|n| **n > 0).count() as u64);
                prop_assert_eq!(week.above, counts.iter().filter(|n| **n > limit).count() as u64);
                prop_assert_eq!(week.most, counts.iter().copied().max().unwrap_or(0));
                let gets = |id: i64, i: usize| own.iter().any(|send| send.campaign == id && send.heads.has(i));
                for one in 0..4 {
                    for other in one + 1..4 {
                        let both: Vec<usize> = (0..PEOPLE).filter(|&i| gets(one, i) && gets(other, i)).collect();
                        let above = both.iter().filter(|&&i| counts[i] > limit).count() as u64;
                        let found = week.collisions.iter().find(|c| (c.one, c.other) == (one, other));
                        prop_assert_eq!(found.map_or((0, 0), |c| (c.both, c.above)), (both.len() as u64, above));
                    }
                }
            }
        }
    }
}
