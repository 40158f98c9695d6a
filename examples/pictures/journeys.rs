//! States of the journey, attribution and claims.

use egui_kittest::kittest::Queryable as _;

use super::*;

fn press(w: &mut Window, name: &str) {
    w.get_by_role_and_label(egui::accesskit::Role::Button, name).click();
    w.run_steps(4);
    settle(w);
}

pub fn tab(w: &mut Window, name: &str) {
    page(w, "Journey");
    settle(w);
    w.get_by_role_and_label(egui::accesskit::Role::RadioButton, name).click();
    w.run_steps(4);
    settle(w);
}

pub fn matrix(w: &mut Window, _: &Path) {
    page(w, "Journey");
    settle(w);
}

pub fn cell(w: &mut Window, folder: &Path) {
    matrix(w, folder);
    w.get_by_label_contains("Shipping preferences: ").click();
    w.run_steps(4);
    settle(w);
}

pub fn lanes(w: &mut Window, folder: &Path) {
    matrix(w, folder);
    press(w, "Needs and pains");
}

pub fn table(w: &mut Window, folder: &Path) {
    matrix(w, folder);
    press(w, "Edit as table");
    w.get_by_label("Touchpoints, arrow keys choose a cell").focus();
    w.run_steps(2);
    w.key_press(Key::ArrowRight);
    w.run_steps(2);
    w.key_press(Key::ArrowDown);
    w.run_steps(3);
}

pub fn revenue(w: &mut Window, folder: &Path) {
    matrix(w, folder);
    w.get_by_role_and_label(egui::accesskit::Role::RadioButton, "Revenue").click();
    w.run_steps(4);
}

pub fn funnel(w: &mut Window, _: &Path) {
    tab(w, "Funnel");
    w.get_by_role_and_label(egui::accesskit::Role::RadioButton, "Channel").click();
    w.run_steps(4);
    settle(w);
}

fn attribution(w: &mut Window) {
    page(w, "Attribution");
    settle(w);
}

pub fn channel(w: &mut Window, _: &Path) {
    attribution(w);
    w.get_by_role_and_label(egui::accesskit::Role::Row, "E-mail").click();
    w.run_steps(4);
}

pub fn transitions(w: &mut Window, _: &Path) {
    attribution(w);
    w.get_by_role_and_label(egui::accesskit::Role::RadioButton, "From channel to channel").click();
    w.run_steps(4);
    w.hover_at(egui::pos2(800.0, 700.0));
    w.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -600.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Trackpad,
    });
    w.run_steps(30);
    settle(w);
}

pub fn names(w: &mut Window, _: &Path) {
    attribution(w);
    press(w, "Channel names…");
}
