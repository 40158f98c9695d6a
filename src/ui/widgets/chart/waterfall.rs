//! A waterfall: how one amount becomes another, step by step. Grey bars are amounts, green and red ones what is added
//! and taken away, each with its sign beside it.

use egui::accesskit::Role;
use egui::{Align2, Pos2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::frame::{Asked, Frame};
use super::plot::nice_step;
use super::scene::{Mark, paint_all};
use crate::report::table_export::Value;
use crate::ui::theme::{self, Theme, Tone, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::paint;

/// Height of a row where there is room.
const ROW: f32 = 40.0;
/// Height of a row at least.
const LEAST: f32 = 26.0;
/// Part of a row that its bar takes.
const BAR: f32 = 0.55;

/// A step.
#[derive(Debug, Clone, PartialEq)]
pub struct Fall {
    /// What it is called.
    pub name: String,
    /// What is added, or the amount itself where it is a total.
    pub value: f64,
    /// Whether it is an amount by itself, rather than a change.
    pub is_total: bool,
    /// The value as it is printed, with its sign where it is a change.
    pub words: String,
    /// What it means, shown under the pointer.
    pub about: String,
}

/// The chart about to be shown.
pub struct Waterfall<'a> {
    /// The words around it.
    pub frame: Frame<'a>,
    /// Header of the values in its data.
    pub unit: &'a str,
    /// The steps, in order; the first and the last are totals.
    pub steps: &'a [Fall],
}

/// From where to where every bar goes: a change begins where the one before it ended.
fn spans(steps: &[Fall]) -> Vec<(f64, f64)> {
    let mut level = 0.0;
    let span = |step: &Fall| {
        let from = if step.is_total { 0.0 } else { level };
        level = from + step.value;
        (from, level)
    };
    steps.iter().map(span).collect()
}

/// Where the axis begins, when the changes are so small beside the amounts that it is cut; a round number.
pub fn axis_cut(steps: &[Fall]) -> Option<f64> {
    let ends = || spans(steps).into_iter().map(|(_, to)| to);
    let (low, high) = (ends().fold(f64::INFINITY, f64::min), ends().fold(f64::NEG_INFINITY, f64::max));
    // Half of the picture at least is left to what changed.
    let range = (high - low).max(high * 0.01);
    (low > 0.0 && low > 1.2 * range).then(|| {
        let step = nice_step(range / 4.0);
        ((low - 0.15 * range) / step).floor() * step
    })
}

/// From where to where the bars go.
struct Plane {
    left: f32,
    right: f32,
    from: f64,
    to: f64,
    row: f32,
}

impl Plane {
    fn x(&self, value: f64) -> f32 {
        let share = (value.max(self.from) - self.from) / (self.to - self.from).max(f64::MIN_POSITIVE);
        self.left + share as f32 * (self.right - self.left)
    }

    fn place(&self, body: Rect, n: usize) -> Rect {
        Rect::from_min_size(pos2(body.left(), body.top() + self.row * n as f32), vec2(body.width(), self.row))
    }
}

impl Waterfall<'_> {
    /// How high a card has to be so that nothing is cut and rows have room.
    pub fn height(t: &Theme, steps: usize) -> f32 {
        2.0 * t.space().x4 + Frame::height(t) + (ROW - 4.0) * steps as f32
    }

    /// Draws the chart into a card of a given place.
    pub fn show(&self, ui: &mut Ui, rect: Rect) -> Option<Asked> {
        let t = theme::of(ui);
        card_at(ui, rect, t.space().x4, |ui| {
            let inner = ui.max_rect();
            let asked = self.frame.head(ui, t, inner, |_| {});
            let body = inner.with_min_y(inner.top() + Frame::height(t));
            let response = ui.interact(body, ui.scope_id().with(("chart", self.frame.title)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.summary()));
            let plane = self.plane(ui, t, body);
            for (n, step) in self.steps.iter().enumerate() {
                self.row(ui, t, plane.place(body, n), (n, step));
            }
            let marks = self.marks(ui, t, body, &plane);
            paint_all(ui.painter(), t, &marks);
            let columns = ["Step", self.unit, "What it is"].map(str::to_owned).to_vec();
            Some(self.frame.asked(t, asked?, (rect, body), &marks, (self.steps.len(), columns)))
        })
    }

    /// A value of its data.
    pub fn value(&self, row: u64, column: usize) -> Value {
        let Some(step) = usize::try_from(row).ok().and_then(|row| self.steps.get(row)) else { return Value::Empty };
        match column {
            0 => Value::Text(step.name.clone()),
            1 => Value::Number(step.value),
            _ => Value::Text(step.about.clone()),
        }
    }

    /// A row can be pointed at and reached by Tab; it then says what it means.
    fn row(&self, ui: &Ui, t: &Theme, place: Rect, (n, step): (usize, &Fall)) {
        let place = place.expand2(vec2(t.space().x2, 0.0));
        let response = ui.interact(place, ui.scope_id().with((self.frame.title, n)), Sense::click());
        let words = format!("{} {}", step.name, step.words);
        response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{words}. {}", step.about)));
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(place, theme::corner(t.radius().small), t.surface.hover);
        }
        paint::focus_ring(ui, t, place, t.radius().small, &response);
        if !step.about.is_empty() {
            response.on_hover_text(format!("{words}\n{}", step.about));
        }
    }

    fn plane(&self, ui: &Ui, t: &Theme, body: Rect) -> Plane {
        let wide = |words: &str| paint::width(ui.painter(), words, t.font(Type::Caption));
        let names = self.steps.iter().map(|step| wide(&step.name)).fold(0.0_f32, f32::max).min(body.width() * 0.4);
        let words = self.steps.iter().map(|step| wide(&step.words)).fold(0.0_f32, f32::max);
        let ends = || spans(self.steps).into_iter().flat_map(|(from, to)| [from, to]);
        let cut = axis_cut(self.steps);
        let (low, high) = (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max));
        let left = body.left() + names.ceil() + 1.0 + t.space().x3;
        Plane {
            left: left.round(),
            right: (body.right() - words - t.space().x3).max(left + t.space().x8),
            from: cut.unwrap_or(low),
            to: if high > low { high } else { low + 1.0 },
            row: (body.height() / self.steps.len().max(1) as f32).clamp(LEAST, ROW),
        }
    }

    fn marks(&self, ui: &Ui, t: &Theme, body: Rect, plane: &Plane) -> Vec<Mark> {
        let spans = spans(self.steps);
        let is_cut = axis_cut(self.steps).is_some();
        let mut marks = Vec::new();
        if !is_cut {
            let x = plane.x(0.0).round();
            let bottom = plane.place(body, self.steps.len()).top();
            marks.push(Mark::Line(vec![pos2(x, body.top()), pos2(x, bottom)], 1.0, t.chart.axis));
        }
        for (n, (step, (from, to))) in self.steps.iter().zip(&spans).enumerate() {
            let place = plane.place(body, n);
            let half = place.height() * BAR / 2.0;
            let (a, b) = (plane.x(from.min(*to)), plane.x(from.max(*to)));
            // What is next to nothing is still seen.
            let thin = (1.0 - (b - a) / 2.0).max(0.0);
            let bar =
                Rect::from_min_max(pos2(a - thin, place.center().y - half), pos2(b + thin, place.center().y + half));
            let ink = match () {
                () if step.is_total => t.chart.bar_rest,
                () if step.value >= 0.0 => t.tone(Tone::Good).mark,
                () => t.tone(Tone::Bad).mark,
            };
            let name = shortened(ui, t, &step.name, plane.left - body.left() - t.space().x3);
            let strong = if step.is_total { t.text.strong } else { t.text.normal };
            marks.push(Mark::Word(pos2(body.left(), place.center().y), Align2::LEFT_CENTER, name, strong));
            marks.push(Mark::Bar(bar, ink));
            if step.is_total && is_cut {
                marks.push(notch(t, bar));
            }
            let at = pos2(bar.right() + t.space().x2, place.center().y);
            marks.push(Mark::Word(at, Align2::LEFT_CENTER, step.words.clone(), t.text.strong));
            if n + 1 < self.steps.len() {
                let x = plane.x(*to).round();
                let next = plane.place(body, n + 1).center().y - half;
                marks.extend(dots(pos2(x, bar.bottom() + 1.0), next, t.text.subdued));
            }
        }
        marks
    }

    /// For those who do not see it.
    fn summary(&self) -> String {
        self.steps.iter().map(|step| format!("{} {}", step.name, step.words)).collect::<Vec<_>>().join("; ")
    }
}

/// The slanting gap in a bar whose axis does not begin at zero.
fn notch(t: &Theme, bar: Rect) -> Mark {
    let (x, w, slant) = (bar.left() + 5.0, 5.0, 5.0);
    let (top, bottom) = (bar.top() - 1.0, bar.bottom() + 1.0);
    let points = [(x + slant, top), (x + slant + w, top), (x + w, bottom), (x, bottom)];
    Mark::Area(points.map(|(x, y)| pos2(x, y)).to_vec(), t.surface.panel)
}

/// A dotted line down from a bar to the next.
fn dots(from: Pos2, to: f32, ink: egui::Color32) -> Vec<Mark> {
    let count = ((to - from.y) / 4.0).max(0.0) as usize;
    let dot = |n: usize| {
        let y = from.y + 1.0 + n as f32 * 4.0;
        Mark::Line(vec![pos2(from.x, y), pos2(from.x, y + 1.5)], 1.0, ink)
    };
    (0..count).map(dot).collect()
}

/// Words that fit a width, with an ellipsis where they are cut.
fn shortened(ui: &Ui, t: &Theme, words: &str, width: f32) -> String {
    let fits = |words: &str| paint::width(ui.painter(), words, t.font(Type::Caption)) <= width;
    if fits(words) {
        return words.to_owned();
    }
    let mut letters: Vec<char> = words.chars().collect();
    while letters.pop().is_some() {
        let cut = format!("{}…", letters.iter().collect::<String>().trim_end());
        if fits(&cut) {
            return cut;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fall(value: f64, is_total: bool) -> Fall {
        Fall { name: String::new(), value, is_total, words: String::new(), about: String::new() }
    }

    #[test]
    fn a_change_begins_where_the_one_before_it_ended() {
        let steps = [fall(100.0, true), fall(60.0, false), fall(-120.0, false), fall(40.0, true)];
        assert_eq!(spans(&steps), [(0.0, 100.0), (100.0, 160.0), (160.0, 40.0), (0.0, 40.0)]);
        assert_eq!(axis_cut(&steps), None, "the changes are large beside the amounts");
    }

    #[test]
    fn the_axis_is_cut_at_a_round_number_where_changes_are_small() {
        let steps = [fall(5_105.6, true), fall(212.4, false), fall(67.9, false), fall(5_385.9, true)];
        let cut = axis_cut(&steps).unwrap();
        assert_eq!((cut, cut % 10.0), (5_000.0, 0.0));
        assert_eq!(axis_cut(&[fall(-5.0, true), fall(1.0, false), fall(-4.0, true)]), None);
        assert!(axis_cut(&[fall(100.0, true), fall(0.0, false), fall(100.0, true)]).is_some_and(f64::is_finite));
    }
}
