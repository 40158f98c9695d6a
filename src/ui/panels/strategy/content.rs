//! The content plan: what is shown at which stage of the journey on which channel, as a grid. Pieces are added in a
//! cell, dragged to another one, and edited in the drawer.

use egui::accesskit::Role as Sort;
use egui::{Align2, Key, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::item::{day, pick};
use super::saved::Saved;
use super::{Did, Open, Seen, line};
use crate::framework::guide::{GuideGroup, GuideItem, content_channels, content_stages};
use crate::model::strategy::{ContentItem, ItemStatus, StrategyPlan};
use crate::ui::locale;
use crate::ui::theme::{self, Theme, Tone, Type, corner, icons};
use crate::ui::widgets::button::icon_button_sized;
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::drawer::{self, Drawer};
use crate::ui::widgets::menu::{menu_item, menu_line, menu_of};
use crate::ui::widgets::{Button, paint, remark, say};

/// Width of the names of channels.
const NAMES: f32 = 190.0;
/// Height of a piece of content.
const PIECE: f32 = 24.0;
/// What a new piece is called until somebody names it.
const UNNAMED: &str = "New content";

/// A cell of the grid with what stands in it.
struct Cell<'a> {
    rect: Rect,
    stage: &'a GuideGroup,
    channel: &'a GuideItem,
}

/// Draws the grid.
pub fn show(ui: &mut Ui, saved: &mut Saved, seen: &Seen) -> Vec<Did> {
    let t = theme::of(ui);
    let stages: Vec<&GuideGroup> = content_stages().collect();
    let channels: Vec<(&GuideGroup, &GuideItem)> = content_channels().collect();
    if stages.is_empty() || channels.is_empty() {
        return Vec::new();
    }
    let plan = saved.plan();
    let out = plan.content.iter().filter(|one| one.status == ItemStatus::Done).count() as u64;
    say(ui, Type::Section, "Content plan");
    remark(
        ui,
        format!(
            "{} of {} out; add a piece where a stage and a channel meet",
            locale::count(out),
            locale::counted(plan.content.len() as u64, "piece", "pieces")
        ),
    );
    let heights: Vec<f32> = channels.iter().map(|(_, channel)| row_height(t, plan, &stages, channel)).collect();
    let captions = channels.chunk_by(|a, b| a.0.key == b.0.key).count() as f32 * t.row().dense;
    let high = t.row().header + heights.iter().sum::<f32>() + captions;
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
    card_at(ui, area, 0.0, |_| {});
    let mut place = ui.new_child(UiBuilder::new().max_rect(area).id_salt("content plan"));
    let cells = frame(&place, t, area, (&stages, &channels), &heights);
    let mut did = Vec::new();
    let mut moved = None;
    let mut added = None;
    for cell in &cells {
        let pieces = of_cell(saved.plan(), cell.stage, cell.channel);
        for (n, piece) in pieces.enumerate() {
            let rect = Rect::from_min_size(
                cell.rect.min + vec2(t.space().x1, t.space().x1 + n as f32 * PIECE),
                vec2(cell.rect.width() - 2.0 * t.space().x1, PIECE - 2.0),
            );
            let (open, dropped) = self::piece(&place, t, rect, piece, seen);
            if open {
                did.push(Did::Open(Open::Content(piece.id.clone())));
            }
            if let Some(to) = dropped.and_then(|at| cells.iter().find(|cell| cell.rect.contains(at))) {
                moved = Some((piece.id.clone(), to.stage.key.clone(), to.channel.key.clone()));
            }
        }
        added = added.or(add(&mut place, t, cell));
    }
    if let Some((id, stage, channel)) = moved
        && let Some(piece) = saved.plan_mut().content.iter_mut().find(|piece| piece.id == id)
    {
        (piece.stage, piece.channel) = (stage, channel);
    }
    if let Some(piece) = added {
        let id = saved.plan_mut().add_content(piece);
        did.push(Did::Open(Open::Content(id)));
    }
    did
}

fn of_cell<'a>(
    plan: &'a StrategyPlan,
    stage: &'a GuideGroup,
    channel: &'a GuideItem,
) -> impl Iterator<Item = &'a ContentItem> {
    plan.content.iter().filter(|piece| piece.stage == stage.key && piece.channel == channel.key)
}

fn row_height(t: &Theme, plan: &StrategyPlan, stages: &[&GuideGroup], channel: &GuideItem) -> f32 {
    let most = stages.iter().map(|stage| of_cell(plan, stage, channel).count()).max().unwrap_or(0);
    (most as f32 + 1.0) * PIECE + 2.0 * t.space().x1
}

/// Names and lines of the grid; gives its cells.
fn frame<'a>(
    ui: &Ui,
    t: &Theme,
    area: Rect,
    (stages, channels): (&[&'a GuideGroup], &[(&'a GuideGroup, &'a GuideItem)]),
    heights: &[f32],
) -> Vec<Cell<'a>> {
    let painter = ui.painter();
    let width = ((area.width() - NAMES) / stages.len() as f32).floor();
    let pad = t.space().x3;
    let names = |rect: Rect, words: &str, kind: Type, ink: egui::Color32| {
        let response = ui.interact(rect, ui.scope_id().with(("name", words)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Sort::Label, true, words));
        let inner = rect.shrink2(vec2(pad, 0.0));
        if paint::text_in(painter, inner, Align2::LEFT_CENTER, words, t.font(kind), ink).1 {
            response.on_hover_text(words);
        }
    };
    let head = Rect::from_min_size(area.min, vec2(area.width(), t.row().header));
    let round =
        egui::CornerRadius { nw: t.radius().large as u8, ne: t.radius().large as u8, ..egui::CornerRadius::ZERO };
    painter.rect_filled(head.shrink(1.0), round, t.surface.raised);
    for (n, stage) in stages.iter().enumerate() {
        let left = area.left() + NAMES + n as f32 * width;
        let rect = Rect::from_min_size(pos2(left, area.top()), vec2(width, t.row().header));
        names(rect, &stage.title, Type::Caption, t.text.normal);
        painter.vline(left.round(), area.y_range(), t.hairline(t.border.subtle));
    }
    let mut cells = Vec::new();
    let mut y = head.bottom();
    let mut group = None;
    for ((of, channel), high) in channels.iter().zip(heights) {
        if group != Some(&of.key) {
            group = Some(&of.key);
            let rect = Rect::from_min_size(pos2(area.left(), y), vec2(area.width(), t.row().dense));
            painter.rect_filled(rect.shrink2(vec2(1.0, 0.0)), 0.0, t.surface.raised);
            names(rect, &of.title, Type::Caption, t.text.subdued);
            y = rect.bottom();
        }
        let name = Rect::from_min_size(pos2(area.left(), y), vec2(NAMES, PIECE + 2.0 * t.space().x1));
        names(name, &channel.title, Type::Body, t.text.strong);
        for (n, stage) in stages.iter().enumerate() {
            let left = area.left() + NAMES + n as f32 * width;
            let rect = Rect::from_min_size(pos2(left, y), vec2(width, *high));
            cells.push(Cell { rect, stage, channel });
        }
        y += high;
        if y < area.bottom() - 1.0 {
            painter.hline(area.x_range(), y.round() - 0.5, t.hairline(t.border.subtle));
        }
    }
    cells
}

/// A piece of content. Says whether it is to be opened, and where it was dropped.
fn piece(ui: &Ui, t: &Theme, rect: Rect, piece: &ContentItem, seen: &Seen) -> (bool, Option<egui::Pos2>) {
    let response = ui.interact(rect, ui.scope_id().with(("piece", &piece.id)), Sense::CLICK | Sense::DRAG);
    let running = matches!(piece.status, ItemStatus::Open | ItemStatus::Doing);
    let late = running && piece.due.is_some_and(|due| due < seen.as_of);
    let due = piece.due.map_or_else(String::new, |due| format!(", due {}", locale::date(due)));
    let spoken = format!("{}: {}{due}", piece.title, piece.status.name().to_lowercase());
    response.widget_info(|| WidgetInfo::labeled(Sort::Button, true, spoken.as_str()));
    if response.dragged() && ui.input(|i| i.key_pressed(Key::Escape)) {
        // Esc takes the drag back.
        ui.ctx().stop_dragging();
    }
    let held = response.dragged() && ui.ctx().is_being_dragged(response.id);
    let (painter, place) = if held {
        let by = ui.input(|i| match (i.pointer.press_origin(), i.pointer.latest_pos()) {
            (Some(from), Some(to)) => to - from,
            _ => egui::Vec2::ZERO,
        });
        (ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Tooltip, response.id)), rect.translate(by))
    } else {
        (ui.painter().clone(), rect)
    };
    let (tone, icon) = match (late, piece.status) {
        (true, _) => (Some(Tone::Bad), Some(icons::WARNING)),
        (_, ItemStatus::Done) => (Some(Tone::Good), Some(icons::CHECK)),
        (_, ItemStatus::Doing) => (Some(Tone::Info), None),
        (_, ItemStatus::Open | ItemStatus::Dropped) => (None, None),
    };
    let (fill, ink) = line::tone_inks(t, tone);
    painter.rect_filled(place, corner(t.radius().small), fill);
    let mut inner = place.shrink2(vec2(t.space().x2, 0.0));
    if let Some(icon) = icon {
        let side = t.icon().small - 2.0;
        paint::icon(&painter, pos2(inner.left() + side / 2.0, inner.center().y), icon, side, ink);
        inner.min.x += side + t.space().x1;
    }
    let ink = if piece.status == ItemStatus::Dropped { t.text.subdued } else { ink };
    let cut = paint::text_in(&painter, inner, Align2::LEFT_CENTER, &piece.title, t.font(Type::Caption), ink).1;
    paint::focus_ring(ui, t, rect, t.radius().small, &response);
    let dropped = (response.drag_stopped() && !ui.input(|i| i.key_pressed(Key::Escape)))
        .then(|| ui.input(|i| i.pointer.latest_pos()))
        .flatten();
    let open = response.clicked();
    let response = response.on_hover_cursor(egui::CursorIcon::Grab);
    if (cut || late || !piece.owner.is_empty()) && !held {
        response.on_hover_text(format!("{}{due}\n{}", piece.title, piece.owner).trim().to_owned());
    }
    (open, dropped)
}

/// The button that adds a piece to a cell, with the framework's kinds of content to begin from.
fn add(ui: &mut Ui, t: &Theme, cell: &Cell<'_>) -> Option<ContentItem> {
    let side = PIECE - 2.0;
    let at = pos2(cell.rect.left() + t.space().x1, cell.rect.bottom() - PIECE - t.space().x1 + 1.0);
    let rect = Rect::from_min_size(at, vec2(side, side));
    let mut place = ui.new_child(UiBuilder::new().max_rect(rect).id_salt((&cell.stage.key, &cell.channel.key)));
    let name = format!("Add content: {}, {}", cell.stage.title, cell.channel.title);
    let button = icon_button_sized(&mut place, icons::ADD, &name, side);
    let mut title = None;
    menu_of(&button, |ui| {
        for item in &cell.stage.items {
            if menu_item(ui, &item.title, None, None, false).clicked() {
                title = Some(item.title.clone());
            }
        }
        menu_line(ui);
        if menu_item(ui, "Something else…", Some(icons::EDIT), None, false).clicked() {
            title = Some(UNNAMED.to_owned());
        }
    });
    let (stage, channel) = (cell.stage.key.clone(), cell.channel.key.clone());
    title.map(|title| ContentItem { title, stage, channel, ..ContentItem::default() })
}

/// Draws the drawer of a piece. Returns whether it is to be closed.
pub fn drawer(ui: &Ui, saved: &mut Saved, id: &str) -> bool {
    let Some(n) = saved.plan().content.iter().position(|piece| piece.id == id) else { return true };
    let title = saved.plan().content[n].title.clone();
    let drawer =
        Drawer { title: &title, line: "A piece of the content plan", within: drawer::place(ui.ctx()), scrolls: true };
    let mut gone = false;
    let closed = drawer.show(ui.ctx(), |ui| {
        let gap = theme::of(ui).space().x3;
        let width = ui.available_width();
        let half = ((width - gap) / 2.0).floor();
        let (plan, typing) = saved.fields();
        let piece = &mut plan.content[n];
        let at = |field: &str| format!("content.{id}.{field}");
        typing.line(ui, &at("title"), "Content", width, &mut piece.title);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            let stages: Vec<&GuideGroup> = content_stages().collect();
            let titles: Vec<&str> = stages.iter().map(|stage| stage.title.as_str()).collect();
            let shown = stages.iter().find(|stage| stage.key == piece.stage).map_or("", |stage| &stage.title);
            pick(ui, "Stage", half, shown, &titles, |n| piece.stage.clone_from(&stages[n].key));
            let channels: Vec<&GuideItem> = content_channels().map(|(_, channel)| channel).collect();
            let titles: Vec<&str> = channels.iter().map(|channel| channel.title.as_str()).collect();
            let shown = channels.iter().find(|one| one.key == piece.channel).map_or("", |one| &one.title);
            pick(ui, "Channel", half, shown, &titles, |n| piece.channel.clone_from(&channels[n].key));
        });
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            pick(ui, "Status", half, piece.status.name(), &ItemStatus::ALL.map(ItemStatus::name), |n| {
                piece.status = ItemStatus::ALL[n];
            });
            day(ui, typing, (&at("due"), "Due"), half, None, &mut piece.due);
        });
        typing.line(ui, &at("owner"), "Owner", half, &mut piece.owner);
        ui.add_space(theme::of(ui).space().x2);
        gone = ui.add(Button::plain("Remove").icon(icons::DELETE).small()).clicked();
    });
    if gone {
        saved.plan_mut().content.remove(n);
    }
    closed || gone
}
