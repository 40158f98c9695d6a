//! Next best action in the window: ranked within segments, told in words, and made a segment.

use cartwright::model::rule::FieldId;
use cartwright::ui::panels::PanelId;

use super::*;

#[test]
fn an_action_says_what_it_costs_and_becomes_a_segment() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    click(&mut w, "Open the sample shop");
    wait(&mut w, "the table", |w| w.query_by_role_and_label(Role::Table, "Segments").is_some());
    settle(&mut w);
    app(&mut w).cx.go(PanelId::Actions);
    wait(&mut w, "the actions", |w| w.query_by_role_and_label(Role::Table, "Next actions").is_some());
    settle(&mut w);
    assert!(sees(&w, "Hold some customers back"), "what is assumed is said");
    assert!(sees(&w, "pays when it adds"), "the break-even of the first action");
    let first = cells(&w, "Next actions")[0].clone();
    let expected = |w: &mut Window, text: &str| {
        w.get_by_role_and_label(Role::TextInput, "Lift of orders, expected").set_text_value_accesskit(text);
        w.run_steps(3);
        settle(w);
    };
    expected(&mut w, "30");
    let more = cells(&w, "Next actions")[0].clone();
    assert_ne!(first.get(7), more.get(7), "{first:?} {more:?}");
    // While it cannot be read, what was there stays.
    expected(&mut w, "many");
    assert_eq!(cells(&w, "Next actions")[0], more);
    click(&mut w, "Save as segment…");
    settle(&mut w);
    wait(&mut w, "the rule", |w| w.query_by_role_and_label(Role::TextInput, "Name of the segment").is_some());
    press(&mut w, "Save");
    settle(&mut w);
    let shop = app(&mut w).cx.shop.as_ref().unwrap();
    let saved = &shop.facts.segments[0];
    assert_eq!(saved.name, more[1]);
    assert!(saved.rule.conditions().iter().any(|condition| condition.field == FieldId::Segment));
}
