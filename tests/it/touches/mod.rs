//! Touchpoints: files in any order, ties to people and orders, channels by name, and what is hostile about all of it.

mod arrival;
mod channels;
mod naive;

use std::path::{Path, PathBuf};

use cartwright::import::plan::Choices;
use cartwright::import::preview::preview;
use cartwright::jobs::Progress;
use cartwright::model::Touches;
use cartwright::ops::Session;
use cartwright::ops::import::Outcome;
use cartwright::workspace::erase::OrdersOf;

pub const ORDERS: &str = "order_id,created_at,email,sku,title,qty,unit_price,currency
#A1,2026-03-03 10:00,a@example.com,P1,Pot,1,80.00,USD
A2,2026-03-08 10:00,b@example.com,P2,Pan,1,60.00,USD
A3,2026-03-31 10:00,,P2,Pan,1,60.00,USD
";

/// By e-mail in capitals, by visitor before and after it is known, by order with and without `#`, of nobody, and of a
/// visitor whom nobody knows.
pub const TOUCHES: &str = "Timestamp,Email,Visitor ID,Order ID,Channel,Type,Cost,Campaign,Device
2026-03-01 09:00,A@EXAMPLE.com,v1,,Google Ads,click,0.40,spring,Mobile
2026-02-20 09:00,,v1,,newsletter,,,,
2026-03-03 09:00,,,A1,(direct) / (none),,,,
2026-03-09 09:00,,v2,#a2,fb ads,click,0.55,,desktop
2026-03-01 08:00,,v2,,FB_Ads,click,,,
2026-03-30 08:00,,,A3,organic search,,,,
2026-03-02 08:00,,v3,,Podcast,,,,
2026-03-02 08:00,nobody@example.com,,,email,,,,
";

pub fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

pub fn import(session: &mut Session, path: &Path) -> Outcome {
    let choices = Choices::default();
    let plan = session.plan(&preview(path, &choices, &Progress::none()).unwrap(), &choices).unwrap();
    session.import(&plan, &choices, &Progress::none()).unwrap()
}

pub fn new_shop(folder: &Path) -> Session {
    Session::create(&folder.join("shop.cartwright"), "Shop").unwrap()
}

pub fn dump(session: &Session) -> String {
    let mut out = Vec::new();
    session.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn touches(session: &mut Session) -> std::sync::Arc<Touches> {
    session.touches(&Progress::none()).unwrap()
}

/// Person, channel and position of the order of each touch.
fn shown(touches: &Touches) -> Vec<(u32, &str, u32)> {
    let one =
        |i: usize| (touches.person[i], touches.channels[usize::from(touches.channel[i])].as_str(), touches.order[i]);
    (0..touches.len()).map(one).collect()
}

#[test]
fn touches_are_tied_whichever_file_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = new_shop(folder.path());
    let file = written(folder.path(), "touches.csv", TOUCHES);
    let done = import(&mut session, &file);
    assert_eq!((done.source, done.summary.accepted, done.summary.rejected), ("touches", 8, 0));
    assert_eq!(done.tables.0["touchpoints"].created, 8);
    // Three name an order or a person whom nobody has told of yet, and no visitor.
    assert_eq!(done.tables.0["touchpoints of nobody known yet"].created, 3);
    let before = touches(&mut session);
    assert_eq!((before.tied.nobody, before.tied.unknown_visitors, before.customers), (3, 5, 0));
    let empty = dump(&session);
    import(&mut session, &written(folder.path(), "orders.csv", ORDERS));
    let found = touches(&mut session);
    let tied = found.tied;
    assert_eq!((tied.by_customer, tied.by_order, tied.by_visitor), (1, 3, 2), "{tied:?}");
    assert_eq!((tied.unknown_visitors, tied.nobody), (1, 1));
    assert_eq!((found.customers, found.persons), (2, 4));
    let no = u32::MAX;
    let expected = [
        (0, "E-mail", no),
        (0, "Paid search", no),
        (0, "Direct", 0),
        (1, "Paid social", no),
        (1, "Paid social", 1),
        (2, "Podcast", no),
        (3, "Organic search", 2),
    ];
    assert_eq!(shown(&found), expected);
    let cost: i64 = found.cost.iter().flatten().sum();
    assert_eq!(cost, 95);
    assert_eq!((found.campaigns[found.campaign[1] as usize].as_str(), found.campaign[0]), ("spring", 0));
    assert_eq!(found.devices[usize::from(found.device[1])], "mobile");
    assert_eq!(found.kinds[usize::from(found.kind[0])], "visit");
    // The order goes, and with it what it tied.
    session.undo().unwrap();
    assert_eq!(dump(&session), empty);
    assert_eq!(touches(&mut session).tied, before.tied);
}

#[test]
fn the_same_file_twice_changes_nothing_and_undo_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = new_shop(folder.path());
    import(&mut session, &written(folder.path(), "orders.csv", ORDERS));
    let before = dump(&session);
    let file = written(folder.path(), "touches.csv", TOUCHES);
    import(&mut session, &file);
    let after = dump(&session);
    let again = import(&mut session, &file);
    assert_eq!((again.import, again.tables.0["touchpoints"].unchanged), (None, 8));
    assert_eq!(dump(&session), after);
    assert!(session.check().unwrap().faults.is_empty());
    session.undo().unwrap();
    assert_eq!(dump(&session), before);
}

#[test]
fn rows_that_cannot_be_are_rejected_and_the_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = new_shop(folder.path());
    let text = "timestamp,email,visitor_id,channel,type,cost
1900-01-01 00:00,a@example.com,,email,visit,
2100-01-01 00:00,a@example.com,,email,visit,
2026-01-01 00:00,,,email,visit,
2026-01-01 00:00,n/a,,email,visit,
,a@example.com,,email,visit,
2026-01-01 00:00,a@example.com,,,,1.00
2026-01-01 00:00,a@example.com,,email,visit,much
";
    let done = import(&mut session, &written(folder.path(), "bad.csv", text));
    assert_eq!((done.summary.accepted, done.summary.rejected), (1, 6), "{:?}", done.summary);
}

#[test]
fn a_visitor_with_very_many_touches_is_one_person() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = new_shop(folder.path());
    let mut text = String::from("timestamp,visitor_id,channel,type\n");
    for n in 0..60_000 {
        text.push_str(&format!("{},one,direct,visit\n", 1_767_225_600 + n));
    }
    import(&mut session, &written(folder.path(), "one.csv", &text));
    let found = touches(&mut session);
    assert_eq!((found.len(), found.persons, found.tied.unknown_visitors), (60_000, 1, 60_000));
    assert!(found.at.is_sorted());
    assert_eq!(found.by_person().count(), 1);
}

#[test]
fn a_person_is_shown_and_erased_with_touches_and_visitor_ids() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = new_shop(folder.path());
    import(&mut session, &written(folder.path(), "orders.csv", ORDERS));
    let file = written(folder.path(), "touches.csv", &TOUCHES.replace("v1", "visitor-of-a"));
    import(&mut session, &file);
    let data = session.dataset(&Progress::none()).unwrap();
    let shown = session.person(&data, 0).unwrap();
    let kinds: Vec<_> = shown.touches.iter().map(|touch| touch.channel.as_deref().unwrap()).collect();
    assert_eq!(kinds, ["E-mail", "Paid search", "Direct"]);
    session.erase(data.customers.id[0], OrdersOf::Keep).unwrap();
    let dump = dump(&session);
    assert!(!dump.contains("a@example.com") && !dump.contains("visitor-of-a"), "{dump}");
    assert!(dump.contains("v2") && dump.contains("nobody@example.com"));
    // A later file does not bring them back, by whichever name.
    let again = import(&mut session, &file);
    assert_eq!((again.summary.skipped, again.tables.0["touchpoints"].created), (2, 1), "{:?}", again.tables);
    assert!(session.check().unwrap().faults.is_empty());
}
