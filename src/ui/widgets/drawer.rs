//! The side drawer: what stands behind something, beside the page, which stays usable.

use egui::accesskit::Role;
use egui::{
    Align, Area, Context, CursorIcon, Id, Key, Layout, Modifiers, Order, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use super::button::icon_button;
use super::text::say;
use crate::ui::theme::{self, Type, icons};

/// Greatest width that it can be dragged to.
const WIDEST: f32 = 720.0;

/// A drawer about to be shown.
pub struct Drawer<'a> {
    /// Its name for screen readers.
    pub name: &'a str,
    /// The part of the window that it may lie over: between top bar and time rail.
    pub within: Rect,
    /// Whether Esc closes it: not while something lies above it.
    pub esc: bool,
}

impl Drawer<'_> {
    /// Draws it along the right edge, its content within the padding. Returns whether it is to be closed: `add` says
    /// so, or Esc was pressed. The width that it was dragged to is kept while the program runs.
    pub fn show(&self, ctx: &Context, add: impl FnOnce(&mut Ui) -> bool) -> bool {
        let t = theme::get(ctx.global_style().visuals.dark_mode);
        let id = Id::unique("drawer");
        let widest = WIDEST.min(self.within.width() - t.space().x8);
        let wanted: f32 = ctx.data(|d| d.get_temp(id)).unwrap_or(t.shell().drawer);
        let width = wanted.clamp(t.shell().drawer_min.min(widest), widest);
        let rect = Rect::from_min_max(pos2(self.within.right() - width, self.within.top()), self.within.max);
        let mut close = self.esc && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        let area = Area::new(id).order(Order::Middle).fixed_pos(rect.min).constrain(false);
        area.show(ctx, |ui| {
            ui.painter().add(t.overlay_shadow().as_shape(rect, 0.0));
            ui.painter().rect_filled(rect, 0.0, t.surface.panel);
            ui.painter().vline(rect.left() + 0.5, rect.y_range(), t.hairline(t.border.normal));
            let builder = UiBuilder::new().max_rect(rect.shrink(t.space().x4)).accessibility_role(Role::Complementary);
            let mut content = ui.new_child(builder.accessibility_label(self.name));
            content.set_clip_rect(rect);
            close |= add(&mut content);
            edge(ui, rect, id);
            ui.advance_cursor_after_rect(rect);
        });
        close
    }
}

/// The first line of a drawer: its title, and the button that closes it. Returns whether that was pressed.
pub fn head(ui: &mut Ui, title: &str, close: &str) -> bool {
    let t = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().field), Sense::hover());
    let layout = Layout::left_to_right(Align::Center);
    let mut words = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout).id_salt("title"));
    say(&mut words, Type::Section, title);
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout).id_salt("close"));
    icon_button(&mut right, icons::CLOSE, close).clicked()
}

/// The left edge, which can be dragged.
fn edge(ui: &Ui, rect: Rect, id: Id) {
    let t = theme::of(ui);
    let grip = Rect::from_min_max(rect.min - vec2(2.0, 0.0), pos2(rect.left() + 4.0, rect.bottom()));
    let response = ui.interact(grip, id.with("edge"), Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, "Width of the drawer"));
    if let (true, Some(at)) = (response.dragged(), response.interact_pointer_pos()) {
        ui.data_mut(|d| d.insert_temp(id, rect.right() - at.x));
    }
    if response.hovered() || response.dragged() {
        let line = Rect::from_min_size(rect.min, vec2(t.stroke().series, rect.height()));
        ui.painter().rect_filled(line, 0.0, t.accent.base);
    }
    response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
}
