//! A chart in its frame: finding or title, unit, legend, what it means, values under the pointer, and a menu that
//! gives its picture and its data.

pub mod bands;
pub mod flow;
pub mod frame;
pub mod funnel;
pub mod histogram;
pub mod plot;
pub mod rhythm;
pub mod scene;
pub mod shares;
pub mod tornado;
pub mod waterfall;

use egui::accesskit::Role;
use egui::{Align2, EventFilter, Key, Rect, Response, Sense, Tooltip, Ui, WidgetInfo, vec2};

pub use self::frame::{Asked, Frame};
use self::plot::{Plane, colour};
use super::card::card_at;
use super::{paint, say, text};
use crate::report::table_export::Value;
use crate::ui::theme::{self, Theme, Type};

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Bars from zero.
    Bars,
    /// A line with its last point marked.
    Line,
    /// Strokes across the bars: the same periods before.
    Before,
    /// Grey bars from zero, beside which the other series are judged.
    Rest,
    /// A dot for each period.
    Dots,
    /// An edge of a band around the series before it; the next series is its other edge.
    Edge,
}

/// A series of values, one per period.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name in the legend and in files.
    pub name: String,
    /// How it is drawn.
    pub kind: Kind,
    /// Values; `None` where there is none.
    pub values: Vec<Option<f64>>,
}

/// The last period is not over.
#[derive(Debug, Clone, PartialEq)]
pub struct Unfinished {
    /// Until when it is counted: `to 14 Oct`.
    pub words: String,
    /// What is expected of the whole period.
    pub expected: Option<f64>,
}

/// Something that happened in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The period, by its place.
    pub period: usize,
    /// What happened.
    pub words: String,
}

/// A chart about to be shown.
pub struct Chart<'a> {
    /// The finding, or what it shows.
    pub title: &'a str,
    /// Unit and period.
    pub line: &'a str,
    /// What it means and how it is counted.
    pub about: &'a str,
    /// What a period is: the first header of its data.
    pub period: &'a str,
    /// Names of the periods, oldest first.
    pub periods: &'a [String],
    /// At most seven.
    pub series: &'a [Series],
    /// The last period is not over.
    pub unfinished: Option<Unfinished>,
    /// What happened in a period, flagged above it: a sale, a new price.
    pub flags: &'a [Flag],
    /// How values are printed, on the axis and under the pointer.
    pub print: &'a dyn Fn(f64) -> String,
}

impl Chart<'_> {
    /// Draws the chart into a card of a given place.
    pub fn show(&self, ui: &mut Ui, rect: Rect) -> Option<Asked> {
        let t = theme::of(ui);
        card_at(ui, rect, t.space().x4, |ui| {
            let inner = ui.max_rect();
            let frame = Frame { title: self.title, line: self.line, about: self.about };
            let asked = frame.head(ui, t, inner, |ui| {
                if self.series.len() > 1 {
                    for (i, series) in self.series.iter().enumerate().rev() {
                        // A band has one name, though it has two edges.
                        let is_second = i > 0 && series.kind == Kind::Edge && self.series[i - 1].kind == Kind::Edge;
                        if !is_second {
                            legend(ui, t, series, i);
                        }
                    }
                }
            });
            let body = inner.with_min_y(inner.top() + Frame::height(t));
            if self.series.iter().all(|series| series.values.iter().all(Option::is_none)) {
                let words = "Nothing to draw yet";
                let font = t.font(Type::Body);
                paint::label(ui, body.center(), Align2::CENTER_CENTER, words, font, t.text.subdued);
                return None;
            }
            let plane = Plane::new(ui, t, body, self);
            let marks = plane.marks(ui, t, self);
            let response = ui.interact(body, ui.scope_id().with(("chart", self.title)), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.summary()));
            let pointed = self.pointed(ui, &plane, &response);
            if let Some(period) = pointed {
                ui.painter().rect_filled(plane.strip(period), 0.0, t.surface.hover);
            }
            scene::paint_all(ui.painter(), t, &marks);
            paint::focus_ring(ui, t, body.expand(2.0), t.radius().small, &response);
            if let Some(period) = pointed {
                self.values(ui, t, &response, period);
            }
            Some(frame.asked(t, asked?, (rect, body), &marks, (self.periods.len(), self.columns())))
        })
    }

    /// The period under the pointer, or the one that arrow keys have reached.
    fn pointed(&self, ui: &Ui, plane: &Plane, response: &Response) -> Option<usize> {
        let by_pointer = response.hover_pos().and_then(|at| plane.period_at(at.x));
        if !response.has_focus() {
            return by_pointer;
        }
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let last = self.periods.len().checked_sub(1)?;
        let at: usize = ui.data(|d| d.get_temp(response.id)).unwrap_or(last);
        let to = ui.input(|i| match () {
            () if i.key_pressed(Key::ArrowLeft) => at.saturating_sub(1),
            () if i.key_pressed(Key::ArrowRight) => (at + 1).min(last),
            () => at.min(last),
        });
        ui.data_mut(|d| d.insert_temp(response.id, to));
        by_pointer.or(Some(to))
    }

    fn values(&self, ui: &Ui, t: &Theme, response: &Response, period: usize) {
        let unfinished = self.unfinished.as_ref().filter(|_| period + 1 == self.periods.len());
        let mut tooltip = Tooltip::always_open(
            ui.ctx().clone(),
            ui.layer_id(),
            response.id.with("values"),
            response.hover_pos().map_or_else(|| response.rect.center(), |at| at + vec2(t.space().x3, 0.0)),
        );
        tooltip = tooltip.gap(t.space().x3);
        tooltip.show(|ui| {
            let pad = egui::Margin::symmetric(t.space().x3 as i8, t.space().x2 as i8);
            egui::Frame::new().inner_margin(pad).show(ui, |ui| self.lines(ui, period, unfinished));
        });
    }

    fn lines(&self, ui: &mut Ui, period: usize, unfinished: Option<&Unfinished>) {
        ui.spacing_mut().item_spacing.y = 2.0;
        let words = unfinished.map_or_else(String::new, |u| format!(", {}", u.words));
        say(ui, Type::Caption, format!("{}{words}", self.periods[period]));
        for series in self.series {
            let value = series.values.get(period).copied().flatten();
            let value = value.map_or_else(|| "—".to_owned(), |value| (self.print)(value));
            say(ui, Type::Label, if self.series.len() > 1 { format!("{}  {value}", series.name) } else { value });
        }
        for flag in self.flags.iter().filter(|flag| flag.period == period) {
            say(ui, Type::Caption, flag.words.as_str());
        }
        if let Some(expected) = unfinished.and_then(|u| u.expected) {
            say(ui, Type::Caption, format!("Expected of the whole period: {}", (self.print)(expected)));
        }
    }

    /// For those who do not see it.
    pub fn summary(&self) -> String {
        let one = |series: &Series| {
            let known = || self.periods.iter().zip(&series.values).filter_map(|(p, v)| Some((p, (*v)?)));
            let (Some(first), Some(last)) = (known().next(), known().next_back()) else {
                return format!("{}: no values", series.name);
            };
            let highest = known().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or(last);
            let said = |(period, value): (&String, f64)| format!("{} in {period}", (self.print)(value));
            format!("{}: from {} to {}, highest {}", series.name, said(first), said(last), said(highest))
        };
        let series: Vec<String> = self.series.iter().map(one).collect();
        let open = self.unfinished.as_ref().map(|u| format!("; the last period is not over ({})", u.words));
        let flag = |flag: &Flag| self.periods.get(flag.period).map(|period| format!("; {} in {period}", flag.words));
        let flags: String = self.flags.iter().filter_map(flag).collect();
        format!("{}, {}. {}{}{flags}", self.title, self.line, series.join("; "), open.unwrap_or_default())
    }

    fn columns(&self) -> Vec<String> {
        let names = self.series.iter().map(|series| series.name.clone());
        std::iter::once(self.period.to_owned()).chain(names).collect()
    }

    /// A value of its data: the period's name, then the series.
    pub fn value(&self, row: u64, column: usize) -> Value {
        let Ok(row) = usize::try_from(row) else { return Value::Empty };
        match column.checked_sub(1) {
            None => self.periods.get(row).map_or(Value::Empty, |name| Value::Text(name.clone())),
            Some(i) => {
                let value = self.series.get(i).and_then(|series| series.values.get(row).copied().flatten());
                value.map_or(Value::Empty, Value::Number)
            }
        }
    }
}

fn legend(ui: &mut Ui, t: &Theme, series: &Series, i: usize) {
    let name = if series.kind == Kind::Edge { series.name.split(',').next().unwrap_or_default() } else { &series.name };
    text::say_in(ui, Type::Caption, t.text.normal, name);
    let side = t.space().x2 + 2.0;
    let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    match series.kind {
        Kind::Bars => {
            ui.painter().rect_filled(rect, theme::corner(2.0), colour(t, i));
        }
        Kind::Line => {
            ui.painter().hline(rect.x_range(), rect.center().y, egui::Stroke::new(t.stroke().series, colour(t, i)));
        }
        Kind::Before => {
            ui.painter().hline(rect.x_range(), rect.center().y, egui::Stroke::new(t.stroke().series, t.text.strong));
        }
        Kind::Rest => {
            ui.painter().rect_filled(rect, theme::corner(2.0), t.chart.bar_rest);
        }
        Kind::Edge => {
            ui.painter().rect_filled(rect, theme::corner(2.0), plot::tint(t, i));
        }
        Kind::Dots => {
            ui.painter().circle_filled(rect.center(), plot::DOT, colour(t, 0));
        }
    }
    ui.add_space(t.space().x2);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_words_and_its_data_say_what_it_shows() {
        let periods: Vec<String> = ["Aug", "Sep", "Oct"].map(str::to_owned).to_vec();
        let series =
            [Series { name: "this year".into(), kind: Kind::Bars, values: vec![Some(4.0), Some(9.0), Some(2.0)] }];
        let chart = Chart {
            title: "Revenue",
            line: "$K",
            about: "",
            period: "Month",
            periods: &periods,
            series: &series,
            unfinished: Some(Unfinished { words: "to 14 Oct".into(), expected: Some(5.0) }),
            flags: &[],
            print: &|value| format!("{value:.0}"),
        };
        let words = chart.summary();
        assert_eq!(
            words,
            "Revenue, $K. this year: from 4 in Aug to 2 in Oct, highest 9 in Sep; the last period is not over (to 14 Oct)"
        );
        assert_eq!(chart.value(1, 0), Value::Text("Sep".into()));
        assert_eq!(chart.value(1, 1), Value::Number(9.0));
        assert_eq!(chart.value(9, 1), Value::Empty);
    }
}
