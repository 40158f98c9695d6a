//! The bar that says where two places of the form disagree, and the way to both.

use egui::accesskit::Role;
use egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::framework::state::Contradiction;
use crate::ui::theme::{self, Theme, Tone, Type, icons};
use crate::ui::widgets::{Button, icon_button, paint};

/// Height of the bar: two lines of words.
pub(super) fn height(t: &Theme) -> f32 {
    2.0 * t.line(Type::Body) + 2.0 * t.space().x2
}

/// What the bar asks for.
pub(super) enum Act {
    /// Show both places of the contradiction.
    Both,
    /// Back to the section.
    Back,
    /// Another contradiction.
    Next,
}

/// Draws the bar of one contradiction among all.
pub(super) fn show(ui: &mut Ui, all: &[Contradiction], at: usize, both: bool, area: Rect) -> Option<Act> {
    let one = all.get(at)?;
    let t = theme::of(ui);
    let tone = t.tone(Tone::Warning);
    let round = t.radius().large as u8;
    let corners = egui::CornerRadius { sw: round, se: round, ..egui::CornerRadius::ZERO };
    ui.painter().rect_filled(area.shrink(0.5), corners, tone.tint);
    let inner = area.shrink2(vec2(t.space().x4, t.space().x2));
    let centre = pos2(inner.left() + t.icon().normal / 2.0, inner.center().y);
    paint::icon(ui.painter(), centre, icons::WARNING, t.icon().normal, tone.mark);
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout).id_salt("both places"));
    let mut act = None;
    let (words, done) = if both { ("Back to the section", Act::Back) } else { ("Show both", Act::Both) };
    if right.add(Button::outline(words)).clicked() {
        act = Some(done);
    }
    if all.len() > 1 && icon_button(&mut right, icons::CHEVRON_RIGHT, "Next place where two disagree").clicked() {
        act = Some(Act::Next);
    }
    let left = inner.left() + t.icon().normal + t.space().x3;
    let place =
        Rect::from_min_max(pos2(left, inner.top()), pos2(right.min_rect().left() - t.space().x3, inner.bottom()));
    let head = if one.fields.len() == 2 { "Two places disagree" } else { "Places disagree" };
    let head = if all.len() > 1 { format!("{head} ({} of {})", at + 1, all.len()) } else { head.to_owned() };
    let response = ui.interact(place, ui.scope_id().with("two places disagree"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Note, true, format!("{head}: {}", one.sentence)));
    let mut job = egui::text::LayoutJob::default();
    let format = |font, ink| egui::TextFormat::simple(font, ink);
    job.append(&head, 0.0, format(t.strong_font(Type::Body), t.text.strong));
    job.append(&one.sentence, t.space().x2, format(t.font(Type::Body), t.text.normal));
    job.wrap.max_width = place.width();
    job.wrap.max_rows = 2;
    let galley = ui.painter().layout_job(job);
    let elided = galley.elided;
    let top = place.center().y - galley.size().y / 2.0;
    ui.painter().galley(pos2(place.left(), top), galley, t.text.normal);
    if elided {
        response.on_hover_text(&one.sentence);
    }
    act
}
