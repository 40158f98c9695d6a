//! States of KPIs, ROI and value, and forecasts.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::*;

fn scroll(w: &mut Window, by: f32) {
    w.hover_at(egui::pos2(900.0, 700.0));
    w.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -by),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Trackpad,
    });
    w.run_steps(30);
    settle(w);
}

fn press(w: &mut Window, name: &str) {
    w.get_by_role_and_label(Role::Button, name).click();
    w.run_steps(4);
    settle(w);
}

fn choose(w: &mut Window, shown: &str, name: &str) {
    w.get_by_role_and_label(Role::ComboBox, shown).click();
    w.run_steps(3);
    w.get_by_label(name).click();
    w.run_steps(4);
    settle(w);
}

pub fn catalogue(w: &mut Window, _: &Path) {
    page(w, "KPIs");
    scroll(w, 720.0);
}

pub fn metric(w: &mut Window, _: &Path) {
    page(w, "KPIs");
    scroll(w, 420.0);
    let table = w.get_by_role_and_label(Role::Table, "The framework’s KPIs");
    let cell = table.query_all_by_role(Role::Cell).next().map(|cell| cell.rect().center());
    if let Some(at) = cell {
        w.hover_at(at);
        w.run_steps(2);
        w.drag_at(at);
        w.drop_at(at);
        w.run_steps(4);
        settle(w);
    }
}

pub fn arrange(w: &mut Window, _: &Path) {
    page(w, "KPIs");
    press(w, "Arrange");
}

pub fn calculator(w: &mut Window, name: &str) {
    page(w, "ROI and value");
    choose(w, "Calculator: Marketing ROI", name);
}

pub fn technology(w: &mut Window, _: &Path) {
    page(w, "ROI and value");
    w.get_by_role_and_label(Role::ComboBox, "Calculator: Marketing ROI").click();
    w.run_steps(3);
    // The last of the calculators stands below the edge of the list.
    let at = w.get_by_label("Email programme").rect().center();
    w.hover_at(at);
    w.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -400.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Trackpad,
    });
    w.run_steps(30);
    w.get_by_label("Technology ROI").click();
    w.run_steps(4);
    settle(w);
}

pub fn roi_below(w: &mut Window, _: &Path) {
    page(w, "ROI and value");
    settle(w);
    scroll(w, 900.0);
}

pub fn compare(w: &mut Window, _: &Path) {
    page(w, "ROI and value");
    settle(w);
    press(w, "Compare scenarios");
}

pub fn own(w: &mut Window, _: &Path) {
    page(w, "ROI and value");
    choose(w, "Scenario: Framework example", "Your shop");
}

pub fn forecast_below(w: &mut Window, _: &Path) {
    page(w, "Forecast");
    scroll(w, 900.0);
}

pub fn tab(w: &mut Window, name: &str) {
    page(w, "Forecast");
    w.get_by_role_and_label(Role::RadioButton, name).click();
    w.run_steps(4);
    settle(w);
}
