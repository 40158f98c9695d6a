//! The roadmap: features as cards in columns of stages. Cards are dragged, or moved by keys, from one stage to another;
//! a mark says which features the workspace's data make possible already.

use egui::accesskit::Role as Sort;
use egui::{Align2, EventFilter, Key, Rect, Response, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::line::{self, tone_inks};
use super::{Did, Open, Seen, head, strip};
use crate::framework::guide::evidence::possible;
use crate::framework::guide::{GuideGroup, GuideItem, GuideList, group_dates, on_roadmap};
use crate::model::strategy::{Item, StrategyPlan};
use crate::ui::locale;
use crate::ui::theme::{self, Theme, Tone, Type, corner, icons};
use crate::ui::widgets::chip::{chip_width, paint_chip};
use crate::ui::widgets::paint;

/// Lines of a card's title and of what it means.
const TITLE: usize = 2;
const WORDS: usize = 2;
/// Narrower columns cannot be read: the rest goes below.
const LEAST: f32 = 170.0;

/// What the board remembers.
#[derive(Default)]
pub struct Board {
    /// Column and place of the card with the ring.
    chosen: (usize, usize),
    /// The card that is being dragged.
    drag: Option<String>,
    /// Follow this card with the ring, since it was moved by key.
    follow: Option<String>,
}

/// A column with its cards.
struct Column<'a> {
    group: &'a GuideGroup,
    cards: Vec<&'a GuideItem>,
    rect: Rect,
}

/// Draws the board.
pub fn show(ui: &mut Ui, board: &mut Board, list: &GuideList, (plan, seen): (&StrategyPlan, &Seen)) -> Vec<Did> {
    let t = theme::of(ui);
    head(ui, list);
    let columns = placed(ui, t, list, plan);
    let whole = columns.iter().fold(Rect::NOTHING, |all, column| all.union(column.rect));
    if !whole.is_positive() {
        return Vec::new();
    }
    ui.advance_cursor_after_rect(whole);
    let body = ui.interact(whole, ui.scope_id().with("roadmap"), Sense::focusable_noninteractive());
    let named = "Roadmap, arrow keys choose a card, Ctrl and an arrow move it to another stage";
    body.widget_info(|| WidgetInfo::labeled(Sort::Grid, true, named));
    if let Some(key) = board.follow.take()
        && let Some(at) = place_of(&columns, &key)
    {
        board.chosen = at;
    }
    let moved = if body.has_focus() { by_keys(ui, &body, board, &columns) } else { None };
    let mut did: Vec<Did> = moved.into_iter().collect();
    let over = board.drag.as_ref().and_then(|_| ui.input(|i| i.pointer.latest_pos()));
    for (n, column) in columns.iter().enumerate() {
        let target = over.is_some_and(|pos| column.rect.contains(pos));
        stage(ui, t, column, plan, target);
        let mut top = column.rect.top() + head_height(t);
        for (m, item) in column.cards.iter().enumerate() {
            let rect = Rect::from_min_size(
                pos2(column.rect.left() + t.space().x2, top),
                vec2(column.rect.width() - 2.0 * t.space().x2, card_height(t)),
            );
            top = rect.bottom() + t.space().x2;
            let ring = body.has_focus() && board.chosen == (n, m);
            if ring && ui.input(|i| !i.keys_down.is_empty()) {
                ui.scroll_to_rect(rect, None);
            }
            if !ui.is_rect_visible(rect) && board.drag.as_ref() != Some(&item.key) {
                continue;
            }
            let response = card(ui, t, rect, item, (plan, seen), ring);
            if response.clicked() {
                board.chosen = (n, m);
                body.request_focus();
                did.push(Did::Open(Open::Item(item.key.clone())));
            }
            did.extend(dragged(ui, board, &response, item, &columns));
        }
    }
    did
}

fn place_of(columns: &[Column<'_>], key: &str) -> Option<(usize, usize)> {
    columns.iter().enumerate().find_map(|(n, column)| {
        let m = column.cards.iter().position(|item| item.key == key)?;
        Some((n, m))
    })
}

fn head_height(t: &Theme) -> f32 {
    t.line(Type::Emphasis) + t.line(Type::Caption) + 2.0 * t.space().x3
}

fn card_height(t: &Theme) -> f32 {
    let chip = t.space().x4 + t.space().x2;
    TITLE as f32 * t.line(Type::Label) + WORDS as f32 * t.line(Type::Caption) + chip + 2.0 * t.space().x2
}

/// Columns with their places, as many side by side as can be read.
fn placed<'a>(ui: &Ui, t: &Theme, list: &'a GuideList, plan: &'a StrategyPlan) -> Vec<Column<'a>> {
    let (gap, area) = (t.space().x2, ui.available_rect_before_wrap());
    let room = |n: usize| ((area.width() - gap * (n as f32 - 1.0)) / n as f32).floor();
    let all = list.groups.len().max(1);
    let beside = (1..=all).rev().find(|n| room(*n) >= LEAST).unwrap_or(1);
    let mut columns: Vec<Column<'a>> = Vec::new();
    let mut top = area.top();
    for row in list.groups.chunks(beside) {
        let cards: Vec<_> = row.iter().map(|group| on_roadmap(plan, list, group)).collect();
        let most = cards.iter().map(Vec::len).max().unwrap_or(0);
        let high = head_height(t) + most as f32 * (card_height(t) + gap) + gap;
        for (n, (group, cards)) in row.iter().zip(cards).enumerate() {
            let left = area.left() + n as f32 * (room(beside) + gap);
            let rect = Rect::from_min_size(pos2(left, top), vec2(room(beside), high));
            columns.push(Column { group, cards, rect });
        }
        top += high + gap;
    }
    columns
}

/// A stage's ground and head.
fn stage(ui: &Ui, t: &Theme, column: &Column<'_>, plan: &StrategyPlan, target: bool) {
    let painter = ui.painter();
    let fill = if target { t.surface.selected } else { t.surface.raised };
    painter.rect_filled(column.rect, corner(t.radius().large), fill);
    if target {
        let edge = egui::Stroke::new(t.stroke().series, t.accent.base);
        painter.rect_stroke(column.rect, corner(t.radius().large), edge, StrokeKind::Inside);
    }
    let inner = column.rect.shrink(t.space().x3);
    let count = locale::count(column.cards.len() as u64);
    let at = pos2(inner.right(), inner.top() + t.line(Type::Emphasis) / 2.0);
    let end = paint::text(painter, at, Align2::RIGHT_CENTER, count, t.font(Type::Caption), t.text.subdued);
    let place = Rect::from_min_max(inner.min, pos2(end.left() - 4.0, inner.top() + t.line(Type::Emphasis)));
    let title = &column.group.title;
    paint::text_in(painter, place, Align2::LEFT_CENTER, title, t.font(Type::Emphasis), t.text.strong);
    let when = strip::when(column.group, group_dates(plan, column.group));
    let place = Rect::from_min_size(place.left_bottom(), vec2(inner.width(), t.line(Type::Caption)));
    paint::text_in(painter, place, Align2::LEFT_CENTER, &when, t.font(Type::Caption), t.text.subdued);
    let response = ui.interact(place, ui.scope_id().with(("stage", &column.group.key)), Sense::hover());
    let spoken = format!("{title}, {when}, {} cards", column.cards.len());
    response.widget_info(|| WidgetInfo::labeled(Sort::ColumnHeader, true, spoken.as_str()));
    if !column.group.words.is_empty() {
        response.on_hover_text(&column.group.words);
    }
}

fn card(
    ui: &Ui,
    t: &Theme,
    rect: Rect,
    item: &GuideItem,
    (plan, seen): (&StrategyPlan, &Seen),
    ring: bool,
) -> Response {
    let none = Item::default();
    let said = plan.items.get(&item.key).unwrap_or(&none);
    let possible = possible(&seen.evidence, item) == Some(true);
    let response = ui.interact(rect, ui.scope_id().with(("card", &item.key)), Sense::CLICK | Sense::DRAG);
    let mark = if possible { ". Your data make it possible" } else { "" };
    let spoken = format!("{}: {}{mark}", item.title, said.status.name().to_lowercase());
    response.widget_info(|| WidgetInfo::labeled(Sort::Button, true, spoken.as_str()));
    let (painter, place) = if response.dragged() {
        // The card goes with the pointer, over everything else.
        let layer = egui::LayerId::new(egui::Order::Tooltip, response.id);
        let by = ui.input(|i| match (i.pointer.press_origin(), i.pointer.latest_pos()) {
            (Some(from), Some(to)) => to - from,
            _ => egui::Vec2::ZERO,
        });
        (ui.ctx().layer_painter(layer), rect.translate(by))
    } else {
        (ui.painter().clone(), rect)
    };
    let edge = if response.hovered() || response.dragged() { t.border.control } else { t.border.normal };
    let round = corner(t.radius().medium);
    painter.rect(place, round, t.surface.panel, t.hairline(edge), StrokeKind::Inside);
    let inner = place.shrink(t.space().x2);
    let wrapped = |words: &str, kind: Type, ink: egui::Color32, rows: usize| {
        let mut job = egui::text::LayoutJob::simple(words.to_owned(), t.font(kind), ink, inner.width());
        job.wrap.max_rows = rows;
        painter.layout_job(job)
    };
    let title = wrapped(&item.title, Type::Label, t.text.strong, TITLE);
    let words = wrapped(&item.words, Type::Caption, t.text.subdued, WORDS);
    let cut = title.elided || words.elided;
    let below = inner.top() + title.size().y + 1.0;
    painter.galley(inner.min, title, t.text.strong);
    painter.galley(pos2(inner.left(), below), words, t.text.subdued);
    chips(ui, &painter, t, inner, (said, possible));
    if ring {
        paint::ring(ui.painter(), t, rect, t.radius().medium);
    }
    let response = response.on_hover_cursor(egui::CursorIcon::Grab);
    let why: Vec<String> = line::answers(seen, item).into_iter().map(|told| told.words).collect();
    if (cut || !why.is_empty()) && !response.dragged() {
        let words = format!("{}\n{}\n{}", item.title, item.words, why.join("\n"));
        return response.on_hover_text(words.trim().to_owned());
    }
    response
}

/// What the data make possible, and how far it is.
fn chips(ui: &Ui, painter: &egui::Painter, t: &Theme, inner: Rect, (said, possible): (&Item, bool)) {
    let high = t.space().x4 + 2.0;
    let mut left = inner.left();
    let mut one = |words: &str, tone: Option<Tone>, icon: Option<theme::Icon>| {
        let wide = chip_width(ui, words, icon.is_some());
        let place = Rect::from_min_size(pos2(left, inner.bottom() - high), vec2(wide, high));
        if place.right() <= inner.right() + 1.0 {
            paint_chip(painter, t, place, words, icon, tone_inks(t, tone));
            left = place.right() + t.space().x1;
        }
    };
    if let Some((words, tone, icon)) = line::status(said.status, false) {
        one(words, tone, icon);
    }
    if possible {
        one("Data ready", Some(Tone::Good), Some(icons::DATA));
    }
    if said.stage.is_some() {
        one("Moved", None, None);
    }
}

/// Follows a card that is dragged. Gives the move once it is let go over another stage.
fn dragged(ui: &Ui, board: &mut Board, response: &Response, item: &GuideItem, columns: &[Column<'_>]) -> Option<Did> {
    if response.drag_started() {
        board.drag = Some(item.key.clone());
    }
    if board.drag.as_ref() != Some(&item.key) {
        return None;
    }
    if ui.input(|i| i.key_pressed(Key::Escape)) {
        // Esc takes the drag back; the drawer and the page do not hear of it.
        board.drag = None;
        ui.ctx().stop_dragging();
        return None;
    }
    ui.set_cursor_icon(egui::CursorIcon::Grabbing);
    if !response.drag_stopped() {
        return None;
    }
    board.drag = None;
    let at = ui.input(|i| i.pointer.latest_pos())?;
    let to = columns.iter().find(|column| column.rect.contains(at))?;
    let stays = to.cards.iter().any(|other| other.key == item.key);
    (!stays).then(|| Did::Move(item.key.clone(), to.group.key.clone()))
}

/// Arrows choose a card, Enter opens it, with Ctrl arrows move it to the stage before or after.
fn by_keys(ui: &Ui, body: &Response, board: &mut Board, columns: &[Column<'_>]) -> Option<Did> {
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(body.id, filter));
    let pressed = |key: Key| ui.input(|i| i.key_pressed(key));
    let (n, m) = board.chosen;
    let card = columns.get(n).and_then(|column| column.cards.get(m));
    let (left, right) = (pressed(Key::ArrowLeft), pressed(Key::ArrowRight));
    if ui.input(|i| i.modifiers.command) && (left || right) {
        let to = if left { n.checked_sub(1)? } else { n + 1 };
        let (card, to) = (card?, columns.get(to)?);
        board.follow = Some(card.key.clone());
        return Some(Did::Move(card.key.clone(), to.group.key.clone()));
    }
    let last = columns.len().saturating_sub(1);
    let to = match () {
        () if pressed(Key::ArrowDown) => (n, m + 1),
        () if pressed(Key::ArrowUp) => (n, m.saturating_sub(1)),
        () if right => ((n + 1).min(last), m),
        () if left => (n.saturating_sub(1), m),
        () if pressed(Key::Enter) => return card.map(|item| Did::Open(Open::Item(item.key.clone()))),
        () => return None,
    };
    let cards = columns.get(to.0).map_or(0, |column| column.cards.len());
    board.chosen = (to.0, to.1.min(cards.saturating_sub(1)));
    None
}
