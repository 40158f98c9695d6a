//! Bars over days: what runs when, one lane below the other, with the weeks or months above and a line at one day.

use egui::accesskit::Role;
use egui::{Align2, Color32, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::paint;
use crate::model::Day;
use crate::ui::locale;
use crate::ui::theme::{self, Theme, Type, corner};

/// What runs from one day to another.
#[derive(Debug, Clone)]
pub struct Span {
    /// Its name.
    pub name: String,
    /// First day.
    pub from: Day,
    /// Last day, included.
    pub to: Day,
    /// Its colour.
    pub colour: Color32,
    /// Not certain yet: drawn as an outline.
    pub draft: bool,
}

/// Bars about to be shown.
pub struct CalendarBar<'a> {
    /// What they show, for screen readers.
    pub title: &'a str,
    /// First and last day on view, both included.
    pub days: (Day, Day),
    /// What runs; those that overlap go below each other.
    pub spans: &'a [Span],
    /// A day with a line, such as the as-of date.
    pub marked: Option<Day>,
}

const LANE: f32 = 26.0;
/// Least distance between two heads.
const HEADS: f32 = 56.0;

impl CalendarBar<'_> {
    /// How high it is.
    pub fn height(&self, t: &Theme) -> f32 {
        let lanes = self.lanes().iter().max().map_or(1, |lane| lane + 1);
        t.line(Type::Caption) + t.space().x2 + lanes as f32 * LANE
    }

    /// Draws it over the width that is left. Returns the span that was chosen.
    pub fn show(&self, ui: &mut Ui) -> Option<usize> {
        let t = theme::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), self.height(t)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Group, true, self.title));
        let top = rect.top() + t.line(Type::Caption) + t.space().x2;
        self.heads(ui, t, rect, top);
        let mut chosen = None;
        for (i, lane) in self.lanes().into_iter().enumerate() {
            if self.span(ui, t, rect, (i, top + lane as f32 * LANE)) {
                chosen = Some(i);
            }
        }
        if let Some(day) = self.marked.filter(|day| (self.days.0..=self.days.1).contains(day)) {
            let x = self.x(rect, Day(day.0 + 1)).round();
            let line = egui::Stroke::new(t.stroke().series, t.accent.base);
            ui.painter().vline(x, rect.top()..=rect.bottom(), line);
        }
        chosen
    }

    /// Where a day begins.
    fn x(&self, rect: Rect, day: Day) -> f32 {
        let all = (self.days.1.0 - self.days.0.0 + 1).max(1) as f32;
        rect.left() + (day.0 - self.days.0.0) as f32 / all * rect.width()
    }

    /// The lane of each span: the first that is free on its first day.
    fn lanes(&self) -> Vec<usize> {
        let mut free: Vec<Day> = Vec::new();
        let mut order: Vec<usize> = (0..self.spans.len()).collect();
        order.sort_by_key(|&i| (self.spans[i].from, i));
        let mut lanes = vec![0; self.spans.len()];
        for i in order {
            let span = &self.spans[i];
            let lane = free.iter().position(|until| *until < span.from).unwrap_or(free.len());
            if lane == free.len() {
                free.push(span.to);
            }
            free[lane] = span.to.max(span.from);
            lanes[i] = lane;
        }
        lanes
    }

    fn heads(&self, ui: &Ui, t: &Theme, rect: Rect, top: f32) {
        let (mut free, days) = (f32::NEG_INFINITY, self.days.1.0 - self.days.0.0 + 1);
        for n in 0..days {
            let day = Day(self.days.0.0 + n);
            let date = day.date();
            let begins = if days > 62 {
                chrono::Datelike::day(&date) == 1
            } else {
                chrono::Datelike::weekday(&date) == locale::first_weekday()
            };
            let x = self.x(rect, day);
            if !begins || x < free {
                continue;
            }
            free = x + HEADS;
            ui.painter().vline(x.round(), top - t.space().x1..=rect.bottom(), t.hairline(t.border.subtle));
            let words = if days > 62 { date.format("%b").to_string() } else { date.format("%-d %b").to_string() };
            let at = pos2(x + 2.0, rect.top());
            paint::text(ui.painter(), at, Align2::LEFT_TOP, words, t.font(Type::Caption), t.text.subdued);
        }
    }

    fn span(&self, ui: &Ui, t: &Theme, rect: Rect, (i, top): (usize, f32)) -> bool {
        let span = &self.spans[i];
        let (from, to) = (span.from.max(self.days.0), span.to.min(self.days.1));
        if from > to {
            return false;
        }
        let (left, right) = (self.x(rect, from), self.x(rect, Day(to.0 + 1)));
        let bar = Rect::from_min_max(pos2(left, top + 2.0), pos2(right.max(left + 4.0), top + LANE - 2.0));
        let words = format!("{}, {} – {}", span.name, locale::date(span.from), locale::date(span.to));
        let response = ui.interact(bar, ui.scope_id().with((self.title, i)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        let tint = t.surface.panel.lerp_to_gamma(span.colour, t.chart.flow_alpha);
        if span.draft {
            let edge = egui::Stroke::new(1.0, span.colour);
            paint::dashed_rect(ui.painter(), bar, t.radius().small, edge, 4.0, 3.0);
        } else {
            ui.painter().rect_filled(bar, corner(t.radius().small), tint);
            let edge = Rect::from_min_size(bar.min, vec2(3.0, bar.height()));
            ui.painter().rect_filled(edge, corner(1.5), span.colour);
        }
        paint::focus_ring(ui, t, bar, t.radius().small, &response);
        let place = bar.shrink2(vec2(t.space().x2, 0.0));
        paint::text_in(ui.painter(), place, Align2::LEFT_CENTER, &span.name, t.font(Type::Caption), t.text.strong);
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(words);
        response.clicked()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overlaps_goes_into_another_lane_and_what_follows_comes_back() {
        let span = |from, to| Span {
            name: "a".into(),
            from: Day(from),
            to: Day(to),
            colour: theme::get(false).series(0),
            draft: false,
        };
        let spans = [span(1, 5), span(3, 4), span(5, 9), span(6, 7), span(10, 12)];
        let bar = CalendarBar { title: "t", days: (Day(0), Day(20)), spans: &spans, marked: None };
        assert_eq!(bar.lanes(), [0, 1, 1, 0, 0]);
    }
}
