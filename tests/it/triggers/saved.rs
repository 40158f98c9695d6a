//! Sequences as they are saved, events as they are imported, and both on the command line and in the sample shop.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use cartwright::analytics::triggers::{Fate, MOST_SEQUENCES};
use cartwright::import::plan::Choices;
use cartwright::import::preview::preview;
use cartwright::jobs::Progress;
use cartwright::model::sequence::templates;
use cartwright::ops::Session;
use cartwright::ops::import::Outcome;
use cartwright::ops::sequences::SavedSequence;
use cartwright::sample::Params;
use serde_json::Value;

use super::*;

const ORDERS: &str = "order_id,created_at,email,sku,title,qty,unit_price,currency
1,2026-01-03 10:00,a@example.com,P1,Pot,1,80.00,USD
2,2026-01-08 10:00,b@example.com,P2,Pan,1,60.00,USD
3,2026-03-31 10:00,b@example.com,P2,Pan,1,60.00,USD
";

/// A look at nothing else, a look before an order, stock that ran out and came back, and rows that tell nothing.
const EVENTS: &str = "Timestamp,Event,Customer email,SKU,Stock
2026-02-01 09:00,Product Viewed,a@example.com,P2,
2026-03-31 09:30,view,b@example.com,P1,
2026-02-02 00:00,stock,,P2,0
2026-02-05 12:00,stock,,P2,7
2026-02-06 12:00,view,,P2,
,view,a@example.com,P2,
";

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn import(session: &mut Session, path: &Path) -> Outcome {
    let choices = Choices::default();
    let plan = session.plan(&preview(path, &choices, &Progress::none()).unwrap(), &choices).unwrap();
    session.import(&plan, &choices, &Progress::none()).unwrap()
}

fn dump(session: &Session) -> String {
    let mut out = Vec::new();
    session.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn events_bring_what_triggers_lack_and_are_undone_without_a_trace() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("shop.cartwright"), "Shop").unwrap();
    import(&mut session, &written(folder.path(), "orders.csv", ORDERS));
    let names = ["Browse abandonment".to_owned(), "Back in stock".to_owned()];
    assert_eq!(session.add_templates(&names).unwrap(), names);
    let before = dump(&session);
    let (_, replay) = session.replay_sequences(&[], None, &Progress::none()).unwrap();
    assert!(replay.sequences.iter().all(|one| one.missing.is_some_and(|missing| missing.file.contains("event"))));
    let file = written(folder.path(), "events.csv", EVENTS);
    let done = import(&mut session, &file);
    let tables = &done.tables.0;
    assert_eq!((tables["events"].created, tables["observations"].created), (2, 2), "{tables:?}");
    assert_eq!(done.summary.rejected, 2, "a look of nobody, and one without a moment");
    let again = import(&mut session, &file);
    assert_eq!((again.tables.0["events"].unchanged, again.tables.0["events"].created), (2, 0));
    let (prepared, replay) = session.replay_sequences(&[], None, &Progress::none()).unwrap();
    assert!(replay.sequences.iter().all(|one| one.missing.is_none()));
    // The look of a came to nothing, that of b to an order; a was interested in what came back.
    let fired: Vec<u64> = replay.sequences.iter().map(|one| one.fired).collect();
    assert_eq!(fired, [1, 1]);
    assert_eq!(replay.sequences[0].messages[0].of(Fate::Unknown), 1, "no file tells of consent");
    assert_eq!(prepared.signals.observed.len(), 2);
    // The second import left rejected rows, so it is a step of its own.
    session.undo().unwrap();
    session.undo().unwrap();
    assert_eq!(dump(&session), before);
}

#[test]
fn every_change_of_a_sequence_is_a_step_that_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("shop.cartwright"), "Shop").unwrap();
    let saved = session.add_templates(&[]).unwrap();
    assert_eq!(saved.len(), templates::all().len());
    assert!(session.add_templates(&[]).unwrap().is_empty(), "all names are taken");
    assert!(session.add_templates(&["Nothing".into()]).unwrap_err().to_string().contains("Onboarding"));
    let begun = dump(&session);
    let mut one = session.saved_sequence("Onboarding").unwrap();
    one.sequence.exits.push(Exit::Entered("Win-back".into()));
    session.save_sequence(&one).unwrap();
    let mut other = session.saved_sequence("Win-back").unwrap();
    other.sequence.name = "Come back".into();
    session.save_sequence(&other).unwrap();
    let exits = session.saved_sequence("Onboarding").unwrap().sequence.exits;
    assert!(exits.contains(&Exit::Entered("Come back".into())), "it follows the new name");
    one.sequence.name = "Come back".into();
    assert!(session.save_sequence(&one).unwrap_err().to_string().contains("already"));
    let name = session.duplicate_sequence(other.id).unwrap();
    assert_eq!(name, "Come back copy");
    session.remove_sequence(other.id).unwrap();
    session.set_pressure(&Pressure { per_week: Some(1), ..Pressure::default() }).unwrap();
    assert!(session.set_pressure(&Pressure { per_day: Some(0), ..Pressure::default() }).is_err());
    for _ in 0..5 {
        session.undo().unwrap();
    }
    assert_eq!(dump(&session), begun);
    assert_eq!(session.pressure().unwrap(), Pressure::default());
    let blank = || SavedSequence { id: 0, sequence: Sequence::new("", Trigger::Signup, Vec::new()) };
    assert!(session.save_sequence(&blank()).is_err());
    for n in saved.len()..MOST_SEQUENCES {
        let sequence = Sequence::new(&format!("S{n}"), Trigger::Signup, Vec::new());
        session.save_sequence(&SavedSequence { id: 0, sequence }).unwrap();
    }
    let sequence = Sequence::new("One more", Trigger::Signup, Vec::new());
    assert!(session.save_sequence(&SavedSequence { id: 0, sequence }).is_err());
}

#[test]
fn three_sequences_and_five_triggers_run_over_the_sample_shop() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.cartwright");
    let params = Params { customers: 2_000, ..Params::default() };
    let mut session = cartwright::ops::sample::create(&path, &params, &Progress::none()).unwrap();
    session.add_templates(&[]).unwrap();
    let (prepared, replay) = session.replay_sequences(&[], None, &Progress::none()).unwrap();
    for outcome in &replay.sequences {
        assert_eq!(outcome.missing, None, "{}", outcome.name);
        assert!(outcome.entered > 0, "{}", outcome.name);
    }
    assert!(replay.collided > 0 && replay.busiest() <= 3 && replay.sent > 5_000);
    // Planted: the mean number of visits that led to nothing in the last year, and looks before orders.
    let shop = cartwright::sample::generate(&params, &Progress::none()).unwrap();
    let looks: Vec<_> = shop.event_records().filter(|event| event.kind == "view").collect();
    assert_eq!(prepared.signals.views.len(), {
        let mut known: Vec<_> = looks.iter().map(|e| (e.at, &e.customer.email, &e.sku)).collect();
        known.sort();
        known.dedup();
        known.len()
    });
    let visits = 0.5 * 2_000.0;
    let left = replay.sequences.iter().find(|one| one.name == "Browse abandonment").unwrap().fired as f64;
    assert!(left > 0.6 * visits && left < 1.2 * visits, "{left} of about {visits} visits came to nothing");
    drop(session);

    let file = path.to_str().unwrap();
    let run = |args: &[&str]| Command::cargo_bin("cartwright").unwrap().args(args).output().unwrap();
    let csv = folder.path().join("messages.csv");
    let out = run(&["triggers", "replay", file, "--json", "--messages", csv.to_str().unwrap()]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let value: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(value["sent"].as_u64().unwrap(), replay.sent);
    let mut reader = csv::Reader::from_path(&csv).unwrap();
    let sent = reader.records().map(Result::unwrap).filter(|row| &row[7] == "sent").count() as u64;
    assert_eq!(sent, replay.sent);
    let text = String::from_utf8(run(&["triggers", "replay", file]).stdout).unwrap();
    assert!(text.contains("Cart abandonment") && text.contains("in a head's week"), "{text}");
    assert!(String::from_utf8(run(&["triggers", "templates"]).stdout).unwrap().contains("Replenishment"));
    let shown = run(&["triggers", "show", file, "Onboarding"]).stdout;
    let sequence: Sequence = serde_json::from_slice(&shown).unwrap();
    assert_eq!(Some(sequence), templates::named("onboarding"));
}
