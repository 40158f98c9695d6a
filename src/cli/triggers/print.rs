//! A replay for people.

use anyhow::Result;

use crate::analytics::triggers::said::{self, held};
use crate::analytics::triggers::{Fate, MessageOutcome, Replay};
use crate::cli::output::{self, count, percent};
use crate::model::sequence::{Pressure, Sequence};

/// Sequences, one in a row.
pub fn sequences(all: &[Sequence]) -> Result<()> {
    let row = |sequence: &Sequence| {
        let days: Vec<String> = sequence.messages().map(|(n, _)| sequence.day_of(n).to_string()).collect();
        let state = if sequence.active { "on" } else { "off" };
        vec![
            sequence.name.clone(),
            state.to_owned(),
            sequence.trigger.in_words(),
            sequence.messages().count().to_string(),
            days.join(", "),
            sequence.priority.to_string(),
        ]
    };
    let rows: Vec<_> = all.iter().map(row).collect();
    output::line(output::table(&["Sequence", "", "Trigger", "Messages", "On day", "Priority"], &rows, &[1, 2, 4]))
}

/// The verdict, what each sequence comes to, collisions, weeks, and what to know about all of it.
pub fn replayed(replay: &Replay, pressure: &Pressure) -> Result<()> {
    match said::verdict(replay) {
        Ok(verdict) => output::line(verdict)?,
        Err(_) => output::line("Cannot tell: nobody enters a sequence")?,
    }
    output::line(said::headline(replay))?;
    output::line("")?;
    output::line(of_sequences(replay))?;
    output::line("")?;
    output::line(of_messages(replay))?;
    if replay.sent > 0 {
        output::line("")?;
        output::line(weeks(replay))?;
    }
    if replay.collided > 0 {
        output::line("")?;
        output::line(collisions(replay, pressure))?;
    }
    for outcome in replay.sequences.iter().filter(|outcome| outcome.active) {
        if let Some(missing) = outcome.missing {
            output::message(format!("{}: {} is known; {} would tell", outcome.name, missing.what, missing.file));
        }
    }
    output::line("")?;
    said::notes(replay, pressure).iter().try_for_each(output::line)
}

fn of_sequences(replay: &Replay) -> String {
    let header =
        ["Sequence", "Entered", "Customers", "Messages", "Bought before", "Cannot be reached", "Held back", "Sent"];
    let rows: Vec<Vec<String>> = replay
        .sequences
        .iter()
        .filter(|outcome| outcome.active)
        .map(|outcome| {
            let unreached = |fate| matches!(fate, Fate::NoAddress | Fate::Refused | Fate::Unknown);
            vec![
                outcome.name.clone(),
                count(outcome.entered),
                count(outcome.heads),
                count(outcome.all()),
                count(outcome.sum(|message| message.bought_before)),
                count(outcome.of_all(unreached)),
                count(outcome.sum(held)),
                count(outcome.of_all(|fate| fate == Fate::Sent)),
            ]
        })
        .collect();
    output::table(&header, &rows, &[])
}

fn of_messages(replay: &Replay) -> String {
    let header = [
        "Message",
        "Sequence",
        "Day",
        "Due",
        "Refused",
        "Unknown",
        "Held back",
        "Sent",
        "Order after",
        "Revenue after",
        "Promised anyway",
    ];
    let mut rows = Vec::new();
    for outcome in replay.sequences.iter().filter(|outcome| outcome.active) {
        for message in &outcome.messages {
            let promised = if message.given > 0 { replay.currency.display(message.given) } else { String::new() };
            rows.push(vec![
                message.subject.clone(),
                outcome.name.clone(),
                message.day.to_string(),
                count(message.of_all(Fate::is_due)),
                count(message.of(Fate::Refused) + message.of(Fate::NoAddress)),
                count(message.of(Fate::Unknown)),
                count(held(message)),
                count(message.of(Fate::Sent)),
                percent(message.conversion()),
                revenue(replay, message),
                promised,
            ]);
        }
    }
    output::table(&header, &rows, &[1])
}

fn revenue(replay: &Replay, message: &MessageOutcome) -> String {
    if message.settled == 0 { "—".into() } else { replay.currency.display(message.revenue) }
}

fn weeks(replay: &Replay) -> String {
    let all: u64 = replay.weeks.iter().sum();
    let rows: Vec<Vec<String>> = (1..replay.weeks.len())
        .map(|n| {
            let share = replay.weeks[n] as f64 / all as f64;
            vec![n.to_string(), count(replay.weeks[n]), percent(Some(share))]
        })
        .collect();
    output::table(&["Messages in a head's week", "Weeks", "Share"], &rows, &[])
}

fn collisions(replay: &Replay, pressure: &Pressure) -> String {
    let within = match pressure.apart_days {
        0 => "on the same day".to_owned(),
        days => format!("within {days} days"),
    };
    let title = format!("Two sequences that want the same head {within} ({} customers)", count(replay.collided));
    let mut rows = Vec::new();
    for a in 0..replay.sequences.len() {
        for b in a + 1..replay.sequences.len() {
            if replay.collisions_of(a, b) > 0 {
                let (a_name, b_name) = (&replay.sequences[a].name, &replay.sequences[b].name);
                rows.push((replay.collisions_of(a, b), format!("{a_name} × {b_name}")));
            }
        }
    }
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(pairs, names)| vec![names, count(pairs)]).collect();
    output::table(&[&title, "Pairs"], &rows, &[])
}
