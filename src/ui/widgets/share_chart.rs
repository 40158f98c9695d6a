//! Two stacked bars of the same parts, joined by bands: how shares of one thing become shares of another.

use egui::accesskit::Role;
use egui::{Align2, Color32, Painter, Pos2, Rect, Sense, Shape, Ui, WidgetInfo, pos2, vec2};

use super::figure::percent;
use super::paint;
use crate::ui::theme::{self, Theme, Type, corner};

/// A part of both bars.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name below the lower bar.
    pub name: String,
    /// Its colour.
    pub colour: Color32,
    /// Its share of the upper bar, 0–1.
    pub above: f64,
    /// Its share of the lower bar, 0–1.
    pub below: f64,
}

/// Height of a bar where there is room, and the least.
const BAR: std::ops::RangeInclusive<f32> = 18.0..=58.0;
const GAP: f32 = 2.0;

/// Draws the chart in the space that is left. `names` are those of the upper and the lower bar.
pub fn share_chart(ui: &mut Ui, names: [&str; 2], parts: &[Part]) {
    let t = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, summary(names, parts)));
    let painter = ui.painter_at(rect);
    let line = t.line(Type::Caption);
    let left = rect.left() + 3.0 * t.space().x8;
    let right = rect.right() - t.space().x5;
    // Two bars and the bands between them share what the labels leave, as 2 to 3.
    let room = rect.height() - 3.0 * line - t.space().x2;
    let tall = (room * 0.29).clamp(*BAR.start(), *BAR.end()).round();
    let flow = (room - 2.0 * tall).clamp(t.space().x5, 1.5 * tall).round();
    let top = Rect::from_min_size(pos2(left, rect.top() + line + 2.0), vec2(right - left, tall));
    let bottom = top.translate(vec2(0.0, tall + flow));
    for (name, bar) in names.iter().zip([top, bottom]) {
        let at = pos2(rect.left(), bar.center().y);
        paint::text(&painter, at, Align2::LEFT_CENTER, name, t.font(Type::Body), t.text.strong);
    }
    let above = stretches(top, parts.iter().map(|p| p.above));
    let below = stretches(bottom, parts.iter().map(|p| p.below));
    for ((part, a), b) in parts.iter().zip(&above).zip(&below) {
        if part.below > 0.0 && part.above > 0.0 {
            band(&painter, t, *a, *b, part.colour);
        }
    }
    for ((part, a), b) in parts.iter().zip(&above).zip(&below) {
        for bar in [a, b] {
            if bar.width() > 0.0 {
                painter.rect_filled(*bar, corner(3.0), part.colour);
            }
        }
    }
    labels_above(&painter, t, parts, &above);
    labels_below(&painter, t, parts, &below);
    without_revenue(&painter, t, names[1], parts, &above);
}

fn summary(names: [&str; 2], parts: &[Part]) -> String {
    let one = |part: &Part| {
        let (above, below) = (percent(part.above), percent(part.below));
        format!("{} {above} of {} and {below} of {}", part.name, names[0].to_lowercase(), names[1].to_lowercase())
    };
    parts.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Cuts a bar into its parts, pixel-snapped, with gaps between.
fn stretches(bar: Rect, shares: impl Iterator<Item = f64>) -> Vec<Rect> {
    let mut at = 0.0_f64;
    let x = |share: f64| (bar.left() + share as f32 * bar.width()).round();
    shares
        .map(|share| {
            let (from, to) = (x(at), x((at + share).min(1.0)));
            at += share;
            let to = if to >= bar.right() - 1.0 { to } else { to - GAP };
            Rect::from_min_max(pos2(from, bar.top()), pos2(to.max(from), bar.bottom()))
        })
        .collect()
}

fn band(painter: &Painter, t: &Theme, above: Rect, below: Rect, colour: Color32) {
    let fill = t.surface.panel.lerp_to_gamma(colour, t.chart.band_alpha);
    let corners: Vec<Pos2> = vec![above.left_bottom(), above.right_bottom(), below.right_top(), below.left_top()];
    painter.add(Shape::convex_polygon(corners, fill, egui::Stroke::NONE));
}

fn labels_above(painter: &Painter, t: &Theme, parts: &[Part], bars: &[Rect]) {
    let mut free_from = f32::NEG_INFINITY;
    for (part, bar) in parts.iter().zip(bars) {
        let words = percent(part.above);
        let galley = painter.layout_no_wrap(words, t.font(Type::Caption), t.text.strong);
        let left = bar.center().x - galley.size().x / 2.0;
        if part.above > 0.0 && left >= free_from {
            free_from = left + galley.size().x + t.space().x1;
            painter.galley(pos2(left, bar.top() - t.line(Type::Caption)), galley, t.text.strong);
        }
    }
}

fn labels_below(painter: &Painter, t: &Theme, parts: &[Part], bars: &[Rect]) {
    let mut free_from = f32::NEG_INFINITY;
    for (part, bar) in parts.iter().zip(bars) {
        if part.below <= 0.0 {
            continue;
        }
        let value = painter.layout_no_wrap(percent(part.below), t.font(Type::Caption), t.text.strong);
        let name = painter.layout_no_wrap(part.name.clone(), t.font(Type::Caption), t.text.subdued);
        let left = bar.center().x - value.size().x / 2.0;
        if left < free_from {
            continue;
        }
        let named = name.size().x <= bar.width().max(value.size().x + t.space().x2);
        let half = if named { name.size().x.max(value.size().x) } else { value.size().x } / 2.0;
        free_from = bar.center().x + half + t.space().x1;
        let y = bar.bottom() + 3.0;
        painter.galley(pos2(left, y), value, t.text.strong);
        if named {
            let at = pos2(bar.center().x - name.size().x / 2.0, y + t.line(Type::Caption) - 1.0);
            painter.galley(at, name, t.text.subdued);
        }
    }
}

/// Says under the upper bar which parts do not reach the lower one.
fn without_revenue(painter: &Painter, t: &Theme, lower: &str, parts: &[Part], above: &[Rect]) {
    for (part, bar) in parts.iter().zip(above) {
        if part.below <= 0.0 && part.above > 0.0 {
            let words = format!("{}, no {} yet", part.name, lower.to_lowercase());
            let font = t.font(Type::Caption);
            let at = pos2(bar.right(), bar.bottom() + t.line(Type::Caption) / 2.0 + 3.0);
            paint::text(painter, at, Align2::RIGHT_CENTER, words, font, t.text.subdued);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stretches_fill_the_bar_in_order() {
        let bar = Rect::from_min_size(pos2(10.0, 0.0), vec2(200.0, 10.0));
        let cut = stretches(bar, [0.25, 0.0, 0.75].into_iter());
        assert_eq!((cut[0].left(), cut[0].right()), (10.0, 58.0));
        assert_eq!(cut[1].width(), 0.0);
        assert_eq!((cut[2].left(), cut[2].right()), (60.0, 210.0));
    }
}
