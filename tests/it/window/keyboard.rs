//! By keyboard alone: shortcuts, tables, focus.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, NodeT, Queryable as _};

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
    w.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
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
    for _ in 0..60 {
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
