//! A slider over whole numbers: drag, click, or arrow keys.

use std::ops::RangeInclusive;

use egui::accesskit::Role;
use egui::{Align2, EventFilter, Key, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::paint;
use crate::ui::theme::{self, Type, corner};

/// Diameter of the handle.
const HANDLE: f32 = 14.0;

/// Draws the slider with its value in words at the right. What is dragged is shown at once in `value`; the answer says
/// whether it has come to rest at another one, which is when something is to be computed.
pub fn slider(
    ui: &mut Ui,
    name: &str,
    width: f32,
    range: RangeInclusive<i32>,
    value: &mut i32,
    print: impl Fn(i32) -> String,
) -> bool {
    let t = theme::of(ui);
    let (from, to) = (*range.start(), *range.end());
    let words = [from, to, *value].map(&print);
    let font = t.font(Type::Body);
    let beside = words.iter().map(|words| paint::width(ui.painter(), words, font.clone())).fold(0.0, f32::max);
    let size = vec2(width + t.space().x3 + beside, t.row().field);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK | Sense::DRAG | Sense::FOCUSABLE);
    let track = Rect::from_center_size(pos2(rect.left() + width / 2.0, rect.center().y), vec2(width - HANDLE, 4.0));
    let id = response.id.with("held");
    let held: Option<i32> = ui.data(|d| d.get_temp(id));
    let before = *value;
    let mut settled = false;
    if let (true, Some(at)) = (response.dragged() || response.clicked(), response.interact_pointer_pos()) {
        let share = f64::from((at.x - track.left()) / track.width()).clamp(0.0, 1.0);
        *value = from + (share * f64::from(to - from)).round() as i32;
        response.request_focus();
        settled = response.clicked() && *value != before;
        if response.dragged() && held.is_none() {
            ui.data_mut(|d| d.insert_temp(id, before));
        }
    }
    if response.drag_stopped() {
        settled = held.is_some_and(|held| held != *value);
        ui.data_mut(|d| d.remove::<i32>(id));
    }
    if let Some(to) = by_key(ui, &response, *value) {
        *value = to.clamp(from, *range.end());
        settled = *value != before;
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, format!("{name}: {}", print(*value))));
    let share = (f64::from(*value - from) / f64::from((to - from).max(1))) as f32;
    let x = track.left() + share * track.width();
    ui.painter().rect_filled(track, corner(2.0), t.chart.bar_rest);
    ui.painter().rect_filled(track.with_max_x(x), corner(2.0), t.accent.base);
    let handle = Rect::from_center_size(pos2(x, track.center().y), vec2(HANDLE, HANDLE));
    let fill = if response.hovered() || response.dragged() { t.accent.hover } else { t.accent.base };
    let edge = egui::Stroke::new(t.stroke().series, t.surface.panel);
    ui.painter().circle(handle.center(), HANDLE / 2.0, fill, edge);
    paint::focus_ring(ui, t, handle, HANDLE / 2.0, &response);
    let at = pos2(rect.left() + width + t.space().x3, rect.center().y);
    paint::text(ui.painter(), at, Align2::LEFT_CENTER, print(*value), font, t.text.strong);
    response.on_hover_cursor(egui::CursorIcon::PointingHand);
    settled
}

/// Where keys put it.
fn by_key(ui: &Ui, response: &Response, value: i32) -> Option<i32> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key: Key| ui.input(|i| i.key_pressed(key));
    match () {
        () if pressed(Key::ArrowRight) => Some(value + 1),
        () if pressed(Key::ArrowLeft) => Some(value - 1),
        () if pressed(Key::PageUp) => Some(value + 7),
        () if pressed(Key::PageDown) => Some(value - 7),
        () => None,
    }
}
