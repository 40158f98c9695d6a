//! Messages by day over the last year of history: a column for each week, a row for each weekday.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::analytics::triggers::Replay;
use crate::model::Day;
use crate::ui::locale;
use crate::ui::theme::{self, Type, corner};
use crate::ui::widgets::heat_map::{Scale, legend};
use crate::ui::widgets::{card, paint, say};

/// Weeks that are drawn.
const WEEKS: i32 = 53;
/// Side of a day, and the space between two.
const SIDE: f32 = 13.0;
const GAP: f32 = 2.0;

/// Draws the card.
pub fn show(ui: &mut Ui, replay: &Replay) {
    let t = theme::of(ui);
    let sent = |day: Day| usize::try_from(day.0 - replay.first.0).map_or(0, |day| replay.on_day(day));
    // The first of January 1970 was a Thursday.
    let monday = |day: Day| Day(day.0 - (day.0 + 3).rem_euclid(7));
    let first = Day(monday(replay.as_of).0 - (WEEKS - 1) * 7).max(monday(replay.first));
    let most = (first.0..=replay.as_of.0).map(|day| sent(Day(day))).max().unwrap_or(0);
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        say(ui, Type::Emphasis, "Messages by day");
        say(ui, Type::Caption, "All sequences together, the last year; a column is a week from Monday");
        ui.add_space(t.space().x2);
        let width = ui.available_width();
        let names = 36.0;
        let step = ((width - names) / WEEKS as f32).clamp(SIDE, 22.0);
        let high = SIDE + GAP;
        let size = vec2(width, t.line(Type::Caption) + 7.0 * high + t.space().x2 + t.line(Type::Caption));
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let busiest = (first.0..=replay.as_of.0).max_by_key(|day| (sent(Day(*day)), -*day)).map_or(first, Day);
        let said = format!("Messages by day, at most {} on {}", locale::count(most), locale::date(busiest));
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
        let (painter, font) = (ui.painter(), t.font(Type::Caption));
        let top = rect.top() + t.line(Type::Caption);
        for (row, name) in [(0, "Mon"), (2, "Wed"), (4, "Fri")] {
            let at = pos2(rect.left(), top + (row as f32 + 0.5) * high);
            paint::text(painter, at, Align2::LEFT_CENTER, name, font.clone(), t.text.subdued);
        }
        let pointed = response.hover_pos();
        let mut told = None;
        for day in first.0..=replay.as_of.0 {
            let (week, row) = ((day - first.0) / 7, (day - first.0) % 7);
            let x = rect.left() + names + week as f32 * step;
            let place = Rect::from_min_size(pos2(x, top + row as f32 * high), vec2(step - GAP, SIDE));
            let n = sent(Day(day));
            let fill = if n == 0 { t.surface.raised } else { t.heat(n as f64 / most.max(1) as f64).0 };
            painter.rect_filled(place, corner(t.radius().small / 2.0), fill);
            use chrono::Datelike;
            let date = Day(day).date();
            if date.day() <= 7 && row == 0 {
                let words = date.format("%b").to_string();
                paint::text(painter, pos2(x, rect.top()), Align2::LEFT_TOP, words, font.clone(), t.text.subdued);
            }
            if pointed.is_some_and(|at| place.expand(GAP / 2.0).contains(at)) {
                told = Some(format!("{}: {}", locale::date(Day(day)), locale::counted(n, "message", "messages")));
            }
        }
        let right = pos2(rect.right(), rect.bottom() - t.line(Type::Caption) / 2.0);
        let scale = Scale::Amount { from: 0.0, to: most as f64 };
        legend(painter, t, right, scale, &|value| locale::count(value.round() as u64));
        if let Some(told) = told {
            response.show_tooltip_text(told);
        }
    });
}
