//! The designed states of a panel besides the filled one: empty, working, too little data, failed.

use egui::{Align, Layout, Rect, Response, Sense, Ui, UiBuilder, pos2, vec2};

use super::button::Button;
use super::paint;
use super::text::{icon, remark, say, say_in};
use crate::model::figure::TooLittle;
use crate::ui::locale::{self, count};
use crate::ui::theme::{self, Icon, Tone, Type, icons};

/// Nothing here yet: icon, one sentence, one line, one button. Returns the button's response.
pub fn empty(ui: &mut Ui, picture: Icon, sentence: &str, line: &str, button: Button<'_>) -> Response {
    let t = theme::of(ui);
    let height = t.icon().hero + t.line(Type::Section) + t.line(Type::Body) + t.row().button + 4.0 * t.space().x2;
    ui.add_space(((ui.available_height() - height) / 2.0).max(t.space().x6));
    ui.vertical_centered(|ui| {
        icon(ui, picture, t.icon().hero, t.text.subdued);
        ui.add_space(t.space().x1);
        say(ui, Type::Section, sentence);
        remark(ui, line);
        ui.add_space(t.space().x1);
        ui.add(button)
    })
    .inner
}

/// How far work has come.
#[derive(Debug, Clone, Default)]
pub struct Step {
    /// What is being done.
    pub words: String,
    /// Done units and all of them; 0 = unknown.
    pub done: (u64, u64),
    /// Seconds so far.
    pub seconds: f32,
    /// What a unit is, for the pace: "rows". Empty = no pace is shown.
    pub unit: &'static str,
}

impl Step {
    fn share(&self) -> Option<f32> {
        (self.done.1 > 0).then(|| (self.done.0 as f64 / self.done.1 as f64).min(1.0) as f32)
    }

    fn pace(&self) -> String {
        let mut words = format!("{} s so far", locale::number(f64::from(self.seconds), 1));
        if let Some(share) = self.share()
            && share > 0.02
            && self.seconds > 1.0
        {
            let left = (self.seconds / share - self.seconds).ceil();
            words.push_str(&format!(", about {left:.0} s left"));
        }
        if !self.unit.is_empty() && self.seconds > 0.2 {
            let rate = (self.done.0 as f64 / f64::from(self.seconds)) as u64;
            words = format!("{} {} · {} {}/s · {words}", count(self.done.0), self.unit, count(rate), self.unit);
        }
        words
    }
}

/// Work under way: step in words, percent, bar, pace, Cancel. Returns whether it is to be cancelled.
pub fn working(ui: &mut Ui, step: &Step, remark_below: &str) -> bool {
    let t = theme::of(ui);
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
    let height = t.line(Type::Body) + t.line(Type::Caption) + 3.0 * t.space().x1;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout).id_salt("cancel work"));
    let clicked = right.add(Button::new("Cancel").named("Cancel this work").key("Esc")).clicked();
    let end = right.min_rect().left() - t.space().x4;
    let line = Rect::from_min_max(rect.min, pos2(end, rect.top() + t.line(Type::Body)));
    let font = t.font(Type::Body);
    let painter = ui.painter();
    paint::text(painter, line.left_center(), egui::Align2::LEFT_CENTER, &step.words, font.clone(), t.text.strong);
    if let Some(share) = step.share() {
        let words = locale::percent(f64::from(share), 0);
        paint::text(painter, line.right_center(), egui::Align2::RIGHT_CENTER, words, font, t.text.normal);
    }
    let bar = Rect::from_min_size(pos2(rect.left(), line.bottom() + t.space().x1), vec2(line.width(), BAR));
    let response = ui.interact(bar, ui.scope_id().with("progress"), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::ProgressIndicator, true, &step.words));
    match step.share() {
        Some(share) => paint::bar(ui.painter(), bar, share, t.accent.base, t.surface.raised),
        None => unknown_bar(ui, bar),
    }
    let mut below = step.pace();
    if !remark_below.is_empty() {
        below = format!("{below}. {remark_below}");
    }
    let place = Rect::from_min_max(pos2(rect.left(), rect.bottom() - t.line(Type::Caption)), pos2(end, rect.bottom()));
    let font = t.font(Type::Caption);
    if paint::text_in(ui.painter(), place, egui::Align2::LEFT_CENTER, &below, font, t.text.subdued).1 {
        ui.interact(place, ui.scope_id().with("pace"), Sense::hover()).on_hover_text(below);
    }
    clicked || ui.input(|i| i.key_pressed(egui::Key::Escape))
}

/// Height of a progress bar.
const BAR: f32 = 6.0;

/// A bar that wanders, where nobody knows how much there is to do.
fn unknown_bar(ui: &Ui, bar: Rect) {
    let t = theme::of(ui);
    // With motion reduced it stands in the middle.
    let still = ui.style().animation_time == 0.0;
    let phase = if still { 0.5 } else { ((ui.input(|i| i.time) * 0.6) % 1.0) as f32 };
    let width = bar.width() * 0.25;
    let left = bar.left() + (bar.width() + width) * phase - width;
    paint::bar(ui.painter(), bar, 0.0, t.accent.base, t.surface.raised);
    let part = Rect::from_min_size(pos2(left, bar.top()), vec2(width, bar.height())).intersect(bar);
    paint::bar(ui.painter(), part, 1.0, t.accent.base, t.surface.raised);
}

/// Too little data: what is missing as a bar from have to need, and a way out.
pub fn too_little(ui: &mut Ui, sentence: &str, line: &str, missing: &TooLittle, button: Button<'_>) -> Response {
    let t = theme::of(ui);
    head(ui, icons::HOURGLASS, t.tone(Tone::Warning).mark, sentence, line);
    ui.add_space(t.space().x2);
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width().min(540.0), t.row().normal), Sense::hover());
    let font = t.font(Type::Body);
    let mut what = missing.what.to_owned();
    if let Some(first) = what.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    let said =
        paint::text(ui.painter(), row.left_center(), egui::Align2::LEFT_CENTER, what, font.clone(), t.text.strong);
    let left = (said.right() + t.space().x4).max(row.left() + 160.0);
    let bar = Rect::from_min_size(pos2(left, row.center().y - 4.0), vec2(200.0, 8.0));
    let share = if missing.need == 0 { 1.0 } else { missing.have as f32 / missing.need as f32 };
    paint::bar(ui.painter(), bar, share, t.tone(Tone::Warning).mark, t.surface.raised);
    let words = format!("{} of {}", count(missing.have), count(missing.need));
    let at = pos2(row.right() - t.space().x8, row.center().y);
    paint::text(ui.painter(), at, egui::Align2::RIGHT_CENTER, words, font, t.text.normal);
    let centre = pos2(row.right() - t.space().x2, row.center().y);
    paint::icon(ui.painter(), centre, icons::HOURGLASS, t.icon().small, t.tone(Tone::Warning).mark);
    ui.add_space(t.space().x3);
    ui.add(button)
}

/// What is to be said of a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The headline.
    pub title: String,
    /// What it concerns.
    pub about: String,
    /// What happened.
    pub happened: String,
    /// What is safe.
    pub safe: String,
    /// What to do.
    pub to_do: String,
}

impl Failure {
    /// As text for the clipboard.
    pub fn details(&self) -> String {
        format!("{}\n{}\n{}\n{}\n{}", self.title, self.about, self.happened, self.safe, self.to_do)
    }
}

/// Failed: what happened, what is safe, what to do. Buttons are drawn by `actions` before "Copy details".
pub fn failed(ui: &mut Ui, failure: &Failure, actions: impl FnOnce(&mut Ui)) {
    let t = theme::of(ui);
    head(ui, icons::ERROR, t.tone(Tone::Bad).mark, &failure.title, &failure.about);
    ui.add_space(t.space().x2);
    for (label, words) in
        [("What happened", &failure.happened), ("What is safe", &failure.safe), ("What to do", &failure.to_do)]
    {
        ui.horizontal_top(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(3.0 * t.space().x8, t.line(Type::Body)), Sense::hover());
            let font = t.font(Type::Caption);
            paint::text(ui.painter(), rect.left_center(), egui::Align2::LEFT_CENTER, label, font, t.text.subdued);
            ui.vertical(|ui| say(ui, Type::Body, words));
        });
    }
    ui.add_space(t.space().x2);
    ui.horizontal(|ui| {
        actions(ui);
        if ui.add(Button::new("Copy details").icon(icons::COPY)).clicked() {
            ui.ctx().copy_text(failure.details());
        }
    });
}

fn head(ui: &mut Ui, picture: Icon, colour: egui::Color32, sentence: &str, line: &str) {
    let t = theme::of(ui);
    ui.horizontal_top(|ui| {
        icon(ui, picture, t.icon().large, colour);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            say(ui, Type::Section, sentence);
            say_in(ui, Type::Body, t.text.subdued, line);
        });
    });
}

/// The old picture beneath at 45 per cent while a new one is computed.
pub fn dimmed<R>(ui: &mut Ui, stale: bool, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(UiBuilder::new().id_salt("dimmed"), |ui| {
        if stale {
            ui.set_opacity(0.45);
        }
        add(ui)
    })
    .inner
}
