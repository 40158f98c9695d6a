//! The picture of an overlap: a row for each combination that has members, a dot for each segment it is in.

use egui::{Align2, Rect, Sense, Ui, pos2, vec2};

use super::data::{Group, Shared, tip};
use crate::analytics::rules::Sieve;
use crate::model::MetricId;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{figure, paint, remark};

/// Distance between the dots of two segments.
const STEP: f32 = 26.0;
/// Rows that are drawn; smaller combinations are summed up below.
const ROWS: usize = 20;

/// Draws what the groups have in common.
pub fn draw(ui: &mut Ui, sieve: &Sieve, groups: &[Group], shared: &[Shared]) {
    let t = theme::of(ui);
    let row = t.row().dense;
    // Above the dots the names, each on a line of its own, led down to its column.
    let head = groups.len() as f32 * t.line(Type::Body) + t.space().x2;
    let drawn = shared.len().min(ROWS);
    let size = vec2(ui.available_width(), head + drawn as f32 * row);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let painter = ui.painter().clone();
    let column = |set: usize| rect.left() + 10.0 + set as f32 * STEP;
    for (set, group) in groups.iter().enumerate() {
        let y = rect.top() + (set as f32 + 0.5) * t.line(Type::Body);
        let x = column(set);
        painter.vline(x, y..=rect.top() + head, t.hairline(t.border.normal));
        let end = column(groups.len());
        painter.hline(x..=end - t.space().x2, y, t.hairline(t.border.normal));
        let words = format!("{}, {}", group.picked.name, locale::count(group.count.customers));
        let place = Rect::from_min_max(pos2(end, y - 9.0), pos2(rect.right(), y + 9.0));
        paint::text_in(&painter, place, Align2::LEFT_CENTER, &words, t.font(Type::Body), t.text.strong);
    }
    let most = shared.first().map_or(1, |shared| shared.of.customers).max(1) as f32;
    let left = column(groups.len());
    let number = 64.0;
    for (n, combination) in shared.iter().take(ROWS).enumerate() {
        let y = rect.top() + head + (n as f32 + 0.5) * row;
        let inside = &combination.of.sets;
        for set in 0..groups.len() {
            let fill = if inside.contains(&set) { t.text.strong } else { t.border.normal };
            painter.circle_filled(pos2(column(set), y), 4.0, fill);
        }
        if let (Some(first), Some(last)) = (inside.first(), inside.last()) {
            painter.hline(column(*first)..=column(*last), y, egui::Stroke::new(2.0, t.text.strong));
        }
        let share = combination.of.customers as f32 / most;
        let room = (rect.right() - left - number).max(40.0);
        let bar = Rect::from_min_size(pos2(left, y - 7.0), vec2((room * share).max(1.0), 14.0));
        painter.rect_filled(bar, 2.0, t.series(0));
        let text = locale::count(combination.of.customers);
        let at = pos2(bar.right() + t.space().x2, y);
        let place = paint::text(&painter, at, Align2::LEFT_CENTER, &text, t.font(Type::Body), t.text.strong);
        let words = format!("{}: {text}", combination.group.picked.name);
        let response = figure::door(ui, place, ui.scope_id().with(("shared", n)), &words, &|| {
            tip(sieve, &combination.group, MetricId::Customers)
        });
        paint::dotted(ui.painter(), t, place.left_bottom(), place.width());
        paint::focus_ring(ui, t, place, t.radius().small, &response);
    }
    let rest: u64 = shared.iter().skip(ROWS).map(|shared| shared.of.customers).sum();
    let words = match shared.len().saturating_sub(ROWS) {
        0 => "A filled dot means “in this segment”; each customer is counted in one row".to_owned(),
        n => format!("{n} smaller combinations hold {} more customers", locale::count(rest)),
    };
    remark(ui, words);
}
