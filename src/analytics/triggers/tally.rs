//! What a replay comes to.

use super::ground::Ground;
use super::missing::{Missing, missing};
use super::walk::Walked;
use super::{Fate, Row};
use crate::model::sequence::{DAY, Percent};
use crate::model::{Currency, Day};

/// What all sequences together come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// First day that was replayed.
    pub first: Day,
    /// Last day that was replayed.
    pub as_of: Day,
    /// Of all amounts.
    pub currency: Currency,
    /// Version of the definitions.
    pub definitions: u32,
    /// Customers walked through time.
    pub customers: u64,
    /// By sequence, in the order they were given.
    pub sequences: Vec<SequenceOutcome>,
    /// Messages that would have been sent.
    pub sent: u64,
    /// Customers who would have got one.
    pub heads: u64,
    /// Weeks from Monday of one head, by the number of messages in them; none of them has 0.
    pub weeks: Vec<u64>,
    /// Pairs of messages of two sequences that wanted the same head within the days of the plan: sequence × sequence,
    /// each pair once, at the lower place first.
    pub collisions: Vec<u64>,
    /// Customers with such a pair.
    pub collided: u64,
    /// Messages sent by day from `first` on and by sequence.
    pub days: Vec<u32>,
    /// Messages to customers that files tell of and that were counted towards the limits.
    pub contacts: u64,
    /// Messages of campaigns of which nobody knows who got them.
    pub nameless: u64,
}

/// What one sequence comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct SequenceOutcome {
    /// Its name.
    pub name: String,
    /// Whether it was replayed.
    pub active: bool,
    /// What its trigger lacks.
    pub missing: Option<Missing>,
    /// Its trigger fired so often.
    pub fired: u64,
    /// Of them, not in its audience.
    pub outside: u64,
    /// Of them, inside already or not long enough out of it.
    pub again: u64,
    /// Entries.
    pub entered: u64,
    /// Customers who entered.
    pub heads: u64,
    /// By message.
    pub messages: Vec<MessageOutcome>,
}

/// What one message comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageOutcome {
    /// Place in the steps of its sequence.
    pub step: usize,
    /// What it says.
    pub subject: String,
    /// Days after entering, waits alone.
    pub day: i64,
    /// What the user expects: share of messages that lead to a purchase.
    pub expected: Option<Percent>,
    /// By fate; all of them are the entries.
    pub fates: [u64; Fate::ALL.len()],
    /// The customer bought after entering and before it was due.
    pub bought_before: u64,
    /// Sent although no file tells of consent.
    pub assumed: u64,
    /// Sent so early that history covers the days after.
    pub settled: u64,
    /// Of the settled ones, those with an order in the days after.
    pub followed: u64,
    /// These orders, each counted for the last message before it.
    pub orders: u64,
    /// Their revenue before refunds, minor units.
    pub revenue: i64,
    /// Orders that would have had what it offers.
    pub given_orders: u64,
    /// What it offers on them, minor units.
    pub given: i64,
}

impl MessageOutcome {
    /// Messages of a fate.
    pub fn of(&self, fate: Fate) -> u64 {
        self.fates[fate as usize]
    }

    /// Messages of any of the fates for which this is true.
    pub fn of_all(&self, is: impl Fn(Fate) -> bool) -> u64 {
        Fate::ALL.into_iter().filter(|fate| is(*fate)).map(|fate| self.of(fate)).sum()
    }

    /// Share of settled messages with an order in the days after: what happens without the message.
    pub fn conversion(&self) -> Option<f64> {
        (self.settled > 0).then(|| self.followed as f64 / self.settled as f64)
    }

    fn add(&mut self, row: &Row, offers: bool) {
        self.fates[row.fate as usize] += 1;
        self.bought_before += u64::from(row.bought_before);
        self.assumed += u64::from(row.assumed);
        self.settled += u64::from(row.settled);
        self.followed += u64::from(row.orders > 0);
        self.orders += u64::from(row.orders);
        self.revenue += row.revenue;
        self.given_orders += if offers { u64::from(row.orders) } else { 0 };
        self.given += row.given;
    }

    fn and(&mut self, other: &Self) {
        self.fates.iter_mut().zip(other.fates).for_each(|(a, b)| *a += b);
        self.bought_before += other.bought_before;
        self.assumed += other.assumed;
        self.settled += other.settled;
        self.followed += other.followed;
        self.orders += other.orders;
        self.revenue += other.revenue;
        self.given_orders += other.given_orders;
        self.given += other.given;
    }
}

impl SequenceOutcome {
    /// All its messages of the fates for which this is true.
    pub fn of_all(&self, is: impl Fn(Fate) -> bool + Copy) -> u64 {
        self.messages.iter().map(|message| message.of_all(is)).sum()
    }

    /// All messages that entries came to, sent or not.
    pub fn all(&self) -> u64 {
        self.of_all(|_| true)
    }

    /// A sum over its messages.
    pub fn sum(&self, of: impl Fn(&MessageOutcome) -> u64) -> u64 {
        self.messages.iter().map(of).sum()
    }
}

impl Replay {
    /// A sum over all messages of all sequences.
    pub fn sum(&self, of: impl Fn(&MessageOutcome) -> u64 + Copy) -> u64 {
        self.sequences.iter().map(|sequence| sequence.sum(of)).sum()
    }

    /// Pairs of messages of two sequences that wanted the same head.
    pub fn collisions_of(&self, a: usize, b: usize) -> u64 {
        self.collisions.get(a.min(b) * self.sequences.len() + a.max(b)).copied().unwrap_or(0)
    }

    /// The most messages that one head would have got in a week.
    pub fn busiest(&self) -> usize {
        self.weeks.iter().rposition(|weeks| *weeks > 0).unwrap_or(0)
    }

    /// Messages sent on a day of the replay, counted from 0.
    pub fn on_day(&self, day: usize) -> u64 {
        let n = self.sequences.len();
        self.days.get(day * n..(day + 1) * n).map_or(0, |of| of.iter().map(|sent| u64::from(*sent)).sum())
    }
}

/// Sums over customers.
pub struct Tally {
    replay: Replay,
    offers: Vec<Vec<bool>>,
    /// Place of each step among its sequence's messages.
    place: Vec<Vec<usize>>,
    apart: i64,
    /// Moments of wanted messages of one customer with their sequence; kept to save the room.
    wanted: Vec<(i64, usize)>,
}

impl Tally {
    pub fn new(ground: &Ground<'_>) -> Self {
        let question = ground.question;
        let n = ground.plans.len();
        let first = super::day_of(ground.start);
        let days = usize::try_from(question.as_of.0 - first.0 + 1).unwrap_or(0);
        let outcome = |plan: &super::ground::Plan<'_>| {
            let sequence = plan.sequence;
            let message = |(step, message): (usize, &crate::model::sequence::Message)| MessageOutcome {
                step,
                subject: message.subject.clone(),
                day: sequence.day_of(step),
                expected: message.expected.conversion,
                fates: [0; Fate::ALL.len()],
                bought_before: 0,
                assumed: 0,
                settled: 0,
                followed: 0,
                orders: 0,
                revenue: 0,
                given_orders: 0,
                given: 0,
            };
            SequenceOutcome {
                name: sequence.name.clone(),
                active: sequence.active,
                missing: None,
                fired: 0,
                outside: 0,
                again: 0,
                entered: 0,
                heads: 0,
                messages: sequence.messages().map(message).collect(),
            }
        };
        let offers =
            |plan: &super::ground::Plan<'_>| plan.sequence.messages().map(|(_, m)| m.offer.is_some()).collect();
        let places = |plan: &super::ground::Plan<'_>| {
            let mut place = vec![0; plan.sequence.steps.len()];
            plan.sequence.messages().enumerate().for_each(|(n, (step, _))| place[step] = n);
            place
        };
        Self {
            replay: Replay {
                first,
                as_of: question.as_of,
                currency: question.definitions.currency,
                definitions: question.definitions.version,
                customers: question.data.customers.id.len() as u64,
                sequences: ground.plans.iter().map(outcome).collect(),
                sent: 0,
                heads: 0,
                weeks: Vec::new(),
                collisions: vec![0; n * n],
                collided: 0,
                days: vec![0; days * n],
                contacts: 0,
                nameless: question.signals.nameless,
            },
            offers: ground.plans.iter().map(offers).collect(),
            place: ground.plans.iter().map(places).collect(),
            apart: i64::from(question.pressure.apart_days),
            wanted: Vec::new(),
        }
    }

    /// Adds a customer.
    pub fn add(&mut self, walked: &Walked) {
        for (outcome, counts) in self.replay.sequences.iter_mut().zip(&walked.counts) {
            outcome.fired += u64::from(counts.fired);
            outcome.outside += u64::from(counts.outside);
            outcome.again += u64::from(counts.again);
            outcome.entered += u64::from(counts.entered);
            outcome.heads += u64::from(counts.entered > 0);
        }
        let n = self.replay.sequences.len();
        self.wanted.clear();
        let (mut week, mut in_week, mut sent) = (i64::MIN, 0, 0);
        for row in &walked.rows {
            let s = usize::from(row.sequence);
            let place = self.place[s][usize::from(row.step)];
            self.replay.sequences[s].messages[place].add(row, self.offers[s][place]);
            if row.fate.is_wanted() {
                self.wanted.push((row.at.div_euclid(DAY), s));
            }
            if row.fate != Fate::Sent {
                continue;
            }
            sent += 1;
            let day = row.at.div_euclid(DAY);
            if let Some(slot) = usize::try_from(day - i64::from(self.replay.first.0))
                .ok()
                .and_then(|day| self.replay.days.get_mut(day * n + s))
            {
                *slot += 1;
            }
            // The first of January 1970 was a Thursday.
            let monday = (day + 3).div_euclid(7);
            if monday != week {
                self.count_week(in_week);
                (week, in_week) = (monday, 0);
            }
            in_week += 1;
        }
        self.count_week(in_week);
        self.replay.sent += sent;
        self.replay.heads += u64::from(sent > 0);
        self.count_collisions();
    }

    fn count_week(&mut self, messages: usize) {
        if messages > 0 {
            let weeks = &mut self.replay.weeks;
            weeks.resize(weeks.len().max(messages + 1), 0);
            weeks[messages] += 1;
        }
    }

    /// Wanted messages stand in the order of their days.
    fn count_collisions(&mut self) {
        let n = self.replay.sequences.len();
        let mut collided = false;
        for (later, &(day, s)) in self.wanted.iter().enumerate() {
            let near = self.wanted[..later].iter().rev().take_while(|(before, _)| day - before <= self.apart);
            for &(_, other) in near.filter(|(_, other)| *other != s) {
                self.replay.collisions[s.min(other) * n + s.max(other)] += 1;
                collided = true;
            }
        }
        self.replay.collided += u64::from(collided);
    }

    /// Both sums together, in any order.
    pub fn and(mut self, other: Self) -> Self {
        let (a, b) = (&mut self.replay, &other.replay);
        for (a, b) in a.sequences.iter_mut().zip(&b.sequences) {
            a.fired += b.fired;
            a.outside += b.outside;
            a.again += b.again;
            a.entered += b.entered;
            a.heads += b.heads;
            a.messages.iter_mut().zip(&b.messages).for_each(|(a, b)| a.and(b));
        }
        a.sent += b.sent;
        a.heads += b.heads;
        a.weeks.resize(a.weeks.len().max(b.weeks.len()), 0);
        a.weeks.iter_mut().zip(&b.weeks).for_each(|(a, b)| *a += b);
        a.collisions.iter_mut().zip(&b.collisions).for_each(|(a, b)| *a += b);
        a.collided += b.collided;
        a.days.iter_mut().zip(&b.days).for_each(|(a, b)| *a += b);
        self
    }

    /// The result, with what is known without walking.
    pub fn finish(mut self, ground: &Ground<'_>) -> Replay {
        for (outcome, plan) in self.replay.sequences.iter_mut().zip(&ground.plans) {
            outcome.missing = missing(ground, &plan.sequence.trigger);
        }
        if ground.question.pressure.contacts {
            let counted = ground.question.signals.contacts.iter().filter(|(_, at)| *at < ground.end);
            self.replay.contacts = counted.count() as u64;
        }
        self.replay
    }
}
