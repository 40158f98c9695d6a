//! KPIs, ROI and value, and forecasts in the window: what a newcomer does there is kept at once and can be undone.

use cartwright::model::MetricId;
use cartwright::model::assumption::{AssumptionId, Held};
use cartwright::model::kpi::Target;
use egui::Key;

use super::*;

fn page(w: &mut Window, id: PanelId) {
    app(w).cx.go(id);
    settle(w);
}

fn field(w: &mut Window, label: &str, text: &str) {
    w.get_by_role_and_label(Role::TextInput, label).focus();
    w.run_steps(2);
    w.get_by_role_and_label(Role::TextInput, label).set_text_value_accesskit(text);
    w.run_steps(2);
    w.key_press(Key::Tab);
    w.run_steps(3);
    settle(w);
}

fn choose(w: &mut Window, shown: &str, name: &str) {
    w.get_by_role_and_label(Role::ComboBox, shown).click();
    w.run_steps(3);
    click(w, name);
    settle(w);
}

fn figure(w: &mut Window, words: &str) {
    wait(w, words, |w| w.query_by_role_and_label(Role::Button, words).is_some());
}

#[test]
fn the_frameworks_example_is_reckoned_and_changed_without_any_data() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    blank_shop(&mut w);
    settle(&mut w);
    page(&mut w, PanelId::Roi);
    figure(&mut w, "Customer lifetime value: $297");
    figure(&mut w, "Lifetime gross profit of new customers: $148,500");
    figure(&mut w, "Return on marketing investment: 395%");
    assert!(sees(&w, "Lifetime gross profit of the month’s new customers against the month’s spend"));
    assert!(sees(&w, "Customer lifespan decides more than everything else"));
    assert!(sees(&w, "Eight in ten outcomes"));
    field(&mut w, "Customer lifespan", "24");
    figure(&mut w, "Return on marketing investment: 560%");
    let held = |w: &mut Window| {
        let shop = app(w).cx.shop.as_ref().unwrap();
        shop.facts.scenarios.all[0].values.get(&AssumptionId::Lifespan).copied()
    };
    assert!(matches!(held(&mut w), Some(Held::Typed { value, .. }) if value.number() == 24.0), "kept at once");
    app(&mut w).cx.undo();
    settle(&mut w);
    figure(&mut w, "Return on marketing investment: 395%");
    // What cannot be is told at its field and kept from the file.
    field(&mut w, "Profit margin", "250");
    assert!(sees(&w, "Between"), "a margin is at most 100%");
    assert!(matches!(held(&mut w), Some(Held::Typed { value, .. }) if value.number() == 18.0));
}

#[test]
fn scenarios_stand_side_by_side_and_one_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    w.set_size(egui::vec2(1440.0, 2000.0));
    page(&mut w, PanelId::Roi);
    figure(&mut w, "Return on marketing investment: 395%");
    press(&mut w, "What to do with the scenario");
    click(&mut w, "Duplicate");
    settle(&mut w);
    field(&mut w, "Average order value", "90");
    press(&mut w, "Compare scenarios");
    settle(&mut w);
    let rows = cells(&w, "Scenarios side by side");
    let of =
        |name: &str| rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("{name} in {rows:?}")).clone();
    let values = of("Customer lifetime value");
    assert!(values.contains(&"$297".to_owned()) && values.contains(&"$356.40".to_owned()), "{values:?}");
    press(&mut w, "Back to one scenario");
    press(&mut w, "What to do with the scenario");
    click(&mut w, "Use it in the product");
    settle(&mut w);
    assert_eq!(app(&mut w).cx.shop.as_ref().unwrap().facts.scenarios.used, "Framework example 2");
    choose(&mut w, "Calculator: Marketing ROI", "Payback");
    figure(&mut w, "Payback month: 4 months");
    press(&mut w, "Put into the document");
    settle(&mut w);
    assert_eq!(app(&mut w).cx.shop.as_ref().unwrap().facts.scenarios.saved.len(), 1);
}

#[test]
fn a_metric_gets_a_target_and_an_owner_and_is_unpinned() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    // As high as the whole page, so that every row can be clicked.
    w.set_size(egui::vec2(1440.0, 3200.0));
    page(&mut w, PanelId::Kpis);
    wait_to_see(&mut w, "The framework’s KPIs");
    let rows = cells(&w, "Metrics");
    let revenue = rows.iter().find(|row| row[0] == "Revenue").unwrap_or_else(|| panic!("{rows:?}"));
    assert_eq!(revenue[1], "$464", "all ten orders lie in the last 12 months");
    let table = w.get_by_role_and_label(Role::Table, "The framework’s KPIs");
    let cell = table.query_all_by_role(Role::Cell).next().map(|cell| cell.rect().center()).unwrap();
    w.hover_at(cell);
    w.run_steps(2);
    w.drag_at(cell);
    w.drop_at(cell);
    w.run_steps(4);
    settle(&mut w);
    wait_to_see(&mut w, "Who looks after it");
    field(&mut w, "Who looks after it", "Trading");
    choose(&mut w, "Kind of target: None of the shop’s own", "A value");
    field(&mut w, "Target", "5");
    press(&mut w, "Unpin from the top");
    settle(&mut w);
    let board = app(&mut w).cx.shop.as_ref().unwrap().facts.board.clone();
    assert_eq!(board.owners.get(&MetricId::Conversion).map(String::as_str), Some("Trading"));
    assert!(matches!(board.targets.get(&MetricId::Conversion), Some(Target::Value(value)) if value.number() == 0.05));
    assert!(!board.pinned.contains(&MetricId::Conversion));
    app(&mut w).cx.undo();
    settle(&mut w);
    assert!(app(&mut w).cx.shop.as_ref().unwrap().facts.board.pinned.contains(&MetricId::Conversion));
}

#[test]
fn a_forecast_says_what_is_too_little() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = with_segments(folder.path());
    page(&mut w, PanelId::Forecast);
    wait_to_see(&mut w, "Too little to go on");
    for tab in ["Demand and stock", "Prices"] {
        w.get_by_role_and_label(Role::RadioButton, tab).click();
        w.run_steps(4);
        settle(&mut w);
        assert!(sees(&w, "Too little to go on"), "{tab}");
    }
}
