//! The side drawer: what stands behind something, beside the page, which stays usable.

use egui::accesskit::Role;
use egui::{
    Area, CursorIcon, Frame, Id, Key, Margin, Modifiers, Order, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::button::icon_button;
use super::card::hairline;
use super::{paint, text};
use crate::ui::theme::{self, Type, corner, icons};

/// Greatest width that it can be dragged to.
const WIDEST: f32 = 720.0;

/// The part of the window that a drawer may lie over: between top bar and time rail.
pub fn place(ctx: &egui::Context) -> Rect {
    let t = theme::get(ctx.global_style().visuals.dark_mode);
    let mut within = ctx.content_rect();
    within.min.y += t.shell().top_bar;
    within.max.y -= t.shell().time_rail;
    within
}

/// A drawer about to be shown.
pub struct Drawer<'a> {
    /// What it is about.
    pub title: &'a str,
    /// A line below the title; may be empty.
    pub line: &'a str,
    /// The part of the window that it may lie over: between top bar and time rail.
    pub within: Rect,
    /// Whether its content scrolls; what holds a table of its own height does not.
    pub scrolls: bool,
}

impl Drawer<'_> {
    /// Draws it along the right edge. Returns whether it is to be closed: by its button or by Esc. The width that it
    /// was dragged to is kept while the program runs.
    pub fn show(&self, ctx: &egui::Context, add: impl FnOnce(&mut Ui)) -> bool {
        let t = theme::get(ctx.global_style().visuals.dark_mode);
        let id = Id::unique("drawer");
        let widest = WIDEST.min(self.within.width() - t.space().x8);
        let wanted: f32 = ctx.data(|d| d.get_temp(id)).unwrap_or(t.shell().drawer);
        let width = wanted.clamp(t.shell().drawer_min.min(widest), widest);
        let rect = Rect::from_min_max(pos2(self.within.right() - width, self.within.top()), self.within.max);
        let area =
            Area::new(id).order(Order::Middle).fixed_pos(rect.min).role(Role::Dialog).accessible_name(self.title);
        let round = t.radius().large as u8;
        let corners = egui::CornerRadius { nw: round, sw: round, ..egui::CornerRadius::ZERO };
        let frame = Frame::new()
            .fill(t.surface.overlay)
            .stroke(t.hairline(t.border.normal))
            .corner_radius(corners)
            .shadow(t.overlay_shadow());
        let mut closed = false;
        area.show(ctx, |ui| {
            frame.show(ui, |ui| {
                ui.set_min_size(rect.size() - vec2(2.0, 2.0));
                ui.set_max_size(rect.size() - vec2(2.0, 2.0));
                ui.spacing_mut().item_spacing.y = 0.0;
                closed = self.head(ui);
                hairline(ui);
                let padded = |ui: &mut Ui| {
                    let pad = Margin::same(t.space().x4 as i8);
                    Frame::new().inner_margin(pad).show(ui, |ui| {
                        ui.set_width(ui.available_width());
                        ui.spacing_mut().item_spacing.y = t.space().x2;
                        add(ui);
                    });
                };
                if self.scrolls {
                    ScrollArea::vertical().auto_shrink(false).show(ui, padded);
                } else {
                    padded(ui);
                }
            });
            edge(ui, rect, id);
        });
        // What lies over the drawer is closed first.
        let on_top = ctx.memory(|memory| memory.top_modal_layer().is_none());
        closed || (on_top && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)))
    }

    fn head(&self, ui: &mut Ui) -> bool {
        let t = theme::of(ui);
        let height = t.line(Type::Section) + t.line(Type::Body) + 2.0 * t.space().x3;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let inner = rect.shrink2(vec2(t.space().x4, t.space().x3));
        let mut words = ui.new_child(egui::UiBuilder::new().max_rect(inner).id_salt("drawer head"));
        words.spacing_mut().item_spacing.y = 0.0;
        text::say(&mut words, Type::Section, self.title);
        if !self.line.is_empty() {
            text::remark(&mut words, self.line);
        }
        let side = t.row().nav;
        let corner = Rect::from_min_size(pos2(rect.right() - side - t.space().x3, inner.top()), vec2(side, side));
        let mut place = ui.new_child(egui::UiBuilder::new().max_rect(corner).id_salt("drawer close"));
        icon_button(&mut place, icons::CLOSE, "Close the drawer").clicked()
    }
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
        ui.painter().rect_filled(line, corner(0.0), t.accent.base);
    }
    paint::focus_ring(ui, t, grip, 0.0, &response);
    response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
}
