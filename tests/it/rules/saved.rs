//! Saved segments: kept, changed, ordered, undone; and what they refuse.

use cartwright::jobs::Progress;
use cartwright::model::Rule;
use cartwright::ops::segments::SavedSegment;

use super::odd_shop;

fn rule(text: &str) -> Rule {
    Rule::parse(text).unwrap()
}

#[test]
fn saved_segments_are_named_steps_that_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = odd_shop(folder.path());
    let names = |session: &cartwright::ops::Session| -> Vec<String> {
        session.saved_segments().unwrap().into_iter().map(|s| s.name).collect()
    };
    let before = session.history().unwrap().done.len();
    session.add_segment("Buyers", "All who ever bought", &rule("orders >= 1")).unwrap();
    session.add_segment("Germans", "", &rule("in \"Buyers\" and country is DE")).unwrap();
    let buyers = session.saved_segment("Buyers").unwrap();
    assert_eq!(session.duplicate_segment(buyers.id).unwrap(), "Buyers copy");
    assert_eq!(names(&session), ["Buyers", "Buyers copy", "Germans"]);
    session.move_segment(session.saved_segment("Germans").unwrap().id, 0).unwrap();
    assert_eq!(names(&session), ["Germans", "Buyers", "Buyers copy"]);
    // Rules that speak of it follow the new name.
    session.change_segment(&SavedSegment { name: "Ever bought".into(), ..buyers.clone() }).unwrap();
    assert_eq!(session.saved_segment("Germans").unwrap().rule, rule("in \"Ever bought\" and country is DE"));
    let sieve = session.sieve(None, &Progress::none()).unwrap();
    let members = session.members_of(&sieve, &["Germans".into()], &Progress::none()).unwrap();
    assert_eq!(members[0].yes.count(), 2);

    let refused = session.remove_segment(buyers.id).unwrap_err().to_string();
    assert!(refused.contains("“Germans” speaks of it"), "{refused}");
    let circle = SavedSegment { rule: rule("not in \"Germans\""), name: "Ever bought".into(), ..buyers.clone() };
    assert!(session.change_segment(&circle).unwrap_err().to_string().contains("made of itself"));
    assert!(session.add_segment("Germans", "", &rule("everybody")).unwrap_err().to_string().contains("already"));
    assert!(session.add_segment(" ", "", &rule("everybody")).unwrap_err().to_string().contains("needs a name"));
    assert!(session.add_segment("x", "", &rule("sale_share >= 7")).unwrap_err().to_string().contains("0 to 1"));
    assert!(session.add_segment("x", "", &rule("in \"y\"")).unwrap_err().to_string().contains("no segment “y”"));

    session.remove_segment(session.saved_segment("Germans").unwrap().id).unwrap();
    let labels: Vec<String> = session.history().unwrap().done.into_iter().map(|step| step.label).collect();
    assert_eq!(
        labels[..labels.len() - before],
        [
            "Delete segment Germans",
            "Rename segment Buyers to Ever bought",
            "Move segment Germans",
            "Duplicate segment Buyers",
            "Save segment Germans",
            "Save segment Buyers"
        ]
    );
    for left in [
        &["Germans", "Ever bought", "Buyers copy"][..],
        &["Germans", "Buyers", "Buyers copy"],
        &["Buyers", "Buyers copy", "Germans"],
    ] {
        session.undo().unwrap();
        assert_eq!(names(&session), left);
    }
    session.redo(&Progress::none()).unwrap();
    assert_eq!(names(&session), ["Germans", "Buyers", "Buyers copy"]);
}

#[test]
fn saved_segments_are_carried_to_another_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = odd_shop(folder.path());
    session.add_segment("Buyers", "All who ever bought", &rule("orders >= 1")).unwrap();
    session.export_setup(&folder.path().join("setup.json")).unwrap();
    let mut other = cartwright::ops::Session::create(&folder.path().join("other.cartwright"), "Other").unwrap();
    let incoming = other.look_at_setup(&folder.path().join("setup.json")).unwrap();
    let change = incoming.changes.iter().find(|change| change.kind == "Saved segments").unwrap();
    assert_eq!((change.what.as_str(), change.to.as_str()), ("Buyers", "Customers who placed at least 1 order"));
    other.take_over_setup(&incoming).unwrap();
    assert_eq!(other.saved_segment("Buyers").unwrap().description, "All who ever bought");
    let text = std::fs::read_to_string(folder.path().join("setup.json")).unwrap().replace("at_least", "at_last");
    std::fs::write(folder.path().join("broken.json"), text).unwrap();
    assert!(other.look_at_setup(&folder.path().join("broken.json")).is_err());
}
