//! A KPI card: one figure, how it moved against a named period, and its course.

use egui::accesskit::Role;
use egui::{Align2, Color32, Painter, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::figure::{self, Tip};
use super::paint;
use crate::ui::theme::{self, Icon, Theme, Tone, Type, corner, icons};

/// Height of a card.
pub const HEIGHT: f32 = 156.0;
/// Height of a card with neither a change nor a course.
const LOW: f32 = 92.0;
/// Height of a card whose course stands beside the change.
pub const CLOSE: f32 = 118.0;
/// Height of the sparkline.
const SPARK: f32 = 32.0;
/// Size of the sparkline beside the change.
const SMALL_SPARK: egui::Vec2 = vec2(68.0, 28.0);

/// How a figure moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Delta {
    /// The change, with its sign and unit: `+8.4%`, `+1.1 pp`. A minus is `−`.
    pub change: String,
    /// Greater, smaller or as before.
    pub direction: std::cmp::Ordering,
    /// Whether that is good; `None` where it is neither.
    pub good: Option<bool>,
    /// The named period it is compared with: `12 months before`.
    pub against: String,
}

impl Delta {
    fn icon(&self) -> Icon {
        match self.direction {
            std::cmp::Ordering::Greater => icons::ARROW_UP,
            std::cmp::Ordering::Less => icons::ARROW_DOWN,
            std::cmp::Ordering::Equal => icons::ARROW_RIGHT,
        }
    }

    /// Colour is never alone: the word says it too.
    fn words(&self) -> String {
        let judged = match self.good {
            Some(true) => " better",
            Some(false) => " worse",
            None => "",
        };
        format!("{}{judged}", self.change)
    }

    fn ink(&self, t: &Theme) -> Color32 {
        match self.good {
            Some(true) => t.tone(Tone::Good).text,
            Some(false) => t.tone(Tone::Bad).text,
            None => t.text.normal,
        }
    }
}

/// A KPI card about to be shown.
pub struct Kpi<'a> {
    /// What it is.
    pub label: &'a str,
    /// The value as it is printed; `None` where it cannot be told.
    pub value: Option<&'a str>,
    /// How it moved.
    pub delta: Option<Delta>,
    /// Its course, oldest first.
    pub course: &'a [f64],
    /// A target or benchmark in words, or why there is no value.
    pub line: &'a str,
}

impl Kpi<'_> {
    /// Draws the card; a click on its value opens the rows behind it. `tip` says how it is computed.
    pub fn show(&self, ui: &mut Ui, width: f32, tip: impl Fn() -> Tip) -> Response {
        self.show_in(ui, vec2(width, HEIGHT), tip)
    }

    /// The same as a low card, where there is neither a change nor a course to draw.
    pub fn show_low(&self, ui: &mut Ui, width: f32, tip: impl Fn() -> Tip) -> Response {
        self.show_in(ui, vec2(width, LOW), tip)
    }

    /// The same with the course beside the change: six of them stand in a row.
    pub fn show_close(&self, ui: &mut Ui, width: f32, tip: impl Fn() -> Tip) -> Response {
        self.show_in(ui, vec2(width, CLOSE), tip)
    }

    fn show_in(&self, ui: &mut Ui, size: egui::Vec2, tip: impl Fn() -> Tip) -> Response {
        let t = theme::of(ui);
        let (rect, card) = ui.allocate_exact_size(size, Sense::hover());
        card.widget_info(|| WidgetInfo::labeled(Role::Group, true, self.summary()));
        let edge = t.hairline(t.border.normal);
        ui.painter().rect(rect, corner(t.radius().large), t.surface.panel, edge, StrokeKind::Inside);
        let inner = rect.shrink2(vec2(t.space().x4 - 2.0, t.space().x3));
        let painter = ui.painter_at(rect);
        let caption = t.font(Type::Caption);
        let label = Rect::from_min_size(inner.min, vec2(inner.width(), t.line(Type::Caption)));
        paint::text_in(&painter, label, Align2::LEFT_CENTER, self.label, caption.clone(), t.text.subdued);
        let top = label.bottom() + 2.0;
        let response = self.value(ui, t, pos2(inner.left(), top), inner.width());
        if self.value.is_some() {
            figure::drawn(ui.ctx(), || tip().figure);
            if response.hovered() || response.has_focus() {
                tip().show(&response);
            }
            if response.clicked() {
                figure::open(ui.ctx(), tip());
            }
        }
        let mut y = top + t.line(Type::Kpi) + t.space().x1;
        let size_is_close = size.y == CLOSE;
        if let Some(delta) = &self.delta {
            let side = t.icon().small - 2.0;
            let line = Rect::from_min_size(pos2(inner.left(), y), vec2(inner.width(), t.line(Type::Body)));
            let centre = pos2(inner.left() + side / 2.0, line.center().y);
            paint::icon(&painter, centre, delta.icon(), side, delta.ink(t));
            let place = Rect::from_min_max(pos2(inner.left() + side + t.space().x1, line.top()), line.max);
            // Beside its course there is room for the change alone; the arrow says which way.
            let words = if size_is_close { delta.change.clone() } else { delta.words() };
            paint::text_in(&painter, place, Align2::LEFT_CENTER, &words, t.font(Type::Label), delta.ink(t));
            y = line.bottom();
        }
        if size_is_close {
            let line = Rect::from_min_max(pos2(inner.left(), inner.bottom() - t.line(Type::Caption)), inner.max);
            if paint::text_in(&painter, line, Align2::LEFT_CENTER, self.line, caption, t.text.subdued).1 {
                ui.interact(line, response.id.with("line"), Sense::hover()).on_hover_text(self.line);
            }
            let place = pos2(inner.right() - SMALL_SPARK.x, line.top() - SMALL_SPARK.y);
            sparkline(&painter, t, Rect::from_min_size(place, SMALL_SPARK), self.course, t.series(0));
            return response;
        }
        let foot = painter.layout(self.foot(), caption, t.text.subdued, inner.width());
        painter.galley(pos2(inner.left(), y), foot, t.text.subdued);
        let spark = Rect::from_min_max(pos2(inner.left(), inner.bottom() - SPARK), inner.max);
        sparkline(&painter, t, spark, self.course, t.series(0));
        response
    }

    fn value(&self, ui: &Ui, t: &Theme, at: egui::Pos2, width: f32) -> Response {
        let (text, ink) = self.value.map_or(("—", t.text.subdued), |value| (value, t.text.strong));
        let galley = paint::cut(ui.painter(), text, t.font(Type::Kpi), ink, width);
        let rect = Rect::from_min_size(at, galley.size());
        let response = ui.interact(rect, ui.scope_id().with(("kpi", self.label)), Sense::click());
        response
            .widget_info(|| WidgetInfo::labeled(Role::Button, self.value.is_some(), format!("{}: {text}", self.label)));
        let lit = self.value.is_some() && response.hovered();
        ui.painter().galley(at, galley, if lit { t.accent.text } else { ink });
        if lit {
            ui.painter().hline(rect.x_range(), rect.bottom(), t.hairline(t.accent.text));
        } else if self.value.is_some() {
            paint::dotted(ui.painter(), t, pos2(rect.left(), rect.bottom()), rect.width());
        }
        paint::focus_ring(ui, t, rect, t.radius().small, &response);
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }

    fn foot(&self) -> String {
        let against = self.delta.as_ref().map(|delta| format!("vs {}", delta.against));
        let parts: Vec<&str> =
            against.as_deref().into_iter().chain((!self.line.is_empty()).then_some(self.line)).collect();
        parts.join(" · ")
    }

    fn summary(&self) -> String {
        let value = self.value.unwrap_or("cannot be told");
        let moved = self.delta.as_ref().map(|delta| format!(", {}", delta.words())).unwrap_or_default();
        format!("{}: {value}{moved}, {}", self.label, self.foot())
    }
}

/// A line without axes; the last point is marked.
pub fn sparkline(painter: &Painter, t: &Theme, rect: Rect, course: &[f64], colour: Color32) {
    if course.len() < 2 {
        return;
    }
    let (low, high) =
        course.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(*v), high.max(*v)));
    let reach = (high - low).max(f64::MIN_POSITIVE);
    let rect = rect.shrink(3.0);
    let point = |(i, value): (usize, &f64)| {
        let x = rect.left() + i as f32 / (course.len() - 1) as f32 * rect.width();
        pos2(x, rect.bottom() - ((value - low) / reach) as f32 * rect.height())
    };
    let points: Vec<_> = course.iter().enumerate().map(point).collect();
    let last = points.last().copied();
    painter.add(Shape::line(points, Stroke::new(1.5, colour)));
    if let Some(last) = last {
        painter.circle(last, 3.0, colour, Stroke::new(t.stroke().hairline, t.surface.panel));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_says_in_words_what_colour_and_arrow_say() {
        let delta = Delta {
            change: "+6.8%".into(),
            direction: std::cmp::Ordering::Greater,
            good: Some(false),
            against: "12 months before".into(),
        };
        let kpi =
            Kpi { label: "Cost per order", value: Some("$31.40"), delta: Some(delta), course: &[], line: "Target $28" };
        assert_eq!(kpi.summary(), "Cost per order: $31.40, +6.8% worse, vs 12 months before · Target $28");
        let none = Kpi { label: "LTV", value: None, delta: None, course: &[], line: "12 more orders are needed" };
        assert_eq!(none.summary(), "LTV: cannot be told, 12 more orders are needed");
    }
}
