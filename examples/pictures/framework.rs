//! States of the framework's form and of the document.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable as _};

use super::*;

pub fn section(w: &mut Window, begins: &str) {
    page(w, "Framework");
    wait(w, "the form", |w| w.query_all_by_label_contains("fields filled").next().is_some());
    settle(w);
    let is = |tab: &egui_kittest::Node<'_>| {
        NodeT::accesskit_node(tab).label().is_some_and(|label| label.starts_with(begins))
    };
    if let Some(tab) = w.query_all_by_role(Role::Tab).find(is) {
        tab.click();
    }
    w.run_steps(4);
    settle(w);
}

fn press(w: &mut Window, name: &str) {
    w.get_by_role_and_label(Role::Button, name).click();
    w.run_steps(4);
    settle(w);
}

fn field(w: &mut Window, name: &str, text: &str) {
    w.get_by_role_and_label(Role::TextInput, name).focus();
    w.run_steps(2);
    w.get_by_role_and_label(Role::TextInput, name).set_text_value_accesskit(text);
    w.run_steps(2);
    w.key_press(Key::Tab);
    w.run_steps(3);
    settle(w);
}

/// Keeps an issue, unless an earlier picture did.
fn keep(w: &mut Window, name: &str) {
    press(w, "Versions");
    if w.query_by_role_and_label(Role::Button, &format!("Compare {name}")).is_some() {
        w.key_press(Key::Escape);
        w.run_steps(4);
        return;
    }
    w.get_by_role_and_label(Role::TextInput, "Name of the issue").set_text_value_accesskit(name);
    w.run_steps(2);
    press(w, "Keep issue");
    w.key_press(Key::Escape);
    w.run_steps(4);
    settle(w);
}

/// The segments with their figures, one field in focus.
pub fn filled(w: &mut Window, _: &Path) {
    section(w, "1 ");
    press(w, "Close New Customers");
    press(w, "Close Browsers");
    w.get_by_role_and_label(Role::TextInput, "Regular Buyers: AOV").focus();
    w.run_steps(4);
    settle(w);
}

/// Typed above data, and two places that disagree.
pub fn typed(w: &mut Window, _: &Path) {
    section(w, "1 ");
    field(w, "VIP/Loyal: Revenue share", "85");
    w.get_by_role_and_label(Role::TextInput, "VIP/Loyal: Revenue share").focus();
    w.run_steps(4);
    settle(w);
}

pub fn both(w: &mut Window, dir: &Path) {
    typed(w, dir);
    press(w, "Show both");
}

pub fn find(w: &mut Window, _: &Path) {
    section(w, "1 ");
    w.key_press_modifiers(Modifiers::COMMAND, Key::F);
    w.run_steps(3);
    w.get_by_role_and_label(Role::TextInput, "Find a field").set_text_value_accesskit("aov");
    w.run_steps(3);
}

pub fn versions(w: &mut Window, _: &Path) {
    section(w, "1 ");
    keep(w, "First draft");
    field(w, "VIP/Loyal: AOV", "118.00");
    keep(w, "Handed to the client");
    press(w, "Versions");
}

pub fn compare(w: &mut Window, dir: &Path) {
    versions(w, dir);
    press(w, "Compare First draft");
}

pub fn options(w: &mut Window, _: &Path) {
    section(w, "5 ");
    press(w, "Options of the framework");
}

pub fn export(w: &mut Window, _: &Path) {
    section(w, "1 ");
    press(w, "Export document");
}
