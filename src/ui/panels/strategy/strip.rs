//! The phases of a dated list side by side: when each is, what it is for, how far it is, and where the as-of day falls.
//! A click narrows the list below to one phase.

use egui::accesskit::Role as Sort;
use egui::{Align2, Rect, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{Seen, head};
use crate::framework::guide::{GuideGroup, GuideList, Span, done, group_dates};
use crate::model::Day;
use crate::model::strategy::StrategyPlan;
use crate::ui::locale;
use crate::ui::theme::{self, Theme, Tone, Type, corner, icons};
use crate::ui::widgets::paint;

/// Narrower phases stand in two rows.
const LEAST: f32 = 200.0;
/// Lines of a phase's objective.
const LINES: usize = 2;

/// Draws the phases; `chosen` is the one that the list is narrowed to.
pub fn show(ui: &mut Ui, list: &GuideList, plan: &StrategyPlan, seen: &Seen, chosen: &mut Option<usize>) {
    let t = theme::of(ui);
    head(ui, list);
    let groups = &list.groups;
    let gap = t.space().x3;
    let wide = ui.available_width();
    let room = |columns: usize| ((wide - gap * (columns as f32 - 1.0)) / columns as f32).floor();
    let all = groups.len().max(1);
    let columns = if room(all) >= LEAST { all } else { all.min(2) };
    let high = height(t);
    let rows = groups.len().div_ceil(columns);
    let size = vec2(wide, rows as f32 * (high + gap) - gap);
    let (area, _) = ui.allocate_exact_size(size, Sense::hover());
    for (n, group) in groups.iter().enumerate() {
        let (row, column) = (n / columns, n % columns);
        let at = vec2(column as f32 * (room(columns) + gap), row as f32 * (high + gap));
        let rect = Rect::from_min_size(area.min + at, vec2(room(columns), high));
        if phase(ui, t, rect, group, (plan, seen), *chosen == Some(n)) {
            *chosen = if *chosen == Some(n) { None } else { Some(n) };
        }
    }
}

fn height(t: &Theme) -> f32 {
    t.line(Type::Emphasis) + (LINES + 2) as f32 * t.line(Type::Caption) + 2.0 * t.space().x3 + 24.0
}

/// One phase. Returns whether it was clicked.
fn phase(
    ui: &Ui,
    t: &Theme,
    rect: Rect,
    group: &GuideGroup,
    (plan, seen): (&StrategyPlan, &Seen),
    chosen: bool,
) -> bool {
    let days = group_dates(plan, group);
    let far = done(plan, &group.items, seen.as_of);
    let when = when(group, days);
    let counts = format!("{} of {} done", locale::count(far.done as u64), locale::count(far.wanted() as u64));
    let late = (far.overdue > 0).then(|| format!("{} overdue", locale::count(far.overdue as u64)));
    let response = ui.interact(rect, ui.scope_id().with(("phase", &group.key)), Sense::click());
    let spoken =
        format!("{}: {when}. {counts}{}", group.title, late.as_ref().map_or(String::new(), |l| format!(", {l}")));
    response.widget_info(|| WidgetInfo::selected(Sort::Button, true, chosen, spoken.as_str()));
    let painter = ui.painter();
    let (fill, edge) = match (chosen, response.hovered()) {
        (true, _) => (t.surface.selected, t.accent.base),
        (false, true) => (t.surface.hover, t.border.control),
        _ => (t.surface.panel, t.border.normal),
    };
    painter.rect(rect, corner(t.radius().large), fill, t.hairline(edge), StrokeKind::Inside);
    let inner = rect.shrink(t.space().x3);
    let mut y = inner.top();
    let mut line = |kind: Type, words: &str, ink: egui::Color32| {
        let place = Rect::from_min_size(pos2(inner.left(), y), vec2(inner.width(), t.line(kind)));
        y = place.bottom();
        paint::text_in(painter, place, Align2::LEFT_CENTER, words, t.font(kind), ink)
    };
    line(Type::Emphasis, &group.title, t.text.strong);
    line(Type::Caption, &when, t.text.subdued);
    let mut job =
        egui::text::LayoutJob::simple(group.words.clone(), t.font(Type::Caption), t.text.normal, inner.width());
    job.wrap.max_rows = LINES;
    let objective = painter.layout_job(job);
    let cut = objective.elided;
    painter.galley(pos2(inner.left(), y + 2.0), objective, t.text.normal);
    let bar = Rect::from_min_size(
        pos2(inner.left(), inner.bottom() - t.line(Type::Caption) - 10.0),
        vec2(inner.width(), 6.0),
    );
    paint::bar(painter, bar, far.share().unwrap_or(0.0) as f32, t.accent.base, t.surface.raised);
    marker(painter, t, bar, days, seen.as_of);
    let foot = Rect::from_min_max(pos2(inner.left(), bar.bottom() + 4.0), inner.max);
    paint::text_in(painter, foot, Align2::LEFT_CENTER, &counts, t.font(Type::Caption), t.text.normal);
    if let Some(late) = late {
        let tone = t.tone(Tone::Bad);
        let end =
            paint::text(painter, foot.right_center(), Align2::RIGHT_CENTER, late, t.font(Type::Caption), tone.text);
        let centre = pos2(end.left() - t.icon().small / 2.0 - 2.0, foot.center().y);
        paint::icon(painter, centre, icons::WARNING, t.icon().small - 2.0, tone.mark);
    }
    paint::focus_ring(ui, t, rect, t.radius().large, &response);
    let clicked = response.clicked();
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if cut {
        response.on_hover_text(&group.words);
    }
    clicked
}

/// A stroke over the bar where the as-of day falls in the phase.
fn marker(painter: &egui::Painter, t: &Theme, bar: Rect, days: Option<(Day, Option<Day>)>, as_of: Day) {
    let Some((from, Some(to))) = days else { return };
    if !(from..=to).contains(&as_of) {
        return;
    }
    let share = (as_of.0 - from.0 + 1) as f32 / (to.0 - from.0 + 1).max(1) as f32;
    let x = bar.left() + share * bar.width();
    painter.vline(x, bar.center().y - 7.0..=bar.center().y + 7.0, egui::Stroke::new(2.0, t.text.strong));
}

/// When a phase is: its days, or its months or weeks while the plan has no first day.
pub fn when(group: &GuideGroup, days: Option<(Day, Option<Day>)>) -> String {
    let span = match group.span {
        Some(Span::Months(from, Some(to))) => format!("Months {from}–{to}"),
        Some(Span::Months(from, None)) => format!("Month {from} and later"),
        Some(Span::Weeks(from, to)) => format!("Weeks {from}–{to}"),
        Some(Span::Days(..)) | None => String::new(),
    };
    let days = match days {
        Some((from, Some(to))) => format!("{} – {}", locale::date(from), locale::date(to)),
        Some((from, None)) => format!("from {}", locale::date(from)),
        None => String::new(),
    };
    let parts: Vec<String> = [span, days].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_says_its_months_and_its_days_once_they_are_known() {
        let group = GuideGroup {
            key: "a".into(),
            title: "A".into(),
            words: String::new(),
            span: Some(Span::Months(3, Some(9))),
            evidence: Vec::new(),
            items: Vec::new(),
        };
        assert_eq!(when(&group, None), "Months 3–9");
        let days = Some((Day::parse("2026-01-01").unwrap(), None));
        assert!(when(&group, days).starts_with("Months 3–9, from "));
    }
}
