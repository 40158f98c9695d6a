//! The window without a display: behaviour, by label as a user or a screen reader finds things.

mod actions;
mod builder;
mod calendar;
mod campaigns;
mod carry;
mod cohorts;
mod customer;
mod doors;
mod experiments;
mod explain;
mod first_steps;
mod framework;
mod gallery;
mod headless;
mod history;
mod journey;
mod keyboard;
mod leads;
mod main_job;
mod money;
mod palette;
mod pictures;
mod results;
mod rfm;
mod state;
mod states;
mod strategy;
mod tables;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use cartwright::ui::panels::PanelId;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

pub use headless::{Window, app, settle, wait, window};

/// A light window of the usual size.
fn open(folder: &Path) -> Window {
    let mut window = window(folder, egui::Theme::Light);
    window.step();
    window
}

/// Makes an empty shop with the name that is proposed.
fn blank_shop(window: &mut Window) {
    click(window, "Start a blank framework…");
    press(window, "Make the shop");
}

/// Waits for something with this label, then clicks it.
fn click(window: &mut Window, label: &str) {
    wait(window, label, |w| w.query_all_by_label(label).next().is_some());
    window.get_by_label(label).click();
    window.run_steps(3);
}

/// Clicks a button where other things carry the same words.
fn press(window: &mut Window, label: &str) {
    let ready = |w: &Window| {
        let mut found = w.query_all_by_role_and_label(Role::Button, label);
        found.any(|button| !egui_kittest::kittest::NodeT::accesskit_node(&button).is_disabled())
    };
    wait(window, label, ready);
    window.get_by_role_and_label(Role::Button, label).click();
    window.run_steps(3);
}

fn sees(window: &Window, label: &str) -> bool {
    window.query_all_by_label_contains(label).next().is_some()
}

fn wait_to_see(window: &mut Window, label: &str) {
    wait(window, label, |w| sees(w, label));
}

/// Types a path where the window asks for one, and confirms.
fn answer_path(window: &mut Window, path: &Path) {
    let field = |w: &Window| w.query_by_role_and_label(Role::TextInput, "Path of the file").is_some();
    wait(window, "the path field", field);
    let field = window.get_by_role_and_label(Role::TextInput, "Path of the file");
    field.set_text_value_accesskit(&path.display().to_string());
    window.run_steps(3);
    let named = |b: &&str| window.query_by_role_and_label(Role::Button, b).is_some();
    let button = ["Look at the file", "Open", "Save"].into_iter().find(named);
    press(window, button.expect("a button that confirms"));
}

/// Texts of all cells of a table, row by row.
fn cells(window: &Window, table: &str) -> Vec<Vec<String>> {
    let table = window.get_by_role_and_label(Role::Table, table);
    let rows = table.query_all_by_role(Role::Row);
    let text = |cell: egui_kittest::Node<'_>| {
        let node = egui_kittest::kittest::NodeT::accesskit_node(&cell);
        (cell.rect().left(), node.label().or_else(|| node.value()).unwrap_or_default())
    };
    rows.map(|row| {
        let mut found: Vec<(f32, String)> = row.query_all_by_role(Role::Cell).map(text).collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found.into_iter().map(|(_, text)| text).collect()
    })
    .collect()
}

/// Orders of three customers; the first has bought often.
fn orders_file(folder: &Path) -> PathBuf {
    let mut text = String::from("Order ID,Placed at,Customer e-mail,Country,Total,Currency\n");
    for i in 0..6 {
        let _ = writeln!(text, "A{i},2026-0{}-11 10:00,ann@example.com,US,50.00,USD", i + 1);
    }
    text.push_str(
        "B1,2025-11-02 09:00,bob@example.com,DE,20.00,USD\nB2,2026-02-02 09:00,bob@example.com,DE,30.00,USD\n",
    );
    text.push_str("C1,2026-05-20 09:00,cyd@example.com,US,15.00,USD\nX1,2026-05-21 09:00,,US,99.00,USD\n");
    written(folder, "orders.csv", &text)
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("the folder can be written");
    path
}

/// A window with a shop of a few orders.
fn with_orders(folder: &Path) -> Window {
    let mut window = open(folder);
    let file = orders_file(folder);
    app(&mut window).cx.import_files(vec![file]);
    press(&mut window, "Import");
    wait_to_see(&mut window, "rows accepted");
    window
}

/// The same, showing the segment table.
fn with_segments(folder: &Path) -> Window {
    let mut window = with_orders(folder);
    click(&mut window, "Show segments");
    wait(&mut window, "the table", |w| w.query_by_role_and_label(Role::Table, "Segments").is_some());
    settle(&mut window);
    window
}
