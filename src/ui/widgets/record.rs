//! Parts of a page on which a record is edited: cards in columns, with headings and rows.

use egui::Ui;

use super::button::icon_button;
use super::{card, paint, remark, say};
use crate::ui::theme::{self, Type, icons};

/// A small heading with buttons at the right.
pub fn heading(ui: &mut Ui, title: &str, line: &str, actions: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            say(ui, Type::Emphasis, title);
            if !line.is_empty() {
                remark(ui, line);
            }
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), actions);
    });
}

/// Two columns of cards, equally wide: `add` draws the left one first, then the right one.
pub fn halves(ui: &mut Ui, mut add: impl FnMut(&mut Ui, Side)) {
    let gap = theme::of(ui).shell().gutter;
    let area = ui.available_rect_before_wrap();
    let width = ((area.width() - gap) / 2.0).floor();
    let mut bottom = area.top();
    for (side, left) in [(Side::Left, area.left()), (Side::Right, area.right() - width)] {
        let rect = egui::Rect::from_min_max(egui::pos2(left, area.top()), egui::pos2(left + width, area.bottom()));
        let mut column = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt(side));
        column.spacing_mut().item_spacing.y = gap;
        add(&mut column, side);
        bottom = bottom.max(column.min_rect().bottom());
    }
    ui.advance_cursor_after_rect(area.with_max_y(bottom));
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

/// A card with rows as close as in a form.
pub fn form_card(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let close = theme::of(ui).space().x3;
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = close;
        add(ui);
    });
}

/// A name at the left and its value at the right, on one close line.
pub fn fact(ui: &mut Ui, name: &str, value: &str) -> egui::Response {
    let t = theme::of(ui);
    let size = egui::vec2(ui.available_width(), t.line(Type::Body) + 2.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, format!("{name}: {value}")));
    let font = t.font(Type::Label);
    let end = paint::text(ui.painter(), rect.right_center(), egui::Align2::RIGHT_CENTER, value, font, t.text.strong);
    let place = rect.with_max_x(end.left() - t.space().x2);
    let align = egui::Align2::LEFT_CENTER;
    let cut = paint::text_in(ui.painter(), place, align, name, t.font(Type::Body), t.text.subdued).1;
    if cut { response.on_hover_text(name) } else { response }
}

/// A button that takes something out of a list.
pub fn remove(ui: &mut Ui, what: &str) -> bool {
    icon_button(ui, icons::CLOSE, &format!("Remove {what}")).clicked()
}
