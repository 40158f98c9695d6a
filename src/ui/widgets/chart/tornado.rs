//! A tornado: how far a result moves when one input goes over its range and the others stay, widest first.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Ui, WidgetInfo, pos2};

use super::frame::{Asked, Frame};
use super::plot::nice_step;
use super::scene::{Mark, paint_all};
use crate::report::table_export::Value;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::paint;

/// Height of a row.
const ROW: f32 = 36.0;
/// Height of a bar.
const BAR: f32 = 24.0;
/// Least reach of the axis beside the base, so that inputs without a range still have a picture.
const LEAST: f64 = 1e-9;

/// One end of a range.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoEnd {
    /// The result there; `None` = cannot tell.
    pub result: Option<f64>,
    /// The input there, as it is printed.
    pub input: String,
}

/// An input.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoRow {
    /// Its name.
    pub name: String,
    /// The result at both ends of its range.
    pub ends: [TornadoEnd; 2],
}

/// The chart about to be shown.
pub struct Tornado<'a> {
    /// The words around it.
    pub frame: Frame<'a>,
    /// The result with every input at its value.
    pub base: f64,
    /// The inputs, widest first.
    pub rows: &'a [TornadoRow],
    /// How results are printed.
    pub print: &'a dyn Fn(f64) -> String,
}

/// From where to where the axis goes.
struct Plane {
    left: f32,
    right: f32,
    from: f64,
    to: f64,
}

impl Plane {
    fn x(&self, value: f64) -> f32 {
        self.left + ((value - self.from) / (self.to - self.from)) as f32 * (self.right - self.left)
    }
}

impl Tornado<'_> {
    /// How high a card has to be so that nothing is cut.
    pub fn height(t: &Theme, rows: usize) -> f32 {
        2.0 * t.space().x4 + Frame::height(t) + ROW * rows as f32 + t.space().x2 + t.line(Type::Caption)
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
            let marks = self.marks(ui, t, body);
            paint_all(ui.painter(), t, &marks);
            let columns = ["Input", "From", "Result there", "To", "Result there"].map(str::to_owned).to_vec();
            Some(self.frame.asked(t, asked?, (rect, body), &marks, (self.rows.len(), columns)))
        })
    }

    /// A value of its data.
    pub fn value(&self, row: u64, column: usize) -> Value {
        let Some(row) = usize::try_from(row).ok().and_then(|row| self.rows.get(row)) else { return Value::Empty };
        let result = |end: &TornadoEnd| end.result.map_or(Value::Empty, Value::Number);
        match column {
            0 => Value::Text(row.name.clone()),
            1 => Value::Text(row.ends[0].input.clone()),
            2 => result(&row.ends[0]),
            3 => Value::Text(row.ends[1].input.clone()),
            _ => result(&row.ends[1]),
        }
    }

    fn marks(&self, ui: &Ui, t: &Theme, body: Rect) -> Vec<Mark> {
        let wide = |words: &str| paint::width(ui.painter(), words, t.font(Type::Caption));
        let names = self.rows.iter().map(|row| wide(&row.name)).fold(0.0_f32, f32::max).min(body.width() / 3.0);
        let ends = || self.rows.iter().flat_map(|row| &row.ends);
        let said =
            |end: &TornadoEnd| end.result.map_or(0.0, |result| wide(&(self.print)(result))).max(wide(&end.input));
        let beside = ends().map(said).fold(0.0_f32, f32::max) + t.space().x2;
        let results = ends().filter_map(|end| end.result).filter(|result| result.is_finite());
        let (from, to) = results.fold((self.base, self.base), |(from, to), result| (from.min(result), to.max(result)));
        let spare = (to - from).max(self.base.abs() * 0.05).max(LEAST);
        let (from, to) = if to > from { (from, to) } else { (from - spare, to + spare) };
        let plane = Plane { left: body.left() + names + t.space().x4 + beside, right: body.right() - beside, from, to };
        let bottom = body.top() + ROW * self.rows.len() as f32;
        let mut marks = self.grid(t, &plane, (body.top(), bottom));
        for (n, row) in self.rows.iter().enumerate() {
            let middle = body.top() + (n as f32 + 0.5) * ROW;
            let name = pos2(body.left(), middle);
            marks.push(Mark::Word(name, Align2::LEFT_CENTER, row.name.clone(), t.text.strong));
            for (nth, end) in row.ends.iter().enumerate() {
                self.end(t, &plane, middle, end, nth, &mut marks);
            }
        }
        let x = plane.x(self.base).round();
        marks.push(Mark::Line(vec![pos2(x, body.top()), pos2(x, bottom)], t.stroke().series, t.text.strong));
        marks
    }

    fn grid(&self, t: &Theme, plane: &Plane, (top, bottom): (f32, f32)) -> Vec<Mark> {
        let step = nice_step((plane.to - plane.from) / 4.0);
        let mut marks = Vec::new();
        let mut value = (plane.from / step).ceil() * step;
        while value <= plane.to + step * 1e-9 {
            let x = plane.x(value).round();
            marks.push(Mark::Line(vec![pos2(x, top), pos2(x, bottom)], t.stroke().hairline, t.chart.grid));
            let shown = if value.abs() < step / 1e6 { 0.0 } else { value };
            let at = pos2(x, bottom + t.space().x2);
            marks.push(Mark::Word(at, Align2::CENTER_TOP, (self.print)(shown), t.text.subdued));
            value += step;
        }
        marks
    }

    fn end(&self, t: &Theme, plane: &Plane, middle: f32, end: &TornadoEnd, nth: usize, marks: &mut Vec<Mark>) {
        let base = plane.x(self.base);
        let Some(result) = end.result.filter(|result| result.is_finite()) else {
            // Where it cannot be told, there is no bar; the words say so.
            let (at, anchor) = beside(base, nth == 1, t);
            let words = format!("{}: cannot tell", end.input);
            marks.push(Mark::Word(pos2(at, middle), anchor, words, t.text.subdued));
            return;
        };
        let below = result < self.base || (result == self.base && nth == 0);
        let x = plane.x(result);
        let bar = Rect::from_min_max(
            pos2(base.min(x).round(), middle - BAR / 2.0),
            pos2(base.max(x).round(), middle + BAR / 2.0),
        );
        if bar.width() > 0.0 {
            marks.push(Mark::Bar(bar, t.series(usize::from(below))));
        }
        let (at, anchor) = beside(x, !below, t);
        let half = t.line(Type::Caption) / 2.0;
        marks.push(Mark::Word(pos2(at, middle - half + 1.0), anchor, (self.print)(result), t.text.strong));
        marks.push(Mark::Word(pos2(at, middle + half - 1.0), anchor, end.input.clone(), t.text.subdued));
    }

    /// For those who do not see it.
    fn summary(&self) -> String {
        let end = |end: &TornadoEnd| {
            let result = end.result.map_or_else(|| "cannot tell".to_owned(), |result| (self.print)(result));
            format!("{result} at {}", end.input)
        };
        let one = |row: &TornadoRow| format!("{}: {}, {}", row.name, end(&row.ends[0]), end(&row.ends[1]));
        let rows: Vec<String> = self.rows.iter().map(one).collect();
        format!("{}. {}: {}", self.frame.title, (self.print)(self.base), rows.join("; "))
    }
}

/// Where words stand beside a bar's end.
fn beside(x: f32, right: bool, t: &Theme) -> (f32, Align2) {
    let gap = t.space().x1 + 2.0;
    if right { (x + gap, Align2::LEFT_CENTER) } else { (x - gap, Align2::RIGHT_CENTER) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_words_and_data_name_both_ends() {
        let end = |result: Option<f64>, input: &str| TornadoEnd { result, input: input.into() };
        let rows = [TornadoRow { name: "Margin".into(), ends: [end(Some(3.21), "17%"), end(None, "0%")] }];
        let frame = Frame { title: "What decides", line: "", about: "" };
        let chart = Tornado { frame, base: 3.95, rows: &rows, print: &|value| format!("{:.0}%", value * 100.0) };
        assert_eq!(chart.summary(), "What decides. 395%: Margin: 321% at 17%, cannot tell at 0%");
        assert_eq!(chart.value(0, 2), Value::Number(3.21));
        assert_eq!(chart.value(0, 4), Value::Empty);
        assert_eq!(chart.value(1, 0), Value::Empty);
    }
}
