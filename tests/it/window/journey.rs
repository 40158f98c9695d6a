//! Journey, attribution and claims in the window: matrix and tables edited as a newcomer would, every change kept at once,
//! and journeys read from a file of touchpoints.

use std::sync::Arc;

use cartwright::model::Matrix;
use cartwright::model::journey::Status;
use egui::Key;

use super::*;

fn page(w: &mut Window, id: PanelId) {
    app(w).cx.go(id);
    settle(w);
}

fn matrix(w: &mut Window) -> Arc<Matrix> {
    app(w).cx.shop.as_ref().unwrap().facts.journey.clone()
}

fn field(w: &mut Window, label: &str, text: &str) {
    let role = match w.query_by_role_and_label(Role::TextInput, label) {
        Some(_) => Role::TextInput,
        None => Role::MultilineTextInput,
    };
    w.get_by_role_and_label(role, label).focus();
    w.run_steps(2);
    w.get_by_role_and_label(role, label).set_text_value_accesskit(text);
    w.run_steps(2);
    w.key_press(Key::Tab);
    w.run_steps(3);
    settle(w);
}

fn open_cell(w: &mut Window, name: &str) {
    wait(w, name, |w| w.query_all_by_label_contains(&format!("{name}: ")).next().is_some());
    w.get_by_label_contains(&format!("{name}: ")).click();
    w.run_steps(4);
    settle(w);
}

#[test]
fn a_touchpoint_is_opened_changed_and_the_change_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    page(&mut w, PanelId::Journey);
    open_cell(&mut w, "Checkout optimization");
    assert!(sees(&w, "No data"), "nothing tells of carts");
    field(&mut w, "Tactic", "Guest first");
    w.get_by_role_and_label(Role::ComboBox, "Status: Not planned").click();
    w.run_steps(3);
    click(&mut w, "Live");
    settle(&mut w);
    let saved = matrix(&mut w);
    let (_, cell) = saved.cell("checkout").unwrap();
    assert_eq!((cell.tactic.as_str(), cell.status), ("Guest first", Status::Live));
    w.key_press(Key::Escape);
    w.run_steps(3);
    assert!(sees(&w, "Guest first"), "it stands in the matrix");
    app(&mut w).cx.undo();
    settle(&mut w);
    app(&mut w).cx.undo();
    settle(&mut w);
    assert_eq!(*matrix(&mut w), Matrix::default());
}

#[test]
fn the_matrix_is_written_as_a_table_by_keys_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    page(&mut w, PanelId::Journey);
    press(&mut w, "Edit as table");
    settle(&mut w);
    w.get_by_label("Touchpoints, arrow keys choose a cell").focus();
    w.run_steps(2);
    for key in [Key::ArrowRight, Key::ArrowRight] {
        w.key_press(key);
        w.run_steps(2);
    }
    w.event(egui::Event::Paste("Lookalikes\tBy segment\tCRM team\tlive\nGuides\tnonsense\tShop team\tDraft".into()));
    w.run_steps(4);
    settle(&mut w);
    let saved = matrix(&mut w);
    let cells = &saved.stages[0];
    let row =
        |n: usize| (cells[n].tactic.as_str(), cells[n].level.name(), cells[n].owner.as_str(), cells[n].status.name());
    assert_eq!(row(0), ("Lookalikes", "By segment", "CRM team", "Live"));
    assert_eq!(row(1), ("Guides", "None", "Shop team", "Draft"), "what a choice does not know leaves it as it is");
}

#[test]
fn own_touchpoints_come_and_go_and_those_of_the_framework_are_only_hidden() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    page(&mut w, PanelId::Journey);
    press(&mut w, "Add a touchpoint");
    click(&mut w, "New in Purchase");
    settle(&mut w);
    field(&mut w, "Touchpoint", "Gift wrapping");
    assert!(matrix(&mut w).cells().any(|(_, cell)| cell.name == "Gift wrapping"));
    press(&mut w, "Remove");
    settle(&mut w);
    assert!(!matrix(&mut w).cells().any(|(_, cell)| cell.name == "Gift wrapping"));
    open_cell(&mut w, "Virtual try-on");
    press(&mut w, "Empty and hide");
    settle(&mut w);
    let hidden = matrix(&mut w);
    assert!(hidden.cells().any(|(_, cell)| cell.name.starts_with("Virtual") && cell.hidden));
    press(&mut w, "Add a touchpoint");
    click(&mut w, "Show Virtual try-on again");
    settle(&mut w);
    assert!(matrix(&mut w).cells().all(|(_, cell)| !cell.hidden));
}

#[test]
fn figures_of_channels_are_typed_over_those_from_data_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    page(&mut w, PanelId::Journey);
    w.get_by_role_and_label(Role::RadioButton, "Omnichannel").click();
    w.run_steps(3);
    wait_to_see(&mut w, "Revenue share: 100.0% (from data)");
    w.get_by_label("Revenue share: 100.0% (from data)").click();
    w.run_steps(2);
    w.event(egui::Event::Text("7".into()));
    w.run_steps(3);
    w.event(egui::Event::Text("0".into()));
    w.run_steps(2);
    w.key_press(Key::Enter);
    w.run_steps(3);
    settle(&mut w);
    let typed = |w: &mut Window| app(w).cx.shop.as_ref().unwrap().facts.omnichannel.channels[0].revenue;
    assert_eq!(typed(&mut w), Some(0.7));
    app(&mut w).cx.undo();
    settle(&mut w);
    assert_eq!(typed(&mut w), None);
}

/// Journeys of the three customers of [`orders_file`], with a channel that is called in three ways.
fn touches_file(folder: &Path) -> PathBuf {
    let mut text = String::from("Timestamp,Email,Channel,Campaign,Type\n");
    for month in 1..=6 {
        let _ = writeln!(text, "2026-0{month}-09 10:00,ann@example.com,Paid Social,Spring,click");
        let _ = writeln!(text, "2026-0{month}-10 10:00,ann@example.com,newsletter,,click");
    }
    text.push_str(
        "2025-11-01 09:00,bob@example.com,fb ads,,click\n2026-05-19 09:00,cyd@example.com,house ads,,visit\n",
    );
    text.push_str("2026-05-19 09:00,nobody@example.com,paid_social,,visit\n");
    written(folder, "touchpoints.csv", &text)
}

fn with_journeys(folder: &Path) -> Window {
    let mut w = with_segments(folder);
    let file = touches_file(folder);
    app(&mut w).cx.import_files(vec![file]);
    press(&mut w, "Import");
    wait_to_see(&mut w, "15 rows accepted");
    click(&mut w, "Show segments");
    settle(&mut w);
    w
}

#[test]
fn journeys_are_shared_out_by_every_model_and_channels_merged() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_journeys(folder.path());
    page(&mut w, PanelId::Attribution);
    wait_to_see(&mut w, "of the orders");
    let table = cells(&w, "Attribution by model");
    let names: Vec<&str> = table.iter().filter_map(|row| row.first()).map(String::as_str).collect();
    assert!(names.contains(&"Paid social") && names.contains(&"E-mail") && names.contains(&"house ads"), "{names:?}");
    let of = |table: &[Vec<String>], name: &str| table.iter().find(|row| row[0] == name).unwrap().clone();
    assert_eq!(of(&table, "Shared out")[1], "8.0", "orders with a known journey");
    assert_eq!((of(&table, "Paid social")[1].as_str(), of(&table, "Paid social")[2].as_str()), ("7.0", "1.0"));
    press(&mut w, "Channel names…");
    wait_to_see(&mut w, "The same name twice makes one channel");
    w.get_by_label("Name: house ads").click();
    w.run_steps(2);
    w.event(egui::Event::Text("P".into()));
    w.run_steps(3);
    w.event(egui::Event::Text("aid social".into()));
    w.run_steps(2);
    w.key_press(Key::Enter);
    w.run_steps(3);
    settle(&mut w);
    w.key_press(Key::Escape);
    settle(&mut w);
    let table = cells(&w, "Attribution by model");
    assert!(table.iter().all(|row| row[0] != "house ads"));
    assert_eq!(of(&table, "Paid social")[1], "8.0");
}

#[test]
fn too_little_is_said_and_not_computed() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    page(&mut w, PanelId::Attribution);
    wait_to_see(&mut w, "No order has a known touch");
    page(&mut w, PanelId::Media);
    wait_to_see(&mut w, "Too few weeks with spend");
    page(&mut w, PanelId::Claims);
    wait_to_see(&mut w, "No platform claims any order");
}
