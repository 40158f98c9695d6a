//! States of the window around the pages, of segments, imports, documents and the gallery.

use super::*;

pub fn moves(w: &mut Window, _: &Path) {
    page(w, "Definitions");
    w.get_all_by_label("Included").nth(1).expect("shipping").click_accesskit();
    settle(w);
}

pub fn setup(w: &mut Window, dir: &Path) {
    let text = r#"{"cartwright_setup":1,"shop":"Harbour & Pine",
        "settings":{"definitions":{"currency":"EUR","zone":"Europe/Berlin","rates":{"CHF":1060000},"tax":"included",
            "default_margin":0.42},
        "segment_rules":{"vip_orders":6,"vip_within_days":90,"regular_orders":2,"new_days":60},
        "segment_focus":{"vip":"Early access, personal thanks","new":"A hand-written welcome card"}},
        "mappings":{"00":{"source":"generic","table":"orders","map":{"total":"Sum","order_id":"Nr"}}}}"#;
    let path = written(dir, "setup.json", text);
    app(w).cx.ask_setup();
    wait(w, "the path field", |w| w.query_all_by_label("Path of the file").next().is_some());
    let field = w.get_by_role_and_label(egui::accesskit::Role::TextInput, "Path of the file");
    field.set_text_value_accesskit(&path.display().to_string());
    w.run_steps(3);
    click(w, "Look at the file");
}

pub fn reading_copy(w: &mut Window, dir: &Path) {
    import(w, &[orders_file(dir, 400)]);
    click(w, "Import");
    settle(w);
    let copy = dir.join(format!("reading {}.cartwright", cartwright::ops::now()));
    let path = app(w).cx.shop.as_ref().map(|shop| shop.path.clone()).expect("a shop");
    let session = cartwright::ops::Session::open(&path, cartwright::workspace::Access::Read).expect("a workspace");
    session.copy(&copy, true).expect("a copy");
    app(w).cx.open(copy);
    settle(w);
    page(w, "Segments");
}

pub fn settings(w: &mut Window, _: &Path) {
    w.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
}

pub fn german(w: &mut Window, dir: &Path) {
    settings(w, dir);
    settle(w);
    click(w, "Numbers and dates: English");
    w.get_by_role_and_label(egui::accesskit::Role::MenuItem, "German").click();
    settle(w);
    w.key_press(Key::Escape);
    settle(w);
    page(w, "Segments");
}

pub fn zoom(w: &mut Window, percent: u16) {
    app(w).cx.set_zoom(percent);
    page(w, "Segments");
}

pub fn history(w: &mut Window, dir: &Path) {
    import(w, &[orders_file(dir, 400)]);
    click(w, "Import");
    settle(w);
    for name in ["Harbour & Pine", "Harbour and Pine", "Harbour & Pine Home"] {
        app(w).cx.set_shop_name(name.into());
    }
    let vip = cartwright::analytics::segments::Segment::ALL[0];
    app(w).cx.set_focus_text(vip, "Early access, personal thanks".into());
    settle(w);
    app(w).cx.undo();
    app(w).cx.undo();
    settle(w);
    w.key_press_modifiers(Modifiers::COMMAND, Key::H);
    settle(w);
    let row = w.query_all_by_label("Rename the shop to Harbour & Pine, done").next().map(|row| row.rect());
    if let Some(row) = row {
        w.hover_at(row.center());
    }
}

pub fn recent(w: &mut Window, _: &Path) {
    app(w).cx.leave();
    settle(w);
}

pub fn notice(w: &mut Window, dir: &Path) {
    let file = dir.join("foreign.cartwright");
    std::fs::write(&file, "a file that is no workspace, long enough to be looked at")
        .expect("the folder can be written");
    app(w).cx.open(file);
    settle(w);
}

pub fn figure(w: &mut Window, _: &Path) {
    page(w, "Segments");
    let at = w.get_all_by_role(egui::accesskit::Role::Cell).nth(3).map(|cell| cell.rect());
    if let Some(rect) = at {
        w.hover_at(rect.right_center() - egui::vec2(12.0, 0.0));
    }
    settle(w);
}

pub fn rows(w: &mut Window, _: &Path) {
    open_figure(w, 0);
}

pub fn customer_rows(w: &mut Window, _: &Path) {
    open_figure(w, 6);
    if let Some(tab) = w.query_all_by_label_contains("Buyers: ").next() {
        tab.click_accesskit();
    }
    settle(w);
}

/// Opens the rows behind a figure of the second row: the n-th that can be opened.
pub fn open_figure(w: &mut Window, n: usize) {
    page(w, "Segments");
    let found = w.query_all_by_label_contains(": show the rows").nth(7 + n);
    if let Some(figure) = found {
        figure.click_accesskit();
    }
    w.run_steps(3);
    settle(w);
}

pub fn cutoffs(w: &mut Window, _: &Path) {
    page(w, "Segments");
    click(w, "Edit cut-offs");
}

pub fn wound_back(w: &mut Window, _: &Path) {
    page(w, "Segments");
    if let Some(shop) = &mut app(w).cx.shop {
        shop.wind_to(cartwright::model::Day::parse("2026-03-31").expect("a date"));
    }
    settle(w);
    page(w, "Segments");
}

pub fn search(w: &mut Window, _: &Path) {
    page(w, "Customers");
    app(w).cx.members.search = "0123".into();
    settle(w);
    w.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(w);
}

pub fn range(w: &mut Window, _: &Path) {
    page(w, "Customers");
    app(w).cx.members.segment = cartwright::analytics::segments::Segment::from_number(0);
    settle(w);
    let (from, to) = (egui::pos2(900.0, 300.0), egui::pos2(1_240.0, 520.0));
    w.drag_at(from);
    w.step();
    w.hover_at(to);
    w.run_steps(2);
    w.drop_at(to);
    settle(w);
}

pub fn columns(w: &mut Window, _: &Path) {
    page(w, "Customers");
    click(w, "Export and columns of Customers");
}

pub fn cell_menu(w: &mut Window, dir: &Path) {
    range(w, dir);
    for pressed in [true, false] {
        let button = egui::PointerButton::Secondary;
        let pos = egui::pos2(1_000.0, 400.0);
        w.event(egui::Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
        w.step();
    }
    settle(w);
}

pub fn gallery(w: &mut Window, part: &str) {
    app(w).cx.go(PanelId::Gallery);
    settle(w);
    click(w, part);
    settle(w);
}

pub fn gallery_charts(w: &mut Window, _: &Path) {
    gallery(w, "Charts");
    w.hover_at(egui::pos2(560.0, 300.0));
    settle(w);
}

pub fn gallery_table(w: &mut Window, _: &Path) {
    gallery(w, "Table");
    let (from, to) = (egui::pos2(760.0, 330.0), egui::pos2(1_000.0, 430.0));
    w.drag_at(from);
    w.step();
    w.hover_at(to);
    w.run_steps(2);
    w.drop_at(to);
    settle(w);
}

pub fn gallery_controls(w: &mut Window, _: &Path) {
    gallery(w, "Controls");
    for word in ["Info", "Warning", "Bad", "Good"] {
        click(w, word);
    }
}

pub fn gallery_drawer(w: &mut Window, _: &Path) {
    gallery(w, "Cards");
    click(w, "Open the drawer");
    settle(w);
}

pub fn palette(w: &mut Window, typed: &str) {
    w.key_press_modifiers(Modifiers::COMMAND, Key::K);
    w.run_steps(3);
    w.get_by_label("Find a page, customer or command").type_text(typed);
    settle(w);
}

pub fn settled(w: &mut Window, dir: &Path) {
    import(w, &[question_file(dir)]);
    click(w, "Day first");
    settle(w);
}

pub fn becomes(w: &mut Window, dir: &Path) {
    import(w, &[question_file(dir)]);
    click(w, "Country becomes: Country");
}

pub fn zone(w: &mut Window, dir: &Path) {
    import(w, &[question_file(dir)]);
    click(w, "Time zone: UTC");
    settle(w);
    w.get_by_label("Search time zones").type_text("berl");
}

pub fn document_end(w: &mut Window, _: &Path) {
    page(w, "Document");
    w.hover_at(egui::pos2(800.0, 500.0));
    w.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -4_000.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Trackpad,
    });
    settle(w);
    settle(w);
}

pub fn several(w: &mut Window, dir: &Path) {
    import(w, &[question_file(dir), orders_file(dir, 400), no_table(dir)]);
}

pub fn working(w: &mut Window, dir: &Path) {
    import(w, &[orders_file(dir, 300_000)]);
    wait(w, "the check of the file", |w| w.query_by_label("Nothing is left to settle").is_some());
    app(w).cx.run_import();
    for _ in 0..14 {
        std::thread::sleep(std::time::Duration::from_millis(50));
        w.step();
    }
}

pub fn result(w: &mut Window, dir: &Path) {
    settled(w, dir);
    click(w, "Import");
    settle(w);
}

pub fn too_little(w: &mut Window, dir: &Path) {
    let path = dir.join("anonymous.csv");
    std::fs::write(&path, "Order ID,Date,Total\n1,2026-05-01,20.00\n2,2026-05-02,30.00\n").expect("a file");
    import(w, &[path]);
    click(w, "Import");
    settle(w);
    click(w, "Show segments");
}
