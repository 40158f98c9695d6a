//! What a newcomer meets: names and places of shops, ways back, notices that say all, rates that lack.

use cartwright::ui::panels::PanelId;
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::*;

#[test]
fn a_new_shop_is_named_before_it_is_made_and_the_name_gives_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    let file = orders_file(folder.path());
    app(&mut w).cx.import_files(vec![file]);
    wait_to_see(&mut w, "my-shop.cartwright");
    w.get_by_role_and_label(Role::TextInput, "Name of the shop").set_text_value_accesskit("Tea & Co");
    wait_to_see(&mut w, "tea---co.cartwright");
    press(&mut w, "Import");
    wait_to_see(&mut w, "rows accepted");
    let shop = app(&mut w).cx.shop.as_ref().unwrap();
    assert_eq!(shop.facts.name, "Tea & Co");
    assert!(shop.path.ends_with("tea---co.cartwright"), "{}", shop.path.display());
}

#[test]
fn esc_leaves_an_import_and_the_sample_stays_open_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    click(&mut w, "Open the sample shop");
    wait_to_see(&mut w, "Cut-offs in words");
    app(&mut w).cx.go(PanelId::Customers);
    settle(&mut w);
    let file = orders_file(folder.path());
    app(&mut w).cx.import_files(vec![file.clone()]);
    wait_to_see(&mut w, "Nothing is left to settle");
    assert!(sees(&w, "apart from the sample"), "whose data it becomes is said");
    w.key_press(Key::Escape);
    settle(&mut w);
    assert!(app(&mut w).cx.import.is_none());
    assert_eq!(app(&mut w).cx.page, PanelId::Customers);
    app(&mut w).cx.import_files(vec![file]);
    wait_to_see(&mut w, "Nothing is left to settle");
    press(&mut w, "Import");
    wait_to_see(&mut w, "10 rows accepted");
    assert!(!app(&mut w).cx.shop.as_ref().unwrap().facts.sample);
}

#[test]
fn making_the_sample_is_no_step_and_an_emptied_sample_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    click(&mut w, "Open the sample shop");
    wait_to_see(&mut w, "Cut-offs in words");
    app(&mut w).cx.undo();
    wait_to_see(&mut w, "Nothing to undo");
    app(&mut w).cx.leave();
    settle(&mut w);
    let path = folder.path().join("shops/sample-shop.cartwright");
    std::fs::remove_file(&path).unwrap();
    drop(cartwright::ops::Session::create(&path, "Sample shop").unwrap());
    click(&mut w, "Open the sample shop");
    wait_to_see(&mut w, "Cut-offs in words");
    assert!(!app(&mut w).cx.shop.as_ref().unwrap().is_empty());
}

#[test]
fn a_notice_offers_undo_for_its_own_steps_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_orders(folder.path());
    // The notice of the first import leaves by itself.
    w.run_steps(400);
    assert!(!sees(&w, "1 file imported"));
    let second = written(
        folder.path(),
        "second.csv",
        "Order ID,Placed at,Customer e-mail,Total\nZ1,2026-06-01,zoe@example.com,10.00\n",
    );
    let third = written(
        folder.path(),
        "third.csv",
        "Order ID,Placed at,Customer e-mail,Total\nY1,2026-06-02,yan@example.com,10.00\n",
    );
    app(&mut w).cx.import_files(vec![second, third]);
    press(&mut w, "Import 2 files");
    wait_to_see(&mut w, "2 files imported");
    settle(&mut w);
    w.get_all_by_role_and_label(Role::Button, "Undo").last().unwrap().click();
    wait_to_see(&mut w, "Undone");
    settle(&mut w);
    let imports = |w: &mut Window| app(w).cx.shop.as_ref().unwrap().facts.imports.len();
    assert_eq!(imports(&mut w), 1, "both files are taken back, and no more");
    app(&mut w).cx.import = None;
    app(&mut w).cx.refresh_imports();
    wait_to_see(&mut w, "Nothing changed");
    wait_to_see(&mut w, "1 file imported");
    let offers = w.query_all_by_role_and_label(Role::Button, "Undo").count();
    assert_eq!(offers, 0, "an import without a trace offers no undo");
}

#[test]
fn the_imports_begin_with_their_list_once_one_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_orders(folder.path());
    app(&mut w).cx.go(PanelId::Imports);
    settle(&mut w);
    assert_eq!(cells(&w, "Imports").len(), 1);
}

#[test]
fn currencies_without_a_rate_are_named_and_lead_to_their_field() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let text = "Order ID,Placed at,Customer e-mail,Total,Currency\nF1,2026-06-01,fay@example.com,10.00,CHF\n";
    app(&mut w).cx.import_files(vec![written(folder.path(), "francs.csv", text)]);
    press(&mut w, "Import");
    wait_to_see(&mut w, "1 row accepted");
    app(&mut w).cx.go(PanelId::Segments);
    wait_to_see(&mut w, "No rate is known for CHF");
    click(&mut w, "Type the rate in Definitions");
    settle(&mut w);
    press(&mut w, "Add a rate of CHF");
    settle(&mut w);
    assert!(w.get_by_label("Rate of CHF in USD").is_focused());
    assert!(!sees(&w, "is not a number above 0"), "nothing is wrong before anything was typed");
}

#[test]
fn a_long_notice_is_cut_after_some_lines_and_shown_whole_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    let line = "a sentence that says what happened, what is safe and what to do ".repeat(8);
    app(&mut w).cx.notices.tell(cartwright::ui::theme::Tone::Bad, "It did not work", line, None);
    w.run_steps(3);
    assert!(w.query_by_label("Notices").is_some(), "the bell is on the first page too");
    click(&mut w, "Show all of it");
    assert!(w.query_by_label("Show all of it").is_none());
}

#[test]
fn a_narrow_window_shows_every_rule_and_says_whose_cut_offs_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    for size in [egui::vec2(1024.0, 700.0), egui::vec2(1280.0, 720.0), egui::vec2(1440.0, 900.0)] {
        w.set_size(size);
        settle(&mut w);
        scroll(&mut w, -2_000.0);
        for rule in ["5+ orders in 12 months", "2+ orders in 12", "1 order ever", "Account or cart, no order"] {
            assert!(sees(&w, rule), "{rule} at {size}");
        }
        assert!(sees(&w, "The usual cut-offs: too few buyers for the shop’s own"));
        scroll(&mut w, 2_000.0);
        assert!(sees(&w, "Amounts in USD; revenue is order totals minus refunds, without tax and shipping"));
    }
}

#[test]
fn esc_leaves_the_cut_offs_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    click(&mut w, "Edit cut-offs");
    let field = w.get_by_label("VIP/Loyal: orders in 12 months");
    field.focus();
    w.run_steps(2);
    w.get_by_label("VIP/Loyal: orders in 12 months").set_text_value_accesskit("9");
    settle(&mut w);
    w.key_press(Key::Escape);
    settle(&mut w);
    assert!(w.query_by_label("VIP/Loyal: orders in 12 months").is_none());
    assert!(sees(&w, "5+ orders in 12 months"));
    assert!(sees(&w, "The usual cut-offs"));
}

/// Turns the wheel over the middle of the page.
fn scroll(w: &mut Window, points: f32) {
    let middle = w.ctx.content_rect().center();
    let wheel = egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, points),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: egui::Modifiers::NONE,
    };
    w.input_mut().events.extend([egui::Event::PointerMoved(middle), wheel]);
    w.run_steps(60);
}
