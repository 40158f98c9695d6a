//! States of the page of sequences.

use super::*;

/// The framework's sequences over the sample shop, replayed.
pub fn sequences(w: &mut Window) {
    page(w, "Sequences");
    // The sample shop keeps what an earlier picture began.
    if let Some(begin) = w.query_by_label("Begin with the framework’s sequences") {
        begin.click();
        settle(w);
    }
    settle(w);
}

/// What stands below the first screen.
pub fn sequences_end(w: &mut Window, _: &Path) {
    sequences(w);
    w.hover_at(egui::pos2(900.0, 500.0));
    w.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -2_000.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Trackpad,
    });
    w.run_steps(20);
}

/// The editor of a sequence.
pub fn sequences_editor(w: &mut Window, _: &Path) {
    sequences(w);
    w.get_by_role_and_label(egui::accesskit::Role::RadioButton, "Sequence").click();
    w.run_steps(3);
}

/// The limits.
pub fn sequences_limits(w: &mut Window, _: &Path) {
    sequences(w);
    w.get_by_role_and_label(egui::accesskit::Role::RadioButton, "Limits").click();
    w.run_steps(3);
}
