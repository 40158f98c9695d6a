//! Section 5: messages that something sets off. Words and times are those of saved sequences; conversion and revenue come
//! from imported messages, else from the replay of the sequences over the past, which shows no lift.

use anyhow::Result;

use super::Ground;
use super::entry::{EN, Entries, Fill, Page, days, list};
use super::messages::Reported;
use crate::analytics::door::share;
use crate::analytics::results::RateKind;
use crate::analytics::triggers::{Replay, SequenceOutcome};
use crate::jobs::Progress;
use crate::model::Day;
use crate::model::sequence::{Again, DAY, HOUR, Message, Sequence, Step, Trigger};
use crate::model::strategy::FieldValue;
use crate::ops::Session;

/// A row of the section: what its fields begin with, what it is called in a sentence, words in names of messages, and
/// which triggers are meant.
struct Row(&'static str, &'static str, &'static [&'static str], fn(&Trigger) -> bool);

const ROWS: [Row; 5] = [
    Row(
        "BROWSE",
        "abandoned browsing",
        &["browse abandon", "abandoned browse", "browse reminder", "viewed product", "still looking"],
        |trigger| matches!(trigger, Trigger::BrowseAbandoned { .. }),
    ),
    Row(
        "CART",
        "abandoned carts",
        &["cart abandon", "abandoned cart", "checkout abandon", "abandoned checkout", "cart reminder", "cart recovery"],
        |trigger| matches!(trigger, Trigger::CartAbandoned { .. }),
    ),
    Row("PRICE", "price drops", &["price drop", "price alert", "reduced price"], |trigger| {
        matches!(trigger, Trigger::PriceDrop { .. })
    }),
    Row("STOCK", "products back in stock", &["back in stock", "restock", "stock alert"], |trigger| {
        matches!(trigger, Trigger::BackInStock { .. })
    }),
    Row(
        "WINBACK",
        "winning customers back",
        &["win back", "winback", "reactivat", "lapsed", "we miss you", "re engage"],
        |trigger| matches!(trigger, Trigger::NoOrder { .. }),
    ),
];

impl Session {
    /// Saved sequences, and their replay together as the page shows it; in a sentence why there is none.
    pub(super) fn replayed_triggers(
        &mut self,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<(Vec<Sequence>, Result<Replay, String>)> {
        let saved: Vec<Sequence> = self.saved_sequences()?.into_iter().map(|saved| saved.sequence).collect();
        let is_asked = |sequence: &Sequence| sequence.active && ROWS.iter().any(|row| (row.3)(&sequence.trigger));
        if !saved.iter().any(is_asked) {
            return Ok((saved, Err("No sequence with one of these triggers is switched on".into())));
        }
        let replay = match self.replay_sequences(&[], as_of, progress) {
            Ok((_, replay)) => Ok(replay),
            Err(stopped) if progress.is_cancelled() => return Err(stopped),
            Err(why) => Err(format!("{why:#}")),
        };
        Ok((saved, replay))
    }
}

pub fn fills(ground: &Ground, saved: &[Sequence], replay: &Result<Replay, String>, reported: &Reported) -> Entries {
    let mut found = Entries::new();
    for row in &ROWS {
        let of: Vec<&Sequence> = saved.iter().filter(|sequence| (row.3)(&sequence.trigger)).collect();
        // Sequences that are switched off count only where none runs.
        let on: Vec<&Sequence> = of.iter().copied().filter(|sequence| sequence.active).collect();
        let of = if on.is_empty() { of } else { on };
        let names: Vec<String> = of.iter().map(|sequence| format!("“{}”", sequence.name)).collect();
        let words = |what: &str, text: fn(&Sequence) -> String| {
            if of.is_empty() {
                return Err(format!(
                    "No sequence for {} is saved; begin with a template on the page Sequences, or type {what} here",
                    row.1
                ));
            }
            let state = if of.iter().any(|sequence| sequence.active) { "" } else { ", switched off" };
            let texts: Vec<String> = of.iter().map(|sequence| text(sequence)).collect();
            let page = Page::new(
                "Sequences",
                ground.as_of,
                format!("Saved {} {}{state}", if of.len() == 1 { "sequence" } else { "sequences" }, list(&names)),
            );
            page.told(FieldValue::Text(texts.join("\n")), "As it is planned on the page Sequences".to_owned())
        };
        let key = |ending: &str| format!("{}_{ending}", row.0);
        found.push((key("TRIGGER"), words("what sets the messages off", trigger)));
        found.push((key("TIME"), words("how soon the messages follow", timing)));
        found.push((key("MSG"), words("what the messages say", messages)));
        match reported.of(row.2) {
            Some(measured) => {
                found.push((key("CONV"), measured.rate(RateKind::Conversion)));
                found.push((key("REV"), measured.revenue()));
            }
            None => {
                let outcome = outcome(row, &of, replay);
                found.push((key("CONV"), outcome.as_ref().map_err(Clone::clone).and_then(conversion)));
                found.push((key("REV"), outcome.and_then(|outcome| revenue(&outcome))));
            }
        }
    }
    found
}

/// What the replay says of the sequences of a row.
struct Outcome<'a> {
    replay: &'a Replay,
    of: Vec<&'a SequenceOutcome>,
    window_days: Vec<u32>,
}

fn outcome<'a>(row: &Row, of: &[&Sequence], replay: &'a Result<Replay, String>) -> Result<Outcome<'a>, String> {
    let otherwise = format!("import the mailing tool’s report of messages for {}, or type it here", row.1);
    if of.is_empty() {
        return Err(format!(
            "No message for {} is imported and no sequence for it is saved; {otherwise}, or save a sequence on the page \
             Sequences to have it replayed over past orders",
            row.1
        ));
    }
    if of.iter().all(|sequence| !sequence.active) {
        return Err(format!(
            "The sequence for {} is switched off, so that nothing is replayed; switch it on on the page Sequences, or \
             {otherwise}",
            row.1
        ));
    }
    let replay = replay.as_ref().map_err(|why| format!("Nothing could be replayed: {why}; {otherwise}"))?;
    let named = |outcome: &&SequenceOutcome| of.iter().any(|sequence| sequence.name == outcome.name);
    let found: Vec<&SequenceOutcome> = replay.sequences.iter().filter(|one| one.active).filter(named).collect();
    if let Some(missing) = found.iter().find_map(|one| one.missing).filter(|_| found.iter().all(|one| one.entered == 0))
    {
        return Err(format!("The replay knows of {}; import {}, or {otherwise}", missing.what, missing.file));
    }
    if found.iter().all(|one| one.sum(|message| message.settled) == 0) {
        return Err(format!(
            "In the replay no message for {} would have been sent long enough ago to see what followed; {otherwise}",
            row.1
        ));
    }
    let mut window_days: Vec<u32> = of.iter().map(|sequence| sequence.window_days).collect();
    window_days.sort_unstable();
    window_days.dedup();
    Ok(Outcome { replay, of: found, window_days })
}

impl Outcome<'_> {
    fn page(&self) -> Page {
        let names: Vec<String> = self.of.iter().map(|one| format!("“{}”", one.name)).collect();
        let scope = format!("Replay of {} over {}", list(&names), days((self.replay.first, self.replay.as_of)));
        Page::new("Sequences", self.replay.as_of, scope)
    }

    fn sum(&self, of: fn(&crate::analytics::triggers::MessageOutcome) -> u64) -> u64 {
        self.of.iter().map(|one| one.sum(of)).sum()
    }

    fn within(&self) -> String {
        let days: Vec<String> = self.window_days.iter().map(ToString::to_string).collect();
        format!("within {} days", days.join(" or "))
    }
}

/// What every figure of the replay has to say.
const NO_LIFT: &str = "A replay on past customers: these orders came without the message, so this is no measured lift";

fn conversion(outcome: &Outcome<'_>) -> Fill {
    let (followed, settled) = (outcome.sum(|message| message.followed), outcome.sum(|message| message.settled));
    let value = share(followed as f64, settled as f64).ok_or("In the replay no message would have been sent")?;
    let how = format!(
        "Messages that an order followed {}: {} of {} that would have been sent. {NO_LIFT}",
        outcome.within(),
        EN.count(followed),
        EN.count(settled)
    );
    outcome.page().told(FieldValue::Percent(value), how)
}

fn revenue(outcome: &Outcome<'_>) -> Fill {
    let sum = outcome.of.iter().flat_map(|one| &one.messages).map(|message| message.revenue).sum();
    let how = format!(
        "Revenue of {} that followed a message {}. {NO_LIFT}",
        EN.counted(outcome.sum(|message| message.orders), "order", "orders"),
        outcome.within()
    );
    outcome.page().told(FieldValue::Money(sum, outcome.replay.currency), how)
}

/// What sets it off, as a sentence.
fn trigger(sequence: &Sequence) -> String {
    let words = sequence.trigger.in_words();
    let mut letters = words.chars();
    let begin = letters.next().map_or_else(String::new, |letter| letter.to_uppercase().collect());
    let who = if sequence.audience.is_some() { ", of its audience" } else { "" };
    format!("{begin}{}{who}", letters.as_str())
}

/// Seconds that the trigger itself waits, and since when.
fn since(trigger: &Trigger) -> (i64, &'static str) {
    match trigger {
        Trigger::BrowseAbandoned { hours } => (i64::from(*hours) * HOUR, "after the last look"),
        Trigger::CartAbandoned { hours } => (i64::from(*hours) * HOUR, "after the cart was left"),
        Trigger::PriceDrop { .. } => (0, "after the price fell"),
        Trigger::BackInStock { .. } => (0, "after the product came back"),
        Trigger::NoOrder { days } => (i64::from(*days) * DAY, "after the last order"),
        _ => (0, "after the trigger"),
    }
}

/// `4 hours after the cart was left, then 1 day later; again after 7 days at the earliest`.
fn timing(sequence: &Sequence) -> String {
    let (mut waited, after) = since(&sequence.trigger);
    let mut parts = Vec::new();
    for step in &sequence.steps {
        waited += step.seconds();
        if matches!(step, Step::Message(_)) {
            parts.push(match (parts.is_empty(), waited) {
                (true, 0) => format!("At once {after}"),
                (true, _) => format!("{} {after}", span(waited)),
                (false, 0) => "then at once".into(),
                (false, _) => format!("then {} later", span(waited)),
            });
            waited = 0;
        }
    }
    let again = match sequence.again {
        Again::Once => "once for each customer".to_owned(),
        Again::AfterDays(days) => format!("again after {} at the earliest", EN.counted(u64::from(days), "day", "days")),
    };
    if parts.is_empty() { "No message".into() } else { format!("{}; {again}", parts.join(", ")) }
}

/// `2 days`, `1 day and 4 hours`.
fn span(seconds: i64) -> String {
    let (days, hours) = ((seconds / DAY).unsigned_abs(), (seconds % DAY / HOUR).unsigned_abs());
    let (in_days, in_hours) = (EN.counted(days, "day", "days"), EN.counted(hours, "hour", "hours"));
    match (days, hours) {
        (0, _) => in_hours,
        (_, 0) => in_days,
        _ => format!("{in_days} and {in_hours}"),
    }
}

/// `E-mail “You left something”: What lies in the cart`.
fn messages(sequence: &Sequence) -> String {
    let one = |message: &Message| {
        let offer = message.offer.map_or_else(String::new, |offer| format!(", {} off", offer.in_words()));
        let note = if message.note.is_empty() { String::new() } else { format!(": {}", message.note) };
        format!("{} “{}”{note}{offer}", message.channel.name(), message.subject)
    };
    let all: Vec<String> = sequence.messages().map(|(_, message)| one(message)).collect();
    if all.is_empty() { "No message".into() } else { all.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sequence::templates;

    #[test]
    fn saved_sequences_are_told_in_words() {
        let cart = templates::named("Cart abandonment").unwrap();
        assert_eq!(trigger(&cart), "A cart without an order for 4 hours");
        assert_eq!(
            timing(&cart),
            "4 hours after the cart was left, then 1 day later; again after 7 days at the earliest"
        );
        assert_eq!(
            messages(&cart),
            "E-mail “You left something”: What lies in the cart; E-mail “Your cart is waiting”: The cart once more, with \
             answers to common questions"
        );
        let win_back = templates::named("At-risk win-back").unwrap();
        assert_eq!(
            timing(&win_back),
            "120 days after the last order, then 5 days later; again after 180 days at the earliest"
        );
        assert!(messages(&win_back).ends_with("“Last chance”: The offer for the last time, 15% off"));
        let price = templates::named("Price drop").unwrap();
        assert!(timing(&price).starts_with("At once after the price fell; again after 14 days"));
        assert_eq!(span(28 * HOUR), "1 day and 4 hours");
    }
}
