//! Chips, segmented controls and the stepper.

use egui::accesskit::Role;
use egui::{Align2, Color32, Rect, Response, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::paint;
use crate::ui::theme::{self, Icon, Theme, Tone, Type, corner, icons};

fn chip_height(t: &Theme) -> f32 {
    t.space().x4 + t.space().x2 - 2.0
}

/// A small word on a fill.
pub fn chip(ui: &mut Ui, label: &str) -> Response {
    let t = theme::of(ui);
    draw(ui, label, None, t.surface.raised, t.text.normal)
}

/// A small word whose colour and icon carry a meaning.
pub fn tone_chip(ui: &mut Ui, label: &str, tone: Tone, icon: Option<Icon>) -> Response {
    let t = theme::of(ui);
    draw(ui, label, icon, t.tone(tone).tint, t.tone(tone).text)
}

/// How wide a chip becomes.
pub fn chip_width(ui: &Ui, label: &str, icon: bool) -> f32 {
    let t = theme::of(ui);
    let text = ui.painter().layout_no_wrap(label.to_owned(), t.font(Type::Caption), Color32::PLACEHOLDER).size().x;
    let icon = if icon { t.icon().small + t.space().x1 } else { 0.0 };
    (text + icon + 2.0 * (t.space().x2 - 1.0)).ceil()
}

fn draw(ui: &mut Ui, label: &str, icon: Option<Icon>, fill: Color32, ink: Color32) -> Response {
    let t = theme::of(ui);
    let size = vec2(chip_width(ui, label, icon.is_some()), chip_height(t));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, label));
    paint_chip(ui.painter(), t, rect, label, icon, (fill, ink));
    response
}

/// Paints a chip into a rectangle.
pub fn paint_chip(
    painter: &egui::Painter,
    t: &Theme,
    rect: Rect,
    label: &str,
    icon: Option<Icon>,
    (fill, ink): (Color32, Color32),
) {
    painter.rect_filled(rect, corner(t.radius().small), fill);
    let mut x = rect.left() + t.space().x2 - 1.0;
    if let Some(icon) = icon {
        paint::icon(painter, pos2(x + t.icon().small / 2.0, rect.center().y), icon, t.icon().small - 2.0, ink);
        x += t.icon().small + t.space().x1;
    }
    paint::text(painter, pos2(x, rect.center().y), Align2::LEFT_CENTER, label, t.font(Type::Caption), ink);
}

/// A chip that goes away when its × is chosen. Returns whether it was.
pub fn removable_chip(ui: &mut Ui, label: &str) -> bool {
    let t = theme::of(ui);
    let cross = t.icon().small;
    let size = vec2(chip_width(ui, label, false) + cross, chip_height(t));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = format!("Remove filter {label}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let fill = if response.hovered() { t.border.normal } else { t.surface.raised };
    paint_chip(ui.painter(), t, rect, label, None, (fill, t.text.normal));
    let centre = pos2(rect.right() - cross / 2.0 - 3.0, rect.center().y);
    paint::icon(ui.painter(), centre, icons::CLOSE, cross - 2.0, t.text.normal);
    paint::focus_ring(ui, t, rect, t.radius().small, &response);
    response.on_hover_text(name).clicked()
}

/// Two to five exclusive views. Returns whether the choice changed.
pub fn segmented<T: PartialEq + Copy>(ui: &mut Ui, name: &str, choices: &[(T, &str)], chosen: &mut T) -> bool {
    let t = theme::of(ui);
    let widths: Vec<f32> = choices.iter().map(|(_, word)| word_width(ui, t, word) + 2.0 * t.space().x3).collect();
    let size = vec2(widths.iter().sum::<f32>() + 4.0, t.row().nav);
    let (frame, group) = ui.allocate_exact_size(size, Sense::hover());
    group.widget_info(|| WidgetInfo::labeled(Role::RadioGroup, true, name));
    ui.painter().rect_filled(frame, corner(t.radius().medium), t.surface.raised);
    let mut x = frame.left() + 2.0;
    let mut changed = false;
    for ((value, word), width) in choices.iter().zip(widths) {
        let rect = Rect::from_min_size(pos2(x, frame.top() + 2.0), vec2(width, frame.height() - 4.0));
        x += width;
        let on = *value == *chosen;
        let response = ui.interact(rect, group.id.with(word), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, *word));
        if on {
            let radius = corner(t.radius().small);
            ui.painter().rect(rect, radius, t.surface.panel, t.hairline(t.border.normal), StrokeKind::Inside);
        }
        let ink = if on || response.hovered() { t.text.strong } else { t.text.normal };
        paint::text(ui.painter(), rect.center(), Align2::CENTER_CENTER, word, t.font(Type::Label), ink);
        paint::focus_ring(ui, t, rect, t.radius().small, &response);
        if response.clicked() && !on {
            *chosen = *value;
            changed = true;
        }
    }
    changed
}

fn word_width(ui: &Ui, t: &Theme, word: &str) -> f32 {
    ui.painter().layout_no_wrap(word.to_owned(), t.font(Type::Label), Color32::PLACEHOLDER).size().x
}

/// Steps of a flow: done, current, to come.
pub fn stepper(ui: &mut Ui, steps: &[&str], current: usize) {
    let t = theme::of(ui);
    let disc = t.space().x5 + 2.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = t.space().x2;
        for (i, step) in steps.iter().enumerate() {
            if i > 0 {
                let (rect, _) = ui.allocate_exact_size(vec2(t.space().x6, disc), Sense::hover());
                ui.painter().hline(rect.x_range(), rect.center().y, t.hairline(t.border.normal));
            }
            let (rect, response) = ui.allocate_exact_size(vec2(disc, disc), Sense::hover());
            let (state, words) = match i.cmp(&current) {
                std::cmp::Ordering::Less => (Disc::Done, "done"),
                std::cmp::Ordering::Equal => (Disc::Current, "current"),
                std::cmp::Ordering::Greater => (Disc::ToCome, "to come"),
            };
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Step {}: {step}, {words}", i + 1)));
            paint_disc(ui, t, rect, i, state);
            let ink = if i > current { t.text.subdued } else { t.text.strong };
            super::text::say_in(ui, if i == current { Type::Label } else { Type::Body }, ink, *step);
        }
    });
}

/// How far a step is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Disc {
    Done,
    Current,
    ToCome,
}

fn paint_disc(ui: &Ui, t: &Theme, rect: Rect, step: usize, state: Disc) {
    let painter = ui.painter();
    let radius = rect.width() / 2.0;
    if state == Disc::Done {
        painter.circle_filled(rect.center(), radius, t.tone(Tone::Good).tint);
        paint::icon(painter, rect.center(), icons::CHECK, t.icon().small - 2.0, t.tone(Tone::Good).text);
        return;
    }
    let (fill, ink) = match state {
        Disc::Current => (t.accent.base, t.accent.on),
        _ => (t.surface.raised, t.text.subdued),
    };
    painter.circle_filled(rect.center(), radius, fill);
    let number = (step + 1).to_string();
    paint::text(painter, rect.center(), Align2::CENTER_CENTER, number, t.font(Type::Caption), ink);
}

/// Parts of something that is edited in any order. Returns the part that was clicked.
pub fn steps(ui: &mut Ui, steps: &[&str], done: &[bool], current: usize) -> Option<usize> {
    let t = theme::of(ui);
    let disc = t.space().x5 + 2.0;
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = t.space().x2;
        for (i, step) in steps.iter().enumerate() {
            if i > 0 {
                let (rect, _) = ui.allocate_exact_size(vec2(t.space().x6, disc), Sense::hover());
                ui.painter().hline(rect.x_range(), rect.center().y, t.hairline(t.border.normal));
            }
            let size = vec2(disc + t.space().x2 + word_width(ui, t, step), disc);
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            let on = i == current;
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, *step));
            let circle = Rect::from_min_size(rect.min, vec2(disc, disc));
            let settled = done.get(i).copied().unwrap_or(false);
            let state = if on {
                Disc::Current
            } else if settled {
                Disc::Done
            } else {
                Disc::ToCome
            };
            paint_disc(ui, t, circle, i, state);
            let ink = if on || response.hovered() { t.text.strong } else { t.text.normal };
            let at = pos2(circle.right() + t.space().x2, rect.center().y);
            paint::text(ui.painter(), at, Align2::LEFT_CENTER, *step, t.font(Type::Label), ink);
            paint::focus_ring(ui, t, rect, t.radius().small, &response);
            if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
                chosen = Some(i);
            }
        }
    });
    chosen
}
