//! The rhythm of one buyer: a bar for each purchase where it lies in time, below them the stays in groups, and ahead
//! of the day on view the time in which the next purchase is expected.

use egui::accesskit::Role;
use egui::{Align2, Color32, Rect, Sense, Ui, WidgetInfo, pos2};

use super::frame::{Asked, Frame};
use super::scene::{Mark, paint_all};
use crate::model::Day;
use crate::report::table_export::Value;
use crate::ui::locale;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::paint;

/// A purchase.
#[derive(Debug, Clone, PartialEq)]
pub struct Beat {
    /// Its day.
    pub day: Day,
    /// Its height; below zero counts as zero.
    pub size: f64,
    /// What the pointer is told.
    pub words: String,
    /// Its value in files.
    pub value: Value,
}

/// A stay in a group, up to the next one.
#[derive(Debug, Clone, PartialEq)]
pub struct Stay {
    /// Its first day.
    pub from: Day,
    /// The group.
    pub name: String,
    /// Its colour.
    pub colour: Color32,
}

/// When the next purchase is expected of somebody who goes on buying.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// The day in the middle.
    pub about: Day,
    /// First day of the interval.
    pub low: Day,
    /// Last day of the interval; `None` = far ahead.
    pub high: Option<Day>,
}

/// The picture about to be shown.
pub struct Rhythm<'a> {
    /// Words around it.
    pub frame: Frame<'a>,
    /// Purchases, oldest first.
    pub beats: &'a [Beat],
    /// Stays, oldest first.
    pub stays: &'a [Stay],
    /// The day on view.
    pub today: Day,
    /// What is expected.
    pub next: Option<Expected>,
}

/// Width of a bar.
const BAR: f32 = 4.0;
/// Height of the band of stays.
const BAND: f32 = 6.0;

/// Where days lie.
struct Scale {
    from: Day,
    until: Day,
    area: Rect,
}

impl Scale {
    fn x(&self, day: Day) -> f32 {
        let share = (day.0.clamp(self.from.0, self.until.0) - self.from.0) as f32 / self.days();
        self.area.left() + share * self.area.width()
    }

    fn days(&self) -> f32 {
        (self.until.0 - self.from.0).max(1) as f32
    }
}

impl Rhythm<'_> {
    /// Draws it into a card of a given place.
    pub fn show(&self, ui: &mut Ui, rect: Rect) -> Option<Asked> {
        let t = theme::of(ui);
        card_at(ui, rect, t.space().x4, |ui| {
            let inner = ui.max_rect();
            let asked = self.frame.head(ui, t, inner, |_| {});
            let body = inner.with_min_y(inner.top() + Frame::height(t));
            if self.beats.is_empty() {
                let font = t.font(Type::Body);
                paint::label(ui, body.center(), Align2::CENTER_CENTER, "No purchase yet", font, t.text.subdued);
                return None;
            }
            let scale = self.scale(t, body);
            let marks = self.marks(ui, t, &scale);
            let response = ui.interact(body, ui.scope_id().with(("rhythm", self.frame.title)), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.summary()));
            paint_all(ui.painter(), t, &marks);
            paint::focus_ring(ui, t, body.expand(2.0), t.radius().small, &response);
            if let Some(words) = response.hover_pos().and_then(|at| self.under(&scale, at.x)) {
                response.on_hover_text_at_pointer(words);
            }
            Some(self.frame.asked(t, asked?, (rect, body), &marks, (self.beats.len(), self.columns())))
        })
    }

    fn columns(&self) -> Vec<String> {
        vec!["Date".into(), "Revenue".into()]
    }

    /// The value of a purchase in files.
    pub fn value(&self, row: u64, column: usize) -> Value {
        let beat = usize::try_from(row).ok().and_then(|row| self.beats.get(row));
        beat.map_or(Value::Empty, |beat| if column == 0 { Value::Day(beat.day) } else { beat.value.clone() })
    }

    fn scale(&self, t: &Theme, body: Rect) -> Scale {
        let first = self.beats.first().map_or(self.today, |beat| beat.day);
        let from = self.stays.first().map_or(first, |stay| stay.from.min(first));
        // What is expected takes a third of the picture at most.
        let past = (self.today.0 - from.0).max(30);
        let ahead = self.next.map_or(0, |next| next.high.map_or(past, |high| high.0 - self.today.0).min(past / 2));
        let until = Day(self.today.0.saturating_add(ahead.max(past / 20)));
        let below = t.line(Type::Caption) + BAND + 2.0 * t.space().x1;
        Scale { from, until, area: body.with_max_y(body.bottom() - below) }
    }

    fn marks(&self, ui: &Ui, t: &Theme, scale: &Scale) -> Vec<Mark> {
        let area = scale.area;
        let mut marks =
            vec![Mark::Line(vec![area.left_bottom(), area.right_bottom()], t.stroke().hairline, t.chart.axis)];
        marks.extend(self.expected(t, scale));
        let most = self.beats.iter().map(|beat| beat.size).fold(f64::MIN_POSITIVE, f64::max);
        let room = f64::from(area.height() - t.line(Type::Caption));
        for beat in self.beats {
            let high = ((beat.size.max(0.0) / most * room) as f32).max(3.0);
            let x = scale.x(beat.day).round();
            let bar = Rect::from_min_max(pos2(x - BAR / 2.0, area.bottom() - high), pos2(x + BAR / 2.0, area.bottom()));
            marks.push(Mark::Bar(bar, t.series(0)));
        }
        let today = scale.x(self.today).round();
        let line = vec![pos2(today, area.top() + t.line(Type::Caption)), pos2(today, area.bottom())];
        marks.push(Mark::Dashed(line, t.stroke().hairline, t.text.subdued));
        self.band(t, scale, &mut marks);
        self.dates(ui, t, scale, &mut marks);
        marks
    }

    fn expected(&self, t: &Theme, scale: &Scale) -> Vec<Mark> {
        let Some(next) = self.next else { return Vec::new() };
        let area = scale.area;
        let (left, right) = (scale.x(next.low), scale.x(next.high.unwrap_or(scale.until)));
        let top = area.top() + t.line(Type::Caption);
        let span = Rect::from_min_max(pos2(left, top), pos2(right.max(left + 2.0), area.bottom()));
        let mut marks = vec![Mark::Expected(span, t.series(0))];
        if next.about <= scale.until {
            let x = scale.x(next.about).round();
            marks.push(Mark::Dashed(vec![pos2(x, top), pos2(x, area.bottom())], 2.0, t.series(0)));
        }
        let words = format!("Next order about {}", locale::date(next.about));
        marks.push(Mark::Word(pos2(area.right(), area.top()), Align2::RIGHT_TOP, words, t.text.normal));
        marks
    }

    /// The stays, as a band below the axis.
    fn band(&self, t: &Theme, scale: &Scale, marks: &mut Vec<Mark>) {
        let top = scale.area.bottom() + t.space().x1;
        for (i, stay) in self.stays.iter().enumerate() {
            let until = self.stays.get(i + 1).map_or(self.today, |next| next.from);
            let (left, right) = (scale.x(stay.from), scale.x(until));
            let rect = Rect::from_min_max(pos2(left, top), pos2(right.max(left + 1.0), top + BAND));
            marks.push(Mark::Bar(rect, stay.colour));
        }
    }

    /// First days of years, of quarters or of months, as many as have room.
    fn dates(&self, ui: &Ui, t: &Theme, scale: &Scale, marks: &mut Vec<Mark>) {
        use chrono::{Datelike, Months};
        let years = scale.days() / 365.25;
        let months = if years > 12.0 {
            24
        } else if years > 5.0 {
            12
        } else if years > 2.0 {
            6
        } else {
            2
        };
        let start = scale.from.date();
        let first = start.with_day(1).and_then(|date| date.with_month0(start.month0() / months % 12 * months % 12));
        let mut date = first.unwrap_or(start);
        let (y, mut free) = (scale.area.bottom() + BAND + 2.0 * t.space().x1, scale.area.left());
        while Day::from_date(date) <= scale.until {
            let words = if months >= 12 { date.format("%Y").to_string() } else { date.format("%b %Y").to_string() };
            let wide = paint::width(ui.painter(), &words, t.font(Type::Caption));
            let x = scale.x(Day::from_date(date));
            if Day::from_date(date) >= scale.from && x - wide / 2.0 >= free && x + wide / 2.0 <= scale.area.right() {
                free = x + wide / 2.0 + t.space().x3;
                marks.push(Mark::Word(pos2(x, y), Align2::CENTER_TOP, words, t.text.subdued));
            }
            let Some(next) = date.checked_add_months(Months::new(months)) else { break };
            date = next;
        }
    }

    /// The purchase nearest to a place, else the group of that time.
    fn under(&self, scale: &Scale, x: f32) -> Option<String> {
        const NEAR: f32 = 5.0;
        let distance = |beat: &Beat| (scale.x(beat.day) - x).abs();
        let near = self.beats.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
        if let Some(beat) = near.filter(|beat| distance(beat) <= NEAR) {
            return Some(beat.words.clone());
        }
        let in_time = x <= scale.x(self.today);
        let stay = self.stays.iter().rev().find(|stay| scale.x(stay.from) <= x).filter(|_| in_time)?;
        Some(format!("{} since {}", stay.name, locale::date(stay.from)))
    }

    fn summary(&self) -> String {
        let purchases = locale::counted(self.beats.len() as u64, "purchase", "purchases");
        let next = self.next.map_or_else(String::new, |next| format!(", the next about {}", locale::date(next.about)));
        format!("{}: {purchases}{next}", self.frame.title)
    }
}
