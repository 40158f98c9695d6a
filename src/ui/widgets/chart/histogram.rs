//! A histogram: how often each range of values came up, the middle part in colour.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Ui, WidgetInfo, pos2};

use super::frame::{Asked, Frame};
use super::plot::nice_step;
use super::scene::{Mark, paint_all};
use crate::report::table_export::Value;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::widgets::card::card_at;

/// A bin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Least value in it.
    pub from: f64,
    /// The value above it.
    pub to: f64,
    /// How often it came up.
    pub count: u64,
}

/// The chart about to be shown.
pub struct Histogram<'a> {
    /// The words around it.
    pub frame: Frame<'a>,
    /// What a value is: a header of its data.
    pub what: &'a str,
    /// The bins, from the least values on, each as wide as the others.
    pub bins: &'a [Bin],
    /// Bins that reach into this range are coloured, the others grey.
    pub inside: (f64, f64),
    /// A value to mark with a line.
    pub mark: Option<f64>,
    /// How values are printed.
    pub print: &'a dyn Fn(f64) -> String,
}

impl Histogram<'_> {
    /// Draws the chart into a card of a given place.
    pub fn show(&self, ui: &mut Ui, rect: Rect) -> Option<Asked> {
        let t = theme::of(ui);
        card_at(ui, rect, t.space().x4, |ui| {
            let inner = ui.max_rect();
            let asked = self.frame.head(ui, t, inner, |_| {});
            let body = inner.with_min_y(inner.top() + Frame::height(t));
            let response = ui.interact(body, ui.scope_id().with(("chart", self.frame.title)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.summary()));
            let marks = self.marks(t, body);
            paint_all(ui.painter(), t, &marks);
            if let Some(bin) = response.hover_pos().and_then(|at| self.bin_at(body, at.x)) {
                let words = format!("{} – {}: {}", (self.print)(bin.from), (self.print)(bin.to), bin.count);
                response.show_tooltip_text(words);
            }
            let columns = [format!("{}, from", self.what), "To".to_owned(), "Draws".to_owned()].to_vec();
            Some(self.frame.asked(t, asked?, (rect, body), &marks, (self.bins.len(), columns)))
        })
    }

    /// A value of its data.
    pub fn value(&self, row: u64, column: usize) -> Value {
        let Some(bin) = usize::try_from(row).ok().and_then(|row| self.bins.get(row)) else { return Value::Empty };
        Value::Number(match column {
            0 => bin.from,
            1 => bin.to,
            _ => bin.count as f64,
        })
    }

    fn bin_at(&self, body: Rect, x: f32) -> Option<&Bin> {
        let at = (x - body.left()) / body.width() * self.bins.len() as f32;
        (at >= 0.0).then(|| self.bins.get(at as usize)).flatten()
    }

    fn marks(&self, t: &Theme, body: Rect) -> Vec<Mark> {
        let (Some(first), Some(last)) = (self.bins.first(), self.bins.last()) else { return Vec::new() };
        let most = self.bins.iter().map(|bin| bin.count).max().unwrap_or(0).max(1) as f32;
        let bottom = body.bottom() - t.line(Type::Caption) - t.space().x2;
        let x = |value: f64| body.left() + ((value - first.from) / (last.to - first.from)) as f32 * body.width();
        let mut marks = Vec::new();
        for bin in self.bins.iter().filter(|bin| bin.count > 0) {
            let top = bottom - (bin.count as f32 / most) * (bottom - body.top());
            let bar = Rect::from_min_max(
                pos2(x(bin.from).round() + 1.0, top.min(bottom - 1.0).round()),
                pos2((x(bin.to).round() - 1.0).max(x(bin.from).round() + 2.0), bottom),
            );
            let inside = bin.to > self.inside.0 && bin.from < self.inside.1;
            marks.push(Mark::Bar(bar, if inside { t.series(0) } else { t.chart.bar_rest }));
        }
        marks.push(Mark::Line(
            vec![pos2(body.left(), bottom), pos2(body.right(), bottom)],
            t.stroke().hairline,
            t.chart.axis,
        ));
        if let Some(value) = self.mark.filter(|value| (first.from..=last.to).contains(value)) {
            let x = x(value).round();
            marks.push(Mark::Line(vec![pos2(x, body.top()), pos2(x, bottom)], t.stroke().series, t.text.strong));
        }
        let step = nice_step((last.to - first.from) / 5.0);
        let mut value = (first.from / step).ceil() * step;
        while value <= last.to + step * 1e-9 {
            // A word at the very edge would be cut.
            if x(value) > body.left() + 16.0 && x(value) < body.right() - 16.0 {
                let shown = if value.abs() < step / 1e6 { 0.0 } else { value };
                let at = pos2(x(value), bottom + t.space().x1);
                marks.push(Mark::Word(at, Align2::CENTER_TOP, (self.print)(shown), t.text.subdued));
            }
            value += step;
        }
        marks
    }

    /// For those who do not see it.
    fn summary(&self) -> String {
        let (low, high) = self.inside;
        format!("{}, {}. In colour {} to {}", self.frame.title, self.frame.line, (self.print)(low), (self.print)(high))
    }
}
