//! Every figure is a door: its rows are found again, and folding them gives the figure.

use std::collections::BTreeMap;

use cartwright::analytics::door;
use cartwright::jobs::Progress;
use cartwright::model::Figure;
use cartwright::ui::panels::PANELS;
use cartwright::ui::widgets::figure;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::*;

/// Figures that a page draws, each once.
fn figures_of(w: &mut Window, page: cartwright::ui::panels::PanelId) -> Vec<Figure> {
    app(w).cx.go(page);
    w.run_steps(3);
    settle(w);
    figure::watch(&w.ctx);
    w.run_steps(2);
    let mut figures: Vec<Figure> = Vec::new();
    for figure in figure::watch(&w.ctx) {
        if !figures.contains(&figure) {
            figures.push(figure);
        }
    }
    figures
}

#[test]
fn every_figure_of_every_page_is_the_sum_of_the_rows_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    click(&mut w, "Open the sample shop");
    wait(&mut w, "the table", |w| w.query_by_role_and_label(Role::Table, "Segments").is_some());
    settle(&mut w);
    let mut walked: BTreeMap<&str, usize> = BTreeMap::new();
    for panel in PANELS {
        let figures = figures_of(&mut w, panel.id);
        let shop = app(&mut w).cx.shop.as_ref().unwrap();
        let (table, data) = (shop.segments().unwrap(), shop.data().unwrap());
        for figure in &figures {
            let door = door::open(figure, table, data, &shop.facts.definitions, &Progress::none()).unwrap();
            assert_eq!(door.folded, figure.value, "{} of {:?}", panel.title, figure);
        }
        walked.insert(panel.title, figures.len());
    }
    println!("figures walked: {walked:?}");
    assert!(walked["Segments"] >= 30 && walked["Customers"] >= 20, "{walked:?}");
}

#[test]
fn a_click_on_a_figure_shows_its_rows_down_to_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    // VIP/Loyal: six orders of 50.
    let label = "$50.00: show the rows";
    let name = if w.query_all_by_label(label).next().is_some() { label } else { "50.00: show the rows" };
    w.query_all_by_label(name).next().expect("the AOV of VIP/Loyal").click_accesskit();
    w.run_steps(3);
    settle(&mut w);
    wait_to_see(&mut w, "$300.00 revenue ÷ 6 orders = $50.00");
    wait_to_see(&mut w, "orders.csv, line 2");
    let rows = cells(&w, "Rows of revenue");
    assert_eq!(rows.len(), 6, "{rows:?}");
    w.key_press(egui::Key::Escape);
    w.run_steps(3);
    assert!(!sees(&w, "orders.csv, line 2"));
}
