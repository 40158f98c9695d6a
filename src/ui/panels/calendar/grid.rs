//! Where days and rows lie, and what stands behind the bars: captions, weekends, holidays, the line of the as-of day.

use chrono::{Datelike, Weekday};
use egui::accesskit::Role;
use egui::{Align2, Painter, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::scale::Head;
use crate::model::Day;
use crate::planner::holidays::{Holiday, Kind};
use crate::planner::rounds::Span;
use crate::ui::locale;
use crate::ui::theme::{Theme, Type, corner};
use crate::ui::widgets::paint;

/// Width of the names of the rows.
const NAMES: f32 = 190.0;
/// Heights of the captions, of the holidays, and of what stands below them.
const UPPER: f32 = 30.0;
const LOWER: f32 = 20.0;
const HOLIDAYS: f32 = 24.0;
/// Height of the caption of a group.
pub const GROUP: f32 = 24.0;
/// Height of a campaign.
pub const ROW: f32 = 34.0;
/// Height of the row of contact pressure.
pub const PRESSURE: f32 = 40.0;
/// Half the width of the word of the marked day, about.
const MARKED: f32 = 28.0;
/// Days narrower than this show no weekends.
const WEEKENDS: f32 = 4.0;

/// The sheet of days.
#[derive(Clone, Copy)]
pub struct Grid {
    /// Where days lie; its height is that of the whole sheet.
    pub area: Rect,
    /// First and last day.
    pub span: Span,
}

impl Grid {
    /// A sheet within a rectangle.
    pub fn new(rect: Rect, span: Span) -> Self {
        Self { area: rect.with_min_x(rect.left() + NAMES), span }
    }

    /// Height of everything above the rows.
    pub fn head() -> f32 {
        UPPER + LOWER + HOLIDAYS
    }

    /// Width of a day.
    pub fn day(&self) -> f32 {
        self.area.width() / (self.span.1.0 - self.span.0.0 + 1).max(1) as f32
    }

    /// Where so many days after the first begin.
    pub fn at(&self, days: f32) -> f32 {
        self.area.left() + days * self.day()
    }

    /// Where a day begins.
    pub fn x(&self, day: Day) -> f32 {
        self.at((day.0 - self.span.0.0) as f32)
    }

    /// From the begin of the first to the end of the last day, cut at the ends of the sheet.
    pub fn stretch(&self, days: Span) -> (f32, f32) {
        let right = self.x(Day(days.1.0.saturating_add(1)));
        (self.x(days.0).max(self.area.left()), right.min(self.area.right()))
    }

    /// The names' part of a stripe from one height to another.
    pub fn name_part(&self, top: f32, bottom: f32) -> Rect {
        Rect::from_min_max(pos2(self.area.left() - NAMES, top), pos2(self.area.left(), bottom))
    }

    /// Weekends, behind everything else.
    pub fn weekends(&self, painter: &Painter, t: &Theme, top: f32, bottom: f32) {
        if self.day() < WEEKENDS || self.span.0 == self.span.1 {
            return;
        }
        for day in (self.span.0.0..=self.span.1.0).map(Day) {
            if matches!(day.date().weekday(), Weekday::Sat | Weekday::Sun) {
                let place = Rect::from_min_max(pos2(self.x(day), top), pos2(self.x(day) + self.day(), bottom));
                painter.rect_filled(place, 0.0, t.surface.page);
            }
        }
    }

    /// Captions above the days, and the lines below them.
    pub fn heads(&self, painter: &Painter, t: &Theme, (upper, lower): (&[Head], &[Head]), bottom: f32) {
        let top = self.area.top();
        for (n, (at, words)) in upper.iter().enumerate() {
            let x = self.at(*at);
            let end = upper.get(n + 1).map_or(self.area.right(), |(next, _)| self.at(*next));
            let place = Rect::from_min_max(pos2(x + 6.0, top), pos2(end - 4.0, top + UPPER));
            paint::text_in(painter, place, Align2::LEFT_CENTER, words, t.strong_font(Type::Body), t.text.strong);
            if n > 0 {
                painter.vline(x.round(), top + 6.0..=top + UPPER - 2.0, t.hairline(t.border.normal));
            }
        }
        let line = t.hairline(t.border.subtle);
        for (n, (at, words)) in lower.iter().enumerate() {
            let x = self.at(*at);
            let end = lower.get(n + 1).map_or(self.area.right(), |(next, _)| self.at(*next));
            if *at > 0.0 {
                painter.vline(x.round(), top + UPPER..=bottom, line);
            }
            let place = Rect::from_min_max(pos2(x + 6.0, top + UPPER), pos2(end, top + UPPER + LOWER));
            if paint::width(painter, words, t.font(Type::Caption)) <= place.width() {
                let font = t.font(Type::Caption);
                paint::text_in(painter, place, Align2::LEFT_CENTER, words, font, t.text.subdued);
            }
        }
        let left = self.area.left() - NAMES;
        painter.hline(left..=self.area.right(), top + UPPER + LOWER, line);
        painter.hline(left..=self.area.right(), top + Self::head(), line);
        painter.vline(self.area.left(), top..=bottom, t.hairline(t.border.normal));
    }

    /// The row of days that stand out. A name stands beside its dot where there is room.
    pub fn holidays(&self, ui: &Ui, t: &Theme, holidays: &[Holiday], marked: Day) {
        let top = self.area.top() + UPPER + LOWER;
        let (middle, font) = (top + HOLIDAYS / 2.0, t.font(Type::Caption));
        let name = self.name_part(top, top + HOLIDAYS).with_min_x(self.area.left() - NAMES + t.space().x4);
        paint::text_in(ui.painter(), name, Align2::LEFT_CENTER, "Holidays", font.clone(), t.text.subdued);
        let mut free = self.area.left();
        // The word of the marked day stands on this row too.
        let word = self.x(marked) + self.day() / 2.0;
        let clear = |left: f32, right: f32| right < word - MARKED || left > word + MARKED;
        let dot = |holiday: &Holiday| self.x(holiday.day) + self.day() / 2.0;
        let mut n = 0;
        while n < holidays.len() {
            // Several on one day share a dot.
            let same = holidays[n..].iter().take_while(|other| other.day == holidays[n].day).count();
            let own = &holidays[n..n + same];
            let x = dot(&own[0]);
            let next = holidays.get(n + same).map_or(self.area.right(), dot);
            let words = own.iter().map(|holiday| holiday.name.as_str()).collect::<Vec<_>>().join(", ");
            let width = paint::width(ui.painter(), &words, font.clone());
            let colour = t.series(1);
            if own.iter().any(|holiday| holiday.kind == Kind::Public) {
                ui.painter().circle_filled(pos2(x, middle), 4.0, colour);
            } else {
                ui.painter().circle_stroke(pos2(x, middle), 3.5, Stroke::new(1.5, colour));
            }
            let (right, left) = (x + 8.0 + width, x - 8.0 - width);
            if right < next - 8.0 && clear(x, right) {
                let at = pos2(x + 8.0, middle);
                paint::text(ui.painter(), at, Align2::LEFT_CENTER, &words, font.clone(), t.text.subdued);
                free = right;
            } else if left > free + 4.0 && clear(left, x) {
                let at = pos2(x - 8.0, middle);
                paint::text(ui.painter(), at, Align2::RIGHT_CENTER, &words, font.clone(), t.text.subdued);
                free = x;
            } else {
                free = x;
            }
            self.tell(ui, own, pos2(x, middle));
            n += same;
        }
    }

    fn tell(&self, ui: &Ui, own: &[Holiday], at: egui::Pos2) {
        let place = Rect::from_center_size(at, vec2(self.day().clamp(12.0, 24.0), HOLIDAYS));
        let response = ui.interact(place, ui.scope_id().with(("holiday", own[0].day.0)), Sense::hover());
        let line = |holiday: &Holiday| {
            let parts = if holiday.parts.is_empty() { String::new() } else { format!(" ({})", holiday.parts) };
            format!("{}{parts}\n{}", holiday.name, holiday.source)
        };
        let words = own.iter().map(line).collect::<Vec<_>>().join("\n");
        let words = format!("{}\n{words}", locale::date(own[0].day));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words.replace('\n', ", ")));
        response.on_hover_text(words);
    }

    /// The line of a day, over everything else, with its word.
    pub fn marked(&self, painter: &Painter, t: &Theme, (day, words): (Day, &str), bottom: f32) {
        if day < self.span.0 || day > self.span.1 {
            return;
        }
        let x = (self.x(day) + self.day() / 2.0).round();
        let top = self.area.top() + UPPER + LOWER;
        painter.vline(x, top + HOLIDAYS..=bottom, Stroke::new(1.5, t.accent.base));
        let font = t.font(Type::Caption);
        let width = paint::width(painter, words, font.clone()) + 2.0 * t.space().x1 + 2.0;
        let left = (x - width / 2.0).clamp(self.area.left(), self.area.right() - width);
        let place = Rect::from_min_size(pos2(left, top + 3.0), vec2(width, HOLIDAYS - 6.0));
        painter.rect(place, corner(t.radius().small), t.accent.base, Stroke::NONE, StrokeKind::Inside);
        paint::text(painter, place.center(), Align2::CENTER_CENTER, words, font, t.accent.on);
    }

    /// The caption of a group.
    pub fn caption(&self, ui: &Ui, t: &Theme, top: f32, words: &str) {
        let whole = Rect::from_min_max(pos2(self.area.left() - NAMES, top), pos2(self.area.right(), top + GROUP));
        ui.painter().rect_filled(whole, 0.0, t.surface.raised);
        let at = pos2(whole.left() + t.space().x4, whole.center().y);
        paint::label(ui, at, Align2::LEFT_CENTER, words, t.font(Type::Caption), t.text.subdued);
    }
}
