//! Erasing a person: no byte is left, nothing brings the person back, and the shop's totals stay.

use cartwright::analytics::segments::Segment;
use cartwright::jobs::Progress;
use cartwright::ops::Session;
use cartwright::workspace::Access;

use super::*;

/// Texts of the user's own that name the person, as steps of the history.
fn texts(at: &Path) {
    let mut session = Session::open(&at.join("shop.cartwright"), Access::Write).unwrap();
    session.set_segment_focus(Segment::Vip, &format!("Write to {NAME} at {EMAIL}")).unwrap();
    session.set_segment_focus(Segment::Vip, "Write to them").unwrap();
    session.set_segment_focus(Segment::New, &format!("Ring {PHONE}")).unwrap();
}

/// Revenue and orders of all, identified or not.
fn totals(at: &Path) -> (f64, u64) {
    let found = json(at, &["segments", "shop.cartwright", "--json"]);
    let sum = |key: &str| found["total"][key].as_f64().unwrap() + found["unidentified"][key].as_f64().unwrap();
    ((sum("revenue") * 100.0).round(), sum("orders") as u64)
}

#[test]
fn no_byte_of_the_person_is_left_and_the_totals_stay() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    shop(at);
    texts(at);
    for secret in SECRETS {
        assert!(!hits(at, "shop.cartwright", secret).is_empty(), "{secret} is there before");
    }
    let (before, dump) = (totals(at), ok(at, &["dump", "shop.cartwright"]));
    let preview = json(at, &["customer", "erase", "shop.cartwright", EMAIL, "--json"]);
    assert_eq!(preview["erased"], false);
    assert_eq!(ok(at, &["dump", "shop.cartwright"]), dump, "the preview changes nothing");
    let done = json(at, &["customer", "erase", "shop.cartwright", EMAIL, "--yes", "--json"]);
    assert_eq!(done["taken_out"], preview["preview"], "what was announced is what was done");
    assert_eq!(done["free_space_cleaned"], true);
    no_trace(at, "after the erasure");
    assert_eq!(totals(at), before);
    ok(at, &["check", "shop.cartwright"]);
    let certificate = std::fs::read_to_string(at.join(done["certificate"].as_str().unwrap())).unwrap();
    assert!(certificate.contains("accounts: 2") && certificate.contains("cannot be undone"), "{certificate}");
    assert!(!SECRETS.iter().any(|secret| certificate.contains(secret)));
    assert!(fails(at, &["customer", "shop.cartwright", EMAIL]).contains("there is no customer"));
    // Whoever is not meant stays as they were, but for what they say of the person.
    let other = json(at, &["customer", "shop.cartwright", "b@example.com", "--json"]);
    assert_eq!((other["name"].as_str(), other["orders"].as_u64()), (Some("Other Buyer"), Some(1)));
    assert_eq!(other["attributes"]["Note"], "Friend of [erased]");
    // The rows still add up, and the blanked one is still listed.
    assert!(ok(at, &["rejected", "shop.cartwright", "--of", "orders.csv"]).contains("was erased"));
    let mut session = Session::open(&at.join("shop.cartwright"), Access::Write).unwrap();
    assert!(session.history().unwrap().kept_in_words().contains("1 person was erased"));
    assert_eq!(session.erasures().unwrap().len(), 1);
    assert_eq!(session.dataset(&Progress::none()).unwrap().customers.id.len(), 1);
}

#[test]
fn no_way_through_the_history_brings_the_person_back() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    shop(at);
    texts(at);
    // One step is undone already: redo must not resurrect either.
    ok(at, &["undo", "shop.cartwright"]);
    ok(at, &["customer", "erase", "shop.cartwright", "7", "--yes"]);
    let mut undone = 0;
    while ok(at, &["undo", "shop.cartwright"]).contains("Undone") {
        undone += 1;
        no_trace(at, "after undo");
        ok(at, &["check", "shop.cartwright"]);
    }
    assert!(undone >= 5, "{undone}");
    while ok(at, &["redo", "shop.cartwright"]).contains("Redone") {
        // An import is redone from its file, in which somebody else's note has the name.
        for secret in [EMAIL, PHONE, "0170 5550199"] {
            assert!(hits(at, "shop.cartwright", secret).is_empty(), "{secret} after redo");
        }
        ok(at, &["check", "shop.cartwright"]);
    }
    assert!(json(at, &["history", "shop.cartwright", "--json"])["can_redo"].as_array().unwrap().is_empty());
}

#[test]
fn a_later_import_leaves_the_person_out_and_counts_every_row() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    shop(at);
    let before = totals(at);
    ok(at, &["customer", "erase", "shop.cartwright", "7", "--yes"]);
    let dump = ok(at, &["dump", "shop.cartwright"]);
    let whole = |found: &Value| {
        let n = |key: &str| found[key].as_u64().unwrap();
        assert_eq!(n("rows"), n("accepted") + n("rejected") + n("skipped"), "{found}");
    };
    let orders =
        json(at, &["import", "shop.cartwright", "orders.csv", "--as", "lines", "--keep", "Gift note", "--json"]);
    whole(&orders);
    let said =
        orders["repaired"]["the row names a person who was erased; the order counts without a customer"].as_u64();
    assert_eq!(said, Some(3), "{orders}");
    assert_eq!(orders["tables"]["orders"]["unchanged"], 4, "{orders}");
    let accounts =
        json(at, &["import", "shop.cartwright", "accounts.csv", "--as", "customers", "--keep", "Note", "--json"]);
    whole(&accounts);
    assert_eq!(accounts["skipped_reasons"]["the row is about a person who was erased"], 1, "{accounts}");
    for secret in [EMAIL, PHONE, "0170 5550199"] {
        let found = hits(at, "shop.cartwright", secret);
        assert!(found.is_empty(), "{found:?}");
    }
    assert_eq!(totals(at), before);
    assert_eq!(ok(at, &["dump", "shop.cartwright"]).lines().count(), dump.lines().count(), "nobody came back");
    assert!(fails(at, &["customer", "shop.cartwright", "7"]).contains("there is no customer"));
    ok(at, &["check", "shop.cartwright"]);
}

#[test]
fn orders_that_were_deleted_stay_away() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    shop(at);
    let before = totals(at);
    let done = json(at, &["customer", "erase", "shop.cartwright", "7", "--orders", "delete", "--yes", "--json"]);
    assert_eq!(done["taken_out"]["orders"], "delete");
    no_trace(at, "after the erasure");
    assert_eq!(totals(at), (before.0 - 2_900.0, before.1 - 2));
    let again =
        json(at, &["import", "shop.cartwright", "orders.csv", "--as", "lines", "--keep", "Gift note", "--json"]);
    assert_eq!(again["skipped_reasons"]["the order was deleted when its buyer was erased"], 3, "{again}");
    assert_eq!(totals(at), (before.0 - 2_900.0, before.1 - 2));
    ok(at, &["check", "shop.cartwright"]);
}

#[test]
fn many_people_of_a_shop_are_erased_one_by_one_and_the_rest_stays() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    ok(at, &["sample", "shop.cartwright", "--customers", "400", "--seed", "11"]);
    let before = totals(at);
    let mut session = Session::open(&at.join("shop.cartwright"), Access::Write).unwrap();
    let data = session.dataset(&Progress::none()).unwrap();
    let gone: Vec<u32> = data.customers.id.iter().copied().step_by(40).collect();
    let who = session.customers(&gone).unwrap();
    for id in &gone {
        assert!(session.erase(*id, Default::default()).unwrap().1);
    }
    assert_eq!(session.dataset(&Progress::none()).unwrap().customers.id.len(), data.customers.id.len() - gone.len());
    assert!(session.check().unwrap().faults.is_empty());
    drop(session);
    assert_eq!(totals(at), before);
    for one in who {
        let email = one.email.expect("an address");
        assert!(hits(at, "shop.cartwright", &email).is_empty(), "{email}");
    }
}
