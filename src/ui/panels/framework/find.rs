//! Finds a field by its name, its placeholder in the template, its group or its section.

use egui::accesskit::Role;
use egui::{Align2, Frame, Id, Key, Modal, Modifiers, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::data::{Facts, Spot, spot, spots};
use super::field::Mark;
use crate::framework::template::template;
use crate::ui::theme::{self, Theme, Type, corner, icons};
use crate::ui::widgets::{Field, hairline, paint, remark};

/// Where the window stands.
const TOP: f32 = 104.0;
const WIDTH: f32 = 560.0;

/// An open search.
#[derive(Default)]
pub(super) struct Find {
    typed: String,
    chosen: usize,
}

/// What came of a frame of it.
pub(super) enum Found {
    /// It stays open.
    Stay,
    /// It is closed.
    Closed,
    /// This field was meant.
    Field(Spot),
}

impl Find {
    /// Draws it over the window.
    pub fn show(&mut self, ui: &Ui, facts: &Facts) -> Found {
        let t = theme::of(ui);
        let frame = Frame::new()
            .fill(t.surface.overlay)
            .stroke(t.hairline(t.border.normal))
            .corner_radius(corner(t.radius().large))
            .shadow(t.overlay_shadow())
            .inner_margin(t.space().x3);
        let id = Id::unique("find a field");
        let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, TOP));
        let modal = Modal::new(id).area(area).frame(frame).backdrop_color(t.surface.scrim);
        let shown = modal.show(ui.ctx(), |ui| self.ui(ui, t, facts));
        match shown.inner {
            Some(spot) => Found::Field(spot),
            None if shown.should_close() => Found::Closed,
            None => Found::Stay,
        }
    }

    fn ui(&mut self, ui: &mut Ui, t: &Theme, facts: &Facts) -> Option<Spot> {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 2.0 * t.space().x6));
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let before = self.chosen;
        if pressed(Key::ArrowDown) {
            self.chosen += 1;
        }
        if pressed(Key::ArrowUp) {
            self.chosen = self.chosen.saturating_sub(1);
        }
        let width = ui.available_width();
        let field = Field::new("Find a field", width).hint("AOV, VIP_LTV, privacy, …").icon(icons::SEARCH);
        let response = field.id(Id::unique("find a field: text")).show(ui, &mut self.typed);
        if response.changed() {
            self.chosen = 0;
        }
        let found = fitting(&self.typed);
        self.chosen = self.chosen.min(found.len().saturating_sub(1));
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if !response.has_focus() && !entered && !ui.input(|input| input.key_pressed(Key::Escape)) {
            response.request_focus();
        }
        remark(ui, format!("{} of {} fields", found.len(), spots().count()));
        hairline(ui);
        let moved = before != self.chosen;
        let clicked = self.list(ui, t, facts, &found, moved);
        clicked.or(entered.then_some(self.chosen)).and_then(|n| found.get(n).copied())
    }

    fn list(&self, ui: &mut Ui, t: &Theme, facts: &Facts, found: &[Spot], moved: bool) -> Option<usize> {
        ui.spacing_mut().item_spacing.y = 0.0;
        let high = (ui.ctx().content_rect().height() - TOP - 4.0 * t.space().x8).clamp(120.0, 10.0 * t.row().palette);
        let mut clicked = None;
        ScrollArea::vertical().max_height(high).auto_shrink([false, true]).show(ui, |ui| {
            for (n, spot) in found.iter().enumerate() {
                let response = row(ui, t, facts, *spot, n == self.chosen);
                if moved && n == self.chosen {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    clicked = Some(n);
                }
            }
        });
        clicked
    }
}

fn row(ui: &mut Ui, t: &Theme, facts: &Facts, spot: Spot, chosen: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().palette), Sense::CLICK);
    let name = format!("{}: {}", spot.group.title, spot.field.label);
    response
        .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, format!("{name}, {}", spot.field.key)));
    if chosen || response.hovered() {
        let fill = if chosen { t.surface.selected } else { t.surface.hover };
        ui.painter().rect_filled(rect, corner(t.radius().medium), fill);
    }
    let side = t.icon().small;
    let mark = Mark::of(facts.field(&spot.field.key));
    mark.paint(ui, t, pos2(rect.left() + t.space().x2 + side / 2.0, rect.center().y));
    let ink = if chosen { t.accent.text } else { t.text.strong };
    let right = rect.right() - t.space().x2;
    let placeholder = pos2(right, rect.center().y);
    let font = t.font(Type::Caption);
    let end =
        paint::text(ui.painter(), placeholder, Align2::RIGHT_CENTER, &spot.field.key, font.clone(), t.text.subdued);
    let left = rect.left() + side + 2.0 * t.space().x2;
    let place = egui::Rect::from_min_max(pos2(left, rect.top()), pos2(end.left() - t.space().x2, rect.bottom()));
    let (title, _) = paint::text_in(ui.painter(), place, Align2::LEFT_CENTER, &name, t.font(Type::Label), ink);
    let place = place.with_min_x(title.right() + t.space().x2);
    let section = super::data::title(spot.section);
    if place.width() > 40.0 {
        paint::text_in(ui.painter(), place, Align2::LEFT_CENTER, &section, font, t.text.subdued);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Fields that a text means, the likeliest first; all where nothing is typed.
fn fitting(text: &str) -> Vec<Spot> {
    if text.trim().is_empty() {
        return spots().collect();
    }
    template().find(text).into_iter().filter_map(|place| spot(&place.field.key)).collect()
}
