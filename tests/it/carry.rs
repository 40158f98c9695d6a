//! Carrying a setup to another workspace, and copies: own ones and those for reading.

use std::path::Path;

use cartwright::analytics::segments::{Segment, SegmentRules};
use cartwright::import::plan::Choices;
use cartwright::import::preview::preview;
use cartwright::jobs::Progress;
use cartwright::model::{Currency, Definitions};
use cartwright::ops::Session;
use cartwright::workspace::Access;
use cartwright::workspace::open::handed_over;

fn dump(session: &Session) -> String {
    let mut out = Vec::new();
    session.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn import(session: &mut Session, folder: &Path) {
    let path = folder.join("orders.csv");
    std::fs::write(&path, "Order ID,Placed at,Customer e-mail,Total\n1,2026-01-02,a@example.com,10.00\n").unwrap();
    let choices = Choices { currency: Currency::parse("EUR"), ..Choices::default() };
    let preview = preview(&path, &choices, &Progress::none()).unwrap();
    let plan = session.plan(&preview, &choices).unwrap();
    session.import(&plan, &choices, &Progress::none()).unwrap();
}

/// A shop with something of everything that can be carried.
fn full(folder: &Path) -> Session {
    let mut session = Session::create(&folder.join("full.cartwright"), "Full").unwrap();
    import(&mut session, folder);
    let mut definitions = Definitions { currency: Currency::parse("EUR").unwrap(), ..Definitions::default() };
    definitions.rates.insert(Currency::USD, 920_000);
    definitions.default_margin = Some(0.42);
    session.set_definitions(definitions).unwrap();
    let rules = SegmentRules { vip_orders: 7, ..SegmentRules::default() };
    session.set_segment_rules(Some(rules)).unwrap();
    session.set_segment_focus(Segment::Vip, "Thanks – “personal” ☃").unwrap();
    session
}

#[test]
fn a_setup_is_carried_as_one_step_and_a_second_time_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (from, file) = (full(folder.path()), folder.path().join("setup.json"));
    assert_eq!(from.export_setup(&file).unwrap(), 4);
    let mut to = Session::create(&folder.path().join("to.cartwright"), "To").unwrap();
    to.set_segment_focus(Segment::New, "Welcome").unwrap();
    let before = dump(&to);
    let incoming = to.look_at_setup(&file).unwrap();
    assert_eq!((incoming.shop.as_str(), dump(&to) == before), ("Full", true), "looking changes nothing");
    let said = |what: &str| {
        let change = incoming.changes.iter().find(|change| change.what == what);
        change.map(|change| (change.from.clone().unwrap_or_default(), change.to.clone())).unwrap()
    };
    assert_eq!(said("Currency"), ("USD".into(), "EUR".into()));
    assert_eq!(said("Rate of USD"), (String::new(), "0.92".into()));
    assert_eq!(said("VIP/Loyal").1, "Thanks – “personal” ☃");
    assert!(said("All segments").1.contains("7 orders"));
    to.take_over_setup(&incoming).unwrap();
    assert_eq!(to.segment_rules().unwrap(), from.segment_rules().unwrap());
    assert_eq!(to.segment_focus().unwrap().len(), 2, "texts that are only here stay");
    let (here, there) = (to.definitions().unwrap(), from.definitions().unwrap());
    assert_eq!(here.in_words(), there.in_words());
    assert_eq!(here.version, 2, "versions count here");
    let again = to.look_at_setup(&file).unwrap();
    assert_eq!((again.changes.len(), again.unchanged), (0, 4), "{:?}", again.changes);
    let after = dump(&to);
    assert_eq!(to.undo().unwrap().unwrap().label, "Take over the setup of Full");
    assert_eq!(dump(&to), before);
    to.redo(&Progress::none()).unwrap();
    assert_eq!(dump(&to), after);
}

#[test]
fn a_file_that_is_no_setup_or_cannot_be_right_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create(&folder.path().join("to.cartwright"), "To").unwrap();
    let file = folder.path().join("setup.json");
    let head = r#""cartwright_setup":1,"shop":"X""#;
    for (text, words) in [
        ("not json".to_owned(), "no setup"),
        ("[1]".to_owned(), "no setup"),
        (r#"{"cartwright_setup":2,"shop":"X"}"#.to_owned(), "newer Cartwright"),
        (r#"{"cartwright_setup":1}"#.to_owned(), "not whole"),
        (format!(r#"{{{head},"plans":{{}}}}"#), ""),
        (format!(r#"{{{head},"plans":{{"a":1}}}}"#), "does not know"),
        (format!(r#"{{{head},"settings":{{"shop":"Y"}}}}"#), "does not know"),
        (format!(r#"{{{head},"settings":{{"definitions":{{"currency":"nope"}}}}}}"#), "not what it should be"),
        (format!(r#"{{{head},"settings":{{"definitions":{{"rates":{{"CHF":-1}}}}}}}}"#), "cannot be right"),
        (format!(r#"{{{head},"settings":{{"segment_focus":{{"dragons":"x"}}}}}}"#), "not what it should be"),
        (format!(r#"{{{head},"mappings":{{"00":{{"map":7}}}}}}"#), "not what it should be"),
    ] {
        std::fs::write(&file, &text).unwrap();
        let looked = session.look_at_setup(&file);
        match words {
            "" => assert!(looked.unwrap().changes.is_empty()),
            words => assert!(format!("{:#}", looked.unwrap_err()).contains(words), "{text}"),
        }
    }
    assert!(session.look_at_setup(&folder.path().join("missing")).is_err());
}

#[test]
fn a_copy_for_reading_is_marked_and_a_copy_of_it_is_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let session = full(folder.path());
    session.copy(&at("reading.cartwright"), true).unwrap();
    let reading = Session::open(&at("reading.cartwright"), Access::Read).unwrap();
    assert_eq!(dump(&reading), dump(&session));
    assert_eq!(reading.check().unwrap().faults, Vec::<String>::new());
    assert!(reading.handed_over().unwrap().is_some());
    assert!(reading.history().unwrap().done.is_empty(), "what was replaced is not handed over");
    let bytes = std::fs::read(at("reading.cartwright")).unwrap();
    let refused = |error: String| assert!(error.contains("copy"), "{error}");
    refused(Session::open(&at("reading.cartwright"), Access::Write).err().unwrap().to_string());
    let mut reading = reading;
    refused(reading.set_shop("Mine").unwrap_err().to_string());
    refused(reading.set_initial_definitions(&Definitions::default()).unwrap_err().to_string());
    reading.copy(&at("own.cartwright"), false).unwrap();
    drop(reading);
    assert_eq!(std::fs::read(at("reading.cartwright")).unwrap(), bytes, "reading leaves no trace");
    let mut own = Session::open(&at("own.cartwright"), Access::Write).unwrap();
    assert_eq!(own.handed_over().unwrap(), None);
    own.set_shop("Mine").unwrap();
    assert_eq!(handed_over(&at("own.cartwright")).unwrap(), None);
    // Nothing else is left in the folder, and nothing is replaced.
    let error = session.copy(&at("own.cartwright"), true).unwrap_err().to_string();
    assert!(error.contains("there is a file of that name"), "{error}");
    let error = session.copy(&at("missing/own.cartwright"), true).unwrap_err().to_string();
    assert!(error.contains("was not made"), "{error}");
    drop((own, session));
    let mut names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["full.cartwright", "orders.csv", "own.cartwright", "reading.cartwright"]);
}

#[test]
fn a_copy_of_ones_own_goes_on_with_the_history() {
    let folder = tempfile::tempdir().unwrap();
    let session = full(folder.path());
    let path = folder.path().join("own.cartwright");
    session.copy(&path, false).unwrap();
    let mut own = Session::open(&path, Access::Write).unwrap();
    assert_eq!(own.history().unwrap(), session.history().unwrap());
    own.go_to(0, &Progress::none()).unwrap();
    assert_eq!((own.definitions().unwrap().version, own.imports().unwrap().len()), (1, 0));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
