//! One customer walked through time.
//!
//! At any one moment facts come first (an order, a refusal, a message that files tell of), then what starts a sequence,
//! then what is due; among equals the higher priority, then the place in the list.

use std::cmp::Reverse;

use super::fire::firings;
use super::ground::{Ground, Plan};
use super::life::Life;
use super::{Fate, Row, given};
use crate::model::sequence::{Again, Channel, Check, DAY, Message, Step};

/// What became of one customer.
#[derive(Default)]
pub struct Walked {
    pub customer: u32,
    /// By sequence.
    pub counts: Vec<Counts>,
    /// A row for each message of each entry.
    pub rows: Vec<Row>,
}

/// How often a sequence was started for one customer, and what came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Its trigger fired.
    pub fired: u32,
    /// Not in its audience.
    pub outside: u32,
    /// Inside already, or not long enough out of it.
    pub again: u32,
    /// Entered.
    pub entered: u32,
}

/// A customer inside a sequence.
#[derive(Clone, Copy)]
struct Inside {
    entered: i64,
    /// The next step.
    step: usize,
    /// When the waits alone bring it.
    planned: i64,
    /// When it will be looked at.
    due: i64,
}

#[derive(Clone, Copy)]
enum Fact {
    Ordered,
    Refused(Channel),
    Contact,
}

/// Walks a customer; what the last walk left in `out` is replaced.
pub fn walk(ground: &Ground<'_>, life: &Life, out: &mut Walked) {
    let plans = &ground.plans;
    out.customer = life.customer;
    out.counts.clear();
    out.counts.resize(plans.len(), Counts::default());
    out.rows.clear();
    let mut starts: Vec<(i64, Reverse<u32>, usize)> = Vec::new();
    for (n, plan) in plans.iter().enumerate().filter(|(_, plan)| plan.sequence.active) {
        starts.extend(firings(ground, plan, life).into_iter().map(|at| (at, Reverse(plan.sequence.priority), n)));
    }
    if starts.is_empty() {
        return;
    }
    starts.sort_unstable();
    let mut walk = Walk {
        ground,
        life,
        inside: vec![None; plans.len()],
        entered: vec![None; plans.len()],
        written: Vec::new(),
        out,
    };
    walk.through(&starts, &facts(ground, life));
    follow(ground, life, &mut out.rows);
}

/// What happened to a customer, by moment.
fn facts(ground: &Ground<'_>, life: &Life) -> Vec<(i64, Fact)> {
    let mut facts: Vec<(i64, Fact)> = life.orders.iter().map(|order| (order.0, Fact::Ordered)).collect();
    for channel in Channel::ALL {
        if let Some((false, at)) = life.consents[channel as usize] {
            facts.push((at, Fact::Refused(channel)));
        }
    }
    if ground.question.pressure.contacts {
        facts.extend(life.contacts.iter().map(|at| (*at, Fact::Contact)));
    }
    // Stable: orders before refusals before messages.
    facts.sort_by_key(|fact| fact.0);
    facts
}

struct Walk<'w, 'a> {
    ground: &'w Ground<'a>,
    life: &'w Life,
    /// By sequence.
    inside: Vec<Option<Inside>>,
    /// When each sequence was entered the last time.
    entered: Vec<Option<i64>>,
    /// Moments of messages so far.
    written: Vec<i64>,
    out: &'w mut Walked,
}

impl Walk<'_, '_> {
    fn through(&mut self, starts: &[(i64, Reverse<u32>, usize)], facts: &[(i64, Fact)]) {
        let (mut facts, mut starts) = (facts.iter().peekable(), starts.iter().peekable());
        let end = self.ground.end;
        loop {
            let fact = facts.peek().map_or(i64::MAX, |fact| fact.0);
            let start = starts.peek().map_or(i64::MAX, |start| start.0);
            let due = self.next_due();
            let at = fact.min(start).min(due.map_or(i64::MAX, |(at, _)| at));
            if at >= end {
                break;
            }
            if fact == at {
                if let Some(&(at, fact)) = facts.next() {
                    self.happens(at, fact);
                }
            } else if start == at {
                if let Some(&(at, _, n)) = starts.next() {
                    self.starts(at, n);
                }
            } else if let Some((at, n)) = due {
                self.goes_on(at, n);
            }
        }
        for n in 0..self.inside.len() {
            self.leaves(n, end, Fate::Open);
        }
    }

    /// The sequence that is due next, and when.
    fn next_due(&self) -> Option<(i64, usize)> {
        let plans = &self.ground.plans;
        let inside = self.inside.iter().enumerate().filter_map(|(n, inside)| inside.map(|inside| (inside.due, n)));
        inside.min_by_key(|&(due, n)| (due, Reverse(plans[n].sequence.priority), n))
    }

    fn happens(&mut self, at: i64, fact: Fact) {
        let fate = match fact {
            Fact::Contact => return self.written.push(at),
            Fact::Ordered => Fate::Bought,
            Fact::Refused(_) => Fate::Unsubscribed,
        };
        for n in 0..self.inside.len() {
            let Some(inside) = self.inside[n] else { continue };
            let plan = &self.ground.plans[n];
            let ends = match fact {
                Fact::Ordered => plan.leaves_by_buying,
                Fact::Refused(channel) => {
                    let mut left = plan.sequence.messages().filter(|(step, _)| *step >= inside.step);
                    plan.leaves_by_refusing && left.any(|(_, message)| message.channel == channel)
                }
                Fact::Contact => false,
            };
            if ends {
                self.leaves(n, at, fate);
            }
        }
    }

    /// The trigger of a sequence fires.
    fn starts(&mut self, at: i64, n: usize) {
        let plan = &self.ground.plans[n];
        let counts = &mut self.out.counts[n];
        counts.fired += 1;
        let member =
            |members: &Option<&super::Monthly>| members.is_some_and(|m| m.has(self.life.customer as usize, at));
        if !plan.audience.as_ref().is_none_or(member) {
            counts.outside += 1;
            return;
        }
        let free = match (self.inside[n], self.entered[n], plan.sequence.again) {
            (Some(_), ..) | (None, Some(_), Again::Once) => false,
            (None, None, _) => true,
            (None, Some(last), Again::AfterDays(days)) => at - last >= i64::from(days) * DAY,
        };
        if !free {
            counts.again += 1;
            return;
        }
        counts.entered += 1;
        self.entered[n] = Some(at);
        for other in 0..self.inside.len() {
            if other != n && self.ground.plans[other].leaves_for.contains(&n) {
                self.leaves(other, at, Fate::Elsewhere);
            }
        }
        self.inside[n] = Some(Inside { entered: at, step: 0, planned: at, due: at });
    }

    /// A sequence goes on until it has to wait or ends.
    fn goes_on(&mut self, at: i64, n: usize) {
        let plan = &self.ground.plans[n];
        while let Some(mut inside) = self.inside[n] {
            match plan.sequence.steps.get(inside.step) {
                None => {
                    self.inside[n] = None;
                    return;
                }
                Some(step @ Step::Wait(_)) => {
                    inside.planned += step.seconds();
                    inside.step += 1;
                    inside.due = inside.planned.max(at);
                }
                Some(Step::OnlyIf(check)) => {
                    let met = match check {
                        Check::NotBought => !self.life.ordered(inside.entered + 1, at),
                        Check::Rule(_) => {
                            plan.checks[inside.step].is_some_and(|m| m.has(self.life.customer as usize, at))
                        }
                    };
                    if !met {
                        let bought = *check == Check::NotBought;
                        return self.leaves(n, at, if bought { Fate::Bought } else { Fate::Condition });
                    }
                    inside.step += 1;
                }
                Some(Step::Message(message)) => {
                    let open = self.ground.question.pressure.quiet.map_or(at, |quiet| quiet.shift(at));
                    if open > at {
                        inside.due = open;
                    } else {
                        self.comes_due(at, n, inside, message);
                        inside.step += 1;
                    }
                }
            }
            self.inside[n] = Some(inside);
            if inside.due > at {
                return;
            }
        }
    }

    /// A message is due.
    fn comes_due(&mut self, at: i64, n: usize, inside: Inside, message: &Message) {
        let pressure = self.ground.question.pressure;
        let answer = self.life.consents[message.channel as usize].filter(|(_, since)| *since <= at);
        let fate = match answer {
            _ if !self.life.address[message.channel as usize] => Fate::NoAddress,
            Some((false, _)) => Fate::Refused,
            None if !pressure.assume_consent => Fate::Unknown,
            _ => self.held(at).unwrap_or(Fate::Sent),
        };
        if fate == Fate::Sent {
            self.written.push(at);
        }
        let bought_before = self.life.ordered(inside.entered + 1, at);
        let assumed = fate == Fate::Sent && answer.is_none();
        self.row(n, inside.step, Row { assumed, bought_before, ..blank(inside.entered, at, fate) });
    }

    /// The limit that is reached, if one is.
    fn held(&self, at: i64) -> Option<Fate> {
        let pressure = self.ground.question.pressure;
        let since = |first: i64| self.written.iter().rev().take_while(|written| **written >= first).count();
        let reached = |limit: Option<u32>, first: i64| limit.is_some_and(|limit| since(first) >= limit as usize);
        if reached(pressure.per_day, at - at.rem_euclid(DAY)) {
            Some(Fate::HeldDay)
        } else if reached(pressure.per_week, at - 7 * DAY + 1) {
            Some(Fate::HeldWeek)
        } else if reached(pressure.per_30_days, at - 30 * DAY + 1) {
            Some(Fate::HeldMonth)
        } else {
            None
        }
    }

    /// Takes the customer out of a sequence, and notes what becomes of the messages that were still to come.
    fn leaves(&mut self, n: usize, at: i64, fate: Fate) {
        let Some(inside) = self.inside[n].take() else { return };
        let plan: &Plan<'_> = &self.ground.plans[n];
        for (step, _) in plan.sequence.messages().filter(|(step, _)| *step >= inside.step) {
            let bought_before = fate == Fate::Bought;
            self.row(n, step, Row { bought_before, ..blank(inside.entered, at, fate) });
        }
    }

    fn row(&mut self, n: usize, step: usize, row: Row) {
        self.out.rows.push(Row { customer: self.life.customer, sequence: n as u16, step: step as u16, ..row });
    }
}

fn blank(entered: i64, at: i64, fate: Fate) -> Row {
    Row {
        customer: 0,
        sequence: 0,
        step: 0,
        entered,
        at,
        fate,
        assumed: false,
        bought_before: false,
        settled: false,
        orders: 0,
        revenue: 0,
        given: 0,
    }
}

/// Gives each order to the last message before it whose days it falls in, if history covers all of those days.
fn follow(ground: &Ground<'_>, life: &Life, rows: &mut [Row]) {
    let window = |row: &Row| i64::from(ground.plans[usize::from(row.sequence)].sequence.window_days) * DAY;
    for row in rows.iter_mut().filter(|row| row.fate == Fate::Sent) {
        row.settled = row.at + window(row) < ground.end;
    }
    for &(at, order) in &life.orders {
        let covers = |row: &&mut Row| row.fate == Fate::Sent && row.at < at && at <= row.at + window(row);
        // Rows stand in the order of their moments.
        let Some(row) = rows.iter_mut().rev().find(covers) else { continue };
        if row.settled {
            let value = ground.revenue.before_refunds(order as usize);
            let plan = &ground.plans[usize::from(row.sequence)];
            let offer = match plan.sequence.steps.get(usize::from(row.step)) {
                Some(Step::Message(message)) => message.offer,
                _ => None,
            };
            row.orders += 1;
            row.revenue += value;
            row.given += offer.map_or(0, |offer| given(offer, value, ground.question.definitions.currency));
        }
    }
}
