//! Undo and redo by key, menu and list; what text fields keep for themselves; a truthful "Saved".

use egui::{Key, Modifiers};

use super::*;

fn shop(w: &mut Window) -> String {
    settle(w);
    app(w).cx.shop.as_ref().unwrap().facts.name.clone()
}

fn blank(folder: &Path) -> Window {
    let mut w = open(folder);
    blank_shop(&mut w);
    settle(&mut w);
    w
}

fn renamed(folder: &Path) -> Window {
    let mut w = blank(folder);
    for name in ["First", "Second", "Third"] {
        app(&mut w).cx.set_shop_name(name.into());
        settle(&mut w);
    }
    w
}

#[test]
fn every_key_for_undo_and_redo_does_it_and_names_its_step() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = renamed(folder.path());
    let ctrl_shift = Modifiers::COMMAND | Modifiers::SHIFT;
    for (modifiers, key, name) in [
        (Modifiers::COMMAND, Key::Z, "Second"),
        (Modifiers::COMMAND, Key::Y, "Third"),
        (Modifiers::COMMAND, Key::Z, "Second"),
        (Modifiers::COMMAND, Key::Z, "First"),
        (ctrl_shift, Key::Z, "Second"),
        (ctrl_shift, Key::Z, "Third"),
    ] {
        w.key_press_modifiers(modifiers, key);
        assert_eq!(shop(&mut w), name, "{modifiers:?} {key:?}");
    }
    click(&mut w, "Edit");
    assert!(sees(&w, "Undo Rename the shop to Third"));
    w.get_by_role_and_label(Role::MenuItem, "Undo Rename the shop to Third").click();
    assert_eq!(shop(&mut w), "Second");
    click(&mut w, "Edit");
    w.get_by_role_and_label(Role::MenuItem, "Redo Rename the shop to Third").click();
    assert_eq!(shop(&mut w), "Third");
}

#[test]
fn the_list_goes_several_steps_at_once_and_outlives_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = renamed(folder.path());
    w.key_press_modifiers(Modifiers::COMMAND, Key::H);
    w.run_steps(3);
    assert!(sees(&w, "The history holds"));
    click(&mut w, "The workspace was made, done");
    assert_eq!(shop(&mut w), "My shop");
    assert!(sees(&w, "The workspace was made, now"));
    let path = app(&mut w).cx.shop.as_ref().unwrap().path.clone();
    drop(w);
    let lock = path.with_extension("cartwright-lock");
    let mut w = open(folder.path());
    wait(&mut w, "the first window to let go", |_| !lock.exists());
    app(&mut w).cx.open(path);
    assert_eq!(shop(&mut w), "My shop");
    w.key_press_modifiers(Modifiers::COMMAND, Key::H);
    w.run_steps(3);
    click(&mut w, "Rename the shop to Third, undone");
    assert_eq!(shop(&mut w), "Third");
}

#[test]
fn a_field_goes_its_own_way_back_before_the_workbench_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = renamed(folder.path());
    app(&mut w).cx.go(PanelId::Definitions);
    settle(&mut w);
    let field = |w: &Window| {
        let node = w.get_by_role_and_label(Role::TextInput, "Name of the shop");
        egui_kittest::kittest::NodeT::accesskit_node(&node).value().unwrap_or_default()
    };
    w.get_by_role_and_label(Role::TextInput, "Name of the shop").focus();
    w.run_steps(90);
    w.get_by_role_and_label(Role::TextInput, "Name of the shop").type_text("!");
    w.run_steps(90);
    assert_eq!(field(&w), "Third!");
    w.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut w);
    assert_eq!((field(&w).as_str(), shop(&mut w).as_str()), ("Third", "Third"), "the field's own undo");
    w.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    assert_eq!(shop(&mut w), "Second", "then the workbench's");
}

#[test]
fn saved_is_said_only_after_a_commit_and_only_of_this_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = blank(folder.path());
    assert!(!sees(&w, "Saved "), "nothing was changed yet");
    app(&mut w).cx.set_shop_name("Second".into());
    assert!(app(&mut w).cx.saved_at.is_none(), "not before the commit");
    settle(&mut w);
    assert!(sees(&w, "Saved "));
    let path = app(&mut w).cx.shop.as_ref().unwrap().path.clone();
    app(&mut w).cx.leave();
    settle(&mut w);
    app(&mut w).cx.open(path);
    settle(&mut w);
    assert!(!sees(&w, "Saved "));
    // A change that is none writes nothing.
    app(&mut w).cx.set_shop_name("Second".into());
    settle(&mut w);
    assert!(!sees(&w, "Saved "));
}

#[test]
fn an_edit_that_cannot_be_saved_is_taken_back_on_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let at = app(&mut w).cx.shop.as_ref().unwrap().path.clone();
    // Another program holds the file: a lock that SQLite waits for in vain.
    let other = rusqlite::Connection::open(at).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let vip = cartwright::analytics::segments::Segment::ALL[0];
    app(&mut w).cx.set_focus_text(vip, "Nobody keeps this".into());
    wait_to_see(&mut w, "Saving failed");
    assert!(!app(&mut w).cx.shop.as_ref().unwrap().facts.focus.contains_key(&vip));
}
