//! States of explained changes and differences.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::*;

fn open(w: &mut Window) {
    page(w, "Explain a change");
    settle(w);
}

fn choose(w: &mut Window, shown: &str, name: &str) {
    w.get_by_role_and_label(Role::ComboBox, shown).click();
    w.run_steps(4);
    click(w, name);
    w.run_steps(4);
    settle(w);
}

fn groups(w: &mut Window, by: &str) {
    open(w);
    choose(w, "Groups: By new and returning", by);
}

pub fn by_channel(w: &mut Window, _: &Path) {
    groups(w, "By channel");
}

pub fn by_product(w: &mut Window, _: &Path) {
    groups(w, "By product");
    w.get_by_label("Take order value apart").click();
    w.run_steps(4);
    settle(w);
}

pub fn own_periods(w: &mut Window, _: &Path) {
    groups(w, "By day of the week");
    choose(w, "Periods: Last 12 months against the 12 before", "This month against the one before");
    choose(w, "Periods: This month against the one before", "Other periods");
}

pub fn difference(w: &mut Window, _: &Path) {
    open(w);
    w.get_by_role_and_label(Role::RadioButton, "A difference").click();
    w.run_steps(4);
    settle(w);
}

pub fn says(w: &mut Window, folder: &Path) {
    difference(w, folder);
    choose(w, "Figure: Shopify net sales", "Shopify total sales");
    let field = w.get_by_role_and_label(Role::TextInput, "What the platform says");
    field.set_text_value_accesskit("500000");
    w.run_steps(4);
    settle(w);
}
