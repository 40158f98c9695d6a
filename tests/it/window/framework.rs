//! The framework as a form: what is typed is kept, told apart from data, compared and found again.

use cartwright::model::strategy::FieldValue;
use egui::{Key, Modifiers};

use super::*;

const SHARE: &str = "VIP/Loyal: Revenue share";

fn framework(w: &mut Window) {
    app(w).cx.go(PanelId::Framework);
    settle(w);
    wait_to_see(w, "fields filled");
    settle(w);
}

/// Goes to a section by the beginning of its name.
fn section(w: &mut Window, begins: &str) {
    let is = |tab: &egui_kittest::Node<'_>| {
        let node = egui_kittest::kittest::NodeT::accesskit_node(tab);
        node.label().is_some_and(|label| label.starts_with(begins))
    };
    w.query_all_by_role(Role::Tab).find(is).expect("the section is listed").click();
    w.run_steps(3);
    settle(w);
}

fn field(w: &mut Window, name: &str, text: &str, leave: Key) {
    w.get_by_role_and_label(Role::TextInput, name).focus();
    w.run_steps(2);
    w.get_by_role_and_label(Role::TextInput, name).set_text_value_accesskit(text);
    w.run_steps(2);
    w.key_press(leave);
    w.run_steps(3);
    settle(w);
}

fn typed(w: &mut Window, key: &str) -> Option<FieldValue> {
    let key = key.to_owned();
    let (tell, told) = std::sync::mpsc::channel();
    let task = app(w).cx.from_session(move |home, _| {
        let answers = home.session()?.answers()?;
        tell.send(answers.fields.get(&key).and_then(|answer| answer.value.clone()))?;
        Ok(())
    });
    let value = told.recv().expect("the session answers");
    drop(task);
    value
}

fn shown(w: &Window, name: &str) -> String {
    let node = w.get_by_role_and_label(Role::TextInput, name);
    egui_kittest::kittest::NodeT::accesskit_node(&node).value().unwrap_or_default()
}

#[test]
fn a_blank_framework_is_typed_undone_and_restored() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    blank_shop(&mut w);
    settle(&mut w);
    framework(&mut w);
    assert!(sees(&w, "Nothing is imported yet"));
    section(&mut w, "1 ");
    assert!(sees(&w, "Revenue share of VIP/Loyal: open"));
    field(&mut w, SHARE, "41.4", Key::Tab);
    assert_eq!(typed(&mut w, "VIP_REVENUE"), Some(FieldValue::Percent(0.414)));
    assert!(sees(&w, "Revenue share of VIP/Loyal: typed"));
    // Esc puts back what is kept.
    field(&mut w, SHARE, "50", Key::Escape);
    assert_eq!(shown(&w, SHARE), "41.4");
    // What is no share stays in its field with a sentence, and is not kept.
    field(&mut w, SHARE, "much", Key::Tab);
    assert_eq!(shown(&w, SHARE), "much");
    assert_eq!(typed(&mut w, "VIP_REVENUE"), Some(FieldValue::Percent(0.414)));
    field(&mut w, SHARE, "41.4", Key::Tab);
    app(&mut w).cx.undo();
    settle(&mut w);
    assert_eq!(typed(&mut w, "VIP_REVENUE"), None);
    assert!(sees(&w, "Revenue share of VIP/Loyal: open"));
}

#[test]
fn typed_values_stand_above_data_survive_a_refill_and_give_way_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    framework(&mut w);
    section(&mut w, "1 ");
    assert!(sees(&w, "Revenue share of VIP/Loyal: from data"));
    let before = shown(&w, SHARE);
    field(&mut w, SHARE, "12", Key::Tab);
    press(&mut w, "Refill from data");
    settle(&mut w);
    assert!(sees(&w, "Filled from data"));
    w.key_press(Key::Escape);
    w.run_steps(3);
    assert_eq!(shown(&w, SHARE), "12");
    w.get_by_role_and_label(Role::TextInput, SHARE).focus();
    w.run_steps(3);
    press(&mut w, "Use the data’s");
    settle(&mut w);
    assert_eq!(shown(&w, SHARE), before);
    assert_eq!(typed(&mut w, "VIP_REVENUE"), None);
}

#[test]
fn an_emptied_field_shows_data_again_and_leaving_the_page_keeps_what_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    framework(&mut w);
    section(&mut w, "1 ");
    let before = shown(&w, SHARE);
    assert!(!before.is_empty());
    field(&mut w, SHARE, "", Key::Tab);
    assert_eq!(shown(&w, SHARE), before);
    // Nobody waits until the pause after typing is over.
    w.get_by_role_and_label(Role::TextInput, SHARE).focus();
    w.run_steps(2);
    w.get_by_role_and_label(Role::TextInput, SHARE).set_text_value_accesskit("12");
    w.run_steps(2);
    app(&mut w).cx.go(PanelId::ProductPlan);
    settle(&mut w);
    assert_eq!(typed(&mut w, "VIP_REVENUE"), Some(FieldValue::Percent(0.12)));
}

#[test]
fn two_places_that_disagree_are_told_and_shown_together() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    blank_shop(&mut w);
    settle(&mut w);
    framework(&mut w);
    section(&mut w, "1 ");
    field(&mut w, SHARE, "80", Key::Tab);
    assert!(!sees(&w, "Two places disagree"));
    field(&mut w, "Regular Buyers: Revenue share", "60", Key::Tab);
    wait_to_see(&mut w, "Two places disagree");
    assert!(sees(&w, "two places disagree"), "the section bears a mark");
    press(&mut w, "Show both");
    wait_to_see(&mut w, "Places that disagree");
    field(&mut w, "Regular Buyers: Revenue share", "15", Key::Tab);
    wait(&mut w, "agreement", |w| !sees(w, "Two places disagree"));
}

#[test]
fn fields_are_found_by_name_and_sections_changed_by_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    blank_shop(&mut w);
    settle(&mut w);
    framework(&mut w);
    w.key_press_modifiers(Modifiers::COMMAND, Key::F);
    w.run_steps(3);
    w.get_by_role_and_label(Role::TextInput, "Find a field").set_text_value_accesskit("VIP_LTV");
    w.run_steps(3);
    w.key_press(Key::Enter);
    w.run_steps(4);
    settle(&mut w);
    let field = w.get_by_role_and_label(Role::TextInput, "VIP/Loyal: LTV");
    assert!(egui_kittest::kittest::NodeT::accesskit_node(&field).is_focused());
    // Enter goes on to the field after it, across groups.
    assert!(sees(&w, "Personalization focus of VIP/Loyal"));
    w.key_press_modifiers(Modifiers::COMMAND, Key::ArrowDown);
    w.run_steps(4);
    settle(&mut w);
    assert!(w.query_by_role_and_label(Role::TextInput, "VIP/Loyal: LTV").is_none(), "the next section is on view");
}

#[test]
fn issues_are_kept_and_compared() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    blank_shop(&mut w);
    settle(&mut w);
    framework(&mut w);
    section(&mut w, "1 ");
    field(&mut w, SHARE, "40", Key::Tab);
    press(&mut w, "Versions");
    w.get_by_role_and_label(Role::TextInput, "Name of the issue").set_text_value_accesskit("Draft for the client");
    w.run_steps(2);
    press(&mut w, "Keep issue");
    settle(&mut w);
    wait_to_see(&mut w, "Draft for the client");
    w.key_press(Key::Escape);
    w.run_steps(3);
    field(&mut w, SHARE, "45", Key::Tab);
    wait_to_see(&mut w, "Revenue share was 40.0% on");
    press(&mut w, "Versions");
    press(&mut w, "Compare Draft for the client");
    settle(&mut w);
    let rows = cells(&w, "Versions compared");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0][..3], ["VIP/Loyal: Revenue share", "40.0%", "45.0%"]);
}

#[test]
fn the_kind_of_shop_changes_what_is_offered_and_nothing_that_is_filled() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    blank_shop(&mut w);
    settle(&mut w);
    framework(&mut w);
    press(&mut w, "Options of the framework");
    let option = &cartwright::framework::template::options::options()[0];
    let choice = &option.choices[0].title;
    w.get_by_role_and_label(Role::ComboBox, &format!("{}: Not chosen", option.title)).click();
    w.run_steps(3);
    click(&mut w, choice);
    settle(&mut w);
    assert!(sees(&w, &format!("{}: {choice}", option.title)));
    assert!(sees(&w, "0 of 260 fields") || sees(&w, "1 of 260 fields"), "an offer is no answer");
}
