//! A replay that goes hour by hour and asks, at each, every question anew from the made-up shop. Slow and plain: it
//! shares nothing with the real one but the plan.

use cartwright::analytics::triggers::Fate;
use chrono::Datelike;

use super::*;

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    pub customer: usize,
    pub sequence: usize,
    pub step: usize,
    /// Hours since the first day.
    pub entered: i64,
    pub at: i64,
    pub fate: Fate,
    pub assumed: bool,
    pub bought_before: bool,
    pub settled: bool,
    pub orders: u32,
    pub revenue: i64,
    pub given: i64,
}

/// Everything that is compared.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    pub rows: Vec<Told>,
    /// By sequence: fired, outside, again, entered.
    pub counts: Vec<[u64; 4]>,
    pub weeks: Vec<u64>,
    /// Pairs, lower place first.
    pub collisions: Vec<u64>,
    pub by_day: Vec<u64>,
}

const END: i64 = DAYS as i64 * 24;

struct Inside {
    entered: i64,
    next: usize,
    planned: i64,
}

pub fn replay(made: &Made, sequences: &[Sequence], pressure: &Pressure) -> Replayed {
    let n = sequences.len();
    let mut out = Replayed {
        counts: vec![[0; 4]; n],
        collisions: vec![0; n * n],
        by_day: vec![0; DAYS as usize],
        ..Replayed::default()
    };
    let mut order: Vec<usize> = (0..n).filter(|s| sequences[*s].active).collect();
    order.sort_by_key(|s| std::cmp::Reverse(sequences[*s].priority));
    for c in 0..made.people.len() {
        one(made, c, sequences, &order, pressure, &mut out);
    }
    out.rows.sort();
    out
}

fn one(made: &Made, c: usize, sequences: &[Sequence], order: &[usize], pressure: &Pressure, out: &mut Replayed) {
    let person = &made.people[c];
    let mut inside: Vec<Option<Inside>> = sequences.iter().map(|_| None).collect();
    let mut last: Vec<Option<i64>> = vec![None; sequences.len()];
    let mut log: Vec<i64> = Vec::new();
    let mut rows: Vec<Told> = Vec::new();
    let bought_in = |from: i64, to: i64| person.orders.iter().any(|order| order.hour >= from && order.hour <= to);
    let member = |rule: &Rule, hour: i64| {
        let day = FIRST as i64 + hour.div_euclid(24);
        let looks: Vec<Day> = month_ends(Day(FIRST), AS_OF);
        let look = looks.iter().rposition(|look| i64::from(look.0) < day);
        look.is_some_and(|look| if *rule == segment("A") { person.member[look].0 } else { person.member[look].1 })
    };
    let told = |s: usize, step: usize, entered: i64, at: i64, fate: Fate| Told {
        customer: c,
        sequence: s,
        step,
        entered,
        at,
        fate,
        assumed: false,
        bought_before: fate == Fate::Bought,
        settled: false,
        orders: 0,
        revenue: 0,
        given: 0,
    };
    let rest = |rows: &mut Vec<Told>, s: usize, gone: &Inside, at: i64, fate: Fate| {
        for (step, what) in sequences[s].steps.iter().enumerate().skip(gone.next) {
            if matches!(what, Step::Message(_)) {
                rows.push(told(s, step, gone.entered, at, fate));
            }
        }
    };
    // Long before history too: what happened then may still count.
    for hour in -10 * 24..END {
        let day = FIRST + hour.div_euclid(24) as i32;
        for _ in person.orders.iter().filter(|order| order.hour == hour) {
            for s in 0..sequences.len() {
                if sequences[s].exits.contains(&Exit::Bought)
                    && let Some(gone) = inside[s].take()
                {
                    rest(&mut rows, s, &gone, hour, Fate::Bought);
                }
            }
        }
        for channel in Channel::ALL {
            let refuses = matches!(person.consents[channel as usize], Some((false, Some(on))) if on == day);
            if !refuses || hour.rem_euclid(24) != 0 {
                continue;
            }
            for s in 0..sequences.len() {
                let to_come = inside[s].as_ref().is_some_and(|inside| {
                    sequences[s].steps[inside.next..]
                        .iter()
                        .any(|step| matches!(step, Step::Message(message) if message.channel == channel))
                });
                if sequences[s].exits.contains(&Exit::Unsubscribed)
                    && to_come
                    && let Some(gone) = inside[s].take()
                {
                    rest(&mut rows, s, &gone, hour, Fate::Unsubscribed);
                }
            }
        }
        if pressure.contacts {
            log.extend(person.contacts.iter().filter(|contact| **contact == hour));
        }
        if hour < 0 {
            continue;
        }
        for &s in order {
            let sequence = &sequences[s];
            if !fires(made, c, &sequence.trigger, hour, &member) {
                continue;
            }
            out.counts[s][0] += 1;
            if sequence.audience.as_ref().is_some_and(|audience| !member(audience, hour)) {
                out.counts[s][1] += 1;
                continue;
            }
            let long_enough = match (last[s], sequence.again) {
                (None, _) => true,
                (Some(_), Again::Once) => false,
                (Some(before), Again::AfterDays(days)) => hour - before >= i64::from(days) * 24,
            };
            if inside[s].is_some() || !long_enough {
                out.counts[s][2] += 1;
                continue;
            }
            out.counts[s][3] += 1;
            last[s] = Some(hour);
            for other in (0..sequences.len()).filter(|other| *other != s) {
                if sequences[other].exits.contains(&Exit::Entered(sequence.name.clone()))
                    && let Some(gone) = inside[other].take()
                {
                    rest(&mut rows, other, &gone, hour, Fate::Elsewhere);
                }
            }
            inside[s] = Some(Inside { entered: hour, next: 0, planned: hour });
        }
        for &s in order {
            while let Some(mut now) = inside[s].take() {
                if now.planned > hour {
                    inside[s] = Some(now);
                    break;
                }
                match sequences[s].steps.get(now.next) {
                    None => break,
                    Some(Step::Wait(wait)) => now.planned += i64::from(wait.days * 24 + wait.hours),
                    Some(Step::OnlyIf(Check::NotBought)) => {
                        if bought_in(now.entered + 1, hour) {
                            rest(&mut rows, s, &now, hour, Fate::Bought);
                            break;
                        }
                    }
                    Some(Step::OnlyIf(Check::Rule(rule))) => {
                        if !member(rule, hour) {
                            rest(&mut rows, s, &now, hour, Fate::Condition);
                            break;
                        }
                    }
                    Some(Step::Message(message)) => {
                        if pressure.quiet.is_some_and(|quiet| is_quiet(quiet, hour.rem_euclid(24) as u8)) {
                            inside[s] = Some(now);
                            break;
                        }
                        let fate = fate(person, message.channel, day, hour, &log, pressure);
                        let known = matches!(person.consents[message.channel as usize], Some((_, on)) if on.is_none_or(|on| on <= day));
                        if fate == Fate::Sent {
                            log.push(hour);
                        }
                        rows.push(Told {
                            assumed: fate == Fate::Sent && !known,
                            bought_before: bought_in(now.entered + 1, hour),
                            ..told(s, now.next, now.entered, hour, fate)
                        });
                    }
                }
                now.next += 1;
                inside[s] = Some(now);
            }
        }
    }
    for (s, slot) in inside.iter_mut().enumerate() {
        if let Some(gone) = slot.take() {
            rest(&mut rows, s, &gone, END, Fate::Open);
        }
    }
    afterwards(person, sequences, pressure, &mut rows, out);
    out.rows.extend(rows);
}

fn is_quiet(quiet: Quiet, hour: u8) -> bool {
    let mut at = quiet.from;
    while at != quiet.to {
        if at == hour {
            return true;
        }
        at = (at + 1) % 24;
    }
    false
}

fn fate(person: &Person, channel: Channel, day: i32, hour: i64, log: &[i64], pressure: &Pressure) -> Fate {
    let address = match channel {
        Channel::Email => person.email,
        Channel::Sms => person.phone,
        Channel::Push => true,
    };
    if !address {
        return Fate::NoAddress;
    }
    match person.consents[channel as usize] {
        Some((granted, on)) if on.is_none_or(|on| on <= day) => {
            if !granted {
                return Fate::Refused;
            }
        }
        _ if pressure.assume_consent => {}
        _ => return Fate::Unknown,
    }
    let reached = |limit: Option<u32>, counts: &dyn Fn(i64) -> bool| {
        limit.is_some_and(|limit| log.iter().filter(|sent| counts(**sent)).count() >= limit as usize)
    };
    if reached(pressure.per_day, &|sent| sent.div_euclid(24) == hour.div_euclid(24)) {
        Fate::HeldDay
    } else if reached(pressure.per_week, &|sent| sent > hour - 168) {
        Fate::HeldWeek
    } else if reached(pressure.per_30_days, &|sent| sent > hour - 720) {
        Fate::HeldMonth
    } else {
        Fate::Sent
    }
}

/// Orders that followed messages, weeks, days and collisions.
fn afterwards(person: &Person, sequences: &[Sequence], pressure: &Pressure, rows: &mut [Told], out: &mut Replayed) {
    let window = |row: &Told| i64::from(sequences[row.sequence].window_days) * 24;
    for row in rows.iter_mut().filter(|row| row.fate == Fate::Sent) {
        row.settled = row.at + window(row) < END;
    }
    for order in &person.orders {
        let mut best: Option<usize> = None;
        for (n, row) in rows.iter().enumerate() {
            let covers = row.fate == Fate::Sent && row.at < order.hour && order.hour <= row.at + window(row);
            // Rows are in the order they were written: of one moment the later row is the later message.
            if covers && best.is_none_or(|best| rows[best].at <= row.at) {
                best = Some(n);
            }
        }
        if let Some(n) = best.filter(|n| rows[*n].settled) {
            let value: i64 = order.lines.iter().map(|line| line.1).sum();
            let Step::Message(message) = &sequences[rows[n].sequence].steps[rows[n].step] else { unreachable!() };
            rows[n].orders += 1;
            rows[n].revenue += value;
            rows[n].given += match message.offer {
                None => 0,
                Some(Offer::Percent(percent)) => (value as f64 * f64::from(percent.0) / 10_000.0 + 0.5).floor() as i64,
                Some(Offer::Amount(amount)) => amount.minor.min(value),
            };
        }
    }
    let sent: Vec<i64> = rows.iter().filter(|row| row.fate == Fate::Sent).map(|row| row.at.div_euclid(24)).collect();
    let mut weeks = std::collections::BTreeMap::new();
    for day in &sent {
        out.by_day[*day as usize] += 1;
        *weeks.entry(Day(FIRST + *day as i32).date().iso_week()).or_insert(0_usize) += 1;
    }
    for in_week in weeks.into_values() {
        out.weeks.resize(out.weeks.len().max(in_week + 1), 0);
        out.weeks[in_week] += 1;
    }
    let wanted: Vec<&Told> = rows
        .iter()
        .filter(|row| matches!(row.fate, Fate::Sent | Fate::HeldDay | Fate::HeldWeek | Fate::HeldMonth))
        .collect();
    for (n, a) in wanted.iter().enumerate() {
        for b in &wanted[n + 1..] {
            let apart = (a.at.div_euclid(24) - b.at.div_euclid(24)).abs();
            if a.sequence != b.sequence && apart <= i64::from(pressure.apart_days) {
                let (low, high) = (a.sequence.min(b.sequence), a.sequence.max(b.sequence));
                out.collisions[low * sequences.len() + high] += 1;
            }
        }
    }
}

fn fires(made: &Made, c: usize, trigger: &Trigger, hour: i64, member: &dyn Fn(&Rule, i64) -> bool) -> bool {
    let person = &made.people[c];
    let ordered = |from: i64, to: i64| person.orders.iter().filter(|o| o.hour >= from && o.hour <= to).count();
    let carted = |from: i64, to: i64| person.carts.iter().any(|cart| cart.0 >= from && cart.0 <= to);
    let viewed = |from: i64, to: i64| person.views.iter().any(|view| view.0 >= from && view.0 <= to);
    match trigger {
        Trigger::FirstOrder => ordered(hour, hour) > 0 && ordered(0, hour - 1) == 0,
        Trigger::NthOrder { n } => ordered(0, hour) >= *n as usize && ordered(0, hour - 1) < *n as usize,
        Trigger::Regularly { n, days } => {
            let mut orders: Vec<i64> = person.orders.iter().map(|o| o.hour).collect();
            orders.sort_unstable();
            let first = orders.get(*n as usize - 1);
            first.is_some_and(|first| hour >= *first && (hour - first) % (i64::from(*days) * 24) == 0)
        }
        Trigger::NoOrder { days } => {
            let before = hour - i64::from(*days) * 24;
            ordered(before, before) > 0 && ordered(before + 1, hour) == 0
        }
        Trigger::Joins { audience } => {
            let looks = month_ends(Day(FIRST), AS_OF);
            // At midnight after a look, and not the first one: who was a member then did not join.
            hour % 24 == 0
                && looks.iter().skip(1).any(|look| look.0 + 1 == FIRST + (hour / 24) as i32)
                && member(audience, hour)
                && !member(audience, hour - 24)
        }
        Trigger::BrowseAbandoned { hours } => {
            let before = hour - i64::from(*hours);
            viewed(before, before) && !viewed(before + 1, hour) && !carted(before, hour) && ordered(before, hour) == 0
        }
        Trigger::CartAbandoned { hours } => {
            let before = hour - i64::from(*hours);
            carted(before, before) && !carted(before + 1, hour) && ordered(before, hour) == 0
        }
        Trigger::PriceDrop { percent, interest_days } => (1..=PRODUCTS).any(|p| {
            wished(person, p, hour, *interest_days) && price_fell(made, p, hour, f64::from(percent.0) / 10_000.0)
        }),
        Trigger::BackInStock { interest_days } => (1..=PRODUCTS).any(|p| {
            let counted: Vec<_> = made.observed.iter().filter(|seen| seen.0 == p && seen.3.is_some()).collect();
            let back = counted.windows(2).any(|two| two[1].1 == hour && two[0].3 <= Some(0) && two[1].3 > Some(0));
            back && wished(person, p, hour, *interest_days)
        }),
        Trigger::Replenishment { repeats } => (1..=PRODUCTS).any(|p| used_up(made, person, p, hour, *repeats)),
        Trigger::Birthday { days_before } => {
            let Some(birth) = person.birth else { return false };
            let known = [
                person.created.map(|day| i64::from(day - FIRST) * 24),
                person.orders.first().map(|order| order.hour),
                person.carts.first().map(|cart| cart.0),
                person.views.first().map(|view| view.0),
            ];
            let known = known.into_iter().flatten().min();
            let then = Day(FIRST + (hour / 24) as i32 + *days_before as i32).date();
            let born = Day(birth).date();
            let leap = chrono::NaiveDate::from_ymd_opt(then.year(), 2, 29).is_some();
            let (month, day) =
                if (born.month(), born.day()) == (2, 29) && !leap { (3, 1) } else { (born.month(), born.day()) };
            hour % 24 == 0
                && (then.month(), then.day()) == (month, day)
                && then > born
                && known.is_some_and(|known| known <= hour)
        }
        Trigger::Signup => hour % 24 == 0 && person.created == Some(FIRST + (hour / 24) as i32),
    }
}

/// Whether there was interest in a product that was not bought since.
fn wished(person: &Person, product: u32, hour: i64, days: u32) -> bool {
    let views = person.views.iter().filter(|view| view.1 == product).map(|view| view.0);
    let carts = person.carts.iter().filter(|cart| cart.1.contains(&product)).map(|cart| cart.0);
    let bought = |from: i64| {
        let mut own = person.orders.iter().filter(|order| order.lines.iter().any(|line| line.0 == product));
        own.any(|order| order.hour >= from && order.hour <= hour)
    };
    views.chain(carts).any(|seen| seen < hour && hour <= seen + i64::from(days) * 24 && !bought(seen))
}

fn price_fell(made: &Made, product: u32, hour: i64, share: f64) -> bool {
    let lower = |now: i64, base: i64| now as f64 <= base as f64 * (1.0 - share) + 1e-9;
    // Nobody looks at prices of products that nobody is interested in.
    let paid: Vec<(i64, i64)> = made
        .people
        .iter()
        .flat_map(|person| &person.orders)
        .filter(|order| !order.coded)
        .flat_map(|order| order.lines.iter().filter(|line| line.0 == product).map(|line| (order.hour, line.1)))
        .collect();
    let day = hour / 24;
    let base = paid.iter().filter(|p| p.0 / 24 < day && p.0 / 24 >= day - 30).map(|p| p.1).min();
    let by_line = base.is_some_and(|base| {
        paid.iter().any(|p| p.0 == hour && lower(p.1, base))
            && !paid.iter().any(|p| p.0 / 24 == day && p.0 < hour && lower(p.1, base))
    });
    let priced: Vec<_> = made.observed.iter().filter(|seen| seen.0 == product && seen.2.is_some()).collect();
    let seen = priced.windows(2).any(|two| match (two[0].2, two[1].2) {
        (Some(base), Some(now)) => two[1].1 == hour && now < base && lower(now, base),
        _ => false,
    });
    by_line || seen
}

fn hours_of(person: &Person, product: u32) -> Vec<i64> {
    let own = person.orders.iter().filter(|order| order.lines.iter().any(|line| line.0 == product));
    let mut hours: Vec<i64> = own.map(|order| order.hour).collect();
    hours.dedup();
    hours
}

fn lower_median(mut gaps: Vec<i64>) -> i64 {
    gaps.sort_unstable();
    gaps[(gaps.len() - 1) / 2]
}

fn used_up(made: &Made, person: &Person, product: u32, hour: i64, repeats: u32) -> bool {
    let gaps = |hours: &[i64]| hours.windows(2).map(|two| two[1] - two[0]).collect::<Vec<i64>>();
    let so_far: Vec<i64> = hours_of(person, product).into_iter().filter(|at| *at <= hour).collect();
    let Some(last) = so_far.last() else { return false };
    let own = gaps(&so_far);
    let all: Vec<i64> = made.people.iter().flat_map(|person| gaps(&hours_of(person, product))).collect();
    let usual = if own.len() >= 2 {
        lower_median(own)
    } else if all.len() >= repeats as usize {
        lower_median(all)
    } else {
        return false;
    };
    last + usual == hour
}
