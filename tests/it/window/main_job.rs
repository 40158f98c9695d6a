//! From a dropped file to a document, by label.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::*;

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the window reads files by path".into())
    }
}

#[test]
fn a_dropped_export_becomes_segments_members_and_a_document() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    let file = orders_file(folder.path());
    w.input_mut().dropped_files.push(Arc::new(Dropped(file)));
    w.step();
    wait_to_see(&mut w, "Nothing is left to settle");
    assert!(sees(&w, "Source, "), "how sure the source is");
    press(&mut w, "Import");
    wait_to_see(&mut w, "rows accepted");
    for line in ["10 rows accepted", "0 rows rejected", "0 rows skipped", "10 rows in the file"] {
        assert!(sees(&w, line), "{line}");
    }
    click(&mut w, "Show segments");
    settle(&mut w);
    let rows = cells(&w, "Segments");
    let vip = rows.iter().find(|row| row[0] == "VIP/Loyal").unwrap();
    assert_eq!(vip[1..4], ["1", "33.3%", "300"], "{rows:?}");
    assert!(sees(&w, "1 order without a customer brings $99.00"), "the remainder stands beside the table");

    click(&mut w, "Show members");
    settle(&mut w);
    assert_eq!(cells(&w, "Customers").len(), 3);
    assert!(sees(&w, "3 of 3 customers"));
    save_members(&mut w, folder.path());
    save_document(&mut w, folder.path());
}

fn save_members(w: &mut Window, folder: &Path) {
    press(w, "Export");
    let formats: Vec<_> =
        cartwright::report::table_export::TABLE_FORMATS.iter().map(|f| (f.title(), f.extension())).collect();
    for (n, (title, extension)) in formats.into_iter().enumerate() {
        if n > 0 {
            press(w, "Export");
        }
        click(w, &format!("As {title}…"));
        let path = folder.join(format!("members{n}.{extension}"));
        answer_path(w, &path);
        wait(w, "the file", |_| path.exists());
        assert!(path.metadata().unwrap().len() > 100);
        settle(w);
    }
}

fn save_document(w: &mut Window, folder: &Path) {
    // The list of pages is longer than a small window.
    w.set_size(egui::vec2(1440.0, 1300.0));
    settle(w);
    click(w, "Document");
    press(w, "Export document");
    let format = cartwright::report::FORMATS[0];
    click(w, &format!("As {}…", format.title()));
    let path = folder.join(format!("framework.{}", format.extension()));
    answer_path(w, &path);
    wait(w, "the document", |_| path.exists());
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("VIP/Loyal"), "{text}");
}

#[test]
fn what_is_ambiguous_blocks_the_import_until_it_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    let mut text = String::from("Order ID,Date,Customer e-mail,Total\n");
    for i in 1..=40 {
        text.push_str(&format!("A{i},0{}/0{}/2026,c{i}@example.com,10.00\n", i % 9 + 1, i % 7 + 1));
    }
    let file = written(folder.path(), "unclear.csv", &text);
    app(&mut w).cx.import_files(vec![file]);
    wait_to_see(&mut w, "Answer the question to continue");
    w.get_by_role_and_label(Role::Button, "Import").click();
    settle(&mut w);
    assert!(app(&mut w).cx.shop.is_none(), "nothing was written");
    click(&mut w, "Day first");
    wait_to_see(&mut w, "Nothing is left to settle");
    press(&mut w, "Import");
    wait_to_see(&mut w, "40 rows accepted");
}

#[test]
fn rejected_lines_are_listed_saved_mended_and_imported_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    let text = "Order ID,Placed at,Customer e-mail,Total\nA1,2026-01-02,a@example.com,10.00\nA2,2026-01-03,b@example.com,ten\n";
    app(&mut w).cx.import_files(vec![written(folder.path(), "orders.csv", text)]);
    wait_to_see(&mut w, "1 line would be rejected");
    press(&mut w, "Import");
    wait_to_see(&mut w, "1 line rejected");
    settle(&mut w);
    let rows = cells(&w, "Rejected lines");
    assert_eq!((rows[0][0].as_str(), rows[0][1].as_str()), ("3", "Total"), "{rows:?}");
    press(&mut w, "Save rejected lines…");
    let saved = folder.path().join("rejected.csv");
    answer_path(&mut w, &saved);
    wait(&mut w, "the file", |_| saved.exists());
    let mended = std::fs::read_to_string(&saved).unwrap().replace("ten", "10.00");
    std::fs::write(&saved, mended).unwrap();
    app(&mut w).cx.import_files(vec![saved]);
    wait_to_see(&mut w, "Nothing is left to settle");
    press(&mut w, "Import");
    wait_to_see(&mut w, "1 row accepted");
}

#[test]
fn the_same_files_again_change_nothing_and_an_import_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_orders(folder.path());
    press(&mut w, "All imports");
    press(&mut w, "Refresh");
    wait_to_see(&mut w, "Nothing changed");
    press(&mut w, "All imports");
    settle(&mut w);
    assert_eq!(cells(&w, "Imports").len(), 1, "a refresh that changes nothing leaves no trace");
    app(&mut w).cx.undo();
    wait_to_see(&mut w, "Nothing imported yet");
}

#[test]
fn several_files_stand_in_a_list_and_one_that_is_no_table_can_be_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    let files = vec![orders_file(folder.path()), written(folder.path(), "scan.pdf", "%PDF-1.7\n%no table\n")];
    app(&mut w).cx.import_files(files);
    wait_to_see(&mut w, "scan.pdf cannot be imported; leave it out to continue");
    let last = w.query_all_by_label("Leave out").last().unwrap().rect();
    w.hover_at(last.center());
    w.drag_at(last.center());
    w.drop_at(last.center());
    settle(&mut w);
    press(&mut w, "Import 1 file");
    wait_to_see(&mut w, "10 rows accepted");
}

#[test]
fn a_cancelled_import_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    let mut text = String::from("Order ID,Placed at,Customer e-mail,Total\n");
    for i in 0..300_000 {
        let _ = writeln!(text, "A{i},2026-01-02 10:00,c{i}@example.com,10.00");
    }
    app(&mut w).cx.import_files(vec![written(folder.path(), "many.csv", &text)]);
    wait_to_see(&mut w, "Nothing is left to settle");
    app(&mut w).cx.run_import();
    w.run_steps(2);
    app(&mut w).cx.cancel_work();
    wait_to_see(&mut w, "ancelled");
    assert!(app(&mut w).cx.shop.is_none());
    let left = std::fs::read_dir(folder.path().join("shops")).map_or(0, |shops| shops.count());
    assert_eq!(left, 0, "no workspace stays behind");
}

#[test]
fn the_sample_shop_opens_in_one_click_and_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    click(&mut w, "Open the sample shop");
    wait(&mut w, "the table", |w| w.query_by_role_and_label(Role::Table, "Segments").is_some());
    assert!(sees(&w, "Sample data: use my own"));
    click(&mut w, "Sample data: use my own");
    settle(&mut w);
    assert!(sees(&w, "Drop area") || sees(&w, "Choose files…"));
    assert!(sees(&w, "Open Sample shop"), "it stands among the recent ones");
}
