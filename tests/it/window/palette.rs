//! The palette, and the one list that menus, keys, tooltips and help come from.

use std::collections::BTreeSet;

use cartwright::ui::commands::{COMMANDS, FIND, HISTORY, MENUS, REDO, UNDO, command_named, key_text};
use cartwright::ui::panels::{PANELS, PanelId};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable as _};

use super::*;

fn labels(w: &Window, role: Role) -> Vec<String> {
    w.query_all_by_role(role).filter_map(|node| NodeT::accesskit_node(&node).label()).collect()
}

fn call(w: &mut Window, typed: &str) {
    w.key_press_modifiers(Modifiers::COMMAND, Key::K);
    w.run_steps(3);
    if !typed.is_empty() {
        w.get_by_label("Find a page, customer or command").type_text(typed);
        w.run_steps(3);
    }
}

fn close(w: &mut Window) {
    w.key_press(Key::Escape);
    w.run_steps(3);
    assert!(labels(w, Role::ListBoxOption).is_empty(), "Esc closes the palette");
}

#[test]
fn menus_palette_and_help_come_from_one_list() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let commands: BTreeSet<String> = COMMANDS.iter().map(|command| command.title.to_owned()).collect();
    let pages: BTreeSet<String> = PANELS.iter().map(|panel| panel.title.to_owned()).collect();

    let mut menus = BTreeSet::new();
    for (_, name) in MENUS {
        w.query_all_by_role_and_label(Role::Button, name).next().unwrap().click();
        w.run_steps(3);
        menus.extend(labels(&w, Role::MenuItem));
        w.key_press(Key::Escape);
        w.run_steps(3);
    }
    // Undo and redo name their step in the menu.
    let plain = |title: String| {
        let named = ["Undo", "Redo"].into_iter().find(|word| title.starts_with(&format!("{word} ")));
        named.map_or(title.clone(), str::to_owned)
    };
    let menus: BTreeSet<String> = menus.into_iter().map(plain).collect();
    assert_eq!(menus, commands.union(&pages).cloned().collect());

    call(&mut w, "");
    let lines = labels(&w, Role::ListBoxOption);
    for title in commands.iter().chain(&pages) {
        assert!(lines.iter().any(|line| line.starts_with(&format!("{title}, "))), "{title}: {lines:?}");
    }
    close(&mut w);

    w.key_press(Key::F1);
    w.run_steps(3);
    for command in COMMANDS {
        if let Some(key) = &command.key {
            assert!(sees(&w, &format!("{}: {}", command.title, key_text(key))), "{}", command.title);
        }
    }
    w.key_press(Key::Escape);
    w.run_steps(3);
    // Buttons that do a command are called as the list says.
    for title in [FIND, UNDO, REDO, HISTORY] {
        let tip = command_named(title).unwrap().tip(&app(&mut w).cx);
        assert!(w.query_by_role_and_label(Role::Button, &tip).is_some(), "{tip}");
    }
}

#[test]
fn every_command_is_the_first_line_for_its_own_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    for command in COMMANDS {
        call(&mut w, command.title.trim_end_matches('…'));
        let lines = labels(&w, Role::ListBoxOption);
        assert!(lines[0].starts_with(&format!("{}, ", command.title)), "{}: {lines:?}", command.title);
        close(&mut w);
    }
}

#[test]
fn the_palette_opens_pages_segments_and_customers_by_keyboard_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let go = |w: &mut Window, typed: &str, steps: usize| {
        call(w, typed);
        for _ in 0..steps {
            w.key_press(Key::ArrowDown);
            w.run_steps(2);
        }
        w.key_press(Key::Enter);
        settle(w);
    };
    go(&mut w, "definit", 0);
    assert!(app(&mut w).cx.page == PanelId::Definitions);
    go(&mut w, "vip", 0);
    assert!(sees(&w, "1 of 3 customers"));

    w.key_press_modifiers(Modifiers::COMMAND, Key::P);
    w.run_steps(3);
    w.get_by_label("Find a page, customer or command").type_text("bob@");
    wait(&mut w, "the customer", |w| labels(w, Role::ListBoxOption).iter().any(|l| l.starts_with("bob@example.com")));
    w.key_press(Key::Enter);
    settle(&mut w);
    assert_eq!(app(&mut w).cx.customer.as_ref().map(|open| open.called.as_str()), Some("bob@example.com"));
    wait_to_see(&mut w, "Order B2");
}

#[test]
fn a_command_that_is_off_says_why_and_does_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    call(&mut w, "close the work");
    assert!(sees(&w, "Close the workspace, File: Open a workspace first"));
    w.key_press(Key::Enter);
    w.run_steps(3);
    assert!(!labels(&w, Role::ListBoxOption).is_empty(), "it stays open");
    close(&mut w);
    w.key_press_modifiers(Modifiers::COMMAND, Key::K);
    let started = std::time::Instant::now();
    w.run_steps(2);
    assert!(started.elapsed().as_millis() < 500, "it opens at once");
    assert!(!labels(&w, Role::ListBoxOption).is_empty());
}
