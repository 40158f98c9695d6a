//! Undo and redo: any way through the history leads back to the same content; files of version 1 join in.

use std::path::{Path, PathBuf};

use cartwright::analytics::segments::Segment;
use cartwright::import::plan::Choices;
use cartwright::import::preview::preview;
use cartwright::jobs::Progress;
use cartwright::model::Definitions;
use cartwright::ops::Session;
use cartwright::workspace::Access;
use proptest::prelude::*;

fn dump(session: &Session) -> String {
    let mut out = Vec::new();
    session.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn orders(folder: &Path, name: &str, rows: &[(u32, u32, i64)]) -> PathBuf {
    let mut text = String::from("Order ID,Placed at,Customer e-mail,Refunded,Total\n");
    for (order, customer, total) in rows {
        text.push_str(&format!("A{order},2026-01-02 10:00,c{customer}@example.com,1.00,{total}.00\n"));
    }
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn import(session: &mut Session, path: &Path) -> bool {
    let (choices, progress) = (Choices::default(), Progress::none());
    let preview = preview(path, &choices, &progress).unwrap();
    let plan = session.plan(&preview, &choices).unwrap();
    session.import(&plan, &choices, &progress).unwrap().import.is_some()
}

/// What a user may do.
#[derive(Debug, Clone)]
enum Act {
    Focus(usize, String),
    Tax(bool),
    Name(String),
    Import(usize),
    Undo,
    Redo,
    Reopen,
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0..2_usize, "[a-z]{0,2}").prop_map(|(segment, text)| Act::Focus(segment, text)),
        any::<bool>().prop_map(Act::Tax),
        "[a-b]{1,1}".prop_map(Act::Name),
        (0..3_usize).prop_map(Act::Import),
        Just(Act::Undo),
        Just(Act::Undo),
        Just(Act::Redo),
        Just(Act::Redo),
        Just(Act::Reopen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The history is a line of states; undo and redo walk it, whatever was done in between.
    #[test]
    fn any_way_through_the_history_gives_the_states_it_held(acts in prop::collection::vec(any_act(), 1..24)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.cartwright");
        let files = [
            orders(folder.path(), "a.csv", &[(1, 1, 10), (2, 2, 20)]),
            orders(folder.path(), "b.csv", &[(2, 2, 25), (3, 1, 30)]),
            orders(folder.path(), "c.csv", &[(1, 3, 11), (4, 2, 40)]),
        ];
        let mut session = Session::create(&path, "Shop").unwrap();
        let (mut states, mut at) = (vec![dump(&session)], 0);
        for act in acts {
            match &act {
                Act::Focus(segment, text) => session.set_segment_focus(Segment::ALL[*segment], text).unwrap(),
                Act::Tax(with) => {
                    let part = if *with { cartwright::model::definitions::Part::Included } else { Definitions::default().tax };
                    session.set_definitions(Definitions { tax: part, ..session.definitions().unwrap() }).unwrap();
                }
                Act::Name(name) => session.set_shop(name).unwrap(),
                Act::Import(file) => drop(import(&mut session, &files[*file])),
                Act::Undo => prop_assert_eq!(session.undo().unwrap().is_some(), at > 0),
                Act::Redo => prop_assert_eq!(session.redo(&Progress::none()).unwrap().is_some(), at + 1 < states.len()),
                Act::Reopen => {
                    drop(session);
                    session = Session::open(&path, Access::Write).unwrap();
                }
            }
            let now = dump(&session);
            match act {
                Act::Undo => at = at.saturating_sub(1),
                Act::Redo => at = (at + 1).min(states.len() - 1),
                _ => {
                    let steps = session.history().unwrap().done.len();
                    if steps > at {
                        states.truncate(at + 1);
                        states.push(now.clone());
                        at += 1;
                    }
                }
            }
            prop_assert_eq!(&now, &states[at]);
            prop_assert_eq!(session.history().unwrap().done.len(), at);
            prop_assert_eq!(session.history().unwrap().undone.len(), states.len() - 1 - at);
        }
        prop_assert_eq!(session.check().unwrap().faults, Vec::<String>::new());
        session.go_to(0, &Progress::none()).unwrap();
        prop_assert_eq!(dump(&session), states[0].clone());
        session.go_to(i64::MAX, &Progress::none()).unwrap();
        prop_assert_eq!(dump(&session), states.pop().unwrap());
    }
}

#[test]
fn an_import_is_redone_from_the_same_file_only() {
    let folder = tempfile::tempdir().unwrap();
    let file = orders(folder.path(), "a.csv", &[(1, 1, 10), (2, 2, 20)]);
    let mut session = Session::create(&folder.path().join("shop.cartwright"), "Shop").unwrap();
    import(&mut session, &file);
    let with = (dump(&session), session.imports().unwrap());
    session.undo().unwrap();
    assert!(session.imports().unwrap().is_empty());
    session.redo(&Progress::none()).unwrap();
    assert_eq!((dump(&session), session.imports().unwrap()), with, "ids and times are the same, too");
    session.undo().unwrap();
    let without = dump(&session);
    let refused = |session: &mut Session, words: &str| {
        let error = session.redo(&Progress::none()).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        assert_eq!(dump(session), without);
        assert_eq!(session.history().unwrap().undone.len(), 1);
    };
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("20.00", "21.00")).unwrap();
    refused(&mut session, "was changed since");
    std::fs::remove_file(&file).unwrap();
    refused(&mut session, "is gone");
    std::fs::write(&file, text).unwrap();
    session.redo(&Progress::none()).unwrap();
    assert_eq!(dump(&session), with.0);
}

#[test]
fn the_remembered_columns_of_a_file_belong_to_its_step() {
    let folder = tempfile::tempdir().unwrap();
    let file = orders(folder.path(), "a.csv", &[(1, 1, 10)]);
    let mut session = Session::create(&folder.path().join("shop.cartwright"), "Shop").unwrap();
    import(&mut session, &file);
    let look = || preview(&file, &Choices::default(), &Progress::none()).unwrap();
    let remembered =
        |session: &Session| session.remembered(&look(), &Choices::default()).unwrap() != Choices::default();
    assert!(remembered(&session));
    session.undo().unwrap();
    assert!(!remembered(&session));
    session.redo(&Progress::none()).unwrap();
    assert!(remembered(&session));
    let kept = Choices { keep: vec![("Refunded".into(), "Refunded".into())], ..Choices::default() };
    let plan = session.plan(&look(), &kept).unwrap();
    session.import(&plan, &kept, &Progress::none()).unwrap();
    let steps = session.history().unwrap().done;
    assert_eq!(steps.len(), 2, "{steps:?}");
}

#[test]
fn a_new_step_drops_the_undone_ones_and_nothing_is_a_step_that_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("shop.cartwright"), "Shop").unwrap();
    session.set_shop("A").unwrap();
    session.set_shop("B").unwrap();
    session.undo().unwrap();
    let revision = session.revision().unwrap();
    session.set_shop("A").unwrap();
    assert_eq!(session.revision().unwrap(), revision);
    assert_eq!(session.history().unwrap().undone.len(), 1, "the same name again is no step");
    session.set_shop("C").unwrap();
    assert!(session.history().unwrap().undone.is_empty());
    assert_eq!(session.redo(&Progress::none()).unwrap(), None);
    session.undo().unwrap();
    assert_eq!(session.shop().unwrap(), "A");
}

/// A workspace as version 1 wrote it, with two changes of a setting and an import in its journal.
fn version_one(path: &Path) {
    let file = rusqlite::Connection::open(path).unwrap();
    file.execute_batch(include_str!("../../src/workspace/migrations/0001_base.sql")).unwrap();
    file.execute_batch(
        r#"PRAGMA application_id = 0x43525457; PRAGMA user_version = 1; PRAGMA journal_mode = wal;
           INSERT INTO setting VALUES ('shop', '"Third"'), ('segment_focus', '{"vip":"Thanks"}');
           INSERT INTO import VALUES (1, '/exports/orders.csv', 'orders.csv', 'generic', 1700000000, '{}', '[]',
               '{"rows":0,"accepted":0,"rejected":0,"skipped":0}');
           INSERT INTO journal (at, label, import_id, inverse) VALUES
               (1, 'Rename the shop', NULL, '[["setting","shop","\"First\""]]'),
               (2, 'Import orders.csv', 1, '[]'),
               (3, 'Change everything', NULL, '[["setting","shop","\"Second\""],["setting","segment_focus",null]]');"#,
    )
    .unwrap();
}

#[test]
fn a_workspace_of_version_one_is_upgraded_with_its_history() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.cartwright");
    version_one(&path);
    // Reading leaves it as it is.
    let old = Session::open(&path, Access::Read).unwrap();
    assert_eq!(old.shop().unwrap(), "Third");
    assert!(old.history().unwrap_err().to_string().contains("older Cartwright"));
    drop(old);
    let mut session = Session::open(&path, Access::Write).unwrap();
    let labels: Vec<String> = session.history().unwrap().done.into_iter().map(|step| step.label).collect();
    assert_eq!(labels, ["Change everything", "Import orders.csv", "Rename the shop"]);
    let last = dump(&session);
    session.undo().unwrap();
    assert_eq!((session.shop().unwrap(), session.segment_focus().unwrap().len()), ("Second".into(), 0));
    session.redo(&Progress::none()).unwrap();
    assert_eq!(dump(&session), last);
    session.go_to(0, &Progress::none()).unwrap();
    assert_eq!(session.shop().unwrap(), "First");
    session.redo(&Progress::none()).unwrap();
    assert_eq!(session.shop().unwrap(), "Second");
    let error = session.redo(&Progress::none()).unwrap_err().to_string();
    assert!(error.contains("not remembered"), "{error}");
    assert_eq!(session.check().unwrap().faults, Vec::<String>::new());
}

#[test]
fn the_dump_says_nothing_of_the_history() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("shop.cartwright"), "Secret name").unwrap();
    session.set_shop("Shop").unwrap();
    assert!(!dump(&session).contains("Secret name"));
    session.undo().unwrap();
    assert!(dump(&session).contains("Secret name"));
}
