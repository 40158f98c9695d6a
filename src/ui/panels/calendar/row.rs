//! A campaign as a row: its name, its bars, and dots for what is to be done.

use egui::accesskit::Role;
use egui::{Align2, Color32, Painter, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::drag::{self, Change, Drag};
use super::grid::{Grid, ROW};
use crate::model::Day;
use crate::model::campaign::Status;
use crate::planner::calendar::{Part, Row};
use crate::planner::rounds::Span;
use crate::ui::locale;
use crate::ui::theme::{Theme, Tone, Type, corner, icons};
use crate::ui::widgets::paint;

/// Height of a bar, and of the line of a window that its phases leave open.
const BAR: f32 = 22.0;
const LINE: f32 = 3.0;
/// A bar narrower than this is drawn as wide as this.
const LEAST: f32 = 5.0;

/// What a row tells of itself.
pub struct Outcome {
    /// It was chosen.
    pub chosen: bool,
    /// What is to be done to the campaign.
    pub change: Option<(Change, i32)>,
}

/// How a row is drawn.
pub struct Look {
    /// Colour of its group.
    pub colour: Color32,
    /// It is the chosen one.
    pub chosen: bool,
    /// The Monday of the first week in which somebody to whom it writes gets more than the limit.
    pub clash: Option<Day>,
    /// What the hover says.
    pub about: String,
}

/// `20 Oct 2026 – 22 Oct 2026`
pub fn days((first, last): Span) -> String {
    if first == last { locale::date(first) } else { format!("{} – {}", locale::date(first), locale::date(last)) }
}

/// Draws a row from `top` on and follows pointer and keys.
pub fn show(ui: &Ui, t: &Theme, grid: &Grid, top: f32, row: &Row, look: &Look, drag: &mut Option<Drag>) -> Outcome {
    let name = grid.name_part(top, top + ROW);
    let whole = Rect::from_min_max(name.min, pos2(grid.area.right(), top + ROW));
    if look.chosen {
        ui.painter().rect_filled(name, 0.0, t.surface.selected);
        ui.painter().rect_filled(name.with_max_x(name.left() + 2.0), 0.0, t.accent.base);
    }
    let words = name.shrink2(vec2(t.space().x4, 0.0));
    let ink = if row.status == Status::Cancelled { t.text.subdued } else { t.text.strong };
    let cut = paint::text_in(ui.painter(), words, Align2::LEFT_CENTER, &row.name, t.font(Type::Body), ink).1;
    let named = ui.interact(name, ui.scope_id().with(("name", row.id)), Sense::click());
    named.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, look.chosen, &row.name));
    paint::focus_ring(ui, t, name.shrink(2.0), t.radius().small, &named);
    let named = if cut { named.on_hover_text(&row.name) } else { named };
    let painter = ui.painter().with_clip_rect(grid.area.intersect(ui.clip_rect()));
    let extent = bars(&painter, t, grid, whole, row, look);
    let mut outcome = Outcome { chosen: named.clicked(), change: drag::by_keys(ui, &named) };
    if let Some((left, right)) = extent {
        let place = Rect::from_min_max(pos2(left - 4.0, top + 4.0), pos2(right + 4.0, top + ROW - 4.0));
        let place = place.intersect(grid.area);
        let response = ui.interact(place, ui.scope_id().with(("bars", row.id)), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}, {}", row.name, days(row.days))));
        paint::focus_ring(ui, t, place, t.radius().small, &response);
        outcome.chosen |= response.clicked() || response.drag_started();
        if response.clicked() {
            response.request_focus();
        }
        let pulled = drag::by_pointer(ui, grid, &response, (row.id, row.days), drag);
        outcome.change = outcome.change.or(pulled).or(drag::by_keys(ui, &response));
        hover(response, drag.as_ref(), &look.about);
    }
    let line = t.hairline(t.border.subtle);
    ui.painter().hline(whole.x_range(), whole.bottom(), line);
    outcome
}

fn hover(response: Response, drag: Option<&Drag>, about: &str) {
    match drag.filter(|drag| drag.days != 0) {
        Some(drag) if response.dragged() => {
            let days = locale::counted(drag.days.unsigned_abs().into(), "day", "days");
            let way = if drag.days > 0 { "later" } else { "earlier" };
            let what = match drag.change {
                Change::Move => "",
                Change::Start => "Starts ",
                Change::End => "Ends ",
            };
            response.show_tooltip_text(format!("{what}{days} {way}, Esc cancels"));
        }
        None if !response.dragged() => drop(response.on_hover_text(about)),
        _ => {}
    }
}

/// Draws the bars; says from where to where they reach.
fn bars(painter: &Painter, t: &Theme, grid: &Grid, whole: Rect, row: &Row, look: &Look) -> Option<(f32, f32)> {
    let middle = whole.top() + ROW / 2.0 - 1.0;
    let phases = row.open || row.bars.iter().any(|bar| bar.part != Part::Window);
    let mut extent: Option<(f32, f32)> = None;
    let mut end: Option<f32> = None;
    let red = look.clash.map(|monday| (monday, Day(monday.0 + 6)));
    for bar in &row.bars {
        let (left, right) = grid.stretch(bar.days);
        let (left, right) = if right - left < LEAST {
            ((left + right - LEAST) / 2.0, (left + right + LEAST) / 2.0)
        } else {
            (left + 0.5, right - 0.5)
        };
        extent = Some(extent.map_or((left, right), |(l, r)| (l.min(left), r.max(right))));
        if bar.part == Part::Window && phases {
            if row.open {
                let y = middle + BAR / 2.0 - LINE;
                let line = Rect::from_min_max(pos2(left, y), pos2(right, y + LINE));
                painter.rect_filled(line, 0.0, paler(t, look.colour, 0.6));
            }
            continue;
        }
        let place = Rect::from_min_max(pos2(left, middle - BAR / 2.0), pos2(right, middle + BAR / 2.0));
        let inside = bar.days.0 >= row.days.0 && bar.days.1 <= row.days.1;
        one(painter, t, place, (&bar.name, look.colour), (row.status, inside));
        // The mark stands at the end of what falls into the red week, best of all within the window.
        if red.is_some_and(|red| bar.days.0 <= red.1 && bar.days.1 >= red.0) && (inside || end.is_none()) {
            end = Some(right);
        }
    }
    dots(painter, t, grid, middle + BAR / 2.0 + 4.5, row, look.colour);
    for mark in &row.marks {
        let x = grid.x(mark.day) + grid.day() / 2.0;
        extent = Some(extent.map_or((x - 4.0, x + 4.0), |(l, r)| (l.min(x - 4.0), r.max(x + 4.0))));
    }
    if let Some(end) = end {
        let centre = pos2((end - 4.0).clamp(grid.area.left() + 9.0, grid.area.right() - 9.0), middle - BAR / 2.0 + 3.0);
        painter.circle(centre, 7.5, t.surface.panel, Stroke::new(1.5, t.tone(Tone::Bad).mark));
        paint::icon(painter, centre, icons::EXCLAMATION, 11.0, t.tone(Tone::Bad).mark);
    }
    extent
}

/// A colour nearer to the sheet.
fn paler(t: &Theme, colour: Color32, share: f32) -> Color32 {
    t.surface.panel.lerp_to_gamma(colour, share)
}

fn one(painter: &Painter, t: &Theme, place: Rect, (name, colour): (&str, Color32), (status, inside): (Status, bool)) {
    let radius = t.radius().small.min(place.width() / 2.0);
    let settled = matches!(status, Status::Planned | Status::Running);
    let fill = match status {
        Status::Cancelled => t.surface.panel,
        _ if settled && inside => colour,
        _ => paler(t, colour, 0.2),
    };
    painter.rect_filled(place, corner(radius), fill);
    if matches!(status, Status::Draft | Status::Cancelled) {
        paint::dashed_rect(painter, place.shrink(0.5), radius, Stroke::new(1.0, colour), 3.0, 2.0);
    } else if fill != colour {
        painter.rect_stroke(place, corner(radius), Stroke::new(1.0, colour), StrokeKind::Inside);
    }
    let words = place.shrink2(vec2(t.space().x2 - 1.0, 0.0));
    // Two letters and dots say less than nothing.
    if words.width() >= paint::width(painter, name, t.font(Type::Caption)).min(3.0 * t.space().x4) {
        let ink = if fill == colour { t.ink_on(colour) } else { t.text.strong };
        paint::text_in(painter, words, Align2::LEFT_CENTER, name, t.font(Type::Caption), ink);
    }
}

/// Sends are filled dots, other tasks rings; what is done is pale.
fn dots(painter: &Painter, t: &Theme, grid: &Grid, y: f32, row: &Row, colour: Color32) {
    let hours = grid.span.0 == grid.span.1;
    for mark in &row.marks {
        let within = match mark.time.filter(|_| hours) {
            Some(time) => chrono::Timelike::num_seconds_from_midnight(&time) as f32 / 86_400.0,
            None => 0.5,
        };
        let at = pos2(grid.x(mark.day) + within * grid.day(), y);
        let colour = if mark.done { paler(t, colour, 0.5) } else { colour };
        if mark.send {
            painter.circle_filled(at, 2.5, colour);
        } else if grid.day() >= 6.0 {
            painter.circle_stroke(at, 2.0, Stroke::new(1.0, colour));
        }
    }
}
