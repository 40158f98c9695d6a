//! The replay is the naive one, and keeps what it promises.

use cartwright::analytics::triggers::{Fate, Replay, Row, replay, rows};
use cartwright::jobs::Progress;

use super::*;

const START: i64 = FIRST as i64 * 86_400;

fn run(world: &World, sequences: &[Sequence], pressure: &Pressure) -> (Replay, Vec<Row>) {
    let question = world.question(sequences, pressure);
    (replay(&question, &Progress::none()).unwrap(), rows(&question, |_| true, &Progress::none()).unwrap())
}

fn told(row: &Row) -> naive::Told {
    naive::Told {
        customer: row.customer as usize,
        sequence: usize::from(row.sequence),
        step: usize::from(row.step),
        entered: (row.entered - START) / 3_600,
        at: (row.at - START) / 3_600,
        fate: row.fate,
        assumed: row.assumed,
        bought_before: row.bought_before,
        settled: row.settled,
        orders: row.orders,
        revenue: row.revenue,
        given: row.given,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_replay_is_the_naive_one(made in any_shop(), sequences in any_sequences(), pressure in any_pressure()) {
        let world = world(&made);
        let (replay, rows) = run(&world, &sequences, &pressure);
        let naive = naive::replay(&made, &sequences, &pressure);
        let mut found: Vec<_> = rows.iter().map(told).collect();
        found.sort();
        prop_assert_eq!(found, naive.rows);
        let counts: Vec<_> = replay.sequences.iter().map(|s| [s.fired, s.outside, s.again, s.entered]).collect();
        prop_assert_eq!(counts, naive.counts);
        prop_assert_eq!(&replay.weeks, &naive.weeks);
        prop_assert_eq!(&replay.collisions, &naive.collisions);
        let by_day: Vec<u64> = (0..DAYS as usize).map(|day| replay.on_day(day)).collect();
        prop_assert_eq!(by_day, naive.by_day);
    }

    #[test]
    fn what_it_promises_is_kept(made in any_shop(), sequences in any_sequences(), pressure in any_pressure()) {
        let world = world(&made);
        let (replay, rows) = run(&world, &sequences, &pressure);
        // Sums are those of the rows.
        for (s, outcome) in replay.sequences.iter().enumerate() {
            prop_assert_eq!(outcome.fired, outcome.outside + outcome.again + outcome.entered);
            prop_assert!(outcome.heads <= outcome.entered);
            for message in &outcome.messages {
                let own: Vec<&Row> = rows.iter().filter(|r| usize::from(r.sequence) == s && usize::from(r.step) == message.step).collect();
                prop_assert_eq!(message.of_all(|_| true), outcome.entered);
                prop_assert_eq!(own.len() as u64, outcome.entered);
                for fate in Fate::ALL {
                    prop_assert_eq!(message.of(fate), own.iter().filter(|r| r.fate == fate).count() as u64);
                }
                prop_assert_eq!(message.revenue, own.iter().map(|r| r.revenue).sum::<i64>());
                prop_assert!(message.followed <= message.settled && message.settled <= message.of(Fate::Sent));
                prop_assert!(message.given >= 0 && message.given <= message.revenue);
            }
        }
        let sent: Vec<&Row> = rows.iter().filter(|row| row.fate == Fate::Sent).collect();
        prop_assert_eq!(replay.sent, sent.len() as u64);
        let in_weeks: u64 = replay.weeks.iter().enumerate().map(|(n, weeks)| n as u64 * weeks).sum();
        prop_assert_eq!(in_weeks, replay.sent);
        prop_assert_eq!((0..DAYS as usize).map(|day| replay.on_day(day)).sum::<u64>(), replay.sent);
        for row in &sent {
            // Limits hold over every stretch of time that ends with a message.
            let before = |seconds: i64| sent.iter().filter(|o| o.customer == row.customer && o.at <= row.at && o.at > row.at - seconds).count();
            prop_assert!(pressure.per_week.is_none_or(|limit| before(7 * 86_400) <= limit as usize));
            prop_assert!(pressure.per_30_days.is_none_or(|limit| before(30 * 86_400) <= limit as usize));
            let on_day = sent.iter().filter(|o| o.customer == row.customer && o.day() == row.day()).count();
            prop_assert!(pressure.per_day.is_none_or(|limit| on_day <= limit as usize));
            prop_assert!(pressure.quiet.is_none_or(|quiet| quiet.shift(row.at) == row.at));
            prop_assert!(row.entered <= row.at && row.at < START + i64::from(DAYS) * 86_400);
            // Nobody who left by buying is written to.
            let sequence = &sequences[usize::from(row.sequence)];
            prop_assert!(sequence.active);
            prop_assert!(!(sequence.exits.contains(&Exit::Bought) && row.bought_before));
        }
        // Each order follows one message at most.
        let orders: u64 = replay.sequences.iter().map(|s| s.sum(|m| m.orders)).sum();
        prop_assert!(orders <= made.people.iter().map(|person| person.orders.len() as u64).sum());
    }

    #[test]
    fn one_that_is_switched_off_sends_nothing_and_lets_others_enter_as_before(
        made in any_shop(), sequences in any_sequences(), pressure in any_pressure(), off in 0_usize..4
    ) {
        let world = world(&made);
        let off = off % sequences.len();
        let mut fewer = sequences.clone();
        fewer[off].active = false;
        let (with, _) = run(&world, &sequences, &pressure);
        let (without, rows) = run(&world, &fewer, &pressure);
        prop_assert!(rows.iter().all(|row| usize::from(row.sequence) != off));
        prop_assert_eq!(without.sequences[off].entered, 0);
        for (s, (a, b)) in with.sequences.iter().zip(&without.sequences).enumerate() {
            prop_assert!(s == off || a.fired == b.fired);
        }
    }

    #[test]
    fn without_limits_and_exits_sequences_do_not_touch_each_other(
        made in any_shop(), sequences in any_sequences(), pressure in any_pressure()
    ) {
        let world = world(&made);
        let pressure = Pressure { per_day: None, per_week: None, per_30_days: None, ..pressure };
        let mut sequences = sequences;
        sequences.iter_mut().for_each(|s| s.exits.retain(|exit| !matches!(exit, Exit::Entered(_))));
        let (all, _) = run(&world, &sequences, &pressure);
        for (n, sequence) in sequences.iter().enumerate() {
            let (alone, _) = run(&world, std::slice::from_ref(sequence), &pressure);
            for (a, b) in all.sequences[n].messages.iter().zip(&alone.sequences[0].messages) {
                prop_assert_eq!(a.fates, b.fates);
            }
        }
    }
}

#[test]
fn a_trigger_without_data_names_the_file_that_would_tell() {
    let made = Made { people: Vec::new(), observed: Vec::new() };
    let (world, pressure) = (world(&made), Pressure::default());
    for kind in Trigger::KINDS {
        let sequences = [Sequence::new("S", (kind.make)(), vec![Step::Message(Message::default())])];
        let (replay, _) = run(&world, &sequences, &pressure);
        let missing = replay.sequences[0].missing.unwrap();
        assert!(!missing.file.is_empty() && !missing.what.is_empty(), "{}", kind.name);
        assert_eq!(sequences[0].trigger.kind().key, kind.key);
    }
}
