//! A chart as strokes: the same list is painted on the screen and written as SVG, so that both show the same.

use egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, pos2};

use crate::ui::theme::{Theme, Type, corner};
use crate::ui::widgets::paint;

/// Distance of the strokes of a hatching, in points.
const HATCH: f32 = 6.0;

/// A stroke of a chart.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A filled rectangle with round corners.
    Bar(Rect, Color32),
    /// A rectangle with slanting strokes and an edge: a period that is not over.
    Hatched(Rect, Color32),
    /// The dashed edge of a rectangle: what is expected.
    Expected(Rect, Color32),
    /// A filled area within a convex outline.
    Area(Vec<Pos2>, Color32),
    /// A filled band between an upper and a lower edge of equally many points, of any shape.
    Ribbon(Vec<Pos2>, Vec<Pos2>, Color32),
    /// A line through points.
    Line(Vec<Pos2>, f32, Color32),
    /// A dashed line.
    Dashed(Vec<Pos2>, f32, Color32),
    /// A dot with its radius.
    Dot(Pos2, f32, Color32),
    /// A word in caption size.
    Word(Pos2, Align2, String, Color32),
}

/// Paints the strokes.
pub fn paint_all(painter: &Painter, t: &Theme, marks: &[Mark]) {
    for mark in marks {
        match mark {
            Mark::Bar(rect, ink) => {
                painter.rect_filled(*rect, corner(2.0), *ink);
            }
            Mark::Hatched(rect, ink) => {
                painter.rect_stroke(*rect, corner(2.0), Stroke::new(1.0, *ink), egui::StrokeKind::Inside);
                for [a, b] in hatch(*rect) {
                    painter.line_segment([a, b], Stroke::new(1.0, *ink));
                }
            }
            Mark::Expected(rect, ink) => paint::dashed_rect(painter, *rect, 2.0, Stroke::new(1.0, *ink), 3.0, 2.0),
            Mark::Area(points, ink) => {
                painter.add(Shape::convex_polygon(points.clone(), *ink, Stroke::NONE));
            }
            Mark::Ribbon(upper, lower, ink) => {
                painter.add(ribbon(upper, lower, *ink));
            }
            Mark::Line(points, width, ink) => {
                painter.add(Shape::line(points.clone(), Stroke::new(*width, *ink)));
            }
            Mark::Dashed(points, width, ink) => {
                painter.extend(Shape::dashed_line(points, Stroke::new(*width, *ink), 4.0, 3.0));
            }
            Mark::Dot(at, radius, ink) => {
                painter.circle(*at, *radius, *ink, Stroke::new(1.0, t.surface.panel));
            }
            Mark::Word(at, anchor, words, ink) => {
                paint::text(painter, *at, *anchor, words, t.font(Type::Caption), *ink);
            }
        }
    }
}

/// One mesh, so that no seams show between its pieces, with smooth edges.
fn ribbon(upper: &[Pos2], lower: &[Pos2], ink: Color32) -> Shape {
    let mut mesh = egui::Mesh::default();
    for (n, (a, b)) in upper.iter().zip(lower).enumerate() {
        mesh.colored_vertex(*a, ink);
        mesh.colored_vertex(*b, ink);
        if let Some(i) = (n as u32 * 2).checked_sub(2) {
            mesh.add_triangle(i, i + 1, i + 2);
            mesh.add_triangle(i + 1, i + 3, i + 2);
        }
    }
    let edge = Stroke::new(1.0, ink);
    let edges = [upper, lower].map(|points| Shape::line(points.to_vec(), edge));
    Shape::Vec(std::iter::once(Shape::mesh(mesh)).chain(edges).collect())
}

/// Slanting strokes within a rectangle.
fn hatch(rect: Rect) -> Vec<[Pos2; 2]> {
    let (width, height) = (rect.width(), rect.height());
    let count = ((width + height) / HATCH) as usize;
    (1..=count)
        .map(|n| {
            let d = n as f32 * HATCH;
            let from = pos2(rect.left() + (d - height).max(0.0), rect.bottom() - (height - d).max(0.0).min(height));
            let to = pos2(rect.left() + d.min(width), rect.top() + (d - width).max(0.0));
            let from = pos2(from.x, rect.top() + d.min(height));
            [from, to]
        })
        .collect()
}

/// The strokes as an SVG picture of an area, on the theme's panel.
pub fn svg(t: &Theme, area: Rect, title: &str, marks: &[Mark]) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    let (x, y, w, h) = (area.left(), area.top(), area.width(), area.height());
    let size = t.font(Type::Caption).size;
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{x} {y} {w} {h}\" width=\"{w}\" height=\"{h}\" \
         font-family=\"Inter, sans-serif\" font-size=\"{size}\"><title>{}</title>",
        escaped(title)
    );
    let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{}\"/>", hex(t.surface.panel));
    for mark in marks {
        let _ = writeln!(out, "{}", one(t, mark));
    }
    out.push_str("</svg>\n");
    out
}

fn one(t: &Theme, mark: &Mark) -> String {
    let rect = |r: &Rect| {
        format!("x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\"", r.left(), r.top(), r.width(), r.height())
    };
    let path = |points: &[Pos2]| points.iter().map(|p| format!("{:.2},{:.2}", p.x, p.y)).collect::<Vec<_>>().join(" ");
    let line = |points: &[Pos2], width: f32, ink: Color32, dash: &str| {
        format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"{dash}/>",
            path(points),
            hex(ink)
        )
    };
    match mark {
        Mark::Bar(r, ink) => format!("<rect {} fill=\"{}\"/>", rect(r), hex(*ink)),
        Mark::Hatched(r, ink) => {
            let strokes = hatch(*r).iter().map(|pair| line(pair, 1.0, *ink, "")).collect::<String>();
            format!("<rect {} fill=\"none\" stroke=\"{}\"/>{strokes}", rect(r), hex(*ink))
        }
        Mark::Expected(r, ink) => {
            format!("<rect {} fill=\"none\" stroke=\"{}\" stroke-dasharray=\"3 2\"/>", rect(r), hex(*ink))
        }
        Mark::Area(points, ink) => format!("<polygon points=\"{}\" fill=\"{}\"/>", path(points), hex(*ink)),
        Mark::Ribbon(upper, lower, ink) => {
            let around: Vec<Pos2> = upper.iter().chain(lower.iter().rev()).copied().collect();
            format!("<polygon points=\"{}\" fill=\"{}\"/>", path(&around), hex(*ink))
        }
        Mark::Line(points, width, ink) => line(points, *width, *ink, ""),
        Mark::Dashed(points, width, ink) => line(points, *width, *ink, " stroke-dasharray=\"4 3\""),
        Mark::Dot(at, radius, ink) => {
            let edge = hex(t.surface.panel);
            format!("<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\" fill=\"{}\" stroke=\"{edge}\"/>", at.x, at.y, hex(*ink))
        }
        Mark::Word(at, anchor, words, ink) => {
            let across = match anchor.x() {
                egui::Align::Min => "start",
                egui::Align::Center => "middle",
                egui::Align::Max => "end",
            };
            let down = match anchor.y() {
                egui::Align::Min => "hanging",
                egui::Align::Center => "central",
                egui::Align::Max => "text-after-edge",
            };
            format!(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"{across}\" dominant-baseline=\"{down}\" fill=\"{}\">{}</text>",
                at.x,
                at.y,
                hex(*ink),
                escaped(words)
            )
        }
    }
}

fn hex(colour: Color32) -> String {
    let [r, g, b, _] = colour.to_array();
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    #[test]
    fn a_hatching_stays_within_its_rectangle() {
        for size in [vec2(30.0, 80.0), vec2(80.0, 12.0), vec2(4.0, 3.0)] {
            let rect = Rect::from_min_size(pos2(10.0, 20.0), size);
            for point in hatch(rect).into_iter().flatten() {
                assert!(rect.expand(0.01).contains(point), "{point:?} of {rect:?}");
            }
        }
    }

    #[test]
    fn names_cannot_break_the_picture() {
        let t = crate::ui::theme::get(false);
        let area = Rect::from_min_size(Pos2::ZERO, vec2(100.0, 50.0));
        let word = Mark::Word(pos2(1.0, 2.0), Align2::LEFT_TOP, "<b> & \"c\"".into(), t.text.normal);
        let text = svg(t, area, "A < B", &[word]);
        assert!(text.contains("&lt;b&gt; &amp; &quot;c&quot;") && text.contains("<title>A &lt; B</title>"), "{text}");
        assert!(!text.contains("<b>"));
    }
}
