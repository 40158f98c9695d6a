//! Sheets: the card, the page's header, hairlines between rows of a card.

use egui::{Frame, InnerResponse, Margin, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::text::{remark, say};
use crate::ui::theme::{self, Theme, Type, corner};

/// A white sheet with padding.
pub fn card<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let t = theme::of(ui);
    frame(t).inner_margin(Margin::same(t.space().x4 as i8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui)
    })
}

/// A white sheet whose content reaches its edges.
pub fn sheet<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let t = theme::of(ui);
    frame(t).show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui)
    })
}

/// A white sheet of a given place and size.
pub fn card_at<R>(ui: &mut Ui, rect: Rect, padding: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let t = theme::of(ui);
    ui.painter().add(frame(t).paint(rect));
    let inner = rect.shrink(padding);
    let mut child =
        ui.new_child(UiBuilder::new().max_rect(inner).id_salt(("card", rect.min.x as i32, rect.min.y as i32)));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    add(&mut child)
}

fn frame(t: &Theme) -> Frame {
    Frame::new().fill(t.surface.panel).stroke(t.hairline(t.border.normal)).corner_radius(corner(t.radius().large))
}

/// Title, one line below it, and actions to the right.
pub fn page_header(ui: &mut Ui, title: &str, line: &str, actions: impl FnOnce(&mut Ui)) {
    let t = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), t.shell().page_header), egui::Sense::hover());
    let right = UiBuilder::new()
        .max_rect(rect)
        .id_salt("page actions")
        .layout(egui::Layout::right_to_left(egui::Align::Center));
    let mut buttons = ui.new_child(right);
    actions(&mut buttons);
    // Words that do not fit beside the actions are cut, and whole in a hover.
    let place = rect.with_max_x(buttons.min_rect().left() - t.space().x2);
    let mut words = ui.new_child(UiBuilder::new().max_rect(place).id_salt("page header"));
    words.spacing_mut().item_spacing.y = 0.0;
    words.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
    say(&mut words, Type::Title, title);
    remark(&mut words, line);
    ui.add_space(t.shell().page_header_gap - ui.spacing().item_spacing.y);
}

/// What is too high scrolls; the bar stands `gap` wide beside the content, never over it.
pub fn scrolled<R>(ui: &mut Ui, gap: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let area = ui.available_rect_before_wrap();
    let whole = Rect::from_min_max(area.min, area.max + vec2(gap, 0.0));
    let mut outer = ui.new_child(UiBuilder::new().max_rect(whole).id_salt("scrolled"));
    let shown = ScrollArea::vertical().auto_shrink(false).show(&mut outer, |ui| {
        ui.set_max_width(area.width());
        add(ui)
    });
    ui.advance_cursor_after_rect(area);
    shown.inner
}

/// A hairline over the whole width, without space around it.
pub fn hairline(ui: &mut Ui) {
    let t = theme::of(ui);
    let rect = ui.available_rect_before_wrap();
    ui.painter().hline(rect.x_range(), rect.top(), t.hairline(t.border.subtle));
    ui.add_space(t.stroke().hairline);
}
