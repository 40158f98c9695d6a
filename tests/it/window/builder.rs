//! Building segments in the window.

use cartwright::model::Rule;
use cartwright::ui::panels::PanelId;

use super::*;

fn names(w: &mut Window) -> Vec<String> {
    let shop = app(w).cx.shop.as_ref().unwrap();
    shop.facts.segments.iter().map(|segment| segment.name.clone()).collect()
}

fn save(w: &mut Window, name: &'static str, text: &'static str) {
    let rule = Rule::parse(text).unwrap();
    app(w).cx.write("Saving", move |home, _| home.session()?.add_segment(name, "", &rule), |_, ()| {});
    settle(w);
}

#[test]
fn a_segment_is_named_saved_duplicated_deleted_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    app(&mut w).cx.go(PanelId::Builder);
    settle(&mut w);
    assert!(sees(&w, "All customers"), "the sentence of a new rule");
    let name = w.get_by_role_and_label(Role::TextInput, "Name of the segment");
    name.set_text_value_accesskit("Everybody");
    w.run_steps(3);
    press(&mut w, "Save");
    wait(&mut w, "the segment", |w| w.query_by_role_and_label(Role::ListBoxOption, "Everybody").is_some());
    settle(&mut w);
    assert_eq!(names(&mut w), ["Everybody"]);
    click(&mut w, "More of Everybody");
    click(&mut w, "Duplicate");
    settle(&mut w);
    assert_eq!(names(&mut w), ["Everybody", "Everybody copy"]);
    click(&mut w, "More of Everybody copy");
    click(&mut w, "Move up");
    settle(&mut w);
    assert_eq!(names(&mut w), ["Everybody copy", "Everybody"]);
    click(&mut w, "More of Everybody");
    click(&mut w, "Delete");
    settle(&mut w);
    assert_eq!(names(&mut w), ["Everybody copy"]);
    for left in [&["Everybody copy", "Everybody"][..], &["Everybody", "Everybody copy"], &["Everybody"], &[]] {
        app(&mut w).cx.undo();
        settle(&mut w);
        assert_eq!(names(&mut w), left);
    }
}

#[test]
fn the_count_follows_the_rule_and_leads_to_the_customers() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    save(&mut w, "Often", "orders >= 3");
    app(&mut w).cx.go(PanelId::Builder);
    settle(&mut w);
    wait_to_see(&mut w, "Customers who placed at least 3 orders");
    wait_to_see(&mut w, "Customers: 1");
    let value = w.get_by_role_and_label(Role::TextInput, "Value");
    value.set_text_value_accesskit("2");
    w.run_steps(3);
    settle(&mut w);
    wait_to_see(&mut w, "Customers: 2");
    click(&mut w, "Members");
    wait(&mut w, "the members", |w| w.query_by_role_and_label(Role::Table, "Members").is_some());
    settle(&mut w);
    assert_eq!(cells(&w, "Members").len(), 2);
    click(&mut w, "Rule");
    let value = w.get_by_role_and_label(Role::TextInput, "Value");
    value.set_text_value_accesskit("two");
    w.run_steps(3);
    wait_to_see(&mut w, "type a number");
    click(&mut w, "Revert");
    settle(&mut w);
    press(&mut w, "Open in Customers");
    settle(&mut w);
    assert_eq!(cells(&w, "Customers").len(), 1);
    assert!(sees(&w, "Remove filter Often"));
}
