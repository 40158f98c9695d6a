//! The sections of the form with how much of each is filled, and the legend of marks.

use egui::accesskit::Role;
use egui::{Align2, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::data::{Facts, of_all, title};
use super::field::Mark;
use crate::framework::template::template;
use crate::ui::locale;
use crate::ui::theme::{self, Theme, Tone, Type, corner, icons};
use crate::ui::widgets::paint;

/// Height of a section's row.
const ROW: f32 = 44.0;
/// Height of a line of the legend.
const LINE: f32 = 22.0;

/// Draws the list into a card; the section that was chosen.
pub(super) fn show(ui: &mut Ui, facts: &Facts, chosen: usize) -> Option<usize> {
    let t = theme::of(ui);
    let area = ui.available_rect_before_wrap();
    head(ui, t, facts);
    let legend = 3.0 * LINE + t.space().x3;
    let rows = Rect::from_min_max(pos2(area.left(), ui.cursor().top()), area.max - vec2(0.0, legend));
    let mut list = ui.new_child(egui::UiBuilder::new().max_rect(rows).id_salt("sections"));
    list.spacing_mut().item_spacing.y = 0.0;
    let mut picked = None;
    ScrollArea::vertical().auto_shrink(false).show(&mut list, |ui| {
        for at in 0..template().sections.len() {
            if row(ui, t, facts, at, at == chosen) {
                picked = Some(at);
            }
        }
    });
    let foot = Rect::from_min_max(pos2(area.left(), area.bottom() - legend), area.max);
    marks(ui, t, facts, foot);
    picked
}

fn head(ui: &mut Ui, t: &Theme, facts: &Facts) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().normal), Sense::hover());
    let (some, all) = of_all(facts.filled_all());
    let words = format!("{some} of {all} filled");
    let inner = rect.shrink2(vec2(t.space().x2, 0.0));
    let font = t.font(Type::Caption);
    let right = Align2::RIGHT_CENTER;
    let end = paint::text(ui.painter(), inner.right_center(), right, &words, font, t.text.subdued);
    let place = inner.with_max_x(end.left());
    paint::text_in(ui.painter(), place, Align2::LEFT_CENTER, "Sections", t.font(Type::Emphasis), t.text.strong);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Sections, {words}")));
}

fn row(ui: &mut Ui, t: &Theme, facts: &Facts, at: usize, on: bool) -> bool {
    let Some(section) = template().sections.get(at) else { return false };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let (some, all) = of_all(facts.filled(at));
    let disputed = facts.is_disputed(section);
    let doubt = if disputed { ", two places disagree" } else { "" };
    let name = title(section);
    let said = format!("{name}, {some} of {all}{doubt}");
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, &said));
    if on || response.hovered() {
        let fill = if on { t.surface.selected } else { t.surface.hover };
        ui.painter().rect_filled(rect, corner(t.radius().medium), fill);
    }
    let inner = rect.shrink2(vec2(t.space().x3, 5.0));
    let line = Rect::from_min_size(inner.min, vec2(inner.width(), t.line(Type::Body)));
    let mark = if disputed { t.icon().small + t.space().x1 } else { 0.0 };
    let ink = if on { t.accent.text } else { t.text.strong };
    let place = line.with_max_x(line.right() - mark);
    let (words, cut) = paint::text_in(ui.painter(), place, Align2::LEFT_CENTER, &name, t.font(Type::Label), ink);
    if disputed {
        let centre = pos2(words.right() + t.space().x1 + t.icon().small / 2.0, line.center().y);
        paint::icon(ui.painter(), centre, icons::WARNING, t.icon().small - 2.0, t.tone(Tone::Warning).mark);
    }
    let count = format!("{some}/{all}");
    let y = line.bottom() + 7.0;
    let font = t.font(Type::Caption);
    paint::text(ui.painter(), pos2(inner.right(), y), Align2::RIGHT_CENTER, count, font, t.text.subdued);
    let bar = Rect::from_min_max(pos2(inner.left(), y - 2.0), pos2(inner.right() - 48.0, y + 2.0));
    let fill = if some == all { t.tone(Tone::Good).mark } else { t.accent.base };
    paint::bar(ui.painter(), bar, some as f32 / all.max(1) as f32, fill, t.surface.raised);
    paint::focus_ring(ui, t, rect.shrink(3.0), t.radius().medium, &response);
    let clicked = response.clicked();
    if cut {
        response.on_hover_text(name);
    }
    clicked
}

/// What the marks mean, and how many fields bear each.
fn marks(ui: &mut Ui, t: &Theme, facts: &Facts, area: Rect) {
    ui.painter().hline(area.x_range(), area.top(), t.hairline(t.border.subtle));
    let filled = facts.filled_all();
    let all = [(Mark::Data, filled.data), (Mark::Typed, filled.typed), (Mark::Open, filled.open)];
    let top = area.top() + t.space().x2;
    for (n, (mark, count)) in all.into_iter().enumerate() {
        let at = pos2(area.left(), top + n as f32 * LINE);
        let rect = Rect::from_min_size(at, vec2(area.width(), LINE)).shrink2(vec2(t.space().x2, 0.0));
        let side = t.icon().small;
        mark.paint(ui, t, pos2(rect.left() + side / 2.0, rect.center().y));
        let words = pos2(rect.left() + side + t.space().x2, rect.center().y);
        let font = t.font(Type::Caption);
        paint::text(ui.painter(), words, Align2::LEFT_CENTER, mark.name(), font.clone(), t.text.normal);
        let number = locale::count(count as u64);
        let response = ui.interact(rect, ui.scope_id().with(mark.name()), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}: {number} fields", mark.name())));
        paint::text(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, number, font, t.text.normal);
    }
}
