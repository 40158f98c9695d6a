//! A strip under the top bar while a copy for reading is open: what it is, and the way to a copy of one's own.

use egui::{Align, Layout, Panel, Ui};

use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::{Button, text};

/// Draws the strip where there is something to say.
pub fn show(cx: &mut Cx, ui: &mut Ui) {
    let Some(at) = cx.shop.as_ref().and_then(|shop| shop.facts.handed_over) else { return };
    let t = theme::of(ui);
    let info = t.tone(Tone::Info);
    let frame = egui::Frame::new().fill(info.tint);
    let height = t.row().button_small + 2.0 * t.space().x2;
    let panel = Panel::top("banner").exact_size(height).show_separator_line(false).frame(frame);
    panel.show(ui, |ui| {
        let rect = ui.max_rect();
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, t.hairline(t.border.normal));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add_space(t.space().x4);
            text::icon(ui, icons::LOCK, t.icon().normal, info.text);
            let words = format!("Copy for reading, handed over on {}", locale::day_of(at));
            text::say_in(ui, Type::Label, info.text, words);
            text::say_in(ui, Type::Body, info.text, "Everything can be looked at and exported, nothing changed");
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(t.space().x4);
                if ui.add(Button::outline("Save a copy of my own…").small()).clicked() {
                    cx.own_copy();
                }
            });
        });
    });
}
