//! Every figure is a door: its rows are found again, and folding them gives the figure.

use std::collections::BTreeMap;

use cartwright::jobs::Progress;
use cartwright::model::{Figure, MetricId};
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

/// Opens every figure of every page, in whatever table it stands. Returns how many there were, by page.
fn walk(w: &mut Window) -> BTreeMap<&'static str, usize> {
    let mut walked = BTreeMap::new();
    for panel in PANELS {
        let figures = figures_of(w, panel.id);
        let shop = app(w).cx.shop.as_ref().unwrap();
        for figure in &figures {
            let of = shop.source_of(figure).expect("a figure of a table on view");
            let door = of.open(figure, &Progress::none()).unwrap();
            assert_eq!(door.folded, figure.value, "{} of {:?}", panel.title, figure);
        }
        walked.insert(panel.title, figures.len());
    }
    println!("figures walked: {walked:?}");
    walked
}

#[test]
fn figures_of_a_second_date_and_of_definitions_being_tried_are_doors_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    click(&mut w, "Open the sample shop");
    wait(&mut w, "the table", |w| w.query_by_role_and_label(Role::Table, "Segments").is_some());
    settle(&mut w);
    app(&mut w).cx.compare_with_a_year_before();
    app(&mut w).cx.go(PanelId::Definitions);
    settle(&mut w);
    w.get_all_by_label("Included").next().expect("tax").click_accesskit();
    settle(&mut w);
    let walked = walk(&mut w);
    assert!(walked["Segments"] >= 60 && walked["Definitions"] >= 12, "{walked:?}");
}

#[test]
fn what_a_change_of_the_definitions_would_move_is_what_it_moves_once_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    app(&mut w).cx.go(PanelId::Definitions);
    settle(&mut w);
    assert!(w.query_by_role_and_label(Role::Table, "What moves").is_none());
    w.get_all_by_label("Ignored").next().expect("refunds").click_accesskit();
    settle(&mut w);
    let shown = cells(&w, "What moves");
    assert!(shown.len() >= 6, "{shown:?}");
    click(&mut w, "Save definitions");
    settle(&mut w);
    let shop = app(&mut w).cx.shop.as_ref().unwrap();
    let kept = shop.segments().unwrap();
    assert_eq!(kept.definitions, 2);
    let revenue = cartwright::ui::widgets::figure::exact(kept.figure(&kept.total, MetricId::Revenue).value);
    assert!(shown.iter().any(|row| row.contains(&revenue)), "{revenue} in {shown:?}");
    assert!(w.query_by_role_and_label(Role::Table, "What moves").is_none(), "nothing is being tried any more");
}

#[test]
fn days_of_a_time_zone_being_tried_are_those_it_has_once_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    click(&mut w, "Open the sample shop");
    wait(&mut w, "the table", |w| w.query_by_role_and_label(Role::Table, "Segments").is_some());
    settle(&mut w);
    let zone = cartwright::model::Zone::parse("Pacific/Auckland").unwrap();
    let shop = app(&mut w).cx.shop.as_mut().unwrap();
    let draft = cartwright::model::Definitions { zone, ..shop.facts.definitions.clone() };
    shop.try_definitions(Some(draft.clone()));
    settle(&mut w);
    let shop = app(&mut w).cx.shop.as_ref().unwrap();
    let tried = shop.sources().pop().unwrap().table.clone();
    let day = tried.as_of;
    assert_ne!(tried.total.revenue, shop.segments().unwrap().total.revenue, "a year of other days");
    app(&mut w).cx.set_definitions(draft);
    settle(&mut w);
    app(&mut w).cx.shop.as_mut().unwrap().wind_to(day);
    settle(&mut w);
    let kept = app(&mut w).cx.shop.as_ref().unwrap().segments().unwrap().clone();
    assert_eq!(*kept, *tried);
}

#[test]
fn every_figure_of_every_page_is_the_sum_of_the_rows_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    click(&mut w, "Open the sample shop");
    wait(&mut w, "the table", |w| w.query_by_role_and_label(Role::Table, "Segments").is_some());
    settle(&mut w);
    let walked = walk(&mut w);
    assert!(walked["Segments"] >= 30 && walked["Customers"] >= 20, "{walked:?}");
    assert!(walked["Lifetime value"] >= 15, "{walked:?}");
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
    wait_to_see(&mut w, "Line 2, orders.csv");
    let rows = cells(&w, "Rows of revenue");
    assert_eq!(rows.len(), 6, "{rows:?}");
    w.key_press(egui::Key::Escape);
    w.run_steps(3);
    assert!(!sees(&w, "Line 2, orders.csv"));
}
