//! Bands side by side: for every row from the least to the most that several ways of reckoning say, each way as a stroke
//! in it, the chosen one as a dot, and how far chance alone could move it.

use egui::accesskit::Role;
use egui::{Align2, Pos2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::frame::{Asked, Frame};
use super::plot::nice_step;
use super::scene::{Mark, paint_all};
use crate::report::table_export::Value;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::paint;

/// Height of a row.
const ROW: f32 = 32.0;
/// Height of a band.
const BAND: f32 = 12.0;

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct BandRow {
    /// Whose band it is.
    pub name: String,
    /// What each way says; `None` = cannot tell.
    pub ways: Vec<Option<f64>>,
    /// The interval of the chosen way.
    pub interval: Option<(f64, f64)>,
    /// What is printed at the right end.
    pub words: String,
}

impl BandRow {
    /// The least and the most of what the ways say.
    pub fn ends(&self) -> Option<(f64, f64)> {
        let mut known = self.ways.iter().flatten().copied();
        let first = known.next()?;
        Some(known.fold((first, first), |(least, most), value| (least.min(value), most.max(value))))
    }
}

/// The chart about to be shown.
pub struct Bands<'a> {
    /// The words around it.
    pub frame: Frame<'a>,
    /// What a row is: the first header of its data.
    pub what: &'a str,
    /// Names of the ways.
    pub ways: &'a [String],
    /// The way whose dot and interval are drawn.
    pub chosen: usize,
    /// The rows, in order.
    pub rows: &'a [BandRow],
    /// How values are printed.
    pub print: &'a dyn Fn(f64) -> String,
}

/// From where to where a row and the axis go.
struct Plane {
    left: f32,
    right: f32,
    from: f64,
    to: f64,
}

impl Plane {
    fn x(&self, value: f64) -> f32 {
        let share = (value - self.from) / (self.to - self.from).max(f64::MIN_POSITIVE);
        self.left + share as f32 * (self.right - self.left)
    }
}

impl Bands<'_> {
    /// How high a card has to be so that nothing is cut.
    pub fn height(t: &Theme, rows: usize) -> f32 {
        2.0 * t.space().x4 + Frame::height(t) + t.line(Type::Caption) + t.space().x2 + ROW * rows as f32
    }

    /// Draws the chart into a card of a given place; `selected` is the row that was clicked last.
    pub fn show(&self, ui: &mut Ui, rect: Rect, selected: &mut Option<usize>) -> Option<Asked> {
        let t = theme::of(ui);
        card_at(ui, rect, t.space().x4, |ui| {
            let inner = ui.max_rect();
            let asked = self.frame.head(ui, t, inner, |_| {});
            let body = inner.with_min_y(inner.top() + Frame::height(t));
            let response = ui.interact(body, ui.scope_id().with(("chart", self.frame.title)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.summary()));
            for (n, row) in self.rows.iter().enumerate() {
                self.door(ui, t, (body, n), &row.name, selected);
            }
            let marks = self.marks(ui, t, body);
            paint_all(ui.painter(), t, &marks);
            Some(self.frame.asked(t, asked?, (rect, body), &marks, (self.rows.len(), self.columns())))
        })
    }

    /// A value of its data: the row's name, what each way says, and the interval of the chosen one.
    pub fn value(&self, row: u64, column: usize) -> Value {
        let Some(row) = usize::try_from(row).ok().and_then(|row| self.rows.get(row)) else { return Value::Empty };
        let end = |end: Option<f64>| end.map_or(Value::Empty, Value::Number);
        match column {
            0 => Value::Text(row.name.clone()),
            n if n <= self.ways.len() => end(row.ways.get(n - 1).copied().flatten()),
            n if n == self.ways.len() + 1 => end(row.interval.map(|(low, _)| low)),
            _ => end(row.interval.map(|(_, high)| high)),
        }
    }

    fn columns(&self) -> Vec<String> {
        let chosen = self.ways.get(self.chosen).map_or("", String::as_str);
        let ends = ["from", "to"].map(|end| format!("{chosen}, interval {end}"));
        std::iter::once(self.what.to_owned()).chain(self.ways.iter().cloned()).chain(ends).collect()
    }

    /// The place of a row, and what a click on it does.
    fn door(&self, ui: &Ui, t: &Theme, (body, n): (Rect, usize), name: &str, selected: &mut Option<usize>) {
        let place = row_at(t, body, n).expand2(vec2(t.space().x2, 0.0));
        let response = ui.interact(place, ui.scope_id().with((self.frame.title, n)), Sense::click());
        let is_chosen = *selected == Some(n);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_chosen, name));
        if response.clicked() {
            *selected = (!is_chosen).then_some(n);
        }
        if is_chosen || response.hovered() {
            let fill = if is_chosen { t.surface.selected } else { t.surface.hover };
            ui.painter().rect_filled(place, theme::corner(t.radius().small), fill);
        }
        paint::focus_ring(ui, t, place, t.radius().small, &response);
    }

    fn marks(&self, ui: &Ui, t: &Theme, body: Rect) -> Vec<Mark> {
        let wide = |words: &str| paint::width(ui.painter(), words, t.font(Type::Caption));
        let names = self.rows.iter().map(|row| wide(&row.name)).fold(0.0_f32, f32::max).min(body.width() / 4.0);
        let ends = self.rows.iter().map(|row| wide(&row.words)).fold(0.0_f32, f32::max);
        let values = self.rows.iter().flat_map(|row| {
            row.ways.iter().flatten().copied().chain(row.interval.into_iter().flat_map(|(low, high)| [low, high]))
        });
        let (from, to) = values.fold((0.0_f64, 0.0_f64), |(from, to), value| (from.min(value), to.max(value)));
        let plane = Plane {
            left: body.left() + names + t.space().x3,
            right: body.right() - ends - t.space().x3,
            from,
            to: if to > from { to } else { from + 1.0 },
        };
        let mut marks = self.grid(t, body, &plane);
        for (n, row) in self.rows.iter().enumerate() {
            self.row(t, row_at(t, body, n), row, &plane, &mut marks);
        }
        marks
    }

    fn grid(&self, t: &Theme, body: Rect, plane: &Plane) -> Vec<Mark> {
        let mut marks = Vec::new();
        let bottom = row_at(t, body, self.rows.len()).top();
        let step = nice_step((plane.to - plane.from) / 5.0);
        let mut value = (plane.from / step).ceil() * step;
        while value <= plane.to * (1.0 + 1e-9) {
            let x = plane.x(value).round();
            let (ink, top) = (if value.abs() < step / 2.0 { t.chart.axis } else { t.chart.grid }, body.top());
            marks.push(Mark::Line(vec![pos2(x, top + t.line(Type::Caption)), pos2(x, bottom)], 1.0, ink));
            let words = (self.print)(value);
            marks.push(Mark::Word(pos2(x, top), Align2::CENTER_TOP, words, t.text.subdued));
            value += step;
        }
        marks
    }

    fn row(&self, t: &Theme, place: Rect, row: &BandRow, plane: &Plane, marks: &mut Vec<Mark>) {
        let y = place.center().y;
        marks.push(Mark::Word(pos2(place.left(), y), Align2::LEFT_CENTER, row.name.clone(), t.text.strong));
        marks.push(Mark::Word(pos2(place.right(), y), Align2::RIGHT_CENTER, row.words.clone(), t.text.normal));
        let Some((least, most)) = row.ends() else { return };
        let ink = t.series(0);
        let across = |value: f64, half: f32| {
            let x = plane.x(value);
            vec![pos2(x, y - half), pos2(x, y + half)]
        };
        let (left, right) = (plane.x(least), plane.x(most));
        let band = Rect::from_min_max(pos2(left - 1.0, y - BAND / 2.0), pos2(right + 1.0, y + BAND / 2.0));
        marks.push(Mark::Bar(band, t.surface.panel.lerp_to_gamma(ink, t.chart.band_alpha)));
        for value in row.ways.iter().flatten() {
            marks.push(Mark::Line(across(*value, BAND / 2.0), 1.0, ink));
        }
        if let Some((low, high)) = row.interval {
            let line: Vec<Pos2> = [low, high].map(|value| pos2(plane.x(value), y)).to_vec();
            marks.push(Mark::Line(line, 1.0, t.text.strong));
            marks.extend([low, high].map(|value| Mark::Line(across(value, 3.0), 1.0, t.text.strong)));
        }
        if let Some(value) = row.ways.get(self.chosen).copied().flatten() {
            marks.push(Mark::Dot(pos2(plane.x(value), y), 4.5, ink));
        }
    }

    /// For those who do not see it.
    fn summary(&self) -> String {
        let one = |row: &BandRow| format!("{} {}", row.name, row.words);
        self.rows.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

fn row_at(t: &Theme, body: Rect, n: usize) -> Rect {
    let top = body.top() + t.line(Type::Caption) + t.space().x1 + ROW * n as f32;
    Rect::from_min_size(pos2(body.left(), top), vec2(body.width(), ROW))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_goes_from_the_least_to_the_most_that_is_known() {
        let row = |ways: &[Option<f64>]| BandRow {
            name: String::new(),
            ways: ways.to_vec(),
            interval: None,
            words: String::new(),
        };
        assert_eq!(row(&[Some(3.0), None, Some(1.0)]).ends(), Some((1.0, 3.0)));
        assert_eq!(row(&[None]).ends(), None);
    }
}
