//! What a replay says of itself in sentences: the verdict, and what is assumed or not known.

use super::{Fate, MessageOutcome, Replay};
use crate::model::sequence::Pressure;
use crate::model::{Locale, TooLittle};

/// From this share on the purchases before a message are worth a warning.
const MANY_BOUGHT: f64 = 0.2;

/// What was replayed.
pub fn headline(replay: &Replay) -> String {
    let active = replay.sequences.iter().filter(|sequence| sequence.active).count() as u64;
    format!(
        "{} over {} from {} to {}",
        Locale::En.counted(active, "sequence", "sequences"),
        Locale::En.counted(replay.customers, "customer", "customers"),
        replay.first.display(),
        replay.as_of.display()
    )
}

/// Whether the plan can be switched on as it is, in one sentence.
pub fn verdict(replay: &Replay) -> Result<String, TooLittle> {
    if replay.sum(|message| message.of_all(|_| true)) == 0 {
        return Err(TooLittle { have: 0, need: 1, what: "customers who enter a sequence" });
    }
    if replay.sent == 0 {
        return Ok(nobody(replay).to_owned());
    }
    let held = replay.sum(held);
    let busiest = Locale::En.counted(replay.busiest() as u64, "message", "messages");
    let pressed = match held {
        0 => "no limit holds anything back".to_owned(),
        held => {
            let share = held as f64 / (held + replay.sent) as f64;
            format!("the limits hold back {}", Locale::En.percent(share, 1))
        }
    };
    let reached = format!(
        "{} to {}; at most {busiest} in a head’s week, {pressed}",
        Locale::En.counted(replay.sent, "message", "messages"),
        Locale::En.counted(replay.heads, "customer", "customers"),
    );
    Ok(match bought_before(replay) {
        Some(share) if share >= MANY_BOUGHT => {
            let share = Locale::En.percent(share, 1);
            format!("{reached}. {share} of the messages would have come after the purchase they are to bring")
        }
        _ => reached,
    })
}

fn nobody(replay: &Replay) -> &'static str {
    let unknown = replay.sum(|message| message.of(Fate::Unknown));
    if unknown > 0 && unknown == replay.sum(|message| message.of_all(Fate::is_due)) {
        "Nobody could be written to: no file tells who agreed to messages"
    } else {
        "Nobody would have been written to"
    }
}

/// Messages that a limit held back.
pub fn held(message: &MessageOutcome) -> u64 {
    message.of_all(|fate| matches!(fate, Fate::HeldDay | Fate::HeldWeek | Fate::HeldMonth))
}

/// Share of all messages before which the customer had bought since entering, of those whose moment has come.
pub fn bought_before(replay: &Replay) -> Option<f64> {
    let decided = replay.sum(|message| message.of_all(|fate| fate != Fate::Open));
    (decided > 0).then(|| replay.sum(|message| message.bought_before) as f64 / decided as f64)
}

/// What is behind the figures, what was assumed, and what nobody knows.
pub fn notes(replay: &Replay, pressure: &Pressure) -> Vec<String> {
    let count = |n| Locale::En.count(n);
    let mut notes = vec![pressure.in_words()];
    let due = replay.sum(|message| message.of_all(Fate::is_due));
    let unknown = replay.sum(|message| message.of(Fate::Unknown));
    if unknown > 0 {
        notes.push(format!(
            "Of {} messages that were due, {} were to customers of whom no file tells whether they had agreed by then; \
             they are not sent. A file of customers with their consent would tell",
            count(due),
            count(unknown)
        ));
    }
    let assumed = replay.sum(|message| message.assumed);
    if assumed > 0 {
        notes.push(format!("{} messages rest on consent that no file tells of, as the limits allow", count(assumed)));
    }
    let given = replay.sequences.iter().flat_map(|sequence| &sequence.messages).map(|message| message.given).sum();
    if given > 0 {
        notes.push(format!(
            "Discounts of {} are promised on {} orders that were placed without the message",
            replay.currency.display(given),
            count(replay.sum(|message| message.given_orders))
        ));
    }
    notes.push(
        "Purchases after a message are those that happened without it: no effect of the message is claimed. Each counts \
         for the last message before it"
            .into(),
    );
    let lowest = "Audiences are looked at once a month, at the end of its last day; the usual time between two purchases \
                  of a product is that of all history";
    notes.push(lowest.into());
    if replay.contacts > 0 {
        notes.push(format!(
            "{} messages that files tell of per customer count towards the limits",
            count(replay.contacts)
        ));
    }
    if replay.nameless > 0 {
        notes.push(format!(
            "{} messages of imported campaigns are in no limit: their files tell how many there were, not to whom",
            count(replay.nameless)
        ));
    }
    notes
}
