//! Every table: ranges of cells, copy and export of the same values, columns, keyboard, a layout that lies still.

use egui::{Event, Key, Modifiers, PointerButton};
use egui_kittest::kittest::{NodeT, Queryable as _};

use cartwright::report::table_export::TABLE_FORMATS;
use cartwright::ui::panels::PanelId;

use super::*;

/// Names of the tables on view.
fn tables(w: &Window) -> Vec<String> {
    w.query_all_by_role(Role::Table).filter_map(|table| NodeT::accesskit_node(&table).label()).collect()
}

/// Puts the focus into a table's rows.
fn enter(w: &mut Window, table: &str) {
    w.query_all_by_label_contains(&format!("{table}, "))
        .find(|node| NodeT::accesskit_node(node).label().is_some_and(|l| l.ends_with(" rows")))
        .unwrap_or_else(|| panic!("the rows of {table} can be reached"))
        .focus();
    w.run_steps(2);
}

/// Settings are written a moment after they changed.
fn kept(w: &mut Window, folder: &Path, what: &str) {
    let file = folder.join("settings.json");
    wait(w, what, |_| std::fs::read_to_string(&file).is_ok_and(|text| text.contains(what)));
}

/// What the copy key puts on the clipboard.
fn copied(w: &mut Window) -> String {
    w.event(Event::Copy);
    for _ in 0..2_000 {
        w.step();
        let commands = &w.output().platform_output.commands;
        if let Some(text) = commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        }) {
            return text;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    panic!("nothing was copied")
}

fn parsed(text: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(text);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn exported(w: &mut Window, table: &str, folder: &Path) -> Vec<Vec<String>> {
    press(w, &format!("Export and columns of {table}"));
    for format in TABLE_FORMATS {
        assert!(w.query_by_label(&format!("As {}…", format.title())).is_some(), "{table}: {}", format.title());
    }
    assert!(w.query_by_label("Copy the table").is_some(), "{table} can be copied");
    click(w, "As CSV, plain…");
    let path = folder.join(format!("{table}.csv"));
    let _ = std::fs::remove_file(&path);
    answer_path(w, &path);
    wait(w, "the file", |_| path.exists());
    settle(w);
    parsed(&std::fs::read(&path).unwrap(), b',')
}

/// What is copied of a table equals what is exported of it, whole and in part.
fn audit(w: &mut Window, folder: &Path, name: &str) {
    let file = exported(w, name, folder);
    let rows = &file[1..];
    enter(w, name);
    w.key_press_modifiers(Modifiers::COMMAND, Key::A);
    w.run_steps(2);
    let whole = copied(w);
    assert_eq!(parsed(whole.as_bytes(), b'\t'), rows, "{name}: all cells");
    w.key_press(Key::Home);
    w.run_steps(2);
    for _ in 0..12 {
        w.key_press(Key::ArrowLeft);
        w.run_steps(1);
    }
    for key in [Key::ArrowRight, Key::ArrowDown] {
        w.key_press_modifiers(Modifiers::SHIFT, key);
        w.run_steps(2);
    }
    let part = copied(w);
    let expected: Vec<Vec<String>> = rows.iter().take(2).map(|row| row[..2].to_vec()).collect();
    assert_eq!(parsed(part.as_bytes(), b'\t'), expected, "{name}: two columns of two rows");
}

/// Audits every table on view.
fn audit_all(w: &mut Window, folder: &Path) -> Vec<String> {
    let names = tables(w);
    for name in &names {
        audit(w, folder, name);
    }
    names
}

#[test]
fn copies_and_exports_of_every_table_hold_the_same_values() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let mut seen = audit_all(&mut w, folder.path());
    for page in [PanelId::Customers, PanelId::Imports, PanelId::Document, PanelId::Definitions] {
        app(&mut w).cx.go(page);
        settle(&mut w);
        seen.extend(audit_all(&mut w, folder.path()));
    }
    app(&mut w).cx.go(PanelId::Segments);
    settle(&mut w);
    wait(&mut w, "a figure", |w| w.query_all_by_label_contains("50.00: show the rows").next().is_some());
    w.query_all_by_label_contains("50.00: show the rows").next().unwrap().click_accesskit();
    wait_to_see(&mut w, "Line 2, orders.csv");
    settle(&mut w);
    // The drawer lies over the page: its table only.
    audit(&mut w, folder.path(), "Rows of revenue");
    seen.push("Rows of revenue".to_owned());
    w.key_press(Key::Escape);
    w.run_steps(3);
    let bad =
        "Order ID,Placed at,Customer e-mail,Total\nA1,2026-01-02,a@example.com,10.00\nA2,2026-01-03,=b@x.org,ten\n";
    let files = vec![
        written(folder.path(), "bad.csv", bad),
        written(folder.path(), "more.csv", &bad.replace("A1", "A7").replace("ten", "eleven")),
    ];
    app(&mut w).cx.import_files(files);
    wait_to_see(&mut w, "Files to import");
    settle(&mut w);
    seen.extend(audit_all(&mut w, folder.path()));
    w.query_all_by_label("Columns and issues of the file").next().unwrap().click();
    settle(&mut w);
    seen.extend(audit_all(&mut w, folder.path()));
    app(&mut w).cx.run_import();
    wait_to_see(&mut w, "rows accepted");
    settle(&mut w);
    seen.extend(audit_all(&mut w, folder.path()));
    for name in [
        "Segments",
        "Customers",
        "Imports",
        "Rows of revenue",
        "Files to import",
        "Columns of the file",
        "Imported files",
        "What changed",
        "Rejected lines",
    ] {
        assert!(seen.iter().any(|table| table == name), "{name} was not walked: {seen:?}");
    }
}

#[test]
fn the_table_of_lifetime_values_is_copied_as_it_is_exported() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    let mut text = "Order ID,Placed at,Customer e-mail,Total\n".to_owned();
    for i in 0..120 {
        let (month, day, customer) = (i % 12 + 1, i % 27 + 1, i * 31 % 41);
        text += &format!("A{i},2026-{month:02}-{day:02},c{customer}@example.com,{}.50\n", i % 90 + 10);
    }
    let file = written(folder.path(), "orders.csv", &text);
    app(&mut w).cx.new_shop("Shop");
    settle(&mut w);
    app(&mut w).cx.import_files(vec![file]);
    press(&mut w, "Import");
    wait_to_see(&mut w, "rows accepted");
    settle(&mut w);
    app(&mut w).cx.go(PanelId::LifetimeValue);
    settle(&mut w);
    assert_eq!(audit_all(&mut w, folder.path()), ["Customers by expected value"]);
}

#[test]
fn raw_values_are_copied_and_a_single_cell_is_its_value() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    enter(&mut w, "Segments");
    for key in [Key::ArrowDown, Key::ArrowRight, Key::ArrowRight, Key::ArrowRight] {
        w.key_press(key);
        w.run_steps(2);
    }
    assert_eq!(copied(&mut w), "300.00", "revenue in major units without a separator");
    w.key_press(Key::ArrowLeft);
    w.run_steps(2);
    assert!(copied(&mut w).starts_with("0.333"), "a share is a number");
}

#[test]
fn a_range_is_dragged_and_its_menu_copies_it_with_headers() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    app(&mut w).cx.go(PanelId::Customers);
    settle(&mut w);
    let place = |w: &Window, text: &str| w.query_all_by_label(text).next().unwrap().rect().center();
    let (from, to) = (place(&w, "ann@example.com"), place(&w, "bob@example.com"));
    w.drag_at(from);
    w.step();
    w.hover_at(to);
    w.run_steps(2);
    w.drop_at(to);
    w.run_steps(2);
    assert_eq!(copied(&mut w), "ann@example.com\nbob@example.com");
    for pressed in [true, false] {
        w.event(Event::PointerButton {
            pos: to,
            button: PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        w.run_steps(2);
    }
    click(&mut w, "Copy with headers");
    wait_to_see(&mut w, "2 cells copied");
}

#[test]
fn columns_are_hidden_moved_and_reset_and_stay_so_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    let headers = |w: &Window| {
        let mut found: Vec<(f32, String)> = w
            .query_all_by_role(Role::ColumnHeader)
            .map(|h| (h.rect().left(), NodeT::accesskit_node(&h).label().unwrap_or_default()))
            .collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found.into_iter().map(|(_, title)| title).collect::<Vec<_>>()
    };
    let before = headers(&w);
    assert_eq!(before[0], "Segment");
    press(&mut w, "Export and columns of Segments");
    w.get_by_role_and_label(Role::CheckBox, &before[2]).click();
    w.run_steps(3);
    click(&mut w, &format!("Move {} left", before[5]));
    w.key_press(Key::Escape);
    settle(&mut w);
    let arranged = headers(&w);
    assert!(!arranged.contains(&before[2]), "{arranged:?}");
    let at = |list: &[String], title: &str| list.iter().position(|t| t == title).unwrap();
    assert!(at(&arranged, &before[5]) < at(&arranged, &before[4]), "{arranged:?}");

    let path = app(&mut w).cx.shop.as_ref().unwrap().path.clone();
    kept(&mut w, folder.path(), "hidden\": [\n");
    app(&mut w).cx.leave();
    settle(&mut w);
    drop(w);
    let mut w = open(folder.path());
    app(&mut w).cx.open(path);
    wait(&mut w, "the table", |w| w.query_by_role_and_label(Role::Table, "Segments").is_some());
    settle(&mut w);
    assert_eq!(headers(&w), arranged, "after a restart");
    press(&mut w, "Export and columns of Segments");
    click(&mut w, "Reset the columns");
    settle(&mut w);
    assert_eq!(headers(&w), before);
}

#[test]
fn a_header_edge_resizes_its_column_and_fits_at_a_double_click() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    app(&mut w).cx.go(PanelId::Customers);
    settle(&mut w);
    let left = |w: &Window| w.get_by_role_and_label(Role::ColumnHeader, "Country").rect().left();
    let before = left(&w);
    let header = w.get_by_role_and_label(Role::ColumnHeader, "Country").rect();
    let edge = egui::pos2(before - 8.0, header.center().y);
    w.drag_at(edge);
    w.step();
    w.hover_at(edge - egui::vec2(60.0, 0.0));
    w.run_steps(2);
    w.drop_at(edge - egui::vec2(60.0, 0.0));
    settle(&mut w);
    let dragged = left(&w);
    assert!((before - dragged - 60.0).abs() < 8.0, "{before} → {dragged}");
    let edge = egui::pos2(dragged - 8.0, header.center().y);
    w.hover_at(edge);
    for pressed in [true, false, true, false] {
        w.event(Event::PointerButton {
            pos: edge,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        w.step();
    }
    settle(&mut w);
    assert!((left(&w) - dragged).abs() > 1.0, "it has another width now");
    kept(&mut w, folder.path(), "\"E-mail\": ");
}

#[test]
fn the_first_column_stays_while_the_others_scroll_and_nothing_moves_after_frame_two() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    w.set_size(egui::vec2(960.0, 640.0));
    app(&mut w).cx.go(PanelId::Customers);
    settle(&mut w);
    let left = |w: &Window, title: &str| w.get_by_role_and_label(Role::ColumnHeader, title).rect().left();
    let (first, last) = (left(&w, "Customer"), left(&w, "Orders, 12 mo"));
    enter(&mut w, "Customers");
    w.key_press(Key::Home);
    for _ in 0..9 {
        w.key_press(Key::ArrowRight);
        w.run_steps(1);
    }
    w.run_steps(2);
    assert_eq!(left(&w, "Customer"), first, "sticky");
    assert!(left(&w, "Orders, 12 mo") < last, "scrolled by key");
    let places = |w: &Window| {
        let cells = w.query_all_by_role(Role::Cell).chain(w.query_all_by_role(Role::ColumnHeader));
        cells.map(|node| format!("{:?}", node.rect())).collect::<Vec<_>>()
    };
    let before = places(&w);
    w.run_steps(3);
    assert_eq!(places(&w), before);
}
