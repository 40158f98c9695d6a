//! The navigation: one row per page of [`PANELS`], by group.

use std::sync::LazyLock;

use egui::accesskit::Role;
use egui::{Align2, Panel, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::cx::Cx;
use crate::ui::panels::{PANELS, PanelId, gallery};
use crate::ui::theme::{self, Icon, Type, corner, icons};
use crate::ui::widgets::paint;

/// Below this width only icons remain.
const NARROW: f32 = 1360.0;

/// The lowest row that can be read and hit.
const LEAST_ROW: f32 = 24.0;

/// Whether developers asked for the gallery.
static GALLERY: LazyLock<bool> = LazyLock::new(|| std::env::var_os(gallery::VARIABLE).is_some());

/// Draws the navigation.
pub fn show(cx: &mut Cx, ui: &mut Ui) {
    let t = theme::of(ui);
    let narrow = ui.ctx().content_rect().width() < NARROW;
    let width = if narrow { t.shell().nav_collapsed } else { t.shell().nav_width };
    let frame = egui::Frame::new().fill(t.surface.page);
    let panel = Panel::left("navigation").exact_size(width).resizable(false).show_separator_line(false).frame(frame);
    panel.show(ui, |ui| {
        let rect = ui.max_rect();
        ui.painter().vline(rect.right() - 0.5, rect.y_range(), t.hairline(t.border.normal));
        ui.spacing_mut().item_spacing.y = 0.0;
        let high = row_height(ui, cx);
        // What is too low for all pages scrolls.
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| pages(cx, ui, (narrow, high)));
    });
}

/// Height of a row, so that all pages fit where that is possible.
fn row_height(ui: &Ui, cx: &Cx) -> f32 {
    let t = theme::of(ui);
    let groups = PANELS.chunk_by(|a, b| a.group == b.group).count() as f32;
    let rows = PANELS.len() + usize::from(cx.customer.is_some()) + usize::from(*GALLERY);
    let room = ui.available_height() - groups * (caption_height(ui) + t.space().x2) - t.space().x2;
    (room / rows as f32).floor().clamp(LEAST_ROW, t.row().nav)
}

fn caption_height(ui: &Ui) -> f32 {
    let t = theme::of(ui);
    t.line(Type::Caption) + t.space().x1
}

fn pages(cx: &mut Cx, ui: &mut Ui, shape: (bool, f32)) {
    let t = theme::of(ui);
    let mut group = "";
    for panel in PANELS {
        if panel.group != group {
            ui.add_space(t.space().x2);
            group = panel.group;
            caption(ui, group, shape.0);
        }
        if row(ui, panel.title, panel.icon, cx.page == panel.id, shape) {
            cx.go(panel.id);
        }
        // Whoever is open stands below the list of customers.
        if let Some(open) = cx.customer.as_ref().filter(|_| panel.id == PanelId::Customers)
            && row(ui, &open.called, icons::PERSON, cx.page == PanelId::Customer, shape)
        {
            cx.go(PanelId::Customer);
        }
    }
    if *GALLERY && row(ui, "Gallery", icons::TABLE, cx.page == PanelId::Gallery, shape) {
        cx.go(PanelId::Gallery);
    }
}

fn caption(ui: &mut Ui, words: &str, narrow: bool) {
    let t = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), caption_height(ui)), Sense::hover());
    if narrow {
        let line = Rect::from_center_size(rect.center(), vec2(t.icon().normal, t.stroke().hairline));
        ui.painter().rect_filled(line, 0.0, t.border.normal);
        return;
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let at = pos2(rect.left() + t.space().x4, rect.center().y);
    paint::text(ui.painter(), at, Align2::LEFT_CENTER, words, t.font(Type::Caption), t.text.subdued);
}

fn row(ui: &mut Ui, title: &str, icon: Icon, current: bool, (narrow, high): (bool, f32)) -> bool {
    let t = theme::of(ui);
    let (whole, response) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::click());
    if response.has_focus() && !ui.clip_rect().contains_rect(whole) {
        ui.scroll_to_rect(whole, None);
    }
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, current, title));
    let rect = whole.shrink2(vec2(t.space().x2, 1.0));
    let fill = match (current, response.hovered()) {
        (true, _) => t.surface.selected,
        (_, true) => t.surface.raised,
        _ => t.surface.page,
    };
    ui.painter().rect_filled(rect, corner(t.radius().medium), fill);
    let ink = if current { t.accent.text } else { t.text.normal };
    let icon = if current { icon.filled() } else { icon };
    let x = if narrow { rect.center().x } else { rect.left() + t.space().x2 + t.icon().normal / 2.0 };
    paint::icon(ui.painter(), pos2(x, rect.center().y), icon, t.icon().normal, ink);
    if !narrow {
        let at = pos2(rect.left() + t.icon().normal + t.space().x4 + 2.0, rect.center().y);
        let words = if current { ink } else { t.text.strong };
        paint::text(ui.painter(), at, Align2::LEFT_CENTER, title, t.font(Type::Label), words);
    }
    paint::focus_ring(ui, t, rect, t.radius().medium, &response);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if narrow { response.on_hover_text(title).clicked() } else { response.clicked() }
}
