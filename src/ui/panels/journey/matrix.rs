//! The matrix as a picture: stages as columns with the way from one to the next between them, touchpoints as cells
//! coloured by what is known of them.

use egui::accesskit::Role;
use egui::{Align2, Color32, EventFilter, Key, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::analytics::journey::State;
use crate::model::journey::feeling_name;
use crate::ui::locale;
use crate::ui::theme::{self, Theme, Type, corner, icons};
use crate::ui::widgets::{paint, remark, say};

/// Height of a stage's head.
const HEAD: f32 = 80.0;
/// Height of a cell.
const CELL: f32 = 96.0;
/// Height of a lane.
const LANE: f32 = 76.0;
/// Between two stages.
const BETWEEN: f32 = 44.0;

/// Mark and tint of a state of knowledge.
pub fn colours(state: State, t: &Theme) -> (Color32, Color32) {
    let evidence = &t.evidence;
    match state {
        State::Measured => (evidence.measured, evidence.measured_tint),
        State::Partly => (evidence.partly, evidence.partly_tint),
        State::NoData => (evidence.none, evidence.none_tint),
    }
}

/// How sure a status sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// It runs.
    Runs,
    /// It is being tried.
    Tried,
    /// It does not run.
    Rests,
}

/// A touchpoint as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct CellView {
    /// What is known of it.
    pub known: State,
    /// Its name.
    pub name: String,
    /// The first line of what the data say.
    pub first: String,
    /// The second one, smaller.
    pub second: String,
    /// What is done there.
    pub tactic: String,
    /// How far that is.
    pub status: (&'static str, Ink),
    /// How people feel there: −2 to 2.
    pub feeling: Option<i8>,
    /// How much of what colours the matrix it has (0–1), where that is not evidence.
    pub heat: Option<f64>,
    /// Whether the cell's amount is what the matrix is coloured by.
    pub heated: bool,
}

/// A stage as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct StageView {
    /// Its name.
    pub name: &'static str,
    /// How many.
    pub figure: String,
    /// Of what.
    pub words: String,
    /// Share that goes on to the next stage, and what that means.
    pub onward: Option<(String, String)>,
    /// What customers need there, and what hurts.
    pub lanes: [String; 2],
    /// Its touchpoints.
    pub cells: Vec<CellView>,
}

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// A touchpoint: stage and position.
    Cell(usize, usize),
    /// A stage's lanes.
    Lanes(usize),
}

/// Draws the matrix; `chosen` is the cell with the ring.
pub fn show(ui: &mut Ui, stages: &[StageView], chosen: &mut Option<(usize, usize)>, lanes: bool) -> Option<Opened> {
    let t = theme::of(ui);
    let rows = stages.iter().map(|stage| stage.cells.len()).max().unwrap_or(0);
    let above = HEAD + if lanes { 2.0 * (LANE + t.space().x2) } else { 0.0 };
    let size = vec2(ui.available_width(), above + rows as f32 * (CELL + t.space().x2));
    let (area, _) = ui.allocate_exact_size(size, Sense::hover());
    let whole = ui.interact(area, ui.unique_id().with("journey matrix"), Sense::focusable_noninteractive());
    whole.widget_info(|| WidgetInfo::labeled(Role::Grid, true, "Journey matrix, arrow keys choose a touchpoint"));
    let mut opened = None;
    if whole.has_focus() {
        opened = follow(ui, &whole, stages, chosen);
    }
    let width = ((area.width() - BETWEEN * 3.0) / stages.len().max(1) as f32).floor();
    for (n, stage) in stages.iter().enumerate() {
        let left = area.left() + n as f32 * (width + BETWEEN);
        let head = Rect::from_min_size(pos2(left, area.top()), vec2(width, HEAD));
        draw_head(ui, t, head, stage);
        let mut top = head.bottom() + t.space().x2;
        if lanes {
            for (words, what) in stage.lanes.iter().zip(["needs", "pains"]) {
                let place = Rect::from_min_size(pos2(left, top), vec2(width, LANE));
                if lane(ui, t, place, (stage.name, what), words).clicked() {
                    opened = Some(Opened::Lanes(n));
                }
                top += LANE + t.space().x2;
            }
        }
        for (m, cell) in stage.cells.iter().enumerate() {
            let place = Rect::from_min_size(pos2(left, top), vec2(width, CELL));
            if ui.is_rect_visible(place) {
                let response = draw_cell(ui, t, place, cell, *chosen == Some((n, m)));
                if response.clicked() {
                    *chosen = Some((n, m));
                    whole.request_focus();
                    opened = Some(Opened::Cell(n, m));
                }
            }
            if *chosen == Some((n, m)) && whole.has_focus() && ui.input(|i| !i.keys_down.is_empty()) {
                ui.scroll_to_rect(place, None);
            }
            top += CELL + t.space().x2;
        }
    }
    // Over the heads, so that their edges do not cut the pills.
    for (n, stage) in stages.iter().enumerate().take(stages.len().saturating_sub(1)) {
        if let Some((share, about)) = &stage.onward {
            let x = area.left() + n as f32 * (width + BETWEEN) + width + BETWEEN / 2.0;
            pill(ui, t, pos2(x, area.top() + HEAD / 2.0), share, (stage.name, about));
        }
    }
    opened
}

/// Moves by arrow keys; Enter opens.
fn follow(ui: &Ui, whole: &Response, stages: &[StageView], chosen: &mut Option<(usize, usize)>) -> Option<Opened> {
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(whole.id, filter));
    let pressed = |key: Key| ui.input(|i| i.key_pressed(key));
    let (stage, cell) = chosen.unwrap_or((0, 0));
    let last = stages.len().saturating_sub(1);
    let to = match () {
        () if pressed(Key::ArrowDown) => (stage, cell + 1),
        () if pressed(Key::ArrowUp) => (stage, cell.saturating_sub(1)),
        () if pressed(Key::ArrowRight) => ((stage + 1).min(last), cell),
        () if pressed(Key::ArrowLeft) => (stage.saturating_sub(1), cell),
        () if pressed(Key::Enter) => return chosen.map(|(stage, cell)| Opened::Cell(stage, cell)),
        () => return None,
    };
    let cells = stages.get(to.0).map_or(0, |stage| stage.cells.len());
    if cells > 0 {
        *chosen = Some((to.0, to.1.min(cells - 1)));
    }
    None
}

fn draw_head(ui: &Ui, t: &Theme, rect: Rect, stage: &StageView) {
    let painter = ui.painter();
    painter.rect(rect, corner(t.radius().large), t.surface.panel, t.hairline(t.border.normal), StrokeKind::Inside);
    let inner = rect.shrink2(vec2(t.space().x4 - 1.0, t.space().x3));
    let line = |y: f32, kind: Type, words: &str, ink: Color32| {
        let place = Rect::from_min_size(pos2(inner.left(), y), vec2(inner.width(), t.line(kind)));
        paint::text_in(painter, place, Align2::LEFT_CENTER, words, t.font(kind), ink);
        place.bottom()
    };
    let y = line(inner.top() - 2.0, Type::Emphasis, stage.name, t.text.strong);
    let y = line(y, Type::Section, &stage.figure, t.text.strong);
    line(y, Type::Caption, &stage.words, t.text.subdued);
    let response = ui.interact(rect, ui.scope_id().with(("stage", stage.name)), Sense::hover());
    let said = format!("{}: {} {}", stage.name, stage.figure, stage.words);
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, said.as_str()));
}

/// The share that goes on, between two stages.
fn pill(ui: &Ui, t: &Theme, middle: egui::Pos2, share: &str, (stage, about): (&str, &str)) {
    let font = t.strong_font(Type::Caption);
    let wide = paint::width(ui.painter(), share, font.clone()) + t.icon().small + t.space().x3;
    let rect = Rect::from_center_size(middle, vec2(wide, 24.0));
    ui.painter().rect(rect, corner(12.0), t.surface.overlay, t.hairline(t.border.normal), StrokeKind::Inside);
    let at = pos2(rect.left() + t.space().x2, middle.y);
    let end = paint::text(ui.painter(), at, Align2::LEFT_CENTER, share, font, t.text.strong).right();
    let centre = pos2(end + t.icon().small / 2.0, middle.y);
    paint::icon(ui.painter(), centre, icons::CHEVRON_RIGHT, t.icon().small - 2.0, t.text.subdued);
    let response = ui.interact(rect, ui.scope_id().with(("onward", stage)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Note, true, format!("{stage} to the next stage: {share}")));
    response.on_hover_text(about);
}

fn lane(ui: &Ui, t: &Theme, rect: Rect, (stage, what): (&str, &str), words: &str) -> Response {
    let response = ui.interact(rect, ui.scope_id().with((stage, what)), Sense::click());
    let named = format!("{stage}, {what}: {words}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, named.as_str()));
    let fill = if response.hovered() { t.surface.hover } else { t.surface.raised };
    ui.painter().rect_filled(rect, corner(t.radius().medium), fill);
    let inner = rect.shrink2(vec2(t.space().x3, t.space().x2));
    let caption = if what == "needs" { "Customers need" } else { "What hurts" };
    let at = pos2(inner.left(), inner.top());
    let head = paint::text(ui.painter(), at, Align2::LEFT_TOP, caption, t.font(Type::Caption), t.text.subdued);
    let text = if words.is_empty() { "Nothing written yet" } else { words };
    let ink = if words.is_empty() { t.text.subdued } else { t.text.normal };
    let mut job = egui::text::LayoutJob::simple(text.replace('\n', ", "), t.font(Type::Body), ink, inner.width());
    job.wrap.max_rows = 2;
    let galley = ui.painter().layout_job(job);
    let cut = galley.elided;
    ui.painter().galley(pos2(inner.left(), head.bottom() + 2.0), galley, ink);
    paint::focus_ring(ui, t, rect, t.radius().medium, &response);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if cut { response.on_hover_text(words) } else { response }
}

fn draw_cell(ui: &Ui, t: &Theme, rect: Rect, cell: &CellView, chosen: bool) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(("touchpoint", &cell.name)), Sense::CLICK);
    let told = [cell.first.as_str(), cell.second.as_str(), cell.tactic.as_str(), cell.status.0];
    let told: Vec<&str> = told.into_iter().filter(|words| !words.is_empty()).collect();
    let said = format!("{}: {}", cell.name, told.join(". "));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, said.as_str()));
    let (mark, tint) = colours(cell.known, t);
    let (fill, inks) = match (cell.heated, cell.heat) {
        (true, Some(share)) => {
            let (fill, ink) = t.heat(share);
            (fill, [ink; 3])
        }
        (true, None) => (t.surface.page, [t.text.subdued; 3]),
        _ => (tint, [t.text.strong, t.text.normal, t.text.subdued]),
    };
    let painter = ui.painter();
    painter.rect_filled(rect, corner(t.radius().large), fill);
    if cell.known == State::NoData && !cell.heated {
        let edge = t.hairline(t.border.normal);
        painter.rect_stroke(rect, corner(t.radius().large), edge, StrokeKind::Inside);
    }
    if response.hovered() {
        let edge = t.hairline(t.border.control);
        painter.rect_stroke(rect, corner(t.radius().large), edge, StrokeKind::Inside);
    }
    let inner = rect.shrink2(vec2(t.space().x3, t.space().x2 + 2.0));
    let side = t.icon().small - 4.0;
    disc(ui, t, pos2(inner.left() + side / 2.0, inner.top() + t.line(Type::Label) / 2.0), (side, mark), cell.known);
    let mut cut = false;
    let mut line = |x: f32, y: f32, right: f32, (font, high): (egui::FontId, f32), words: &str, ink: Color32| {
        let place = Rect::from_min_max(pos2(x, y), pos2(right, y + high));
        cut |= paint::text_in(ui.painter(), place, Align2::LEFT_CENTER, words, font, ink).1;
        y + high
    };
    let (label, body, small) = (t.line(Type::Label), t.line(Type::Body), t.line(Type::Caption));
    let name = (t.strong_font(Type::Body), label);
    let felt = cell
        .feeling
        .map_or(0.0, |feeling| paint::width(ui.painter(), feeling_name(feeling), t.font(Type::Caption)) + t.space().x2);
    let y = line(inner.left() + side + t.space().x2, inner.top(), inner.right() - felt, name, &cell.name, inks[0]);
    let first = if cell.known == State::NoData { inks[2] } else { inks[0] };
    let y = line(inner.left(), y + 2.0, inner.right(), (t.font(Type::Body), body), &cell.first, first);
    line(inner.left(), y, inner.right(), (t.font(Type::Caption), small), &cell.second, inks[2]);
    let status = t.font(Type::Caption);
    let wide = paint::width(ui.painter(), cell.status.0, status.clone());
    let bottom = inner.bottom() - small;
    let right = inner.right() - wide - t.space().x2;
    line(inner.left(), bottom, right, (t.font(Type::Caption), small), &cell.tactic, inks[1]);
    let ink = match cell.status.1 {
        _ if cell.heated => inks[1],
        Ink::Runs => t.tone(theme::Tone::Good).text,
        Ink::Tried => t.tone(theme::Tone::Info).text,
        Ink::Rests => t.text.subdued,
    };
    let at = pos2(inner.right(), bottom + small / 2.0);
    paint::text(ui.painter(), at, Align2::RIGHT_CENTER, cell.status.0, status, ink);
    if let Some(feeling) = cell.feeling {
        let at = pos2(inner.right(), inner.top() + label / 2.0);
        let words = feeling_name(feeling);
        paint::text(ui.painter(), at, Align2::RIGHT_CENTER, words, t.font(Type::Caption), inks[2]);
    }
    if chosen {
        paint::ring(ui.painter(), t, rect, t.radius().large);
    }
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if cut {
        let words = [&cell.name, &cell.first, &cell.second, &cell.tactic];
        let words: Vec<&str> = words.into_iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
        return response.on_hover_text(words.join("\n"));
    }
    response
}

/// A disc that is full, half full or empty.
pub fn disc(ui: &Ui, t: &Theme, middle: egui::Pos2, (side, ink): (f32, Color32), known: State) {
    let (painter, radius) = (ui.painter(), side / 2.0);
    match known {
        State::Measured => {
            painter.circle_filled(middle, radius, ink);
        }
        State::Partly => {
            painter.circle_stroke(middle, radius - 0.5, Stroke::new(t.stroke().hairline + 0.5, ink));
            let left = Rect::from_min_max(middle - vec2(radius, radius), pos2(middle.x, middle.y + radius));
            painter.with_clip_rect(left.intersect(painter.clip_rect())).circle_filled(middle, radius, ink);
        }
        State::NoData => {
            painter.circle_stroke(middle, radius - 0.5, Stroke::new(t.stroke().hairline + 0.5, ink));
        }
    }
}

/// The legend's disc with its words.
pub fn legend(ui: &mut Ui, known: State, count: usize) {
    let t = theme::of(ui);
    let side = t.icon().small - 4.0;
    let (rect, _) = ui.allocate_exact_size(vec2(side, t.row().field), Sense::hover());
    disc(ui, t, rect.center(), (side, colours(known, t).0), known);
    say(ui, Type::Body, known.name());
    remark(ui, locale::count(count as u64));
}
