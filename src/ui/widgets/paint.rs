//! The smallest strokes: text, icons, focus and bars placed by hand.

use std::sync::Arc;

use egui::epaint::text::TextWrapping;
use egui::text::LayoutJob;
use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Response, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::ui::theme::{Icon, Theme, corner};

/// Paints one line of text; says where it went.
pub fn text(painter: &Painter, at: Pos2, anchor: Align2, text: impl ToString, font: FontId, colour: Color32) -> Rect {
    painter.text(at, anchor, text, font, colour)
}

/// How wide one line of text is.
pub fn width(painter: &Painter, words: &str, font: FontId) -> f32 {
    painter.layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER).size().x
}

/// Paints one line of text that stands for itself, so that screen readers find it too.
pub fn label(ui: &Ui, at: Pos2, anchor: Align2, words: &str, font: FontId, colour: Color32) -> Rect {
    let rect = text(ui.painter(), at, anchor, words, font, colour);
    let id = ui.scope_id().with(("label", words));
    let response = ui.interact(rect, id, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, words));
    rect
}

/// Lays out one line, cut with "…" where it is wider than `width`.
pub fn cut(painter: &Painter, text: impl Into<String>, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.into(), font, colour);
    job.wrap = TextWrapping::truncate_at_width(width);
    painter.layout_job(job)
}

/// Paints one line within `rect`, cut where it does not fit. Says where it went and whether it was cut.
pub fn text_in(
    painter: &Painter,
    rect: Rect,
    anchor: Align2,
    text: &str,
    font: FontId,
    colour: Color32,
) -> (Rect, bool) {
    let galley = cut(painter, text, font, colour, rect.width());
    let place = anchor.align_size_within_rect(galley.size(), rect);
    let elided = galley.elided;
    painter.galley(place.min, galley, colour);
    (place, elided)
}

/// Paints an icon centred on a point.
pub fn icon(painter: &Painter, centre: Pos2, icon: Icon, size: f32, colour: Color32) {
    let galley = painter.layout_no_wrap(icon.codepoint.to_owned(), FontId { size, family: icon.font_family() }, colour);
    let place = Align2::CENTER_CENTER
        .align_size_within_rect(galley.mesh_bounds.size(), Rect::from_center_size(centre, vec2(size, size)));
    painter.galley(place.min - galley.mesh_bounds.min.to_vec2(), galley, colour);
}

/// The ring around what the keyboard is on: a gap, then the ring, both outside the shape.
pub fn focus_ring(ui: &Ui, t: &Theme, rect: Rect, radius: f32, response: &Response) {
    if response.has_focus() {
        ring(ui.painter(), t, rect, radius);
    }
}

/// A focus ring without asking whether there is focus.
pub fn ring(painter: &Painter, t: &Theme, rect: Rect, radius: f32) {
    let (gap, width) = (t.stroke().focus_gap, t.stroke().focus);
    painter.rect_stroke(rect, corner(radius), Stroke::new(gap, t.focus.gap), StrokeKind::Outside);
    painter.rect_stroke(rect.expand(gap), corner(radius + gap), Stroke::new(width, t.focus.ring), StrokeKind::Outside);
}

/// A thin bar that is filled up to `share` (0–1).
pub fn bar(painter: &Painter, rect: Rect, share: f32, fill: Color32, rest: Color32) {
    let radius = corner(rect.height() / 2.0);
    painter.rect_filled(rect, radius, rest);
    if share > 0.0 {
        let width = (rect.width() * share.min(1.0)).max(rect.height());
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(width, rect.height())), radius, fill);
    }
}

/// A rectangle with a dashed outline.
pub fn dashed_rect(painter: &Painter, rect: Rect, radius: f32, stroke: Stroke, dash: f32, gap: f32) {
    painter.extend(egui::Shape::dashed_line(&rounded_outline(rect, radius), stroke, dash, gap));
}

fn rounded_outline(rect: Rect, radius: f32) -> Vec<Pos2> {
    const STEPS: usize = 6;
    let corners = [
        (pos2(rect.right() - radius, rect.top() + radius), -90.0_f32),
        (pos2(rect.right() - radius, rect.bottom() - radius), 0.0),
        (pos2(rect.left() + radius, rect.bottom() - radius), 90.0),
        (pos2(rect.left() + radius, rect.top() + radius), 180.0),
    ];
    let mut points: Vec<Pos2> = corners
        .iter()
        .flat_map(|&(centre, from)| {
            (0..=STEPS).map(move |step| {
                let angle = (from + 90.0 * step as f32 / STEPS as f32).to_radians();
                centre + radius * vec2(angle.cos(), angle.sin())
            })
        })
        .collect();
    points.extend(points.first().copied());
    points
}

/// The dotted line under a figure.
pub fn dotted(painter: &Painter, t: &Theme, from: Pos2, width: f32) {
    let (dot, gap) = (t.stroke().hairline, 2.0 * t.stroke().hairline);
    let mut x = from.x.round();
    while x + dot <= from.x + width {
        // A line keeps its pixel; a rectangle of that size is blurred away.
        painter.hline(x..=x + dot, from.y.round() + dot / 2.0, t.hairline(t.chart.axis));
        x += dot + gap;
    }
}
