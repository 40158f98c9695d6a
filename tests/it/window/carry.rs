//! A setup taken over after a look at it; a copy for reading and the way to one's own.

use super::*;

#[test]
fn a_setup_is_shown_before_it_is_taken_over_and_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    app(&mut w).cx.export_setup();
    let file = folder.path().join("setup.json");
    answer_path(&mut w, &file);
    wait(&mut w, "the file", |_| file.exists());
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("cartwright_setup"), "{text}");
    let other = r#"{"cartwright_setup":1,"shop":"Other","settings":{"segment_focus":{"vip":"Carried over"}}}"#;
    std::fs::write(&file, other).unwrap();
    app(&mut w).cx.ask_setup();
    answer_path(&mut w, &file);
    wait_to_see(&mut w, "Take over the setup of Other");
    assert!(sees(&w, "Carried over"));
    settle(&mut w);
    press(&mut w, "Take over");
    settle(&mut w);
    let focus = |w: &mut Window| app(w).cx.shop.as_ref().unwrap().facts.focus.values().cloned().collect::<Vec<_>>();
    assert_eq!(focus(&mut w), ["Carried over"]);
    app(&mut w).cx.undo();
    settle(&mut w);
    assert!(focus(&mut w).is_empty());
}

#[test]
fn a_copy_for_reading_says_what_it_is_and_becomes_ones_own_by_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let (reading, own) = (folder.path().join("reading.cartwright"), folder.path().join("own.cartwright"));
    app(&mut w).cx.save_copy(true);
    answer_path(&mut w, &reading);
    wait(&mut w, "the copy", |_| reading.exists());
    app(&mut w).cx.open(reading.clone());
    wait_to_see(&mut w, "Copy for reading, handed over on");
    settle(&mut w);
    assert!(sees(&w, "as of 11 Jun 2026"), "its figures are there");
    app(&mut w).cx.set_shop_name("Mine".into());
    wait_to_see(&mut w, "Saving failed");
    press(&mut w, "Save a copy of my own…");
    answer_path(&mut w, &own);
    wait(&mut w, "the copy", |_| own.exists());
    settle(&mut w);
    assert!(!sees(&w, "Copy for reading, handed over"));
    app(&mut w).cx.set_shop_name("Mine".into());
    settle(&mut w);
    assert_eq!(app(&mut w).cx.shop.as_ref().unwrap().facts.name, "Mine");
}
