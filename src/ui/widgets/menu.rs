//! Menus: what pops up, and the rows in it.

use egui::accesskit::Role;
use egui::{Align2, Color32, Id, Key, Popup, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::paint;
use crate::ui::theme::{self, Icon, Type, corner, icons};

/// Opens a menu below what was chosen.
pub fn menu_of(response: &Response, add: impl FnOnce(&mut Ui)) {
    // Opened by key it goes on by key: the first line takes the focus.
    let by_key = response.clicked() && response.ctx.input(|i| i.key_pressed(Key::Enter) || i.key_pressed(Key::Space));
    if by_key {
        response.ctx.data_mut(|data| data.insert_temp(first_line(), ()));
    }
    let popup = Popup::menu(response).gap(theme::get(false).space().x1);
    let shown = popup.show(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        add(ui);
    });
    // Who goes on by Tab beyond the last line has left the menu.
    let ctx = &response.ctx;
    if let Some(menu) = shown.map(|shown| shown.response.rect)
        && let Some(focused) = ctx.memory(|memory| memory.focused()).filter(|id| *id != response.id)
        && ctx.read_response(focused).is_some_and(|focused| !menu.contains(focused.rect.center()))
    {
        Popup::close_id(ctx, Popup::default_response_id(response));
    }
}

/// Opens the menu of what has the keyboard, as Enter does on a button: its first line takes the focus.
pub fn open_by_key(response: &Response) {
    response.ctx.data_mut(|data| data.insert_temp(first_line(), ()));
    Popup::open_id(&response.ctx, Popup::default_response_id(response));
}

/// Where it is noted that the next line to be drawn takes the focus.
fn first_line() -> Id {
    Id::unique("first line of a menu")
}

/// A row of a menu. Closes the menu when chosen.
pub fn menu_item(ui: &mut Ui, label: &str, icon: Option<Icon>, key: Option<&str>, chosen: bool) -> Response {
    item(ui, label, icon, key, chosen, true)
}

/// A row of a menu that may be greyed out.
pub fn item(ui: &mut Ui, label: &str, icon: Option<Icon>, key: Option<&str>, chosen: bool, enabled: bool) -> Response {
    let t = theme::of(ui);
    let word = ui.painter().layout_no_wrap(label.to_owned(), t.font(Type::Body), Color32::PLACEHOLDER);
    let lead = icon.map_or(0.0, |_| t.icon().small + t.space().x2);
    let key_width = key.map_or(0.0, |key| {
        ui.painter().layout_no_wrap(key.to_owned(), t.font(Type::Caption), Color32::PLACEHOLDER).size().x + t.space().x6
    });
    let tick = if chosen { t.icon().small + t.space().x2 } else { 0.0 };
    let wanted = word.size().x + lead + key_width + tick + 2.0 * t.space().x3;
    // While the menu is measured a row is as wide as its words; then it fills the menu.
    let width = if ui.is_sizing_pass() { wanted } else { wanted.max(ui.available_width()) };
    let size = vec2(width.ceil(), t.row().nav);
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, enabled, chosen, label));
    if enabled && !ui.is_sizing_pass() && ui.data_mut(|data| data.remove_temp::<()>(first_line())).is_some() {
        response.request_focus();
    }
    let painter = ui.painter();
    if enabled && (response.hovered() || response.has_focus()) {
        painter.rect_filled(rect, corner(t.radius().small), t.surface.raised);
    }
    let ink = if enabled { t.text.strong } else { t.text.disabled };
    let mut x = rect.left() + t.space().x3;
    if let Some(icon) = icon {
        paint::icon(painter, pos2(x + t.icon().small / 2.0, rect.center().y), icon, t.icon().small, ink);
        x += lead;
    }
    paint::text(painter, pos2(x, rect.center().y), Align2::LEFT_CENTER, label, t.font(Type::Body), ink);
    let right = rect.right() - t.space().x3;
    if let Some(key) = key {
        let at = pos2(right, rect.center().y);
        paint::text(painter, at, Align2::RIGHT_CENTER, key, t.font(Type::Caption), t.text.subdued);
    } else if chosen {
        let centre = pos2(right - t.icon().small / 2.0, rect.center().y);
        paint::icon(painter, centre, icons::CHECK, t.icon().small, t.accent.text);
    }
    if response.clicked() {
        ui.close();
    }
    response
}

/// A hairline between groups of a menu.
pub fn menu_line(ui: &mut Ui) {
    let t = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(
        vec2(if ui.is_sizing_pass() { 1.0 } else { ui.available_width() }, 2.0 * t.space().x1 + 1.0),
        Sense::hover(),
    );
    ui.painter().hline(rect.x_range(), rect.center().y, t.hairline(t.border.subtle));
}
