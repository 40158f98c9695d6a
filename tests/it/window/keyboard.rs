//! By keyboard alone: shortcuts, tables, focus.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, NodeT, Queryable as _};

use cartwright::ui::commands::PAGE_KEYS;
use cartwright::ui::panels::PANELS;

use super::*;

#[test]
fn shortcuts_reach_pages_lists_and_fields() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    w.key_press(Key::F1);
    w.run_steps(3);
    assert!(sees(&w, "Keyboard shortcuts"));
    assert!(sees(&w, "Quit: Ctrl Q"));
    w.key_press(Key::Escape);
    w.run_steps(3);
    assert!(!sees(&w, "Quit: Ctrl Q"));
    let place = PANELS.iter().position(|panel| panel.id == PanelId::Customers).expect("the list of customers");
    w.key_press_modifiers(Modifiers::COMMAND, PAGE_KEYS[place]);
    settle(&mut w);
    assert!(sees(&w, "3 of 3 customers"));
    w.key_press_modifiers(Modifiers::COMMAND, Key::F);
    w.run_steps(3);
    assert!(w.get_by_label("Search customers").is_focused());
}

#[test]
fn arrows_move_through_a_table_and_enter_opens_its_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    w.get_by_label("Segments, 5 rows").focus();
    w.run_steps(2);
    w.key_press(Key::ArrowDown);
    w.run_steps(2);
    w.key_press(Key::ArrowDown);
    w.run_steps(2);
    w.key_press(Key::Enter);
    settle(&mut w);
    assert_eq!(app(&mut w).cx.members.segment.map(|s| s.name()), Some("Regular Buyers"));
    assert!(sees(&w, "1 of 3 customers"));
}

#[test]
fn tab_reaches_every_page_and_button_without_a_trap() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let mut reached = std::collections::BTreeSet::new();
    for _ in 0..84 {
        w.key_press(Key::Tab);
        w.run_steps(2);
        let focused = w.root().query_all(By::new().predicate(|node| node.is_focused()));
        reached.extend(focused.filter_map(|node| NodeT::accesskit_node(&node).label()));
    }
    for name in ["Segments", "Customers", "Document", "Imports", "Definitions", "Show members", "Edit cut-offs"] {
        assert!(reached.contains(name), "{name} is not reached: {reached:?}");
    }
}

#[test]
fn the_as_of_date_moves_by_key_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    assert!(sees(&w, "as of 11 Jun 2026"));
    w.get_by_label("As-of date").focus();
    w.run_steps(2);
    w.key_press(Key::PageDown);
    settle(&mut w);
    assert!(sees(&w, "as of 11 May 2026"));
    press(&mut w, "Latest");
    settle(&mut w);
    assert!(sees(&w, "as of 11 Jun 2026"));
}

/// Presses Tab until what has the focus is called so.
fn tab_to(w: &mut Window, name: &str) {
    for presses in 0..150 {
        let focused = w.root().query_all(By::new().predicate(|node| node.is_focused()));
        if focused.filter_map(|node| NodeT::accesskit_node(&node).label()).any(|label| label == name) {
            println!("{presses} times Tab to {name}");
            return;
        }
        w.key_press(Key::Tab);
        w.run_steps(2);
    }
    panic!("Tab does not reach {name}");
}

fn type_text(w: &mut Window, text: &str) {
    w.event(egui::Event::Text(text.to_owned()));
    w.run_steps(3);
}

fn enter(w: &mut Window) {
    w.key_press(Key::Enter);
    w.run_steps(3);
}

/// Runs a command by typing a part of its name.
fn by_palette(w: &mut Window, name: &str) {
    w.key_press_modifiers(Modifiers::COMMAND, Key::K);
    w.run_steps(3);
    type_text(w, name);
    enter(w);
    settle(w);
}

#[test]
fn the_main_task_is_done_by_keyboard_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = orders_file(folder.path());
    let mut w = open(folder.path());
    // Import.
    by_palette(&mut w, "typed path");
    wait_to_see(&mut w, "Import from a path");
    type_text(&mut w, &file.display().to_string());
    enter(&mut w);
    wait_to_see(&mut w, "Order ID");
    tab_to(&mut w, "Import");
    enter(&mut w);
    wait_to_see(&mut w, "rows accepted");
    settle(&mut w);
    // Read: the segments, and the rows behind a figure.
    by_palette(&mut w, "Segments");
    wait(&mut w, "the table", |w| w.query_by_role_and_label(Role::Table, "Segments").is_some());
    settle(&mut w);
    tab_to(&mut w, "Segments, 5 rows");
    for key in [Key::ArrowDown, Key::ArrowRight, Key::ArrowRight, Key::ArrowRight, Key::Space] {
        w.key_press(key);
        w.run_steps(3);
    }
    settle(&mut w);
    wait_to_see(&mut w, "Line 2, orders.csv");
    w.key_press(Key::Escape);
    settle(&mut w);
    // Edit: a cut-off, and back.
    tab_to(&mut w, "Edit cut-offs");
    enter(&mut w);
    w.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_text(&mut w, "9");
    tab_to(&mut w, "Done");
    enter(&mut w);
    settle(&mut w);
    assert!(sees(&w, "9+ orders in 12 months, last within 120 days"));
    w.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut w);
    assert!(sees(&w, "5+ orders in 12 months, last within 120 days"));
    // Export.
    tab_to(&mut w, "Export");
    enter(&mut w);
    tab_to(&mut w, "Members as CSV, plain…");
    enter(&mut w);
    wait_to_see(&mut w, "Path of the file");
    w.key_press_modifiers(Modifiers::COMMAND, Key::A);
    let out = folder.path().join("members.csv");
    type_text(&mut w, &out.display().to_string());
    enter(&mut w);
    wait(&mut w, "the file", |_| out.exists());
    // VIP/Loyal is the chosen row: its one member below the header.
    assert_eq!(std::fs::read_to_string(&out).unwrap().lines().count(), 2);
}
